"""`trabecula query`: where queries come from, how long they may take, and where answers go."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from trabecula.cli import main
from trabecula.formats import write
from trabecula.graph import Graph
from trabecula.model import Entity, Statement
from trabecula.sparql import files
from trabecula.sparql.screening import MAX_QUERY_BYTES

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


@pytest.fixture(autouse=True)
def _in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def graph(tiny: Graph, tmp_path: Path) -> str:
    """A small graph as a file."""
    folder = tmp_path.with_name(f"{tmp_path.name}-graph")
    folder.mkdir()
    write(tiny, folder / "tiny.ttl")
    return str(folder / "tiny.ttl")


def run(*arguments: str, stdin: bytes | None = None) -> Result:
    """The result of a command; a traceback is a failure of the test."""
    result = CliRunner().invoke(main, ["query", *arguments], input=stdin)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


# --- Where a query comes from ---------------------------------------------------------------------


def test_a_query_is_read_from_a_file_standard_input_or_a_pipe(graph: str) -> None:
    Path("q.rq").write_bytes(b"\xef\xbb\xbfASK { }\r\n")
    assert run("-q", "q.rq", "--graph", graph).output == "yes\n"
    assert run("-q", "-", "--graph", graph, stdin=b"ASK { }").output == "yes\n"
    os.mkfifo("pipe")
    writer = threading.Thread(target=Path("pipe").write_text, args=("ASK { }",))
    writer.start()
    assert run("-q", "pipe", "--graph", graph).output == "yes\n"
    writer.join()


def test_a_query_file_that_is_no_text_is_an_error_that_says_where() -> None:
    Path("q.rq").write_bytes(b'ASK {\n ?s ?p "\xff" }')
    result = run("-q", "q.rq")
    assert result.exit_code == 2
    assert result.output == ("q.rq, line 2, byte 9: 0xff is not UTF-8; save the file as UTF-8\n")
    assert (
        "standard input, line 1, byte 1: 0xfe is not UTF-8" in run("-q", "-", stdin=b"\xfe").output
    )


@pytest.mark.parametrize(
    ("name", "told"),
    [
        (".", ".: Is a directory"),
        ("missing.rq", "missing.rq: No such file or directory"),
        ("/dev/zero", f"/dev/zero has more than {MAX_QUERY_BYTES} bytes, the limit of a query"),
        ("loop.rq", "loop.rq: Too many levels of symbolic links"),
    ],
)
def test_what_is_no_query_file_is_an_error(name: str, told: str) -> None:
    Path("loop.rq").symlink_to("loop.rq")
    start = time.perf_counter()
    result = run("-q", name)
    assert (result.exit_code, result.output) == (2, told + "\n")
    assert time.perf_counter() - start < 5


def test_a_pipe_that_nobody_writes_to_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "PIPE_SECONDS", 0.1)
    os.mkfifo("pipe")
    result = run("-q", "pipe")
    assert (result.exit_code, result.output) == (2, "pipe is a pipe that nobody writes to\n")


def test_a_pipe_that_is_never_closed_is_left_at_the_time_limit() -> None:
    os.mkfifo("pipe")
    end = os.open("pipe", os.O_RDWR)
    result = run("-q", "pipe", "--timeout", "0.3")
    os.close(end)
    assert result.exit_code == 2
    assert result.output.startswith("the query took longer than 0.3 s")


# --- How long it may take -------------------------------------------------------------------------

LATE = "the query took longer than {} s, loading and writing included; --timeout gives it more\n"


def timed(*arguments: str) -> tuple[int, str, float]:
    """The exit code, the messages and the seconds of a command in a process of its own."""
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "trabecula", "query", *arguments],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2] / "src")},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    return done.returncode, done.stderr, time.perf_counter() - start


def test_the_time_limit_covers_evaluation(graph: str) -> None:
    code, told, seconds = timed(ENDLESS, "--graph", graph, "--timeout", "1")
    assert (code, told) == (2, LATE.format(1))
    assert seconds < 12


def test_the_time_limit_covers_loading(monkeypatch: pytest.MonkeyPatch, graph: str) -> None:
    def slow(_: object) -> Graph:
        while True:
            time.sleep(0.01)

    monkeypatch.setattr("trabecula.cli.query.open_graph", slow)
    start = time.perf_counter()
    result = run("ASK { }", "--timeout", "0.5")
    assert (result.exit_code, result.output) == (2, LATE.format(0.5))
    assert time.perf_counter() - start < 3


def test_the_time_limit_covers_the_layout_of_the_answer(
    monkeypatch: pytest.MonkeyPatch, graph: str
) -> None:
    def slow(_: object) -> str:
        while True:
            sum(range(1000))

    monkeypatch.setattr("trabecula.words.answers.answer", slow)
    start = time.perf_counter()
    result = run("ASK { }", "--graph", graph, "--timeout", "1")
    assert (result.exit_code, result.output) == (2, LATE.format(1))
    assert time.perf_counter() - start < 5


def test_the_alarm_is_off_once_the_answer_is_there(graph: str) -> None:
    assert run("ASK { }", "--graph", graph, "--timeout", "2").output == "yes\n"
    time.sleep(2.2)  # an alarm that is still set would end the tests


# --- Where an answer goes -------------------------------------------------------------------------


def test_an_answer_is_written_to_the_file_that_is_named_or_not_at_all(graph: str) -> None:
    asked = ("SELECT ?x { ?x tb:requires entity:magnesium }", "--graph", graph)
    refused = run(*asked, "-o", "results")
    assert (refused.exit_code, "name a format with -f" in refused.output) == (2, True)
    assert not Path("results").exists()
    run(*asked, "-o", "results.json")
    assert Path("results.json").read_bytes() == run(*asked, "-f", "json").stdout_bytes


def test_a_terminal_is_shown_escapes_and_does_not_act_on_them(graph: str) -> None:
    rows = 'SELECT ("a\\u001b[2Jb\\u202ec\\u0007" AS ?x) { }'
    assert "a\\x1b[2Jb\\u202ec\\x07" in run(rows, "--graph", graph).output
    triples = 'CONSTRUCT { entity:x rdfs:label "a\\u001b[2J" } { }'
    assert "\x1b" not in run(triples, "--graph", graph).output


def test_warnings_do_not_change_the_exit_code_or_the_answer(graph: str) -> None:
    result = run('ASK { ?s dct:date 1998 ; rdfs:label "x"@en }', "--graph", graph)
    assert (result.exit_code, result.stdout) == (0, "no\n")
    assert result.stderr.count("warning: ") == 3


# --- Large answers ----------------------------------------------------------------------------------


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is read from /proc")
def test_a_large_table_takes_time_and_memory_in_proportion(tmp_path: Path) -> None:
    write(
        Graph(Entity(id=f"e{i}", name=f"entity {i}", category="cell") for i in range(200)),
        tmp_path / "g.json",
    )
    text = "SELECT * { ?a rdfs:label ?b . ?c dct:identifier ?d . ?e a tb:Cell } LIMIT 60000"
    script = (
        "import re, resource, sys\nfrom trabecula.cli import main\n"
        "try:\n    main(sys.argv[1:])\n"
        "finally:\n"
        "    memory = re.search(r'VmHWM:\\s+(\\d+)', open('/proc/self/status').read())[1]\n"
        "    used = resource.getrusage(resource.RUSAGE_SELF)\n"
        "    print(memory, used.ru_utime, file=sys.stderr)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, "query", text, "--graph", "g.json"],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2] / "src")},
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    memory, seconds = map(float, done.stderr.split())
    assert done.stdout.endswith("\n60,000 rows\n")
    assert memory * 1024 < 100e6 + 12 * len(done.stdout.encode())
    assert seconds < 15


def test_an_id_of_a_megabyte_stops_nothing(tmp_path: Path) -> None:
    long = "x" * 1_000_000
    write(Graph([Statement(subject=long, predicate="requires", object="b")]), tmp_path / "g.json")
    start = time.process_time()
    result = run("SELECT * { ?s tb:requires ?o }", "--graph", "g.json")
    assert result.output.endswith("\n1 row\n")
    assert run(f"ASK {{ entity:{long[:60_000]} ?p ?o }}", "--graph", "g.json").exit_code == 0
    assert time.process_time() - start < 10


def test_a_question_about_many_things_is_answered(graph: str) -> None:
    many = " ".join(f'"name {i}"' for i in range(60_000))
    Path("q.rq").write_text(f"SELECT * {{ VALUES ?x {{ {many} }} }}", encoding="utf-8")
    assert run("-q", "q.rq", "--graph", graph).output.endswith("\n60,000 rows\n")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("SELECT * " + "{" * 100_000, "nested more than 100 deep"),
        ("ASK { FILTER(" + "!" * 100_000 + "1) }", "nested more than 100 deep"),
        ("ASK { FILTER(" + "||".join(["1"] * 30_000) + ") }", "too long a chain"),
        ("ASK { } #" + "x" * MAX_QUERY_BYTES, f"has more than {MAX_QUERY_BYTES} bytes"),
        ("ASK { ?s ?p '" + "x" * 100_000, "the string that begins here does not end"),
    ],
)
def test_a_query_of_an_odd_shape_is_refused_soon(text: str, told: str, graph: str) -> None:
    start = time.process_time()
    Path("q.rq").write_text(text, encoding="utf-8")
    result = run("-q", "q.rq", "--graph", graph)
    assert result.exit_code == 2
    assert told in result.output
    assert len(result.output) < 1000
    assert time.process_time() - start < 10
