"""`trabecula fmt`"""

from __future__ import annotations

from pathlib import Path

import click

from trabecula.counted import counted


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), required=False)
@click.option("--check", "only_check", is_flag=True, help="Write nothing; exit 1 where needed.")
def command(folder: Path | None, only_check: bool) -> None:
    """Rewrite curated tables in canonical form.

    Without a folder, the one of the checkout you are in: ./graph.
    """
    from trabecula.formats import curated

    folder = folder or Path("graph")
    changed = curated.differing(folder) if only_check else curated.canonicalise(folder)
    for path in changed:
        click.echo(str(path))
    verb = "would be rewritten" if only_check else "rewritten"
    click.echo(f"{counted(len(changed), 'table')} {verb}", err=True)
    if only_check and changed:
        raise SystemExit(1)
