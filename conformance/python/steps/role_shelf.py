"""A restricted registry with a collection for each role, and a public project whose version can be linked."""

import json
import os

import wandb

org, roles = os.environ["REGISTRY_ENTITY"], os.environ["ROLES"].split(",")
for project in ["private", "open"]:
    with wandb.init(project=project, id=f"maker-{project}") as run:
        artifact = wandb.Artifact(name="animals", type="dataset", metadata={"legs": 4})
        with artifact.new_file("rows.txt") as file:
            file.write(f"the owner's {project} bytes")
        version = run.log_artifact(artifact).wait()
        if project == "private":
            for role in roles:
                version.link(f"{org}/wandb-registry-shared/for-{role}", aliases=["kept"])
print("RESULT", json.dumps(version.name))
os._exit(0)
