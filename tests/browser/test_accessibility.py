"""The page for everyone: by ear, by keyboard, by touch, in few colours, large and without motion."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from trabecula.graph import Graph
from trabecula.model import Entity, Evidence, Statement

Show = Callable[..., Any]

AXE = Path(__file__).parents[2] / "frontend" / "node_modules" / "axe-core" / "axe.min.js"

PATHS = "#scene=paths&from=magnesium-deficiency&to=osteoporosis"
WHAT_IF = "#scene=whatif&down=calcitonin&steps=1"


def with_status(graph: Graph, status: str) -> str:
    return next(
        key for key, statement in graph.statements.items() if graph.status(statement) == status
    )


@pytest.fixture(scope="module")
def scenes(part: Graph) -> dict[str, str]:
    """The address of every kind of scene, card and view that the page has.

    Those of the Table are last: what a view has drawn stays, hidden, and is gone through by axe.
    """
    return {
        "core": "",
        "entity": "#entity=calcitriol",
        "contested": f"#statement={with_status(part, 'contested')}",
        "paths": PATHS,
        "lens": "#trust=measured,human&without=PMID:7669510",
        "one path": f"{PATHS}&path=2",
        "what if": WHAT_IF,
        "what if, one of them": f"{WHAT_IF}&entity=calcitriol",
        "near": "#scene=near&of=calcitonin",
        "nothing asked": "#scene=paths",
        "overview": "#view=overview",
        "query": "#query=SELECT%20*%20%7B%20%3Fa%20tb%3Arequires%20%3Fb%20%7D",
        "refuted": f"#statement={with_status(part, 'refuted')}&view=table",
        "table": "#view=table",
        "conflicts": "#scene=conflicts&view=table&min=3",
        "loops": "#scene=loops&view=table&min=3",
    }


def dialogs(opened: Any) -> Iterator[str]:
    """Open the dialogs and the list of suggestions, one after the other."""
    page = opened.page
    page.locator("#search").fill("mag")
    yield "search"
    page.keyboard.press("Escape")
    for name in ("take", "about"):
        page.locator(f"#{name}").click()
        page.wait_for_selector("dialog[open]")
        yield name
        page.keyboard.press("Escape")


def answered(opened: Any) -> None:
    """Ask the question of the drawer and wait for the answer."""
    opened.page.locator("#drawer .button.main").click()
    opened.page.wait_for_selector("#drawer .answer tbody tr")


# --- Judged by axe, and by ear ---------------------------------------------------------------


def axe(page: Any, *without: str, **options: Any) -> list[str]:
    """What axe-core finds, however serious it is; `without` what these selectors name."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    violations: list[str] = page.evaluate(
        """async ([without, options]) => {
          const context = without.length ? { exclude: without.map((name) => [name]) } : document;
          const { violations } = await axe.run(context, { resultTypes: ["violations"], ...options });
          return violations.flatMap(({ id, nodes }) => nodes.slice(0, 3).map((one) =>
            `${id}: ${one.target.join(" ")}: ${one.failureSummary.split("\\n").slice(1).join(" ").trim()}`));
        }""",
        [without, options],
    )
    return violations


HEADINGS = """() => [...document.querySelectorAll("h1, h2, h3, h4, h5, h6")]
  .filter((one) => one.checkVisibility()).map((one) => Number(one.tagName[1]))"""

NAMELESS = """() => [...document.querySelectorAll("button, a, input, select, summary, [role=button], [tabindex]")]
  .filter((one) => one.checkVisibility() && !one.closest("[aria-hidden=true]"))
  .filter((one) => !(one.textContent.trim() || one.getAttribute("aria-label") || one.labels?.length))
  .map((one) => one.outerHTML.slice(0, 200))"""


