import { createXXHash128 } from "hash-wasm";
import { sql } from "kysely";
import { beforeAll, expect, test } from "vitest";
import { updateEntity } from "../org/index.ts";
import type { ProjectRow } from "../project/index.ts";
import {
	beginVersion,
	commitVersion,
	fileEntry,
	linkInto,
	linkTo,
	logVersion,
	makeWorkplace,
	manifestText,
	md5Base64,
	nodeIdOf,
	openWorkplace,
	putBytes,
	uploadManifest,
	type WireEntry,
	type Workplace,
} from "../testing/artifact-factories.ts";
import { type MadeUser, makeProject, makeTeam } from "../testing/factories.ts";
import type { ArtifactRow } from "./artifact-rows.ts";
import { completeMultipart } from "./complete-multipart.ts";
import { createFiles } from "./create-files.ts";
import { listFiles } from "./list-files.ts";

const { stores, at } = await openWorkplace();
let other: Workplace;

beforeAll(async () => {
	other = await makeWorkplace(stores.services);
	for (const { ann, team } of [at, other]) await setXxh128(ann, team.name, true);
});

async function setXxh128(by: MadeUser, entityName: string, xxhashDigests: boolean) {
	return await updateEntity(await by.ctx(), { entityName, ttlSeconds: null, xxhashDigests });
}

async function xxh128Hex(...pieces: readonly string[]): Promise<string> {
	const hasher = await createXXHash128();
	for (const piece of pieces) hasher.update(piece);
	return hasher.digest();
}

const base64 = (hex: string) => Buffer.from(hex, "hex").toString("base64");
const hexOf = (digest: string) => Buffer.from(digest, "base64").toString("hex");
const xxh128 = async (content: string) => base64(await xxh128Hex(content));
const tagged = { alg: "XXH128" };
const entryOf = async (content: string): Promise<WireEntry> => ({
	digest: await xxh128(content),
	size: Buffer.byteLength(content),
	extra: tagged,
});

async function digestOf(entries: Readonly<Record<string, WireEntry>>): Promise<string> {
	const lines = Object.entries(entries).map(([path, { digest }]) => `${path}:${digest}\n`);
	return await xxh128Hex("wandb-artifact-manifest-v1\n", ...lines);
}

type Wanted = {
	readonly by?: MadeUser;
	readonly project?: ProjectRow;
	readonly name?: string;
	readonly files?: Readonly<Record<string, string>>;
	readonly entries?: Readonly<Record<string, WireEntry>>;
};

/** Logs these files as a client does that uses XXH128; answers the names of those it was asked to upload as well. */
async function log({ by = at.ann, project = at.project, name = "data", files = {}, entries = {} }: Wanted) {
	const own = await Promise.all(
		Object.entries(files).map(async ([path, text]) => [path, await entryOf(text)] as const),
	);
	const all = { ...entries, ...Object.fromEntries(own) };
	const digest = await digestOf(all);
	const artifact = await beginVersion({
		by,
		project,
		collectionName: name,
		digest,
		digestAlgorithm: "MANIFEST_XXH128",
	});
	if (artifact.state === "COMMITTED") return { artifact, asked: [] };
	const ctx = await by.ctx();
	const wanted = Object.entries(files).map(async ([path, content]) => fileOf(artifact, path, content));
	const uploads = await createFiles(ctx, await Promise.all(wanted));
	const asked = uploads.filter(({ uploadUrl }) => uploadUrl !== null);
	for (const { name: path, uploadUrl } of asked) await putBytes(ctx, uploadUrl ?? "", files[path] ?? "");
	await uploadManifest(ctx, artifact, manifestText(all));
	return { artifact: await commitVersion(by, artifact), asked: asked.map((upload) => upload.name) };
}

const fileOf = async (artifact: ArtifactRow, name: string, content: string) => ({
	artifactId: nodeIdOf(artifact),
	name,
	md5: md5Base64(content),
	xxh128: await xxh128(content),
	mimetype: null,
});

async function contentOf(artifact: ArtifactRow, by: MadeUser = at.ann): Promise<Record<string, string>> {
	const { rows } = await listFiles(await by.ctx(), artifact, { limit: 100, after: null, names: null });
	const read = rows.map(async ({ path, sha256 }) => {
		const bytes = await stores.services.blobs.read(sha256 ?? "", 1000);
		return [path, new TextDecoder().decode(bytes)] as const;
	});
	return Object.fromEntries(await Promise.all(read));
}

