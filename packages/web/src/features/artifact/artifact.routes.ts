import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { frame } from "../../app-shell/base-routes.tsx";
import { readFilesSearch } from "../files/files-search.ts";
import { readVersionSearch } from "./version-search.ts";

/** Beside all pages of a project's artifacts stands the list of them; it stays as one goes from page to page. */
const browser = createRoute({
	getParentRoute: () => frame,
	path: "/$entity/$project/artifacts",
	component: lazyRouteComponent(() => import("./ArtifactLayout.tsx"), "ArtifactLayout"),
});

const artifacts = createRoute({
	getParentRoute: () => browser,
	path: "/",
	validateSearch: (search: Record<string, unknown>): { generated?: string } =>
		typeof search.generated === "string" ? { generated: search.generated } : {},
	component: lazyRouteComponent(() => import("./ArtifactsPage.tsx"), "ArtifactsPage"),
});

const artifactType = createRoute({
	getParentRoute: () => browser,
	path: "$type",
	component: lazyRouteComponent(() => import("./ArtifactTypePage.tsx"), "ArtifactTypePage"),
});

const collection = createRoute({
	getParentRoute: () => browser,
	path: "$type/$name",
	component: lazyRouteComponent(() => import("./CollectionPage.tsx"), "CollectionPage"),
});

const version = createRoute({
	getParentRoute: () => browser,
	path: "$type/$name/$version",
	validateSearch: readVersionSearch,
	component: lazyRouteComponent(() => import("./VersionPage.tsx"), "VersionPage"),
});

const versionTab = createRoute({
	getParentRoute: () => browser,
	path: "$type/$name/$version/$tab",
	validateSearch: (search: Record<string, unknown>) => ({ ...readVersionSearch(search), ...readFilesSearch(search) }),
	component: lazyRouteComponent(() => import("./VersionPage.tsx"), "VersionPage"),
});

export const artifactRoutes = [
	browser.addChildren([artifacts, artifactType, collection, version, versionTab]),
] as const;
