"""The literals of patterns: whether a property can have them as values, and does in this graph."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from trabecula.formats.rdf.rows import term
from trabecula.misspelt import nearest
from trabecula.pasted import pasted
from trabecula.prefixes import ONTOLOGY
from trabecula.sparql.contents import Contents
from trabecula.sparql.linting.asked import Asked
from trabecula.sparql.linting.spelling import name_of, near
from trabecula.sparql.schema import KINDS, NAMES, Property
from trabecula.sparql.tokens import quoted
from trabecula.sparql.tree import XSD, Iri, Literal, Triple
from trabecula.vocabulary import CONTEXT

#: Datatypes of numbers that the engine takes for one, in names of XML Schema.
INTEGERS: Final = frozenset(
    ("integer", "int", "long", "short", "byte", "nonNegativeInteger", "positiveInteger",
     "negativeInteger", "nonPositiveInteger", "unsignedInt", "unsignedLong", "unsignedShort",
     "unsignedByte")
)  # fmt: skip
NUMBERS: Final = frozenset(("integer", "decimal", "double", "float"))
#: Texts that people look for as they are written, so that one without a match tells something.
_FREE: Final = frozenset(ONTOLOGY + key for key, values in CONTEXT.items() if values is None)
_YEAR = re.compile(r"[0-9]{4}")


def warnings(asked: Asked) -> Iterator[str]:
    """Warnings about literals that no value of their property equals."""
    seen: set[tuple[str, str]] = set()
    for _, triple in asked.triples():
        property_ = end_of(triple)
        if isinstance(triple.object, Literal):
            # Without a property there is no value that it could be, unless it has a language.
            name = property_.value if property_ is not None else ""
            if (name, triple.object.shown) not in seen:
                seen.add((name, triple.object.shown))
                yield from of_property(triple.object, property_, asked.contents)


def end_of(triple: Triple) -> Iri | None:
    """The property whose value the object of a triple pattern is, if it is one property's."""
    path = triple.path
    while path.how in ("/", "+"):
        path = path.parts[-1]
    return path.iri


def of_property(
    literal: Literal, property_: Iri | None, contents: Contents, *, how: str = "is"
) -> Iterator[str]:
    """What is wrong with a literal as a value of a property.

    `how` is "is" where it would have to be the same term, "=" where it is compared with the
    values, "str" where it is compared with their texts, and "!=" where it is none of them.
    """
    if literal.language:
        if how != "!=":
            yield no_language(literal)
        return
    usage = contents.usage(property_.value) if property_ is not None else None
    if how == "str":
        yield from _as_text(literal, property_, usage, contents)
        return
    if property_ is None or usage is None or not usage.holds - set(KINDS):
        return  # unknown, or a property of IRIs, which is said elsewhere
    typed = _type_problem(literal, property_, usage, how)
    if typed:
        yield typed
    elif usage.closed or how != "!=":
        yield from _no_value(literal, property_, usage, contents)


def _as_text(
    literal: Literal, property_: Iri | None, usage: Property | None, contents: Contents
) -> Iterator[str]:
    """What is wrong with a text that the values of a closed list are compared with as texts."""
    if property_ is None or usage is None or not usage.closed:
        return
    values = contents.values(property_.value)
    if kind_of(literal) == "string" and literal.value not in {*usage.closed, *values}:
        yield _never(literal, property_, usage, values)


def no_language(literal: Literal) -> str:
    """That no text of a graph has a language tag."""
    plain = quoted(literal.value)
    return f"{literal.shown}: the texts of the graph have no language tag; write {plain}"


def kind_of(literal: Literal) -> str:
    """The kind of a literal: its datatype in XML Schema, whole numbers alike; else its IRI."""
    if literal.language:
        return "langString"
    local = literal.datatype.removeprefix(XSD)
    return "integer" if local in INTEGERS else local


def _type_problem(literal: Literal, property_: Iri, usage: Property, how: str) -> str:
    """What is wrong with the datatype of a literal; empty where nothing is."""
    shown, kind, value = name_of(property_), kind_of(literal), literal.value.strip()
    if how != "is" and kind in NUMBERS and usage.holds & NUMBERS:
        return ""  # numbers of all kinds are compared with each other
    if how == "!=" and not usage.closed:
        return ""
    if "gYear" in usage.holds and kind != "gYear" and _YEAR.fullmatch(value):
        return f"{shown} has years as values, which {literal.shown} is not; write {a_year(value)}"
    if kind in usage.holds:
        return ""
    if usage.closed:
        return _never(literal, property_, usage)
    (wanted, *_) = sorted(usage.holds - set(KINDS))
    meant = as_kind(value, wanted)
    hint = f"; write {meant}" if meant else ""
    return f"{shown} has {NAMES.get(wanted, wanted)} as values, which {literal.shown} is not{hint}"


