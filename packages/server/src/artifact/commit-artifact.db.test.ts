import { sql } from "kysely";
import { describe, expect, test } from "vitest";
import { inTransaction } from "../db/transaction.ts";
import {
	beginVersion,
	commitVersion,
	eventsOf,
	fileEntries,
	logVersion,
	makeRun,
	makeWorkplace,
	manifestText,
	nodeIdOf,
	openWorkplace,
	stageVersion,
	uploadFiles,
	uploadManifest,
} from "../testing/artifact-factories.ts";
import { makeProject } from "../testing/factories.ts";
import { findAliasesOfArtifacts, findCollection, findMembersOf, findTagsOf, pageMembers } from "./artifact-reader.ts";
import type { ArtifactRow, CollectionRow } from "./artifact-rows.ts";
import { commitArtifact } from "./commit-artifact.ts";
import { findMemberByName, requireMemberByName } from "./find-member.ts";

const { stores, at } = await openWorkplace();

const db = () => stores.services.db;
const log = (collectionName: string, content: string, more: object = {}) =>
	logVersion({ by: at.ann, project: at.project, collectionName, files: { "a.txt": content }, ...more });
const stage = (collectionName: string, content: string, more: object = {}) =>
	stageVersion({ by: at.ann, project: at.project, collectionName, files: { "a.txt": content }, ...more });

async function collectionOf(name: string): Promise<CollectionRow> {
	const found = await findCollection(db(), at.project.id, name);
	if (found === undefined) throw new Error(`no collection ${name}`);
	return found;
}

async function aliasesOf(artifact: ArtifactRow): Promise<string[]> {
	return (await findAliasesOfArtifacts(db(), [artifact.id])).map(({ alias }) => alias).sort();
}

async function versionsOf(name: string): Promise<number[]> {
	const { rows } = await pageMembers(db(), (await collectionOf(name)).id, { limit: 100, after: null, ascending: true });
	return rows.map((member) => member.versionIndex);
}

async function producersOf(artifact: ArtifactRow): Promise<string[]> {
	const { rows } = await sql<{ runId: string }>`select run_id as "runId" from run_artifact
		where artifact_id = ${artifact.id} and direction = 'PRODUCED' order by at, run_id`.execute(db());
	return rows.map(({ runId }) => runId);
}

