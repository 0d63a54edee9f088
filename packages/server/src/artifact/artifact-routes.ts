import type { FastifyInstance, FastifyRequest } from "fastify";
import { sendBlob } from "../blob/index.ts";
import type { Ctx } from "../context.ts";
import { DomainError } from "../errors.ts";
import { type DownloadWanted, findDownload } from "./find-download.ts";

export type ArtifactRoutesOptions = { readonly makeCtx: (request: FastifyRequest) => Promise<Ctx> };

const md5Hex = /^[0-9a-f]{32}$/;

/**
 * `/artifactsV2/…`: single entries by address, where the client has no signed URL, with its API key.
 * wire: three shapes, all after `{region}/{entity}/`:
 * `{project}/{collection}/{artifactId}/{birthArtifactId}/{md5hex}/{basename}` (0.31),
 * `{project}/{collection}/{birthArtifactId}/{md5hex}/{basename}` and `{birthArtifactId}/{md5hex}` (0.18).
 */
export async function artifactRoutes(app: FastifyInstance, options: ArtifactRoutesOptions): Promise<void> {
	app.get<{ Params: { "*": string } }>("/artifactsV2/*", async (request, reply) => {
		const ctx = await options.makeCtx(request);
		const file = await findDownload(ctx, parseAddress(request.params["*"]));
		return await sendBlob(request, reply, ctx, file);
	});
}

function parseAddress(path: string): DownloadWanted {
	const parts = path.split("/");
	const [, , third = "", fourth = "", fifth = "", sixth = "", seventh = ""] = parts;
	if (parts.length === 4 && md5Hex.test(fourth)) return { artifactIds: [third], md5Hex: fourth };
	if (md5Hex.test(seventh)) return { artifactIds: [fifth, sixth], md5Hex: seventh };
	if (md5Hex.test(sixth)) return { artifactIds: [fifth], md5Hex: sixth };
	throw new DomainError("NOT_FOUND", "this address names no artifact file");
}
