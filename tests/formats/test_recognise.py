"""What is no graph is refused by what it is, whatever its name says and whatever format is named."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

import trabecula as tb
from trabecula import formats
from trabecula.errors import TrabeculaError
from trabecula.formats import FORMATS
from trabecula.leftover import Leftovers

#: What comes in the place of a graph, and a word of what is said of it.
NO_GRAPHS = {
    "page": (b"<!doctype html><html><body>404 not found</body></html>\n", "HTML"),
    "page with a comment": (b"\xef\xbb\xbf<!-- x -->\n<HTML lang='en'>\n<p>x</p></HTML>", "HTML"),
    "pointer": (
        b"version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n",
        "git lfs pull",
    ),
    "merge": (b"a\tactivates\tb\n<<<<<<< HEAD\nb\tx\tc\n=======\nb\ty\tc\n>>>>>>> z\n", "merge"),
    "damaged zstd": (b"\x28\xb5\x2f\xfd\x04\x58\x01\x00\x00a", "cannot be unfolded"),
    "workbook": (b"PK\x03\x04\x14\x00\x06\x00", "zip"),
    "folded twice": (gzip.compress(gzip.compress(b"a\tactivates\tb\n")), "compressed twice"),
    "document": (b"%PDF-1.4\n%\xe2\xe3\n", "PDF"),
}
READ = sorted(name for name, form in FORMATS.items() if form.reads and name != "curated")


@pytest.mark.parametrize("name", READ)
def test_what_is_no_graph_is_none_in_any_format(name: str, tmp_path: Path) -> None:
    """Neither by its suffix nor where the format is named; the message says what it is."""
    form = FORMATS[name]
    for content, word in NO_GRAPHS.values():
        path = tmp_path / f"graph{(*form.suffixes, '.txt')[0]}"
        path.write_bytes(content)
        for given in (None, name) if form.suffixes else (name,):
            with pytest.raises(tb.TrabeculaError, match=word):
                tb.load(path, given)


@pytest.mark.parametrize("content", [b"", b" \n\t\n", b"\xef\xbb\xbf", b"\xff\xfe", b"\r\n"])
@pytest.mark.parametrize("name", [name for name in READ if name != "sif"])
def test_a_file_with_nothing_in_it_is_no_graph(name: str, content: bytes, tmp_path: Path) -> None:
    """It is what a download that failed leaves behind; an empty graph would pass for one."""
    form = FORMATS[name]
    path = tmp_path / f"graph{(*form.suffixes, '.txt')[0]}"
    path.write_bytes(content)
    for given in (None, name) if form.suffixes else (name,):
        with pytest.raises(tb.TrabeculaError, match="there is nothing in the file"):
            tb.load(path, given)


@pytest.mark.parametrize("name", ["graphml", "gexf", "xgmml", "gpml", "sbgn", "sbml-qual"])
def test_xml_with_another_root_is_no_graph_of_the_format(name: str, tmp_path: Path) -> None:
    path = tmp_path / f"graph{FORMATS[name].suffixes[0]}"
    path.write_text('<?xml version="1.0"?>\n<!-- x -->\n<svg><g id="a"/></svg>\n', "utf-8")
    with pytest.raises(tb.TrabeculaError, match=rf"{path.name}:3: the root is <svg>, not <"):
        tb.load(path)


@pytest.mark.parametrize(
    "name",
    [
        "kgx/tiny_nodes.tsv", "kgx/tiny_edges.tsv", "neo4j/tiny_nodes.csv", "neo4j/tiny_edges.csv",
        "formats/apoc.csv", "formats/signor.tsv", "formats/small.hpoa",
    ],
)  # fmt: skip
def test_a_header_that_stands_again_is_no_row(name: str, tmp_path: Path) -> None:
    """Files put together with `cat` have it; it would be a thing called id, tied to another."""
    from_file = Path(__file__).parent.parent / "data" / name
    content = from_file.read_bytes()
    single, double = tmp_path / "single" / from_file.name, tmp_path / "double" / from_file.name
    for path, data in ((single, content), (double, content + content)):
        path.parent.mkdir()
        path.write_bytes(data)
    once = tb.load(single, left=Leftovers())
    told = Leftovers()
    twice = tb.load(double, left=told)
    assert "the header, which stands again, left out" in told.mended
    assert (twice.entities, twice.statements) == (once.entities, once.statements)


def test_a_byte_order_mark_is_told_once(tmp_path: Path) -> None:
    """However often a reader goes through the lines."""
    path = tmp_path / "graph.sif"
    path.write_bytes(b"\xef\xbb\xbfa\tactivates\tb\n")
    told = Leftovers()
    assert sorted(tb.load(path, left=told).entities) == ["a", "b"]
    assert list(told.lines()) == ["a byte-order mark left out at graph.sif:1"]


#: JSON whose keys stand in another order than most programs write, and what it is.
_IN_ANY_ORDER = {
    "kgx-jsonl": {
        "edges": [{"object": "HGNC:2", "predicate": "biolink:affects", "subject": "HGNC:1"}],
        "nodes": [{"id": "HGNC:1"}, {"id": "HGNC:2"}],
    },
    "obographs": {
        "graphs": [
            {
                "domainRangeAxioms": [],
                "edges": [{"obj": "GO:2", "pred": "is_a", "sub": "GO:1"}],
                "nodes": [{"id": "GO:1"}, {"id": "GO:2"}],
            }
        ]
    },
    "jgf": {
        "graph": {
            "edges": [{"relation": "x", "source": "a", "target": "b"}],
            "metadata": {"note": '{ [ "nodes": {{'},
            "nodes": {"a": {}, "b": {}},
        }
    },
    "indra": [
        {
            "evidence": [],
            "obj": {"db_refs": {"HGNC": "2"}, "name": "B"},
            "subj": {"db_refs": {"HGNC": "1"}, "name": "A"},
            "type": "Activation",
        }
    ],
    "sssom": {
        "@context": {"skos": "http://www.w3.org/2004/02/skos/core#"},
        "mappings": [{"object_id": "B:1", "predicate_id": "skos:exactMatch", "subject_id": "A:1"}],
    },
    "node-link": {
        "directed": True,
        "graph": {},
        "links": [{"source": "a", "target": "b"}],
        "nodes": [{"id": "a"}, {"id": "b"}],
    },
}


@pytest.mark.parametrize("name", _IN_ANY_ORDER)
def test_json_is_told_by_its_keys_whatever_their_order(name: str, tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text(json.dumps(_IN_ANY_ORDER[name]), "utf-8")
    assert formats.guess(path).name == name
    assert len(tb.load(path, left=Leftovers())) == 1


_MANY = [{"id": f"HGNC:{number}", "name": "x" * 90} for number in range(1000)]
#: JSON of which only the start and the end are looked at, between which the telling keys stand.
_LONG = {
    "node-link": {"nodes": _MANY, "links": [{"source": "HGNC:1", "target": "HGNC:2"}]},
    "kgx-jsonl": {
        "nodes": _MANY,
        "edges": [{"subject": "HGNC:1", "predicate": "biolink:affects", "object": "HGNC:2"}],
    },
    "bel-json": {
        "graph": {"pybel_version": "0.15.5"},
        "nodes": [{"bel": f"p(HGNC:A{number})", "x": "x" * 90} for number in range(1000)],
        "links": [{"source": 1, "target": 2, "relation": "increases"}],
    },
    "trapi": {
        "message": {
            "results": [{"node_bindings": {"n": [row]}} for row in _MANY],
            "knowledge_graph": {
                "nodes": {"HGNC:1": {}, "HGNC:2": {}},
                "edges": {"e": {"subject": "HGNC:1", "predicate": "x", "object": "HGNC:2"}},
            },
            "auxiliary_graphs": {row["id"]: row for row in _MANY},
        }
    },
}


@pytest.mark.parametrize("name", _LONG)
def test_long_json_is_told_by_its_start_and_its_end(name: str, tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text(json.dumps(_LONG[name]), "utf-8")
    assert formats.guess(path).name == name
    assert len(tb.load(path, left=Leftovers())) == 1


def test_a_file_of_which_nothing_comes_in_is_no_graph(tmp_path: Path) -> None:
    """A drawing of shapes alone would pass for an empty graph; an empty graph is said to be one."""
    path = tmp_path / "x.gpml"
    path.write_text(
        '<Pathway xmlns="http://pathvisio.org/GPML/2013a" Name="x"><Shape GraphId="a"/></Pathway>',
        "utf-8",
    )
    with pytest.raises(tb.TrabeculaError, match=r"nothing in the file is a node .* Shape \(1\)"):
        tb.load(path)
    path = tmp_path / "x.graphml"
    path.write_text(
        '<graphml xmlns="http://graphml.graphdrawing.org/xmlns"><graph edgedefault="directed"/>'
        "</graphml>",
        "utf-8",
    )
    left = Leftovers()
    assert len(tb.load(path, left=left)) == 0
    assert list(left.lines()) == ["an empty graph, with no node and no edge at x.graphml"]


@pytest.mark.parametrize("name", ["x.biopax", "x.owl", "x.nanopub.trig", "x.csv"])
def test_a_damaged_file_of_what_is_only_written_is_named(name: str, tmp_path: Path) -> None:
    """It is read as what it is a file of, where there is such a format."""
    (tmp_path / name).write_text("\x00damaged", "utf-8")
    with pytest.raises(TrabeculaError) as error:
        formats.load(tmp_path / name)
    assert str(error.value).startswith(f"{tmp_path / name}:")
