import { sql } from "kysely";
import { describe, expect, test } from "vitest";
import { type ArtifactRow, commitArtifact, type MembershipRow } from "../artifact/index.ts";
import { inTransaction } from "../db/transaction.ts";
import { toNodeId } from "../graphql/node-id.ts";
import { addUserToOrganization } from "../org/index.ts";
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
import { type MadeUser, makeOrg, makeProject, makeTeam, makeUser } from "../testing/factories.ts";
import { unlinkVersion } from "./unlink-version.ts";

const { stores, at } = await openWorkplace();

const registry = (name: string, collectionName = "best") => ({
	entityName: at.org.name,
	projectName: `wandb-registry-${name}`,
	collectionName,
});
const log = (content: string, more: object = {}) =>
	logVersion({ by: at.ann, project: at.project, files: { "a.txt": content }, ...more });
const link = (artifact: ArtifactRow, target: ReturnType<typeof registry>, aliases: string[] = []) =>
	linkInto(at.ann, linkTo(artifact, target, aliases));

type Member = { name: string; project: string; kind: string; type: string; version: number; aliases: string[] };

/** Where a version is, as the tables have it. */
async function placesOf(artifact: ArtifactRow): Promise<Member[]> {
	const { rows } = await sql<Member>`
		select c.name, p.name as project, c.kind, t.name as type, m.version_index as version,
			array(select alias from artifact_alias a where a.member_id = m.id order by alias) as aliases
		from artifact_member m join artifact_collection c on c.id = m.collection_id
		join project p on p.id = c.project_id join artifact_type t on t.id = c.type_id
		where m.artifact_id = ${artifact.id} and c.kind = 'PORTFOLIO' order by p.name, c.name`.execute(stores.services.db);
	return rows;
}

async function orgMember(role: "admin" | "member" | "viewer"): Promise<MadeUser> {
	const user = await makeUser(stores.services);
	const { username } = user.user;
	await addUserToOrganization(await at.ann.ctx(), { organizationId: at.org.id, username, role });
	return user;
}

describe("a link", () => {
	test("is a pointer with a number, a latest and aliases of its own, in a collection made for it", async () => {
		await log("before");
		const version = await log("pointer", { aliases: ["mine"] });
		const { rows: blobsBefore } = await sql`select from blob`.execute(stores.services.db);
		const member = await link(version, registry("dataset", "Pointers"), ["prod"]);
		expect(version.versionIndex).toBe(1);
		expect(member).toMatchObject({ artifactId: version.id, versionIndex: 0 });
		const place = { project: "wandb-registry-dataset", name: "Pointers", kind: "PORTFOLIO", type: "dataset" };
		expect(await placesOf(version)).toEqual([{ ...place, version: 0, aliases: ["latest", "prod"] }]);
		const { rows: blobsAfter } = await sql`select from blob`.execute(stores.services.db);
		expect(blobsAfter).toHaveLength(blobsBefore.length);
		expect(await eventsOf(stores.services, version.id, "collection.linked")).toEqual([
			expect.objectContaining({ collectionId: member?.collectionId, artifactId: version.id, versionIndex: 0 }),
		]);
		const next = await log("pointer 2");
		expect(await link(next, registry("dataset", "pointers"))).toMatchObject({ versionIndex: 1 });
		expect(await placesOf(version)).toMatchObject([{ aliases: ["prod"] }]);
		expect(await placesOf(next)).toMatchObject([{ aliases: ["latest"], name: "Pointers" }]);
	});

	test("made again is the same one, with the aliases added and latest where it was", async () => {
		const [first, second] = [await log("again 1"), await log("again 2")];
		const member = await link(first, registry("dataset", "again"));
		await link(second, registry("dataset", "again"));
		expect(await link(first, registry("dataset", "again"), ["a"])).toEqual(member);
		await Promise.all(["b", "c"].map((alias) => link(first, registry("dataset", "again"), [alias])));
		expect(await placesOf(first)).toMatchObject([{ version: 0, aliases: ["a", "b", "c"] }]);
		expect(await placesOf(second)).toMatchObject([{ version: 1, aliases: ["latest"] }]);
		expect(await eventsOf(stores.services, first.id, "collection.linked")).toHaveLength(1);
	});

	test("by many at the same time to a new collection makes one, numbered without a gap", async () => {
		const versions = [];
		for (let n = 0; n < 6; n++) versions.push(await log(`rush ${n}`));
		const members = await Promise.all(versions.map((version) => link(version, registry("dataset", "rush"))));
		const numbers = members.map((member) => member?.versionIndex ?? -1).sort();
		expect(numbers).toEqual([0, 1, 2, 3, 4, 5]);
		expect(new Set(members.map((member) => member?.collectionId)).size).toBe(1);
	});

	test("may lead into an ordinary project, and link_model's needs none made before", async () => {
		const version = await log("ordinary", { typeName: "model", collectionName: "ordinary" });
		const target = await makeProject(stores.services, { by: at.ann, entityName: at.team.name });
		expect(
			await link(version, { entityName: at.team.name, projectName: target.name, collectionName: "p" }),
		).toMatchObject({ versionIndex: 0 });
		const legacy = { entityName: at.team.name, projectName: "model-registry", collectionName: "registered" };
		expect(await link(version, legacy)).toMatchObject({ versionIndex: 0 });
		expect((await placesOf(version)).map(({ project }) => project).sort()).toEqual(
			[target.name, "model-registry"].sort(),
		);
		const missing = { ...legacy, projectName: "never-made" };
		await expect(link(version, missing)).rejects.toMatchObject({ code: "NOT_FOUND" });
	});

	test("cannot lead to where versions are logged, nor can one log where they are linked", async () => {
		const version = await log("kinds", { collectionName: "kinds" });
		const sequence = { entityName: at.team.name, projectName: at.project.name, collectionName: "kinds" };
		await expect(link(version, sequence)).rejects.toMatchObject({ code: "CONFLICT" });
		await link(version, { ...sequence, collectionName: "portfolio" });
		await expect(log("x", { collectionName: "portfolio" })).rejects.toMatchObject({ code: "CONFLICT" });
	});
});

