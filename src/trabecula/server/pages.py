"""Pages of one thing each: an entity, a statement, a source, with links to what they name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from trabecula import cite, values
from trabecula.graph import Graph
from trabecula.page import payload, queries
from trabecula.page.payload import licence, web_address

if TYPE_CHECKING:
    from jinja2 import Environment

_GROUPS: Final = {
    "acts_on_it": "Acts on it",
    "it_acts_on": "It acts on",
    "states": "Its levels and states",
    "related": "Related without influence",
}
_STANCES: Final = {
    "supports": "supports it",
    "disputes": "disputes it",
    "qualifies": "limits its context",
}


def values_of(graph: Graph, kind: str, name: str) -> dict[str, Any]:
    """What `show --json` says of it."""
    if kind == "entity":
        return values.entity(graph, graph.entities[name])
    if kind == "statement":
        return values.statement(graph, graph.get_statement(name))
    return values.source(graph, graph.sources[name])


def thing(graph: Graph, kind: str, name: str) -> str:
    """The page of an entity, a statement or a source that the graph has."""
    told = values_of(graph, kind, name)
    if kind == "entity":
        title = told["name"]
        lead = told["description"]
    elif kind == "statement":
        statement = graph.get_statement(name)
        name, title, lead = statement.id, graph.sentence(statement), ""
    else:
        title, lead = told["title"] or name, cite.line(graph.sources[name])
    return (
        _environment()
        .get_template(f"{kind}.html.j2")
        .render(
            kind=kind,
            id=name,
            title=title,
            lead=lead,
            told=told,
            groups=_GROUPS,
            stances=_STANCES,
            explorer=_explorer(kind, name),
            graph_title=cite.title(graph.about, ""),
            licence=licence(graph.about.licence),
            path=lambda kind, name: f"/{kind}/{quote(name, safe=':()')}",
            sentence=lambda key: graph.sentence(graph.statements[key]),
            entity_name=lambda key: _name(graph, key),
            source_name=lambda key: _source(graph, key),
            known_entity=lambda key: key in graph.entities,
            known_source=lambda key: key in graph.sources,
            web=web_address,
        )
    )


def _name(graph: Graph, key: str) -> str:
    entity = graph.entities.get(key)
    return entity.name if entity else key


def _source(graph: Graph, key: str) -> str:
    cited = graph.sources.get(key)
    return cite.line(cited) if cited else key


def _explorer(kind: str, name: str) -> str:
    """The address at which the explorer shows it."""
    if kind == "entity":
        return f"/#scene=near&of={quote(name, safe=':')}&entity={quote(name, safe=':')}"
    if kind == "statement":
        return f"/#statement={quote(name, safe=':')}"
    return "/"


def query(graph: Graph) -> str:
    """The page on which the endpoint is asked, with what it completes and its examples."""
    names = {**payload.names(graph), **queries.library(graph, sparql=True)}
    return (
        _environment()
        .get_template("query.html.j2")
        .render(names=names, graph_title=cite.title(graph.about, ""))
    )


def _environment() -> Environment:
    from importlib import resources

    from jinja2 import Environment, FunctionLoader

    def text(name: str) -> str:
        return resources.files("trabecula.server").joinpath("templates", name).read_text("utf-8")

    return Environment(loader=FunctionLoader(text), autoescape=True, trim_blocks=True)
