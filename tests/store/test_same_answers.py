"""Every command answers from a store what it answers from memory, byte for byte."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

import trabecula as tb
from trabecula import formats, lookup
from trabecula.cli import main
from trabecula.errors import NotFound
from trabecula.graph import Graph
from trabecula.store.names import FEW_NAMES
from trabecula.store.opening import opened

ASKED = [
    ["info"], ["info", "--json"],
    ["search", "calcitrol"], ["search", "oestrogen", "--json"], ["search", "25 oh d", "-n", "3"],
    ["search", "il 6"], ["search", "chebi:17823"], ["search", "bone minral densty"],
    ["search", "xyzzyq"], ["search", "parathyroid", "hormon", "-n", "50"],
    ["show", "PTH"], ["show", "PTH", "--evidence"], ["show", "PTH", "--json"],
    ["show", "PMID:9709941"], ["show", "9709941"], ["show", "s7e4e7e31bc6"], ["show", "nonsens"],
    ["show", "MAGNESIUM", "--without", "PMID:9709941"],
    ["extract", "near(magnesium, 2) & predicate(requires)"],
    ["extract", "magnesium", "-k", "2", "-p", "requires"],
    ["extract", "status(contested)", "-f", "csv"], ["extract", "near(PTH, 2)", "-f", "nq"],
    ["extract", 'path(magnesium, "bone mineral density", 3)', "-f", "json"],
    ["extract", "upstream(PTH)"], ["extract", "upstream(PTH, 2)"], ["extract", "downstream(PTH, 2)"],
    ["extract", "category(cell)"], ["extract", "sign(-, 0)"], ["extract", "evidence(human, rct)"],
    ["extract", "study(rct, not stated)"], ["extract", "species(rat)"], ["extract", "sources(2)"],
    ["extract", "topic(pth)"], ["extract", 'text("ionised magnesium")'],
    ["extract", "source(PMID:9709941)"], ["extract", "loop(PTH, 3)"], ["extract", "core()"],
    ["extract", "conflict(direct)"], ["extract", "influence() & subject(PTH) | object(PTH)"],
    ["extract", "statement(s7e4e7e31bc681671677aa7ac4457816b)"], ["extract", "!all()"],
    ["extract", "near(nonsens)"], ["extract", "species(nonsens)"], ["extract", "source(PMID:0)"],
    ["explain", "PTH", "bone mass"], ["explain", "PTH", "bone mass", "--json"],
    ["explain", "magnesium", "calcitriol", "--status", "supported", "--evidence", "human"],
    ["explain", "magnesium", "osteoporosis", "--via", "PTH", "-k", "5"],
    ["explain", "magnesium", "osteoporosis", "--structure", "--json", "--avoid", "PTH"],
    ["explain", "PTH", "bone mass", "--trust", "measured,human"],
    ["whatif", "magnesium=down"], ["whatif", "magnesium=down", "--json"],
    ["whatif", "magnesium=down", "calcitriol=fixed", "--only", "down", "--status", "supported"],
    ["conflicts"], ["conflicts", "--json"], ["loops", "PTH"], ["audit", "--summary"],
    ["audit", "--json"], ["diagnose", "PTH=up"], ["gaps"], ["cite"],
    ["query", "SELECT ?x WHERE { ?x tb:requires entity:magnesium }"],
    ["view", "near(PTH, 1)", "-o", "-"], ["view", "near(PTH, 1)", "--pyvis", "-o", "-"],
]  # fmt: skip


@pytest.mark.parametrize("asked", ASKED, ids=" ".join)
def test_a_command_answers_from_a_store_as_from_memory(
    asked: list[str],
    places: dict[str, Path],
    shipped_graph: Graph,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("trabecula.formats.load", lambda *_, **__: shipped_graph)
    answers = []
    for folder in places.values():
        monkeypatch.chdir(folder)
        done = CliRunner().invoke(main, [*asked, "--graph", "graph.json"])
        assert done.exception is None or isinstance(done.exception, SystemExit)
        answers.append((done.exit_code, done.stdout, done.stderr))
    assert answers[0] == answers[1]
    assert answers[0][1] or answers[0][2]


@pytest.mark.parametrize("form", ["nq", "kgx-jsonl", "csv", "json"])
def test_a_store_converts_into_what_the_graph_converts_into(
    form: str, places_of_covering: dict[str, Path], covering: Graph
) -> None:
    store = opened(places_of_covering["store"] / "graph.json")
    assert formats.render(store, form) == formats.render(covering, form)


def test_the_records_and_all_three_views_are_those_of_the_graph_in_memory(
    places: dict[str, Path], shipped_graph: Graph, same: Callable[[Graph, Graph], None]
) -> None:
    same(shipped_graph, opened(places["store"] / "graph.json"))


def test_python_opens_a_store_by_the_same_function(places: dict[str, Path]) -> None:
    store = tb.load(places["store"] / "graph.json")
    assert tb.explain(store, "PTH", "bone mass").conclusion.relation == "depends"
    assert len(store.select("near(PTH)").through("measured")) > 0
    assert repr(store) == repr(tb.load(places["memory"] / "graph.json"))


def test_the_index_of_names_finds_what_is_found_without_it(
    places_of_part: dict[str, Path], part: Graph
) -> None:
    store = opened(places_of_part["store"] / "graph.json")
    names = [entity.name for entity in part.entities.values()]
    typed = [
        *("calcitrol", "oestrogen", "25 oh d", "il 6", "chebi:17823", "bone minral densty", "NF-kB"),
        *("TNF alpha", "hormone parathyroid", "the element", "mg", "β-catenin", "xyzzyq", "d", "1"),
        *(name[::-1] for name in names[:5]),
        *(name[:3] + name[4:] for name in names[::20]),
        *(name[1:] for name in names[5::40]),
        *(" ".join(reversed(name.split())) for name in names[7::40]),
    ]  # fmt: skip
    for text in typed:
        assert tb.search(store, text, 1000) == tb.search(part, text, 1000), text


@pytest.mark.parametrize("most", [0, FEW_NAMES])
def test_an_unknown_name_gets_the_same_suggestions(
    most: int, places_of_part: dict[str, Path], part: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("trabecula.store.names.FEW_NAMES", most)
    store = opened(places_of_part["store"] / "graph.json")
    names = [entity.name for entity in part.entities.values()]
    typed = [name[:4] + name[5:] for name in names[::2] if len(name) > 7]
    typed += [
        "bone densty",
        "boen pain",
        "cacer deaeh",
        "CHEBI:999999999",
        "HP:0002148x",
        "…",
        "xyzzyq",
    ]
    for text in typed:
        told = [suggested(graph, text) for graph in (part, store)]
        assert told[0] == told[1], text


def suggested(graph: Graph, text: str) -> tuple[str, ...]:
    try:
        return (graph.get(text).id,)
    except NotFound as unknown:
        return unknown.suggestions


def test_a_source_is_found_by_every_identifier_without_looking_through_all(
    places_of_part: dict[str, Path], part: Graph
) -> None:
    store = opened(places_of_part["store"] / "graph.json")
    asked = [name for s in part.sources.values() for name in (s.id, *s.xrefs)]
    for name in (*asked[::2], "xyzzyq", 'a"b', "pmid:ü"):
        for text in (name, name.lower(), name.upper()):
            assert lookup.source(store, text) == lookup.source(part, text), text
    assert [*store.mentioning("xyzzyq")] == []
    assert len([*store.mentioning(asked[0].casefold())]) == 1
