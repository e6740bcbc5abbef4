"""A page is written whole, or shown in a notebook in a frame that is cut off from it."""

from __future__ import annotations

import os
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING

import trabecula
from trabecula.graph import Graph
from trabecula.page import html
from trabecula.page import view as page

if TYPE_CHECKING:
    import pytest


class Frame(HTMLParser):
    """The attributes of the one element that there is."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        self.tags.append((tag, dict(attrs)))


def test_view_writes_what_render_gives_and_nothing_else(tiny: Graph, tmp_path: Path) -> None:
    path = tmp_path / "graph.html"
    shown = page.view(tiny, path, title="A graph")
    assert path.read_text(encoding="utf-8") == shown.html == html.render(tiny, title="A graph")
    assert sorted(tmp_path.iterdir()) == [path]


def test_a_notebook_shows_the_page_in_an_isolated_frame(tiny: Graph) -> None:
    ((tag, attributes),) = Frame(page.view(tiny)._repr_html_()).tags
    assert tag == "iframe"
    assert attributes["srcdoc"] == html.render(tiny)
    granted = (attributes["sandbox"] or "").split()
    assert granted == [
        "allow-scripts", "allow-popups", "allow-popups-to-escape-sandbox", "allow-downloads",
    ]  # fmt: skip


def test_view_without_a_path_writes_nothing(
    tiny: Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    shown = trabecula.view(tiny, title="Bone & mineral")
    ((_, attributes),) = Frame(shown._repr_html_()).tags
    assert (attributes["title"], attributes["srcdoc"]) == ("Bone & mineral", shown.html)
    assert repr(shown) == f"Page('Bone & mineral', {len(shown.html):,} characters)"
    assert os.listdir(tmp_path) == []  # noqa: PTH208 (all of it, hidden files too)


def test_ipython_takes_the_frame_for_a_page(tiny: Graph) -> None:
    from IPython.core.formatters import HTMLFormatter

    shown = page.view(tiny)
    assert HTMLFormatter()(shown) == shown._repr_html_()
