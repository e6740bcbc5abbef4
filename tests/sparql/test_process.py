"""The engine's process: when it begins, who shares it, and that it ends whatever happens."""

from __future__ import annotations

import gc
import os
import pickle
import signal
import subprocess
import sys
import threading
import time
import weakref
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import trabecula
from trabecula.errors import QueryError
from trabecula.graph import Graph
from trabecula.model import Statement
from trabecula.sparql import Session, engine, process, query

PACKAGE = Path(trabecula.__file__).parent
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o }"
GRAPH = (
    "import os, signal, sys, threading, time\n"
    "import trabecula as tb\n"
    "from trabecula.sparql import Session, engine\n"
    "records = [tb.Statement(subject=f's{i}', predicate='affects', object='o') for i in range(99)]\n"
    "graph = tb.Graph(records)\n"
    f"ENDLESS = {ENDLESS!r}\n"
)
needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="the system has no fork")


def run(script: str, *, seconds: float = 60, prologue: str = GRAPH) -> str:
    """What a Python program prints that has a graph of 99 statements."""
    # Python 3.12 and later warn of what is tried here: that a process of several threads forks.
    forks = ("-W", "ignore:This process:DeprecationWarning")
    done = subprocess.run(
        [sys.executable, *forks, "-c", prologue + script],
        env={**os.environ, "PYTHONPATH": str(PACKAGE.parent)},
        capture_output=True,
        text=True,
        timeout=seconds,
        check=True,
    )
    assert done.stderr == ""
    return done.stdout


