"""Reading files of others beside the programs that people read them with: seconds and memory.

Run: .venv/bin/python benchmarks/formats.py [edges [kgx]]      (100,000; `kgx`: its rows only)

Each reader runs in a process of its own, ours right before the other's, and gets the same file:
KGX tables beside `kgx transform`, N-Triples beside raw pyoxigraph, GraphML beside networkx, OBO
beside pronto. KGX tables are also loaded into a store, beside the same, and written anew as lines
of JSON and as tables, by both (`trabecula convert`). `seconds` is CPU time with the start of Python and of all imports; `MiB` the most
memory that the process had. `ratio` is theirs divided by ours: above 1, trabecula is faster or
smaller. They are asked for less: raw parsing makes no records, networkx and pronto no statements
with evidence.

kgx and pronto are taken from `.others/kgx` and `.others`, which `scripts/accepted kgx pronto`
makes; one that is not there is left out, and said to be.
"""

from __future__ import annotations

import os
import random
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
OURS: Final = """
import sys, warnings
warnings.simplefilter("ignore")
from trabecula import formats
from trabecula.leftover import Leftovers
print(len(formats.load(sys.argv[1], left=Leftovers())))
"""
LOADED: Final = """
import sys, tempfile, warnings
warnings.simplefilter("ignore")
from trabecula.cli import main
with tempfile.TemporaryDirectory() as folder:
    main(["load", sys.argv[1], "-o", f"{folder}/x.trabecula"])
"""
CONVERTED: Final = """
import sys, tempfile, warnings
warnings.simplefilter("ignore")
from trabecula.cli import main
with tempfile.TemporaryDirectory() as folder:
    main(["convert", sys.argv[1], "-o", f"{{folder}}/x_edges.{}"])
"""
KGX: Final = """
import pathlib, sys, tempfile, bmt
from importlib.metadata import distribution
model = distribution("biolink-model").locate_file("biolink_model/schema/biolink_model.yaml")
bmt.Toolkit.__init__.__defaults__ = (str(model), {"predicate mappings": []})
import kgx.config, yaml
spaces = yaml.safe_load(open(model))["prefixes"]
kgx.config.jsonld_context_map.update(dict.fromkeys(kgx.config.get_config()["jsonld-context"], spaces))
from kgx.transformer import Transformer
edges = pathlib.Path(sys.argv[1])
nodes = edges.with_name(edges.name.replace("_edges", "_nodes"))
t = Transformer()
given = {"filename": [str(nodes), str(edges)], "format": "tsv"}
"""
KGX_LOADED: Final = f"""{KGX}
t.transform(given)
print(t.store.graph.number_of_edges())
"""
KGX_CONVERTED: Final = f"""{KGX.replace("{", "{{").replace("}", "}}")}
with tempfile.TemporaryDirectory() as folder:
    t.transform(given, {{{{"filename": f"{{{{folder}}}}/x", "format": "{{}}"}}}})
"""
RAW: Final = """
import sys, pyoxigraph as ox
print(sum(1 for _ in ox.parse(path=sys.argv[1])))
"""
NETWORKX: Final = """
import sys, networkx as nx
print(nx.read_graphml(sys.argv[1]).number_of_edges())
"""
PRONTO: Final = """
import sys, warnings, pronto
warnings.simplefilter("ignore")
o = pronto.Ontology(sys.argv[1])
print(sum(len(found) for term in o.terms() for found in term.relationships.values()))
"""


@dataclass(frozen=True)
class Race:
    """A kind of file, and the program that others read it with; the code of both."""

    name: str
    file: str
    other: str
    code: str
    python: Path = Path(sys.executable)
    ours: str = OURS


_OF_KGX: Final = ROOT / ".others/kgx/bin/python"
RACES: Final = (
    Race("KGX TSV", "x_edges.tsv", "kgx transform", KGX_LOADED, _OF_KGX),
    Race("… load", "x_edges.tsv", "kgx transform", KGX_LOADED, _OF_KGX, LOADED),
    *(
        Race(
            f"… to {name}",
            "x_edges.tsv",
            "kgx transform",
            KGX_CONVERTED.format(form),
            _OF_KGX,
            CONVERTED.format(form),
        )
        for name, form in (("JSON", "jsonl"), ("TSV", "tsv"))
    ),
    Race("N-Triples", "x.nt", "pyoxigraph, raw", RAW),
    Race("GraphML", "x.graphml", "networkx", NETWORKX),
    Race("OBO", "x.obo", "pronto", PRONTO, ROOT / ".others/bin/python"),
)


