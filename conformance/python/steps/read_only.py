"""With a key that only reads: what was logged can be downloaded, nothing can be logged. OLD_TEAM is a name that the team had."""

import json
import os

import wandb

team = os.environ["OLD_TEAM"]
told = {}
api = wandb.Api()
artifact = api.artifact(f"{team}/zoo/rows:latest")
folder = artifact.download()
told["rows"] = open(os.path.join(folder, "rows.txt")).read()
try:
    artifact.description = "changed"
    artifact.save()
except Exception:  # Not every version raises, and not every one says the server's sentence.
    pass
told["description"] = wandb.Api().artifact(f"{team}/zoo/rows:latest").description
try:
    wandb.init(entity=team, project="zoo", settings=wandb.Settings(init_timeout=60))
    told["run"] = "begun"
except Exception as refusal:
    told["run"] = "may only read" in str(refusal)
print("RESULT", json.dumps(told))
