function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}

function textOf(value: unknown): string | undefined {
	if (typeof value === "string" && value !== "") return value;
	return typeof value === "number" ? String(value) : undefined;
}

/** What the client noted of where a run ran and what it ran. */
export type RunSource = {
	host?: string | undefined;
	os?: string | undefined;
	python?: string | undefined;
	client?: string | undefined;
	command?: string | undefined;
	directory?: string | undefined;
	gpu?: string | undefined;
	cpus?: string | undefined;
	repository?: string | undefined;
	commit?: string | undefined;
};

function commandOf(metadata: Record<string, unknown>): string | undefined {
	const program = textOf(metadata.program) ?? textOf(metadata.codePath);
	if (program === undefined) return undefined;
	const args = Array.isArray(metadata.args) ? metadata.args.map(String) : [];
	const quoted = args.map((arg) => (/^[\w@%+=:,./-]+$/.test(arg) ? arg : `'${arg.replaceAll("'", "'\\''")}'`));
	return [program, ...quoted].join(" ");
}

/** Reads `wandb-metadata.json`, and what the client keeps of itself in the config. */
export function readRunSource(metadata: unknown, config: Record<string, unknown>): RunSource {
	const facts = isRecord(metadata) ? metadata : {};
	const entry = isRecord(config._wandb) && isRecord(config._wandb.value) ? config._wandb.value : {};
	const git = isRecord(facts.git) ? facts.git : {};
	const gpus = textOf(facts.gpu_count);
	const gpu = textOf(facts.gpu);
	return {
		host: textOf(facts.host),
		os: textOf(facts.os),
		python: textOf(facts.python) ?? textOf(entry.python_version),
		client: textOf(entry.cli_version),
		command: commandOf(facts),
		directory: textOf(facts.root),
		gpu: gpu && gpus && gpus !== "1" ? `${gpus} × ${gpu}` : gpu,
		cpus: textOf(facts.cpu_count_logical) ?? textOf(facts.cpu_count),
		repository: textOf(git.remote) ?? textOf(git.remote_url),
		commit: textOf(git.commit),
	};
}

/** The address of a repository that a browser can open; undefined where there is none. */
export function repositoryLink(remote: string): string | undefined {
	const ssh = /^(?:ssh:\/\/)?git@([\w.-]+)[:/](.+?)(?:\.git)?$/.exec(remote);
	if (ssh) return `https://${ssh[1]}/${ssh[2]}`;
	if (!/^https?:\/\//.test(remote)) return undefined;
	try {
		const url = new URL(remote);
		// A token that somebody put into the address is nobody else's.
		url.username = "";
		url.password = "";
		return url.href.replace(/\.git$/, "");
	} catch {
		return undefined;
	}
}
