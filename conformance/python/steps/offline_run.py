"""A run away from any server, two days ago by its clock: three steps, two artifacts. Reports its folder and times."""

import json
import os
import time

clock = time.time
time.time = lambda: clock() - 2 * 24 * 60 * 60

import wandb


def draft(name, type, content, **more):
    file = f"{name}.txt"
    with open(file, "w") as output:
        output.write(content)
    artifact = wandb.Artifact(name=name, type=type, **more)
    artifact.add_file(file)
    return artifact


before = time.time()
with wandb.init(
    project="field", id="night-1", name="first night", job_type="collect", tags=["savanna"], config={"lr": 0.1}
) as run:
    begun = time.time()
    folder = os.path.dirname(run.dir)
    run.log_artifact(draft("tracks", "dataset", "zebra", metadata={"site": "north"}), aliases=["latest", "night"])
    run.log_artifact(draft("weights", "model", "0.1"))
    # The client takes the time of a step from its `_timestamp`, if it has one.
    times = [begun + 60.25, begun + 120.5, begun + 180.75]
    for moment, loss in zip(times, (1, 0.5, 0.25)):
        run.log({"loss": loss, "_timestamp": moment})

print("RESULT", json.dumps({"folder": folder, "before": before, "begun": begun, "times": times}))
