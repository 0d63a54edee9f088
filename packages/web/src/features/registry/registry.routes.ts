import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { frame, own } from "../../app-shell/base-routes.tsx";
import type { VersionSearch } from "../artifact/version-search.ts";

/** Every view state of the registry's pages, as texts. */
export type RegistrySearch = VersionSearch & {
	/** The collection that is open, and which page of it: the client prints these three. */
	selectionPath?: string | undefined;
	view?: string | undefined;
	version?: string | undefined;
	tab?: string | undefined;
	/** Which rows of the list are shown, and how. */
	q?: string | undefined;
	tag?: string | undefined;
	type?: string | undefined;
	sort?: string | undefined;
	hide?: string | undefined;
	/** The metric whose values are drawn; "" for the first. */
	metrics?: string | undefined;
	/** What is open at the side: `history`, `link` or `create`. */
	panel?: string | undefined;
};

/** Whatever is a text: the pages of a version, which have states of their own, are shown here as well. */
function readTexts(search: Record<string, unknown>): RegistrySearch {
	return Object.fromEntries(Object.entries(search).filter(([, value]) => typeof value === "string"));
}

const registries = createRoute({
	getParentRoute: () => own,
	path: "/registry",
	validateSearch: readTexts,
	component: lazyRouteComponent(() => import("./RegistriesPage.tsx"), "RegistriesPage"),
});

const organizationRegistries = createRoute({
	getParentRoute: () => own,
	path: "/orgs/$org/registry",
	validateSearch: readTexts,
	component: lazyRouteComponent(() => import("./RegistriesPage.tsx"), "RegistriesPage"),
});

const registry = createRoute({
	getParentRoute: () => frame,
	path: "/orgs/$org/registry/$registry",
	validateSearch: readTexts,
	component: lazyRouteComponent(() => import("./RegistryPage.tsx"), "RegistryPage"),
});

const legacyRegistry = createRoute({
	getParentRoute: () => frame,
	path: "/$entity/model-registry",
	validateSearch: readTexts,
	component: lazyRouteComponent(() => import("./LegacyRegistryPage.tsx"), "LegacyRegistryPage"),
});

/** What the viewer themselves may enter. */
export const ownRegistryRoutes = [registries, organizationRegistries] as const;

export const registryRoutes = [registry, legacyRegistry] as const;
