import { sql } from "kysely";
import { beforeAll, expect, test } from "vitest";
import { fileEntry, logVersion, md5Base64, nodeIdOf } from "../testing/artifact-factories.ts";
import { makeProject, makeUser } from "../testing/factories.ts";
import { rowsRead } from "../testing/query-plans.ts";
import { startWorkplace } from "../testing/test-app.ts";
import { pageFolderEntries, pageFolders } from "./entry-reader.ts";

// The app walks through the files of a version folder by folder, and sets two versions side by side.

const { app, at } = await startWorkplace();
const files = {
	"README.md": "hello",
	"data/a.csv": "1",
	"data/b.csv": "22",
	"data/deep/er/x%y_z.txt": "333",
	"data-2/c.csv": "4444",
	"日本/絵.png": "png",
};
let id: string;
let nextId: string;

beforeAll(async () => {
	const first = await logVersion({ by: at.ann, project: at.project, files });
	const { "data/a.csv": _gone, ...kept } = files;
	const changed = { ...kept, "data/b.csv": "23", "data/new.csv": "new" };
	const next = await logVersion({ by: at.ann, project: at.project, files: changed });
	id = nodeIdOf(first);
	nextId = nodeIdOf(next);
});

const entry = "kind name path sizeBytes fileCount ref digest directUrl";
const folderQuery = `query($id: ID!, $path: String, $first: Int, $after: String) { artifact(id: $id) {
	folder(path: $path, first: $first, after: $after) { edges { node { ${entry} } } pageInfo { hasNextPage endCursor } } } }`;

type Listed = { kind: string; path: string; sizeBytes: number; fileCount: number };

async function listFolder(path: string | null, first = 100, version = id): Promise<Listed[]> {
	const found: Listed[] = [];
	for (let after: string | null = null; ; ) {
		const { data, errors } = await app.gql(at.ann, folderQuery, { id: version, path, first, after });
		expect(errors).toEqual([]);
		const { edges, pageInfo } = data.artifact.folder;
		found.push(...edges.map(({ node }: { node: Listed }) => node));
		if (!pageInfo.hasNextPage) return found;
		after = pageInfo.endCursor;
	}
}

const brief = ({ kind, path, sizeBytes, fileCount }: Listed) => `${kind} ${path} ${sizeBytes} ${fileCount}`;

test.each([1, 2, 100])("a folder in pages of %i: folders first, with what is below them", async (first) => {
	const top = ["FOLDER data 6 3", "FOLDER data-2 4 1", "FOLDER 日本 3 1", "FILE README.md 5 1"];
	expect((await listFolder(null, first)).map(brief)).toEqual(top);
	const data = ["FOLDER data/deep 3 1", "FILE data/a.csv 1 1", "FILE data/b.csv 2 1"];
	expect((await listFolder("data/", first)).map(brief)).toEqual(data);
	expect((await listFolder("日本", first)).map(brief)).toEqual(["FILE 日本/絵.png 3 1"]);
});

test.each(["dat", "no/such", "README.md", "%", "\u0000"])("%j is no folder: it is empty", async (path) => {
	expect(await listFolder(path)).toEqual([]);
});

test("many files and folders come whole, whatever stands beside them", async () => {
	const many = Object.fromEntries(
		Array.from({ length: 300 }, (_, n) => [
			n % 3 === 0 ? `f${n}/x` : `flat-${n}`,
			{ digest: `${n}`, size: n, ref: `s3://bucket/${n}` },
		]),
	);
	const version = await logVersion({ by: at.ann, project: at.project, collectionName: "many", entries: many });
	const listed = await listFolder(null, 37, nodeIdOf(version));
	expect(listed.filter(({ kind }) => kind === "FOLDER")).toHaveLength(100);
	expect(new Set(listed.map(({ path }) => path)).size).toBe(300);
});

test("an entry by its path has an address to read it from; a reference has its own", async () => {
	const ref = "s3://bucket/key";
	const entries = { "far.bin": { digest: "etag", size: 7, ref }, "near.txt": fileEntry("hello") };
	const version = await logVersion({ by: at.ann, project: at.project, collectionName: "refs", entries });
	const query = `query($id: ID!, $path: String!) { artifact(id: $id) { entry(path: $path) { ${entry} } } }`;
	const read = async (path: string) =>
		(await app.gql(at.ann, query, { id: nodeIdOf(version), path })).data.artifact.entry;
	expect(await read("far.bin")).toMatchObject({ kind: "REFERENCE", ref, directUrl: null, sizeBytes: 7 });
	const near = await read("near.txt");
	expect(near).toMatchObject({ kind: "FILE", name: "near.txt", digest: md5Base64("hello"), ref: null });
	expect(await (await app.send(null, near.directUrl)).text()).toBe("hello");
	expect(await read("missing")).toBeNull();
	expect(await read("\u0000")).toBeNull();
});

