import { setTimeout as sleep } from "node:timers/promises";
import { sql } from "kysely";
import { expect, test } from "vitest";
import { inTransaction } from "../db/transaction.ts";
import {
	commitVersion,
	eventsOf,
	linkInto,
	linkTo,
	makeRun,
	openWorkplace,
	stageVersion,
} from "../testing/artifact-factories.ts";
import { makeProject } from "../testing/factories.ts";
import { findAliasesOfArtifacts, findMembersOf, pageMembers } from "./artifact-reader.ts";
import type { ArtifactRow } from "./artifact-rows.ts";
import { changeAliases } from "./change-aliases.ts";

const { stores, at } = await openWorkplace();

const crowd = Array.from({ length: 50 }, (_, index) => index);
const stage = (collectionName: string, content: string, more: object = {}) =>
	stageVersion({ by: at.ann, project: at.project, collectionName, files: { "a.txt": content }, ...more });

async function stageAll(collectionName: string, contentOf: (index: number) => string) {
	const runs = [];
	const pending: ArtifactRow[] = [];
	for (const index of crowd) {
		const run = await makeRun(at.ann, at.project);
		runs.push(run);
		pending.push(await stage(collectionName, contentOf(index), { run, aliases: [`alias-${index % 5}`] }));
	}
	return { runs, pending };
}

async function versionsOf(artifact: ArtifactRow): Promise<number[]> {
	const page = { limit: 1000, after: null, ascending: true };
	const { rows } = await pageMembers(stores.services.db, artifact.collectionId, page);
	return rows.map((member) => member.versionIndex);
}

async function producersOf(artifact: ArtifactRow): Promise<string[]> {
	const { rows } = await sql<{ runId: string }>`select run_id as "runId" from run_artifact
		where artifact_id = ${artifact.id} and direction = 'PRODUCED'`.execute(stores.services.db);
	return rows.map(({ runId }) => runId).sort();
}

test("fifty different contents committed at once get v0 to v49, each once, and every event of it", async () => {
	const { pending } = await stageAll("different", (index) => `content ${index}`);
	const committed = await Promise.all(pending.map((each) => commitVersion(at.ann, each)));
	expect(committed.map(({ id }) => id)).toEqual(pending.map(({ id }) => id));
	expect(committed.map(({ versionIndex }) => versionIndex ?? -1).sort((a, b) => a - b)).toEqual(crowd);
	const [first] = committed;
	if (first === undefined) throw new Error("nothing was committed");
	expect(await versionsOf(first)).toEqual(crowd);

	const byNumber = committed.toSorted((a, b) => (a.versionIndex ?? 0) - (b.versionIndex ?? 0));
	const holders = await findAliasesOfArtifacts(
		stores.services.db,
		committed.map(({ id }) => id),
	);
	expect(holders.filter(({ alias }) => alias === "latest").map(({ artifactId }) => artifactId)).toEqual([
		byNumber.at(-1)?.id,
	]);
	expect(holders).toHaveLength(6);
	// Whoever gets an alias is told of, and takes it from whoever had it: the moves make one chain without a break.
	const moves = (await eventsOf(stores.services, first.collectionId, "alias.moved")).filter(
		({ alias }) => alias === "latest",
	);
	const from = new Map(moves.map((move) => [move.artifactId, move.fromArtifactId]));
	expect(byNumber.map(({ id }) => from.get(id))).toEqual([null, ...byNumber.slice(0, -1).map(({ id }) => id)]);
	const events = await eventsOf(stores.services, first.collectionId, "artifact.committed");
	expect(events.map(({ versionIndex }) => versionIndex).sort((a, b) => a - b)).toEqual(crowd);
});

