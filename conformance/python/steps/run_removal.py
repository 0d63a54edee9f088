"""A run deleted together with what it made, and what is found of that afterwards."""

import json
import os

import wandb

org = os.environ["REGISTRY_ENTITY"]
answers = {}


def said(action):
    """What an action that must not succeed says."""
    try:
        action()
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return None


def log(run, content, name="data", **more):
    artifact = wandb.Artifact(name, "dataset")
    with artifact.new_file("rows.txt") as file:
        file.write(content)
    return run.log_artifact(artifact, **more).wait()


def versions(name="data"):
    return [[found.version, sorted(found.aliases)] for found in wandb.Api().artifacts("dataset", f"zoo/{name}")]


with wandb.init(project="zoo", id="earlier") as run:
    log(run, "earlier")
with wandb.init(project="zoo", id="doomed") as run:
    run.use_artifact("data:v0")
    made = log(run, "made", aliases=["best"])
    run.link_artifact(made, f"{org}/wandb-registry-dataset/chosen", aliases=["prod"])
    log(run, "shared")
    run.log({"table": wandb.Table(columns=["n"], data=[[1]])})
with wandb.init(project="zoo", id="later") as run:
    log(run, "shared")
    run.use_artifact("data:best").download(root="before")

answers["before"] = versions()
wandb.Api().run("zoo/doomed").delete(delete_artifacts=True)
answers["after"] = versions()
answers["run"] = said(lambda: wandb.Api().run("zoo/doomed"))
answers["best"] = said(lambda: wandb.Api().artifact("zoo/data:best"))
answers["linked"] = said(lambda: wandb.Api().artifact(f"{org}/wandb-registry-dataset/chosen:prod"))
answers["table"] = said(lambda: wandb.Api().artifact("zoo/run-doomed-table:latest", type="run_table"))
answers["held"] = said(lambda: made.download(root="after"))
answers["users of the first"] = [run.id for run in wandb.Api().artifact("zoo/data:v0").used_by()]
answers["maker of the shared"] = wandb.Api().artifact("zoo/data:v2").logged_by() is not None
answers["inputs of later"] = [found.name for found in wandb.Api().run("zoo/later").used_artifacts()]
wandb.Api().run("zoo/later").delete()
answers["run alone"] = versions()
with wandb.init(project="zoo", id="again") as run:
    answers["anew"] = log(run, "made").version
print("RESULT", json.dumps(answers))
