import wandb   

with wandb.init(entity='<team_entity>', project='<project_name>') as run:
    # ここでアーティファクトをログします
