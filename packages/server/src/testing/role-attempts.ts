import type { ProjectAction, projectRules } from "../access/roles.ts";
import { toNodeId } from "../graphql/node-id.ts";
import type { ProjectRow } from "../project/index.ts";

/** A registry or a project with a collection, a version in it, a link and a run: what actions are tried on. */
export type TriedPlace = {
	readonly project: ProjectRow;
	/** Node ids. */
	readonly collectionId: string;
	readonly collectionName: string;
	readonly artifactId: string;
	/** A collection of links in the same place, and what is linked there. */
	readonly portfolioId: string;
	readonly linkedId: string;
	/** A version that everybody may read, to be linked. */
	readonly sourceId: string;
	readonly organizationName: string;
	/** A registry that every member of the organisation may write to. */
	readonly otherRegistry: string;
	/** Node id of a member of the organisation whose role nobody minds. */
	readonly bystanderId: string;
};

/** Who tries, with a run of his own. */
export type Trying = { readonly username: string; readonly runName: string };

export type Attempt = {
	/** Sent to /graphql; else the path is asked for. */
	readonly query?: string;
	readonly variables?: Record<string, unknown>;
	readonly path?: string;
	readonly body?: unknown;
	/** What was wanted is there. */
	readonly got?: (data: Record<string, Record<string, unknown> | null>) => boolean;
	/** Who may see the thing but not do this gets nothing, without a word. */
	readonly silent?: true;
	/** Names what is there, which makes it anew where it is not: who may not see it learns that the name is taken. */
	readonly byName?: true;
};

type Rules = typeof projectRules;
/** Actions that there are already. */
export type BuiltAction = {
	[A in ProjectAction]: Rules[A] extends { readonly built: false } ? never : A;
}[ProjectAction];
type Attempts = (at: TriedPlace, by: Trying, unique: string) => readonly Attempt[];

const md5OfA = "DMF1ucDxtqgxw5niaXcmYQ==";
const md5HexOfA = "0cc175b9c0f1b6a831c399e269772661";
const placeOf = ({ project }: TriedPlace) => ({ entityName: project.entityName, projectName: project.name });
const nodeId = ({ project }: TriedPlace) => toNodeId("Project", project.id);
const isRegistry = ({ project }: TriedPlace) => project.isRegistry;

/** A mutation of one input, whose type is named after it. */
function mutation(name: string, input: object, fields = "clientMutationId"): Attempt {
	const type = `${name.slice(0, 1).toUpperCase()}${name.slice(1)}Input`;
	return { query: `mutation ($input: ${type}!) { ${name}(input: $input) { ${fields} } }`, variables: { input } };
}
const onVersion = (at: TriedPlace, fields: string): Attempt => ({
	query: `query ($id: ID!) { artifact(id: $id) { ${fields} } }`,
	variables: { id: at.artifactId },
	got: ({ artifact }) => artifact !== null,
});
const inProject = (at: TriedPlace, fields: string, more: object = {}): Attempt => ({
	query: `query ($entity: String, $project: String) { project(name: $project, entityName: $entity) { ${fields} } }`,
	variables: { entity: at.project.entityName, project: at.project.name },
	got: ({ project }) => project !== null,
	...more,
});
const holds = (text: string) => (data: object) => JSON.stringify(data).includes(text);
const aliasIn = (at: TriedPlace, alias: string) => ({
	artifactID: at.artifactId,
	aliases: [{ ...placeOf(at), artifactCollectionName: at.collectionName, alias }],
});

const roleOf = (at: TriedPlace) => ({ projectId: nodeId(at), userId: at.bystanderId, userProjectRole: "viewer" });

