"""What a reader does with a page, the shipped one and one of a part, from a file and without a network."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import pytest

from trabecula.graph import Graph
from trabecula.page import opening
from trabecula.picture import style
from trabecula.reason.core import core
from trabecula.reason.explain import Explanation, explain
from trabecula.vocabulary import PREDICATES
from trabecula.words.conclusions import headline

Show = Callable[..., Any]


def drawn(page: Any, shipped: Graph) -> set[str]:
    """The ids of the statements that the Mechanism view draws."""
    numbers = page.eval_on_selector_all(
        "#mechanism .lines .line", "all => all.map((one) => Number(one.dataset.statement))"
    )
    ids = list(shipped.statements)
    return {ids[number] for number in numbers}


def scene(opened: Any, shipped: Graph) -> dict[str, Any]:
    """All that makes up what is seen: statements, selection, view, filters, and the panel."""
    page = opened.page
    return {
        "address": page.evaluate("location.hash"),
        "view": page.locator("#views [aria-pressed=true]").text_content(),
        "statements": drawn(page, shipped),
        "boxes": page.locator("#mechanism .box").count(),
        "chosen": page.locator("#mechanism .box.chosen").evaluate_all(
            "all => all.map((one) => one.getAttribute('aria-label'))"
        ),
        "dimmed": page.locator("#mechanism .box.dim").count(),
        "hidden": page.locator("#filters input[type=checkbox]:not(:checked)").evaluate_all(
            "all => all.map((one) => one.dataset.id)"
        ),
        "shown": opened.text("#shown"),
        "panel": opened.text("#panel h2"),
    }


def tab_to(page: Any, selector: str, key: str = "Tab") -> None:
    """Press Tab until what is sought has the focus; fails where Tab never leads there."""
    for _ in range(250):
        page.keyboard.press(key)
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    pytest.fail(f"{key} does not lead to {selector}")


def test_the_page_opens_on_the_core_with_questions(
    look: Show, shipped_page: Path, shipped: Graph
) -> None:
    opened = look(shipped_page)
    central = core(shipped.columns)
    assert drawn(opened.page, shipped) == {statement.id for statement in central}
    assert opened.text(".what") == "The core mechanism"
    assert opened.page.locator("#panel .question b").all_text_contents() == [
        question["words"] for question in opening.questions(shipped, disputed=True)
    ]
    assert int(opened.page.evaluate("document.documentElement.dataset.drawn")) > 0
    assert opened.blameless


def test_from_a_search_to_the_evidence_to_a_filter(
    look: Show, shipped_page: Path, shipped: Graph
) -> None:
    opened = look(shipped_page)
    page = opened.page

    page.locator("#search").click()
    page.keyboard.type("calcitri")
    page.locator("#found li", has_text="calcitriol").first.click()
    opened.settle()
    assert opened.text("#panel h2") == "calcitriol"
    assert page.locator("#panel a", has_text="CHEBI:17823").get_attribute("href") == (
        "https://purl.obolibrary.org/obo/CHEBI_17823"
    )

    page.locator("#panel .line[data-statement]").first.click()
    opened.settle()
    statement = shipped.statements[page.url.partition("statement=")[2]]
    assert {statement.subject, statement.object} >= {"calcitriol"}
    assert sorted(page.locator(".evidence .summary").all_text_contents()) == sorted(
        row.summary for row in statement.evidence
    )
    links = page.locator("#panel .evidence a").evaluate_all("all => all.map((one) => one.href)")
    assert {link.split(":")[0] for link in links} == {"https"}

    page.get_by_role("button", name="Only lowers, prevents").click()
    opened.settle()
    central = core(shipped.columns)
    # What is read stays, whatever the filters hide.
    read = {statement.id}
    assert drawn(page, shipped) == {s.id for s in central if style.group(s) == "lowers"} | read
    # Without a scene of its own a predicate is chosen below, where its group is folded.
    page.locator("[data-field=predicate] summary").click()
    some = min(s.predicate for s in central if style.group(s) == "lowers")
    label = PREDICATES[some].label
    page.get_by_role("button", name=f"Only {label}", exact=True).click()
    opened.settle()
    assert drawn(page, shipped) == {s.id for s in central if s.predicate == some} | read
    page.keyboard.press("Escape")
    opened.settle()
    assert drawn(page, shipped) == {s.id for s in central if s.predicate == some}
    page.get_by_role("button", name="Clear filters").click()
    opened.settle()
    assert drawn(page, shipped) == {s.id for s in central}
    assert opened.blameless


def answer(graph: Graph, explanation: Explanation) -> str:
    words = headline(graph, explanation.start, explanation.end, explanation.conclusion)
    return f"{words[0].upper()}{words[1:]}."


def test_paths_say_what_explain_says(look: Show, shipped_page: Path, shipped: Graph) -> None:
    opened = look(shipped_page)
    page = opened.page
    page.get_by_role("button", name="Paths", exact=True).click()
    for label, name in (("From", "magnesium deficiency"), ("To", "osteoporosis")):
        page.get_by_role("combobox", name=label, exact=True).fill(name)
        page.keyboard.press("Enter")
        opened.settle()
    explanation = explain(
        shipped.influence, shipped.names, "magnesium deficiency", "osteoporosis", 3
    )
    assert opened.text("#panel .answer") == answer(shipped, explanation)
    heading = page.locator("#panel h3", has_text="Paths, for reading")
    assert heading.locator(".count").text_content() == str(len(explanation.paths))
    concluded = explanation.conclusion
    assert drawn(page, shipped) == {
        step.statement.id for path in explanation.paths for step in path.steps
    } | {statement.id for statement in explanation.beside} | {
        *concluded.rests_on, *concluded.also, *concluded.against,
    }  # fmt: skip

    page.locator("#panel .paths summary").first.click()
    page.get_by_role("button", name="Show only this path").first.click()
    opened.settle()
    assert drawn(page, shipped) == {step.statement.id for step in explanation.paths[0].steps} | {
        statement.id for statement in explanation.beside
    }
    assert opened.blameless


def test_a_row_of_a_query_leads_into_the_graph(look: Show, part_page: Path, part: Graph) -> None:
    opened = look(part_page)
    page = opened.page
    page.get_by_role("button", name="SPARQL", exact=True).click()
    page.locator("#drawer").get_by_role("button", name="Run").click()
    row = page.locator("#drawer .answer tbody tr").first
    row.wait_for()
    requires = [
        s
        for s in part.statements.values()
        if s.predicate == "requires" and s.object == "magnesium" and not s.negated
    ]
    expected = [s for s in requires if part.status(s) != "refuted"]
    assert page.locator("#drawer .answer tbody tr").count() == len(expected)
    row.locator("button").first.click()
    opened.settle()
    entity = dict(parse_qsl(page.url.partition("#")[2]))["entity"]
    assert entity in {s.subject for s in expected}
    assert opened.text("#panel h2") == part.name(entity)
    chosen = page.locator("#mechanism .box.chosen")
    assert chosen.get_attribute("aria-label").startswith(f"{part.name(entity)}, ")
    assert opened.blameless


ADDRESSES = (
    "#entity=calcitriol&min=2",
    "#scene=near&of=calcitonin&hide-status=asserted-only&hide-status=title-only&entity=calcitonin",
    "#scene=paths&from=magnesium-deficiency&to=osteoporosis&path=3",
    "#scene=whatif&down=calcitonin&steps=1",
    "#plus=calcitriol&minus=magnesium&pin=osteoblast&hide-group=lowers",
)


@pytest.fixture(scope="module")
def reloaded(keep: Show, part_page: Path) -> Any:
    """A page that is loaded again and again."""
    return keep(part_page)


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_reload_shows_the_same_scene(reloaded: Any, part: Graph, address: str) -> None:
    opened = reloaded
    opened.go(address)
    before = scene(opened, part)
    assert before["address"] == address
    opened.page.reload()
    opened.settle()
    assert scene(opened, part) == before
    assert opened.blameless


def test_undo_and_the_back_of_the_browser_lead_back_step_by_step(
    show: Show, part_page: Path, part: Graph
) -> None:
    opened = show(part_page)
    page = opened.page
    undo = page.locator("#undo")
    assert undo.is_disabled()
    seen = [scene(opened, part)]

    def act(name: str, **more: Any) -> None:
        page.get_by_role("button", name=name, **more).first.click()
        opened.settle()
        seen.append(scene(opened, part))

    act("Only lowers, prevents")
    act("Everything", exact=True)
    act("Conflicts", exact=True)
    assert len({state["address"] for state in seen}) == 4
    undo.click()
    opened.arrive(seen[2]["address"])
    assert scene(opened, part) == seen[2]
    page.go_back()
    opened.arrive(seen[1]["address"])
    assert scene(opened, part) == seen[1]
    page.locator("body").press("Backspace")
    opened.arrive("")
    assert scene(opened, part) == seen[0]
    assert undo.is_disabled()
    page.go_forward()
    opened.arrive(seen[1]["address"])
    assert scene(opened, part) == seen[1]
    assert opened.blameless


# --- Without a mouse -------------------------------------------------------------------------


def search_and_read(opened: Any) -> None:
    """A search leads to an entity, and from there to the evidence of a statement."""
    page = opened.page
    page.keyboard.press("/")
    page.keyboard.type("calcitriol")
    page.keyboard.press("Enter")
    opened.settle()
    assert opened.text("#panel h2") == "calcitriol"
    assert page.evaluate("document.activeElement.id") == "panel-heading"
    tab_to(page, "#panel .line[data-statement]")
    page.keyboard.press("Enter")
    opened.settle()
    assert page.locator("#panel .evidence").count() >= 1
    assert page.evaluate("document.getElementById('panel').contains(document.activeElement)")
    page.keyboard.press("Escape")
    opened.settle()
    assert "statement=" not in page.url


def walk_the_drawing(opened: Any) -> None:
    """From box to box, along the lines of a box, and into one."""
    page = opened.page
    tab_to(page, "#mechanism .box", "Shift+Tab")
    first = page.evaluate("document.activeElement.getAttribute('aria-label')")
    page.keyboard.press("ArrowDown")
    second = page.evaluate("document.activeElement.getAttribute('aria-label')")
    assert second != first
    page.keyboard.press("Enter")
    opened.settle()
    assert second.startswith(f"{opened.text('#panel h2')}, ")
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == second
    page.keyboard.press(".")
    assert page.locator("#tip").is_visible()
    page.keyboard.press("Enter")
    opened.settle()
    assert "statement=" in page.url
    page.keyboard.press("Escape")  # leaves the line
    page.keyboard.press("Escape")  # leaves the statement
    opened.settle()
    assert "statement=" not in page.url


def filter_by_sign(opened: Any, shipped: Graph) -> None:
    """The legend, reached by Tab."""
    page = opened.page
    tab_to(page, "[aria-label='Only lowers, prevents']", "Shift+Tab")
    page.keyboard.press("Enter")
    opened.settle()
    assert drawn(page, shipped) == {
        s.id for s in core(shipped.columns) if style.group(s) == "lowers"
    }
    label = page.evaluate("document.activeElement.getAttribute('aria-label')")
    assert label == "Show all again, not only lowers, prevents"
    page.keyboard.press("Enter")
    opened.settle()


def open_a_row(opened: Any) -> None:
    """Another view, and a row of it."""
    page = opened.page
    page.keyboard.press("t")
    opened.settle()
    tab_to(page, "#table tbody button")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    opened.settle()
    assert page.evaluate("document.activeElement.id") == "panel-heading"
    page.keyboard.press("m")
    opened.settle()


def ask_for_paths(opened: Any, shipped: Graph) -> None:
    """Paths from magnesium deficiency to osteoporosis."""
    page = opened.page
    tab_to(page, "#bar [data-scene=paths]", "Shift+Tab")
    page.keyboard.press("Enter")
    opened.settle()
    tab_to(page, "[data-id='paths from']")
    page.keyboard.type("magnesium deficiency")
    page.keyboard.press("Enter")
    opened.settle()
    assert page.evaluate("document.activeElement.dataset.id") == "paths to"
    page.keyboard.type("osteoporosis")
    page.keyboard.press("Enter")
    opened.settle()
    explanation = explain(
        shipped.influence, shipped.names, "magnesium deficiency", "osteoporosis", 3
    )
    assert opened.text("#panel .answer") == answer(shipped, explanation)


def ask_in_sparql(opened: Any) -> None:
    """A question in SPARQL, and from its answer into the graph."""
    page = opened.page
    tab_to(page, "#panel button")
    page.keyboard.press("q")
    page.wait_for_selector("#drawer .cm-content")
    opened.focused("#drawer .cm-content")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("#drawer .answer tbody tr")
    tab_to(page, "#drawer .answer tbody button")
    page.keyboard.press("Enter")
    opened.settle()
    assert "entity=" in page.url
    page.keyboard.press("Escape")
    opened.settle()
    assert page.locator("#drawer").is_hidden()
    assert page.evaluate("document.activeElement.id") == "ask"


def open_and_close_a_dialog(opened: Any) -> None:
    """About, and back to where one came from."""
    page = opened.page
    tab_to(page, "#about")
    page.keyboard.press("Enter")
    assert page.evaluate("document.getElementById('dialog').contains(document.activeElement)")
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.id") == "about"


def go_back(opened: Any) -> None:
    """Undo."""
    page = opened.page
    before = page.evaluate("location.hash")
    page.keyboard.press("Backspace")
    for _ in range(100):
        if page.evaluate("location.hash") != before:
            break
        page.wait_for_timeout(10)
    opened.settle()
    assert page.evaluate("location.hash") != before


def test_the_whole_journey_by_keyboard_alone(show: Show, part_page: Path, part: Graph) -> None:
    opened = show(part_page)
    search_and_read(opened)
    walk_the_drawing(opened)
    filter_by_sign(opened, part)
    open_a_row(opened)
    ask_for_paths(opened, part)
    ask_in_sparql(opened)
    open_and_close_a_dialog(opened)
    go_back(opened)
    assert opened.blameless
