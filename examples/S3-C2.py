api = wandb.Api()

artifact = api.artifact("project/artifact:alias")

# アーティファクトからグラフを上方に移動:
producer_run = artifact.logged_by()
# アーティファクトからグラフを下方に移動:
consumer_runs = artifact.used_by()

# run からグラフを下方に移動:
next_artifacts = consumer_runs[0].logged_artifacts()
# run からグラフを上方に移動:
previous_artifacts = producer_run.used_artifacts()
