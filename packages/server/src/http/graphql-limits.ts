import { type DocumentNode, type FragmentDefinitionNode, Kind, type SelectionSetNode } from "graphql";
import { DomainError } from "../errors.ts";

export type GraphqlLimits = {
	/** Length of the query text. */
	readonly queryCharacters: number;
	readonly tokens: number;
	/** Levels of fields, through fragments. */
	readonly depth: number;
	/** Selections in one pair of braces; so also the root fields of an operation. */
	readonly selectionsPerSet: number;
	readonly aliases: number;
	/** Fields in all, a fragment counted once for every time it is spread. */
	readonly fields: number;
};

export const defaultGraphqlLimits: GraphqlLimits = {
	queryCharacters: 1024 * 1024,
	tokens: 20_000,
	depth: 30,
	selectionsPerSet: 200,
	aliases: 200,
	fields: 10_000,
};

type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;
type Measure = { readonly depth: number; readonly aliases: number; readonly fields: number };

const nothing: Measure = { depth: 0, aliases: 0, fields: 0 };

function refuse(what: string, most: number): never {
	throw new DomainError("INVALID_INPUT", `the query is refused: ${what}, at most ${most} are allowed; split the query`);
}

function fragmentsOf(document: DocumentNode): Fragments {
	const fragments = new Map<string, FragmentDefinitionNode>();
	for (const definition of document.definitions) {
		if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
	}
	return fragments;
}

/** Measures selections; every fragment is looked into once, however often it is spread. */
function createMeasure(fragments: Fragments, limits: GraphqlLimits): (set: SelectionSetNode) => Measure {
	const known = new Map<string, Measure | "being measured">();

	function measureFragment(name: string): Measure {
		const found = known.get(name);
		if (found === "being measured") {
			throw new DomainError("INVALID_INPUT", `the query is refused: the fragment ${name} contains itself`);
		}
		if (found !== undefined) return found;
		known.set(name, "being measured");
		const fragment = fragments.get(name);
		const measured = fragment === undefined ? nothing : measureSet(fragment.selectionSet);
		known.set(name, measured);
		return measured;
	}

	function measureSet(set: SelectionSetNode): Measure {
		if (set.selections.length > limits.selectionsPerSet)
			refuse("too many fields side by side", limits.selectionsPerSet);
		let { depth, aliases, fields } = nothing;
		for (const selection of set.selections) {
			const isField = selection.kind === Kind.FIELD;
			const isSpread = selection.kind === Kind.FRAGMENT_SPREAD;
			const below = isSpread ? undefined : selection.selectionSet;
			const inner = isSpread
				? measureFragment(selection.name.value)
				: below === undefined
					? nothing
					: measureSet(below);
			depth = Math.max(depth, inner.depth + (isField ? 1 : 0));
			aliases += inner.aliases + (isField && selection.alias !== undefined ? 1 : 0);
			fields += inner.fields + (isField ? 1 : 0);
		}
		return { depth, aliases, fields };
	}

	return measureSet;
}

/** Refuses a document that would cost too much to validate or to execute. */
export function assertWithinLimits(document: DocumentNode, limits: GraphqlLimits): void {
	const measure = createMeasure(fragmentsOf(document), limits);
	for (const definition of document.definitions) {
		if (definition.kind !== Kind.OPERATION_DEFINITION && definition.kind !== Kind.FRAGMENT_DEFINITION) continue;
		const { depth, aliases, fields } = measure(definition.selectionSet);
		if (depth > limits.depth) refuse("too many levels of fields", limits.depth);
		if (aliases > limits.aliases) refuse("too many aliases", limits.aliases);
		if (fields > limits.fields) refuse("too many fields", limits.fields);
	}
}
