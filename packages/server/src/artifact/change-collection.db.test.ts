import { sql } from "kysely";
import { describe, expect, test } from "vitest";
import { toNodeId } from "../graphql/node-id.ts";
import type { ProjectRow } from "../project/index.ts";
import {
	commitVersion,
	eventsOf,
	linkInto,
	linkTo,
	logVersion,
	nodeIdOf,
	openWorkplace,
	stageVersion,
} from "../testing/artifact-factories.ts";
import { type MadeUser, makeProject, makeUser } from "../testing/factories.ts";
import type { ArtifactRow, CollectionKind } from "./artifact-rows.ts";
import { deleteCollection } from "./delete-collection.ts";
import { requireArtifact } from "./find-artifact.ts";
import { findCollectionByName } from "./find-collection.ts";
import { requireMemberByName } from "./find-member.ts";
import { listCollections } from "./list-collections.ts";
import { moveCollection } from "./move-collection.ts";
import { tagCollection } from "./tag-collection.ts";
import { updateCollection } from "./update-collection.ts";

const { stores, at } = await openWorkplace();

const newProject = async () => await makeProject(stores.services, { by: at.ann, entityName: at.team.name });
const log = (project: ProjectRow, collectionName: string, content: string, more: object = {}) =>
	logVersion({ by: at.ann, project, collectionName, files: { "a.txt": content }, ...more });
const collectionId = (id: string) => toNodeId("ArtifactCollection", id);
const rename = async (id: string, name: string, { by = at.ann, kind = "SEQUENCE" }: Options = {}) =>
	await updateCollection(await by.ctx(), { collectionId: collectionId(id), kind, name, description: undefined });
const move = async (id: string, typeName: string) =>
	await moveCollection(await at.ann.ctx(), { collectionId: collectionId(id), typeName });
const remove = async (id: string, { by = at.ann, kind = "SEQUENCE" }: Options = {}) =>
	await deleteCollection(await by.ctx(), { collectionId: collectionId(id), kind });
const tag = async (project: ProjectRow, collectionName: string, add: string[], gone: string[] = []) => {
	const { entityName, name: projectName } = project;
	const input = { entityName, projectName, collectionName, add, remove: gone };
	return (await tagCollection(await at.ann.ctx(), input)).map(({ name }) => name);
};
const find = async (project: ProjectRow, name: string) => await requireMemberByName(await at.ann.ctx(), project, name);
const named = async (project: ProjectRow, name: string) =>
	(await findCollectionByName(await at.ann.ctx(), project, name))?.name;
const target = (project: ProjectRow, collectionName: string) => ({
	entityName: project.entityName,
	projectName: project.name,
	collectionName,
});

type Options = { readonly by?: MadeUser; readonly kind?: CollectionKind };

async function link(version: ArtifactRow, project: ProjectRow, name: string, aliases: string[] = []): Promise<string> {
	const member = await linkInto(at.ann, linkTo(version, target(project, name), aliases));
	return member?.collectionId ?? "";
}

