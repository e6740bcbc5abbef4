"""`trabecula build`"""

from __future__ import annotations

from pathlib import Path

import click

from trabecula import shell
from trabecula.cli.options import graph_option, open_graph
from trabecula.counted import counted


@click.command()
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    default=Path("dist"),
    show_default=True,
    metavar="FOLDER",
    help="The folder to write; only an empty one or an older release is replaced.",
)
@graph_option
def command(output: Path, graph_path: Path | None) -> None:
    """Write the release folder: every format, the page, checksums.

    The same graph gives the same bytes. The folder is put in place whole or not at all.
    """
    from trabecula.release import build

    manifest = build(open_graph(graph_path), output)
    for name, digest in manifest.items():
        click.echo(f"{digest[:12]}  {output / name}")
    click.echo(
        f"{counted(len(manifest), 'file')}; check them with: "
        f"cd {shell.quoted(str(output))} && sha256sum -c SHA256SUMS",
        err=True,
    )
