"""What `import trabecula` offers, and what it costs."""

from __future__ import annotations

import pickle
import pkgutil
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import networkx
import pytest

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


@pytest.mark.parametrize(
    ("ask", "wanted"),
    [
        (lambda graph: graph.get(None), "the name of an entity is a text, not None"),
        (lambda graph: graph.find(7), "the name of an entity is a text, not 7"),
        (lambda graph: graph.find_statement(None), "the id of a statement is a text, not None"),
        (lambda graph: graph.select(None), "a selection is a text, not None"),
        (lambda graph: graph.through(None), "what is trusted is a text, not None"),
        (
            lambda graph: graph.through(without="PMID:1"),
            "without takes several texts, such as a list, not 'PMID:1'; write ['PMID:1']",
        ),
        (
            lambda graph: graph.through(without=[1]),
            "each of without is a text, not 1",
        ),
        (lambda graph: graph | None, "unsupported operand type(s) for |"),
        (lambda _: Graph([None]), "a graph is made of records, such as Statement(…), not None"),
        (lambda _: Graph("abc"), "a graph is made of records, such as Statement(…), not 'abc'"),
        (lambda graph: trabecula.search(graph, None), "what is looked for is a text, not None"),
        (lambda graph: trabecula.query(graph, None), "a query is a text, not None"),
        (
            lambda graph: trabecula.explain(graph, 1, "bmd"),
            "the name of an entity is a text, not 1",
        ),
        (
            lambda graph: trabecula.explain(graph, "magnesium", "bmd", via="bmd"),
            "via takes several texts, such as a list, not 'bmd'; write ['bmd']",
        ),
        (
            lambda graph: trabecula.explain(graph, "magnesium", "bmd", status="supported"),
            "status takes several texts, such as a list, not 'supported'; write ['supported']",
        ),
        (
            lambda graph: trabecula.whatif(graph, ["magnesium=up"]),
            "what is assumed, such as magnesium=down, is a text, not ['magnesium=up']",
        ),
        (lambda graph: trabecula.conflicts(graph, 3), "the name of an entity is a text, not 3"),
        (
            lambda graph: trabecula.conflicts(graph, only="direct"),
            "only takes several texts, such as a list, not 'direct'; write ['direct']",
        ),
        (
            lambda graph: trabecula.check(graph, "names"),
            "names takes several texts, such as a list, not 'names'; write ['names']",
        ),
        (lambda _: Graph(None), "a graph is made of records, such as Statement(…), not None"),
        (lambda graph: graph.only(None), "statements are wanted, such as a list, not NoneType"),
        (lambda graph: graph.find([]), "the name of an entity is a text, not []"),
        (
            lambda graph: trabecula.search(graph, "mg", 2.5),
            "the most hits is a whole number, not 2.5",
        ),
        (
            lambda graph: trabecula.explain(graph, "magnesium", "bmd", "3"),
            "a number of steps is a whole number, not '3'",
        ),
        (
            lambda graph: trabecula.explain(graph, "magnesium", "bmd", concluding=None),
            "a number of steps is a whole number, not None",
        ),
        (
            lambda graph: trabecula.explain(graph, "magnesium", "bmd", bound=1.5),
            "the bound is a whole number, not 1.5",
        ),
        (
            lambda graph: trabecula.whatif(graph, "magnesium=up", steps=1.5),
            "a number of steps is a whole number, not 1.5",
        ),
        (
            lambda graph: trabecula.query(graph, "ASK {}", timeout="3"),
            "the time limit is a number of seconds, not '3'",
        ),
        (
            lambda graph: trabecula.explain(graph, "magnesium", "bmd", status=[None]),
            "each of status is a text, not None",
        ),
        (
            lambda graph: trabecula.explain(graph, "magnesium", "bmd", evidence=None),
            "evidence takes several texts, such as a list, not None",
        ),
        (
            lambda graph: trabecula.whatif(graph, "magnesium=up", evidence=[3]),
            "each of evidence is a text, not 3",
        ),
        (lambda graph: trabecula.conflicts(graph, only=[3]), "each of only is a text, not 3"),
        (lambda graph: trabecula.check(graph, [None]), "each of names is a text, not None"),
        (lambda graph: graph.through(without=[None]), "each of without is a text, not None"),
        (
            lambda graph: trabecula.compare(graph, graph, ["a"]),
            "same is a dictionary, such as {'here': 'there'}, not ['a']",
        ),
        (
            lambda graph: trabecula.compare(graph, graph, {"a": 3}),
            "each name in same is a text, not 3",
        ),
        (
            lambda _: trabecula.from_networkx(networkx.DiGraph(), None),
            "columns is a dictionary, such as {'here': 'there'}, not None",
        ),
        (lambda _: trabecula.load("x.ttl", 3), "the name of a format is a text, not 3"),
        (
            lambda _: trabecula.read("x.ttl", b"ttl"),
            "the name of a format is a text, not b'ttl'",
        ),
        (lambda graph: trabecula.write(graph, "x.ttl", 3), "the name of a format is a text, not 3"),
        (
            lambda graph: trabecula.write(graph, None),
            "what is written has a name, and NoneType is none: name a file or a folder",
        ),
        (
            lambda graph: trabecula.view(graph, b"x.html"),
            "what is written has a name, and bytes is none: name a file or a folder",
        ),
        (lambda graph: trabecula.view(graph, title=3), "the title of a page is a text, not 3"),
        (lambda graph: trabecula.to_pyvis(graph, 3), "the title of a network is a text, not 3"),
        (
            lambda _: trabecula.load("x.ttl", "ttl", left=3),
            "left is a trabecula.leftover.Leftovers, not 3",
        ),
        (
            lambda _: trabecula.load("x.ttl", "ttl", options="skip"),
            "options is a trabecula.mapping.reading.Options, not 'skip'",
        ),
    ],
)
def test_a_value_of_another_type_is_told_with_what_is_wanted(
    ask: Callable[[Graph], object], wanted: str, tiny: Graph
) -> None:
    with pytest.raises(TypeError) as told:
        ask(tiny)
    assert str(told.value).startswith(wanted)


