"""A version that is there already, with the storage layout that its manifest names; its bytes by every way to them."""

import inspect
import json

import wandb

with wandb.init(project="zoo", id="carrier") as run:
    draft = run.use_artifact("laid:v0").new_draft()
    draft.remove("a.txt")
    run.log_artifact(draft).wait()


def texts(root):
    return {name: open(f"{root}/{name}").read() for name in ("folder/b c.txt", "big.txt")}


answers = {}
for version in ("v0", "v1"):
    found = wandb.Api().artifact(f"zoo/laid:{version}")
    entry = found.get_entry("folder/b c.txt").download(root=f"entry {version}", skip_cache=True)
    answers[version] = {
        "layout": found.manifest.storage_policy.config().get("storageLayout"),
        "entry": open(entry).read(),
        "all": texts(found.download(root=f"all {version}", skip_cache=True)),
    }
parts = {"multipart": True} if "multipart" in inspect.signature(found.download).parameters else {}
answers["in parts"] = texts(found.download(root="parts", skip_cache=True, **parts))
print("RESULT", json.dumps(answers))
