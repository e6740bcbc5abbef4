"""HermiT finds what contradicts the ontology, and nothing in what is shipped."""

from __future__ import annotations

import sys
from itertools import combinations

import pyoxigraph as ox
import pytest

from trabecula import checks, shipped
from trabecula.checks import check
from trabecula.checks.logic import contradictions, empty_classes, logic, ontology
from trabecula.errors import MissingExtra, MissingProgram, TrabeculaError
from trabecula.graph import Graph
from trabecula.model import Context, Entity, Statement
from trabecula.prefixes import NAMESPACES, ONTOLOGY
from trabecula.vocabulary import CATEGORIES

OSTEOBLAST = Entity(id="osteoblast", name="osteoblast", category="cell")
FORMATION = Entity(id="formation", name="bone formation", category="process")
MAGNESIUM = Entity(id="magnesium", name="magnesium", category="chemical")
SUBCLASS = f"<{NAMESPACES['rdfs']}subClassOf>"


def says(
    subject: str, predicate: str, target: str, qualifiers: Context = (), *, negated: bool = False
) -> Statement:
    return Statement(
        subject=subject,
        predicate=predicate,
        object=target,
        qualifiers=qualifiers,
        negated=negated,
        topic="t",
    )


def problems_of(*statements: Statement) -> list[str]:
    graph = Graph([OSTEOBLAST, FORMATION, MAGNESIUM, *statements])
    return sorted(f"{problem.code}: {problem}" for problem in logic(graph))


def test_each_statement_that_cannot_be_true_is_named() -> None:
    rest = "or a negated statement denies it: correct the predicate, a category, or the negated"
    assert problems_of(
        says("magnesium", "causes", "osteoblast"),  # a cell is nothing that can be caused
        says("formation", "secretes", "magnesium"),  # a process secretes nothing
        says("magnesium", "associated_with", "osteoblast"),
        says("osteoblast", "associated_with", "magnesium", negated=True),  # symmetric
        says("osteoblast", "requires", "magnesium"),
    ) == [
        "contradicts-ontology: t.tsv: formation secretes magnesium: it cannot be true of process and"
        f" chemical, {rest} statement",
        "contradicts-ontology: t.tsv: magnesium associated_with osteoblast: it cannot be true of"
        f" chemical and cell, {rest} statement",
        "contradicts-ontology: t.tsv: magnesium causes osteoblast: it cannot be true of chemical and"
        f" cell, {rest} statement",
    ]


def test_a_contradiction_of_several_statements_together_is_reported() -> None:
    assert problems_of(
        says("osteoblast", "part_of", "formation"),
        says("formation", "part_of", "magnesium"),
        says("osteoblast", "part_of", "magnesium", negated=True),
    ) == [
        "inconsistent: graph: HermiT finds a contradiction and no culprit: look at what was changed"
        " last"
    ]


def test_what_is_denied_in_one_context_may_hold_in_another_however_large_the_graph(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    men, women = (("sex", "male"),), (("sex", "female"),)
    graph = Graph(
        [
            OSTEOBLAST,
            FORMATION,
            MAGNESIUM,
            says("magnesium", "activates", "osteoblast"),
            says("magnesium", "activates", "osteoblast", men),
            says("magnesium", "activates", "osteoblast", women, negated=True),
            says("magnesium", "has_magic", "osteoblast"),  # of a predicate unknown to the ontology
        ]
    )
    monkeypatch.setattr(checks, "LARGE", 0)
    assert check(graph).skipped == (
        ("logic", "more than 0 statements; use --only logic to wait for it"),
    )
    outcome = check(graph, ["logic"])
    assert (outcome.ran, outcome.problems) == (("logic",), ())


#: Categories, and those of which nothing can be one and the other at once.
EXCLUDES = {
    "cell": "chemical protein complex",
    "process": "chemical protein complex food cell anatomy material population",
    "function": "chemical protein complex food cell anatomy material population",
    "intervention": "chemical protein complex cell anatomy material",
    "test": "chemical protein complex food cell anatomy material process function trait condition",
    "trait": "chemical protein complex food cell anatomy material population intervention",
    "condition": "chemical protein complex food cell population",
    "population": "chemical protein complex",
}


def test_categories_exclude_each_other_where_nothing_can_be_both() -> None:
    expected = {
        tuple(sorted((name, other))) for name, row in EXCLUDES.items() for other in row.split()
    }
    both: dict[tuple[str, str], tuple[str, str]] = {}
    for pair in combinations(sorted(CATEGORIES), 2):
        for name in pair:
            iri = f"{ONTOLOGY}both-{'-'.join(pair)}"
            both[iri, CATEGORIES[name].iri_name] = pair
    axioms = "".join(f"<{iri}> {SUBCLASS} <{ONTOLOGY}{name}> .\n" for iri, name in both)
    problems = [str(problem) for problem in contradictions(Graph(), ontology() + axioms)]
    fix = ": nothing can belong to this class: correct what the ontology says of it"
    pairs = {iri.removeprefix(ONTOLOGY) + fix: pair for (iri, _), pair in both.items()}
    assert {pairs[problem] for problem in problems} == expected
    assert len(problems) == len(expected)


def test_no_file_of_the_ontology_imports_another() -> None:
    """owlready2 and HermiT would fetch what is imported, from the web or the disk."""
    paths = sorted(shipped.ontology().rglob("*.ttl"))
    imports = f"{NAMESPACES['owl']}imports"
    quads = ((path.name, quad) for path in paths for quad in ox.parse(path=path))
    assert {name for name, quad in quads if quad.predicate.value == imports} == set()
    assert "trabecula.ttl" in {path.name for path in paths}


def test_triples_that_hermit_cannot_read_are_an_error() -> None:
    with pytest.raises(TrabeculaError, match=r"^HermiT gave no answer: "):
        empty_classes("<a> <b")


def test_without_owlready2_the_check_is_skipped_and_names_the_extra(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "owlready2", None)
    with pytest.raises(MissingExtra):
        list(logic(Graph()))
    outcome = check(Graph(), ["logic"])
    why = 'checking logic needs an extra: pip install "trabecula[validate]"'
    assert (outcome.ran, outcome.skipped) == ((), (("logic", why),))


def test_without_java_the_check_is_skipped_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(MissingProgram):
        list(logic(Graph()))
    why = "checking logic needs Java 8 or later (java), which is not installed"
    assert check(Graph(), ["logic"]).skipped == (("logic", why),)
