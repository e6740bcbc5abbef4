"""`trabecula diff`"""

from __future__ import annotations

import click

from trabecula.cli.options import (
    Report,
    report_options,
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
@click.option(
    "--fail-on", multiple=True, type=click.Choice(FINDINGS),
    help="Exit code 1 if this is among what changed; repeatable.",
)  # fmt: skip
@report_options("old", "new")
def command(
    old: str, new: str, limit: int, fail_on: tuple[str, ...], report: Report
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
    from trabecula.words import diff as words

    before, after = version(old), version(new)
    sides = [Content(g.names, g.influence, g.about) for g in (before.graph, after.graph)]
    difference = diff(sides[0], sides[1], after.expectations or before.expectations)
    report.give(
        words.outline(difference, before.graph, after.graph, (old, new), limit),
        lambda: words.values(difference),
    )
    if set(fail_on) & set(difference.findings):
        raise SystemExit(1)
