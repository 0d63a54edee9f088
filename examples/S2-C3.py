datadir = artifact.download()  # `my_data` artifact全体をデフォルトディレクトリにダウンロードします。
