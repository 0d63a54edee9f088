type Target = { team: string; orgEntity: string; registry: string; collection: string; type: string };

/** Logs a file and links it into a registry's collection; runs as it stands. */
export function linkCode({ team, orgEntity, registry, collection, type }: Target): string {
	return `import wandb

ORG = ${JSON.stringify(orgEntity)}
REGISTRY = ${JSON.stringify(registry)}
COLLECTION = ${JSON.stringify(collection)}

with open("my_file.txt", "w") as file:
    file.write("hello")

with wandb.init(entity=${JSON.stringify(team)}, project="registry_quickstart") as run:
    artifact = run.log_artifact("my_file.txt", name="my_artifact", type=${JSON.stringify(type)})
    run.link_artifact(artifact, target_path=f"{ORG}/wandb-registry-{REGISTRY}/{COLLECTION}")`;
}

/** The line that links an artifact at hand; for who knows the rest. */
export function linkLine({ orgEntity, registry, collection }: Omit<Target, "team" | "type">): string {
	const path = `${orgEntity}/wandb-registry-${registry}/${collection}`;
	return `run.link_artifact(artifact, target_path=${JSON.stringify(path)})`;
}
