import { sql } from "kysely";
import { expect, test } from "vitest";
import type { Ctx } from "../context.ts";
import { countQueries } from "../db/count-queries.ts";
import {
	beginVersion,
	fileEntries,
	logVersion,
	makeRun,
	makeWorkplace,
	manifestText,
	md5Base64,
	nodeIdOf,
	openWorkplace,
	uploadFiles,
	uploadManifest,
	wireDigest,
} from "../testing/artifact-factories.ts";
import { commitArtifact } from "./commit-artifact.ts";
import { createArtifact } from "./create-artifact.ts";
import { createFiles } from "./create-files.ts";
import { createManifest } from "./create-manifest.ts";

// The statements that each request of a logged version costs: their number is what logging costs.

// Nothing is looked up again because of its age.
const now = new Date();
const { stores, at } = await openWorkplace({ clock: () => now });

/** What `work` answers, and how many statements it took, apart from the begin and end of transactions. */
async function counted<T>(work: (ctx: Ctx) => Promise<T>): Promise<{ result: T; queries: number }> {
	const ctx = await at.ann.ctx();
	let queries = 0;
	const result = await work({ ...ctx, db: countQueries(ctx.db, () => queries++) });
	return { result, queries };
}

test("a version logged by a run, from its first request to its commit", async () => {
	const run = await makeRun(at.ann, at.project);
	await logVersion({ by: at.ann, project: at.project, run });
	const files = { "b.txt": "b", "c.txt": "c" };
	const place = { entityName: at.project.entityName, projectName: at.project.name };

	const created = await counted((ctx) =>
		createArtifact(ctx, {
			...place,
			runName: run.name,
			typeName: "dataset",
			collectionName: "data",
			digest: wireDigest(fileEntries(files)),
			digestAlgorithm: "MANIFEST_MD5",
			description: "d",
			metadata: '{"a":1}',
			aliases: ["best"],
			tags: ["t"],
			ttlDurationSeconds: null,
			historyStep: 1,
			distributedId: null,
			clientId: "c".repeat(32),
			sequenceClientId: "s".repeat(32),
		}),
	);
	const { artifact } = created.result;
	const manifest = {
		artifactId: nodeIdOf(artifact),
		baseArtifactId: null,
		name: "wandb_manifest.json",
		digest: "",
		type: "FULL" as const,
	};
	const announced = await counted((ctx) => createManifest(ctx, manifest));
	const wanted = Object.entries(files).map(([name, content]) => ({
		artifactId: nodeIdOf(artifact),
		name,
		md5: md5Base64(content),
		mimetype: null,
	}));
	const asked = await counted((ctx) => createFiles(ctx, wanted));
	const ctx = await at.ann.ctx();
	await uploadFiles(ctx, artifact, files);
	const uploaded = await counted((counting) =>
		uploadManifest({ ...counting, actor: ctx.actor }, artifact, manifestText(fileEntries(files))),
	);
	const committed = await counted((counting) => commitArtifact(counting, { artifactId: nodeIdOf(artifact) }));
	const again = await counted((counting) => commitArtifact(counting, { artifactId: nodeIdOf(artifact) }));

	expect(committed.result).toMatchObject({ state: "COMMITTED", versionIndex: 1, fileCount: 2 });
	expect(again.result).toEqual(committed.result);
	expect({
		create: created.queries,
		manifest: announced.queries,
		files: asked.queries,
		uploaded: uploaded.queries,
		commit: committed.queries,
		again: again.queries,
	}).toEqual({ create: 1, manifest: 0, files: 1, uploaded: 1, commit: 2, again: 1 });
	// What was remembered of the version is older than its commit.
	await expect(createManifest(ctx, manifest)).rejects.toMatchObject({ code: "CONFLICT" });
});

test("a thousand files cost as many as one", async () => {
	const files = Object.fromEntries(Array.from({ length: 1000 }, (_, n) => [`${n}.txt`, "the same bytes"]));
	const artifact = await beginVersion({ by: at.ann, project: at.project, collectionName: "many", files });
	const ctx = await at.ann.ctx();
	await uploadFiles(ctx, artifact, { "0.txt": "the same bytes" });
	await uploadManifest(ctx, artifact, manifestText(fileEntries(files)));
	const committed = await counted((counting) => commitArtifact(counting, { artifactId: nodeIdOf(artifact) }));
	expect(committed.result).toMatchObject({ fileCount: 1000 });
	expect(committed.queries).toBe(2);
});

test("what is not there and what one may not write to cost the same", async () => {
	const stranger = await makeWorkplace(stores.services);
	const theirs = await logVersion({ by: stranger.ann, project: stranger.project });
	const queriesOf = async (id: string) => {
		const asked = await counted((ctx) => commitArtifact(ctx, { artifactId: nodeIdOf({ id }) }).catch(String));
		expect(asked.result).toContain("no artifact version has this id");
		return asked.queries;
	};
	expect([await queriesOf(theirs.id), await queriesOf(stores.services.ids.uuid())]).toEqual([1, 1]);
});

test("a version of more files than one statement takes is written slice by slice", async () => {
	const files = Object.fromEntries(Array.from({ length: 5001 }, (_, n) => [`${n}.txt`, "the same bytes"]));
	const artifact = await beginVersion({ by: at.ann, project: at.project, collectionName: "very-many", files });
	const ctx = await at.ann.ctx();
	const entries = fileEntries(files);
	// In another order than clients have: the digest is that of the sorted entries all the same.
	await uploadManifest(ctx, artifact, manifestText(Object.fromEntries(Object.entries(entries).reverse())));
	await uploadFiles(ctx, artifact, { "0.txt": "the same bytes" });
	const committed = await commitArtifact(ctx, { artifactId: nodeIdOf(artifact) });
	expect(committed).toMatchObject({ fileCount: 5001, size: 5001 * 14, versionIndex: 0 });
	const { rows } = await sql<{
		count: number;
		size: number;
	}>`select count(*), sum(size)::bigint as size from manifest_entry
		where artifact_id = ${artifact.id} and sha256 is not null`.execute(stores.services.db);
	expect(rows).toEqual([{ count: 5001, size: 5001 * 14 }]);
});