describe("a link asked for before the commit", () => {
	const stage = (content: string, more: object = {}) =>
		stageVersion({ by: at.ann, project: at.project, files: { "a.txt": content }, ...more });

	test("is made by the commit, and found by the name the client gave", async () => {
		const pending = await stage("early", { clientId: "client-1" });
		const target = registry("dataset", "early");
		const byClient = { ...linkTo(pending, target, ["prod"]), artifactId: null, clientId: "client-1" };
		expect(await linkInto(at.ann, byClient)).toBeNull();
		expect(await placesOf(pending)).toEqual([]);
		await commitVersion(at.ann, pending);
		expect(await placesOf(pending)).toMatchObject([{ name: "early", version: 0, aliases: ["latest", "prod"] }]);
	});

	test("with an alias that cannot be is refused at once, not at the commit", async () => {
		const pending = await stage("bad alias");
		const refusal = { code: "INVALID_INPUT", message: expect.stringMatching(/version numbers/) };
		await expect(link(pending, registry("dataset", "bad-alias"), ["v1"])).rejects.toMatchObject(refusal);
		expect(await commitVersion(at.ann, pending)).toMatchObject({ state: "COMMITTED" });
	});

	test("is that of the version which turns out to have the content", async () => {
		const [one, other] = [await stage("same"), await stage("same")];
		await link(other, registry("dataset", "same"), ["other"]);
		const version = await commitVersion(at.ann, one);
		await commitVersion(at.ann, other);
		expect(await placesOf(version)).toMatchObject([{ version: 0, aliases: ["latest", "other"] }]);
	});

	test("is not lost where the commit is under way", async () => {
		const pending = await stage("under way");
		let linking: Promise<MembershipRow | null> | undefined;
		await inTransaction(await at.ann.ctx(), async (tx) => {
			await commitArtifact(tx, { artifactId: nodeIdOf(pending) });
			linking = link(pending, registry("dataset", "under-way"));
			await waitUntilBlocked();
		});
		expect(await linking).toMatchObject({ versionIndex: 0 });
		expect(await placesOf(pending)).toMatchObject([{ name: "under-way", version: 0 }]);
	});

	/** Until some session of this database waits for a lock. */
	async function waitUntilBlocked(): Promise<void> {
		for (;;) {
			const { rows } = await sql`select from pg_stat_activity
				where datname = current_database() and wait_event_type = 'Lock'`.execute(stores.services.db);
			if (rows.length > 0) return;
		}
	}
});

