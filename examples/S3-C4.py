wandb.Artifact(name="sweep_name", type="model")
