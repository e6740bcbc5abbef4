"""Graphs on the disk: `trabecula load` and questions to a store, beside what one would use instead.

Run: .venv/bin/python benchmarks/store.py FOLDER [load|graph|sparql …]

FOLDER holds `made_edges.tsv` and `made_nodes.tsv` from `benchmarks/store_data.py`; the store is made
in it. Times are of the processor, user and system, for other programs may be at work; each question
is asked in this process, after one that is not counted, and the median is told with its ratio to
ours. Peers: pyarrow (reads the same tables and writes their columns as Parquet), igraph and networkx
(neighbourhood, simple paths; networkx gets `LIMIT` seconds a question), DuckDB (the Parquet tables
of the store), pyoxigraph (the RDF of the store).
"""

from __future__ import annotations

import random
import resource
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import numpy as np

LIMIT = 20
SEEDS = 12


def processor() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def run(code: str) -> tuple[float, int, str]:
    """Processor seconds, peak memory in MiB and output of a process."""
    tail = (
        "\nimport resource as _r; _u = _r.getrusage(_r.RUSAGE_SELF); "
        "print(_u.ru_utime + _u.ru_stime, _u.ru_maxrss // 1024)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code + tail], check=True, capture_output=True, text=True
    )
    *lines, last = done.stdout.strip().split("\n")
    seconds, memory = last.split()
    return float(seconds), int(memory), "\n".join(lines)


class TooLong(Exception):
    """The question took longer than `LIMIT`."""


def asked(ask: Callable[[Any], Any], about: Iterable[Any]) -> tuple[float, int]:
    """The median of processor seconds, and how many questions took longer than `LIMIT`."""

    def stop(*_: object) -> None:
        raise TooLong

    times, late = [], 0
    for one in about:
        signal.signal(signal.SIGVTALRM, stop)
        signal.setitimer(signal.ITIMER_VIRTUAL, LIMIT)
        start = processor()
        try:
            ask(one)
        except TooLong:
            late += 1
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        times.append(processor() - start)
    return statistics.median(times), late


def told(what: str, ours: float, peers: dict[str, tuple[float, int]]) -> None:
    said = [f"{what}: trabecula {ours * 1000:,.1f} ms"]
    for name, (seconds, late) in peers.items():
        bound = f" ({late} of {SEEDS} over {LIMIT} s)" if late else ""
        said.append(f"{name} {seconds * 1000:,.1f} ms, x{seconds / max(ours, 1e-6):,.1f}{bound}")
    print(" | ".join(said), flush=True)


def load(folder: Path) -> None:
    """The load beside pyarrow, which reads the same tables and writes the same columns."""
    read = f"""
import pyarrow as pa, pyarrow.csv as c, pyarrow.parquet as pq
for kind in ("edges", "nodes"):
    path = {str(folder)!r} + "/made_" + kind + ".tsv"
    names = open(path).readline().rstrip("\\n").split("\\t")
    kinds = c.ConvertOptions(column_types={{n: pa.string() for n in names}})
    table = c.read_csv(path, parse_options=c.ParseOptions(delimiter="\\t", quote_char=False),
                       convert_options=kinds)
    pq.write_table(table, {str(folder)!r} + "/pyarrow_" + kind + ".parquet", compression="zstd")
"""
    seconds, memory, _ = run(read)
    start = time.monotonic()
    ours, peak, _ = run(
        "from trabecula.store.loading import load; "
        f"load([{str(folder / 'made_edges.tsv')!r}], {str(folder / 'made.trabecula')!r})"
    )
    wall = time.monotonic() - start
    size = sum(p.stat().st_size for p in (folder / "made.trabecula").rglob("*") if p.is_file())
    print(
        f"load: trabecula {ours:.1f} s ({wall:.0f} s by the clock), peak {peak:,} MiB, "
        f"{size / 2**20:,.0f} MiB on disk | pyarrow {seconds:.1f} s, peak {memory:,} MiB: "
        f"x{ours / seconds:.1f} of it",
        flush=True,
    )