describe("a new version", () => {
	test("gets v0, latest, its aliases and tags, its producer and its events, all at its commit", async () => {
		const run = await makeRun(at.ann, at.project);
		const wanted = {
			run,
			aliases: ["best", "latest"],
			tags: ["big"],
			description: "d",
			metadata: '{"b":1e+300,"a":1}',
		};
		const pending = await stage("fresh", "fresh", wanted);
		expect(pending).toMatchObject({ state: "PENDING", versionIndex: null, fileCount: 0, manifestSha256: null });
		expect(await findMemberByName(await at.ann.ctx(), at.project, "fresh:latest")).toBeNull();
		expect(await aliasesOf(pending)).toEqual([]);
		expect(await producersOf(pending)).toEqual([]);
		expect(await eventsOf(stores.services, pending.id, "artifact.committed", "alias.moved")).toEqual([]);

		const committed = await commitVersion(at.ann, pending);
		expect(committed).toMatchObject({
			id: pending.id,
			state: "COMMITTED",
			versionIndex: 0,
			fileCount: 1,
			size: 5,
			description: "d",
			metadata: '{"b":1e+300,"a":1}',
			runId: run.id,
			createdBy: at.ann.user.id,
			manifestSha256: expect.stringMatching(/^[0-9a-f]{64}$/),
		});
		expect(await aliasesOf(committed)).toEqual(["best", "latest"]);
		expect((await findTagsOf(db(), [committed.id])).map(({ name }) => name)).toEqual(["big"]);
		expect(await producersOf(committed)).toEqual([run.id]);
		const collection = await collectionOf("fresh");
		expect(collection).toMatchObject({ kind: "SEQUENCE", typeName: "dataset", name: "fresh" });
		const moved = {
			type: "alias.moved",
			collectionId: collection.id,
			projectId: at.project.id,
			artifactId: committed.id,
			fromArtifactId: null,
		};
		expect(await eventsOf(stores.services, committed.id, "artifact.committed", "alias.moved")).toEqual([
			{ ...moved, alias: expect.any(String) },
			{ ...moved, alias: expect.any(String) },
			{
				type: "artifact.committed",
				artifactId: committed.id,
				collectionId: collection.id,
				projectId: at.project.id,
				versionIndex: 0,
				runId: run.id,
			},
		]);
	});

	test("takes latest and its aliases from the one before: each has one holder", async () => {
		const [first, second] = [
			await log("holder", "1", { aliases: ["best"] }),
			await log("holder", "2", { aliases: ["best"] }),
		];
		expect(await aliasesOf(first)).toEqual([]);
		expect(await aliasesOf(second)).toEqual(["best", "latest"]);
		const moves = await eventsOf(stores.services, second.id, "alias.moved");
		expect(new Set(moves.map((move) => move.fromArtifactId))).toEqual(new Set([first.id]));
	});

	test("is committed once, however often that is asked", async () => {
		const pending = await stage("twice", "twice", { run: await makeRun(at.ann, at.project) });
		const [one, two] = await Promise.all([commitVersion(at.ann, pending), commitVersion(at.ann, pending)]);
		for (const again of [two, await commitVersion(at.ann, pending)]) {
			const { id, state, digest, versionIndex } = again;
			expect(one).toMatchObject({ id, state, digest, versionIndex });
		}
		expect(await versionsOf("twice")).toEqual([0]);
		expect(await eventsOf(stores.services, pending.id, "artifact.committed")).toHaveLength(1);
	});

	test("leaves nothing behind where the transaction around its commit is undone", async () => {
		const pending = await stage("undone", "undone");
		const ctx = await at.ann.ctx();
		const attempt = inTransaction(ctx, async (tx) => {
			await commitArtifact(tx, { artifactId: nodeIdOf(pending) });
			throw new Error("the power went");
		});
		await expect(attempt).rejects.toThrow("the power went");
		expect(await versionsOf("undone")).toEqual([]);
		expect(await eventsOf(stores.services, pending.id, "artifact.committed", "alias.moved")).toEqual([]);
		expect(await commitVersion(at.ann, pending)).toMatchObject({ state: "COMMITTED", versionIndex: 0 });
	});

	test("may hold nothing, references only, and names that JavaScript knows otherwise", async () => {
		const entries = {
			__proto__x: { digest: "etag", size: 3, ref: "s3://bucket/x", extra: { etag: "etag" } },
			"מודל.txt": { digest: "etag", ref: "https://example.org/x" },
		};
		const references = await log("references", "", { entries });
		expect(references).toMatchObject({ state: "COMMITTED", fileCount: 2, size: 3 });
		expect(await log("empty", "", { entries: {} })).toMatchObject({ state: "COMMITTED", fileCount: 0, size: 0 });
		const proto = JSON.parse('{"__proto__": "kept"}');
		expect(await log("proto", "", { files: proto })).toMatchObject({ fileCount: 1, size: 4 });
	});

	test("may ask for many aliases and say one twice", async () => {
		const version = await log("many-aliases", "x", { aliases: ["a", "b", "a", "latest", "מודל"] });
		expect(await aliasesOf(version)).toEqual(["a", "b", "latest", "מודל"]);
	});
});

