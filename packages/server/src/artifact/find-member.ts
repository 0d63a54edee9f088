import { mayOnProject } from "../access/project-role.ts";
import type { Ctx } from "../context.ts";
import { DomainError } from "../errors.ts";
import type { ProjectRow } from "../project/index.ts";
import { nearestNames, parseArtifactName, parseSelector, type VersionSelector } from "./artifact-name-rules.ts";
import {
	findArtifactsByIds,
	findCollectionsHoldingEntry,
	listCollectionNames,
	pageAliases,
	pageMembers,
} from "./artifact-reader.ts";
import { findDeletedVersion } from "./artifact-removal-store.ts";
import type { ArtifactRow, CollectionRow, MembershipRow } from "./artifact-rows.ts";
import { findSeen } from "./find-collection.ts";
import { readMember, readMemberById } from "./version-reader.ts";

/** What `collection[:alias|vN|digest]` names in a project; null when nothing, or nothing the actor may see. */
export async function findMemberByName(ctx: Ctx, project: ProjectRow, name: string): Promise<MembershipRow | null> {
	if (!mayOnProject(ctx.actor, project, "version.see")) return null;
	const parsed = parseArtifactName(name);
	const where = { projectId: project.id, collectionName: parsed.collection };
	const found = await readMember(ctx.db, where, parsed.selector);
	if (found !== undefined) return found;
	const renamed = await findSeen(ctx, project, parsed.collection);
	if (renamed === null) return null;
	return (await readMember(ctx.db, { collectionId: renamed.id }, parsed.selector)) ?? null;
}

/** As `findMemberByName`, but says with a NOT_FOUND what there is instead. */
export async function requireMemberByName(ctx: Ctx, project: ProjectRow, name: string): Promise<MembershipRow> {
	const member = await findMemberByName(ctx, project, name);
	if (member !== null) return member;
	throw new DomainError(
		"NOT_FOUND",
		`artifact "${name}" was not found in "${project.entityName}/${project.name}"${await hint(ctx, project, name)}`,
	);
}

/**
 * The member of a collection that an alias, `vN` or digest names.
 * wire: clients of 0.19 ask so for the files of a version that they hold, and fall over a null: what is deleted is said.
 */
export async function findMemberIn(ctx: Ctx, collectionId: string, selector: string): Promise<MembershipRow | null> {
	const parsed = parseSelector(selector);
	const member = await readMember(ctx.db, { collectionId }, parsed);
	if (member !== undefined) return member;
	const { versionIndex } = parsed;
	if (versionIndex !== null && (await findDeletedVersion(ctx.db, collectionId, versionIndex)) !== undefined) {
		throw new DomainError("GONE", `${selector} was deleted: use another version, or log it again`);
	}
	return null;
}

/** The deleted version that had a number in a collection which the actor may see. */
export async function findGhostIn(ctx: Ctx, collectionId: string, versionIndex: number): Promise<ArtifactRow | null> {
	const id = await findDeletedVersion(ctx.db, collectionId, versionIndex);
	return id === undefined ? null : ((await findArtifactsByIds(ctx.db, [id])).get(id) ?? null);
}

/** The member with its version and all that is commonly asked of both; as it is if it has gone in the meantime. */
export async function withVersion(ctx: Ctx, member: MembershipRow): Promise<MembershipRow> {
	return (await readMemberById(ctx.db, member.id)) ?? member;
}

async function hint(ctx: Ctx, project: ProjectRow, name: string): Promise<string> {
	if (!mayOnProject(ctx.actor, project, "version.see")) return "";
	const { collection: wanted, selector } = parseArtifactName(name);
	const collection = await findSeen(ctx, project, wanted);
	if (collection !== null) return await selectorHint(ctx, collection, selector);
	const holding = await findCollectionsHoldingEntry(ctx.db, project.id, wanted);
	if (holding.length > 0) return `. Did you mean ${quoteAll(holding, selector.text)}? It has a file of that name`;
	const known = await listCollectionNames(ctx.db, project.id);
	if (known.length === 0) return ": no artifact has been logged there yet";
	const near = nearestNames(wanted, known);
	if (near.length > 0) return `. Did you mean ${quoteAll(near, selector.text)}?`;
	return `; there are: ${quoteAll(known.slice(0, 3), selector.text)}`;
}

async function selectorHint(ctx: Ctx, collection: CollectionRow, selector: VersionSelector): Promise<string> {
	const [aliases, members, wasDeleted] = await Promise.all([
		pageAliases(ctx.db, collection.id, { limit: 10, after: null }),
		pageMembers(ctx.db, collection.id, { limit: 1, after: null }),
		selector.versionIndex === null ? undefined : findDeletedVersion(ctx.db, collection.id, selector.versionIndex),
	]);
	const newest = members.rows[0];
	const start = wasDeleted !== undefined ? `: v${selector.versionIndex} was deleted; ` : ": ";
	if (newest === undefined) return `${start}"${collection.name}" has no version yet, or none that is left`;
	const names = aliases.map(({ alias }) => alias).join(", ");
	return `${start}"${collection.name}" has versions up to v${newest.versionIndex}${names === "" ? "" : ` and the aliases ${names}`}`;
}

function quoteAll(names: readonly string[], selector: string): string {
	return names.map((name) => `"${name}:${selector}"`).join(", ");
}
