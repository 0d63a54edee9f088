import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { frame } from "../../app-shell/base-routes.tsx";
import { readCollectionSearch } from "./collection-search.ts";
import { readVersionSearch } from "./version-search.ts";

const artifacts = createRoute({
	getParentRoute: () => frame,
	path: "/$entity/$project/artifacts",
	validateSearch: (search: Record<string, unknown>): { generated?: string } =>
		typeof search.generated === "string" ? { generated: search.generated } : {},
	component: lazyRouteComponent(() => import("./ArtifactsPage.tsx"), "ArtifactsPage"),
});

const artifactType = createRoute({
	getParentRoute: () => frame,
	path: "/$entity/$project/artifacts/$type",
	component: lazyRouteComponent(() => import("./ArtifactTypePage.tsx"), "ArtifactTypePage"),
});

const collection = createRoute({
	getParentRoute: () => frame,
	path: "/$entity/$project/artifacts/$type/$name",
	validateSearch: readCollectionSearch,
	component: lazyRouteComponent(() => import("./CollectionPage.tsx"), "CollectionPage"),
});

const version = createRoute({
	getParentRoute: () => frame,
	path: "/$entity/$project/artifacts/$type/$name/$version",
	validateSearch: readVersionSearch,
	component: lazyRouteComponent(() => import("./VersionPage.tsx"), "VersionPage"),
});

const versionTab = createRoute({
	getParentRoute: () => frame,
	path: "/$entity/$project/artifacts/$type/$name/$version/$tab",
	validateSearch: readVersionSearch,
	component: lazyRouteComponent(() => import("./VersionPage.tsx"), "VersionPage"),
});

export const artifactRoutes = [artifacts, artifactType, collection, version, versionTab] as const;
