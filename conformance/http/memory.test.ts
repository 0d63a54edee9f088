import { createCipheriv, createHash, type Hash } from "node:crypto";
import { rmSync } from "node:fs";
import { expect, test } from "vitest";
import { createAccount, createProject } from "../account.ts";
import { processTree, residentBytes } from "../processes.ts";
import { startServer } from "../server.ts";
import { fileUrls, logVersion, type RawFile } from "./raw-artifact.ts";

const soak = process.env.KEIFU_SOAK === "1";
const size = soak ? 5 * 1024 ** 3 : 512 * 1024 ** 2;
const limit = 300 * 1024 ** 2;
const chunkSize = 1024 ** 2;

/** Bytes that do not compress and are the same each time. */
function* noise(): Generator<Uint8Array> {
	const cipher = createCipheriv("aes-128-ctr", Buffer.alloc(16, 7), Buffer.alloc(16));
	const zeros = Buffer.alloc(chunkSize);
	for (let sent = 0; sent < size; sent += chunkSize) yield cipher.update(zeros);
}

function digest(algorithm: string, chunks: Iterable<Uint8Array>): Hash {
	const hash = createHash(algorithm);
	for (const chunk of chunks) hash.update(chunk);
	return hash;
}

/** Watches what the server and its database keep in memory; gives back the highest value seen. */
function watchMemory(pid: number): () => number {
	let highest = residentBytes(processTree(pid));
	const timer = setInterval(() => {
		highest = Math.max(highest, residentBytes(processTree(pid)));
	}, 250);
	return () => {
		clearInterval(timer);
		return highest;
	};
}

test("memory stays flat while a large file streams in and out", { timeout: 1_800_000 }, async () => {
	const server = await startServer();
	const account = await createAccount(server);
	const file: RawFile = { size, md5: digest("md5", noise()).digest("base64"), chunks: noise };
	const target = { entity: account.team, project: "big", collection: "noise" };
	await createProject(account, target.entity, target.project);
	const highest = watchMemory(server.pid);
	const id = await logVersion(account, target, { "noise.bin": file });
	const url = (await fileUrls(account, id)).get("noise.bin");
	const response = await fetch(String(url));
	const received = createHash("md5");
	for await (const chunk of response.body ?? []) received.update(chunk);
	expect(received.digest("base64")).toBe(file.md5);
	const peak = highest();
	process.stdout.write(
		`at most ${Math.round(peak / 1024 ** 2)} MB resident, server and database, with ${size / 1024 ** 2} MiB\n`,
	);
	expect(peak).toBeGreaterThan(10 * 1024 ** 2);
	expect(peak, `${Math.round(peak / 1024 ** 2)} MB resident`).toBeLessThan(limit);
	await server.stop();
	rmSync(server.dataDir, { recursive: true, force: true });
});
