import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { frame } from "../../app-shell/base-routes.tsx";

const design = createRoute({
	getParentRoute: () => frame,
	path: "/design",
	component: lazyRouteComponent(() => import("./DesignPage.tsx"), "DesignPage"),
});

export const designRoutes = [design] as const;
