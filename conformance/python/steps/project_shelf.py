"""A project with a run, a file of it and a version, as its owner makes it."""

import wandb

with open("note.txt", "w") as file:
    file.write("a note")
with wandb.init(project="zoo", id="maker") as run:
    run.log({"loss": 0.5})
    run.save("note.txt")
    artifact = wandb.Artifact(name="animals", type="dataset")
    with artifact.new_file("rows.txt") as file:
        file.write("the owner's bytes")
    run.log_artifact(artifact).wait()
print("RESULT", "null")
