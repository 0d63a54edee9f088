"""A project under another name, a name that is taken anew, and a deletion while a run is on."""

import base64
import json
import os
import pathlib
import urllib.request

import wandb

team = os.environ["TEAM"]
answers = {}


def graphql(query, **variables):
    key = base64.b64encode(f"api:{os.environ['WANDB_API_KEY']}".encode()).decode()
    request = urllib.request.Request(
        f"{os.environ['WANDB_BASE_URL']}/graphql",
        data=json.dumps({"query": query, "variables": variables}).encode(),
        headers={"Authorization": f"Basic {key}", "Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request) as response:
        reply = json.load(response)
    assert not reply.get("errors"), reply
    return reply["data"]


def said(action):
    """What an action gives, or says when it is refused."""
    try:
        return action()
    except BaseException as error:
        return f"refused: {type(error).__name__}: {error}"


def log(project, run_id, content):
    with wandb.init(project=project, id=run_id) as run:
        artifact = wandb.Artifact(name="animals", type="dataset")
        with artifact.new_file("rows.txt") as file:
            file.write(content)
        return run.log_artifact(artifact).wait().version


def download(path):
    folder = wandb.Api().artifact(path).download(root=f"files-{len(answers)}")
    return pathlib.Path(folder, "rows.txt").read_text()


def names():
    return sorted(project.name for project in wandb.Api().projects(team))


def project_id(name):
    query = "query ($team: String, $name: String) { project(name: $name, entityName: $team) { id } }"
    return graphql(query, team=team, name=name)["project"]["id"]


log("zoo", "first", "1")
graphql(
    """mutation ($team: String!) { renameProject(
        input: { entityName: $team, oldProjectName: "zoo", newProjectName: "park" }) { inserted project { name } } }""",
    team=team,
)
answers["names"] = names()
answers["run by the old name"] = wandb.Api().run(f"{team}/zoo/first").id
answers["version by the old name"] = wandb.Api().artifact(f"{team}/zoo/animals:latest").version
answers["bytes by the old name"] = download(f"{team}/zoo/animals:v0")
answers["logged under the old name"] = log("zoo", "second", "2")
answers["by the new name"] = [wandb.Api().artifact(f"{team}/park/animals:v1").version, len(wandb.Api().runs(f"{team}/park"))]
with wandb.init(project="zoo", id="user") as run:
    answers["used by the old name"] = run.use_artifact("animals:v0").version
answers["used by"] = [run.id for run in wandb.Api().artifact(f"{team}/park/animals:v0").used_by()]

wandb.Api().create_project("zoo", team)
answers["names, the old one taken anew"] = names()
answers["in the new one of that name"] = len(wandb.Api().runs(f"{team}/zoo"))

held = wandb.Api().artifact(f"{team}/park/animals:v1")
run = wandb.init(project="park", id="during")
run.log({"loss": 1})
delete = "mutation ($id: String!) { deleteModel(input: { id: $id }) { success } }"
answers["deleted"] = graphql(delete, id=project_id("park"))["deleteModel"]
run.log({"loss": 2})
run.config.update({"late": 1})
said(run.finish)
answers["names, one deleted"] = names()
answers["runs of it"] = said(lambda: len(wandb.Api().runs(f"{team}/park")))
answers["version of it"] = said(lambda: wandb.Api().artifact(f"{team}/park/animals:v0").version)
answers["bytes of what is held"] = said(lambda: held.download(root="held"))
answers["users of what is held"] = [run.id for run in held.used_by()]
answers["logged anew"] = log("park", "third", "1")
answers["runs anew"] = [run.id for run in wandb.Api().runs(f"{team}/park")]
print("RESULT", json.dumps(answers), flush=True)
os._exit(0)