@pytest.mark.parametrize(
    "ask",
    [
        trabecula.audit,
        trabecula.check,
        lambda graph: trabecula.compare(graph, Graph()),
        lambda graph: trabecula.compare(Graph(), graph),
        trabecula.conflicts,
        lambda graph: trabecula.diagnose(graph, "bmd=up"),
        lambda graph: trabecula.explain(graph, "magnesium", "bmd"),
        lambda graph: trabecula.query(graph, "ASK {}"),
        lambda graph: trabecula.search(graph, "bmd"),
        trabecula.to_networkx,
        trabecula.to_pyvis,
        trabecula.to_rdflib,
        trabecula.view,
        lambda graph: trabecula.whatif(graph, "bmd=up"),
    ],
)
@pytest.mark.parametrize(
    ("given", "named"),
    [(None, "NoneType"), ("graph.ttl", "str"), (networkx.DiGraph(), "networkx.DiGraph")],
)
def test_what_is_no_graph_is_told_where_a_graph_is_wanted(
    ask: Callable[[object], object], given: object, named: str
) -> None:
    wanted = f"a graph is wanted, such as trabecula.load() gives, not {named}"
    with pytest.raises(TypeError, match=re.escape(wanted)):
        ask(given)


@pytest.mark.parametrize(
    "ask",
    [
        lambda graph, value: graph.sentence(value),
        lambda graph, value: graph.status(value),
        lambda graph, value: graph.independent(value),
        lambda graph, value: graph.only([value]),
    ],
)
@pytest.mark.parametrize(("given", "named"), [(None, "NoneType"), ("6d4a", "str"), (3, "int")])
def test_what_is_no_statement_is_told_where_a_statement_is_wanted(
    ask: Callable[[Graph, object], object], given: object, named: str, tiny: Graph
) -> None:
    wanted = f"^a statement is wanted, such as graph.get_statement\\(\\) gives, not {named}$"
    with pytest.raises(TypeError, match=wanted):
        ask(tiny, given)


@pytest.mark.parametrize(
    "ask",
    [
        lambda graph, value: graph.name(value),
        lambda graph, value: graph.out(value),
        lambda graph, value: graph.into(value),
        lambda graph, value: graph.touching(value),
        lambda graph, value: list(graph.influences(value)),
        lambda graph, value: list(graph.influenced_by(value)),
    ],
)
@pytest.mark.parametrize("given", [None, 3, []])
def test_what_is_no_id_is_told_where_the_id_of_an_entity_is_wanted(
    ask: Callable[[Graph, object], object], given: object, tiny: Graph
) -> None:
    wanted = re.escape(f"the id of an entity is a text, not {given!r}")
    with pytest.raises(TypeError, match=wanted):
        ask(tiny, given)


@pytest.mark.parametrize("steps", [0, -1, 4])
def test_steps_that_no_conclusion_has_are_refused_by_whatever_concludes(
    steps: int, tiny: Graph
) -> None:
    wanted = f"^{steps} is no number of steps for a conclusion: give 1 to 3$"
    with pytest.raises(trabecula.TrabeculaError, match=wanted):
        trabecula.explain(tiny, "magnesium", "bmd", concluding=steps)
    with pytest.raises(trabecula.TrabeculaError, match=wanted):
        trabecula.compare(tiny, tiny, steps=steps)
    with pytest.raises(trabecula.TrabeculaError, match=wanted):
        trabecula.whatif(tiny, "magnesium=up", steps=steps)
    with pytest.raises(trabecula.TrabeculaError, match=wanted):
        trabecula.diagnose(tiny, "magnesium=up", steps=steps)


def test_an_empty_name_loads_no_graph() -> None:
    """As a variable leaves it that is not set; it would name the folder one is in."""
    with pytest.raises(ValueError, match="is empty; is a variable unset"):
        trabecula.load("")
