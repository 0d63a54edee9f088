import { beforeAll, describe, expect, test } from "vitest";
import { addUserToOrganization } from "../org/index.ts";
import { linkInto, linkTo, logVersion, makeRun, nodeIdOf } from "../testing/artifact-factories.ts";
import { type MadeUser, makeUser } from "../testing/factories.ts";
import { startWorkplace } from "../testing/test-app.ts";
import { loadGraph } from "./load-graph.ts";

// raw → split → dataset → six runs of a sweep → a model each; the third is evaluated and linked into the registry.

const { app, at } = await startWorkplace();
let colleague: MadeUser;
const ids: Record<string, string> = {};

const log = async (name: string, run: Awaited<ReturnType<typeof makeRun>>, typeName = "dataset") => {
	const wanted = { by: at.ann, project: at.project, collectionName: name, typeName, files: { [name]: run.name } };
	return await logVersion({ ...wanted, run, metadata: JSON.stringify({ accuracy: Number(run.name.at(-1)) / 10 }) });
};
const use = async (run: string, artifactID: string) => {
	const query = "mutation ($input: UseArtifactInput!) { useArtifact(input: $input) { artifact { id } } }";
	const input = { entityName: at.team.name, projectName: at.project.name, runName: run, artifactID };
	expect((await app.gql(at.ann, query, { input })).errors).toEqual([]);
};

beforeAll(async () => {
	colleague = await makeUser(app.services);
	const { username } = colleague.user;
	await addUserToOrganization(await at.ann.ctx(), { organizationId: at.org.id, username, role: "member" });
	const split = await makeRun(at.ann, at.project, "split");
	const data = await log("zoo", split);
	[ids.split, ids.data] = [split.id, nodeIdOf(data)];
	for (let n = 1; n <= 6; n++) {
		const run = await makeRun(at.ann, at.project, `train-${n}`);
		await use(run.name, nodeIdOf(data));
		ids[`model${n}`] = nodeIdOf(await log("model", run, "model"));
	}
	const evaluation = await makeRun(at.ann, at.project, "evaluate");
	ids.evaluate = evaluation.id;
	await use("evaluate", ids.model3 ?? "");
	const target = { entityName: at.org.name, projectName: "wandb-registry-model", collectionName: "best" };
	const third =
		Buffer.from(ids.model3 ?? "", "base64")
			.toString()
			.split(":")[1] ?? "";
	await linkInto(at.ann, { ...linkTo({ ...data, id: third }, target, ["prod"]) });
});

const get = async (path: string, user: MadeUser | null = at.ann, headers = {}) => {
	const response = await app.send(user, `/api/lineage/${path}`, { headers });
	const body = await response.text();
	return { status: response.status, headers: response.headers, body, json: () => JSON.parse(body) };
};
const nodePath = (kind: string, id = "") => `${kind}/${encodeURIComponent(id)}`;
const names = (nodes: Array<{ name?: string; run?: string }>) => nodes.map(({ run, name }) => run ?? name).toSorted();