describe("a rename", () => {
	test("keeps everything, and the old name leads on, whatever its case", async () => {
		const project = await newProject();
		const version = await log(project, "old", "0");
		expect(await rename(version.collectionId, "New Name")).toMatchObject({ name: "New Name" });
		for (const name of ["New Name:v0", "new name:latest", "old:v0", "OLD"]) {
			expect(await find(project, name)).toMatchObject({ artifactId: version.id });
		}
		await rename(version.collectionId, "third");
		expect([await named(project, "old"), await named(project, "NEW NAME")]).toEqual(["third", "third"]);
		await rename(version.collectionId, "old");
		expect([await named(project, "old"), await named(project, "third")]).toEqual(["old", "old"]);
		expect(await rename(version.collectionId, "OLD")).toMatchObject({ name: "OLD" });
		expect(await eventsOf(stores.services, version.collectionId, "collection.renamed")).toHaveLength(4);
	});

	test("ends where the old name is taken anew, and does not come back when that one goes", async () => {
		const project = await newProject();
		const first = await log(project, "data", "0");
		await rename(first.collectionId, "renamed");
		const anew = await log(project, "data", "0");
		expect(anew).toMatchObject({ versionIndex: 0 });
		expect(anew.id).not.toBe(first.id);
		expect(await find(project, "data:v0")).toMatchObject({ artifactId: anew.id });
		await remove(anew.collectionId);
		expect(await named(project, "data")).toBeUndefined();
		expect(await find(project, "renamed:v0")).toMatchObject({ artifactId: first.id });
		const other = await log(project, "other", "0");
		await rename(first.collectionId, "again");
		await rename(other.collectionId, "renamed");
		expect(await named(project, "renamed")).toBe("renamed");
	});

	test("to a name that is taken, or that none can have, is refused in a sentence", async () => {
		const project = await newProject();
		const [one, two] = [await log(project, "one", "0"), await log(project, "Two", "0")];
		await expect(rename(one.collectionId, "two")).rejects.toMatchObject({
			code: "CONFLICT",
			message: expect.stringMatching(/"one" cannot be renamed to "two": .* has a collection of that name/),
		});
		await expect(rename(two.collectionId, "a/b")).rejects.toMatchObject({ code: "INVALID_INPUT" });
		expect([await named(project, "one"), await named(project, "two")]).toEqual(["one", "Two"]);
	});

	test("of many to one name at the same time, and someone who logs it, ends in one holder", async () => {
		const project = await newProject();
		const versions = [];
		for (let n = 0; n < 5; n++) versions.push(await log(project, `many-${n}`, "0"));
		const outcomes = await Promise.allSettled([
			...versions.map((version) => rename(version.collectionId, "wanted")),
			stageVersion({ by: at.ann, project, collectionName: "wanted" }),
		]);
		const refused = outcomes.slice(0, 5).filter(({ status }) => status === "rejected");
		expect(refused.length).toBeGreaterThanOrEqual(4);
		for (const outcome of refused) expect(outcome).toMatchObject({ reason: { code: "CONFLICT" } });
		expect(outcomes[5]).toMatchObject({ status: "fulfilled" });
		const { rows } = await sql`select from artifact_collection
			where project_id = ${project.id} and name_key = 'wanted'`.execute(stores.services.db);
		expect(rows).toHaveLength(1);
	});

	test("and a description are a member's to change; both kinds are told apart", async () => {
		const project = await newProject();
		const version = await log(project, "mine", "0");
		const input = { collectionId: collectionId(version.collectionId), name: null };
		const describe = async (kind: CollectionKind, description: string | null, by = at.ann) =>
			await updateCollection(await by.ctx(), { ...input, kind, description });
		expect(await describe("SEQUENCE", "what it is")).toMatchObject({ description: "what it is", name: "mine" });
		expect(await rename(version.collectionId, "mine")).toMatchObject({ description: "what it is" });
		expect(await describe("SEQUENCE", null)).toMatchObject({ description: null });
		await expect(describe("PORTFOLIO", "x")).rejects.toMatchObject({ code: "UNPROCESSABLE" });
		await expect(describe("SEQUENCE", "x".repeat(100_001))).rejects.toMatchObject({ code: "TOO_LARGE" });
		const stranger = await makeUser(stores.services);
		await expect(describe("SEQUENCE", "x", stranger)).rejects.toMatchObject({ code: "NOT_FOUND" });
	});
});

