import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from "node:http";
import type { Socket } from "node:net";

export type Connections = {
	/** Makes a server whose connections are watched. Listening on `localhost` takes two: IPv4 and IPv6. */
	createServer(handler: RequestListener): Server;
	/** Closes the connections on which nothing is being answered. */
	closeIdle(): void;
	closeAll(): void;
};

function openServer(handler: RequestListener): Server {
	const server = createServer(
		{
			// Replies are small and leave in one write: waiting for more to send only adds latency.
			noDelay: true,
			headersTimeout: 30_000,
			keepAliveTimeout: 75_000,
			maxHeaderSize: 64 * 1024,
			// An upload of 100 GB takes as long as it takes …
			requestTimeout: 0,
		},
		handler,
	);
	// … but a connection on which nothing moves for ten minutes is dead.
	server.setTimeout(600_000);
	return server;
}

/**
 * Watches connections. Node's own `closeIdleConnections` leaves those open that never sent a request (browsers open
 * such ones ahead of need), and they would hold up a stop.
 */
export function watchConnections(): Connections {
	const answering = new Map<Socket, number>();

	function watch(socket: Socket): void {
		answering.set(socket, 0);
		socket.once("close", () => answering.delete(socket));
	}

	function watchRequest({ socket }: IncomingMessage, response: ServerResponse): void {
		answering.set(socket, (answering.get(socket) ?? 0) + 1);
		response.once("close", () => {
			const open = answering.get(socket);
			if (open !== undefined) answering.set(socket, open - 1);
		});
	}

	return {
		createServer: (handler) => openServer(handler).on("connection", watch).on("request", watchRequest),
		closeIdle() {
			for (const [socket, open] of answering) if (open === 0) socket.destroy();
		},
		closeAll() {
			for (const socket of answering.keys()) socket.destroy();
		},
	};
}
