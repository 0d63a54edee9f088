import { sql } from "kysely";
import { describe, expect, test } from "vitest";
import { addUserToOrganization, addUserToTeam } from "../org/index.ts";
import {
	eventsOf,
	linkInto,
	linkTo,
	logVersion,
	makeRun,
	nodeIdOf,
	openWorkplace,
	placesIn,
	stageVersion,
} from "../testing/artifact-factories.ts";
import { type MadeUser, makeProject, makeUser } from "../testing/factories.ts";
import type { ArtifactRow } from "./artifact-rows.ts";
import { commitArtifact } from "./commit-artifact.ts";
import { deleteArtifact } from "./delete-artifact.ts";
import { requireArtifact } from "./find-artifact.ts";
import { requireMemberByName } from "./find-member.ts";

const { stores, at } = await openWorkplace();

const log = (name: string, content: string, more: object = {}) =>
	logVersion({ by: at.ann, project: at.project, collectionName: name, files: { "a.txt": content }, ...more });
const remove = async (artifact: ArtifactRow, { by = at.ann, deleteAliases = true } = {}) =>
	await deleteArtifact(await by.ctx(), { artifactId: nodeIdOf(artifact), deleteAliases });
const find = async (name: string, project = at.project) => await requireMemberByName(await at.ann.ctx(), project, name);
const registry = (collectionName: string) => ({
	entityName: at.org.name,
	projectName: "wandb-registry-dataset",
	collectionName,
});

describe("a deleted version", () => {
	test("is found under no name, and its number is not given again; latest goes to the highest left", async () => {
		const [first, , third] = [await log("n", "0"), await log("n", "1", { aliases: ["b"] }), await log("n", "2")];
		await remove(third);
		expect(await placesIn(stores.services, "n")).toEqual(["v0: ", "v1: b latest"]);
		await expect(find("n:v2")).rejects.toMatchObject({
			code: "NOT_FOUND",
			message: expect.stringMatching(/"n:v2" was not found .*: v2 was deleted; "n" has versions up to v1 .* b, latest/),
		});
		await expect(find(`n:${third.digest}`)).rejects.toMatchObject({ code: "NOT_FOUND" });
		expect((await log("n", "2")).versionIndex).toBe(3);
		expect(await placesIn(stores.services, "n")).toEqual(["v0: ", "v1: b", "v3: latest"]);
		expect(await eventsOf(stores.services, third.id, "artifact.deleted")).toHaveLength(1);
		expect(await find("n:v0")).toMatchObject({ artifactId: first.id });
	});

	test("is said to be deleted to one who may see it, and gone for good once more changes nothing", async () => {
		const version = await log("said", "0");
		expect(await remove(version)).toMatchObject({ state: "DELETED" });
		expect(await remove(version)).toMatchObject({ state: "DELETED" });
		expect(await eventsOf(stores.services, version.id, "artifact.deleted")).toHaveLength(1);
		await expect(requireArtifact(await at.ann.ctx(), nodeIdOf(version), "project.read")).rejects.toMatchObject({
			code: "GONE",
			message: expect.stringContaining("this version (v0) was deleted"),
		});
		await expect(find("said:latest")).rejects.toThrow('"said" has no version yet, or none that is left');
	});

	test("leaves its links, each collection's latest with the highest left, and keeps what it was for a restore", async () => {
		const [kept, gone] = [await log("source", "0"), await log("source", "1")];
		for (const version of [kept, gone]) await linkInto(at.ann, linkTo(version, registry("target"), ["prod"]));
		expect(await placesIn(stores.services, "target")).toEqual(["v0: ", "v1: latest prod"]);
		await remove(gone);
		expect(await placesIn(stores.services, "target")).toEqual(["v0: latest"]);
		const { rows } = await sql<{ aliases: string[] }>`
			select freed_aliases as aliases from artifact_member where artifact_id = ${gone.id} order by created_at`.execute(
			stores.services.db,
		);
		expect(rows.map(({ aliases }) => aliases)).toEqual([["latest"], ["latest", "prod"]]);
		expect(await eventsOf(stores.services, gone.id, "collection.unlinked")).toMatchObject([{ versionIndex: 1 }]);
	});

	test("keeps its edges and files for those who count them", async () => {
		const run = await makeRun(at.ann, at.project);
		const version = await log("edges", "0", { run });
		await remove(version);
		const { rows } = await sql`
			select from run_artifact r join manifest_entry e using (artifact_id) where artifact_id = ${version.id}`.execute(
			stores.services.db,
		);
		expect(rows).toHaveLength(1);
	});

	test("may be one that is still being uploaded, which then cannot be committed", async () => {
		const pending = await stageVersion({ by: at.ann, project: at.project, collectionName: "early", clientId: "e" });
		await linkInto(at.ann, linkTo(pending, registry("early"), []));
		await remove(pending, { deleteAliases: false });
		const commit = commitArtifact(await at.ann.ctx(), { artifactId: nodeIdOf(pending) });
		await expect(commit).rejects.toMatchObject({ code: "GONE" });
		expect(await placesIn(stores.services, "early")).toEqual([]);
	});
});

