"""The two graphs that tests work on: `tiny`, made here by hand, and the shipped one."""

from __future__ import annotations

import fcntl
import gc
import inspect
import json
import os
import pickle
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import fields, is_dataclass
from functools import partialmethod
from pathlib import Path
from typing import Any, cast
from unicodedata import category

import pytest
from click.testing import CliRunner, Result
from hypothesis import settings

from trabecula import checks, formats, store
from trabecula import shipped as content
from trabecula.errors import Problem
from trabecula.formats import curated
from trabecula.graph import Graph
from trabecula.leftover import Leftovers
from trabecula.model import Effect, Entity, Evidence, Review, Source, Statement, Xref

# No deadline: a busy machine is not a bug. Derandomised: a change fails or it does not.
settings.register_profile("trabecula", deadline=None, derandomize=True)
settings.load_profile("trabecula")

# What lives as long as this process, thousands of tests that are collected above all, is seldom
# gone through. It is not frozen, for Hypothesis asks the collector who refers to what.
gc.set_threshold(20_000, 20, 20)

# trabecula works with click 8.1, whose runner mixes the two streams: tests tell them apart, as the
# runner of click 8.2 does.
if "mix_stderr" in inspect.signature(CliRunner).parameters:
    CliRunner.__init__ = partialmethod(CliRunner.__init__, mix_stderr=False)  # type: ignore[assignment]
    Result.output = property(lambda self: self.stdout + self.stderr)  # type: ignore[assignment,method-assign]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that take long are begun first, so that no process does the last of them alone."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


def tiny_graph() -> Graph:
    """A graph with one of everything; the findings in it are invented.

    | statement                                       | status        | sign |
    |-------------------------------------------------|---------------|------|
    | magnesium activates osteoblast                  | supported     | +    |
    | pth inhibits osteoblast, pattern=continuous     | contested     | -    |
    | pth activates osteoblast, pattern=intermittent  | asserted-only | +    |
    | magnesium decreases pth                         | refuted       | -    |
    | magnesium increases bmd                         | supported     | none, for it is negated |
    | osteoblast requires magnesium                   | title-only    | +    |

    `fish-oil` stands alone, and its texts hold every mark that some format gives a meaning.
    """
    return Graph([*_entities(), *_sources(), *_statements()])


def _entities() -> list[Entity]:
    return [
        Entity(
            id="magnesium",
            name="magnesium",
            category="chemical",
            xrefs=(Xref("close", "CHEBI:25107", "magnesium atom"),),
            synonyms=("Mg", "Mg²⁺"),
            description="The element, as a nutrient.",
        ),
        Entity(
            id="pth",
            name="PTH",
            category="protein",
            xrefs=(Xref("exact", "PR:000013429", "parathyroid hormone"),),
            synonyms=("parathyroid hormone",),
            taxon="NCBITaxon:9606",
        ),
        Entity(
            id="CL:0000062",
            name="osteoblast",
            category="cell",
            xrefs=(Xref("related", "UBERON:0001474"),),
        ),
        Entity(id="bmd", name="bone mineral density", category="trait"),
        Entity(
            id="fish-oil",
            name='ω-3 "fish oil" & <b>more</b> \\ ]]> </script>',
            category="food",
            synonyms=("#1 'best' {oil}; 100 %, \\n not a line", "Öl", "油"),
        ),
    ]


def _sources() -> list[Source]:
    return [
        Source(id="article", title="An article", kind="article", study_type="website"),
        Source(
            id="doi:10.5555/12345678(1)",
            title="A trial of magnesium: α < β",
            kind="paper",
            study_type="randomised-trial",
            year="1998",
            authors=("Roe R", "Doe J; the group", "et al"),
            journal="A Journal 2:24",
            organism="human",
            abstract_read=True,
            group="one-cohort",
            xrefs=("PMCID:PMC1234567", "PMID:12345678"),
            url="https://example.org/?a=1&b=2",
            reference="7",
            note="Invented.",
        ),
        Source(
            id="comment",
            title="A comment on it",
            study_type="review",
            year="1999-2000",
            group="one-cohort",
        ),
        Source(id="survey", kind="further", study_type="cohort", abstract_read=True),
    ]