def graph(folder: Path) -> None:  # noqa: PLR0915  # one question after the other
    """Neighbourhoods, paths, reachability and counts."""
    import duckdb
    import igraph
    import networkx as nx

    import trabecula as tb
    from trabecula import values
    from trabecula.store.opening import opened
    from trabecula.store.selecting import Chooser

    place = folder / "made.trabecula"
    store = opened(place)
    stored = store.stored
    ends = [stored.array(f"statements.{side}") for side in ("subject", "object")]
    degree = np.bincount(ends[0]) if len(ends[0]) else np.zeros(1)
    degree = np.bincount(np.concatenate(ends), minlength=len(store.columns.entities))
    middle = np.argsort(degree)[int(len(degree) * 0.5) : int(len(degree) * 0.9)]
    draw = random.Random(1)  # noqa: S311 (no secret)
    seeds = [int(middle[draw.randrange(len(middle))]) for _ in range(SEEDS)]
    print(f"{len(store):,} statements, {len(degree):,} entities; seeds of degree "
          f"{min(degree[seeds])} to {max(degree[seeds])}")  # fmt: skip

    one = store.columns.entities[seeds[0]]
    for steps in (1, 2):
        code = (
            "from click.testing import CliRunner; from trabecula.cli import main\n"
            f"r = CliRunner().invoke(main, ['extract', 'near(\"{one}\", {steps})', '-o', "
            f"{str(folder / 'part.nt')!r}, '-f', 'sif', '--graph', {str(place)!r}])\n"
            "print(r.stderr.strip().splitlines()[-1])"
        )
        try:
            seconds, memory, said = run(code)
        except subprocess.CalledProcessError as error:
            seconds, memory, said = 0.0, 0, str(error.stderr)[-200:]
        print(
            f"extract near({steps}), whole process: {seconds:.2f} s, {memory} MiB; {said}",
            flush=True,
        )

    chooser = Chooser(store.influence, store.names)
    start = processor()
    arrows = igraph.Graph(n=len(degree), edges=np.stack(ends, 1), directed=True)
    print(f"igraph built in {processor() - start:.1f} s")
    start = processor()
    large = nx.MultiDiGraph()
    large.add_edges_from(zip(ends[0].tolist(), ends[1].tolist(), strict=True))
    print(f"networkx built in {processor() - start:.1f} s")
    both = large.to_undirected(as_view=True)
    counts = [int(chooser.reached([seed], 2).sum()) for seed in seeds]
    if counts != [len(arrows.neighborhood(seed, 2)) for seed in seeds]:
        sys.exit("the neighbourhoods differ")
    database = duckdb.connect()
    table = str(place / "statements.parquet")
    database.execute(f"CREATE TABLE s AS SELECT subject, object FROM '{table}'")  # noqa: S608
    hops = (
        "WITH a AS (SELECT object AS n FROM s WHERE subject = $1 UNION SELECT subject FROM s WHERE "
        "object = $1) SELECT count(*) FROM (SELECT object FROM s JOIN a ON subject = n UNION "
        "SELECT subject FROM s JOIN a ON object = n)"
    )
    ours, _ = asked(lambda seed: chooser.reached([seed], 2), seeds)
    told(f"2 steps around ({statistics.median(counts):,.0f} entities)", ours, {
        "igraph": asked(lambda seed: arrows.neighborhood(seed, 2), seeds),
        "networkx": asked(lambda seed: nx.ego_graph(both, seed, 2), seeds[:4]),
        "DuckDB": asked(lambda seed: database.execute(hops, [seed]).fetchall(), seeds),
    })  # fmt: skip

    arcs = store.influence.followed
    begin, arrive = np.asarray(arcs.starts), np.asarray(arcs.ends)
    acting = nx.MultiDiGraph()
    acting.add_edges_from(zip(begin.tolist(), arrive.tolist(), strict=True))
    pairs = []
    while len(pairs) < SEEDS:
        arc = draw.randrange(len(begin))
        first, last = int(begin[arc]), int(arrive[arc])
        for _ in range(2):
            onward = list(arcs.of(last))
            last = int(arrive[draw.choice(onward)]) if onward else first
        if last != first:
            pairs.append((first, last))
    ids = store.columns.entities
    tb.explain(store, ids[pairs[0][0]], ids[pairs[0][1]])
    ours, _ = asked(lambda pair: tb.explain(store, ids[pair[0]], ids[pair[1]]), pairs)
    told("explain, 4 steps, with evidence and conclusion", ours, {
        "networkx all_simple_paths": asked(
            lambda pair: list(nx.all_simple_edge_paths(acting, *pair, cutoff=4)), pairs
        ),
    })  # fmt: skip
    ours, _ = asked(lambda seed: tb.whatif(store, f"{ids[seed]}=down"), seeds)
    told("whatif, 2 acting steps", ours, {})

    stored_counts, _ = asked(lambda _: values.counts(store), range(3))
    told("info, all counts", stored_counts, {
        "DuckDB, by status and predicate": asked(
            lambda _: database.execute(
                f"SELECT status, predicate, count(*) FROM '{table}' GROUP BY ALL"  # noqa: S608
            ).fetchall(), range(3)),
    })  # fmt: skip
    search, _ = asked(lambda n: tb.search(store, f"kinase receptr {n}"), range(5))
    told("search", search, {})


