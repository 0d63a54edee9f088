import { exportFormats } from "./export-rules.ts";
import { levels } from "./group-rules.ts";
import { scopes } from "./scope-rules.ts";

// OpenAPI 3.1 of the routes in `lineage-routes.ts`; a test asks each of them and holds the answers to these shapes.

type Schema = Readonly<Record<string, unknown>>;

const text: Schema = { type: "string" };
const count: Schema = { type: "integer", minimum: 0 };
const countOrNull: Schema = { type: ["integer", "null"], minimum: 0 };
const textOrNull: Schema = { type: ["string", "null"] };
const time: Schema = { type: "string", format: "date-time" };
const timeOrNull: Schema = { type: ["string", "null"], format: "date-time" };
const yesNo: Schema = { type: "boolean" };
const among = (values: readonly string[]): Schema => ({ type: "string", enum: values });
const list = (items: Schema): Schema => ({ type: "array", items });
const ref = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` });
const object = (properties: Readonly<Record<string, Schema>>, required = Object.keys(properties)): Schema => ({
	...{ type: "object", properties, required },
});
const withMore = (name: string, properties: Readonly<Record<string, Schema>>): Schema => ({
	allOf: [ref(name), object(properties)],
});

const link = object({ project: text, isRegistry: yesNo, collection: text, version: count, aliases: list(text) });

const said = {
	...{ type: text, name: text, run: textOrNull, sweep: textOrNull, collection: textOrNull, version: countOrNull },
	...{
		project: text,
		state: text,
		isDeleted: yesNo,
		createdAt: timeOrNull,
		aliases: list(text),
		links: list(ref("Link")),
	},
};
const node = object({ id: text, kind: among(["run", "artifact"]), ...said });
const drawn = object(
	{
		...{ id: text, kind: among(["run", "artifact", "hidden"]), ...said, above: countOrNull, below: countOrNull },
		...{ up: count, down: count, hiddenUp: count, hiddenDown: count },
	},
	["id", "kind", "above", "below", "up", "down", "hiddenUp", "hiddenDown"],
);
const group = object({
	...{ id: text, key: text, level: among(levels), label: text, count },
	...{ mix: list(object({ kind: text, type: text, count })), first: timeOrNull, last: timeOrNull },
	...{ hiddenUp: count, hiddenDown: count },
});
const opened = object({ id: text, level: among(levels), label: text, count, members: list(count) });
const end = { total: countOrNull, cut: yesNo, asOf: time };
const tuple = (length: number): Schema => ({ type: "array", items: count, minItems: length, maxItems: length });

const schemas = {
	Link: link,
	Node: node,
	DrawnNode: drawn,
	Group: group,
	Neighbourhood: object({
		...{ focus: text, nodes: list(ref("DrawnNode")), groups: list(ref("Group")), edges: list(tuple(3)) },
		opened: list(opened),
		...{ level: among(levels), source: among(["memory", "database"]), ...end },
	}),
	Members: object({
		...{ members: list(withMore("Node", { metric: { type: ["number", "null"] } })), endCursor: textOrNull, ...end },
	}),
	Found: object({ found: list(withMore("Node", { distance: count })), ...end }),
	Paths: object({
		...{ nodes: list(withMore("Node", { fromHops: count, toHops: count })), edges: list(tuple(2)) },
		...{ hops: countOrNull, ...end },
	}),
	Impact: object({
		...{ focus: text, items: list(withMore("Node", { distance: count, consumers: count })) },
		...{ runs: count, versions: count, hidden: count, endCursor: textOrNull, ...end },
	}),
	Comparison: object({
		...{ common: list(withMore("Node", { firstHops: count, secondHops: count })), nearest: list(text) },
		...{ onlyFirst: list(ref("Node")), onlySecond: list(ref("Node")) },
		counts: object({ common: count, onlyFirst: count, onlySecond: count, hiddenFirst: count, hiddenSecond: count }),
		...end,
	}),
	Error: object({ error: text, errors: list(object({ message: text, code: text })) }),
};

type Parameter = {
	readonly name: string;
	readonly in: "path" | "query";
	readonly required: boolean;
	readonly description: string;
	readonly schema: Schema;
};

const given = (name: string, description: string, schema: Schema = text): Parameter => ({
	...{ name, in: "query", required: false, description, schema },
});
const wanted = (name: string, description: string): Parameter => ({ ...given(name, description), required: true });
const inPath = (name: string, description: string, schema: Schema = text): Parameter => ({
	...{ name, in: "path", required: true, description, schema },
});
const theNode = [
	inPath("kind", "What is asked about", among(["run", "artifact"])),
	inPath("id", "The id that GraphQL gives (of a version the client's `artifact.id`), or the UUID in it"),
];
const hops: Schema = { oneOf: [count, { const: "all" }] };
const nodeWords = "as `artifact:ID` or `run:ID`";

const failure = (description: string) => ({ description, content: { "application/json": { schema: ref("Error") } } });
const failures = {
	...{ 304: { description: "As the ETag in If-None-Match says" }, 400: failure("Asks for what is not there") },
	...{ 401: failure("Nobody is signed in"), 404: failure("There is no such thing, or none that you may know of") },
};

function get(summary: string, answer: string, parameters: readonly Parameter[]) {
	const content = { "application/json": { schema: ref(answer) } };
	return { get: { summary, parameters, responses: { 200: { description: summary, content }, ...failures } } };
}

const around = [
	given(
		"scope",
		"Ancestors and descendants apart (lines), or all that hangs together (component)",
		among(["lines", "component"]),
	),
	given("up", "Hops upstream, or all; 4", hops),
	given("down", "Hops downstream, or all; 3", hops),
	given("cap", "At most so many nodes each way, nearest first; 400", count),
	given("capUp", "As cap, upstream", count),
	given("capDown", "As cap, downstream", count),
	given("group", "Draw together by this; none", among(["auto", ...levels])),
	given("budget", "What `auto` keeps the drawn nodes and groups below; 600", count),
	given("open", "Ids of groups that are to be opened, parted by commas"),
	given("extra", `Nodes whose neighbours are shown as well, ${nodeWords}, parted by commas`),
	given("detail", "Everything, or only ids, edges and counts, which is quicker", among(["full", "ids"])),
];

export const lineageOpenapi = {
	openapi: "3.1.0",
	info: {
		title: "Keifu lineage",
		version: "1",
		description:
			"Where runs and versions came from, and what came of them. Answers hold what you may see; each edge to something else ends in a node of the kind `hidden`.",
	},
	security: [{ apiKey: [] }, { session: [] }],
	paths: {
		"/api/lineage/{kind}/{id}": get("What is around a node", "Neighbourhood", [...theNode, ...around]),
		"/api/lineage/{kind}/{id}/impact": get("All that came of a node, nearest first", "Impact", [
			...theNode,
			given("hops", "So far downstream, or all; all", hops),
			given("kind", "Only these; any", among(["run", "artifact", "any"])),
			given("first", "Length of the page, at most 10,000; 10,000", count),
			given("after", "`endCursor` of the page before"),
		]),
		"/api/lineage/groups/{key}/members": get("The members of a group", "Members", [
			inPath("key", "`key` of a group"),
			given("q", "A part of the name"),
			given("sort", "Order; created", among(["name", "created", "metric"])),
			given("metric", "Key in the runs' summaries, else in the versions' metadata"),
			given("order", "Direction", among(["asc", "desc"])),
			given("first", "Length of the page, at most 1,000; 50", count),
			given("after", "`endCursor` of the page before"),
		]),
		"/api/lineage/search": get("Nodes of a scope by a part of a name or an alias, nearest first", "Found", [
			wanted("of", `Whose scope, ${nodeWords}`),
			wanted("q", "The text to look for"),
			given("scope", "Where to look; component", among(scopes)),
			given("first", "At most so many, up to 1,000; 50", count),
		]),
		"/api/lineage/path": get("All ways from one node down to another", "Paths", [
			wanted("from", `The upper end, ${nodeWords}`),
			wanted("to", `The lower end, ${nodeWords}`),
			given("cap", "At most so many nodes, those on the shortest ways; 1,000", count),
		]),
		"/api/lineage/compare": get("What two nodes both came of, and what only one of them did", "Comparison", [
			...[wanted("a", `One, ${nodeWords}`), wanted("b", `The other, ${nodeWords}`)],
			given("cap", "Length of each list; 400", count),
		]),
		"/api/lineage/export": {
			get: {
				summary: "A scope whole, as a stream",
				parameters: [
					wanted("of", `Whose scope, ${nodeWords}`),
					given("scope", "What is meant; component", among(scopes)),
					given("format", "ndjson", among(exportFormats)),
				],
				responses: {
					200: {
						description: "Nodes under numbers, then edges by these numbers",
						content: { "application/x-ndjson": {}, "text/csv": {}, "text/vnd.graphviz": {} },
					},
					...failures,
				},
			},
		},
	},
	components: {
		schemas,
		securitySchemes: {
			apiKey: { type: "http", scheme: "basic", description: "Any user name, the API key as the password" },
			session: { type: "apiKey", in: "cookie", name: "keifu_session" },
		},
	},
} as const;
