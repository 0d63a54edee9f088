// `npm start`: from a fresh clone to a running server. Runs on the host's Node (20.19 or newer) until the pinned one is there.
import { spawn } from "node:child_process";
import { constants } from "node:os";
import { join } from "node:path";
import { ensureBuilt } from "./ensure-built.mjs";
import { ensureInstalled } from "./ensure-installed.mjs";
import { findPinnedNode } from "./pinned-node.mjs";
import { root, runMain, SetupError, say } from "./repository.mjs";

await runMain(async () => {
	const launcher = process.ppid;
	await ensureInstalled(say);
	const node = findPinnedNode();
	await ensureBuilt(say);
	if (process.ppid !== launcher) throw new SetupError("whoever started this has gone: not starting the server.");
	const serve = [join(root, "packages", "server", "bin", "keifu.mjs"), "serve", ...process.argv.slice(2)];
	const follow = ["--import", new URL("follow-launcher.mjs", import.meta.url).href];
	const underNpm = process.env.npm_lifecycle_event !== undefined;
	if (process.execve !== undefined) {
		// One process: signals, exit status and death are the server's own.
		process.execve(node, [node, ...(underNpm ? follow : []), ...serve], process.env);
	}
	if (underNpm) await import("./follow-launcher.mjs");
	const server = spawn(node, [...follow, ...serve], { stdio: "inherit" });
	for (const signal of forwardedSignals()) process.on(signal, () => server.kill(signal));
	server.once("exit", (code, signal) => process.exit(code ?? 128 + (signal === null ? 0 : constants.signals[signal])));
});

/** @returns {NodeJS.Signals[]} */
function forwardedSignals() {
	return ["SIGINT", "SIGTERM", "SIGHUP"];
}
