"""Changes to versions and collections that are there, and what is shown of them afterwards."""

import json
import os
from datetime import timedelta

import wandb

org = os.environ["REGISTRY_ENTITY"]
registry = f"{org}/wandb-registry-dataset"
answers = {}


def log(name, content, **more):
    with wandb.init(project="zoo", id=f"{name}-{content}") as run:
        artifact = wandb.Artifact(name=name, type="dataset", **more)
        with artifact.new_file("rows.txt") as file:
            file.write(content)
        return run.log_artifact(artifact).wait()


def said(action):
    """What an action that must not succeed says."""
    try:
        action()
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return None


def collection(name, kind="dataset"):
    return wandb.Api().artifact_collection(kind, f"zoo/{name}")


def version(name):
    return wandb.Api().artifact(f"zoo/{name}")


def save(found, **changes):
    for name, value in changes.items():
        setattr(found, name, value)
    found.save()


log("data", "0", description="first", metadata={"rows": 1})
log("data", "1")
log("other", "0")

# Versions.
save(version("data:v0"), aliases=["best", "good"], tags=["a", "b c"], description="changed")
save(version("data:v1"), aliases=["latest", "best"])
changed = version("data:v0")
changed.metadata = {"deep": {"list": [1, 2.5, None, "日本"]}, "rows": 2}
changed.tags.append("late")
changed.tags.remove("a")
changed.save()
changed = version("data:v0")
answers["version"] = {
    "aliases": sorted(changed.aliases),
    "tags": sorted(changed.tags),
    "description": changed.description,
    "metadata": changed.metadata,
}
answers["best"] = version("data:best").version
save(version("data:v0"), aliases=[], tags=[], description=None)
cleared = version("data:v0")
answers["cleared"] = [cleared.aliases, cleared.tags, cleared.description]
answers["large metadata"] = said(lambda: save(version("data:v0"), metadata={"text": "x" * (1024 * 1024 + 1)}))
answers["metadata kept"] = version("data:v0").metadata["rows"]


def ttl(name):
    found = version(name)
    return None if found.ttl is None else found.ttl.total_seconds()


answers["ttl at first"] = ttl("data:v0")
save(version("data:v0"), ttl=timedelta(days=2))
answers["ttl set"] = ttl("data:v0")
save(version("data:v0"), description="said later")
answers["ttl kept"] = ttl("data:v0")
save(version("data:v0"), ttl=None)
answers["ttl off"] = ttl("data:v0")
save(version("data:v0"), ttl=wandb.ArtifactTTL.INHERIT)
answers["ttl inherited"] = ttl("data:v0")
limited = log("limited", "0")
save(version("limited:v0"), ttl=timedelta(days=1))
limited.link(f"{registry}/limited")
answers["ttl of what is linked"] = ttl("limited:v0")

# Collections.
found = collection("data")
found.description = "all rows"
found.tags = ["x", "y z"]
found.save()
found = collection("data")
answers["described"] = [found.description, sorted(found.tags)]
found.tags = ["y z", "w"]
found.name = "rows"
found.save()
found = collection("rows")
answers["renamed"] = [found.name, found.description, sorted(found.tags)]
answers["by old name"] = [version("data:v0").name, version("data:latest").digest == version("rows:v1").digest]
with wandb.init(project="zoo", id="by-old-name") as run:
    used = run.use_artifact("data:best")
    answers["bytes by old name"] = open(os.path.join(used.download(), "rows.txt")).read()
save(version("rows:v1"), aliases=["latest", "best", "after"])
answers["aliased"] = sorted(version("rows:after").aliases)
found = collection("other")
found.name = "rows"
answers["taken"] = said(found.save)
found = collection("other")
found.type = "model"
found.save()
answers["moved"] = [collection("other", "model").name, version("other:latest").type, said(lambda: collection("other"))]
found = collection("limited")
found.type = "model"
answers["linked type"] = said(found.save)

portfolio = wandb.Api().artifact(f"{registry}/limited:v0").collection
portfolio.name = "curated"
portfolio.description = "the best"
portfolio.tags = ["reviewed"]
portfolio.save()
portfolio = wandb.Api().artifact(f"{registry}/curated:v0").collection
answers["portfolio"] = [portfolio.name, portfolio.description, list(portfolio.tags)]
answers["portfolio by old name"] = wandb.Api().artifact(f"{registry}/limited:latest").digest == limited.digest
answers["anew"] = [log("data", "anew").version, version("data:latest").version, version("rows:latest").version]
print("RESULT", json.dumps(answers))
