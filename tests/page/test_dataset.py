"""What the head of a page tells search engines of the graph, and nothing else."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from typing import Any

import pytest
import rdflib

from trabecula.graph import Graph
from trabecula.model import About, Entity, Term
from trabecula.page import html

SCHEMA = rdflib.Namespace("https://schema.org/")
HOSTILE = '</script><script>alert(1)</script><!-- <script> "quoted" \\ & \u2028 ω'


def block(graph: Graph, **options: Any) -> str | None:
    """The text of the JSON-LD in the page; `None` where there is none."""
    head = html.render(graph, sparql=False, **options).partition("</head>")[0]
    texts: list[str] = re.findall(
        r'<script type="application/ld\+json">(.*?)</script>', head, re.DOTALL | re.IGNORECASE
    )
    assert head.count("<script") == len(texts) <= 1
    return texts[0] if texts else None


def of(about: About) -> Graph:
    return Graph([about, Entity(id="a", name="A", category="cell")])


@pytest.mark.filterwarnings("ignore::DeprecationWarning:rdflib")  # of its own reader
def test_the_shipped_graph_is_described_as_it_describes_itself(shipped: Graph) -> None:
    about = shipped.about
    triples = rdflib.Graph().parse(data=block(shipped), format="json-ld")
    node = triples.value(predicate=rdflib.RDF.type, object=SCHEMA.Dataset, any=False)

    def values(name: str) -> set[Any]:
        return set(triples.objects(node, SCHEMA[name]))

    assert values("name") == {rdflib.Literal(about.title)}
    assert values("description") == {rdflib.Literal(about.description)}
    assert values("license") == {rdflib.URIRef(about.licence)}
    assert values("version") == {rdflib.Literal(about.version)}
    assert values("datePublished") == {rdflib.Literal(about.date)}
    assert values("url") == {rdflib.URIRef(about.home)}
    assert len(values("keywords")) == len(about.topics)
    names = {triples.value(creator, SCHEMA.name) for creator in values("creator")}
    assert names == {rdflib.Literal(name) for name in about.authors}


def test_a_part_is_described_as_its_graph(shipped: Graph) -> None:
    assert block(shipped.select("near(calcitriol, 1)")) == block(shipped)


@pytest.mark.parametrize(
    "about", [About(), About(authors=("Doe J",), licence="https://example.org/")]
)
def test_of_a_graph_without_a_title_nothing_is_said(about: About) -> None:
    assert block(of(about), title="a title of the page", source="their.json") is None


def test_nothing_of_ours_is_said_of_the_graph_of_others() -> None:
    about = About(title="KRAS", authors=("Doe, Jane", "The KRAS consortium"), date="2026-11")
    text = block(of(about))
    assert text is not None
    assert json.loads(text) == {
        "@context": {"@vocab": "https://schema.org/"},
        "@type": "Dataset",
        "name": "KRAS",
        "creator": [
            {"@type": "Person", "name": "Doe, Jane"},
            {"@type": "Organization", "name": "The KRAS consortium"},
        ],
        "datePublished": "2026-11",
    }


def test_hostile_texts_stay_within_it() -> None:
    about = About(
        title=HOSTILE, description=HOSTILE, authors=(HOSTILE,), licence=HOSTILE, version=HOSTILE,
        date=HOSTILE, home="javascript:alert(1)", topics=(Term("t", label=HOSTILE),),
    )  # fmt: skip
    text = block(of(about))
    assert text is not None
    assert not set("<>&\u2028") & set(text)
    dataset = json.loads(text)
    for name in ("name", "description", "license", "version"):
        assert dataset[name] == HOSTILE
    assert (dataset["creator"][0]["name"], dataset["keywords"]) == (HOSTILE, [HOSTILE])
    assert "url" not in dataset
    assert "datePublished" not in dataset
    plain = block(of(replace(about, licence="javascript:alert(1)")))
    assert plain is not None
    assert json.loads(plain)["license"] == "javascript:alert(1)"
