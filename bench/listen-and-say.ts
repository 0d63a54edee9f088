import type { Server } from "node:http";
import { listen } from "./listen.ts";

/** Listens on a free port of the loopback and says so on standard output; ends on SIGTERM, after what is to be closed. */
export function listenAndSay(server: Server, close: () => Promise<void> = async () => {}): void {
	server.keepAliveTimeout = 75_000;
	void listen(server).then((url) => process.stdout.write(`ready at ${url}\n`));
	process.once("SIGTERM", () => void close().finally(() => process.exit(0)));
}
