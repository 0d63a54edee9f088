import type { FastifyInstance } from "fastify";

const filePaths = /^\/(files|blobs|artifacts|artifactsV2)\//;

const preflightHeaders = {
	"access-control-allow-methods": "GET, HEAD, PUT, POST, OPTIONS",
	"access-control-max-age": "600",
};

/**
 * Lets pages of other sites read and write files whose address carries its own authority; no other route may be called
 * from elsewhere. Cookies never count across sites: the header that would allow them is not sent.
 * wire: `wandb verify` sends OPTIONS to a file's address and wants to see GET and PUT allowed.
 */
export function addFileCors(app: FastifyInstance): void {
	app.addHook("onRequest", (request, reply, done) => {
		if (!filePaths.test(request.url)) return done();
		// What users stored must not run as a page of this site when a browser opens it.
		reply.header("content-security-policy", "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox");
		if (request.headers.origin === undefined) return done();
		reply.header("access-control-allow-origin", "*");
		reply.header("access-control-expose-headers", "ETag, Content-Length, Content-Range, Accept-Ranges");
		if (request.method !== "OPTIONS") return done();
		const wanted = request.headers["access-control-request-headers"];
		if (wanted !== undefined && /^[\w ,-]+$/.test(wanted)) reply.header("access-control-allow-headers", wanted);
		reply.headers(preflightHeaders).code(204).send();
	});
}
