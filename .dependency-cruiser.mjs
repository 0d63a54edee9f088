// Which way imports point. The order of the nouns is the one array below: a noun may import those before it, through
// their `index.ts`. Generated files may name the types of anything.
const nouns = [
	"identity",
	"org",
	"project",
	"blob",
	"sweep",
	"run",
	"artifact",
	"lineage",
	"registry",
	"history",
	"refused",
];

const src = "^packages/server/src";
const anyNoun = `${src}/(${nouns.join("|")})/`;
const platform = `${src}/(adjacency|db|filter|blob-store|jobs|http|graphql|observe|access)/`;
const foundation = `${src}/(config|context|errors|events|guards)\\.ts$`;
const generated = "\\.gen\\.ts$";
const test = "\\.(test|fixture)\\.tsx?$";
const inputOutput =
	"^(node:)?(child_process|cluster|dgram|dns|fs|http|http2|https|net|os|process|readline|tls|worker_threads)(/|$)";

/** @param {string} names */
const npm = (names) => `(^|/)node_modules/(@types/)?(${names})/`;

/** @type {import("dependency-cruiser").IForbiddenRuleType[]} */
const upward = nouns.slice(0, -1).map((noun, index) => ({
	name: `${noun}-looks-up`,
	comment: "A noun imports only the nouns before it; upward influence goes through events and guards.",
	severity: "error",
	from: { path: `${src}/${noun}/`, pathNot: generated },
	to: { path: `${src}/(${nouns.slice(index + 1).join("|")})/` },
}));

/** @type {import("dependency-cruiser").IForbiddenRuleType[]} */
const walls = [
	{
		name: "platform-knows-no-noun",
		severity: "error",
		from: { path: [platform, foundation], pathNot: generated },
		to: { path: anyNoun },
	},
	{
		name: "only-through-the-face",
		comment: "A noun is imported through its index.ts.",
		severity: "error",
		from: { path: anyNoun, pathNot: generated },
		to: { path: `${anyNoun}(?!index\\.ts$)`, pathNot: `${src}/$1/` },
	},
	{
		name: "only-through-the-face-from-outside",
		severity: "error",
		from: { path: `${src}/([^/]+\\.ts$|cli/|testing/)`, pathNot: generated },
		to: { path: `${anyNoun}(?!index\\.ts$)` },
	},
	{
		name: "nothing-below-knows-the-composition",
		severity: "error",
		from: { path: [anyNoun, platform, foundation], pathNot: [generated, test] },
		to: { path: `${src}/(app\\.ts$|main\\.ts$|cli/|testing/)` },
	},
	{
		name: "no-cycles",
		severity: "error",
		// A guard is given the context that carries the guards: two types that name each other.
		from: { pathNot: `${src}/(context|guards)\\.ts$` },
		to: { circular: true, viaOnly: { pathNot: generated } },
	},
];

/** @type {import("dependency-cruiser").IForbiddenRuleType[]} */
const sqlHasAHome = [
	{
		name: "kysely-has-a-home",
		comment: "SQL sits in *-store.ts (writes) and *-reader.ts (read models).",
		severity: "error",
		from: {
			path: `${src}/`,
			pathNot: ["-(store|reader)\\.ts$", `${src}/(db|jobs|testing)/`, "\\.((db|http)\\.test|fixture)\\.ts$", generated],
		},
		to: { path: npm("kysely") },
	},
	{
		name: "pg-is-opened-in-one-place",
		severity: "error",
		from: { path: `${src}/`, pathNot: `${src}/db/(open-[^/]+|pool|prepared-statements)\\.ts$` },
		to: { path: npm("pg") },
	},
];

/** @type {import("dependency-cruiser").IForbiddenRuleType[]} */
const purity = [
	{
		name: "rules-do-no-io",
		comment: "*-rules.ts, *-policy.ts and the graph layout are pure; a type from elsewhere is fine.",
		severity: "error",
		from: { path: [`${src}/.*-(rules|policy)\\.ts$`, "^packages/web/src/.*/layout\\.ts$"] },
		to: {
			path: [
				inputOutput,
				`${src}/(db|blob-store|jobs|http|observe|cli|testing)/`,
				"-(store|reader|loaders|routes|resolvers|jobs)\\.ts$",
				npm("kysely|pg|fastify|graphql"),
			],
			dependencyTypesNot: ["type-only"],
		},
	},
	{
		name: "adapters-hold-no-sql",
		comment: "Resolvers and routes call use cases; a row's type is fine.",
		severity: "error",
		from: { path: `${anyNoun}.*-(resolvers|routes)\\.ts$` },
		to: { path: `${anyNoun}.*-(store|reader)\\.ts$`, dependencyTypesNot: ["type-only"] },
	},
	{
		name: "use-cases-know-no-transport",
		severity: "error",
		from: {
			path: anyNoun,
			pathNot: ["-(resolvers|routes|loaders)\\.ts$", "/(index|refuse-operations)\\.ts$", test, generated],
		},
		to: { path: npm("fastify|@fastify/[^/]+|graphql") },
	},
];

/** @type {import("dependency-cruiser").IForbiddenRuleType[]} */
const packageWalls = [
	{
		name: "client-commands-use-the-sdk-only",
		severity: "error",
		from: { path: `${src}/cli/client/`, pathNot: test },
		to: { path: "^packages/server/", pathNot: `${src}/cli/client/` },
	},
	{
		name: "web-knows-no-server",
		severity: "error",
		from: { path: "^packages/web/" },
		to: { path: "^packages/server/" },
	},
	{
		name: "sdk-depends-on-nothing",
		severity: "error",
		from: { path: "^packages/sdk/src/", pathNot: test },
		to: { pathNot: "^packages/sdk/src/", dependencyTypesNot: ["core"] },
	},
	{
		name: "conformance-knows-only-a-url",
		severity: "error",
		from: { path: "^conformance/" },
		to: { path: "(^|/)packages/|node_modules/(keifu|@keifu)/" },
	},
	{
		name: "nothing-imports-conformance",
		severity: "error",
		from: { pathNot: "^(conformance|scripts)/" },
		to: { path: "^conformance/" },
	},
];

/** @type {import("dependency-cruiser").IConfiguration} */
const configuration = {
	forbidden: [...upward, ...walls, ...sqlHasAHome, ...purity, ...packageWalls],
	options: {
		tsPreCompilationDeps: true,
		doNotFollow: { path: "(^|/)node_modules/" },
		exclude: { path: "^packages/[^/]+/dist/" },
		enhancedResolveOptions: {
			exportsFields: ["exports"],
			conditionNames: ["keifu-source", "import", "types", "node", "default"],
		},
	},
};

export default configuration;
