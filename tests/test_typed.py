"""A record of a program that holds something else than it should is told at once, with its field."""

from __future__ import annotations

import re
from typing import Any

import pytest

from trabecula.graph import Graph
from trabecula.model import Effect, Entity, Evidence, Source, Statement, Xref
from trabecula.typed import typed

NAN = float("nan")


def entity(**given: Any) -> Entity:
    return Entity(**{"id": "a", "name": "A", "category": "chemical", **given})


def statement(**given: Any) -> Statement:
    return Statement(**{"subject": "a", "predicate": "increases", "object": "b", **given})


@pytest.mark.parametrize(
    ("record", "message"),
    [
        (entity(name=NAN), "the name of Entity 'a' is nan: give a text"),
        (entity(taxon=9606), "the taxon of Entity 'a' is 9606: give a text"),
        (entity(synonyms="abc"), "the synonyms of Entity 'a' are 'abc': give several texts, such as ('…', '…')"),
        (entity(synonyms=("x", NAN)), "the synonyms of Entity 'a' are ('x', nan): give several texts"),
        (entity(xrefs=("CHEBI:1",)), "give cross-references, such as (Xref(…),)"),
        (Source(id="PMID:1", year=2001), "the year of Source 'PMID:1' is 2001: give a text"),  # type: ignore[arg-type]
        (Source(id="PMID:1", authors="Smith J"), "the authors of Source 'PMID:1' are 'Smith J'"),  # type: ignore[arg-type]
        (statement(subject=None), "the subject of Statement is None: give a text"),
        (statement(negated="false"), "the negated of Statement is 'false': give True or False"),
        (statement(qualifiers={"dose": "1"}), "give pairs of texts, such as (('dose', '1 g'),)"),
        (statement(evidence="PMID:1"), "the evidence of Statement is 'PMID:1': give evidence"),
        (statement(evidence=({"source": "PMID:1"},)), "give evidence, such as (Evidence(…),)"),
        (statement(evidence=(Evidence(source="x", summary=NAN),)), "the summary of Evidence is nan"),  # type: ignore[arg-type]
        (statement(evidence=(Evidence(source="x", effect="2"),)), "give an Effect(…) or None"),  # type: ignore[arg-type]
    ],
)  # fmt: skip
def test_a_field_of_another_type_is_told_with_what_is_wanted(record: Any, message: str) -> None:
    with pytest.raises(TypeError, match=re.escape(message)):
        Graph([record])


def test_lists_are_tuples_in_a_graph_and_the_rest_is_left_alone() -> None:
    rows = [Evidence(source="PMID:1", context=[["dose", "1 g"]])]  # type: ignore[arg-type]
    made = typed(statement(evidence=rows))
    assert made == statement(evidence=(Evidence(source="PMID:1", context=(("dose", "1 g"),)),))
    assert typed(entity(synonyms=["x"])) == entity(synonyms=("x",))
    for record in (
        entity(xrefs=(Xref("exact", "CHEBI:1"),)),
        statement(qualifiers=(("dose", "1 g"),), evidence=(Evidence(source="x", effect=Effect()),)),
        Source(id="PMID:1", authors=("Smith J",)),
    ):
        assert typed(record) is record


@pytest.mark.parametrize("records", ["", {}, b"", "abc"])
def test_a_text_is_no_graph_even_an_empty_one(records: Any) -> None:
    with pytest.raises(TypeError, match="a graph is made of records"):
        Graph(records)
