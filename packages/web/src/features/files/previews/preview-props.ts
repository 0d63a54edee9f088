import type { OpenEntry } from "../entries.queries.ts";

/** What every preview is given: the version, its file, and which of several views is asked for. */
export type PreviewProps = { id: string; entry: OpenEntry; as: string | undefined };
