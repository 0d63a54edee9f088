"""A version of very many entries, logged, read back and logged again with one changed."""

import json
import os
import time

import wandb

count = int(os.environ["ENTRIES"])


def references(changed):
    artifact = wandb.Artifact("entries", "dataset")
    for number in range(count):
        version = 2 if number == changed else 1
        # No handler knows the scheme, so nobody is asked for a checksum.
        uri = f"ftp://bucket/{version}/part-{number:07}"
        artifact.add_reference(uri, name=f"part-{number:07}", checksum=False)
    return artifact


seconds = []
with wandb.init(project="zoo") as run:
    for changed in (-1, count // 2):
        artifact = references(changed)
        begin = time.perf_counter()
        run.log_artifact(artifact).wait(timeout=600)
        seconds.append(round(time.perf_counter() - begin, 1))

begin = time.perf_counter()
versions = [wandb.Api().artifact(f"zoo/entries:{version}") for version in ("v0", "v1")]
manifests = [{path: entry.ref for path, entry in version.manifest.entries.items()} for version in versions]
seconds.append(round(time.perf_counter() - begin, 1))
differing = [path for path, ref in manifests[1].items() if manifests[0][path] != ref]
result = {
    "counts": [version.file_count for version in versions],
    "entries": [len(manifest) for manifest in manifests],
    "differing": differing,
    "last": manifests[1][f"part-{count - 1:07}"],
    "seconds": seconds,
}
print("RESULT", json.dumps(result))
