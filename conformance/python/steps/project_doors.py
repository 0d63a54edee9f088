"""Every door to a project that somebody does not own: what opens, and what those say that do not."""

import json
import os
import pathlib

import wandb

team = os.environ["TEAM"]


def said(action):
    """What an action gives, or says when it is refused."""
    try:
        return action()
    except BaseException as error:
        return f"refused: {type(error).__name__}: {error}"


def listed(name):
    return name in [project.name for project in wandb.Api().projects(team)]


def run_file(path):
    wandb.Api().run(f"{path}/maker").file("note.txt").download(root=f"file-of-{name}", replace=True)
    return pathlib.Path(f"file-of-{name}", "note.txt").read_text()


def download(path):
    folder = wandb.Api().artifact(f"{path}/animals:latest").download(root=f"files-of-{name}")
    return pathlib.Path(folder, "rows.txt").read_text()


def use(path):
    with wandb.init(project="own", settings=wandb.Settings(init_timeout=20)) as run:
        return run.use_artifact(f"{path}/animals:latest").version


def log(name):
    with wandb.init(entity=team, project=name, settings=wandb.Settings(init_timeout=20)) as run:
        artifact = wandb.Artifact(name="theirs", type="dataset")
        with artifact.new_file("rows.txt") as file:
            file.write("the stranger's bytes")
        return run.log_artifact(artifact).wait().version


def alias(path):
    artifact = wandb.Api().artifact(f"{path}/animals:v0")
    artifact.aliases.append("mine")
    artifact.save()
    return sorted(wandb.Api().artifact(f"{path}/animals:v0").aliases)


def delete(path):
    wandb.Api().artifact(f"{path}/theirs:latest").delete(delete_aliases=True)
    return "deleted"


names = os.environ["PROJECTS"].split(",")
doors = {}
for name in names:
    path = f"{team}/{name}"
    doors[name] = {
        "listed": said(lambda: listed(name)),
        "runs": said(lambda: len(wandb.Api().runs(path))),
        "run": said(lambda: wandb.Api().run(f"{path}/maker").id),
        "file of the run": said(lambda: run_file(path)),
        "types": said(lambda: [found.name for found in wandb.Api().artifact_types(path)]),
        "versions": said(lambda: [found.version for found in wandb.Api().artifacts("dataset", f"{path}/animals")]),
        "artifact": said(lambda: wandb.Api().artifact(f"{path}/animals:latest").version),
        "download": said(lambda: download(path)),
        "use": said(lambda: use(path)),
        "alias": said(lambda: alias(path)),
    }
# Last: where wandb.init was refused, old clients finish no further run in the same process.
doors[names[0]]["log"] = said(lambda: log(names[0]))
doors[names[0]]["delete"] = said(lambda: delete(f"{team}/{names[0]}"))
print("RESULT", json.dumps(doors), flush=True)
# Nor do they leave.
os._exit(0)
