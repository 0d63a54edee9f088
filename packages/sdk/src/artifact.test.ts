import { createServer } from "node:http";
import { expect, onTestFinished, test } from "vitest";
import { parseArtifactPath } from "./artifact.ts";
import { createClient } from "./client.ts";
import { KeifuError } from "./errors.ts";

test("paths read entity/project/name:alias, latest when none is given", () => {
	expect(parseArtifactPath("team/zoo/data:v3")).toEqual({
		entity: "team",
		project: "zoo",
		name: "data",
		version: "v3",
	});
	expect(parseArtifactPath("org/wandb-registry-Golden Datasets/raw").version).toBe("latest");
	for (const wrong of ["", "data:v0", "zoo/data:v0", "a/b/c/d", "a/b/c:d:e", "a//c"]) {
		expect(() => parseArtifactPath(wrong), wrong).toThrow(KeifuError);
	}
});

/** Answers the SDK's own operations for one version of 201 files; each file's bytes are its name. */
async function startServer(): Promise<string> {
	const names = Array.from({ length: 201 }, (_, index) => `part-${index}.txt`);
	const server = createServer(async (request, response) => {
		const host = `http://${request.headers.host}`;
		if (request.method === "GET") {
			response.end(request.url?.slice("/files/".length));
			return;
		}
		let text = "";
		for await (const chunk of request) text += String(chunk);
		const { query, variables } = JSON.parse(text);
		if (query.includes("SdkArtifactFiles")) {
			const start = Number(variables.after ?? 0);
			const page = names.slice(start, start + variables.first);
			const edges = page.map((name) => ({
				node: { name, sizeBytes: name.length, digest: null, directUrl: `${host}/files/${name}` },
			}));
			const end = start + page.length;
			const pageInfo = { hasNextPage: end < names.length, endCursor: String(end) };
			response.end(JSON.stringify({ data: { artifact: { files: { edges, pageInfo } } } }));
			return;
		}
		const known = variables.entity === "team" && variables.project === "zoo" && variables.name === "data:best";
		const membership = {
			versionIndex: 3,
			aliases: [{ alias: "best" }, { alias: "latest" }],
			artifactCollection: { name: "data" },
			artifact: { id: "QQ==", digest: "d".repeat(32), size: 9, artifactType: { name: "dataset" } },
		};
		response.end(JSON.stringify({ data: { project: { artifactCollectionMembership: known ? membership : null } } }));
	});
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	onTestFinished(() => {
		server.closeAllConnections();
		server.close();
	});
	const address = server.address();
	if (address === null || typeof address === "string") throw new Error("no port");
	return `http://127.0.0.1:${address.port}`;
}

test("an alias resolves to its version, and all pages of files are walked", async () => {
	const client = createClient({ baseUrl: await startServer() });
	const artifact = await client.artifact("team/zoo/data:best");
	expect(artifact).toMatchObject({ name: "data:v3", version: "v3", type: "dataset", aliases: ["best", "latest"] });
	const names: string[] = [];
	for await (const file of artifact.files()) names.push(file.name);
	expect(names).toHaveLength(201);
	expect(names.at(-1)).toBe("part-200.txt");
});

test("a file's bytes are streamed from its own address", async () => {
	const artifact = await createClient({ baseUrl: await startServer() }).artifact("team/zoo/data:best");
	for await (const file of artifact.files()) {
		expect(await (await artifact.open(file)).text()).toBe("part-0.txt");
		break;
	}
});

test("an unknown name is NOT_FOUND and names the path", async () => {
	const client = createClient({ baseUrl: await startServer() });
	await expect(client.artifact("team/zoo/data:worst")).rejects.toMatchObject({
		status: 404,
		code: "NOT_FOUND",
		message: expect.stringContaining("team/zoo/data:worst"),
	});
});
