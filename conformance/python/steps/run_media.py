"""Media and tables that a run logs read back equal: from the run's files, from its history, and as versions."""

import json
import os
import time

import wandb
from PIL import Image


def paint(name):
    image = Image.new("RGB", (4, 3), {"zebra": (9, 9, 9), "emu": (120, 80, 20)}[name])
    image.putpixel((1, 2), (255, 0, 7))
    return image


def is_painted(image, name):
    """Whether the image, or the file of that name, shows what `paint` painted."""
    shown = Image.open(image) if isinstance(image, str) else image
    return shown.convert("RGB").tobytes() == paint(name).tobytes()


boxes = {
    "truth": {
        "box_data": [{"position": {"minX": 0.1, "maxX": 0.5, "minY": 0.2, "maxY": 0.6}, "class_id": 1}],
        "class_labels": {1: "zebra"},
    }
}
rows = [["zebra", 4, True, None], ["emu", 2.5, False, "läuft"]]

with wandb.init(project="zoo", id="media") as run:
    for step, name in enumerate(("zebra", "emu")):
        run.log({"image": wandb.Image(paint(name), caption=name), "inner": {"image": wandb.Image(paint(name))}})
    run.log({"several": [wandb.Image(paint("zebra"), caption="one"), wandb.Image(paint("emu"), caption="two")]})
    run.log({"boxed": wandb.Image(paint("emu"), boxes=boxes)})
    run.log({"page": wandb.Html("<p>zebra</p>", inject=False)})
    run.log({"counts": wandb.Histogram(np_histogram=([3, 1, 2], [0.0, 1.0, 2.0, 3.0]))})
    run.log({"table": wandb.Table(columns=["animal", "legs", "awake", "note"], data=rows)})
    pictures = wandb.Table(columns=["name", "picture"])
    for name in ("zebra", "emu"):
        pictures.add_data(name, wandb.Image(paint(name)))
    run.log({"pictures": pictures})

api = wandb.Api()
read = api.run("zoo/media")
found = {}


def fetch(path):
    """The file of the run as it is downloaded."""
    folder = os.path.join("fetched", str(time.time()))
    return read.file(path).download(root=folder).name


history = {key: value for row in read.scan_history() for key, value in row.items()}
by_step = [row["image"] for row in read.scan_history(keys=["image"])]
found["images"] = [
    [image["_type"], image["caption"], image["width"], is_painted(fetch(image["path"]), name)]
    for image, name in zip(by_step, ("zebra", "emu"))
]
inner = read.history(keys=["inner.image"], pandas=False)
found["inner"] = [
    is_painted(fetch(row["inner.image"]["path"]), name) for row, name in zip(inner, ("zebra", "emu"))
]
several = history["several"]
found["several"] = [several["_type"], several["captions"]] + [
    is_painted(fetch(path), name) for path, name in zip(several["filenames"], ("zebra", "emu"))
]
with open(fetch(history["boxed"]["boxes"]["truth"]["path"])) as file:
    found["boxes"] = json.load(file)["box_data"][0]["position"]
with open(fetch(history["page"]["path"])) as file:
    found["page"] = file.read()
found["counts"] = [history["counts"]["_type"], history["counts"]["values"], history["counts"]["bins"]]
found["summary"] = [read.summary["image"]["caption"], read.summary["table"]["nrows"], read.summary["table"]["ncols"]]
with open(fetch(history["table"]["path"])) as file:
    table = json.load(file)
found["table"] = [table["columns"], table["data"] == rows]

logged = {version.name.rsplit(":", 1)[0]: version for version in read.logged_artifacts()}
found["logged"] = sorted(logged)
found["as version"] = logged["run-media-table"].get("table").data == rows
with wandb.init(project="zoo", job_type="read") as reader:
    used = reader.use_artifact("run-media-pictures:latest").get("pictures")
    found["pictures"] = [used.columns, [[name, is_painted(cell.image, name)] for name, cell in used.data]]
found["used"] = [version.name for version in api.run(f"zoo/{reader.id}").used_artifacts()]
found["files"] = sorted({os.path.dirname(file.name) for file in read.files() if file.name.startswith("media/")})

print("RESULT", json.dumps(found))
