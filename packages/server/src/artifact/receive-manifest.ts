import type { BlobReceived } from "../blob/index.ts";
import { committed } from "./find-artifact.ts";
import { savingManifest } from "./manifest-store.ts";

/** Completion of a manifest's upload: notes where its bytes are. They are read when the version is committed. */
export const manifestBlobReceived: BlobReceived<"manifest"> = (ctx, { id, of }, { sha256, md5Hex }) => ({
	name: "artifact.saveManifest",
	completing: savingManifest({ id, of, sha256, md5Hex, now: ctx.clock() }),
	refusal: committed,
});
