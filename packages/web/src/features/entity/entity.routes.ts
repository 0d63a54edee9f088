import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { frame } from "../../app-shell/base-routes.tsx";

const entity = createRoute({
	getParentRoute: () => frame,
	path: "/$entity",
	component: lazyRouteComponent(() => import("./EntityPage.tsx"), "EntityPage"),
});

export const entityRoutes = [entity] as const;
