import type { BlobReceived } from "../blob/index.ts";
import { setManifestBlob } from "./manifest-store.ts";

/** Completion of a manifest's upload: notes where its bytes are. They are read when the version is committed. */
export const manifestBlobReceived: BlobReceived<"manifest"> = async (ctx, to, stored) => {
	await setManifestBlob(ctx.db, to.id, stored.sha256);
};
