"""Showing a graph: its page as a file, or in a notebook in a frame of its own.

The frame carries the whole page (`srcdoc`) and is sandboxed: its script runs in an origin of its
own and can neither read nor change the notebook around it, whatever an imported graph holds. With
`anywidget` the frame is a widget, and what it shows can be read and set (`Page.selected` …).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from html import escape
from pathlib import Path
from typing import Any, Final

from trabecula import outputs
from trabecula.errors import MissingExtra, SelectionError, require_text
from trabecula.graph import Graph, require_graph
from trabecula.page import scenes, widget
from trabecula.page import story as stories
from trabecula.page.html import budgeted, named, render
from trabecula.version import __version__

#: Pixels of a cell's output.
HEIGHT: Final = 640
#: What the page may do: run its script, open the pages of identifiers, give files away.
_SANDBOX: Final = "allow-scripts allow-popups allow-popups-to-escape-sandbox allow-downloads"


class _Still:
    """HTML that is only looked at."""

    def __init__(self, html: str) -> None:
        self._html = html

    def _repr_html_(self) -> str:
        return self._html


class Page:
    """The page of a graph as text, which a notebook shows in the output of a cell.

    With the extra `notebook` it is a widget: `selected`, `scene` and `lens` say what the page shows
    and change it when they are set. Without, they raise `MissingExtra`.
    """

    def __init__(self, html: str, title: str, graph: Graph) -> None:
        self.html = html
        self.title = title
        self._graph = graph

    @cached_property
    def widget(self) -> Any:
        """The widget, an `anywidget.AnyWidget`; raises `MissingExtra` where that is missing."""
        if not widget.available():
            raise MissingExtra("notebook", "to read and set what a page shows")
        return widget.made(self.html, self.title, HEIGHT)

    @property
    def selected(self) -> str | None:
        """The id of the entity or statement that is selected, or None.

        It is set by an id or any name; raises `NotFound` where the graph has nothing of it.
        """
        selected: str | None = self.widget.selected
        present = selected in self._graph.columns.entities or selected in self._graph.statements
        return selected if present else None

    @selected.setter
    def selected(self, name: str | None) -> None:
        if name is not None and name not in self._graph.statements:
            name = self._graph.names.id_of(name)
        self.widget.selected = name

    @property
    def scene(self) -> str | None:
        """What is shown, as the address of the page without selection and lens; None at first.

        It is set by such an address, by a selection (`near(magnesium, 2)`) or by a name; raises as
        `scenes.address`.
        """
        address: str | None = self.widget.scene
        return address

    @scene.setter
    def scene(self, text: str) -> None:
        self.widget.scene = scenes.address(self._graph, text)

    @property
    def lens(self) -> dict[str, tuple[str, ...]]:
        """What evidence counts: `trust`, kinds all at once, and `without`, ids of sources.

        It is set by such a mapping, or by the kinds alone: `["measured", "human"]`, `["read"]`, or
        `[]` for everything. Raises `SelectionError` for kinds that the page does not have,
        `NotFound` for a source that the graph has not.
        """
        lens = self.widget.lens or {}
        return {key: tuple(map(str, lens.get(key, ()))) for key in ("trust", "without")}

    @lens.setter
    def lens(self, given: Iterable[str] | Mapping[str, Iterable[str]]) -> None:
        lens = dict(given) if isinstance(given, Mapping) else {"trust": given}
        if strange := set(lens) - {"trust", "without"}:
            raise SelectionError(f"a lens has trust and without, and no {', '.join(strange)}")
        trust, without = tuple(lens.get("trust", ())), tuple(lens.get("without", ()))
        if trust not in scenes.TRUST:
            choices = "; ".join(", ".join(kinds) or "nothing" for kinds in scenes.TRUST)
            raise SelectionError(f"the page cannot count only {trust!r}; it can: {choices}")
        self._graph.through(without=without)
        self.widget.lens = {"trust": list(trust), "without": list(without)}

    def _repr_mimebundle_(self, **_: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        """The widget where there is one; IPython asks `_repr_html_` besides, for what has none."""
        if not widget.available():
            return {}, {}
        data, more = self.widget._repr_mimebundle_()
        return {**data, "text/plain": repr(self)}, more

    def _repr_html_(self) -> str:
        return frame(self.html, self.title)

    def _display_(self) -> Any:
        """What marimo shows instead: it would take HTML where there is some, and not the widget."""
        return self.widget if widget.available() else _Still(self._repr_html_())

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
    story: Path | str | None = None,
) -> Page:
    """The page of `graph`: written to `path`, whole or not at all, or only shown in a notebook.

    See `html.render` for what it takes; `story` is the Markdown file of a story (`page.story`).
    Raises `OutputError` where `path` is empty, `OSError` where it cannot be written, and
    `FormatError` for a story that cannot be told of this graph.
    """
    require_graph(graph)
    for name, value in (
        ("title", title), ("version", version), ("command", command), ("opening", opening),
        ("selection", selection), ("source", source),
    ):  # fmt: skip
        require_text(value, f"the {name} of a page")
    target = None if path is None else outputs.target(path)
    told = None if story is None else stories.read(Path(story), budgeted(graph))
    text = render(
        graph,
        title=title,
        version=version,
        command=command,
        opening=opening,
        selection=selection,
        source=source,
        story=told,
    )
    page = Page(text, title or (told.title if told else "") or named(graph, source), graph)
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
