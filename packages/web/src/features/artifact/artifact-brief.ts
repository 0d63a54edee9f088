import type { ArtifactBriefFragment } from "./version.graphql.gen.ts";

/** As much of a version as a link to it needs. */
export type ArtifactBrief = ArtifactBriefFragment;
