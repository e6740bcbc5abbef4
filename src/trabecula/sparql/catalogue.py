"""The library of queries: what each asks, its parameters, and how values are put in safely.

A query is one file, `queries/<name>.rq`, which begins with comments:

    # title: What requires an entity
    # also: another-name
    # needs: article
    # param: entity entity magnesium what is required

A `param` line holds the parameter's name, its type, its default value or the word `required`, and
what it is for. In the query `$name` stands for the value; `?name` is a variable as ever.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Final

from trabecula.errors import NotFound, QueryError
from trabecula.formats.rdf.rows import iri
from trabecula.graph import Graph
from trabecula.identifiers import curie_problem
from trabecula.misspelt import nearest, unknown
from trabecula.prefixes import ENTITY, ONTOLOGY, SOURCE
from trabecula.regular import source_id
from trabecula.sparql.tokens import tokens
from trabecula.vocabulary import PREDICATES, STATUSES

_HEADER = re.compile(r"# (title|also|needs|param): (.+)")
_INTEGER = re.compile(r"[0-9]{1,9}", re.ASCII)
_REQUIRED = "required"


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value that a named query takes; `default` is None where it must be given."""

    name: str
    type: str  # a key of `TYPES`
    default: str | None
    description: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedQuery:
    """A query of the library: its name, what it answers, its other names, parameters and text."""

    name: str
    title: str
    text: str
    also: tuple[str, ...] = ()
    needs: str = ""  # the kind of source without which it has no answer
    parameters: tuple[Parameter, ...] = ()


@cache
def library() -> Mapping[str, NamedQuery]:
    """The shipped queries by name, sorted.

    >>> library()["who-requires"].title
    'What requires an entity'
    """
    folder = resources.files("trabecula") / "queries"
    files = sorted(
        (file for file in folder.iterdir() if file.name.endswith(".rq")), key=lambda file: file.name
    )
    queries = (
        parsed(file.name.removesuffix(".rq"), file.read_text(encoding="utf-8")) for file in files
    )
    return MappingProxyType({query.name: query for query in queries})


def named(name: str) -> NamedQuery:
    """The shipped query with this name or other name.

    Raises `NotFound` with the nearest names when there is none.
    """
    names = {other: query for query in library().values() for other in (query.name, *query.also)}
    if name not in names:
        close = nearest(name, names)
        hint = () if close else sorted(library())
        others = f"; there are: {', '.join(hint)}" if hint else ""
        raise NotFound(f"no query is called {name!r}{others}", close)
    return names[name]


def parsed(name: str, text: str) -> NamedQuery:
    """A query from its text with a header; see the module's description.

    Raises `QueryError` for a header that says too little or names an unknown type.
    """
    title = needs = ""
    also: list[str] = []
    parameters: list[Parameter] = []
    for line in text.splitlines():
        match = _HEADER.fullmatch(line)
        if match is None:
            continue
        what, value = match.groups()
        if what == "title":
            title = value
        elif what == "also":
            also.append(value)
        elif what == "needs":
            needs = value
        else:
            parameters.append(_parameter(name, value))
    if not title:
        raise QueryError(f"query {name}: the first line must be '# title: …'")
    return NamedQuery(
        name=name, title=title, text=text, also=tuple(also), needs=needs,
        parameters=tuple(parameters),
    )  # fmt: skip


def _parameter(query: str, line: str) -> Parameter:
    fields = line.split(maxsplit=3)
    if len(fields) < 4:
        raise QueryError(f"query {query}: a param is 'name type default description', not {line!r}")
    name, kind, default, description = fields
    if kind not in TYPES:
        raise QueryError(f"query {query}: {unknown('type of parameter', kind, TYPES)}")
    return Parameter(name, kind, None if default == _REQUIRED else default, description)


#: The predicates that a query lists by what their influence says of subject and object.
_LISTED: Final = re.compile(r"(VALUES \?predicate \{)([^}]*)\}")


def lists_predicates(text: str) -> bool:
    """Whether a query has a list of predicates to which `worded` may add those of a graph."""
    return _LISTED.search(text) is not None


