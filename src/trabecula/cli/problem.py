"""`trabecula problem`"""

from __future__ import annotations

import re

import click

from trabecula import shipped
from trabecula.errors import NotFound
from trabecula.identifiers import unknown


@click.command()
@click.argument("code", required=False)
def command(code: str | None) -> None:
    """What a problem that was found means, and what to do about it; all codes where none is named.

    \b
    trabecula problem
    trabecula problem not-utf-8
    """
    explained = _explained(shipped.problems())
    if code is None:
        click.echo("\n".join(explained))
    elif code in explained:
        click.echo(explained[code])
    else:
        raise NotFound(unknown("problem", code, explained))


def _explained(page: str) -> dict[str, str]:
    """Code -> its explanation: the sections of the third level, without their headings."""
    sections = re.split(r"^### ", page, flags=re.MULTILINE)[1:]
    explained = {}
    for section in sections:
        code, _, text = section.partition("\n")
        words = re.split(r"^## ", text, flags=re.MULTILINE)[0]  # the next chapter begins
        explained[code.strip()] = words.strip()
    return explained
