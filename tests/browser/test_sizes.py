"""The page at the widths of telephones, tablets and screens: no word is torn, and nothing hides."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from trabecula.graph import Graph
from trabecula.model import Entity, Statement

Open = Callable[..., Any]

#: Words that end on another line than they began on; ids and code have no place to be parted at.
TORN = r"""() => {
  const torn = [], range = document.createRange();
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let text; (text = texts.nextNode()); ) {
    const element = text.parentElement;
    if (!element.checkVisibility() || element.closest("svg, code, option, script, style, .unseen, .cm-editor")) continue;
    for (const { 0: word, index } of text.data.matchAll(/\p{L}+/gu)) {
      range.setStart(text, index);
      range.setEnd(text, index + word.length);
      if (new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size > 1) torn.push(word);
    }
  }
  return torn;
}"""
#: Controls that are beyond an edge of the window, where nothing scrolls to them.
BEYOND = """() => [...document.querySelectorAll("button, input, select, a")]
  .filter((one) => one.checkVisibility() && !one.closest(".skip, .scroll"))
  .filter((one) => { const { left, right } = one.getBoundingClientRect(); return left < -1 || right > innerWidth + 1; })
  .map((one) => one.outerHTML)"""
#: By how many pixels the rows of the table are wider than what is seen of them.
HIDDEN = """() => { const table = document.querySelector("#table .scroll");
  return table.scrollWidth - table.clientWidth; }"""

#: With the longest panel. Beside a table, for its two hundred boxes would be laid out anew for each
#: width, and what stands around a drawing stands around that of the core as well.
WHAT_IF = (
    "#view=table&scene=whatif&down=magnesium&fixed=calcitriol&up=intestinal-calcium-absorption"
)


@pytest.mark.parametrize("width", [320, 390, 1024, 1280, 1440, 1920])
def test_no_word_is_torn_and_no_control_is_beyond_the_window(
    look: Open, shipped_page: Path, width: int
) -> None:
    opened = look(shipped_page)
    opened.page.set_viewport_size({"width": width, "height": 800})
    for address in ("#scene=core", "#view=table&scene=all", WHAT_IF):
        opened.go(address)
        assert opened.page.evaluate(TORN) == [], address
        assert opened.page.evaluate(BEYOND) == [], address
        if "table" in address:
            assert opened.page.evaluate(HIDDEN) <= 1  # a fraction of a pixel counts as one
    assert opened.blameless


def test_a_word_without_end_widens_no_column_beyond_a_bound(show: Open) -> None:
    word = "x" * 500
    graph = Graph(
        [
            Entity(id="a", name=word, category="chemical"),
            Entity(id="b", name="b", category="chemical"),
            Statement(subject="a", predicate=word, object="b", topic=word),
        ]
    )
    opened = show(graph, "#view=table&scene=all")
    widths = opened.page.evaluate(
        """() => [...document.querySelectorAll("#table tbody tr > *")].map((one) => one.clientWidth)"""
    )
    assert max(widths) < 250


def chain(count: int) -> Graph:
    """Chemicals each of which raises the next."""
    entities = [Entity(id=f"step-{n}", name=f"step {n}", category="chemical") for n in range(count)]
    steps = [
        Statement(subject=before.id, predicate="increases", object=after.id)
        for before, after in pairwise(entities)
    ]
    return Graph([*entities, *steps])


#: What stands on the selected box, or "out of sight".
ON_THE_SELECTED = """() => {
  const box = document.querySelector("#mechanism [aria-pressed=true]").getBoundingClientRect();
  const stage = document.querySelector("#stage").getBoundingClientRect();
  const seen = box.top >= stage.top && box.bottom <= Math.min(stage.bottom, innerHeight)
    && box.left >= stage.left && box.right <= stage.right;
  const buttons = [...document.querySelectorAll("#tools, #peek, #mechanism .whole")];
  const on = buttons.filter((button) => [...button.getClientRects()].some(({ left, right, top, bottom }) =>
    left < box.right && right > box.left && top < box.bottom && bottom > box.top));
  return on.map(({ id, className }) => id || className).concat(seen ? [] : ["out of sight"]);
}"""


@pytest.mark.parametrize("size", [(390, 844), (720, 450), (1024, 600)])
def test_nothing_stands_on_the_box_that_an_address_selects(
    show: Open, size: tuple[int, int]
) -> None:
    """The second of these is a screen of which everything is enlarged to twice its size."""
    address, (width, height) = "#scene=all&entity=step-15", size
    opened = show(chain(16), address, width=width, height=height)
    opened.settle()
    assert opened.page.evaluate(ON_THE_SELECTED) == []


def test_what_is_selected_and_seen_stays_in_sight_in_a_window_of_another_size(show: Open) -> None:
    """It is at an edge of what is seen, and would be beyond it, or below the buttons."""
    opened = show(chain(40), "#scene=all", width=1280, height=900)
    opened.settle()
    page = opened.page
    for _ in range(6):
        page.locator("#zoom-in").click()
    opened.go("scene=all&entity=step-39")
    for width, height in ((1220, 850), (1160, 800), (844, 860)):
        page.set_viewport_size({"width": width, "height": height})
        page.wait_for_timeout(300)
        opened.settle()
        assert page.evaluate(ON_THE_SELECTED) == [], (width, height)
    assert opened.blameless


#: Whether buttons that go with the drawing stand on one another.
CROWDED = """() => {
  const boxes = [...document.querySelectorAll("#tools, #mechanism .whole")]
    .flatMap((one) => [...one.getClientRects()]);
  return boxes.some((a, n) => boxes.slice(n + 1).some((b) =>
    a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom));
}"""


@pytest.mark.parametrize("width", [320, 360, 420, 768, 901, 1280])
def test_buttons_on_the_drawing_keep_apart(look: Open, part_page: Path, width: int) -> None:
    opened = look(part_page)
    opened.page.set_viewport_size({"width": width, "height": 740})
    for address in (
        "#scene=whatif&down=calcitriol",
        "#scene=whatif&down=calcitriol&entity=bone-resorption",
    ):
        opened.go(address)
        assert opened.page.locator("#mechanism .whole").is_visible()
        for top in (0, 400):
            opened.page.evaluate("top => scrollTo(0, top)", top)
            assert not opened.page.evaluate(CROWDED), (address, top)
    assert opened.blameless


@pytest.mark.parametrize("width", [320, 360, 768, 1280, 1920])
def test_what_the_graph_is_about_is_read_whole_at_the_top(
    look: Open, shipped_page: Path, width: int
) -> None:
    opened = look(shipped_page)
    opened.page.set_viewport_size({"width": width, "height": 800})
    assert opened.page.evaluate(
        """() => { const { scrollWidth, clientWidth, scrollHeight, clientHeight } = document.querySelector("h1 small");
          return [scrollWidth <= clientWidth, scrollHeight <= clientHeight]; }"""
    ) == [True, True]
