import { sql } from "kysely";
import { expect, test } from "vitest";
import { eventsOf, linkInto, linkTo, logVersion, nodeIdOf, openWorkplace } from "../testing/artifact-factories.ts";
import type { ArtifactRow } from "./artifact-rows.ts";
import { changeAliases } from "./change-aliases.ts";
import { deleteArtifact } from "./delete-artifact.ts";

const { stores, at } = await openWorkplace();

const log = async (collectionName: string, content: string) =>
	await logVersion({ by: at.ann, project: at.project, collectionName, files: { "a.txt": content } });

async function change(artifact: ArtifactRow, collectionName: string, add: string[], remove: string[] = []) {
	const { entityName, name: projectName } = at.project;
	const place = (alias: string) => ({ entityName, projectName, collectionName, alias });
	const input = { artifactId: nodeIdOf(artifact), add: add.map(place), remove: remove.map(place) };
	await changeAliases(await at.ann.ctx(), input);
}

/** Holders by alias, of a collection; a dead one would be listed too. */
async function holders(collectionId: string): Promise<Record<string, string>> {
	const { rows } = await sql<{ alias: string; holder: string }>`
		select l.alias, a.state || ' v' || m.version_index as holder from artifact_alias l
		join artifact_member m on m.id = l.member_id join artifact a on a.id = m.artifact_id
		where l.collection_id = ${collectionId} order by l.alias`.execute(stores.services.db);
	return Object.fromEntries(rows.map(({ alias, holder }) => [alias, holder]));
}

/** Numbers below `limit` that are the same in every run. */
function seeded(seed: number): (limit: number) => number {
	let state = seed;
	return (limit) => {
		state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
		return Math.floor((state / 2 ** 31) * limit);
	};
}

test("aliases move together: all that are named, or none", async () => {
	const [first, second] = [await log("together", "0"), await log("together", "1")];
	await change(first, "together", ["a", "b"]);
	await change(second, "together", ["b", "c"], ["never-had"]);
	const before = { a: "COMMITTED v0", b: "COMMITTED v1", c: "COMMITTED v1", latest: "COMMITTED v1" };
	expect(await holders(first.collectionId)).toEqual(before);
	await expect(change(first, "together", ["b", "v7"])).rejects.toMatchObject({ code: "INVALID_INPUT" });
	await expect(change(first, "elsewhere", ["b"])).rejects.toMatchObject({ code: "NOT_FOUND" });
	expect(await holders(first.collectionId)).toEqual(before);
});

test("in several collections at once, in whatever order they are named", async () => {
	const version = await log("several", "0");
	const { entityName, name: projectName } = at.project;
	for (const name of ["p", "q"]) {
		await linkInto(at.ann, linkTo(version, { entityName, projectName, collectionName: name }));
	}
	const places = ["several", "p", "q"];
	const both = async (names: string[]) => {
		const add = names.map((collectionName) => ({ entityName, projectName, collectionName, alias: "x" }));
		await changeAliases(await at.ann.ctx(), { artifactId: nodeIdOf(version), add, remove: [] });
	};
	await Promise.all(Array.from({ length: 6 }, (_, n) => both(n % 2 === 0 ? places : places.toReversed())));
	const { rows } = await sql`select from artifact_alias l join artifact_member m on m.id = l.member_id
		where m.artifact_id = ${version.id} and l.alias = 'x'`.execute(stores.services.db);
	expect(rows).toHaveLength(3);
});

test.each([1, 2, 3])("have one living holder each, whoever moves, logs and deletes at once (seed %d)", async (seed) => {
	const random = seeded(seed);
	const name = `crowd-${seed}`;
	const versions: ArtifactRow[] = [];
	for (let n = 0; n < 6; n++) versions.push(await log(name, `${n}`));
	const aliases = ["best", "prod", "latest", "a b"];
	const doomed = versions.splice(random(6), 1);
	const work: Array<() => Promise<unknown>> = doomed.map((version) => async () => {
		const ctx = await at.ann.ctx();
		return await deleteArtifact(ctx, { artifactId: nodeIdOf(version), deleteAliases: true });
	});
	for (let n = 0; n < 24; n++) {
		const mover = [...versions, ...doomed][random(6)];
		const [add, remove] = [aliases[random(4)] ?? "", aliases[random(3)] ?? ""];
		if (mover !== undefined) work.push(async () => await change(mover, name, [add], n % 3 === 0 ? [remove] : []));
	}
	work.push(async () => await log(name, "meanwhile"));
	const outcomes = await Promise.allSettled(work.map(async (each) => await each()));
	const failures = outcomes.filter((outcome) => outcome.status === "rejected").map(({ reason }) => reason.code);
	// Only those fail that would name what has just been deleted.
	expect(failures.filter((code) => code !== "GONE" && code !== "NOT_FOUND")).toEqual([]);
	const collectionId = versions[0]?.collectionId ?? "";
	const held = await holders(collectionId);
	expect(Object.values(held).filter((holder) => !holder.startsWith("COMMITTED"))).toEqual([]);

	// What was told of each move adds up to where the aliases are.
	const told = new Map<string, string | null>();
	for (const event of await eventsOf(stores.services, collectionId, "alias.moved")) {
		expect(event.fromArtifactId).toBe(told.get(event.alias) ?? null);
		told.set(event.alias, event.artifactId);
	}
	const named = [...told].filter(([, holder]) => holder !== null).map(([alias]) => alias);
	expect(named.sort()).toEqual(Object.keys(held).sort());
});
