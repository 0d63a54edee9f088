import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { own } from "../../app-shell/base-routes.tsx";

const settings = createRoute({
	getParentRoute: () => own,
	path: "/settings",
	component: lazyRouteComponent(() => import("./SettingsPage.tsx"), "SettingsPage"),
});

export const settingsRoutes = [settings] as const;
