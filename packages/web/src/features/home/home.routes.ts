import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { own } from "../../app-shell/base-routes.tsx";

const home = createRoute({
	getParentRoute: () => own,
	path: "/",
	component: lazyRouteComponent(() => import("./HomePage.tsx"), "HomePage"),
});

export const homeRoutes = [home] as const;
