import type { FastifyInstance, FastifyRequest } from "fastify";
import { sendBlob } from "../blob/index.ts";
import type { Ctx } from "../context.ts";
import { DomainError } from "../errors.ts";
import { type DownloadWanted, findDownload } from "./find-download.ts";

export type ArtifactRoutesOptions = { readonly makeCtx: (request: FastifyRequest) => Promise<Ctx> };

const digestHex = /^[0-9a-f]{32}$/;

/**
 * Single entries by address, where the client has no signed URL, with its API key.
 * wire: `/artifactsV2/{region}/{entity}/` and one of three shapes:
 * `{project}/{collection}/{artifactId}/{birthArtifactId}/{md5hex}/{basename}` (0.31),
 * `{project}/{collection}/{birthArtifactId}/{md5hex}/{basename}` and `{birthArtifactId}/{md5hex}` (0.18);
 * `/artifacts/{entity}/{md5hex}` for versions whose manifest names no storage layout, or V1.
 */
export async function artifactRoutes(app: FastifyInstance, options: ArtifactRoutesOptions): Promise<void> {
	const serve = (prefix: string, parse: (path: string) => DownloadWanted) =>
		app.get<{ Params: { "*": string } }>(`${prefix}*`, async (request, reply) => {
			const ctx = await options.makeCtx(request);
			const file = await findDownload(ctx, parse(request.params["*"]));
			return await sendBlob(request, reply, ctx, file);
		});
	serve("/artifactsV2/", parseAddress);
	serve("/artifacts/", parseFirstLayout);
}

function parseAddress(path: string): DownloadWanted {
	const parts = path.split("/");
	const [, entityName = "", third = "", fourth = "", fifth = "", sixth = "", seventh = ""] = parts;
	if (parts.length === 4 && digestHex.test(fourth)) return { entityName, artifactIds: [third], digestHex: fourth };
	if (digestHex.test(seventh)) return { entityName, artifactIds: [fifth, sixth], digestHex: seventh };
	if (digestHex.test(sixth)) return { entityName, artifactIds: [fifth], digestHex: sixth };
	throw noSuchAddress();
}

function parseFirstLayout(path: string): DownloadWanted {
	const [entityName = "", digest = "", ...rest] = path.split("/");
	if (rest.length > 0 || !digestHex.test(digest)) throw noSuchAddress();
	return { entityName, artifactIds: [], digestHex: digest };
}

function noSuchAddress(): DomainError {
	return new DomainError("NOT_FOUND", "this address names no artifact file");
}
