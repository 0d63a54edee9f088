"""What the benchmarks do with the real client: `workloads.py NAME '{"parameters": …}'`.

Each workload prints one line of JSON: what it measured, in seconds. A workload that takes part in a crowd says "ready"
after its imports and waits for a line on standard input, so that all begin together.
"""

import hashlib
import json
import sys
import tempfile
import threading
import time
from pathlib import Path

import wandb

quiet = wandb.Settings(console="off", x_disable_stats=True, x_save_requirements=False)


def start_run(project):
    return wandb.init(project=project, settings=quiet)


def content(seed, size):
    """Bytes that no other seed has: equal ones would be stored, and cached, once."""
    block = hashlib.sha256(seed.encode()).digest()
    return (block * (size // len(block) + 1))[:size]


def write_file(path, seed, size):
    block = content(seed, min(size, 1 << 20))
    with path.open("wb") as file:
        for start in range(0, size, len(block)):
            file.write(block[: size - start])


def log_folder(run, name, folder, metadata=None):
    begin = time.perf_counter()
    artifact = wandb.Artifact(name, type="dataset", metadata=metadata)
    artifact.add_dir(str(folder))
    run.log_artifact(artifact).wait()
    return time.perf_counter() - begin


def log_files(project, name, count, size, seed):
    """Logs a folder of small files, then the same with every hundredth changed."""
    with tempfile.TemporaryDirectory() as root, start_run(project) as run:
        folder = Path(root)
        for index in range(count):
            write_file(folder / f"f{index:05}.bin", f"{seed}-{index}", size)
        first = log_folder(run, name, folder)
        for index in range(0, count, 100):
            write_file(folder / f"f{index:05}.bin", f"{seed}-changed-{index}", size)
        # The floor keeps nothing: the metadata tells it that most of these files were there before.
        return {"first": first, "changed": log_folder(run, name, folder, {"again": True})}


def log_entries(project, name, count, seed):
    """A version of references that nobody looks up: entries without bytes."""
    with start_run(project) as run:
        artifact = wandb.Artifact(name, type="dataset")
        for index in range(count):
            artifact.add_reference(f"ftp://{seed}/part-{index:07}", name=f"part-{index:07}", checksum=False)
        begin = time.perf_counter()
        run.log_artifact(artifact).wait(timeout=600)
        return {"seconds": time.perf_counter() - begin}


def log_large(project, name, size, seed):
    with tempfile.TemporaryDirectory() as root, start_run(project) as run:
        write_file(Path(root) / "f00000.bin", seed, size)
        return {"up": log_folder(run, name, root)}


def download(path, files):
    artifact = wandb.Api().artifact(path)
    with tempfile.TemporaryDirectory() as root:
        begin = time.perf_counter()
        folder = Path(artifact.download(root=root))
        seconds = time.perf_counter() - begin
        found = sum(1 for entry in folder.rglob("*") if entry.is_file())
    if found != files:
        raise SystemExit(f"{path}: {found} files came, expected {files}")
    return {"down": seconds}


def small_version(name, seed, index):
    artifact = wandb.Artifact(name, type="dataset")
    with artifact.new_file("row.txt", mode="wb") as file:
        file.write(content(f"{seed}-{index}", 1024))
    return artifact


def log_versions(project, name, count, seed):
    """Versions in a row, each awaited. The first, which makes the collection, is not counted."""
    each = []
    with start_run(project) as run:
        for index in range(count + 1):
            begin = time.perf_counter()
            run.log_artifact(small_version(name, seed, index)).wait()
            each.append(time.perf_counter() - begin)
    return {"each": each[1:]}


def create_and_link(project, name, count, seed):
    each = []
    with start_run(project) as run:
        for index in range(count + 1):
            begin = time.perf_counter()
            logged = run.log_artifact(small_version(name, seed, index)).wait()
            run.link_artifact(logged, f"wandb-registry-dataset/{name}")
            each.append(time.perf_counter() - begin)
    return {"each": each[1:]}


def repeat(count, callers, call):
    """Times `call(api)` in so many threads at once; one call of each caller is a warm-up."""
    each = []

    def caller():
        api = wandb.Api()
        call(api)
        barrier.wait()
        for _ in range(count):
            begin = time.perf_counter()
            call(api)
            each.append(time.perf_counter() - begin)

    barrier = threading.Barrier(callers)
    threads = [threading.Thread(target=caller) for _ in range(callers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if len(each) != count * callers:
        raise SystemExit("a caller failed: see above")
    return {"each": each}


def list_collections(project, type, count, callers):
    def first_page(api):
        pages = api.artifact_collections(project, type, per_page=50)
        if next(iter(pages)).type != type:
            raise SystemExit("another type came")

    return repeat(count, callers, first_page)


def fetch_alias(path, count, callers):
    return repeat(count, callers, lambda api: api.artifact(path))


def crowd(project, source, member, count):
    """Whole runs, each with an input and an output."""
    print("ready", flush=True)
    sys.stdin.readline()
    begin = time.time()
    for index in range(count):
        with start_run(project) as run:
            run.use_artifact(source)
            run.log({"loss": index})
            run.log_artifact(small_version(f"out-{member}", member, index))
    return {"begin": begin, "end": time.time()}


workloads = {
    "log-files": log_files,
    "log-entries": log_entries,
    "log-large": log_large,
    "download": download,
    "log-versions": log_versions,
    "create-and-link": create_and_link,
    "list-collections": list_collections,
    "fetch-alias": fetch_alias,
    "crowd": crowd,
}

if __name__ == "__main__":
    print(json.dumps(workloads[sys.argv[1]](**json.loads(sys.argv[2]))), flush=True)
