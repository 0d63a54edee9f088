import { existsSync, readdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Config } from "../config.ts";
import { DomainError } from "../errors.ts";
import { sendError } from "./error-reply.ts";

/** First segments of addresses that are never pages. The names are reserved, so no entity can be called like that. */
const notPages: ReadonlySet<string> = new Set([
	"api",
	"artifacts",
	"artifactsV2",
	"assets",
	"blobs",
	"files",
	"graphql",
	"healthz",
	"metrics",
	"oidc",
	"ready",
]);

export type PageExists = (pathname: string, request: FastifyRequest) => Promise<boolean>;

export type WebAppOptions = {
	readonly config: Pick<Config, "publicUrl">;
	/** Folder of the built web app. */
	readonly webRoot: string;
	/** Whether an address names something: without it, the page is answered with 404. */
	readonly pageExists: PageExists;
};

function pageHeaders(publicUrl: string | undefined): Readonly<Record<string, string>> {
	const own = publicUrl === undefined ? "'self'" : `'self' ${publicUrl}`;
	const policy = [
		"default-src 'self'",
		"script-src 'self'",
		"style-src 'self' 'unsafe-inline'",
		`img-src ${own} data: blob:`,
		`media-src ${own} data: blob:`,
		"font-src 'self' data:",
		`connect-src ${own}`,
		"worker-src 'self' blob:",
		"object-src 'none'",
		"base-uri 'self'",
		"form-action 'self'",
		"frame-ancestors 'none'",
	];
	return {
		"cache-control": "no-cache",
		"content-security-policy": policy.join("; "),
		"cross-origin-opener-policy": "same-origin",
		"x-frame-options": "DENY",
	};
}

function pathnameOf(request: FastifyRequest): string {
	return request.url.split(/[?#]/, 1)[0] ?? "/";
}

function wantsPage(request: FastifyRequest, pathname: string): boolean {
	if (request.method !== "GET" && request.method !== "HEAD") return false;
	if (notPages.has(pathname.split("/", 2)[1] ?? "")) return false;
	const accept = request.headers.accept ?? "*/*";
	return /text\/(html|\*)|\*\/\*/.test(accept);
}

async function sendStaticFiles(app: FastifyInstance, webRoot: string): Promise<void> {
	await app.register(fastifyStatic, { root: webRoot, serve: false, preCompressed: true });
	// The names of assets carry a hash of their content.
	app.get<{ Params: { "*": string } }>("/assets/*", (request, reply) =>
		reply.sendFile(request.params["*"], join(webRoot, "assets"), { immutable: true, maxAge: "365d" }),
	);
	const files = readdirSync(webRoot, { withFileTypes: true })
		.filter((entry) => entry.isFile() && entry.name !== "index.html" && !/\.(gz|br)$/.test(entry.name))
		.map((entry) => entry.name);
	for (const name of files) {
		app.get(`/${encodeURIComponent(name)}`, (_request, reply) => reply.sendFile(name, { maxAge: "5m" }));
	}
}

/**
 * Serves the built web app: its files, and its one HTML page at every address that no route of the API answers to.
 */
export async function addWebApp(app: FastifyInstance, options: WebAppOptions): Promise<void> {
	const { config, webRoot, pageExists } = options;
	const headers = pageHeaders(config.publicUrl);
	const page = join(webRoot, "index.html");
	if (existsSync(page)) await sendStaticFiles(app, webRoot);

	async function sendPage(request: FastifyRequest, reply: FastifyReply, pathname: string): Promise<FastifyReply> {
		if (!existsSync(page)) {
			const how = "The web app is not built: run `npm run build` in the folder of the project and start again.\n";
			return reply.code(503).type("text/plain; charset=utf-8").send(how);
		}
		const exists = await pageExists(pathname, request);
		const html = await readFile(page);
		return reply
			.code(exists ? 200 : 404)
			.headers(headers)
			.type("text/html; charset=utf-8")
			.send(html);
	}

	app.setNotFoundHandler(async (request, reply) => {
		const pathname = pathnameOf(request);
		if (wantsPage(request, pathname)) return sendPage(request, reply, pathname);
		const shown = pathname.length > 200 ? `${pathname.slice(0, 200)}…` : pathname;
		return sendError(new DomainError("NOT_FOUND", `nothing answers to ${request.method} ${shown}`), request, reply);
	});
}
