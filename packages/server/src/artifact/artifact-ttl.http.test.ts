import { beforeAll, expect, test } from "vitest";
import { toNodeId } from "../graphql/node-id.ts";
import { addUserToOrganization, addUserToTeam } from "../org/index.ts";
import type { ProjectRow } from "../project/index.ts";
import { linkInto, linkTo, logVersion, nodeIdOf, type VersionWanted } from "../testing/artifact-factories.ts";
import { type MadeUser, makeProject, makeTeam, makeUser } from "../testing/factories.ts";
import { startWorkplace } from "../testing/test-app.ts";
import type { ArtifactRow } from "./artifact-rows.ts";

// How long versions live: what is stored and shown. That they then go is retention's.

const { app, at } = await startWorkplace();
let member: MadeUser;

beforeAll(async () => {
	member = await makeUser(app.services);
});

const day = 86_400;
const log = async (project: ProjectRow, more: Partial<VersionWanted> = {}) =>
	await logVersion({ by: at.ann, project, collectionName: `c-${app.services.ids.token(8)}`, ...more });
const newProject = async () => {
	const team = await makeTeam(app.services, { org: at.org, admin: at.ann });
	return await makeProject(app.services, { by: at.ann, entityName: team.name, access: "USER_READ" });
};

/** [seconds, whether they are inherited] */
async function ttlOf(version: ArtifactRow): Promise<[number, boolean]> {
	const query = "query ($id: ID!) { artifact(id: $id) { ttlDurationSeconds ttlIsInherited } }";
	const { data } = await app.gql(at.ann, query, { id: nodeIdOf(version) });
	return [data.artifact.ttlDurationSeconds, data.artifact.ttlIsInherited];
}

async function setTtl(version: ArtifactRow, seconds: number) {
	const change =
		"mutation ($id: ID!, $seconds: Int64) { updateArtifact(input: { artifactID: $id, ttlDurationSeconds: $seconds }) { artifact { id } } }";
	return await app.gql(at.ann, change, { id: nodeIdOf(version), seconds });
}

async function setDefault(by: MadeUser, entityName: string, seconds: number | null) {
	const change = `mutation ($entityName: String!, $seconds: Int64) {
		updateEntity(input: { entityName: $entityName, artifactTTLDurationSeconds: $seconds }) { entity { artifactTTLDurationSeconds } } }`;
	return await app.gql(by, change, { entityName, seconds });
}

test("a version has its own, or its team's default as it is now, or none", async () => {
	const project = await newProject();
	const [own, inherits, never] = [
		await log(project, { ttlDurationSeconds: 2 * day }),
		await log(project),
		await log(project, { ttlDurationSeconds: -2 }),
	];
	expect(await ttlOf(inherits)).toEqual([-1, true]);
	expect(await setDefault(at.ann, project.entityName, day)).toMatchObject({
		data: { updateEntity: { entity: { artifactTTLDurationSeconds: day } } },
	});
	const count = "query ($name: String) { entity(name: $name) { versionsWithDefaultTTL } }";
	const counted = async (by: MadeUser) => (await app.gql(by, count, { name: project.entityName })).data.entity;
	expect(await counted(at.ann)).toEqual({ versionsWithDefaultTTL: 1 });
	expect(await counted(member)).toEqual({ versionsWithDefaultTTL: null });
	expect([await ttlOf(own), await ttlOf(inherits), await ttlOf(never)]).toEqual([
		[2 * day, false],
		[day, true],
		[-2, false],
	]);
	await setTtl(own, -1);
	await setTtl(inherits, -2);
	expect([await ttlOf(own), await ttlOf(inherits)]).toEqual([
		[day, true],
		[-2, false],
	]);
	await setDefault(at.ann, project.entityName, null);
	expect(await ttlOf(own)).toEqual([day, true]);
	await setDefault(at.ann, project.entityName, -2);
	expect(await ttlOf(own)).toEqual([-1, true]);
	expect(await setTtl(own, 0)).toMatchObject({
		errors: [{ message: expect.stringContaining("above 0, -1 to inherit") }],
	});
});

