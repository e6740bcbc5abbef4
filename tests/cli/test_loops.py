"""`trabecula loops`: the list, the same facts as JSON, and exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from trabecula.cli import main
from trabecula.formats import write
from trabecula.graph import Graph
from trabecula.model import Entity, Evidence, Statement

EDGES = (
    ("a", "increases", "b", Evidence(source="one", strength="direct", species="human")),
    ("b", "inhibits", "a", Evidence(source="two", strength="direct", species="human")),
    ("b", "increases", "c", Evidence(source="one", strength="direct", species="rat")),
    ("c", "increases", "b", Evidence(source="article", strength="asserted")),
    ("c", "increases", "d", Evidence(source="one", strength="direct")),
)


@pytest.fixture
def path(tmp_path: Path) -> str:
    """In it a and b balance each other, b and c reinforce each other, d is outside."""
    graph = Graph(
        [
            *(Entity(id=key, name=f"the {key}", category="chemical") for key in "abcd"),
            *(
                Statement(subject=subject, predicate=predicate, object=object_, evidence=(row,))
                for subject, predicate, object_, row in EDGES
            ),
        ]
    )
    file = tmp_path / "graph.json"
    write(graph, file)
    return str(file)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["loops", *arguments])


def test_loops_are_listed_best_known_first(path: str) -> None:
    result = run("--graph", path)
    assert result.exit_code == 0
    lines = result.output.splitlines()
    assert [line for line in lines if not line.startswith("    l")] == [
        "2 feedback loops of up to 4 steps: 1 balancing, 1 reinforcing, 0 of unknown sign",
        "  − balancing, weakest step: the a → the b (measured in people, 1 source)",
        "    the a → the b ⊣ the a",
        "  + reinforcing, weakest step: the c → the b (the article alone)",
        "    the b → the c → the b",
        "",
        "→ raises, ⊣ lowers, ⇢ acts on in a direction that is not said, * needed: only a shortfall is passed",
        "on.",
    ]


def test_a_name_leaves_the_loops_through_it(path: str) -> None:
    result = run("the c", "-n", "1", "--json", "--graph", path)
    told = json.loads(result.output)
    assert (told["loops_found"], told["complete"], told["steps"]) == (1, 4, 4)
    (loop,) = told["loops"]
    assert (loop["kind"], loop["sign"], loop["entities"]) == ("reinforcing", 1, ["b", "c"])
    assert (loop["weakest"], loop["ground"], loop["sources"]) == (2, "article", 0)
    assert (loop["only"], loop["at"]) == ("", "")
    assert loop["iri"] == f"https://w3id.org/trabecula/loop/{loop['id']}"
    assert [
        [statement["subject"] for statement in step["statements"]] for step in loop["steps"]
    ] == [
        ["b"],
        ["c"],
    ]


def test_none_found_is_exit_1(path: str) -> None:
    for arguments in (["the d"], ["--status", "refuted"], ["--evidence", "rat"], ["-k", "1"]):
        result = run(*arguments, "--graph", path)
        assert result.exit_code == 1
        assert result.output.startswith("0 feedback loops of up to")
    assert run("--evidence", "human", "--graph", path).exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["calcitrol"], "no entity is called 'calcitrol'; did you mean calcitriol"),
        (["-k", "99"], "99 is no number of steps for a loop: give 1 to 10"),
        (["--status", "suported"], "Invalid value for '--status'"),
    ],
)
def test_a_question_that_cannot_be_answered_is_exit_2(arguments: list[str], message: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert message in result.output
