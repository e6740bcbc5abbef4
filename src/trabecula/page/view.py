"""Showing a graph: its page as a file, or in a notebook in a frame of its own.

The frame carries the whole page (`srcdoc`) and is sandboxed: its script runs in an origin of its
own and can neither read nor change the notebook around it, whatever an imported graph holds.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Final

from trabecula import cite, outputs
from trabecula.graph import Graph
from trabecula.page.html import render
from trabecula.version import __version__

#: Pixels of a cell's output.
HEIGHT: Final = 640
#: What the page may do: run its script, open the pages of identifiers, give files away.
_SANDBOX: Final = "allow-scripts allow-popups allow-popups-to-escape-sandbox allow-downloads"


@dataclass(frozen=True, slots=True)
class Page:
    """The page of a graph as text, which a notebook shows in the output of a cell."""

    html: str
    title: str

    def _repr_html_(self) -> str:
        return frame(self.html, self.title)

    def __repr__(self) -> str:
        return f"Page({self.title!r}, {len(self.html):,} characters)"


def view(
    graph: Graph,
    path: Path | str | None = None,
    *,
    title: str = "",
    version: str = __version__,
    command: str = "",
    opening: str = "",
    selection: str = "",
    source: str = "",
) -> Page:
    """The page of `graph`: written to `path`, whole or not at all, or only shown in a notebook.

    See `html.render` for what it takes. Raises `OutputError` where `path` is empty, and `OSError`
    where it cannot be written.
    """
    target = None if path is None else outputs.target(path)
    text = render(
        graph,
        title=title,
        version=version,
        command=command,
        opening=opening,
        selection=selection,
        source=source,
    )
    page = Page(text, title or cite.title(graph.about, Path(source).name if source else ""))
    if target is not None:
        outputs.write(target, page.html.encode("utf-8"))
    return page


def frame(page: str, title: str, height: int = HEIGHT) -> str:
    """The page in an isolated frame, as HTML for the output of a cell.

    >>> frame("<p>&amp;</p>", "bone", 200).partition(" sandbox")[0]
    '<iframe title="bone" srcdoc="&lt;p&gt;&amp;amp;&lt;/p&gt;"'
    """
    return (
        f'<iframe title="{escape(title)}" srcdoc="{escape(page)}" sandbox="{_SANDBOX}" '
        f'width="100%" height="{height}" style="border:1px solid #ccc;border-radius:6px"></iframe>'
    )
