import { describe, expect, test } from "vitest";
import { type Account, createAccount, createProject } from "../account.ts";
import { graphql } from "../graphql.ts";
import { useServer } from "../server.ts";
import { runStep } from "./run-step.ts";

// S3-01 to S3-06: what a project's access opens to somebody of another organisation.

const server = useServer();
const versions = ["0.31.0", "0.18.7"];

/** A project with a run, a file and a version, and what somebody else meets at its doors. */
async function doorsOf(version: string, access: string): Promise<{ owner: Account; doors: Doors }> {
	const [owner, stranger] = [await createAccount(server), await createAccount(server)];
	await createProject(owner, owner.team, "zoo", access);
	await runStep(owner, version, "project_shelf.py");
	const env = { TEAM: owner.team, PROJECTS: "zoo,never-was" };
	// What the script prints is all that is known of it.
	return { owner, doors: (await runStep(stranger, version, "project_doors.py", { env })) as Doors };
}

type Doors = Readonly<Record<"zoo" | "never-was", Readonly<Record<string, unknown>>>>;

const read = {
	...{ listed: true, runs: 1, run: "maker", "file of the run": "a note", types: ["dataset"], versions: ["v0"] },
	...{ artifact: "v0", download: "the owner's bytes", use: "v0" },
};

async function collectionsOf(owner: Account): Promise<unknown> {
	const query = `query ($team: String) { project(name: "zoo", entityName: $team) { artifactCollections { edges { node {
		name aliases { edges { node { alias } } } artifacts { edges { version } } } } } } }`;
	return await graphql(owner, query, { team: owner.team });
}

describe.each(versions)("wandb %s: somebody of another organisation", (version) => {
	test.each(["PRIVATE", "RESTRICTED"])("finds of a project that is %s no more than of none", async (access) => {
		const { doors } = await doorsOf(version, access);
		const { log, delete: _, ...seen } = doors.zoo;
		expect(JSON.stringify(seen).replaceAll("zoo", "never-was")).toBe(JSON.stringify(doors["never-was"]));
		expect(seen).toMatchObject({ listed: false, download: expect.stringMatching(/^refused: /) });
		expect(log).toMatch(/^refused: .*entity .* was not found, or you may not write to it/);
	});

	test("reads a public project and changes nothing in it", async () => {
		const { owner, doors } = await doorsOf(version, "USER_READ");
		// wire: of a 403 to its own requests, the old client shows a text of its own.
		const forbidden = expect.stringMatching(
			version === "0.18.7"
				? /^refused: .*do not have permission/
				: /^refused: .*needs the role member: an admin of the/,
		);
		expect(doors.zoo).toEqual({
			...read,
			alias: forbidden,
			log: expect.stringMatching(/^refused: .*writing to .* needs the role member: an admin of the team/),
			delete: expect.stringMatching(/^refused: .*not found/),
		});
		const animals = {
			name: "animals",
			aliases: { edges: [{ node: { alias: "latest" } }] },
			artifacts: { edges: [{ version: "v0" }] },
		};
		expect(await collectionsOf(owner)).toEqual({
			project: { artifactCollections: { edges: [{ node: animals }] } },
		});
	});

	test("reads and writes an open project", async () => {
		const { doors } = await doorsOf(version, "USER_WRITE");
		expect(doors.zoo).toEqual({ ...read, alias: ["latest", "mine"], log: "v0", delete: "deleted" });
	});
});
