"""`trabecula gaps`"""

from __future__ import annotations

from pathlib import Path

import click

from trabecula.cli.options import (
    destination,
    emit_words,
    graph_option,
    json_option,
    output_option,
    report,
    report_format,
)
from trabecula.reason.gaps import KINDS


@click.command()
@click.option(
    "--only", "kinds", multiple=True, type=click.Choice(list(KINDS)),
    help="Only gaps of this kind; repeatable.",
)  # fmt: skip
@click.option(
    "-n", "--limit", type=click.IntRange(min=1), default=10, show_default=True,
    help="Show so many of each kind; JSON has all.",
)  # fmt: skip
@output_option("Where to write; the suffix gives the format. Standard output where left out.")
@click.option("-f", "--format", "form", type=click.Choice(("text", "md")), help="The format.")
@graph_option
@json_option
def command(
    kinds: tuple[str, ...], limit: int, output: Path | None, overwrite: bool, form: str | None,
    graph_path: Path | None, as_json: bool,
) -> None:  # fmt: skip
    """What to read or curate next: where one more source settles most, and what is missing.

    \b
    trabecula gaps
    trabecula gaps --only unread -n 5
    """
    from trabecula import shipped
    from trabecula.reason.gaps import gaps
    from trabecula.versions import version
    from trabecula.words import gaps as view

    target = destination(output, overwrite, graph_path)
    form = report_format(form, as_json, target)
    opened = version(str(graph_path or shipped.graph()))
    found = gaps(opened.graph.columns, opened.graph.names, opened.expectations)
    chosen = kinds or tuple(KINDS)
    lines = view.outline(opened.graph, found, chosen, limit)
    words = report(form, lines, lambda: view.values(opened.graph, found, chosen))
    emit_words(words, form, target)
