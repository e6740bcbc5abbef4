"""`trabecula build`"""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from trabecula import shipped
from trabecula.cli.options import (
    destination,
    graph_option,
    name_of,
    open_graph,
    output_option,
)
from trabecula.counted import counted


@click.command()
@output_option(
    "The folder to write; only an empty one or an older release is replaced.",
    default="dist",
    metavar="FOLDER",
    folders=True,
)
@graph_option
def command(output: Path, overwrite: bool, graph_path: Path | None) -> None:
    """Write the release folder: every format, the page, checksums.

    The same graph gives the same bytes. The folder is put in place whole or not at all.
    """
    from trabecula.release import build

    folder = destination(output, overwrite, graph_path)
    if folder is None:
        raise click.UsageError("a release is a folder, which cannot go to standard output")
    origin = graph_path or shipped.graph()
    manifest = build(
        open_graph(graph_path),
        folder,
        origin if origin.is_dir() else None,
        name=name_of(graph_path),
        overwrite=overwrite,
    )
    for name, digest in manifest.items():
        click.echo(f"{digest[:12]}  {folder / name}")
    there = shlex.quote(str(folder))
    files = counted(len(manifest), "file")
    click.echo(f"{files}; check them with: cd {there} && sha256sum -c SHA256SUMS", err=True)
