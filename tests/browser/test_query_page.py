"""The query page of a server: it asks that server and nobody else, and leads into the explorer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pytest

from trabecula.graph import Graph

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


@pytest.fixture(scope="module")
def served(serving: Any, small: Graph) -> Iterator[str]:
    with serving(small, workers=2) as address:
        yield address


class Visit:
    """A page, with what it asked for and complained of."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.hosts: set[str] = set()
        self.errors: list[str] = []
        page.on("request", lambda request: self.hosts.add(request.url.split("/")[2]))
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on(
            "console",
            lambda message: (
                self.errors.append(message.text) if message.type in ("error", "warning") else None
            ),
        )

    def run(self) -> None:
        """Run the query, and wait for what comes of it."""
        self.page.get_by_role("button", name="Run").click()
        self.page.wait_for_selector(".answer[aria-busy=false]")


@pytest.fixture
def visit(browser: Browser, served: str) -> Iterator[Visit]:
    context = browser.new_context(viewport={"width": 1200, "height": 800})
    context.set_default_timeout(60_000)  # a busy machine is not a bug
    yield Visit(context.new_page())
    context.close()


def test_an_example_is_asked_and_a_row_leads_into_the_explorer(visit: Visit, served: str) -> None:
    page = visit.page
    page.goto(f"{served}/sparql")
    page.get_by_role("combobox", name="Examples").fill("every statement by status")
    page.keyboard.press("Escape")
    page.get_by_role("combobox", name="Examples").fill("what requires")
    page.get_by_role("option").first.click()
    visit.run()
    page.locator(".rows tbody button.entity").first.click()
    page.wait_for_selector("html[data-ready]")
    assert page.url.startswith(f"{served}/#scene=near&of=CL:0000062")
    assert "osteoblast" in page.locator("#panel h2").first.inner_text()
    assert visit.hosts == {served.removeprefix("http://")}
    assert visit.errors == []


def test_a_mistake_is_shown_where_it_is(visit: Visit, served: str) -> None:
    visit.page.goto(f"{served}/sparql?query=SELECT%20?x%20%7B%20?x%20tb:requires")
    visit.run()
    mistake = visit.page.locator(".mistake").inner_text()
    assert mistake == "line 1, column 11: this { is never closed"


def test_prefixes_and_names_of_the_graph_are_completed(visit: Visit, served: str) -> None:
    page = visit.page
    page.goto(f"{served}/sparql?query=ASK%20%7B%20?x%20tb:requires%20%7D")
    page.locator(".cm-content").click()
    page.keyboard.press("End")
    page.keyboard.press("ArrowLeft")
    page.keyboard.type("entity:magn")
    # The list that stands there while another is looked for is disabled, and one that has only
    # just appeared takes nothing: by the clock of the page, which may be late.
    current = ".cm-tooltip-autocomplete:not(.cm-tooltip-autocomplete-disabled)"
    page.locator(f"{current} li[aria-selected]", has_text="magnesium").wait_for()
    page.evaluate("new Promise((done) => setTimeout(done, 150))")
    page.keyboard.press("Enter")
    page.locator(".cm-content", has_text="entity:magnesium").wait_for()
    visit.run()
    assert page.locator(".verdict-ask").inner_text() == "Yes"
    assert "entity%3Amagnesium" in page.url


@pytest.mark.parametrize("path", ["/entity/fish-oil", "/entity/pth", "/source/survey", "/"])
def test_pages_complain_of_nothing_and_ask_nobody_else(
    visit: Visit, served: str, path: str
) -> None:
    visit.page.goto(served + path)
    visit.page.wait_for_load_state()
    assert visit.page.locator("h1").count() == 1
    assert visit.hosts == {served.removeprefix("http://")}
    assert visit.errors == []


def test_texts_of_a_graph_do_not_run(visit: Visit, served: str) -> None:
    visit.page.goto(f"{served}/sparql")
    visit.run()
    assert visit.page.locator("b").count() == 0
    assert visit.errors == []