def _statements() -> list[Statement]:
    trial = "doi:10.5555/12345678(1)"
    return [
        Statement(
            subject="magnesium",
            predicate="activates",
            object="CL:0000062",
            topic="bone-remodelling",
            evidence=(
                Evidence(
                    source=trial,
                    strength="direct",
                    method="randomised-trial",
                    species="human",
                    system="in-vivo",
                    context=(("dose", "300 mg a day"), ("sex", "female")),
                    summary='Cells of the "treated" were busier.',
                    locator="abstract",
                    effect=Effect(
                        measure="MD",
                        value="-0.40",
                        unit="mmol/L",
                        low="-0.75",
                        high="-0.05",
                        level="95",
                        n="48",
                        dose="300 mg/d",
                        time="2 a",
                        comparator="with placebo",
                    ),
                ),
                Evidence(source="comment", strength="review", method="review", summary="Agrees."),
                Evidence(source="survey", strength="association", method="cohort", summary="Too."),
            ),
            reviews=(
                Review("2026-11-28", "for-sense", "second-reader", "0badcafe"),
                Review("2026-11-29", "against-source", "second-reader", "536e9361"),
            ),
        ),
        Statement(
            subject="pth",
            predicate="inhibits",
            object="CL:0000062",
            qualifiers=(("pattern", "continuous"),),
            topic="pth",
            evidence=(
                Evidence(source=trial, strength="direct", method="cell-culture", summary="Did."),
                Evidence(
                    source="survey",
                    stance="disputes",
                    strength="association",
                    method="cohort",
                    species="NCBITaxon:10141",
                    summary="Did not.",
                ),
                Evidence(
                    source="comment",
                    stance="qualifies",
                    strength="review",
                    method="review",
                    context=(("severity", "severe"),),
                    summary="Only then.",
                ),
            ),
        ),
        Statement(
            subject="pth",
            predicate="activates",
            object="CL:0000062",
            qualifiers=(("pattern", "intermittent"),),
            topic="pth",
            evidence=(
                Evidence(
                    source="article", strength="asserted", method="assertion", summary="It says so."
                ),
            ),
        ),
        Statement(
            subject="magnesium",
            predicate="decreases",
            object="pth",
            topic="pth",
            evidence=(
                Evidence(
                    source="article", strength="asserted", method="assertion", summary="It says so."
                ),
                Evidence(
                    source="survey",
                    stance="disputes",
                    strength="association",
                    method="cohort",
                    summary="No trace of it.",
                ),
            ),
        ),
        Statement(
            subject="magnesium",
            predicate="increases",
            object="bmd",
            negated=True,
            topic="bone-remodelling",
            evidence=(Evidence(source="survey", strength="association", summary="No change."),),
        ),
        Statement(
            subject="CL:0000062",
            predicate="requires",
            object="magnesium",
            evidence=(
                Evidence(source="comment", strength="title-only", method="unknown", summary="Yes."),
            ),
        ),
    ]


Once = Callable[[str, Callable[[Path], object]], Path]
Check = Callable[[Graph], Iterable[Problem]]


@pytest.fixture(scope="session")
def between_workers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of this run of the tests, the same for all its workers."""
    own = tmp_path_factory.getbasetemp()
    folder = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "between-workers"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def once(between_workers: Path) -> Once:
    """What takes long is made by the first worker that needs it: `once(name, make)` is its path.

    `make` is given the path, to write a file or a folder there; the other workers wait for it.
    """

    def made(name: str, make: Callable[[Path], object]) -> Path:
        path, done = between_workers / name, between_workers / f"{name}.done"
        with (between_workers / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not done.exists():
                make(path)
                done.touch()
        return path

    return made


@pytest.fixture(scope="session", autouse=True)
def cache(between_workers: Path) -> Iterator[Path]:
    """The user's own cache is neither read nor written; what tests keep, they share."""
    with pytest.MonkeyPatch.context() as patch:
        folder = between_workers / "cache"
        folder.mkdir(exist_ok=True)
        patch.setenv("XDG_CACHE_HOME", str(folder))
        yield folder


@pytest.fixture(scope="session", autouse=True)
def compiled() -> Iterator[None]:
    """Processes that tests start keep what Python compiles, or each of them would compile it all."""
    with pytest.MonkeyPatch.context() as patch:
        patch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)
        yield


