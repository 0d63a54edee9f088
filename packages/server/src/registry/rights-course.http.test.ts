import { createHash } from "node:crypto";
import { beforeAll, expect, test } from "vitest";
import type { OrgRole, TeamRole } from "../access/actor.ts";
import type { ProjectAccess } from "../access/project-role.ts";
import type { GivenRole } from "../access/roles.ts";
import { toNodeId } from "../graphql/node-id.ts";
import { addUserToOrganization, addUserToTeam, type EntityRow } from "../org/index.ts";
import { type MemberRef, type ProjectRow, removeProjectMember, setProjectMember } from "../project/index.ts";
import { linkInto, logVersion, nodeIdOf } from "../testing/artifact-factories.ts";
import { type MadeUser, makeProject, makeTeam, makeUser } from "../testing/factories.ts";
import { startWorkplace } from "../testing/test-app.ts";
import { saveRegistry } from "./save-registry.ts";

// A long course of joining, role changes, access changes, links, unlinks, moves and deletions, beside a model that knows
// nothing but who is what: nobody ever gets bytes or names that no role of his allows now. KEIFU_SOAK makes it longer.

const steps = process.env.KEIFU_SOAK === undefined ? 400 : 5000;
const seed = 20_261_121;

/** Numbers in [0, 1) that are the same in each run (mulberry32). */
function makeRandom(start: number): () => number {
	let state = start;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let t = Math.imul(state ^ (state >>> 15), 1 | state);
		t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
		return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
	};
}

type Place = {
	readonly row: ProjectRow;
	readonly kind: "project" | "registry";
	access: ProjectAccess;
	readonly given: Map<string, GivenRole>;
	teamRole: GivenRole | null;
	isDeleted: boolean;
};
type Version = { readonly id: string; readonly home: Place; readonly bytes: string; isDeleted: boolean };
type Link = { readonly version: Version; at: Place; readonly id: string; readonly name: string };

const { app, at } = await startWorkplace();
let people: MadeUser[];
let otherTeam: EntityRow;
const random = makeRandom(seed);
const pick = <T>(list: readonly T[]): T => {
	const found = list[Math.floor(random() * list.length)];
	if (found === undefined) throw new Error("there is nothing to pick from");
	return found;
};

// What the model knows. `at.ann` is the admin of all, and never asked about.
const inOrg = new Map<string, OrgRole>();
const inTeam = new Map<string, TeamRole>();
const inOtherTeam = new Set<string>();
const places: Place[] = [];
const versions: Version[] = [];
let links: Link[] = [];
let linksMade = 0;

beforeAll(async () => {
	people = [];
	for (let n = 0; n < 4; n++) people.push(await makeUser(app.services));
	otherTeam = await makeTeam(app.services, { org: at.org, admin: at.ann });
	for (let n = 0; n < 3; n++) {
		places.push(placeOf(await makeProject(app.services, { by: at.ann, entityName: at.team.name }), "project"));
		const projectName = `wandb-registry-course-${n}`;
		const input = { entityName: at.org.name, projectName, description: null, access: "RESTRICTED" };
		const made = await saveRegistry(await at.ann.ctx(), { ...input, acceptedTypes: [], allowAllTypes: null });
		places.push(placeOf(made.project, "registry"));
	}
});

const placeOf = (row: ProjectRow, kind: Place["kind"]): Place => ({
	...{ row, kind, access: row.access, given: new Map(), teamRole: null, isDeleted: false },
});

/** The naive rule: all that is written in the role table, said once more and in other words. */
function mayOpen(userId: string, place: Place, least: "see" | "read"): boolean {
	if (place.isDeleted) return false;
	const org = inOrg.get(userId);
	const had: string[] = [];
	const isNamedTo = place.kind === "registry" || place.access === "RESTRICTED";
	if (org !== undefined && isNamedTo) {
		had.push(place.given.get(userId) ?? "none");
		if (inOtherTeam.has(userId)) had.push(place.teamRole ?? "none");
	}
	if (place.kind === "registry") {
		if (org === "admin" || (org !== undefined && place.access === "PRIVATE")) had.push("viewer");
	} else {
		if (place.access === "USER_READ" || place.access === "USER_WRITE") had.push("viewer");
		const team = inTeam.get(userId);
		if (team === "admin" || (team !== undefined && place.access !== "RESTRICTED")) had.push("viewer");
	}
	return had.some((role) => role !== "none" && (least === "see" || role !== "restricted_viewer"));
}

