import type { QueryClient } from "@tanstack/react-query";
import {
	createRootRouteWithContext,
	createRoute,
	createRouter,
	lazyRouteComponent,
	Outlet,
	redirect,
} from "@tanstack/react-router";
import { ErrorPage, NoSuchPage } from "./app-shell/ErrorPage.tsx";
import { Frame } from "./app-shell/Frame.tsx";
import { PendingPage } from "./app-shell/PendingPage.tsx";
import { viewerQuery } from "./app-shell/viewer.queries.ts";
import { parseSearch, printSearch } from "./search-params.ts";

type RouterContext = { queryClient: QueryClient };

const root = createRootRouteWithContext<RouterContext>()({ component: Outlet });

/** Where to go afterwards; or the token of an invitation. */
type LoginSearch = { next?: string; invite?: string };

function readLoginSearch(search: Record<string, unknown>): LoginSearch {
	const keys = ["next", "invite"] as const;
	return Object.fromEntries(keys.flatMap((key) => (typeof search[key] === "string" ? [[key, search[key]]] : [])));
}

const login = createRoute({
	getParentRoute: () => root,
	path: "/login",
	validateSearch: readLoginSearch,
	component: lazyRouteComponent(() => import("./features/login/LoginPage.tsx"), "LoginPage"),
});

const frame = createRoute({ getParentRoute: () => root, id: "frame", component: Frame });

/** Pages about oneself: nobody sees them without signing in. */
const own = createRoute({
	getParentRoute: () => frame,
	id: "own",
	component: Outlet,
	beforeLoad: async ({ context, location }) => {
		const viewer = await context.queryClient.ensureQueryData(viewerQuery);
		if (viewer === null) throw redirect({ to: "/login", search: { next: location.href } });
	},
});

const home = createRoute({
	getParentRoute: () => own,
	path: "/",
	component: lazyRouteComponent(() => import("./features/home/HomePage.tsx"), "HomePage"),
});

const authorize = createRoute({
	getParentRoute: () => own,
	path: "/authorize",
	component: lazyRouteComponent(() => import("./features/authorize/AuthorizePage.tsx"), "AuthorizePage"),
});

const settings = createRoute({
	getParentRoute: () => own,
	path: "/settings",
	component: lazyRouteComponent(() => import("./features/settings/SettingsPage.tsx"), "SettingsPage"),
});

const registries = createRoute({
	getParentRoute: () => own,
	path: "/registry",
	component: lazyRouteComponent(() => import("./features/registry/RegistriesPage.tsx"), "RegistriesPage"),
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
	component: lazyRouteComponent(() => import("./features/registry/RegistryPage.tsx"), "RegistryPage"),
});

const entity = createRoute({
	getParentRoute: () => frame,
	path: "/$entity",
	component: lazyRouteComponent(() => import("./features/entity/EntityPage.tsx"), "EntityPage"),
});

const legacyRegistry = createRoute({
	getParentRoute: () => frame,
	path: "/$entity/model-registry",
	component: lazyRouteComponent(() => import("./features/registry/LegacyRegistryPage.tsx"), "LegacyRegistryPage"),
});

const project = createRoute({
	getParentRoute: () => frame,
	path: "/$entity/$project",
	component: lazyRouteComponent(() => import("./features/project/ProjectPage.tsx"), "ProjectPage"),
});

const run = createRoute({
	getParentRoute: () => frame,
	path: "/$entity/$project/runs/$run",
	component: lazyRouteComponent(() => import("./features/run/RunPage.tsx"), "RunPage"),
});

const runTab = createRoute({
	getParentRoute: () => frame,
	path: "/$entity/$project/runs/$run/$tab",
	component: lazyRouteComponent(() => import("./features/run/RunPage.tsx"), "RunPage"),
});

/** The lists of runs and sweeps stand on the project's page. */
const lists = ["runs", "sweeps", "workspace", "overview"].map((list) =>
	createRoute({
		getParentRoute: () => frame,
		path: `/$entity/$project/${list}`,
		beforeLoad: ({ params }) => {
			throw redirect({ to: "/$entity/$project", params, replace: true });
		},
	}),
);

const sweep = createRoute({
	getParentRoute: () => frame,
	path: "/$entity/$project/sweeps/$sweep",
	component: lazyRouteComponent(() => import("./features/sweep/SweepPage.tsx"), "SweepPage"),
});

const artifacts = createRoute({
	getParentRoute: () => frame,
	path: "/$entity/$project/artifacts",
	validateSearch: (search: Record<string, unknown>): { generated?: string } =>
		typeof search.generated === "string" ? { generated: search.generated } : {},
	component: lazyRouteComponent(() => import("./features/artifact/ArtifactsPage.tsx"), "ArtifactsPage"),
});

const artifactType = createRoute({
	getParentRoute: () => frame,
	path: "/$entity/$project/artifacts/$type",
	component: lazyRouteComponent(() => import("./features/artifact/ArtifactTypePage.tsx"), "ArtifactTypePage"),
});

const collection = createRoute({
	getParentRoute: () => frame,
	path: "/$entity/$project/artifacts/$type/$name",
	component: lazyRouteComponent(() => import("./features/artifact/CollectionPage.tsx"), "CollectionPage"),
});

const version = createRoute({
	getParentRoute: () => frame,
	path: "/$entity/$project/artifacts/$type/$name/$version",
	component: lazyRouteComponent(() => import("./features/artifact/VersionPage.tsx"), "VersionPage"),
});

const versionTab = createRoute({
	getParentRoute: () => frame,
	path: "/$entity/$project/artifacts/$type/$name/$version/$tab",
	component: lazyRouteComponent(() => import("./features/artifact/VersionPage.tsx"), "VersionPage"),
});

const tree = root.addChildren([
	login,
	frame.addChildren([
		own.addChildren([home, authorize, settings, registries]),
		registry,
		entity,
		legacyRegistry,
		project,
		run,
		runTab,
		sweep,
		artifacts,
		artifactType,
		collection,
		version,
		versionTab,
		...lists,
	]),
]);

/** Every address of the app; each page's code is loaded when it is first wanted. */
export function createAppRouter(queryClient: QueryClient) {
	return createRouter({
		routeTree: tree,
		context: { queryClient },
		defaultPreload: "intent",
		defaultErrorComponent: ErrorPage,
		defaultNotFoundComponent: NoSuchPage,
		defaultPendingComponent: PendingPage,
		defaultPendingMs: 150,
		defaultPendingMinMs: 0,
		scrollRestoration: true,
		parseSearch,
		stringifySearch: printSearch,
	});
}

declare module "@tanstack/react-router" {
	interface Register {
		router: ReturnType<typeof createAppRouter>;
	}
}
