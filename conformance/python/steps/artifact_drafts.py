"""Versions made from versions: drafts of them, changes on top of the newest, and one that many writers share."""

import json

import wandb

answers = {}


def draft(name, files, **more):
    artifact = wandb.Artifact(name, "dataset", **more)
    for path, text in files.items():
        with artifact.new_file(path) as file:
            file.write(text)
    return artifact


def said(name):
    found = wandb.Api().artifact(f"zoo/{name}")
    births = {path: entry.birth_artifact_id for path, entry in found.manifest.entries.items()}
    texts = {path: open(found.get_entry(path).download(root=f"read {name}".replace(":", " "))).read() for path in births}
    return {
        "id": found.id,
        "version": found.version,
        "digest": found.digest,
        "size": found.size,
        "fileCount": found.file_count,
        "description": found.description,
        "metadata": found.metadata,
        "aliases": sorted(found.aliases),
        "texts": texts,
        "births": births,
        "loggedBy": found.logged_by().id if found.logged_by() else None,
    }


with wandb.init(project="zoo", id="drafter") as run:
    first = {"a.txt": "a", "b.txt": "b", "folder/c.txt": "c", "folder/d.txt": "d"}
    run.log_artifact(draft("drawn", first, description="first", metadata={"n": 1})).wait()
    run.log_artifact(draft("drawn", {"only.txt": "second"})).wait()

    changed = run.use_artifact("drawn:v0").new_draft()
    answers["draft"] = {
        "isDraft": changed.is_draft(),
        "description": changed.description,
        "metadata": changed.metadata,
        "entries": sorted(changed.manifest.entries),
    }
    changed.remove("a.txt")
    changed.remove("folder")
    with changed.new_file("e.txt") as file:
        file.write("new")
    run.log_artifact(changed, aliases=["from-v0"]).wait()
    answers["from v0"] = changed.version

    same = run.use_artifact("drawn:v0").new_draft()
    run.log_artifact(same).wait()
    answers["without a change"] = same.version

without = wandb.Api().artifact("zoo/drawn:v1").new_draft()
with without.new_file("late.txt") as file:
    file.write("without a run")
without.save(project="zoo")
without.wait()
answers["without a run"] = without.version

with wandb.init(project="zoo", id="adder") as run:
    run.log_artifact(draft("grown", {"a.txt": "a", "b.txt": "b"})).wait()
    run.log_artifact(draft("grown", {"b.txt": "newer b", "c.txt": "c"}, incremental=True)).wait()
    run.log_artifact(draft("grown", {"d.txt": "d"}, incremental=True)).wait()
    answers["nothing before it"] = run.log_artifact(draft("fresh", {"a.txt": "a"}, incremental=True)).wait().version

for name in ("drawn:v0", "drawn:v1", "drawn:v2", "drawn:v3", "grown:v1", "grown:v2", "fresh:v0"):
    answers[name] = said(name)
answers["versions"] = [found.version for found in wandb.Api().artifacts("dataset", "zoo/drawn")]
print("RESULT", json.dumps(answers))
