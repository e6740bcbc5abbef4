"""A browser that is cut off from the network, and pages opened in it."""

from __future__ import annotations

import base64
import gzip
import lzma
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar
from urllib.parse import urldefrag

import pytest

from trabecula.graph import Graph
from trabecula.page import html, letters, parts
from trabecula.page import view as pages

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Page, Route, ViewportSize

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
)
#: What a page makes of its own bytes is no request to anybody.
OWN = ("blob:", "data:")


#: Waits for a frame after which the page says of itself that it is ready, or still. Nothing asks for
#: frames meanwhile: they were a third of what a layout costs.
DRAWN = """name => new Promise((done, fail) => {
  const root = document.documentElement;
  const late = setTimeout(() => fail(new Error(`${location.hash} is not drawn`)), 60_000);
  const look = () => {
    if (name in root.dataset) { clearTimeout(late); done(); }
    else changes.observe(root, { attributes: true });
  };
  const changes = new MutationObserver(() => {
    if (!(name in root.dataset)) return;
    changes.disconnect();
    requestAnimationFrame(look);
  });
  requestAnimationFrame(look);
})"""


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
            f"""hash => new Promise((done) => {{
              const settled = () => ({DRAWN})("still").then(done);
              const before = location.hash;
              addEventListener("hashchange", settled, {{ once: true }});
              location.hash = hash;
              if (location.hash === before) settled();
            }})""",
            fragment,
        )

    def settle(self) -> None:
        """Wait until what is shown is drawn: layouts come from a worker, a moment later."""
        self.page.evaluate(DRAWN, "still")

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


class Tab:
    """A tab of the browser, cut off from the network, that shows one page after the other."""

    def __init__(self, browser: Browser, **options: Any) -> None:
        self.context = browser.new_context(offline=True, **{"reduced_motion": "reduce", **options})
        self.context.set_default_timeout(60_000)  # a busy machine is not a bug
        self.context.route("**/*", self._judge)
        self.page = self.context.new_page()
        self.page.on("pageerror", lambda error: self._blame(str(error)))
        self.page.on("dialog", lambda dialog: self._blame(f"dialog {dialog.message}"))
        self.page.on("console", self._hear)
        self._opened: Opened | None = None
        self._address = ""

    def open(self, address: str, fragment: str) -> Opened:
        """The page at this address, as in a new tab: without a past."""
        opened = self._opened = Opened(self.page)
        self._address = address
        self.page.goto(address + fragment)
        self.page.evaluate(DRAWN, "ready")
        return opened

    def leave(self) -> None:
        """Leave the page, and all that a test may have asked of the tab."""
        for other in self.context.pages:
            if other is not self.page:
                other.close()
        self.context.clear_permissions()
        self._opened = None
        self.page.goto("about:blank")  # of which nothing has to be drawn for what follows
        self.page.emulate_media(media="null")
        self.page.mouse.move(0, 0)
        session = self.context.new_cdp_session(self.page)
        session.send("Page.resetNavigationHistory")
        session.detach()

    def _blame(self, text: str) -> None:
        if self._opened is not None:
            self._opened.errors.append(text)

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self._blame(message.text)

    def _judge(self, route: Route) -> None:
        url = urldefrag(route.request.url)[0]
        if url in ("about:blank", self._address) or url.startswith(OWN):
            route.continue_()
        else:
            if self._opened is not None:
                self._opened.requests.append(url)
            route.abort()


