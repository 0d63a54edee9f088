/** History: what happened in projects, registries and collections, read from the outbox, then and as it happens. */
export { eventRoutes } from "./event-routes.ts";
export { createEventStreams } from "./event-streams.ts";
export type { HistoryRow } from "./history-reader.ts";
export { historyResolvers } from "./history-resolvers.ts";
