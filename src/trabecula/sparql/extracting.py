"""A part of the graph that an endpoint holds: a selection as questions, its records as a graph.

Each selector is a question for statements; `&`, `|` and `!` are taken here, of sets of their IRIs.
What each means is as in `trabecula.selection`; those that look for paths, loops and conflicts are
not offered.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from trabecula.counted import counted
from trabecula.errors import NotFound, SelectionError
from trabecula.formats.rdf.rows import term
from trabecula.graph import Graph
from trabecula.misspelt import unknown
from trabecula.prefixes import ENTITY, ONTOLOGY, SOURCE
from trabecula.reason.following import listed
from trabecula.regular import source_id
from trabecula.selection import NOT_STATED, And, Call, Not, Or, Selection
from trabecula.selection.plan import whole_number
from trabecula.sparql.fetching import Records
from trabecula.sparql.tokens import quoted
from trabecula.vocabulary import STATUSES, words_of

#: The most statements that are fetched: what more is asked of an endpoint is a copy of it.
MOST: Final = 20_000

_STATEMENT: Final = f"?statement a <{term('tb:Statement')}>"


def extracted(records: Records, selection: Selection) -> Graph:
    """The part of the graph that a selection denotes.

    Raises `NotFound` for a name that nothing answers to; `SelectionError` for a bad argument, for a
    selector that is not offered and for more than `MOST` statements; and as `Records` does.
    """
    statements = _selected(records, selection)
    if len(statements) > MOST:
        what = f"{counted(len(statements), 'statement')} are too many to fetch (at most {MOST:,})"
        raise SelectionError(f"{what}; select fewer")
    return records.graph(statements)


def _selected(records: Records, selection: Selection) -> set[str]:
    match selection:
        case Call(name, arguments):
            if name not in _SELECTORS:
                offered = ", ".join(_SELECTORS)
                raise SelectionError(f"{name}() is not asked of an endpoint; there are {offered}")
            return _SELECTORS[name](records, arguments)
        case Not(part):
            return _all(records, ()) - _selected(records, part)
        case And(parts):
            return set.intersection(*(_selected(records, part) for part in parts))
        case Or(parts):
            return set().union(*(_selected(records, part) for part in parts))


# --- Selectors ----------------------------------------------------------------------------------


def _asked(records: Records, pattern: str = "") -> set[str]:
    """The statements that a pattern finds, which it calls `?statement`."""
    rows = records.rows(f"{_STATEMENT} . {pattern}", "?statement")
    return {row[0] for row in rows}


def _all(records: Records, _: tuple[str, ...]) -> set[str]:
    return _asked(records)


def _values(name: str, values: set[str]) -> str:
    return f"VALUES {name} {{ {' '.join(sorted(values))} }}"


def _entity(records: Records, name: str) -> str:
    """The IRI of the entity that goes by a name."""
    part = records.graph((), records.called([name]))
    return records.iri(part.names.id_of(name), ENTITY)


def _end(property_: str) -> _Selector:
    """Statements that have one of these entities as an end."""

    def chosen(records: Records, arguments: tuple[str, ...]) -> set[str]:
        ends = {f"<{_entity(records, name)}>" for name in arguments}
        return _asked(records, f"{_values('?end', ends)} ?statement <{term(property_)}> ?end")

    return chosen


def _statement(records: Records, arguments: tuple[str, ...]) -> set[str]:
    from trabecula.prefixes import STATEMENT

    nodes = {records.iri(f"{STATEMENT}{text}", ""): text for text in arguments}
    statements = {row[0] for row in records.of(nodes, f"?node a <{term('tb:Statement')}>", "?node")}
    for node, text in nodes.items():
        if node not in statements:
            raise NotFound(f"no statement has the id {text!r}")
    return statements


def _predicate(records: Records, arguments: tuple[str, ...]) -> set[str]:
    pattern = f"?statement <{term('rdf:predicate')}> ?predicate"
    used = {row[0] for row in records.rows(pattern, "?predicate")}
    predicates = words_of(records.about).predicates
    nodes = {name: records.iri(name, ONTOLOGY) for name in arguments}
    for name, node in nodes.items():
        if name not in predicates and node not in used:
            raise NotFound(unknown("predicate", name, predicates))
    wanted = {f"<{node}>" for node in nodes.values()}
    return _asked(records, f"{_values('?predicate', wanted)} {pattern}")


def _category(records: Records, arguments: tuple[str, ...]) -> set[str]:
    categories, statements = words_of(records.about).categories, set[str]()
    for name in arguments:
        if name in categories:
            kind = f"a <{records.iri(categories[name].iri_name, ONTOLOGY)}>"
        else:
            kind = f"<{term('tb:category')}> {quoted(name)}"
            if not records.rows(f"?end {kind}", "?end", most=1):
                raise NotFound(unknown("category", name, categories))
        for end in ("rdf:subject", "rdf:object"):
            statements |= _asked(records, f"?statement <{term(end)}> ?end . ?end {kind}")
    return statements


def _texts(property_: str, allowed: Callable[[Records], list[str]]) -> _Selector:
    """Statements that have one of these words as the value of a property."""

    def chosen(records: Records, arguments: tuple[str, ...]) -> set[str]:
        words = listed(property_.partition(":")[2], arguments, allowed(records))
        pattern = f"?statement <{term(property_)}> ?word"
        statements: set[str] = set()
        if stated := {quoted(word) for word in words if word != NOT_STATED}:
            statements |= _asked(records, f"{_values('?word', stated)} {pattern}")
        if NOT_STATED in words:
            statements |= _asked(records) - _asked(records, pattern)
        return statements

    return chosen


def _topics(records: Records) -> list[str]:
    pattern = f"?statement <{term('tb:topic')}> ?word"
    return [*(row[0] for row in records.rows(pattern, "?word")), NOT_STATED]


def _sign(records: Records, arguments: tuple[str, ...]) -> set[str]:
    written = {"+": "1", "-": "-1", "0": "0"}
    signs = {written[sign] for sign in listed("sign", arguments, written)}
    return _asked(records, f"{_values('?sign', signs)} ?statement <{term('tb:sign')}> ?sign")


def _influence(records: Records, _: tuple[str, ...]) -> set[str]:
    pattern, words = f"?statement <{term('rdf:predicate')}> ?predicate", words_of(records.about)
    nodes = {records.iri(name, ONTOLOGY): row for name, row in words.predicates.items()}
    for (node,) in records.rows(pattern, "?predicate"):  # some are defined by no graph
        nodes.setdefault(node, words.relation(node))
    acting = {f"<{node}>" for node, row in nodes.items() if row.influence != "none"}
    return _asked(records, f"{_values('?predicate', acting)} {pattern}")


def _sources(records: Records, arguments: tuple[str, ...]) -> set[str]:
    least = whole_number(arguments[0], "sources")
    counted = f"?statement <{term('tb:supportingSources')}> ?count"
    return _asked(records, f"{counted} FILTER(?count >= {least})")


def _source(records: Records, arguments: tuple[str, ...]) -> set[str]:
    statements: set[str] = set()
    for name in arguments:
        nodes = {records.iri(text, SOURCE) for text in (name, source_id(name))} - {""}
        is_source = f"a <{term('tb:Source')}>"
        sources = {row[0] for row in records.of(nodes, f"?node {is_source}", "?node")}
        if not sources:
            same = f"?source <{term('skos:exactMatch')}> ?node ; {is_source}"
            sources = {row[0] for row in records.of(nodes, same, "?source")}
        if not sources:
            raise NotFound(unknown("source", name, ()))
        speaks = f"?statement <{term('tb:hasEvidence')}> ?row . ?row <{term('dct:source')}> ?source"
        wanted = {f"<{node}>" for node in sources}
        statements |= _asked(records, f"{_values('?source', wanted)} {speaks}")
    return statements


def _near(records: Records, arguments: tuple[str, ...]) -> set[str]:
    steps = whole_number(arguments[1], "steps") if arguments[1:] else 1
    ends = (term("rdf:subject"), term("rdf:object"))
    edge = {_entity(records, arguments[0])}
    reached = set(edge)
    for _ in range(steps):
        onward: set[str] = set()
        for here, there in (ends, ends[::-1]):
            pattern = f"?statement <{here}> ?node ; <{there}> ?next"
            onward.update(row[0] for row in records.of(edge, pattern, "?next"))
        edge = onward - reached
        if not edge:
            break
        reached |= edge
    pattern = f"?statement <{ends[0]}> ?node ; <{ends[1]}> ?other"
    rows = records.of(reached, pattern, "?statement", "?other")
    return {statement for statement, other in rows if other in reached}


_Selector = Callable[[Records, tuple[str, ...]], set[str]]

_SELECTORS: Final[dict[str, _Selector]] = {
    "all": _all,
    "near": _near,
    "subject": _end("rdf:subject"),
    "object": _end("rdf:object"),
    "statement": _statement,
    "predicate": _predicate,
    "category": _category,
    "sign": _sign,
    "influence": _influence,
    "status": _texts("tb:status", lambda _: [*STATUSES]),
    "sources": _sources,
    "source": _source,
    "topic": _texts("tb:topic", _topics),
}
