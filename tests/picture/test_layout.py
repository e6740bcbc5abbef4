from __future__ import annotations

import os
import random
import subprocess
import sys
from collections.abc import Mapping

import numpy as np
import pytest

from trabecula.picture import layout

Pair = tuple[float, float]


def touching(places: Mapping[str, Pair], sizes: Mapping[str, Pair]) -> list[tuple[str, str]]:
    """The pairs of boxes that overlap or touch, each looked at."""
    names = sorted(places)
    middles, widths = (np.array([which[name] for name in names]) for which in (places, sizes))
    apart = 2 * abs(middles[:, None] - middles) > widths[:, None] + widths
    return [(names[a], names[b]) for a, b in np.argwhere(~apart.any(axis=2)) if a < b]


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
    assert touching(layout.positions(sizes, GRAPHS[name]), sizes) == []


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

    def distance(first: str, second: str) -> float:
        (x1, y1), (x2, y2) = places[first], places[second]
        return float(((x1 - x2) ** 2 + (y1 - y2) ** 2) ** 0.5)

    assert max(distance(a, b) for a, b in links) < distance("n0", "n12")


def test_the_page_is_neither_a_column_nor_a_ribbon() -> None:
    links = tangle(150, 120, seed=4)
    places = layout.positions(boxes(links), links)
    wide = max(x for x, _ in places.values()) - min(x for x, _ in places.values())
    high = max(y for _, y in places.values()) - min(y for _, y in places.values())
    assert 0.7 < wide / high < 1.9


LARGE: dict[str, Links] = {
    "a tangle": tangle(900, 900, seed=5),
    "a star": star(900),
    "stars in a row": [(f"hub-{n % 9}", f"leaf-{n}") for n in range(800)]
    + [(f"hub-{n}", f"hub-{n + 1}") for n in range(8)],
    "a chain": chain(700),
    "groups": [
        (f"{group}-{number}", f"{group}-{other}")
        for group in range(40)
        for number in range(16)
        for other in range(number)
    ]
    + [(f"{group}-0", f"{(7 * group + 1) % 40}-1") for group in range(40)],
}


@pytest.mark.parametrize("name", LARGE)
def test_no_two_boxes_of_a_map_of_groups_touch(name: str) -> None:
    links = LARGE[name]
    sizes = boxes(links)
    assert touching(layout.positions(sizes, links), sizes) == []


def test_a_map_of_groups_does_not_depend_on_the_order_of_anything() -> None:
    links = LARGE["a tangle"]
    sizes = boxes(links)
    shuffled = [(b, a) for a, b in links]
    chance(3).shuffle(shuffled)
    again = layout.positions(dict(reversed(sizes.items())), shuffled + links)
    assert again == layout.positions(sizes, links)


def test_places_do_not_depend_on_the_processor_nor_on_the_linear_algebra_library() -> None:
    code = (
        "import numpy, sys\n"
        "from trabecula.picture import layout\n"
        "links = [(f'n{n}', f'n{(n * n + 7) % 301}') for n in range(301)]\n"
        "links += [(f'm{n}', f'm{(n * n + 7) % 601}') for n in range(601)]\n"
        "sizes = {end: (40 + 2 * (len(end) * 7 % 50), 24) for link in links for end in link}\n"
        "print(layout.positions(sizes, links))\n"
        "extensions = numpy.show_config(mode='dicts')['SIMD Extensions']\n"
        "print(*extensions.get('found', []), file=sys.stderr)"
    )

    def outputs(settings: dict[str, str]) -> tuple[str, str]:
        done = subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, **settings},
            capture_output=True,
            check=True,
            text=True,
        )
        return done.stdout, done.stderr

    places, features = outputs({})
    plain, _ = outputs(
        {"NPY_DISABLE_CPU_FEATURES": features.strip(), "OPENBLAS_CORETYPE": "Prescott"}
    )
    assert plain == places


def test_members_of_a_group_stand_together() -> None:
    links = LARGE["groups"]
    places = layout.positions(boxes(links), links)

    def spread(names: list[str]) -> float:
        xs, ys = zip(*(places[name] for name in names), strict=True)
        return float(max(max(xs) - min(xs), max(ys) - min(ys)))

    page = spread(list(places))
    assert (
        max(spread([f"{group}-{number}" for number in range(16)]) for group in range(40)) < page / 3
    )


def test_a_map_of_groups_is_not_mostly_empty() -> None:
    links = LARGE["a tangle"]
    sizes = boxes(links)
    places = layout.positions(sizes, links)
    wide = max(x for x, _ in places.values()) - min(x for x, _ in places.values())
    high = max(y for _, y in places.values()) - min(y for _, y in places.values())
    assert sum((w + 18) * (h + 16) for w, h in sizes.values()) > 0.15 * wide * high


def test_very_many_small_parts_stand_in_rows_below_the_rest() -> None:
    links = [*tangle(30, 20, seed=6), *((f"a{n}", f"b{n}") for n in range(200))]
    sizes = boxes(links, loose=4)
    places = layout.positions(sizes, links)
    assert touching(places, sizes) == []
    assert max(places[f"a{n}"][1] for n in range(200)) < places["loose-0"][1]


def test_touching_finds_overlap_and_contact_but_not_a_gap() -> None:
    sizes = {"a": (10, 10), "b": (10, 10), "c": (10, 10), "d": (10, 10)}
    places = {"a": (0, 0), "b": (10, 0), "c": (21, 0), "d": (0, 11)}
    assert touching(places, sizes) == [("a", "b")]
