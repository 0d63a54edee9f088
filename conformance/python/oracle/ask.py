"""Says what the server holds, asked through the public API: a JSON list of questions in, a JSON list of answers out.

A question is [kind, name, ...]; one that cannot be answered gives {"error": text}.
"""

import hashlib
import json
import os
import tempfile

import wandb

api = wandb.Api()


def artifact(name):
    found = api.artifact(name)
    producer = found.logged_by()
    return {
        "id": found.id,
        "name": found.name,
        "version": found.version,
        "type": found.type,
        "description": found.description,
        "metadata": found.metadata,
        "aliases": sorted(found.aliases),
        "digest": found.digest,
        "size": found.size,
        "isLink": found.is_link,
        "source": f"{found.source_entity}/{found.source_project}/{found.source_name}",
        "loggedBy": producer.id if producer else None,
        "usedBy": sorted(run.id for run in found.used_by()),
        "entries": {
            path: {"ref": entry.ref, "extra": entry.extra, "size": entry.size}
            for path, entry in found.manifest.entries.items()
        },
    }


def files(name):
    found = api.artifact(name)
    with tempfile.TemporaryDirectory() as root:
        found.download(root=root, skip_cache=True)
        digests = {}
        for folder, _, names in os.walk(root):
            for file in names:
                path = os.path.join(folder, file)
                with open(path, "rb") as content:
                    digests[os.path.relpath(path, root)] = hashlib.sha256(content.read()).hexdigest()
        return digests


def run(path):
    found = api.run(path)
    return {
        "id": found.id,
        "name": found.name,
        "tags": found.tags,
        "config": found.config,
        "state": found.state,
        "jobType": found.job_type,
        "entity": found.entity,
        "project": found.project,
        "summary": {key: value for key, value in found.summary.items() if not key.startswith("_")},
        "logged": sorted(made.name for made in found.logged_artifacts()),
        "used": sorted(used.name for used in found.used_artifacts()),
    }


def history(path):
    return [{key: row[key] for key in row if key != "_runtime"} for row in api.run(path).scan_history()]


def runs(project):
    return [{"id": found.id, "jobType": found.job_type} for found in api.runs(project)]


def versions(type_name, collection):
    return [found.version for found in api.artifacts(type_name, collection)]


kinds = {"artifact": artifact, "files": files, "history": history, "run": run, "runs": runs, "versions": versions}
answers = []
for kind, *names in json.loads(os.environ["QUESTIONS"]):
    try:
        answers.append(kinds[kind](*names))
    except Exception as error:
        answers.append({"error": f"{type(error).__name__}: {error}"})
print("RESULT", json.dumps(answers))