def sparql(folder: Path) -> None:
    """Questions to the on-disk Oxigraph beside pyoxigraph on the same folder."""
    import pyoxigraph as ox

    from trabecula import sparql as ours
    from trabecula import values
    from trabecula.store.opening import opened
    from trabecula.store.rdf import place

    store = opened(folder / "made.trabecula")
    start = processor()
    where = place(store, "direct")
    print(f"RDF (direct) ready in {processor() - start:.1f} s")
    store.rdf_mode = "direct"
    peer = ox.Store.read_only(str(where))
    print(f"{len(peer):,} triples")
    subject = store.statements[next(iter(store.statements))].subject
    texts = {
        "look-up": f"SELECT ?p ?o WHERE {{ <{_iri(subject)}> ?p ?o }}",
        "2 hops": f"SELECT DISTINCT ?b WHERE {{ <{_iri(subject)}> ?p ?a . ?a ?q ?b }} LIMIT 1000",
        "count by predicate": "SELECT ?p (COUNT(*) AS ?n) WHERE { ?s ?p ?o } GROUP BY ?p",
    }
    for name, text in texts.items():
        ours.query(store, text, timeout=300)  # which starts the process
        times = []
        for _ in range(5):
            start = time.monotonic()
            ours.query(store, text, timeout=300)
            times.append(time.monotonic() - start)
        peers = []
        for _ in range(5):
            start = time.monotonic()
            list(peer.query(text))
            peers.append(time.monotonic() - start)
        told(f"SPARQL, {name} (by the clock)", statistics.median(times),
             {"pyoxigraph": (statistics.median(peers), 0)})  # fmt: skip
    start = processor()
    values.counts(store)
    counted = processor() - start
    start = processor()
    list(peer.query("SELECT ?p (COUNT(*) AS ?n) WHERE { ?s ?p ?o } GROUP BY ?p"))
    print(
        f"all counts from columns {counted:.2f} s, one count in SPARQL {processor() - start:.2f} s"
    )
    start = processor()
    np.bincount(store.stored.array("statements.predicate"))
    print(f"count by predicate from the column {processor() - start:.4f} s")


def _iri(identifier: str) -> str:
    from trabecula.formats.rdf.model import iri
    from trabecula.identifiers import ENTITY

    return iri(identifier, ENTITY)


if __name__ == "__main__":
    at, *parts = sys.argv[1:]
    for part in parts or ("load", "graph", "sparql"):
        {"load": load, "graph": graph, "sparql": sparql}[part](Path(at))
