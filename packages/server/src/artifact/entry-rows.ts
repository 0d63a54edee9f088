import type { CountableConnection } from "../graphql/connection.ts";

/** A file or reference of a committed version, as lists show it. */
export type ListedEntry = {
	readonly path: string;
	readonly digest: string;
	readonly size: number;
	readonly ref: string | null;
	readonly sha256: string | null;
	/** Where the blob store keeps the bytes, where it says so. */
	readonly place: string | null;
};

/** A folder, file or reference on the wire. */
export type EntryNode = {
	readonly kind: "FOLDER" | "FILE" | "REFERENCE";
	readonly path: string;
	readonly sizeBytes: number;
	readonly fileCount: number;
	readonly digest: string | null;
	readonly ref: string | null;
	readonly directUrl: string | null;
};

export type ChangeKind = "ADDED" | "REMOVED" | "CHANGED";

/** An entry that two versions do not have alike. */
export type ChangeRow = {
	readonly path: string;
	readonly kind: ChangeKind;
	readonly sizeBefore: number | null;
	readonly sizeAfter: number | null;
};

export type ChangeTotal = {
	readonly kind: ChangeKind;
	readonly count: number;
	readonly sizeBefore: number;
	readonly sizeAfter: number;
};

/** A page of changes; they are counted for who asks for that. */
export type ChangeConnectionNode = Omit<CountableConnection<ChangeRow>, "totalCount"> & {
	totals(): Promise<ChangeTotal[]>;
};
