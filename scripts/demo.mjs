// `npm run demo`: fills a running server with the zoo pipeline, told by the real client.
import { existsSync } from "node:fs";
import { join } from "node:path";
import { ensureVenvs, venvPython } from "../conformance/python/setup.mjs";
import { root, runMain, SetupError } from "./repository.mjs";
import { runLoudly } from "./run-command.mjs";

await runMain(async () => {
	for (const name of ["WANDB_BASE_URL", "WANDB_API_KEY"]) {
		if (!process.env[name])
			throw new SetupError(`${name} is not set: take both lines from the first start of the server.`, 2);
	}
	await ensureVenvs((/** @type {string} */ text) => process.stdout.write(`${text}\n`));
	const python = venvPython("0.31.0");
	if (!existsSync(python)) throw new SetupError(`${python} is missing: run the command again.`, 1);
	const env = { ...process.env, WANDB_DIR: join(root, ".cache"), WANDB_SILENT: "true" };
	process.exitCode = await runLoudly(python, [join(root, "examples/demo/zoo.py")], { env });
});
