"""Every command that reports gives text, Markdown and JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from markdown_it import MarkdownIt

from trabecula.cli import COMMANDS, main
from trabecula.formats import write
from trabecula.graph import Graph
from trabecula.model import Entity, Evidence, Source, Statement

#: What these write is no report: graphs, pages and tables, and answers over a protocol.
WRITERS = {"extract", "view", "convert", "fmt", "review", "build", "load", "serve", "mcp"}
HOSTILE = "a|b * <b>c</b> `d` # e [f](javascript:g) $h$ _i_ & ~j~"
#: A call of each command that reports, on a graph in which names are hostile.
CALLS = {
    "info": [[], ["--vocabulary"], ["--formats"]],
    "search": [["x"]],
    "show": [["x"], ["x", "-e"], ["PMID:1"]],
    "explain": [["x", "z"]],
    "whatif": [["x=up"], ["x=up", "--reached"]],
    "diagnose": [["z=up"]],
    "loops": [[]],
    "conflicts": [[], ["-e"]],
    "gaps": [[]],
    "audit": [[]],
    "query": [["SELECT ?s ?name WHERE { ?s rdfs:label ?name }"], ["ASK { ?s ?p ?o }"], ["--list"]],
    "cite": [[], ["x"]],
    "check": [["--only", "evidence", "--only", "spreadsheet", "--fail-on", "never"]],
    "problem": [[], ["header"]],
    "compare": [["OTHER"]],
    "diff": [["OTHER", "GRAPH"]],
}


def hostile() -> Graph:
    """A loop and a conflict between three entities with names that Markdown would read."""

    def edge(start: str, verb: str, end: str, stance: str = "supports") -> Statement:
        rows = (
            Evidence(source="PMID:1", stance=stance, strength="direct", method="rct", summary=HOSTILE),
            Evidence(source="article", stance="supports", strength="asserted", summary=HOSTILE,
                     locator=HOSTILE),
        )  # fmt: skip
        return Statement(subject=start, predicate=verb, object=end, evidence=rows)

    return Graph(
        [
            *(Entity(id=key, name=f"{key} {HOSTILE}", category="chemical", synonyms=(HOSTILE + key,),
                     description=HOSTILE) for key in "xyz"),
            Source(id="PMID:1", title=HOSTILE, authors=(HOSTILE,), abstract_read=True, kind="paper"),
            Source(id="article", title=HOSTILE, kind="article"),
            edge("x", "increases", "y"), edge("y", "increases", "z"), edge("z", "decreases", "x"),
            edge("x", "decreases", "y"), edge("x", "increases", "z", "disputes"),
        ]
    )  # fmt: skip


@pytest.fixture(scope="module")
def paths(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("hostile")
    graph = hostile()
    write(graph, folder / "graph.json")
    write(
        Graph(record for record in graph if getattr(record, "object", "") != "x"),
        folder / "other.json",
    )
    return {"GRAPH": str(folder / "graph.json"), "OTHER": str(folder / "other.json")}


def run(paths: dict[str, str], name: str, call: list[str], *more: str) -> str:
    """What a command says in a form; it may have findings, and exits with 1 then."""
    graph = [] if name in ("diff", "problem") else ["--graph", paths["GRAPH"]]
    words = [paths.get(word, word) for word in call]
    result = CliRunner().invoke(main, [name, *words, *graph, *more])
    assert result.exit_code in (0, 1), result.output
    return result.stdout


def test_every_command_that_reports_has_a_call_here() -> None:
    assert set(CALLS) | WRITERS == set(COMMANDS)
    assert set(CALLS) & WRITERS == set()


EVERY = [(name, call) for name, calls in CALLS.items() for call in calls]


@pytest.mark.parametrize(("name", "call"), EVERY, ids=str)
def test_markdown_holds_no_markup_of_the_data(
    paths: dict[str, str], name: str, call: list[str]
) -> None:
    text = run(paths, name, call, "-f", "md")
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(text)
    every = [part for token in tokens for part in (token, *(token.children or ()))]
    kinds = {token.type for token in every}
    own = (
        {"code_inline", "em_open", "strong_open", "link_open"}
        if name in ("problem", "audit", "show")
        else set()
    )
    assert not kinds & ({"html_block", "html_inline", "s_open", "code_inline", "em_open", "image",
                         "strong_open", "link_open", "hr", "code_block"} - own)  # fmt: skip
    targets = [str(token.attrs["href"]) for token in every if token.type == "link_open"]
    assert [target for target in targets if target.startswith("javascript")] == []
    # A table that is none would be read as a paragraph.
    assert not any(token.type == "inline" and token.content.startswith("|") for token in tokens)
    assert kinds & {"heading_open", "table_open", "list_item_open", "paragraph_open"}
    # Nothing is lost: the names are in the text as they were.
    shown = "\n".join(token.content for token in every if token.type == "text")
    assert ("a|b * <b>c</b> `d` # e [f](javascript:g) $h$ _i_ & ~j~" in shown) == (
        "&lt;b&gt;" in text
    )


@pytest.mark.parametrize(("name", "call"), EVERY, ids=str)
def test_json_is_json_by_either_option(paths: dict[str, str], name: str, call: list[str]) -> None:
    text = run(paths, name, call, "--json")
    assert json.loads(text) is not None
    assert run(paths, name, call, "-f", "json") == text


def test_the_suffix_gives_the_form(paths: dict[str, str], tmp_path: Path) -> None:
    for name, calls in CALLS.items():
        for suffix, form in ((".md", "md"), (".json", "json"), (".txt", "text")):
            target = tmp_path / f"{name}{suffix}"
            run(paths, name, calls[0], "-o", str(target))
            assert target.read_text("utf-8") == run(paths, name, calls[0], "-f", form)


def test_two_forms_at_once_are_refused(paths: dict[str, str]) -> None:
    result = CliRunner().invoke(main, ["info", "--json", "-f", "md"])
    assert (result.exit_code, "ask for one of them" in result.stderr) == (2, True)
