"""What a person says in other words is looked up in those of the graph, and nothing is guessed."""

from __future__ import annotations

from itertools import permutations

import pytest

from trabecula.errors import NotFound
from trabecula.graph import Graph
from trabecula.lookup import search
from trabecula.model import Entity
from trabecula.phrases import PHRASES


def made(*names: str | tuple[str, ...]) -> Graph:
    texts = [(name,) if isinstance(name, str) else name for name in names]
    return Graph(
        Entity(id=f"e{n}", name=name, category="chemical", synonyms=tuple(more))
        for n, (name, *more) in enumerate(texts)
    )


def meant(graph: Graph, text: str) -> str | None:
    entity = graph.find(text)
    return entity and entity.name


@pytest.mark.parametrize("group", PHRASES, ids=lambda group: str(group[1]))
def test_whatever_phrase_of_a_group_the_graph_has_every_other_finds_it(
    group: tuple[str, ...],
) -> None:
    for own, typed in permutations(group, 2):
        if typed == "*":
            continue  # the name alone never means more than it says
        graph = made(own.replace("*", "zinc"), ("iron", "Fe"), "iron overload")
        assert meant(graph, typed.replace("*", "zinc")) == own.replace("*", "zinc"), (own, typed)


def test_a_part_may_be_said_by_another_name_of_it() -> None:
    graph = made(("magnesium", "Mg", "Mg²⁺"), "magnesium transporter", "blood magnesium")
    assert meant(graph, "Mg transporter") == "magnesium transporter"
    assert meant(graph, "mg²⁺ transporters") == "magnesium transporter"
    assert meant(graph, "serum Mg levels") == "blood magnesium"
    assert meant(graph, "zinc transporter") is None


def test_what_fits_several_is_left_alone() -> None:
    graph = made("high zinc", "zinc excess")
    assert meant(graph, "raised zinc") is None
    with pytest.raises(NotFound, match="no entity is called 'raised zinc'"):
        graph.get("raised zinc")


def test_what_something_is_called_is_that_and_not_what_it_may_mean() -> None:
    graph = made("low zinc", "zinc deficiency")
    assert [meant(graph, text) for text in ("low zinc", "zinc deficiency")] == [
        "low zinc", "zinc deficiency",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("zinc", "zinc deficiency"),  # the thing is not its lack
        ("low zinc", "zinc excess"),
        ("zinc loss", "zinc deficiency"),
        ("blood zinc", "zinc"),
        ("zinc intake", "zinc supplementation"),
        ("low", "zinc deficiency"),
        ("low zinc " * 60, "zinc deficiency"),
    ],
)
def test_what_differs_in_meaning_is_never_taken_for_the_other(text: str, name: str) -> None:
    assert meant(made(name, "iron"), text) is None


@pytest.mark.parametrize(
    "text", ["lack of calcium", "calcium deficiency", "too little calcium", "Ca depletion"]
)
def test_a_lack_is_no_low_level_in_the_blood(text: str) -> None:
    graph = made(("hypocalcaemia", "low blood calcium", "low calcium"), ("calcium", "Ca"))
    assert meant(graph, text) is None
    assert meant(graph, "low Ca") == meant(graph, "blood calcium deficiency") == "hypocalcaemia"


@pytest.mark.parametrize("text", ["too much calcium", "calcium excess", "excess of calcium"])
def test_an_excess_is_no_high_level_in_the_blood(text: str) -> None:
    graph = made(("hypercalcaemia", "high blood calcium", "high calcium"), ("calcium", "Ca"))
    assert meant(graph, text) is None
    assert meant(graph, "raised Ca") == "hypercalcaemia"


def test_the_search_says_in_which_words_it_found_what_was_meant() -> None:
    graph = made(("magnesium", "Mg"), "magnesium deficiency")
    (first, *_) = search(graph, "low Mg")
    assert (first.entity.name, first.why) == (
        "magnesium deficiency", 'another way to say "magnesium deficiency"',
    )  # fmt: skip
