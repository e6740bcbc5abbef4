"""Reading OBO: what stanzas describe, and the relations in the order of the file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from trabecula.formats.obo.stanzas import Stanza, stanzas
from trabecula.formats.obo.terms import EDGES, edge_of, take
from trabecula.formats.obo.values import QUOTED, SIGN, parted, quoted, unescaped
from trabecula.mapping import Edge, Item, Prefixes, Reading, Relation
from trabecula.mapping.ontology import RELATION, Term
from trabecula.model import About

_DATATYPE = re.compile(r"\s+xsd:\w+$")


#: Kind and line of the first stanza of an id.
_First = tuple[str, int]


def items(reading: Reading) -> Iterator[Item]:
    """The terms of a file with their relations, in its order.

    The file is read twice: relations are described at its end and mean something before.
    """
    relations: dict[str, Stanza] = {}
    for stanza in stanzas(reading, only="Typedef"):
        if stanza.kind == "Typedef" and stanza.id:
            relations.setdefault(stanza.id, Stanza("Typedef", stanza.line)).tags += stanza.tags
    names = {key: _predicate(stanza) for key, stanza in relations.items()}
    mutual = {names[key] for key, row in relations.items() if row.first("is_symmetric") == "true"}
    signs = {names[key]: sign for key, row in relations.items() for sign in _sign(row)}
    seen: dict[str, _First] = {}
    for stanza in stanzas(reading):
        if stanza.kind == "":
            yield from _header(reading, stanza)
            continue
        key = stanza.id
        if not key:
            reading.wrong(str(stanza.line), f"[{stanza.kind}] has no id", "give it one id:")
        elif stanza.kind not in ("Term", "Typedef", "Instance"):
            reading.left("stanza", f"[{stanza.kind}]", f"line {stanza.line}")
        elif _is_one(stanza, seen.setdefault(key, (stanza.kind, stanza.line)), reading):
            for item in _described(reading, stanza, key, names, mutual):
                if isinstance(item, Edge) and item.predicate in signs:
                    yield replace(item, sign=signs[item.predicate])
                else:
                    yield item


def _is_one(stanza: Stanza, first: _First, reading: Reading) -> bool:
    """Whether a stanza is the first of its id, or says more of the same; says so where not."""
    kind, line = first
    if kind != stanza.kind:
        what = f"{stanza.id} has a stanza [{kind}] in line {line} already"
        reading.wrong(str(stanza.line), what, "make one of them")
    elif line != stanza.line:
        what = "stanzas of one id read as one"
        reading.report.left.mend(what, f"{reading.path.name}:{stanza.line}")
    return kind == stanza.kind


def _sign(relation: Stanza) -> Iterator[int]:
    """The sign that a file of ours gives a relation."""
    for _, tag, value in relation.tags:
        name, _, rest = value.partition(" ")
        text = QUOTED.match(rest)
        if tag == "property_value" and name == SIGN and text and text[1] in ("1", "0", "-1"):
            yield int(text[1])


def _described(
    reading: Reading, stanza: Stanza, key: str, names: dict[str, str], mutual: set[str]
) -> Iterator[Item]:
    if stanza.kind == "Typedef":
        yield Relation(
            predicate=names[key],
            label=stanza.first("name"),
            definition=quoted(stanza.first("def"))[0],
        )
        edges = list(_of_relation(reading, stanza, names))
        if edges:
            yield Term(names[key], name=stanza.first("name"), category=RELATION).node(
                reading, f"line {stanza.line}"
            )
        yield from edges
        return
    term = Term(key)
    for line, tag, value in stanza.tags:
        if tag not in EDGES:
            take(reading, term, line, tag, value)
            continue
        edge = edge_of(reading, key, line, tag, value, names, mutual)
        if edge is not None:
            yield edge
    yield term.node(reading, f"line {stanza.line}")


def _header(reading: Reading, stanza: Stanza) -> Iterator[Item]:
    told: dict[str, str] = {}
    for line, tag, value in stanza.tags:
        if tag == "idspace":
            parts = value.split()
            if len(parts) >= 2 and parts[1].startswith(("http://", "https://")):
                yield Prefixes({parts[0]: unescaped(parts[1])})
            else:
                reading.wrong(str(line), f"idspace: {value!r:.60}", "write prefix and IRI")
        elif tag == "property_value":
            name, _, rest = value.partition(" ")
            key = re.split(r"[/#:]", name)[-1]
            text = QUOTED.match(rest.strip())
            content = unescaped(text[1]) if text else _DATATYPE.sub("", unescaped(rest.strip()))
            if key in ("title", "description", "license"):
                told[key] = content
            else:
                reading.left("header tag", name, f"line {line}")
        elif tag in ("ontology", "data-version"):
            told[tag] = unescaped(value)
        elif tag != "format-version":
            reading.left("header tag", tag, f"line {line}")
    licence = told.get("license", "")
    about = About(
        title=_words(told.get("title") or told.get("ontology", "")),
        description=_words(told.get("description", "")),
        licence=licence if licence.startswith(("http://", "https://")) else "",
        version=_words(told.get("data-version", "")),
    )
    if about != About():
        yield about


def _predicate(stanza: Stanza) -> str:
    """What edges call a relation: its id, or the term that it is a shorthand for."""
    key = stanza.id
    if ":" in key:
        return key
    for _, tag, value in stanza.tags:
        if tag == "xref":
            name = parted(value)[0]
            if re.fullmatch(r"(RO|BFO):\d{7}", name):
                return name
    return key


def _of_relation(reading: Reading, stanza: Stanza, names: dict[str, str]) -> Iterator[Item]:
    key = names[stanza.id]
    for line, tag, value in stanza.tags:
        place = f"line {line}"
        if tag in ("is_a", "inverse_of"):
            target = parted(value)[0]
            name = "subPropertyOf" if tag == "is_a" else "inverseOf"
            yield Edge(subject=key, predicate=name, object=names.get(target, target), place=place)
        elif tag == "property_value" and value.startswith(f"{SIGN} "):
            continue
        elif tag not in ("id", "name", "def", "xref", "is_symmetric"):
            reading.left("relation tag", tag, place)


def _words(text: str) -> str:
    return " ".join(text.split())
