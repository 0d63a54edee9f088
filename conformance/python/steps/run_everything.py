"""One run that logs, prints, saves and warns; then what the public API says of it."""

import json
import math
import os
import sys
import tempfile
import time

import wandb

with open("notes.txt", "w") as file:
    file.write("saved with the run")

settings = wandb.Settings(console="wrap")
with wandb.init(
    project="zoo",
    id="everything",
    group="night",
    job_type="train",
    tags=["first", "second"],
    notes="the notes",
    config={"lr": 0.5, "net": {"depth": 3}},
    settings=settings,
) as run:
    path = run.path
    run.config.update({"late": "yes"})
    for step in range(4):
        loss = float("nan") if step == 2 else 1 / (step + 1)
        run.log({"loss": loss, "deep": {"inner": step}, "limit": math.inf if step == 1 else 0.0})
    print("plain line")
    for percent in range(0, 101, 50):
        print(f"\rprogress {percent}%", end="", flush=True)
        time.sleep(0.2)
    print()
    print("to the other stream", file=sys.stderr)
    run.save("notes.txt")
    run.log({"table": wandb.Table(columns=["animal", "legs"], data=[["zebra", 4], ["emu", 2]])})
    run.log({"page": wandb.Html("<p>zebra</p>", inject=False)})
    run.alert(title="Low accuracy", text="it is 0.1", level=wandb.AlertLevel.WARN, wait_duration=300)
    run.alert(title="Low accuracy", text="it is 0.05", level=wandb.AlertLevel.WARN, wait_duration=300)
    run.alert(title="Another", text="matter")
    run.summary["best"] = 0.25

found = wandb.Api().run("/".join(path) if not isinstance(path, str) else path)
names = sorted(file.name for file in found.files())


def content(name):
    with tempfile.TemporaryDirectory() as root:
        found.file(name).download(root=root)
        with open(os.path.join(root, name), "rb") as file:
            return file.read()


def shown(value):
    """NaN and the infinities are no JSON."""
    if isinstance(value, float) and not math.isfinite(value):
        return repr(value)
    return value


table_file = found.summary["table"]["path"]
page_file = found.summary["page"]["path"]
rows = [
    {key: shown(value) for key, value in row.items() if key in ("_step", "loss", "limit", "deep", "deep.inner")}
    for row in found.scan_history()
]
print(
    "RESULT",
    json.dumps(
        {
            "state": found.state,
            "group": found.group,
            "tags": sorted(found.tags),
            "notes": found.notes,
            "config": dict(found.config),
            "rows": rows,
            "losses": [shown(row["loss"]) for row in found.scan_history(keys=["loss"])],
            "deep": [row["deep.inner"] for row in found.history(keys=["deep.inner"], pandas=False)],
            "lastStep": found.lastHistoryStep,
            "best": found.summary["best"],
            "names": names,
            "notesFile": content("notes.txt").decode(),
            "table": json.loads(content(table_file)),
            "page": content(page_file).decode(),
            "log": content("output.log").decode(),
        }
    ),
)
