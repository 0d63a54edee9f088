import { afterAll, beforeAll, expect, test } from "vitest";
import type { Ctx } from "../context.ts";
import { openTestStores, type TestStores } from "../testing/artifact-factories.ts";
import { type Crowd, makeCrowd, scannedBy } from "../testing/query-plans.ts";
import { parseSelector } from "./artifact-name-rules.ts";
import {
	findAliasesOfArtifacts,
	findArtifactsByIds,
	findCommittedByDigest,
	findMembersOf,
	findNewestMembers,
	findProjectsOfArtifacts,
	pageMembers,
} from "./artifact-reader.ts";
import { findDeletedVersion, findPlacesGoing } from "./artifact-removal-store.ts";
import { findPlace } from "./create-place-reader.ts";
import { findHoldersInEntity } from "./download-reader.ts";
import { findEntriesByDigest, findSiblingsHolding, pageEntries } from "./manifest-store.ts";
import { publishVersion } from "./publish-store.ts";
import { pageMembersBy } from "./version-list-reader.ts";
import { readMember, readVersion } from "./version-reader.ts";
import { findVersionToCommit, findVersionToUpload } from "./version-to-write-reader.ts";

let stores: TestStores;
let crowd: Crowd;

beforeAll(async () => {
	stores = await openTestStores();
	crowd = await makeCrowd(stores.services);
});
afterAll(async () => {
	await stores?.close();
});

const content = { digest: "0".repeat(32), digestAlgorithm: "MANIFEST_MD5" } as const;
const placeOf = ({ project, runId }: Crowd) => ({
	entityName: project.entityName,
	projectName: project.name,
	runName: runId,
	collectionName: "c7",
	...content,
});
const publicationOf = ({ artifactId: id, collectionId, project, runId }: Crowd) => ({
	artifact: { id, collectionId, projectId: project.id },
	digest: "0".repeat(32),
	fileCount: 0,
	manifestSha256: "0".repeat(64),
	baseArtifactId: null,
	entries: [],
	sizeBefore: 0,
	aliases: ["latest", "best"],
	tags: ["big"],
	runId,
	withPendingLinks: false,
});
const first = { limit: 51, after: null };
const bySize = { by: "size", direction: "desc" } as const;
const reads: ReadonlyArray<[string, (ctx: Ctx) => Promise<unknown>]> = [
	["a version by its id", ({ db }) => findArtifactsByIds(db, [crowd.artifactId])],
	["a member by number", ({ db }) => readMember(db, crowd, parseSelector("v500"))],
	["a member by alias", ({ db }) => readMember(db, crowd, parseSelector("alias-500"))],
	["a member by digest", ({ db }) => readMember(db, crowd, parseSelector("0123456789ab"))],
	[
		"a member by name",
		({ db }) => readMember(db, { projectId: crowd.project.id, collectionName: "c7" }, parseSelector("alias-500")),
	],
	["a version with its places", ({ db }) => readVersion(db, crowd.artifactId)],
	["a version by its content", ({ db }) => findCommittedByDigest(db, crowd.collectionId, content)],
	["the places of a version", ({ db }) => findMembersOf(db, [crowd.artifactId])],
	["the projects of a version", ({ db }) => findProjectsOfArtifacts(db, [crowd.artifactId])],
	["the members of a collection", ({ db }) => pageMembers(db, crowd.collectionId, first)],
	["the next page of members", ({ db }) => pageMembers(db, crowd.collectionId, { limit: 51, after: [500] })],
	["the newest member", ({ db }) => findNewestMembers(db, [crowd.collectionId])],
	["the aliases of versions", ({ db }) => findAliasesOfArtifacts(db, [crowd.artifactId])],
	["the files of a version", ({ db }) => pageEntries(db, crowd.artifactId, { ...first, names: null })],
	[
		"the next page of files",
		({ db }) => pageEntries(db, crowd.artifactId, { limit: 51, after: ["file-2"], names: null }),
	],
	["files by name", ({ db }) => pageEntries(db, crowd.artifactId, { ...first, names: ["file-1", "file-2"] })],
	["files by digest", ({ db }) => findEntriesByDigest(db, crowd.artifactId, ["0", "1"])],
	["a version to commit", ({ db }) => findVersionToCommit(db, crowd.artifactId)],
	["a version to upload to", ({ db }) => findVersionToUpload(db, crowd.artifactId, ["0".repeat(32)])],
	["the place of a new version", (ctx) => findPlace(ctx, placeOf(crowd))],
	["the publication of a version", (ctx) => publishVersion(ctx, publicationOf(crowd))],
	["whether a number was deleted", ({ db }) => findDeletedVersion(db, crowd.collectionId, 500)],
	["the places of a version that goes", ({ db }) => findPlacesGoing(db, { artifactId: crowd.artifactId })],
	["the newest versions by size", ({ db }) => pageMembersBy(db, crowd.collectionId, { ...first, order: bySize })],
	[
		"an entity's versions that hold a file",
		(ctx) => findHoldersInEntity(ctx, crowd.project.entityName, "0".repeat(32)),
	],
	["versions that hold a file", ({ db }) => findSiblingsHolding(db, [crowd.artifactId], "0")],
];

test.each(reads)("%s: no table is read from end to end", async (_what, read) => {
	const large = ["artifact", "artifact_member", "artifact_alias", "manifest_entry", "run_artifact"];
	expect((await scannedBy(crowd.ctx, read)).filter((table) => large.includes(table))).toEqual([]);
});

test("the test would see a table read from end to end", async () => {
	const read = (ctx: Ctx) => ctx.db.selectFrom("manifest_entry").select("path").where("size", "=", 7).execute();
	expect(await scannedBy(crowd.ctx, read)).toEqual(["manifest_entry"]);
});
