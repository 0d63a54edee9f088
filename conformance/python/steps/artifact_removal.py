"""Deletions of versions, links and collections, and what is found afterwards."""

import json
import os

import wandb

org = os.environ["REGISTRY_ENTITY"]
registry = f"{org}/wandb-registry-dataset"
answers = {}


def log(name, content, aliases=None):
    with wandb.init(project="zoo", id=f"{name}-{content}") as run:
        artifact = wandb.Artifact(name=name, type="dataset")
        with artifact.new_file("rows.txt") as file:
            file.write(content)
        return run.log_artifact(artifact, aliases=aliases).wait()


def said(action):
    """What an action that must not succeed says."""
    try:
        action()
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return None


def versions(name):
    return [found.version for found in wandb.Api().artifacts("dataset", f"zoo/{name}")]


def exists(name):
    api = wandb.Api()
    return api.artifact_exists(name) if hasattr(api, "artifact_exists") else None


first = log("data", "0")
second = log("data", "1", aliases=["best"])
third = log("data", "2")
with wandb.init(project="zoo", id="user") as run:
    used = run.use_artifact("data:v2")
    used.download()

answers["with aliases"] = said(lambda: wandb.Api().artifact("zoo/data:v2").delete())
answers["still there"] = versions("data")
held = wandb.Api().artifact("zoo/data:v2")
held.delete(delete_aliases=True)
answers["left"] = versions("data")
answers["latest"] = wandb.Api().artifact("zoo/data:latest").version
answers["aliases"] = sorted(wandb.Api().artifact("zoo/data:v1").aliases)
answers["by name"] = said(lambda: wandb.Api().artifact("zoo/data:v2"))
answers["exists"] = [exists("zoo/data:v2"), exists("zoo/data:v1")]
answers["files of it"] = said(lambda: held.download(root="elsewhere"))
answers["producer of it"] = held.logged_by().id
answers["users of it"] = [run.id for run in held.used_by()]
answers["inputs"] = [found.name for found in wandb.Api().run("zoo/user").used_artifacts()]
with wandb.init(project="zoo", id="late") as run:
    answers["use of it"] = said(lambda: run.use_artifact("data:v2"))
    answers["use of what is held"] = said(lambda: run.use_artifact(held))
answers["again"] = log("data", "2").version
answers["without aliases"] = said(lambda: wandb.Api().artifact("zoo/data:v0").delete())
answers["at the end"] = versions("data")

# Links: deleting one is unlinking it, deleting the source ends them.
with wandb.init(project="zoo", id="linker") as run:
    for version in ("v1", "v3"):
        run.link_artifact(run.use_artifact(f"data:{version}"), f"{registry}/zebras")
wandb.Api().artifact(f"{registry}/zebras:v1").delete()
answers["source of the link"] = wandb.Api().artifact("zoo/data:v3").version
answers["latest link"] = wandb.Api().artifact(f"{registry}/zebras:latest").version
answers["unlinked"] = said(lambda: wandb.Api().artifact(f"{registry}/zebras:v1"))
answers["linked, with aliases"] = said(lambda: wandb.Api().artifact("zoo/data:v1").delete())
wandb.Api().artifact("zoo/data:v1").delete(delete_aliases=True)
answers["link of what is deleted"] = said(lambda: wandb.Api().artifact(f"{registry}/zebras:v0"))

# Collections.
with wandb.init(project="zoo", id="again") as run:
    run.link_artifact(run.use_artifact("data:v3"), f"{registry}/zebras")
api = wandb.Api()
api.artifact(f"{registry}/zebras:latest").collection.delete()
answers["portfolio"] = said(lambda: wandb.Api().artifact(f"{registry}/zebras:latest"))
answers["source of the portfolio"] = wandb.Api().artifact("zoo/data:latest").version
wandb.Api().artifact_collection("dataset", "zoo/data").delete()
answers["collection"] = said(lambda: wandb.Api().artifact_collection("dataset", "zoo/data"))
answers["version of it"] = said(lambda: wandb.Api().artifact("zoo/data:latest"))
answers["anew"] = log("data", "0").version
print("RESULT", json.dumps(answers))
