"""`trabecula explain` as a person meets it: text, JSON, exit codes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from trabecula.cli import main
from trabecula.formats import load, write
from trabecula.graph import Graph
from trabecula.model import Entity, Evidence, Source, Statement
from trabecula.reason.explain import explain
from trabecula.words.explain import outline as explained
from trabecula.words.outline import text


def run(*arguments: str) -> Result:
    """Run `explain` in this process; anything but a clean exit is raised."""
    result = CliRunner().invoke(main, ["explain", *arguments])
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def row(source: str, species: str = "", stance: str = "supports") -> Evidence:
    return Evidence(source=source, stance=stance, strength="direct", species=species, summary="Is.")


@pytest.fixture
def path(tmp_path: Path) -> str:
    """A graph on disk.

    deficiency —lack of→ magnesium, osteoblast requires magnesium (rats), osteoblast activates
    formation (humans, contested); deficiency causes loss is refuted.
    """

    def says(subject: str, predicate: str, object_: str, *rows: Evidence) -> Statement:
        return Statement(subject=subject, predicate=predicate, object=object_, evidence=rows)

    graph = Graph(
        [
            Entity(id="deficiency", name="magnesium deficiency", category="condition"),
            Entity(id="magnesium", name="magnesium", category="chemical"),
            Entity(id="osteoblast", name="osteoblast", category="cell"),
            Entity(id="formation", name="bone formation", category="process"),
            *(Source(id=key, kind="paper") for key in ("one", "two", "ontology")),
            says("deficiency", "deficiency_of", "magnesium", row("ontology")),
            says("osteoblast", "requires", "magnesium", row("one", "rat")),
            says("osteoblast", "activates", "formation", row("two", "human"), row("one", "rat", "disputes")),
            says("deficiency", "causes", "formation", row("one", "rat", "disputes")),
        ]
    )  # fmt: skip
    target = tmp_path / "graph.json"
    write(graph, target)
    return str(target)


TEXT = """\
conceivable: with magnesium deficiency less bone formation
  only a weaker chain leads there: through contested or animal or bench evidence, titles, or from
    one context into another (2 steps)
  rests on (2)
    osteoblast requires magnesium  [supported, measured elsewhere, 1 source]
    osteoblast activates bone formation  [contested, 1 source, 1 against]

Paths, for reading: 1 path −

1. − in 3 steps, through 1 contested statement, 1 context break
  − magnesium deficiency is a lack of magnesium  [supported, measured, 1 source]
    for: ontology
  + osteoblast requires magnesium  [supported, measured elsewhere, 1 source]
    for: one (rat)
  ~ context break: species rat above, human below
  + osteoblast activates bone formation  [contested, 1 source, 1 against]
    for: two (human)
    against: one (rat)
  weakest step: osteoblast activates bone formation

Also said of the two directly
  magnesium deficiency causes bone formation  [refuted, 1 against]

All paths of up to 3 steps were looked at, longer ones not.
"""


def test_every_step_is_told_with_sign_status_context_and_references(path: str) -> None:
    result = run("magnesium deficiency", "bone formation", "--graph", path)
    assert (result.exit_code, result.output) == (0, TEXT)


def test_json_holds_the_same_facts(path: str) -> None:
    result = run("deficiency", "formation", "--graph", path, "--json")
    told = json.loads(result.output)
    (shortest,) = told["paths"]
    assert {key: value for key, value in told.items() if key not in ("paths", "beside", "ways", "conclusion")} == {
        "start": "deficiency", "end": "formation", "steps": 3, "bound": 100_000, "structure": False,
        "distance": 3, "stopped": 0, "paths_found": 1,
    }  # fmt: skip
    assert [(way["sign"], way["paths"], way["supported"]) for way in told["ways"]] == [
        (1, 0, 0), (-1, 1, 0), (0, 0, 0),
    ]  # fmt: skip
    concluded = told["conclusion"]
    assert (concluded["relation"], concluded["sign"], concluded["steps"]) == ("conceivable", -1, 2)
    assert concluded["path"] == [step["statement"]["id"] for step in shortest["steps"][1:]]
    assert shortest["entities"] == ["deficiency", "magnesium", "osteoblast", "formation"]
    assert [step["step_sign"] for step in shortest["steps"]] == [-1, 1, 1]
    assert (
        shortest["contested"] == [shortest["steps"][2]["statement"]["id"]] == [shortest["weakest"]]
    )
    assert shortest["breaks"] == [
        {
            "steps": [2, 3],
            "differences": [{"dimension": "species", "here": "rat", "there": "human"}],
        }
    ]
    assert [statement["status"] for statement in told["beside"]] == ["refuted"]


def test_where_nothing_follows_and_nothing_leads_the_exit_code_is_1(path: str) -> None:
    short = run("deficiency", "formation", "-k", "2", "--graph", path)
    assert short.exit_code == 0  # no path of statements is that short, and yet it is conceivable
    assert " ".join(short.output.split()).endswith(
        "No path of up to 2 steps was found; the shortest has 3; see --steps. Links of structure "
        "(part of, kind of …) were not crossed; see --structure."
    )
    back = run("formation", "deficiency", "--graph", path)
    assert back.exit_code == 1
    assert "Nothing that may be followed leads from the one to the other" in back.output


def test_status_and_evidence_choose_what_is_followed(path: str) -> None:
    refuted = run("deficiency", "formation", "--status", "refuted", "--graph", path)
    assert "Paths, for reading: 1 path +" in refuted.output
    human = run("deficiency", "formation", "--evidence", "human", "--graph", path)
    assert human.exit_code == 1
    human = run("osteoblast", "formation", "--evidence", "human", "--graph", path)
    assert human.exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["magnesum", "formation"], "no entity is called 'magnesum'; did you mean magnesium"),
        (["magnesium", "Magnesium"], "start and end are both magnesium; a path leads to something else"),
        (["magnesium", "formation", "-k", "9"], "9 is no number of steps for a path: give 1 to 8"),
        (["magnesium", "formation", "--via", "osteoblast", "--avoid", "osteoblast"], "osteoblast cannot be both passed and avoided"),
        (["magnesium", "formation", "--via", "osteoblast", "-k", "1"], "a path of 1 step is too short to pass 1 entity"),
        (["magnesium", "formation", "--evidence", "humna"], "unknown kind of evidence 'humna'; did you mean human?"),
        (["magnesium", "formation", "--status", "suported"], "suported"),
    ],
)  # fmt: skip
def test_a_mistake_is_exit_code_2(path: str, arguments: list[str], message: str) -> None:
    result = run(*arguments, "--graph", path)
    assert (result.exit_code, message in result.output) == (2, True), result.output


def test_the_limit_is_told() -> None:
    result = run("magnesium deficiency", "osteoporosis", "-n", "1")
    assert result.exit_code == 0
    assert "\n2. " not in result.output
    assert "Shown are 1 of " in result.output


def test_a_search_that_stopped_says_what_it_did_not_look_at(path: str) -> None:
    graph = load(path)
    explanation = explain(graph.influence, graph.names, "deficiency", "formation", bound=2)
    told = text(explained(graph, explanation, 10))
    assert (
        "The search stopped at its bound of 2 steps tried: paths of 3 steps were not all looked "
        "at, longer ones not at all."
    ) in " ".join(told.split())
