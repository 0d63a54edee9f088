export { type Artifact, type ArtifactFile, type ArtifactPath, parseArtifactPath } from "./artifact.ts";
export { type ClientOptions, createClient, type KeifuClient } from "./client.ts";
export { KeifuError } from "./errors.ts";
export type { Fetch, RequestOptions, RetryPolicy } from "./transport.ts";
