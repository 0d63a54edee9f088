/** Uses a version in a run, which records it as an input. */
export function runCode(fullName: string, project: string): string {
	return `import wandb

with wandb.init(project=${JSON.stringify(project)}) as run:
    artifact = run.use_artifact(${JSON.stringify(fullName)})
    print(artifact.download())`;
}

/** Gets a version without a run. */
export function apiCode(fullName: string): string {
	return `import wandb

artifact = wandb.Api().artifact(${JSON.stringify(fullName)})
print(artifact.download())`;
}

/** Gets a version from a shell; names with spaces need the quotes. */
export function cliCode(fullName: string): string {
	return `wandb artifact get '${fullName.replaceAll("'", String.raw`'\''`)}'`;
}
