"""The core beside networkx, rdflib and raw pyoxigraph: build, write, read, ask and reason.

Run: .venv/bin/python benchmarks/core.py [--ask] [statements …]    (750 is the shipped graph)
     .venv/bin/python benchmarks/core.py --memory [OLD_PYTHON]

With --ask, RDF and files are left out. With --memory, what a graph of 100,000 statements takes once
it is loaded from JSON, beside an older release where its interpreter is given (see releases.py).

`ours` is CPU time in seconds, for other work on the machine does not count in it; `ratio` is ours
divided by the peer's, so that below 1 trabecula is faster. A peer is given what comes nearest, and
often less: see the last column. Every figure is taken in this one run, the peer's right after ours.
What would take longer than a minute or two is left out and shows a dash. The generated graphs have
hubs and one piece of evidence a statement, as those of `paths.py`.
"""

from __future__ import annotations

import io
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import networkx as nx
import pyoxigraph as ox
import rdflib
from paths import made

from trabecula.formats import FORMATS, load, render, write
from trabecula.formats.rdf.terms import quads, triples
from trabecula.graph import Graph
from trabecula.model import Entity, Source, Statement
from trabecula.reason.conclusions import conclusions_of
from trabecula.reason.conflicts import conflicts
from trabecula.reason.explain import explain
from trabecula.reason.gaps import gaps
from trabecula.reason.loops import loops
from trabecula.reason.whatif import whatif
from trabecula.values import counts

_R = TypeVar("_R")
#: The most statements with which each peer is asked, and each format written.
RDFLIB, NETWORKX_PATHS = 1_000, 20_000
FORMS = {"jsonld": 20_000, "rdfxml": 20_000, "trig": 20_000, "nq": 200_000}
#: RDF of our syntaxes in the two libraries.
SYNTAX = {
    "nt": ox.RdfFormat.N_TRIPLES, "ttl": ox.RdfFormat.TURTLE, "nq": ox.RdfFormat.N_QUADS,
    "trig": ox.RdfFormat.TRIG, "rdfxml": ox.RdfFormat.RDF_XML, "jsonld": ox.RdfFormat.JSON_LD,
}  # fmt: skip


def timed(act: Callable[[], _R]) -> tuple[float, _R]:
    """The CPU seconds of the better of two runs, or of the only one where it takes long."""
    best, result = _once(act)
    if best < 2:
        best = min(best, _once(act)[0])
    return best, result


def _once(act: Callable[[], _R]) -> tuple[float, _R]:
    began = time.process_time()
    result = act()
    return time.process_time() - began, result


def line(what: str, ours: Callable[[], _R], name: str, peer: Callable[[], object] | None) -> _R:
    """Measure and print one row; what ours gives comes back."""
    own, result = timed(ours)
    if peer is None:
        print(f"{what:30}{own:9.3f}{'–':>9}{'–':>8}  {name}", flush=True)
        return result
    theirs, _ = timed(peer)
    print(f"{what:30}{own:9.3f}{theirs:9.3f}{own / max(theirs, 1e-6):8.2f}  {name}", flush=True)
    return result


def multigraph(graph: Graph) -> nx.MultiDiGraph[str]:
    """The same records with the same attributes as networkx holds them."""
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for record in graph:
        if isinstance(record, Entity):
            network.add_node(
                record.id, name=record.name, category=record.category, xrefs=record.xrefs,
                synonyms=record.synonyms, description=record.description, taxon=record.taxon,
            )  # fmt: skip
        elif isinstance(record, Statement):
            network.add_edge(
                record.subject, record.object, record.id, predicate=record.predicate,
                qualifiers=record.qualifiers, negated=record.negated, topic=record.topic,
                evidence=record.evidence,
            )  # fmt: skip
    return network


def acting(graph: Graph) -> nx.MultiDiGraph[str]:
    """Who acts on whom, one edge a statement."""
    network: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for entity in graph.entities:
        for statement, end in graph.influences(entity):
            network.add_edge(entity, end, key=statement.id)
    return network


