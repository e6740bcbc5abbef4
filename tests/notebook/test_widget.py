"""What a page shows is read and set from Python, and nothing that the graph has not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

import trabecula
from trabecula.errors import MissingExtra, NotFound, SelectionError
from trabecula.graph import Graph
from trabecula.page import view as pages
from trabecula.page import widget

if TYPE_CHECKING:
    from trabecula.page.view import Page


@pytest.fixture
def page(shipped: Graph) -> Page:
    return pages.Page("<!DOCTYPE html>", "bone", shipped)


def test_what_is_set_is_what_the_widget_is_told(page: Page, shipped: Graph) -> None:
    assert (page.selected, page.scene, page.lens) == (None, None, {"trust": (), "without": ()})
    page.selected = "PTH"
    page.scene = "Mg"
    page.lens = ["measured", "human"]
    told = page.widget.get_state(["selected", "scene", "lens"])
    assert told == {
        "selected": "parathyroid-hormone",
        "scene": "scene=near&of=magnesium",
        "lens": {"trust": ["measured", "human"], "without": []},
    }
    statement = min(shipped.statements)
    page.selected = statement
    page.lens = {"without": ["PMID:9709941"]}
    assert page.selected == statement
    assert page.lens == {"trust": (), "without": ("PMID:9709941",)}
    page.selected = None
    assert page.selected is None


def test_what_the_page_says_can_be_read(page: Page) -> None:
    state: dict[str, Any] = {
        "selected": "calcitriol", "scene": "scene=all", "lens": {"trust": ["read"], "without": []},
    }  # fmt: skip
    heard = []
    page.widget.observe(lambda change: heard.append(change["name"]), list(state))
    page.widget.set_state(state)
    assert (page.selected, page.scene) == ("calcitriol", "scene=all")
    assert page.lens == {"trust": ("read",), "without": ()}
    assert sorted(heard) == sorted(state)


def test_what_a_page_says_that_the_graph_has_not_is_not_believed(page: Page) -> None:
    page.widget.set_state({"selected": "<script>"})
    assert page.selected is None


def test_what_the_graph_has_not_cannot_be_set(page: Page) -> None:
    with pytest.raises(NotFound, match="did you mean"):
        page.selected = "PTHH"
    with pytest.raises(NotFound, match="did you mean"):
        page.scene = "scene=near&of=magnesum"
    with pytest.raises(SelectionError, match="it can: nothing; read; measured; measured, human"):
        page.lens = ["rct"]
    with pytest.raises(NotFound):
        page.lens = {"without": ["PMID:1"]}
    with pytest.raises(SelectionError, match="no withot"):
        page.lens = {"withot": ["PMID:1"]}
    assert page.widget.get_state(["selected", "scene", "lens"]) == dict.fromkeys(
        ("selected", "scene", "lens")
    )


def test_a_notebook_gets_the_widget_and_the_frame_for_where_there_is_none(page: Page) -> None:
    from IPython.core.formatters import DisplayFormatter

    data, _ = DisplayFormatter().format(page)
    assert data["application/vnd.jupyter.widget-view+json"]["model_id"] == page.widget.model_id
    assert data["text/html"] == page._repr_html_()
    assert data["text/plain"] == "Page('bone', 15 characters)"
    assert page.widget.page == page.html


def test_marimo_is_given_the_widget_or_where_there_is_none_the_frame(
    page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It takes HTML before anything else where an object has no `_display_`."""
    assert page._display_() is page.widget
    monkeypatch.setattr(widget, "available", lambda: False)
    assert page._display_()._repr_html_() == page._repr_html_()


def test_without_anywidget_a_page_is_shown_in_a_frame(
    page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    from IPython.core.formatters import DisplayFormatter

    monkeypatch.setattr(widget, "available", lambda: False)
    data, _ = DisplayFormatter().format(page)
    assert sorted(data) == ["text/html", "text/plain"]
    with pytest.raises(MissingExtra, match=r'pip install "trabecula\[notebook\]"'):
        page.selected = "PTH"


def test_a_page_that_was_written_loads_no_widgets(tiny: Graph, tmp_path: Any) -> None:
    shown = trabecula.view(tiny, tmp_path / "page.html")
    assert "widget" not in vars(shown)
