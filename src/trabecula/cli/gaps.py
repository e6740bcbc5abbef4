"""`trabecula gaps`"""

from __future__ import annotations

from pathlib import Path

import click

from trabecula.cli.options import echo_json, graph_option, json_option
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
@click.option(
    "-f", "--format", "form", type=click.Choice(("text", "md")), default="text", help="The format."
)
@graph_option
@json_option
def command(
    kinds: tuple[str, ...], limit: int, form: str, graph_path: Path | None, as_json: bool
) -> None:
    """What to read or curate next: where much hangs on little evidence.

    \b
    trabecula gaps
    trabecula gaps --only unread -n 5
    """
    from trabecula import shipped
    from trabecula.reason.gaps import gaps
    from trabecula.versions import version
    from trabecula.views import gaps as view
    from trabecula.views import outline

    opened = version(str(graph_path or shipped.graph()))
    found = gaps(opened.graph.influence, opened.expectations)
    chosen = kinds or tuple(KINDS)
    lines = view.outline(opened.graph, found, chosen, limit)
    if as_json:
        echo_json(view.values(opened.graph, found, chosen))
    elif form == "md":
        click.echo(outline.markdown(lines), nl=False)
    else:
        click.echo(outline.text(lines))
