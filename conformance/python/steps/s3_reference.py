"""Logs what a versioned S3 bucket would give: a reference whose entry carries the version id and the ETag."""

import wandb
from wandb.sdk.artifacts.artifact_manifest_entry import ArtifactManifestEntry

with wandb.init(project="references") as run:
    artifact = wandb.Artifact(name="my_table", type="dataset")
    artifact.manifest.add_entry(
        ArtifactManifestEntry(
            path="table.csv",
            ref="s3://bucket/table.csv",
            digest="0d2f3c1e9a",
            size=12,
            extra={"etag": '"0d2f3c1e9a"', "versionID": "3sL4kqtJlcpXroDTDmJ.rmSpXd3dIbrHY"},
        )
    )
    run.log_artifact(artifact)
