"""Reads a history back in pages of every kind; then takes the run's id once more, without resuming the run."""

import json

import wandb

found = {}


def write(*values):
    with wandb.init(project="zoo", id="anew") as run:
        for value in values:
            run.log({"value": value})
    return wandb.Api().run("zoo/anew")


run = write(*range(25))
found["whole"] = [row["value"] for row in run.scan_history()]
found["in pages"] = [row["value"] for row in run.scan_history(page_size=4)]
found["by keys"] = [row["value"] for row in run.scan_history(keys=["value"], page_size=4)]
found["to the last"] = [row["value"] for row in run.scan_history(min_step=3, max_step=7, page_size=3)]
found["by keys to the last"] = [
    row["value"] for row in run.scan_history(keys=["value"], min_step=3, max_step=7, page_size=3)
]

run = write(100, 101)
found["anew"] = [[row["_step"], row["value"]] for row in run.scan_history()]
found["anew by keys"] = [row["value"] for row in run.scan_history(keys=["value"])]
found["keys"] = run.history(keys=["value"], pandas=False)[1]["_step"]
found["summary"] = run.summary["value"]
found["runs"] = len(wandb.Api().runs("zoo"))

print("RESULT", json.dumps(found))
