"""`trabecula query`"""

from __future__ import annotations

from pathlib import Path

import click

from trabecula.cli.options import emit, graph_option, open_graph, output_option


@click.command()
@click.argument("text", required=False, metavar="[SPARQL]")
@click.option(
    "-q",
    "--query-file",
    type=click.Path(path_type=Path, allow_dash=True),
    metavar="FILE",
    help="Read the query from a file; - is standard input.",
)
@click.option("--name", help="Ask a query of the library.")
@click.option(
    "--param",
    "params",
    multiple=True,
    metavar="NAME=VALUE",
    help="A parameter of the named query; repeatable.",
)
@click.option("--list", "list_queries", is_flag=True, help="List the library.")
@click.option(
    "-f",
    "--format",
    "format_name",
    metavar="FORMAT",
    help="csv, tsv, json or xml; ttl or nt for triples. A table where left out.",
)
@output_option("Where to write; the suffix gives the format. Standard output where left out.")
@click.option(
    "--timeout",
    default=30.0,
    show_default=True,
    type=click.FloatRange(min=0.1),
    help="Seconds, from loading the graph to the answer as it is written.",
)
@graph_option
def command(
    text: str | None,
    query_file: Path | None,
    name: str | None,
    params: tuple[str, ...],
    list_queries: bool,
    format_name: str | None,
    output: Path | None,
    timeout: float,
    graph_path: Path | None,
) -> None:
    """Ask the graph in SPARQL.

    All prefixes are known: tb: for the vocabulary, entity:, source:, statement:, CHEBI:, PMID: …
    Nothing is fetched or written by a query.

    \b
    trabecula query 'SELECT ?x WHERE { ?x tb:requires entity:magnesium }'
    trabecula query --name who-requires --param entity=ATP
    trabecula query --list
    """
    from trabecula import sparql
    from trabecula.sparql.clock import Deadline, interrupting
    from trabecula.views import text as words

    if list_queries:
        click.echo(words.queries(sparql.library().values()))
        return
    if sum(given is not None for given in (text, query_file, name)) != 1:
        raise click.UsageError("give a query, or -q FILE, or --name NAME (see --list)")
    if params and name is None:
        raise click.UsageError("--param goes with --name")
    given = _pairs(params)
    to_file = output is not None and str(output) != "-"
    wanted = format_name or (output.suffix.removeprefix(".") if output and to_file else "")
    deadline = Deadline(timeout, ", loading and writing included; --timeout gives it more")
    with interrupting(deadline):
        asked = sparql.read(query_file, deadline) if query_file is not None else text or ""
        graph = open_graph(graph_path)
        if name is not None:
            asked = sparql.bind(sparql.named(name), given, graph)
        result = sparql.query(graph, asked, timeout=deadline)
        answer = result.encoded(wanted) if wanted else f"{words.answer(result)}\n".encode()
    for warning in result.warnings:
        click.echo(f"warning: {warning}", err=True)
    emit(answer, output)


def _pairs(params: tuple[str, ...]) -> dict[str, str]:
    pairs = {}
    for param in params:
        key, equals, value = param.partition("=")
        if not equals or key in pairs:
            raise click.UsageError(f"{param!r}: write each parameter once, as name=value")
        pairs[key] = value
    return pairs
