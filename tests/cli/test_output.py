"""What `-o` writes, in every command that has it, and what it leaves alone."""

from __future__ import annotations

import csv
import gzip
import io
import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from trabecula import shipped
from trabecula.cli import COMMANDS, main
from trabecula.formats import load, write

#: The commands with `-o`, each with arguments that make it quick; `{graph}` is a small graph.
WITH_OUTPUT = {
    "extract": ["extract", "all()", "--graph", "{graph}"],
    "convert": ["convert", "{graph}"],
    "query": ["query", "SELECT ?s WHERE { ?s tb:requires ?o }", "--graph", "{graph}"],
    "view": ["view", "--graph", "{graph}"],
    "whatif": ["whatif", "magnesium=down", "--graph", "{graph}"],
    "audit": ["audit", "--graph", "{graph}"],
    "conflicts": ["conflicts", "--graph", "{graph}"],
    "gaps": ["gaps", "--graph", "{graph}"],
    "diff": ["diff", "{graph}", "{graph}"],
    "cite": ["cite", "all()", "--graph", "{graph}"],
    "info": ["info", "--graph", "{graph}"],
    "search": ["search", "magnesium", "--graph", "{graph}"],
    "show": ["show", "magnesium", "--graph", "{graph}"],
    "explain": ["explain", "magnesium", "calcitriol", "--graph", "{graph}"],
    "diagnose": ["diagnose", "calcitriol=down", "--graph", "{graph}"],
    "loops": ["loops", "--graph", "{graph}"],
    "compare": ["compare", "{graph}", "--graph", "{graph}"],
    "check": ["check", "--graph", "{graph}", "--only", "evidence"],
    "build": ["build", "--graph", "{graph}"],
}
FILES = [name for name in WITH_OUTPUT if name != "build"]
#: A name that each of them can write.
NAMES = {
    **dict.fromkeys(WITH_OUTPUT, "x.md"),
    "extract": "x.csv", "convert": "x.csv", "query": "x.csv", "view": "x.html", "whatif": "x.html",
    "audit": "x.csv", "cite": "x.bib",
}  # fmt: skip


