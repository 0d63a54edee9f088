import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { own } from "../../app-shell/base-routes.tsx";
import { readTabSearch } from "../members/tab-search.ts";

// `/TEAM/settings` would be a project called so: `orgs` is a name that nothing can have.
const settings = createRoute({
	getParentRoute: () => own,
	path: "/orgs/$org/teams/$team/settings",
	validateSearch: readTabSearch,
	component: lazyRouteComponent(() => import("./TeamSettingsPage.tsx"), "TeamSettingsPage"),
});

export const teamSettingsRoutes = [settings] as const;
