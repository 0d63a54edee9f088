import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { zstdDecompressSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { blobKey, compressedBlobKey, incomingKey } from "./blob-paths.ts";
import { blobStoreContract } from "./blob-store.contract.ts";
import { openFsStore } from "./fs-store.ts";

const never = new AbortController().signal;

async function* bytes(text: string) {
	yield Buffer.from(text);
}

async function filesBelow(root: string): Promise<string[]> {
	const entries = await readdir(root, { recursive: true, withFileTypes: true });
	return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

blobStoreContract("fs-store", async () => {
	const root = await mkdtemp(join(tmpdir(), "keifu-blobs-"));
	let unfinished = 0;
	return {
		store: await openFsStore({ root, minFreeBytes: 0 }),
		countObjects: async () => (await filesBelow(root)).length,
		leaveUnfinished: async () => writeFile(join(root, incomingKey(`left-${unfinished++}`)), "half a fi"),
		close: async () => rm(root, { recursive: true, force: true }),
	};
});

describe("fs-store on the disk", () => {
	let root: string;
	beforeEach(async () => {
		root = await mkdtemp(join(tmpdir(), "keifu-blobs-"));
	});
	afterEach(async () => rm(root, { recursive: true, force: true }));

	it("puts content under its digest, where nobody writes", async () => {
		const store = await openFsStore({ root, minFreeBytes: 0 });
		const { sha256 } = await store.put(bytes("hello"), {}, never);
		const path = join(root, "blobs/sha256", sha256.slice(0, 2), sha256);
		expect(await filesBelow(root)).toEqual([path]);
		expect(await readFile(path, "utf8")).toBe("hello");
		expect((await stat(path)).mode & 0o222).toBe(0);
	});

	it("keeps what is worth compressing in a file that every tool for Zstandard reads", async () => {
		const store = await openFsStore({ root, minFreeBytes: 0 });
		const text = "text over and over, ".repeat(10_000);
		const put = () => store.put(bytes(text), { compress: true }, never);
		const { sha256 } = await put();
		const path = join(root, compressedBlobKey(sha256));
		expect(await filesBelow(root)).toEqual([path]);
		const packed = await readFile(path);
		expect(packed.length).toBeLessThan(1_000);
		expect(packed.subarray(0, 8)).toEqual(Buffer.from([0x50, 0x2a, 0x4d, 0x18, 8, 0, 0, 0]));
		expect(zstdDecompressSync(packed.subarray(16)).toString()).toBe(text);
		await rm(path);
		await writeFile(join(root, blobKey(sha256)), "damaged");
		expect(await put()).toMatchObject({ existed: false });
		expect(Buffer.from(await store.read(sha256, text.length)).toString()).toBe(text);
		expect(await filesBelow(root)).toEqual([path]);
	});

	it("finds everything again after a restart", async () => {
		const { sha256 } = await (await openFsStore({ root, minFreeBytes: 0 })).put(bytes("hello"), {}, never);
		const again = await openFsStore({ root, minFreeBytes: 0 });
		expect(await again.sweepUnfinished()).toBe(0);
		expect((await buffer((await again.get(sha256)).stream())).toString()).toBe("hello");
	});

	it("refuses uploads when the disk is nearly full, and goes on reading", async () => {
		const { sha256 } = await (await openFsStore({ root, minFreeBytes: 0 })).put(bytes("hello"), {}, never);
		const full = await openFsStore({ root, minFreeBytes: Number.MAX_SAFE_INTEGER });
		await expect(full.put(bytes("world"), {}, never)).rejects.toMatchObject({ code: "STORAGE_FULL", status: 413 });
		expect((await buffer((await full.get(sha256)).stream())).toString()).toBe("hello");
		expect(await filesBelow(root)).toHaveLength(1);
	});

	it("counts the announced size against the room that is left", async () => {
		const store = await openFsStore({ root, minFreeBytes: 0 });
		const size = (await store.freeBytes()) * 2;
		await expect(store.put(bytes("x"), { size }, never)).rejects.toMatchObject({ code: "STORAGE_FULL" });
	});

	it("mends content of the wrong length when the same bytes come again", async () => {
		const store = await openFsStore({ root, minFreeBytes: 0 });
		const { sha256 } = await store.put(bytes("hello"), {}, never);
		const path = join(root, blobKey(sha256));
		await chmod(path, 0o644);
		await writeFile(path, "hel");
		expect(await store.put(bytes("hello"), {}, never)).toMatchObject({ sha256, existed: false });
		expect(await readFile(path, "utf8")).toBe("hello");
	});
});
