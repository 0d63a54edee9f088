"""Changes through the public API, lists by filters and order, and deletions."""

import json
import subprocess
import sys

import wandb

for name, lr, group in (("slow", 0.1, "a"), ("fast", 0.9, "a"), ("other", 0.5, "b")):
    with wandb.init(project="zoo", id=name, config={"lr": lr}, group=group, tags=[group]) as run:
        run.log({"score": 1 - lr})
        if name == "other":
            with open("extra.txt", "w") as file:
                file.write("extra")
            run.save("extra.txt")
            artifact = wandb.Artifact(name="made", type="dataset")
            with artifact.new_file("rows.txt") as file:
                file.write("zebra")
            run.log_artifact(artifact).wait()
            run.use_artifact("made:v0")

api = wandb.Api()
changed = api.run("zoo/slow")
changed.config["lr"] = 0.2
changed.config["added"] = {"deep": [1, 2]}
changed.tags.append("late")
changed.notes = "afterwards"
changed.display_name = "renamed"
changed.update()
changed.summary["extra"] = 7
changed.summary.update({"score": 0.75})


def names(**arguments):
    return [run.id for run in wandb.Api().runs("zoo", **arguments)]


answers = {
    "by score": names(order="-summary_metrics.score"),
    "by lr": names(order="+config.lr.value"),
    "newest first": names(order="-created_at"),
    "group a": names(filters={"group": "a"}),
    "tag late": names(filters={"tags": "late"}),
    "lr above": names(filters={"config.lr": {"$gt": 0.4}}),
    "either": names(filters={"$or": [{"display_name": "renamed"}, {"summary_metrics.score": {"$lt": 0.2}}]}),
    "none": names(filters={"state": "running"}),
}
fresh = wandb.Api().run("zoo/slow")
answers["fresh"] = {
    "config": dict(fresh.config),
    "tags": sorted(fresh.tags),
    "notes": fresh.notes,
    "name": fresh.name,
    "score": fresh.summary["score"],
    "extra": fresh.summary["extra"],
}

other = wandb.Api().run("zoo/other")
artifact = wandb.Api().artifact("zoo/made:v0")
answers["artifact before"] = [artifact.logged_by().id, [run.id for run in artifact.used_by()]]
other.file("extra.txt").delete()
answers["files left"] = [file.name for file in wandb.Api().run("zoo/other").files() if file.name == "extra.txt"]
other.delete()
answers["left"] = names()
artifact = wandb.Api().artifact("zoo/made:v0")
answers["artifact"] = [artifact.name, [run.id for run in artifact.used_by()]]
try:
    wandb.Api().run("zoo/other")
except Exception as error:
    answers["reading"] = str(error)
reviving = "import wandb\nwandb.init(project='zoo', id='other')"
done = subprocess.run([sys.executable, "-c", reviving], capture_output=True, text=True)
answers["reviving"] = {"code": done.returncode, "said": done.stdout + done.stderr}
if hasattr(fresh, "update_state"):
    try:
        fresh.update_state("pending")
    except Exception as error:
        answers["refused state"] = str(error)
print("RESULT", json.dumps(answers))
