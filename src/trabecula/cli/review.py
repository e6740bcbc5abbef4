"""`trabecula review`"""

from __future__ import annotations

import datetime
from pathlib import Path

import click

from trabecula.counted import counted


@click.command()
@click.argument("statements", nargs=-1, required=True)
@click.option("--reader", required=True, help="In which role, such as second-reader.")
@click.option(
    "--kind", default="against-source", show_default=True, help="How: against-source or for-sense."
)
@click.option("--date", help="When, such as 2026-11-29; without it, today.")
@click.option(
    "--graph",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("graph"),
    show_default=True,
    help="The curated folder.",
)
def command(
    statements: tuple[str, ...], reader: str, kind: str, date: str | None, folder: Path
) -> None:
    """Put on record that somebody who did not write them read statements.

    Each by its id or how that begins, as it stands in the folder now. When a row of it changes, the
    review is stale, and `trabecula check` says so.

    \b
    trabecula review s12c0ffee --reader second-reader
    """
    from trabecula.formats import curated

    date = date or datetime.datetime.now(tz=datetime.UTC).date().isoformat()
    added = curated.reviewed(folder, statements, date, kind, reader)
    click.echo(f"{counted(len(added), 'review')} added to {folder / 'reviews.tsv'}", err=True)