def alive(pid: int) -> bool:
    """Whether a process still runs; one that has ended may wait for somebody to notice."""
    state = subprocess.run(
        ["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False
    ).stdout.strip()
    return bool(state) and not state.startswith("Z")


def ends(pid: int, seconds: float = 5) -> bool:
    """Whether a process ends within so many seconds."""
    limit = time.monotonic() + seconds
    while alive(pid) and time.monotonic() < limit:
        time.sleep(0.02)
    return not alive(pid)


def worker_of(session: Session) -> subprocess.Popen[bytes]:
    worker = session._engine._process
    assert worker is not None
    return worker


# --- The worker ends with who asks ----------------------------------------------------------------


EVALUATING = f"session.query({ENDLESS!r})"
#: An answer that would be refused as too large before anybody is killed.
ANSWERING = "engine.MAX_ANSWER_BYTES = 1 << 40; session.query('SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }')"
THREADED = "threading.Thread(target=session.query, args=(ENDLESS,), daemon=True).start()"
IDLE = "time.sleep(60)"


@pytest.mark.parametrize(
    ("name", "busy"),
    [
        ("SIGTERM", EVALUATING),
        ("SIGHUP", EVALUATING),
        ("SIGINT", EVALUATING),
        ("SIGKILL", EVALUATING),
        ("SIGKILL", ANSWERING),
        ("SIGTERM", IDLE),
        ("SIGINT", f"{THREADED}; {IDLE}"),
    ],
)
def test_no_worker_outlives_its_asker(name: str, busy: str) -> None:
    script = (
        # Below nohup or in the background of a shell these are ignored, which children inherit.
        "signal.signal(signal.SIGHUP, signal.SIG_DFL)\n"
        "signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "session = Session(graph)\nsession.query('ASK { }')\n"
        f"print(session._engine._process.pid, flush=True)\n{busy}\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", GRAPH + script],
        env={**os.environ, "PYTHONPATH": str(PACKAGE.parent)},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as asker:
        assert asker.stdout is not None
        worker = int(asker.stdout.readline())
        time.sleep(0.3)
        assert alive(worker)
        asker.send_signal(getattr(signal, name))
        assert ends(worker)
        asker.kill()


def test_a_worker_that_is_still_loading_does_not_outlive_its_asker() -> None:
    script = (
        "def slow(*_):\n"
        "    print(next(iter(process._LIVING))._process.pid, flush=True)\n"
        "    time.sleep(60)\n"
        "from trabecula.sparql import process\n"
        "engine._nquads = slow\n"
        "tb.query(graph, 'ASK { }')\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", GRAPH + script],
        env={**os.environ, "PYTHONPATH": str(PACKAGE.parent)},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as asker:
        assert asker.stdout is not None
        worker = int(asker.stdout.readline())
        asker.kill()
        assert ends(worker)


def test_the_interrupt_of_a_terminal_leaves_a_worker_to_its_asker() -> None:
    with Session(Graph()) as session:
        session.query("ASK { }")
        worker_of(session).send_signal(signal.SIGINT)
        assert session.query("ASK { }").answer is True


def test_a_program_may_end_without_closing_anything() -> None:
    script = (
        "session = Session(graph)\n"
        "print(session.query('ASK { }').answer, tb.query(graph, 'ASK { }').answer)\n"
        "print(session._engine._process.pid, flush=True)\n"
    )
    answers, worker = run(script).splitlines()
    assert answers == "True True"
    assert ends(int(worker))


def test_a_question_asked_while_python_ends_is_answered_or_refused() -> None:
    script = (
        "import atexit\n"
        "def last():\n"
        "    try:\n"
        "        print(tb.query(graph, 'ASK { }').answer)\n"
        "    except tb.TrabeculaError:\n"
        "        print('refused')\n"
        "if sys.argv[1:] != ['after']:\n    atexit.register(last)\n"
        "tb.query(graph, 'ASK { }')\n"
        "atexit.register(last)\n"
    )
    assert set(run(script, seconds=30).split()) <= {"True", "refused"}


# --- One worker for a graph that is asked again --------------------------------------------------


def test_a_graph_that_is_asked_again_has_the_same_worker(tiny: Graph) -> None:
    query(tiny, "ASK { }")
    first = engine._ready(tiny)._process
    start = time.perf_counter()
    for _ in range(20):
        query(tiny, "ASK { ?x tb:requires entity:magnesium }")
    assert (time.perf_counter() - start) / 20 < 0.1
    assert engine._ready(tiny)._process is first


def test_a_worker_ends_with_its_graph() -> None:
    graph = Graph([Statement(subject="a", predicate="requires", object="b")])
    query(graph, "ASK { }")
    held, worker = weakref.ref(graph), engine._ready(graph)._process
    assert worker is not None
    del graph
    gc.collect()
    assert held() is None
    assert ends(worker.pid)


def test_a_session_that_nobody_holds_ends_its_worker(tiny: Graph) -> None:
    session = Session(tiny)
    session.query("ASK { }")
    worker = worker_of(session)
    del session
    gc.collect()
    assert ends(worker.pid)


def test_of_many_graphs_only_the_last_ones_keep_a_worker() -> None:
    graphs = [Graph() for _ in range(engine.MAX_READY + 2)]
    for graph in graphs:
        assert query(graph, "ASK { }").answer is True
    kept = [graph for graph in graphs if id(graph) in engine._engines]
    assert [id(graph) for graph in kept] == [id(graph) for graph in graphs[-engine.MAX_READY :]]
    assert query(graphs[0], "ASK { }").answer is True


def test_graphs_may_be_given_up_at_any_moment() -> None:
    class Tied(Graph):
        """A graph that only the garbage collector can take away."""

        def __init__(self) -> None:
            super().__init__()
            self.me = self

    before = gc.get_threshold()
    gc.set_threshold(20, 1, 1)
    try:
        for _ in range(20):
            assert query(Tied(), "ASK { }").answer is True
    finally:
        gc.set_threshold(*before)
    gc.collect()
    assert not any(isinstance(held(), Tied) for held, _ in engine._engines.values())


def test_two_equal_graphs_are_two() -> None:
    first, other = Graph(), Graph()
    assert first == other
    assert engine._ready(first) is not engine._ready(other)
    assert engine._ready(first) is engine._ready(first)


# --- Threads ----------------------------------------------------------------------------------------


def test_threads_may_share_a_session_and_a_graph(tiny: Graph) -> None:
    def asked(number: int) -> list[str | None]:
        text = f"SELECT ?x {{ VALUES ?x {{ {number} }} ?s tb:status ?status }} LIMIT 1"
        ask = session.query if number % 2 else lambda text: query(tiny, text)
        return [term.value for row in ask(text).rows for term in row if term is not None]

    with Session(tiny) as session, ThreadPoolExecutor(8) as pool:
        assert list(pool.map(asked, range(60))) == [[str(number)] for number in range(60)]


def test_an_error_in_one_thread_is_none_in_another(tiny: Graph) -> None:
    def asked(number: int) -> str:
        text = "ASK { }" if number % 3 else "ASK {"
        try:
            return str(query(tiny, text).answer)
        except QueryError:
            return "error"

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(asked, range(24)))
    assert answers == ["True" if number % 3 else "error" for number in range(24)]


