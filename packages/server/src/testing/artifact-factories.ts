import { createHash } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { sql } from "kysely";
import { afterAll } from "vitest";
import { system } from "../access/actor.ts";
import { guards } from "../app.ts";
import {
	type ArtifactRow,
	announcedManifestNode,
	type CreateArtifactInput,
	commitArtifact,
	createArtifact,
	createFiles,
	createManifest,
	type MembershipRow,
	manifestBlobReceived,
} from "../artifact/index.ts";
import { receiveBlob } from "../blob/index.ts";
import { openFsStore } from "../blob-store/fs-store.ts";
import { createPackIndex } from "../blob-store/pack-index-store.ts";
import type { Ctx, Services } from "../context.ts";
import type { DomainEvent, DomainEventType } from "../events.ts";
import { toNodeId } from "../graphql/node-id.ts";
import type { ProjectRow } from "../project/index.ts";
import { type LinkVersionInput, linkVersion } from "../registry/index.ts";
import { type RunRow, runBlobReceived, upsertRun } from "../run/index.ts";
import { type MadeUser, makeOrg, makeProject, makeTeam, makeUser } from "./factories.ts";
import { testServices } from "./test-ctx.ts";
import { createTestDatabase } from "./test-db.ts";

/** A database and a blob store of their own, with the guards of the real app. */
export type TestStores = {
	readonly services: Services;
	/** Where the bytes are. */
	readonly blobFolder: string;
	close(): Promise<void>;
};

export async function openTestStores(overrides: Partial<Services> = {}): Promise<TestStores> {
	const database = await createTestDatabase();
	const root = await mkdtemp(join(tmpdir(), "keifu-artifacts-"));
	const services = testServices(database.db, {
		blobs: await openFsStore({ root, minFreeBytes: 0, packIndex: createPackIndex(database.db) }),
		guards,
		...overrides,
	});
	return {
		services,
		blobFolder: root,
		close: async () => {
			await services.blobs.close();
			await database.drop();
			await rm(root, { recursive: true, force: true });
		},
	};
}

/** An organisation with a team that owns a private project; Ann logs to it. */
export async function makeWorkplace(services: Services) {
	const ann = await makeUser(services);
	const org = await makeOrg(services, { admin: ann });
	const team = await makeTeam(services, { org, admin: ann });
	const project = await makeProject(services, { by: ann, entityName: team.name });
	return { ann, org, team, project };
}

export type Workplace = Awaited<ReturnType<typeof makeWorkplace>>;

/** Stores with a workplace in them, for all tests of the file that asks while it is read; closed after the last. */
export async function openWorkplace(overrides?: Partial<Services>) {
	const stores = await openTestStores(overrides);
	afterAll(async () => await stores.close());
	return { stores, at: await makeWorkplace(stores.services) };
}

export function md5Base64(content: string | Uint8Array): string {
	return createHash("md5").update(content).digest("base64");
}

/** One entry of a manifest as the client writes it. */
export type WireEntry = { digest: string; size?: number; ref?: string; birthArtifactID?: string; extra?: object };

export const fileEntry = (content: string): WireEntry => ({
	digest: md5Base64(content),
	size: Buffer.byteLength(content),
});

/** Files by path, as manifest entries. */
export function fileEntries(files: Readonly<Record<string, string>>): Record<string, WireEntry> {
	return Object.fromEntries(Object.entries(files).map(([path, content]) => [path, fileEntry(content)]));
}

/** The manifest file of these entries, as the client would upload it. */
export function manifestText(entries: Readonly<Record<string, WireEntry>>): string {
	const policy = { version: 1, storagePolicy: "wandb-storage-policy-v1", storagePolicyConfig: { storageLayout: "V2" } };
	return JSON.stringify({ ...policy, contents: entries });
}

/** The digest that the Python client gives to a manifest of these entries (plain characters only in the paths). */
export function wireDigest(entries: Readonly<Record<string, WireEntry>>): string {
	const lines = Object.keys(entries)
		.sort()
		.map((path) => `${path}:${entries[path]?.digest}\n`);
	return createHash("md5")
		.update(["wandb-artifact-manifest-v1\n", ...lines].join(""))
		.digest("hex");
}

/** A run in the project, made by `by`. */
export async function makeRun(by: MadeUser, project: ProjectRow, name?: string): Promise<RunRow> {
	const { entityName, name: projectName } = project;
	return (await upsertRun(await by.ctx(), { entityName, projectName, ...(name === undefined ? {} : { name }) })).run;
}

export type VersionWanted = {
	readonly by: MadeUser;
	readonly project: ProjectRow;
	readonly files?: Readonly<Record<string, string>>;
	/** Instead of files: entries whose bytes are there already, or references. */
	readonly entries?: Readonly<Record<string, WireEntry>>;
	readonly run?: RunRow;
} & Partial<Omit<CreateArtifactInput, "entityName" | "projectName" | "runName">>;

const entriesOf = (wanted: VersionWanted) => wanted.entries ?? fileEntries(wanted.files ?? { "a.txt": "a" });

