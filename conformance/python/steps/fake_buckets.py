"""Stands in for boto3 and google-cloud-storage: one bucket in memory that keeps every version of its objects.

Import it before anything is added by s3:// or gs://; it has just what the client's handlers call.
"""

import sys
import types

# key: [(version, bytes)], oldest first
store = {}


def put(key, content):
    versions = store.setdefault(key, [])
    versions.append((f"version-{len(versions) + 1}", content))


def etag_of(version, content):
    return f"etag-{version}-{len(content)}"


class ClientError(Exception):
    def __init__(self, code):
        super().__init__(code)
        self.response = {"Error": {"Code": code, "Message": code}}


class S3Object:
    """Both what boto3 calls Object and what it calls ObjectVersion."""

    content_type = "binary/octet-stream"

    def __init__(self, bucket, key, version=None):
        self.bucket_name, self.key = bucket, key
        found = [each for each in store.get(key, []) if version in (None, each[0])]
        self.found = found[-1] if found else None

    def load(self):
        if self.found is None:
            raise ClientError("404")

    def head(self):
        self.load()
        return {"ETag": self.e_tag}

    def Object(self):
        return self

    @property
    def version_id(self):
        return self.found[0]

    @property
    def content_length(self):
        return len(self.found[1])

    @property
    def e_tag(self):
        self.load()
        return f'"{etag_of(*self.found)}"'

    def download_fileobj(self, file, ExtraArgs):
        wanted = ExtraArgs.get("VersionId")
        file.write(next(content for version, content in store[self.key] if wanted in (None, version)))


class S3Listing(list):
    def filter(self, Prefix):
        return S3Listing(each for each in self if each.key.startswith(Prefix))

    def limit(self, count):
        return self[:count]


class S3:
    Object = ObjectVersion = S3Object

    @staticmethod
    def Bucket(name):
        return types.SimpleNamespace(objects=S3Listing(S3Object(name, key) for key in sorted(store)))


class Blob:
    def __init__(self, key, version, content):
        self.name, self.generation, self.content = key, version, content
        self.etag, self.size = etag_of(version, content), len(content)

    def download_to_file(self, file):
        file.write(self.content)


class Bucket:
    def get_blob(self, key, generation=None):
        found = [each for each in store.get(key, []) if generation in (None, each[0])]
        return Blob(key, *found[-1]) if found else None

    def list_blobs(self, prefix, max_results):
        return [self.get_blob(key) for key in sorted(store) if key.startswith(prefix)][:max_results]


class GcsClient:
    def bucket(self, name):
        return Bucket()


def install(name, **contents):
    module = types.ModuleType(name)
    module.__dict__.update(contents)
    sys.modules[name] = module
    return module


session = types.SimpleNamespace(Session=lambda: types.SimpleNamespace(resource=lambda *args, **kwargs: S3))
install("boto3", session=session)
install("botocore", exceptions=types.SimpleNamespace(ClientError=ClientError))
install("botocore.client", Config=lambda **kwargs: None)
install("google.cloud", storage=install("google.cloud.storage", Client=GcsClient))
