"""What may not be linked or moved in a registry, and what is said about it."""

import json
import os
from contextlib import redirect_stderr
from io import StringIO

import wandb

deeds = json.loads(os.environ["DEEDS"])
answers = {}


def link(entity, type, target, aliases):
    with wandb.init(entity=entity, project="zoo") as run:
        artifact = wandb.Artifact(name=f"{type}s", type=type)
        with artifact.new_file("rows.txt") as file:
            file.write("0")
        run.log_artifact(artifact).wait()
        run.link_artifact(artifact, target, aliases)


def save(name, aliases):
    found = wandb.Api().artifact(name)
    found.aliases = aliases
    found.save()


def unlink(name):
    wandb.Api().artifact(name).unlink()


def rename(name, type, to):
    found = wandb.Api().artifact_collection(type, name)
    found.name = to
    found.save()


def delete_collection(name, type):
    wandb.Api().artifact_collection(type, name).delete()


def delete(name):
    wandb.Api().artifact(name).delete(delete_aliases=True)


acts = {
    "link": link,
    "save": save,
    "unlink": unlink,
    "rename": rename,
    "delete collection": delete_collection,
    "delete": delete,
}

for title, act, *arguments in deeds:
    # Old clients print what they are refused, and go on.
    printed = StringIO()
    try:
        with redirect_stderr(printed):
            acts[act](*arguments)
        errors = [line for line in printed.getvalue().splitlines() if "ERROR" in line]
        answers[title] = "\n".join(errors) or "done"
    except Exception as error:
        answers[title] = f"{type(error).__name__}: {error}"

print("RESULT", json.dumps(answers))
