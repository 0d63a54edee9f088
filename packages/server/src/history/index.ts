/** History: what happened in projects, registries and collections, read from the outbox. */
export type { HistoryRow } from "./history-reader.ts";
export { historyResolvers } from "./history-resolvers.ts";