@pytest.fixture(scope="module")
def survey(
    keep: Show, part_page: Path, scenes: dict[str, str], once: Callable[..., Path]
) -> dict[str, dict[str, Any]]:
    """What is found in each scene and each dialog: by axe, in the headings, in the names.

    That takes long, and is done once for all workers.
    """

    def write(path: Path) -> None:
        path.write_text(json.dumps(surveyed(keep(part_page), scenes)), "utf-8")

    views: dict[str, dict[str, Any]] = json.loads(once("survey.json", write).read_text("utf-8"))
    return views


#: Scenes whose drawings have nothing that others lack, and what is opened over a drawing.
ELSEWHERE = ("entity", "lens", "near", "one path", "query", "search", "take", "about")


def judged_elsewhere(name: str) -> tuple[str, ...]:
    """What stands beside a scene and is judged beside another."""
    return (
        # The legend is the same beside every scene but for its counts: three views of it do.
        *(() if name in ("core", "table", "overview") else ("#legend",)),
        # Of what a drawing consists: of what is selected, of a path and of what follows too.
        *(("#mechanism .figure",) if name in ELSEWHERE else ()),
    )


def surveyed(opened: Any, scenes: dict[str, str]) -> dict[str, dict[str, Any]]:
    """The same, from an open page."""
    views: dict[str, dict[str, Any]] = {}

    def look(name: str) -> None:
        views[name] = {
            "axe": axe(opened.page, *judged_elsewhere(name)),
            "headings": opened.page.evaluate(HEADINGS),
            "nameless": opened.page.evaluate(NAMELESS),
        }

    for name, address in scenes.items():
        opened.go(address)
        if name == "query":
            answered(opened)
        look(name)
    opened.go("")
    for name in dialogs(opened):
        look(name)
    assert opened.blameless
    return views


def test_axe_finds_nothing_in_any_view_panel_drawer_or_dialog(
    survey: dict[str, dict[str, Any]],
) -> None:
    assert {name: view["axe"] for name, view in survey.items() if view["axe"]} == {}


def test_dark_colours_stand_out_as_well(
    show: Show, part_page: Path, scenes: dict[str, str]
) -> None:
    opened = show(part_page, color_scheme="dark")
    violations = {}
    only = {"runOnly": ["color-contrast"]}
    for name in ("core", "entity", "contested", "paths", "what if", "query", "refuted"):
        opened.go(scenes[name])
        if name == "query":
            answered(opened)
        violations[name] = axe(opened.page, *judged_elsewhere(name), **only)
    opened.go("")
    for name in dialogs(opened):
        violations[name] = axe(opened.page, *judged_elsewhere(name), **only)
    assert {name: problems for name, problems in violations.items() if problems} == {}


def test_headings_begin_with_one_and_leave_no_level_out(
    survey: dict[str, dict[str, Any]],
) -> None:
    levels = {name: view["headings"] for name, view in survey.items()}
    assert {name: of_view.count(1) for name, of_view in levels.items()} == dict.fromkeys(levels, 1)
    jumps = {
        name: [(a, b) for a, b in pairwise(of_view) if b > a + 1]
        for name, of_view in levels.items()
    }
    assert jumps == {name: [] for name in levels}


def test_everything_that_can_be_used_has_a_name(survey: dict[str, dict[str, Any]]) -> None:
    assert {name: view["nameless"] for name, view in survey.items() if view["nameless"]} == {}


def test_what_changes_is_said(look: Show, part_page: Path) -> None:
    opened = look(part_page)
    page = opened.page

    def announced() -> str:
        page.wait_for_selector("#live:not(:empty)", state="attached")
        return opened.text("#live")

    page.get_by_role("button", name="Only lowers, prevents").click()
    opened.settle()
    shown = opened.text("#shown").partition(" · ")[0].replace(", ", " and ")
    assert announced() == f"{shown} shown"
    page.get_by_role("button", name="Clear filters").click()
    page.locator("#mechanism .box[aria-label^='calcitriol, ']").click()
    opened.settle()
    assert "calcitriol" in announced()
    opened.go(PATHS)
    assert "makes osteoporosis more likely" in announced()
    assert page.locator("#live").get_attribute("aria-live") == "polite"


