"""The command line as a person meets it: output, exit codes, and what it leaves alone."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from trabecula import shipped
from trabecula.checks import CHECKS
from trabecula.cli import COMMANDS, main
from trabecula.formats import load, write
from trabecula.model import Entity, Evidence, Statement

TRABECULA = [sys.executable, "-m", "trabecula"]


def run(*arguments: str, env: dict[str, str] | None = None) -> Result:
    """Run a command in this process; anything but a clean exit is raised."""
    result = CliRunner().invoke(main, list(arguments), env=env)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_that_begins_as_the_table_says(name: str) -> None:
    command = main.get_command(click.Context(main), name)
    assert command is not None
    told = (command.help or "").partition("\n\n")[0].replace("\n", " ")
    table = COMMANDS[name]
    assert told.startswith(table.rstrip("."))
    assert run(name, "--help").exit_code == 0


def test_the_version_is_printed() -> None:
    from trabecula.version import __version__

    assert run("--version").output == f"trabecula, version {__version__}\n"


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["extract", "magnesum"], 2, "no entity is called 'magnesum'; did you mean magnesium"),
        (["show", "calcitrol"], 2, "no entity, statement or source is called 'calcitrol'; did you mean calcitriol"),
        (["show", "vitamin", "D"], 2, 'argument (D): what has blanks in it needs quotes, as "vitamin D" does'),
        (["--graph", "x", "info"], 2, "Options of a command come after it: trabecula COMMAND --graph …"),
        (["--hlp"], 2, "--help"),
        (["convert", "a.json", "b.ttl"], 2, "argument (b.ttl): where to write is named by an option: -o b.ttl"),
        (["view", "PTH", "page.html"], 2, "argument (page.html): where to write is named by an option: -o page.html"),
        (["explain", "PTH", "bmd", "1.25"], 2, "argument (1.25): what has blanks in it needs quotes"),
        (["help"], 2, "there is no command 'help': say trabecula --help or trabecula COMMAND --help"),
        (["help", "explain"], 2, "say trabecula --help or trabecula explain --help"),
        (["cite", "PMID:0"], 2, "no entity, statement or source is called 'PMID:0'"),
        (["cite", "calcitrol"], 2, "no entity, statement or source is called 'calcitrol'; did you mean calcitriol?"),
        (["diagnose", "PTH"], 2, "'PTH': write name=up or name=down\n"),
        (["gaps", "PTH"], 2, "Got unexpected extra argument (PTH)\n"),
        (["conflicts", "calcitrol"], 2, "no entity is called 'calcitrol'; did you mean calcitriol"),
        (["cite", "--bibtex", "--json"], 2, "--bibtex and -f json: ask for one of them"),
        (["cite", "--bibtex", "-f", "md"], 2, "--bibtex and -f md: ask for one of them"),
        (["query", "mine.rq"], 2, "mine.rq is no query; to ask what a file holds, say -q FILE"),
        (["show", "PTH", "-o", "a.md", "-o", "b.md"], 2, "-o / --output is given more than once: name it once\n"),
        (["convert", "a.csv", "--columns", "subject=A", "--columns", "object=B"], 2, "name it once, with commas between"),
        (["shwo"], 2, "unknown command 'shwo'; did you mean show?"),
        (["extract", "near(magnesium"], 2, "expected , or ) here"),
        (["extract", "magnesium", "-p", "requiers"], 2, "unknown predicate 'requiers'; did you mean requires"),
        (["extract", "magnesium", "-o", "part.xyz"], 2, "xyz"),
        (["view", "topic(pht)"], 2, "unknown topic 'pht'; did you mean pth"),
        (["cite", "near(nothing-like-it)"], 2, "no entity is called 'nothing-like-it'"),
        (["check", "--only", "domain"], 2, "unknown check 'domain'; did you mean domains"),
        (["info", "--graph", "missing.ttl"], 2, "missing.ttl"),
        (["search", "xyzzy"], 1, "nothing is called 'xyzzy', nor anything like it"),
    ],
)  # fmt: skip
def test_a_mistake_has_its_exit_code_and_the_nearest_name(
    arguments: list[str], code: int, message: str, tmp_path: Path
) -> None:
    result = run(*arguments)
    assert (result.exit_code, message in result.output) == (code, True), result.output
    assert list(tmp_path.iterdir()) == []


def test_search_tells_why() -> None:
    first = run("search", "calcitrol").output.splitlines()[2]
    assert first.split() == [
        "calcitriol", "calcitriol", "chemical", "name", '"calcitriol"', "is", "spelt", "like", "it",
    ]  # fmt: skip


def test_show_groups_statements_by_influence_and_agrees_with_the_graph() -> None:
    graph = load()
    told = json.loads(run("show", "PTH", "--json").output)
    assert told["id"] == "parathyroid-hormone"
    groups = ("acts_on_it", "it_acts_on", "states", "related")
    told_ids = [s["id"] for group in groups for s in told[group]]
    assert sorted(told_ids) == sorted(s.id for s in graph.touching("parathyroid-hormone"))
    for group in groups:
        for shown in told[group]:
            statement = graph.statements[shown["id"]]
            assert shown["status"] == graph.status(statement)
            assert shown["supporting"] == list(graph.independent(statement))


def test_show_counts_the_loops_and_conflicts_that_the_other_commands_list() -> None:
    told = json.loads(run("show", "blood calcium", "--json").output)
    feedback = json.loads(run("loops", "blood calcium", "--json", "-n", "1000").output)
    disputes = json.loads(run("conflicts", "--json").output)["conflicts"]
    listed = json.loads(run("conflicts", "blood calcium", "--json").output)["conflicts"]
    # What depends on where one looks is no conflict; those of the quantity are of all its names.
    names = {"blood-calcium", "calcium"}
    kept = [c for c in disputes if c["kind"] != "depends"]
    about = [c for c in kept if not names.isdisjoint((c["start"], c["end"]))]
    assert [c for c in listed if c["kind"] != "depends"] == about
    assert (told["loops"], told["conflicts"]) == (len(feedback["loops"]), len(about))
    assert run("show", "blood calcium").output.splitlines()[-3:] == [
        "",
        f"In {told['loops']} feedback loops: trabecula loops blood-calcium",
        f"In {told['conflicts']} conflicts: trabecula conflicts blood-calcium",
    ]


def test_show_says_nothing_of_loops_and_conflicts_where_there_are_none(tmp_path: Path) -> None:
    write(load().select("subject(7-dehydrocholesterol)"), tmp_path / "part.ttl")
    told = json.loads(run("show", "7-dehydrocholesterol", "--graph", "part.ttl", "--json").output)
    assert (told["loops"], told["conflicts"]) == (0, 0)
    assert "trabecula" not in run("show", "7-dehydrocholesterol", "--graph", "part.ttl").output


def test_in_a_large_graph_loops_and_conflicts_are_not_counted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("trabecula.values.LARGE", 700)
    told = json.loads(run("show", "blood calcium", "--json").output)
    assert (told["loops"], told["conflicts"]) == (None, None)
    assert "feedback" not in run("show", "blood calcium").output


def test_show_prints_the_evidence_only_when_asked() -> None:
    graph = load()
    statement = graph.touching("parathyroid-hormone")[0]
    words = statement.evidence[0].summary.split()[0]
    without, with_it = run("show", "PTH").output, run("show", "PTH", "-e").output
    assert f"for: {words}" not in without
    assert with_it.count("\n") > 2 * without.count("\n")


@pytest.mark.parametrize(
    "command", [("show", "a"), ("audit",), ("explain", "a", "b"), ("conflicts",)], ids=" ".join
)
def test_json_keeps_every_value_of_a_key_of_a_context(
    command: tuple[str, ...], tmp_path: Path
) -> None:
    both = (("severity", "mild"), ("severity", "severe"))
    rows = (
        Evidence(source="article", strength="asserted", context=both),
        Evidence(source="p", strength="direct", context=both),
        Evidence(source="q", stance="disputes", strength="direct", context=both),
    )
    statement = Statement(
        subject="a", predicate="increases", object="b", qualifiers=both, evidence=rows
    )
    ends = (Entity(id=key, name=key, category="chemical") for key in "ab")
    write([*ends, statement], tmp_path / "g.json")
    told = run(*command, "--graph", "g.json", "--json").output
    severities = list(_under("severity", json.loads(told)))
    assert severities
    assert all(value == ["mild", "severe"] for value in severities)


def _under(key: str, told: object) -> Iterator[object]:
    """What stands under a key anywhere in JSON."""
    if isinstance(told, dict):
        yield from (value for name, value in told.items() if name == key)
    for value in told.values() if isinstance(told, dict) else told:
        if isinstance(value, (dict, list)):
            yield from _under(key, value)


def test_a_name_that_could_begin_an_id_is_that_of_an_entity(tmp_path: Path) -> None:
    statement = Statement(subject="pea", predicate="part_of", object="meal")
    name = statement.id[1:9]  # as Fabaceae might be
    write([Entity(id="pea", name=name, category="food"), statement], tmp_path / "g.json")
    assert statement.id not in run("show", name, "--graph", "g.json").output
    assert statement.id in run("show", statement.id[1:10], "--graph", "g.json").output


def test_a_statement_is_shown_by_its_id() -> None:
    statement = next(iter(load().statements.values()))
    assert run("show", statement.id).output.splitlines()[0].endswith(f"(id {statement.id})")


@pytest.mark.parametrize("suffix", ["ttl", "nt", "jsonld", "trig", "nq", "rdf", "graphml", "gexf", "csv", "tsv", "json", "html", "dot", "sif"])  # fmt: skip
def test_extract_writes_by_suffix_one_file_and_nothing_else(suffix: str, tmp_path: Path) -> None:
    result = run("extract", "near(magnesium, 2) & predicate(requires)", "-o", f"part.{suffix}")
    assert result.exit_code == 0, result.output
    assert [path.name for path in tmp_path.iterdir()] == [f"part.{suffix}"]
    assert (tmp_path / f"part.{suffix}").stat().st_size > 100


def test_the_short_way_selects_the_same_as_the_long_way(tmp_path: Path) -> None:
    run("extract", "near(magnesium, 2) & predicate(requires)", "-o", "long.ttl")
    run("extract", "magnesium", "-k", "2", "-p", "requires", "-o", "short.ttl")
    assert (tmp_path / "long.ttl").read_bytes() == (tmp_path / "short.ttl").read_bytes()
    part = load(tmp_path / "short.ttl")
    assert {s.predicate for s in part.statements.values()} == {"requires"}


def test_extract_without_output_goes_to_standard_output() -> None:
    assert run("extract", "magnesium", "-f", "nt").output.startswith("<http")


def test_an_extract_that_fails_leaves_the_old_file(tmp_path: Path) -> None:
    (tmp_path / "part.ttl").write_text("old", encoding="utf-8")
    assert run("extract", "magnesum", "-o", "part.ttl").exit_code == 2
    assert (tmp_path / "part.ttl").read_text("utf-8") == "old"


def test_a_folder_that_is_missing_is_told(tmp_path: Path) -> None:
    result = run("extract", "magnesium", "-o", "no/such/part.ttl")
    assert result.exit_code == 2
    assert "No such file or directory" in result.output


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["info", "--graph", "insuln.csv"], "insuln.csv: {}; did you mean insulin.csv?"),
        (["convert", "insulin.cvs", "-o", "x.ttl"], "insulin.cvs: {}; did you mean insulin.csv?"),
        (["load", "other.csv", "-o", "x.trabecula"], "other.csv: {}"),
        (["compare", "no/such.csv"], "no/such.csv: {}: there is no folder no"),
        (["info", "--graph", "."], "entities.tsv: {}: . is no curated folder; name one, or a file"),
        (["fmt"], "graph/entities.tsv: {}: there is no folder graph"),
        (["info", "--graph", "C:\\a\\b.ttl"], "C:\\a\\b.ttl: {}; folders are parted by / here"),
    ],
)
def test_a_file_that_is_not_there_is_told_with_what_may_be_meant(
    arguments: list[str], told: str
) -> None:
    Path("insulin.csv").write_text("from,to\na,b\n", encoding="utf-8")
    result = run(*arguments)
    assert result.exit_code == 2
    assert result.output == told.format("No such file or directory") + "\n"


def test_the_whole_graph_survives_a_conversion(tmp_path: Path) -> None:
    run("extract", "all()", "-o", "all.ttl")
    run("convert", "all.ttl", "-o", "all.json")
    used = load().select("all()")
    assert load(tmp_path / "all.json") == used


def test_convert_wants_a_format() -> None:
    run("extract", "magnesium", "-o", "part.ttl")
    result = run("convert", "part.ttl")
    assert (result.exit_code, "say the format with -f" in result.output) == (2, True)


def test_check_finds_the_shipped_graph_in_order() -> None:
    result = run("check", "--fail-on", "warning")
    assert result.exit_code == 0, result.output
    # HermiT and the shapes among them: the one time that they look at the shipped graph.
    assert f"{len(CHECKS)} checks ran, 0 skipped, 0 errors, 0 warnings" in result.output


def test_what_a_file_leaves_out_is_a_line_on_standard_error(tmp_path: Path) -> None:
    write([Entity(id="zinc", name="zinc", category="chemical")], tmp_path / "a.nt")
    with (tmp_path / "a.nt").open("a", encoding="utf-8") as stream:
        stream.write('<https://w3id.org/trabecula/entity/zinc> <http://example.org/score> "1" .\n')
    result = run("convert", "a.nt", "-f", "sif")
    assert (result.exit_code, result.stdout) == (0, "zinc\n")
    assert result.stderr.splitlines()[0] == (
        "a.nt: 1 property was left out: <http://example.org/score> (1); "
        "first at <https://w3id.org/trabecula/entity/zinc>"
    )


def test_check_of_nothing_is_a_failure(tmp_path: Path) -> None:
    write([], tmp_path / "empty.nt")
    result = run("check", "empty.nt")
    assert (result.exit_code, "nothing was checked" in result.output) == (2, True)
    (tmp_path / "empty.nt").write_bytes(b"")
    result = run("check", "empty.nt")
    assert (result.exit_code, "there is nothing in the file" in result.output) == (3, True)


def curated(folder: Path, row: str) -> Path:
    """A curated folder with one statement row, `row`."""
    from trabecula.formats.curated import ENTITY_COLUMNS, SOURCE_COLUMNS, STATEMENT_COLUMNS

    (folder / "statements").mkdir(parents=True)
    tables = {
        "entities.tsv": (ENTITY_COLUMNS, "a\ta\tchemical\t\t\t\t\nb\tb\tprocess\t\t\t\t\n"),
        "sources.tsv": (SOURCE_COLUMNS, f"s\tpaper\t\t\t\t\t\treview\t\tyes{chr(9) * 4}\n"),
        "statements/t.tsv": (STATEMENT_COLUMNS, row + "\n"),
    }
    for name, (columns, text) in tables.items():
        header = "\t".join(columns)
        (folder / name).write_text(f"{header}\n{text}", encoding="utf-8")
    return folder


GOOD = "a\tincreases\tb\t\ts\tsupports\treview\treview\t\t\t\tSaid so.\tabstract"


def test_bad_data_is_exit_code_3_with_every_place(tmp_path: Path) -> None:
    bad = GOOD.replace("increases", "increase").replace("supports", "support")
    folder = curated(tmp_path / "g", f"{bad}\n{GOOD}\tsurplus")
    result = run("check", str(folder))
    assert result.exit_code == 3
    places = [line.partition(": ")[0] for line in result.output.splitlines()]
    table = folder / "statements" / "t.tsv"
    assert places == [f"{table}:2", f"{table}:2", f"{table}:3"]


def test_bad_data_is_json_for_programs_with_the_same_exit_code(tmp_path: Path) -> None:
    folder = curated(tmp_path / "g", GOOD.replace("increases", "increase"))
    result = run("check", str(folder), "--json")
    report = json.loads(result.stdout)
    assert (result.exit_code, report["checked"], report["ran"]) == (3, None, [])
    [problem] = report["problems"]
    assert (problem["code"], problem["count"]) == ("unknown-predicate", 1)
    assert problem["where"] == str(folder / "statements" / "t.tsv") + ":2"


def test_a_flood_of_findings_is_one_line_a_rule_and_all_are_counted(tmp_path: Path) -> None:
    document = {
        "nodes": [{"id": f"n{n}", "name": f"n{n}", "category": "thing"} for n in range(3000)],
        "edges": [
            {"source": f"n{n}", "target": f"n{n + 1}", "predicate": "boosts"} for n in range(2999)
        ],
    }
    (tmp_path / "g.json").write_text(json.dumps(document), encoding="utf-8")
    result = run("check", "g.json", "--only", "evidence", "--only", "vocabulary")
    lines = result.stdout.splitlines()
    assert [line.rpartition("[")[2] for line in lines] == [
        "unknown-category]", "unknown-predicate]", "no-evidence]",
    ]  # fmt: skip
    assert "n0, n1, n10 and 2,997 more: unknown category 'thing'" in lines[0]
    assert "2 checks ran, 0 skipped, 5,999 errors, 1 warning" in result.stderr
    problems = json.loads(run("check", "g.json", "--only", "vocabulary", "--json").stdout)[
        "problems"
    ]
    assert (len(problems), sum(problem["count"] for problem in problems)) == (2002, 5999)


def test_what_reading_left_out_is_said_and_is_a_finding_of_check(tmp_path: Path) -> None:
    node = {"id": "a", "name": "a\u00a0b", "category": "chemical", "score": 1}
    edge = {"source": "a", "target": "a", "predicate": "increases", "weight": 2}
    (tmp_path / "g.json").write_text(json.dumps({"nodes": [node], "edges": [edge]}))
    leftovers = [
        "1 node attribute was left out: score (1); first at nodes[0]",
        "1 edge attribute was left out: weight (1); first at edges[0]",
        "U+00A0 NO-BREAK SPACE read as a plain blank at nodes[0] (name)",
    ]
    result = run("convert", "g.json", "-o", "o.json")
    assert result.stderr.splitlines() == [
        *(f"g.json: {line}" for line in leftovers),
        "o.json: 1 statement",
    ]
    checked = run("check", "g.json", "--only", "unused", "--fail-on", "warning")
    assert checked.exit_code == 1
    assert [line.partition(": correct")[0] for line in checked.stdout.splitlines()] == [
        f"warning: g.json: {line}" for line in leftovers
    ]


def test_a_format_says_what_it_has_no_place_for(tmp_path: Path) -> None:
    (tmp_path / "g.json").write_text('{"nodes": [], "edges": []}')
    assert (
        "sif has no place for all of entities but their ids"
        in run("convert", "g.json", "-o", "o.sif").stderr
    )
    assert "no place" not in run("convert", "g.json", "-o", "o.ttl").stderr


def test_a_name_that_would_command_a_terminal_is_shown_as_its_code(tmp_path: Path) -> None:
    for name in ("a\x1b[2J.json", "a\x1b[2J.docx", "a\u202e.ttl"):
        error = run("info", "--graph", name).stderr
        assert error.rstrip("\n").isprintable(), ascii(error)
        assert error.startswith("a\\")


def test_findings_are_exit_code_1_unless_they_are_not_to_fail(tmp_path: Path) -> None:
    folder = str(curated(tmp_path / "g", GOOD.replace("supports", "qualifies")))
    assert run("check", folder, "--only", "evidence").exit_code == 1
    assert run("check", folder, "--only", "evidence", "--fail-on", "never").exit_code == 0


def test_fmt_sorts_the_rows_and_is_then_content(tmp_path: Path) -> None:
    other = GOOD.replace("increases", "decreases")
    folder = curated(tmp_path / "g", f"{GOOD}\n{other}")
    assert run("fmt", str(folder), "--check").exit_code == 1
    assert run("fmt", str(folder)).output.splitlines()[0] == str(folder / "statements" / "t.tsv")
    assert (folder / "statements" / "t.tsv").read_text("utf-8").splitlines()[1:] == [other, GOOD]
    assert run("fmt", str(folder), "--check").exit_code == 0


def test_fmt_writes_nothing_when_a_row_is_bad(tmp_path: Path) -> None:
    folder = curated(tmp_path / "g", f"{GOOD}\n{GOOD.replace('increases', 'x')}")
    before = (folder / "statements" / "t.tsv").read_bytes()
    assert run("fmt", str(folder)).exit_code == 3
    assert (folder / "statements" / "t.tsv").read_bytes() == before


def test_a_graph_that_is_named_without_its_option_is_told_how_to_be(tmp_path: Path) -> None:
    (tmp_path / "my.json").write_text("{}", "utf-8")
    for arguments in (["info", "my.json"], ["show", "PTH", "my.json"], ["gaps", "my.json"]):
        result = run(*arguments)
        assert result.exit_code == 2
        assert "(my.json): the graph to work on is named by an option: --graph my.json" in (
            result.output
        )


@pytest.mark.parametrize(
    "given", [["--prefixes", "p.tsv"], ["--columns", "subject=x"], ["--on-error", "skip"]]
)
def test_what_a_file_of_ours_says_itself_is_not_said_again(
    given: list[str], tmp_path: Path
) -> None:
    (tmp_path / "p.tsv").write_text("EXX\thttps://example.org/\n", "utf-8")
    (tmp_path / "a.sif").write_text("a activates b\n", "utf-8")
    assert run("convert", "a.sif", "-o", "b.json").exit_code == 0
    result = run("convert", "b.json", *given, "-o", "c.json")
    assert result.exit_code == 2
    assert "b.json is in a format of ours and says itself what is what" in result.output
    assert not (tmp_path / "c.json").exists()
    if given[0] != "--columns":
        assert run("convert", "a.sif", *given, "-o", "c.json").exit_code == 0


def test_a_file_where_a_folder_is_wanted_is_called_a_file(tmp_path: Path) -> None:
    (tmp_path / "my.json").write_text("{}", "utf-8")
    result = run("fmt", "my.json")
    assert (result.exit_code, "my.json is a file; name a folder" in result.output) == (2, True)


def test_cite_gives_the_graph_and_the_sources_of_a_part() -> None:
    assert run("cite").output.startswith("The trabecula authors (2026). trabecula")
    assert run("cite", "--bibtex").output.startswith("@misc{trabecula,\n")
    entries = run("cite", "source(PMID:9709941)", "--bibtex").output
    assert "pmid = {9709941}" in entries


def test_a_pipe_that_closes_early_ends_quietly() -> None:
    command = f"{' '.join(TRABECULA)} extract 'all()' -f nt | head -1"
    done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=False)
    assert (done.stderr, done.stdout.count("\n")) == ("", 1)


def test_no_color_is_respected_and_pipes_are_plain() -> None:
    environment = {**os.environ, "NO_COLOR": "1"}
    done = subprocess.run(
        [*TRABECULA, "show", "PTH"], capture_output=True, check=True, env=environment
    )
    assert b"\x1b[" not in done.stdout


def test_a_link_that_leads_nowhere_is_told_as_such_and_never_meant(tmp_path: Path) -> None:
    link, near = tmp_path / "graph.ttl", tmp_path / "graphs.ttl"
    link.symlink_to("gone.ttl")
    told = run("info", "--graph", str(link)).output
    assert (
        told == f"{link}: No such file or directory: it is a link to gone.ttl, which is not there\n"
    )
    assert "did you mean" not in run("info", "--graph", str(near)).output


@pytest.mark.parametrize("command", ["extract", "cite", "view"])
def test_a_name_with_brackets_is_a_name(command: str) -> None:
    assert run(command, "ATP(4-)").exit_code == 0
    assert "unknown selector" in run(command, "ATP(5-)").output


def test_a_page_can_go_to_standard_output(tmp_path: Path) -> None:
    shown = run("view", "subject(calcitonin)", "-o", "-")
    assert shown.stdout.startswith("<!DOCTYPE html>")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["check", "a.ttl", "--graph", "b.ttl"], "name one graph"),
        (["query", "--list", "-f", "tsv"], "--list is written as text, md, json; not as tsv"),
        (["query", "--list", "ASK {}"], "--list lists the library: leave the query out"),
        (["query", "--list", "--name", "contested"], "leave the query out"),
        (["info", "--vocabulary", "--formats"], "ask for one of them"),
        (["info", "--not-modelled", "--graph", "nowhere"], "nowhere: --not-modelled reads"),
    ],
)
def test_options_that_would_be_passed_over_are_refused(arguments: list[str], message: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2
    assert message in result.output


def test_what_is_not_modelled_is_told_under_its_source() -> None:
    row = (shipped.graph() / "not-modelled.tsv").read_text("utf-8").splitlines()[1].split("\t")
    told = json.loads(run("info", "--not-modelled", "--json").stdout)[0]
    assert [told["what"], told["source"], told["why"]] == row
    assert run("info", "--not-modelled").stdout.splitlines()[2].startswith(row[1])


@pytest.mark.parametrize("name", COMMANDS)
def test_nothing_is_no_value_of_any_option_or_argument(name: str) -> None:
    """A variable that is unset would be the folder at hand, the whole graph or no condition."""
    command = main.get_command(click.Context(main), name)
    assert command is not None
    context = click.Context(command)
    for parameter in command.params:
        if not getattr(parameter, "is_flag", False):
            several = getattr(parameter, "multiple", False) or parameter.nargs == -1
            with pytest.raises(click.BadParameter):
                parameter.process_value(context, ("",) if several else "")


@pytest.mark.parametrize(
    "given", [["--trust", ","], ["--without", " "], ["--trust", "human", "--trust", ""]]
)
def test_a_lens_that_names_nothing_is_no_lens(given: list[str]) -> None:
    result = run("info", *given)
    assert result.exit_code == 2
    assert "is a variable unset?" in result.output


def test_a_condition_that_names_nothing_is_none_that_holds() -> None:
    result = run("audit", "--summary", "--fail-on", ",")
    assert result.exit_code == 2
    assert "is a variable unset?" in result.output
