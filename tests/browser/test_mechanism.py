"""The Mechanism view: what is drawn, and how one walks through it by pointer and by keyboard."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from itertools import combinations
from pathlib import Path
from typing import Any, TypeAlias

import pytest

import trabecula
from trabecula.graph import Graph
from trabecula.model import Entity, Evidence, Source, Statement

Open: TypeAlias = Callable[..., Any]  # what the fixtures `show` and `keep` of conftest.py are
Opened: TypeAlias = Any  # what they return

BOXES = """() => [...document.querySelectorAll("#mechanism .box")].map((box) => {
  const { left, top, right, bottom } = box.querySelector(".outline").getBoundingClientRect();
  return { name: box.getAttribute("aria-label").split(", ")[0], left, top, right, bottom };
})"""


def box(name: str) -> str:
    """The selector of the box of an entity."""
    return f"#mechanism .box[aria-label^='{name}, ']"


def address(opened: Opened) -> str:
    """What the address names."""
    return str(opened.page.evaluate("decodeURIComponent(location.hash)"))


def places(opened: Opened) -> dict[str, dict[str, float]]:
    """Where the boxes are on the screen, by name."""
    return {row["name"]: row for row in opened.page.evaluate(BOXES)}


@pytest.fixture(scope="module")
def page(keep: Open, shipped_page: Path) -> Opened:
    """The shipped page, which each test brings to the address it needs."""
    return keep(shipped_page)


# --- What is drawn --------------------------------------------------------------------------


def test_the_core_is_drawn_whole_and_can_be_read(page: Opened) -> None:
    page.go("")
    model = page.page.evaluate(
        """() => ({
          boxes: document.querySelectorAll("#mechanism .box").length,
          lines: document.querySelectorAll("#mechanism .lines .line").length,
          smallest: Math.min(...[...document.querySelectorAll("#mechanism .label")].map(
            (text) => parseFloat(text.getAttribute("font-size")) * text.getScreenCTM().a)),
        })"""
    )
    counted = page.text("#shown")
    assert f"{model['lines']} statements, {model['boxes']} entities" in counted
    assert model["smallest"] >= 9
    stage = page.page.locator("#mechanism").bounding_box()
    assert stage is not None
    for row in places(page).values():
        assert row["left"] >= stage["x"]
        assert row["right"] <= stage["x"] + stage["width"]
        assert row["top"] >= stage["y"]
        assert row["bottom"] <= stage["y"] + stage["height"]


@pytest.mark.parametrize(
    "fragment", ["", "scene=near&of=calcitriol", "scene=whatif&down=calcitonin"]
)
def test_boxes_keep_apart_and_labels_within_them(page: Opened, fragment: str) -> None:
    page.go(fragment)
    rows = list(places(page).values())
    for number, row in enumerate(rows):
        for other in rows[number + 1 :]:
            across = min(row["right"], other["right"]) - max(row["left"], other["left"])
            along = min(row["bottom"], other["bottom"]) - max(row["top"], other["top"])
            assert across <= 0 or along <= 0, (row["name"], other["name"])
    clipped = page.page.evaluate(
        """() => [...document.querySelectorAll("#mechanism .box")].flatMap((box) => {
          const frame = box.querySelector(".outline").getBBox();
          return [...box.querySelectorAll(".label")].filter((text) => {
            const { x, y, width, height } = text.getBBox();
            return x < frame.x || x + width > frame.x + frame.width || y < frame.y - 2 || y + height > frame.y + frame.height + 2;
          }).map((text) => text.textContent);
        })"""
    )
    assert clipped == []


def test_every_status_and_sign_can_be_told_without_colour(page: Opened) -> None:
    page.go("scene=near&of=calcitriol")
    heads = page.page.evaluate(
        """() => new Set([...document.querySelectorAll("#mechanism .head")].map(
          (head) => head.getAttribute("d").replace(/[-\\d. ]+/g, ""))).size"""
    )
    assert heads == 4  # arrow, bar, open arrow, what is necessary
    marks = page.page.locator("#mechanism .mark text").all_text_contents()
    assert {"?", "×"} <= set(marks)
    dashes = page.page.evaluate(
        """() => [...new Set([...document.querySelectorAll("#mechanism .stroke")].map(
          (line) => line.getAttribute("stroke-dasharray") ?? ""))].sort()"""
    )
    assert dashes == ["", "11 6", "2 5", "3 9"]


def test_the_steps_of_a_path_are_numbered(page: Opened, shipped: Graph) -> None:
    start, end = "magnesium-deficiency", "osteoporosis"
    paths = trabecula.explain(shipped, start, end).paths
    long = next(number for number, path in enumerate(paths) if len(path.steps) >= 3)
    page.go(f"scene=paths&from={start}&to={end}&path={long + 1}")
    numbers = page.page.locator("#mechanism .mark.step text").all_text_contents()
    steps = page.page.locator("#mechanism .lines .line.onpath").count()
    assert sorted(re.sub(r"\D", "", number) for number in numbers) == [
        str(n + 1) for n in range(steps)
    ]
    assert steps == len(paths[long].steps)


def test_what_would_happen_is_said_by_a_sign_and_in_words(page: Opened) -> None:
    page.go("scene=whatif&down=calcitonin&steps=1")
    start = page.page.locator(box("calcitonin"))
    assert "changed: down" in (start.get_attribute("aria-label") or "")
    assert start.locator(".sign text").text_content() == "▼"
    signs = set(page.page.locator("#mechanism .sign text").all_text_contents())
    assert {"▼", "↑", "↓"} <= signs


# --- Pointer --------------------------------------------------------------------------------


def test_a_click_on_a_box_selects_it_and_dims_the_rest(page: Opened) -> None:
    page.go("")
    page.page.evaluate("window.outlines = [...document.querySelectorAll('#mechanism .outline')]")
    page.page.locator(box("calcitriol")).click()
    page.settle()
    # What is in a box is not made anew, for none of it is another.
    assert page.page.evaluate(
        "window.outlines.length > 5 && outlines.every((one) => one.isConnected)"
    )
    assert address(page) == "#entity=calcitriol"
    assert page.page.locator(box("calcitriol")).get_attribute("aria-pressed") == "true"
    lit = page.page.locator("#mechanism .lines .line:not(.dim)").count()
    assert lit == page.page.locator("#mechanism .lines .line.bright").count()
    assert 0 < lit < page.page.locator("#mechanism .lines .line").count()
    page.page.keyboard.press("Escape")
    page.settle()
    assert page.page.locator("#mechanism .dim").count() == 0


def test_a_click_on_a_line_opens_its_statement(page: Opened) -> None:
    page.go("")
    at = page.page.evaluate(
        """() => {
          const aside = (line) => {
            const { x, y } = line.getPointAtLength(line.getTotalLength() / 2).matrixTransform(line.getScreenCTM());
            return [x + 4, y, Number(line.parentNode.dataset.statement)];
          };
          // One beside which nothing else can be clicked.
          const things = "#mechanism [data-statement], #mechanism [data-entity]";
          const bare = (line) => {
            const [x, y] = aside(line);
            const near = document.elementsFromPoint(x, y).map((one) => one.closest(things));
            return new Set(near.filter(Boolean)).size === 1 && near[0] === line.parentNode;
          };
          return aside([...document.querySelectorAll("#mechanism .lines .line .hit")].find(bare));
        }"""
    )
    page.page.mouse.move(at[0], at[1])
    assert not page.page.locator("#tip").is_hidden()
    page.page.mouse.click(at[0], at[1])
    page.settle()
    chosen = page.page.locator("#mechanism .lines .line.chosen")
    assert int(chosen.get_attribute("data-statement") or -1) == at[2]
    assert address(page).startswith("#statement=")


def test_the_number_at_a_box_brings_its_neighbours_and_takes_them_away(page: Opened) -> None:
    page.go("scene=near&of=osteocyte")
    before = set(places(page))
    more = page.page.locator(box("osteoblast")).locator(".beyond")
    assert re.fullmatch(r"\+\d+", more.locator("text").text_content() or "")
    more.click()
    page.settle()
    assert "plus=osteoblast" in address(page)
    assert set(places(page)) > before
    page.page.locator(box("osteoblast")).locator(".beyond").click()
    page.settle()
    assert "plus" not in address(page)
    assert set(places(page)) == before


def test_a_double_click_expands(page: Opened) -> None:
    page.go("scene=near&of=osteocyte")
    page.page.locator(box("osteoblast")).locator(".label").first.dblclick(force=True)
    page.settle()
    assert "plus=osteoblast" in address(page)


def test_dragging_moves_the_drawing_and_selects_nothing(page: Opened) -> None:
    page.go("")
    before = places(page)["calcitriol"]
    x, y = before["left"] + 8, (before["top"] + before["bottom"]) / 2
    page.page.mouse.move(x, y)
    page.page.mouse.down()
    page.page.mouse.move(x - 60, y + 40, steps=5)
    page.page.mouse.up()
    after = places(page)["calcitriol"]
    assert after["left"] - before["left"] == pytest.approx(-60, abs=1)
    assert after["top"] - before["top"] == pytest.approx(40, abs=1)
    assert address(page) == ""
    page.page.locator("#fit").click()
    assert places(page)["calcitriol"]["left"] == pytest.approx(before["left"], abs=1)


def test_the_wheel_zooms_to_the_pointer(page: Opened) -> None:
    page.go("")
    before = places(page)["calcitriol"]
    x, y = (before["left"] + before["right"]) / 2, (before["top"] + before["bottom"]) / 2
    page.page.mouse.move(x, y)
    page.page.mouse.wheel(0, -200)
    page.page.wait_for_timeout(50)
    after = places(page)["calcitriol"]
    assert after["right"] - after["left"] > 1.2 * (before["right"] - before["left"])
    assert (after["left"] + after["right"]) / 2 == pytest.approx(x, abs=1)
    assert (after["top"] + after["bottom"]) / 2 == pytest.approx(y, abs=1)
    page.page.locator("#fit").click()


# --- Keyboard -------------------------------------------------------------------------------


def test_one_tab_stop_and_arrows_from_box_to_box(page: Opened) -> None:
    page.go("")
    assert page.page.locator("#mechanism .box[tabindex='0']").count() == 1
    page.page.locator(box("calcitriol")).focus()
    at = places(page)
    for key, side, sign in (
        ("ArrowUp", "top", -1),
        ("ArrowDown", "top", 1),
        ("ArrowLeft", "left", -1),
    ):
        page.page.locator(box("calcitriol")).focus()
        page.page.keyboard.press(key)
        there = str(
            page.page.evaluate("document.activeElement.getAttribute('aria-label').split(', ')[0]")
        )
        assert (at[there][side] - at["calcitriol"][side]) * sign > 0
        assert page.page.locator("#mechanism .box[tabindex='0']").count() == 1
    page.page.keyboard.press("Tab")
    assert page.page.evaluate("document.activeElement.closest('#mechanism .figure')") is None


def test_keys_act_on_the_box_in_focus(page: Opened) -> None:
    page.go("scene=near&of=osteocyte")
    page.page.locator(box("osteoblast")).focus()
    for key, fragment in (
        ("p", "pin=osteoblast"),
        ("e", "plus=osteoblast"),
        ("Enter", "entity=osteoblast"),
    ):
        page.page.keyboard.press(key)
        page.settle()
        assert fragment in address(page)
        page.focused(box("osteoblast"))
    assert "pinned" in (page.page.locator(box("osteoblast")).get_attribute("aria-label") or "")
    assert page.page.locator(box("osteoblast")).locator(".pin").count() == 1
    page.page.keyboard.press("h")
    page.settle()
    assert "minus=osteoblast" in address(page)
    assert page.page.locator(box("osteoblast")).count() == 0


def test_the_lines_of_a_box_are_reached_from_it(page: Opened) -> None:
    page.go("")
    page.page.locator(box("calcitriol")).focus()
    seen = []
    for _ in range(3):
        page.page.keyboard.press(".")
        seen.append(page.text("#tip"))
    assert len(set(seen)) == 3
    assert all("calcitriol" in words for words in seen)
    page.page.keyboard.press(",")
    assert page.text("#tip") == seen[1]
    page.page.keyboard.press("Shift+ArrowRight")
    assert page.text("#tip") == seen[2]
    page.page.keyboard.press("Enter")
    page.settle()
    assert address(page).startswith("#statement=")
    assert page.page.locator("#mechanism .lines .line.chosen").count() == 1


# --- Limits ---------------------------------------------------------------------------------


def _star(count: int) -> Graph:
    source = Source(id="PMID:1", kind="article", title="Invented.")
    evidence = (Evidence(source="PMID:1", stance="supports", strength="direct"),)
    entities = [Entity(id=f"e{n}", name=f"thing {n}", category="process") for n in range(count)]
    statements = [
        Statement(subject="e0", predicate="increases", object=f"e{n}", evidence=evidence)
        for n in range(1, count)
    ]
    return Graph([source, *entities, *statements])


def test_what_is_too_much_is_not_drawn_but_said(show: Open) -> None:
    opened = show(_star(450), "#scene=all&entity=e7")
    assert opened.text("#mechanism h2") == "449 statements are too many to read as a mechanism"
    assert "up to some 250 entities and 500 statements" in opened.text("#mechanism h2 + p")
    assert opened.page.locator("#mechanism .box").count() == 0
    assert opened.page.locator("#tools").is_hidden()  # there is nothing to come nearer to
    ways = opened.page.locator("#mechanism .ways button").all_text_contents()
    assert ways == ["Open the Overview", "Open the Table", "Focus on thing 7", "Back to the core"]
    opened.page.get_by_role("button", name="Focus on thing 7").click()
    opened.settle()
    assert opened.page.locator("#mechanism .box").count() == 2
    assert opened.page.locator("#tools").is_visible()
    assert opened.blameless


def test_of_a_hub_that_could_not_be_read_with_its_neighbours_its_own_statements_are_shown(
    show: Open,
) -> None:
    star = _star(40)
    among = [
        Statement(subject=f"e{n}", predicate="decreases", object=f"e{m}")
        for n in range(1, 40)
        for m in range(n + 1, 40)
        if (n + m) % 3 != 0
    ]
    lone = Statement(subject="far", predicate="increases", object="away")
    opened = show(Graph([*star, *among, lone]), "#scene=near&of=far")
    opened.page.fill("#search", "thing 0")
    opened.page.keyboard.press("Enter")
    opened.settle()
    assert opened.text("#shown").startswith("39 statements, 40 entities")
    assert "steps=0" in address(opened)
    assert opened.page.locator("#scene .ways button[aria-pressed=true]").text_content() == "Its own"
    opened.page.get_by_role("button", name="1 step", exact=True).click()
    opened.settle()
    assert "are too many to read" in opened.text("#mechanism h2")
    opened.page.get_by_role("button", name="Its own statements alone").click()
    opened.settle()
    assert opened.page.locator("#mechanism .box").count() == 40
    assert opened.blameless


def test_nothing_to_draw_is_said(page: Opened) -> None:
    page.go("min=1000")
    assert page.text("#mechanism h2") == "Nothing to draw"
    assert page.page.locator("#mechanism .figure").is_hidden()
    page.page.get_by_role("button", name="Back to the core").click()
    page.settle()
    assert page.page.locator("#mechanism .message").is_hidden()
    assert page.page.locator("#mechanism .figure").is_visible()


def test_on_a_narrow_stage_a_readable_part_is_shown_and_the_whole_is_a_tap_away(
    keep: Open, shipped_page: Path
) -> None:
    opened = keep(shipped_page, width=390, height=844)
    scale = opened.page.evaluate("document.querySelector('#mechanism .camera').getCTM().a")
    assert scale >= 0.5
    opened.page.locator("#mechanism .whole").click()
    assert opened.page.locator("#mechanism .whole").is_hidden()
    assert opened.page.evaluate("document.querySelector('#mechanism .camera').getCTM().a") < scale


#: Chooses what stands in the panel, one after the other from the same sight: how many there were, which of them
#: were not on the stage then, as far as the middle of the box, and how often the sight moved.
CHOSEN_IN_TURN = """async () => {
  // Where boxes stand is known before they are painted, which nobody waits for.
  const drawn = async () => {
    while (!("still" in document.documentElement.dataset)) await new Promise((done) => setTimeout(done));
  };
  const camera = () => document.querySelector("#mechanism .camera").getAttribute("transform");
  const lines = [...document.querySelectorAll("#panel .line[data-id^=outcome]")].map(({ dataset }) => dataset.id);
  const unseen = [];
  let moved = 0;
  for (const id of lines) {
    const before = camera();
    document.querySelector(`#panel .line[data-id="${id}"]`).click();
    await drawn();
    const { left, top, width, height } = document.querySelector("#mechanism [aria-pressed=true]").getBoundingClientRect();
    const on = document.elementFromPoint(left + width / 2, top + height / 2);
    if (!on?.closest("#mechanism [aria-pressed=true]")) unseen.push(id);
    moved += camera() !== before;
    const back = new Promise((done) => addEventListener("hashchange", done, { once: true }));
    history.back();
    await back;
    await drawn();
  }
  return [lines.length, unseen, moved];
}"""


def test_what_is_chosen_elsewhere_comes_into_sight_and_what_is_chosen_in_the_drawing_stays(
    look: Open, part_page: Path
) -> None:
    opened = look(part_page, "#scene=whatif&down=calcitriol", width=1280, height=800)
    opened.settle()
    assert opened.page.locator("#mechanism .whole").is_visible()
    count, unseen, moved = opened.page.evaluate(CHOSEN_IN_TURN)
    assert count > 20
    assert unseen == []
    assert moved > 0
    camera = "document.querySelector('#mechanism .camera').getAttribute('transform')"
    before = opened.page.evaluate(camera)
    cut = opened.page.evaluate(
        """() => {
          const stage = document.querySelector("#stage").getBoundingClientRect();
          for (const box of document.querySelectorAll("#mechanism .box")) {
            const { left, right, top, bottom } = box.getBoundingClientRect();
            for (const [x, y] of [[left + 8, (top + bottom) / 2], [right - 8, (top + bottom) / 2],
                                  [(left + right) / 2, top + 8], [(left + right) / 2, bottom - 8]])
              if ((left < stage.left || right > stage.right || top < stage.top || bottom > stage.bottom)
                && document.elementFromPoint(x, y)?.closest(".box") === box) return [x, y];
          }
          return null;
        }"""
    )
    opened.page.mouse.click(*cut)
    opened.settle()
    assert "entity=" in address(opened)
    assert opened.page.evaluate(camera) == before
    assert opened.blameless


def test_boxes_are_seen_to_move_only_where_motion_is_wanted(
    keep: Open, shipped_page: Path, page: Opened
) -> None:
    listen = """() => {
      const animate = Element.prototype.animate;
      window.moved = 0;
      Element.prototype.animate = function (...given) {
        if (this.classList.contains("box")) window.moved += 1;
        return animate.apply(this, given);
      };
    }"""
    fragment = "scene=near&of=osteocyte"
    wanting = keep(shipped_page, f"#{fragment}", reduced_motion="no-preference")
    page.go(fragment)
    for opened, moves in ((page, False), (wanting, True)):
        opened.page.evaluate(listen)
        opened.go(f"{fragment}&plus=osteoblast")
        assert (opened.page.evaluate("window.moved") > 0) is moves


def test_nothing_was_asked_for_and_nothing_complained(page: Opened) -> None:
    assert page.blameless


def test_lines_from_a_box_to_itself_are_drawn_apart(show: Open) -> None:
    names = ("activates", "inhibits", "requires", "affects")
    graph = Graph(
        [
            Entity(id="a", name="PTH secretion", category="process"),
            Entity(id="b", name="blood calcium", category="trait"),
            *(Statement(subject="a", predicate=name, object="a") for name in names[:3]),
            *(Statement(subject="b", predicate=name, object="b") for name in names[:2]),
            *(Statement(subject="a", predicate=name, object="b") for name in names),
        ]
    )
    opened = show(graph, "#scene=all")
    middles = opened.page.locator("#mechanism .stroke").evaluate_all(
        "all => all.map((one) => one.getPointAtLength(one.getTotalLength() / 2)).map(({ x, y }) => [x, y])"
    )
    assert len(middles) == 9
    near = [
        (middle, other)
        for middle, other in combinations(middles, 2)
        if math.dist(middle, other) < 8
    ]
    assert near == []
    assert opened.blameless