# --- By keyboard -----------------------------------------------------------------------------

PLACES = ("search", "views", "bar", "legend", "scene", "mechanism", "tools", "panel")


def test_tab_leads_everywhere_and_out_again_and_shows_where_it_is(
    show: Show, part_page: Path
) -> None:
    opened = show(part_page, "#entity=calcitriol")
    page = opened.page
    page.evaluate("document.activeElement.blur()")
    walked: list[str] = []
    unseen: list[str] = []
    for _ in range(400):
        page.keyboard.press("Tab")
        stop = page.evaluate(
            """() => {
              const one = document.activeElement;
              if (one === document.body) return null;
              const { outlineStyle, outlineWidth } = getComputedStyle(one);
              const ring = one.querySelector(":scope > .ring");
              const seen = (outlineStyle !== "none" && parseFloat(outlineWidth) >= 2) || (ring && getComputedStyle(ring).stroke !== "none");
              const place = one.closest("footer") ? "footer" : one.closest("[id]:not(button, input, summary)")?.id ?? one.id;
              return { place: one.id === "search" ? "search" : place, seen, html: one.outerHTML.slice(0, 120) };
            }"""
        )
        if stop is None:
            break
        walked.append(stop["place"])
        unseen += [] if stop["seen"] else [stop["html"]]
    else:
        pytest.fail("Tab never leaves the page")
    assert unseen == []
    places = {"filters" if place == "legend" else place for place in PLACES}
    assert {*places, "footer"} - set(walked) == set()
    # The drawing is one stop, however many boxes there are.
    assert walked.count("mechanism") == 1


def test_the_skip_link_leads_to_the_evidence(show: Show, part_page: Path) -> None:
    page = show(part_page).page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the evidence"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "panel"
    assert page.evaluate("location.hash") == ""


# --- Without motion, large, small ------------------------------------------------------------


def moving(opened: Any) -> int:
    """How many things begin to move when the neighbours of a box come in."""
    page = opened.page
    page.evaluate(
        """() => {
          window.moved = 0;
          const animate = Element.prototype.animate;
          Element.prototype.animate = function (...told) { window.moved += 1; return animate.apply(this, told); };
          document.addEventListener("transitionrun", () => { window.moved += 1; });
        }"""
    )
    page.locator("#mechanism .box[aria-label^='calcitriol, ']").click()
    opened.settle()
    page.get_by_role("button", name="Expand").click()
    opened.settle()
    count: int = page.evaluate("window.moved")
    return count


def test_nothing_moves_for_those_who_want_stillness(show: Show, part_page: Path) -> None:
    assert moving(show(part_page)) == 0
    assert moving(show(part_page, reduced_motion="no-preference")) > 0


#: 320 is a desktop of 1280 at 400 %, 720 one of 1440 at 200 %.
WIDTHS = (1024, 720, 390, 320)


def test_no_width_makes_the_page_scroll_sideways(
    show: Show, part_page: Path, scenes: dict[str, str]
) -> None:
    opened = show(part_page, height=700)
    page = opened.page
    wide = {}

    def measure(name: str, widths: Sequence[int] = WIDTHS) -> None:
        for width in widths:
            page.set_viewport_size({"width": width, "height": 700})
            wide[name, width] = page.evaluate("document.scrollingElement.scrollWidth")

    names = ("core", "entity", "contested", "table", "overview", "paths", "what if", "query")
    for number, name in enumerate(names):
        opened.go(scenes[name])
        # Each begins with the width that the last ended with, at which it is drawn already.
        measure(name, WIDTHS[:: -1 if number % 2 else 1])
    opened.go(scenes["conflicts"])
    page.locator("#panel [data-conflict]").first.click()
    measure("conflict")
    opened.go("")
    for name in dialogs(opened):
        measure(name)
        inner = page.locator("#found" if name == "search" else "dialog").bounding_box()
        wide[name, "left"], wide[name, "right"] = (
            inner["x"] >= 0,
            inner["x"] + inner["width"] <= 320,
        )
    assert {key: measured for key, measured in wide.items() if measured not in {key[1], True}} == {}


