import { type Artifact, resolveArtifact } from "./artifact.ts";
import { createTransport, type RequestOptions, type Transport, type TransportOptions } from "./transport.ts";

export type ClientOptions = TransportOptions;

export type KeifuClient = Transport & {
	/** Resolves `entity/project/name:alias` (or `:vN`, or a digest) to the version it means now. */
	artifact(path: string, options?: RequestOptions): Promise<Artifact>;
};

/** Connects to a server; nothing is sent until something is asked. */
export function createClient(options: ClientOptions): KeifuClient {
	const transport = createTransport(options);
	return { ...transport, artifact: (path, requestOptions) => resolveArtifact(transport, path, requestOptions) };
}
