import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { own } from "../../app-shell/base-routes.tsx";

const authorize = createRoute({
	getParentRoute: () => own,
	path: "/authorize",
	component: lazyRouteComponent(() => import("./AuthorizePage.tsx"), "AuthorizePage"),
});

export const authorizeRoutes = [authorize] as const;
