import { expect, test } from "vitest";
import { addUserToOrganization, addUserToTeam } from "../org/index.ts";
import { deleteRun, type RunRow } from "../run/index.ts";
import {
	commitVersion,
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
import { makeUser } from "../testing/factories.ts";
import type { ArtifactRow } from "./artifact-rows.ts";
import { useArtifact } from "./use-artifact.ts";

const { stores, at } = await openWorkplace();

const log = (collectionName: string, content: string, run?: RunRow) =>
	logVersion({ ...version(collectionName, content), ...(run === undefined ? {} : { run }) });
const version = (collectionName: string, content: string) => ({
	...{ by: at.ann, project: at.project, collectionName },
	files: { "a.txt": `${content} of ${collectionName}` },
});
const remove = async (run: RunRow, deleteArtifacts = true, by = at.ann) =>
	await deleteRun(await by.ctx(), { runId: run.id, deleteArtifacts });

async function use(run: RunRow, artifact: ArtifactRow): Promise<void> {
	const { entityName, name: projectName } = at.project;
	const place = { entityName, projectName, runName: run.name, artifactId: nodeIdOf(artifact), usedAs: null };
	await useArtifact(await at.ann.ctx(), { ...place, artifactEntityName: null, artifactProjectName: null });
}

test("what a run made goes with it, aliases, links and all; what it used or others made stays", async () => {
	const [run, other] = [await makeRun(at.ann, at.project), await makeRun(at.ann, at.project)];
	const before = await log("mixed", "before", other);
	await use(run, before);
	const made = await log("mixed", "made", run);
	await log("mixed", "both", run);
	await log("mixed", "both", other);
	await log("mixed", "last", run);
	const target = { entityName: at.org.name, projectName: "wandb-registry-dataset", collectionName: "mixed-links" };
	await linkInto(at.ann, linkTo(before, target));
	await linkInto(at.ann, linkTo(made, target, ["prod"]));
	await remove(run);
	expect(await placesIn(stores.services, "mixed")).toEqual(["v0: ", "v2: latest"]);
	expect(await placesIn(stores.services, "mixed-links")).toEqual(["v0: latest"]);
	expect(await eventsOf(stores.services, made.id, "artifact.deleted", "collection.unlinked")).toMatchObject([
		{ type: "artifact.deleted" },
		{ type: "collection.unlinked", versionIndex: 1 },
	]);
	expect((await log("mixed", "made")).versionIndex).toBe(4);
});

test("a version whose other maker is deleted goes as well, a run deleted alone leaves its versions", async () => {
	const [run, other] = [await makeRun(at.ann, at.project), await makeRun(at.ann, at.project)];
	await log("twice", "0", run);
	await log("twice", "0", other);
	await remove(run, false);
	expect(await placesIn(stores.services, "twice")).toEqual(["v0: latest"]);
	await remove(other);
	expect(await placesIn(stores.services, "twice")).toEqual([]);
});

test("a version that is still on its way cannot arrive any more", async () => {
	const run = await makeRun(at.ann, at.project);
	const staged = await stageVersion({ ...version("late", "0"), run });
	await remove(run);
	await expect(commitVersion(at.ann, staged)).rejects.toThrow(/deleted|no longer|not there/);
	expect(await placesIn(stores.services, "late")).toEqual([]);
});

test("it takes the right to write, and a refusal leaves everything", async () => {
	const viewer = await makeUser(stores.services);
	const input = { organizationId: at.org.id, username: viewer.user.username, role: "member" };
	await addUserToOrganization(await at.ann.ctx(), input);
	await addUserToTeam(await at.ann.ctx(), {
		teamName: at.team.name,
		username: viewer.user.username,
		role: "viewer",
	});
	const run = await makeRun(at.ann, at.project);
	await log("kept", "0", run);
	await expect(remove(run, true, viewer)).rejects.toMatchObject({ code: "FORBIDDEN" });
	expect(await placesIn(stores.services, "kept")).toEqual(["v0: latest"]);
});
