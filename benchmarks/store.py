"""Graphs on the disk: `trabecula load` and questions to a store, beside what one would use instead.

Run: .venv/bin/python benchmarks/store.py FOLDER [load|extract|graph|sparql|growth …]

FOLDER holds one pair of tables from `benchmarks/store_data.py`, such as `made_edges.tsv` and
`made_nodes.tsv`; the store is made in it, `made.trabecula`. `growth` makes graphs of 1,000 edges to
two million in folders of FOLDER, and asks each the same. Times are of the processor, user and system, for other programs may be at work; each question
is asked in this process, after one that is not counted, and the median is told with its ratio to
ours. Peers: pyarrow (reads the same tables and writes their columns as Parquet, or those that a
store has), igraph and networkx
(neighbourhood, simple paths; networkx gets `LIMIT` seconds a question), DuckDB (the Parquet tables
of the store), pyoxigraph (the RDF of the store).
"""

from __future__ import annotations

import os
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
#: Pairs of entities of middling degree, and of hubs, that are asked about for paths: those `ROUNDS`
#: times by each, one after the other, of which the median counts.
PAIRS, HUBS = 60, 3
ROUNDS = 3
SIZES = (1_000, 10_000, 100_000, 1_000_000, 2_000_000)


def processor() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def of_children() -> float:
    """What the processes that were started have used so far, in seconds; Linux tells."""
    mine = Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()
    told = (Path(f"/proc/{number}/schedstat").read_text().split() for number in mine)
    return sum(int(nanoseconds) for nanoseconds, *_ in told) / 1e9


