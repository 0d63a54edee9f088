"""Lists of types, collections and versions, in pages, orders and by tags; and what is said of names that are not there."""

import inspect
import json

import wandb

answers = {}


def log(content, aliases=None):
    artifact = wandb.Artifact(name="example_artifact", type="dataset")
    with artifact.new_file("training_rows") as file:
        file.write(content)
    return run.log_artifact(artifact, aliases=aliases).wait()


def said(action):
    """What an action that must not succeed says."""
    try:
        action()
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return None


with wandb.init(project="zoo", id="maker") as run:
    for n in range(7):
        log("x" * (10 - n), aliases=["best"] if n == 2 else None)
    zebra = wandb.Artifact(name="zebra", type="dataset")
    with zebra.new_file("stripes") as file:
        file.write("z")
    run.log_artifact(zebra).wait()
    net = wandb.Artifact(name="net", type="model")
    with net.new_file("weights") as file:
        file.write("n")
    run.log_artifact(net).wait()

api = wandb.Api()
tagged = api.artifact("zoo/example_artifact:v1")
tagged.tags = ["a", "b"]
tagged.save()


def versions(**arguments):
    return [found.version for found in wandb.Api().artifacts("dataset", "zoo/example_artifact", **arguments)]


answers["pages"] = [versions(per_page=1), versions(per_page=3), versions(per_page=7), len(versions())]
if "order" in inspect.signature(wandb.Api.artifacts).parameters:
    answers["oldest first"] = versions(order="+created_at", per_page=2)
    answers["smallest first"] = versions(order="+size", per_page=2)
    answers["unknown order"] = said(lambda: versions(order="-loss"))
# Of all pages the client takes those that have the tags, and ends at a page without any: so one page here.
answers["tagged"] = versions(tags=["a", "b"])
answers["total"] = len(wandb.Api().artifacts("dataset", "zoo/example_artifact", per_page=2))
answers["types"] = sorted(found.name for found in api.artifact_types("zoo"))
answers["type"] = api.artifact_type("model", "zoo").name
answers["collections"] = [found.name for found in api.artifact_collections("zoo", "dataset", per_page=1)]
answers["collection"] = api.artifact_collection("dataset", "zoo/zebra").name
if hasattr(api, "artifact_exists"):
    answers["exists"] = [api.artifact_exists("zoo/zebra:latest"), api.artifact_exists("zoo/zebra:v1")]
    answers["exists"] += [api.artifact_exists("zoo/none:latest"), api.artifact_exists("none/zebra:latest")]
    answers["collection exists"] = [
        api.artifact_collection_exists("zoo/zebra", "dataset"),
        api.artifact_collection_exists("zoo/zebra", "model"),
        api.artifact_collection_exists("zoo/none", "dataset"),
    ]

names = {
    "misspelt": "zoo/exmaple_artefact:latest",
    "a file's name": "zoo/training_rows:latest",
    "like nothing": "zoo/qqq:latest",
    "unknown alias": "zoo/example_artifact:production",
    "unknown version": "zoo/example_artifact:v9",
    "unknown digest": "zoo/example_artifact:0123456789ab0123456789ab01234567",
}
for what, name in names.items():
    answers[what] = said(lambda: wandb.Api().artifact(name))
with wandb.init(project="zoo", id="user") as run:
    answers["used"] = said(lambda: run.use_artifact("training_rows:latest"))
print("RESULT", json.dumps(answers))
