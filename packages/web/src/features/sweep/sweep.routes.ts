import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { frame } from "../../app-shell/base-routes.tsx";

const sweep = createRoute({
	getParentRoute: () => frame,
	path: "/$entity/$project/sweeps/$sweep",
	component: lazyRouteComponent(() => import("./SweepPage.tsx"), "SweepPage"),
});

export const sweepRoutes = [sweep] as const;
