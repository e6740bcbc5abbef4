"""What the commands give as JSON is what docs/schema says, and nothing else is."""

from __future__ import annotations

import copy
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator

from trabecula.cli import COMMANDS, main
from trabecula.formats import load, write
from trabecula.graph import Graph

ROOT = Path(__file__).parents[2]
#: What writes files gives no JSON of its own.
WRITERS = {"extract", "view", "fmt", "review", "build", "load"}
#: What answers over a protocol: its shapes have their tests in tests/server.
SERVERS = {"mcp", "serve"}
CALLS = {
    "info": [[], ["--graph", "FOREIGN"], ["--vocabulary"], ["--formats"], ["--not-modelled"]],
    "search": [["magnesium"], ["nothing-like-it-at-all-xyz"]],
    "show": [["PTH"], ["PMID:9709941"], ["STATEMENT"]],
    "explain": [["magnesium", "osteoporosis", "-n", "2"], ["ATP", "fracture", "-k", "1"]],
    "whatif": [
        ["magnesium=down", "calcitriol=fixed"],
        ["magnesium=down", "calcitriol=fixed", "--reached"],
    ],
    "diagnose": [["blood calcium=down", "PTH=down"]],
    "loops": [["-n", "3"]],
    "conflicts": [[]],
    "gaps": [[], ["--only", "thin"]],
    "audit": [[]],
    "query": [
        ["SELECT * WHERE { ?s rdfs:label ?name ; ?p ?o } LIMIT 5"],
        ["ASK { ?s ?p ?o }"],
        ["--list"],
    ],
    "cite": [[], ["calcitriol"]],
    "check": [
        ["--only", "evidence"],
        ["--graph", "BROKEN"],
        ["--graph", "DOUBTFUL", "--only", "unused"],
    ],
    "problem": [[], ["header"]],
    "compare": [["OTHER"]],
    "convert": [["OTHER"]],
    "diff": [["OTHER", "HERE"]],
}
#: Objects whose keys are data.
MAPS = {
    "context", "qualifiers", "skipped", "about", "sections", "fields", "bindings", "rests_on", "graph", "coverage", "predicates", "unknown_predicates",
    "head",
}  # fmt: skip


#: Fields that `gaps --only` leaves out.
OPTIONAL = {"thin", "missing", "unread", "elsewhere", "bridges", "alone"}


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Graphs to compare: two parts of the shipped one, one broken, one with a warning."""
    folder = tmp_path_factory.mktemp("graphs")
    graph = load()
    here = graph.select("near(calcitriol, 1)")
    kept = [record for record in here if record.id not in ("PMID:9709941", min(here.statements))]
    write(here, folder / "here.json")
    write(Graph(kept) | graph.select("topic(calcitonin)"), folder / "other.json")
    (folder / "broken.json").write_text("{", "utf-8")
    (folder / "foreign.sif").write_text("PTH pp PTH1R\nPTH 1 calcitriol\n", "utf-8")
    write(Graph([*here, *list(graph.entities.values())[:3]]), folder / "doubtful.json")
    return {
        "STATEMENT": min(graph.statements),
        **{name.upper(): str(folder / f"{name}.json") for name in ("here", "other", "broken", "doubtful")},
        "FOREIGN": str(folder / "foreign.sif"),
    }  # fmt: skip


def schema(command: str) -> Draft202012Validator:
    value = json.loads((ROOT / f"docs/schema/{command}.json").read_text("utf-8"))
    Draft202012Validator.check_schema(value)
    return Draft202012Validator(value)


def answer(places: dict[str, str], command: str, call: list[str]) -> Any:
    result = CliRunner().invoke(main, [command, *(places.get(w, w) for w in call), "--json"])
    assert result.exit_code in (0, 1, 3), result.output
    return json.loads(result.stdout)


def test_every_command_that_gives_json_has_a_schema_and_every_schema_a_command() -> None:
    assert set(CALLS) == set(COMMANDS) - WRITERS - SERVERS
    assert {path.stem for path in (ROOT / "docs/schema").glob("*.json")} == {
        *CALLS,
        "conclusion",
        "mcp",
        "select",
    }


def test_the_schemas_are_written() -> None:
    subprocess.run([sys.executable, ROOT / "scripts/schemas", "--check"], check=True)


EVERY = [(command, call) for command, calls in CALLS.items() for call in calls]


@pytest.mark.parametrize(("command", "call"), EVERY, ids=str)
def test_what_a_command_gives_is_what_its_schema_says_and_nothing_else_is(
    places: dict[str, str], command: str, call: list[str]
) -> None:
    allowed = schema(command)
    value = answer(places, command, call)
    assert [error.message for error in allowed.iter_errors(value)] == []
    changed = list(mutations(_shortened(value)))
    assert changed or value == []
    assert [what for what, other in changed if allowed.is_valid(other)] == []


def _shortened(value: Any) -> Any:
    """The value with at most one item of each list, so that there are few ways to spoil it."""
    if isinstance(value, dict):
        return {key: _shortened(item) for key, item in value.items()}
    return [_shortened(item) for item in value[:1]] if isinstance(value, list) else value


def mutations(whole: Any) -> Iterator[tuple[str, Any]]:
    """The value with one thing wrong: a field too few, one too many, another type."""
    for path in _paths(whole):
        at = _at(whole, path)
        where = "/".join(map(str, path))
        named = next((key for key in reversed(path) if isinstance(key, str)), "")
        if "about" in path or "fields" in path:
            continue
        if isinstance(at, dict) and named != "head":
            yield f"{where}: one too many", _with(whole, (*path, "surprise"), {"x": None})
            texts_by_code = not path and all(isinstance(item, str) for item in at.values())
            if not MAPS & set(path) and " " not in named and not texts_by_code:
                for key in at:
                    if key not in OPTIONAL:
                        yield f"{where}: without {key}", _with(whole, (*path, key), ...)
        if path and not isinstance(at, dict):
            yield f"{where}: another type", _with(whole, path, {"surprise": 1})


def _paths(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield path
    pairs = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list)
        else ()
    )
    for key, item in pairs:
        yield from _paths(item, (*path, key))


def _at(value: Any, path: tuple[Any, ...]) -> Any:
    for key in path:
        value = value[key]
    return value


def _with(value: Any, path: tuple[Any, ...], new: Any) -> Any:
    """A copy with something else at a path; `...` takes it away."""
    changed = copy.deepcopy(value)
    holder = _at(changed, path[:-1])
    if new is ...:
        del holder[path[-1]]
    else:
        holder[path[-1]] = new
    return changed
