"""Models registered with link_model: before and after their collection is moved to the registry of the organisation."""

import json
import os

import wandb

team = os.environ["TEAM"]
after = os.environ["AFTER"] == "true"
path = f"{team}/model-registry/tiger"
answers = {}


def register(name, content):
    with open("model.bin", "w") as file:
        file.write(content)
    with wandb.init(project="zoo") as run:
        run.link_model(path="model.bin", registered_model_name=name, name=f"trained-{name}", aliases=["prod"])


def facts(name):
    found = wandb.Api().artifact(name)
    return [found.qualified_name, found.source_version, sorted(found.aliases)]


if after:
    answers["by the old path"] = [facts(f"{path}:{at}") for at in ["v0", "prod", "latest"]]
    with wandb.init(project="users") as run:
        used = run.use_artifact(f"{path}:v0")
        with open(used.download() + "/model.bin") as file:
            answers["bytes"] = file.read()
    register("tiger", "second")
    answers["registered once more"] = facts("wandb-registry-model/tiger:latest")
    register("lion", "first")
    answers["registered anew"] = facts(f"{team}/model-registry/lion:v0")
else:
    register("tiger", "first")
    answers["registered"] = facts(f"{path}:latest")

print("RESULT", json.dumps(answers))
