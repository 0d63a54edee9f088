"""Versions with XXH128 digests: logged in every way, read back, built upon, referred to."""

import base64
import hashlib
import json
import os

import wandb
import xxhash

answers = {}


def digests(root):
    found = {}
    for folder, _, names in os.walk(root):
        for name in names:
            with open(os.path.join(folder, name), "rb") as file:
                found[os.path.relpath(os.path.join(folder, name), root)] = hashlib.sha256(file.read()).hexdigest()
    return found


def write(path, content):
    os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
    with open(path, "wb") as file:
        file.write(content)


def draft(name="fast", **files):
    artifact = wandb.Artifact(name, "dataset", digest_algorithm="XXH128")
    for path, content in files.items():
        with artifact.new_file(f"{path}.txt") as file:
            file.write(content)
    return artifact


def said(artifact):
    return {
        "version": artifact.version,
        "algorithm": artifact.digest_algorithm.value,
        "digest": artifact.digest == artifact.manifest.digest(),
        "size": artifact.size,
        "entries": {
            path: entry.extra.get("alg") for path, entry in artifact.manifest.entries.items() if entry.ref is None
        },
    }


write("tree/a.bin", bytes(range(256)) * 1000)
write("tree/deep/b.txt", b"deep")
with wandb.init(project="zoo", id="maker") as run:
    first = draft()
    first.add_dir("tree")
    first.add_file("tree/a.bin", name="again.bin")
    first.add(wandb.Table(columns=["n"], data=[[1], [2]]), "numbers")
    run.log_artifact(first)
    first.wait()
    answers["first"] = said(first)
    entry = first.manifest.entries["a.bin"]
    with open("tree/a.bin", "rb") as file:
        answers["entry digest"] = entry.digest == base64.b64encode(xxhash.xxh128(file.read()).digest()).decode()
    same = draft()
    same.add_dir("tree")
    same.add_file("tree/a.bin", name="again.bin")
    same.add(wandb.Table(columns=["n"], data=[[1], [2]]), "numbers")
    answers["equal"] = run.log_artifact(same).wait().version
    changed = draft(note="changed")
    changed.add_dir("tree")
    run.log_artifact(changed, aliases=["changed"]).wait()
    answers["changed"] = said(changed)

found = wandb.Api().artifact("zoo/fast:v0")
answers["found"] = {**said(found), "of content": found.digest}
answers["downloaded"] = digests(found.download(root="out"))
found.verify(root="out")
write("out/deep/b.txt", b"tampered")
try:
    found.verify(root="out")
except ValueError as error:
    answers["tampered"] = str(error)
found.download(root="out")
write("out/extra.txt", b"extra")
found.checkout(root="out")
answers["checked out"] = digests("out") == answers["downloaded"]
answers["one entry"] = open(found.get_entry("deep/b.txt").download(root="one")).read()
answers["table"] = found.get("numbers").data
listed = next(iter(found.files(names=["deep/b.txt"])))
answers["listed"] = {"md5": listed.md5 == base64.b64encode(hashlib.md5(b"deep").digest()).decode(), "size": listed.size}
answers["listed"]["digest"] = listed.digest == base64.b64encode(xxhash.xxh128(b"deep").digest()).decode()

with wandb.init(project="zoo", id="builder") as run:
    used = run.use_artifact("fast:v0")
    answers["used"] = [used.version, used.digest_algorithm.value]
    next_one = used.new_draft()
    next_one.remove("again.bin")
    with next_one.new_file("more.txt") as file:
        file.write("more")
    run.log_artifact(next_one)
    next_one.wait()
    answers["drafted"] = said(next_one)
    pointing = wandb.Artifact("pointing", "dataset")
    pointing.add_reference(found.get_entry("deep/b.txt"), name="there.txt")
    run.log_artifact(pointing).wait()
answers["draft downloaded"] = sorted(digests(wandb.Api().artifact("zoo/fast:latest").download(root="drafted")))
wandb.Api().artifact("zoo/pointing:v0").download(root="pointing")
answers["referred to"] = open("pointing/there.txt").read()

with wandb.init(project="zoo", id="grower") as run:
    grown = wandb.Artifact("fast", "dataset", incremental=True, digest_algorithm="XXH128")
    with grown.new_file("grown.txt") as file:
        file.write("grown")
    run.log_artifact(grown)
    grown.wait()
    answers["grown"] = said(wandb.Api().artifact("zoo/fast:latest"))
    # A collection of MD5 versions stays one.
    plain = wandb.Artifact("plain", "dataset")
    with plain.new_file("p.txt") as file:
        file.write("plain")
    run.log_artifact(plain).wait()
    fast = draft("plain", q="fast")
    run.log_artifact(fast)
    fast.wait()
    answers["in a collection of MD5"] = said(wandb.Api().artifact("zoo/plain:latest"))
    for n in range(2):
        run.upsert_artifact(draft("parts", **{f"part{n}": str(n)}), distributed_id="many").wait()
    run.finish_artifact(draft("parts", part2="2"), distributed_id="many").wait()
    answers["parts"] = said(wandb.Api().artifact("zoo/parts:latest"))
print("RESULT", json.dumps(answers))
