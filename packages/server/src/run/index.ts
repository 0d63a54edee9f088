/** Runs: one execution of a script each, with its configuration, its streamed lines and its saved files. */
export { deleteRun } from "./delete-run.ts";
export { deleteRunsOfProject } from "./delete-runs-of-project.ts";
export type { RunConnectionNode } from "./list-runs.ts";
export { runBlobReceived } from "./receive-run-file.ts";
export { type RunAddress, requireRun, runNotFound } from "./require-run.ts";
export type { FileNode } from "./run-file-reader.ts";
export { normaliseJson } from "./run-json-rules.ts";
export { runLoader } from "./run-loaders.ts";
export { type RunRow, shownState } from "./run-reader.ts";
export { runResolvers } from "./run-resolvers.ts";
export { runRoutes } from "./run-routes.ts";
export { storableText } from "./run-rules.ts";
export { type UpsertRunInput, upsertRun } from "./upsert-run.ts";
