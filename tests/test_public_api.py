"""What `import trabecula` offers, and what it costs."""

from __future__ import annotations

import pickle
import pkgutil
import subprocess
import sys
from pathlib import Path

import trabecula
from trabecula.graph import Graph
from trabecula.reason.conclusions import Conclusions
from trabecula.reason.conflicts import conflicts
from trabecula.reason.diff import Content, diff
from trabecula.reason.explain import explain
from trabecula.reason.gaps import gaps
from trabecula.reason.loops import loops
from trabecula.reason.whatif import whatif

ROOT = Path(__file__).parents[1]


def test_every_public_name_can_be_had_and_has_a_docstring() -> None:
    undocumented = [name for name in trabecula.__all__ if not getattr(trabecula, name).__doc__]
    assert undocumented == []


def test_no_public_name_is_that_of_a_module() -> None:
    """Importing `trabecula.x` would put the module in the place of the function `x`."""
    modules = {module.name for module in pkgutil.iter_modules(trabecula.__path__)}
    assert modules & set(trabecula.__all__) == set()


def test_the_public_names_are_few_and_sorted() -> None:
    assert trabecula.__all__ == sorted(trabecula.__all__)
    assert set(trabecula.__all__) == set(trabecula._HOMES)
    assert len(trabecula.__all__) <= 25


def test_importing_the_package_and_its_help_loads_nothing_heavy() -> None:
    code = (
        "import sys, trabecula, trabecula.cli\n"
        "heavy = {'networkx', 'rdflib', 'pyvis', 'pyoxigraph', 'numpy', 'jinja2',"
        " 'rapidfuzz'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_what_is_answered_can_be_sent_to_another_process(tiny: Graph) -> None:
    answers = {
        "query": trabecula.query(tiny, "SELECT ?s ?o WHERE { ?s tb:activates ?o }"),
        "triples": trabecula.query(tiny, "CONSTRUCT WHERE { ?s tb:activates ?o }"),
        "search": trabecula.search(tiny, "magnesum"),
        "explain": explain(tiny.influence, tiny.names, "magnesium", "bmd"),
        "whatif": whatif(Conclusions(tiny.columns), {"magnesium": -1}),
        "loops": loops(tiny.columns),
        "conflicts": conflicts(tiny.columns),
        "gaps": gaps(tiny.columns, tiny.names),
        "diff": diff(*(Content(graph.names, graph.influence) for graph in (tiny, tiny.only(())))),
    }
    sent = pickle.loads(pickle.dumps(answers))  # noqa: S301 (made here)
    assert {name: sent[name] == answer for name, answer in answers.items()} == dict.fromkeys(
        answers, True
    )


def test_the_version_is_the_same_everywhere() -> None:
    version, day = trabecula.__version__, trabecula.__released__
    cff = (ROOT / "CITATION.cff").read_text("utf-8")
    assert f"\nversion: {version}\ndate-released: {day}\n" in cff
    changelog = (ROOT / "CHANGELOG.md").read_text("utf-8")
    assert f"\n## {version} — {day}\n" in changelog
