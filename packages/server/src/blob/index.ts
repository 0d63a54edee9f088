/**
 * Verified bytes and who possesses them. Naming a digest gives nobody bytes that his project does not hold:
 * other nouns look bytes up by project and MD5, hand out signed URLs, and learn of arrived bytes through a completion.
 */
export { type BlobRoutesOptions, type BlobToSend, blobRoutes, sendBlob } from "./blob-routes.ts";
export { type BlobOfProject, type Completing, findProjectBlobs, type ProjectBlob } from "./project-blob-store.ts";
export { findProjectXxh128Blobs } from "./project-xxh128-store.ts";
export { type BlobCompletions, type BlobReceived, type PutTargetOf, receiveBlob } from "./receive-blob.ts";
export { recordBlob, recordCompletely } from "./record-blob.ts";
export { requireRoom } from "./require-room.ts";
export { type SignedDownload, type SignedUpload, signGetUrl, signPutUrl } from "./sign-url.ts";
export type { PutTarget } from "./ticket-rules.ts";
