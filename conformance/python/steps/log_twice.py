"""Logs two versions of one artifact; the first has the alias `first`."""

import wandb

with wandb.init(project="lineage", id="producer") as run:
    for text, aliases in (("one", ["first"]), ("two", [])):
        artifact = wandb.Artifact(name="dataset", type="dataset")
        with artifact.new_file("rows.txt") as file:
            file.write(text)
        run.log_artifact(artifact, aliases=aliases).wait()
