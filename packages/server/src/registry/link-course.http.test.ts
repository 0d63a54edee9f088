import fc from "fast-check";
import { expect, test } from "vitest";
import { toNodeId } from "../graphql/node-id.ts";
import { logVersion, nodeIdOf } from "../testing/artifact-factories.ts";
import { startWorkplace } from "../testing/test-app.ts";

// Random courses of links, unlinks, aliases and deletions, against a model that keeps lists and nothing else.

const { app, at } = await startWorkplace();

const registry = "wandb-registry-dataset";
const aliasNames = ["latest", "prod", "best"] as const;
const versionNumbers = [0, 1, 2];

type Deed = {
	readonly what: "link" | "unlink" | "alias" | "unalias" | "delete";
	readonly version: number;
	readonly collection: number;
	readonly alias: (typeof aliasNames)[number];
};
const deeds: fc.Arbitrary<Deed> = fc.record({
	what: fc.constantFrom("link", "link", "link", "unlink", "alias", "unalias", "delete"),
	version: fc.constantFrom(...versionNumbers),
	collection: fc.constantFrom(0, 1),
	alias: fc.constantFrom(...aliasNames),
});

type Place = { readonly number: number; readonly version: number; readonly aliases: Set<string> };
type Collection = { next: number; places: Place[] };
type Model = { readonly collections: Collection[]; readonly alive: Set<number> };

function takeOut({ places }: Collection, place: Place): void {
	places.splice(places.indexOf(place), 1);
	const newest = places.toSorted((a, b) => b.number - a.number)[0];
	if (place.aliases.has("latest")) newest?.aliases.add("latest");
}

function put({ places }: Collection, place: Place, aliases: readonly string[]): void {
	for (const alias of aliases) {
		for (const other of places) other.aliases.delete(alias);
		place.aliases.add(alias);
	}
}

/** Does it in the model; false where the server is to refuse. */
function does(model: Model, { what, version, collection: index, alias }: Deed): boolean {
	const collection = model.collections[index];
	if (collection === undefined || !model.alive.has(version)) return what === "delete";
	const place = collection.places.find((each) => each.version === version);
	switch (what) {
		case "link": {
			const made = place ?? { number: collection.next++, version, aliases: new Set<string>() };
			if (place === undefined) collection.places.push(made);
			put(collection, made, place === undefined ? ["latest", alias] : [alias]);
			return true;
		}
		case "unlink":
			if (place !== undefined) takeOut(collection, place);
			return place !== undefined;
		case "alias":
			if (place !== undefined) put(collection, place, [alias]);
			return place !== undefined;
		case "unalias":
			place?.aliases.delete(alias);
			return place !== undefined;
		case "delete":
			model.alive.delete(version);
			for (const each of model.collections) {
				const gone = each.places.find((other) => other.version === version);
				if (gone !== undefined) takeOut(each, gone);
			}
			return true;
	}
}

type World = { readonly ids: readonly string[]; readonly names: readonly string[] };

const mutations: Record<Deed["what"], string> = {
	link: "linkArtifact(input: { artifactID: $id, entityName: $entity, projectName: $project, artifactPortfolioName: $name, aliases: [{ artifactCollectionName: $name, alias: $alias }] })",
	unlink: "unlinkArtifact(input: { artifactID: $id, artifactPortfolioID: $portfolio })",
	alias:
		"addAliases(input: { artifactID: $id, aliases: [{ entityName: $entity, projectName: $project, artifactCollectionName: $name, alias: $alias }] })",
	unalias:
		"deleteAliases(input: { artifactID: $id, aliases: [{ entityName: $entity, projectName: $project, artifactCollectionName: $name, alias: $alias }] })",
	delete: "deleteArtifact(input: { artifactID: $id, deleteAliases: true })",
};

/** Asks the server to do it; false where it refuses. */
async function asks({ ids, names }: World, { what, version, collection, alias }: Deed): Promise<boolean> {
	const name = names[collection] ?? "";
	const variables = {
		id: ids[version],
		entity: at.org.name,
		project: registry,
		name,
		alias,
		portfolio: await idOf(name),
	};
	const used = Object.keys(variables).filter((each) => mutations[what].includes(`$${each}`));
	const declared = used.map((each) => `$${each}: ${/id|portfolio/.test(each) ? "ID" : "String"}!`).join(", ");
	const { errors } = await app.gql(at.ann, `mutation (${declared}) { ${mutations[what]} { __typename } }`, variables);
	const known = errors.every(({ extensions }) => ["NOT_FOUND", "GONE"].includes(extensions?.code ?? ""));
	expect([known, errors]).toEqual([true, errors]);
	return errors.length === 0;
}

const inRegistry = (fields: string) =>
	`query ($entity: String, $project: String, $name: String!) { project(entityName: $entity, name: $project) {
		artifactCollection(name: $name) { ${fields} } } }`;

async function readCollection(name: string, fields: string) {
	const { data } = await app.gql(at.ann, inRegistry(fields), { entity: at.org.name, project: registry, name });
	return data.project.artifactCollection;
}

async function idOf(name: string): Promise<string> {
	return (await readCollection(name, "id"))?.id ?? toNodeId("ArtifactCollection", app.services.ids.uuid());
}

type Node = { node: { versionIndex: number; aliases: Array<{ alias: string }>; artifact: { id: string } } };

/** What the server says of a collection, in the words of the model. */
async function look(name: string, ids: readonly string[]): Promise<unknown> {
	const found = await readCollection(
		name,
		"artifactMemberships { edges { node { versionIndex aliases { alias } artifact { id } } } }",
	);
	const edges: Node[] = found?.artifactMemberships.edges ?? [];
	return edges.map(({ node }) => ({
		number: node.versionIndex,
		version: ids.indexOf(node.artifact.id),
		aliases: node.aliases.map(({ alias }) => alias).toSorted(),
	}));
}

function expected({ places }: Collection): unknown {
	const newestFirst = places.toSorted((a, b) => b.number - a.number);
	return newestFirst.map(({ aliases, ...place }) => ({ ...place, aliases: [...aliases].toSorted() }));
}

test("any course ends as the model says, and is refused where it says", async () => {
	let round = 0;
	const course = fc.asyncProperty(fc.array(deeds, { minLength: 4, maxLength: 24 }), async (course) => {
		round++;
		const log = (n: number) =>
			logVersion({ by: at.ann, project: at.project, collectionName: `s${round}-${n}`, files: { a: `${round} ${n}` } });
		const ids = [];
		for (const n of versionNumbers) ids.push(nodeIdOf(await log(n)));
		const names = [`course ${round} a`, `course ${round} b`];
		const empty = (): Collection => ({ next: 0, places: [] });
		const model: Model = { collections: [empty(), empty()], alive: new Set(versionNumbers) };
		for (const deed of course) {
			const done = await asks({ ids, names }, deed);
			expect([deed, done]).toEqual([deed, does(model, deed)]);
		}
		for (const [index, collection] of model.collections.entries()) {
			expect(await look(names[index] ?? "", ids)).toEqual(expected(collection));
		}
	});
	await fc.assert(course, { seed: 20_261_121, numRuns: 25 });
});
