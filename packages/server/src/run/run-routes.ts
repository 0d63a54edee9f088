import type { FastifyInstance } from "fastify";
import { type RunRoutesDeps, runFileRoutes } from "./run-file-routes.ts";
import { runFileStreamRoutes } from "./run-file-stream-routes.ts";

/** The REST endpoints of runs, below `/files/`. */
export function runRoutes(app: FastifyInstance, deps: RunRoutesDeps): void {
	runFileStreamRoutes(app, deps);
	runFileRoutes(app, deps);
}
