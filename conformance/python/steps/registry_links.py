"""Links into collections of a registry, under every form of their names, and what becomes of them."""

import json
import os
import subprocess
import sys

import wandb

org = os.environ["ORG"]
entity = os.environ["REGISTRY_ENTITY"]
answers = {}


def said(action):
    try:
        return action()
    except Exception as error:
        return f"{type(error).__name__}: {error}"


def version(name):
    return wandb.Api().artifact(name)


def log(content, name="data"):
    with wandb.init(project="zoo") as run:
        artifact = wandb.Artifact(name=name, type="dataset")
        with artifact.new_file("rows.txt") as file:
            file.write(content)
        return run.log_artifact(artifact).wait()


def link(artifact, target, aliases=None):
    with wandb.init(project="zoo") as run:
        return run.link_artifact(artifact, target, aliases)


def facts(artifact):
    names = ["name", "version", "project", "qualified_name", "source_name", "source_version", "source_project", "is_link"]
    return {name: getattr(artifact, name, None) for name in names} | {"aliases": sorted(artifact.aliases)}


first, second, third = log("first"), log("second"), log("third")

# The second version of the source is the first of the collection; three forms of the target are one collection.
target = "wandb-registry-dataset/Zoo animals"
link(second, target, ["best"])
link(third, f"{org}/{target}")
link(first, f"{entity}/{target}", ["old"])
link(first, target, ["older"])

names = [f"{prefix}{target}" for prefix in ["", f"{org}/", f"{entity}/"]]
answers["found"] = [[version(f"{name}:{at}").source_version for at in ["v0", "v1", "v2", "latest", "best"]] for name in names]
answers["link"] = facts(version(f"{target}:v0"))
answers["same"] = version(f"{target}:v0").id == second.id
answers["versions"] = [
    [each.name, each.source_version] for each in wandb.Api().artifacts("dataset", f"{entity}/{target}")
]
with wandb.init(project="users", id="user") as run:
    answers["used"] = [run.use_artifact(f"{name}:best").source_version for name in names]
answers["used by"] = [each.id for each in version(f"{target}:v0").used_by()]
answers["used by the source"] = [each.id for each in version("zoo/data:v1").used_by()]
with open(version(f"{target}:best").download() + "/rows.txt") as file:
    answers["bytes"] = file.read()
command = [sys.executable, "-m", "wandb", "artifact", "get", f"{entity}/{target}:v1", "--root", "got"]
done = subprocess.run(command, capture_output=True, text=True)
answers["by command"] = open("got/rows.txt").read() if done.returncode == 0 else done.stdout + done.stderr

# The collection.
found = wandb.Api().artifact_collection("dataset", f"{entity}/{target}")
answers["collection"] = [found.name, found.type, found.description, sorted(found.aliases), found.is_sequence()]
found.description = "# All animals"
found.tags = ["curated", "a b"]
found.name = "Animals"
found.save()
found = wandb.Api().artifact_collection("dataset", f"{entity}/wandb-registry-dataset/animals")
answers["changed"] = [found.name, found.description, sorted(found.tags)]
answers["by the old name"] = version(f"{target}:best").source_version
link(log("fourth"), target)
answers["linked by the old name"] = [version(f"wandb-registry-dataset/animals:{at}").source_version for at in ["v3", "latest"]]

# Aliases are the collection's own.
linked = version("wandb-registry-dataset/Animals:v0")
linked.aliases.append("gold")
linked.aliases.remove("best")
linked.save()
answers["aliases"] = [sorted(version(name).aliases) for name in ["wandb-registry-dataset/Animals:v0", "zoo/data:v1"]]

# Where it is linked to, and no more.
elsewhere = "wandb-registry-dataset/elsewhere"
link(second, elsewhere)
if hasattr(linked, "linked_artifacts"):
    places = version("zoo/data:v1").linked_artifacts
    answers["linked artifacts"] = sorted(each.qualified_name for each in places)
    answers["source"] = version(f"{elsewhere}:v0").source_artifact.qualified_name
    version(f"{elsewhere}:v0").unlink()
    answers["unlink of the source"] = said(lambda: version("zoo/data:v1").unlink())
else:
    version(f"{elsewhere}:v0").unlink()
answers["unlinked"] = said(lambda: version(f"{elsewhere}:v0").name)
answers["still"] = version("zoo/data:v1").version
link(second, elsewhere)
answers["linked anew"] = said(lambda: version(f"{elsewhere}:v1").source_version)

# Deleted at its source, or the whole collection.
log("fifth")
link(version("zoo/data:latest"), elsewhere)
version("zoo/data:latest").delete(delete_aliases=True)
answers["deleted at the source"] = said(lambda: version(f"{elsewhere}:v2").name)
answers["latest"] = version(f"{elsewhere}:latest").source_version
wandb.Api().artifact_collection("dataset", f"{entity}/{elsewhere}").delete()
answers["collection gone"] = said(lambda: version(f"{elsewhere}:latest").name)
answers["source stays"] = version("zoo/data:v1").version

print("RESULT", json.dumps(answers))