describe("another type", () => {
	test("goes to a sequence with all its versions", async () => {
		const project = await newProject();
		const version = await log(project, "typed", "0");
		expect(await move(version.collectionId, "model")).toMatchObject({ typeName: "model" });
		await expect(log(project, "typed", "1")).rejects.toThrow('takes versions of type "model", not "dataset"');
		expect(await log(project, "typed", "1", { typeName: "model" })).toMatchObject({ versionIndex: 1 });
	});

	test("is refused while versions are linked, for what the client keeps for itself, and for links", async () => {
		const project = await newProject();
		const version = await log(project, "linked", "0");
		const portfolioId = await link(version, project, "links");
		await expect(move(version.collectionId, "model")).rejects.toMatchObject({
			code: "CONFLICT",
			message: expect.stringContaining(`are linked to "${project.entityName}/${project.name}/links" as "dataset"`),
		});
		await expect(move(portfolioId, "model")).rejects.toMatchObject({ code: "UNPROCESSABLE" });
		const free = await log(project, "free", "0");
		for (const type of ["job", "wandb-history"]) {
			await expect(move(free.collectionId, type)).rejects.toMatchObject({ code: "UNPROCESSABLE" });
		}
		const code = await log(project, "source-x", "0", { typeName: "code" });
		await expect(move(code.collectionId, "dataset")).rejects.toMatchObject({ code: "UNPROCESSABLE" });
		await expect(move(free.collectionId, "a/b")).rejects.toMatchObject({ code: "INVALID_INPUT" });
		await remove(portfolioId, { kind: "PORTFOLIO" });
		expect(await move(version.collectionId, "model")).toMatchObject({ typeName: "model" });
	});
});

test("tags of a collection are added once and removed, and are not those of its versions", async () => {
	const project = await newProject();
	const version = await log(project, "tagged", "0");
	expect(await tag(project, "tagged", ["b", "a", "b"])).toEqual(["a", "b"]);
	expect(await tag(project, "TAGGED", ["a", "c d"], ["b", "never"])).toEqual(["a", "c d"]);
	expect(await eventsOf(stores.services, version.collectionId, "collection.tagged")).toMatchObject([
		{ added: ["b", "a"], removed: [] },
		{ added: ["c d"], removed: ["b"] },
	]);
	await expect(tag(project, "tagged", ["a/b"])).rejects.toMatchObject({ code: "INVALID_INPUT" });
	await expect(tag(project, "untagged", ["a"])).rejects.toMatchObject({ code: "NOT_FOUND" });
	const { rows } = await sql`select from artifact_tag where artifact_id = ${version.id}`.execute(stores.services.db);
	expect(rows).toEqual([]);
});

