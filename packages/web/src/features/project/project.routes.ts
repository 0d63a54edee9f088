import { createRoute, lazyRouteComponent, redirect } from "@tanstack/react-router";
import { frame } from "../../app-shell/base-routes.tsx";

const project = createRoute({
	getParentRoute: () => frame,
	path: "/$entity/$project",
	component: lazyRouteComponent(() => import("./ProjectPage.tsx"), "ProjectPage"),
});

/** The lists of runs and sweeps stand on the project's page. */
const lists = ["runs", "sweeps", "workspace", "overview"].map((list) =>
	createRoute({
		getParentRoute: () => frame,
		path: `/$entity/$project/${list}`,
		beforeLoad: ({ params }) => {
			throw redirect({ to: "/$entity/$project", params, replace: true });
		},
	}),
);

export const projectRoutes = [project, ...lists] as const;
