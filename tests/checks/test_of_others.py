"""A graph of others is not held to our rules of curation: what breaks them is told once."""

from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner

from trabecula import formats
from trabecula.checks import check, is_of_others
from trabecula.cli import main
from trabecula.graph import Graph
from trabecula.model import Entity, Evidence, Statement

_SIF = "".join(f"a{number} activates a{number + 1}\n" for number in range(4)) + "b1 pp b2\nc pp c\n"


def test_what_our_rules_alone_forbid_is_one_warning_a_code_with_its_number(tmp_path: Path) -> None:
    path = tmp_path / "x.sif"
    path.write_text(_SIF, "utf-8")
    result = CliRunner().invoke(main, ["check", str(path), "--json"])
    problems = [
        (problem["code"], problem["severity"], problem["what"])
        for problem in json.loads(result.stdout)["problems"]
    ]
    assert result.exit_code == 0
    assert problems == [
        ("no-evidence", "warning", "6 statements that no source supports or disputes"),
        ("unreachable", "warning", "2 parts that no statement ties to the largest one"),
        ("self-statement", "warning", "1 statement of a thing and itself"),
    ]


def test_a_curated_folder_is_held_to_them_and_says_each_thing_once(tmp_path: Path) -> None:
    graph = Graph([Statement(subject="a", predicate="activates", object="b")])
    codes = [
        problem.code for problem in check(graph).errors if "evidence" in problem.code + problem.what
    ]
    assert codes == ["no-evidence"]


def test_a_graph_is_of_others_where_nothing_was_read_for_it(shipped: Graph) -> None:
    def with_strength(strength: str) -> Graph:
        row = Evidence(source="PMID:1", strength=strength)
        statement = Statement(subject="a", predicate="activates", object="b", evidence=(row,))
        return Graph([Entity(id="a", name="a", category="food"), statement])

    assert is_of_others(with_strength("curated"))
    assert not is_of_others(with_strength("direct"))
    assert not is_of_others(shipped)


def test_a_converted_graph_of_others_stays_one(tmp_path: Path) -> None:
    path = tmp_path / "x.sif"
    path.write_text(_SIF, "utf-8")
    formats.write(formats.load(path), tmp_path / "x.ttl")
    result = CliRunner().invoke(main, ["check", str(tmp_path / "x.ttl")])
    assert (result.exit_code, "error:" in result.stdout) == (0, False)


def test_a_statement_whose_ends_both_break_a_rule_is_one_statement() -> None:
    rows = [
        Statement(subject="a", predicate="treats", object=end, evidence=(row,))
        for end in ("b", "c")
        for row in (Evidence(source="PMID:1", strength="curated"),)
    ]
    ends = [Entity(id=key, name=key, category="biolink:NamedThing") for key in "abc"]
    (told,) = [
        problem
        for problem in check(Graph([*ends, *rows]), ["domains"], others=True).problems
        if problem.code == "outside-domain"
    ]
    assert told.what.startswith("2 statements whose ends")
    assert len(set(told.where.split("; "))) == len(told.where.split("; ")) == 2


def test_a_store_of_others_is_checked_as_the_file_that_it_came_from(tmp_path: Path) -> None:
    path = tmp_path / "x.sif"
    path.write_text(_SIF, "utf-8")
    run = CliRunner().invoke
    assert run(main, ["load", str(path), "-o", str(tmp_path / "s.trabecula")]).exit_code == 0
    of_file = json.loads(run(main, ["check", str(path), "--json"]).stdout)["problems"]
    of_store = run(main, ["check", str(tmp_path / "s.trabecula"), "--json"])
    assert (of_store.exit_code, json.loads(of_store.stdout)["problems"]) == (0, of_file)
