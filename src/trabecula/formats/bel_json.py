"""What PyBEL writes beside scripts: nodes are terms of BEL, edges statements with their citation.

It comes as node-link JSON, as lines (SBEL), of which the first tells of the document and each other
is an edge with its ends, and as nanopublications of BEL, as BEL Commons and BELBio exchange them.
It comes as rows, too, of two terms with the relation between them, behind which an object of JSON
says the reason.

Symmetric relations stand twice in such a file, once each way, and edges without evidence say what
terms say by being written. Versions before 0.14 name a citation by `type` and `reference`, later
ones by `namespace` and `identifier`, and some between them by `db` and `db_id`; all are read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

from trabecula.mapping import Citation, Edge, Item, Reading, bel, strict_json
from trabecula.model import Context

#: Relations as old versions write them.
_RELATIONS: Final = {"causes_no_change": "causesNoChange"}
_FUNCTIONS: Final = {
    "Abundance": "a", "Protein": "p", "Gene": "g", "RNA": "r", "miRNA": "m", "Complex": "complex",
    "Composite": "composite", "BiologicalProcess": "bp", "Pathology": "path", "Reaction": "rxn",
    "Population": "pop", "Activity": "act",
}  # fmt: skip
_PARTS: Final = ("subject", "relation", "object")
#: Keys of a nanopublication that are read, or say only how it is kept.
_OF_NANOPUB: Final = frozenset(
    ("assertions", "citation", "annotations", "evidence", "summary_text", "id", "type",
     "schema_uri", "metadata")
)  # fmt: skip
_MOVED: Final = {"Degradation": "deg", "Translocation": "tloc"}
#: What tells in the versions of PyBEL where a paper is registered, and as what.
_OF_PAPER: Final = (("namespace", "db", "type"), ("identifier", "db_id", "reference"))
#: What a value of another kind than PyBEL writes raises, where a part of it is looked up.
_MISSHAPEN: Final = (AttributeError, KeyError, TypeError)
_CITED: Final = {"pubmed": "PMID", "pmc": "PMCID", "doi": "doi"}


def items(reading: Reading) -> Iterator[Item]:
    """The nodes and edges of a file."""
    text = reading.text()
    first, _, rest = text.lstrip().partition("\n")
    if not first.startswith(("{", "[")):
        yield from _rows(reading, text)
        return
    if rest.strip() and first.rstrip().endswith("}"):
        yield from _lines(reading, text)
        return
    document = strict_json.parsed(text, reading.where)
    if isinstance(document, list) or "nanopub" in document:
        yield from _nanopubs(reading, document if isinstance(document, list) else [document])
    else:
        yield from _network(reading, document)


def _network(reading: Reading, document: dict[str, Any]) -> Iterator[Item]:
    """The nodes and links of a graph."""
    nodes, links = document.get("nodes", []), document.get("links", document.get("edges", []))
    if not (isinstance(nodes, list) and isinstance(links, list)):
        reading.wrong("the file", "its nodes or links are no list", "write lists of objects")
        return
    terms: list[bel.Term | None] = []
    by_id: dict[str, bel.Term | None] = {}
    for number, value in enumerate(nodes):
        try:
            term = _term(value)
        except _MISSHAPEN:
            what, fix = "a node is not as PyBEL writes it", "write its function, namespace and name"
            reading.wrong(f"nodes[{number}]", what, fix)
            term = None
        terms.append(term)
        if isinstance(value, dict):
            by_id[str(value.get("id"))] = term
    seen: set[str] = set()
    for term in filter(None, terms):
        yield from (item for item in bel.structure(term, seen) if not isinstance(item, Edge))
    for number, link in enumerate(links):
        place = f"links[{number}]"
        if not isinstance(link, dict):
            reading.wrong(place, "a link is no object", "write an object with source and target")
            continue
        ends = [_end(link.get(name), terms, by_id) for name in ("source", "target")]
        if None in ends:
            reading.wrong(place, "an end is no node of the file", "name one that is there")
            continue
        yield from _edge(reading, link, ends[0], ends[1], place, seen)  # type: ignore[arg-type]
    yield from _document(document.get("graph"))


def _document(graph: Any) -> Iterator[Item]:
    """What a file says of itself."""
    metadata = graph.get("document_metadata") if isinstance(graph, dict) else None
    if isinstance(metadata, dict) and metadata:
        yield bel.document({name: str(value or "") for name, value in metadata.items()})


def _lines(reading: Reading, text: str) -> Iterator[Item]:
    """The edges of a file that has one in each line, after a line of the document."""
    seen: set[str] = set()
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        value = strict_json.line(line, reading.where, number)
        ends = [value.get(end) for end in ("source", "target")] if isinstance(value, dict) else []
        if all(isinstance(end, dict) for end in ends) and ends:
            place = f"line {number}"
            try:
                terms = [_term(end) for end in ends]
            except _MISSHAPEN:
                what, fix = "an end is not as PyBEL writes it", "write its function and its name"
                reading.wrong(str(number), what, fix)
                continue
            yield from _edge(reading, value, terms[0], terms[1], place, seen)
        elif isinstance(value, dict) and "pybel_version" in value:
            yield from _document(value)
        else:
            fix = "write an object with source, relation and target"
            reading.wrong(str(number), "the line is no edge between two terms", fix)


def _rows(reading: Reading, text: str) -> Iterator[Item]:
    """The edges of a table of terms, relations and reasons."""
    seen: set[str] = set()
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip():
            continue
        parts, told = line.split("\t")[:3], line.split("\t", 3)[3:]
        link = strict_json.line(told[0], reading.where, number) if told else {}
        if len(parts) < 3 or not isinstance(link, dict):
            fix = "write a term, a relation, a term and perhaps an object of JSON"
            reading.wrong(str(number), "the row is no edge between two terms", fix)
            continue
        try:
            place = f"line {number}"
            yield from _assertion(parts, _citations(reading, link, place), place, seen)
        except bel.BadTerm as error:
            reading.wrong(str(number), str(error), "write it as BEL 2, such as p(HGNC:AKT1)")


def _end(
    value: Any, terms: list[bel.Term | None], by_id: dict[str, bel.Term | None]
) -> bel.Term | None:
    """The node that an end of a link names: by its place in the list, or by its id."""
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < len(terms):
        return terms[value]
    return by_id.get(value) if isinstance(value, str) else None


def _edge(
    reading: Reading,
    link: dict[str, Any],
    subject: bel.Term,
    object_: bel.Term,
    place: str,
    seen: set[str],
) -> Iterator[Item]:
    """The edge of a link, after the nodes of its ends; none where a part is of another kind."""
    written = str(link.get("relation", ""))
    relation = _RELATIONS.get(written, written)
    try:
        start = _modified(subject, link.get("source_modifier", link.get("subject")), "subject")
        end = _modified(object_, link.get("target_modifier", link.get("object")), "object")
        cited = _citations(reading, link, place)
    except _MISSHAPEN:
        what, fix = "a link is not as PyBEL writes it", "write citation and modifiers as objects"
        reading.wrong(place, what, fix)
        return
    yield from bel.related(start, relation, end, cited, place, seen)


def _nanopubs(reading: Reading, rows: list[Any]) -> Iterator[Item]:
    """The assertions of nanopublications, each with the citation and the text of its own."""
    seen: set[str] = set()
    for number, row in enumerate(rows):
        inside = row.get("nanopub") if isinstance(row, dict) else None
        asserted = inside.get("assertions") if isinstance(inside, dict) else None
        if not isinstance(inside, dict) or not isinstance(asserted, list):
            fix = 'write {"nanopub": {"assertions": […]}}'
            reading.wrong(f"[{number}]", "a nanopublication has no assertions", fix)
            continue
        for name in inside:
            if name not in _OF_NANOPUB:
                reading.left("key of a nanopublication", name, f"[{number}]")
        cited = _of_nanopub(reading, inside, f"[{number}]")
        for each, assertion in enumerate(asserted):
            place = f"[{number}].assertions[{each}]"
            parts = (
                [assertion.get(part) for part in _PARTS] if isinstance(assertion, dict) else [None]
            )
            if not all(isinstance(part, str) for part in parts):
                fix = "write subject, relation and object as texts"
                reading.wrong(place, "an assertion lacks one of its three parts", fix)
                continue
            try:
                yield from _assertion(parts, cited, place, seen)
            except bel.BadTerm as error:
                reading.wrong(place, str(error), "write it as BEL 2, such as p(HGNC:AKT1)")


def _assertion(
    parts: list[Any], cited: tuple[Citation, ...], place: str, seen: set[str]
) -> Iterator[Item]:
    """The edge of an assertion; its object may be a statement in brackets."""
    subject, relation = bel.parsed(parts[0])[0], parts[1].strip()
    if parts[2].lstrip().startswith("("):
        yield from bel.about_a_statement(subject, relation, parts[2].strip(), cited, place, seen)
        return
    ends = bel.stripped(subject, "subject"), bel.stripped(bel.parsed(parts[2])[0], "object")
    yield from bel.related(ends[0], relation, ends[1], cited, place, seen)


def _of_nanopub(reading: Reading, inside: dict[str, Any], place: str) -> tuple[Citation, ...]:
    """The citation of a nanopublication, which is none where it names nothing."""
    cited = inside.get("citation")
    cited = cited if isinstance(cited, dict) else {"id": cited}
    registry = cited.get("database")
    told = registry if isinstance(registry, dict) else cited
    space = str(told.get("name") or told.get("type") or "") if told is not cited else ""
    space = space or str(cited.get("type") or "")
    reference = str(told.get("id") or cited.get("reference") or cited.get("uri") or "").strip()
    if bel.is_unsaid(reference):
        reading.left("citation", "that names nothing", place)
        return ()
    prefix = _CITED.get(space.casefold(), "")
    context, species = [], ""
    rows = inside.get("annotations")
    for row in rows if isinstance(rows, list) else ():
        if not isinstance(row, dict):
            continue
        key, value = str(row.get("type") or ""), str(row.get("id") or row.get("label") or "")
        if key.casefold() == "species":
            taxon = re.fullmatch(r"(?i)(?:tax|taxid|ncbitaxon):?(\d+)|(\d+)", value)
            species = f"NCBITaxon:{taxon[1] or taxon[2]}" if taxon else value
        elif key and value:
            context.append((key, value))
    text = inside.get("evidence") or inside.get("summary_text")
    return (
        Citation(
            papers=(f"{prefix}:{reference}" if prefix else reference,),
            species=species,
            summary=text if isinstance(text, str) else "",
            context=tuple(sorted(context)),
        ),
    )


def _citations(reading: Reading, link: dict[str, Any], place: str) -> tuple[Citation, ...]:
    cited = link.get("citation")
    if not isinstance(cited, dict):
        return ()
    space, reference = (
        next((str(cited[key]).strip() for key in keys if cited.get(key)), "") for keys in _OF_PAPER
    )
    if bel.is_unsaid(reference):
        if cited and not reference:
            reading.left("citation", "without a reference", place)
        return ()
    prefix = _CITED.get(space.casefold(), "")
    annotations = link.get("annotations") or {}
    pairs = [(key, "; ".join(_values(value))) for key, value in sorted(annotations.items())]
    species = dict(pairs).get("Species", "")
    return (
        Citation(
            papers=(f"{prefix}:{reference}" if prefix else reference,),
            species=f"NCBITaxon:{species}" if species.isdigit() else "",
            summary=str(link.get("evidence") or ""),
            context=tuple(pair for pair in pairs if pair[0] != "Species"),
        ),
    )


def _values(value: Any) -> list[str]:
    """The values of an annotation: a list of objects, or the keys of one."""
    if isinstance(value, dict):
        return sorted(map(str, value))
    rows = value if isinstance(value, list) else [value]
    return [
        str(row.get("identifier", row.get("name", ""))) if isinstance(row, dict) else str(row)
        for row in rows
    ]


# --- Terms ----------------------------------------------------------------------------------


def _modified(term: bel.Term, modifier: Any, side: str) -> tuple[bel.Term, Context]:
    """What an end of an edge is about, and what is asked of it."""
    if not isinstance(modifier, dict):
        return term, ()
    qualifiers = []
    kind, effect = modifier.get("modifier"), modifier.get("effect")
    if kind == "Activity":
        activity = _plain(effect) if isinstance(effect, dict) and effect else "activity"
        qualifiers.append((f"{side}_activity", activity))
    elif kind in _MOVED:
        places = effect if isinstance(effect, dict) else {}
        extra = tuple(
            bel.Term(name, (bel.Term(_concept(places[name])),), True)
            for name in ("fromLoc", "toLoc")
            if isinstance(places.get(name), dict)
        )
        term = bel.Term(_MOVED[kind], (term, *extra), True)
    if isinstance(modifier.get("location"), dict):
        qualifiers.append((f"{side}_location", _concept(modifier["location"])))
    return term, tuple(qualifiers)


def _concept(value: dict[str, Any]) -> str:
    """A name or an identifier of a namespace, as terms write it."""
    inner = value.get("concept", value)
    space, name = str(inner.get("namespace", "")), str(inner.get("name", ""))
    identifier = str(inner.get("identifier") or "")
    label = f" ! {bel.quoted(name)}" if identifier and name else ""
    return f"{space}:{bel.quoted(identifier or name)}{label}"


def _plain(value: dict[str, Any]) -> str:
    """A concept as terms write it, without the namespace where it is one of BEL's own words."""
    inner = value.get("concept", value)
    own = str(inner.get("namespace", "")).casefold() in ("bel", "")
    name = str(inner.get("name") or inner.get("identifier") or "")
    return bel.quoted(name) if own else _concept(value)


