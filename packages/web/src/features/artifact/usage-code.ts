/** Where a run that uses a version is to be: the reader's own project, by preference. */
export type RunHome = { entity?: string | undefined; project: string };

function initCode({ entity, project }: RunHome): string {
	const place = entity === undefined ? "" : `entity=${JSON.stringify(entity)}, `;
	return `wandb.init(${place}project=${JSON.stringify(project)})`;
}

/** Uses a version in a run, which records it as an input. */
export function runCode(fullName: string, home: RunHome): string {
	return `import wandb

with ${initCode(home)} as run:
    artifact = run.use_artifact(${JSON.stringify(fullName)})
    print(artifact.download())`;
}

/** Gets a version without a run. */
export function apiCode(fullName: string): string {
	return `import wandb

artifact = wandb.Api().artifact(${JSON.stringify(fullName)})
print(artifact.download())`;
}

function shellQuoted(text: string): string {
	return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

/** Gets a version from a shell; names with spaces need the quotes. */
export function cliCode(fullName: string): string {
	return `wandb artifact get ${shellQuoted(fullName)}`;
}

/** Logs the next version of an artifact. */
export function logCode(name: string, type: string, home: RunHome): string {
	return `import wandb

with open("my_file.txt", "w") as file:
    file.write("hello")

with ${initCode(home)} as run:
    run.log_artifact("my_file.txt", name=${JSON.stringify(name)}, type=${JSON.stringify(type)})`;
}
