"""`trabecula query`"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import click

from trabecula.cli.engines import check_endpoint, engine_option
from trabecula.cli.options import FORMS, Report, graph_option, open_graph, report_options

if TYPE_CHECKING:
    from trabecula.graph import Graph
    from trabecula.sparql import Deadline, NamedQuery, Result

#: The formats of answers by the ends of the names of their files.
_ENDS: Final = MappingProxyType(
    {**FORMS, **{f".{name}": name for name in ("csv", "tsv", "xml", "ttl", "nt")}}
)
#: The forms that the list of the library has.
_LISTED: Final = ("text", "md", "json")


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
    "--rdf",
    type=click.Choice(["full", "direct"]),
    help="Of a store: ask statements with all their evidence, or plain triples only.  [what is"
    " there; made at the first question]",
)
@click.option(
    "--timeout",
    default=30.0,
    show_default=True,
    type=click.FloatRange(min=0.1),
    help="Seconds, from loading the graph to the answer as it is written.",
)
@graph_option
@engine_option("Ask a SPARQL endpoint, https://host/sparql, in place of a graph.")
@report_options("query_file", "graph_path", forms=_ENDS)
def command(
    text: str | None,
    query_file: Path | None,
    name: str | None,
    params: tuple[str, ...],
    list_queries: bool,
    rdf: str | None,
    timeout: float,
    graph_path: Path | None,
    engine: str | None,
    report: Report,
) -> None:
    """Ask the graph in SPARQL.

    All prefixes are known: tb: for the vocabulary, entity:, source:, statement:, CHEBI:, PMID: …
    Nothing is fetched or written by a query; with --engine, it is sent to that endpoint alone.

    \b
    trabecula query 'SELECT ?x WHERE { ?x tb:requires entity:magnesium }'
    trabecula query --name who-requires --param entity=ATP
    trabecula query --list
    trabecula query --engine https://example.org/sparql 'SELECT * { ?s ?p ?o } LIMIT 10'
    """
    from trabecula import sparql, values
    from trabecula.sparql.clock import Deadline, interrupting
    from trabecula.sparql.kept import place
    from trabecula.words import answers

    if list_queries:
        if text or query_file or name or params:
            raise click.UsageError("--list lists the library: leave the query out")
        if report.form not in _LISTED:
            raise click.UsageError(
                f"--list is written as {', '.join(_LISTED)}; not as {report.form}"
            )
        queries = [*_suiting(sparql.library().values(), graph_path)]
        report.give(answers.queries(queries), lambda: values.queries(queries))
        return
    _refuse(text, query_file, name, params)
    given = _pairs(params)
    if engine is not None:
        check_endpoint(engine, graph_path)
    on_disk = _on_disk(graph_path, rdf)
    deadline = Deadline(timeout, ", loading and writing included; --timeout gives it more")
    answer: str | bytes
    with interrupting(deadline):
        asked = sparql.read(query_file, deadline) if query_file is not None else text or ""
        if engine is not None:
            answer, warnings = _told(_elsewhere(engine, asked, name, given, deadline), report)
        else:
            graph = open_graph(graph_path) if on_disk is None else on_disk
            if name is not None:
                (query,) = _fitted([sparql.named(name)], graph_path, graph)
                asked = sparql.bind(query, given, graph)
            where = place(graph)
            if report.form in ("text", "md"):
                answer, warnings = _told(
                    sparql.query(graph, asked, timeout=deadline, place=where), report
                )
            else:
                answer, warnings = sparql.written(
                    graph, asked, report.form, timeout=deadline, place=where
                )
    for warning in warnings:
        click.echo(f"warning: {warning}", err=True)
    report.emit(answer)


def _told(result: Result, report: Report) -> tuple[str | bytes, tuple[str, ...]]:
    """An answer in the form of the report, and its warnings."""
    from trabecula.words import answers, outline

    if report.form == "text":
        return f"{outline.text(answers.answer(result), report.width)}\n", result.warnings
    if report.form == "md":
        return outline.markdown(answers.answer(result)), result.warnings
    return result.encoded(report.form), result.warnings


def _refuse(
    text: str | None, query_file: Path | None, name: str | None, params: tuple[str, ...]
) -> None:
    """Raise where it is not said, or said twice, what is to be asked."""
    if sum(given is not None for given in (text, query_file, name)) != 1:
        raise click.UsageError("give a query, or -q FILE, or --name NAME (see --list)")
    if text and text.lower().endswith((".rq", ".sparql")) and not {*text} & {*" \n{"}:
        raise click.UsageError(f"{text} is no query; to ask what a file holds, say -q FILE")
    if params and name is None:
        raise click.UsageError("--param goes with --name")


def _on_disk(path: Path | None, mode: str | None) -> Graph | None:
    """The graph of a store, with its RDF made ready before time is measured; else None."""
    from trabecula.store import is_store

    if not is_store(path):
        if mode:
            raise click.UsageError("--rdf is for a store; see trabecula load")
        return None
    from trabecula.store.opening import Store

    graph = open_graph(path)
    if isinstance(graph, Store):
        graph.rdf_mode = mode or ""
        graph.rdf()
    return graph


def _elsewhere(
    engine: str, asked: str, name: str | None, given: dict[str, str], deadline: Deadline
) -> Result:
    """The answer of an endpoint to a query, or to one of the library."""
    from trabecula import sparql
    from trabecula.sparql import fetching, remote

    endpoint = remote.Endpoint(engine)
    if name is None:
        return endpoint.query(asked, timeout=deadline)
    asked, about = fetching.bound(endpoint, sparql.named(name), given, deadline)
    return endpoint.query(asked, timeout=deadline, about=about)


def _suiting(queries: Iterable[NamedQuery], path: Path | None) -> Iterable[NamedQuery]:
    """The queries that suit the graph at a path; without one, all of them."""
    if path is None:
        return queries
    from trabecula.page.queries import suiting

    graph = open_graph(path)
    return _fitted(suiting(queries, graph), path, graph)


def _fitted(
    queries: Iterable[NamedQuery], path: Path | None, graph: Graph | None = None
) -> Iterable[NamedQuery]:
    """The queries with defaults that the graph at a path has; without one, those of the shipped."""
    if path is None:
        return queries
    from trabecula.page.queries import fitted

    return fitted(queries, graph or open_graph(path))


def _pairs(params: tuple[str, ...]) -> dict[str, str]:
    pairs = {}
    for param in params:
        key, equals, value = param.partition("=")
        if not equals or key in pairs:
            raise click.UsageError(f"{param!r}: write each parameter once, as name=value")
        pairs[key] = value
    return pairs
