"""Spark, started for one command, and the tables of a store as its data frames."""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from trabecula import about as about_toml
from trabecula.characters import SHOWN, visible
from trabecula.errors import FormatError, MissingExtra, MissingProgram, Problem, VocabularyError
from trabecula.model import About, Review
from trabecula.store import layout
from trabecula.vocabulary import Vocabulary, words_of

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

#: What an engine of Spark is called: a master, as Spark itself names them.
_MASTER: Final = re.compile(
    r"local(\[[0-9*]+(,[0-9]+)?\])?|local-cluster\[\d+,\d+,\d+\]|(spark|k8s)://\S+|yarn"
)
#: The most statements, or things reached, of an answer that is brought to one machine.
MOST: Final = 1_000_000
#: How Spark speaks: of errors alone.
_LOG: Final = """\
rootLogger.level = error
rootLogger.appenderRef.stderr.ref = console
appender.console.type = Console
appender.console.name = console
appender.console.target = SYSTEM_ERR
appender.console.layout.type = PatternLayout
appender.console.layout.pattern = %p %c{1}: %m%n
"""


def is_master(engine: str) -> bool:
    """Whether an engine is one of Spark.

    >>> is_master("local[2]"), is_master("spark://host:7077"), is_master("sparql")
    (True, True, False)
    """
    return _MASTER.fullmatch(engine) is not None


@contextmanager
def session(master: str) -> Iterator[SparkSession]:
    """Spark with this master, as long as the block takes.

    Settings come from `spark-defaults.conf` in `SPARK_CONF_DIR`, as with any program of Spark; the
    executors of a cluster need trabecula too. Raises `MissingExtra` and `MissingProgram` where
    pyspark or Java is not installed, `VocabularyError` where Spark does not start.
    """
    try:
        import pyspark
        from pyspark.sql import SparkSession
    except ImportError:
        raise MissingExtra("spark", f"the engine {master}") from None
    home = os.environ.get("JAVA_HOME")
    if not (shutil.which("java") or (home and (Path(home) / "bin" / "java").is_file())):
        raise MissingProgram(f"the engine {master}", "Java (17 or later)")
    # Executors of a local cluster are processes that are started from there, with this Python.
    os.environ.setdefault("SPARK_HOME", str(Path(pyspark.__file__).parent))
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    import tempfile

    with tempfile.TemporaryDirectory(prefix="trabecula-spark-") as folder:
        quiet = Path(folder) / "log4j2.properties"
        quiet.write_text(_LOG, "utf-8")
        builder: Any = SparkSession.builder
        builder = (
            builder.master(master)
            .appName("trabecula")
            .config("spark.ui.enabled", "false")
            .config("spark.ui.showConsoleProgress", "false")
            .config("spark.sql.session.timeZone", "UTC")
            .config("spark.driver.extraJavaOptions", f"-Dlog4j2.configurationFile=file:{quiet}")
        )
        if master.startswith("local"):
            builder = builder.config("spark.driver.bindAddress", "127.0.0.1")
            builder = builder.config("spark.driver.host", "127.0.0.1")
            builder = builder.config("spark.local.dir", folder)
            # A plan of so few rows is not worth the two hundred parts that are usual.
            builder = builder.config("spark.sql.shuffle.partitions", "8")
        os.environ.setdefault("SPARK_WORKER_DIR", folder)
        messages = Path(folder) / "messages"
        try:
            with _aside(messages):
                spark: SparkSession = builder.getOrCreate()
        except Exception as error:
            lines = messages.read_text("utf-8", "replace").splitlines()
            why = next((line for line in lines if line.startswith("ERROR ")), "")
            what = visible(why.removeprefix("ERROR ") or _first_line(error), SHOWN)
            raise VocabularyError(f"Spark does not start with {master!r}: {what}") from error
        try:
            yield spark
        finally:
            spark.stop()


@contextmanager
def _aside(path: Path) -> Iterator[None]:
    """What is said on standard error by this process and those it starts goes to a file.

    Java says there what it was started with, which is nobody's concern.
    """
    sys.stderr.flush()
    before = os.dup(2)
    try:
        with path.open("wb") as stream:
            os.dup2(stream.fileno(), 2)
        yield
    finally:
        os.dup2(before, 2)
        os.close(before)


