"""`trabecula whatif`: the table, the same facts as JSON, the page, and questions refused."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from trabecula.cli import main
from trabecula.formats import write
from trabecula.graph import Graph
from trabecula.model import Entity, Evidence, Statement
from trabecula.page import letters

READ = Evidence(source="one", strength="direct", species="human")
EDGES = (
    ("a", "increases", "b"),
    ("b", "inhibits", "c"),
    ("a", "increases", "c"),
    ("c", "regulates", "d"),
    ("b", "increases", "e"),
    ("e", "inhibits", "b"),
)


@pytest.fixture
def path(tmp_path: Path) -> str:
    """Five of six entities act on each other: a raises b and c, b lowers c, e holds b back."""
    graph = Graph(
        [
            *(Entity(id=key, name=f"the {key}", category="chemical") for key in "abcdef"),
            *(
                Statement(subject=subject, predicate=predicate, object=object_, evidence=(READ,))
                for subject, predicate, object_ in EDGES
            ),
        ]
    )
    file = tmp_path / "graph.json"
    write(graph, file)
    return str(file)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["whatif", *arguments])


def test_the_table_says_what_happens_how_it_is_known_and_on_what_it_rests(path: str) -> None:
    result = run("a=up", "--graph", path)
    assert result.exit_code == 0
    lines = [" ".join(line.split()) for line in result.output.splitlines()]
    assert lines[:2] == ["What if the a goes up", "3 up, 0 down, 0 open, 0 implied, 2 unreached"]
    for line in (
        "the b measured in people, settled 1 the a increases the b",
        "the c measured in people 1 the a increases the c",
        "the e suggested, settled 2 the a increases the b; the b",
    ):
        assert line in lines


def test_only_and_limit_shorten_the_table(path: str) -> None:
    result = run("a=up", "--only", "up", "-n", "1", "--graph", path)
    assert "and 2 more; --limit shows them" in result.output
    assert "open:" not in result.output


def test_json_has_every_outcome_with_its_conclusion(path: str) -> None:
    told = json.loads(run("a=up", "e=fixed", "--json", "--graph", path).output)
    assert told["changed"] == [{"entity": "a", "way": "up"}]
    assert told["fixed"] == ["e"]
    assert told["counts"] == {"up": 2, "down": 0, "open": 0, "implied": 0, "unreached": 2}
    (c,) = [each for each in told["outcomes"] if each["entity"] == "c"]
    assert (c["verdict"], c["conclusion"]["relation"], c["conclusion"]["basis"]) == (
        "up", "raises", "measured-in-people",
    )  # fmt: skip
    assert c["causes"] == ["a"]


def data(page: Path) -> dict[str, Any]:
    """What a page knows."""
    (packed,) = re.findall(r'id="asset-data">([^<]*)<', page.read_text(encoding="utf-8"))
    content: dict[str, Any] = json.loads(gzip.decompress(letters.read(packed)))
    for name in ("entities", "statements"):
        told = content[name]  # column by column; few enough rows to have all keys
        content[name] = [
            {key: column[at] for key, column in told["columns"].items() if isinstance(column, list)}
            for at in range(told["length"])
        ]
    return content


def test_the_page_opens_with_the_answer(path: str, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    result = run("a=down", "c=fixed", "-k", "2", "-o", str(page), "--graph", path)
    assert (result.exit_code, result.stdout) == (0, "")
    written = data(page)
    assert written["page"]["opening"] == "scene=whatif&down=a&fixed=c&steps=2"
    assert len(written["statements"]) == len(EDGES)


def test_the_page_holds_only_what_evidence_lets_through(path: str, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    run("a=down", "--evidence", "rat", "-o", str(page), "--graph", path)
    written = data(page)
    assert ([row["id"] for row in written["entities"]], written["statements"]) == (["a"], [])
    run("a=down", "--evidence", "human", "-o", str(page), "--graph", path)
    ids = [row["key"] for row in data(page)["statements"]]
    assert len(ids) == len(EDGES)
    assert data(page)["page"]["selection"] == f"statement({', '.join(ids)})"


def test_evidence_and_status_choose_the_statements(path: str) -> None:
    assert "0 up, 0 down" in run("a=up", "--evidence", "rat", "--graph", path).output
    assert "0 up, 0 down" in run("a=up", "--status", "contested", "--graph", path).output
    assert "3 up, 0 down" in run("a=up", "--evidence", "human", "--graph", path).output


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["magnesum=down"], "no entity is called 'magnesum'; did you mean magnesium"),
        (["magnesium"], "'magnesium': write name=up, name=down or name=fixed"),
        (["magnesium=down", "magnesium=fixed"], "magnesium cannot be both down and fixed"),
        (["magnesium=fixed"], "nothing is changed"),
        (["magnesium=down", "-k", "99"], "99 is no number of steps for a conclusion: give 1 to 3"),
        (["magnesium=down", "--evidence", "rats"], "unknown kind of evidence 'rats'; did you mean rat"),
        ([], "Missing argument"),
    ],
)  # fmt: skip
def test_a_question_that_cannot_be_answered_is_exit_2(arguments: list[str], message: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert message in result.output
