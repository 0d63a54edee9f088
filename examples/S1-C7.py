target_path = 
      "smle-registries-bug-bash/wandb-registry-Golden Datasets/raw_images"
