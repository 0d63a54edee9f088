"""Tables and media put into versions, within one and across several; then what comes back of them."""

import json
import struct
import zlib

import wandb

answers = {}


def write(path, content):
    with open(path, "wb") as file:
        file.write(content)


def entries(artifact):
    return {path: entry.ref for path, entry in artifact.manifest.entries.items()}


def png(width, height, grey):
    def chunk(kind, content):
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress((b"\0" + bytes([grey]) * width) * height)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


sound = b"RIFF" + (36).to_bytes(4, "little") + b"WAVEfmt " + bytes(28)
write("sound.wav", sound)
write("picture.png", png(3, 2, 128))
write("page.html", b"<p>a file</p>")
write("film.mp4", b"\x00\x00\x00\x18ftypmp42" + bytes(50))
write("atoms.pdb", b"ATOM      1  N   ALA A   1")

with wandb.init(project="zoo", id="painter") as run:
    artifact = wandb.Artifact("objects", "dataset")
    animals = wandb.Table(columns=["name", "legs", "wild"], data=[["zebra", 4, True], ["ümu", 2, False], [None, 8, True]])
    artifact.add(animals, "animals")
    artifact.add(animals, "animals")
    foods = wandb.Table(columns=["name", "food"], data=[["zebra", "grass"], ["ümu", "seeds"]])
    artifact.add(foods, "foods")
    artifact.add(wandb.JoinedTable(animals, foods, "name"), "joined")
    for number in range(3):
        artifact.add(wandb.Table(columns=["n"], data=[[number], [number * 10]]), f"parts/{number}")
    artifact.add(wandb.data_types.PartitionedTable("parts"), "partitioned")
    artifact.add(wandb.Html("<p>zebra</p>", inject=False), "text")
    artifact.add(wandb.Html(open("page.html"), inject=False), "page")
    artifact.add(wandb.Audio("sound.wav", caption="roar"), "sound")
    picture = wandb.Image("picture.png", caption="grey")
    artifact.add(picture, "picture")
    gallery = wandb.Table(columns=["n", "image"], data=[[1, wandb.Image("picture.png")]])
    artifact.add(gallery, "gallery")
    artifact.add(wandb.Video("film.mp4"), "film")
    artifact.add(wandb.Molecule("atoms.pdb"), "atoms")
    artifact.add(wandb.Classes([{"id": 0, "name": "zebra"}, {"id": 1, "name": "ümu"}]), "classes")
    pages = wandb.Table(columns=["name", "page"])
    pages.add_data("first", wandb.Html("<b>1</b>", inject=False))
    pages.add_data("second", wandb.Html("<b>2</b>", inject=False))
    artifact.add(pages, "pages")
    try:
        artifact.add("no object", "wrong")
    except (TypeError, ValueError) as error:
        answers["no object"] = str(error)[:28]
    run.log_artifact(artifact).wait()

    # A table that a logged version holds, in another version: kept by reference.
    borrowed = run.use_artifact("objects:v0")
    other = wandb.Artifact("borrower", "dataset")
    other.add(borrowed.get("animals"), "lent")
    other.add(borrowed.get("pages"), "lent pages")
    here = wandb.Table(columns=["name", "age"], data=[["zebra", 7]])
    other.add(wandb.JoinedTable(borrowed.get("animals"), here, "name"), "joined")
    run.log_artifact(other).wait()

    # As it is usually done: the client makes an artifact of its own for it.
    run.log({"seen": wandb.Table(columns=["animal"], data=[["emu"]])})
    run.log({"seen": wandb.Table(columns=["animal"], data=[["gnu"]])})

api = wandb.Api()
found = api.artifact("zoo/objects:v0")
answers["entries"] = sorted(entries(found))
table = found.get("animals")
answers["animals"] = {"columns": table.columns, "rows": table.data}
joined = found.get("joined")
answers["joined"] = [joined._table1.data, joined._table2.data]
answers["joined key"] = joined._join_key
answers["partitioned"] = sorted(row for _, row in found.get("partitioned").iterrows())
answers["pages"] = [[name, open(page._path).read()] for name, page in found.get("pages").data]
for name in ("text", "page", "sound", "film", "atoms"):
    got = found.get(name)
    with open(got._path, "rb") as file:
        answers[name] = {"type": type(got).__name__, "bytes": file.read().hex()}
image = found.get("picture")
with open(image._path, "rb") as file, open("picture.png", "rb") as original:
    answers["picture"] = [image._width, image._height, image._caption, file.read() == original.read()]
answers["gallery"] = [[n, each._width, each._height] for n, each in found.get("gallery").data]
answers["caption"] = found.get("sound")._caption
answers["classes"] = [each["name"] for each in found.get("classes")._class_set]
answers["same"] = found["animals"] == table
answers["no such object"] = found.get("no such object")

lent = api.artifact("zoo/borrower:v0")
answers["lent entries"] = entries(lent)
answers["lent"] = lent.get("lent").data
answers["lent pages"] = [[name, open(page._path).read()] for name, page in lent.get("lent pages").data]
joined = lent.get("joined")
answers["lent joined"] = [joined._table1.data, joined._table2.data]
answers["source"] = found.id
seen = [api.artifact(f"zoo/run-painter-seen:v{number}") for number in (0, 1)]
answers["seen"] = [[each.type, each.get("seen").data] for each in seen]
print("RESULT", json.dumps(answers))
