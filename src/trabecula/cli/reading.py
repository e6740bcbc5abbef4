"""A file that is read, and what the user says of it."""

from __future__ import annotations

from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from trabecula.graph import Graph
    from trabecula.mapping import Options, Report
    from trabecula.store.opening import Store


def _no_figures() -> Report:
    from trabecula.mapping import Report

    return Report()


@dataclass(frozen=True)
class Reading:
    """How a source is read; `told` gets the figures of what comes in."""

    source: Path
    form: str | None  # told by how the file begins where left out
    query: Path | None  # a CONSTRUCT: the graph is what it makes of the source
    options: Options
    told: Report = field(default_factory=_no_figures)

    def graph(self) -> Graph:
        """The graph that the source holds, or what the query makes of it."""
        from trabecula import store

        if self.query is not None:
            return self._constructed(self.query)
        graph = store.load(self.source, self.form, options=self.options, report=self.told)
        self._require_others()
        return graph

    def _require_others(self) -> None:
        """Raise where something is said of a file that says itself what is what in it."""
        from trabecula.formats import FORMATS
        from trabecula.mapping import Options

        form = FORMATS.get(self.told.format)
        if self.options != Options() and not (form and form.vocabulary):
            raise click.UsageError(
                f"{self.source} is in a format of ours and says itself what is what: leave out"
                " --columns, --prefixes, --predicate-map and --on-error"
            )

    def columns(self, folder: Path) -> AbstractContextManager[Store]:
        """The same of a source that is read by columns, in a folder until the end."""
        from trabecula.store import converting

        return converting.read(self.source, folder, self.options, self.told)

    def _constructed(self, query: Path) -> Graph:
        """What a query makes of a file; what is left out of that is told on standard error."""
        from trabecula.sparql import Deadline, construct, constructing, read
        from trabecula.sparql.clock import interrupting

        deadline = Deadline(constructing.TIMEOUT)
        with interrupting(deadline):
            graph = construct(
                self.source, read(query, deadline), format=self.form, options=self.options,
                report=self.told,
            )  # fmt: skip
        self.told.left.warn(str(self.source))
        return graph


def reading_options(
    columns: str | None, prefixes: Path | None, predicates: Path | None, on_error: str
) -> Options:
    """What the user says of the file."""
    from trabecula.mapping import Options

    pairs = [part.partition("=") for part in (columns or "").split(",") if part.strip()]
    for role, _, name in pairs:
        if not (role.strip() and name.strip()):
            what = f"--columns {columns!r}: {role!r} names no column"
            raise click.UsageError(f"{what}; write subject=A,object=B")
    return Options(
        columns=tuple((role.strip(), name.strip()) for role, _, name in pairs),
        prefixes=prefixes,
        predicates=predicates,
        skip=on_error == "skip",
    )
