import { type ChildProcessByStdio, spawn } from "node:child_process";
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { apiKey, newFolder } from "./server-process.ts";

/** Runs workloads with the real client, each in a process with caches of its own. */
export type Client = {
	/** What the workload printed; throws with the end of its errors when it fails. */
	run(url: string, workload: string, parameters: object): Promise<unknown>;
	/** Several at once: all begin when the last one is ready. */
	crowd(url: string, workload: string, members: readonly object[]): Promise<unknown[]>;
};

/** How a client is started: its Python, its workloads, and what tells it the server. */
export type ClientProgram = {
	readonly python: string;
	readonly script: string;
	environment(url: string): Readonly<Record<string, string>>;
};

/** The real `wandb` client. */
export function wandbProgram(python: string): ClientProgram {
	return {
		python,
		script: join(import.meta.dirname, "client", "workloads.py"),
		environment: (url) => ({
			WANDB_BASE_URL: url,
			WANDB_API_KEY: apiKey,
			WANDB_SILENT: "true",
			WANDB_ERROR_REPORTING: "false",
		}),
	};
}

export function createClient(program: ClientProgram): Client {
	return {
		async run(url, workload, parameters) {
			const { child, result } = startWorkload(program, { url, workload, parameters });
			child.stdin.end();
			return await result;
		},
		async crowd(url, workload, members) {
			const started = members.map((parameters) => startWorkload(program, { url, workload, parameters }));
			const results = Promise.all(started.map(({ result }) => result));
			await Promise.race([Promise.all(started.map(({ ready }) => ready)), results]);
			for (const { child } of started) child.stdin.end("begin\n");
			return await results;
		},
	};
}

type Work = { readonly url: string; readonly workload: string; readonly parameters: object };

function startWorkload(program: ClientProgram, { url, workload, parameters }: Work) {
	const folder = newFolder("client");
	const child = spawn(program.python, [program.script, workload, JSON.stringify(parameters)], {
		cwd: folder,
		env: { ...ownFolders(folder), ...program.environment(url) },
		stdio: ["pipe", "pipe", "pipe"],
	});
	const lines: string[] = [];
	const ready = new Promise<void>((done) => {
		createInterface({ input: child.stdout }).on("line", (line) => {
			lines.push(line);
			if (line === "ready") done();
		});
	});
	const result = untilEnd(child, workload)
		.then((): unknown => JSON.parse(lines.at(-1) ?? "null"))
		.finally(() => rmSync(folder, { recursive: true, force: true }));
	return { child, ready, result };
}

function ownFolders(folder: string): Record<string, string | undefined> {
	const own = Object.fromEntries(
		["WANDB_DIR", "WANDB_CACHE_DIR", "WANDB_DATA_DIR", "WANDB_CONFIG_DIR", "WANDB_ARTIFACT_DIR", "TMPDIR"].map(
			(name) => {
				const path = join(folder, name.toLowerCase());
				mkdirSync(path, { recursive: true });
				return [name, path];
			},
		),
	);
	return {
		...own,
		PATH: process.env.PATH,
		HOME: folder,
	};
}

function untilEnd(child: ChildProcessByStdio<Writable, Readable, Readable>, workload: string): Promise<void> {
	let errors = "";
	child.stderr.on("data", (chunk: Buffer) => {
		errors = (errors + chunk.toString()).slice(-2000);
	});
	return new Promise((done, fail) => {
		child.once("error", fail);
		child.once("close", (code) => {
			if (code === 0) done();
			else fail(new Error(`${workload} ended with ${code}: ${errors.trim()}`));
		});
	});
}
