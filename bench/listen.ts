import type { Server } from "node:http";

/** Listens on a free port of the loopback, and tells the address. */
export async function listen(server: Server): Promise<string> {
	await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
	const address = server.address();
	if (address === null || typeof address === "string") throw new Error("not listening on a port");
	return `http://127.0.0.1:${address.port}`;
}

/** Ends a server at once, whoever is still connected. */
export function endServer(server: Server): void {
	server.close();
	server.closeAllConnections();
}
