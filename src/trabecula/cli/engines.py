"""`--engine`: another program answers in place of this one; Spark over a store, or an endpoint."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from trabecula.cli.options import lens_asked

if TYPE_CHECKING:
    from trabecula.store.spark.session import Tables

_Command = TypeVar("_Command", bound=Callable[..., object])
#: What the help of commands says that have jobs of Spark.
SPARK_HELP = "Spark answers, over a store: local[2], local-cluster[2,1,1024], spark://host:7077 …"


def engine_option(help_text: str = SPARK_HELP) -> Callable[[_Command], _Command]:
    """`--engine WHERE`: what answers in place of this process."""
    return click.option("--engine", metavar="WHERE", help=help_text)


def is_endpoint(engine: str) -> bool:
    """Whether an engine is a SPARQL endpoint: its name is an address of the web."""
    return engine.lower().startswith(("http://", "https://"))


def check_endpoint(engine: str, path: Path | None) -> None:
    """Pass over an engine that is an endpoint; a usage error for another, and beside a graph."""
    _check_lens()
    if not is_endpoint(engine):
        raise click.UsageError(
            f"--engine {engine}: give the address of a SPARQL endpoint, https://…"
        )
    if path:
        raise click.UsageError("--graph and --engine: an endpoint has a graph of its own")


@contextmanager
def spark(engine: str, path: Path | None) -> Iterator[Tables]:
    """The tables of the store at a path, as Spark reads them; a usage error for other engines."""
    from trabecula.store import is_store
    from trabecula.store.spark import session

    _check_lens()
    if not session.is_master(engine):
        ways = "local[2], local-cluster[2,1,1024], spark://host:7077, k8s://… or yarn"
        raise click.UsageError(f"--engine {engine}: give a master of Spark, {ways}")
    if path is None:
        raise click.UsageError("--engine: say with --graph which store Spark is to read")
    place = session.place_of(path)
    if place.startswith("file:") and not is_store(path):
        raise click.UsageError(f"{path} is no store; make one: trabecula load GRAPH -o STORE")
    with session.session(engine) as started, session.spark_errors():
        yield session.Tables(started, place)


def _check_lens() -> None:
    for lens in lens_asked():
        raise click.UsageError(f"--{lens} and --engine: another engine sees through no lens")