def files(graph: Graph, folder: Path) -> None:
    """Write and read each lossless format."""
    size = len(graph)
    for name, form in FORMATS.items():
        if not form.lossless or size > FORMS.get(name, size):
            continue
        path = folder / (f"graph{form.suffixes[0]}" if form.suffixes else "curated")
        syntax = SYNTAX.get(name)
        if name == "curated":
            line(
                "write curated", lambda p=path: write(graph, p, "curated", overwrite=True), "", None
            )  # type: ignore[misc]
            line("read curated", lambda p=path: load(p), "", None)  # type: ignore[misc]
            continue
        if name == "json":
            node_link(graph, path)
            continue
        if syntax is None:  # of which pyoxigraph knows nothing
            continue
        rdf = list(quads(graph) if form.name in ("trig", "nq") else triples(graph))
        line(f"write {name}", lambda n=name, p=path: p.write_bytes(render(graph, n)),  # type: ignore[misc]
             f"pyoxigraph.serialize of the same {len(rdf):,} quads",
             lambda s=rdf, x=syntax: ox.serialize(iter(s), format=x))  # type: ignore[misc]  # fmt: skip
        line(f"read {name}", lambda p=path: load(p), "pyoxigraph.parse, which makes no records",  # type: ignore[misc]
             lambda p=path, x=syntax: sum(1 for _ in ox.parse(path=p, format=x)))  # type: ignore[misc]  # fmt: skip
        if name in ("nt", "ttl") and size <= RDFLIB:
            theirs = rdflib.Graph().parse(path)
            line(f"write {name}", lambda n=name: render(graph, n), "rdflib.Graph.serialize",  # type: ignore[misc]
                 lambda n=name, t=theirs: t.serialize(format=n))  # type: ignore[misc]  # fmt: skip
            line(f"read {name}", lambda p=path: load(p), "rdflib.Graph.parse",  # type: ignore[misc]
                 lambda p=path: rdflib.Graph().parse(p))  # type: ignore[misc]  # fmt: skip


def node_link(graph: Graph, path: Path) -> None:
    """Write and read node-link JSON, as networkx does with the same attributes."""
    peer = multigraph(graph)
    text = json.dumps(nx.node_link_data(peer, edges="links"), default=_plain)
    line("write json", lambda: path.write_bytes(render(graph, "json")),
         "networkx: node_link_data and json.dumps",
         lambda: json.dumps(nx.node_link_data(peer, edges="links"), default=_plain))  # fmt: skip
    line("read json", lambda: load(path), "networkx: json.loads and node_link_graph",
         lambda: nx.node_link_graph(json.loads(text), edges="links"))  # fmt: skip


def _plain(value: Any) -> Any:
    """What JSON has no word for, as fields."""
    return [getattr(value, name) for name in type(value).__slots__]


def questions(graph: Graph, store: ox.Store | None, folder: Path) -> None:
    """What is asked of a graph once it is there."""
    size, influence, names = len(graph), graph.influence, graph.names
    peer = acting(graph)
    undirected = nx.Graph(peer)
    shipped = size < 1_000
    hub = max(peer, key=lambda node: (peer.degree(node), node))
    start, end = ("magnesium", "osteoporosis") if shipped else far(peer)
    influence.followed, graph.columns.statuses, graph.columns.supporting  # noqa: B018 (made once)

    path = folder / "graph.json"
    line("info of a JSON file", lambda: counts(load(path)), "json.loads of the same file",
         lambda: json.loads(path.read_bytes()))  # fmt: skip
    line("select near 2", lambda: graph.select(f'near("{start}", 2)'), "networkx: ego_graph",
         lambda: nx.ego_graph(undirected, start, 2))  # fmt: skip
    line("explain, k=4", lambda: explain(influence, names, start, end, 4),
         "networkx: all_simple_edge_paths",
         (lambda: sum(1 for _ in nx.all_simple_edge_paths(peer, start, end, cutoff=4)))
         if size < NETWORKX_PATHS else None)  # fmt: skip
    columns = graph.columns

    def anew(ask: Callable[[], _R]) -> Callable[[], _R]:
        """The question to a graph that was asked nothing before."""

        def asked() -> _R:
            columns.derived.clear()
            return ask()

        return asked

    for how, first in (("", anew), (", again", lambda ask: ask)):
        line(f"whatif, largest hub, 2 steps{how}",
             first(lambda: whatif(conclusions_of(columns), {hub: -1}, steps=2)),
             "networkx: shortest walks, without signs",
             lambda: nx.single_source_shortest_path(peer, hub, 2))  # fmt: skip
    line("loops, 3 steps", anew(lambda: loops(columns, 3)), "networkx: simple_cycles of entities",
         (lambda: sum(1 for _ in nx.simple_cycles(nx.DiGraph(peer), 3)))
         if size < NETWORKX_PATHS else None)  # fmt: skip
    for how, first in (("", anew), (", again", lambda ask: ask)):
        line(f"conflicts{how}", first(lambda: conflicts(columns)),
             "SPARQL: raised and lowered by one thing",
             (lambda: list(store.query(OPPOSITE))) if store else None)  # fmt: skip
        line(f"gaps{how}", first(lambda: gaps(columns, names)), "networkx: bridges alone",
             lambda: list(nx.bridges(undirected)))  # fmt: skip


OPPOSITE = """PREFIX tb: <https://w3id.org/trabecula/ontology#>
SELECT DISTINCT ?a ?b {
  { ?a tb:increases ?b } UNION { ?a tb:activates ?b }
  { ?a tb:decreases ?b } UNION { ?a tb:inhibits ?b }
}"""


def far(peer: nx.MultiDiGraph[str]) -> tuple[str, str]:
    """Two entities of some degree, three steps apart."""
    for start in sorted(node for node, degree in peer.out_degree() if 30 <= degree <= 300):
        steps = nx.single_source_shortest_path_length(peer, start, 3)
        ends = sorted(node for node, length in steps.items() if length == 3)
        if ends:
            return start, ends[0]
    raise SystemExit("no two entities are three steps apart")


