"""The ways to take up a run again, and how runs end."""

import json
import os
import subprocess
import sys

import wandb

answers = {}


def attempt(name, **arguments):
    try:
        with wandb.init(project="zoo", **arguments) as run:
            answers[name] = {"id": run.id, "resumed": run.resumed, "start": getattr(run, "starting_step", run.step)}
            run.log({"value": name})
    except Exception as error:
        answers[name] = {"error": str(error)}


attempt("new", id="again", tags=["mine"], notes="kept")
attempt("allow", id="again", resume="allow")
attempt("must", id="again", resume="must")
attempt("never, missing", id="fresh", resume="never")
attempt("allow, missing", id="allowed", resume="allow")
attempt("auto", id="automatic", resume="auto")


def in_process_of_its_own(source):
    script = f"import sys, wandb\n{source}"
    # Without this process's client service, which would end the other's runs in its own time and with its own exit code.
    environment = {key: value for key, value in os.environ.items() if "WANDB_SERVICE" not in key}
    return subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, env=environment)


# After a refusal some clients wait long before the next start in the same process.
for name, run_id, resume in (("never", "again", "never"), ("must, missing", "missing", "must")):
    done = in_process_of_its_own(f"wandb.init(project='zoo', id='{run_id}', resume='{resume}')")
    answers[name] = {"code": done.returncode, "said": done.stdout + done.stderr}
failing = "run = wandb.init(project='zoo', id='broken')\nrun.log({'value': 1})\nsys.exit(3)"
answers["exit code"] = in_process_of_its_own(failing).returncode

api = wandb.Api()
for run in api.runs("zoo"):
    values = [row["value"] for row in run.scan_history(keys=["value"])]
    answers[f"run {run.id}"] = {"state": run.state, "values": values, "tags": run.tags, "notes": run.notes}
print("RESULT", json.dumps(answers))
