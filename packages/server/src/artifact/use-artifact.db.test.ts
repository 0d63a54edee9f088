import { sql } from "kysely";
import { describe, expect, test } from "vitest";
import { countQueries } from "../db/count-queries.ts";
import { requireProject } from "../project/index.ts";
import {
	eventsOf,
	linkInto,
	linkTo,
	logVersion,
	makeRun,
	makeWorkplace,
	nodeIdOf,
	openWorkplace,
	stageVersion,
} from "../testing/artifact-factories.ts";
import { makeProject } from "../testing/factories.ts";
import { findAliasesOfMembers } from "./artifact-reader.ts";
import type { ArtifactRow } from "./artifact-rows.ts";
import { changeAliases } from "./change-aliases.ts";
import { requireMemberByName } from "./find-member.ts";
import { useArtifact } from "./use-artifact.ts";

const { stores, at } = await openWorkplace();

const log = (collectionName: string, content: string, aliases: string[] = []) =>
	logVersion({ by: at.ann, project: at.project, collectionName, files: { "a.txt": content }, aliases });

async function use(artifact: ArtifactRow, runName: string, more: object = {}): Promise<ArtifactRow> {
	return await useArtifact(await at.ann.ctx(), {
		entityName: at.project.entityName,
		projectName: at.project.name,
		runName,
		artifactId: nodeIdOf(artifact),
		usedAs: null,
		artifactEntityName: null,
		artifactProjectName: null,
		...more,
	});
}

async function edgesOf(artifact: ArtifactRow): Promise<unknown[]> {
	const { rows } = await sql`select run_id as "runId", direction, collection_id as "collectionId", used_as as "usedAs"
		from run_artifact where artifact_id = ${artifact.id} and direction = 'USED'`.execute(stores.services.db);
	return rows;
}

const named = async (name: string) => await requireMemberByName(await at.ann.ctx(), at.project, name);

describe("using a version", () => {
	test("is recorded once, with the name it was first asked for by", async () => {
		const version = await log("used", "1");
		const run = await makeRun(at.ann, at.project);
		expect(await use(version, run.name, { usedAs: "used:latest" })).toMatchObject(version);
		await Promise.all([use(version, run.name), use(version, run.name, { usedAs: "again" })]);
		const edge = { runId: run.id, direction: "USED", collectionId: version.collectionId, usedAs: "used:latest" };
		expect(await edgesOf(version)).toEqual([edge]);
		expect(await eventsOf(stores.services, version.id, "artifact.used")).toEqual([
			{
				...{ type: "artifact.used", artifactId: version.id, runId: run.id },
				...{ collectionId: version.collectionId, projectId: at.project.id },
			},
		]);
	});

	test("is two statements: the version with its places, and the edge with its run", async () => {
		const version = await log("counted", "1");
		const run = await makeRun(at.ann, at.project);
		const input = {
			entityName: at.project.entityName,
			projectName: at.project.name,
			runName: run.name,
			artifactId: nodeIdOf(version),
			usedAs: null,
			artifactEntityName: at.project.entityName,
			artifactProjectName: at.project.name,
		};
		const ctx = { ...(await at.ann.ctx()), clock: () => new Date(0) };
		let queries = 0;
		const counting = { ...ctx, db: countQueries(ctx.db, () => queries++) };
		await requireProject(counting, input, "project.write");
		queries = 0;
		await useArtifact(counting, input);
		expect(queries).toBe(2);
	});

	test("stays recorded for the version that the alias meant then", async () => {
		const first = await log("moving", "1", ["best"]);
		const run = await makeRun(at.ann, at.project);
		expect((await named("moving:best")).artifactId).toBe(first.id);
		await use(first, run.name);
		const second = await log("moving", "2", ["best"]);
		expect((await named("moving:best")).artifactId).toBe(second.id);
		expect(await edgesOf(first)).toHaveLength(1);
		expect(await edgesOf(second)).toEqual([]);
	});

	test("by the run that made it is a second edge of another direction", async () => {
		const run = await makeRun(at.ann, at.project);
		const version = await logVersion({ by: at.ann, project: at.project, collectionName: "own", run });
		await use(version, run.name);
		const { rows } = await sql`select direction from run_artifact where artifact_id = ${version.id}
			order by direction`.execute(stores.services.db);
		expect(rows).toEqual([{ direction: "PRODUCED" }, { direction: "USED" }]);
	});

	test("through a link counts for the source, and says which link it was", async () => {
		const version = await log("linked", "1");
		const target = await makeProject(stores.services, { by: at.ann, entityName: at.team.name });
		const place = { entityName: target.entityName, projectName: target.name };
		const member = await linkInto(at.ann, linkTo(version, place));
		const run = await makeRun(at.ann, at.project);
		await use(version, run.name, { artifactEntityName: target.entityName, artifactProjectName: target.name });
		expect(await edgesOf(version)).toEqual([
			expect.objectContaining({ runId: run.id, collectionId: member?.collectionId }),
		]);
	});

	test("needs a run that is there and one's own, a version that is committed and may be read", async () => {
		const version = await log("guarded", "1");
		const run = await makeRun(at.ann, at.project);
		await expect(use(version, "no-such-run")).rejects.toMatchObject({ code: "NOT_FOUND" });
		const pending = await stageVersion({
			by: at.ann,
			project: at.project,
			collectionName: "guarded",
			files: { "b.txt": "b" },
		});
		await expect(use(pending, run.name)).rejects.toMatchObject({ code: "UNPROCESSABLE" });
		const stranger = await makeWorkplace(stores.services);
		const theirs = await logVersion({ by: stranger.ann, project: stranger.project });
		await expect(use(theirs, run.name)).rejects.toMatchObject({ code: "NOT_FOUND" });
		await expect(use({ ...theirs, id: stores.services.ids.uuid() }, run.name)).rejects.toMatchObject({
			code: "NOT_FOUND",
		});
		expect(await edgesOf(theirs)).toEqual([]);
	});
});

