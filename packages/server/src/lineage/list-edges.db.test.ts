import { beforeAll, describe, expect, test } from "vitest";
import { useArtifact } from "../artifact/index.ts";
import { addUserToOrganization } from "../org/index.ts";
import type { ProjectRow } from "../project/index.ts";
import type { RunRow } from "../run/index.ts";
import {
	linkInto,
	linkTo,
	logVersion,
	makeRun,
	nodeIdOf,
	openWorkplace,
	stageVersion,
} from "../testing/artifact-factories.ts";
import { type MadeUser, makeProject, makeUser } from "../testing/factories.ts";
import type { EdgeDirection } from "./lineage-reader.ts";
import { listArtifactsOfRun, listRunsOfArtifact } from "./list-edges.ts";

const { stores, at } = await openWorkplace();
/** Of the organisation, but in no team. */
let reader: MadeUser;

beforeAll(async () => {
	reader = await makeUser(stores.services);
	const { username } = reader.user;
	await addUserToOrganization(await at.ann.ctx(), { organizationId: at.org.id, username, role: "member" });
});

const log = (content: string, more: object = {}) =>
	logVersion({ by: at.ann, project: at.project, files: { "a.txt": content }, ...more });

async function use(run: RunRow, project: ProjectRow, artifact: { id: string }): Promise<void> {
	await useArtifact(await at.ann.ctx(), {
		entityName: project.entityName,
		projectName: project.name,
		runName: run.name,
		artifactId: nodeIdOf(artifact),
		usedAs: null,
		artifactEntityName: null,
		artifactProjectName: null,
	});
}

const all = (direction: EdgeDirection) => ({ direction, limit: 100, after: null });

async function runsOf(by: MadeUser, artifact: { id: string }, direction: EdgeDirection): Promise<string[]> {
	const list = await listRunsOfArtifact(await by.ctx(), artifact.id, all(direction));
	expect(list.total).toBe(list.rows.length);
	return list.rows.map(({ id }) => id);
}

async function artifactsOf(
	by: MadeUser,
	run: RunRow,
	project: ProjectRow,
	direction: EdgeDirection,
): Promise<string[]> {
	const list = await listArtifactsOfRun(await by.ctx(), { id: run.id, project }, all(direction));
	expect(list.total).toBe(list.rows.length);
	return list.rows.map(({ id }) => id);
}

test("a pipeline of three runs is an edge each, both ways", async () => {
	const [split, train, evaluate] = [
		await makeRun(at.ann, at.project),
		await makeRun(at.ann, at.project),
		await makeRun(at.ann, at.project),
	];
	const dataset = await log("zoo", { collectionName: "zoo", run: split });
	await use(train, at.project, dataset);
	const model = await log("model", { collectionName: "model", typeName: "model", run: train });
	await use(evaluate, at.project, model);
	expect(await runsOf(at.ann, dataset, "PRODUCED")).toEqual([split.id]);
	expect(await runsOf(at.ann, dataset, "USED")).toEqual([train.id]);
	expect(await artifactsOf(at.ann, train, at.project, "USED")).toEqual([dataset.id]);
	expect(await artifactsOf(at.ann, train, at.project, "PRODUCED")).toEqual([model.id]);
	expect(await runsOf(at.ann, model, "USED")).toEqual([evaluate.id]);
	expect(await artifactsOf(at.ann, evaluate, at.project, "PRODUCED")).toEqual([]);
});

test("runs that logged the same content are all its producers, in the order in which they did", async () => {
	const runs = [
		await makeRun(at.ann, at.project),
		await makeRun(at.ann, at.project),
		await makeRun(at.ann, at.project),
	];
	const versions = [];
	for (const run of runs) versions.push(await log("three times", { collectionName: "three", run }));
	expect(new Set(versions.map(({ id }) => id)).size).toBe(1);
	expect(await runsOf(at.ann, versions[0] ?? { id: "" }, "PRODUCED")).toEqual(runs.map(({ id }) => id));
});

test("what is not committed is no output yet", async () => {
	const run = await makeRun(at.ann, at.project);
	await stageVersion({ by: at.ann, project: at.project, collectionName: "unfinished", files: { "u.txt": "u" }, run });
	expect(await artifactsOf(at.ann, run, at.project, "PRODUCED")).toEqual([]);
});

test("pages hang together and none is missed", async () => {
	const run = await makeRun(at.ann, at.project);
	const logged: string[] = [];
	for (let n = 0; n < 5; n++) logged.push((await log(`page ${n}`, { collectionName: "paged", run })).id);
	const seen: string[] = [];
	let after: string | null = null;
	do {
		const page = await listArtifactsOfRun(
			await at.ann.ctx(),
			{ id: run.id, project: at.project },
			{ direction: "PRODUCED", limit: 2, after },
		);
		expect(page.total).toBe(5);
		seen.push(...page.rows.map(({ id }) => id));
		after = page.hasNextPage ? page.endCursor : null;
	} while (after !== null);
	expect(seen).toEqual(logged);
	const bad = { direction: "USED", limit: 1, after: "nonsense" } as const;
	await expect(listRunsOfArtifact(await at.ann.ctx(), logged[0] ?? "", bad)).rejects.toMatchObject({
		code: "INVALID_INPUT",
	});
});

describe("a reader of the registry who is not in the team", () => {
	test("sees of a linked version's lineage what is elsewhere open to him, and nothing of the private project", async () => {
		const open = await makeProject(stores.services, { by: at.ann, entityName: at.team.name, access: "USER_READ" });
		const producer = await makeRun(at.ann, at.project);
		const version = await log("shared", { collectionName: "shared", run: producer });
		const privateInput = await log("private input", { collectionName: "private-input" });
		const target = { entityName: at.org.name, projectName: "wandb-registry-dataset", collectionName: "shared" };
		await linkInto(at.ann, linkTo(version, target));
		const consumer = await makeRun(at.ann, open);
		await use(consumer, open, version);
		await use(consumer, open, privateInput);
		await use(await makeRun(at.ann, at.project), at.project, version);
		expect(await runsOf(reader, version, "PRODUCED")).toEqual([]);
		expect(await runsOf(reader, version, "USED")).toEqual([consumer.id]);
		expect(await artifactsOf(reader, consumer, open, "USED")).toEqual([version.id]);
		expect(await artifactsOf(reader, producer, at.project, "PRODUCED")).toEqual([]);
		expect(await runsOf(at.ann, version, "USED")).toHaveLength(2);
		expect(await artifactsOf(at.ann, consumer, open, "USED")).toEqual([version.id, privateInput.id]);
	});
});
