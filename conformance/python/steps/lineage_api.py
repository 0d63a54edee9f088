"""A dataset, six runs that train on it, each with a model and an accuracy."""

import json

import wandb

with wandb.init(project="zoo", id="split") as run:
    dataset = wandb.Artifact(name="animals", type="dataset")
    with dataset.new_file("animals.txt") as file:
        file.write("lion, zebra")
    run.log_artifact(dataset)

for number in range(6):
    with wandb.init(project="zoo", id=f"train-{number}", job_type="train") as run:
        run.use_artifact("animals:latest")
        run.summary["accuracy"] = number / 10
        model = wandb.Artifact(name="model", type="model")
        with model.new_file("weights.txt") as file:
            file.write(f"weights {number}")
        run.log_artifact(model)

print("RESULT", json.dumps({"runs": 7}))
