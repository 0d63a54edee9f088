import type { RunPlace } from "./run.queries.ts";

/** A run with an input and an output: the two lines that make edges, runnable as they stand. */
export function edgesCode({ entity, project }: Pick<RunPlace, "entity" | "project">): string {
	return `import wandb

with wandb.init(entity=${JSON.stringify(entity)}, project=${JSON.stringify(project)}) as run:
    data = wandb.Artifact("my-dataset", type="dataset")
    with data.new_file("hello.txt") as file:
        file.write("hello")
    run.log_artifact(data).wait()  # an output

with wandb.init(entity=${JSON.stringify(entity)}, project=${JSON.stringify(project)}) as run:
    run.use_artifact("my-dataset:latest")  # an input`;
}
