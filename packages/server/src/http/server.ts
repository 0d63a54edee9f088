import { randomUUID } from "node:crypto";
import fastify, {
	type FastifyBaseLogger,
	type FastifyInstance,
	type FastifyReply,
	type FastifyRequest,
	LogController,
} from "fastify";
import type { Config } from "../config.ts";
import { type Log, loggablePath } from "../observe/log.ts";
import type { Metrics } from "../observe/metrics.ts";
import { addBodyParsers } from "./body-parsers.ts";
import { type Connections, watchConnections } from "./connections.ts";
import { sendError, sendJson } from "./error-reply.ts";
import { addFileCors } from "./file-cors.ts";
import { addUnreadBodyReplies } from "./unread-body.ts";
import { addWebApp, type PageExists } from "./web-app.ts";

const mebibyte = 1024 * 1024;

export type HttpServerOptions = {
	readonly config: Pick<Config, "host" | "port" | "publicUrl" | "trustedProxies">;
	readonly log: Log;
	readonly metrics: Metrics;
	/** Whether the things behind the routes can be used. */
	readonly ready: () => boolean;
	/** Folder of the built web app. */
	readonly webRoot: string;
	/** Puts into the text of a refusal what its thrower could not say. */
	readonly completeRefusal?: (error: unknown) => Promise<void>;
	/** Adds the routes. */
	readonly register: (app: FastifyInstance) => void | Promise<void>;
	readonly pageExists?: PageExists;
	readonly newRequestId?: () => string;
	/** How long a stop waits for requests under way. */
	readonly drainMilliseconds?: number;
};

export type HttpServer = {
	readonly app: FastifyInstance;
	/** Starts listening; answers with the address, `http://host:port`. */
	listen(): Promise<string>;
	/** Stops: no new connections, requests under way are finished, then what is left is cut off. */
	drain(): Promise<void>;
};

function createApp(options: HttpServerOptions, connections: Connections): FastifyInstance {
	const { config, log, newRequestId } = options;
	const logger: FastifyBaseLogger = log;
	return fastify({
		loggerInstance: logger,
		logController: new LogController({ disableRequestLogging: true }),
		// A logger of its own for each request costs more than a small answer; the few lines that there are name the request.
		childLoggerFactory: (parent) => parent,
		// Node keeps random bytes in stock for these; fetching eight for each request is a hundredth of a small upload.
		genReqId: newRequestId ?? (() => randomUUID()),
		trustProxy: config.trustedProxies.length > 0 ? [...config.trustedProxies] : false,
		bodyLimit: 64 * mebibyte,
		serverFactory: (handler) => connections.createServer(handler),
		exposeHeadRoutes: true,
		forceCloseConnections: "idle",
		return503OnClosing: false,
		// Tickets in addresses are long.
		routerOptions: { maxParamLength: 16_384 },
		frameworkErrors: (error, request, reply) => {
			sendError(error, request, reply);
		},
	});
}

// Hooks here have no promises: there are several for each request.

function addObservation(app: FastifyInstance, metrics: Metrics, log: Log): void {
	app.addHook("onRequest", (request, reply, done) => {
		// Not the hook onResponse: it does not run when the caller leaves before the end of the answer.
		reply.raw.once("close", () => observe(request, reply));
		done();
	});
	function observe(request: FastifyRequest, reply: FastifyReply): void {
		const { method } = request;
		const route = request.is404 ? "unmatched" : (request.routeOptions.url ?? "unmatched");
		const { statusCode: status, elapsedTime: milliseconds } = reply;
		metrics.onRequest({ method, route, status, milliseconds });
		const level = status >= 400 ? "info" : "debug";
		if (!log.isLevelEnabled(level)) return;
		const line = { reqId: request.id, method, path: loggablePath(request.url), status, ms: Math.round(milliseconds) };
		log[level](line, status >= 400 ? "refused" : "answered");
	}
}

function addProbes(app: FastifyInstance, metrics: Metrics, isReady: () => boolean): void {
	app.get("/healthz", async (_request, reply) => sendJson(reply, { status: "alive" }));
	app.get("/ready", async (_request, reply) =>
		isReady() ? sendJson(reply, { status: "ready" }) : sendJson(reply.code(503), { status: "not ready" }),
	);
	app.get("/metrics", async (_request, reply) => {
		const { text, contentType } = await metrics.render();
		return reply.header("content-type", contentType).send(text);
	});
}

/** Makes the HTTP server with everything that is not a route of some noun; it does not listen yet. */
export async function createHttpServer(options: HttpServerOptions): Promise<HttpServer> {
	const { config, metrics, ready, webRoot, register, drainMilliseconds = 5_000 } = options;
	const connections = watchConnections();
	const app = createApp(options, connections);
	let draining = false;

	app.addHook("onRequest", (request, reply, done) => {
		reply.header("x-request-id", request.id);
		reply.header("x-content-type-options", "nosniff");
		reply.header("referrer-policy", "same-origin");
		done();
	});
	app.addHook("onSend", (_request, reply, _payload, done) => {
		if (draining) reply.header("connection", "close");
		done();
	});
	app.setErrorHandler(async (error, request, reply) => {
		await options.completeRefusal?.(error);
		return sendError(error, request, reply);
	});
	addObservation(app, metrics, options.log);
	addBodyParsers(app);
	addFileCors(app);
	addUnreadBodyReplies(app);
	addProbes(app, metrics, () => ready() && !draining);
	await addWebApp(app, { config, webRoot, pageExists: options.pageExists ?? (async () => true) });
	await register(app);
	await app.ready();

	return {
		app,
		listen: () => app.listen({ host: config.host, port: config.port }),
		async drain() {
			draining = true;
			const cutOff = setTimeout(() => connections.closeAll(), drainMilliseconds);
			connections.closeIdle();
			await app.close();
			clearTimeout(cutOff);
		},
	};
}
