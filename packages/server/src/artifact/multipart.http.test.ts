import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { beginVersion, commitVersion, manifestText, nodeIdOf, uploadManifest } from "../testing/artifact-factories.ts";
import { type MadeUser, makeProject, makeUser } from "../testing/factories.ts";
import { startWorkplace } from "../testing/test-app.ts";
import type { ArtifactRow } from "./artifact-rows.ts";

const { app, at } = await startWorkplace();

const createFiles = `mutation CreateArtifactFiles($input: CreateArtifactFilesInput!) {
	createArtifactFiles(input: $input) { files { edges { node { storagePath uploadUrl
		uploadMultipartUrls { uploadID uploadUrlParts { partNumber uploadUrl } } } } } } }`;
const complete = `mutation CompleteMultipartUploadArtifact($completeMultipartAction: CompleteMultipartAction!,
	$completedParts: [UploadPartsInput!]!, $artifactID: ID!, $storagePath: String!, $uploadID: String!) {
	completeMultipartUploadArtifact(input: { completeMultipartAction: $completeMultipartAction,
		completedParts: $completedParts, artifactID: $artifactID, storagePath: $storagePath, uploadID: $uploadID
	}) { digest } }`;
const fileUrl = `query ($id: ID!) { artifact(id: $id) { files(first: 1) { edges { node { directUrl sizeBytes } } } } }`;

const md5 = (bytes: Uint8Array, as: "hex" | "base64") => createHash("md5").update(bytes).digest(as);

type Draft = Awaited<ReturnType<typeof begin>>;

/** A version of one file that comes in three parts, and what the server says of where they go. */
async function begin(seed: string) {
	const pieces = [Buffer.alloc(100_000, `${seed}1`), Buffer.alloc(100_000, `${seed}2`), Buffer.from(seed)];
	const whole = Buffer.concat(pieces);
	const entries = { "big.bin": { digest: md5(whole, "base64"), size: whole.length } };
	const artifact = await beginVersion({ by: at.ann, project: at.project, collectionName: seed, entries });
	const spec = {
		artifactID: nodeIdOf(artifact),
		name: "big.bin",
		md5: entries["big.bin"].digest,
		uploadPartsInput: pieces.map((piece, index) => ({ partNumber: index + 1, hexMD5: md5(piece, "hex") })),
	};
	const { data } = await app.gql(at.ann, createFiles, { input: { artifactFiles: [spec], storageLayout: "V2" } });
	const node = data.createArtifactFiles.files.edges[0].node;
	return { pieces, whole, entries, artifact, node };
}

async function sendPart({ node, pieces }: Draft, index: number, body = pieces[index]) {
	const { uploadUrl } = node.uploadMultipartUrls.uploadUrlParts[index];
	return await app.send(null, uploadUrl, { method: "PUT", body: Uint8Array.from(body ?? []) });
}

async function sendAll(draft: Draft): Promise<string[]> {
	const replies = await Promise.all(draft.pieces.map((_, index) => sendPart(draft, index)));
	expect(replies.map(({ status }) => status)).toEqual([200, 200, 200]);
	return replies.map((reply) => reply.headers.get("etag") ?? "");
}

type Completion = { readonly by?: MadeUser; readonly artifact?: ArtifactRow; readonly action?: "Complete" | "Abort" };

async function askToComplete({ node, artifact }: Draft, etags: readonly string[], other: Completion = {}) {
	return await app.gql(other.by ?? at.ann, complete, {
		completeMultipartAction: other.action ?? "Complete",
		completedParts: etags.map((hexMD5, index) => ({ partNumber: index + 1, hexMD5 })),
		artifactID: nodeIdOf(other.artifact ?? artifact),
		storagePath: node.storagePath,
		uploadID: node.uploadMultipartUrls.uploadID,
	});
}

const quoted = ({ pieces }: Draft) => pieces.map((piece) => `"${md5(piece, "hex")}"`);

