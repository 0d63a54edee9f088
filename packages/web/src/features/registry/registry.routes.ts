import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { frame, own } from "../../app-shell/base-routes.tsx";
import { readTexts } from "./registry-search.ts";

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