describe("a deleted collection", () => {
	const listed = async (project: ProjectRow) =>
		(await listCollections(await at.ann.ctx(), { project }, { limit: 50, after: null })).rows.map(({ name }) => name);

	test("goes with its versions and their links; its name begins anew at v0", async () => {
		const project = await newProject();
		const other = await log(project, "other", "o");
		const versions = [await log(project, "data", "0", { aliases: ["keep"] }), await log(project, "data", "1")];
		const linkedId = await link(other, project, "links");
		for (const version of versions) await link(version, project, "links", ["prod"]);
		const id = versions[0]?.collectionId ?? "";
		expect(await remove(id)).toMatchObject({ name: "data", deletedAt: expect.any(Date) });
		expect(await listed(project)).toEqual(["links", "other"]);
		await expect(find(project, "data:v0")).rejects.toThrow(/was not found/);
		expect(await find(project, "links:latest")).toMatchObject({ artifactId: other.id });
		await expect(find(project, "links:prod")).rejects.toThrow("the aliases latest");
		expect(await eventsOf(stores.services, linkedId, "collection.unlinked")).toHaveLength(2);
		expect(await remove(id)).toMatchObject({ name: "data" });
		expect(await eventsOf(stores.services, id, "collection.deleted")).toHaveLength(1);
		await expect(rename(id, "x")).rejects.toMatchObject({ code: "GONE" });
		expect(await log(project, "data", "1", { typeName: "model" })).toMatchObject({ versionIndex: 0 });
		expect(await find(project, "data:v0")).not.toMatchObject({ artifactId: versions[0]?.id });
	});

	test("of links leaves the versions, and gives nobody a right through it any more", async () => {
		const project = await newProject();
		const version = await log(project, "data", "0");
		const stranger = await makeUser(stores.services);
		const open = await makeProject(stores.services, { by: at.ann, entityName: at.team.name, access: "USER_READ" });
		const id = await link(version, open, "links", ["prod"]);
		const read = async () => await requireArtifact(await stranger.ctx(), nodeIdOf(version), "project.read");
		expect(await read()).toMatchObject({ id: version.id });
		await remove(id, { kind: "PORTFOLIO" });
		expect(await listed(open)).toEqual([]);
		expect(await find(project, "data:latest")).toMatchObject({ artifactId: version.id });
		await expect(read()).rejects.toMatchObject({ code: "NOT_FOUND" });
		const { rows } = await sql<{ aliases: string[] }>`
			select aliases from artifact_former_member where collection_id = ${id}`.execute(stores.services.db);
		expect(rows).toEqual([{ aliases: ["latest", "prod"] }]);
		expect(await link(version, open, "links")).not.toBe(id);
	});

	test("takes along what is being uploaded to it", async () => {
		const project = await newProject();
		const pending = await stageVersion({ by: at.ann, project, collectionName: "busy" });
		await remove(pending.collectionId);
		await expect(commitVersion(at.ann, pending)).rejects.toMatchObject({ code: "GONE" });
	});

	test("is a member's of the project to delete, and unknown to a stranger", async () => {
		const project = await newProject();
		const version = await log(project, "data", "0");
		const stranger = await makeUser(stores.services);
		await expect(remove(version.collectionId, { by: stranger })).rejects.toMatchObject({ code: "NOT_FOUND" });
		await expect(remove(version.collectionId, { kind: "PORTFOLIO" })).rejects.toMatchObject({ code: "UNPROCESSABLE" });
		await expect(remove(stores.services.ids.uuid())).rejects.toMatchObject({ code: "NOT_FOUND" });
	});

	test("of a thousand versions, each with aliases and linked, goes at once", async () => {
		const project = await newProject();
		const version = await log(project, "big", "0");
		const portfolioId = await link(version, project, "big-links");
		await fill(version, portfolioId, 1000);
		await remove(version.collectionId);
		const count = async (query: ReturnType<typeof sql<{ count: number }>>) =>
			(await query.execute(stores.services.db)).rows[0]?.count;
		const ids = [version.collectionId, portfolioId];
		expect(await count(sql`select count(*)::int from artifact_alias where collection_id = any(${ids}::uuid[])`)).toBe(
			0,
		);
		expect(
			await count(
				sql`select count(*)::int from artifact where collection_id = ${version.collectionId} and state = 'DELETED'`,
			),
		).toBe(1001);
		expect(await eventsOf(stores.services, portfolioId, "collection.unlinked")).toHaveLength(1001);
	});

	async function fill({ collectionId: id, projectId }: ArtifactRow, portfolioId: string, count: number) {
		const { db } = stores.services;
		await sql`insert into artifact (id, project_id, collection_id, state, digest)
			select gen_random_uuid(), ${projectId}, ${id}, 'COMMITTED', md5(n::text) from generate_series(1, ${count}::int) n`.execute(
			db,
		);
		for (const collection of [id, portfolioId]) {
			await sql`insert into artifact_member (id, collection_id, artifact_id, version_index)
				select gen_random_uuid(), ${collection}, id, row_number() over () from artifact
				where collection_id = ${id} and not exists (
					select from artifact_member m where m.artifact_id = artifact.id and m.collection_id = ${collection})`.execute(
				db,
			);
			await sql`insert into artifact_alias (collection_id, alias, id, member_id)
				select collection_id, 'a' || version_index, gen_random_uuid(), id from artifact_member
				where collection_id = ${collection}`.execute(db);
		}
	}
});
