/** The graph of runs and versions. It only reads: edges are written by the artifact noun, where they are facts. */
export { lineageResolvers } from "./lineage-resolvers.ts";
export { lineageRoutes } from "./lineage-routes.ts";
