from __future__ import annotations

import random

import pytest

from trabecula.views import layout

Links = list[tuple[str, str]]


def chance(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311 (nothing here is secret)


def star(leaves: int) -> Links:
    return [("hub", f"leaf-{number}") for number in range(leaves)]


def chain(length: int) -> Links:
    return [(f"n{number}", f"n{number + 1}") for number in range(length)]


def tangle(entities: int, links: int, seed: int) -> Links:
    choice = chance(seed)
    tree = [(f"n{number}", f"n{choice.randrange(number)}") for number in range(1, entities)]
    more = [
        (f"n{choice.randrange(entities)}", f"n{choice.randrange(entities)}") for _ in range(links)
    ]
    return tree + more


GRAPHS = {
    "nothing": [],
    "one line": [("a", "b")],
    "a line to itself": [("a", "a"), ("a", "b")],
    "a line there and back": [("a", "b"), ("b", "a"), ("a", "b")],
    "a triangle": [("a", "b"), ("b", "c"), ("c", "a")],
    "a star": star(40),
    "a chain": chain(30),
    "everything with everything": [(f"n{i}", f"n{j}") for i in range(12) for j in range(i)],
    "a tangle": tangle(80, 80, seed=1),
    "many small parts": [(f"a{number}", f"b{number}") for number in range(25)],
    "a tangle and small parts": tangle(40, 30, seed=2) + [(f"a{n}", f"b{n}") for n in range(9)],
}


def boxes(links: Links, loose: int = 0) -> dict[str, tuple[int, int]]:
    choice = chance(7)
    names = sorted({end for link in links for end in link}) + [f"loose-{n}" for n in range(loose)]
    return {name: (choice.randrange(30, 170, 2), choice.choice((24, 42, 60))) for name in names}


@pytest.mark.parametrize("name", GRAPHS)
def test_no_two_boxes_touch(name: str) -> None:
    sizes = boxes(GRAPHS[name], loose=7)
    assert layout.touching(layout.positions(sizes, GRAPHS[name]), sizes) == []


@pytest.mark.parametrize("name", GRAPHS)
def test_every_box_has_a_place_in_whole_pixels(name: str) -> None:
    sizes = boxes(GRAPHS[name], loose=2)
    places = layout.positions(sizes, GRAPHS[name])
    assert list(places) == list(sizes)
    assert {type(number) for place in places.values() for number in place} == {int}


@pytest.mark.parametrize("name", ["a tangle", "many small parts"])
def test_places_do_not_depend_on_the_order_of_anything(name: str) -> None:
    links = GRAPHS[name]
    sizes = boxes(links, loose=3)
    shuffled = [(b, a) for a, b in links]
    chance(3).shuffle(shuffled)
    again = layout.positions(dict(reversed(sizes.items())), shuffled + links)
    assert again == layout.positions(sizes, links)


def test_boxes_without_lines_stand_below_the_rest() -> None:
    sizes = boxes(GRAPHS["a tangle"], loose=5)
    places = layout.positions(sizes, GRAPHS["a tangle"])
    lowest = max(y for name, (_, y) in places.items() if not name.startswith("loose"))
    assert all(y > lowest for name, (_, y) in places.items() if name.startswith("loose"))


def test_neighbours_on_a_chain_are_nearer_than_its_ends() -> None:
    links = chain(12)
    places = layout.positions(boxes(links), links)

    def distance(one: str, other: str) -> float:
        (x1, y1), (x2, y2) = places[one], places[other]
        return float(((x1 - x2) ** 2 + (y1 - y2) ** 2) ** 0.5)

    assert max(distance(a, b) for a, b in links) < distance("n0", "n12")


def test_the_page_is_neither_a_column_nor_a_ribbon() -> None:
    links = tangle(150, 120, seed=4)
    places = layout.positions(boxes(links), links)
    wide = max(x for x, _ in places.values()) - min(x for x, _ in places.values())
    high = max(y for _, y in places.values()) - min(y for _, y in places.values())
    assert 0.7 < wide / high < 1.9


def test_beyond_the_exact_method_boxes_are_still_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(layout, "EXACT", 50)
    monkeypatch.setattr(layout, "_LOOKED_AT", 0)
    links = tangle(200, 200, seed=5)
    sizes = boxes(links)
    assert layout.touching(layout.positions(sizes, links), sizes) == []


def test_touching_finds_overlap_and_contact_but_not_a_gap() -> None:
    sizes = {"a": (10, 10), "b": (10, 10), "c": (10, 10), "d": (10, 10)}
    places = {"a": (0, 0), "b": (10, 0), "c": (21, 0), "d": (0, 11)}
    assert layout.touching(places, sizes) == [("a", "b")]
