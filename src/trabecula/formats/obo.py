"""OBO, the text format of ontologies (1.2 and 1.4): terms, their relations, what is said of them.

Read strictly and line by line, and not by pronto, which refuses files that the ontologies' own
tools write. Relations that a `[Typedef]` gives a term of RO or BFO for are called by that. What
follows from `treat-xrefs-as-…` and from `intersection_of` is not drawn: both are counted.

Written are a term for each entity and a relation for each predicate, which keeps its sign as a
property of ours. A line of OBO says only that it is so, and where from.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from trabecula import claims
from trabecula.graph import Graph
from trabecula.mapping import Citation, Edge, Item, Prefixes, Reading, Relation
from trabecula.mapping.ontology import (
    CATEGORIES,
    CONSIDER,
    DEFINED_BY,
    RELATION,
    REPLACED_BY,
    Term,
)
from trabecula.model import About, Entity, Predicate, Statement
from trabecula.prefixes import ONTOLOGY

_STANZA = re.compile(r"\[([A-Za-z]+)\]\s*(?:!.*)?")
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"\s*(.*)', re.DOTALL)
_MODIFIER = re.compile(r'(?<![^\s=,{"])([^\s=,{"]++)\s*+=\s*+"((?:[^"\\]|\\.)*+)"')
#: What begins something else in a value than its text.
_MARKED = re.compile(r'["\\{!]')
#: Modifiers at the end of a name, in which braces may stand as well.
_MODIFIED = re.compile(r'\s+\{[\w:.-]+="[^{}]*"\}\Z')
#: Parts of a value: an escaped character, a text in quotes, what begins modifiers or a comment.
_PARTS = re.compile(r'\\.|"(?:[^"\\]|\\.)*"|[!{]|[^\\"!{]+|.', re.DOTALL)
_ESCAPED: Final = {"n": "\n", "W": " ", "t": "\t"}
#: A term that a shorthand of a relation stands for.
#: Properties of ours, of a relation and of terms, and the modifier of an edge.
_SIGN: Final = f"{ONTOLOGY}sign"
_CATEGORY: Final = "https://w3id.org/biolink/vocab/category"
_TAXON: Final = "https://w3id.org/biolink/vocab/in_taxon"
_QUALIFIER: Final = "qualifier"
_DATATYPE = re.compile(r"\s+xsd:\w+$")
#: Modifiers that say where an edge is from; those that are part of what it says.
_SOURCES: Final = frozenset(("source", "xref", "database_cross_reference", "hasDbXref"))
_MEANING: Final = frozenset(
    ("gci_relation", "gci_predicate", "gci_filler", "cardinality", "minCardinality",
     "maxCardinality", "all_only", "all_some")
)  # fmt: skip
_MATCHES: Final = {
    f"{space}{match}Match": match
    for match in ("exact", "close", "broad", "narrow", "related")
    for space in ("skos:", "http://www.w3.org/2004/02/skos/core#")
}
#: Tags of terms that say nothing that a graph has a place for.
_SYNONYMS: Final = frozenset(
    ("synonym", "exact_synonym", "narrow_synonym", "broad_synonym", "related_synonym")
)


@dataclass(slots=True)
class _Stanza:
    """A stanza: what it is, the line of its head, and its lines as number, tag and value."""

    kind: str
    line: int
    tags: list[tuple[int, str, str]] = field(default_factory=list)

    @property
    def id(self) -> str:
        return next((_name(value)[0] for _, tag, value in self.tags if tag == "id"), "")

    def first(self, tag: str) -> str:
        return next((value for _, other, value in self.tags if other == tag), "")


def items(reading: Reading) -> Iterator[Item]:
    """The terms of a file with their relations, in its order.

    The file is read twice: relations are described at its end and mean something before.
    """
    relations = {}
    for stanza in _stanzas(reading, only="Typedef"):
        if stanza.kind == "Typedef" and stanza.id:
            relations[stanza.id] = stanza
    names = {key: _predicate(stanza) for key, stanza in relations.items()}
    mutual = {names[key] for key, row in relations.items() if row.first("is_symmetric") == "true"}
    signs = {names[key]: sign for key, row in relations.items() for sign in _sign(row)}
    seen: dict[str, int] = {}
    for stanza in _stanzas(reading):
        if stanza.kind == "":
            yield from _header(reading, stanza)
            continue
        key = stanza.id
        if not key:
            reading.wrong(str(stanza.line), f"[{stanza.kind}] has no id", "give it one id:")
        elif stanza.kind not in ("Term", "Typedef", "Instance"):
            reading.left("stanza", f"[{stanza.kind}]", f"line {stanza.line}")
        elif key in seen:
            what = f"{key} has a stanza in line {seen[key]} already"
            reading.wrong(str(stanza.line), what, "make one of them")
        else:
            seen[key] = stanza.line
            for item in _described(reading, stanza, key, names, mutual):
                if isinstance(item, Edge) and item.predicate in signs:
                    yield replace(item, sign=signs[item.predicate])
                else:
                    yield item


def _sign(relation: _Stanza) -> Iterator[int]:
    """The sign that a file of ours gives a relation."""
    for _, tag, value in relation.tags:
        name, _, rest = value.partition(" ")
        text = _QUOTED.match(rest)
        if tag == "property_value" and name == _SIGN and text and text[1] in ("1", "0", "-1"):
            yield int(text[1])


def _described(
    reading: Reading, stanza: _Stanza, key: str, names: dict[str, str], mutual: set[str]
) -> Iterator[Item]:
    if stanza.kind == "Typedef":
        yield Relation(
            predicate=names[key],
            label=stanza.first("name"),
            definition=_quoted(stanza.first("def"))[0],
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
        if tag not in _EDGES:
            _of_term(reading, term, line, tag, value)
            continue
        edge = _edge(reading, key, line, tag, value, names, mutual)
        if edge is not None:
            yield edge
    yield term.node(reading, f"line {stanza.line}")


# --- Stanzas --------------------------------------------------------------------------------


def _stanzas(reading: Reading, *, only: str = "") -> Iterator[_Stanza]:
    """The header, which is of no kind, and the stanzas.

    With `only` those of one kind have tags, and nothing is said of bad lines.
    """
    current = _Stanza("", 1)
    for number, line in _lines(reading):
        text = line.strip()
        if not text or text.startswith("!"):
            continue
        head = _STANZA.fullmatch(text) if text[0] == "[" else None
        if head:
            yield current
            current = _Stanza(head[1], number)
            continue
        if only and current.kind != only:
            continue
        tag, colon, value = text.partition(":")
        if colon and tag and tag.split() == [tag]:
            current.tags.append((number, tag, value.strip()))
        elif not only:
            what = f"{text!r:.60} is neither a tag with its value nor a stanza"
            reading.wrong(str(number), what, "write tag: value")
    yield current


def _lines(reading: Reading) -> Iterator[tuple[int, str]]:
    """The lines, those put together that end in a backslash of their own."""
    kept, first = "", 0
    for number, line in reading.lines():
        if not first and line[-1:] != "\\":
            yield number, line
            continue
        whole = kept + line
        odd = len(whole) - len(whole.rstrip("\\"))
        if odd % 2:
            first, kept = first or number, whole[:-1]
            continue
        yield first or number, whole
        kept, first = "", 0
    if kept:
        yield first, kept


def _header(reading: Reading, stanza: _Stanza) -> Iterator[Item]:
    told: dict[str, str] = {}
    for line, tag, value in stanza.tags:
        if tag == "idspace":
            parts = value.split()
            if len(parts) >= 2 and parts[1].startswith(("http://", "https://")):
                yield Prefixes({parts[0]: _unescaped(parts[1])})
            else:
                reading.wrong(str(line), f"idspace: {value!r:.60}", "write prefix and IRI")
        elif tag == "property_value":
            name, _, rest = value.partition(" ")
            key = re.split(r"[/#:]", name)[-1]
            text = _QUOTED.match(rest.strip())
            content = _unescaped(text[1]) if text else _DATATYPE.sub("", _unescaped(rest.strip()))
            if key in ("title", "description", "license"):
                told[key] = content
            else:
                reading.left("header tag", name, f"line {line}")
        elif tag in ("ontology", "data-version"):
            told[tag] = _unescaped(value)
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


def _predicate(stanza: _Stanza) -> str:
    """What edges call a relation: its id, or the term that it is a shorthand for."""
    key = stanza.id
    if ":" in key:
        return key
    for _, tag, value in stanza.tags:
        if tag == "xref":
            name = _name(value)[0]
            if re.fullmatch(r"(RO|BFO):\d{7}", name):
                return name
    return key


def _of_relation(reading: Reading, stanza: _Stanza, names: dict[str, str]) -> Iterator[Item]:
    key = names[stanza.id]
    for line, tag, value in stanza.tags:
        place = f"line {line}"
        if tag in ("is_a", "inverse_of"):
            target = _name(value)[0]
            name = "subPropertyOf" if tag == "is_a" else "inverseOf"
            yield Edge(subject=key, predicate=name, object=names.get(target, target), place=place)
        elif tag == "property_value" and value.startswith(f"{_SIGN} "):
            continue
        elif tag not in ("id", "name", "def", "xref", "is_symmetric"):
            reading.left("relation tag", tag, place)


# --- Terms ----------------------------------------------------------------------------------

#: Tags that make an edge, and those of edges that are only counted.
_EDGES: Final = frozenset(("is_a", "relationship", "instance_of", "equivalent_to"))


def _edge(
    reading: Reading,
    key: str,
    line: int,
    tag: str,
    value: str,
    names: dict[str, str],
    mutual: set[str],
) -> Edge | None:
    """The edge that a line makes; None where it cannot be read."""
    text, modifiers = _name(value)
    words = text.split()
    if len(words) != (2 if tag == "relationship" else 1):
        expected = "a relation and an id" if tag == "relationship" else "one id"
        reading.wrong(str(line), f"{tag}: {value!r:.60}", f"write {expected}")
        return None
    relation = {"equivalent_to": "owl:equivalentClass"}.get(tag, tag)
    if tag == "relationship":
        relation = names.get(words[0], words[0])
    papers: list[str] = []
    meaning: list[tuple[str, str]] = []
    for name, content in modifiers:
        if name.rpartition(":")[2] in _SOURCES:  # dcterms:source, too
            papers.extend(part.strip() for part in content.split(", "))
        elif name in _MEANING:
            meaning.append((name, content))
        elif name == _QUALIFIER and "=" in content:
            meaning.append((content.partition("=")[0], content.partition("=")[2]))
        else:
            reading.left("modifier", name, f"line {line}")
    none = any(n in ("cardinality", "maxCardinality") and count == "0" for n, count in meaning)
    if none:
        meaning = [pair for pair in meaning if "ardinality" not in pair[0]]
    return Edge(
        subject=key,
        predicate=relation,
        object=words[-1],
        negated=none,
        symmetric=relation in mutual,
        qualifiers=tuple(meaning),
        citations=_citations(papers),
        place=f"line {line}",
    )


def _citations(papers: list[str]) -> tuple[Citation, ...]:
    return (Citation(papers=tuple(filter(None, papers))),) if any(papers) else ()


#: Tags with nothing but an id that is related to the term -> where `Term` keeps it.
_LINKS: Final = {
    "alt_id": "alternatives",
    "replaced_by": "replaced_by",
    "consider": "consider",
    "use_term": "consider",
}


def _of_term(reading: Reading, term: Term, line: int, tag: str, value: str) -> None:
    """Take what a line says of a term; what it has no place for is counted."""
    place = f"line {line}"
    if tag == "name":
        text = _MODIFIED.sub("", value)
        if text != value:
            reading.left("modifier", "of a name", place)
        term.name = _unescaped(text)
    elif tag == "namespace" and value in CATEGORIES:
        term.category = CATEGORIES[value]
    elif tag == "def":
        term.definition, rest = _quoted(value)
        term.defined_by.extend(_list(rest))
    elif tag in _SYNONYMS:
        _synonym(reading, term, tag, value, place)
    elif tag == "xref":
        _xref(reading, term, value, place)
    elif tag in _LINKS:
        getattr(term, _LINKS[tag]).append(_name(value)[0])
    elif tag == "property_value":
        _property(reading, term, value, place)
    elif tag != "id":
        reading.left("tag", tag, place)


def _synonym(reading: Reading, term: Term, tag: str, value: str, place: str) -> None:
    text, rest = _quoted(value)
    term.synonyms.append(text)
    for _ in _list(rest):
        reading.left("synonym detail", "sources", place)
    scope = rest.partition("[")[0].split() or [tag.partition("_")[0].upper()]
    if scope[0] != "EXACT":
        reading.left("synonym detail", f"scope {scope[0]}", place)
    for kind in scope[1:2]:
        reading.left("synonym detail", f"type {kind}", place)


def _property(reading: Reading, term: Term, value: str, place: str) -> None:
    name, _, rest = _name(value)[0].partition(" ")
    if name in _MATCHES:
        term.matches.append((_MATCHES[name], rest.split(" ")[0].strip('"')))
    elif name == _CATEGORY:
        term.category = _quoted(rest)[0]
    elif name == _TAXON:
        term.taxon = _quoted(rest)[0]
    else:
        reading.left("property", name, place)


def _xref(reading: Reading, term: Term, value: str, place: str) -> None:
    name, modifiers = _name(value)
    label = _QUOTED.search(name)
    curie = name[: label.start()].strip() if label else name
    term.xrefs.append((curie, _unescaped(label[1]) if label else ""))
    for key, _ in modifiers:
        reading.left("modifier", key, place)


# --- Values ---------------------------------------------------------------------------------


def _name(value: str) -> tuple[str, list[tuple[str, str]]]:
    """A value without its comment and its modifiers, and the modifiers.

    >>> _name('CL:1 {source="PMID:2"} ! a cell')
    ('CL:1', [('source', 'PMID:2')])
    """
    if not _MARKED.search(value):
        return value, []
    kept: list[str] = []
    modifiers: list[tuple[str, str]] = []
    position = 0
    while position < len(value):
        part = _PARTS.match(value, position)
        text = part[0] if part else ""
        if text == "!" or not text:
            break
        if text == "{":
            rest = value[position:]
            modifiers = [(name, _unescaped(content)) for name, content in _MODIFIER.findall(rest)]
            break
        kept.append(text if text.startswith('"') else _unescaped(text))
        position += len(text)
    return "".join(kept).strip(), modifiers


def _quoted(value: str) -> tuple[str, str]:
    """The text in quotation marks at the start of a value, and what follows it."""
    match = _QUOTED.match(value)
    return (_unescaped(match[1]), match[2]) if match else (_unescaped(value), "")


def _list(text: str) -> list[str]:
    r"""The names in a list in brackets, without the descriptions that they may have.

    >>> _list('EXACT [PMID:1, GOC:x "somebody, else", ISBN\\:2]')
    ['PMID:1', 'GOC:x', 'ISBN:2']
    """
    inside = re.search(r"\[((?:[^\]\\\"]|\\.|\"(?:[^\"\\]|\\.)*\")*)\]", text)
    if not inside:
        return []
    plain = re.sub(r'"(?:[^"\\]|\\.)*"', "", inside[1])
    parts = re.split(r"(?<!\\),", plain)
    return [_unescaped(part.strip()) for part in parts if part.strip()]


def _unescaped(text: str) -> str:
    if "\\" not in text:
        return text
    return re.sub(r"\\(.)", lambda m: _ESCAPED.get(m[1], m[1]), text, flags=re.DOTALL)


def _words(text: str) -> str:
    return " ".join(text.split())


# --- Writing --------------------------------------------------------------------------------


def render(graph: Graph) -> bytes:
    """The graph in OBO 1.4: terms by their ids, and then the relations between them."""
    edges: dict[str, list[Statement]] = {}
    for statement in claims.repeatable(graph):
        edges.setdefault(statement.subject, []).append(statement)
    names = sorted({statement.predicate for several in edges.values() for statement in several})
    blocks = [list(_written_header(graph.about))]
    for key in sorted({*graph.entities, *edges}):
        term = graph.entities.get(key)
        lines = list(_written_term(term)) if term else []
        lines += [_written_edge(graph, statement) for statement in edges.get(key, ())]
        blocks.append(["[Term]", f"id: {_escaped(key)}", *lines])
    blocks += [
        ["[Typedef]", f"id: {_escaped(name)}", *_written_relation(graph.words.relation(name))]
        for name in names
        if name != "subclass_of"
    ]
    return "\n".join("".join(f"{line}\n" for line in block) for block in blocks).encode("utf-8")


def _written_header(about: About) -> Iterator[str]:
    yield "format-version: 1.4"
    if about.version:
        yield f"data-version: {_escaped(about.version)}"
    for prefix, space in about.prefixes:
        yield f"idspace: {prefix} {space}"
    metadata = {"title": about.title, "description": about.description, "license": about.licence}
    for name, text in metadata.items():
        if text:
            yield f"property_value: http://purl.org/dc/terms/{name} {_in_quotes(text)} xsd:string"


def _written_term(entity: Entity) -> Iterator[str]:
    """The lines that say what an entity is."""
    yield f"name: {_escaped(entity.name)}"
    defined = [xref.curie for xref in entity.xrefs if xref.label == DEFINED_BY]
    if entity.description:
        sources = ", ".join(_escaped(source, ",]") for source in defined)
        yield f"def: {_in_quotes(entity.description)} [{sources}]"
    for text in entity.synonyms:
        yield f"synonym: {_in_quotes(text)} RELATED []"
    for xref in entity.xrefs:
        curie = _escaped(xref.curie)
        if xref.label in (REPLACED_BY, CONSIDER):
            yield f"{'replaced_by' if xref.label == REPLACED_BY else 'consider'}: {curie}"
        elif xref.match != "related":
            yield f"property_value: skos:{xref.match}Match {curie}"
        elif xref.label != DEFINED_BY or not entity.description:
            yield f"xref: {curie}" + (f" {_in_quotes(xref.label)}" if xref.label else "")
    yield f"property_value: {_CATEGORY} {_in_quotes(entity.category)} xsd:string"
    if entity.taxon:
        yield f"property_value: {_TAXON} {_in_quotes(entity.taxon)} xsd:string"


def _written_edge(graph: Graph, statement: Statement) -> str:
    modifiers = [f"source={_in_quotes(source)}" for source in claims.supporting(statement)]
    modifiers += [
        f"{_QUALIFIER}={_in_quotes(f'{key}={value}')}" for key, value in statement.qualifiers
    ]
    target = _escaped(statement.object)
    edge = f"relationship: {_escaped(statement.predicate)} {target}"
    if statement.predicate == "subclass_of":
        edge = f"is_a: {target}"
    told = f" {{{', '.join(modifiers)}}}" if modifiers else ""
    return f"{edge}{told} ! {graph.name(statement.object)}"


def _written_relation(row: Predicate) -> Iterator[str]:
    yield f"name: {_escaped(row.label)}"
    if row.definition:
        yield f"def: {_in_quotes(row.definition)} []"
    yield f'property_value: {_SIGN} "{row.sign}" xsd:integer'
    if row.symmetric:
        yield "is_symmetric: true"


def _escaped(text: str, more: str = "") -> str:
    """A value without quotes, in which nothing begins a comment, modifiers or a text."""
    return "".join(f"\\{mark}" if mark in f'\\!{{}}"{more}' else mark for mark in text)


def _in_quotes(text: str) -> str:
    """A text in quotes."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