const mayVersion = (userId: string, version: Version, least: "see" | "read"): boolean =>
	mayOpen(userId, version.home, least) ||
	links.some((link) => link.version === version && mayOpen(userId, link.at, least));

const living = (kind?: Place["kind"]) =>
	places.filter((place) => !place.isDeleted && (kind ?? place.kind) === place.kind);
const mutate = async (name: string, input: object) => {
	const type = `${name.slice(0, 1).toUpperCase()}${name.slice(1)}Input`;
	const query = `mutation ($input: ${type}!) { ${name}(input: $input) { clientMutationId } }`;
	expect((await app.gql(at.ann, query, { input })).errors).toEqual([]);
};

const changes: ReadonlyArray<() => Promise<void>> = [
	async function joinOrganization() {
		const [{ user }, role] = [pick(people), pick(["admin", "member", "viewer"] as const)];
		await addUserToOrganization(await at.ann.ctx(), { organizationId: at.org.id, username: user.username, role });
		inOrg.set(user.id, role);
	},
	async function joinTeam() {
		const [{ user }, role] = [pick(people), pick(["admin", "member", "viewer"] as const)];
		if (!inOrg.has(user.id)) return;
		await addUserToTeam(await at.ann.ctx(), { teamName: at.team.name, username: user.username, role });
		inTeam.set(user.id, role);
	},
	async function joinOtherTeam() {
		const { user } = pick(people);
		if (!inOrg.has(user.id)) return;
		await addUserToTeam(await at.ann.ctx(), { teamName: otherTeam.name, username: user.username, role: "viewer" });
		inOtherTeam.add(user.id);
	},
	async function leaveOrganization() {
		const { user } = pick(people);
		if (!inOrg.has(user.id)) return;
		await leave(user.id);
	},
	async function leaveTeam() {
		const { user } = pick(people);
		if (!inTeam.has(user.id)) return;
		await mutate("removeMember", { entityName: at.team.name, username: user.username });
		inTeam.delete(user.id);
	},
	async function leaveOtherTeam() {
		const { user } = pick(people);
		if (!inOtherTeam.has(user.id)) return;
		await mutate("removeMember", { entityName: otherTeam.name, username: user.username });
		inOtherTeam.delete(user.id);
	},
	async function giveRole() {
		const role = pick(["restricted_viewer", "viewer", "member"] as const);
		const place = pick(living());
		const { user } = pick(people);
		if (!inOrg.has(user.id) || (place.kind === "project" && place.access !== "RESTRICTED")) return;
		await give(place, { userId: user.id }, role);
		place.given.set(user.id, role);
	},
	async function giveTeamRole() {
		const place = pick(living());
		if (place.kind === "project" && place.access !== "RESTRICTED") return;
		const role = pick(["restricted_viewer", "viewer"] as const);
		await give(place, { teamId: otherTeam.id }, role);
		place.teamRole = role;
	},
	async function takeRole() {
		const [place, { user }] = [pick(living()), pick(people)];
		await removeProjectMember(await at.ann.ctx(), { projectId: place.row.id, member: { userId: user.id } });
		place.given.delete(user.id);
	},
	async function changeAccess() {
		const place = pick(living());
		const access =
			place.kind === "registry"
				? pick(["PRIVATE", "RESTRICTED"] as const)
				: pick(["PRIVATE", "USER_READ", "USER_WRITE", "RESTRICTED"] as const);
		await mutate("upsertModel", { id: toNodeId("Project", place.row.id), access });
		place.access = access;
	},
	async function log() {
		const [home, bytes] = [pick(living("project")), `bytes ${versions.length}`];
		const wanted = { by: at.ann, project: home.row, collectionName: `data-${versions.length}`, files: { f: bytes } };
		versions.push({ id: nodeIdOf(await logVersion(wanted)), home, bytes, isDeleted: false });
	},
	link,
	link,
	async function unlink() {
		if (links.length === 0) return;
		const gone = pick(links);
		await mutate("unlinkArtifact", { artifactID: gone.version.id, artifactPortfolioID: gone.id });
		links = links.filter((each) => each !== gone);
	},
	async function move() {
		const movable = links.filter((each) => each.at.kind === "registry");
		if (movable.length === 0) return;
		const [moved, to] = [pick(movable), pick(living("registry"))];
		const where = { destinationEntityName: at.org.name, destinationProjectName: to.row.name };
		await mutate("moveArtifactPortfolio", { artifactPortfolioID: moved.id, ...where });
		moved.at = to;
	},
	async function deleteVersion() {
		const alive = versions.filter((each) => !each.isDeleted && !each.home.isDeleted);
		if (alive.length < 4) return;
		const gone = pick(alive);
		await mutate("deleteArtifact", { artifactID: gone.id, deleteAliases: true });
		gone.isDeleted = true;
		links = links.filter((each) => each.version !== gone);
	},
	async function deletePlace() {
		// Seldom, so that there is a long life before it.
		if (random() > 0.2) return;
		const gone = pick(living());
		if (living(gone.kind).length < 2) return;
		await mutate("deleteModel", { id: toNodeId("Project", gone.row.id) });
		gone.isDeleted = true;
		links = links.filter((each) => each.at !== gone && each.version.home !== gone);
	},
];

