"""A second opinion: which things are the same, and where two graphs agree."""

from __future__ import annotations

import pytest

from trabecula.graph import Graph
from trabecula.model import Entity, Evidence, Statement, Xref
from trabecula.reason.compare import compare, shared, table
from trabecula.reason.conclusions import Conclusions

READ = Evidence(source="one", strength="review")
RATS = Evidence(source="two", strength="direct", species="rat")
TITLE = Evidence(source="three", strength="title-only")


def graph_of(*lines: tuple[str, Evidence] | str) -> Graph:
    pairs = [(line, READ) if isinstance(line, str) else line for line in lines]
    return Graph(
        Statement(subject=s, predicate=p, object=o, evidence=(row,))
        for (s, p, o), row in ((line.split(), row) for line, row in pairs)
    )


def agreements(here: Graph, there: Graph, **same: str) -> dict[tuple[str, str], str]:
    both = (Conclusions(graph.columns) for graph in (here, there))
    return {(p.start, p.end): p.agreement for p in compare(*both, same).pairs}


def test_signs_are_compared_whatever_the_steps() -> None:
    here = graph_of("a increases b", "b decreases c")
    there = graph_of("A increases m", "m increases B", "B increases C", "C decreases A")
    assert agreements(here, there, a="A", b="B", c="C") == {
        ("a", "b"): "agree",
        ("a", "c"): "only here",  # three steps there
        ("b", "c"): "opposite",
        ("b", "a"): "only there",
        ("c", "a"): "only there",
    }  # fmt: skip


def test_graphs_are_opposite_only_on_like_ground() -> None:
    grounds = [
        (("a increases b",), ("a decreases b",)),
        (("a positively_correlated_with b",), ("a negatively_correlated_with b",)),
        (("a increases m", "m increases b"), ("a increases m", "m decreases b")),
        ((("a increases b", TITLE),), (("a decreases b", TITLE),)),
    ]
    relations = [
        [agreements(graph_of(*up), graph_of(*down), a="a", b="b")["a", "b"] for _, down in grounds]
        for up, _ in grounds
    ]
    assert relations == [
        ["opposite" if here_sign == there_sign else "differs" for here_sign in range(4)]
        for there_sign in range(4)
    ]


def test_what_was_found_in_animals_is_a_statement_as_well() -> None:
    here, there = graph_of("a increases b"), graph_of(("a decreases b", RATS))
    assert agreements(here, there, a="a", b="b") == {("a", "b"): "opposite"}


def test_names_of_one_quantity_are_compared_once() -> None:
    here = graph_of("level level_of a", "a increases b")
    conclusions = Conclusions(here.columns)
    comparison = compare(conclusions, conclusions, {"a": "a", "level": "level", "b": "b"})
    assert comparison.shared == (("a", "a"), ("b", "b"))
    assert comparison.counts() == {
        "opposite": 0, "differs": 0, "agree": 1, "only here": 0, "only there": 0,
    }  # fmt: skip


def test_things_are_the_same_by_id_exact_identifier_and_name_if_one_fits() -> None:
    def things(*rows: tuple[str, str, str]) -> Graph:
        return Graph(
            Entity(
                id=key, name=name, category="chemical", xrefs=(Xref("exact", curie),) * bool(curie)
            )
            for key, name, curie in rows
        )

    here = things(("a", "Zinc", ""), ("b", "b", "CHEBI:1"), ("c", "copper", ""), ("d", "tin", ""))
    there = things(
        ("a", "other", ""),
        ("CHEBI:1", "B2", ""),
        ("x", "Copper", ""),
        ("y", "tin", ""),
        ("z", "tin", ""),
    )
    assert shared(here.names, there.names) == {"a": "a", "b": "CHEBI:1", "c": "x"}


def test_a_table_of_names_is_read_and_a_bad_line_told() -> None:
    assert table(["here\tthere", "", "# no", "a\tA", "b\tB\tmore"], "t") == [("a", "A"), ("b", "B")]
    with pytest.raises(ValueError, match="t:2: write a name here, a tab, and a name there"):
        table(["a\tA", "b"], "t")
