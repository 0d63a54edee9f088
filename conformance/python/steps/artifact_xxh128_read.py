"""Versions with XXH128 digests on a machine that has never seen them; clients before 0.29 know of MD5 only."""

import hashlib
import json
import os

import wandb

answers = {}


def digests(root):
    found = {}
    for folder, _, names in os.walk(root):
        for name in names:
            with open(os.path.join(folder, name), "rb") as file:
                found[os.path.relpath(os.path.join(folder, name), root)] = hashlib.sha256(file.read()).hexdigest()
    return found


def said(action):
    try:
        action()
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return None


found = wandb.Api().artifact("zoo/fast:v0")
answers["downloaded"] = digests(found.download(root="out"))
answers["verified"] = said(lambda: found.verify(root="out"))
answers["again"] = digests(found.download(root="out")) == answers["downloaded"]
with open(found.get_entry("deep/b.txt").download(root="one")) as file:
    answers["one entry"] = file.read()
answers["table"] = found.get("numbers").data
answers["by digest"] = wandb.Api().artifact(f"zoo/fast:{os.environ['DIGEST']}").version
wandb.Api().artifact("zoo/pointing:v0").download(root="pointing")
with open("pointing/there.txt") as file:
    answers["referred to"] = file.read()
with wandb.init(project="zoo", id=f"reader-{wandb.__version__}") as run:
    used = run.use_artifact("fast:v0")
    draft = used.new_draft()
    with draft.new_file("later.txt") as file:
        file.write(wandb.__version__)
    run.log_artifact(draft)
    draft.wait()
later = wandb.Api().artifact("zoo/fast:latest")
answers["drafted"] = sorted(digests(later.download(root="later")))
print("RESULT", json.dumps(answers))