describe("a link is refused", () => {
	test("for a type that the registry does not accept, naming those it does", async () => {
		const version = await log("type");
		await expect(link(version, registry("model"))).rejects.toMatchObject({
			code: "UNPROCESSABLE",
			message: expect.stringMatching(/registry "model" does not take versions of type "dataset": it accepts "model"/),
		});
		expect(await placesOf(version)).toEqual([]);
	});

	test("for another type than the collection's", async () => {
		const target = { entityName: at.team.name, projectName: at.project.name, collectionName: "of-datasets" };
		await link(await log("types"), target);
		const model = await log("types 2", { typeName: "model", collectionName: "a-model" });
		await expect(link(model, target)).rejects.toMatchObject({
			code: "CONFLICT",
			message: expect.stringMatching(/"dataset", not "model"/),
		});
	});

	test("for what was logged under a personal entity, naming it and the teams to use", async () => {
		const project = await makeProject(stores.services, { by: at.ann });
		const own = await logVersion({ by: at.ann, project });
		const error = await link(own, registry("dataset")).catch((refused: Error) => refused);
		expect(error).toMatchObject({ code: "UNPROCESSABLE" });
		for (const name of [at.ann.user.username, at.team.name, "personal entity"]) {
			expect(error).toMatchObject({ message: expect.stringContaining(name) });
		}
	});

	test("for what a team of another organisation logged", async () => {
		const org = await makeOrg(stores.services, { admin: at.ann });
		const team = await makeTeam(stores.services, { org, admin: at.ann });
		const project = await makeProject(stores.services, { by: at.ann, entityName: team.name });
		const theirs = await logVersion({ by: at.ann, project });
		await expect(link(theirs, registry("dataset"))).rejects.toMatchObject({
			code: "UNPROCESSABLE",
			message: expect.stringMatching(new RegExp(`${team.name}.*another organisation.*${at.team.name}`)),
		});
	});

	test("where there is no such registry, naming those there are", async () => {
		const version = await log("unknown");
		await expect(link(version, registry("models"))).rejects.toMatchObject({
			code: "NOT_FOUND",
			message: expect.stringMatching(
				/registry "models" was not found .*there are: model, dataset|dataset, model.*Did you mean "model"/,
			),
		});
		const outside = { ...registry("model"), entityName: "no-such-org" };
		await expect(link(version, outside)).rejects.toMatchObject({ code: "NOT_FOUND" });
	});

	test("to a viewer of the organisation, naming the role; to a stranger as if there were no registry", async () => {
		const project = await makeProject(stores.services, { by: at.ann, entityName: at.team.name, access: "USER_READ" });
		const version = await logVersion({ by: at.ann, project });
		const viewer = await orgMember("viewer");
		await expect(linkInto(viewer, linkTo(version, registry("dataset")))).rejects.toMatchObject({
			code: "FORBIDDEN",
			message: expect.stringMatching(/role member: an admin of the registry or of the organisation/),
		});
		const stranger = await makeUser(stores.services);
		const error = await linkInto(stranger, linkTo(version, registry("dataset"))).catch((refused: Error) => refused);
		expect(error).toMatchObject({ code: "NOT_FOUND", message: expect.not.stringContaining("there are") });
		expect(await placesOf(version)).toEqual([]);
	});

	test("for a version that may not be read, as if there were none", async () => {
		const member = await orgMember("member");
		const version = await log("private");
		const unknown = { ...version, id: stores.services.ids.uuid() };
		const [forbidden, missing] = await Promise.all(
			[version, unknown].map((each) => linkInto(member, linkTo(each, registry("dataset"))).catch((e: Error) => e)),
		);
		expect(forbidden).toMatchObject({ code: "NOT_FOUND" });
		expect(forbidden).toEqual(missing);
	});
});

describe("unlinking", () => {
	const unlink = async (by: MadeUser, artifact: ArtifactRow, collectionId: string) =>
		await unlinkVersion(await by.ctx(), {
			artifactId: nodeIdOf(artifact),
			portfolioId: toNodeId("ArtifactCollection", collectionId),
		});

	test("takes the version out with its aliases and leaves the source; its number is not given again", async () => {
		const version = await log("unlink");
		const member = await link(version, registry("dataset", "unlinked"), ["prod"]);
		const collectionId = member?.collectionId ?? "";
		await unlink(at.ann, version, collectionId);
		expect(await placesOf(version)).toEqual([]);
		expect(await eventsOf(stores.services, version.id, "collection.unlinked")).toEqual([
			expect.objectContaining({ collectionId, versionIndex: 0 }),
		]);
		await expect(unlink(at.ann, version, collectionId)).rejects.toMatchObject({ code: "NOT_FOUND" });
		expect(await link(version, registry("dataset", "unlinked"))).toMatchObject({ versionIndex: 1 });
	});

	test("is for links only, and for those who may link", async () => {
		const version = await log("unlink rights");
		await expect(unlink(at.ann, version, version.collectionId)).rejects.toMatchObject({ code: "UNPROCESSABLE" });
		const member = await link(version, registry("dataset", "unlink-rights"));
		const [viewer, stranger] = [await orgMember("viewer"), await makeUser(stores.services)];
		await expect(unlink(viewer, version, member?.collectionId ?? "")).rejects.toMatchObject({ code: "FORBIDDEN" });
		await expect(unlink(stranger, version, member?.collectionId ?? "")).rejects.toMatchObject({ code: "NOT_FOUND" });
		expect(await placesOf(version)).toHaveLength(1);
	});

	test("of the newest gives latest to the highest version left", async () => {
		const [first, second] = [await log("left 1"), await log("left 2")];
		await link(first, registry("dataset", "left"));
		const member = await link(second, registry("dataset", "left"));
		await unlink(at.ann, second, member?.collectionId ?? "");
		expect(await placesOf(first)).toMatchObject([{ version: 0, aliases: ["latest"] }]);
	});
});
