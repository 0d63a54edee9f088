import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { frame } from "../../app-shell/base-routes.tsx";

/** `q`: a part of projects' names; `order`: as the server has it, `+name`. */
export type EntitySearch = { q?: string; order?: string };

function readEntitySearch(search: Record<string, unknown>): EntitySearch {
	const keys = ["q", "order"] as const;
	return Object.fromEntries(keys.flatMap((key) => (typeof search[key] === "string" ? [[key, search[key]]] : [])));
}

const entity = createRoute({
	getParentRoute: () => frame,
	path: "/$entity",
	validateSearch: readEntitySearch,
	component: lazyRouteComponent(() => import("./EntityPage.tsx"), "EntityPage"),
});

export const entityRoutes = [entity] as const;
