import type DataLoader from "dataloader";
import { type ArtifactRow, filterArtifacts, findArtifactsByIds } from "../artifact/index.ts";
import { oneLoader } from "../graphql/batch-loader.ts";
import type { GqlContext } from "../graphql/gql-context.ts";

/** Versions by id, living or not, as far as the viewer may see them. */
export function seenArtifactLoader(gql: GqlContext): DataLoader<string, ArtifactRow | null> {
	const read = async (ids: readonly string[]) => {
		const rows = await findArtifactsByIds(gql.ctx.db, ids);
		return await filterArtifacts(gql.ctx, [...rows.values()], "version.see");
	};
	return oneLoader(gql, seenArtifactLoader, { read, keyOf: (row) => row.id });
}
