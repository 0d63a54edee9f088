"""The zoo pipeline: three runs prepare one dataset, a sweep trains on it, the best model is evaluated and published.

Needs WANDB_BASE_URL and WANDB_API_KEY. Local stand-in data, so nothing is downloaded. Run it again for further versions.
"""

import json
import math
import os
import random
import tempfile

import wandb

PROJECT = os.environ.get("KEIFU_DEMO_PROJECT", "zoo")
CLASSES = ["mammal", "bird", "reptile", "fish", "amphibian", "insect", "mollusc"]


def write(folder, name, value):
    path = os.path.join(folder, name)
    with open(path, "w", encoding="utf-8") as file:
        json.dump(value, file)
    return path


def rows(seed, count):
    source = random.Random(seed)
    return [{"legs": source.choice([0, 2, 4, 6]), "class": source.choice(CLASSES)} for _ in range(count)]


def prepare(folder, name):
    """Byte-identical content from every run: one version with several producers."""
    with wandb.init(project=PROJECT, job_type="preprocess", name=name, config={"split": 0.8}) as run:
        data = wandb.Artifact("split_zoo_dataset", "dataset", description="Animals, split into train and test",
                              metadata={"rows": 100, "split": 0.8})
        data.add_file(write(folder, "train.json", rows(1, 80)), name="train.json")
        data.add_file(write(folder, "test.json", rows(2, 20)), name="test.json")
        run.log_artifact(data, aliases=["clean"])


def train(folder, name, rate, sweep_id=None):
    settings = wandb.Settings(sweep_id=sweep_id) if sweep_id else None
    with wandb.init(project=PROJECT, job_type="train", name=name, config={"learning_rate": rate}, settings=settings) as run:
        run.use_artifact("split_zoo_dataset:latest").download(root=os.path.join(folder, "data"))
        accuracy = 0.0
        for epoch in range(20):
            accuracy = 0.95 - 0.6 * math.exp(-rate * (epoch + 1) * 4) + random.uniform(-0.01, 0.01)
            run.log({"epoch": epoch, "loss": 1.4 * math.exp(-rate * epoch * 4), "val_acc": accuracy})
        run.summary["val_acc"] = accuracy
        model = wandb.Artifact("zoo-classifier", "model", metadata={"architecture": "mlp", "learning_rate": rate})
        model.add_file(write(folder, "weights.json", [random.random() for _ in range(200)]), name="weights.json")
        run.log_artifact(model, tags=["zoo"]).wait()
        return model, accuracy


def evaluate(folder, version):
    with wandb.init(project=PROJECT, job_type="evaluate", name="northern-lake-21") as run:
        run.use_artifact(f"zoo-classifier:{version}").download(root=os.path.join(folder, "model"))
        run.use_artifact("split_zoo_dataset:latest")
        table = wandb.Table(columns=["class", "predicted"], data=[[kind, kind] for kind in CLASSES])
        run.log({"predictions": table, "test_acc": 0.93})


def main():
    with tempfile.TemporaryDirectory() as folder:
        for name in ("amber-forest-17", "misty-river-18", "quiet-meadow-19"):
            prepare(folder, name)
        trained = [train(folder, "rural-feather-20", 0.1)]
        sweep_id = wandb.sweep({"method": "grid", "metric": {"name": "val_acc", "goal": "maximize"},
                                "parameters": {"learning_rate": {"values": [0.02, 0.05, 0.2]}}}, project=PROJECT)
        trained += [train(folder, f"sweep-run-{number}", rate, sweep_id)
                    for number, rate in enumerate([0.02, 0.05, 0.2], start=1)]
        best, accuracy = max(trained, key=lambda pair: pair[1])
        evaluate(folder, best.version)
        best.link("wandb-registry-model/Zoo Classifier", aliases=["staging"])
        wandb.Api().artifact(f"{PROJECT}/split_zoo_dataset:latest").link("wandb-registry-dataset/Zoo", aliases=["reviewed"])
        print(f"published zoo-classifier:{best.version}, val_acc {accuracy:.3f}")


if __name__ == "__main__":
    main()