describe("equal content", () => {
	test("is the same version, with a second producer, and latest moves back to it", async () => {
		const [runA, runB] = [await makeRun(at.ann, at.project), await makeRun(at.ann, at.project)];
		const first = await log("equal", "1", { run: runA });
		const second = await log("equal", "2", { run: runA });
		expect(await aliasesOf(second)).toEqual(["latest"]);
		const again = await log("equal", "1", { run: runB, aliases: ["again"], tags: ["t"] });
		expect(again.id).toBe(first.id);
		expect(await aliasesOf(first)).toEqual(["again", "latest"]);
		expect(await aliasesOf(second)).toEqual([]);
		expect((await findTagsOf(db(), [first.id])).map(({ name }) => name)).toEqual(["t"]);
		expect(await producersOf(first)).toEqual([runA.id, runB.id]);
		expect(await versionsOf("equal")).toEqual([0, 1]);
		await log("equal", "1", { run: runB });
		expect(await eventsOf(stores.services, first.id, "artifact.produced-again")).toEqual([
			expect.objectContaining({ artifactId: first.id, runId: runB.id }),
		]);
	});

	test("in another collection is another version", async () => {
		const [one, other] = [await log("equal-one", "same"), await log("equal-other", "same")];
		expect(one.digest).toBe(other.digest);
		expect(one.id).not.toBe(other.id);
	});

	test("committed by several at the same time ends in one version with all its producers", async () => {
		const runs = await Promise.all(Array.from({ length: 5 }, () => makeRun(at.ann, at.project)));
		const pending = await Promise.all(
			runs.map((run, index) => stage("race", "race", { run, aliases: [`alias-${index}`] })),
		);
		expect(new Set(pending.map(({ id }) => id)).size).toBe(5);
		const committed = await Promise.all(pending.map((each) => commitVersion(at.ann, each)));
		const [survivor] = committed;
		if (survivor === undefined) throw new Error("nothing was committed");
		expect(new Set(committed.map(({ id }) => id))).toEqual(new Set([survivor.id]));
		expect(await versionsOf("race")).toEqual([0]);
		expect((await producersOf(survivor)).sort()).toEqual(runs.map(({ id }) => id).sort());
		expect(await aliasesOf(survivor)).toEqual(["alias-0", "alias-1", "alias-2", "alias-3", "alias-4", "latest"]);
		const { rows } = await sql<{ id: string; into: string }>`select id, merged_into_id as into from artifact
			where collection_id = ${survivor.collectionId} and id <> ${survivor.id}`.execute(db());
		expect(rows).toHaveLength(4);
		expect(new Set(rows.map(({ into }) => into))).toEqual(new Set([survivor.id]));
		// A client that still holds the id it was given finds the version by it, and may commit again.
		for (const each of pending) expect((await commitVersion(at.ann, each)).id).toBe(survivor.id);
	});
});

test("twenty different contents at the same time get v0 to v19, each once", async () => {
	const pending = await Promise.all(Array.from({ length: 20 }, (_, index) => stage("crowd", `content ${index}`)));
	const committed = await Promise.all(pending.map((each) => commitVersion(at.ann, each)));
	const numbers = Array.from({ length: 20 }, (_, index) => index);
	expect(committed.map(({ versionIndex }) => versionIndex ?? -1).sort((a, b) => a - b)).toEqual(numbers);
	expect(await versionsOf("crowd")).toEqual(numbers);
	const latest = await requireMemberByName(await at.ann.ctx(), at.project, "crowd");
	expect(latest.versionIndex).toBe(19);
});

