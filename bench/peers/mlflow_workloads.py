"""What the benchmarks do with MLflow, as near to `client/workloads.py` as its calls allow: `NAME '{"parameters": …}'`.

A version is a file logged to a run and registered as a version of a model: that is what MLflow numbers.
"""

import hashlib
import json
import sys
import tempfile
import time
from pathlib import Path

import mlflow
from mlflow import MlflowClient


def content(seed, size):
    block = hashlib.sha256(seed.encode()).digest()
    return (block * (size // len(block) + 1))[:size]


def log_folder(folder):
    begin = time.perf_counter()
    with mlflow.start_run() as run:
        mlflow.log_artifacts(str(folder))
    return time.perf_counter() - begin, run.info.run_id


def log_files(count, size, seed):
    with tempfile.TemporaryDirectory() as root:
        folder = Path(root)
        for index in range(count):
            (folder / f"f{index:05}.bin").write_bytes(content(f"{seed}-{index}", size))
        first, _ = log_folder(folder)
        for index in range(0, count, 100):
            (folder / f"f{index:05}.bin").write_bytes(content(f"{seed}-changed-{index}", size))
        changed, run = log_folder(folder)
        return {"first": first, "changed": changed, "run": run}


def download(run, files):
    with tempfile.TemporaryDirectory() as root:
        begin = time.perf_counter()
        folder = Path(mlflow.artifacts.download_artifacts(run_id=run, dst_path=root))
        seconds = time.perf_counter() - begin
        found = sum(1 for entry in folder.rglob("*") if entry.is_file())
    if found != files:
        raise SystemExit(f"{run}: {found} files came, expected {files}")
    return {"down": seconds}


def log_versions(name, count, seed):
    client = MlflowClient()
    client.create_registered_model(name)
    each = []
    with tempfile.TemporaryDirectory() as root, mlflow.start_run() as run:
        for index in range(count + 1):
            file = Path(root) / f"row-{index}.txt"
            begin = time.perf_counter()
            file.write_bytes(content(f"{seed}-{index}", 1024))
            mlflow.log_artifact(str(file))
            source = f"{run.info.artifact_uri}/{file.name}"
            client.create_model_version(name, source=source, run_id=run.info.run_id, await_creation_for=0)
            each.append(time.perf_counter() - begin)
    return {"each": each[1:]}


workloads = {"log-files": log_files, "download": download, "log-versions": log_versions}

if __name__ == "__main__":
    print(json.dumps(workloads[sys.argv[1]](**json.loads(sys.argv[2]))), flush=True)