def whole(graph: Graph) -> Graph:
    """The graph with what the curated tables want of every row: method, summary and source."""
    rows = {
        row.source: replace(row, method="cell-culture", summary="It was seen in culture.")
        for statement in graph.statements.values()
        for row in statement.evidence
    }
    return Graph(
        [
            *graph.entities.values(),
            *(Source(id=key, kind="further", study_type="cell-culture") for key in sorted(rows)),
            *(
                replace(s, topic="pth", evidence=tuple(rows[row.source] for row in s.evidence))
                for s in graph.statements.values()
            ),
        ]
    )


#: Run by each release on a file: bytes that the graph takes once it is loaded, and at most on the way,
#: as Python counts them or as the system does. The small file before it loads what reading needs.
LOADED = """
import gc, json, sys, tracemalloc
import trabecula as tb

def resident(name):
    with open("/proc/self/status") as stream:
        said = dict(line.split(":", 1) for line in stream)
    return int(said[name].split()[0]) * 1024

small, large, counted = sys.argv[1:]
tb.load(small)
gc.collect()
if counted == "python":
    tracemalloc.start()
before = resident("VmRSS")
graph = tb.load(large)
most = resident("VmHWM") - before
gc.collect()
kept = resident("VmRSS") - before
if counted == "python":
    kept, most = tracemalloc.get_traced_memory()
print(json.dumps([len(graph), kept, most]))
"""


def loaded(old: str | None) -> None:
    """What a graph takes in memory, in this release and in an older one, of the same content."""
    with tempfile.TemporaryDirectory() as folder:
        print(f"{'bytes a statement':42}{'ours':>8}{'most':>8}{'old':>8}{'most':>8}{'ratio':>8}")
        for what, different in (("texts of evidence repeat", 0), ("each has its own texts", 1)):
            small, large = (
                _content(Path(folder) / f"{size}-{different}.json", size, different=bool(different))
                for size in (100, 100_000)
            )
            for counted in ("python", "system"):
                sizes = []
                for python in filter(None, (sys.executable, old)):
                    done = subprocess.run(
                        [python, "-c", LOADED, small, large, counted],
                        check=True, capture_output=True, cwd=folder,
                    )  # fmt: skip
                    held, kept, most = json.loads(done.stdout)
                    sizes += [kept / held, most / held]
                ratio = f"{sizes[0] / sizes[2]:8.2f}" if old else ""
                cells = "".join(f"{size:8.0f}" for size in sizes)
                print(f"{f'{what}, by {counted}':42}{cells}{ratio}", flush=True)


def _content(path: Path, size: int, *, different: bool) -> str:
    """A file that every release reads, with one piece of evidence a statement."""
    document = json.loads(render(made(size), "json"))
    for number, edge in enumerate(document["edges"]):
        for row in edge["evidence"]:
            row["method"] = "cell-culture"
            if different:
                row["summary"] = f"What was seen in the {number}th experiment with these two."
                row["locator"] = f"p. {number}"
    path.write_text(json.dumps(document), encoding="utf-8")
    return str(path)


def memory() -> int:
    """The most memory that this process had, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def main(sizes: list[int], *, formats: bool) -> None:
    for size in sizes:
        graph = load() if size <= 750 else whole(made(size))
        counts = f"{len(graph):,} statements, {len(graph.entities):,} entities"
        print(f"\n{counts}\n{'':30}{'ours':>9}{'peer':>9}{'ratio':>8}", flush=True)
        records = list(graph)
        graph = line("build", lambda r=records: Graph(r), "networkx: MultiDiGraph, same attributes",  # type: ignore[misc]
                     lambda g=graph: multigraph(g))  # type: ignore[misc]  # fmt: skip
        line("columns and arcs", lambda r=records: Graph(r).influence.followed, "", None)  # type: ignore[misc]
        if not formats:
            with tempfile.TemporaryDirectory() as name:
                write(graph, Path(name) / "graph.json")
                questions(graph, None, Path(name))
            continue
        store = ox.Store()
        statements = list(triples(graph))
        line("build", lambda r=records: Graph(r), "pyoxigraph.Store of the same triples",  # type: ignore[misc]
             lambda s=statements: ox.Store().bulk_extend(ox.Quad(*t) for t in s))  # type: ignore[misc]  # fmt: skip
        store.bulk_load(io.BytesIO(render(graph, "nt")), format=ox.RdfFormat.N_TRIPLES)
        del statements
        with tempfile.TemporaryDirectory() as name:
            files(graph, Path(name))
            questions(graph, store, Path(name))
        print(f"at most {memory():,} MB so far, the peers' included", flush=True)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--memory"]:
        loaded(str(Path(sys.argv[2]).absolute()) if sys.argv[2:] else None)
        sys.exit()
    given = [argument for argument in sys.argv[1:] if argument != "--ask"]
    main([int(size) for size in given] or [750, 10_000, 100_000], formats=given == sys.argv[1:])