/** How each action is tried: by each call that leads to it. */
export const attempts: Readonly<Record<BuiltAction, Attempts>> = {
	"project.see": (at) => [inProject(at, "id name access createdAt")],
	"registry.search": (at) => [
		{
			query: "query ($name: String!) { organization(name: $name) { registries { id } } }",
			variables: { name: at.organizationName },
			got: holds(nodeId(at)),
		},
	],
	"collection.see": (at) => [
		{
			query: "query ($id: ID!) { artifactCollection(id: $id) { name description tags { edges { node { name } } } } }",
			variables: { id: at.collectionId },
			got: ({ artifactCollection }) => artifactCollection !== null,
		},
		inProject(at, `artifactCollection(name: "${at.collectionName}") { id }`, { got: holds(at.collectionId) }),
	],
	"version.see": (at) => [
		onVersion(at, "digest metadata files { edges { node { name } } } usedBy { totalCount } aliases { alias }"),
		inProject(at, `artifact(name: "${at.collectionName}:latest") { id }`, { got: holds(at.artifactId) }),
		inProject(at, `artifactCollectionMembership(name: "${at.collectionName}:v0") { artifact { id } }`, {
			got: holds(at.artifactId),
		}),
	],
	"version.use": (at, by) => [
		mutation("useArtifact", {
			entityName: by.username,
			projectName: "own",
			runName: by.runName,
			artifactID: at.artifactId,
		}),
	],
	"version.download": (at) => [
		onVersion(
			at,
			`filesByManifestEntries(entries: [{ name: "a.txt", digest: "${md5OfA}" }]) { edges { node { directUrl } } }`,
		),
		onVersion(at, "currentManifest { file { directUrl } }"),
		inProject(at, `artifact(name: "${at.collectionName}:latest") { currentManifest { file { directUrl } } }`),
		{ ...onVersion(at, "state currentManifest { file { directUrl } }"), got: holds("/blobs/get/"), silent: true },
		{ path: `/artifactsV2/local/${at.project.entityName}/${at.artifactId}/${md5HexOfA}`, silent: true },
	],
	"file.download": (at) => [
		{ ...onVersion(at, "files { edges { node { name directUrl } } }"), got: holds("/blobs/get/"), silent: true },
		{ ...onVersion(at, "files { edges { node { name url } } }"), got: holds("/blobs/get/"), silent: true },
	],
	"collection.create": (at, _, unique) => [
		mutation("createArtifactPortfolio", { ...placeOf(at), artifactTypeName: "dataset", name: `made-${unique}` }),
	],
	"version.link": (at, _, unique) => [
		mutation("linkArtifact", { ...placeOf(at), artifactID: at.sourceId, artifactPortfolioName: `linked-${unique}` }),
	],
	"version.unlink": (at) => [
		mutation("unlinkArtifact", { artifactID: at.linkedId, artifactPortfolioID: at.portfolioId }),
	],
	"alias.change": (at, _, unique) => [
		mutation("addAliases", aliasIn(at, `alias-${unique}`)),
		mutation("deleteAliases", aliasIn(at, "kept")),
	],
	"alias.change_protected": (at) => [mutation("addAliases", aliasIn(at, "prod"))],
	"version.tag": (at, _, unique) => [
		mutation("updateArtifact", { artifactID: at.artifactId, tagsToAdd: [{ tagName: `tag-${unique}` }] }),
		mutation("updateArtifact", { artifactID: at.artifactId, tagsToDelete: [{ tagName: "kept" }] }),
	],
	"collection.tag": (at, _, unique) => {
		const input = { ...placeOf(at), artifactCollectionName: at.collectionName };
		return [
			mutation("createArtifactCollectionTagAssignments", { ...input, tags: [{ tagName: `tag-${unique}` }] }),
			mutation("deleteArtifactCollectionTagAssignments", { ...input, tags: [{ tagName: `tag-${unique}` }] }),
		];
	},
	"collection.edit": (at, _, unique) => {
		const description = `said ${unique}`;
		const sequence = { artifactSequenceID: at.collectionId, description };
		const portfolio = { artifactPortfolioID: at.portfolioId, description, name: `named-${unique}` };
		return [
			mutation("updateArtifactPortfolio", portfolio),
			...(isRegistry(at) ? [] : [mutation("updateArtifactSequence", sequence)]),
		];
	},
	"version.edit": (at, _, unique) => [
		mutation("updateArtifact", { artifactID: at.artifactId, description: `said ${unique}`, metadata: "{}" }),
	],
	"collection.delete": (at, _, unique) => {
		const moved = { artifactSequenceID: at.collectionId, destinationArtifactTypeName: `type-${unique}` };
		const to = { destinationEntityName: at.project.entityName, destinationProjectName: at.otherRegistry };
		return [
			isRegistry(at)
				? mutation("moveArtifactPortfolio", { artifactPortfolioID: at.portfolioId, ...to })
				: mutation("moveArtifactSequence", moved),
			isRegistry(at)
				? mutation("deleteArtifactPortfolio", { artifactPortfolioID: at.collectionId })
				: mutation("deleteArtifactSequence", { artifactSequenceID: at.collectionId }),
		];
	},
	"registry.edit": (at, _, unique) => [
		mutation("upsertModel", { id: nodeId(at), description: `said ${unique}` }),
		mutation("renameProject", {
			entityName: at.project.entityName,
			oldProjectName: at.project.name,
			newProjectName: `wandb-registry-${unique}`,
		}),
	],
	"registry.types": (at, _, unique) => [
		{
			...mutation("upsertModel", {
				entityName: at.project.entityName,
				name: at.project.name,
				artifactTypes: [{ name: `type-${unique}` }],
			}),
			byName: true,
		},
	],
	"registry.protect": (at, _, unique) => [
		mutation("updateRegistry", { projectId: nodeId(at), protectedAliases: ["prod", `kept-${unique}`] }),
	],
	"registry.visibility": (at) => [mutation("upsertModel", { id: nodeId(at), access: "PRIVATE" })],
	"registry.members": (at) => [
		mutation("createProjectMembers", { projectId: nodeId(at), userIds: [at.bystanderId] }, "success"),
		mutation("deleteProjectMembers", { projectId: nodeId(at), userIds: [at.bystanderId] }, "success"),
	],
	"registry.roles": (at) => [
		mutation("updateProjectMember", roleOf(at), "success"),
		mutation("setProjectOwner", { projectId: nodeId(at), userId: at.bystanderId }),
		mutation("updateRegistry", { projectId: nodeId(at), defaultRole: "viewer" }),
	],
	"registry.delete": (at) => [mutation("deleteModel", { id: nodeId(at) })],
	"project.read": (at) => [
		{ path: `/files/${at.project.entityName}/${at.project.name}/seen-run/notes.txt`, silent: true },
		inProject(at, `run(name: "seen-run") { files { edges { node { directUrl } } } }`, {
			got: holds("/blobs/get/"),
			silent: true,
		}),
		inProject(at, `run(name: "seen-run") { logLines { edges { node { line } } } }`, {
			got: holds("said"),
			silent: true,
		}),
	],
	"project.write": (at, _, unique) => [
		mutation("upsertBucket", { entityName: at.project.entityName, modelName: at.project.name, name: `run-${unique}` }),
		mutation("createRunFiles", { ...placeOf(at), runName: "seen-run", files: ["x.txt"] }, "runID"),
		{ path: `/files/${at.project.entityName}/${at.project.name}/seen-run/file_stream`, body: {} },
	],
	"version.delete": (at) => [mutation("deleteArtifact", { artifactID: at.artifactId, deleteAliases: true })],
	"project.administer": (at, _, unique) => [
		mutation("upsertModel", { id: nodeId(at), description: `said ${unique}` }),
		mutation("renameProject", {
			entityName: at.project.entityName,
			oldProjectName: at.project.name,
			newProjectName: `named-${unique}`,
		}),
		mutation("updateProjectMember", roleOf(at), "success"),
	],
};
