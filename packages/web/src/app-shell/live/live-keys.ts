import type { Query, QueryKey } from "@tanstack/react-query";

/** What the server tells: something happened there. */
export type Notice = {
	type: string;
	entity: string;
	project: string;
	collection: string | null;
	run: string | null;
};

const registryPrefix = /^wandb-registry-/i;

/**
 * What grows old by an event, by the first word of its type: queries whose key names no project. A key that does name one
 * (its entity and project, or its organisation and registry) grows old by what happens there.
 */
const withoutPlace: Readonly<Record<string, readonly string[]>> = {
	run: ["home", "sidebar-projects", "entity-projects"],
	artifact: ["home", "entity-projects", "registries", "version-lineage", "lineage"],
	collection: ["home", "registries", "registry-search", "version-lineage", "lineage"],
	alias: ["home", "registries"],
	project: ["home", "sidebar-projects", "entity-projects", "entity", "registries", "viewer"],
	registry: ["registries"],
};

/** What an event of a run leaves as it is, though it names the project. */
const notOfRuns: ReadonlySet<string> = new Set([
	"version",
	"versions",
	"collection",
	"collections",
	"memberships",
	"artifact-types",
	"artifact-type",
	"registry",
	"registry-collections",
]);

/** Contents of versions never change, and what was searched for is asked again by typing. */
const never: ReadonlySet<string> = new Set(["search", "version-files", "file", "files", "api-keys", "invitation"]);

function* wordsOf(value: unknown): Generator<string> {
	if (typeof value === "string") yield value.toLowerCase();
	else if (typeof value === "object" && value !== null) for (const item of Object.values(value)) yield* wordsOf(item);
}

/** Whether what a query has read may be old after something happened. */
export function growsOld(key: QueryKey, { type, entity, project }: Notice): boolean {
	const [first, ...rest] = key;
	const subject = type.split(".")[0] ?? "";
	if (typeof first !== "string" || never.has(first)) return false;
	if (withoutPlace[subject]?.includes(first)) return true;
	if (subject === "run" && notOfRuns.has(first)) return false;
	const words = new Set(wordsOf(rest));
	const name = project.toLowerCase();
	// The pages of a registry are named by its organisation, whose entity is called alike, and by its short name.
	const isThere = words.has(name) || (registryPrefix.test(name) && words.has(name.replace(registryPrefix, "")));
	return isThere && (words.has(entity.toLowerCase()) || registryPrefix.test(name));
}

/** The queries that any of these events makes old; all but those that never do where there were too many to be told. */
export function staleAfter(notices: readonly Notice[] | "all"): (query: Query) => boolean {
	return ({ queryKey }) =>
		notices === "all"
			? typeof queryKey[0] !== "string" || !never.has(queryKey[0])
			: notices.some((notice) => growsOld(queryKey, notice));
}