def test_a_worker_outlives_the_thread_that_started_it(tiny: Graph) -> None:
    with Session(tiny) as session:
        thread = threading.Thread(target=session.query, args=("ASK { }",))
        thread.start()
        thread.join()
        worker = worker_of(session)
        assert session.query("ASK { }").answer is True
        assert worker_of(session) is worker


def test_a_closed_session_says_so(tiny: Graph) -> None:
    session = Session(tiny)
    session.query("ASK { }")
    session.close()
    session.close()
    with pytest.raises(QueryError, match=r"^the session is closed; make another one$"):
        session.query("ASK { }")


def test_closing_a_session_ends_the_question_of_another_thread(tiny: Graph) -> None:
    session = Session(tiny)
    session.query("ASK { }")
    messages: list[str] = []

    def ask() -> None:
        try:
            session.query(ENDLESS)
        except QueryError as error:
            messages.append(str(error))

    thread = threading.Thread(target=ask)
    thread.start()
    time.sleep(0.3)
    session.close()
    thread.join(5)
    assert not thread.is_alive()
    assert messages == ["the session is closed; make another one"]


# --- Other processes --------------------------------------------------------------------------------


@needs_fork
def test_a_forked_child_asks_a_worker_of_its_own() -> None:
    script = (
        "session = Session(graph)\n"
        "print(session.query('ASK { }').answer, tb.query(graph, 'ASK { }').answer, flush=True)\n"
        "mine = session._engine._process.pid\n"
        "if not os.fork():\n"
        "    assert session._engine._process is None\n"
        "    print(session.query('ASK { }').answer, tb.query(graph, 'ASK { }').answer)\n"
        "    assert session._engine._process.pid != mine\n"
        "    sys.exit()\n"
        "print(session.query('ASK { }').answer, flush=True)\n"
        "os.wait()\n"
        "print(session.query('ASK { }').answer, session._engine._process.pid == mine)\n"
    )
    assert sorted(run(script).splitlines()) == ["True", "True True", "True True", "True True"]


@needs_fork
def test_a_fork_in_the_middle_of_a_question_of_another_thread_does_no_harm() -> None:
    script = (
        "session = Session(graph)\nsession.query('ASK { }')\n"
        "slow = 'SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f }'\n"
        "def ask():\n    print(len(session.query(slow).rows), flush=True)\n"
        "thread = threading.Thread(target=ask)\nthread.start()\ntime.sleep(0.05)\n"
        "child = os.fork()\n"
        "if not child:\n    print(session.query('ASK { }').answer, flush=True)\n    os._exit(0)\n"
        "os.waitpid(child, 0)\nthread.join()\n"
    )
    assert sorted(run(script).splitlines()) == ["1", "True"]


@needs_fork
def test_a_child_that_lives_on_keeps_no_worker_of_a_dead_parent() -> None:
    script = (
        "session = Session(graph)\nsession.query('ASK { }')\n"
        "child = os.fork()\n"
        "if not child:\n    os.close(1)\n    time.sleep(20)\n    os._exit(0)\n"
        "print(session._engine._process.pid, child, flush=True)\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", GRAPH + script],
        env={**os.environ, "PYTHONPATH": str(PACKAGE.parent)},
        stdout=subprocess.PIPE,
        text=True,
        check=False,
        timeout=30,
    )
    worker, child = map(int, done.stdout.split())
    assert ends(worker)
    os.kill(child, signal.SIGKILL)


