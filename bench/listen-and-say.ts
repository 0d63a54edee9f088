import type { Server } from "node:http";

/** Listens on a free port of the loopback and says so on standard output; ends on SIGTERM, after what is to be closed. */
export function listenAndSay(server: Server, close: () => Promise<void> = async () => {}): void {
	server.keepAliveTimeout = 75_000;
	server.listen(0, "127.0.0.1", () => {
		const address = server.address();
		if (address === null || typeof address === "string") throw new Error("not listening on a port");
		process.stdout.write(`ready at http://127.0.0.1:${address.port}\n`);
	});
	process.once("SIGTERM", () => void close().finally(() => process.exit(0)));
}
