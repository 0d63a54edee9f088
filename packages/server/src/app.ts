import { randomBytes } from "node:crypto";
import { join } from "node:path";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { GraphQLSchema } from "graphql";
import { uuidv7 } from "uuidv7";
import { type Actor, system } from "./access/actor.ts";
import { artifactResolvers, artifactRoutes, deleteProjectContents, manifestBlobReceived } from "./artifact/index.ts";
import { blobRoutes } from "./blob/index.ts";
import type { Ctx, Ids, Services } from "./context.ts";
import { DomainError } from "./errors.ts";
import { buildSchema, readSdl, rootFieldsWithoutResolver } from "./graphql/build-schema.ts";
import { limitFields } from "./graphql/field-budget.ts";
import { createGqlContext } from "./graphql/gql-context.ts";
import { createServerInfoResolvers } from "./graphql/server-info-resolvers.ts";
import type { Guards } from "./guards.ts";
import { assertSameOrigin, baseUrlOf } from "./http/base-url.ts";
import { mayBeLarge } from "./http/body-parsers.ts";
import { graphqlRoute } from "./http/graphql-route.ts";
import { createHttpServer, type HttpServer } from "./http/server.ts";
import { authenticate, createSignInThrottle, identityResolvers, identityRoutes } from "./identity/index.ts";
import { lineageResolvers } from "./lineage/index.ts";
import type { Metrics } from "./observe/metrics.ts";
import { orgResolvers } from "./org/index.ts";
import { projectDeletionResolvers, projectResolvers } from "./project/index.ts";
import { refuseOperations } from "./refused/index.ts";
import {
	guardProtectedAliases,
	keepCoreRegistries,
	keepRegistryName,
	makeCoreRegistries,
	nameRegistries,
	registryResolvers,
} from "./registry/index.ts";
import { deleteRunsOfProject, runBlobReceived, runResolvers, runRoutes } from "./run/index.ts";
import { sweepResolvers } from "./sweep/index.ts";

export const version = "0.1.0";

/** Where higher nouns take part in what lower ones do. */
export const guards: Guards = {
	"organization.create": [makeCoreRegistries],
	"project.missing": [nameRegistries],
	"project.rename": [keepRegistryName],
	"project.delete": [keepCoreRegistries, deleteRunsOfProject, deleteProjectContents],
	"version.link": [],
	"alias.move": [guardProtectedAliases],
};

/** Identity and randomness from the machine. */
export const machineIds: Ids = {
	uuid: uuidv7,
	token(length) {
		const letters = "abcdefghijklmnopqrstuvwxyz0123456789";
		// 252 = 7 × 36: bytes above it would favour the first letters.
		let text = "";
		while (text.length < length) {
			for (const byte of randomBytes(length)) if (byte < 252 && text.length < length) text += letters[byte % 36];
		}
		return text;
	},
};

/** The schema with the resolvers of every noun. */
export function composeSchema(): GraphQLSchema {
	const resolvers = [
		createServerInfoResolvers(version),
		identityResolvers,
		orgResolvers,
		projectResolvers,
		projectDeletionResolvers,
		sweepResolvers,
		runResolvers,
		artifactResolvers,
		lineageResolvers,
		registryResolvers,
	];
	const schema = refuseOperations(buildSchema({ sdl: readSdl(), resolvers }));
	const silent = rootFieldsWithoutResolver(schema);
	if (silent.length > 0) throw new Error(`nothing answers ${silent.join(", ")}`);
	return limitFields(schema);
}

/** A context that is nobody's request: first start, commands, jobs. */
export function makeSystemCtx(services: Services, signal: AbortSignal): Ctx {
	const baseUrl = services.config.publicUrl ?? `http://${services.config.host}:${services.config.port}`;
	return { ...services, actor: system, baseUrl, signal, requestId: "system" };
}

export type AppOptions = {
	readonly services: Services;
	readonly metrics: Metrics;
	readonly ready: () => boolean;
	/** Folder of the built web app. */
	readonly webRoot?: string;
};

