"""Processes with a run each add files to one version, which a further run finishes; then again under the same id."""

import json
import multiprocessing

import wandb


def write(number, round):
    with wandb.init(project="zoo", group="together", id=f"writer-{round}-{number}") as run:
        artifact = wandb.Artifact("shared", "dataset")
        texts = {f"part-{number}.txt": f"{round}/{number}", "same.txt": round, f"{number}/deep.txt": str(number)}
        for name, text in texts.items():
            with artifact.new_file(name) as file:
                file.write(text)
        run.upsert_artifact(artifact, distributed_id="shards", aliases=["part-0"] if number == 0 else None)


# One client service for all of them, as the client does for processes that it knows of.
wandb.setup()
answers = {"rounds": []}
for round, writers in (("first", 8), ("second", 2)):
    fork = multiprocessing.get_context("fork")
    crowd = [fork.Process(target=write, args=(number, round)) for number in range(writers)]
    for process in crowd:
        process.start()
    for process in crowd:
        process.join()
    visible = [found.version for found in wandb.Api().artifacts("dataset", "zoo/shared")]
    with wandb.init(project="zoo", group="together", id=f"finisher-{round}") as run:
        facts = {"description": f"of the {round} round", "metadata": {"writers": writers}}
        artifact = wandb.Artifact("shared", "dataset", **facts)
        with artifact.new_file("index.txt") as file:
            file.write(f"{writers} parts")
        run.finish_artifact(artifact, distributed_id="shards", aliases=["whole"])
    found = wandb.Api().artifact("zoo/shared:whole")
    root = found.download(root=round)
    answers["rounds"].append(
        {
            "codes": [process.exitcode for process in crowd],
            "visible before": visible,
            "version": found.version,
            "texts": {path: open(f"{root}/{path}").read() for path in found.manifest.entries},
            "aliases": sorted(found.aliases),
            "fileCount": found.file_count,
            "size": found.size,
            "description": found.description,
            "metadata": found.metadata,
        }
    )
    found.verify(root=root)
answers["versions"] = [found.version for found in wandb.Api().artifacts("dataset", "zoo/shared")]
answers["outputs"] = {
    name: [made.name for made in wandb.Api().run(f"zoo/{name}").logged_artifacts()]
    for name in ("writer-first-0", "writer-second-1", "finisher-first")
}
print("RESULT", json.dumps(answers))