@pytest.fixture(scope="session", autouse=True)
def unsynced() -> Iterator[None]:
    """What tests write need not outlive a cut of the power: the disk is not waited for."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", os.fstat)  # which refuses what is not open, too
        yield


@pytest.fixture
def tiny() -> Graph:
    """A graph with one of everything; see `tiny_graph`."""
    return tiny_graph()


@pytest.fixture(scope="session")
def small() -> Graph:
    """The same graph, for what is made once."""
    return tiny_graph()


@pytest.fixture(scope="session")
def shipped() -> Graph:
    """The graph that trabecula ships."""
    return Graph(curated.read(content.graph(), strict=False))


@pytest.fixture(scope="session")
def shipped_page(shipped: Graph, once: Once) -> Path:
    """The page of the shipped graph, made once for all workers."""
    from trabecula.page import view as pages  # which most tests do without

    return once("trabecula.html", lambda path: pages.view(shipped, path))


@pytest.fixture(scope="session")
def part(shipped: Graph) -> Graph:
    """A quarter of the shipped graph, with all its predicates: for what is done many times over."""
    return shipped.select(
        "near(magnesium, 1) | near(calcitriol, 1) | near(bone-resorption, 1) | near(atp, 1)"
        " | predicate(composed_primarily_of, develops_into, occurs_in, prevalence_of, produces)"
    )


@pytest.fixture(scope="session")
def covering(shipped: Graph, once: Once) -> Graph:
    """A part of the shipped graph with all that any of its records says in a way of its own.

    It has each word that a field has and how many values, and each character of each field but
    for letters and digits, of which it has each kind: for what every record goes through alike.
    """
    path = once("covering.json", lambda to: to.write_text(json.dumps(sorted(_covering(shipped)))))
    kept = set(json.loads(path.read_text()))
    return Graph([shipped.about, *(record for record in shipped if record.id in kept)])


def _covering(graph: Graph) -> set[str]:
    """The ids of records that together say all that any of a graph says in a way of its own."""
    seen: set[tuple[object, ...]] = set()
    kept: set[str] = set()
    for record in graph:
        ways = {*_ways(record)}
        if isinstance(record, Statement) and not ways <= seen:
            kept |= {record.id, record.subject, record.object}
            kept |= {row.source for row in record.evidence}
        elif not ways <= seen:
            kept.add(record.id)
        seen |= ways
    return kept


def _ways(value: object, *place: str) -> Iterator[tuple[object, ...]]:
    """What there is to be written of a value at a place of a record: see `covering`."""
    if is_dataclass(value):
        for field in fields(value):
            at = (type(value).__name__, field.name)
            yield from _ways(getattr(value, field.name), *at)
    elif isinstance(value, tuple):
        yield (*place, min(len(value), 4))
        if place[-1] in ("context", "qualifiers") and len(value) and isinstance(value[0], str):
            yield (*place, value[0])  # the key of a pair
        for part in value:
            yield from _ways(part, *place)
    elif isinstance(value, str) and place[-1] in _WORDS:
        yield (*place, value)
    elif isinstance(value, str):
        yield (*place, bool(value))
        yield from (
            (*place, category(character) if character.isalnum() else character)
            for character in value
        )
    else:
        yield (*place, value)


#: Fields whose values are words of the vocabulary.
_WORDS = (
    "category", "match", "kind", "study_type", "standing", "measure", "unit", "stance", "strength",
    "method", "species", "system", "predicate", "topic",
)  # fmt: skip


@pytest.fixture(scope="session", autouse=True)
def loaded(shipped: Graph) -> Iterator[None]:
    """Whoever loads the shipped graph in this process is given the one of the session.

    Nothing in a graph can change, and what is worked out of it (columns, arcs, names) is then
    worked out once. Reading it is tested with `curated.read`, and by every process of its own.
    """
    own, kept = formats.load, store._shipped

    def load(source: Any = None, format: Any = None, **more: Any) -> Graph:  # noqa: A002
        """As `formats.load`."""
        whole = source in (None, FOLDER) and format is None and content.graph() == FOLDER
        return shipped if whole else own(source, format, **more)

    def of_cache(left: Leftovers | None) -> Graph:
        """As `store.load` without a name, which is what commands call."""
        return shipped if content.graph() == FOLDER else kept(left)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(formats, "load", load)
        patch.setattr(store, "_shipped", of_cache)
        yield


@pytest.fixture(scope="session", autouse=True)
def checked(shipped: Graph, once: Once) -> Iterator[None]:
    """The checks that take long look at the shipped graph once; what they find is handed on.

    Only `check` is: who calls them by themselves, or gives them another graph, makes them look.
    """

    def kept(name: str, look: Check) -> Check:
        def problems(graph: Graph) -> Iterable[Problem]:
            if graph is not shipped:
                return look(graph)
            path = once(f"{name}.pickle", lambda to: to.write_bytes(pickle.dumps([*look(graph)])))
            return cast("list[Problem]", pickle.loads(path.read_bytes()))  # noqa: S301 (just made)

        return problems

    long = {name: kept(name, checks.CHECKS[name]) for name in ("shapes", "logic")}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(checks, "CHECKS", {**checks.CHECKS, **long})
        yield


Serving = Callable[..., AbstractContextManager[str]]


@contextmanager
def _serving(graph: Graph, **more: Any) -> Iterator[str]:
    """The address of a server of this graph, as long as the block takes."""
    from trabecula.server import run

    up = threading.Event()
    told: list[str] = []

    def ready(address: str, _facts: object) -> None:
        told.append(address)
        up.set()

    more = {"workers": 2, "timeout": 20, "rows": 1_000, "log": False, **more}
    with run.bound("127.0.0.1", 0) as listening:
        server = run.made(graph, listening, host="127.0.0.1", ready=ready, **more)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        try:
            assert up.wait(60), "the server does not start"
            yield told[0].rstrip("/")
        finally:
            server.should_exit = True
            thread.join(30)


@pytest.fixture(scope="session")
def serving() -> Serving:
    """What gives the address of a server of a graph, in a `with` statement."""
    return _serving


#: Where the shipped graph is, whatever a test puts in its place.
FOLDER = content.graph()
