import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { own } from "../../app-shell/base-routes.tsx";
import { readTabSearch } from "../members/tab-search.ts";

const settings = createRoute({
	getParentRoute: () => own,
	path: "/orgs/$org/registry/$registry/settings",
	validateSearch: readTabSearch,
	component: lazyRouteComponent(() => import("./RegistrySettingsPage.tsx"), "RegistrySettingsPage"),
});

export const registrySettingsRoutes = [settings] as const;
