"""A version of so many files, of so many bytes each, that it can be interrupted; the same whenever it runs."""

import os
import random

import wandb

files, size = int(os.environ["FILES"]), int(os.environ["SIZE"])
os.makedirs("tree", exist_ok=True)
for number in range(files):
    with open(f"tree/{number:03}.bin", "wb") as file:
        file.write(random.Random(number).randbytes(size))

with wandb.init(project="zoo", id=os.environ["RUN"]) as run:
    artifact = wandb.Artifact("many", "dataset")
    artifact.add_dir("tree", policy="immutable")
    print("LOGGING", flush=True)
    run.log_artifact(artifact).wait()
    print("RESULT", f'"{artifact.version}"')
