"""The picture of the page on lineage maps, walked by the public API as the FAQ walks it; then a run that closes a cycle."""

import json
import os

import wandb

ORG_ENTITY = os.environ["ORG_ENTITY"]


def draft(name, type, text):
    artifact = wandb.Artifact(name=name, type=type)
    with artifact.new_file("content.txt") as file:
        file.write(text)
    return artifact


for name in ("split-1", "split-2", "split-3"):
    with wandb.init(project="zoo", id=name, job_type="split") as run:
        run.log_artifact(draft("split_zoo_dataset", "dataset", "the same each time")).wait()
with wandb.init(project="zoo", id="rural", name="rural-feather-20", job_type="train") as run:
    run.use_artifact("split_zoo_dataset:latest")
    model = run.log_artifact(draft("zoo-ylbchv20", "model", "weights"))
    model.wait()
    run.link_artifact(model, f"{ORG_ENTITY}/wandb-registry-model/zoo", aliases=["prod"])
with wandb.init(project="zoo", id="northern", name="northern-lake-21", job_type="evaluate") as run:
    run.use_artifact("zoo-ylbchv20:v0")

api = wandb.Api()
model = api.artifact("zoo/zoo-ylbchv20:v0")
producer = model.logged_by()
(dataset,) = producer.used_artifacts()
answers = {
    "model": model.id,
    "dataset": dataset.id,
    "made by": producer.id,
    "used by": [run.id for run in model.used_by()],
    "made": [artifact.id for artifact in producer.logged_artifacts()],
    "data made by": dataset.logged_by().id,
    "data used by": [run.id for run in dataset.used_by()],
}
# Its own output becomes the input of a run that is taken up again.
with wandb.init(project="zoo", id="rural", resume="allow") as run:
    run.use_artifact("zoo-ylbchv20:v0")
print("RESULT", json.dumps(answers))
