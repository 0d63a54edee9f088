import { describe, expect, test } from "vitest";
import { commitVersion, fileEntry, logVersion, nodeIdOf, stageVersion } from "../testing/artifact-factories.ts";
import { startWorkplace } from "../testing/test-app.ts";

// What no honest client sends is refused as the caller's mistake: a 5xx would be retried for minutes.

const { app, at } = await startWorkplace();

const create = `mutation ($input: CreateArtifactInput!) { createArtifact(input: $input) { artifact { id } } }`;

describe("createArtifact refuses", () => {
	test.each([
		["one client id for two things", { clientID: "same", sequenceClientID: "same" }],
		["a step that no number holds exactly", { historyStep: 2 ** 60 }],
		["a thousand and one aliases", { aliases: Array(1001).fill({ artifactCollectionName: "x", alias: "a" }) }],
		["a thousand and one tags", { tags: Array(1001).fill({ tagName: "a" }) }],
	])("%s", async (_what, more) => {
		const { entityName, name: projectName } = at.project;
		const input = {
			entityName,
			projectName,
			artifactTypeName: "dataset",
			artifactCollectionName: "odd",
			digest: "0".repeat(32),
		};
		expect(await app.gql(at.ann, create, { input: { ...input, ...more } })).toMatchObject({
			status: 200,
			errors: [{ extensions: { code: "INVALID_INPUT" } }],
		});
	});
});

test("a manifest whose sizes no number holds is refused", async () => {
	const size = Number.MAX_SAFE_INTEGER;
	const entries = { a: { digest: "x", size, ref: "s3://b/a" }, b: { digest: "y", size, ref: "s3://b/b" } };
	const version = await stageVersion({ by: at.ann, project: at.project, entries });
	await expect(commitVersion(at.ann, version)).rejects.toMatchObject({ code: "UNPROCESSABLE" });
});

test("a manifest may name more versions of birth than a query takes parameters", async () => {
	const bytes = Buffer.alloc(16).toString("base64");
	const entries = Object.fromEntries(
		Array.from({ length: 66_000 }, (_, n) => {
			const id = `00000000-0000-0000-0000-${String(n).padStart(12, "0")}`;
			return [`file-${n}`, { digest: bytes, size: 1, birthArtifactID: nodeIdOf({ id }) }];
		}),
	);
	const version = await stageVersion({ by: at.ann, project: at.project, entries });
	await expect(commitVersion(at.ann, version)).rejects.toMatchObject({ code: "MANIFEST_INCOMPLETE" });
});

test("lists take no names, and very many", async () => {
	const version = await logVersion({ by: at.ann, project: at.project, files: { "a.txt": "some" } });
	const files = `query ($id: ID!, $names: [String!]) { artifact(id: $id) { files(names: $names) { edges { node { name } } } } }`;
	const ask = async (names: string[]) => await app.gql(at.ann, files, { id: nodeIdOf(version), names });
	expect(await ask([])).toMatchObject({ errors: [], data: { artifact: { files: { edges: [] } } } });
	expect(await ask([...Array.from({ length: 70_000 }, (_, n) => `f${n}`), "a.txt"])).toMatchObject({
		errors: [],
		data: { artifact: { files: { edges: [{ node: { name: "a.txt" } }] } } },
	});
	const { entityName, name } = at.project;
	const none = `{ project(entityName: "${entityName}", name: "${name}") { artifactCollections(collectionTypes: []) { totalCount } } }`;
	expect(await app.gql(at.ann, none)).toMatchObject({
		errors: [],
		data: { project: { artifactCollections: { totalCount: 0 } } },
	});
});

test("a list of collections is refused, not given whole, when it is to be narrowed or sorted by what there is not", async () => {
	const { entityName, name } = at.project;
	const list = `query ($filters: JSONString, $order: String) {
		project(entityName: "${entityName}", name: "${name}") { artifactCollections(filters: $filters, order: $order) { totalCount } }
	}`;
	expect((await app.gql(at.ann, list, { filters: null, order: null })).errors).toEqual([]);
	for (const wanted of [{ filters: '{"colour": "red"}' }, { order: "-colour" }, { filters: "{" }, { filters: "[1]" }]) {
		expect(await app.gql(at.ann, list, wanted)).toMatchObject({
			status: 200,
			errors: [{ extensions: { code: "INVALID_INPUT" } }],
		});
	}
});

test("a walk in circles is refused before it has taken long", async () => {
	let version = await logVersion({ by: at.ann, project: at.project, collectionName: "circle", files: { a: "0" } });
	for (let n = 1; n < 15; n++) {
		version = await logVersion({ by: at.ann, project: at.project, collectionName: "circle", files: { a: String(n) } });
	}
	const round = (inner: string) => `artifactSequence { artifacts { edges { node { ${inner} } } } }`;
	const walk = (rounds: number): string => (rounds === 0 ? "id" : round(walk(rounds - 1)));
	const ask = async (rounds: number) =>
		await app.gql(at.ann, `query ($id: ID!) { artifact(id: $id) { ${walk(rounds)} } }`, { id: nodeIdOf(version) });
	expect((await ask(2)).errors).toEqual([]);
	const { status, errors } = await ask(6);
	expect(status).toBe(200);
	expect(errors.length).toBeLessThanOrEqual(100);
	expect(errors[0]).toMatchObject({
		message: expect.stringContaining("too much at once"),
		extensions: { code: "INVALID_INPUT" },
	});
});

test("more signed addresses than a client ever asks for at once are refused, in one sentence", async () => {
	await logVersion({ by: at.ann, project: at.project, collectionName: "one", files: { a: "the same" } });
	const entries = Object.fromEntries(Array.from({ length: 1_300 }, (_, n) => [`file-${n}`, fileEntry("the same")]));
	const version = await logVersion({ by: at.ann, project: at.project, collectionName: "many", entries });
	const ask = async (times: number) => {
		const pages = Array.from(
			{ length: times },
			(_, n) => `a${n}: artifact(id: $id) { files(first: 5000) { edges { node { directUrl } } } }`,
		);
		return await app.gql(at.ann, `query ($id: ID!) { ${pages.join(" ")} }`, { id: nodeIdOf(version) });
	};
	expect((await ask(4)).errors).toEqual([]);
	const { status, errors } = await ask(20);
	expect(status).toBe(200);
	expect(errors[0]).toMatchObject({
		message: expect.stringContaining("signed addresses"),
		extensions: { code: "INVALID_INPUT" },
	});
});

test("of thousands of made-up versions to upload to the first ends the request", async () => {
	const files = `mutation ($files: [CreateArtifactFileSpecInput!]!) { createArtifactFiles(input: { artifactFiles: $files }) {
		files { edges { node { name } } } } }`;
	const made = Array.from({ length: 1000 }, () => ({
		artifactID: nodeIdOf({ id: app.services.ids.uuid() }),
		name: "a",
		md5: Buffer.alloc(16).toString("base64"),
	}));
	const one = await app.queriesOf(async () => await app.gql(at.ann, files, { files: made.slice(0, 1) }));
	expect(await app.queriesOf(async () => await app.gql(at.ann, files, { files: made }))).toEqual(one);
});
