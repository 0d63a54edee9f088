import type { QueryClient } from "@tanstack/react-query";
import { createRouter } from "@tanstack/react-router";
import { frame, own, root } from "./app-shell/base-routes.tsx";
import { ErrorPage, NoSuchPage } from "./app-shell/ErrorPage.tsx";
import { PendingPage } from "./app-shell/PendingPage.tsx";
import { artifactRoutes } from "./features/artifact/artifact.routes.ts";
import { authorizeRoutes } from "./features/authorize/authorize.routes.ts";
import { designRoutes } from "./features/design/design.routes.ts";
import { entityRoutes } from "./features/entity/entity.routes.ts";
import { homeRoutes } from "./features/home/home.routes.ts";
import { loginRoutes } from "./features/login/login.routes.ts";
import { organizationRoutes } from "./features/organization/organization.routes.ts";
import { projectRoutes } from "./features/project/project.routes.ts";
import { ownRegistryRoutes, registryRoutes } from "./features/registry/registry.routes.ts";
import { registrySettingsRoutes } from "./features/registry-settings/registry-settings.routes.ts";
import { runRoutes } from "./features/run/run.routes.ts";
import { settingsRoutes } from "./features/settings/settings.routes.ts";
import { sweepRoutes } from "./features/sweep/sweep.routes.ts";
import { teamSettingsRoutes } from "./features/team-settings/team-settings.routes.ts";
import { parseSearch, printSearch } from "./search-params.ts";

const tree = root.addChildren([
	...loginRoutes,
	frame.addChildren([
		own.addChildren([
			...homeRoutes,
			...authorizeRoutes,
			...settingsRoutes,
			...organizationRoutes,
			...teamSettingsRoutes,
			...registrySettingsRoutes,
			...ownRegistryRoutes,
		]),
		...designRoutes,
		...registryRoutes,
		...entityRoutes,
		...projectRoutes,
		...runRoutes,
		...sweepRoutes,
		...artifactRoutes,
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
