"""A version used by every name it has, from two projects and through a registry; then who used and made what."""

import json
import os

import wandb

TEAM, ORG, ORG_ENTITY = os.environ["TEAM"], os.environ["ORG"], os.environ["ORG_ENTITY"]
answers = {"used": {}, "errors": {}}


def draft(name, text, type="dataset", **more):
    artifact = wandb.Artifact(name, type, **more)
    with artifact.new_file("rows.txt") as file:
        file.write(text)
    return artifact


with wandb.init(project="zoo", id="producer") as run:
    run.log_artifact(draft("animals", "old"), aliases=["best"]).wait()
    run.log_artifact(draft("animals", "new")).wait()
    model = run.log_artifact(draft("weights", "0.1", type="model"))
    model.wait()
    run.link_artifact(model, f"{ORG_ENTITY}/wandb-registry-model/chosen", aliases=["prod"])
with wandb.init(project="zoo", id="second-producer") as run:
    run.log_artifact(draft("animals", "old")).wait()
    run.log_artifact(draft("animals", "new")).wait()

old, new = (wandb.Api().artifact(f"zoo/animals:v{number}") for number in (0, 1))
answers["ids"] = {"old": old.id, "new": new.id, "model": model.id}
old_names = {
    "version": "animals:v0",
    "digest": f"animals:{old.digest}",
    "commit hash": f"animals:{old.commit_hash}",
    "project": "zoo/animals:v0",
    "full path": f"{TEAM}/zoo/animals:v0",
}
with wandb.init(project="zoo", id="by-name") as run:
    for kind, name in old_names.items():
        answers["used"][kind] = run.use_artifact(name).id
with wandb.init(project="zoo", id="by-alias") as run:
    answers["used"]["alias"] = run.use_artifact("animals:best").id
with wandb.init(project="zoo", id="bare") as run:
    used = run.use_artifact("animals")
    answers["used"]["bare name"] = used.id
    # Twice is once.
    run.use_artifact("animals:latest", type="dataset")
with wandb.init(project="other", id="afar") as run:
    answers["used"]["from another project"] = run.use_artifact("zoo/animals:best").id
    for kind, name in {
        "registry without organisation": "wandb-registry-model/chosen:v0",
        "registry of the organisation": f"{ORG}/wandb-registry-model/chosen:prod",
        "registry of the org entity": f"{ORG_ENTITY}/wandb-registry-model/chosen",
    }.items():
        try:
            answers["used"][kind] = run.use_artifact(name).id
        except Exception as error:
            answers["errors"][kind] = str(error)
with wandb.init(project="zoo", id="purpose") as run:
    run.use_artifact("animals:v0", use_as="training-data")
    run.use_artifact("animals:latest")
with wandb.init(project="zoo", id="by-object") as run:
    run.use_artifact(wandb.Api().artifact("zoo/animals:v0"))
with wandb.init(project="zoo", id="by-draft") as run:
    made = run.use_artifact(draft("fresh", "made by its use"), aliases=["mine"])
    answers["draft"] = {"version": made.version, "aliases": sorted(made.aliases), "state": made.state}
with wandb.init(project="zoo", id="by-config", config={"data": old, "text": f"wandb-artifact://{TEAM}/zoo/animals:v1"}) as run:
    run.config["id"] = f"wandb-artifact://_id/{model.id}"
    answers["config"] = {key: run.config[key].id for key in ("data", "text", "id")}
with wandb.init(project="zoo", id="wrong") as run:
    for kind, name, more in (
        ("missing version", "animals:v9", {}),
        ("missing artifact", "no-such:latest", {}),
        ("missing project", "no-such-project/animals:v0", {}),
        ("other type", "animals:v0", {"type": "model"}),
    ):
        try:
            run.use_artifact(name, **more)
        except Exception as error:
            answers["errors"][kind] = str(error)

# What was used stays what it was, whatever its alias does afterwards.
moved = wandb.Api().artifact("zoo/animals:v1")
moved.aliases.append("best")
moved.save()

api = wandb.Api()
for name in ("zoo/animals:v0", "zoo/animals:v1", "zoo/weights:v0", "wandb-registry-model/chosen:v0", "zoo/fresh:v0"):
    path = f"{ORG_ENTITY}/{name}" if name.startswith("wandb") else name
    found = api.artifact(path)
    maker = found.logged_by()
    answers[name] = {
        "id": found.id,
        "aliases": sorted(found.aliases),
        "usedBy": sorted(run.id for run in found.used_by()),
        "loggedBy": maker.id if maker else None,
    }
for project, run in (("other", "afar"), ("zoo", "bare"), ("zoo", "by-alias"), ("zoo", "by-config"), ("zoo", "by-draft")):
    answers[f"used by {run}"] = sorted(used.id for used in api.run(f"{project}/{run}").used_artifacts())
for run in ("producer", "second-producer", "by-draft"):
    answers[f"logged by {run}"] = sorted(made.name for made in api.run(f"zoo/{run}").logged_artifacts())
answers["wrong used"] = len(api.run("zoo/wrong").used_artifacts())

# Afterwards, on a run that has ended.
ended = api.run("zoo/wrong")
ended.use_artifact(api.artifact("zoo/animals:v0"))
ended.log_artifact(api.artifact("zoo/weights:v0"))
ended = wandb.Api().run("zoo/wrong")
answers["afterwards"] = {
    "used": [used.name for used in ended.used_artifacts()],
    "logged": [made.name for made in ended.logged_artifacts()],
    "versions": [found.version for found in wandb.Api().artifacts("model", "zoo/weights")],
}
print("RESULT", json.dumps(answers))