def as_kind(value: str, kind: str) -> str:
    """A value as a literal of another kind, as it is written; empty where it cannot be one."""
    if kind == "string":
        return quoted(value)
    if kind == "integer":
        return value if re.fullmatch(r"[+-]?[0-9]+", value) else ""
    if kind == "boolean":
        truths = {
            "true": "true",
            "1": "true",
            "yes": "true",
            "false": "false",
            "0": "false",
            "no": "false",
        }
        return truths.get(value.casefold(), "")
    if kind == "gYear":
        return a_year(value[:4]) if _YEAR.match(value) else ""
    return f"{quoted(value)}^^xsd:{kind}"


def a_year(value: str) -> str:
    """A year as it is written in a query."""
    return f'"{value}"^^xsd:gYear'


def _no_value(
    literal: Literal, property_: Iri, usage: Property, contents: Contents
) -> Iterator[str]:
    """That the property has no such value in this graph."""
    if kind_of(literal) == "integer":
        if usage.closed and str(_whole(literal.value)) not in usage.closed:
            yield _never(literal, property_, usage)
        return
    if kind_of(literal) not in ("string", "anyURI", "gYear"):
        return
    if usage.closed and "string" in usage.holds:
        if literal.value not in usage.closed and literal.value not in contents.values(
            property_.value
        ):
            yield _never(literal, property_, usage, contents.values(property_.value))
        return
    values = contents.values(property_.value)
    if values and literal.value not in values:
        hint = _elsewhere(literal, property_.value, contents)
        close = _close(literal.value, property_.value, values)
        if close and not hint:
            hint = f"; did you mean {' or '.join(map(quoted, close))}?"
        if hint or property_.value not in _FREE:
            yield f"no {name_of(property_)} in the graph is {literal.shown}{hint}"


def _elsewhere(literal: Literal, property_: str, contents: Contents) -> str:
    """That a name is a synonym, or a synonym a name."""
    other = _OTHER.get(property_, "")
    same = other and literal.value in contents.values(term(other))
    return f"; it is a {other}" if same else ""


_OTHER: Final = {
    term("rdfs:label"): "skos:altLabel",
    term("skos:altLabel"): "rdfs:label",
}


def _whole(value: str) -> int | None:
    return int(value) if re.fullmatch(r"[+-]?[0-9]{1,9}", value) else None


def _close(value: str, property_: str, values: frozenset[str]) -> tuple[str, ...]:
    """The values of a property that are most like one that it does not have."""
    if property_ == term("dct:identifier"):
        curie = pasted(value)
        ends = (text for text in sorted(values) if value and text.endswith(f":{value}"))
        alike = (text for text in sorted(values) if text.casefold() == curie.casefold())
        meant = next(ends, "") or next(alike, "")
        if meant:
            return (meant,)
    return near(value, values)


def _never(
    literal: Literal, property_: Iri, usage: Property, more: frozenset[str] = frozenset()
) -> str:
    if "integer" in usage.holds:
        values = ", ".join(usage.closed)
        return f"{name_of(property_)} is never {literal.shown}; its values are the numbers {values}"
    choices = (*usage.closed, *sorted(more - set(usage.closed)))
    folded = {text.casefold(): text for text in choices}
    wanted = literal.value.strip().casefold()
    same = folded.get(_ALIASES.get(wanted, wanted))
    close = (same,) if same else nearest(literal.value, choices, 1) or choices[:_FEW]
    return f"{name_of(property_)} is never {literal.shown}; did you mean {' or '.join(close)}?"


#: What people say for values of closed lists, in small letters.
_ALIASES: Final = {
    "homo sapiens": "human", "people": "human", "rattus norvegicus": "rat", "mus musculus": "mouse",
    "bos taurus": "cattle", "bovine": "cattle", "rct": "randomised-trial",
    "randomized controlled trial": "randomised-trial", "trial": "randomised-trial",
    "in vitro": "cell-culture", "in-vitro": "cell-culture",
}  # fmt: skip
#: How many values of a closed list a message names.
_FEW: Final = 8
