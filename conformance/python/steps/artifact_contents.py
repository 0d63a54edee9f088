"""One version with every kind of file, made in every way; then what the client says of it and what comes back."""

import hashlib
import json
import os

import wandb

answers = {"errors": {}}


def attempt(name, action):
    try:
        action()
        answers["errors"][name] = None
    except Exception as error:
        answers["errors"][name] = type(error).__name__


def write(path, content):
    os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
    with open(path, "wb") as file:
        file.write(content)


def digests(root):
    found = {}
    for folder, _, names in os.walk(root):
        for name in names:
            path = os.path.join(folder, name)
            with open(path, "rb") as file:
                found[os.path.relpath(path, root)] = hashlib.sha256(file.read()).hexdigest()
    return found


with open("names.json") as file:
    for name, text in json.load(file):
        write(os.path.join("tree", name), text.encode())
write("elsewhere/target.txt", b"behind a link")
os.symlink(os.path.abspath("elsewhere/target.txt"), "tree/link.txt")
os.symlink(os.path.abspath("elsewhere"), "tree/linked folder")
write("single.bin", bytes(range(256)) * 1000)
write("weights.v1.bin", b"weights")

with wandb.init(project="zoo", id="maker") as run:
    artifact = wandb.Artifact("everything", "dataset", description="all of it", metadata={"lr": 0.1, "deep": {"a": [1]}})
    answers["draft"] = {"isDraft": artifact.is_draft(), "state": artifact.state}
    artifact.add_dir("tree")
    artifact.add_dir("elsewhere", name="below/this")
    artifact.add_file("single.bin")
    artifact.add_file("single.bin", name="again/the same.bin", policy="immutable")
    artifact.add_file("single.bin", name="not cached.bin", skip_cache=True)
    temporary = artifact.add_file("weights.v1.bin", name="media/weights.v1.bin", is_tmp=True)
    with artifact.new_file("made/text.txt") as file:
        file.write("zëbra")
    with artifact.new_file("made/bytes.bin", mode="wb") as file:
        file.write(b"\x00\xff")
    with artifact.new_file("gone.txt") as file:
        file.write("removed before it is logged")
    artifact.add_dir("elsewhere", name="gone folder")
    artifact.remove("gone.txt")
    artifact.remove("gone folder")
    attempt("remove what is not there", lambda: artifact.remove("gone.txt"))
    attempt("add what is not there", lambda: artifact.add_file("no-such-file"))
    attempt("same name, same content", lambda: artifact.add_file("single.bin"))
    attempt("same name, other content", lambda: artifact.add_file("weights.v1.bin", name="single.bin"))
    attempt("policy", lambda: artifact.add_file("single.bin", name="x", policy="other"))
    answers["temporary"] = str(temporary.path)
    answers["local path"] = artifact.get_added_local_path_name("single.bin")
    announced = artifact.digest
    run.log_artifact(artifact)
    artifact.wait()
    attempt("add after it is logged", lambda: artifact.add_file("single.bin", name="late"))
    answers["said"] = {
        "id": artifact.id,
        "name": artifact.name,
        "version": artifact.version,
        "sourceVersion": artifact.source_version,
        "qualifiedName": artifact.qualified_name,
        "type": artifact.type,
        "state": artifact.state,
        "isDraft": artifact.is_draft(),
        "description": artifact.description,
        "metadata": artifact.metadata,
        "aliases": artifact.aliases,
        "size": artifact.size,
        "fileCount": artifact.file_count,
        "digest": artifact.digest,
        "announced": announced,
        "commitHash": artifact.commit_hash,
        "createdAt": artifact.created_at,
        "updatedAt": artifact.updated_at,
        "encoded": artifact.json_encode(),
        "entries": {
            path: {"size": entry.size, "digest": entry.digest, "birth": entry.birth_artifact_id}
            for path, entry in artifact.manifest.entries.items()
        },
    }

    run.log_artifact(wandb.Artifact("nothing", "dataset")).wait()

nothing = wandb.Api().artifact("zoo/nothing:v0")
answers["nothing"] = {
    "digest": nothing.digest,
    "size": nothing.size,
    "fileCount": nothing.file_count,
    "listed": [file.name for file in nothing.files()],
    "downloaded": digests(nothing.download(root="nothing")),
}
nothing.verify(root="nothing")

found = wandb.Api().artifact("zoo/everything:v0")
answers["downloaded"] = digests(found.download(root="out", skip_cache=True))
found.verify(root="out")
answers["below made"] = digests(found.download(root="part", skip_cache=True, path_prefix="made/"))
answers["listed"] = {
    file.name: {"size": file.size, "digest": file.digest, "md5": file.md5} for file in found.files(per_page=3)
}
answers["chosen"] = [file.name for file in found.files(names=["made/text.txt", "no such file", "single.bin"])]
with open(found.get_entry("again/the same.bin").download(root="one"), "rb") as file:
    answers["one entry"] = hashlib.sha256(file.read()).hexdigest()
with open(found.get_path("100% sure?#1.txt").download(root="one", skip_cache=True)) as file:
    answers["one path"] = file.read()
listed = next(iter(found.files(names=["made/text.txt"])))
answers["file downloaded"] = listed.download(root="single").read()
attempt("no such entry", lambda: found.get_entry("no such entry"))
attempt("file() of many", lambda: found.file())

with open("out/extra.txt", "w") as file:
    file.write("not of the version")
attempt("verify with an extra file", lambda: found.verify(root="out"))
found.checkout(root="out")
answers["checked out"] = digests("out") == answers["downloaded"]
with open("out/made/text.txt", "w") as file:
    file.write("tampered")
attempt("verify after tampering", lambda: found.verify(root="out"))
print("RESULT", json.dumps(answers))
