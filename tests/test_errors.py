"""Errors come out of `pickle`, of a copy and of another process as they were raised."""

from __future__ import annotations

import copy
import importlib
import multiprocessing
import pickle
import pkgutil
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from typing import Any

import pytest

import trabecula
from trabecula.errors import (
    FormatError,
    MissingExtra,
    MissingProgram,
    NotFound,
    OutputError,
    Problem,
    QueryError,
    SelectionError,
    TrabeculaError,
    VocabularyError,
)

PROBLEMS = (
    Problem("bad-iri", "x.ttl:3", "no IRI", "correct it"),
    Problem("no-year", "s.tsv:7", "no year", "add it", "warning"),
)
#: One of each; what it carries besides its message.
RAISED: dict[TrabeculaError, dict[str, Any]] = {
    TrabeculaError("something"): {},
    FormatError(problem for problem in PROBLEMS): {"problems": PROBLEMS},
    VocabularyError("no such predicate"): {},
    NotFound("no entity is called 'x'", ("y", "z")): {"suggestions": ("y", "z")},
    SelectionError("a bracket is missing"): {},
    OutputError("something would be lost there"): {},
    QueryError("took too long"): {},
    MissingExtra("validate", "checking shapes"): {},
    MissingProgram("the logic check", "java"): {},
}


def everything(kind: type[TrabeculaError]) -> Iterator[type[TrabeculaError]]:
    yield kind
    for special in kind.__subclasses__():
        yield from everything(special)


def test_every_kind_of_error_is_tried_here() -> None:
    for module in pkgutil.walk_packages(trabecula.__path__, "trabecula."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    ours = {kind for kind in everything(TrabeculaError) if kind.__module__.startswith("trabecula.")}
    assert {type(error) for error in RAISED} == ours


def pickled(error: TrabeculaError) -> TrabeculaError:
    return pickle.loads(pickle.dumps(error))  # noqa: S301 (made here)


@pytest.mark.parametrize("again", [pickled, copy.copy, copy.deepcopy])
@pytest.mark.parametrize("error", RAISED, ids=lambda error: type(error).__name__)
def test_an_error_keeps_its_message_and_its_fields(
    error: TrabeculaError, again: Callable[[TrabeculaError], TrabeculaError]
) -> None:
    same_as_raised(again(error), error)


def test_an_error_keeps_the_notes_that_were_added_to_it() -> None:
    error = MissingExtra("validate", "checking shapes")
    error.add_note("in graph/sources.tsv")
    assert pickled(error).__notes__ == ["in graph/sources.tsv"]


def test_errors_come_back_from_a_spawned_process_as_they_were_raised() -> None:
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        for error in RAISED:
            raised = pool.submit(exec, "raise error", {"error": error}).exception(timeout=60)
            assert isinstance(raised, TrabeculaError)
            same_as_raised(raised, error)


def same_as_raised(copy: TrabeculaError, error: TrabeculaError) -> None:
    assert type(copy) is type(error)
    assert (str(copy), repr(copy)) == (str(error), repr(error))
    assert {name: getattr(copy, name) for name in RAISED[error]} == RAISED[error]
    assert copy.args == error.args
