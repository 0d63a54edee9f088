import wandb
import random

# アーティファクトを追跡するために W&B Run を初期化
run = wandb.init(project="registry_quickstart") 

# ログできるようにモデルファイルをダミーで作成
with open("my_model.txt", "w") as f:
   f.write("Model: " + str(random.random()))

# アーティファクトを W&B にログする
logged_artifact = run.log_artifact(
    artifact_or_path="./my_model.txt", 
    name="gemma-finetuned", 
    type="model" # アーティファクトの種類を指定
)

# コレクション名とレジストリ名を指定
# アーティファクトを公開したい対象
COLLECTION_NAME = "first-collection"
REGISTRY_NAME = "model"

# アーティファクトをレジストリにリンクする
run.link_artifact(
    artifact=logged_artifact, 
    target_path=f"wandb-registry-{REGISTRY_NAME}/{COLLECTION_NAME}"
)