def run(*arguments: str, graph: str = "g.json") -> Result:
    """Run a command in this process; anything but a clean exit is raised."""
    filled = [argument.replace("{graph}", graph) for argument in arguments]
    result = CliRunner().invoke(main, filled)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def held(folder: Path = Path()) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A small part of the shipped graph, with something for every command to tell of."""
    path = tmp_path_factory.mktemp("written") / "g.json"
    part = "path(magnesium, calcitriol, 2) | loop(calcitriol, 2) | object(magnesium)"
    write(load().select(part), path)
    return path.read_bytes()


@pytest.fixture(autouse=True)
def _place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, written: bytes) -> None:
    """A folder to work in, with a small graph `g.json`."""
    monkeypatch.chdir(tmp_path)
    Path("g.json").write_bytes(written)


def test_the_list_of_commands_with_output_is_whole() -> None:
    context = click.Context(main)
    commands = {name: main.get_command(context, name) for name in COMMANDS}
    with_output = {
        name
        for name, command in commands.items()
        if command and any(parameter.name == "output" for parameter in command.params)
    }
    # One reads no graph; the other writes a store, of which tests/store tells.
    assert with_output == {*WITH_OUTPUT, "problem", "load"}


@pytest.mark.parametrize("name", WITH_OUTPUT)
def test_an_empty_name_is_an_error(name: str) -> None:
    before = held()
    result = run(*WITH_OUTPUT[name], "-o", "")
    assert (result.exit_code, "the name is empty; is a variable unset?" in result.output) == (
        2,
        True,
    )
    assert held() == before


@pytest.mark.parametrize("name", WITH_OUTPUT)
def test_a_folder_that_is_missing_is_named(name: str) -> None:
    result = run(*WITH_OUTPUT[name], "-o", f"no/such/{NAMES.get(name, 'dist')}")
    told = "No such file or directory: there is no folder no/such; make it first"
    assert (result.exit_code, told in result.output) == (2, True), result.output
    assert not Path("no").exists()


@pytest.mark.parametrize("name", FILES)
def test_a_name_in_capitals_and_gz_are_what_they_say(name: str) -> None:
    plain = NAMES[name]
    for target in (plain, plain.upper(), f"{plain}.gz"):
        result = run(*WITH_OUTPUT[name], "-o", target)
        assert result.exit_code == 0, result.output
    data = Path(plain).read_bytes()
    assert len(data) > 20
    assert data == Path(plain.upper()).read_bytes()
    assert data == gzip.decompress(Path(f"{plain}.gz").read_bytes())


@pytest.mark.parametrize(
    ("name", "target"),
    [
        *((name, "results.xyz") for name in FILES),
        *((name, "results.gz") for name in FILES if NAMES[name] != "x.html"),
    ],
)
def test_a_name_that_says_no_format_is_an_error_and_the_answer_is_not_elsewhere(
    name: str, target: str
) -> None:
    before = held()
    result = run(*WITH_OUTPUT[name], "-o", target)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "end the name in one of ." in result.stderr
    assert held() == before


@pytest.mark.parametrize("name", ["extract", "convert", "query", "audit", "conflicts"])
def test_without_a_suffix_a_format_must_be_named(name: str) -> None:
    result = run(*WITH_OUTPUT[name], "-o", "results")
    assert (result.exit_code, "name a format with -f" in result.stderr) == (2, True)
    assert not Path("results").exists()
    form = "csv" if name != "conflicts" else "md"
    assert run(*WITH_OUTPUT[name], "-o", "results", "-f", form).exit_code == 0
    assert Path("results").stat().st_size > 20


@pytest.mark.parametrize("name", WITH_OUTPUT)
def test_what_is_read_is_not_written_to(name: str) -> None:
    Path("link.json").symlink_to("g.json")
    before = held()
    for target in ("g.json", "./link.json") if name != "build" else (".",):
        result = run(*WITH_OUTPUT[name], "-o", target)
        assert (result.exit_code, "say --overwrite" in result.output) == (2, True), result.output
        assert held() == before


def test_the_shipped_graph_is_not_written_to_either() -> None:
    before = held(shipped.graph())
    for target in (shipped.graph(), shipped.graph() / "entities.tsv", shipped.graph().parent):
        result = run("extract", "magnesium", "-o", str(target))
        assert (result.exit_code, "say --overwrite" in result.output) == (2, True), result.output
    assert held(shipped.graph()) == before


def test_a_query_is_not_written_over() -> None:
    Path("q.ttl").write_text("CONSTRUCT WHERE { ?s tb:requires ?o }", "utf-8")
    result = run("query", "-q", "q.ttl", "--graph", "g.json", "-o", "q.ttl")
    assert (result.exit_code, "q.ttl is what is read" in result.output) == (2, True)


def test_a_graph_can_be_replaced_by_a_part_of_itself_if_that_is_said() -> None:
    part = load("g.json").select("predicate(requires)")
    run("convert", "g.json", "-f", "curated", "-o", "g")
    for graph in ("g.json", "g"):
        arguments = ["extract", "predicate(requires)", "--graph", graph, "-o", graph]
        assert run(*arguments).exit_code == 2
        assert len(load(graph)) > len(part)
        assert run(*arguments, "--overwrite").exit_code == 0
        assert load(graph) == part


def test_tables_of_somebody_else_are_not_replaced() -> None:
    Path("mine").mkdir()
    Path("mine/entities.tsv").write_text("gene\tscore\nBRCA1\t3\n", "utf-8")
    Path("mine/sources.tsv").write_text("my own list\n", "utf-8")
    before = held()
    result = run("convert", "g.json", "-o", "mine")
    told = "mine holds entities.tsv, which has other columns than a table of trabecula"
    assert (result.exit_code, told in result.output) == (2, True)
    assert held() == before


@pytest.mark.parametrize("target", [".", "../" + "{name}", "{path}"])
def test_the_folder_one_is_in_is_not_filled_with_tables(
    target: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = target.format(name=tmp_path.name, path=tmp_path)
    before = held()
    result = run("extract", "magnesium", "-o", target)
    assert (result.exit_code, "holds g.json, which is no table" in result.output) == (2, True)
    assert held() == before
    assert run("extract", "magnesium", "-o", target, "--overwrite").exit_code == 0
    assert load(".") == load().select("near(magnesium, 1)")
    assert held()["g.json"] == before["g.json"]


def test_a_folder_is_written_again_and_again() -> None:
    run("convert", "g.json", "-f", "curated", "-o", "out")
    assert run("extract", "predicate(requires)", "--graph", "g.json", "-o", "out").exit_code == 0
    assert load("out") == load("g.json").select("predicate(requires)")
    assert sorted(path.name for path in Path().iterdir()) == ["g.json", "out"]


def test_a_pipe_that_nobody_reads_and_links_in_a_circle_are_errors() -> None:
    os.mkfifo("pipe.csv")
    Path("loop.csv").symlink_to("loop.csv")
    for target, told in (("pipe.csv", "no program reads"), ("loop.csv", "symbolic links")):
        result = run("convert", "g.json", "-o", target)
        assert (result.exit_code, f"{target}: " in result.output) == (2, True)
        assert told in result.output
    assert stat.S_ISFIFO(Path("pipe.csv").stat().st_mode)


@pytest.mark.parametrize("target", ["-", "/dev/stdout"])
def test_standard_output_has_a_name(target: str) -> None:
    whole = run("convert", "g.json", "-f", "csv")
    assert whole.stdout.startswith("subject,")
    assert run("convert", "g.json", "-f", "csv", "-o", target).stdout == whole.stdout


def test_nothing_is_a_place_to_write_to() -> None:
    assert run("convert", "g.json", "-f", "csv", "-o", os.devnull).exit_code == 0
    assert run("view", "--graph", "g.json", "-o", os.devnull).exit_code == 0


def test_a_page_that_nobody_named_replaces_only_pages() -> None:
    assert run("view", "--graph", "g.json").exit_code == 0
    assert run("view", "predicate(requires)", "--graph", "g.json").exit_code == 0
    Path("graph.html").write_text("<p>mine", "utf-8")
    result = run("view", "--graph", "g.json")
    assert (result.exit_code, "graph.html is no page of trabecula" in result.output) == (2, True)
    assert Path("graph.html").read_text("utf-8") == "<p>mine"
    for option in (["-o", "graph.html"], ["--overwrite"]):
        Path("graph.html").write_text("<p>mine", "utf-8")
        assert run("view", "--graph", "g.json", *option).exit_code == 0
        assert Path("graph.html").stat().st_size > 10_000


def test_a_release_goes_to_no_file_and_no_standard_output() -> None:
    assert "cannot go to standard output" in run("build", "-o", "-").output
    before = held()
    assert run("build", "--graph", "g.json", "-o", "g.json").exit_code == 2
    assert held() == before


# --- Reports --------------------------------------------------------------------------------


def test_a_report_in_a_file_is_what_would_be_printed() -> None:
    for name, target, option in (
        ("conflicts", "x.md", ["-f", "md"]),
        ("gaps", "x.json", ["--json"]),
        ("conflicts", "x.txt", []),
        ("cite", "x.bib", ["--bibtex"]),
        ("cite", "x.txt", []),
    ):
        printed = run(*WITH_OUTPUT[name], *option).stdout
        assert printed
        assert run(*WITH_OUTPUT[name], "-o", target).stdout == ""
        assert Path(target).read_text("utf-8") == printed


def test_answers_keep_their_line_ends_in_a_file() -> None:
    run(*WITH_OUTPUT["query"], "-o", "x.csv")
    rows = list(csv.reader(io.StringIO(Path("x.csv").read_bytes().decode("utf-8"), newline="")))
    assert rows[0] == ["s"]
    assert Path("x.csv").read_bytes().count(b"\r\n") == len(rows)


# --- Words that are no text, and queries that are none ----------------------------------------

NO_TEXT = os.fsdecode(b"\xff")


@pytest.mark.parametrize(
    "arguments",
    [
        ["view", "--title", NO_TEXT],
        ["extract", NO_TEXT],
        ["query", NO_TEXT],
        ["search", NO_TEXT],
        ["cite", NO_TEXT],
        ["query", "--name", "who-requires", "--param", f"entity={NO_TEXT}"],
        ["extract", "magnesium", "-f", NO_TEXT],
    ],
)
def test_words_that_are_not_utf_8_are_an_error(arguments: list[str]) -> None:
    result = run(*arguments)
    assert (result.exit_code, "is not UTF-8" in result.output) == (2, True), result.output


def test_a_path_need_not_be_utf_8() -> None:
    """All the file system asks of a name is that it has no slash and no zero."""
    name = f"{NO_TEXT}.json"
    Path("g.json").rename(name)
    for output in (f"{NO_TEXT}.csv", f"{NO_TEXT}.html"):
        assert run("extract", "all()", "--graph", name, "-o", output).exit_code == 0
    for command in ("conflicts", "gaps", "diff", "audit", "view", "whatif"):
        result = run(*WITH_OUTPUT[command], "-o", f"{NO_TEXT}{NAMES[command]}", graph=name)
        assert result.exit_code == 0, result.output
    assert json.loads(run("check", name, "--json", "--fail-on", "never").stdout)["ran"]


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (
            b'ASK {?s ?p "\n\xff"}',
            "q.rq, line 2, byte 1: 0xff is not UTF-8; save the file as UTF-8",
        ),
        (b"#" * (1 << 24) + b"\nASK {}", "q.rq has more than 1048576 bytes, the limit of a query"),
    ],
)
def test_a_file_that_is_no_query_is_an_error(data: bytes, told: str) -> None:
    Path("q.rq").write_bytes(data)
    result = run("query", "-q", "q.rq", "--graph", "g.json")
    assert (result.exit_code, told in result.output) == (2, True), result.output


def test_a_query_may_begin_with_a_byte_order_mark_and_come_from_standard_input() -> None:
    Path("q.rq").write_bytes(b"\xef\xbb\xbfASK { ?s tb:requires ?o }")
    assert run("query", "-q", "q.rq", "--graph", "g.json").stdout == "yes\n"
    given = CliRunner().invoke(
        main, ["query", "-q", "-", "--graph", "g.json"], input="ASK { ?s tb:requires ?o }"
    )
    assert given.stdout == "yes\n"


def test_a_query_from_a_standard_input_that_is_not_there_is_an_error() -> None:
    command = f"{sys.executable} -m trabecula query -q - <&-"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False)
    assert (done.returncode, "there is no standard input" in done.stderr) == (2, True)


def test_a_query_that_never_ends_is_an_error() -> None:
    result = run("query", "-q", "/dev/zero", "--graph", "g.json")
    assert (
        result.exit_code,
        "/dev/zero has more than 1048576 bytes, the limit of a query" in result.output,
    ) == (2, True)


# --- Opening a page ---------------------------------------------------------------------------


def _open(tmp_path: Path, opener: str | None) -> subprocess.CompletedProcess[str]:
    """Run `view --open` where the only program is `xdg-open`, with these lines, if at all."""
    programs = tmp_path / "bin"
    programs.mkdir()
    if opener is not None:
        (programs / "xdg-open").write_text(f"#!/bin/sh\n{opener}\n", "utf-8")
        (programs / "xdg-open").chmod(0o755)
    return subprocess.run(
        [sys.executable, "-m", "trabecula", "view", "--graph", "g.json", "-o", "p.html", "--open"],
        env={"PATH": str(programs), "HOME": str(tmp_path)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.mark.parametrize("opener", [None, "exit 3"], ids=["none", "one that fails"])
def test_without_a_browser_one_is_told_to_open_the_page(opener: str | None, tmp_path: Path) -> None:
    done = _open(tmp_path, opener)
    assert done.stderr.splitlines()[1:] == ["no browser was found; open p.html yourself"]
    assert Path("p.html").exists()


def test_a_browser_gets_the_address_of_the_page(tmp_path: Path) -> None:
    done = _open(tmp_path, f'echo "$1" > {tmp_path}/asked')
    assert (done.returncode, len(done.stderr.splitlines())) == (0, 1)
    assert (tmp_path / "asked").read_text() == f"file://{tmp_path}/p.html\n"


def test_only_a_file_can_be_opened() -> None:
    assert run("view", "-o", "-", "--open").exit_code == 2


# --- Names that end in a slash, and pairs -----------------------------------------------------


@pytest.mark.parametrize("name", ["extract", "convert"])
def test_a_name_that_ends_in_a_slash_is_a_folder_of_tables(name: str) -> None:
    assert run(*WITH_OUTPUT[name], "-o", "new/").exit_code == 0
    assert load("new").statements.keys() == load("g.json").statements.keys()
    write(load("g.json"), "other/")
    assert load("other") == load("g.json")


@pytest.mark.parametrize("name", sorted(set(FILES) - {"extract", "convert"}))
def test_a_command_that_writes_a_file_writes_none_for_a_folder(name: str) -> None:
    before = held()
    result = run(*WITH_OUTPUT[name], "-o", "new/")
    assert (result.exit_code, "new/ names a folder; name a file" in result.stderr) == (2, True)
    assert held() == before


@pytest.mark.parametrize("name", ["extract", "convert"])
@pytest.mark.parametrize(("named", "other"), [("x_edges.tsv", "x_nodes.tsv"),
                                              ("x_nodes.jsonl", "x_edges.jsonl")])  # fmt: skip
def test_the_half_of_a_pair_that_nobody_named_is_not_written_over(
    name: str, named: str, other: str
) -> None:
    Path(other).write_text("my own notes\n", "utf-8")
    before = held()
    result = run(*WITH_OUTPUT[name], "-o", named)
    assert (result.exit_code, f"{other} is there" in result.stderr) == (2, True)
    assert held() == before
    Path(named).write_text("more of mine\n", "utf-8")  # which is named, and the other is not
    assert run(*WITH_OUTPUT[name], "-o", named).exit_code == 2
    assert run(*WITH_OUTPUT[name], "-o", named, "--overwrite").exit_code == 0
    assert run(*WITH_OUTPUT[name], "-o", named).exit_code == 0  # a pair of ours, again
