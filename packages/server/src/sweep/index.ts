/** Searches over run configurations: what they are and in which state. The runs of a sweep are the run noun's. */
export { findSweepByName } from "./find-sweep.ts";
export { sweepLoader } from "./sweep-loaders.ts";
export type { SweepRow } from "./sweep-reader.ts";
export { sweepResolvers } from "./sweep-resolvers.ts";
export { type SweepMetric, sweepMetric, sweepRunCap } from "./sweep-rules.ts";
export { type UpsertSweepInput, upsertSweep } from "./upsert-sweep.ts";
