// MLflow as its users run it on one machine: its own server, its default database, artifacts through the server.
import { createServer } from "node:net";
import { join, resolve } from "node:path";
import { findPython, isVenvReady, makeVenv } from "../../scripts/python-venv.mjs";
import { type Client, createClient } from "../client-process.ts";
import { type BenchServer, newFolder, start } from "../server-process.ts";

const folder = resolve(import.meta.dirname, "../../.cache/venvs/mlflow");
const venv = { folder, requirements: join(import.meta.dirname, "requirements-mlflow.txt"), imports: "mlflow" };

/** Installs it when it is missing: two minutes and 850 MB, which is why only the bench does. */
export async function installMlflow(): Promise<void> {
	if (isVenvReady(venv)) return;
	process.stderr.write("MLflow: installing into .cache/venvs\n");
	await makeVenv(findPython(), venv);
}

export async function startMlflow(): Promise<BenchServer> {
	const data = newFolder("mlflow");
	const port = await freePort();
	const places = ["--backend-store-uri", `sqlite:///${data}/mlflow.db`, "--artifacts-destination", `${data}/artifacts`];
	return await start(
		[join(folder, "bin", "python"), "-m", "mlflow", "server", "--host", "127.0.0.1", "--port", String(port), ...places],
		{ MLFLOW_DISABLE_TELEMETRY: "true" },
		/running on (http:\S+)/,
	);
}

export function mlflowClient(): Client {
	return createClient({
		python: join(folder, "bin", "python"),
		script: join(import.meta.dirname, "mlflow_workloads.py"),
		environment: (url) => ({ MLFLOW_TRACKING_URI: url, MLFLOW_DISABLE_TELEMETRY: "true" }),
	});
}

async function freePort(): Promise<number> {
	const server = createServer();
	await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
	const address = server.address();
	await new Promise((done) => server.close(done));
	if (address === null || typeof address === "string") throw new Error("no port came");
	return address.port;
}
