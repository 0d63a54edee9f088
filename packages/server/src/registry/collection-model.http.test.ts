import fc from "fast-check";
import { sql } from "kysely";
import { expect, test } from "vitest";
import type { ArtifactRow } from "../artifact/index.ts";
import { toNodeId } from "../graphql/node-id.ts";
import { linkInto, linkTo, logVersion, nodeIdOf } from "../testing/artifact-factories.ts";
import { startWorkplace } from "../testing/test-app.ts";

// Numbers and aliases of a sequence and of a collection of links to it, beside a model that holds them in two lists.

const { app, at } = await startWorkplace();
let histories = 0;

const registry = () => ({ entityName: at.org.name, projectName: "wandb-registry-dataset" });

/** A version's place: its number, and what it holds. */
type Place = { readonly number: number; readonly content: number; readonly aliases: Set<string> };
type Model = { next: number; places: Place[] };

/** Puts aliases on one place and takes them off all others. */
function give(model: Model, place: Place, aliases: readonly string[]): void {
	for (const alias of aliases) {
		for (const each of model.places) each.aliases.delete(alias);
		place.aliases.add(alias);
	}
}

/** A new place gets `latest`; one that is there keeps its number. */
function enter(model: Model, content: number, aliases: readonly string[]): void {
	const place = { number: model.next++, content, aliases: new Set<string>() };
	model.places.push(place);
	give(model, place, ["latest", ...aliases]);
}

function leave(model: Model, content: number): void {
	const gone = model.places.find((place) => place.content === content);
	model.places = model.places.filter((place) => place !== gone);
	const highest = model.places.at(-1);
	if (gone?.aliases.has("latest") && highest !== undefined) give(model, highest, ["latest"]);
}

const place = (model: Model, content: number) => model.places.find((each) => each.content === content);

/** The collections of one history, each with its model, and the versions that are there by their content. */
type World = {
	readonly name: string;
	readonly own: Model;
	readonly links: Model;
	readonly versions: Map<number, ArtifactRow>;
};

async function log({ name, own, versions }: World, content: number, aliases: readonly string[]): Promise<void> {
	const wanted = { by: at.ann, project: at.project, collectionName: name, aliases };
	versions.set(content, await logVersion({ ...wanted, files: { "a.txt": `${content} of ${name}` } }));
	const known = place(own, content);
	if (known === undefined) enter(own, content, aliases);
	else give(own, known, ["latest", ...aliases]);
}

async function link({ name, links }: World, content: number, version: ArtifactRow, aliases: readonly string[]) {
	const target = { ...registry(), collectionName: `${name}-links` };
	await linkInto(at.ann, linkTo(version, target, aliases));
	const known = place(links, content);
	if (known === undefined) enter(links, content, aliases);
	else give(links, known, aliases);
}

async function change(mutation: string, input: object): Promise<void> {
	const field = `${mutation[0]?.toUpperCase()}${mutation.slice(1)}Input!`;
	const answer = await app.gql(at.ann, `mutation ($input: ${field}) { ${mutation}(input: $input) { __typename } }`, {
		input,
	});
	expect(answer.errors).toEqual([]);
}

const step = fc.record({
	what: fc.constantFrom("log", "log", "link", "alias", "unalias", "delete", "unlink", "link alias"),
	content: fc.nat(4),
	alias: fc.constantFrom("best", "worst", "latest"),
});
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

/** One step, in the server and in the model; one that cannot be done with what is there is left out. */
async function perform(world: World, { what, content, alias }: Step): Promise<void> {
	const { name, own, links, versions } = world;
	if (what === "log") return await log(world, content, [alias]);
	const version = versions.get(content);
	if (version === undefined) return;
	const artifactID = nodeIdOf(version);
	const [source, linked] = [place(own, content), place(links, content)];
	const collection = { artifactCollectionName: name, entityName: at.project.entityName, projectName: at.project.name };
	if (what === "link") return await link(world, content, version, [alias]);
	if (what === "alias" && source !== undefined) {
		await change("addAliases", { artifactID, aliases: [{ ...collection, alias }] });
		give(own, source, [alias]);
	}
	if (what === "link alias" && linked !== undefined) {
		const target = { ...registry(), artifactCollectionName: `${name}-links`, alias };
		await change("addAliases", { artifactID, aliases: [target] });
		give(links, linked, [alias]);
	}
	if (what === "unalias" && source !== undefined && alias !== "latest") {
		await change("deleteAliases", { artifactID, aliases: [{ ...collection, alias }] });
		source.aliases.delete(alias);
	}
	if (what === "unlink" && linked !== undefined) {
		await change("unlinkArtifact", { artifactID, artifactPortfolioID: await portfolioOf(name) });
		leave(links, content);
	}
	if (what === "delete") {
		await change("deleteArtifact", { artifactID, deleteAliases: true });
		for (const model of [own, links]) leave(model, content);
		versions.delete(content);
	}
}

async function portfolioOf(name: string): Promise<string> {
	const { rows } = await sql<{
		id: string;
	}>`select id from artifact_collection where name = ${`${name}-links`}`.execute(app.services.db);
	return toNodeId("ArtifactCollection", rows[0]?.id ?? "");
}

/** What the client would be shown of a collection: its living versions by number, with their aliases there. */
async function shown(entityName: string, projectName: string, name: string) {
	const query = `query ($entity: String!, $project: String!, $name: String!) {
		project(name: $project, entityName: $entity) { artifactCollection(name: $name) { artifactMemberships(first: 100) {
			totalCount edges { node { versionIndex aliases { alias } artifact { id } } } } } } }`;
	const { data } = await app.gql(at.ann, query, { entity: entityName, project: projectName, name });
	const list = data.project.artifactCollection?.artifactMemberships ?? { totalCount: 0, edges: [] };
	expect(list.totalCount).toBe(list.edges.length);
	return list.edges.map(({ node }: { node: Node }) => ({
		number: node.versionIndex,
		id: node.artifact.id,
		aliases: node.aliases.map(({ alias }) => alias).sort(),
	}));
}

type Node = {
	readonly versionIndex: number;
	readonly artifact: { readonly id: string };
	readonly aliases: ReadonlyArray<{ readonly alias: string }>;
};

function expected({ places }: Model, versions: World["versions"]) {
	return places.toReversed().map(({ number, content, aliases }) => ({
		number,
		id: toNodeId("Artifact", versions.get(content)?.id ?? ""),
		aliases: [...aliases].sort(),
	}));
}

test("whatever is logged, deleted, linked, unlinked and named, numbers and aliases are those of the model", async () => {
	await fc.assert(
		fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async (steps) => {
			histories += 1;
			const empty = () => ({ next: 0, places: [] });
			const world: World = { name: `model-${histories}`, own: empty(), links: empty(), versions: new Map() };
			const { entityName, projectName } = registry();
			for (const each of steps) {
				await perform(world, each);
				const there = await shown(at.project.entityName, at.project.name, world.name);
				expect(there).toEqual(expected(world.own, world.versions));
			}
			const links = await shown(entityName, projectName, `${world.name}-links`);
			expect(links).toEqual(expected(world.links, world.versions));
		}),
		{ numRuns: 30 },
	);
});
