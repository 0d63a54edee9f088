import wandb

entity = "<team_entity>"          # チーム entity
project = "<project_name>"        # artifactが含まれるprojectの名前

# runを初期化する
with wandb.init(entity = entity, project = project) as run:

  # artifactオブジェクトを作成する
  # typeパラメーターはartifactオブジェクトのタイプと
  # コレクションのタイプの両方を指定する
  artifact = wandb.Artifact(name = "<name>", type = "<type>")

  # artifactオブジェクトにファイルを追加する。
  # ローカルマシン上のファイルのパスを指定する。
  artifact.add_file(local_path = "<local_path_to_artifact>")

  # artifactをリンクするコレクションとregistryを指定する
  REGISTRY_NAME = "<registry_name>"  
  COLLECTION_NAME = "<collection_name>"
  target_path=f"wandb-registry-{REGISTRY_NAME}/{COLLECTION_NAME}"

  # artifactをコレクションにリンクする
  run.link_artifact(artifact = artifact, target_path = target_path)