describe("names", () => {
	test("by number, alias, digest, the first 12 characters of it, or nothing for latest; in any case", async () => {
		const [first, second] = [await log("Named", "1", ["best"]), await log("Named", "2")];
		const meant = async (name: string) => (await named(name)).artifactId;
		expect(await meant("Named:v0")).toBe(first.id);
		expect(await meant("named:best")).toBe(first.id);
		expect(await meant(`named:${first.digest}`)).toBe(first.id);
		expect(await meant(`named:${first.digest.slice(0, 20)}`)).toBe(first.id);
		expect(await meant(`named:${first.digest.slice(0, 12)}`)).toBe(first.id);
		expect(await meant("NAMED")).toBe(second.id);
		expect(await meant("named:latest")).toBe(second.id);
	});

	test.each([
		["named:v7", /"Named" has versions up to v1 and the aliases best, latest/],
		["named:other", /"Named" has versions up to v1/],
		["nameds:best", /Did you mean "Named:best"/],
		["a.txt", /Did you mean .*:latest".* It has a file of that name/],
		["zzzz", /; there are: "/],
		["", /was not found in/],
		[":", /was not found in/],
		["%", /was not found in/],
		["named:%", /was not found in/],
		["named:____________", /was not found in/],
	])("what is not there is answered with what is: %s", async (name, hint) => {
		const message = expect.stringMatching(hint);
		await expect(named(name)).rejects.toMatchObject({ code: "NOT_FOUND", message });
	});

	test("a project without artifacts says so", async () => {
		const empty = await makeProject(stores.services, { by: at.ann, entityName: at.team.name });
		await expect(requireMemberByName(await at.ann.ctx(), empty, "x")).rejects.toMatchObject({
			code: "NOT_FOUND",
			message: expect.stringMatching(/no artifact has been logged there yet/),
		});
	});
});

describe("an alias", () => {
	const change = async (artifact: ArtifactRow, collectionName: string, what: { add?: string[]; remove?: string[] }) => {
		const place = (alias: string) => ({
			entityName: at.project.entityName,
			projectName: at.project.name,
			collectionName,
			alias,
		});
		await changeAliases(await at.ann.ctx(), {
			artifactId: nodeIdOf(artifact),
			add: (what.add ?? []).map(place),
			remove: (what.remove ?? []).map(place),
		});
	};
	const held = async (name: string) => {
		const member = await named(name);
		return (await findAliasesOfMembers(stores.services.db, [member.id])).map(({ alias }) => alias).sort();
	};

	test("has one holder in a collection, and moves with an event that names both", async () => {
		const [first, second] = [await log("aliased", "1", ["best"]), await log("aliased", "2")];
		await change(second, "aliased", { add: ["best", "new"] });
		expect(await held("aliased:v0")).toEqual([]);
		expect(await held("aliased:v1")).toEqual(["best", "latest", "new"]);
		const moves = await eventsOf(stores.services, second.id, "alias.moved");
		expect(moves).toContainEqual(
			expect.objectContaining({ alias: "best", artifactId: second.id, fromArtifactId: first.id }),
		);
		await change(second, "aliased", { add: ["best"] });
		expect(await eventsOf(stores.services, second.id, "alias.moved")).toHaveLength(moves.length);
	});

	test("is taken only from the version it is asked of", async () => {
		const [first, second] = [await log("removed", "1", ["best"]), await log("removed", "2")];
		await change(second, "removed", { remove: ["best"] });
		expect(await held("removed:v0")).toEqual(["best"]);
		await change(first, "removed", { remove: ["best", "never there"] });
		expect(await held("removed:v0")).toEqual([]);
		expect(await eventsOf(stores.services, first.id, "alias.moved")).toContainEqual(
			expect.objectContaining({ alias: "best", artifactId: null, fromArtifactId: first.id }),
		);
	});

	test("put on two versions at once ends up on one", async () => {
		const versions = [await log("contested", "1"), await log("contested", "2"), await log("contested", "3")];
		await Promise.all(versions.map((version) => change(version, "contested", { add: ["best"] })));
		const all = [await held("contested:v0"), await held("contested:v1"), await held("contested:v2")].flat();
		expect(all.filter((alias) => alias === "best")).toHaveLength(1);
	});

	test("like a version number is refused wherever one can be given", async () => {
		const version = await log("numbers", "1");
		const refusal = { code: "INVALID_INPUT", message: expect.stringMatching(/version numbers/) };
		await expect(change(version, "numbers", { add: ["v3"] })).rejects.toMatchObject(refusal);
		await expect(log("numbers", "2", ["v0"])).rejects.toMatchObject(refusal);
		const target = { entityName: at.project.entityName, projectName: at.project.name };
		await expect(linkInto(at.ann, linkTo(version, target, ["v1"]))).rejects.toMatchObject(refusal);
	});

	test("of a collection that the version is not in is refused", async () => {
		const version = await log("in-here", "1");
		await log("not-in-here", "2");
		for (const name of ["not-in-here", "nowhere"]) {
			await expect(change(version, name, { add: ["x"] })).rejects.toMatchObject({ code: "NOT_FOUND" });
		}
	});
});
