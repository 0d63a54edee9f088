import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type ManifestEntry, manifestDigest, mergeManifests, parseManifest, printManifest } from "./manifest-format.ts";

const entry = (path: string, digest = "ZGlnZXN0", more: Partial<ManifestEntry> = {}): ManifestEntry => ({
	path,
	digest,
	size: 6,
	ref: null,
	extra: null,
	birthArtifactID: null,
	...more,
});

/** Python's and Go's way: by code point, which is the order of the UTF-8 bytes. */
function expectedDigest(entries: readonly ManifestEntry[]): string {
	const lines = entries.map(({ path, digest }) => ({ key: Buffer.from(path), line: `${path}:${digest}\n` }));
	lines.sort((a, b) => Buffer.compare(a.key, b.key));
	const text = ["wandb-artifact-manifest-v1\n", ...lines.map(({ line }) => line)].join("");
	return createHash("md5").update(text, "utf8").digest("hex");
}

const paths = fc
	.string({ unit: "binary", minLength: 1, maxLength: 12 })
	.map((text) => text.replace(/[\p{Cc}/\\:.]/gu, "_"));
const entries = fc.uniqueArray(
	fc.record({
		path: fc.oneof(paths, fc.constantFrom("__proto__", "constructor", "1", "10", "2")),
		digest: fc.base64String(),
		size: fc.nat(),
		ref: fc.option(fc.webUrl()),
		extra: fc.option(fc.dictionary(fc.stringMatching(/^[a-z]{1,4}$/), fc.oneof(fc.string(), fc.integer()))),
		birthArtifactID: fc.option(fc.base64String()),
	}),
	{ selector: ({ path }) => path, maxLength: 8 },
);
const sorted = (list: readonly ManifestEntry[]) => [...list].sort((a, b) => (a.path < b.path ? -1 : 1));

const wire = (contents: unknown, more: object = {}) =>
	JSON.stringify({ version: 1, storagePolicy: "wandb-storage-policy-v1", contents, ...more });

describe("the digest of a manifest", () => {
	test("is the one that wandb 0.31.0 computed for these files, beyond the basic plane too", () => {
		const list = [
			entry("\u{1f600}", "gnfgkQ11AZW0SHl2FuCRrQ=="),
			entry("\uff5e", "SooI8J03tzeVZJA4QItfMw=="),
			entry("é", "kutf/uauL+w61xx3dTFXjw=="),
			entry("a.txt", "DMF1ucDxtqgxw5niaXcmYQ=="),
		];
		expect(manifestDigest(list)).toBe("79481bf8b36a763ba3259004b5b2dda0");
	});

	test("of nothing is that of the header", () => {
		expect(manifestDigest([])).toBe(createHash("md5").update("wandb-artifact-manifest-v1\n").digest("hex"));
	});

	test("follows the order of code points for any paths, in whatever order they come", () => {
		fc.assert(
			fc.property(entries, (list) => {
				expect(manifestDigest(list)).toBe(expectedDigest(list));
				expect(manifestDigest([...list].reverse())).toBe(expectedDigest(list));
			}),
			{ numRuns: 300 },
		);
	});

	test("tells other paths and other content apart", () => {
		const digests = [entry("a", "eA=="), entry("a", "eQ=="), entry("b", "eA==")].map((one) => manifestDigest([one]));
		expect(new Set(digests).size).toBe(3);
	});
});

