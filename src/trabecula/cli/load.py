"""`trabecula load`"""

from __future__ import annotations

from pathlib import Path

import click

from trabecula.cli.options import parsing_options
from trabecula.cli.reading import reading_options
from trabecula.counted import counted


@click.command()
@click.argument("sources", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "-o", "--output", required=True, type=click.Path(path_type=Path), metavar="FOLDER",
    help="The folder of the store, such as big.trabecula.",
)  # fmt: skip
@click.option("--append", is_flag=True, help="Add to the store that is there.")
@click.option("--from", "from_format", metavar="FORMAT", help="The format of the sources.")
@parsing_options
def command(
    sources: tuple[Path, ...],
    output: Path,
    append: bool,
    from_format: str | None,
    columns: str | None,
    prefixes: Path | None,
    predicate_map: Path | None,
    on_error: str,
) -> None:
    """Load a large graph into a store on the disk, which every command answers from.

    Files of any readable format are read as a stream. The store takes its place when it is whole;
    until then, and where anything goes wrong, what was there stays.

    \b
    trabecula load hetionet_edges.tsv -o hetionet.trabecula
    trabecula load more.nq -o hetionet.trabecula --append
    trabecula explain TP53 osteoporosis --graph hetionet.trabecula
    """
    from trabecula.mapping import Report
    from trabecula.store import layout
    from trabecula.store.loading import load
    from trabecula.words import reading as words

    reports: list[Report] = []
    options = reading_options(columns, prefixes, predicate_map, on_error)
    with layout.without_pandas():
        manifest = load(
            sources, output, from_format, append=append, options=options, reports=reports
        )
    made = manifest["counts"]
    for report in reports:
        if report.mapped:
            click.echo(words.reading(report), err=True)
    held = counted(made["statements"], "statement")
    click.echo(
        f"{output}: {held} between {counted(made['entities'], 'entity', 'entities')}", err=True
    )
