"""Three runs of the sweep that WANDB_SWEEP_ID names, each with its own accuracy and model; the second is the best.

In a sweep the client takes the project from the environment, as its agent does, and ignores the arguments.
"""

import wandb

for accuracy in (0.5, 0.9, 0.7):
    with wandb.init() as run:
        run.log({"val_acc": accuracy})
        artifact = wandb.Artifact(name="sweep_name", type="model")
        with artifact.new_file("weights.txt") as file:
            file.write(f"accuracy {accuracy}")
        run.log_artifact(artifact)
