"""`trabecula diff`"""

from __future__ import annotations

from pathlib import Path

import click

from trabecula.cli.options import (
    destination,
    emit_words,
    json_option,
    output_option,
    report,
    report_format,
)

#: `reason.diff.FINDINGS`, without what it takes to load it.
FINDINGS = ("removed", "flipped", "conflict", "loop", "connection", "verdict", "expectation")


@click.command()
@click.argument("old", type=click.Path())
@click.argument("new", type=click.Path())
@click.option(
    "-n", "--limit", type=click.IntRange(min=1), default=20, show_default=True,
    help="Show so many of each; JSON has all.",
)  # fmt: skip
@output_option("Where to write; the suffix gives the format. Standard output where left out.")
@click.option("-f", "--format", "form", type=click.Choice(("text", "md")), help="The format.")
@click.option(
    "--fail-on", multiple=True, type=click.Choice(FINDINGS),
    help="Exit code 1 if this is among what changed; repeatable.",
)  # fmt: skip
@json_option
def command(
    old: str, new: str, limit: int, output: Path | None, overwrite: bool, form: str | None,
    fail_on: tuple[str, ...], as_json: bool,
) -> None:  # fmt: skip
    """What changed between two versions, conclusions included.

    OLD and NEW are graph files, curated folders, release folders, or git revisions: git:REV is the
    folder graph/ as it was there, git:REV:PATH another one.

    \b
    trabecula diff git:HEAD~1 .
    trabecula diff git:v1.0.0 dist/ -f md
    trabecula diff old.ttl new.ttl --fail-on flipped --fail-on conflict
    """
    from trabecula.reason.diff import Content, diff
    from trabecula.versions import version
    from trabecula.words import diff as view

    target = destination(output, overwrite, Path(old), Path(new))
    form = report_format(form, as_json, target)
    before, after = version(old), version(new)
    found = diff(
        Content(before.graph.names, before.graph.influence),
        Content(after.graph.names, after.graph.influence),
        after.expectations or before.expectations,
    )
    lines = view.outline(found, before.graph, after.graph, (old, new), limit)
    emit_words(report(form, lines, lambda: view.values(found)), form, target)
    if set(fail_on) & set(found.findings):
        raise SystemExit(1)
