"""References to everything that can be referred to, in one version; then what comes back of them."""

import hashlib
import http.server
import json
import os
import sys
import threading

sys.path.insert(0, os.getcwd())
import fake_buckets
import wandb

answers = {"errors": {}, "warned": []}
warn = wandb.termwarn
wandb.termwarn = lambda text, *rest, **more: (answers["warned"].append(text), warn(text, *rest, **more))


def attempt(name, action):
    try:
        action()
        answers["errors"][name] = None
    except Exception as error:
        answers["errors"][name] = type(error).__name__


def contents(root):
    found = {}
    for folder, _, names in os.walk(root):
        for name in names:
            path = os.path.join(folder, name)
            with open(path, "rb") as file:
                found[os.path.relpath(path, root)] = file.read().decode()
    return found


class Web(http.server.BaseHTTPRequestHandler):
    pages = {"/tagged.txt": "from the web", "/untagged.txt": "without a tag"}

    def do_GET(self):
        content = self.pages[self.path].encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(content)))
        if self.path == "/tagged.txt":
            self.send_header("ETag", f'"{hashlib.md5(content).hexdigest()}"')
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *args):
        pass


web = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Web)
threading.Thread(target=web.serve_forever, daemon=True).start()
site = f"http://127.0.0.1:{web.server_port}"

for key, content in {"one.csv": "old one", "deep/a.csv": "a", "deep/more/b.csv": "bb"}.items():
    fake_buckets.put(key, content.encode())
fake_buckets.put("one.csv", b"new one")
os.makedirs("local/sub")
for name in ("x.txt", "sub/y z.txt"):
    with open(f"local/{name}", "w") as file:
        file.write(f"content of {name}")
local = f"file://{os.path.abspath('local')}"

with wandb.init(project="zoo", id="referrer") as run:
    source = wandb.Artifact("source", "dataset")
    with source.new_file("rows/source.txt") as file:
        file.write("rows of the source")
    source.add_reference("s3://bucket/one.csv", name="far.csv")
    source.add(wandb.Table(columns=["animal"], data=[["zebra"]]), "animals")
    run.log_artifact(source).wait()
    source = run.use_artifact("source:latest")

    artifact = wandb.Artifact("references", "dataset")
    artifact.add_reference(f"{site}/tagged.txt")
    artifact.add_reference(f"{site}/untagged.txt", name="web/renamed.txt")
    artifact.add_reference(f"{site}/tagged.txt", name="web/unchecked.txt", checksum=False)
    artifact.add_reference("s3://bucket/one.csv", name="s3/newest.csv")
    artifact.add_reference("s3://bucket/one.csv?versionId=version-1", name="s3/oldest.csv")
    artifact.add_reference("s3://bucket/deep", name="s3/deep")
    artifact.add_reference("s3://bucket/deep", name="s3/unchecked", checksum=False)
    artifact.add_reference("gs://bucket/one.csv#version-1", name="gs/oldest.csv")
    artifact.add_reference("gs://bucket/deep", name="gs/deep")
    artifact.add_reference(local)
    artifact.add_reference(f"{local}/x.txt", name="unchecked.txt", checksum=False)
    artifact.add_reference("ftp://example.com/any thing", name="unknown")
    artifact.add_reference(source.get_entry("rows/source.txt"), name="from/entry.txt")
    artifact.add_reference(source.get_entry("far.csv"), name="from/reference.csv")
    artifact.add_reference(source.get_entry("animals.table.json").ref_url(), name="from/url.table.json")
    attempt("more than max_objects", lambda: artifact.add_reference(local, name="few", max_objects=1))
    attempt("no URI", lambda: artifact.add_reference("local/x.txt"))
    with artifact.new_file("own.txt") as file:
        file.write("bytes of its own")
    run.log_artifact(artifact).wait()

api = wandb.Api()
found = api.artifact("zoo/references:v0")
answers["ids"] = {"source": source.id, "references": found.id}
answers["size"], answers["fileCount"] = found.size, found.file_count
answers["entries"] = {
    path: {"ref": entry.ref.replace(site, "SITE").replace(local, "LOCAL"), "size": entry.size, "extra": entry.extra}
    for path, entry in found.manifest.entries.items()
    if entry.ref is not None
}
answers["digests"] = {
    path: entry.digest.replace(site, "SITE").replace(local, "LOCAL")
    for path, entry in found.manifest.entries.items()
}
# No handler knows the first two, and the digests of the others are their addresses.
unreachable = ("unknown", "s3/unchecked", "unchecked.txt", "web/unchecked.txt")
for path in found.manifest.entries:
    if path not in unreachable:
        found.get_entry(path).download(root="downloaded")
answers["downloaded"] = contents("downloaded")
answers["target"] = found.get_entry("s3/newest.csv").ref_target()
answers["target of entry"] = found.get_entry("from/entry.txt").ref_url()
answers["url's table"] = found.get("from/url").data

Web.pages["/tagged.txt"] = "changed since"
del fake_buckets.store["deep/more/b.csv"]
fake_buckets.put("deep/a.csv", b"newer")
small = wandb.Artifact("changed", "dataset")
with wandb.init(project="zoo", id="again") as run:
    for path in ("s3/deep/more/b.csv", "s3/deep/a.csv"):
        entry = found.get_entry(path)
        small.manifest.add_entry(
            type(entry)(path=path, ref=entry.ref, digest=entry.digest, size=entry.size, extra=entry.extra)
        )
    with small.new_file("own.txt") as file:
        file.write("bytes of its own")
    run.log_artifact(small).wait()
small = wandb.Api().artifact("zoo/changed:v0")
attempt("a reference is gone", lambda: small.download(root="strict", skip_cache=True))
small.download(root="lenient", allow_missing_references=True, skip_cache=True)
answers["lenient"] = contents("lenient")
attempt("a page has changed", lambda: found.get_entry("tagged.txt").download(root="again", skip_cache=True))
print("RESULT", json.dumps(answers))
