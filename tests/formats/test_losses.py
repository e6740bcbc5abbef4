"""What a format loses is what it says it loses: field by field, on graphs that have everything.

A statement is known by its ends, its sign and its qualifiers, for many formats have no predicates
but for their sign; a negated one says the same as one that its evidence disputes.
"""

from __future__ import annotations

import random
import re
import warnings
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, TypeAlias

import pytest

from trabecula import formats
from trabecula.errors import FormatError
from trabecula.formats import FORMATS
from trabecula.graph import Graph
from trabecula.leftover import Leftovers
from trabecula.model import Context, Effect, Entity, Evidence, Record, Source, Statement, Xref

#: Ends in order, and the sign.
_Pair: TypeAlias = tuple[str, str, int]

_PREDICATES: Final = (
    "activates", "increases", "inhibits", "decreases", "affects", "requires", "binds",
    "associated_with", "negatively_correlated_with", "part_of", "subclass_of", "causes",
)  # fmt: skip
_THINGS: Final = {
    "pth": "protein", "CHEBI:29108": "chemical", "GO:0045453": "process", "resorption": "process",
    "kinase": "function", "MONDO:0005298": "condition", "UBERON:0002481": "anatomy",
}  # fmt: skip
_TEXTS: Final = (
    'say "it"', "a | b", "α β; γ", "x=y; z", "not: x", "<b>&amp;", "C:\\n \\t", "it's, 5 µg",
    "{a} [b]", "%s", "NA", "null", "-", "Na", "#x", "'q'", "12", "true",
)  # fmt: skip
_SOURCES: Final = (
    "PMID:1",
    "PMID:22",
    "doi:10.5555/x(2)",
    "survey",
    "https://e.org/a?b=1&c=2",
    "SIGNOR",
)
#: What denies where nobody is said to.
_FILES: Final = frozenset(("graph", "graph_edges", "graph.indra"))
_XREFS: Final = (Xref("exact", "MESH:D1"), Xref("close", "umls:C1"), Xref("related", "omim:12"))

#: Fields of entities, and of evidence.
_OF_ENTITIES: Final = ("name", "category", "synonyms", "description", "taxon", "xrefs")
_OF_EVIDENCE: Final = ("method", "species", "system", "context", "summary", "locator", "strength", "effect")  # fmt: skip
#: Field -> how `loses` says that it is lost.
_ANNOUNCED: Final = {
    **dict.fromkeys(
        ("synonyms", "description", "taxon", "xrefs"),
        "of entities|texts such as NA|no cross-reference",
    ),
    "name": "names|all of entities|of entities all but|ids of proteins",
    "category": "categories|all of entities|of entities all but|things but molecules|no cross-reference",
    "topic": "topics|no cross-reference",
    "rows": "and who|who |of evidence|all evidence|evidence against|what is disputed|what a source",
    "method": "design|methods|of evidence|all evidence|what a source",
    "system": "system|of evidence|all evidence|what a source",
    "strength": "how strong|strengths|of evidence|all evidence|what a source",
    "locator": "where it stands|where evidence stands|of evidence|all evidence|what a source",
    "effect": "sizes of effects|of evidence|all evidence|what a source",
    **dict.fromkeys(
        ("species", "context", "summary"),
        "what each of them says|texts such as NA|of evidence|all evidence|what a source",
    ),
}
BOTH: Final = [
    form.name for form in FORMATS.values()
    if form.reads and form.writes and not form.lossless
]  # fmt: skip
NETWORKS: Final = ["graphml", "gexf", "gml", "xgmml", "cyjs", "cx2", "cx"]


def graph(seed: int) -> Graph:
    """A small graph with everything that a record may hold."""
    draw = random.Random(seed)  # noqa: S311
    ids = draw.sample(sorted(_THINGS), draw.randint(2, 5))
    records: list[Record] = [Source(id=key) for key in _SOURCES]
    records += [_entity(key, draw) for key in ids[: draw.randint(0, len(ids))]]
    for _ in range(draw.randint(0, 6)):
        records.append(
            Statement(
                subject=draw.choice(ids),
                predicate=draw.choice(_PREDICATES),
                object=draw.choice(ids),
                negated=draw.random() < 0.2,
                qualifiers=draw.choice([(), (), (("sex", "male"),), (("age", "> 60; α|β"),)]),
                topic=draw.choice(["", "bone"]),
                evidence=tuple(_row(draw) for _ in range(draw.choice([0, 0, 1, 1, 1, 2, 3]))),
            )
        )
    return Graph(records)


def _entity(key: str, draw: random.Random) -> Entity:
    return Entity(
        id=key,
        name=f"{draw.choice(_TEXTS)} {key}",
        category=_THINGS[key],
        synonyms=tuple(draw.sample(_TEXTS, draw.randint(0, 2))),
        description=draw.choice(["", *_TEXTS]),
        taxon=draw.choice(["", "NCBITaxon:9606"]),
        xrefs=tuple(draw.sample(_XREFS, draw.randint(0, 2))),
    )