test.each([
	["CSV", ["data-2/c.csv", "data/a.csv", "data/b.csv"]],
	["*.csv", ["data-2/c.csv", "data/a.csv", "data/b.csv"]],
	["data/*", ["data/a.csv", "data/b.csv", "data/deep/er/x%y_z.txt"]],
	["?.csv", ["data-2/c.csv", "data/a.csv", "data/b.csv"]],
	["%y_", ["data/deep/er/x%y_z.txt"]],
	["絵", ["日本/絵.png"]],
	["nothing", []],
])("%j finds %j", async (pattern, paths) => {
	const query = `query($id: ID!, $pattern: String!) { artifact(id: $id) {
		searchEntries(pattern: $pattern) { edges { node { path } } } } }`;
	const { data } = await app.gql(at.ann, query, { id, pattern });
	expect(data.artifact.searchEntries.edges.map(({ node }: { node: Listed }) => node.path)).toEqual(paths);
});

const changesQuery = `query($id: ID!, $before: ID!, $kinds: [ArtifactEntryChangeKind!], $first: Int, $after: String) {
	artifact(id: $id) { changesSince(artifactID: $before, kinds: $kinds, first: $first, after: $after) {
		edges { node { kind path sizeBefore sizeAfter } } totals { kind count sizeBefore sizeAfter }
		pageInfo { hasNextPage endCursor } } } }`;

test("what two versions differ in: added, removed, changed, and how much in all", async () => {
	const { data } = await app.gql(at.ann, changesQuery, { id: nextId, before: id });
	const { edges, totals } = data.artifact.changesSince;
	expect(edges.map(({ node }: { node: object }) => node)).toEqual([
		{ kind: "REMOVED", path: "data/a.csv", sizeBefore: 1, sizeAfter: null },
		{ kind: "CHANGED", path: "data/b.csv", sizeBefore: 2, sizeAfter: 2 },
		{ kind: "ADDED", path: "data/new.csv", sizeBefore: null, sizeAfter: 3 },
	]);
	expect(totals).toEqual([
		{ kind: "ADDED", count: 1, sizeBefore: 0, sizeAfter: 3 },
		{ kind: "CHANGED", count: 1, sizeBefore: 2, sizeAfter: 2 },
		{ kind: "REMOVED", count: 1, sizeBefore: 1, sizeAfter: 0 },
	]);
	const second = await app.gql(at.ann, changesQuery, {
		id: nextId,
		before: id,
		kinds: ["ADDED", "REMOVED"],
		first: 1,
		after: Buffer.from('["data/a.csv"]').toString("base64url"),
	});
	const page = second.data.artifact.changesSince;
	expect(page.edges[0].node.path).toBe("data/new.csv");
	expect(page.pageInfo.hasNextPage).toBe(false);
	expect((await app.gql(at.ann, changesQuery, { id, before: id })).data.artifact.changesSince.edges).toEqual([]);
});

test("a version that one may not see cannot be compared with, nor told from one that is not there", async () => {
	const eve = await makeUser(app.services);
	const { data } = await app.gql(eve, `query($id: ID!) { artifact(id: $id) { folder { edges { node { path } } } } }`, {
		id,
	});
	expect(data.artifact).toBeNull();
	const project = await makeProject(app.services, { by: eve, entityName: eve.user.username });
	const own = await logVersion({ by: eve, project });
	const ask = async (before: string) =>
		(await app.gql(eve, changesQuery, { id: nodeIdOf(own), before })).errors.map(({ message }) => message);
	const missing = nodeIdOf({ id: app.services.ids.uuid() });
	expect(await ask(id)).toEqual(await ask(missing));
	expect(await ask(id)).toEqual([expect.stringContaining("no artifact version has this id")]);
});

test("a folder of a large version reads its own entries and no more", async () => {
	const { db } = app.services;
	const version = await logVersion({ by: at.ann, project: at.project, collectionName: "large" });
	await sql`insert into manifest_entry (artifact_id, path, digest, size, sha256)
		select artifact_id, 'd' || lpad((n / 100)::text, 3, '0') || '/f' || lpad((n % 100)::text, 2, '0'), digest, size, sha256
		from manifest_entry, generate_series(0, 19999) n where artifact_id = ${version.id}`.execute(db);
	await sql`analyze manifest_entry`.execute(db);
	const place = { artifactId: version.id, prefix: "d050/", limit: 51, after: null };
	const read = await rowsRead(db, (explained) => pageFolderEntries(explained, place));
	expect(read.get("manifest_entry")).toBeLessThanOrEqual(101);
	const folders = await rowsRead(db, (explained) => pageFolders(explained, place));
	expect(folders.get("manifest_entry")).toBeLessThanOrEqual(101);
});
