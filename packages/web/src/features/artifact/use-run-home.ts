import { useQuery } from "@tanstack/react-query";
import { entitiesOf, viewerQuery } from "../../app-shell/viewer.queries.ts";
import type { RunHome } from "./usage-code.ts";

/** Where the reader's runs go: the project given where they belong to its entity, or a project of their own. */
export function useRunHome(place: { entityName: string; name: string } | null): RunHome {
	const { data: viewer } = useQuery(viewerQuery);
	const own = viewer ? entitiesOf(viewer) : [];
	if (place !== null && own.includes(place.entityName)) return { entity: place.entityName, project: place.name };
	return { entity: own[0], project: "my-project" };
}
