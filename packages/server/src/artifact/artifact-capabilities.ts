import type DataLoader from "dataloader";
import { type CapabilityName, capabilitiesOf } from "../access/capabilities.ts";
import { mayOnProject } from "../access/project-role.ts";
import type { ProjectAction } from "../access/roles.ts";
import { oneLoader } from "../graphql/batch-loader.ts";
import type { GqlContext } from "../graphql/gql-context.ts";
import { type ProjectRow, projectLoader } from "../project/index.ts";
import { mayOnArtifact } from "./artifact-policy.ts";
import { findProjectsOfArtifacts } from "./artifact-reader.ts";
import type { ArtifactRow, CollectionRow } from "./artifact-rows.ts";

const ofLinks: readonly ProjectAction[] = ["version.link", "version.unlink"];
const ofAliases: readonly ProjectAction[] = ["alias.change", "alias.change_protected"];
const ofCollections: readonly ProjectAction[] = [
	"collection.see",
	"collection.tag",
	"collection.edit",
	"collection.delete",
	...ofAliases,
];
const ofVersions: readonly ProjectAction[] = [
	"version.see",
	"version.use",
	"version.download",
	"file.download",
	"version.tag",
	"version.edit",
	"version.delete",
];

/** What the viewer may do with a collection; nothing with a deleted one. */
export async function collectionCapabilities(gql: GqlContext, row: CollectionRow): Promise<CapabilityName[]> {
	return await capabilitiesIn(gql, row, row.kind === "PORTFOLIO" ? [...ofCollections, ...ofLinks] : ofCollections);
}

/** What the viewer may do with a version's place in a collection: what it is called there, and taking it out. */
export async function placeCapabilities(gql: GqlContext, row: CollectionRow | null): Promise<CapabilityName[]> {
	if (row === null) return [];
	return await capabilitiesIn(gql, row, row.kind === "PORTFOLIO" ? [...ofAliases, "version.unlink"] : ofAliases);
}

async function capabilitiesIn(
	gql: GqlContext,
	row: CollectionRow,
	actions: readonly ProjectAction[],
): Promise<CapabilityName[]> {
	const project = row.deletedAt !== null ? null : (row.project ?? (await projectLoader(gql).load(row.projectId)));
	if (project === null) return [];
	const there = actions.filter((action) => action !== "alias.change_protected" || project.isRegistry);
	return capabilitiesOf(there, (action) => mayOnProject(gql.ctx.actor, project, action));
}

/** What the viewer may do with a version, through any place that it has; with a deleted one only see it. */
export async function versionCapabilities(gql: GqlContext, row: ArtifactRow): Promise<CapabilityName[]> {
	const projects = row.projects ?? (await placesLoader(gql).load(row.id))?.projects ?? [];
	const artifact = { ownProjectId: row.projectId, projects };
	const there = row.state === "DELETED" ? ofVersions.slice(0, 1) : ofVersions;
	return capabilitiesOf(there, (action) => mayOnArtifact(gql.ctx.actor, artifact, action));
}

type Places = { readonly artifactId: string; readonly projects: readonly ProjectRow[] };

/** The projects that versions are in, for those that came without. */
function placesLoader(gql: GqlContext): DataLoader<string, Places | null> {
	const read = async (ids: readonly string[]): Promise<Places[]> =>
		[...(await findProjectsOfArtifacts(gql.ctx.db, ids))].map(([artifactId, projects]) => ({ artifactId, projects }));
	return oneLoader(gql, placesLoader, { read, keyOf: (row) => row.artifactId });
}
