import fc from "fast-check";
import { expect, test } from "vitest";
import { findProject } from "../project/index.ts";
import { linkInto, linkTo, logVersion, openWorkplace } from "../testing/artifact-factories.ts";
import { findAliasesOfMembers, findCollection, pageMembers } from "./artifact-reader.ts";

const { stores, at } = await openWorkplace();
let histories = 0;

/** Something logged under an alias and, perhaps, linked. */
const step = fc.record({ content: fc.nat(4), alias: fc.constantFrom("best", "worst"), link: fc.boolean() });
/** Steps one after another in batches; what is in a batch happens at once. */
const history = fc.array(fc.array(step, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 5 });
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

type Done = Step & { readonly id: string };

async function perform(name: string, each: Step): Promise<Done> {
	const wanted = { by: at.ann, project: at.project, collectionName: name, aliases: [each.alias] };
	const version = await logVersion({ ...wanted, files: { "a.txt": `${each.content} of ${name}` } });
	const target = { entityName: at.org.name, projectName: "wandb-registry-dataset", collectionName: name };
	if (each.link) await linkInto(at.ann, linkTo(version, target, [each.alias]));
	return { ...each, id: version.id };
}

/** A collection's versions in the order of their numbers, and who holds each alias. */
async function stateOf(projectId: string, name: string) {
	const { db } = stores.services;
	const collection = await findCollection(db, projectId, name);
	if (collection === undefined) return { numbers: [], versions: [], aliases: [] };
	const { rows } = await pageMembers(db, collection.id, { limit: 100, after: null, ascending: true });
	const members = rows.map(({ id }) => id);
	return {
		numbers: rows.map(({ versionIndex }) => versionIndex),
		versions: rows.map(({ artifactId }) => artifactId),
		aliases: members.length === 0 ? [] : await findAliasesOfMembers(db, members),
	};
}

/** Numbers without a gap, each version once, and each alias with one of those that asked for it last. */
async function expectNumbered(projectId: string, name: string, before: readonly Done[], batch: readonly Done[]) {
	const { numbers, versions, aliases } = await stateOf(projectId, name);
	expect(numbers).toEqual(numbers.map((_, index) => index));
	expect([...versions].sort()).toEqual([...new Set([...before, ...batch].map(({ id }) => id))].sort());
	const holders = new Map(aliases.map(({ alias, artifactId }) => [alias, artifactId]));
	expect(holders.size).toBe(aliases.length);
	for (const { alias } of batch) {
		expect(batch.filter((each) => each.alias === alias).map(({ id }) => id)).toContain(holders.get(alias));
	}
	return holders;
}

test("whatever is logged and linked, at once or again: no number is left out, no content has two, no alias either", async () => {
	const registry = await findRegistry();
	await fc.assert(
		fc.asyncProperty(history, async (batches) => {
			histories += 1;
			const name = `history-${histories}`;
			const done: Done[] = [];
			for (const wanted of batches) {
				const batch = await Promise.all(wanted.map(async (each) => await perform(name, each)));
				const holders = await expectNumbered(at.project.id, name, done, batch);
				expect(batch.map(({ id }) => id)).toContain(holders.get("latest"));
				const linked = (each: Done) => each.link;
				await expectNumbered(registry, name, done.filter(linked), batch.filter(linked));
				done.push(...batch);
				const contents = new Map(done.map(({ id, content }) => [id, content]));
				expect(contents.size).toBe(new Set(contents.values()).size);
				for (const { id, content } of done) expect(contents.get(id)).toBe(content);
			}
		}),
		{ numRuns: 10 },
	);
});

async function findRegistry(): Promise<string> {
	const where = { entityName: at.org.name, projectName: "wandb-registry-dataset" };
	const project = await findProject(await at.ann.ctx(), where);
	if (project === null) throw new Error("no registry");
	return project.id;
}
