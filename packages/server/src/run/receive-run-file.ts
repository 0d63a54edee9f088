import type { BlobReceived } from "../blob/index.ts";
import { DomainError } from "../errors.ts";
import { mimetypeOf } from "./run-file-rules.ts";
import { savingRunFile } from "./run-file-store.ts";

/** Completion of a run file's upload: the bytes that arrived are the file's content from now on. */
export const runBlobReceived: BlobReceived<"run-file"> = (ctx, { runId, name }, { sha256, md5Hex, size }) => ({
	name: "run.saveFile",
	completing: savingRunFile({
		...{ runId, id: ctx.ids.uuid(), name, mimetype: mimetypeOf(name) },
		...{ sha256, md5Hex, size, now: ctx.clock() },
	}),
	refusal: () => new DomainError("GONE", `The run of the file ${JSON.stringify(name)} was deleted.`),
});
