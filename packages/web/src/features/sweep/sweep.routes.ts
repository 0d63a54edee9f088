import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { frame } from "../../app-shell/base-routes.tsx";
import { textsNamed } from "../../search-params.ts";

const sweeps = createRoute({
	getParentRoute: () => frame,
	path: "/$entity/$project/sweeps",
	component: lazyRouteComponent(() => import("./SweepsPage.tsx"), "SweepsPage"),
});

const sweep = createRoute({
	getParentRoute: () => frame,
	path: "/$entity/$project/sweeps/$sweep",
	validateSearch: textsNamed("order"),
	component: lazyRouteComponent(() => import("./SweepPage.tsx"), "SweepPage"),
});

export const sweepRoutes = [sweeps, sweep] as const;
