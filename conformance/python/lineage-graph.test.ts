import { describe, expect, test } from "vitest";
import { type Account, createAccount } from "../account.ts";
import { basicAuth, graphql } from "../graphql.ts";
import { at, listAt, textAt } from "../json.ts";
import { useServer } from "../server.ts";
import { runStep } from "./run-step.ts";
import { clientVersions } from "./setup.mjs";

const server = useServer();
const versions = clientVersions.filter(({ version }) => ["0.31.0", "0.18.7"].includes(version));

async function get(account: Account, path: string): Promise<unknown> {
	const headers = { authorization: basicAuth(account.apiKey) };
	const response = await fetch(`${account.url}/api/lineage/${path}`, { headers });
	expect(response.status).toBe(200);
	return await response.json();
}

/** What a node is called by the client: a version by its id, a run by the id in addresses. */
const nameOf = (node: unknown) => String(at(node, "run") ?? at(node, "id"));

/** Nodes and edges as the client would name them. */
function drawn(answer: unknown): { nodes: string[]; edges: string[] } {
	const nodes = listAt(answer, "nodes").map(nameOf);
	const edges = listAt(answer, "edges").map((edge) => `${nodes[Number(at(edge, 0))]} → ${nodes[Number(at(edge, 1))]}`);
	return { nodes: nodes.toSorted(), edges: edges.toSorted() };
}

describe.each(versions)("wandb $version: the lineage graph", ({ version }) => {
	test("S0, S3-16…28: what the client's walk meets is what the graph shows, under the same ids", async () => {
		const account = await createAccount(server);
		const walked = await runStep(account, version, "lineage_graph.py", { env: { ORG_ENTITY: account.orgEntity } });
		const [model, dataset] = [textAt(walked, "model"), textAt(walked, "dataset")];
		expect(walked).toEqual({
			...{ model, dataset, "made by": "rural", "used by": ["northern"], made: [model] },
			...{ "data made by": "split-1", "data used by": ["rural"] },
		});
		const runs = ["northern", "rural", "split-1", "split-2", "split-3"];
		const path = `artifact/${encodeURIComponent(model)}?up=all&down=all`;
		const answer = await get(account, path);
		const edges = [
			...["split-1", "split-2", "split-3"].map((run) => `${run} → ${dataset}`),
			...[`${dataset} → rural`, `rural → ${model}`, `${model} → northern`, `${model} → rural`],
		];
		expect(drawn(answer)).toEqual({ nodes: [model, dataset, ...runs].toSorted(), edges: edges.toSorted() });
		const [focus] = listAt(answer, "nodes");
		expect(focus).toMatchObject({
			...{ id: model, type: "model", name: "zoo-ylbchv20:v0", project: `${account.team}/zoo`, state: "COMMITTED" },
			...{ aliases: ["latest"], up: 1, down: 2, hiddenUp: 0, hiddenDown: 0 },
			links: [{ project: `${account.orgEntity}/wandb-registry-model`, collection: "zoo", aliases: ["latest", "prod"] }],
		});
		const rural = listAt(answer, "nodes").find((node) => at(node, "run") === "rural");
		expect(rural).toMatchObject({
			kind: "run",
			name: "rural-feather-20",
			type: "train",
			state: "finished",
			above: 1,
			below: 1,
		});
		// The same answer in either form, however often it is asked.
		const again = await get(account, path);
		expect(drawn(again)).toEqual(drawn(answer));
		const query = `query ($id: ID!) { artifact(id: $id) { lineage(up: -1, down: -1) {
			total cut nodes { id run kind } edges { source target } } } }`;
		const lineage = at(await graphql(account, query, { id: model }), "artifact", "lineage");
		expect(listAt(lineage, "nodes").map(nameOf).toSorted()).toEqual(drawn(answer).nodes);
		expect(lineage).toMatchObject({ total: 7, cut: false });
	});
});
