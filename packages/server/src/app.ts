import { randomBytes } from "node:crypto";
import { join } from "node:path";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { GraphQLSchema } from "graphql";
import { uuidv7 } from "uuidv7";
import { type Actor, type Credential, system, type UserActor } from "./access/actor.ts";
import { createOpenStreams, type OpenStreams } from "./access/open-streams.ts";
import { refuseReadOnly } from "./access/refuse-read-only.ts";
import {
	artifactResolvers,
	artifactRoutes,
	deleteProjectContents,
	deleteRunOutputs,
	manifestBlobReceived,
} from "./artifact/index.ts";
import { blobRoutes } from "./blob/index.ts";
import type { Ctx, Ids, Services } from "./context.ts";
import { DomainError } from "./errors.ts";
import { buildSchema, readSdl, rootFieldsWithoutResolver } from "./graphql/build-schema.ts";
import { limitFields } from "./graphql/field-budget.ts";
import { createGqlContext } from "./graphql/gql-context.ts";
import { createServerInfoResolvers } from "./graphql/server-info-resolvers.ts";
import type { Guards } from "./guards.ts";
import { createEventStreams, eventRoutes, historyResolvers } from "./history/index.ts";
import { assertSameOrigin, baseUrlOf } from "./http/base-url.ts";
import { mayBeLarge } from "./http/body-parsers.ts";
import { completeRefusal } from "./http/complete-refusal.ts";
import { graphqlRoute } from "./http/graphql-route.ts";
import { createHttpServer, type HttpServer } from "./http/server.ts";
import { watchCallers } from "./http/watch-callers.ts";
import {
	authenticate,
	createKeyThrottle,
	createSignInThrottle,
	findCredentialOwner,
	identityResolvers,
	identityRoutes,
	type KeyThrottle,
	sentApiKey,
} from "./identity/index.ts";
import { lineageResolvers, lineageRoutes } from "./lineage/index.ts";
import type { Metrics } from "./observe/metrics.ts";
import { inviteRoutes, membershipResolvers, orgResolvers } from "./org/index.ts";
import { dropGivenRoles, projectDeletionResolvers, projectMemberResolvers, projectResolvers } from "./project/index.ts";
import { refuseOperations } from "./refused/index.ts";
import {
	guardProtectedAliases,
	keepCoreRegistries,
	keepRegistryName,
	makeCoreRegistries,
	nameRegistries,
	registryResolvers,
	searchResolvers,
} from "./registry/index.ts";
import { deleteRunsOfProject, runBlobReceived, runResolvers, runRoutes } from "./run/index.ts";
import { sweepResolvers } from "./sweep/index.ts";

export const version = "0.1.0";

const recheckMilliseconds = 5_000;

/** Where higher nouns take part in what lower ones do. */
export const guards: Guards = {
	"organization.create": [makeCoreRegistries],
	"organization.member-remove": [dropGivenRoles],
	"project.rename": [keepRegistryName],
	"project.delete": [keepCoreRegistries, deleteRunsOfProject, deleteProjectContents],
	"project.missing": [nameRegistries],
	"run.delete-with-artifacts": [deleteRunOutputs],
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
		membershipResolvers,
		projectResolvers,
		projectDeletionResolvers,
		projectMemberResolvers,
		sweepResolvers,
		runResolvers,
		artifactResolvers,
		lineageResolvers,
		registryResolvers,
		historyResolvers,
		searchResolvers,
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
		completeRefusal: async (error) => await completeRefusal(services.db, error),
		webRoot: webRoot ?? join(import.meta.dirname, "../../web/dist"),
		register: async (app) => await registerRoutes(app, { services, schema, metrics }),
	});
}

type Wiring = { readonly services: Services; readonly schema: GraphQLSchema; readonly metrics: Metrics };

