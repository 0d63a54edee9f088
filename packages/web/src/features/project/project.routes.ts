import { createRoute, lazyRouteComponent, redirect } from "@tanstack/react-router";
import { frame } from "../../app-shell/base-routes.tsx";
import { textsNamed } from "../../search-params.ts";

/** Search, conditions, order and columns of the table of runs. */
const runsSearch = textsNamed("q", "where", "order", "cols");

const runs = createRoute({
	getParentRoute: () => frame,
	path: "/$entity/$project",
	validateSearch: runsSearch,
	component: lazyRouteComponent(() => import("./ProjectPage.tsx"), "ProjectPage"),
});

const overview = createRoute({
	getParentRoute: () => frame,
	path: "/$entity/$project/overview",
	component: lazyRouteComponent(() => import("./ProjectOverviewPage.tsx"), "ProjectOverviewPage"),
});

const compare = createRoute({
	getParentRoute: () => frame,
	path: "/$entity/$project/compare",
	validateSearch: textsNamed("runs", "differ", "q", "x", "log", "smooth", "span", "shut", "system"),
	component: lazyRouteComponent(() => import("./CompareRunsPage.tsx"), "CompareRunsPage"),
});

const settings = createRoute({
	getParentRoute: () => frame,
	path: "/$entity/$project/settings",
	component: lazyRouteComponent(() => import("./settings/ProjectSettingsPage.tsx"), "ProjectSettingsPage"),
});

/** Other words for the table of runs; what is chosen there comes along. */
const oldWords = ["runs", "workspace", "table"].map((word) =>
	createRoute({
		getParentRoute: () => frame,
		path: `/$entity/$project/${word}`,
		validateSearch: runsSearch,
		beforeLoad: ({ params, search }) => {
			throw redirect({ to: "/$entity/$project", params, search, replace: true });
		},
	}),
);

export const projectRoutes = [runs, overview, compare, settings, ...oldWords] as const;