def _first_line(error: BaseException) -> str:
    """What an error says, without the line in which Python says that Java said it."""
    lines = [line.strip(" :") for line in str(error).splitlines() if line.strip()]
    told = [line for line in lines if not line.startswith("An error occurred while calling")]
    return visible((told or [type(error).__name__])[0], SHOWN)


@contextmanager
def spark_errors() -> Iterator[None]:
    """Turns what Spark says of a job that failed into an error with its first line."""
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    try:
        yield
    except (PySparkException, Py4JError) as error:
        raise VocabularyError(f"the job of Spark failed: {_first_line(error)}") from error


def place_of(path: Path) -> str:
    """A path as Spark names places: `hdfs://…` and the like as they were written.

    >>> place_of(Path("s3a://bucket/big.trabecula"))
    's3a://bucket/big.trabecula'
    """
    text = str(path)
    match = re.fullmatch(r"([a-z][a-z0-9+.-]+):/(.*)", text)
    if match is None:
        return Path(text).resolve().as_uri()
    return text if match[2].startswith("/") else f"{match[1]}://{match[2]}"


@dataclass(eq=False)
class Tables:
    """The tables of a store, and what its manifest says.

    Raises `FormatError` for what is no store of this version.
    """

    spark: SparkSession
    place: str
    manifest: dict[str, Any] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        where = f"{self.place}/{layout.MANIFEST}"
        try:
            rows = self.spark.read.text(where, wholetext=True).collect()
            manifest = json.loads(rows[0][0])
            is_store = manifest.get("format") == layout.FORMAT
        except Exception as error:
            what, fix = f"this is no store: {_first_line(error)}", "trabecula load GRAPH -o STORE"
            raise FormatError([Problem("damaged-store", where, what, fix)]) from error
        if not is_store or manifest.get("version") != layout.VERSION:
            what = f"this is no store of version {layout.VERSION}"
            fix = "load the graph anew: trabecula load … -o …"
            raise FormatError([Problem("store-version", where, what, fix)])
        self.manifest = manifest

    def table(self, name: str) -> DataFrame:
        """A table by its name, as `docs/store.md` has it."""
        return self.spark.read.parquet(f"{self.place}/{name}.parquet")

    @cached_property
    def entities(self) -> DataFrame:
        """The entities."""
        return self.table("entities")

    @cached_property
    def statements(self) -> DataFrame:
        """The statements."""
        return self.table("statements")

    @cached_property
    def evidence(self) -> DataFrame:
        """The pieces of evidence."""
        return self.table("evidence")

    @cached_property
    def sources(self) -> DataFrame:
        """The sources."""
        return self.table("sources")

    @cached_property
    def about(self) -> About:
        """What the graph says of itself."""
        return about_toml.parsed(self.manifest["about"], f"{self.place}/{layout.MANIFEST}")

    @cached_property
    def reviews(self) -> dict[str, tuple[Review, ...]]:
        """The reviews of statements, by their ids."""
        return layout.reviews_of(self.manifest)

    @cached_property
    def words(self) -> Vocabulary:
        """Every word that its statements may use."""
        return words_of(self.about)

    @cached_property
    def arcs(self) -> DataFrame:
        """Who acts on whom: `start`, `end`, `sign` and the `statement`; structure apart."""
        from pyspark.sql import functions as fn

        ways = self.table("predicates").select(fn.col("name").alias("predicate"), "influence")
        statements = self.statements.join(fn.broadcast(ways), "predicate")
        columns = [fn.col("number").alias("statement"), "sign"]
        forward = statements.where(fn.col("influence").isin("forward", "both")).select(
            fn.col("subject").alias("start"), fn.col("object").alias("end"), *columns
        )
        against = statements.where(fn.col("influence").isin("reverse", "both")).select(
            fn.col("object").alias("start"), fn.col("subject").alias("end"), *columns
        )
        return forward.unionByName(against)


def persisted(frame: DataFrame) -> DataFrame:
    """A frame worked out now and kept on the executors, so that a loop's plan does not grow."""
    return frame.localCheckpoint(eager=True)