describe("reading and writing", () => {
	test("round trip, whatever the names", () => {
		fc.assert(
			fc.property(entries, fc.dictionary(fc.stringMatching(/^[a-z]{1,4}$/), fc.string()), (list, config) => {
				const read = parseManifest(printManifest({ storagePolicyConfig: config, entries: list }));
				expect(sorted(read.entries)).toEqual(sorted(list));
				expect(read.storagePolicyConfig).toEqual(config);
			}),
			{ numRuns: 300 },
		);
	});

	test("drops what clients leak, and fills in what they leave out", () => {
		const contents = {
			"dir/a.txt": { digest: "eA==", size: 6, birthArtifactID: "QQ==", local_path: "/home/me/a", skip_cache: false },
			there: { digest: "etag", ref: "s3://bucket/key", extra: { etag: "etag", versionID: "7" } },
		};
		const read = parseManifest(wire(contents, { storagePolicyConfig: { storageLayout: "V2" }, unknown: 1 }));
		expect(read).toEqual({
			storagePolicyConfig: { storageLayout: "V2" },
			entries: [
				entry("dir/a.txt", "eA==", { birthArtifactID: "QQ==" }),
				entry("there", "etag", {
					size: 0,
					ref: "s3://bucket/key",
					extra: { etag: "etag", versionID: "7" },
				}),
			],
		});
		expect(printManifest(read)).not.toMatch(/local_path|skip_cache|unknown|null/);
	});

	test.each([
		["no JSON", "{", /not one of version 1/],
		["another version", JSON.stringify({ version: 2, storagePolicy: "x", contents: {} }), /version/],
		["no contents", JSON.stringify({ version: 1, storagePolicy: "x" }), /contents/],
		["a list of contents", wire([]), /contents/],
		["an entry without a digest", wire({ a: { size: 1 } }), /digest/],
		["a negative size", wire({ a: { digest: "x", size: -1 } }), /size/],
		["a size that is no whole number", wire({ a: { digest: "x", size: 1.5 } }), /size/],
		["null", "null", /not one of version 1/],
	])("refuses %s", (_what, text, message) => {
		expect(() => parseManifest(text)).toThrow(
			expect.objectContaining({ code: "UNPROCESSABLE", message: expect.stringMatching(message) }),
		);
	});

	test.each(["../a", "/a", "a\u0000b", "..\\a", "c:\\a"])("refuses the path %j, naming it", (path) => {
		expect(() => parseManifest(wire({ ok: { digest: "x" }, [path]: { digest: "x" } }))).toThrow(
			expect.objectContaining({ code: "INVALID_INPUT", message: expect.stringContaining(JSON.stringify(path)) }),
		);
	});

	test.each(["digest", "ref"])("refuses a NUL in a %s, which could not be stored", (field) => {
		const text = wire({ a: { digest: "x", ref: "s3://x", [field]: "a\u0000b" } });
		expect(() => parseManifest(text)).toThrow(expect.objectContaining({ code: "UNPROCESSABLE" }));
	});
});

describe("merging", () => {
	const manifest = (...list: ManifestEntry[]) => ({ storagePolicyConfig: {}, entries: list });

	test("keeps what the base has and lets later changes win", () => {
		const merged = mergeManifests(manifest(entry("a", "1"), entry("b", "1")), [
			manifest(entry("b", "2"), entry("c", "2")),
			manifest(entry("c", "3")),
		]);
		expect(sorted(merged.entries)).toEqual([entry("a", "1"), entry("b", "2"), entry("c", "3")]);
	});

	test("with nothing is the base; equals one over the other, path by path", () => {
		fc.assert(
			fc.property(entries, entries, (base, change) => {
				expect(mergeManifests(manifest(...base), []).entries).toEqual(base);
				const merged = new Map(
					mergeManifests(manifest(...base), [manifest(...change)]).entries.map((e) => [e.path, e]),
				);
				const expected = new Map([...base, ...change].map((e) => [e.path, e]));
				expect(merged).toEqual(expected);
			}),
		);
	});

	test("takes the storage policy of the newest writers", () => {
		const change = { storagePolicyConfig: { storageLayout: "V2" }, entries: [] };
		expect(mergeManifests(manifest(), [change]).storagePolicyConfig).toEqual({ storageLayout: "V2" });
		expect(mergeManifests(change, []).storagePolicyConfig).toEqual({ storageLayout: "V2" });
	});
});
