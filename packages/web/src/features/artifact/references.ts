import { queryOptions } from "@tanstack/react-query";
import { readManifestPlace } from "./version.queries.ts";

/** An entry that points to bytes elsewhere. */
export type Reference = { name: string; uri: string; size: number | undefined };

/** A larger manifest is not read in the browser; its entries stand in the list of files. */
const manifestLimit = 8_000_000;

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === "object" && value !== null;
}

/** The client writes 0 where it did not look at the bytes. */
function readSize(size: unknown): number | undefined {
	return typeof size === "number" && size > 0 ? size : undefined;
}

/** The reference entries of a manifest, in its order. */
export function readReferences(manifest: unknown): Reference[] {
	if (!isRecord(manifest) || !isRecord(manifest.contents)) return [];
	return Object.entries(manifest.contents).flatMap(([name, entry]) => {
		if (!isRecord(entry) || typeof entry.ref !== "string") return [];
		return [{ name, uri: entry.ref, size: readSize(entry.size) }];
	});
}

/** The references of a version. */
export function referencesQuery(id: string) {
	return queryOptions({
		queryKey: ["version-references", id],
		queryFn: async ({ signal }): Promise<Reference[]> => {
			const file = await readManifestPlace(id, signal);
			if (file === undefined || file.sizeBytes > manifestLimit) return [];
			const response = await fetch(file.directUrl, { signal });
			return response.ok ? readReferences(await response.json()) : [];
		},
	});
}
