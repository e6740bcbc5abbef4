"""Two graphs in the cells of one notebook: each page in a frame of its own, cut off from all else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from trabecula import view
from trabecula.graph import Graph
from trabecula.page.opening import core

Show = Callable[..., Any]


@pytest.fixture(scope="module")
def notebook(keep: Show, shipped: Graph, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A page as a notebook writes it: the outputs of two cells, and something of its own."""
    path = tmp_path_factory.mktemp("notebook") / "notebook.html"
    first, second = (Graph.only(shipped, some) for some in halves(shipped))
    path.write_text(
        "<!DOCTYPE html><meta charset=utf-8><title>A notebook</title><html data-ready>"
        f"<p id=secret>what only the notebook knows</p>{view(first)._repr_html_()}{view(second)._repr_html_()}",
        encoding="utf-8",
    )
    opened = keep(path)
    for frame in opened.page.frames[1:]:
        frame.wait_for_selector("html[data-ready]")
    return opened


def halves(graph: Graph) -> tuple[list[Any], list[Any]]:
    """What is said of magnesium, and what is said of parathyroid hormone."""
    return graph.out("magnesium"), graph.out("parathyroid-hormone")


def test_both_frames_draw_their_graph(notebook: Any, shipped: Graph) -> None:
    frames = notebook.page.frames[1:]
    drawn = [frame.locator("#mechanism .lines .line").count() for frame in frames]
    parts = (Graph.only(shipped, some) for some in halves(shipped))
    assert drawn == [len(core(part.columns)) for part in parts]
    assert [frame.locator("#ask").count() for frame in frames] == [1, 1]
    assert notebook.blameless


def test_a_frame_reaches_neither_the_notebook_nor_its_neighbour(notebook: Any) -> None:
    reach = """() => {
      const tried = {
        parent: () => parent.document.getElementById("secret").textContent,
        top: () => top.document.title,
        neighbour: () => [...Array(parent.frames.length).keys()].map((one) => parent.frames[one]).find((one) => one !== window).document.title,
        cookies: () => document.cookie,
        storage: () => localStorage.length,
      };
      return Object.fromEntries(Object.entries(tried).map(([name, attempt]) => {
        try { return [name, String(attempt())]; } catch (error) { return [name, error.name]; }
      }));
    }"""
    for frame in notebook.page.frames[1:]:
        assert set(frame.evaluate(reach).values()) == {"SecurityError"}
    assert notebook.page.evaluate(
        "[...document.querySelectorAll('iframe')].map((one) => one.contentDocument)"
    ) == [None, None]


def test_one_selects_and_undoes_within_a_frame(notebook: Any) -> None:
    frame, other = notebook.page.frames[1:]
    before = notebook.page.url
    frame.locator("#mechanism .box[aria-label^='magnesium, '] .outline").click()
    frame.wait_for_selector("#panel h2 >> text='magnesium'")
    frame.get_by_role("button", name="Hide", exact=True).click()
    frame.wait_for_selector("#undo:enabled")
    frame.locator("#undo").click()
    frame.wait_for_selector("#panel h2 >> text='magnesium'")
    frame.locator("#undo").click()
    frame.wait_for_selector("#panel h2 >> text='Start here'")
    assert frame.locator("#undo").is_disabled()
    assert other.locator("#panel h2").text_content() == "Start here"
    assert notebook.page.url == before
    assert notebook.blameless


def test_a_page_without_an_address_offers_no_link_and_leaves_the_history_alone(
    notebook: Any,
) -> None:
    frame = notebook.page.frames[1]
    before = notebook.page.evaluate("history.length")
    frame.locator("[data-view=table]").click()
    frame.wait_for_selector("#table tbody tr")
    frame.locator("#take").click()
    assert frame.locator("#take-link").count() == 0
    assert "trabecula.view(graph" in (frame.locator("#take-link-none").text_content() or "")
    frame.locator(".take .close").click()
    frame.locator("#undo").click()
    frame.wait_for_selector("#mechanism .lines .line")
    assert notebook.page.evaluate("history.length") == before
    assert notebook.blameless
