api = wandb.Api()

run = api.run("entity/project/run_id")

# run からグラフを下方に移動:
produced_artifacts = run.logged_artifacts()
# run からグラフを上方に移動:
consumed_artifacts = run.used_artifacts()

# アーティファクトからグラフを上方に移動:
earlier_run = consumed_artifacts[0].logged_by()
# アーティファクトからグラフを下方に移動:
consumer_runs = produced_artifacts[0].used_by()