def write(graph: Graph, path: Path, **named: Any) -> None:
    """Write a page of which the browser itself unfolds Graphviz: a fifth of what opening it takes.

    It is the same WebAssembly. The page of the shipped graph, and others that are opened as files,
    have it as it is shipped, smaller and slower.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(html, "_written", _written)
        pages.view(graph, path, **named)


@cache
def _written(name: str, as_shipped: Callable[[str], str] = html._written) -> str:
    if not name.startswith("graphviz.wasm"):
        return as_shipped(name)
    return letters.written(gzip.compress(lzma.decompress(parts.data("web", name)), mtime=0))


#: Tabs that are left and can be taken again: those with no options of their own but a size.
Spare = list[Tab]
Open = Callable[..., Opened]


@contextmanager
def opener(browser: Browser, folder: Path, spare: Spare) -> Iterator[Open]:
    """What opens pages, until the block ends. A tab is a fifth of the work, and is taken again."""
    plain: list[Tab] = []
    special: list[Tab] = []

    def open_page(
        graph: Graph | Path,
        fragment: str = "",
        *,
        title: str = "trabecula",
        opening: str = "",
        width: int = 1440,
        height: int = 900,
        **options: Any,
    ) -> Opened:
        path = graph if isinstance(graph, Path) else folder / f"page-{len(plain + special)}.html"
        if isinstance(graph, Graph):
            write(graph, path, title=title, opening=opening)
        viewport: ViewportSize = {"width": width, "height": height}
        if options or not spare:
            tab = Tab(browser, viewport=viewport, **options)
        else:
            tab = spare.pop()
            tab.page.set_viewport_size(viewport)
        (special if options else plain).append(tab)
        return tab.open(path.as_uri(), fragment)

    yield open_page
    for tab in special:
        tab.context.close()
    for tab in plain:
        tab.leave()
        spare.append(tab)


@pytest.fixture(scope="session")
def spare() -> Spare:
    """The tabs that tests of this process have left."""
    return []


@pytest.fixture
def show(browser: Browser, tmp_path: Path, spare: Spare) -> Iterator[Open]:
    """Open a graph as a page: `show(graph, fragment, title=…, opening=…, width=…, color_scheme=…)`.

    A path is opened as it is. Further options are those of a browser's context.
    """
    with opener(browser, tmp_path, spare) as open_page:
        yield open_page


@pytest.fixture(scope="module")
def keep(
    browser: Browser, tmp_path_factory: pytest.TempPathFactory, spare: Spare
) -> Iterator[Open]:
    """As `show`, for pages that the tests of a module share."""
    with opener(browser, tmp_path_factory.mktemp("kept"), spare) as open_page:
        yield open_page


#: Leaves what an address says nothing of: dialogs, suggestions, what has the focus. Gives the address.
LEAVE = """() => {
  document.querySelector("dialog[open]")?.close();
  const box = document.getElementById("search");
  if (box?.value) { box.value = ""; box.dispatchEvent(new Event("input", { bubbles: true })); }
  document.activeElement?.blur();
  scrollTo(0, 0);
  return location.hash;
}"""


#: Pages that are open, by what was asked for, and what they were made of.
Standing = dict[tuple[object, ...], tuple[Graph | Path, Opened]]


@pytest.fixture(scope="session")
def stay(
    browser: Browser, tmp_path_factory: pytest.TempPathFactory, spare: Spare
) -> Iterator[tuple[Open, Standing]]:
    """As `keep`, for pages that tests of all modules share, and those that are open."""
    with opener(browser, tmp_path_factory.mktemp("staying"), spare) as open_page:
        yield open_page, {}


@pytest.fixture(scope="module")
def look(keep: Open, stay: tuple[Open, Standing]) -> Open:
    """As `show`, for tests that begin at an address and leave nothing but that: `look(graph, fragment)`.

    What a test opened before is not opened again, which takes longer than the rest of such a
    test; it goes to the address, as after a click on a link. A file stays open for all modules, a
    graph for its own. What has been sorted, made wider or unfolded remains, and is for `show`.
    """
    of_module: tuple[Open, Standing] = (keep, {})

    def go(graph: Graph | Path, fragment: str = "", **options: Any) -> Opened:
        open_page, standing = stay if isinstance(graph, Path) else of_module
        key = (graph if isinstance(graph, Path) else id(graph), *sorted(options.items()))
        if key not in standing:
            standing[key] = graph, open_page(graph, fragment, **options)
            return standing[key][1]
        opened = standing[key][1]
        left = opened.page.evaluate(LEAVE)
        opened.page.mouse.move(0, 0)
        if left == fragment:
            opened.go("#scene=loops")
        opened.go(fragment)
        return opened

    return go


@pytest.fixture(scope="session")
def part_page(part: Graph, once: Callable[..., Path]) -> Path:
    """The page of that part as if it were all, made once for all workers."""
    return once("part.html", lambda path: write(part, path))
