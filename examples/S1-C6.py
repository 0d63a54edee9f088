artifact = wandb.Artifact(name="<artifact_name>", type="<type>")