def _term(value: Any) -> bel.Term:
    """The term of a node."""
    if not isinstance(value, dict):
        return bel.Term(str(value))
    if isinstance(value.get("bel"), str):
        try:
            return bel.parsed(value["bel"])[0]
        except bel.BadTerm:
            pass
    name = _FUNCTIONS.get(str(value.get("function", "")), str(value.get("function", "")))
    if name == "rxn":
        groups = tuple(
            bel.Term(group, tuple(sorted(map(_term, value.get(group, ())), key=str)), True)
            for group in ("reactants", "products")
        )
        return bel.Term(name, groups, True)
    if isinstance(value.get("fusion"), dict):
        return bel.Term(name, (_fusion(value["fusion"]),), True)
    members = value.get("members", ())
    if members:
        return bel.Term(name, tuple(sorted(map(_term, members), key=str)), True)
    variants = tuple(_variant(variant) for variant in value.get("variants", ()))
    return bel.Term(name, (bel.Term(_concept(value)), *variants), True)


def _variant(value: dict[str, Any]) -> bel.Term:
    """A variant, a modification or a fragment of a protein or gene."""
    kind = str(value.get("kind", ""))
    if kind == "hgvs":
        words = [bel.quoted(str(value.get("hgvs", value.get("identifier", ""))))]
        return bel.Term("var", tuple(map(bel.Term, words)), True)
    if kind == "frag":
        inner = value.get("range")
        ends = inner if isinstance(inner, dict) else value
        is_told = "start" in ends and "stop" in ends and "missing" not in ends
        words = [f"{ends['start']}_{ends['stop']}" if is_told else "?"]
        words += [str(value["description"])] if value.get("description") else []
        return bel.Term("frag", tuple(map(bel.Term, map(bel.quoted, words))), True)
    identifier = value.get("identifier", value.get("concept"))
    concept = _plain(identifier) if isinstance(identifier, dict) else str(identifier or "")
    words = [concept, *(str(value[name]) for name in ("code", "pos") if name in value)]
    return bel.Term(kind, tuple(map(bel.Term, words)), True)


def _fusion(value: dict[str, Any]) -> bel.Term:
    """What two genes or proteins are fused of, each with the part of it that is there."""
    words = []
    for end in ("5p", "3p"):
        partner, part = value.get(f"partner_{end}"), value.get(f"range_{end}")
        words.append(_concept(partner) if isinstance(partner, dict) else str(partner or "?"))
        told = part if isinstance(part, dict) and "missing" not in part else {}
        ends = f"{told.get('reference', '')}.{told.get('left', '?')}_{told.get('right', '?')}"
        words.append(bel.quoted(ends if told else "?"))
    return bel.Term("fus", tuple(map(bel.Term, words)), True)
