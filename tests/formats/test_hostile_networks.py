"""Networks made to harm or cut short: refused with a place, at once, or read as what they are."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from trabecula.errors import FormatError

if TYPE_CHECKING:
    from tests.formats.conftest import Bring

REFUSED = {
    "a nest of lists": ("a.json", '{"nodes":[],"links":' + "[" * 200_000, "too many levels"),
    "half of a pair": (
        "a.cyjs", '{"elements": {"nodes": [{"data": {"id": "a\\ud800"}}], "edges": []}}', r"U\+D800",
    ),
    "half of a pair in what an id is made of": (
        "a.trapi",
        '{"message": {"knowledge_graph": {"nodes": {"a:1": {}, "a:2": {}}, "edges": {"e": '
        '{"subject": "a:1", "predicate": "biolink:affects", "object": "a:2", "qualifiers": '
        '[{"qualifier_type_id": "biolink:x_qualifier", "qualifier_value": "\\ud800"}]}}}}}',
        r"U\+D800",
    ),
    "NaN": ("a.cx2", '[{"CXVersion":"2.0"},\n{"nodes":[{"id":1,"v":{"x":NaN}}]}]', ":2: NaN"),
    "cut short": ("a.graphml", '<graphml><graph>\n<node id="a">', ":2: no element found"),
    "entities": (
        "a.graphml", '<!DOCTYPE g [<!ENTITY a "x">]><graphml><graph/></graphml>', "entity 'a' is declared",
    ),
    "a file elsewhere": (
        "a.gexf", '<!DOCTYPE g [<!ENTITY a SYSTEM "file:///etc/passwd">]><gexf/>', "entity 'a' is declared",
    ),
    "a nest of elements": (
        "a.xgmml", '<graph xmlns="XGMML">' + '<node id="1"><att><graph>' * 500, "too many levels",
    ),
    "a key twice": ("a.cyjs", '{"elements":{"nodes":[{"data":{"id":"a","id":"b"}}]}}', "stands twice"),
    "half a character": (
        "a.cyjs", '{"elements":{"nodes":[{"data":{"id":"a","name":"\\ud800"}}]}}', r"U\+D800",
    ),
    "a comment without end": ("a.dot", "digraph { /*" + "*" * 100_000, "no part of DOT"),
    "a label without end": ("a.dot", "digraph { a [label=<" + "<" * 200_000, "nothing closes"),
    "a million edges in a line": (
        "a.dot", "digraph { {" + " ".join(f"a{n}" for n in range(1000)) + "} -> {"
        + " ".join(f"b{n}" for n in range(1000)) + "} }", "more than 100,000 edges",
    ),
    "another encoding": ("a.gml", b'graph [ node [ id 1 label "caf\xe9" ] ]', "0xe9 in column 31"),
    "a row of a thousand columns for each of many objects": (
        "a.json", "[" + ",".join(f'{{"source":"a","target":"b","k{n}":1}}' for n in range(5000)) + "]",
        "a table of 5,002 columns",
    ),
    "a header of commas": ("a.csv", "source,target" + "," * 500_000, "a table of 500,002 columns"),
    "a nest of objects in rows": ("a.json", '[{"source":"a","target":"b"},' + "[" * 200_000, "too many levels"),
    "a nest of terms": (
        "a.json", '[{"nanopub":{"assertions":[{"subject":"' + "p(" * 10_000
        + '","relation":"increases","object":"p(A:b)"}]}}]', "nested too deeply",
    ),
    "a nest in a line of PyBEL": ("a.json", '{"pybel_version":"1"}\n{"source":' + "[" * 100_000, ":2: too many levels"),
    "a transition of everything on everything": (
        "a.sbml", '<sbml><model><listOfQualitativeSpecies><qualitativeSpecies id="s"/></listOfQualitativeSpecies>'
        "<transition>" + '<input qualitativeSpecies="s"/>' * 1000 + '<output qualitativeSpecies="s"/>' * 1000
        + "</transition></model></sbml>", "more than 100,000 influences",
    ),
    "blanks": ("a.json", " " * 100_000, "there is nothing in the file|the file is empty"),
    "empty lines": ("a.json", "\n" * 100_000 + "x", ":100001: "),
    "a key that stands twice": (
        "a.yaml", "- graph: {drug_mesh: x}\n  links: []\n  nodes: []\n  links: []\n", ":4: the key 'links' stands",
    ),
    "references": ("a.yaml", "- &a {graph: {drug_mesh: x}, links: [], nodes: []}\n- *a\n", r":2: a reference"),
}  # fmt: skip
READ = {
    "blanks before a list": ("a.json", " " * 60_000 + '[{"source": "a", "target": "b"}]', 2),
    "an author of brackets": (
        "a.mitab",
        "\t".join(
            [
                "uniprotkb:P01270",
                "uniprotkb:Q03431",
                *["-"] * 5,
                "(" * 60_000,
                "pubmed:1",
                *["-"] * 6,
            ]
        )
        + "\n",
        2,
    ),
    "a quotation without end": (
        "a.mitab",
        "\t".join(
            [
                "uniprotkb:P01270",
                "uniprotkb:Q03431",
                *["-"] * 2,
                'x:"' + '\\"' * 60_000,
                "-",
                "psi-mi:a",
                *["-"] * 8,
            ]
        )
        + "\n",
        2,
    ),
    "a modifier without end": (
        "a.obo",
        "format-version: 1.2\n\n[Term]\nid: A:1\nis_a: A:2 {" + "&" * 60_000 + "} ! a\n",
        2,
    ),
    "a number of many digits": ("a.gml", "graph [ node [ id " + "9" * 6000 + ' label "a" ] ]', 1),
    "UTF-16": (
        "a.graphml",
        '<?xml version="1.0" encoding="UTF-16"?><graphml><graph><node id="a"/></graph></graphml>'.encode(
            "utf-16"
        ),
        1,
    ),
    "a mark and CR LF": ("a.gml", b'\xef\xbb\xbfgraph [\r\n node [\r\n id 1 label "a" ]\r\n]', 1),
    "an influence of everything on everything": (
        "a.sbml",
        '<sbml><model><listOfSpecies><species id="s"/></listOfSpecies><listOfReactions><reaction id="r">'
        "<annotation><reactionType>POSITIVE_INFLUENCE</reactionType></annotation><listOfReactants>"
        + '<speciesReference species="s"/>' * 10_000
        + "</listOfReactants><listOfProducts>"
        + '<speciesReference species="s"/>' * 10_000
        + "</listOfProducts></reaction></listOfReactions></model></sbml>",
        2,
    ),
    "evidence that is a nest": (
        "a.graphml",
        '<graphml><key id="e" for="edge" attr.name="evidence"/><graph><node id="a"/><node id="b"/>'
        '<edge source="a" target="b"><data key="e">'
        + "[" * 100_000
        + "</data></edge></graph></graphml>",
        2,
    ),
}


@pytest.mark.parametrize(("name", "content", "message"), REFUSED.values(), ids=REFUSED)
def test_it_is_refused_at_once_with_a_place(
    bring: Bring, name: str, content: str | bytes, message: str
) -> None:
    begun = time.perf_counter()
    with pytest.raises(FormatError, match=message):
        bring(content, name)
    assert time.perf_counter() - begun < 5


@pytest.mark.parametrize(("name", "content", "nodes"), READ.values(), ids=READ)
def test_it_is_read_as_what_it_is(
    bring: Bring, name: str, content: str | bytes, nodes: int
) -> None:
    begun = time.perf_counter()
    _, report = bring(content, name)
    assert report.nodes == nodes
    assert time.perf_counter() - begun < 5
