/**
 * What the resolvers hand around for a GraphQL type: type name → `path#Type`, the path as seen from `src/graphql`,
 * for example `Project: "../project/index.ts#ProjectRow"`. A type that is not listed is handed around in its own shape.
 */
export const mappers: Readonly<Record<string, string>> = {
	ApiKey: "../identity/index.ts#ApiKeyNode",
	Session: "../identity/index.ts#SessionNode",
	User: "../identity/index.ts#UserRow",
	Entity: "../org/index.ts#EntityRow",
	Member: "../org/index.ts#MemberRow as OrgMemberRow",
	Invite: "../org/index.ts#InviteRow",
	Organization: "../org/index.ts#OrganizationRow",
	Project: "../project/index.ts#ProjectRow",
	Artifact: "../artifact/index.ts#ArtifactRow",
	ArtifactAlias: "../artifact/index.ts#AliasRow",
	ArtifactCollection: "../artifact/index.ts#CollectionRow",
	ArtifactCollectionMembership: "../artifact/index.ts#MembershipRow",
	ArtifactManifest: "../artifact/index.ts#ManifestNode",
	ArtifactPortfolio: "../artifact/index.ts#CollectionRow",
	ArtifactSequence: "../artifact/index.ts#CollectionRow",
	ArtifactType: "../artifact/index.ts#TypeRow",
	File: "../run/index.ts#FileNode",
	Run: "../run/index.ts#RunRow",
	RunConnection: "../run/index.ts#RunConnectionNode",
	Sweep: "../sweep/index.ts#SweepRow",
	Tag: "../artifact/index.ts#TagRow",
};
