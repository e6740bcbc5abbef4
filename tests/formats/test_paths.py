"""What is kept on any way through formats: signs, negation and the number of rows of evidence.

Lossless formats give the graph back; the others lose what they announce and nothing else.
"""

from __future__ import annotations

import warnings
from collections import Counter
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trabecula import formats
from trabecula.characters import folded
from trabecula.formats import FORMATS
from trabecula.graph import Graph
from trabecula.leftover import Leftovers
from trabecula.model import Entity, Evidence, Record, Source, Statement, Xref

LOSSLESS = [form.name for form in FORMATS.values() if form.lossless and form.suffixes]
#: Networks that have a place for the sign, for negation and for every row of evidence.
NETWORKS = ["graphml", "gexf", "gml", "xgmml", "cyjs", "cx2", "dot"]

_TEXT = st.text(
    st.characters(
        codec="utf-8", categories=("L", "N", "P", "S"), exclude_characters="\ufffe\uffff"
    ),
    min_size=1,
    max_size=8,
).map(lambda text: f"x{text}")
_SPECIAL = st.sampled_from(
    ['say "it"', "a | b", "[1]", "['a']", "x=y; z", "&amp; <b>", "back\\slash", "n12", "12", "α β",
     "{", "\\N", "not: x", "a, b; c"]
)  # fmt: skip
_NAMES = _TEXT | _SPECIAL
_IDS = st.sampled_from(["pth", "CHEBI:29108", "calcium", "UniProtKB:P04637", "n1"])
#: A predicate of each sign, one without a direction, and one of another vocabulary.
_PREDICATES = st.sampled_from(
    ["activates", "inhibits", "affects", "requires", "associated_with", "negatively_correlated_with",
     "part_of"]
)  # fmt: skip
_SOURCES = ("PMID:1", "doi:10.5555/x(2)", "survey")


@st.composite
def graphs(draw: st.DrawFn) -> Graph:
    ids = draw(st.lists(_IDS, min_size=1, unique=True))
    records: list[Record] = [Source(id=key) for key in _SOURCES]
    for key in ids[: draw(st.integers(0, len(ids)))]:  # the others are only mentioned
        synonyms = sorted(
            draw(st.lists(_NAMES, max_size=2, unique=True)), key=lambda text: (folded(text), text)
        )
        name = draw(_NAMES.filter(lambda text: text not in synonyms))  # noqa: B023
        xrefs = draw(st.lists(st.sampled_from(["CHEBI:1", "CHEBI:2"]), max_size=2, unique=True))
        records.append(
            Entity(
                id=key,
                name=name,
                category=draw(st.sampled_from(["chemical", "protein", "biolink:Gene"])),
                synonyms=tuple(synonyms),
                xrefs=tuple(
                    Xref("exact", curie, draw(_NAMES | st.just(""))) for curie in sorted(xrefs)
                ),
                description=draw(_NAMES | st.just("")),
            )
        )
    for place in range(draw(st.integers(0, 4))):
        rows = draw(st.integers(0, 3))
        records.append(
            Statement(
                subject=draw(st.sampled_from(ids)),
                predicate=draw(_PREDICATES),
                object=draw(st.sampled_from(ids)),  # itself, too
                negated=draw(st.booleans()),
                qualifiers=draw(st.sampled_from([(), (("dose", "a=b; c"),), (("sex", "male"),)])),
                evidence=tuple(
                    Evidence(
                        source=draw(st.sampled_from(_SOURCES)),
                        stance=draw(st.sampled_from(["supports", "disputes", "qualifies"])),
                        summary=f"{place} {number} {draw(_NAMES)}",
                        context=draw(st.sampled_from([(), (("severity", "mild"),)])),
                    )
                    for number in range(rows)
                ),
            )
        )
    return Graph(records)


def through(graph: Graph, name: str) -> Graph:
    with TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        path = Path(folder) / f"graph{FORMATS[name].suffixes[0]}"
        formats.write(graph, path, name)
        return formats.load(path, left=Leftovers())


def essence(graph: Graph) -> Counter[tuple[object, ...]]:
    """Ends, sign and stance of each row of evidence, and of each statement without any.

    A statement that is negated says that it is not so: what supports it disputes what it negates,
    and the other way round; where rows only qualify it, it is the file that denies it.
    """
    counts: Counter[tuple[object, ...]] = Counter()
    for statement in graph.statements.values():
        predicate = graph.words.relation(statement.predicate)
        pair = (statement.subject, statement.object)
        what = (
            *(sorted(pair) if predicate.symmetric else pair),
            predicate.sign,
            statement.qualifiers,
        )
        only_qualified = all(row.stance == "qualifies" for row in statement.evidence)
        if statement.negated and only_qualified:  # denied by the file, whose name is `graph`
            counts[(*what, "disputes", "graph")] += 1
        for row in statement.evidence:
            stance = row.stance
            if statement.negated:
                turned = {"supports": "disputes", "disputes": "supports"}
                stance = turned.get(stance, stance)
            counts[(*what, stance, row.source)] += 1
    return counts


@settings(max_examples=10)
@given(graph=graphs())
@pytest.mark.parametrize("name", LOSSLESS)
def test_a_lossless_format_gives_the_graph_back(name: str, graph: Graph) -> None:
    assert through(graph, name) == graph


@settings(max_examples=6)
@given(graph=graphs())
@pytest.mark.parametrize(("first", "second"), list(pairwise([*NETWORKS, *NETWORKS[::-1]])))
def test_signs_negation_and_evidence_are_kept_on_every_way(
    first: str, second: str, graph: Graph
) -> None:
    once = through(graph, first)
    assert essence(once) == essence(graph)
    assert essence(through(once, second)) == essence(graph)


@settings(max_examples=10)
@given(graph=graphs())
@pytest.mark.parametrize("name", [name for name in NETWORKS if name != "dot"])
def test_a_network_keeps_entities_as_they_are(name: str, graph: Graph) -> None:
    back = through(graph, name)
    assert {key: back.entities[key] for key in graph.entities} == dict(graph.entities)


@settings(max_examples=6)
@given(graph=graphs())
@pytest.mark.parametrize("name", NETWORKS)
def test_nothing_more_is_lost_the_second_time(name: str, graph: Graph) -> None:
    once = through(graph, name)
    twice = through(once, name)
    assert (twice.entities, twice.statements) == (once.entities, once.statements)