@pytest.mark.parametrize("method", ["fork", "spawn", "forkserver"])
def test_processes_of_a_pool_may_ask(method: str, tmp_path: Path) -> None:
    if method != "spawn" and not hasattr(os, "fork"):
        pytest.skip("the system has no fork")
    script = tmp_path / "pool.py"
    script.write_text(
        "import multiprocessing, sys\nimport trabecula as tb\n"
        "graph = tb.Graph([tb.Statement(subject='a', predicate='requires', object='b')])\n"
        "def ask(number):\n"
        "    text = f'SELECT ?n {{ VALUES ?n {{ {number} }} ?x tb:requires ?y }}'\n"
        "    return tb.query(graph, text).rows[0][0].value\n"
        "if __name__ == '__main__':\n"
        "    ask(0)\n"
        "    with multiprocessing.get_context(sys.argv[1]).Pool(2) as pool:\n"
        "        print(*pool.map(ask, range(6)))\n",
        encoding="utf-8",
    )
    done = subprocess.run(
        [sys.executable, str(script), method],
        env={**os.environ, "PYTHONPATH": str(PACKAGE.parent)},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert done.stdout == "0 1 2 3 4 5\n"


def test_a_session_cannot_be_pickled_and_says_why(tiny: Graph) -> None:
    with Session(tiny) as session, pytest.raises(TypeError, match="send the graph instead"):
        pickle.dumps(session)


# --- What is started --------------------------------------------------------------------------------


@pytest.fixture
def application(tmp_path: Path) -> Path:
    """A program that is no Python, such as one that holds Python, and notes that it is started."""
    path = tmp_path / "app"
    path.write_text(f"#!/bin/sh\necho started >> {tmp_path}/log\n", encoding="utf-8")
    path.chmod(0o755)
    return path


@pytest.mark.parametrize("where", ["app", "", None])
def test_a_program_that_holds_python_is_not_started_again(
    application: Path, where: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", str(application) if where else where)
    assert query(Graph(), "ASK { }").answer is True
    assert not application.with_name("log").exists()


def test_a_program_without_any_python_beside_it_is_told_what_is_wrong(
    application: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", str(application))
    monkeypatch.setattr(sys, "base_exec_prefix", str(application.parent))
    with pytest.raises(QueryError, match=r"sys\.executable \('.*app'\) is no Python"):
        query(Graph(), "ASK { }")
    assert not application.with_name("log").exists()


def test_a_frozen_program_is_not_taken_for_python_whatever_its_name(
    application: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    named = application.rename(application.with_name("python-of-mine"))
    monkeypatch.setattr(sys, "executable", str(named))
    monkeypatch.setattr(sys, "base_exec_prefix", str(application.parent))
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    with pytest.raises(QueryError, match=r"is no Python"):
        query(Graph(), "ASK { }")
    assert not application.with_name("log").exists()


@pytest.mark.parametrize(
    "name",
    ["python", "python3.11", "python3.13t", "Python", "pythonw.exe", "pypy3", "python_d.exe"],
)
def test_an_interpreter_is_known_by_its_name(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / name).touch()
    monkeypatch.setattr(sys, "executable", str(tmp_path / name))
    assert process.interpreter() == str(tmp_path / name)


def test_a_graph_can_be_asked_when_the_package_is_in_a_zip_file(tmp_path: Path) -> None:
    archive = tmp_path / "app.zip"
    with zipfile.ZipFile(archive, "w") as target:
        for path in sorted((*PACKAGE.rglob("*.py"), *PACKAGE.glob("*.json"))):
            target.write(path, path.relative_to(PACKAGE.parent))
    script = (
        f"import sys\nsys.path.insert(0, {str(archive)!r})\nimport trabecula as tb\n"
        "print('app.zip' in tb.__file__, tb.query(tb.Graph(), 'ASK { }').answer)\n"
    )
    assert run(script, prologue="") == "True True\n"
