"""What the benchmarks do with ML Metadata: `NAME '{"parameters": …}'`. Its store is SQLite in a file, as it comes."""

import json
import sys
import tempfile
import time
from pathlib import Path

from ml_metadata.metadata_store import metadata_store
from ml_metadata.proto import metadata_store_pb2 as proto

AT_ONCE = 1000
# The most that it takes: "all" is what lies within.
MOST_HOPS = 100


def open_store(folder):
    config = proto.ConnectionConfig()
    config.sqlite.filename_uri = str(Path(folder) / "metadata.db")
    config.sqlite.connection_mode = proto.SqliteMetadataSourceConfig.READWRITE_OPENCREATE
    return metadata_store.MetadataStore(config)


def parts(items):
    return (items[start : start + AT_ONCE] for start in range(0, len(items), AT_ONCE))


def fill(store, graph):
    """Kinds: 0 a run, 1 a version. Gives what the store numbers them by."""
    kinds = graph["kinds"]
    run_type = store.put_execution_type(proto.ExecutionType(name="train"))
    version_type = store.put_artifact_type(proto.ArtifactType(name="model"))
    ids = {}
    versions = [node for node, kind in enumerate(kinds) if kind == 1]
    for part in parts(versions):
        made = [proto.Artifact(type_id=version_type, name=f"dense-0:v{node}", uri=f"/{node}") for node in part]
        ids.update(zip(part, store.put_artifacts(made), strict=True))
    runs = [node for node, kind in enumerate(kinds) if kind == 0]
    for part in parts(runs):
        made = [proto.Execution(type_id=run_type, name=f"brisk-river-{node}") for node in part]
        ids.update(zip(part, store.put_executions(made), strict=True))
    for part in parts(list(zip(graph["from"], graph["to"], strict=True))):
        store.put_events([event_of(ids, kinds, start, end) for start, end in part])
    return ids


def event_of(ids, kinds, start, end):
    if kinds[start] == 1:
        return proto.Event(artifact_id=ids[start], execution_id=ids[end], type=proto.Event.INPUT)
    return proto.Event(artifact_id=ids[end], execution_id=ids[start], type=proto.Event.OUTPUT)


def lineage(graph, focus, rounds):
    """Times, in seconds, of what is around a version: three hops up and down, and all; and how many nodes that is."""
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(folder)
        whole = json.loads(Path(graph).read_text())
        ids = fill(store, whole)
        return {
            "three": ask(store, ids[focus], [("UPSTREAM", 3), ("DOWNSTREAM", 3)], rounds),
            "all": ask(store, ids[focus], [("BIDIRECTIONAL", MOST_HOPS)], rounds),
        }


def ask(store, focus, ways, rounds):
    each, nodes = [], set()
    for _ in range(rounds):
        begin = time.perf_counter()
        found = [store.get_lineage_subgraph(options(focus, *way), ["artifacts", "executions", "events"]) for way in ways]
        each.append(time.perf_counter() - begin)
        nodes = {("artifact", one.id) for part in found for one in part.artifacts}
        nodes |= {("execution", one.id) for part in found for one in part.executions}
    return {"each": each, "nodes": len(nodes)}


def options(focus, direction, hops):
    return proto.LineageSubgraphQueryOptions(
        starting_artifacts={"filter_query": f"id = {focus}"},
        max_num_hops=hops,
        direction=proto.LineageSubgraphQueryOptions.Direction.Value(direction),
    )


WORKLOADS = {"lineage": lineage}

if __name__ == "__main__":
    name, parameters = sys.argv[1], json.loads(sys.argv[2])
    print(json.dumps(WORKLOADS[name](**parameters)))
