export type NodeKind = "run" | "artifact";

/** Numbers that stand for the kinds in a graph. */
export const runKind = 0;
export const artifactKind = 1;

export type RunNodeRow = {
	readonly id: string;
	/** The run id in addresses. */
	readonly name: string;
	readonly displayName: string;
	readonly jobType: string;
	readonly groupName: string | null;
	readonly state: string;
	readonly createdAt: Date;
	readonly sweep: string | null;
	readonly sweepId: string | null;
	readonly isDeleted: boolean;
	/** `entity/project`. */
	readonly project: string;
	readonly place: number;
};

export type VersionNodeRow = {
	readonly id: string;
	readonly type: string;
	readonly collection: string;
	readonly version: number | null;
	readonly state: string;
	readonly createdAt: Date;
	readonly project: string;
	readonly place: number;
	/** Where it was logged. */
	readonly aliases: readonly string[];
	/** The places that it has by links, in the order in which it got them. */
	readonly links: readonly LinkRow[];
};

export type LinkRow = LinkNode & { readonly place: number };

/** A node as it is told of. */
export type LineageNode = {
	/** As on the wire: what the client calls `artifact.id`; of a run, the GraphQL id. */
	readonly id: string;
	readonly kind: NodeKind | "hidden";
	/** Of a version its type, of a run its job type. */
	readonly type: string;
	/** `collection:v3`, or a run's display name. */
	readonly name: string;
	/** The run id in addresses; null for versions. */
	readonly run: string | null;
	readonly sweep: string | null;
	readonly collection: string | null;
	readonly version: number | null;
	readonly project: string;
	readonly state: string;
	readonly isDeleted: boolean;
	readonly createdAt: Date | null;
	/** Where it was logged. */
	readonly aliases: readonly string[];
	/** Its other names. */
	readonly links: readonly LinkNode[];
};

export type LinkNode = {
	readonly project: string;
	readonly isRegistry: boolean;
	readonly collection: string;
	readonly version: number;
	readonly aliases: readonly string[];
};

/** A node as GraphQL has it: with what the question that it answers says of it. */
export type LineageNodeOnWire = Partial<Omit<LineageNode, "id" | "kind">> & {
	readonly id: string;
	readonly kind: "RUN" | "ARTIFACT" | "HIDDEN";
	readonly above?: number | null;
	readonly below?: number | null;
	readonly up?: number;
	readonly down?: number;
	readonly hiddenUp?: number;
	readonly hiddenDown?: number;
	readonly distance?: number;
	readonly consumers?: number;
	readonly fromHops?: number;
	readonly toHops?: number;
	readonly firstHops?: number;
	readonly secondHops?: number;
	readonly metric?: number | null;
};
