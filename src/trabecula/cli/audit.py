"""`trabecula audit`"""

from __future__ import annotations

from pathlib import Path

import click

from trabecula.cli.options import (
    destination,
    emit_words,
    graph_option,
    json_option,
    name_of,
    open_graph,
    output_option,
)
from trabecula.counted import counted
from trabecula.identifiers import unknown
from trabecula.reason.verdict import VERDICTS
from trabecula.words.audit import FORMATS


def _verdicts(_context: click.Context, _option: click.Parameter, value: str) -> tuple[str, ...]:
    """The verdicts in a list with commas."""
    names = tuple(name.strip() for name in value.split(",") if name.strip())
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
@output_option("Where to write; the suffix gives the format. Standard output where left out.")
@click.option("-f", "--format", "form", type=click.Choice(list(FORMATS)), help="The format.")
@click.option(
    "--fail-on", callback=_verdicts, default="", metavar="VERDICT,…",
    help="Exit code 1 if a claim has one of these verdicts.",
)  # fmt: skip
@graph_option
@json_option
def command(
    verdicts: tuple[str, ...], sections: tuple[str, ...], summary: bool, evidence: bool,
    output: Path | None, overwrite: bool, form: str | None, fail_on: tuple[str, ...],
    graph_path: Path | None, as_json: bool,
) -> None:  # fmt: skip
    """Judge the article claim by claim: what stands, in which context, and what does not.

    \b
    trabecula audit --summary
    trabecula audit --verdict contested --verdict contradicted -e
    trabecula audit -o audit.html
    """
    from trabecula.reason.audit import audit, choose
    from trabecula.words import audit as report

    target = destination(output, overwrite, graph_path)
    form = "json" if as_json else form or (report.guess(target) if target else "text")
    graph = open_graph(graph_path)
    found = audit(graph.columns, graph.names)
    if not found.claims:
        raise click.UsageError("nothing was audited: no evidence in the graph is `asserted`")
    claims = choose(found, verdicts, sections)
    shown = () if summary else claims
    if form == "html":
        from trabecula.page.audit import page

        words = page(found, graph, shown, name_of(graph_path))
    else:
        words = report.render(found, graph, form, shown, evidence=evidence)
    emit_words(words, form, target)
    if target:
        click.echo(f"{target}: {len(shown)} of {counted(len(found.claims), 'claim')}", err=True)
    if any(claim.verdict in fail_on for claim in claims):
        raise SystemExit(1)
