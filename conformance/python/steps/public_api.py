"""A run with a file and an artifact; then what the public API says of it, changes in it, and says afterwards."""

import json

import wandb

with wandb.init(project="zoo", id="tour", config={"lr": 0.5}) as run:
    entity = run.entity
    for number in range(3):
        run.log({"loss": number})
    with open("notes.txt", "w") as file:
        file.write("saved with the run")
    run.save("notes.txt")
    artifact = wandb.Artifact("rows", type="dataset", description="before")
    with artifact.new_file("rows.txt") as file:
        file.write("zebra")
    run.log_artifact(artifact, aliases=["first", "kept"])

api = wandb.Api()
place = f"{entity}/zoo"

version = api.artifact(f"{place}/rows:v0")
version.aliases.append("second")
version.aliases.remove("first")
version.description = "after"
version.metadata["legs"] = 4
version.save()


def losses(rows):
    return [row["loss"] for row in rows]


version = wandb.Api().artifact(f"{place}/rows:v0", type="dataset")
found = api.run(f"{place}/tour")
kind = api.artifact_type("dataset", place)
collection = api.artifact_collection("dataset", f"{place}/rows")
answers = {
    "aliases": sorted(version.aliases),
    "description": version.description,
    "metadata": dict(version.metadata),
    "files": [file.name for file in version.files()],
    "manifest": sorted(version.manifest.entries),
    "type": kind.name,
    "types": [each.name for each in api.artifact_types(place)],
    "collections": [each.name for each in kind.collections()],
    "collection": collection.name,
    "collectionAliases": sorted(collection.aliases),
    "versions": [each.version for each in api.artifacts("dataset", f"{place}/rows")],
    "there": api.artifact_exists(f"{place}/rows:kept"),
    "notThere": api.artifact_exists(f"{place}/rows:first"),
    "collectionThere": api.artifact_collection_exists(f"{place}/rows", "dataset"),
    "projects": [project.name for project in api.projects(entity)],
    "project": api.project("zoo", entity).name,
    "runs": [each.id for each in api.runs(place)],
    "config": found.config,
    "sampled": losses(found.history(keys=["loss"], pandas=False)),
    "history": losses(found.history(pandas=False)),
    "scanned": losses(found.scan_history()),
    "scannedKeys": losses(found.scan_history(keys=["loss"])),
    "logged": [each.name for each in found.logged_artifacts()],
    "viewer": api.viewer.username,
    "entity": api.default_entity,
    "notesBefore": "notes.txt" in [file.name for file in found.files()],
}
found.file("notes.txt").delete()
answers["notesAfter"] = "notes.txt" in [file.name for file in wandb.Api().run(f"{place}/tour").files()]
print("RESULT", json.dumps(answers))