describe("a file in parts", () => {
	it("goes up part by part, is joined, and comes down whole", async () => {
		const draft = await begin("joined");
		const etags = await sendAll(draft);
		expect(etags).toEqual(quoted(draft));
		for (const _time of ["first", "asked again"]) {
			const { data, errors } = await askToComplete(draft, etags);
			expect([errors, data]).toEqual([
				[],
				{ completeMultipartUploadArtifact: { digest: draft.entries["big.bin"].digest } },
			]);
		}
		await uploadManifest(await at.ann.ctx(), draft.artifact, manifestText(draft.entries));
		const version = await commitVersion(at.ann, draft.artifact);
		const { data } = await app.gql(at.ann, fileUrl, { id: nodeIdOf(version) });
		const [{ node }] = data.artifact.files.edges;
		expect(node.sizeBytes).toBe(draft.whole.length);
		const part = await app.send(null, node.directUrl, { headers: { range: "bytes=99998-100001" } });
		expect([part.status, await part.text()]).toEqual([206, draft.whole.subarray(99_998, 100_002).toString()]);
		const came = await (await app.send(null, node.directUrl)).arrayBuffer();
		expect(draft.whole.equals(Buffer.from(came))).toBe(true);
	});

	it("needs no upload where the project holds the file", async () => {
		const draft = await begin("held");
		await askToComplete(draft, await sendAll(draft));
		expect((await begin("held")).node.uploadUrl).toBeNull();
	});

	it("may come in one PUT all the same", async () => {
		const draft = await begin("whole");
		const reply = await app.send(null, draft.node.uploadUrl, { method: "PUT", body: Uint8Array.from(draft.whole) });
		expect(reply.status).toBe(200);
		expect((await begin("whole")).node.uploadUrl).toBeNull();
	});

	it("is refused while parts are missing, and goes on where it stopped", async () => {
		const draft = await begin("missing");
		expect((await sendPart(draft, 0)).status).toBe(200);
		expect((await sendPart(draft, 1, Buffer.from("other bytes"))).status).toBe(422);
		const early = await askToComplete(draft, quoted(draft));
		expect([early.status, early.errors[0]?.message]).toEqual([200, expect.stringContaining("The parts 2, 3 of 3")]);
		const again = await begin("missing");
		for (const index of [1, 2]) await sendPart(again, index);
		expect((await askToComplete(again, quoted(again))).errors).toEqual([]);
	});

	it("is refused to who may not write there, and answers like what does not exist", async () => {
		const draft = await begin("foreign");
		const etags = await sendAll(draft);
		const stranger = await makeUser(app.services);
		const refused = await askToComplete(draft, etags, { by: stranger });
		expect(refused.data.completeMultipartUploadArtifact).toBeNull();
		const unknown = await app.gql(stranger, complete, {
			completeMultipartAction: "Complete",
			completedParts: [],
			artifactID: nodeIdOf({ id: "00000000-0000-7000-8000-000000000000" }),
			storagePath: draft.node.storagePath,
			uploadID: draft.node.uploadMultipartUrls.uploadID,
		});
		expect(refused.errors).toEqual(unknown.errors);
	});

	it("gives another project nothing for naming its parts", async () => {
		const draft = await begin("named");
		const etags = await sendAll(draft);
		const thief = await makeUser(app.services);
		const project = await makeProject(app.services, { by: thief, entityName: thief.user.username });
		const artifact = await beginVersion({ by: thief, project, entries: draft.entries });
		const refused = await askToComplete(draft, etags, { by: thief, artifact });
		expect(refused.errors[0]?.message).toContain("not those of the upload that was begun");
	});

	it("is dropped when its sender gives up", async () => {
		const draft = await begin("aborted");
		const etags = await sendAll(draft);
		expect((await askToComplete(draft, etags, { action: "Abort" })).errors).toEqual([]);
		expect((await askToComplete(draft, etags)).errors[0]?.message).toContain("have not arrived");
	});
});