describe.each(["memory", "database"] as const)("read from %s", (source) => {
	beforeAll(async () => {
		const { graphs } = app.services;
		if (source === "memory") return await loadGraph(await at.ann.ctx(), at.org.id);
		graphs.refuse(at.org.id, new Date());
		const resident = graphs.latest();
		if (resident !== undefined) graphs.drop(resident);
	});

	test("a neighbourhood has nodes with all their names, edges by position, and exact counts", async () => {
		const answer = (await get(`${nodePath("artifact", ids.model3)}?up=2&down=1`)).json();
		expect(names(answer.nodes)).toEqual(["evaluate", "model:v2", "train-3", "zoo:v0"]);
		expect(answer).toMatchObject({ focus: ids.model3, level: "none", total: 4, cut: false });
		const [model] = answer.nodes;
		expect(model).toMatchObject({
			...{ id: ids.model3, kind: "artifact", type: "model", name: "model:v2", collection: "model", version: 2 },
			...{ state: "COMMITTED", isDeleted: false, up: 1, down: 1, hiddenUp: 0, hiddenDown: 0, above: 0, below: 0 },
			links: [{ project: `${at.org.name}/wandb-registry-model`, isRegistry: true, collection: "best", version: 0 }],
		});
		expect(model.links[0].aliases).toEqual(["latest", "prod"]);
		const data = answer.nodes.find(({ id }: { id: string }) => id === ids.data);
		expect(data).toMatchObject({ above: 2, below: null, up: 1, hiddenUp: 1, down: 6, hiddenDown: 5 });
		expect(answer.edges).toHaveLength(3);
	});

	test("runs of one job type on the same inputs, and what they made, are two groups, whose members are listed", async () => {
		const answer = (await get(`${nodePath("artifact", ids.data)}?up=all&down=all&group=sweep`)).json();
		expect(answer.groups.map(({ count }: { count: number }) => count)).toEqual([6, 6]);
		expect(names(answer.nodes)).toEqual(["evaluate", "split", "zoo:v0"]);
		expect(answer.edges.map(([, , count]: number[]) => count).toSorted()).toEqual([1, 1, 6, 6]);
		const models = answer.groups.find(({ mix }: { mix: Array<{ kind: string }> }) => mix[0]?.kind === "artifact");
		const page = (await get(`groups/${models.key}/members?sort=metric&metric=accuracy&first=4`)).json();
		expect(page.members.map(({ metric }: { metric: number }) => metric)).toEqual([0.6, 0.5, 0.4, 0.3]);
		const rest = (await get(`groups/${models.key}/members?sort=metric&metric=accuracy&after=${page.endCursor}`)).json();
		expect(rest.members.map(({ metric }: { metric: number }) => metric)).toEqual([0.2, 0.1]);
		expect((await get(`groups/${models.key}/members?q=V4`)).json()).toMatchObject({ total: 1 });
		const opened = (
			await get(`${nodePath("artifact", ids.data)}?up=all&down=all&group=sweep&open=${models.id}`)
		).json();
		expect(opened.groups).toHaveLength(1);
		expect(opened.nodes).toHaveLength(9);
	});

	test("search, path, impact and comparison", async () => {
		const found = (await get(`search?of=artifact:${ids.data}&q=PROD&scope=descendants`)).json();
		expect(found.found).toMatchObject([{ id: ids.model3, distance: 2 }]);
		const path = (await get(`path?from=run:${ids.split}&to=run:${ids.evaluate}`)).json();
		expect(names(path.nodes)).toEqual(["evaluate", "model:v2", "split", "train-3", "zoo:v0"]);
		expect(path).toMatchObject({ hops: 4, total: 5, cut: false });
		expect((await get(`path?from=run:${ids.evaluate}&to=run:${ids.split}`)).json()).toMatchObject({
			nodes: [],
			hops: null,
		});
		const impact = (await get(`${nodePath("artifact", ids.data)}/impact?kind=artifact`)).json();
		expect(impact).toMatchObject({ runs: 7, versions: 6, hidden: 0, total: 6, cut: false });
		const third = impact.items.find(({ id }: { id: string }) => id === ids.model3);
		expect(third).toMatchObject({
			distance: 2,
			consumers: 1,
			links: [{ collection: "best", aliases: ["latest", "prod"] }],
		});
		const compared = (await get(`compare?a=artifact:${ids.model1}&b=artifact:${ids.model2}`)).json();
		expect(names(compared.common)).toEqual(["split", "zoo:v0"]);
		expect(compared).toMatchObject({ nearest: [ids.data], counts: { common: 2, onlyFirst: 2, onlySecond: 2 } });
	});

	test("an export is a stream of nodes and edges in three forms", async () => {
		const lines = (await get(`export?of=artifact:${ids.data}`)).body
			.trim()
			.split("\n")
			.map((line) => JSON.parse(line));
		expect(lines.filter((line) => "node" in line)).toHaveLength(15);
		expect(lines.filter((line) => "edge" in line)).toHaveLength(14);
		const csv = (await get(`export?of=artifact:${ids.data}&format=csv&scope=ancestors`)).body.trim().split("\r\n");
		expect(csv).toHaveLength(4);
		const dot = (await get(`export?of=artifact:${ids.data}&format=dot`)).body;
		expect(dot.match(/->/g)).toHaveLength(14);
		expect(dot).toContain('label="model:v2", shape=box');
	});

	test("GraphQL tells the same of the node that it is asked of", async () => {
		const query = `query ($id: ID!) { artifact(id: $id) {
			lineage(up: -1, down: -1, group: SWEEP) { focus level total nodes { id kind run links { collection } }
				groups { id count mix { kind count } } edges { source target count } }
			impact(first: 3) { total cut endCursor nodes { distance consumers } }
			searchLineage(query: "prod", scope: DESCENDANTS) { nodes { id distance } } } }`;
		const { data, errors } = await app.gql(at.ann, query, { id: ids.data });
		expect(errors).toEqual([]);
		const { lineage, impact, searchLineage } = data.artifact;
		const rest = (await get(`${nodePath("artifact", ids.data)}?up=all&down=all&group=sweep`)).json();
		expect(lineage).toMatchObject({ focus: ids.data, level: "SWEEP", total: rest.total });
		expect(lineage.nodes).toHaveLength(rest.nodes.length);
		expect(lineage.edges).toEqual(rest.edges.map(([source, target, count]: number[]) => ({ source, target, count })));
		expect(impact).toMatchObject({ total: 13, cut: true, nodes: [{ distance: 1, consumers: 1 }, {}, {}] });
		expect(searchLineage.nodes).toEqual([{ id: ids.model3, distance: 2 }]);
	});

	test("GraphQL answers ways, comparisons and members of groups as the addresses do", async () => {
		const said = "id type name run sweep collection version project state isDeleted createdAt aliases";
		const node = `${said} kind links { project isRegistry collection version aliases }`;
		const counts = "counts { common onlyFirst onlySecond hiddenFirst hiddenSecond }";
		const query = `query ($id: ID!, $other: ID!, $run: ID!, $key: String!, $after: String) {
			artifact(id: $id) {
				lineagePath(to: $run) { nodes { ${node} fromHops toHops } edges { source target } hops total cut }
				lineageComparison(with: $other, cap: 3) { common { ${node} firstHops secondHops } nearest
					onlyFirst { ${node} } onlySecond { ${node} } ${counts} total cut } }
			lineageGroupMembers(key: $key, sort: METRIC, metric: "accuracy", query: "model", first: 2, after: $after) {
				nodes { ${node} metric } total cut endCursor } }`;
		const around = (await get(`${nodePath("artifact", ids.data)}?down=all&group=sweep`)).json();
		const { key } = around.groups.find(({ mix }: { mix: Array<{ kind: string }> }) => mix[0]?.kind === "artifact");
		const run = Buffer.from(`Run:${ids.evaluate}`).toString("base64");
		// wire: GraphQL tells times to the second.
		const plain = (node: { kind: string; createdAt: string }) => {
			return { ...node, kind: node.kind.toUpperCase(), createdAt: node.createdAt.replace(/\.\d+Z$/, "Z") };
		};
		const rest = async (path: string) => {
			const { asOf, source, edges = [], ...answer } = (await get(path)).json();
			const lists = Object.entries(answer).map(([name, value]) => [
				name === "members" ? "nodes" : name,
				Array.isArray(value) && name !== "nearest" ? value.map(plain) : value,
			]);
			const drawn = edges.map(([from, to]: number[]) => ({ source: from, target: to }));
			return { ...Object.fromEntries(lists), ...(name(path) === "path" ? { edges: drawn } : {}) };
		};
		const name = (path: string) => path.split("?")[0];
		const given = { id: ids.model3, other: ids.model1, run, key };
		const { data, errors } = await app.gql(at.ann, query, given);
		expect(errors).toEqual([]);
		expect(data.artifact.lineagePath).toEqual(await rest(`path?from=artifact:${ids.model3}&to=run:${ids.evaluate}`));
		const compared = await rest(`compare?a=artifact:${ids.model3}&b=artifact:${ids.model1}&cap=3`);
		expect(data.artifact.lineageComparison).toEqual(compared);
		const page = await rest(`groups/${key}/members?sort=metric&metric=accuracy&q=model&first=2`);
		expect(data.lineageGroupMembers).toEqual(page);
		const next = await app.gql(at.ann, query, { ...given, after: page.endCursor });
		expect(next.data.lineageGroupMembers).toMatchObject({ total: 6, nodes: [{ metric: 0.4 }, { metric: 0.3 }] });
		const far = await app.gql(at.ann, query, { ...given, other: app.services.ids.uuid(), run: "nobody" });
		expect(far.errors.map(({ extensions }) => extensions?.code)).toEqual(["NOT_FOUND"]);
		expect(far.data.artifact).toBeNull();
	});

	test("who sees a version by its link alone sees stubs around it, and nothing else", async () => {
		const reply = await get(`${nodePath("artifact", ids.model3)}?up=all&down=all`, colleague);
		const answer = reply.json();
		expect(answer.nodes.map(({ kind }: { kind: string }) => kind)).toEqual(["artifact", "hidden", "hidden"]);
		expect(answer).toMatchObject({ total: 3, cut: false });
		expect(reply.body).not.toMatch(/train|zoo|evaluate/);
		expect((await get(`search?of=artifact:${ids.model3}&q=train`, colleague)).json().found).toEqual([]);
		const exported = (await get(`export?of=artifact:${ids.model3}&format=csv`, colleague)).body;
		expect(exported).not.toMatch(/train|zoo|evaluate/);
		const never = nodePath("artifact", app.services.ids.uuid());
		const answers = await Promise.all([nodePath("artifact", ids.data), never].map((path) => get(path, colleague)));
		const [hidden, unknown] = answers.map(({ status, body }) => ({ status, body }));
		expect(hidden).toEqual(unknown);
		expect(hidden?.status).toBe(404);
		const ask = (path: string) => async () => await get(path, colleague);
		expect(await app.queriesOf(ask(nodePath("artifact", ids.data)))).toEqual(await app.queriesOf(ask(never)));
	});
});

test("an answer has an ETag, and comes packed to who takes that", async () => {
	const path = `${nodePath("artifact", ids.data)}?down=all`;
	const first = await get(path, at.ann, { "accept-encoding": "gzip" });
	expect(first.headers.get("content-encoding")).toBe("gzip");
	const etag = first.headers.get("etag") ?? "";
	expect((await get(path, at.ann, { "if-none-match": etag })).status).toBe(304);
	await use("evaluate", ids.data ?? "");
	const changed = await get(path, at.ann, { "if-none-match": etag });
	expect(changed.status).toBe(200);
	expect(changed.json().edges).toHaveLength(15);
});

test("what is asked wrongly is refused with what is wanted", async () => {
	for (const path of [
		"dog/1",
		`${nodePath("artifact", ids.data)}?up=-1`,
		"search?of=zoo&q=x",
		"groups/nonsense/members",
	]) {
		expect((await get(path)).status).toBe(400);
	}
	expect((await get(nodePath("artifact", ids.data), null)).status).toBe(401);
});
