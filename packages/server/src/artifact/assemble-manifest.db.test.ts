import { sql } from "kysely";
import { beforeAll, describe, expect, test } from "vitest";
import type { RunRow } from "../run/index.ts";
import {
	beginVersion,
	commitVersion,
	fileEntries,
	fileEntry,
	logVersion,
	makeRun,
	makeWorkplace,
	manifestText,
	md5Base64,
	nodeIdOf,
	openWorkplace,
	uploadFiles,
	uploadManifest,
	type Workplace,
} from "../testing/artifact-factories.ts";
import { makeProject } from "../testing/factories.ts";
import { findAliasesOfArtifacts, findTagsOf } from "./artifact-reader.ts";
import type { ArtifactRow } from "./artifact-rows.ts";
import { createFiles } from "./create-files.ts";
import { parseManifest } from "./manifest-format.ts";
import { pageEntries } from "./manifest-store.ts";

const { stores, at } = await openWorkplace();
let elsewhere: Workplace;

beforeAll(async () => {
	elsewhere = await makeWorkplace(stores.services);
});

/** Path and content of every file that a committed version holds. */
async function filesOf(artifact: ArtifactRow): Promise<Record<string, string>> {
	const entries = await pageEntries(stores.services.db, artifact.id, { limit: 100, after: null, names: null });
	const contents = entries.map(async ({ path, sha256 }) => {
		if (sha256 === null) throw new Error(`${path} is a reference`);
		return [path, new TextDecoder().decode(await stores.services.blobs.read(sha256, 1000))] as const;
	});
	return Object.fromEntries(await Promise.all(contents));
}

/** The manifest that a download of the version starts with. */
async function manifestOf(artifact: ArtifactRow) {
	if (artifact.manifestSha256 === null) throw new Error("the version has no manifest");
	return parseManifest(new TextDecoder().decode(await stores.services.blobs.read(artifact.manifestSha256, 100_000)));
}

async function producersOf(artifact: ArtifactRow): Promise<string[]> {
	const { rows } = await sql<{ runId: string }>`select run_id as "runId" from run_artifact
		where artifact_id = ${artifact.id} and direction = 'PRODUCED' order by run_id`.execute(stores.services.db);
	return rows.map(({ runId }) => runId);
}

