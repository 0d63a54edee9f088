// `npm run bench [-- --only=GROUP,…]`: the benchmarks, on what this clone's lock file pins. BENCH_QUICK=1 takes minutes.
import { ensureVenvs, venvPython } from "../conformance/python/setup.mjs";
import { ensureBuilt } from "./ensure-built.mjs";
import { ensureInstalled } from "./ensure-installed.mjs";
import { findPinnedNode } from "./pinned-node.mjs";
import { runMain, say, toolEnv } from "./repository.mjs";
import { runLoudly } from "./run-command.mjs";

await runMain(async () => {
	await ensureInstalled(say);
	await ensureBuilt(say);
	await ensureVenvs(say);
	const args = ["bench/main.ts", `--python=${venvPython("0.31.0")}`, ...process.argv.slice(2)];
	process.exitCode = await runLoudly(findPinnedNode(), args, { env: toolEnv() });
});