def write_files(folder: Path, edges: int) -> None:
    """The same generated graph in the four kinds of file; a quarter as many nodes as edges."""
    draw = random.Random(1)  # noqa: S311
    ids = [f"HGNC:{number}" for number in range(1, edges // 4 + 1)]
    rows = [
        (draw.choice(ids), draw.choice(("activates", "inhibits")), draw.choice(ids),
         draw.randint(1, 40_000_000))
        for _ in range(edges)
    ]  # fmt: skip
    (folder / "x_nodes.tsv").write_text(
        "id\tcategory\tname\n"
        + "".join(f"{identifier}\tbiolink:Gene\tgene {identifier}\n" for identifier in ids)
    )
    head = "id\tsubject\tpredicate\tobject\tcategory\tpublications\tprimary_knowledge_source\n"
    ways = {"activates": "biolink:affects", "inhibits": "biolink:regulates"}
    (folder / "x_edges.tsv").write_text(
        head
        + "".join(
            f"uuid:{number:08x}\t{subject}\t{ways[how]}\t{end}\tbiolink:Association\tPMID:{paper}"
            "\tinfores:x\n"
            for number, (subject, how, end, paper) in enumerate(rows)
        )
    )
    iri = "<http://example.org/{}>".format
    (folder / "x.nt").write_text(
        "".join(f"{iri(subject)} {iri(how)} {iri(end)} .\n" for subject, how, end, _ in rows)
    )
    (folder / "x.graphml").write_text("".join(_graphml(ids, rows)))
    (folder / "x.obo").write_text("".join(_obo(ids, rows)))


def _graphml(ids: list[str], rows: list[tuple[str, str, str, int]]) -> Iterator[str]:
    yield '<?xml version="1.0"?><graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n'
    yield '<key id="n" for="node" attr.name="name" attr.type="string"/>\n'
    yield '<key id="i" for="edge" attr.name="interaction" attr.type="string"/>\n'
    yield '<key id="p" for="edge" attr.name="pmid" attr.type="string"/>\n'
    yield '<graph edgedefault="directed">\n'
    for identifier in ids:
        yield f'<node id="{identifier}"><data key="n">gene {identifier}</data></node>\n'
    for subject, how, end, paper in rows:
        yield f'<edge source="{subject}" target="{end}"><data key="i">{how}</data>'
        yield f'<data key="p">{paper}</data></edge>\n'
    yield "</graph></graphml>\n"


def _obo(ids: list[str], rows: list[tuple[str, str, str, int]]) -> Iterator[str]:
    by: dict[str, list[str]] = {}
    for subject, how, end, paper in rows:
        line = f'relationship: {how} {end} {{source="PMID:{paper}"}}\n'
        by.setdefault(subject, []).append(line)
    yield "format-version: 1.4\nontology: x\n"
    for identifier in ids:
        lines = "".join(sorted(set(by.get(identifier, ()))))
        yield f"\n[Term]\nid: {identifier}\nname: gene {identifier}\n{lines}"
    yield "".join(f"\n[Typedef]\nid: {how}\nname: {how}\n" for how in ("activates", "inhibits"))


def measured(python: Path, code: str, path: Path) -> tuple[float, float]:
    """The CPU seconds and the most memory, in MiB, of a process that runs code on a file."""
    command = [str(python), "-W", "ignore", "-c", code, str(path)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    _, status, used = os.wait4(process.pid, 0)
    if status:
        answer = process.stderr.read().decode() if process.stderr else ""
        raise SystemExit(f"{path.name}: {answer.strip().splitlines()[-1]}")
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def main() -> None:
    """Print a line for each kind of file."""
    edges = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    print(f"{edges:,} edges; load of the machine {os.getloadavg()[0]:.1f}")
    heads = ("file", "ours s", "MiB", "theirs", "s", "MiB", "ratio s", "ratio MiB")
    print("{:10} {:>7} {:>6}  {:16} {:>7} {:>6} {:>8} {:>10}".format(*heads))
    with tempfile.TemporaryDirectory() as folder:
        write_files(Path(folder), edges)
        for race in RACES:
            if race.file != "x_edges.tsv" and sys.argv[2:] == ["kgx"]:
                continue
            if not race.python.exists():
                print(f"{race.name:10} NOT RUN: there is no {race.python}")
                continue
            path = Path(folder) / race.file
            seconds, memory = measured(Path(sys.executable), race.ours, path)
            others, more = measured(race.python, race.code, path)
            print(
                f"{race.name:10} {seconds:7.2f} {memory:6.0f}  {race.other:16} {others:7.2f}"
                f" {more:6.0f} {others / seconds:8.2f} {more / memory:10.2f}"
            )


if __name__ == "__main__":
    main()