# --- By touch --------------------------------------------------------------------------------


@pytest.fixture
def phone(look: Show, part_page: Path) -> Any:
    return look(part_page, width=390, height=844, has_touch=True, is_mobile=True)


def test_what_is_touched_is_large_enough(phone: Any, scenes: dict[str, str]) -> None:
    """At least 24 by 24 pixels (WCAG 2.2, 2.5.8); a link in a text may be as high as the text."""
    small = {}
    for name in ("core", "entity", "contested", "paths", "what if", "table", "query"):
        phone.go(scenes[name])
        small[name] = phone.page.evaluate(
            """() => [...document.querySelectorAll("button, input, select, summary, [role=slider]")]
              .filter((one) => one.checkVisibility({ visibilityProperty: true }))
              .map((one) => [one, (one.matches("label input") ? one.closest("label") : one).getBoundingClientRect()])
              .filter(([, box]) => box.width > 0 && (box.width < 24 || box.height < 24))
              .map(([one, box]) => `${one.outerHTML.slice(0, 90)} ${box.width.toFixed(0)}×${box.height.toFixed(0)}`)"""
        )
    assert small == {name: [] for name in small}


def middle(page: Any, selector: str) -> tuple[float, float]:
    box = page.locator(selector).first.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_a_tap_selects_and_leads_to_what_is_known(phone: Any) -> None:
    page = phone.page
    name = page.evaluate(
        """() => [...document.querySelectorAll("#mechanism .box")].find((box) => {
          const { x, y, width, height } = box.querySelector(".outline").getBoundingClientRect();
          return box.contains(document.elementFromPoint(x + width / 2, y + height / 2));
        }).getAttribute("aria-label").split(", ")[0]"""
    )
    page.touchscreen.tap(*middle(page, f"#mechanism .box[aria-label^='{name}, '] .outline"))
    phone.settle()
    assert phone.text("#panel h2") == name
    peek = page.locator("#peek")
    assert peek.text_content() == f"{name}↓"
    peek.tap()
    page.wait_for_selector("#peek.up")
    assert page.locator("#panel h2").bounding_box()["y"] < 100


def test_fingers_move_and_enlarge_the_drawing_and_not_the_page(phone: Any) -> None:
    page = phone.page
    session = page.context.new_cdp_session(page)

    def touch(kind: str, *points: tuple[float, float]) -> None:
        session.send(
            "Input.dispatchTouchEvent",
            {
                "type": kind,
                "touchPoints": [{"x": x, "y": y, "id": i} for i, (x, y) in enumerate(points)],
            },
        )

    def seen() -> list[float]:
        matrix: list[float] = page.evaluate(
            """() => {
              const { a, e, f } = document.querySelector("#mechanism .camera").getCTM();
              return [a, e, f];
            }"""
        )
        return matrix

    box = page.locator("#stage").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    before = seen()
    touch("touchStart", (x, y))
    for step in range(1, 9):
        touch("touchMove", (x - 10 * step, y - 5 * step))
    touch("touchEnd")
    after = seen()
    assert after[0] == before[0]
    assert after[1] == pytest.approx(before[1] - 80, abs=12)
    assert after[2] == pytest.approx(before[2] - 40, abs=8)

    touch("touchStart", (x - 30, y), (x + 30, y))
    for step in range(1, 9):
        touch("touchMove", (x - 30 - 4 * step, y), (x + 30 + 4 * step, y))
    touch("touchEnd")
    assert seen()[0] == pytest.approx(after[0] * 2, rel=0.15)
    assert page.evaluate("scrollY") == 0
    assert page.evaluate("visualViewport.scale") == 1
    assert phone.blameless


