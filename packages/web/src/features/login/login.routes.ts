import { createRoute, lazyRouteComponent } from "@tanstack/react-router";
import { root } from "../../app-shell/base-routes.tsx";

/** Where to go afterwards; or the token of an invitation. */
type LoginSearch = { next?: string; invite?: string };

function readLoginSearch(search: Record<string, unknown>): LoginSearch {
	const keys = ["next", "invite"] as const;
	return Object.fromEntries(keys.flatMap((key) => (typeof search[key] === "string" ? [[key, search[key]]] : [])));
}

const login = createRoute({
	getParentRoute: () => root,
	path: "/login",
	validateSearch: readLoginSearch,
	component: lazyRouteComponent(() => import("./LoginPage.tsx"), "LoginPage"),
});

export const loginRoutes = [login] as const;
