"""Sixteen processes, a run each, log into one collection at once: four versions of their own and one that all have."""

import json
import multiprocessing
import os
import sys

import wandb

processes, versions = 16, 4


def draft(text):
    artifact = wandb.Artifact("crowded", "dataset")
    with artifact.new_file("rows.txt") as file:
        file.write(text)
    return artifact


def write(number):
    with wandb.init(project="zoo", id=f"writer-{number}") as run:
        own = [run.log_artifact(draft(f"{number}/{each}"), aliases=[f"of-{number}"]) for each in range(versions)]
        common = run.log_artifact(draft("what all have"))
        said = {f"{number}/{each}": artifact.wait().version for each, artifact in enumerate(own)}
        with open(f"said-{number}.json", "w") as file:
            json.dump({"own": said, "common": common.wait().version}, file)


# One client service for all of them, as the client does for processes that it knows of.
wandb.setup()
crowd = [multiprocessing.get_context("fork").Process(target=write, args=(number,)) for number in range(processes)]
for process in crowd:
    process.start()
for process in crowd:
    process.join()
if any(process.exitcode for process in crowd):
    sys.exit(1)

answers = {"said": [], "held": {}, "aliases": {}}
for number in range(processes):
    with open(f"said-{number}.json") as file:
        answers["said"].append(json.load(file))
for found in wandb.Api().artifacts("dataset", "zoo/crowded", per_page=30):
    answers["held"][found.version] = found.digest
    answers["aliases"][found.version] = found.aliases
answers["digests"] = {text: draft(text).digest for said in answers["said"] for text in said["own"]}
answers["common"] = draft("what all have").digest
print("RESULT", json.dumps(answers))