test("equal content committed by fifty at once is one version with fifty producers", async () => {
	const { runs, pending } = await stageAll("equal", () => "the same");
	const committed = await Promise.all(pending.map((each) => commitVersion(at.ann, each)));
	const [survivor] = committed;
	if (survivor === undefined) throw new Error("nothing was committed");
	expect(new Set(committed.map(({ id }) => id))).toEqual(new Set([survivor.id]));
	expect(await versionsOf(survivor)).toEqual([0]);
	expect(await producersOf(survivor)).toEqual(runs.map(({ id }) => id).sort());
	expect(await eventsOf(stores.services, survivor.collectionId, "artifact.committed")).toHaveLength(1);
	const aliases = (await findAliasesOfArtifacts(stores.services.db, [survivor.id])).map(({ alias }) => alias).sort();
	expect(aliases).toEqual(["alias-0", "alias-1", "alias-2", "alias-3", "alias-4", "latest"]);
});

test("a link asked for while the version is being committed is made, now or with the commit", async () => {
	const target = await makeProject(stores.services, { by: at.ann, entityName: at.team.name });
	const { pending } = await stageAll("linked", (index) => `linked ${index}`);
	const place = { entityName: target.entityName, projectName: target.name };
	await Promise.all(
		pending.flatMap((each, index) => {
			const link = linkInto(at.ann, linkTo(each, { ...place, collectionName: `links-${index}` }));
			return [commitVersion(at.ann, each), link];
		}),
	);
	const members = await findMembersOf(
		stores.services.db,
		pending.map(({ id }) => id),
	);
	const counts = Map.groupBy(members, ({ artifactId }) => artifactId);
	expect(pending.map(({ id }) => counts.get(id)?.length)).toEqual(crowd.map(() => 2));
	const { rows } = await sql`select from artifact_pending_link`.execute(stores.services.db);
	expect(rows).toEqual([]);
});

test("a link that is asked for first, and is not there yet when the commit begins, is made with it", async () => {
	const pending = await stage("late-link", "late link");
	const target = await makeProject(stores.services, { by: at.ann, entityName: at.team.name });
	const place = { entityName: target.entityName, projectName: target.name };
	const linking = await at.ann.ctx();
	const commit = await inTransaction(linking, async (tx) => {
		expect(await linkInto({ ...at.ann, ctx: async () => tx }, linkTo(pending, place))).toBeNull();
		const commit = commitVersion(at.ann, pending);
		while (!(await isSomebodyWaiting())) await sleep(5);
		return { commit };
	});
	const committed = await commit.commit;
	expect(committed).toMatchObject({ state: "COMMITTED", versionIndex: 0 });
	expect(await findMembersOf(stores.services.db, [committed.id])).toHaveLength(2);
});

async function isSomebodyWaiting(): Promise<boolean> {
	const { rows } = await sql`select from pg_stat_activity
		where datname = current_database() and wait_event_type = 'Lock'`.execute(stores.services.db);
	return rows.length > 0;
}

test("aliases that move while versions are committed have one chain of holders", async () => {
	const { pending } = await stageAll("moving", (index) => `moving ${index}`);
	const [first, ...rest] = pending;
	if (first === undefined) throw new Error("nothing was staged");
	const base = await commitVersion(at.ann, first);
	const { entityName, name: projectName } = at.project;
	const take = async (alias: string) => {
		const place = { entityName, projectName, collectionName: "moving", alias };
		const artifactId = Buffer.from(`Artifact:${base.id}`).toString("base64");
		await changeAliases(await at.ann.ctx(), { artifactId, add: [place], remove: [] });
	};
	await Promise.all([...rest.map((each) => commitVersion(at.ann, each)), ...rest.map(() => take("latest"))]);
	const moves = (await eventsOf(stores.services, base.collectionId, "alias.moved")).filter(
		({ alias }) => alias === "latest",
	);
	const gained = Map.groupBy(moves, ({ artifactId }) => artifactId);
	const lost = Map.groupBy(moves, ({ fromArtifactId }) => fromArtifactId);
	const { rows } = await sql<{ id: string }>`select m.artifact_id as id from artifact_alias l
		join artifact_member m on m.id = l.member_id
		where l.collection_id = ${base.collectionId} and l.alias = 'latest'`.execute(stores.services.db);
	const open = pending.filter(({ id }) => (gained.get(id)?.length ?? 0) !== (lost.get(id)?.length ?? 0));
	expect(open.map(({ id }) => id)).toEqual(rows.map(({ id }) => id));
	expect(lost.get(null)).toHaveLength(1);
});
