"""A browser that is cut off from the network, and pages opened in it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

import pytest

from trabecula.graph import Graph
from trabecula.views import page as pages

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

#: Nothing that the browser does of its own accord may reach for the network.
QUIET = (
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-domain-reliability",
    "--disable-sync",
    "--no-first-run",
)


@dataclass
class Opened:
    """A page in the browser, with all that it said and asked for."""

    #: Counts the pixels of the canvas by their colour.
    COLOURS: ClassVar[str] = """() => {
      const canvas = document.querySelector("#graph canvas");
      const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
      const counts = {};
      for (let i = 0; i < data.length; i += 4) {
        const hex = "#" + [...data.slice(i, i + 3)].map((n) => n.toString(16).padStart(2, "0")).join("");
        counts[hex] = (counts[hex] ?? 0) + 1;
      }
      return counts;
    }"""

    page: Page
    errors: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def colours(self) -> dict[str, int]:
        """The colours that the canvas shows, and how many of its pixels show them."""
        counts: dict[str, int] = self.page.evaluate(self.COLOURS)
        return counts

    def text(self, selector: str) -> str:
        """The text of an element as it stands in the document."""
        return self.page.locator(selector).text_content() or ""


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium; its absence is a failure, for `scripts/test` installs it."""
    from playwright.sync_api import sync_playwright

    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    assert chromium is not None, "Chromium is missing; scripts/test installs it"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(QUIET))
        yield browser
        browser.close()


Open = Callable[..., Opened]


@pytest.fixture
def show(browser: Browser, tmp_path: Path) -> Iterator[Open]:
    """Open a graph as a page: `show(graph, fragment, title=…, opening=…, width=…, color_scheme=…)`."""
    contexts = []

    def opened(
        graph: Graph | Path,
        fragment: str = "",
        *,
        title: str = "trabecula",
        opening: str = "",
        width: int = 1440,
        height: int = 900,
        **options: Any,
    ) -> Opened:
        path = graph if isinstance(graph, Path) else tmp_path / "page.html"
        if isinstance(graph, Graph):
            pages.view(graph, path, title=title, opening=opening)
        context = browser.new_context(
            offline=True,
            viewport={"width": width, "height": height},
            reduced_motion="reduce",
            **options,
        )
        contexts.append(context)
        found = Opened(context.new_page())

        def judge(route: Route) -> None:
            if route.request.url.startswith("file:"):
                route.continue_()
            else:
                found.requests.append(route.request.url)
                route.abort()

        context.route("**/*", judge)
        found.page.on("pageerror", lambda error: found.errors.append(str(error)))
        found.page.on(
            "console",
            lambda message: (
                found.errors.append(message.text) if message.type in ("error", "warning") else None
            ),
        )
        found.page.goto(path.as_uri() + fragment)
        found.page.wait_for_selector("html[data-ready]", timeout=30_000)
        return found

    yield opened
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def shipped_page(shipped: Graph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of the shipped graph."""
    path = tmp_path_factory.mktemp("shipped") / "trabecula.html"
    pages.view(shipped, path)
    return path
