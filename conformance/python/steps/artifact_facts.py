"""What else a version is asked for, and told: its links, its source, its names, its run's step, its limits."""

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


def draft(text, name="data", **more):
    artifact = wandb.Artifact(name, "dataset", **more)
    with artifact.new_file("rows.txt") as file:
        file.write(text)
    return artifact


def shown(artifact, *names):
    """Of these properties those that this client has."""
    values = {name: getattr(artifact, name) for name in names if hasattr(type(artifact), name)}
    return {name: getattr(value, "name", value) for name, value in values.items()}


with open("other.txt", "w") as file:
    file.write("other")
with wandb.init(project="zoo", id="maker") as run:
    run.log({"loss": 1})
    run.log({"loss": 2})
    first = draft("0")
    first.add_file("other.txt", name="rows.txt", overwrite=True)
    run.log_artifact(first, tags=["raw", "b c"]).wait(timeout=60)
    answers["overwritten"] = open(first.get_entry("rows.txt").download(root="overwritten")).read()
    second = draft("1")
    run.log_artifact(second).wait()
    second.link(f"{org}/wandb-registry-dataset/chosen", aliases=["prod"])
    second.link(f"{org}/wandb-registry-dataset/other")
    large = draft("2", metadata={"text": "x" * (1024 * 1024 + 1)})
    answers["large metadata"] = said(lambda: run.log_artifact(large).wait())
    answers["many keys"] = said(lambda: draft("3", metadata={str(n): n for n in range(101)}))
    answers["bad tag"] = said(lambda: run.log_artifact(draft("4"), tags=["a/b"]).wait())
    answers["bad alias"] = said(lambda: run.log_artifact(draft("5"), aliases=["a/b"]).wait())

names = ("entity", "project", "name", "version", "qualified_name", "collection", "is_link")
sources = ("source_entity", "source_project", "source_name", "source_version", "source_qualified_name", "source_collection")
found = wandb.Api().artifact("zoo/data:v0", type="dataset")
answers["first"] = shown(found, *names, *sources, "history_step", "distributed_id", "use_as", "incremental")
answers["tags"] = sorted(found.tags)
answers["wrong type"] = said(lambda: wandb.Api().artifact("zoo/data:v0", type="model"))
link = wandb.Api().artifact(f"{org}/wandb-registry-dataset/chosen:v0")
answers["link"] = {**shown(link, *names, *sources, "url"), "aliases": sorted(link.aliases)}
answers["source"] = shown(wandb.Api().artifact("zoo/data:latest"), *names, *sources, "url")
if hasattr(wandb.Artifact, "linked_artifacts"):
    answers["links"] = sorted(each.qualified_name for each in wandb.Api().artifact("zoo/data:v1").linked_artifacts)
    answers["source of link"] = link.source_artifact.qualified_name
    answers["linked at"] = link.linked_at >= link.created_at
answers["link's digest"] = link.digest == second.digest
answers["by prefix"] = [
    wandb.Api().artifact(f"zoo/data:{name}").version for name in (second.digest, second.digest[:12], second.digest[:20])
]
answers["short prefix"] = said(lambda: wandb.Api().artifact(f"zoo/data:{second.digest[:11]}"))

# Of a link: what is said of it there is said of the link's collection or of the version.
link.aliases.append("checked")
link.save()
answers["aliased"] = [
    sorted(wandb.Api().artifact(f"{org}/wandb-registry-dataset/chosen:v0").aliases),
    sorted(wandb.Api().artifact("zoo/data:v1").aliases),
]
answers["source cannot be unlinked"] = said(lambda: wandb.Api().artifact("zoo/data:v1").unlink())
link.unlink()
answers["unlinked"] = said(lambda: wandb.Api().artifact(f"{org}/wandb-registry-dataset/chosen:v0"))
answers["still there"] = wandb.Api().artifact("zoo/data:v1").version
answers["other link"] = wandb.Api().artifact(f"{org}/wandb-registry-dataset/other:latest").version

with open("script.py", "w") as file:
    file.write("print('zebra')\n")
with wandb.init(project="zoo", id="coder") as run:
    code = run.log_code(".", name="scripts", include_fn=lambda path: path.endswith("script.py"))
    code.wait()
    answers["code"] = [code.type, code.name, sorted(code.manifest.entries)]
    used = run.use_artifact("data:latest")
    answers["used again"] = [
        run.use_artifact(used).version,
        run.use_artifact(f"data:{used.digest[:16]}").version,
    ]
answers["used"] = sorted(each.name for each in wandb.Api().run("zoo/coder").used_artifacts())
print("RESULT", json.dumps(answers))
