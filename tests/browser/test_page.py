"""What the page shows of graphs made for it: search, filters, views, and what is at the edge."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from trabecula.cli import main
from trabecula.formats import write
from trabecula.graph import Graph
from trabecula.lookup import search
from trabecula.model import Entity, Evidence, Statement
from trabecula.page import html, opening
from trabecula.picture import style
from trabecula.vocabulary import category_words

Show = Callable[..., Any]

READ = Evidence(source="PMID:12345678", strength="direct", summary="It did.")

PAIR = Graph(
    [
        Entity(id="one", name="the first one", category="chemical", synonyms=("Öl",)),
        Entity(id="two", name="the second one", category="process"),
        Statement(subject="one", predicate="inhibits", object="two", evidence=(READ,)),
    ]
)


def says(subject: str, predicate: str, object_: str) -> Statement:
    return Statement(subject=subject, predicate=predicate, object=object_, evidence=(READ,))


# --- Search ----------------------------------------------------------------------------------


def test_search_finds_calcitriol_by_name_synonym_and_identifier(
    look: Show, shipped_page: Path
) -> None:
    opened = look(shipped_page)
    for typed in ("calcitr", "CALCITRIOL", "CHEBI:17823"):
        opened.page.locator("body").press("/")
        opened.page.keyboard.type(typed)
        names = opened.page.locator("#found .name").all_text_contents()
        assert names[0].startswith("calcitriol"), typed
        opened.page.keyboard.press("Escape")
        opened.page.keyboard.press("Escape")
    opened.page.locator("#search").fill("1,25(OH)2D")
    names = opened.page.locator("#found .name").all_text_contents()
    assert any(name.startswith("calcitriol") for name in names)
    assert opened.blameless


def test_search_forgives_what_the_command_line_forgives(look: Show) -> None:
    graph = Graph(
        [
            Entity(id="a", name="calcitriol", category="chemical"),
            Entity(id="b", name="β-catenin", category="protein"),
            Entity(id="c", name="25-hydroxyvitamin D", category="chemical", synonyms=("25(OH)D",)),
            Entity(id="d", name="oestradiol", category="chemical"),
        ]
    )
    opened = look(graph)
    for typed in ("calcitrol", "beta-catenin", "b catenin", "25 oh d", "estradiol", "xyzzy"):
        opened.page.locator("#search").fill(typed)
        names = [hit.entity.name for hit in search(graph, typed)]
        assert (
            opened.page.locator("#found .name").evaluate_all(
                "all => all.map((one) => one.firstChild.textContent)"
            )
            == names
        ), typed
    assert opened.blameless


def test_arrow_keys_choose_what_was_found(look: Show) -> None:
    opened = look(PAIR)
    opened.page.keyboard.press("/")
    opened.page.keyboard.type("the")
    box = opened.page.locator("#search")
    assert box.get_attribute("aria-activedescendant") == "found-0"
    opened.page.keyboard.press("ArrowDown")
    assert opened.page.locator("#found [aria-selected=true] .name").all_text_contents() == [
        "the second one"
    ]
    opened.page.keyboard.press("Enter")
    opened.settle()
    assert opened.text("#panel h2") == "the second one"
    box.fill("ol")
    assert opened.page.locator("#found .name").all_text_contents() == ["the first one Öl"]
    box.fill("osteon")
    assert opened.text("#found") == "Nothing in this graph is called that."
    box.fill("does it strengthen bone")  # a question is told where to go
    assert "asked under Paths" in opened.text("#found")


# --- Views -----------------------------------------------------------------------------------


def test_three_views_show_one_state(look: Show, small: Graph) -> None:
    opened = look(small, "#entity=magnesium&hide-status=refuted")
    page = opened.page
    shown = opened.text("#shown")
    assert page.locator("#mechanism .lines .line").count() == 5
    assert page.locator("#mechanism .box.chosen").count() == 1
    for view in ("Table", "Overview", "Mechanism"):
        page.get_by_role("button", name=view, exact=True).click()
        opened.settle()
        assert opened.text("#shown") == shown
        assert opened.text("#panel h2") == "magnesium"
        assert page.locator("#views [aria-pressed=true]").all_text_contents() == [view]
        assert page.locator(".view:visible").count() == 1
    page.get_by_role("button", name="Table", exact=True).click()
    opened.settle()
    assert page.locator("#table tbody tr").count() == 5
    assert opened.blameless


@pytest.mark.parametrize("view", ["mechanism", "overview"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_boxes_and_lines_are_painted_in_the_colours_of_the_legend(
    look: Show, view: str, scheme: str
) -> None:
    opened = look(PAIR, f"#view={view}", color_scheme=scheme)
    dark = scheme == "dark"
    painted = opened.colours()
    for category in ("chemical", "process"):
        look = style.look(category)
        assert painted[look.dark_fill if dark else look.fill] > 500, category
    group = style.GROUPS["lowers"]
    assert painted[group.dark_line if dark else group.line] > 50
    assert opened.blameless


@pytest.mark.parametrize("view", ["mechanism", "overview"])
def test_a_click_selects_a_box_or_a_line_and_escape_leaves_it(show: Show, view: str) -> None:
    # Boxes of one size, so that the line between them runs through the middle of the drawing.
    tar = Entity(id="tar", name="tar", category="chemical")
    art = Entity(id="art", name="art", category="chemical")
    opened = show(Graph([tar, art, says("tar", "inhibits", "art")]), f"#view={view}")
    page = opened.page
    box = page.locator("#stage").bounding_box()
    middle = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.click(*middle)
    opened.settle()
    assert opened.text("#panel h2") == "tar inhibits art"
    assert "statement=" in page.url
    page.keyboard.press("Escape")
    opened.settle()
    assert opened.text("#panel h2") == "Start here"
    alone = show(Graph([Entity(id="alone", name="alone", category="cell")]), f"#view={view}")
    alone.page.mouse.click(*middle)
    alone.settle()
    assert alone.text("#panel h2") == "alone"
    assert opened.blameless
    assert alone.blameless


def test_the_drawing_moves_and_grows_by_keys(look: Show) -> None:
    opened = look(PAIR)
    page = opened.page
    scale = "document.querySelector('#mechanism .camera').getCTM().a"
    before = page.evaluate(scale)
    for _ in range(3):
        page.keyboard.press("+")
    assert page.evaluate(scale) == pytest.approx(before * 1.3**3)
    page.keyboard.press("0")
    assert page.evaluate(scale) == pytest.approx(before)


@pytest.mark.parametrize("width", [1440, 1300, 1100, 390])
def test_every_tool_is_within_the_window_however_long_the_title(
    look: Show, shipped_page: Path, width: int
) -> None:
    page = look(shipped_page).page
    page.set_viewport_size({"width": width, "height": 900})
    tools = page.locator("#bar button, #views button, #search, h1").evaluate_all(
        "all => all.map((one) => [one.textContent, Math.round(one.getBoundingClientRect().right)])"
    )
    assert [name for name, right in tools if right > width] == []
    assert "About" in [name for name, _ in tools]
    assert page.evaluate("document.documentElement.scrollWidth") == width
    page.set_viewport_size({"width": 1440, "height": 900})


@pytest.mark.parametrize("width", [1920, 1440, 1410, 1390, 1100])
def test_the_title_of_the_shipped_graph_is_seen_whole(
    look: Show, shipped_page: Path, width: int
) -> None:
    page = look(shipped_page).page
    page.set_viewport_size({"width": width, "height": 900})
    cut = page.locator("h1, h1 small").evaluate_all(
        "all => all.map((one) => [one.scrollWidth - one.clientWidth, one.scrollHeight - one.clientHeight])"
    )
    page.set_viewport_size({"width": 1440, "height": 900})
    assert len(cut) == 2
    assert all(wide <= 0 and high <= 1 for wide, high in cut), cut


# --- Filters ---------------------------------------------------------------------------------


def rows(opened: Any, field: str) -> dict[str, int]:
    shown = opened.page.locator(f"#filters [data-field={field}] .row").all()
    return {
        row.locator(".name").text_content(): int(
            row.locator(".count").text_content().replace(",", "")
        )
        for row in shown
    }


def test_the_legend_counts_every_category_sign_and_status(
    look: Show, shipped_page: Path, shipped: Graph
) -> None:
    opened = look(shipped_page, "#scene=all&view=table")
    statements, words = shipped.statements.values(), shipped.words
    ends = {end for s in statements for end in (s.subject, s.object)}
    assert rows(opened, "category") == Counter(
        category_words(shipped.entities[key].category, words) for key in ends
    )
    assert rows(opened, "group") == Counter(
        style.GROUPS[style.group(s, words)].label for s in statements
    )
    assert rows(opened, "status") == Counter(
        style.LINES[shipped.status(s)].label for s in statements
    )
    assert rows(opened, "predicate") == Counter(
        words.relation(s.predicate).label for s in statements
    )
    assert rows(opened, "topic") == Counter(
        style.topic_words(s.topic, words) if s.topic else "none" for s in statements
    )


def test_a_filter_hides_and_shows_again(look: Show, small: Graph) -> None:
    opened = look(small)
    page = opened.page
    assert opened.text("#shown") == "6 statements, 4 entities"
    contested = page.locator("#filters [data-field=status] .row", has_text="contested")
    contested.locator("input").uncheck()
    assert opened.text("#shown") == "5 statements, 4 entities · 1 hidden by filters"
    protein = page.locator("#filters [data-field=category] .row", has_text="protein")
    protein.locator("input").uncheck()
    assert opened.text("#shown") == "3 statements, 3 entities · 3 hidden by filters"
    opened.settle()
    assert style.look("protein").fill not in opened.colours()
    page.get_by_role("button", name="Clear filters").click()
    opened.settle()
    assert opened.text("#shown") == "6 statements, 4 entities"
    assert opened.colours()[style.look("protein").fill] > 100

    only = page.get_by_role("button", name="Only refuted")
    only.focus()
    page.keyboard.press("Enter")
    assert opened.text("#shown") == "1 statement, 2 entities · 5 hidden by filters"
    page.keyboard.press("Enter")
    assert opened.text("#shown") == "6 statements, 4 entities"
    page.locator("#loose").check()
    assert opened.text("#shown") == "6 statements, 5 entities"
    page.locator("#least").fill("1")
    page.locator("#least").dispatch_event("change")
    supported = [s for s in small.statements.values() if small.independent(s)]
    assert opened.text("#shown").startswith(f"{len(supported)} statements, ")
    assert opened.blameless


def test_neighbours_come_and_go_and_a_pinned_box_stays(look: Show, small: Graph) -> None:
    opened = look(small, "#scene=near&of=bmd&entity=magnesium")
    page = opened.page

    def names() -> set[str]:
        opened.settle()
        labels = page.locator("#mechanism .box").evaluate_all(
            "all => all.map((one) => one.getAttribute('aria-label').split(',')[0])"
        )
        return set(labels)

    near = {"bone mineral density", "magnesium"}
    everything = near | {"PTH", "osteoblast"}
    button = page.locator("#panel").get_by_role("button")
    assert names() == near
    button.filter(has_text="Expand").click()
    assert names() == everything
    page.get_by_role("button", name="Collapse", exact=True).click()
    assert names() == near
    button.filter(has_text="Expand").click()
    page.locator("#mechanism .box[aria-label^='PTH, '] .outline").click()
    page.get_by_role("button", name="Pin", exact=True).click()
    page.locator("#mechanism .box[aria-label^='osteoblast, '] .outline").click()
    page.get_by_role("button", name="Hide", exact=True).click()
    assert names() == everything - {"osteoblast"}
    assert "hidden: osteoblast" in opened.text("#scene")
    page.get_by_role("button", name="Collapse magnesium").click()
    assert names() == near | {"PTH"}
    page.get_by_role("button", name="Show osteoblast again").click()
    assert opened.blameless


# --- Reasoning -------------------------------------------------------------------------------

#: With `dose` up, `rise` goes up and `fall` down; both act on `both`; the way of `vague` is unsaid.
CHANGE = Graph(
    [
        *(
            Entity(id=key, name=f"the {key}", category="chemical")
            for key in ("dose", "rise", "fall", "both", "vague", "held")
        ),
        says("dose", "increases", "rise"),
        says("dose", "decreases", "fall"),
        says("rise", "increases", "both"),
        says("fall", "increases", "both"),
        says("dose", "regulates", "vague"),
        says("rise", "increases", "held"),
    ]
)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_of_whatif_says_what_follows_in_fill_and_word(
    show: Show, tmp_path: Path, scheme: str
) -> None:
    graph, page = tmp_path / "graph.json", tmp_path / "what-if.html"
    write(CHANGE, graph)
    asked = ["whatif", "dose=up", "held=fixed", "-o", str(page), "--graph", str(graph)]
    assert CliRunner().invoke(main, asked).exit_code == 0
    opened = show(page, color_scheme=scheme)
    marks = opened.page.locator("#filters .marks .row")
    assert {
        row.locator(".name").text_content(): row.locator(".count").text_content()
        for row in marks.all()
    } == {
        "changed: up": "1",
        "held fixed": "1",
        "goes up": "1",
        "goes down": "1",
        "open": "2",
    }
    painted = opened.colours()
    for key in ("changed-up", "up", "down"):
        mark = style.MARKS[key]
        assert painted[mark.dark_fill if scheme == "dark" else mark.fill] > 300, key

    opened.page.locator("#mechanism .box[aria-label^='the both, '] .outline").click()
    opened.settle()
    assert "Cannot say" in opened.text(".what .verdict")
    assert opened.page.locator(".what .line[data-statement]").count() == 4
    # All that leads to it stays bright, also what does not touch it.
    bright = opened.page.locator("#mechanism .box:not(.dim)").evaluate_all(
        "all => all.map((one) => one.getAttribute('aria-label').split(',')[0])"
    )
    assert set(bright) == {"the dose", "the rise", "the fall", "the both"}
    assert opened.blameless


# --- Edges -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("graph", "heading"),
    [
        (Graph(), "This graph is empty"),
        (Graph([Entity(id="a", name="a", category="cell")]), "No statements"),
    ],
)
def test_a_graph_without_statements_says_so(show: Show, graph: Graph, heading: str) -> None:
    opened = show(graph)
    assert opened.text("#panel h2") == heading
    for view in ("Table", "Overview", "Mechanism"):
        opened.page.get_by_role("button", name=view, exact=True).click()
        opened.settle()
        # Where there is nothing at all, nothing is said to lead to more.
        back = opened.page.get_by_role("button", name="Back to the core")
        assert back.count() == 0 or graph.entities
    for name in ("Paths", "What if", "Loops", "Conflicts"):
        opened.page.get_by_role("button", name=name, exact=True).click()
        opened.settle()
    assert opened.blameless


def test_beyond_the_budget_the_page_says_what_is_left_out(
    show: Show, tiny: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(html, "MAX_STATEMENTS", 2)
    opened = show(tiny)
    assert opened.text(".left-out").startswith(
        "Not everything is in this page. Left out: 2 entities and 4 statements;"
    )
    busiest = opening.busiest(html.budgeted(tiny))
    assert opened.text(".left-out code") == f"trabecula view 'near(\"{busiest}\", 2)' -o part.html"


def test_ids_that_mean_something_to_javascript_are_only_ids(show: Show) -> None:
    names = ("__proto__", "constructor", "hasOwnProperty", "0", "toString")
    graph = Graph(
        [
            *(Entity(id=name, name=f"named {name}", category="cell") for name in names),
            *(
                Statement(subject=name, predicate="binds", object="__proto__", topic=name)
                for name in names[1:]
            ),
        ]
    )
    opened = show(graph, "#entity=__proto__")
    assert opened.text("#panel h2") == "named __proto__"
    assert opened.page.locator("#panel .line").count() == 4
    assert opened.text("#shown") == "4 statements, 5 entities"
    for view in ("overview", "table"):
        opened.go(f"#view={view}&entity=__proto__&hide-topic=toString")
        assert opened.text("#shown") == "3 statements, 4 entities · 1 hidden by filters"
    assert opened.blameless
