"""A browser that is cut off from the network, and pages opened in it."""

from __future__ import annotations

import base64
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar
from urllib.parse import urldefrag

import pytest

from trabecula.graph import Graph
from trabecula.page import view as pages

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page, Route

#: Nothing that the browser does of its own accord may reach for the network.
QUIET = (
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-domain-reliability",
    "--disable-sync",
    "--no-first-run",
    # Tests are over before what would make WebAssembly faster has paid for itself.
    "--js-flags=--liftoff-only --no-wasm-dynamic-tiering",
    *__import__("os").environ.get("XFLAGS", "").split(),
)
#: What a page makes of its own bytes is no request to anybody.
OWN = ("blob:", "data:")


@dataclass
class Opened:
    """A page in the browser, with all that it said and asked for."""

    #: Counts the pixels of a picture by their colour.
    COLOURS: ClassVar[str] = """async (address) => {
      const picture = new Image();
      picture.src = address;
      await picture.decode();
      const { width, height } = picture;
      const context = new OffscreenCanvas(width, height).getContext("2d");
      context.drawImage(picture, 0, 0);
      const pixels = new Uint32Array(context.getImageData(0, 0, width, height).data.buffer);
      const counts = new Map();
      for (const pixel of pixels) counts.set(pixel, (counts.get(pixel) ?? 0) + 1);
      const hex = (pixel) => "#" + [0, 8, 16].map((by) => ((pixel >> by) & 255).toString(16).padStart(2, "0")).join("");
      return Object.fromEntries([...counts].map(([pixel, count]) => [hex(pixel), count]));
    }"""

    page: Page
    errors: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def colours(self, selector: str = "#stage") -> dict[str, int]:
        """The colours in which an element is painted, each with the number of its pixels."""
        picture = base64.b64encode(self.page.locator(selector).first.screenshot()).decode("ascii")
        counts: dict[str, int] = self.page.evaluate(
            self.COLOURS, f"data:image/png;base64,{picture}"
        )
        return counts

    def text(self, selector: str) -> str:
        """The text of an element as it stands in the document."""
        return self.page.locator(selector).text_content() or ""

    def go(self, fragment: str) -> None:
        """Show what another address of the same page names, and wait until it is drawn."""
        self.page.evaluate(
            """hash => new Promise((done) => {
              const before = location.hash;
              addEventListener("hashchange", () => done(), { once: true });
              location.hash = hash;
              if (location.hash === before) done();
            })""",
            fragment,
        )
        self.settle()

    def settle(self) -> None:
        """Wait until what is shown is drawn: layouts come from a worker, a moment later."""
        self.page.wait_for_selector("html[data-still]")

    def arrive(self, address: str) -> None:
        """Wait until the page shows what it had at an address (`#…`, or nothing)."""
        for _ in range(200):
            if self.page.evaluate("location.hash") == address:
                break
            self.page.wait_for_timeout(10)
        self.settle()

    def focused(self, selector: str) -> None:
        """Wait until an element has the focus."""
        self.page.wait_for_selector(f"{selector}:focus")

    @property
    def blameless(self) -> bool:
        """Whether the page asked for nothing and complained of nothing."""
        assert self.errors == []
        assert self.requests == []
        return True


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium; its absence is a failure, for `scripts/test` installs it.

    The one without a window of its own is the same engine for half of the work.
    """
    from playwright.sync_api import sync_playwright

    names = ("chromium-headless-shell", "chromium", "chromium-browser")
    chromium = next(filter(None, map(shutil.which, names)), None)
    assert chromium is not None, "Chromium is missing; scripts/test installs it"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(QUIET))
        yield browser
        browser.close()


Open = Callable[..., Opened]


def opener(browser: Browser, folder: Path, contexts: list[BrowserContext]) -> Open:
    """What opens pages, and puts their contexts into `contexts`."""

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
        path = graph if isinstance(graph, Path) else folder / f"page-{len(contexts)}.html"
        if isinstance(graph, Graph):
            pages.view(graph, path, title=title, opening=opening)
        options = {"reduced_motion": "reduce", **options}
        context = browser.new_context(
            offline=True, viewport={"width": width, "height": height}, **options
        )
        context.set_default_timeout(60_000)  # a busy machine is not a bug
        contexts.append(context)
        found = Opened(context.new_page())

        def judge(route: Route) -> None:
            url = urldefrag(route.request.url)[0]
            if url == path.as_uri() or url.startswith(OWN):
                route.continue_()
            else:
                found.requests.append(url)
                route.abort()

        context.route("**/*", judge)
        found.page.on("pageerror", lambda error: found.errors.append(str(error)))
        found.page.on("dialog", lambda dialog: found.errors.append(f"dialog {dialog.message}"))
        found.page.on(
            "console",
            lambda message: (
                found.errors.append(message.text) if message.type in ("error", "warning") else None
            ),
        )
        found.page.goto(path.as_uri() + fragment)
        found.page.wait_for_selector("html[data-ready]")
        return found

    return opened


@pytest.fixture
def show(browser: Browser, tmp_path: Path) -> Iterator[Open]:
    """Open a graph as a page: `show(graph, fragment, title=…, opening=…, width=…, color_scheme=…)`.

    A path is opened as it is. Further options are those of a browser's context.
    """
    contexts: list[BrowserContext] = []
    yield opener(browser, tmp_path, contexts)
    for context in contexts:
        context.close()


@pytest.fixture(scope="module")
def keep(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Open]:
    """As `show`, for pages that the tests of a module share."""
    contexts: list[BrowserContext] = []
    yield opener(browser, tmp_path_factory.mktemp("kept"), contexts)
    for context in contexts:
        context.close()


#: Leaves what an address says nothing of: dialogs, suggestions, what has the focus.
LEAVE = """() => {
  document.querySelector("dialog[open]")?.close();
  const box = document.getElementById("search");
  if (box?.value) { box.value = ""; box.dispatchEvent(new Event("input", { bubbles: true })); }
  document.activeElement?.blur();
  scrollTo(0, 0);
}"""


@pytest.fixture(scope="module")
def look(keep: Open) -> Open:
    """As `show`, for tests that begin at an address and leave nothing but that: `look(graph, fragment)`.

    What a test of the module opened before is not opened again, which takes longer than the rest
    of such a test; it goes to the address, as after a click on a link. What has been sorted, made
    wider or unfolded remains, and is for `show`.
    """
    pages: dict[tuple[object, ...], tuple[Graph | Path, Opened]] = {}

    def looked(graph: Graph | Path, fragment: str = "", **options: Any) -> Opened:
        key = (graph if isinstance(graph, Path) else id(graph), *sorted(options.items()))
        if key not in pages:
            pages[key] = graph, keep(graph, fragment, **options)
            return pages[key][1]
        found = pages[key][1]
        found.page.evaluate(LEAVE)
        found.page.mouse.move(0, 0)
        if found.page.evaluate("location.hash") == fragment:
            found.go("#scene=loops")
        found.go(fragment)
        return found

    return looked


@pytest.fixture(scope="session")
def part_page(part: Graph, once: Callable[..., Path]) -> Path:
    """The page of that part as if it were all, made once for all workers."""
    return once("part.html", lambda path: pages.view(part, path))


@pytest.fixture(scope="session")
def shipped_page(shipped: Graph, once: Callable[..., Path]) -> Path:
    """The page of the shipped graph, made once for all workers."""
    return once("trabecula.html", lambda path: pages.view(shipped, path))
