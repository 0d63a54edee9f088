import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { frame, own } from "../../app-shell/base-routes.tsx";

const registries = createRoute({
	getParentRoute: () => own,
	path: "/registry",
	component: lazyRouteComponent(() => import("./RegistriesPage.tsx"), "RegistriesPage"),
});

export type RegistrySearch = { selectionPath?: string; view?: string; version?: string; tab?: string };

function readRegistrySearch(search: Record<string, unknown>): RegistrySearch {
	const keys = ["selectionPath", "view", "version", "tab"] as const;
	return Object.fromEntries(keys.flatMap((key) => (typeof search[key] === "string" ? [[key, search[key]]] : [])));
}

const registry = createRoute({
	getParentRoute: () => frame,
	path: "/orgs/$org/registry/$registry",
	validateSearch: readRegistrySearch,
	component: lazyRouteComponent(() => import("./RegistryPage.tsx"), "RegistryPage"),
});

const legacyRegistry = createRoute({
	getParentRoute: () => frame,
	path: "/$entity/model-registry",
	component: lazyRouteComponent(() => import("./LegacyRegistryPage.tsx"), "LegacyRegistryPage"),
});

/** What the viewer themselves may enter. */
export const ownRegistryRoutes = [registries] as const;

export const registryRoutes = [registry, legacyRegistry] as const;
