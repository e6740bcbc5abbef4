"""The same input gives the same bytes, whatever the hash seed, the locale and the time zone.

Two processes that differ in all three, and in the order in which they are given records, make one
of everything; what they made is compared kind by kind.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from trabecula.formats import FORMATS, Format
from trabecula.outputs import packed
from trabecula.words.audit import FORMATS as REPORTS

DATA = Path(__file__).parent / "data"
FILES = [form for form in FORMATS.values() if form.suffixes and form.writes]

SETTINGS = (
    {"PYTHONHASHSEED": "1", "LC_ALL": "C", "TZ": "UTC"},
    {
        "PYTHONHASHSEED": "4242",
        "LC_ALL": "C.UTF-8",
        "TZ": "Pacific/Kiritimati",
        "PYTHONUTF8": "1",
    },
)

#: Prints the digest of each thing that it makes, by name; its arguments are the file with the
#: small graph, where a release goes, and 1 or -1 for the order of records.
SCRIPT = """
import hashlib, json, runpy, sys
from pathlib import Path
from trabecula import formats
from trabecula.graph import Graph
from trabecula.model import Entity, Statement
from trabecula.page import html, network
from trabecula.page.audit import page
from trabecula.picture import layout
from trabecula.reason.audit import audit
from trabecula.release import SUMS, build
from trabecula.sparql import query
from trabecula.words import audit as report

conftest, folder, way = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
made = {}

def keep(name, data):
    data = data.encode() if isinstance(data, str) else data
    made[name] = hashlib.sha256(data).hexdigest()

tiny = Graph(list(runpy.run_path(conftest)["tiny_graph"]())[::way])
for form in formats.FORMATS.values():
    if form.suffixes and form.writes:
        keep(f"file {form.name}", formats.render(tiny, form.name))

claims = audit(tiny.columns, tiny.names)
for form in report.FORMATS:
    text = page(claims, tiny, claims.claims) if form == "html" else report.render(claims, tiny, form)
    keep(f"report {form}", text)

names = "abcdefgh"
ring = [Entity(id=n, name=n, category="cell") for n in names] + [
    Statement(subject=a, predicate="binds", object=b) for a, b in zip(names, names[1:] + "a")]
keep("page", html.render(Graph(ring[::way])))
mesh = [Statement(subject=a, predicate="binds", object=b) for a in "abcdef" for b in "defghi"]
keep("network", network.render(Graph(mesh[::way])))

links = [(f"n{n}", f"n{(n * n + 7) % 601}") for n in range(601)]
links += [(f"n{n}", f"n{n + 1}") for n in range(600)]
sizes = {f"n{n}": (40 + 2 * (n % 50), 24) for n in range(601)}
keep("map of groups", repr(layout.positions(sizes, links[::way])))

records = [Statement(subject=f"s{i % 7}", predicate="affects", object=f"o{i}") for i in range(40)]
text = "SELECT ?s (SAMPLE(?o) AS ?x) { ?s tb:affects ?o } GROUP BY ?s LIMIT 5"
keep("answer", query(Graph(records[::way]), text).serialise("tsv"))

build(formats.load().select("near(calcitonin, 1)"), folder)
keep("release", (folder / SUMS).read_bytes())
print(json.dumps(made))
"""


def _made(folder: Path) -> None:
    """What both processes made, which run at the same time."""
    folder.mkdir()
    started = [
        subprocess.Popen(
            [
                sys.executable,
                "-c",
                SCRIPT,
                DATA.parent / "conftest.py",
                folder / f"dist-{way}",
                way,
            ],
            env={**os.environ, **environment, "XDG_CACHE_HOME": str(folder / f"cache{way}")},
            stdout=subprocess.PIPE,
            encoding="utf-8",
        )
        for environment, way in zip(SETTINGS, ("1", "-1"), strict=True)
    ]
    printed = [process.communicate()[0] for process in started]
    assert [process.returncode for process in started] == [0, 0]
    (folder / "made.json").write_text(json.dumps([json.loads(text) for text in printed]))


@pytest.fixture(scope="session")
def made(once: Callable[[str, Callable[[Path], object]], Path]) -> list[dict[str, str]]:
    """The digests of what each of the two processes made, by name."""
    digests: list[dict[str, str]] = json.loads(
        (once("same-bytes", _made) / "made.json").read_text()
    )
    return digests


@pytest.mark.parametrize(
    "name",
    [
        *(f"file {form.name}" for form in FILES),
        *(f"report {name}" for name in REPORTS),
        "page", "network", "map of groups", "answer", "release",
    ],
)  # fmt: skip
def test_hash_seed_locale_and_time_zone_do_not_change_a_byte(
    made: list[dict[str, str]], name: str
) -> None:
    first, second = made
    assert first[name] == second[name]


#: Files that are the same whatever is installed; those of Parquet name the library that wrote them.
KEPT = [form for form in FILES if not form.extra]


@pytest.mark.parametrize("form", KEPT, ids=lambda form: form.name)
def test_files_are_those_that_are_kept(made: list[dict[str, str]], form: Format) -> None:
    if form.pair:  # an archive of the two files that are kept
        names = {kind: f"tiny_{kind}.{form.pair}" for kind in ("nodes", "edges")}
        kept = packed(
            {
                f"graph_{kind}.{form.pair}": (DATA / form.name / name).read_bytes()
                for kind, name in names.items()
            }
        )
    else:
        kept = (DATA / form.name / f"tiny{form.suffixes[0]}").read_bytes()
    assert made[0][f"file {form.name}"] == hashlib.sha256(kept).hexdigest()


def test_nothing_else_is_made_unseen(made: list[dict[str, str]]) -> None:
    others = {"page", "network", "map of groups", "answer", "release"}
    wanted = {f"file {form.name}" for form in FILES} | {f"report {name}" for name in REPORTS}
    assert made[0].keys() == made[1].keys() == wanted | others
