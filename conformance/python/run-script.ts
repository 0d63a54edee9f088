import { spawn } from "node:child_process";
import { existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, onTestFinished } from "vitest";
import { processTree, signalAll } from "../processes.ts";
import { type Door, newFolder } from "../server.ts";
import { venvPython } from "./setup.mjs";

const cellsRunner = join(import.meta.dirname, "cells.py");
const defaultTimeoutMs = 120_000;

export interface ScriptResult {
	readonly code: number | null;
	readonly stdout: string;
	readonly stderr: string;
	/** Both streams, for looking into and for failure messages. */
	readonly output: string;
}

export interface ScriptOptions {
	/** Beside and instead of what points the client at the server; undefined takes a variable away. */
	readonly env?: Readonly<Record<string, string | undefined>>;
	readonly timeoutMs?: number;
}

/** One user's machine: a folder with nothing in it, a home of its own, and one version of the real client. */
export interface Client {
	readonly version: string;
	/** Where scripts and commands run. */
	readonly folder: string;
	/** What `~` is to the client. */
	readonly home: string;
	/** Puts a file into the folder that scripts run in. */
	write(name: string, content: string | Uint8Array): void;
	/** Runs the source as one Python script. */
	script(source: string, options?: ScriptOptions): Promise<ScriptResult>;
	/** Runs the sources one after another in one interpreter, like the cells of a notebook. */
	cells(sources: readonly string[], options?: ScriptOptions): Promise<ScriptResult>;
	/** Runs the `wandb` command, with no terminal to ask questions at. */
	command(args: readonly string[], options?: ScriptOptions): Promise<ScriptResult>;
	/** Starts a Python script without waiting for it. */
	start(source: string, onLine: (line: string) => void, options?: Pick<ScriptOptions, "env">): RunningScript;
}

export interface RunningScript {
	/** SIGKILL to the script and what it started. */
	kill(): void;
	readonly ended: Promise<unknown>;
}

/** A fresh machine with this version of the client, pointed at the server; it goes with the test that asked for it. */
export function newClient(version: string, door: Door): Client {
	const folder = newFolder("client");
	onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
	const work = join(folder, "work");
	mkdirSync(work, { recursive: true });
	let scripts = 0;
	const save = (source: string): string => {
		scripts += 1;
		const file = join(folder, `script-${scripts}.py`);
		writeFileSync(file, source);
		return file;
	};
	const launch = (args: readonly string[], options: ScriptOptions) =>
		launchPython(version, args, work, { ...clientEnvironment(folder, door), ...options.env });
	const run = async (args: readonly string[], options: ScriptOptions): Promise<ScriptResult> => {
		const { child, kill } = launch(args, options);
		return await collect(child, kill, options.timeoutMs ?? defaultTimeoutMs);
	};
	return {
		version,
		folder: work,
		home: join(folder, "home"),
		write: (name, content) => {
			mkdirSync(dirname(join(work, name)), { recursive: true });
			writeFileSync(join(work, name), content);
		},
		script: async (source, options = {}) => await run([save(source)], options),
		cells: async (sources, options = {}) => await run([cellsRunner, ...sources.map(save)], options),
		command: async (args, options = {}) => await run(["-m", "wandb", ...args], options),
		start: (source, onLine, options = {}) => {
			const { child, kill } = launch([save(source)], options);
			let rest = "";
			child.stdout?.on("data", (chunk: Buffer) => {
				const lines = (rest + chunk.toString()).split("\n");
				rest = lines.pop() ?? "";
				for (const line of lines) onLine(line);
			});
			child.stderr?.resume();
			return { kill, ended: new Promise((done) => child.once("close", done)) };
		},
	};
}

/** Fails the test with everything that the script said unless it exited with 0. */
export function expectSuccess(result: ScriptResult): void {
	expect(result.code, result.output).toBe(0);
}

/** The JSON behind the last line that starts with `MARK `. */
export function reported(result: ScriptResult, mark = "RESULT"): unknown {
	const line = result.stdout
		.split("\n")
		.filter((text) => text.startsWith(`${mark} `))
		.at(-1);
	if (line === undefined) throw new Error(`no line "${mark} …" in:\n${result.output}`);
	const value: unknown = JSON.parse(line.slice(mark.length + 1));
	return value;
}

function clientEnvironment(folder: string, door: Door): Record<string, string> {
	const home = join(folder, "home");
	const work = join(folder, "work");
	// Clients up to 0.18 do not make the folder that their settings go into.
	mkdirSync(join(home, "config"), { recursive: true });
	return {
		PATH: process.env.PATH ?? "",
		LANG: "C.UTF-8",
		HOME: home,
		PYTHONUNBUFFERED: "1",
		WANDB_BASE_URL: door.url,
		WANDB_API_KEY: door.apiKey,
		WANDB_DIR: work,
		WANDB_ARTIFACT_DIR: join(work, "artifacts"),
		WANDB_CACHE_DIR: join(home, "cache"),
		WANDB_CONFIG_DIR: join(home, "config"),
		WANDB_DATA_DIR: join(home, "data"),
		// The client's crash reports would go to its makers.
		WANDB_ERROR_REPORTING: "false",
	};
}

function launchPython(version: string, args: readonly string[], cwd: string, env: NodeJS.ProcessEnv) {
	const python = venvPython(version);
	if (!existsSync(python))
		throw new Error("the Python environments are missing: run node conformance/python/setup.mjs");
	const child = spawn(python, args, { cwd, env, detached: true, stdio: ["ignore", "pipe", "pipe"] });
	// The client's service process makes itself a session of its own: no group holds them all.
	const kill = () => {
		if (child.pid !== undefined) signalAll(processTree(child.pid), "SIGKILL");
	};
	process.once("exit", kill);
	child.once("close", () => process.off("exit", kill));
	return { child, kill };
}

function collect(
	child: ReturnType<typeof launchPython>["child"],
	kill: () => void,
	timeoutMs: number,
): Promise<ScriptResult> {
	return new Promise((done, fail) => {
		let stdout = "";
		let stderr = "";
		let output = "";
		child.stdout.on("data", (chunk: Buffer) => {
			stdout += chunk.toString();
			output += chunk.toString();
		});
		child.stderr.on("data", (chunk: Buffer) => {
			stderr += chunk.toString();
			output += chunk.toString();
		});
		const timer = setTimeout(() => {
			kill();
			fail(new Error(`the script did not end in ${timeoutMs} ms; it said:\n${output}`));
		}, timeoutMs);
		child.once("error", fail);
		child.once("exit", (code) => {
			clearTimeout(timer);
			const finish = () => done({ code, stdout, stderr, output });
			child.once("close", finish);
			// What the client may leave running in the background holds the pipes open: do not wait for it.
			setTimeout(finish, 2000).unref();
		});
	});
}