describe("a version with aliases", () => {
	test("is refused unless they are to go too, with those it has in registries", async () => {
		const version = await log("held", "0", { aliases: ["best"] });
		await log("held", "1");
		await linkInto(at.ann, linkTo(version, registry("held-link"), ["prod"]));
		await expect(remove(version, { deleteAliases: false })).rejects.toMatchObject({
			code: "CONFLICT",
			message: `v0 has aliases (best; latest, prod in "${at.org.name}/wandb-registry-dataset/held-link"): move them to another version, or delete them with it, by artifact.delete(delete_aliases=True)`,
		});
		expect(await placesIn(stores.services, "held")).toEqual(["v0: best", "v1: latest"]);
	});

	test("without any goes at once", async () => {
		const version = await log("bare", "0");
		await log("bare", "1");
		await remove(version, { deleteAliases: false });
		expect(await placesIn(stores.services, "bare")).toEqual(["v1: latest"]);
	});

	test("that a stranger gave in a project of their own is not held by them, nor are they told of", async () => {
		const project = await makeProject(stores.services, { by: at.ann, entityName: at.team.name, access: "USER_READ" });
		const version = await logVersion({ by: at.ann, project, files: { "a.txt": "public" } });
		await logVersion({ by: at.ann, project, files: { "a.txt": "public 2" } });
		const stranger = await makeUser(stores.services);
		const home = await makeProject(stores.services, { by: stranger });
		const place = { entityName: home.entityName, projectName: home.name, collectionName: "mine" };
		await linkInto(stranger, linkTo(version, place, ["secret"]));
		await remove(version, { deleteAliases: false });
		expect(await placesIn(stores.services, "mine")).toEqual([]);
	});
});

describe("deletion", () => {
	const refused = async (version: ArtifactRow, by: MadeUser) =>
		await remove(version, { by }).then(
			() => "deleted",
			(error: unknown) => (error instanceof Error && "code" in error ? error.code : error),
		);

	test("takes a member of the version's own project, whatever their role in a registry", async () => {
		const version = await log("rights", "0");
		const [stranger, viewer, orgMember] = [
			await makeUser(stores.services),
			await makeUser(stores.services),
			await makeUser(stores.services),
		];
		for (const { user } of [viewer, orgMember]) {
			const input = { organizationId: at.org.id, username: user.username, role: "member" };
			await addUserToOrganization(await at.ann.ctx(), input);
		}
		const { username } = viewer.user;
		await addUserToTeam(await at.ann.ctx(), { teamName: at.team.name, username, role: "viewer" });
		expect(await refused(version, stranger)).toBe("NOT_FOUND");
		expect(await refused(version, orgMember)).toBe("NOT_FOUND");
		expect(await refused(version, viewer)).toBe("FORBIDDEN");
		await linkInto(at.ann, linkTo(version, registry("rights")));
		expect(await refused(version, orgMember)).toBe("FORBIDDEN");
		expect(await refused(version, at.ann)).toBe("deleted");
		expect(await refused(version, stranger)).toBe("NOT_FOUND");
	});

	test("at the same time as links leaves no link to what is deleted, nor an alias on it", async () => {
		for (let round = 0; round < 8; round++) {
			const name = `race-${round}`;
			const version = await log(name, name);
			const other = await log(name, `${name} other`);
			await linkInto(at.ann, linkTo(other, registry(name)));
			const outcomes = await Promise.allSettled([
				remove(version),
				linkInto(at.ann, linkTo(version, registry(name), ["prod"])),
				linkInto(at.ann, linkTo(version, registry(`${name}-more`), ["prod"])),
			]);
			expect(outcomes[0]).toMatchObject({ status: "fulfilled" });
			expect(await placesIn(stores.services, name)).toEqual(["v0: latest", "v1: latest"]);
			const { rows } = await sql`select from artifact_alias l join artifact_member m on m.id = l.member_id
				where m.artifact_id = ${version.id}`.execute(stores.services.db);
			expect(rows).toEqual([]);
		}
	});
});
