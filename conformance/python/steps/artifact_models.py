"""Paths logged without an artifact being made first, and the calls for models."""

import json
import os

import wandb

answers = {"errors": {}}


def write(path, text):
    os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
    with open(path, "w") as file:
        file.write(text)


def read(path):
    with open(path) as file:
        return file.read()


def said(name):
    found = wandb.Api().artifact(name)
    return {
        "id": found.id,
        "type": found.type,
        "aliases": sorted(found.aliases),
        "entries": sorted(found.manifest.entries),
        "name": found.name,
        "qualified": found.qualified_name,
    }


write("notes.txt", "noted")
write("net/weights.txt", "0.25")
write("net/config/layers.json", "[1]")
write("single.txt", "one file")

with wandb.init(project="zoo", id="modeller") as run:
    run.log_artifact("notes.txt").wait()
    run.log_artifact("net", name="folder", type="model", aliases=["whole"]).wait()
    run.log_artifact(f"file://{os.path.abspath('net')}", name="by-reference", type="model").wait()

    run.log_model(path="net", name="net")
    run.log_model(path="single.txt", name="single", aliases=["tiny"])
    run.log_model(path="single.txt")

# `log_model` does not wait for the commit: what it logged is there when its run has ended.
with wandb.init(project="zoo", id="user") as run:
    folder = run.use_model("net:latest")
    answers["folder"] = {"weights": read(f"{folder}/weights.txt"), "layers": read(f"{folder}/config/layers.json")}
    single = run.use_model("single:tiny")
    answers["single"] = {"name": os.path.basename(single), "text": read(single)}
    try:
        run.use_model("run-modeller-notes.txt:latest")
    except Exception as error:
        answers["errors"]["not a model"] = type(error).__name__
    run.link_model(path="net", registered_model_name="Registered Net", name="net", aliases=["prod"])
    run.link_model(path="single.txt", registered_model_name="Fresh", name="never-logged")

api = wandb.Api()
for name in (
    "zoo/run-modeller-notes.txt:v0",
    "zoo/folder:whole",
    "zoo/by-reference:v0",
    "zoo/net:v0",
    "zoo/single:tiny",
    "zoo/run-modeller-single.txt:latest",
    "zoo/never-logged:v0",
    "model-registry/Registered Net:prod",
    "model-registry/Registered Net:v0",
    "model-registry/Fresh:latest",
):
    answers[name] = said(name)
root = api.artifact("zoo/single:v0").file(root="alone")
answers["file"] = [os.path.relpath(root), read(root)]
answers["logged"] = sorted(made.name for made in api.run("zoo/modeller").logged_artifacts())
answers["used"] = sorted(used.name for used in api.run("zoo/user").used_artifacts())
print("RESULT", json.dumps(answers))
