from __future__ import annotations

import base64
import hashlib
import json
import os
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING

from trabecula.graph import Graph
from trabecula.model import Entity, Evidence, Statement
from trabecula.views import html, style

if TYPE_CHECKING:
    import pytest


class Page(HTMLParser):
    """Elements with their attributes and the text directly in them."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str], list[str]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        self.elements.append((tag, {key: value or "" for key, value in attrs}, []))

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002 (what the base class calls it with)
        """Note that what follows belongs to none of the elements."""
        self.elements.append(("", {}, []))

    def handle_data(self, data: str) -> None:
        """Note the text in the element."""
        if self.elements:
            self.elements[-1][2].append(data)

    def all(self, tag: str) -> list[tuple[dict[str, str], str]]:
        """Attributes and text of the elements of a kind."""
        return [(attrs, "".join(text)) for name, attrs, text in self.elements if name == tag]

    def data(self, name: str) -> object:
        """What a block of data holds."""
        (text,) = (text for attrs, text in self.all("script") if attrs.get("id") == f"{name}-data")
        return json.loads(text)


def sha256(text: str) -> str:
    return "'sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() + "'"


def policy(page: Page) -> dict[str, list[str]]:
    (content,) = (
        attrs["content"]
        for attrs, _ in page.all("meta")
        if attrs.get("http-equiv") == "Content-Security-Policy"
    )
    return {words.split()[0]: words.split()[1:] for words in content.split("; ")}


def supported(subject: str, object_: str, *sources: str) -> Statement:
    rows = tuple(Evidence(source=source, strength="direct") for source in sources)
    return Statement(subject=subject, predicate="activates", object=object_, evidence=rows)


def test_the_policy_allows_nothing_but_the_scripts_and_the_style_of_the_page(tiny: Graph) -> None:
    page = Page(html.render(tiny))
    scripts = [
        text for attrs, text in page.all("script") if attrs.get("type") != "application/json"
    ]
    styles = [text for _, text in page.all("style")]
    assert policy(page) == {
        "default-src": ["'none'"],
        "script-src": [sha256(text) for text in scripts],
        "style-src": [sha256(text) for text in styles],
        "img-src": ["data:"],
        "base-uri": ["'none'"],
        "form-action": ["'none'"],
    }
    assert len(scripts) == 2


def test_the_page_names_no_resource_on_the_network(tiny: Graph) -> None:
    page = Page(html.render(tiny))
    resources = [
        attrs[name]
        for tag, attrs, _ in page.elements
        for name in ("src", "srcset", "href", "data", "poster", "action")
        if name in attrs and tag != "a"
    ]
    assert resources == ["data:,"]
    assert "@import" not in html.render(tiny)
    assert "url(" not in page.all("style")[0][1]


def test_no_element_has_an_inline_handler_or_style(tiny: Graph) -> None:
    names = {name for _, attrs, _ in Page(html.render(tiny)).elements for name in attrs}
    assert {name for name in names if name.startswith("on") or name == "style"} == set()


def test_the_page_is_the_same_whatever_the_hash_seed() -> None:
    code = (
        "import sys; from trabecula.graph import Graph; from trabecula.model import *\n"
        "from trabecula.views import html\n"
        "names = 'abcdefgh'\n"
        "graph = Graph([Entity(id=n, name=n, category='cell') for n in names] + [Statement("
        "subject=a, predicate='binds', object=b) for a, b in zip(names, names[1:] + 'a')])\n"
        "sys.stdout.buffer.write(html.render(graph).encode())"
    )
    pages = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed, "LC_ALL": "C", "TZ": zone},
            capture_output=True,
            check=True,
        ).stdout
        for seed, zone in (("1", "UTC"), ("2", "Asia/Tokyo"))
    }
    assert len(pages) == 1


def test_every_entity_and_statement_is_on_the_page_with_its_evidence(tiny: Graph) -> None:
    page = Page(html.render(tiny))
    nodes, edges = page.data("nodes"), page.data("edges")
    assert isinstance(nodes, list)
    assert isinstance(edges, list)
    assert [node["id"] for node in nodes] == list(tiny.entities)
    assert [edge["id"] for edge in edges] == list(tiny.statements)
    assert [edge["tb"]["status"] for edge in edges] == [
        tiny.status(statement) for statement in tiny.statements.values()
    ]
    assert [[row["summary"] for row in edge["tb"]["evidence"]] for edge in edges] == [
        [row.summary for row in statement.evidence] for statement in tiny.statements.values()
    ]


def test_an_end_without_an_entity_is_drawn_under_its_id() -> None:
    net = html.network(Graph([supported("a", "b", "one")]))
    assert [(node["id"], node["tb"]["name"]) for node in net.nodes] == [("a", "a"), ("b", "b")]


def test_statements_between_the_same_two_entities_take_lanes_of_their_own() -> None:
    graph = Graph(
        Statement(subject=subject, predicate=predicate, object=object_)
        for subject, predicate, object_ in (
            ("a", "activates", "b"), ("a", "inhibits", "b"), ("b", "binds", "a"), ("a", "binds", "c"),
        )
    )  # fmt: skip
    net = html.network(graph)
    lanes = set()
    for edge in net.edges[:1] + net.edges[2:]:
        smooth = edge["smooth"]
        side = smooth["roundness"] if smooth and smooth["type"] == "curvedCW" else 0
        side = -smooth["roundness"] if smooth and smooth["type"] == "curvedCCW" else side
        lanes.add(round(side if edge["from"] == "a" else -side, 2))
    assert net.edges[1]["to"] == "c"
    assert net.edges[1]["smooth"] is False
    assert len(lanes) == 3


def test_arrowhead_and_dashes_follow_sign_and_status(tiny: Graph) -> None:
    drawn = {
        (edge["from"], edge["tb"]["predicate"]): (edge["arrows"]["to"]["type"], edge["dashes"])
        for edge in html.network(tiny).edges
    }
    assert drawn == {
        ("magnesium", "activates"): ("arrow", False),
        ("magnesium", "decreases"): ("bar", style.LINES["refuted"].dashes),
        ("magnesium", "increases"): ("vee", False),  # it is negated
        ("pth", "inhibits"): ("bar", style.LINES["contested"].dashes),
        ("pth", "activates"): ("arrow", style.LINES["asserted-only"].dashes),
        ("CL:0000062", "requires"): ("arrow", False),
    }


def test_beyond_the_budget_the_best_supported_statements_stay(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(html, "MAX_ENTITIES", 3)
    graph = Graph(
        [
            *(Entity(id=name, name=name, category="cell") for name in "abcde"),
            supported("a", "b", "one"),
            supported("b", "c", "one", "two", "three"),
            supported("d", "b", "one", "two"),
            supported("d", "e", "one", "two"),
        ]
    )
    drawn = html.budgeted(graph)
    assert [(s.subject, s.object) for s in drawn.statements.values()] == [("b", "c"), ("d", "b")]
    page = Page(html.render(graph)).data("page")
    assert isinstance(page, dict)
    assert (page["entities"], page["statements"], page["left_out"]) == (5, 4, [2, 2])


def test_a_graph_within_the_budget_is_drawn_whole(tiny: Graph) -> None:
    assert html.budgeted(tiny) is tiny


def test_an_empty_graph_makes_a_page() -> None:
    page = Page(html.render(Graph()))
    assert page.data("nodes") == []
    assert page.data("edges") == []


def test_a_page_without_marks_has_none(tiny: Graph) -> None:
    page = Page(html.render(tiny)).data("page")
    assert isinstance(page, dict)
    assert page["marks"] == []
    assert html.render(tiny, marks={}) == html.render(tiny)


def test_marked_entities_have_the_fill_of_their_mark_and_others_none(tiny: Graph) -> None:
    marks = {"magnesium": style.Mark("changed-down", "It falls."), "pth": style.Mark("up", "Up.")}
    net = html.network(tiny, marks)
    assert {node["id"]: node["color"]["background"] for node in net.nodes} == {
        key: style.tint(marks[key].key if key in marks else "").fill for key in tiny.entities
    }
    page = Page(html.render(tiny, marks=marks)).data("page")
    assert isinstance(page, dict)
    assert [row["key"] for row in page["marks"]] == ["changed-down", "up", ""]
    assert {tuple(row["colours"]) for row in page["categories"]} == {
        (style.UNMARKED.fill, style.UNMARKED.line)
    }


def test_the_title_is_text() -> None:
    page = html.render(Graph(), title="</title><script>1</script>")
    assert "</title><script>1" not in page
    assert page.count("&lt;/title&gt;&lt;script&gt;1&lt;/script&gt;") == 2


def test_links_of_sources_and_entities_are_built_from_identifiers(tiny: Graph) -> None:
    page = Page(html.render(tiny))
    data = page.data("page")
    assert isinstance(data, dict)
    (trial,) = (source for source in data["sources"] if source["id"].startswith("doi:"))
    assert trial["links"] == [
        ["doi:10.5555/12345678(1)", "https://doi.org/10.5555/12345678(1)"],
        ["PMCID:PMC1234567", "https://europepmc.org/articles/PMC1234567"],
        ["PMID:12345678", "https://pubmed.ncbi.nlm.nih.gov/12345678/"],
        ["https://example.org/?a=1&b=2", "https://example.org/?a=1&b=2"],
    ]


def test_view_writes_what_render_gives(tiny: Graph, tmp_path: Path) -> None:
    path = tmp_path / "graph.html"
    html.view(tiny, path, title="A graph")
    assert path.read_text(encoding="utf-8") == html.render(tiny, title="A graph")
    assert sorted(tmp_path.iterdir()) == [path]


def test_pyvis_still_brings_the_library_the_page_is_made_for() -> None:
    assert "@version 9.1" in html.render(Graph())


def test_an_unknown_source_is_shown_by_its_id() -> None:
    data = Page(html.render(Graph([supported("a", "b", "PMID:12345678")]))).data("page")
    assert isinstance(data, dict)
    assert [source["links"] for source in data["sources"]] == [
        [["PMID:12345678", "https://pubmed.ncbi.nlm.nih.gov/12345678/"]]
    ]


def test_sources_are_written_once(tiny: Graph) -> None:
    used = {row.source for s in tiny.statements.values() for row in s.evidence}
    data = Page(html.render(tiny)).data("page")
    assert isinstance(data, dict)
    assert [source["id"] for source in data["sources"]] == sorted(used)
