"""Pages and lists of a graph: Markdown, Mermaid, and references for other programs."""

from __future__ import annotations

import json
import re

from trabecula import formats
from trabecula.graph import Graph
from trabecula.model import Entity, Evidence, Source, Statement

ODD = 'a|b\n# no "heading" <script>alert(1)</script> [x](javascript:y) `c` *d* %%{init}%% ; end'


def _odd() -> Graph:
    row = Evidence(source="PMID:1", strength="curated", summary="Says <b>so</b> | or not.")
    return Graph(
        [
            Entity(id="a", name=" ".join(ODD.split()), category="chemical"),
            Entity(id="b", name="b", category="chemical"),
            Source(id="PMID:1", title="A & B <i>", year="2020-01", authors=("Roe R", "et al"),
                   journal="J. <x>", xrefs=("doi:10.1/x",)),
            Statement(subject="a", predicate="inhibits", object="b", evidence=(row,)),
            Statement(subject="b", predicate="activates", object="a", negated=True, evidence=(row,)),
        ]
    )  # fmt: skip


def test_nothing_in_a_text_is_a_mark_of_markdown() -> None:
    lines = formats.render(_odd(), "md").decode("utf-8").splitlines()
    assert [len(re.findall(r"(?<!\\)\|", line)) for line in lines[2:]] == [8] * len(lines[2:])
    text = "\n".join(lines)
    assert not re.search(r"(?<!\\)[<>`](?!https://pubmed)(?!\))", text.replace("/>)", ")"))
    assert [m[1] for m in re.finditer(r"\]\(<(.*?)>\)", text)] == [
        "https://pubmed.ncbi.nlm.nih.gov/1/"
    ] * 2
    assert "**not** activates" in text


def test_nothing_in_a_text_means_anything_to_mermaid() -> None:
    lines = formats.render(_odd(), "mermaid").decode("utf-8").splitlines()
    assert lines[0] == "flowchart LR"
    assert len(lines) == 4  # two nodes, and no arrow for the denial
    assert lines[3] == '    n1 --x|"inhibits"| n2'
    (label,) = re.findall(r'n1\["(.*)"\]$', lines[1])
    plain = re.sub(r"#(\d+);", lambda m: chr(int(m[1])), label)
    assert plain == " ".join(ODD.split())
    assert not set(re.sub(r"#\d+;", "", label)) & set('"<>[]{}|`%;&')


def test_references_are_those_of_the_sources() -> None:
    (item,) = json.loads(formats.render(_odd(), "csl"))
    assert item == {
        "id": "Roe2020-01",
        "type": "article-journal",
        "title": "A & B <i>",
        "author": [{"family": "Roe", "given": "R."}, {"literal": "others"}],
        "container-title": "J. <x>",
        "issued": {"date-parts": [[2020]]},
        "DOI": "10.1/x",
        "PMID": "1",
        "URL": "https://pubmed.ncbi.nlm.nih.gov/1/",
        "note": "abstract not read; title only",
    }
    tags = [line.split("  - ", 1) for line in formats.render(_odd(), "ris").decode().splitlines()]
    assert tags[0] == ["TY", "JOUR"]
    assert tags[-1] == ["ER", ""]
    assert dict(tags[1:-1])["TI"] == "A & B <i>"
    assert b"@article{Roe2020-01," in formats.render(_odd(), "bib")


def test_each_paper_stands_once_in_every_list(shipped: Graph) -> None:
    items = json.loads(formats.render(shipped, "csl"))
    assert len(items) == len(set(shipped.papers.values()))
    assert len({item["id"].casefold() for item in items}) == len(items)
    records = formats.render(shipped, "ris").decode("utf-8")
    assert len(re.findall(r"(?m)^ER  - $", records)) == len(items)
    assert {line[2:6] for line in records.splitlines() if line} == {"  - "}
