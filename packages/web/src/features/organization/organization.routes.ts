import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { own } from "../../app-shell/base-routes.tsx";
import { readTabSearch } from "../members/tab-search.ts";

const settings = createRoute({
	getParentRoute: () => own,
	path: "/orgs/$org/settings",
	validateSearch: readTabSearch,
	component: lazyRouteComponent(() => import("./OrganizationSettingsPage.tsx"), "OrganizationSettingsPage"),
});

export const organizationRoutes = [settings] as const;
