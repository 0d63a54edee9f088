import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { createAccount, createProject } from "../account.ts";
import { graphql } from "../graphql.ts";
import { at, listAt, textAt } from "../json.ts";
import { useServer } from "../server.ts";
import { beginVersion, commit, fileUrls, rawFile, uploadManifest } from "./raw-artifact.ts";

const server = useServer();

// The client cuts files from 2 GiB on; here the parts are smaller, and the requests the same.
test("a file goes up in parts as the client sends them, and comes down whole", async () => {
	const account = await createAccount(server);
	const target = { entity: account.team, project: "zoo", collection: "large" };
	await createProject(account, target.entity, target.project);
	const parts = ["a", "b"].map((letter) => Buffer.alloc(5 << 20, letter)).concat(Buffer.from("the rest"));
	const whole = Buffer.concat(parts);
	const files = { "large.bin": rawFile(whole) };
	const draft = await beginVersion(account, target, files);
	const md5s = parts.map((part) => createHash("md5").update(part).digest());
	const reply = await graphql(
		account,
		`mutation CreateArtifactFiles($input: CreateArtifactFilesInput!) {
			createArtifactFiles(input: $input) { files { edges { node {
				storagePath uploadUrl uploadHeaders uploadMultipartUrls { uploadID uploadUrlParts { partNumber uploadUrl } }
				artifact { id }
			} } } }
		}`,
		{
			input: {
				artifactFiles: [
					{
						artifactID: draft.artifactId,
						artifactManifestID: draft.manifestId,
						name: "large.bin",
						md5: files["large.bin"].md5,
						uploadPartsInput: md5s.map((md5, index) => ({ partNumber: index + 1, hexMD5: md5.toString("hex") })),
					},
				],
				storageLayout: "V2",
			},
		},
	);
	const node = at(reply, "createArtifactFiles", "files", "edges", 0, "node");
	const urls = listAt(node, "uploadMultipartUrls", "uploadUrlParts").map((part) => textAt(part, "uploadUrl"));
	expect(urls).toHaveLength(parts.length);
	const etags = await Promise.all(
		urls.map(async (url, index) => {
			const headers = {
				"content-md5": md5s[index]?.toString("base64") ?? "",
				"content-type": "application/octet-stream",
			};
			const put = await fetch(url, { method: "PUT", headers, body: Uint8Array.from(parts[index] ?? []) });
			expect(put.status).toBe(200);
			return put.headers.get("etag");
		}),
	);
	const completed = await graphql(
		account,
		`mutation CompleteMultipartUploadArtifact(
			$completeMultipartAction: CompleteMultipartAction!, $completedParts: [UploadPartsInput!]!,
			$artifactID: ID!, $storagePath: String!, $uploadID: String!
		) {
			completeMultipartUploadArtifact(input: {
				completeMultipartAction: $completeMultipartAction, completedParts: $completedParts,
				artifactID: $artifactID, storagePath: $storagePath, uploadID: $uploadID
			}) { digest }
		}`,
		{
			completeMultipartAction: "Complete",
			completedParts: etags.map((hexMD5, index) => ({ partNumber: index + 1, hexMD5 })),
			artifactID: draft.artifactId,
			storagePath: textAt(node, "storagePath"),
			uploadID: textAt(node, "uploadMultipartUrls", "uploadID"),
		},
	);
	expect(textAt(completed, "completeMultipartUploadArtifact", "digest")).toBe(files["large.bin"].md5);
	await uploadManifest(account, target, draft, files);
	await commit(account, draft);
	const url = (await fileUrls(account, draft.artifactId)).get("large.bin") ?? "";
	expect(whole.equals(Buffer.from(await (await fetch(url)).arrayBuffer()))).toBe(true);
	const seam = await fetch(url, { headers: { range: `bytes=${(5 << 20) - 2}-${(5 << 20) + 1}` } });
	expect([seam.status, await seam.text()]).toEqual([206, "aabb"]);
});
