"""One table in two drafts: the second refers to the first before that has an id, as wandb-client-artifact://."""

import json

import wandb

with wandb.init(project="zoo", id="referrer") as run:
    table = wandb.Table(columns=["legs"], data=[[4]])
    first, second = wandb.Artifact("first", "dataset"), wandb.Artifact("second", "dataset")
    first.add(table, "table")
    first.finalize()
    entry = second.add(table, "same")
    assert entry.ref.startswith("wandb-client-artifact://"), entry.ref
    run.log_artifact(first)
    run.log_artifact(second)
    first.wait()
    second.wait()

found = wandb.Api().artifact("zoo/second:v0")
entries = {path: entry.ref for path, entry in found.manifest.entries.items()}
print("RESULT", json.dumps({"first": first.id, "entries": entries, "rows": found.get("same").data}))
