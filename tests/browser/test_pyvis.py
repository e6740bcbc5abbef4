"""The page of `view --pyvis`: drawn without the network, in our outlines; nothing of a graph runs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from trabecula.graph import Graph
from trabecula.model import Entity, Evidence, Source, Statement
from trabecula.page import network
from trabecula.picture import style

Show = Callable[..., Any]


@pytest.fixture
def drawn(show: Show, tmp_path: Path) -> Callable[..., Any]:
    """Open the network of a graph."""

    def opened(graph: Graph, title: str = "trabecula") -> Any:
        path = tmp_path / "pyvis.html"
        path.write_text(network.render(graph, title), encoding="utf-8")
        return show(path)

    return opened


def one_box(name: str, category: str = "process") -> Graph:
    return Graph([Entity(id="one", name=name, category=category)])


def test_the_shipped_graph_is_drawn_in_the_colours_of_its_categories(
    drawn: Callable[..., Any], shipped: Graph
) -> None:
    opened = drawn(shipped.select("near(calcitonin, 1)"))
    colours = opened.colours("#network")
    used = {entity.category for entity in shipped.select("near(calcitonin, 1)").entities.values()}
    assert {key for key in used if style.look(key).fill not in colours} == set()
    assert style.GROUPS["raises"].line in colours
    legend = opened.text("#legend")
    assert "process" in legend
    assert "contested" in legend
    assert opened.blameless


def test_a_box_has_the_outline_of_its_category(drawn: Callable[..., Any]) -> None:
    """A hexagon leaves more of its rectangle free than a rectangle does."""
    share = {}
    for category in ("process", "material"):
        graph = one_box("gap", category)
        wide, high = network.to_pyvis(graph).nodes[0]["box"]
        colours = drawn(graph).colours("#network")
        share[category] = colours[style.look(category).fill] / (wide * high)
    assert share["process"] < share["material"] - 0.05


def test_hover_texts_are_shown_as_text(drawn: Callable[..., Any]) -> None:
    opened = drawn(one_box("<b>bold</b> <img src=x onerror=window.PWNED=1>"))
    box = opened.page.locator("#network").bounding_box()
    opened.page.mouse.move(box["x"] + box["width"] / 2 + 3, box["y"] + box["height"] / 2 + 2)
    opened.page.wait_for_selector(".vis-tooltip", state="visible")
    assert opened.text(".vis-tooltip").startswith("<b>bold</b> <img src=x onerror=window.PWNED=1>")
    assert opened.page.locator(".vis-tooltip *").count() == 1  # the line break
    assert opened.blameless


@pytest.mark.parametrize(
    "text",
    [
        "</script><script>window.PWNED=1</script>",
        "<!--<script>window.PWNED=1//-->",
        "'\"><img src=x onerror=window.PWNED=1>",
        "javascript:window.PWNED=1",
        "{{7*7}}{% raw %}${7*7}",
        '<a href="https://example.org" onclick="window.PWNED=1">href</a>',
        "__proto__",
        "a\u2028window.PWNED=1\u2029b",
    ],
)
def test_nothing_of_a_hostile_graph_runs_or_leaves_the_page(
    text: str, drawn: Callable[..., Any]
) -> None:
    evidence = (Evidence(source=text, stance="supports", strength=text, summary=text),)
    graph = Graph(
        [
            Entity(id=text, name=text, category=text, synonyms=(text,), description=text),
            Entity(id=f"{text}2", name=text, category="cell"),
            Source(id=text, title=text),
            Statement(
                subject=text,
                predicate=text,
                object=f"{text}2",
                qualifiers=((text, text),),
                evidence=evidence,
            ),
        ]
    )
    opened = drawn(graph, text)
    assert opened.text("h1") == text
    assert opened.page.evaluate("window.PWNED ?? null") is None
    assert opened.page.locator("img, iframe, a, object, embed").count() == 0
    assert opened.page.evaluate("document.scripts.length") == 3
    assert opened.blameless


def test_fit_brings_everything_back_into_sight(drawn: Callable[..., Any]) -> None:
    opened = drawn(one_box("one"))
    fill = style.look("process").fill
    box = opened.page.locator("#network").bounding_box()
    opened.page.mouse.move(box["x"] + 30, box["y"] + 30)
    opened.page.mouse.down()
    opened.page.mouse.move(box["x"] + 30 + box["width"], box["y"] + 30, steps=4)
    opened.page.mouse.up()
    opened.page.wait_for_timeout(100)
    assert fill not in opened.colours("#network")
    opened.page.click("#fit")
    opened.page.wait_for_timeout(100)
    assert fill in opened.colours("#network")
