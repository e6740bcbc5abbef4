"""`trabecula audit`"""

from __future__ import annotations

from pathlib import Path

import click

from trabecula.cli.options import (
    Report,
    graph_option,
    name_of,
    open_graph,
    report_options,
)
from trabecula.counted import counted
from trabecula.misspelt import unknown
from trabecula.reason.verdict import VERDICTS
from trabecula.words.audit import FORMATS


def _verdicts(
    _context: click.Context, _option: click.Parameter, value: str | None
) -> tuple[str, ...]:
    """The verdicts in a list with commas."""
    if value is None:
        return ()
    names = tuple(name.strip() for name in value.split(",") if name.strip())
    if not names:
        raise click.BadParameter("it names no verdict; is a variable unset?")
    for name in names:
        if name not in VERDICTS:
            raise click.BadParameter(unknown("verdict", name, VERDICTS))
    return names


@click.command()
@click.option(
    "--verdict", "verdicts", multiple=True, type=click.Choice(list(VERDICTS)),
    help="List only claims with this verdict; repeatable.",
)  # fmt: skip
@click.option("--section", "sections", multiple=True, help="Only of this section; repeatable.")
@click.option("--summary", is_flag=True, help="Only the counts, no claims.")
@click.option("-e", "--evidence", is_flag=True, help="As text: every source with what it says.")
@click.option(
    "--fail-on", callback=_verdicts, metavar="VERDICT,…",
    help="Exit code 1 if a claim has one of these verdicts.",
)  # fmt: skip
@graph_option
@report_options("graph_path", forms={end: name for name, end in FORMATS.items()})
def command(
    verdicts: tuple[str, ...], sections: tuple[str, ...], summary: bool, evidence: bool,
    fail_on: tuple[str, ...], graph_path: Path | None, report: Report,
) -> None:  # fmt: skip
    """Judge the article claim by claim: what stands, in which context, and what does not.

    \b
    trabecula audit --summary
    trabecula audit --verdict contested --verdict contradicted -e
    trabecula audit -o audit.html
    """
    from trabecula.reason.audit import audit, choose
    from trabecula.words import audit as words

    graph = open_graph(graph_path)
    audited = audit(graph.columns, graph.names)
    if not audited.claims:
        raise click.UsageError("nothing was audited: no evidence in the graph is `asserted`")
    claims = choose(audited, verdicts, sections)
    shown = () if summary else claims
    if report.form == "html":
        from trabecula.page.audit import page

        report.emit(page(audited, graph, shown, name_of(graph_path)))
    else:
        made = words.render(
            audited, graph, report.form, shown, evidence=evidence, width=report.width
        )
        report.emit(made)
    if report.target:
        count = counted(len(audited.claims), "claim")
        click.echo(f"{report.target}: {len(shown)} of {count}", err=True)
    if any(claim.verdict in fail_on for claim in claims):
        raise SystemExit(1)