/** Everything behind one HTTP server; it does not listen yet. */
export async function createApp({ services, metrics, ready, webRoot }: AppOptions): Promise<HttpServer> {
	const schema = composeSchema();
	return await createHttpServer({
		config: services.config,
		log: services.log,
		metrics,
		ready,
		webRoot: webRoot ?? join(import.meta.dirname, "../../web/dist"),
		register: async (app) => await registerRoutes(app, { services, schema, metrics }),
	});
}

type Wiring = { readonly services: Services; readonly schema: GraphQLSchema; readonly metrics: Metrics };

async function registerRoutes(app: FastifyInstance, { services, schema, metrics }: Wiring): Promise<void> {
	const gone = watchCallers(app);
	app.addHook("onResponse", async ({ method, headers }, { statusCode }) => {
		if (method === "PUT" && statusCode === 200) metrics.onUploadedBytes(Number(headers["content-length"] ?? 0));
	});
	const anyone = async (request: FastifyRequest) => await makeRequestCtx(services, request, gone(request));
	const knownOnly = async (request: FastifyRequest) => refuseNobody(await anyone(request));
	app.addHook("onRequest", async (request) => {
		// Nobody makes the server hold and parse a large body without saying who they are; signed URLs say it themselves.
		const isSigned = request.routeOptions.url?.startsWith("/blobs/") === true;
		if (mayBeLarge(request) && !isSigned && !request.is404) await knownOnly(request);
	});
	graphqlRoute(app, {
		schema,
		makeContext: async (request) => createGqlContext(await knownOnly(request)),
		onOperation: metrics.onOperation,
	});
	identityRoutes(app, { makeCtx: anyone, signIns: createSignInThrottle(services.clock) });
	runRoutes(app, { makeCtx: knownOnly });
	await app.register(artifactRoutes, { makeCtx: knownOnly });
	await app.register(blobRoutes, {
		// Whoever holds a signed URL may do what it says: there is no actor to ask about.
		makeCtx: (request: FastifyRequest) => requestCtx(services, request, { actor: system, signal: gone(request) }),
		completions: { manifest: manifestBlobReceived, "run-file": runBlobReceived },
	});
}

/** Made once: a reason of its own for each request, with its stack, costs more than all else about a small reply. */
const callerGone = new Error("the caller has gone");

/** A signal for each request that is aborted when its caller has gone before the whole answer was sent. */
function watchCallers(app: FastifyInstance): (request: FastifyRequest) => AbortSignal {
	// Not `request.signal`: that one is aborted as soon as the body has been read.
	const signals = new WeakMap<FastifyRequest, AbortSignal>();
	app.addHook("onRequest", async (request, reply) => {
		const controller = new AbortController();
		reply.raw.once("close", () => {
			// After the answer nobody listens any more.
			if (!reply.raw.writableFinished) controller.abort(callerGone);
		});
		signals.set(request, controller.signal);
	});
	return (request) => {
		const signal = signals.get(request);
		if (signal === undefined) throw new Error("the request was not seen by the hook that watches its caller");
		return signal;
	};
}

async function makeRequestCtx(services: Services, request: FastifyRequest, signal: AbortSignal): Promise<Ctx> {
	const baseUrl = baseUrlOf(request, services.config);
	const { authorization, cookie } = request.headers;
	const actor = await authenticate(services, { authorization, cookie }, baseUrl);
	if (actor.kind === "user" && actor.via === "session" && request.method !== "GET" && request.method !== "HEAD") {
		assertSameOrigin(request, baseUrl);
	}
	return requestCtx(services, request, { actor, signal });
}

function requestCtx(
	services: Services,
	request: FastifyRequest,
	{ actor, signal }: { readonly actor: Actor; readonly signal: AbortSignal },
): Ctx {
	return {
		...services,
		actor,
		baseUrl: baseUrlOf(request, services.config),
		signal,
		requestId: request.id,
	};
}

function refuseNobody(ctx: Ctx): Ctx {
	if (ctx.actor.kind !== "anonymous" || ctx.actor.mayReadPublic) return ctx;
	throw new DomainError(
		"UNAUTHENTICATED",
		`sign in first: get an API key at ${ctx.baseUrl}/authorize and run wandb login --host ${ctx.baseUrl}`,
	);
}
