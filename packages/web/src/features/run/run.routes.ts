import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { frame } from "../../app-shell/base-routes.tsx";

const run = createRoute({
	getParentRoute: () => frame,
	path: "/$entity/$project/runs/$run",
	component: lazyRouteComponent(() => import("./RunPage.tsx"), "RunPage"),
});

const runTab = createRoute({
	getParentRoute: () => frame,
	path: "/$entity/$project/runs/$run/$tab",
	component: lazyRouteComponent(() => import("./RunPage.tsx"), "RunPage"),
});

export const runRoutes = [run, runTab] as const;