test("a version is logged with XXH128 digests, and equal content is that version", async () => {
	const files = { "a.txt": "alpha", "b.txt": "beta" };
	const { artifact, asked } = await log({ name: "plain", files });
	expect([artifact.digestAlgorithm, asked]).toEqual(["MANIFEST_XXH128", ["a.txt", "b.txt"]]);
	expect(await contentOf(artifact)).toEqual(files);
	const { rows } = await listFiles(await at.ann.ctx(), artifact, { limit: 1, after: null, names: null });
	expect(rows).toMatchObject([{ digest: await xxh128("alpha"), md5Hex: hexOf(md5Base64("alpha")), size: 5 }]);
	expect(await log({ name: "plain", files })).toEqual({
		artifact: expect.objectContaining({ id: artifact.id }),
		asked: [],
	});
	const changed = await log({ name: "plain", files: { ...files, "b.txt": "changed" } });
	expect([changed.asked, changed.artifact.versionIndex]).toEqual([["b.txt"], 1]);
});

test("bytes that the project knows by their MD5 alone are sent once more, then never again", async () => {
	const files = { "known.txt": "known by its md5" };
	await logVersion({ by: at.ann, project: at.project, collectionName: "by-md5", files });
	expect((await log({ name: "first", files })).asked).toEqual(["known.txt"]);
	expect((await log({ name: "second", files })).asked).toEqual([]);
	const { rows } = await sql`select from blob where md5 = ${hexOf(md5Base64("known by its md5"))}`.execute(
		stores.services.db,
	);
	expect(rows).toHaveLength(1);
});

test("an upload must have both digests", async () => {
	const artifact = await beginVersion({
		by: at.ann,
		project: at.project,
		digest: "0".repeat(32),
		digestAlgorithm: "MANIFEST_XXH128",
	});
	const ctx = await at.ann.ctx();
	const wrong = { ...(await fileOf(artifact, "a.txt", "true bytes")), xxh128: await xxh128("other bytes") };
	const [upload] = await createFiles(ctx, [wrong]);
	await expect(putBytes(ctx, upload?.uploadUrl ?? "", "true bytes")).rejects.toThrow(/XXH128 digest .* announced was/);
	await expect(putBytes(ctx, upload?.uploadUrl ?? "", "other bytes")).rejects.toThrow(/MD5 digest/);
	await expect(createFiles(ctx, [{ ...wrong, xxh128: "short" }])).rejects.toThrow(/must be 16 bytes in base64/);
});

test("naming a digest gives nobody bytes: not another project's, nor those that have it as the other kind", async () => {
	await log({ by: other.ann, project: other.project, files: { "s.txt": "their secret" } });
	await expect(log({ name: "thief", entries: { "s.txt": await entryOf("their secret") } })).rejects.toThrow(
		/never uploaded/,
	);
	expect((await log({ name: "own", files: { "s.txt": "their secret" } })).asked).toEqual(["s.txt"]);

	await log({ name: "kinds", files: { "k.txt": "of a kind" } });
	const asMd5 = { "k.txt": { ...(await entryOf("of a kind")), extra: {} } };
	await expect(log({ name: "as-md5", entries: asMd5 })).rejects.toThrow(/never uploaded/);
	const asXxh128 = { "k.txt": { ...fileEntry("of a kind"), extra: tagged } };
	await expect(log({ name: "as-xxh128", entries: asXxh128 })).rejects.toThrow(/never uploaded/);
});

test("what is carried over from a version must be readable there, and counts as what it was", async () => {
	const theirs = await log({ by: other.ann, project: other.project, files: { "c.txt": "carried" } });
	const carried = { ...(await entryOf("carried")), birthArtifactID: nodeIdOf(theirs.artifact) };
	await expect(log({ name: "carrier", entries: { "c.txt": carried } })).rejects.toThrow(/never uploaded/);
	const mine = await makeProject(stores.services, { by: at.ann, entityName: at.team.name });
	const born = await log({ project: mine, files: { "c.txt": "carried" } });
	const entry = { ...carried, birthArtifactID: nodeIdOf(born.artifact) };
	await expect(log({ name: "carrier", entries: { "c.txt": { ...entry, extra: {} } } })).rejects.toThrow(
		/never uploaded/,
	);
	const { artifact } = await log({ name: "carrier", entries: { "c.txt": entry } });
	expect(await contentOf(artifact)).toEqual({ "c.txt": "carried" });
	expect((await log({ name: "both", files: { "c.txt": "carried" } })).asked).toEqual([]);
});