describe("a commit is refused, and nothing becomes visible,", () => {
	async function expectRefusal(artifact: ArtifactRow, code: string, message: RegExp): Promise<void> {
		const error = expect.objectContaining({ code, message: expect.stringMatching(message) });
		await expect(commitVersion(at.ann, artifact)).rejects.toEqual(error);
		expect(await findMembersOf(db(), [artifact.id])).toEqual([]);
		expect(await aliasesOf(artifact)).toEqual([]);
		const { rows } = await sql`select from manifest_entry where artifact_id = ${artifact.id}`.execute(db());
		expect(rows).toEqual([]);
		expect(await eventsOf(stores.services, artifact.id, "artifact.committed", "alias.moved")).toEqual([]);
	}

	test("where bytes are missing, naming the files", async () => {
		const files = Object.fromEntries(Array.from({ length: 8 }, (_, n) => [`missing-${n}.txt`, `never sent ${n}`]));
		const artifact = await beginVersion({ by: at.ann, project: at.project, collectionName: "missing", files });
		const ctx = await at.ann.ctx();
		await uploadManifest(ctx, artifact, manifestText(fileEntries(files)));
		await expectRefusal(
			artifact,
			"MANIFEST_INCOMPLETE",
			/"missing-0.txt", "missing-1.txt", "missing-2.txt", "missing-3.txt", "missing-4.txt" and 3 more were never uploaded/,
		);
		await uploadFiles(ctx, artifact, files);
		expect(await commitVersion(at.ann, artifact)).toMatchObject({ versionIndex: 0, fileCount: 8 });
	});

	test("where the manifest is missing", async () => {
		const artifact = await beginVersion({ by: at.ann, project: at.project, collectionName: "no-manifest" });
		await uploadFiles(await at.ann.ctx(), artifact, { "a.txt": "a" });
		await expectRefusal(artifact, "MANIFEST_INCOMPLETE", /manifest of this version has not been uploaded/);
	});

	test("where the manifest is not what was announced", async () => {
		const artifact = await beginVersion({ by: at.ann, project: at.project, collectionName: "mismatch" });
		const ctx = await at.ann.ctx();
		await uploadFiles(ctx, artifact, { "b.txt": "b" });
		await uploadManifest(ctx, artifact, manifestText(fileEntries({ "b.txt": "b" })));
		await expectRefusal(artifact, "DIGEST_MISMATCH", new RegExp(`announced as ${artifact.digest}`));
	});

	test.each([
		["that is no JSON", "{", "UNPROCESSABLE", /not one of version 1/],
		["with a path out of the folder", manifestText({ "../../x": { digest: "x" } }), "INVALID_INPUT", /"\.\.\/\.\.\/x"/],
		["with an entry that is no MD5", manifestText({ x: { digest: "no md5" } }), "DIGEST_MISMATCH", /hash to/],
	])("for a manifest %s", async (what, text, code, message) => {
		const artifact = await beginVersion({ by: at.ann, project: at.project, collectionName: `bad ${what}` });
		await uploadManifest(await at.ann.ctx(), artifact, text);
		await expectRefusal(artifact, code, message);
	});

	test("where an entry's digest is no MD5 and so names no bytes", async () => {
		const entries = { "x.txt": { digest: "no md5", size: 1 } };
		const artifact = await beginVersion({ by: at.ann, project: at.project, collectionName: "no-md5", entries });
		await uploadManifest(await at.ann.ctx(), artifact, manifestText(entries));
		await expectRefusal(artifact, "MANIFEST_INCOMPLETE", /"x.txt"/);
	});
});

test("what is committed takes no more files and no other manifest", async () => {
	const version = await log("closed", "closed");
	const ctx = await at.ann.ctx();
	const conflict = expect.objectContaining({ code: "CONFLICT", message: expect.stringContaining("Log a new version") });
	await expect(uploadFiles(ctx, version, { "b.txt": "b" })).rejects.toEqual(conflict);
	await expect(uploadManifest(ctx, version, manifestText({}))).rejects.toEqual(conflict);
});

test("a collection keeps the type of its first version, and its name in any case", async () => {
	const first = await log("Typed", "1", { typeName: "model" });
	expect((await log("TYPED", "2", { typeName: "model" })).collectionId).toBe(first.collectionId);
	await expect(log("typed", "3", { typeName: "dataset" })).rejects.toMatchObject({
		code: "CONFLICT",
		message: expect.stringMatching(/takes versions of type "model", not "dataset"/),
	});
	expect(await collectionOf("tYPED")).toMatchObject({ name: "Typed" });
});

test("no project, and none that one may not write to, takes a version", async () => {
	const other = await makeWorkplace(stores.services);
	const project = await makeProject(stores.services, {
		by: other.ann,
		entityName: other.team.name,
		access: "USER_READ",
	});
	const asked = (projectName: string) =>
		beginVersion({ by: at.ann, project: { ...project, name: projectName } }).catch((error: Error) => error);
	expect(await asked(other.project.name)).toMatchObject({ code: "NOT_FOUND" });
	expect(await asked("there-is-none")).toMatchObject({ code: "NOT_FOUND" });
	expect(await asked(project.name)).toMatchObject({ code: "FORBIDDEN", message: expect.stringMatching(/role member/) });
});
