import { KeifuError } from "@keifu/sdk";
import { queryOptions } from "@tanstack/react-query";
import { ask } from "../graphql-client.ts";
import { ViewerDocument, type ViewerQuery } from "./viewer.graphql.gen.ts";

type Asked = NonNullable<ViewerQuery["viewer"]>;

export type Viewer = Asked & {
	/** Whether the app leads to the Registry: a setting of the server. */
	showsRegistry: boolean;
};

async function readViewer(signal: AbortSignal): Promise<Viewer | null> {
	try {
		const { viewer, serverInfo } = await ask(ViewerDocument, {}, signal);
		return viewer && { ...viewer, showsRegistry: serverInfo?.registryUi !== false };
	} catch (error) {
		if (error instanceof KeifuError && error.status === 401) return null;
		throw error;
	}
}

/** Who is signed in; null when nobody is. */
export const viewerQuery = queryOptions({
	queryKey: ["viewer"],
	queryFn: ({ signal }) => readViewer(signal),
	staleTime: 60_000,
});

/** The viewer's own entity and teams, without repeats, the default one first. */
export function entitiesOf(viewer: Viewer): string[] {
	const teams = viewer.teams?.edges.map(({ node }) => node.name) ?? [];
	const all = [...teams, viewer.username ?? viewer.name];
	const first = viewer.entity !== null && all.includes(viewer.entity) ? [viewer.entity] : [];
	return [...new Set([...first, ...all])];
}
