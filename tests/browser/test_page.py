"""What a reader does with the page, in a browser without a network."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from trabecula.graph import Graph
from trabecula.model import Entity, Evidence, Statement
from trabecula.views import html, style

Show = Callable[..., Any]

PAIR = Graph(
    [
        Entity(id="one", name="the first one", category="chemical", synonyms=("Öl",)),
        Entity(id="two", name="the second one", category="process"),
        Statement(
            subject="one",
            predicate="inhibits",
            object="two",
            evidence=(Evidence(source="PMID:12345678", strength="direct", summary="It did."),),
        ),
    ]
)


def middle(page: Any) -> tuple[float, float]:
    """Where the middle of what is drawn lies: above that of the stage, clear of the buttons."""
    box = page.locator("#graph").bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2 - 18


def connected(graph: Graph) -> set[str]:
    return {end for s in graph.statements.values() for end in (s.subject, s.object)}


def test_the_shipped_graph_opens_without_an_error_or_a_request(
    show: Show, shipped_page: Path, shipped: Graph
) -> None:
    opened = show(shipped_page)
    used = {row.source for s in shipped.statements.values() for row in s.evidence}
    assert opened.errors == []
    assert opened.requests == []
    assert opened.text("#counts").replace(",", "") == (
        f"{len(shipped.entities)} entities · {len(shipped)} statements · {len(used)} sources"
    )


def test_boxes_and_lines_are_painted_in_the_colours_of_the_legend(show: Show) -> None:
    painted = show(PAIR).colours()
    assert painted[style.look("chemical").fill] > 500
    assert painted[style.look("process").fill] > 500
    assert painted[style.GROUPS["lowers"].line] > 50


@pytest.mark.parametrize("typed", ["calcitr", "1,25(OH)2D", "CHEBI:17823", "CALCITRIOL"])
def test_search_finds_calcitriol_by_name_synonym_and_identifier(
    show: Show, shipped_page: Path, typed: str
) -> None:
    opened = show(shipped_page)
    opened.page.keyboard.press("/")
    opened.page.keyboard.type(typed)
    names = opened.page.locator("#found .name").all_text_contents()
    assert "calcitriol" in {name.split(" ")[0] for name in names}
    opened.page.locator("#found li", has_text="calcitriol").first.click()
    assert opened.text("#panel h2") == "calcitriol"
    assert opened.page.locator("#panel a", has_text="CHEBI:17823").get_attribute("href") == (
        "https://purl.obolibrary.org/obo/CHEBI_17823"
    )
    assert opened.page.url.endswith("#entity=calcitriol")
    assert opened.errors == []


def test_arrow_keys_choose_what_was_found(show: Show) -> None:
    opened = show(PAIR)
    opened.page.keyboard.press("/")
    opened.page.keyboard.type("the")
    assert opened.page.locator("#search").get_attribute("aria-activedescendant") == "found-0"
    opened.page.keyboard.press("ArrowDown")
    assert opened.page.locator("#found [aria-selected=true] .name").all_text_contents() == [
        "the second one"
    ]
    opened.page.keyboard.press("Enter")
    assert opened.text("#panel h2") == "the second one"


def test_search_forgives_accents_and_says_when_nothing_is_found(show: Show) -> None:
    opened = show(PAIR)
    opened.page.fill("#search", "ol")
    assert opened.page.locator("#found .name").all_text_contents() == ["the first one Öl"]
    opened.page.fill("#search", "osteon")
    assert opened.text("#found") == "Nothing in this graph is called that."


def test_a_line_of_an_entity_opens_the_statement_with_its_evidence(show: Show, tiny: Graph) -> None:
    opened = show(tiny, "#entity=magnesium")
    assert opened.page.locator("#panel h3").all_text_contents() == [
        "What it acts on 4",
    ]
    opened.page.locator(".line", has_text="activates").click()
    assert opened.text("#panel h2") == "magnesium activates osteoblast"
    assert opened.text(".verdict") == "supported independent support and no dispute."
    assert opened.text(".tally").startswith("2 independent sources for it, 0 against")
    assert opened.page.locator(".evidence .summary").all_text_contents() == [
        row.summary for row in tiny.out("magnesium")[0].evidence
    ]
    links = opened.page.locator("#panel a")
    hrefs = [link.get_attribute("href") for link in links.all()]
    assert "https://pubmed.ncbi.nlm.nih.gov/12345678/" in hrefs
    assert {href.split(":")[0] for href in hrefs} == {"https"}
    assert {link.get_attribute("rel") for link in links.all()} == {"noopener noreferrer"}


def test_a_contested_statement_shows_the_sides_apart(show: Show, tiny: Graph) -> None:
    (contested,) = (s for s in tiny.statements.values() if tiny.status(s) == "contested")
    opened = show(tiny, f"#statement={contested.id}")
    assert opened.page.locator(".side h3").all_text_contents() == [
        "For 1", "Against 1", "Limits where it holds 1",
    ]  # fmt: skip
    assert opened.page.locator(".side.against .summary").all_text_contents() == ["Did not."]
    assert opened.text(".verdict").startswith("? contested ")
    assert opened.text(".qualifiers") == "only with pattern: continuous"


def test_what_the_article_asserts_stands_apart_from_what_papers_found(
    show: Show, tiny: Graph
) -> None:
    (refuted,) = (s for s in tiny.statements.values() if tiny.status(s) == "refuted")
    opened = show(tiny, f"#statement={refuted.id}")
    assert opened.page.locator(".side h3").all_text_contents() == [
        "Against 1", "What the article asserts",
    ]  # fmt: skip
    assert opened.page.locator(".side.article .summary").all_text_contents() == ["It says so."]
    assert opened.text(".verdict").startswith("× refuted ")


def test_a_negated_statement_says_not(show: Show, tiny: Graph) -> None:
    (negated,) = (s for s in tiny.statements.values() if s.negated)
    opened = show(tiny, f"#statement={negated.id}")
    assert opened.text("#panel h2") == "not: magnesium increases bone mineral density"


def test_a_click_on_a_line_opens_the_statement_and_escape_closes_it(show: Show) -> None:
    opened = show(PAIR)
    opened.page.mouse.click(*middle(opened.page))
    assert opened.text("#panel h2") == "the first one inhibits the second one"
    assert "#statement=" in opened.page.url
    opened.page.keyboard.press("Escape")
    assert opened.text("#panel h2") == "Start here"
    assert "#" not in opened.page.url


def test_a_click_on_a_box_opens_the_entity(show: Show) -> None:
    opened = show(Graph([Entity(id="alone", name="alone", category="cell")]))
    opened.page.mouse.click(*middle(opened.page))
    assert opened.text("#panel h2") == "alone"


def test_a_reload_keeps_the_selection_and_back_returns_to_the_last(show: Show) -> None:
    opened = show(PAIR, "#entity=one")
    opened.page.locator(".line").click()
    statement = opened.page.url
    opened.page.reload()
    opened.page.wait_for_selector("html[data-ready]")
    assert opened.page.url == statement
    assert opened.text("#panel h2") == "the first one inhibits the second one"
    opened.page.go_back()
    assert opened.text("#panel h2") == "the first one"


def test_an_address_of_something_else_is_forgiven(show: Show) -> None:
    for fragment in ("#entity=three", "#entity=%E0%A4%A", "#statement=__proto__"):
        opened = show(PAIR, fragment)
        assert opened.text("#notice") == "What this address names is not in this graph."
        assert opened.errors == []


def test_the_legend_counts_every_category_sign_and_status(
    show: Show, shipped_page: Path, shipped: Graph
) -> None:
    opened = show(shipped_page)

    def counts(field: str) -> dict[str, int]:
        rows = opened.page.locator(f"fieldset[data-field={field}] .row").all()
        return {
            row.locator(".name").text_content(): int(row.locator(".count").text_content())
            for row in rows
        }

    categories = Counter(
        style.category_words(shipped.entities[key].category) for key in connected(shipped)
    )
    groups = Counter(style.GROUPS[style.group(s)].label for s in shipped.statements.values())
    statuses = Counter(style.LINES[shipped.status(s)].label for s in shipped.statements.values())
    assert counts("category") == categories
    assert counts("group") == groups
    assert counts("status") == statuses


def test_a_filter_of_the_legend_hides_and_shows_again(show: Show, tiny: Graph) -> None:
    opened = show(tiny)
    before = opened.colours()
    contested = opened.page.locator("fieldset[data-field=status] .row", has_text="contested")
    assert opened.text("#shown") == "4 of 5 entities, 6 of 6 statements shown"
    contested.locator("input").uncheck()
    assert opened.text("#shown") == "4 of 5 entities, 5 of 6 statements shown"
    protein = opened.page.locator("fieldset[data-field=category] .row", has_text="protein")
    protein.locator("input").uncheck()
    assert opened.text("#shown") == "3 of 5 entities, 3 of 6 statements shown"
    opened.page.wait_for_function(
        f"() => !(({opened.COLOURS})()['{style.look('protein').fill}'])", timeout=5_000
    )
    protein.locator("input").check()
    opened.page.locator("fieldset[data-field=status] .all").click()
    assert opened.text("#shown") == "4 of 5 entities, 6 of 6 statements shown"
    assert before[style.look("protein").fill] > 100


def test_only_shows_one_kind_and_again_all(show: Show, tiny: Graph) -> None:
    opened = show(tiny)
    only = opened.page.get_by_role("button", name="Only refuted")
    only.focus()
    opened.page.keyboard.press("Enter")
    assert opened.text("#shown") == "2 of 5 entities, 1 of 6 statements shown"
    only.focus()
    opened.page.keyboard.press("Enter")
    assert opened.text("#shown") == "4 of 5 entities, 6 of 6 statements shown"


def test_entities_without_statements_are_drawn_on_request(show: Show, tiny: Graph) -> None:
    opened = show(tiny)
    opened.page.locator("#loose").check()
    assert opened.text("#shown") == "everything is shown"


def test_dark_pages_for_those_who_prefer_them(show: Show) -> None:
    light, dark = (show(PAIR, color_scheme=scheme) for scheme in ("light", "dark"))
    grounds = [
        opened.page.evaluate("getComputedStyle(document.body).backgroundColor")
        for opened in (light, dark)
    ]
    assert grounds == ["rgb(255, 255, 255)", "rgb(21, 25, 29)"]
    assert dark.colours()[style.look("process").dark_fill] > 500
    assert dark.errors == []


@pytest.mark.parametrize("fragment", ["", "#entity=calcitriol"])
def test_on_a_phone_nothing_sticks_out_sideways(
    show: Show, shipped_page: Path, fragment: str
) -> None:
    opened = show(shipped_page, fragment, width=390, height=844)
    assert opened.page.evaluate("document.scrollingElement.scrollWidth") == 390
    opened.page.locator("#legend > summary").click()
    assert opened.page.evaluate("document.scrollingElement.scrollWidth") == 390


def test_the_drawing_can_be_moved_and_zoomed_by_keys(show: Show) -> None:
    opened = show(PAIR)
    fill = style.look("process").fill
    before = opened.colours()[fill]
    opened.page.locator("#graph").focus()
    for _ in range(3):
        opened.page.keyboard.press("+")
    opened.page.wait_for_function(
        f"() => ({opened.COLOURS})()['{fill}'] > {before} * 1.5", timeout=5_000
    )
    opened.page.keyboard.press("0")
    opened.page.wait_for_function(
        f"() => ({opened.COLOURS})()['{fill}'] < {before} * 1.1", timeout=5_000
    )


def test_everything_one_can_press_can_be_reached_and_has_a_name(show: Show, tiny: Graph) -> None:
    opened = show(tiny, "#entity=magnesium")
    nameless = opened.page.evaluate(
        """() => [...document.querySelectorAll("button, a, input, [tabindex='0']")]
          .filter((e) => !(e.textContent.trim() || e.getAttribute("aria-label") || e.labels?.length))
          .map((e) => e.outerHTML)"""
    )
    assert nameless == []
    total = opened.page.evaluate(
        """() => [...document.querySelectorAll("button, a, input, summary, [tabindex='0']")]
          .filter((e) => !e.disabled && e.checkVisibility({ visibilityProperty: true })).length"""
    )
    reached = set()
    for _ in range(total + 5):
        opened.page.keyboard.press("Tab")
        reached.add(
            opened.page.evaluate(
                "[...document.querySelectorAll('*')].indexOf(document.activeElement)"
            )
        )
    assert len(reached) >= total


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
    assert opened.errors == []


def test_beyond_the_budget_the_page_says_what_is_left_out(
    show: Show, tiny: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(html, "MAX_STATEMENTS", 2)
    opened = show(tiny)
    assert opened.text(".left-out").startswith(
        "Not everything is drawn. Left out: 2 entities and 4 statements;"
    )
    assert opened.text(".left-out code") == html.COMMAND


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
    assert opened.text("#shown") == "everything is shown"
    assert opened.errors == []
