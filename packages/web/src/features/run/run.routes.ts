import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { frame } from "../../app-shell/base-routes.tsx";
import { textsNamed } from "../../search-params.ts";

const run = createRoute({
	getParentRoute: () => frame,
	path: "/$entity/$project/runs/$run",
	component: lazyRouteComponent(() => import("./RunPage.tsx"), "RunPage"),
});

const runTab = createRoute({
	getParentRoute: () => frame,
	path: "/$entity/$project/runs/$run/$tab",
	// What the tabs keep in the address: a search; axis, scale, smoothing and span of charts; folder and file; wrapped lines.
	validateSearch: textsNamed("q", "x", "log", "smooth", "span", "shut", "system", "path", "file", "wrap", "at"),
	component: lazyRouteComponent(() => import("./RunPage.tsx"), "RunPage"),
});

export const runRoutes = [run, runTab] as const;