def _row(draw: random.Random) -> Evidence:
    contexts: list[Context] = [(), (("dose", "5 mg"),), (("cell_type", "α; β|γ"), ("dose", "1=2"))]
    return Evidence(
        source=draw.choice(_SOURCES),
        stance=draw.choice(["supports", "supports", "disputes", "qualifies"]),
        method=draw.choice(["", "cohort", "cell-culture"]),
        species=draw.choice(["", "human", "mouse"]),
        system=draw.choice(["", "in-vivo"]),
        context=draw.choice(contexts),
        summary=draw.choice(["", *_TEXTS]),
        locator=draw.choice(["", "p. 5"]),
        strength=draw.choice(["", "direct"]),
        effect=draw.choice([None, Effect(measure="HR", value="1.8")]),
    )


@cache
def through(seed: int, name: str) -> Graph | None:
    """What comes back of a graph; None where the file of one has nothing that is read."""
    form = FORMATS[name]
    with TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        path = Path(folder) / f"graph{form.suffixes[0]}"
        formats.write(graph(seed), path, name)
        try:
            return formats.load(path, name, left=Leftovers())
        except FormatError:
            if any(_pair(s, graph(seed)) for s in graph(seed).statements.values()):
                assert name in ("kgx-jsonl", "biopax", "sbml-qual", "kgx-parquet", "indra")
            return None


def _pair(statement: Statement, given: Graph) -> _Pair:
    row = given.words.relation(statement.predicate)
    ends = sorted((statement.subject, statement.object))
    first, last = ends if row.symmetric else (statement.subject, statement.object)
    return first, last, row.sign


def _rows(statement: Statement) -> list[Evidence]:
    """The evidence for and against what a statement says or negates."""
    turned = {"supports": "disputes", "disputes": "supports"} if statement.negated else {}
    return [replace(row, stance=turned.get(row.stance, row.stance)) for row in statement.evidence]


def rows_by_pair(given: Graph) -> dict[tuple[_Pair, Context], list[Evidence]]:
    """All evidence on two ends with a sign and qualifiers, but for a file that denies by itself."""
    rows: dict[tuple[_Pair, Context], list[Evidence]] = {}
    for statement in given.statements.values():
        place = _pair(statement, given), statement.qualifiers
        own = [row for row in _rows(statement) if row.source not in _FILES]
        rows.setdefault(place, []).extend(own)
    return rows


def lost(seed: int, name: str) -> Iterator[str]:
    """The fields in which something is not what it was."""
    before, after = graph(seed), through(seed, name)
    if after is None:
        return
    for key in before.entities.keys() & after.entities.keys():
        ours, theirs = before.entities[key], after.entities[key]
        for field in _OF_ENTITIES:
            if sorted(map(str, getattr(ours, field))) != sorted(map(str, getattr(theirs, field))):
                yield field
    topics = [
        {(_pair(s, g), s.qualifiers, s.topic) for s in g.statements.values()}
        for g in (before, after)
    ]
    if {place[:2] for place in topics[0] - topics[1]} & {place[:2] for place in topics[1]}:
        yield "topic"
    was, became = rows_by_pair(before), rows_by_pair(after)
    for place in was.keys() & became.keys():
        if len(was[place]) != len(became[place]):
            yield "rows"
            continue
        for field in _OF_EVIDENCE:
            values = [Counter(_text(row, field) for row in rows[place]) for rows in (was, became)]
            if values[0] != values[1]:
                yield field


def _text(row: Evidence, field: str) -> str:
    """What a field says; a size in words, and a kind of evidence by its term, are told beside."""
    if field == "context":
        return str([pair for pair in row.context if pair[0] not in ("effect", "evidence")])
    return str(getattr(row, field))


@pytest.mark.parametrize("name", BOTH)
def test_what_a_format_loses_it_announces(name: str) -> None:
    fields = {field for seed in range(40) for field in lost(seed, name)}
    silent = [
        field for field in sorted(fields) if not re.search(_ANNOUNCED[field], FORMATS[name].loses)
    ]
    assert silent == []


@pytest.mark.parametrize("name", NETWORKS)
def test_networks_lose_nothing_else_of_a_record_than_its_strength(name: str) -> None:
    assert {field for seed in range(40) for field in lost(seed, name)} == {"strength"}
    for seed in range(40):
        after = through(seed, name)
        assert after is not None
        assert rows_by_pair(graph(seed)).keys() == rows_by_pair(after).keys()


@pytest.mark.parametrize("name", BOTH)
def test_no_format_makes_evidence_up_or_things(name: str) -> None:
    """By ends whichever comes first, sign, stance and source: none that was not there, nor more."""

    def counted(given: Graph) -> Counter[tuple[object, ...]]:
        return Counter(
            (*sorted(pair[:2]), pair[2], row.stance, row.source)
            for (pair, _), rows in rows_by_pair(given).items()
            for row in rows
        )

    for seed in range(40):
        after = through(seed, name)
        if after is None or name == "bel":  # whose proteins have other ids
            continue
        assert counted(after) <= counted(graph(seed)), seed
        assert after.entities.keys() <= {*_THINGS, *(xref.curie for xref in _XREFS)}


def test_a_bar_in_a_qualifier_does_not_part_it_in_a_table_of_kgx() -> None:
    qualified = Statement(
        subject="pth", predicate="affects", object="kinase", qualifiers=(("age", "> 60; α|β"),)
    )
    with TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name, text in (("kgx", "> 60; α/β"), ("kgx-jsonl", "> 60; α|β")):
            path = Path(folder) / f"graph{FORMATS[name].suffixes[0]}"
            formats.write([qualified], path, name)
            (statement,) = formats.load(path, left=Leftovers()).statements.values()
            assert statement.qualifiers == (("age", text),)
