"""`trabecula problem`"""

from __future__ import annotations

import click

from trabecula import shipped
from trabecula.cli.options import Report, json_text, report_options
from trabecula.errors import NotFound
from trabecula.misspelt import unknown


@click.command()
@click.argument("code", required=False)
@report_options()
def command(code: str | None, report: Report) -> None:
    """What a problem that was found means, and what to do about it; all codes where none is named.

    \b
    trabecula problem
    trabecula problem not-utf-8
    """
    explained = shipped.problems()
    if code is not None and code not in explained:
        raise NotFound(unknown("problem", code, explained))
    chosen = explained if code is None else {code: explained[code]}
    if report.form == "json":
        report.emit(json_text(chosen))
    elif report.form == "md":  # the page is Markdown
        report.emit("\n".join(f"### {name}\n\n{words}\n" for name, words in chosen.items()))
    else:
        report.emit(
            "".join(f"{line}\n" for line in (explained if code is None else chosen.values()))
        )
