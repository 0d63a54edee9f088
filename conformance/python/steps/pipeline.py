"""Four runs in a row: raw data, then a dataset named `artifact`, then a model, then its evaluation."""

import wandb


def draft(name, type):
    artifact = wandb.Artifact(name=name, type=type)
    with artifact.new_file("content.txt") as file:
        file.write(f"the content of {name}")
    return artifact


with wandb.init(project="project", id="collector") as run:
    run.log_artifact(draft("raw", "dataset"))

with wandb.init(project="project", id="producer") as run:
    run.use_artifact("raw:latest")
    run.log_artifact(draft("artifact", "dataset"), aliases=["alias"])

with wandb.init(project="project", id="trainer") as run:
    run.use_artifact("artifact:alias")
    run.log_artifact(draft("model", "model"))

with wandb.init(project="project", id="evaluator") as run:
    run.use_artifact("model:latest")