def run(code: str) -> tuple[float, int, str]:
    """Processor seconds, peak memory in MiB and output of a process."""
    tail = (
        "\nimport resource as _r, re as _re; _u = _r.getrusage(_r.RUSAGE_SELF); "
        "_m = _re.search(r'VmHWM:\\s+(\\d+)', open('/proc/self/status').read())[1]; "
        "print(_u.ru_utime + _u.ru_stime, int(_m) // 1024)"
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
    for question in about:
        signal.signal(signal.SIGVTALRM, stop)
        signal.setitimer(signal.ITIMER_VIRTUAL, LIMIT)
        start = processor()
        try:
            try:
                ask(question)
            finally:
                signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        except TooLong:
            late += 1
        times.append(processor() - start)
    return statistics.median(times), late


def told(what: str, ours: float, peers: dict[str, tuple[float, int]]) -> None:
    parts = [f"{what}: trabecula {ours * 1000:,.1f} ms"]
    for name, (seconds, late) in peers.items():
        bound = f" ({late} of {SEEDS} over {LIMIT} s)" if late else ""
        parts.append(f"{name} {seconds * 1000:,.1f} ms, x{seconds / max(ours, 1e-6):,.1f}{bound}")
    print(" | ".join(parts), flush=True)


def name_of(folder: Path) -> str:
    """The name of the pair of tables in a folder."""
    (edges,) = folder.glob("*_edges.tsv")
    return edges.name.removesuffix("_edges.tsv")


def place_of(folder: Path) -> Path:
    """The store that is made of them."""
    return folder / f"{name_of(folder)}.trabecula"


def size_of(place: Path) -> int:
    return sum(path.stat().st_size for path in place.rglob("*") if path.is_file())


def load(folder: Path) -> None:
    """The load beside pyarrow with what it does unless told otherwise.

    It reads the same tables, and writes their columns as Parquet; and, once more, those of the
    store instead, the making of which is not counted.
    """
    name, place = name_of(folder), place_of(folder)
    begin = f"""
import resource, pyarrow as pa, pyarrow.csv as c, pyarrow.parquet as pq
def used():
    u = resource.getrusage(resource.RUSAGE_SELF)
    return u.ru_utime + u.ru_stime
def read(kind):
    path = {str(folder / name)!r} + "_" + kind + ".tsv"
    names = open(path).readline().rstrip("\\n").split("\\t")
    kinds = c.ConvertOptions(column_types={{n: pa.string() for n in names}})
    return c.read_csv(path, parse_options=c.ParseOptions(delimiter="\\t", quote_char=False),
                      convert_options=kinds)
def write(table, kind):
    pq.write_table(table, {str(folder)!r} + "/pyarrow_" + kind + ".parquet")
for kind in ("edges", "nodes"):
"""
    same = begin + "    write(read(kind), kind)\nprint(0)"
    other = f"""{begin}    table = read(kind)
del table
for kind in ("entities", "statements", "evidence", "sources", "predicates"):
    start = used()
    table = pq.read_table({str(place)!r} + "/" + kind + ".parquet")
    skipped = used() - start
    write(table, kind)
    print(skipped)
"""
    ours, theirs, others = [], [], []
    for _ in range(ROUNDS):
        start = time.monotonic()
        ours.append((*run(loading(folder / f"{name}_edges.tsv", place)), time.monotonic() - start))
        for code, runs in ((same, theirs), (other, others)):
            start = time.monotonic()
            seconds, memory, skipped = run(code)
            seconds -= sum(map(float, skipped.split()))
            runs.append((seconds, memory, skipped, time.monotonic() - start))
    seconds, peer, more = (
        statistics.median(row[0] for row in each) for each in (ours, theirs, others)
    )
    clock, of_peer = (min(row[3] for row in each) for each in (ours, theirs))
    print(
        f"load: trabecula {seconds:.1f} s ({clock:.1f} s by the clock), peak "
        f"{max(row[1] for row in ours):,} MiB, {size_of(place) / 2**20:,.0f} MiB on disk | pyarrow "
        f"{peer:.1f} s ({of_peer:.1f} s), peak {max(row[1] for row in theirs):,} MiB: "
        f"x{seconds / peer:.1f} of it, x{clock / of_peer:.1f} by the clock | the columns of the store instead {more:.1f} s: "
        f"x{seconds / more:.1f} of it | load of the machine {os.getloadavg()[0]:.1f}",
        flush=True,
    )


def loading(edges: Path, place: Path) -> str:
    """What loads a pair of tables, as `trabecula load` does, as a process."""
    return (
        "import json; from trabecula.cli import main; "
        f"main(['load', {str(edges)!r}, '-o', {str(place)!r}], standalone_mode=False); "
        f"print(json.load(open({str(place / 'manifest.json')!r}))['counts']['statements'])"
    )


def command(*words: str) -> str:
    """What asks a question on the command line, as a process; it prints what it tells last."""
    return (
        "from click.testing import CliRunner; from trabecula.cli import main\n"
        f"r = CliRunner().invoke(main, {list(words)!r})\n"
        "print(*(r.stderr.strip().splitlines() or [''])[-1:])"
    )


def degrees(store: Any) -> np.ndarray:
    """How many statements name each entity."""
    ends = [store.stored.array(f"statements.{side}") for side in ("subject", "object")]
    return np.bincount(np.concatenate(ends), minlength=len(store.columns.entities))


def middling(store: Any) -> list[int]:
    """Entities of middling degree: of the upper half, without the tenth with the most."""
    degree = degrees(store)
    middle = np.argsort(degree)[int(len(degree) * 0.5) : int(len(degree) * 0.9)]
    draw = random.Random(1)  # noqa: S311 (no secret)
    return [int(middle[draw.randrange(len(middle))]) for _ in range(SEEDS)]


def extract(folder: Path) -> None:
    """What is near an entity of middling degree, as a whole process."""
    from trabecula.store.opening import opened

    place = place_of(folder)
    store = opened(place)
    entity = store.columns.entities[middling(store)[0]]
    for steps in (1, 2):
        words = ("extract", f'near("{entity}", {steps})', "-f", "sif", "--graph", str(place))
        seconds, memory, answer = run(command(*words, "-o", str(folder / "part.sif")))
        print(f"extract near({steps}): {seconds:.2f} s, {memory} MiB; {answer}", flush=True)


def growth(folder: Path) -> None:
    """What grows with the graph: the load, the store, and what a question needs."""
    import store_data

    for edges in SIZES:
        inner = folder / str(edges)
        if not inner.exists():
            inner.mkdir()
            store_data.generated(edges, inner)
        place = place_of(inner)
        seconds, peak, answer = run(loading(inner / "made_edges.tsv", place))
        count = int(answer)
        size = size_of(place) / count
        told = [f"{count:,} statements: load {seconds:.1f} s, {peak:,} MiB, {size:,.0f} bytes each"]
        _, empty, _ = run("import trabecula.cli")
        for question in (("info",), ("search", "kinase receptr 7")):
            seconds, memory, _ = run(command(*question, "--graph", str(place)))
            told.append(
                f"{question[0]} {seconds:.2f} s, {memory - empty:,} MiB more than the start"
            )
        print(" | ".join(told), flush=True)


def graph(folder: Path) -> None:  # noqa: PLR0915  # one question after the other
    """Neighbourhoods, paths, reachability and counts."""
    import duckdb
    import igraph
    import networkx as nx

    import trabecula as tb
    from trabecula import values
    from trabecula.reason.reach import reach
    from trabecula.store.opening import opened
    from trabecula.store.selecting import Chooser

    place = place_of(folder)
    store = opened(place)
    ends = [store.stored.array(f"statements.{side}") for side in ("subject", "object")]
    degree = np.bincount(np.concatenate(ends), minlength=len(store.columns.entities))
    seeds = middling(store)
    draw = random.Random(2)  # noqa: S311 (no secret)
    print(f"{len(store):,} statements, {len(degree):,} entities; seeds of degree "
          f"{min(degree[seeds])} to {max(degree[seeds])}")  # fmt: skip

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
    away = np.diff(np.asarray(arcs.first))
    hubs = np.argsort(-away, kind="stable")[: 2 * HUBS].tolist()
    common = set(seeds)
    pairs = []
    while len(pairs) < PAIRS:  # three steps from an entity of middling degree
        first = last = draw.choice(sorted(common))
        for _ in range(3):
            onward = list(arcs.of(last))
            last = int(arrive[draw.choice(onward)]) if onward else first
        if last != first:
            pairs.append((first, last))
    pairs += zip(hubs[::2], hubs[1::2], strict=True)
    ids = store.columns.entities
    tb.explain(store, ids[pairs[0][0]], ids[pairs[0][1]])
    for steps in (3, 4):
        times, peers, ratios = [], [], []
        for number, (origin, end) in enumerate(pairs):
            rounds = range(ROUNDS if number < PAIRS else 1)  # of hubs once: networkx takes long
            own, _ = asked(lambda _, k=steps, a=origin, b=end: tb.explain(store, ids[a], ids[b], k),
                           rounds)  # fmt: skip
            peer, late = asked(
                lambda _, k=steps, a=origin, b=end: list(
                    nx.all_simple_edge_paths(acting, a, b, cutoff=k)
                ),
                rounds,
            )
            if number >= PAIRS:
                bound = f", over {LIMIT} s" if late else ""
                print(f"  {steps} steps, hubs, {away[origin]:,} and {away[end]:,} arcs: "
                      f"{own * 1000:,.1f} ms, networkx {peer * 1000:,.0f} ms{bound}, "
                      f"x{peer / own:,.1f}")  # fmt: skip
                continue
            times.append(own)
            peers.append(peer)
            ratios.append(peer / own)
        told(f"explain, {steps} steps, with evidence and conclusion", statistics.median(times), {
            "networkx all_simple_edge_paths": (statistics.median(peers), 0)
        })  # fmt: skip
        low, middle, high = statistics.quantiles(ratios, n=4)
        print(f"  pair by pair x{low:,.1f}, x{middle:,.1f}, x{high:,.1f} (quartiles)", flush=True)
    ours, _ = asked(lambda seed: tb.whatif(store, f"{ids[seed]}=down"), seeds)
    told("whatif, 2 acting steps", ours, {})
    most = int(np.argmax(np.diff(np.asarray(arcs.first))))
    far, _ = asked(lambda seed: reach(arcs, {seed: 1}, steps=1000), [most, *seeds[:4]])
    count = len(reach(arcs, {most: 1}, steps=1000))
    told(f"signed reachability without a bound (up to {count:,} entities)", far, {})

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
    from trabecula.prefixes import ONTOLOGY
    from trabecula.store.opening import opened

    store = opened(place_of(folder))
    start = processor()
    store.rdf_mode = "direct"
    where = store.rdf()
    print(f"RDF (direct) ready in {processor() - start:.1f} s")
    peer = ox.Store.read_only(str(where))
    print(f"{len(peer):,} triples")
    ids, degree = store.columns.entities, degrees(store)
    hub = _iri(ids[int(np.argmax(degree))])
    draw = np.flatnonzero((degree >= 10) & (degree <= 40))
    ones = [_iri(ids[int(number)]) for number in draw[:: max(1, len(draw) // 400)]]
    label, tb = "<http://www.w3.org/2000/01/rdf-schema#label>", ONTOLOGY
    # Each is asked otherwise each time, with IRIs in full, so that nobody has to look up prefixes.
    kinds: dict[str, tuple[int, Callable[[int], str]]] = {
        "is there one": (300, lambda n: f"ASK {{ <{ones[n]}> ?p <{hub}> }}"),
        "its name": (300, lambda n: f"SELECT ?n {{ <{ones[n]}> {label} ?n }}"),
        "look-up": (300, lambda n: f"SELECT ?p ?o {{ <{ones[n]}> ?p ?o }}"),
        "names of neighbours": (
            100, lambda n: f"SELECT ?a ?n {{ <{ones[n]}> ?p ?a . ?a {label} ?n }} ORDER BY ?n"
        ),
        "2 hops": (
            30,
            lambda n: f"SELECT DISTINCT ?b {{ <{ones[n]}> ?p ?a . ?a ?q ?b }} OFFSET {n} LIMIT 1000",
        ),
        "1,000 rows": (30, lambda n: f"SELECT ?s ?p ?o {{ ?s ?p ?o }} OFFSET {n} LIMIT 1000"),
        "100,000 rows": (5, lambda n: f"SELECT ?s ?p ?o {{ ?s ?p ?o }} OFFSET {n} LIMIT 100000"),
        "all names": (5, lambda n: f"SELECT ?s ?n {{ ?s {label} ?n }} OFFSET {n}"),
        "20,000 triples": (
            9, lambda n: f"CONSTRUCT {{ ?s ?p ?o }} {{ ?s ?p ?o }} OFFSET {n} LIMIT 20000"
        ),
        "twelve with most": (
            3,
            lambda n: f"SELECT ?s (COUNT(*) AS ?n) {{ ?s <{tb}increases> ?o FILTER(?o != <{ones[n]}>)"
                      " } GROUP BY ?s ORDER BY DESC(?n) ?s LIMIT 12",
        ),
        "count by predicate": (
            3, lambda n: f"SELECT ?p (COUNT(*) + {n} AS ?n) {{ ?s ?p ?o }} GROUP BY ?p"
        ),
    }  # fmt: skip
    for name, (rounds, text) in kinds.items():
        _seen(ours.query(store, text(rounds), timeout=300))  # which starts the process
        rows = len(_seen_by_peer(peer.query(text(rounds))))
        used: tuple[list[tuple[float, float]], ...] = ([], [])
        for number in range(rounds):
            asking = text(number)
            for times, ask in zip(
                used,
                (
                    lambda asking=asking: _seen(ours.query(store, asking, timeout=300)),
                    lambda asking=asking: _seen_by_peer(peer.query(asking)),
                ),
                strict=True,
            ):
                theirs, clock, mine = of_children(), time.monotonic(), processor()
                ask()
                mine, clock = processor() - mine, time.monotonic() - clock
                times.append((mine + of_children() - theirs, clock))
        figures = []
        for kind, what in ((0, "processors"), (1, "clock")):
            mine, theirs = ([each[kind] for each in pairs] for pairs in used)
            ratio = statistics.median(our / their for our, their in zip(mine, theirs, strict=True))
            figures.append(
                f"by the {what} trabecula {statistics.median(mine) * 1000:,.2f} ms, "
                f"pyoxigraph {statistics.median(theirs) * 1000:,.2f} ms, x{ratio:.2f} of it"
            )
        print(f"SPARQL, {name}, {rows:,} rows: {' | '.join(figures)}", flush=True)  # fmt: skip
    by_predicate = kinds["count by predicate"][1](0)
    values.counts(store)
    counts, _ = asked(lambda _: values.counts(store), range(3))
    told("all counts from columns", counts, {
        "one count in SPARQL": asked(lambda _: list(peer.query(by_predicate)),
                                     range(3)),
    })  # fmt: skip
    column = store.stored.array("statements.predicate")
    count, _ = asked(lambda _: np.bincount(column), range(3))
    told("count by predicate from its column", count, {
        "the same in SPARQL": asked(lambda _: list(peer.query(by_predicate)),
                                    range(3)),
    })  # fmt: skip
    # What takes a millisecond is lost in what a process takes to start.
    large = {name: text for name, (rounds, text) in kinds.items() if rounds <= 30}
    _command_line(place_of(folder), where, large)


#: What one would write instead of `trabecula query -f tsv`: rows and triples as the engine has them.
_SCRIPT = """
import sys
import pyoxigraph as ox
answer = ox.Store.read_only(sys.argv[1]).query(sys.argv[2])
if isinstance(answer, ox.QueryBoolean):
    print(bool(answer))
elif isinstance(answer, ox.QueryTriples):
    answer.serialize(sys.stdout.buffer, ox.RdfFormat.N_TRIPLES)
else:
    answer.serialize(sys.stdout.buffer, ox.QueryResultsFormat.TSV)
"""
_COMMANDS = 7


def _command_line(place: Path, where: Path, kinds: dict[str, Callable[[int], str]]) -> None:
    """`trabecula query` beside that script, whole processes without what each takes to start."""
    starts = (0.0, 0.0)
    for name, text in {"start": lambda _: "ASK {}", **kinds}.items():
        form = "nt" if text(0).startswith("CONSTRUCT") else "tsv"
        used: tuple[list[float], list[float]] = ([], [])
        for number in range(_COMMANDS):
            ask = text(number)
            ours = [sys.executable, "-m", "trabecula", "query", "--graph", str(place)]
            ours += ["--rdf", "direct", "--timeout", "300", "-f", form, ask]
            for times, command in zip(
                used, (ours, [sys.executable, "-c", _SCRIPT, str(where), ask]), strict=True
            ):
                times.append(_of_process(command))
        mine, theirs = map(statistics.median, used)
        if name == "start":
            starts = mine, theirs
            print(
                f"Command line, start: trabecula {mine:.3f} s | script {theirs:.3f} s", flush=True
            )
            continue
        mine, theirs = mine - starts[0], theirs - starts[1]
        print(
            f"Command line, {name}, without the start: trabecula {mine * 1000:,.0f} ms | "
            f"script {theirs * 1000:,.0f} ms, x{mine / max(theirs, 1e-3):.2f} of it",
            flush=True,
        )


def _of_process(command: list[str]) -> float:
    """The processor seconds of a process and of those that it has started and waited for."""
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as started:
        _, status, used = os.wait4(started.pid, 0)
        started.returncode = os.waitstatus_to_exitcode(status)
    if started.returncode:
        raise SystemExit(f"{command} ended with code {started.returncode}")
    return used.ru_utime + used.ru_stime


def _seen_by_peer(answer: Any) -> list[Any]:
    """Every value of an answer of pyoxigraph, read once."""
    if hasattr(answer, "variables"):
        return [[term.value for term in row] for row in answer]
    return list(map(_parts, answer)) if hasattr(answer, "__next__") else [bool(answer)]


def _seen(answer: Any) -> list[Any]:
    """Every value of one of ours."""
    if answer.form == "select":
        return [[term.value for term in row] for row in answer.rows]
    return list(map(_parts, answer.triples)) if answer.form == "construct" else [answer.answer]


def _parts(triple: Any) -> tuple[str, str, str]:
    return triple.subject.value, triple.predicate.value, triple.object.value


def _iri(identifier: str) -> str:
    from trabecula.formats.rdf.rows import iri
    from trabecula.prefixes import ENTITY

    return iri(identifier, ENTITY)


if __name__ == "__main__":
    at, *parts = sys.argv[1:]
    every = {"load": load, "extract": extract, "graph": graph, "sparql": sparql, "growth": growth}
    for part in parts or ("load", "extract", "graph", "sparql"):
        every[part](Path(at))