describe("bytes that only another project possesses", () => {
	const secret = "the secret of another team";
	const entries = fileEntries({ "stolen.txt": secret });

	beforeAll(async () => {
		await logVersion({ by: elsewhere.ann, project: elsewhere.project, files: { "secret.txt": secret } });
	});

	test("are asked for again: naming their digest gives no one the content", async () => {
		const artifact = await beginVersion({ by: at.ann, project: at.project, collectionName: "thief", entries });
		const ctx = await at.ann.ctx();
		const asked = { artifactId: nodeIdOf(artifact), name: "stolen.txt", md5: md5Base64(secret), mimetype: null };
		const [upload] = await createFiles(ctx, [asked]);
		expect(upload?.uploadUrl).toMatch(/\/blobs\/put\//);
		await uploadManifest(ctx, artifact, manifestText(entries));
		const refusal = { code: "MANIFEST_INCOMPLETE", message: expect.stringContaining('"stolen.txt"') };
		await expect(commitVersion(at.ann, artifact)).rejects.toMatchObject(refusal);
	});

	test("are not carried over by naming the version that they were born in", async () => {
		const theirs = await logVersion({ by: elsewhere.ann, project: elsewhere.project, files: { "secret.txt": secret } });
		for (const birthArtifactID of [nodeIdOf(theirs), nodeIdOf({ id: "nonsense" }), "", "not base64 at all"]) {
			const claimed = { "stolen.txt": { ...fileEntry(secret), birthArtifactID } };
			const wanted = { by: at.ann, project: at.project, collectionName: "thief", entries: claimed };
			const artifact = await beginVersion(wanted);
			await uploadManifest(await at.ann.ctx(), artifact, manifestText(claimed));
			await expect(commitVersion(at.ann, artifact)).rejects.toMatchObject({ code: "MANIFEST_INCOMPLETE" });
		}
	});

	test("a number where a version's id belongs is the id of none", async () => {
		const claimed = { "x.txt": { ...fileEntry("x nobody has"), birthArtifactID: btoa("Artifact:12345") } };
		const artifact = await beginVersion({ by: at.ann, project: at.project, collectionName: "thief", entries: claimed });
		await uploadManifest(await at.ann.ctx(), artifact, manifestText(claimed));
		await expect(commitVersion(at.ann, artifact)).rejects.toMatchObject({ code: "MANIFEST_INCOMPLETE" });
	});
});

test("bytes of a readable version of another project are carried over, and then possessed", async () => {
	const source = await makeProject(stores.services, { by: at.ann, entityName: at.team.name });
	const content = { "kept.txt": "kept", "dropped.txt": "dropped" };
	const birth = await logVersion({ by: at.ann, project: source, files: content });
	const entries = {
		"kept.txt": { ...fileEntry("kept"), birthArtifactID: nodeIdOf(birth) },
		...fileEntries({ "new.txt": "new" }),
	};
	const draft = await beginVersion({ by: at.ann, project: at.project, collectionName: "draft", entries });
	const ctx = await at.ann.ctx();
	expect(await uploadFiles(ctx, draft, { "new.txt": "new" })).toEqual(["new.txt"]);
	await uploadManifest(ctx, draft, manifestText(entries));
	const version = await commitVersion(at.ann, draft);
	expect(await filesOf(version)).toEqual({ "kept.txt": "kept", "new.txt": "new" });
	expect(version.size).toBe(7);
	const next = await beginVersion({
		by: at.ann,
		project: at.project,
		collectionName: "draft",
		files: { "z.txt": "kept" },
	});
	expect(await uploadFiles(ctx, next, { "z.txt": "kept" })).toEqual([]);
});

test("bytes that the project possesses are not uploaded again, in whatever collection", async () => {
	await logVersion({ by: at.ann, project: at.project, collectionName: "once", files: { "a.txt": "uploaded once" } });
	const wanted = { "b.txt": "uploaded once", "c.txt": "not yet", "d.txt": "uploaded once" };
	const artifact = await beginVersion({ by: at.ann, project: at.project, collectionName: "again", files: wanted });
	const ctx = await at.ann.ctx();
	const asked = Object.entries(wanted).map(([name, content]) => ({
		artifactId: nodeIdOf(artifact),
		name,
		md5: md5Base64(content),
		mimetype: null,
	}));
	const uploads = await createFiles(ctx, asked);
	expect(uploads.map(({ name, uploadUrl }) => [name, uploadUrl === null])).toEqual([
		["b.txt", true],
		["c.txt", false],
		["d.txt", true],
	]);
	await expect(
		createFiles(ctx, [{ ...asked[0], artifactId: nodeIdOf(artifact), name: "../x", md5: "", mimetype: null }]),
	).rejects.toMatchObject({ code: "INVALID_INPUT" });
	await expect(
		createFiles(ctx, [{ artifactId: nodeIdOf(artifact), name: "x", md5: "no md5", mimetype: null }]),
	).rejects.toMatchObject({ code: "INVALID_INPUT" });
});

test("the size of a file is that of its bytes, whatever the manifest says", async () => {
	const entries = { "a.txt": { digest: md5Base64("a"), size: 999_999 } };
	await logVersion({ by: at.ann, project: at.project, files: { "a.txt": "a" } });
	const version = await logVersion({ by: at.ann, project: at.project, collectionName: "liar", entries });
	expect(version.size).toBe(1);
});

describe("an incremental manifest", () => {
	test("is merged over its base, and downloads get the merged one", async () => {
		const wanted = { by: at.ann, project: at.project, collectionName: "incremental" };
		const base = await logVersion({ ...wanted, files: { "a.txt": "a1", "b.txt": "b1" } });
		const changes = { "b.txt": "b2", "c.txt": "c2" };
		const artifact = await beginVersion({ ...wanted, files: changes });
		const ctx = await at.ann.ctx();
		await uploadFiles(ctx, artifact, changes);
		await uploadManifest(ctx, artifact, manifestText(fileEntries(changes)), { type: "INCREMENTAL", base });
		const version = await commitVersion(at.ann, artifact);
		const merged = { "a.txt": "a1", "b.txt": "b2", "c.txt": "c2" };
		expect(await filesOf(version)).toEqual(merged);
		expect((await manifestOf(version)).entries.map(({ path }) => path)).toEqual(Object.keys(merged));
		expect(version).toMatchObject({ versionIndex: 1, baseArtifactId: base.id, fileCount: 3, size: 6 });
		// Its digest is that of the merged content: logging the same as a whole finds it.
		expect((await logVersion({ ...wanted, files: merged })).id).toBe(version.id);
	});

	test("builds on no version of another collection, and on none that may not be read", async () => {
		const theirs = await logVersion({ by: elsewhere.ann, project: elsewhere.project, files: { "secret.txt": "s" } });
		const other = await logVersion({
			by: at.ann,
			project: at.project,
			collectionName: "other",
			files: { "o.txt": "o" },
		});
		const ctx = await at.ann.ctx();
		const stage = async (base: ArtifactRow) => {
			const files = { "mine.txt": base.id };
			const artifact = await beginVersion({ by: at.ann, project: at.project, collectionName: "baseless", files });
			await uploadFiles(ctx, artifact, files);
			await uploadManifest(ctx, artifact, manifestText(fileEntries(files)), { type: "INCREMENTAL", base });
			return artifact;
		};
		const onTheirs = await commitVersion(at.ann, await stage(theirs));
		expect(await filesOf(onTheirs)).toEqual({ "mine.txt": theirs.id });
		const refusal = { code: "UNPROCESSABLE", message: expect.stringContaining("log it whole") };
		await expect(commitVersion(at.ann, await stage(other))).rejects.toMatchObject(refusal);
	});
});

describe("writers that share a version", () => {
	const wanted = (distributedId: string, files: Record<string, string>, run?: RunRow) => ({
		by: at.ann,
		...(run === undefined ? {} : { run }),
		project: at.project,
		collectionName: "shared",
		distributedId,
		files,
	});

	async function write(distributedId: string, files: Record<string, string>, run?: RunRow): Promise<ArtifactRow> {
		const artifact = await beginVersion(wanted(distributedId, files, run));
		const ctx = await at.ann.ctx();
		await uploadFiles(ctx, artifact, files);
		await uploadManifest(ctx, artifact, manifestText(fileEntries(files)), { type: "PATCH" });
		return artifact;
	}

	test("get the same pending id, what each wrote is merged, and all of them produced it", async () => {
		const runs = await Promise.all(Array.from({ length: 4 }, () => makeRun(at.ann, at.project)));
		const written = await Promise.all(
			runs.map((run, n) => write("group", { [`part-${n}.txt`]: `part ${n}`, "all.txt": "all" }, run)),
		);
		expect(new Set(written.map(({ id }) => id)).size).toBe(1);
		const [shared] = written;
		if (shared === undefined) throw new Error("nothing was written");
		const version = await commitVersion(at.ann, shared);
		const parts = Object.fromEntries(runs.map((_, n) => [`part-${n}.txt`, `part ${n}`]));
		expect(await filesOf(version)).toEqual({ "all.txt": "all", ...parts });
		expect((await manifestOf(version)).entries).toHaveLength(5);
		expect(await producersOf(version)).toEqual(runs.map(({ id }) => id).sort());
		const later = await beginVersion(wanted("group", { "later.txt": "later" }));
		expect(later.id).not.toBe(version.id);
	});

	test("start from nothing, though clients name the version before as a base", async () => {
		const files = { "before.txt": "before" };
		const base = await logVersion({ by: at.ann, project: at.project, collectionName: "shared", files });
		const artifact = await beginVersion(wanted("from nothing", { "after.txt": "after" }));
		const ctx = await at.ann.ctx();
		await uploadFiles(ctx, artifact, { "after.txt": "after" });
		const patch = manifestText(fileEntries({ "after.txt": "after" }));
		await uploadManifest(ctx, artifact, patch, { type: "PATCH", base });
		expect(await filesOf(await commitVersion(at.ann, artifact))).toEqual({ "after.txt": "after" });
	});

	test("keep every part where one run writes twice", async () => {
		const run = await makeRun(at.ann, at.project);
		const shared = await write("same run", { "one.txt": "1" }, run);
		expect((await write("same run", { "two.txt": "2" }, run)).id).toBe(shared.id);
		expect(await filesOf(await commitVersion(at.ann, shared))).toEqual({ "one.txt": "1", "two.txt": "2" });
	});

	test("add aliases and tags to what the first one asked for", async () => {
		await beginVersion({ ...wanted("aliases", { "1.txt": "1" }), aliases: ["first", "both"], tags: ["t"] });
		const files = { "aliases.txt": "aliases" };
		const last = await beginVersion({ ...wanted("aliases", files), aliases: ["both", "last"], tags: ["u"] });
		const ctx = await at.ann.ctx();
		await uploadFiles(ctx, last, files);
		await uploadManifest(ctx, last, manifestText(fileEntries(files)), { type: "PATCH" });
		const version = await commitVersion(at.ann, last);
		const aliases = await findAliasesOfArtifacts(stores.services.db, [version.id]);
		expect(aliases.map(({ alias }) => alias).sort()).toEqual(["both", "first", "last", "latest"]);
		expect((await findTagsOf(stores.services.db, [version.id])).map(({ name }) => name)).toEqual(["t", "u"]);
	});

	test("say of the version what none of them has said before", async () => {
		const said = { description: "by the second", metadata: '{"n": 2}', ttlDurationSeconds: 60 };
		await beginVersion(wanted("facts", { "1.txt": "1" }));
		await beginVersion({ ...wanted("facts", { "2.txt": "2" }), ...said });
		const third = { description: "by the third", metadata: '{"n": 3}', ttlDurationSeconds: 70 };
		const shared = await beginVersion({ ...wanted("facts", { "3.txt": "3" }), ...third });
		expect(shared).toMatchObject({ description: "by the second", ttlSeconds: 60 });
		expect(JSON.parse(shared.metadata ?? "")).toEqual({ n: 2 });
	});

	test("all produced the version that had their content already", async () => {
		const content = { "known.txt": "known" };
		const known = await logVersion({ by: at.ann, project: at.project, collectionName: "shared", files: content });
		const runs = [await makeRun(at.ann, at.project), await makeRun(at.ann, at.project)];
		for (const run of runs) await write("known", content, run);
		const pending = await write("known", content);
		expect((await commitVersion(at.ann, pending)).id).toBe(known.id);
		expect(await producersOf(known)).toEqual(runs.map(({ id }) => id).sort());
	});

	test("of another group have a version of their own", async () => {
		const [one, other] = [await write("group one", { "x.txt": "x" }), await write("group two", { "x.txt": "x" })];
		expect(one.id).not.toBe(other.id);
	});
});
