"""What somebody with a role in a registry can do there, call by call: the number of the table's row, and what came of it."""

import json
import os
import pathlib

import wandb

org, role, owner = os.environ["REGISTRY_ENTITY"], os.environ["ROLE"], os.environ["OWNER"]
collection = f"{org}/wandb-registry-shared/for-{role}"


def said(action):
    """What an action gives, or says when it is refused."""
    try:
        return action()
    except BaseException as error:
        return f"refused: {type(error).__name__}: {error}"


def version():
    return wandb.Api().artifact(f"{collection}:v0")


def registry():
    return wandb.Api().registry("shared", organization=os.environ["ORG"])


def read(path):
    return pathlib.Path(path).read_text()


def use():
    with wandb.init(project="own", settings=wandb.Settings(init_timeout=20)) as run:
        return run.use_artifact(f"{collection}:v0").metadata


def changed(thing, name, value):
    setattr(thing, name, value)
    thing.save()
    return "saved"


def alias():
    artifact = version()
    artifact.aliases.append("mine")
    artifact.save()
    return "saved"


def link():
    source = wandb.Api().artifact(f"{os.environ['TEAM']}/open/animals:v0")
    source.link(f"{org}/wandb-registry-shared/linked-by-{role}")
    return "linked"


def add_type():
    shared = registry()
    shared.artifact_types.append(f"type-{role}")
    shared.save()
    return "saved"


# Rows 13 and 16 are not here: of a link, the client itself drops what is not an alias where the source may not be written.
calls = {
    "1 registry": lambda: registry().name,
    "1 members": lambda: [member.user.username for member in registry().user_members()].count(owner),
    "2 search": lambda: [found.name for found in wandb.Api().registries(organization=os.environ["ORG"])].count("shared"),
    "3 collection": lambda: wandb.Api().artifact_collection("dataset", collection).name,
    "4 metadata": lambda: version().metadata,
    "4 files": lambda: sorted(file.name for file in version().files()),
    "4 source": lambda: version().source_qualified_name,
    "5 use": use,
    "6 download": lambda: read(f"{version().download(root='a', allow_missing_references=True)}/rows.txt"),
    "6 checkout": lambda: read(f"{version().checkout(root='b')}/rows.txt"),
    "6 entry": lambda: read(version().get_entry("rows.txt").download(root="c")),
    "6 path": lambda: read(version().get_path("rows.txt").download(root="d")),
    "6 get": lambda: str(version().get("rows.txt")),
    "6 verify": lambda: version().verify(root="a"),
    "6 file": lambda: read(next(iter(version().files(names=["rows.txt"]))).download(root="e").name),
    "9 link": link,
    "11 alias": alias,
    "14 tag": lambda: changed(wandb.Api().artifact_collection("dataset", collection), "tags", ["mine"]),
    "15 card": lambda: changed(wandb.Api().artifact_collection("dataset", collection), "description", "mine"),
    "10 unlink": lambda: version().unlink(),
    "17 delete": lambda: wandb.Api().artifact_collection("dataset", collection).delete(),
    "21 description": lambda: changed(registry(), "description", "mine"),
    "22 types": add_type,
    "25 add": lambda: registry().add_members(wandb.Api().user(os.environ["BYSTANDER"])) and "added",
    "26 role": lambda: registry().update_member(wandb.Api().user(os.environ["BYSTANDER"]), role="member") and "given",
    "24 visibility": lambda: changed(registry(), "visibility", "organization"),
    "27 delete": lambda: registry().delete(),
}
print("RESULT", json.dumps({name: said(call) for name, call in calls.items()}), flush=True)
os._exit(0)
