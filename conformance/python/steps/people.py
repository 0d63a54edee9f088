"""Accounts, keys and teams through the public API: ADDRESS is nobody's yet, COLLEAGUE a member of the organisation."""

import json
import os

import wandb

address, colleague = os.environ["ADDRESS"], os.environ["COLLEAGUE"]
local = address.split("@")[0]
told = {}
api = wandb.Api()

user = api.create_user(address)
told["created"] = user.username
found = api.user(address)
told["found"] = [found.username, found.email, bool(found.admin), found.teams]
told["users"] = [one.username for one in api.users(address)]
told["unknown"] = api.user("nobody-of-this-name") is None

viewer = api.viewer
told["viewerTeams"] = len(viewer.teams) > 0
before = len(viewer.api_keys)
key = viewer.generate_api_key("made by a script")
told["keyLength"] = len(key)
told["keys"] = len(viewer.api_keys) - before
told["keyWorks"] = wandb.Api(api_key=key).viewer.username == viewer.username
told["deleted"] = viewer.delete_api_key(key)
try:
    told["keyGone"] = wandb.Api(api_key=key).viewer.username
except Exception:
    told["keyGone"] = True

team = api.create_team(f"{local}-team")
told["team"] = team.name
told["members"] = [[m.username, m.admin] for m in team.members]
told["joins"] = team.invite(colleague)
told["pending"] = team.invite(f"further-{address}", admin=True)
try:
    told["twice"] = team.invite(colleague)
except Exception as refusal:  # Clients up to 0.25 show the server's sentence instead of answering no.
    told["twice"] = "already" not in str(refusal)
team = api.team(f"{local}-team")
told["invited"] = [[m.name, bool(m.pending)] for m in team.members]
account = team.create_service_account("nightly build")
told["account"] = [account.name, account.account_type]
machine = wandb.Api(api_key=account.api_key)
told["machine"] = [machine.viewer.entity, machine.default_entity]
told["removed"] = [m.delete() for m in team.members[1:]]
told["left"] = [m.username for m in api.team(f"{local}-team").members]

if hasattr(api, "organization"):
    told["organization"] = api.organization().name

print("RESULT", json.dumps(told))
