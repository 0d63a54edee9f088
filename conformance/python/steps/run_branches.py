"""A run of six steps, a fork of it after the third, and itself taken back to the second."""

import json

import wandb

with wandb.init(project="zoo", id="trunk") as run:
    for step in range(6):
        run.log({"value": step})
    run.summary["note"] = "of the end"

with wandb.init(project="zoo", fork_from="trunk?_step=2") as run:
    fork = run.id
    for step in range(2):
        run.log({"value": 100 + step})

api = wandb.Api()


def rows(name, **arguments):
    return [[row["_step"], row["value"]] for row in api.run(f"zoo/{name}").scan_history(**arguments)]


before = rows("trunk")
with wandb.init(project="zoo", resume_from="trunk?_step=1") as run:
    rewound = run.id
    run.log({"value": 200})

api = wandb.Api()
print(
    "RESULT",
    json.dumps(
        {
            "before": before,
            "fork": rows(fork),
            "fork by keys": rows(fork, keys=["_step", "value"]),
            "fork from 2": rows(fork, min_step=2),
            "last step of the fork": api.run(f"zoo/{fork}").lastHistoryStep,
            "rewound": rewound,
            "trunk": rows("trunk"),
            "trunk summary": {k: v for k, v in api.run("zoo/trunk").summary.items() if not k.startswith("_")},
            "runs": sorted(run.id == fork for run in api.runs("zoo")),
        }
    ),
)