test("two contents are told apart although one has as its XXH128 what the other has as its MD5", async () => {
	const files = { "e.txt": "equal" };
	const entries = { "e.txt": await entryOf("equal") };
	await log({ name: "equal", files });
	const version = { by: at.ann, project: at.project, collectionName: "equal", digest: await digestOf(entries) };
	expect(await beginVersion({ ...version, digestAlgorithm: "MANIFEST_XXH128" })).toMatchObject({ state: "COMMITTED" });
	expect(await beginVersion({ ...version, digestAlgorithm: "MANIFEST_MD5" })).toMatchObject({ state: "PENDING" });
});

test("a manifest that adds to a version keeps each file's own digest", async () => {
	const base = await log({ name: "grows", files: { "a.txt": "alpha" } });
	const ctx = await at.ann.ctx();
	const next = await beginVersion({
		by: at.ann,
		project: at.project,
		collectionName: "grows",
		digest: "1".repeat(32),
		digestAlgorithm: "MANIFEST_XXH128",
	});
	const [upload] = await createFiles(ctx, [await fileOf(next, "b.txt", "grown")]);
	await putBytes(ctx, upload?.uploadUrl ?? "", "grown");
	const text = manifestText({ "b.txt": await entryOf("grown") });
	await uploadManifest(ctx, next, text, { type: "INCREMENTAL", base: base.artifact });
	const grown = await commitVersion(at.ann, next);
	expect(await contentOf(grown)).toEqual({ "a.txt": "alpha", "b.txt": "grown" });
	expect(grown.digest).toBe(await digestOf({ "a.txt": await entryOf("alpha"), "b.txt": await entryOf("grown") }));
});

test("a file in parts is verified as a whole", async () => {
	const by = at.ann;
	const artifact = await beginVersion({
		by,
		project: at.project,
		digest: "2".repeat(32),
		digestAlgorithm: "MANIFEST_XXH128",
	});
	const ctx = await by.ctx();
	const pieces = ["first part, ", "second part"];
	const parts = pieces.map((piece, index) => ({ partNumber: index + 1, hexMD5: hexOf(md5Base64(piece)) }));
	const whole = { ...(await fileOf(artifact, "parts.bin", pieces.join(""))), parts };
	const send = async (file: typeof whole) => {
		const [upload] = await createFiles(ctx, [file]);
		for (const { partNumber, uploadUrl } of upload?.multipart?.uploadUrlParts ?? []) {
			await putBytes(ctx, uploadUrl, pieces[partNumber - 1] ?? "");
		}
		return await completeMultipart(ctx, {
			action: "Complete",
			artifactId: nodeIdOf(artifact),
			storagePath: upload?.storagePath ?? "",
			uploadId: upload?.multipart?.uploadID ?? "",
			parts,
		});
	};
	await expect(send({ ...whole, xxh128: await xxh128("else") })).rejects.toThrow(/XXH128/);
	expect(await send(whole)).toBe(whole.md5);
	const [held] = await createFiles(ctx, [whole]);
	expect(held?.uploadUrl).toBeNull();
});

test("it is a team's admin who allows them, and the refusal says so", async () => {
	const team = await makeTeam(stores.services, { org: at.org, admin: at.ann });
	const project = await makeProject(stores.services, { by: at.ann, entityName: team.name });
	await expect(log({ project, files: { "a.txt": "a" } })).rejects.toThrow(
		`"${team.name}" keeps MD5 digests: log the artifact with digest_algorithm="MD5"`,
	);
	await setXxh128(at.ann, team.name, true);
	const { artifact } = await log({ project, files: { "a.txt": "a" } });
	await setXxh128(at.ann, team.name, false);
	expect(await contentOf(artifact)).toEqual({ "a.txt": "a" });
	await expect(setXxh128(other.ann, team.name, true)).rejects.toThrow(/no entity is named|only an admin/);
});

test("a link carries such a version", async () => {
	const { artifact } = await log({ name: "linked", files: { "l.txt": "linked" } });
	const target = { entityName: at.org.name, projectName: "wandb-registry-dataset", collectionName: "linked" };
	const link = await linkInto(at.ann, linkTo(artifact, target));
	expect(link?.artifactId).toBe(artifact.id);
});
