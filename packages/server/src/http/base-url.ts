import type { FastifyRequest } from "fastify";
import type { Config } from "../config.ts";
import { DomainError } from "../errors.ts";

const hostHeader = /^([A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9])?|\[[0-9A-Fa-f:.]+\])(:\d{1,5})?$/;

/**
 * Base of every URL handed out in answer to this request, without a trailing slash: `KEIFU_PUBLIC_URL`, or the `Host`
 * that the caller used. Forwarded headers count only when they come from a trusted proxy.
 */
export function baseUrlOf(request: FastifyRequest, config: Pick<Config, "publicUrl">): string {
	if (config.publicUrl !== undefined) return config.publicUrl;
	const { host } = request;
	if (!hostHeader.test(host)) {
		throw new DomainError("INVALID_INPUT", "the Host header of the request is missing or is no host name");
	}
	return `${request.protocol === "https" ? "https" : "http"}://${host}`;
}

/**
 * Refuses a request that another web site made the browser send. For callers known by their cookie: an API key is
 * something that another site does not have.
 */
export function assertSameOrigin(request: FastifyRequest, baseUrl: string): void {
	const { origin, "sec-fetch-site": site } = request.headers;
	const sameSite = site === undefined || site === "same-origin" || site === "none";
	const sameOrigin = origin === undefined || origin === baseUrl || origin === ownOrigin(request);
	// A browser sends at least one of the two with a POST; a caller with a cookie and neither is no browser we know.
	if (sameSite && sameOrigin && (site !== undefined || origin !== undefined)) return;
	throw new DomainError("FORBIDDEN", "this request came from another web site: use the app at its own address");
}

function ownOrigin(request: FastifyRequest): string {
	return `${request.protocol === "https" ? "https" : "http"}://${request.host}`;
}
