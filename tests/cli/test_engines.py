"""`--engine`: what is no engine, what one cannot do, and what is said where Spark is missing."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from trabecula.cli import main

SPARK = ("--engine", "local[2]")


def refusal(*arguments: str) -> str:
    """What is said of a command that ends with exit code 2 and no traceback."""
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 2, result.output
    assert isinstance(result.exception, SystemExit)
    return result.output.strip().splitlines()[-1].removeprefix("Error: ")


@pytest.mark.parametrize("command", [["info"], ["whatif", "a=up", "--reached"]])
def test_what_is_no_master_of_spark_is_a_usage_error(command: list[str]) -> None:
    message = refusal(*command, "--engine", "https://example.org/sparql")
    assert message.startswith(
        "--engine https://example.org/sparql: give a master of Spark, local[2]"
    )
    assert refusal(*command, *SPARK) == "--engine: say with --graph which store Spark is to read"
    assert refusal(*command, *SPARK, "--trust", "human") == (
        "--trust and --engine: another engine sees through no lens"
    )


def test_what_is_no_address_is_a_usage_error_of_query() -> None:
    message = refusal("query", "ASK {}", *SPARK)
    assert message == "--engine local[2]: give the address of a SPARQL endpoint, https://…"


def test_an_engine_is_not_asked_for_what_it_cannot_tell(tmp_path: Path) -> None:
    assert refusal("info", "--vocabulary", *SPARK) == "--engine counts, and lists nothing"
    assert refusal("whatif", "a=up", *SPARK) == (
        "--engine tells what a change reaches: say --reached"
    )
    reached = ("whatif", "a=up", "--reached")
    assert "--evidence is not asked" in refusal(*reached, *SPARK, "--evidence", "human")
    assert "implied is a verdict" in refusal(*reached, "--only", "implied")
    assert "--reached is no page" in refusal(*reached, "-f", "html")
    assert "say -o FOLDER and -f kgx or nt" in refusal("convert", "a.trabecula", *SPARK)
    there = refusal("convert", "a.trabecula", *SPARK, "-o", str(tmp_path), "-f", "nt")
    assert there == f"{tmp_path} is there already; name a folder that is not"


@pytest.fixture
def store(tmp_path: Path) -> str:
    """The folder of a store, as far as it is looked at before Spark is started."""
    folder = tmp_path / "a.trabecula"
    folder.mkdir()
    (folder / "manifest.json").write_text("{}")
    return str(folder)


def test_what_is_no_store_is_said_before_spark_is_started(tmp_path: Path) -> None:
    message = refusal("info", *SPARK, "--graph", str(tmp_path))
    assert message == f"{tmp_path} is no store; make one: trabecula load GRAPH -o STORE"


def test_without_pyspark_the_error_says_how_to_install_it(
    monkeypatch: pytest.MonkeyPatch, store: str
) -> None:
    monkeypatch.setitem(sys.modules, "pyspark", None)
    message = refusal("info", *SPARK, "--graph", store)
    assert message == 'the engine local[2] needs an extra: pip install "trabecula[spark]"'


def test_without_java_the_error_says_so(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, store: str
) -> None:
    package = tmp_path / "pyspark"
    package.mkdir()
    (package / "__init__.py").write_text("")
    (package / "sql.py").write_text("class SparkSession: ...\n")
    for name in [name for name in sys.modules if name.partition(".")[0] == "pyspark"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("JAVA_HOME", raising=False)
    message = refusal("info", *SPARK, "--graph", store)
    assert message == "the engine local[2] needs Java (17 or later), which is not installed"
    for name in [name for name in sys.modules if name.partition(".")[0] == "pyspark"]:
        monkeypatch.delitem(sys.modules, name)