async function registerRoutes(app: FastifyInstance, { services, schema, metrics }: Wiring): Promise<void> {
	const callerOf = watchCallers(app);
	const streams = openStreamsOf(app, services);
	app.addHook("onClose", async () => await services.graphs.close());
	app.addHook("onResponse", ({ method, headers }, { statusCode }, done) => {
		if (method === "PUT" && statusCode === 200) metrics.onUploadedBytes(Number(headers["content-length"] ?? 0));
		done();
	});
	const keys = createKeyThrottle(services.clock);
	const anyone = async (request: FastifyRequest) =>
		await makeRequestCtx({ services, keys }, request, callerOf(request).signal);
	const knownOnly = async (request: FastifyRequest) => refuseNobody(await anyone(request));
	/** Ends a download when its reader loses the right to it. */
	const watch = (request: FastifyRequest, actor: UserActor, { id, readOnly }: Credential) => {
		const { response } = callerOf(request);
		const lookUp = async () => await findCredentialOwner(services, { id, readOnly });
		response.once("close", streams.watch({ actor, lookUp, cut: () => void response.destroy() }));
	};
	const downloader = async (request: FastifyRequest) => {
		const ctx = await knownOnly(request);
		const { actor } = ctx;
		if (actor.kind === "user" && actor.credential && !changesThings(request)) watch(request, actor, actor.credential);
		return ctx;
	};
	app.addHook("onRequest", (request, _reply, done) => {
		// Nobody makes the server hold and parse a large body without saying who they are; signed URLs say it themselves.
		const isSigned = request.routeOptions.url?.startsWith("/blobs/") === true;
		if (!mayBeLarge(request) || isSigned || request.is404) return done();
		knownOnly(request).then(() => done(), done);
	});
	graphqlRoute(app, {
		schema,
		makeContext: async (request) => createGqlContext(await knownOnly(request)),
		beforeMutation: ({ ctx }) => refuseReadOnly(ctx.actor),
		completeRefusal: async (error) => await completeRefusal(services.db, error),
		onOperation: metrics.onOperation,
	});
	identityRoutes(app, { makeCtx: anyone, signIns: createSignInThrottle(services.clock) });
	inviteRoutes(app, { makeCtx: anyone });
	runRoutes(app, { makeCtx: downloader });
	eventRoutes(app, {
		makeCtx: downloader,
		findOwner: async (credential) => await findCredentialOwner(services, credential),
		streams: createEventStreams(services),
	});
	await app.register(artifactRoutes, { makeCtx: downloader });
	await app.register(lineageRoutes, { makeCtx: knownOnly });
	await app.register(blobRoutes, {
		// Whoever holds a signed URL may do what it says: there is no actor to ask about.
		makeCtx: (request: FastifyRequest) =>
			requestCtx(services, request, { actor: system, signal: callerOf(request).signal }),
		admit: async (request, id) => {
			const credential = { id, readOnly: false };
			const actor = await findCredentialOwner(services, credential);
			if (actor === null)
				throw new DomainError(
					"URL_EXPIRED",
					"the key or session that asked for this URL has ended: sign in again, and ask for a new one",
				);
			if (!changesThings(request)) watch(request, actor, credential);
		},
		completions: { manifest: manifestBlobReceived, "run-file": runBlobReceived },
	});
}

/** Seen to at once where this process changed somebody's rights, soon where another one did. */
function openStreamsOf(app: FastifyInstance, services: Services): OpenStreams {
	const streams = createOpenStreams(services.clock);
	const stopListening = services.actors.onForget(() => void streams.recheck());
	const timer = setInterval(() => void streams.recheck(recheckMilliseconds), recheckMilliseconds).unref();
	app.addHook("onClose", async () => {
		stopListening();
		clearInterval(timer);
	});
	return streams;
}

type Door = { readonly services: Services; readonly keys: KeyThrottle };

async function makeRequestCtx({ services, keys }: Door, request: FastifyRequest, signal: AbortSignal): Promise<Ctx> {
	const baseUrl = baseUrlOf(request, services.config);
	const { authorization, cookie } = request.headers;
	const key = sentApiKey({ authorization });
	const lookUp = async () => await authenticate(services, { authorization, cookie }, baseUrl);
	const actor = await (key === undefined ? lookUp() : keys.attempt({ address: request.ip, key }, lookUp));
	if (actor.kind === "user" && actor.via === "session" && changesThings(request)) {
		assertSameOrigin(request, baseUrl);
	}
	// Of a document only what it says tells whether it changes anything.
	if (changesThings(request) && request.routeOptions.url !== "/graphql") refuseReadOnly(actor);
	return { ...requestCtx(services, request, { actor, signal }), sentApiKey: key };
}

function changesThings({ method }: FastifyRequest): boolean {
	return method !== "GET" && method !== "HEAD";
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
