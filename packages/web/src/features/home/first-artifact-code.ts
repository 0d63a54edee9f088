/** The shortest script that logs an artifact; it runs as it stands. */
export function firstArtifactCode(entity: string, project: string): string {
	return `import wandb

with open("hello.txt", "w") as file:
    file.write("hello")

with wandb.init(entity=${JSON.stringify(entity)}, project=${JSON.stringify(project)}) as run:
    artifact = wandb.Artifact(name="hello", type="dataset")
    artifact.add_file("hello.txt")
    run.log_artifact(artifact)`;
}
