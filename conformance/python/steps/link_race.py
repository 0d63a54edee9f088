"""Several processes link versions of one artifact to one new collection at the same moment."""

import json
import multiprocessing
import os

import wandb

versions, processes = 12, 3
target = "wandb-registry-dataset/race"


def link_some(first, start):
    api = wandb.Api()
    found = [api.artifact(f"zoo/data:v{number}") for number in range(first, versions, processes)]
    start.wait()
    for artifact in found:
        artifact.link(target)


if __name__ == "__main__":
    with wandb.init(project="zoo") as run:
        for number in range(versions):
            artifact = wandb.Artifact(name="data", type="dataset")
            with artifact.new_file("rows.txt") as file:
                file.write(str(number))
            run.log_artifact(artifact)
    context = multiprocessing.get_context("spawn")
    start = context.Barrier(processes)
    linkers = [context.Process(target=link_some, args=(first, start)) for first in range(processes)]
    for each in linkers:
        each.start()
    for each in linkers:
        each.join()
    found = list(wandb.Api().artifacts("dataset", f"{os.environ['REGISTRY_ENTITY']}/{target}"))
    answers = {
        "ended": [each.exitcode for each in linkers],
        "names": [each.name for each in found],
        "sources": sorted(int(each.source_version[1:]) for each in found),
    }
    print("RESULT", json.dumps(answers))
