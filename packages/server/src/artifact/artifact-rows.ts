import type { CountableConnection } from "../graphql/connection.ts";
import type { ProjectRow } from "../project/index.ts";

// Fields with a question mark hold what was read along with a row, in the same query. Where they are absent, resolvers
// load them.

export type ArtifactState = "PENDING" | "COMMITTED" | "DELETED";
/** Of the digest of a version, and of its files where the client had none of them before. */
export type DigestAlgorithm = "MANIFEST_MD5" | "MANIFEST_XXH128";
export type CollectionKind = "SEQUENCE" | "PORTFOLIO";

/** A version: immutable content and what is said of it. */
export type ArtifactRow = {
	readonly id: string;
	readonly projectId: string;
	readonly collectionId: string;
	readonly state: ArtifactState;
	/** Hex, over the manifest's entries. */
	readonly digest: string;
	readonly digestAlgorithm: DigestAlgorithm;
	readonly description: string | null;
	/** JSON text. */
	readonly metadata: string | null;
	/** Seconds; null inherits, -2 never expires. */
	readonly ttlSeconds: number | null;
	readonly historyStep: number | null;
	readonly size: number;
	readonly fileCount: number;
	readonly manifestSha256: string | null;
	readonly baseArtifactId: string | null;
	readonly runId: string | null;
	readonly createdBy: string | null;
	readonly createdAt: Date;
	readonly updatedAt: Date;
	/** Number in its own sequence; null until committed. */
	readonly versionIndex: number | null;
	readonly sequence?: CollectionRow;
	/** In every collection that it is in. */
	readonly aliases?: readonly AliasRow[];
	readonly tags?: readonly TagRow[];
	/** Those it is in: its own, and where it is linked to. */
	readonly projects?: readonly ProjectRow[];
};

export type CollectionRow = {
	readonly id: string;
	readonly projectId: string;
	readonly typeId: string;
	readonly typeName: string;
	readonly typeDescription: string | null;
	readonly typeCreatedAt: Date;
	readonly kind: CollectionKind;
	readonly name: string;
	readonly description: string | null;
	readonly createdAt: Date;
	readonly updatedAt: Date;
	/** Set when it was deleted: then it is found under no name. */
	readonly deletedAt: Date | null;
	readonly project?: ProjectRow;
	/** By name; where they came with the row. */
	readonly tags?: readonly TagRow[];
};

/** The type of a collection, which comes with it. */
export function typeOf(collection: CollectionRow): TypeRow {
	return {
		id: collection.typeId,
		projectId: collection.projectId,
		name: collection.typeName,
		description: collection.typeDescription,
		createdAt: collection.typeCreatedAt,
	};
}

/** A version's place in a collection. */
export type MembershipRow = {
	readonly id: string;
	readonly collectionId: string;
	readonly artifactId: string;
	readonly versionIndex: number;
	readonly createdAt: Date;
	readonly artifact?: ArtifactRow;
	readonly collection?: CollectionRow;
	readonly aliases?: readonly AliasRow[];
};

export type AliasRow = {
	readonly id: string;
	readonly alias: string;
	readonly collectionId: string;
	readonly memberId: string;
	readonly artifactId: string;
	readonly collection?: CollectionRow;
};

export type TypeRow = {
	readonly id: string;
	readonly projectId: string;
	readonly name: string;
	readonly description: string | null;
	readonly createdAt: Date;
};
export type TagRow = { readonly id: string; readonly name: string };

export type CollectionConnectionNode = CountableConnection<CollectionRow>;
export type MembershipConnectionNode = CountableConnection<MembershipRow>;
type VersionEdge = { readonly cursor: string; readonly version: string; readonly node: ArtifactRow | null };
export type VersionConnectionNode = Omit<CountableConnection<never>, "edges"> & {
	readonly edges: readonly VersionEdge[];
};
