"""The page as a widget of a notebook, where `anywidget` is installed.

The widget is a frame with the page in it, as isolated as in `view.frame`; its other half is
`frontend/src/widget.js`. Between the two go three things: what is selected, the scene and the
lens, as texts.
"""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from typing import Any

from trabecula.page import parts


def available() -> bool:
    """Whether the package that makes widgets is installed."""
    return find_spec("anywidget") is not None


def made(html: str, title: str, height: int) -> Any:
    """A widget with this page. Its traits are `selected`, `scene` and `lens`; None is unsaid."""
    return _kind()(page=html, title=title, height=height)


@cache
def _kind() -> Any:
    """The class, which only `anywidget` has a base for."""
    import anywidget
    import traitlets

    class PageWidget(anywidget.AnyWidget):
        """A page in a frame, and what of it a notebook reads and sets."""

        _esm = parts.text("web", "widget.js")
        page = traitlets.Unicode().tag(sync=True)
        title = traitlets.Unicode().tag(sync=True)
        height = traitlets.Int().tag(sync=True)
        selected = traitlets.Unicode(None, allow_none=True).tag(sync=True)
        scene = traitlets.Unicode(None, allow_none=True).tag(sync=True)
        lens = traitlets.Any(None, allow_none=True).tag(sync=True)

    return PageWidget