test("the default is the team admins' to set, or one's own; members see it, others do not", async () => {
	const project = await newProject();
	const { username } = member.user;
	const refused = { data: { updateEntity: null } };
	expect(await setDefault(member, project.entityName, day)).toMatchObject({
		...refused,
		errors: [{ extensions: { code: "FORBIDDEN" } }],
	});
	const hidden = await makeTeam(app.services, { org: at.org, admin: at.ann });
	const unknown = await setDefault(member, "never-was", day);
	expect(unknown).toMatchObject({ ...refused, errors: [{ extensions: { code: "NOT_FOUND" } }] });
	expect(await setDefault(member, hidden.name, day)).toMatchObject({
		errors: [{ message: `no entity is named "${hidden.name}"` }],
	});
	await setDefault(at.ann, project.entityName, day);
	const query = "query ($name: String!) { entity(name: $name) { artifactTTLDurationSeconds } }";
	const seen = async (by: MadeUser) => (await app.gql(by, query, { name: project.entityName })).data.entity;
	expect(await seen(member)).toEqual({ artifactTTLDurationSeconds: null });
	const { ctx } = at.ann;
	const organization = { organizationId: at.org.id, username, role: "member" };
	await addUserToOrganization(await ctx(), organization);
	await addUserToTeam(await ctx(), { teamName: project.entityName, username, role: "member" });
	expect(await seen(member)).toEqual({ artifactTTLDurationSeconds: day });
	expect(await setDefault(member, project.entityName, day)).toMatchObject({
		...refused,
		errors: [{ extensions: { code: "FORBIDDEN" } }],
	});
	expect((await setDefault(member, username, day)).errors).toEqual([]);
	for (const seconds of [0, -1, 2 ** 40]) {
		expect(await setDefault(at.ann, project.entityName, seconds)).toMatchObject({
			errors: [{ extensions: { code: "INVALID_INPUT" } }],
		});
	}
	expect(await setDefault(at.ann, at.org.name, day)).toMatchObject({
		errors: [{ extensions: { code: "UNPROCESSABLE" } }],
	});
});

test("the first link ends it for good; a stranger's link into a project of their own does not", async () => {
	const project = await newProject();
	await setDefault(at.ann, project.entityName, day);
	const target = { entityName: at.org.name, projectName: "wandb-registry-dataset", collectionName: "kept" };
	const [own, inherits, public_] = [
		await log(project, { ttlDurationSeconds: 2 * day }),
		await log(project),
		await log(project),
	];
	for (const version of [own, inherits]) await linkInto(at.ann, linkTo(version, target));
	expect([await ttlOf(own), await ttlOf(inherits)]).toEqual([
		[-2, false],
		[-2, false],
	]);
	const stranger = await makeUser(app.services);
	const home = await makeProject(app.services, { by: stranger });
	const mine = { entityName: home.entityName, projectName: home.name, collectionName: "mine" };
	await linkInto(stranger, linkTo(public_, mine));
	expect(await ttlOf(public_)).toEqual([day, true]);

	// Set anew by hand it stays, whatever else it is linked to meanwhile.
	await setTtl(own, day);
	const again = await linkInto(at.ann, linkTo(own, { ...target, collectionName: "kept too" }));
	expect(await ttlOf(own)).toEqual([day, false]);
	const unlink = `mutation ($id: ID!, $from: ID!) {
		unlinkArtifact(input: { artifactID: $id, artifactPortfolioID: $from }) { success } }`;
	const from = toNodeId("ArtifactCollection", again?.collectionId ?? "");
	expect((await app.gql(at.ann, unlink, { id: nodeIdOf(own), from })).errors).toEqual([]);
	expect(await ttlOf(inherits)).toEqual([-2, false]);
});
