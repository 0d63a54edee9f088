import type { QueryClient } from "@tanstack/react-query";
import { createRootRouteWithContext, createRoute, Outlet, redirect } from "@tanstack/react-router";
import { Toasts } from "../ui/Toasts.tsx";
import { Frame } from "./Frame.tsx";
import { viewerQuery } from "./viewer.queries.ts";

export type RouterContext = { queryClient: QueryClient };

export const root = createRootRouteWithContext<RouterContext>()({
	component: () => (
		<>
			<Outlet />
			<Toasts />
		</>
	),
});

/** Pages with the menu around them. */
export const frame = createRoute({ getParentRoute: () => root, id: "frame", component: Frame });

/** Pages about oneself: nobody sees them without signing in. */
export const own = createRoute({
	getParentRoute: () => frame,
	id: "own",
	component: Outlet,
	beforeLoad: async ({ context, location }) => {
		const viewer = await context.queryClient.ensureQueryData(viewerQuery);
		if (viewer === null) throw redirect({ to: "/login", search: { next: location.href } });
	},
});
