"""Write what trabecula writes, of the shipped graph and of one with odd texts, into a folder.

Run: python tests/versions/outputs.py FOLDER

`scripts/test-versions` lets the oldest and the newest Python do it and compares every byte. Odd are
characters that only later versions of Unicode know, as letters, capitals, digits, marks, signs or
compatibility forms: each Python has tables of its own.
"""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path

import trabecula
from trabecula.errors import TrabeculaError
from trabecula.formats import FORMATS
from trabecula.graph import Graph
from trabecula.model import Entity, Evidence, Source, Statement, Xref

#: New in Unicode 15.0, 15.1, 16.0 and 17.0, and some that look alike but are old.
ODD = (
    "\U0001fae8 shaken", "\U00010efd mark", "\U0001df25 letter", "\U00011f04 letter",
    "\U0001e4d0 letter", "\u2ffc ideograph", "\u31ef stroke", "\u1c89 capital", "\u1c8a small",
    "\ua7cb capital", "\ua7da capital", "\U0001ccd6 outlined A", "\U0001ccf0 outlined 0",
    "\U00010d40 digit", "\U00010d4a letter", "\U0001fae9 face", "\U0001fac6 print",
    "\ua7d2 capital", "\ua7ce letter", "\U00016ea0 capital", "\U0001fa8a sign", "\u088f letter",
    "x\u00b2 ﬁ Ⅻ ㎎ ÅÅ ß ẞ ς İ ı", "e\u0301 é", "\u2126 Ω", "Ａ１",
)  # fmt: skip

#: What is asked of a graph: the answers stand in files of these names. `check` is not among it: what
#: it says depends on whether there is Java; nor a search for compatibility forms, which are read as
#: the Unicode of a Python has them.
ASKED = {
    "info.txt": "info",
    "info.json": "info --json",
    "explain.txt": "explain FROM TO",
    "explain.json": "explain FROM TO --json",
    "whatif.txt": "whatif FROM=down",
    "whatif.json": "whatif FROM=down --json",
    "loops.json": "loops --json",
    "conflicts.json": "conflicts --json",
    "gaps.json": "gaps --json",
    "audit.json": "audit --json",
    "search.json": "search vitamn --json",
    "show.txt": "show FROM --evidence",
    "cite.bib": "cite --bibtex",
    "contested.csv": "query --name contested -f csv",
    "all.txt": 'query "SELECT * { ?s ?p ?o } LIMIT 500"',
    "all.csv": 'query "SELECT * { ?s ?p ?o }" -f csv',
    "view.txt": "view -o page.html",
    "pyvis.txt": "view --pyvis -o pyvis.html",
    "what-if.txt": "whatif FROM=down -o what-if.html",
    "audit.txt": "audit -o audit.html",
    "build.txt": "build -o release",
}


def odd() -> Graph:
    """Entities, a source and statements whose names, ids and texts are odd."""
    names = [f"n{number}-{text.replace(' ', '-')}" for number, text in enumerate(ODD)]
    names[0], names[3] = "first", "third"
    entities = [
        Entity(id=key, name=text, category="cell", synonyms=(f"{text} {text}",))
        for key, text in zip(names, ODD, strict=True)
    ]
    source = Source(
        id="source", title=" ".join(ODD), authors=ODD, url=f"https://example.org/{ODD[0][0]}"
    )
    row = Evidence(source="source", summary=", ".join(ODD), context=(("dose", ODD[7]),))
    statements = [
        Statement(subject=start, predicate="activates", object=end, evidence=(row,))
        for start, end in pairwise(names)
    ]
    identifier = Entity(
        id="doi:10.1/\u1c89", name="x", category="cell", xrefs=(Xref("exact", "doi:10.1/\ua7cb"),)
    )
    return Graph([*entities, identifier, source, *statements])


def write(graph: Graph, ends: Mapping[str, str]) -> None:
    """Write everything of a graph into the current folder, and what failed into `failed.txt`."""
    failed = []
    trabecula.write(graph, "graph.json")
    trabecula.write(graph, "graph.ttl.gz")
    for form in FORMATS.values():
        # The bytes of Parquet name the version of pyarrow that wrote it.
        if not form.writes or form.extra:
            continue
        try:
            trabecula.write(graph, f"graph-{form.name}", form.name)
        except TrabeculaError as error:
            failed.append(f"{form.name}: {type(error).__name__}")
    for name, words in ASKED.items():
        command = shlex.split(words)
        for mark, end in ends.items():
            command = [word.replace(mark, end) for word in command]
        whole = [sys.executable, "-m", "trabecula", *command, "--graph", "graph.json"]
        answer = subprocess.run(whole, stdout=subprocess.PIPE, check=False)
        Path(name).write_bytes(answer.stdout)
        if answer.returncode:
            failed.append(f"{words}: {answer.returncode}")
    Path("failed.txt").write_text("\n".join(failed), "utf-8")


def main() -> None:
    """Write both graphs below the folder that is named."""
    root = Path(sys.argv[1]).resolve()
    for name, graph, ends in (
        ("shipped", trabecula.load(), ("magnesium", "bone-mineral-density")),
        ("odd", odd(), ("first", "third")),
    ):
        folder = root / name
        folder.mkdir(parents=True)
        os.chdir(folder)
        write(graph, dict(zip(("FROM", "TO"), ends, strict=True)))


if __name__ == "__main__":
    main()
