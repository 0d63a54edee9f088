"""Registries through the client: made, read, changed, renamed, linked into, deleted."""

import json
import os
import traceback

import wandb

org = os.environ["ORG"]
entity = os.environ["REGISTRY_ENTITY"]
api = wandb.Api()
answers = {}


def said(action):
    """What an action that must not succeed says, with what the client had it from."""
    try:
        action()
    except Exception as error:
        return "".join(traceback.format_exception(type(error), error, error.__traceback__))
    return None


def facts(registry):
    return {
        "name": registry.name,
        "full name": registry.full_name,
        "entity": registry.entity,
        "organization": registry.organization,
        "description": registry.description,
        "visibility": registry.visibility,
        "all types": registry.allow_all_artifact_types,
        "types": sorted(registry.artifact_types),
    }


def linked(target, type="dataset", content="0"):
    with wandb.init(project="zoo") as run:
        artifact = wandb.Artifact(name=f"{type}-{content}", type=type)
        with artifact.new_file("rows.txt") as file:
            file.write(content)
        run.log_artifact(artifact).wait()
        run.link_artifact(artifact, target)


# There from the start.
answers["core"] = [facts(api.registry(name, org)) for name in ["model", "Dataset"]]

# Made.
made = api.create_registry(name="Golden Datasets", organization=org, visibility="organization", description="gold")
answers["made"] = facts(made)
answers["again"] = said(lambda: api.create_registry(name="golden datasets", visibility="organization", organization=org))
typed = api.create_registry(name="typed", visibility="restricted", artifact_types=["dataset"], organization=org)
answers["typed"] = facts(typed)
answers["unknown"] = said(lambda: api.registry("models", org))

# Changed.
typed.description = "what it holds"
typed.visibility = "organization"
typed.artifact_types.append("report")
typed.save()
answers["changed"] = facts(api.registry("typed", org))
answers["types stay"] = said(lambda: typed.artifact_types.remove("report"))
typed.allow_all_artifact_types = True
typed.save()
linked("wandb-registry-typed/any", type="table")
typed.load()
typed.allow_all_artifact_types = False
typed.artifact_types.append("code-book")
typed.save()
answers["closed"] = facts(api.registry("typed", org))

# Found under a new and the old name.
linked("wandb-registry-Golden Datasets/raw images")
made = api.registry("Golden Datasets", org)
made.name = "Gold"
made.save()
answers["renamed"] = made.name
answers["by both names"] = [
    wandb.Api().artifact(f"wandb-registry-{name}/raw images:v0").qualified_name for name in ["Gold", "Golden Datasets"]
]
core = api.registry("model", org)
core.name = "models"
answers["core renamed"] = said(core.save)

# Deleted: what was linked stays where it was logged.
made.delete()
answers["deleted"] = said(lambda: api.registry("Gold", org))
answers["link of it"] = said(lambda: wandb.Api().artifact("wandb-registry-Gold/raw images:v0"))
answers["source of it"] = wandb.Api().artifact("zoo/dataset-0:v0").version
answers["core deleted"] = said(api.registry("model", org).delete)
anew = api.create_registry(name="Gold", organization=org, visibility="organization")
answers["anew"] = facts(anew)["description"]

print("RESULT", json.dumps(answers))
