import { KeifuError } from "@keifu/sdk";
import { queryOptions } from "@tanstack/react-query";
import { request } from "../graphql-client.ts";

const viewerDocument = /* GraphQL */ `
	query Viewer {
		viewer {
			id
			username
			name
			email
			admin
			entity
			teams { edges { node { id name organization { id name orgEntity { id name } } } } }
			organizations { id name orgEntity { id name } }
		}
		serverInfo { registryUi }
	}
`;

export type ViewerOrganization = { id: string; name: string; orgEntity: { id: string; name: string } | null };

export type Viewer = {
	id: string;
	username: string | null;
	name: string;
	email: string | null;
	admin: boolean | null;
	/** Name of the default entity. */
	entity: string | null;
	teams: { edges: { node: { id: string; name: string; organization: ViewerOrganization | null } }[] } | null;
	organizations: ViewerOrganization[] | null;
	/** Whether the app leads to the Registry: a setting of the server. */
	showsRegistry: boolean;
};

type Answer = { viewer: Omit<Viewer, "showsRegistry"> | null; serverInfo: { registryUi: boolean } | null };

async function readViewer(signal: AbortSignal): Promise<Viewer | null> {
	try {
		const { viewer, serverInfo } = await request<Answer>(viewerDocument, {}, signal);
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