# --- In few colours --------------------------------------------------------------------------

#: Colours of grounds and borders are what the system forces: an outline or a stroke must tell.
DIFFERENT = """([one, other]) => {
  const says = ["outlineStyle", "outlineWidth", "stroke", "strokeWidth"];
  const looks = (selector) => {
    const style = getComputedStyle(document.querySelector(selector));
    return JSON.stringify(says.map((name) => style[name]));
  };
  return looks(one) !== looks(other);
}"""


def test_what_is_selected_is_seen_in_forced_colours(show: Show, part_page: Path) -> None:
    opened = show(part_page, f"{PATHS}&entity=magnesium", forced_colors="active")
    page = opened.page
    pairs = {
        "view": ("#views [aria-pressed=true]", "#views [aria-pressed=false]"),
        "scene": ("#bar [aria-pressed=true]", "#bar [aria-pressed=false]"),
        "box": ("#mechanism .box.chosen .ring", "#mechanism .box:not(.chosen) .ring"),
    }
    alike = [name for name, pair in pairs.items() if not page.evaluate(DIFFERENT, list(pair))]
    opened.go(
        f"{PATHS}&view=table&statement={page.locator('#panel .line[data-statement]').first.get_attribute('data-statement')}"
    )
    rows = ("#table tr[aria-current]", "#table tbody tr:not([aria-current])")
    alike += [] if page.evaluate(DIFFERENT, list(rows)) else ["row"]
    assert alike == []
    assert opened.blameless


#: One statement of each sign, all alike but for it.
SIGNS = Graph(
    [
        *(Entity(id=key, name=f"thing {key}", category="chemical") for key in "abcd"),
        *(
            Statement(
                subject="a",
                predicate=predicate,
                object=end,
                evidence=(Evidence(source=f"PMID:1000000{end}", strength="direct"),),
            )
            for predicate, end in (("increases", "b"), ("decreases", "c"), ("regulates", "d"))
        ),
    ]
)
BLINDNESS = ("none", "deuteranopia", "protanopia", "tritanopia", "achromatopsia")


def lab(colour: str) -> tuple[float, float, float]:
    """The colour in CIELAB (D65), in which distances are those that an eye sees."""
    linear = [
        v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4
        for v in (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    ]
    matrix = (
        (0.4124, 0.3576, 0.1805, 0.9505),
        (0.2126, 0.7152, 0.0722, 1.0),
        (0.0193, 0.1192, 0.9505, 1.089),
    )
    x, y, z = (
        math.cbrt(t) if t > 216 / 24389 else (24389 / 27 * t + 16) / 116
        for t in (sum(map(float.__mul__, row[:3], linear)) / row[3] for row in matrix)
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def painted(opened: Any, group: str) -> str:
    """The colour in which the legend paints a sign: after its ground, the most frequent one."""
    counts = opened.colours(f"#filters [data-field=group] [data-key={group}] + svg")
    ground, line = sorted(counts, key=lambda colour: -counts[colour])[:2]
    assert counts[line] >= 20, (ground, counts)
    return line


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_signs_differ_in_colour_or_at_least_in_shape(show: Show, scheme: str) -> None:
    opened = show(SIGNS, color_scheme=scheme)
    session = opened.page.context.new_cdp_session(opened.page)
    near = {}
    for kind in BLINDNESS:
        session.send("Emulation.setEmulatedVisionDeficiency", {"type": kind})
        raises, lowers = (lab(painted(opened, group)) for group in ("raises", "lowers"))
        near[kind] = math.dist(raises, lowers)
    # Without any colour only the heads tell them apart, and they do for everybody.
    assert {kind: apart for kind, apart in near.items() if apart < 25} == {
        kind: near[kind] for kind in ("achromatopsia",) if near[kind] < 25
    }
    heads = opened.page.eval_on_selector_all(
        "#mechanism .head", "all => all.map((one) => one.getAttribute('d'))"
    )
    assert len(set(heads)) == 3
