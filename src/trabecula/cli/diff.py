"""`trabecula diff`"""

from __future__ import annotations

import click

from trabecula.cli.options import echo_json, json_option

#: `reason.diff.FINDINGS`, without what it takes to load it.
FINDINGS = ("removed", "flipped", "conflict", "loop", "connection", "verdict", "expectation")


@click.command()
@click.argument("old")
@click.argument("new")
@click.option(
    "-n", "--limit", type=click.IntRange(min=1), default=20, show_default=True,
    help="Show so many of each; JSON has all.",
)  # fmt: skip
@click.option(
    "-f", "--format", "form", type=click.Choice(("text", "md")), default="text", help="The format."
)
@click.option(
    "--fail-on", multiple=True, type=click.Choice(FINDINGS),
    help="Exit code 1 if this is among what changed; repeatable.",
)  # fmt: skip
@json_option
def command(
    old: str, new: str, limit: int, form: str, fail_on: tuple[str, ...], as_json: bool
) -> None:
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
    from trabecula.views import diff as view
    from trabecula.views import outline

    before, after = version(old), version(new)
    found = diff(
        Content(before.graph.names, before.graph.influence),
        Content(after.graph.names, after.graph.influence),
        after.expectations or before.expectations,
    )
    if as_json:
        echo_json(view.values(found))
    else:
        lines = view.outline(found, before.graph, after.graph, (old, new), limit)
        words = outline.markdown(lines) if form == "md" else outline.text(lines) + "\n"
        click.echo(words, nl=False)
    if set(fail_on) & set(found.findings):
        raise SystemExit(1)
