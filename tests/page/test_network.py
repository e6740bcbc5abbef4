"""The network of pyvis: in our colours and signs, and written through our template alone."""

from __future__ import annotations

import html as entities
import json
import re
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from pyvis.network import Network

from trabecula.cli import main
from trabecula.graph import Graph
from trabecula.model import Entity, Statement
from trabecula.page import network
from trabecula.page.html import budgeted
from trabecula.page.network import to_pyvis
from trabecula.picture import style


def edges(graph: Graph) -> dict[str, dict[str, Any]]:
    """The edges by what their statements say."""
    return {edge["title"].partition("\n")[0]: edge for edge in to_pyvis(graph).edges}


def test_it_is_a_network_of_pyvis_that_its_own_methods_read(tiny: Graph) -> None:
    net = to_pyvis(tiny)
    assert type(net) is Network
    assert net.num_nodes() == len(tiny.entities)
    assert net.num_edges() == len(tiny)
    assert net.get_nodes() == list(tiny.entities)
    assert net.get_node("magnesium")["label"] == "magnesium"
    assert net.neighbors("magnesium") == {"pth", "CL:0000062", "bmd"}


def test_further_nodes_and_edges_can_be_added(tiny: Graph) -> None:
    net = to_pyvis(tiny)
    net.add_node("mine", label="mine")
    net.add_edge("mine", "magnesium")
    assert net.neighbors("mine") == {"magnesium"}
    assert '"mine"' in net.generate_html()


def test_nodes_have_the_look_of_their_category_and_a_place_of_their_own(tiny: Graph) -> None:
    net = to_pyvis(tiny)
    for node in net.nodes:
        look = style.look(tiny.entities[node["id"]].category)
        assert node["outline"] == look.outline
        assert node["color"] == {"background": look.fill, "border": look.line}
    places = {node["id"]: (node["x"], node["y"]) for node in net.nodes}
    sizes = {node["id"]: tuple(node["box"]) for node in net.nodes}
    for box, other in combinations(places, 2):
        x, y = (abs(a - b) for a, b in zip(places[box], places[other], strict=True))
        width, height = (a + b for a, b in zip(sizes[box], sizes[other], strict=True))
        assert 2 * x > width or 2 * y > height  # no boxes overlap


def test_arrowhead_dashes_and_mark_follow_sign_and_status(tiny: Graph) -> None:
    drawn = {
        words: (
            edge["from"], edge["arrows"]["to"]["type"], tuple(edge["dashes"] or ()),
            edge.get("label"),
        )
        for words, edge in edges(tiny).items()
    }  # fmt: skip
    lines = style.LINES
    assert drawn == {
        "magnesium activates osteoblast": ("magnesium", "arrow", (), None),
        "magnesium decreases PTH": ("magnesium", "bar", lines["refuted"].dashes, "×"),
        "not: magnesium increases bone mineral density": ("magnesium", "vee", (), None),
        "PTH inhibits osteoblast (pattern: continuous)": (
            "pth", "bar", lines["contested"].dashes, "?",
        ),
        "PTH activates osteoblast (pattern: intermittent)": (
            "pth", "arrow", lines["asserted-only"].dashes, None,
        ),
        # drawn the way influence flows
        "osteoblast requires magnesium": ("magnesium", "arrow", (), None),
    }  # fmt: skip


def test_hover_texts_say_what_a_statement_and_an_entity_are(tiny: Graph) -> None:
    assert edges(tiny)["magnesium activates osteoblast"]["title"].endswith(
        "\nsupported, 2 independent sources"
    )
    about = to_pyvis(tiny).get_node("pth")["title"]
    assert about == "PTH\nprotein or hormone\nparathyroid hormone\nPR:000013429"


def test_lines_between_the_same_two_boxes_lie_side_by_side() -> None:
    graph = Graph(
        [
            Statement(subject=start, predicate=name, object=end)
            for start, end in (("a", "b"), ("b", "a"))
            for name in ("activates", "inhibits", "binds")
        ]
    )
    bends = []
    for edge in to_pyvis(graph).edges:
        smooth = edge.get("smooth") or {"type": "curvedCW", "roundness": 0}
        side = 1 if (smooth["type"] == "curvedCW") == (edge["from"] == "a") else -1
        bends.append(side * smooth["roundness"])
    assert len(set(bends)) == 6
    assert max(map(abs, bends)) < 0.5


def test_an_end_without_an_entity_is_a_node_under_its_id() -> None:
    net = to_pyvis(Graph([Statement(subject="a", predicate="binds", object="b")]))
    assert net.get_nodes() == ["a", "b"]


# --- The page -------------------------------------------------------------------------------


def data(page: str) -> dict[str, Any]:
    """What the page draws."""
    match = re.search(r'<script type="text/plain" id="data">(.*?)</script>', page, re.DOTALL)
    assert match is not None
    parsed: dict[str, Any] = json.loads(match[1])
    return parsed


def test_the_page_holds_the_network_and_names_nothing_on_the_web(tiny: Graph) -> None:
    page = network.render(tiny, "of bone")
    net = to_pyvis(tiny)
    assert data(page)["nodes"] == net.nodes
    assert data(page)["edges"] == net.edges
    assert "<title>of bone</title>" in page
    assert re.findall(r"<(?:link|script|img|iframe)[^>]*(?:src|href)=[\"'](?!data:)", page) == []


@pytest.mark.parametrize("way", ["generate_html", "write_html", "show", "save_graph"])
def test_whatever_method_of_pyvis_writes_it_writes_our_page(
    way: str, tiny: Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    net = to_pyvis(tiny, "of bone")
    if way == "generate_html":
        page = net.generate_html()
    else:
        getattr(net, way)("net.html")
        page = Path("net.html").read_text("utf-8")
    assert page == network.render(tiny, "of bone")


def test_the_page_is_ascii_but_for_its_title(tiny: Graph) -> None:
    """Pyvis opens files without naming an encoding."""
    assert network.render(tiny, "x").isascii()


def test_what_is_hostile_in_names_ids_and_title_is_text() -> None:
    text = "</script><script>window.PWNED=1</script><!--{{7*7}}"
    graph = Graph(
        [
            Entity(id=text, name=text, category=text, synonyms=(text,)),
            Statement(subject=text, predicate=text, object="b", qualifiers=((text, text),)),
        ]
    )
    page = network.render(graph, text)
    assert page.count("<script") == network.render(Graph(), "x").count("<script")
    assert f"<title>{entities.escape(text, quote=False)}</title>" in page
    assert [node["id"] for node in data(page)["nodes"]] == [text, "b"]
    assert data(page)["nodes"][0]["title"].startswith(text)


def test_a_library_that_ends_its_script_does_not(
    tiny: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(network, "library", lambda: 'var a = "</script>"')
    assert network.render(tiny).count("</script>") == 3


def test_of_a_very_large_graph_the_page_holds_what_the_explorer_holds(
    tiny: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("trabecula.page.html.MAX_ENTITIES", 3)
    assert len(data(network.render(tiny))["edges"]) == len(budgeted(tiny)) < len(tiny)


def test_the_command_writes_the_page(tmp_path: Path) -> None:
    path = tmp_path / "net.html"
    with pytest.raises(SystemExit, match="0"):
        main(["view", "near(calcitonin, 1)", "--pyvis", "--title", "T", "-o", str(path)])
    page = path.read_text("utf-8")
    assert "<title>T</title>" in page
    assert "calcitonin" in {node["id"] for node in data(page)["nodes"]}
