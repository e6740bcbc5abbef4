"""From any format into any other: what is said is never turned round, and what is lost is announced.

Of a graph we look at what it says of two things, `(ends, sign, "is" or "not")`, and at who says so,
`(ends, sign, stance, source)`. Whatever formats a graph goes through, nothing of that is new at the
end; and each format keeps exactly the part that `KEPT` says, which is what its `loses` announces.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeAlias

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from trabecula import elsewhere, formats
from trabecula.formats import FORMATS
from trabecula.graph import Graph
from trabecula.leftover import Leftovers
from trabecula.mapping import Meanings
from trabecula.model import About, Entity, Evidence, Predicate, Record, Source, Statement
from trabecula.standing import sayable
from trabecula.vocabulary import PREDICATES, kin

#: A way in which two things are tied: ends, sign, and more.
Said: TypeAlias = tuple[object, ...]
#: What a format keeps: whether it has a statement, and of a row of evidence what it has.
Keeps: TypeAlias = Callable[[Graph, Statement], bool]

_OWN = Predicate(
    name="feeds", label="feeds", inverse="", inverse_label="is fed by", definition="Gives food to.",
    sign=1, kind="changes", influence="forward",
)  # fmt: skip
_PREDICATES = (
    "activates", "increases", "inhibits", "affects", "requires", "binds", "associated_with",
    "negatively_correlated_with", "part_of", "subclass_of", "RO:0002333", "feeds",
)  # fmt: skip
_THINGS = {
    "pth": "protein", "CHEBI:29108": "chemical", "GO:0045453": "process", "resorption": "process",
    "kinase": "function", "other-kinase": "function", "osteoporosis": "condition",
}  # fmt: skip
_SOURCES = ("PMID:1", "doi:10.5555/x(2)", "survey", "https://example.org/a?b=1&c=2")


def _named(statement: Statement, graph: Graph) -> Said:
    row = graph.words.relation(statement.predicate)
    pair = (statement.subject, statement.object)
    return (*(sorted(pair) if row.symmetric else pair), row.sign)


def _turned(statement: Statement) -> list[Evidence]:
    """The evidence of what a statement says or negates: what supports the one disputes the other."""
    turned = {"supports": "disputes", "disputes": "supports"} if statement.negated else {}
    return [replace(row, stance=turned.get(row.stance, row.stance)) for row in statement.evidence]


def _denied(statement: Statement) -> bool:
    rows = _turned(statement)
    sides = any(row.stance != "qualifies" for row in rows)
    return not sayable(rows) or (statement.negated and not sides)


def said(graph: Graph, *, only: Keeps | None = None, stances: str = "supports disputes qualifies",
         sources: bool = True) -> set[Said]:  # fmt: skip
    """What a graph says, and who; a negated statement says that what it negates is not so.

    Where a statement and its negation become one, what somebody supports is so, contested or not,
    and what nobody supports and somebody denies is not.
    """
    items = {
        item
        for statement in graph.statements.values()
        if only is None or only(graph, statement)
        for item in _of(statement, graph, stances.split(), sources=sources)
    }
    return _settled(items)


def _settled(items: set[Said]) -> set[Said]:
    backed = {item[:3] for item in items if item[3] == "supports"}
    denied = {item[:3] for item in items if item[3] == "not"} - backed
    return {
        item
        for item in items
        if not (
            (item[3] == "not" and item[:3] in backed) or (item[3] == "is" and item[:3] in denied)
        )
    }


def _of(statement: Statement, graph: Graph, stances: list[str], *, sources: bool) -> Iterator[Said]:
    what = _named(statement, graph)
    yield (*what, "not" if _denied(statement) else "is")
    for row in _turned(statement) if sources else ():
        if row.stance in stances and row.source in _SOURCES:  # and no file that denies by itself
            yield (*what, row.stance, row.source)


def through(graph: Graph, name: str) -> Graph:
    with TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        path = Path(folder) / f"graph{FORMATS[name].suffixes[0]}"
        formats.write(graph, path, name)
        if name in ("sbml-qual", "biopax", "kgx-jsonl", "kgx-parquet") and not KEPT[name](graph):
            return Graph()  # files of nothing are not read
        return formats.load(path, left=Leftovers())


# --- What is kept ---------------------------------------------------------------------------


def _kind(graph: Graph, statement: Statement) -> str:
    return graph.words.relation(statement.predicate).kind


def _category(graph: Graph, key: str) -> str:
    return kin(graph.entities[key].category) if key in graph.entities else ""


def affirmed(graph: Graph, statement: Statement) -> bool:
    return not statement.negated and sayable(statement.evidence)


def acting(*kinds: str) -> Keeps:
    return lambda graph, statement: affirmed(graph, statement) and _kind(graph, statement) in kinds


def of_indra(graph: Graph, statement: Statement) -> bool:
    return statement.predicate in ("binds", "Complex") or _kind(graph, statement) in (
        "changes",
        "goes with",
    )


def of_sif(graph: Graph) -> set[Said]:
    """A line for what is so, with the sign that its predicate has there."""
    return {
        (*ends, Meanings("sif").meaning(statement.predicate).sign, "is")
        for statement in graph.statements.values()
        if affirmed(graph, statement)
        for ends in [_named(statement, graph)[:2]]
    }


def of_bel(graph: Graph, statement: Statement) -> bool:
    structural = statement.predicate in ("subclass_of", "part_of")
    backed = not statement.evidence or any(row.stance == "supports" for row in statement.evidence)
    expressible = structural or _kind(graph, statement) in ("changes", "goes with")
    return backed and expressible and affirmed(graph, statement)


def of_biolink(graph: Graph) -> set[Said]:
    """An association for who supports and one for who disputes, but none for a doubted denial.

    What is neither ours nor Biolink's and does nothing is affirmed as `related_to`, which has no
    direction, and denied under its own name.
    """
    items: set[Said] = set()
    for statement in graph.statements.values():
        named, holds = _named(statement, graph), sayable(statement.evidence)
        mapped = statement.predicate.startswith("biolink:") or statement.predicate in PREDICATES
        acts = mapped or _kind(graph, statement) in ("changes", "goes with")
        is_so = named if acts else (*sorted(map(str, named[:2])), named[2])
        by = {
            stance: {row.source for row in statement.evidence if row.stance == stance}
            for stance in ("supports", "disputes")
        }
        denying = by["supports"] if statement.negated and holds else set()
        denying = by["disputes"] if not statement.negated else denying
        if denying or (statement.negated and not statement.evidence):
            items |= {(*named, "not"), *((*named, "disputes", source) for source in denying)}
        if not statement.negated and (not statement.evidence or (holds and by["supports"])):
            items |= {(*is_so, "is"), *((*is_so, "supports", source) for source in by["supports"])}
    return _settled(
        {item for item in items if item[4:5] in ((), *((source,) for source in _SOURCES))}
    )


def of_biopax(graph: Graph, statement: Statement) -> bool:
    ends = [_category(graph, end) for end in (statement.subject, statement.object)]
    molecules, processes = ("protein", "chemical", "complex"), ("process", "function")
    if not affirmed(graph, statement):
        return False
    if statement.predicate == "binds":
        return statement.subject != statement.object and all(end in molecules for end in ends)
    changes = _kind(graph, statement) == "changes"
    return changes and ends[0] in molecules + processes and ends[1] in processes


def of_gocam(graph: Graph, statement: Statement) -> bool:
    active = {key for key in graph.entities if _category(graph, key) == "function"}
    rows = graph.statements.values()
    enabling = [row for row in rows if row.predicate == "RO:0002333" and affirmed(graph, row)]
    active |= {row.subject for row in enabling}
    if not affirmed(graph, statement) or statement.subject not in active:
        return False
    first = next((row for row in enabling if row.subject == statement.subject), None)
    return statement is first or (
        _kind(graph, statement) == "changes" and statement.object in active
    )


ALL = [form.name for form in FORMATS.values() if form.lossless and form.suffixes]
NETWORKS = ["graphml", "gexf", "gml", "xgmml", "cyjs", "cx2", "cx", "dot"]
#: Format -> the part of what a graph says that it keeps.
KEPT: dict[str, Callable[[Graph], set[Said]]] = {
    **dict.fromkeys([*ALL, *NETWORKS], said),
    **dict.fromkeys(["obo", "obographs"], lambda g: said(g, only=affirmed, stances="supports")),
    **dict.fromkeys(
        ["gpml", "gpml-2021", "sbgn"], lambda g: said(g, only=acting("changes", "needs"), stances="supports")
    ),
    "sif": of_sif,
    **dict.fromkeys(["kgx", "kgx-jsonl", "kgx-parquet", "neo4j", "trapi"], of_biolink),
    "bel": lambda g: said(g, only=of_bel, stances="supports"),
    "sbml-qual": lambda g: said(g, only=acting("changes"), stances="supports"),
    "biopax": lambda g: said(g, only=of_biopax, stances="supports"),
    "gocam": lambda g: said(g, only=of_gocam, stances="supports"),
    "indra": lambda g: said(g, only=of_indra, stances="supports disputes"),
}  # fmt: skip


# --- Graphs ---------------------------------------------------------------------------------


@st.composite
def graphs(draw: st.DrawFn) -> Graph:
    """Small graphs with everything that formats stumble over."""
    ids = draw(st.lists(st.sampled_from(sorted(_THINGS)), min_size=1, max_size=4, unique=True))
    named = ids[: draw(st.integers(0, len(ids)))]  # the others are only mentioned
    names = st.sampled_from(['say "it"', "a | b", "n12", "12", "α β", "x=y; z", "not: x", "<b>&"])
    records: list[Record] = [
        About(predicates=(_OWN,)),
        *(Source(id=key) for key in _SOURCES),
        *(Entity(id=key, name=f"{draw(names)} {key}", category=_THINGS[key]) for key in named),
    ]
    for place in range(draw(st.integers(0, 4))):
        stances = draw(st.lists(st.sampled_from(["supports", "disputes", "qualifies"]), max_size=3))
        predicate = draw(st.sampled_from(_PREDICATES))
        records.append(
            Statement(
                subject=draw(st.sampled_from(ids)),
                predicate=predicate,
                object=draw(st.sampled_from(ids)),  # itself, too
                # what its own word would mean that is not so, only lossless formats say
                negated=draw(st.booleans()) and predicate != _OWN.name,
                qualifiers=draw(st.sampled_from([(), (("sex", "male"),)])),
                evidence=tuple(
                    Evidence(
                        source=draw(st.sampled_from(_SOURCES)),
                        stance=stance,
                        summary=f"{place} {number}",
                    )
                    for number, stance in enumerate(stances)
                ),
            )
        )
    return Graph(records)


@settings(max_examples=25)
@given(graph=graphs())
@pytest.mark.parametrize("name", KEPT)
def test_a_format_keeps_exactly_what_it_says(name: str, graph: Graph) -> None:
    assert said(through(graph, name)) == KEPT[name](graph)


def everything() -> Graph:
    """A graph with each predicate, in each way to be so or not, of things next to each other."""
    things = list(_THINGS)
    records: list[Record] = [
        About(predicates=(_OWN,)),
        *(Entity(id=key, name=f'{key} "α" <&>', category=kind) for key, kind in _THINGS.items()),
        *(Source(id=key) for key in _SOURCES),
    ]
    ways = ["", "s", "d", "q", "sd", "ss", "sq", "dq", "n", "ns", "nd", "nq", "nsd"]
    stances = {"s": "supports", "d": "disputes", "q": "qualifies"}
    for number, predicate in enumerate(_PREDICATES):
        for place, way in enumerate(ways):
            if (number + place) % 2 or (predicate == _OWN.name and "n" in way):
                continue
            start = (number + place) % len(things)
            records.append(
                Statement(
                    subject=things[start],
                    predicate=predicate,
                    object=things[(start + place) % len(things)],
                    negated="n" in way,
                    evidence=tuple(
                        Evidence(source=source, stance=stances[mark], summary=f"{number} {place}")
                        for mark, source in zip(way.strip("n"), _SOURCES, strict=False)
                    ),
                )
            )
    return Graph(records)


@pytest.mark.parametrize("first", ["json", *(name for name in KEPT if name not in ALL)])
def test_from_any_format_into_any_other_nothing_is_turned_round(first: str) -> None:
    """Lossless formats, which give back what they got, stand for each other."""
    graph = through(everything(), first)
    assert said(graph) == KEPT[first](everything())
    for second, kept in KEPT.items():
        if second not in ALL:
            assert said(through(graph, second)) == kept(graph), second


# --- Predicates that the graph does not define ------------------------------------------------


def foreign() -> Graph:
    """A graph with each predicate of others that has a meaning here, and defines none of them."""
    spoken = {
        row.name if vocabulary == "*" else f"{vocabulary}:{row.name}"
        for vocabulary, row in elsewhere.rows()
        if vocabulary in ("*", "bel")
    }
    matched = {term for row in PREDICATES.values() for _, term in row.mappings}
    names = sorted(name for name in spoken | matched if elsewhere.has_prefix(name))
    ends = [f"{end}-{number}" for number in range(len(names)) for end in ("a", "b")]
    return Graph(
        [
            *(Entity(id=key, name=key, category="protein") for key in ends),
            *(
                Statement(subject=f"a-{number}", predicate=name, object=f"b-{number}")
                for number, name in enumerate(names)
            ),
        ]
    )


def signs(graph: Graph) -> dict[frozenset[str], int]:
    return {
        frozenset((row.subject, row.object)): graph.words.sign_of(row)
        for row in graph.statements.values()
    }


@pytest.mark.parametrize("name", KEPT)
def test_a_predicate_that_nobody_defines_has_the_sign_it_has_elsewhere_in_every_format(
    name: str,
) -> None:
    graph = foreign()
    told = signs(graph)
    assert {1, -1, 0} == set(told.values())
    back = through(graph, name)
    assert signs(back).items() <= told.items()
    if name in (*ALL, *NETWORKS, "sif"):
        assert signs(back) == told
    for second in ("graphml", "kgx", "sif"):
        assert signs(through(back, second)).items() <= told.items(), second


def test_the_definition_of_a_graph_goes_before_what_its_predicate_means_elsewhere() -> None:
    own = replace(_OWN, name="biolink:treats", sign=0, kind="", influence="none")
    words = Graph([About(predicates=(own,))]).words
    assert words.relation("biolink:treats") == own
    assert Graph().words.relation("biolink:treats").sign == -1


def test_every_format_that_is_read_and_written_is_looked_at() -> None:
    both = {form.name for form in FORMATS.values() if form.reads and form.writes}
    assert both - set(KEPT) == {"curated", "sssom"}  # which hold what was read, and mappings