async function link(): Promise<void> {
	const alive = versions.filter((each) => !each.isDeleted && !each.home.isDeleted);
	if (alive.length === 0) return;
	const [version, to] = [pick(alive), pick(living())];
	const name = `link-${links.length}-${Math.floor(random() * 1e9)}`;
	const target = { entityName: to.row.entityName, projectName: to.row.name, collectionName: name };
	const made = await linkInto(at.ann, { artifactId: version.id, clientId: null, aliases: [], ...target });
	linksMade++;
	links.push({ version, at: to, id: toNodeId("ArtifactCollection", made?.collectionId ?? ""), name });
}

async function give(place: Place, member: MemberRef, role: GivenRole): Promise<void> {
	await setProjectMember(await at.ann.ctx(), { projectId: place.row.id, member, role });
}

/** Whoever leaves the organisation is out of its teams, and keeps no role that he was given. */
async function leave(userId: string): Promise<void> {
	const gone = people.find(({ user }) => user.id === userId);
	await mutate("removeMember", { entityName: at.org.name, username: gone?.user.username });
	inOrg.delete(userId);
	inTeam.delete(userId);
	inOtherTeam.delete(userId);
	for (const place of places) place.given.delete(userId);
}

/** Asks for one thing in every way, and compares with what the model allows. */
async function checkOne(person: MadeUser): Promise<void> {
	const { id: userId } = person.user;
	const place = pick(places);
	const { data: found } = await app.gql(
		person,
		"query ($entity: String, $project: String) { project(name: $project, entityName: $entity) { name } }",
		{ entity: place.row.entityName, project: place.row.name },
	);
	expect((found?.project ?? null) !== null).toBe(mayOpen(userId, place, "see"));
	if (versions.length === 0) return;
	const version = pick(versions);
	const isGone = version.isDeleted || version.home.isDeleted;
	const { data } = await app.gql(
		person,
		"query ($id: ID!) { artifact(id: $id) { state files { edges { node { name directUrl } } } } }",
		{ id: version.id },
	);
	if (!isGone) expect((data?.artifact ?? null) !== null).toBe(mayVersion(userId, version, "see"));
	const url = data?.artifact?.files?.edges[0]?.node.directUrl ?? "";
	expect(url !== "").toBe(!isGone && mayVersion(userId, version, "read"));
	if (url !== "") expect(await (await app.send(null, url)).text()).toBe(version.bytes);
	const md5 = createHash("md5").update(version.bytes).digest("hex");
	const byAddress = await app.send(person, `/artifactsV2/local/${at.team.name}/${version.id}/${md5}`);
	expect(byAddress.status === 200).toBe(!isGone && mayVersion(userId, version, "read"));
}

test("nobody gets bytes or names that no role of his allows now", async () => {
	for (let step = 0; step < steps; step++) {
		const change = pick(changes);
		await change();
		try {
			for (let n = 0; n < 2; n++) await checkOne(pick(people));
		} catch (error) {
			throw new Error(`after step ${step}, ${change.name}: ${error instanceof Error ? error.message : error}`);
		}
	}
	expect(versions.length).toBeGreaterThan(5);
	expect(linksMade).toBeGreaterThan(30);
	expect(places.filter(({ isDeleted }) => isDeleted).length).toBeGreaterThan(0);
}, 3_600_000);