/** Asks for a version, as CreateArtifact does. */
export async function beginVersion(wanted: VersionWanted): Promise<ArtifactRow> {
	const { by, project, run, files: _files, entries: _entries, ...input } = wanted;
	const { artifact } = await createArtifact(await by.ctx(), {
		entityName: project.entityName,
		projectName: project.name,
		runName: run?.name ?? null,
		typeName: "dataset",
		collectionName: "data",
		digest: wireDigest(entriesOf(wanted)),
		digestAlgorithm: "MANIFEST_MD5",
		description: null,
		metadata: null,
		aliases: [],
		tags: [],
		ttlDurationSeconds: null,
		historyStep: null,
		distributedId: null,
		clientId: null,
		sequenceClientId: null,
		...input,
	});
	return artifact;
}

/** PUTs bytes to a signed address. */
export async function putBytes(ctx: Ctx, uploadUrl: string, content: string): Promise<void> {
	await receiveBlob(
		{ ...ctx, actor: system },
		{
			ticket: uploadUrl.split("/").at(-1) ?? "",
			stream: Readable.from([Buffer.from(content)]),
			contentLength: Buffer.byteLength(content),
			completions: { manifest: manifestBlobReceived, "run-file": runBlobReceived },
		},
	);
}

/** Uploads the files that the server asks for; answers their paths. */
export async function uploadFiles(
	ctx: Ctx,
	artifact: ArtifactRow,
	files: Readonly<Record<string, string>>,
): Promise<string[]> {
	const uploads = await createFiles(
		ctx,
		Object.entries(files).map(([name, content]) => ({
			artifactId: nodeIdOf(artifact),
			name,
			md5: md5Base64(content),
			mimetype: null,
		})),
	);
	const asked = uploads.filter((upload) => upload.uploadUrl !== null);
	for (const { name, uploadUrl } of asked) await putBytes(ctx, uploadUrl ?? "", files[name] ?? "");
	return asked.map((upload) => upload.name);
}

export type ManifestOptions = {
	readonly type?: "FULL" | "INCREMENTAL" | "PATCH";
	readonly base?: ArtifactRow;
};

const manifestNames = {
	FULL: "wandb_manifest.json",
	INCREMENTAL: "wandb_manifest.incremental.json",
	PATCH: "wandb_manifest.patch.json",
};

/** Announces a manifest with its digest, and uploads it. */
export async function uploadManifest(
	ctx: Ctx,
	artifact: ArtifactRow,
	text: string,
	{ type = "FULL", base }: ManifestOptions = {},
): Promise<void> {
	const announced = await createManifest(ctx, {
		artifactId: nodeIdOf(artifact),
		baseArtifactId: base === undefined ? null : nodeIdOf(base),
		name: manifestNames[type],
		digest: md5Base64(text),
		type,
	});
	await putBytes(ctx, announcedManifestNode(ctx, announced).file.uploadUrl ?? "", text);
}

/** A version with its files and manifest uploaded, not committed; or the living one of equal content. */
export async function stageVersion(wanted: VersionWanted): Promise<ArtifactRow> {
	const artifact = await beginVersion(wanted);
	if (artifact.state === "COMMITTED") return artifact;
	const ctx = await wanted.by.ctx();
	if (wanted.entries === undefined) await uploadFiles(ctx, artifact, wanted.files ?? { "a.txt": "a" });
	await uploadManifest(ctx, artifact, manifestText(entriesOf(wanted)));
	return artifact;
}

/** A version logged from beginning to end. */
export async function logVersion(wanted: VersionWanted): Promise<ArtifactRow> {
	return await commitVersion(wanted.by, await stageVersion(wanted));
}

export async function commitVersion(by: MadeUser, artifact: ArtifactRow): Promise<ArtifactRow> {
	return await commitArtifact(await by.ctx(), { artifactId: nodeIdOf(artifact) });
}

export const nodeIdOf = (artifact: { readonly id: string }) => toNodeId("Artifact", artifact.id);

/** What to link where, as LinkArtifact says it. */
export function linkTo(
	artifact: ArtifactRow,
	target: { readonly entityName: string; readonly projectName: string; readonly collectionName?: string },
	aliases: readonly string[] = [],
): LinkVersionInput {
	return { artifactId: nodeIdOf(artifact), clientId: null, collectionName: "best", aliases, ...target };
}

export async function linkInto(by: MadeUser, link: LinkVersionInput): Promise<MembershipRow | null> {
	return await linkVersion(await by.ctx(), link);
}

/** What the outbox holds of these types that mentions an id, oldest first. */
export async function eventsOf<T extends DomainEventType>(
	services: Services,
	about: string,
	...types: T[]
): Promise<Array<Extract<DomainEvent, { type: T }>>> {
	const { rows } = await sql<{ event: Extract<DomainEvent, { type: T }> }>`
		select payload || jsonb_build_object('type', type) as event from event_outbox
		where type = any(${types}) and payload::text like ${`%${about}%`} order by position`.execute(services.db);
	return rows.map(({ event }) => event);
}

/** `vN: aliases` of what lives in the collections of a name, wherever they are; those that versions are logged to last. */
export async function placesIn({ db }: Pick<Services, "db">, name: string): Promise<string[]> {
	const { rows } = await sql<{ place: string }>`
		select 'v' || m.version_index || ': ' || array_to_string(array(
			select alias from artifact_alias l where l.member_id = m.id order by alias), ' ') as place
		from artifact_member m join artifact_collection c on c.id = m.collection_id join artifact a on a.id = m.artifact_id
		where c.name = ${name} and a.state = 'COMMITTED' order by c.kind, m.version_index`.execute(db);
	return rows.map(({ place }) => place);
}
