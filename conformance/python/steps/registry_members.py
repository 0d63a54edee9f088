"""Members of a registry: people and teams come in, get another role, and go."""

import json
import os

import wandb

api = wandb.Api()
org, team = os.environ["ORG"], os.environ["TEAM"]
colleague, outsider = os.environ["COLLEAGUE"], os.environ["OUTSIDER_ID"]
answers = {}


def said(action):
    """What an action gives, or says when it is refused, with what the client hides behind its own words."""
    try:
        return action()
    except Exception as error:
        return f"refused: {error} {error.__cause__ or ''}"


def members():
    registry = wandb.Api().registry("golden", org)
    found = {member.user.username: str(getattr(member.role, "value", member.role)) for member in registry.user_members()}
    teams = {member.team.name: str(getattr(member.role, "value", member.role)) for member in registry.team_members()}
    return {**found, **teams, "all": len(registry.members())}


registry = api.create_registry("golden", visibility="restricted", organization=org)
answers["at first"] = members()
user = api.user(colleague)
registry.add_members(user, api.team(team))
answers["added"] = members()
registry.update_member(user, "restricted_viewer")
registry.update_member(api.team(team), "member")
answers["roles"] = members()
registry.add_members(user)
answers["added again"] = members()
registry.update_member(registry.user_members()[0].user.id, "admin")
answers["by id"] = members()
answers["somebody else"] = said(lambda: registry.add_members(outsider))
answers["unknown role"] = said(lambda: registry.update_member(user, "emperor"))
registry.remove_members(user, registry.team_members()[0])
answers["removed"] = members()
print("RESULT", json.dumps(answers))
