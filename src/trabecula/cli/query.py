"""`trabecula query`"""

from __future__ import annotations

import sys
from pathlib import Path
from types import MappingProxyType
from typing import Final

import click

from trabecula.cli.options import destination, emit, graph_option, open_graph, output_option

#: The formats of answers by the ends of the names of their files.
_ENDS: Final = MappingProxyType(
    {f".{name}": name for name in ("csv", "tsv", "json", "xml", "ttl", "nt")}
)
#: The longest query that is read from a file, in bytes: a device has no end.
_LONGEST: Final = 1 << 24


@click.command()
@click.argument("text", required=False, metavar="[SPARQL]")
@click.option(
    "-q",
    "--query-file",
    type=click.Path(path_type=Path, allow_dash=True),
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
    overwrite: bool,
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
    from trabecula import outputs, sparql
    from trabecula.sparql.clock import Deadline, interrupting
    from trabecula.words import text as words

    if list_queries:
        click.echo(words.queries(sparql.library().values()))
        return
    if sum(given is not None for given in (text, query_file, name)) != 1:
        raise click.UsageError("give a query, or -q FILE, or --name NAME (see --list)")
    if params and name is None:
        raise click.UsageError("--param goes with --name")
    given = _pairs(params)
    target = destination(output, overwrite, graph_path, *((query_file,) if query_file else ()))
    wanted = format_name or (outputs.named(target, _ENDS) if target else "")
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
    emit(answer, target)


def _read(path: Path) -> str:
    """The query in a file, or in standard input for `-`."""
    if str(path) == "-" and sys.stdin is None:
        raise click.UsageError("there is no standard input to read the query from")
    with click.open_file(str(path), "rb") as stream:
        data: bytes = stream.read(_LONGEST + 1)
    if len(data) > _LONGEST:
        raise click.UsageError(f"{path}: a query has no more than {_LONGEST} bytes")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        what = f"byte {data[error.start]:#04x} is not UTF-8; save the query as UTF-8"
        raise click.UsageError(f"{path}:{line}: {what}") from error


def _pairs(params: tuple[str, ...]) -> dict[str, str]:
    pairs = {}
    for param in params:
        key, equals, value = param.partition("=")
        if not equals or key in pairs:
            raise click.UsageError(f"{param!r}: write each parameter once, as name=value")
        pairs[key] = value
    return pairs
