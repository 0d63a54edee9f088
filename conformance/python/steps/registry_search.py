"""Registries, collections and versions by every operator of the client's filters, in orders and small pages."""

import inspect
import json

import wandb

answers = {}
# Every link has an alias: 0.19 fails on a list with a version that has none.
run = wandb.init(project="zoo", id="maker")


def said(action):
    """What an action that must not succeed says."""
    try:
        action()
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return None


def log(name, content, metadata=None, tags=None, links=(), aliases=None):
    artifact = wandb.Artifact(name=name, type="dataset", metadata=metadata)
    with artifact.new_file("rows") as file:
        file.write(content)
    logged = run.log_artifact(artifact, tags=tags) if tags else run.log_artifact(artifact)
    logged.wait()
    for collection in links:
        run.link_artifact(logged, f"wandb-registry-dataset/{collection}", aliases=aliases)
    return logged


log("lion", "1", {"legs": 4, "accuracy": 0.9, "labels": ["wild", "big"], "nested": {"depth": 1}}, ["eu"], ["Lions"], ["best"])
log("lion", "12", {"legs": 3, "accuracy": 0.5, "name": "Leo"}, ["eu", "hurt"], ["Lions"], ["middle"])
log("lion", "123", None, None, ["Lions"], ["prod"])
log("zebra", "z", {"legs": 4, "stripes": None}, None, ["Zebras", "stripes-all"], ["best"])
run.finish()

api = wandb.Api()
takes = lambda function, name: name in inspect.signature(function).parameters
pages = {"per_page": 1}


def registries(**wanted):
    return [found.name.removeprefix("wandb-registry-") for found in wandb.Api().registries(**wanted)]


def collections(filter=None, registry=None, **wanted):
    found = wandb.Api().registries(filter=registry).collections(filter=filter, **wanted)
    return [each.name for each in found]


def versions(filter=None, collection=None, registry={"name": "dataset"}):
    found = wandb.Api().registries(filter=registry).collections(filter=collection).versions(filter=filter)
    return [f"{each.name}" for each in found]


answers["registries"] = {
    "all": sorted(registries()),
    "named": registries(filter={"name": "dataset"}),
    "pattern": registries(filter={"name": {"$regex": "data"}}),
    "either": sorted(registries(filter={"$or": [{"name": "dataset"}, {"name": "model"}]})),
    "none": registries(filter={"name": "other"}),
    "old": registries(filter={"created_at": {"$lt": "2020-01-01"}}),
}
answers["collections"] = {
    "all": sorted(collections()),
    "named": collections({"name": "Lions"}),
    "pattern": collections({"name": {"$regex": "^L"}}),
    "in": sorted(collections({"name": {"$in": ["Lions", "Zebras", "none"]}})),
    "of a registry": collections(registry={"name": "model"}),
    "contains": collections({"name": {"$contains": "ripes"}}),
}
legs = "metadata.legs"
filters = {
    "$eq": {legs: {"$eq": 3}},
    "bare": {"alias": "prod"},
    "$ne": {"alias": {"$ne": "best"}},
    "$gt": {"metadata.accuracy": {"$gt": 0.5}},
    "$gte": {"metadata.accuracy": {"$gte": 0.5}},
    "$lt": {legs: {"$lt": 4}},
    "$lte": {legs: {"$lte": 4}},
    "$in": {"tag": {"$in": ["hurt", "none"]}},
    "$nin": {"tag": {"$nin": ["eu"]}},
    "$regex": {"metadata.name": {"$regex": "^Le"}},
    "$contains": {"alias": {"$contains": "es"}},
    "$exists": {"metadata.nested.depth": {"$exists": True}},
    "not $exists": {legs: {"$exists": False}},
    "$size": {"metadata.labels": {"$size": 2}},
    "$all": {"tag": {"$all": ["eu", "hurt"]}},
    "$and": {"$and": [{"tag": "eu"}, {legs: 4}]},
    "$or": {"$or": [{"alias": "prod"}, {"tag": "hurt"}]},
    "$nor": {"$nor": [{"alias": "prod"}, {"tag": "eu"}]},
    "$not": {"$not": {"tag": "eu"}},
    "inner $not": {legs: {"$not": {"$gte": 4}}},
    "null": {"metadata.stripes": None},
    "in a list": {"metadata.labels": "wild"},
    "since": {"created_at": {"$gt": "2020-01-01"}},
    "never": {"created_at": {"$gt": "2999-01-01"}},
}
answers["versions"] = {}
for name, filter in filters.items():
    try:
        answers["versions"][name] = sorted(versions(filter))
    except ValueError as error:
        answers["versions"][name] = f"refused by the client: {error}"
answers["versions of collections"] = versions({"alias": "best"}, {"name": {"$regex": "^Z"}})
answers["versions of none"] = versions({"alias": "best"}, {"name": "none"})
answers["errors"] = {
    "pattern": said(lambda: collections({"name": {"$regex": "("}})),
    "field": said(lambda: versions({"colour": "red"})),
}
if takes(api.registries, "per_page"):
    answers["pages"] = [
        sorted(registries(per_page=1)),
        sorted(each.name for each in api.registries(per_page=1).collections(per_page=1)),
        sorted(each.name for each in api.registries(per_page=1).versions(per_page=1)),
    ]
    answers["count"] = len(api.registries().collections())
if takes(api.registries, "order"):
    answers["orders"] = [
        registries(order="+name"),
        registries(order="-name"),
        [each.name for each in api.registries().collections(order="-created_at", per_page=1)],
        [each.name for each in api.registries().collections(order="name").versions(filter={"alias": "best"})],
    ]
if hasattr(api, "project") and takes(api.artifact_collections, "per_page"):
    answers["of a type"] = sorted(each.name for each in api.artifact_collections("zoo", "dataset", per_page=1))
project = api.project("zoo")
if hasattr(project, "collections"):
    answers["of a project"] = [
        [each.name for each in project.collections(filters={"name": {"$regex": "z"}}, order="-name")],
        [each.name for each in project.collections(order="-name", per_page=1)],
        [each.name for each in api.artifact_type("dataset", "zoo").collections(filters={"name": "lion"})],
    ]
print("RESULT", json.dumps(answers))
