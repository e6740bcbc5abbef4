"""The Overview: which renderer draws, what it paints, and what pointer and keys do there."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from trabecula.graph import Graph
from trabecula.model import Entity, Evidence, Statement
from trabecula.page import html
from trabecula.picture import style
from trabecula.picture.placed import placed

Open: TypeAlias = Callable[..., Any]  # what the fixtures `show` and `keep` of conftest.py are
Opened: TypeAlias = Any  # what they return

CLOSE = 1.15  # the largest scale that is fitted to
EDGE = 44  # pixels that are left free when all of a drawing is shown


def says(subject: str, predicate: str, object_: str, *sources: str) -> Statement:
    evidence = tuple(Evidence(source=source, strength="direct") for source in sources or ("s1",))
    return Statement(subject=subject, predicate=predicate, object=object_, evidence=evidence)


CHAIN = Graph(
    [
        Entity(id="one", name="the first", category="chemical"),
        Entity(id="two", name="the second", category="process"),
        Entity(id="three", name="the third", category="condition"),
        says("one", "inhibits", "two"),
        says("two", "increases", "three"),
    ]
)


def crowd(hubs: int, leaves: int) -> Graph:
    """Hubs in a ring, each with leaves of its own; no entity stands alone."""
    rows: list[Entity | Statement] = []
    for hub in range(hubs):
        rows.append(Entity(id=f"h{hub}", name=f"hub {hub}", category="chemical"))
        rows.append(says(f"h{hub}", "increases", f"h{(hub + 1) % hubs}", "s1", "s2", "s3"))
        for leaf in range(leaves):
            key = f"h{hub}-{leaf}"
            rows.append(Entity(id=key, name=f"leaf {hub}-{leaf}", category="condition"))
            rows.append(says(f"h{hub}", "decreases", key))
    return Graph(rows)


@pytest.fixture(scope="module")
def map_page(tmp_path_factory: pytest.TempPathFactory) -> tuple[Graph, Path]:
    """A map that vis-network draws: more than get places of their own."""
    graph = crowd(8, 24)
    path = tmp_path_factory.mktemp("map") / "map.html"
    path.write_text(html.render(graph, sparql=False), encoding="utf-8")
    return graph, path


@pytest.fixture(scope="module")
def large_page(tmp_path_factory: pytest.TempPathFactory) -> tuple[Graph, Path]:
    """A map that is too large for it."""
    graph = crowd(30, 70)
    path = tmp_path_factory.mktemp("large") / "large.html"
    path.write_text(html.render(graph, sparql=False), encoding="utf-8")
    return graph, path


def live(opened: Opened) -> str:
    """What is said to screen readers; it is said with the next frame."""
    for _ in range(100):
        announced = opened.text("#live")
        if announced:
            return str(announced)
        opened.page.wait_for_timeout(10)
    return ""


def stage(opened: Opened) -> dict[str, float]:
    bounds: dict[str, float] = opened.page.locator("#overview").bounding_box()
    return bounds


def middle(opened: Opened) -> tuple[float, float]:
    box = stage(opened)
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def place(opened: Opened, graph: Graph, entity: str) -> tuple[float, float]:
    """Where an entity of a map is on the screen when all of it is shown."""
    boxes = placed(graph)
    across, down = (
        [
            (box.place[side] - box.size[side] / 2, box.place[side] + box.size[side] / 2)
            for box in boxes
        ]
        for side in (0, 1)
    )
    left, right = min(low for low, _ in across), max(high for _, high in across)
    top, bottom = min(low for low, _ in down), max(high for _, high in down)
    box = stage(opened)
    scale = min(
        (box["width"] - EDGE) / (right - left), (box["height"] - EDGE) / (bottom - top), CLOSE
    )
    right_of, below = next(box.place for box in boxes if box.entity.id == entity)
    x, y = middle(opened)
    return x + (right_of - (left + right) / 2) * scale, y + (below - (top + bottom) / 2) * scale


def picture(opened: Opened, folder: Path) -> str:
    """The picture of the Overview that the page gives away, as SVG."""
    opened.page.get_by_role("button", name="Take away").click()
    with opened.page.expect_download() as loading:
        opened.page.locator("dialog").get_by_role("button", name="SVG").first.click()
    loading.value.save_as(folder / "map.svg")
    return (folder / "map.svg").read_text("utf-8")


# --- Which renderer -------------------------------------------------------------------------


def test_the_drawing_library_is_unpacked_when_the_overview_is_first_opened(show: Open) -> None:
    opened = show(CHAIN)
    assert opened.page.evaluate("typeof globalThis.vis") == "undefined"
    opened.page.locator("body").press("o")
    opened.settle()
    assert opened.page.evaluate("typeof globalThis.vis.Network") == "function"
    assert opened.page.locator("#overview .network canvas").is_visible()
    assert opened.blameless


def test_a_large_map_is_drawn_without_the_library_and_its_parts_with_it(
    look: Open, large_page: tuple[Graph, Path]
) -> None:
    _, path = large_page
    opened = look(path, "#view=overview&scene=all")
    assert opened.page.locator("#overview .large canvas.lines").is_visible()
    assert opened.page.evaluate("typeof globalThis.vis") == "undefined"
    opened.go("#view=overview&scene=near&of=h3")
    assert opened.page.locator("#overview .network canvas").is_visible()
    assert not opened.page.locator("#overview .large canvas.lines").is_visible()
    assert opened.blameless


def test_a_large_map_has_the_colours_of_its_boxes_and_lines(
    show: Open, large_page: tuple[Graph, Path]
) -> None:
    graph, path = large_page
    opened = show(path, "#view=overview&scene=all&entity=h3", color_scheme="dark")
    painted = opened.colours("#overview")
    # Lit are the lines of one hub: what lowers, at full strength.
    assert painted[style.GROUPS["lowers"].dark_line] > 50
    opened.page.keyboard.press("Escape")
    opened.settle()
    page = opened.page
    page.mouse.move(*place(opened, graph, "h5-7"))
    for _ in range(12):
        page.mouse.wheel(0, -240)
    page.wait_for_timeout(600)
    painted = opened.colours("#overview")
    assert painted[style.look("condition").dark_fill] > 500
    assert opened.blameless


# --- Pointer --------------------------------------------------------------------------------


@pytest.mark.parametrize("size", ["map_page", "large_page"])
def test_a_box_of_a_map_is_found_where_it_stands(
    look: Open, size: str, request: pytest.FixtureRequest
) -> None:
    graph, path = request.getfixturevalue(size)
    opened = look(path, "#view=overview&scene=all")
    page = opened.page
    at = place(opened, graph, "h5")
    page.mouse.move(*at)
    page.wait_for_selector("#tip:visible")
    assert opened.text("#tip").splitlines()[0] == "hub 5"
    page.mouse.click(*at)
    opened.settle()
    assert opened.text("#panel h2") == "hub 5"
    page.keyboard.press("Escape")
    opened.settle()
    assert "entity=" not in page.url
    assert opened.blameless


@pytest.mark.parametrize("way", ["double-click", "button"])
def test_neighbours_come_by_double_click_and_by_the_button_of_the_box(look: Open, way: str) -> None:
    opened = look(CHAIN, "#view=overview&scene=chosen&of=one")
    page = opened.page
    assert opened.text("#shown") == "0 statements, 1 entity"
    x, y = middle(opened)
    wide, high = next(box.size for box in placed(CHAIN) if box.entity.id == "one")
    if way == "double-click":
        page.mouse.dblclick(x, y)
    else:
        page.mouse.click(x + (wide / 2 - 4) * CLOSE, y + (high / 2 + 4) * CLOSE)
    opened.arrive(
        "#view=overview&scene=chosen&of=one&plus=one"
        + ("&entity=one" if way == "double-click" else "")
    )
    assert opened.text("#shown") == "1 statement, 2 entities"
    assert opened.blameless


def test_a_box_stays_where_it_is_dragged_to(show: Open) -> None:
    opened = show(CHAIN, "#view=overview&scene=chosen&of=one")
    page = opened.page
    x, y = middle(opened)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 80, y - 60, steps=5)
    page.mouse.move(x - 200, y - 150, steps=5)
    page.mouse.up()
    assert live(opened) == "the first stays where it was put"
    page.mouse.click(x - 200, y - 150)
    opened.arrive("#view=overview&scene=chosen&of=one&entity=one")
    page.mouse.click(x, y)
    opened.arrive("#view=overview&scene=chosen&of=one")
    assert opened.blameless


def test_the_drawing_moves_with_the_pointer_and_keys_bring_it_back(
    show: Open, large_page: tuple[Graph, Path]
) -> None:
    graph, path = large_page
    opened = show(path, "#view=overview&scene=all")
    page = opened.page
    at = place(opened, graph, "h5")
    corner = stage(opened)
    page.mouse.move(corner["x"] + 20, corner["y"] + 20)
    page.mouse.down()
    page.mouse.move(corner["x"] + 120, corner["y"] + 80, steps=6)
    page.mouse.up()
    page.mouse.move(at[0] + 100, at[1] + 60)
    page.wait_for_selector("#tip:visible")
    assert opened.text("#tip").splitlines()[0] == "hub 5"
    page.keyboard.press("0")
    page.mouse.move(*middle(opened))
    page.mouse.move(*at)
    page.wait_for_selector("#tip:visible")
    assert opened.text("#tip").splitlines()[0] == "hub 5"
    assert opened.blameless


# --- Keyboard -------------------------------------------------------------------------------


def test_one_walks_from_box_to_box_and_along_lines(look: Open) -> None:
    opened = look(CHAIN, "#view=overview")
    page = opened.page
    page.locator("#overview .stage").focus()
    reached = set()
    for key in 3 * ("ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp"):
        page.evaluate("document.getElementById('live').textContent = ''")
        page.keyboard.press(key)
        page.wait_for_timeout(50)
        reached.add(opened.text("#live").split(",")[0])
    assert reached - {""} == {"the first", "the second", "the third"}
    page.evaluate("document.getElementById('live').textContent = ''")
    page.keyboard.press(".")
    assert live(opened).startswith("1 of ")
    page.keyboard.press("Enter")
    opened.settle()
    assert opened.text("#panel h2") in (
        "the first inhibits the second", "the second increases the third",
    )  # fmt: skip
    assert opened.blameless


@pytest.mark.parametrize(
    ("key", "address"),
    [
        ("e", "#view=overview&scene=chosen&of=one&plus=one"),
        ("h", "#view=overview&scene=chosen&of=one&minus=one"),
        ("p", "#view=overview&scene=chosen&of=one&pin=one"),
        ("f", "#view=overview&scene=near&of=one&entity=one"),
        ("Enter", "#view=overview&scene=chosen&of=one&entity=one"),
    ],
)
def test_keys_act_on_the_box_that_has_the_focus(look: Open, key: str, address: str) -> None:
    opened = look(CHAIN, "#view=overview&scene=chosen&of=one")
    opened.page.locator("#overview .stage").focus()
    opened.page.keyboard.press(key)
    opened.arrive(address)
    assert opened.page.evaluate("location.hash") == address
    assert opened.blameless


# --- What is shown --------------------------------------------------------------------------


def test_what_happens_is_told_by_fills(look: Open) -> None:
    opened = look(CHAIN, "#view=overview&scene=whatif&down=one")
    painted = opened.colours("#overview")
    for key in ("changed-down", "up"):
        assert painted[style.tint(key).fill] > 500, key
    assert opened.blameless


def test_what_is_not_selected_is_dimmed(look: Open, map_page: tuple[Graph, Path]) -> None:
    _, path = map_page
    opened = look(path, "#view=overview&scene=all")
    line = style.look("condition").line
    before = opened.colours("#overview")[line]
    opened.go("#view=overview&scene=all&entity=h5")
    assert opened.colours("#overview").get(line, 0) < before / 3
    assert opened.blameless


def test_nothing_to_draw_is_said_and_leads_back(look: Open) -> None:
    opened = look(CHAIN, "#view=overview&min=9")
    assert opened.text("#overview .message h2") == "Nothing to draw"
    opened.page.get_by_role("button", name="Back to the core").click()
    opened.settle()
    assert opened.page.locator("#overview .network canvas").is_visible()
    assert opened.blameless


def test_the_stage_has_a_name_that_says_what_it_shows(look: Open) -> None:
    opened = look(CHAIN, "#view=overview&scene=all")
    name = opened.page.locator("#overview .stage").get_attribute("aria-label")
    assert name.startswith("Overview: 3 entities, 2 statements. Arrow keys go from box to box")


def test_the_picture_has_every_name_and_nothing_that_runs(
    look: Open, tmp_path: Path, map_page: tuple[Graph, Path]
) -> None:
    graph, path = map_page
    opened = look(path, "#view=overview&scene=all")
    drawing = ET.fromstring(picture(opened, tmp_path))  # noqa: S314 (our own)
    texts = [text.text for text in drawing.iter("{http://www.w3.org/2000/svg}text")]
    assert {entity.name for entity in graph.entities.values()} <= set(texts)
    tags = {element.tag.rpartition("}")[2] for element in drawing.iter()}
    assert tags.isdisjoint({"script", "style", "foreignObject", "a"})
    assert opened.blameless


def test_the_picture_of_a_large_map_is_lines_and_letters_for_all_of_it(
    look: Open, tmp_path: Path, large_page: tuple[Graph, Path]
) -> None:
    graph, path = large_page
    opened = look(path, "#view=overview&scene=all")
    # What part of it is seen does not matter.
    for _ in range(4):
        opened.page.locator("#zoom-in").click()
    drawing = ET.fromstring(picture(opened, tmp_path))  # noqa: S314 (our own)
    svg = "{http://www.w3.org/2000/svg}"
    assert not list(drawing.iter(f"{svg}image"))
    texts = {text.text for text in drawing.iter(f"{svg}text")}
    assert {entity.name for entity in graph.entities.values()} <= texts
    strokes = [path for path in drawing.iter(f"{svg}path") if path.get("stroke-width")]
    assert len(strokes) >= len(graph)
    assert opened.blameless


def test_what_is_selected_elsewhere_is_brought_into_sight(
    show: Open, large_page: tuple[Graph, Path]
) -> None:
    graph, path = large_page
    opened = show(path, "#view=overview&scene=all")
    page = opened.page
    page.mouse.move(*place(opened, graph, "h5-7"))
    for _ in range(12):
        page.mouse.wheel(0, -240)
    opened.go("#view=overview&scene=all&entity=h20-3")
    page.wait_for_timeout(500)
    # The colour of the ring around what is selected.
    assert opened.colours("#overview").get("#0b5cad", 0) > 50
    assert opened.blameless


def test_what_is_selected_at_an_edge_is_seen_in_a_smaller_window_as_well(
    show: Open, large_page: tuple[Graph, Path]
) -> None:
    graph, path = large_page
    opened = show(path, "#view=overview&scene=all")
    page = opened.page
    order = [box.entity.id for box in sorted(placed(graph), key=lambda box: sum(box.place))]
    page.mouse.move(*place(opened, graph, order[0]))
    for _ in range(12):
        page.mouse.wheel(0, -240)
    # It comes from below at the right, no farther than it has to.
    opened.go(f"#view=overview&scene=all&entity={order[-1]}")
    for size in ((1440, 900), (1100, 700), (950, 560)):
        page.set_viewport_size({"width": size[0], "height": size[1]})
        page.wait_for_timeout(500)
        assert opened.colours("#overview").get("#0b5cad", 0) > 50, size
    assert opened.blameless


def test_lines_from_a_box_to_itself_are_drawn_apart(show: Open, tmp_path: Path) -> None:
    names = ("activates", "inhibits", "affects")
    own = [says(end, name, end, "PMID:1") for name in names for end in "ab"]
    opened = show(
        Graph([*own, says("a", "increases", "b", "PMID:1")]),
        "#view=overview&scene=all",
        accept_downloads=True,
    )
    painted = opened.colours()
    assert all(painted[style.GROUPS[group].line] > 60 for group in ("raises", "lowers"))
    text = picture(opened, tmp_path)
    arches = re.findall(r'd="M([-\d.]+) ([-\d.]+)C([-\d. ]+)"', text)
    assert len(arches) == 6
    assert (
        len({tuple(round(float(number)) for number in curve.split()) for *_, curve in arches}) == 6
    )
    assert len({(round(float(x)), round(float(y))) for x, y, _ in arches}) == 6
    assert opened.blameless
