"""`trabecula conflicts`"""

from __future__ import annotations

from pathlib import Path

import click

from trabecula.cli.options import (
    destination,
    emit_words,
    graph_option,
    json_option,
    open_graph,
    output_option,
    report,
    report_format,
)
from trabecula.reason.conflicts import KINDS


@click.command()
@click.option(
    "--only", "kinds", multiple=True, type=click.Choice(list(KINDS)),
    help="Only conflicts of this kind; repeatable.",
)  # fmt: skip
@click.option("-e", "--evidence", is_flag=True, help="Show what each source says.")
@output_option("Where to write; the suffix gives the format. Standard output where left out.")
@click.option("-f", "--format", "form", type=click.Choice(("text", "md")), help="The format.")
@click.option(
    "--fail-on", multiple=True, type=click.Choice(list(KINDS)),
    help="Exit code 1 if there is such a conflict among those shown; repeatable.",
)  # fmt: skip
@graph_option
@json_option
def command(
    kinds: tuple[str, ...], evidence: bool, output: Path | None, overwrite: bool,
    form: str | None, fail_on: tuple[str, ...], graph_path: Path | None, as_json: bool,
) -> None:  # fmt: skip
    """Where the sources disagree, and what depends on where one looks.

    Each conflict has both sides with their sources. It is direct where nothing stated tells the
    sides apart, and indirect where chains of supported steps point both ways and no source spoke of
    the two. What acts one way in a lack, a state or a context and another way elsewhere depends on
    it and is listed apart. Two names of one quantity are one.

    \b
    trabecula conflicts --only direct -e
    trabecula conflicts --fail-on direct --graph graph/
    """
    from trabecula.reason.conflicts import conflicts
    from trabecula.words import conflicts as view

    target = destination(output, overwrite, graph_path)
    form = report_format(form, as_json, target)
    graph = open_graph(graph_path)
    found = conflicts(graph.columns, kinds=kinds or tuple(KINDS))
    lines = view.outline(graph, found, evidence=evidence)
    emit_words(report(form, lines, lambda: view.values(found)), form, target)
    if any(conflict.kind in fail_on for conflict in found.found):
        raise SystemExit(1)