def worded(text: str, graph: Graph) -> str:
    """The text of a query with the graph's own predicates in its lists.

    A list that names all of ours whose influence is forward, or reverse, is given those of the
    graph that have such an influence.
    """
    if not lists_predicates(text):
        return text
    own = sorted(set(graph.columns.predicates.names) - set(PREDICATES))

    def listed(match: re.Match[str]) -> str:
        named = {name.removeprefix("tb:") for name in match[2].split()}
        ways = [way for way in ("forward", "reverse") if _with_influence(way) <= named]
        more = [
            _iri(iri(name, ONTOLOGY))
            for name in own
            if any(graph.words.relation(name).influence in (way, "both") for way in ways)
        ]
        # A query that has been given them already is not given them again.
        new = " ".join(name for name in more if name not in named)
        return f"{match[1]}{match[2]}{new} }}" if new else match[0]

    return _LISTED.sub(listed, text) if own else text


@cache
def _with_influence(way: str) -> frozenset[str]:
    return frozenset(row.name for row in PREDICATES.values() if row.influence in (way, "both"))


def bind(query: NamedQuery, params: Mapping[str, str], graph: Graph) -> str:
    """The text of a named query with its parameters replaced by values, ready to be asked.

    Entities are found by id, name, synonym or CURIE. Values become whole terms, so that none can
    change what the query asks. Raises `QueryError` for parameters that are unknown or missing
    and values that do not fit, `NotFound` for entities and sources that the graph does not have.
    """
    declared = {parameter.name: parameter for parameter in query.parameters}
    for name in params:
        if name not in declared:
            if not declared:
                raise QueryError(f"the query {query.name} takes no parameters; got {name!r}")
            raise QueryError(f"{query.name}: {unknown('parameter', name, declared)}")
    written: dict[str, str] = {}
    for parameter in query.parameters:
        value = params.get(parameter.name, parameter.default)
        if value is None:
            raise QueryError(
                f"{query.name} needs a value for {parameter.name!r}: {parameter.description}"
            )
        try:
            written[f"${parameter.name}"] = TYPES[parameter.type](value, graph)
        except ValueError as error:
            raise QueryError(f"{query.name}: {parameter.name}={value!r}: {error}") from None
    pieces: list[str] = []
    end = 0
    text = worded(query.text, graph)
    for token in tokens(text):
        if token.kind == "variable" and token.text in written:
            pieces += (text[end : token.start], written[token.text])
            end = token.end
    return "".join((*pieces, text[end:]))


# --- Values as terms ----------------------------------------------------------------------------


def _iri(text: str) -> str:
    import pyoxigraph as ox

    return str(ox.NamedNode(text))


def _text(value: str, _graph: Graph) -> str:
    import pyoxigraph as ox

    return str(ox.Literal(value))


def _entity(value: str, graph: Graph) -> str:
    return _iri(iri(graph.get(value).id, ENTITY))


def _source(value: str, graph: Graph) -> str:
    key = value if value in graph.sources else source_id(value)
    if key not in graph.sources:
        close = nearest(value, graph.sources)
        raise NotFound(f"the graph has no source {value!r}", close)
    return _iri(iri(key, SOURCE))


def _predicate(value: str, graph: Graph) -> str:
    by_label = {row.label: row.name for row in graph.words.predicates.values()}
    name = by_label.get(value, value).removeprefix("tb:")
    if ":" not in name:
        if name not in graph.words.predicates:
            raise ValueError(unknown("predicate", value, graph.words.predicates))
        return _iri(ONTOLOGY + name)
    wrong = curie_problem(name)
    if wrong and not name.startswith(("http://", "https://")):
        raise ValueError(wrong)
    return _iri(iri(name, ONTOLOGY))


def _status(value: str, _graph: Graph) -> str:
    return _listed("status", value, STATUSES)


def _topic(value: str, graph: Graph) -> str:
    topics = {statement.topic for statement in graph.statements.values()} - {""}
    allowed = dict.fromkeys((*graph.words.topics, *sorted(topics)), "")
    return _listed("topic", value, allowed)


def _listed(what: str, value: str, allowed: Mapping[str, str]) -> str:
    import pyoxigraph as ox

    if value not in allowed:
        raise ValueError(unknown(what, value, allowed))
    return str(ox.Literal(value))


def _integer(value: str, _graph: Graph) -> str:
    # Bare digits, because LIMIT takes no literal.
    if _INTEGER.fullmatch(value) is None:
        raise ValueError("this is no whole number of at most nine digits")
    return str(int(value))


#: What a parameter can be: for each type, the function that turns a value into a term.
TYPES: Final[Mapping[str, Callable[[str, Graph], str]]] = MappingProxyType(
    {
        "entity": _entity,
        "integer": _integer,
        "predicate": _predicate,
        "source": _source,
        "status": _status,
        "text": _text,
        "topic": _topic,
    }
)
