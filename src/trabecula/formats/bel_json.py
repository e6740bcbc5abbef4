"""Node-link JSON of PyBEL: nodes are terms of BEL, edges are statements with their citation.

Symmetric relations stand twice in such a file, once each way, and edges without evidence say what
terms say by being written. Versions before 0.14 name a citation by `type` and `reference`, later
ones by `namespace` and `identifier`; both are read.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from trabecula.mapping import Citation, Edge, Item, Reading, bel
from trabecula.model import Context

#: Relations as old versions write them.
_RELATIONS: Final = {"causes_no_change": "causesNoChange"}
_FUNCTIONS: Final = {
    "Abundance": "a", "Protein": "p", "Gene": "g", "RNA": "r", "miRNA": "m", "Complex": "complex",
    "Composite": "composite", "BiologicalProcess": "bp", "Pathology": "path", "Reaction": "rxn",
    "Population": "pop", "Activity": "act",
}  # fmt: skip
_MOVED: Final = {"Degradation": "deg", "Translocation": "tloc"}
_CITED: Final = {"pubmed": "PMID", "pmc": "PMCID", "doi": "doi"}


def items(reading: Reading) -> Iterator[Item]:
    """The nodes and edges of a file."""
    document = reading.json()
    nodes = document.get("nodes", [])
    terms: list[bel.Term] = []
    by_id: dict[Any, bel.Term] = {}
    for value in nodes:
        term = _term(value)
        terms.append(term)
        if isinstance(value, dict):
            by_id[value.get("id")] = term
    seen: set[str] = set()
    for term in terms:
        yield from (item for item in bel.structure(term, seen) if not isinstance(item, Edge))
    for number, link in enumerate(document.get("links", document.get("edges", []))):
        place = f"links[{number}]"
        if not isinstance(link, dict):
            reading.wrong(place, "a link is no object", "write an object with source and target")
            continue
        ends = [_end(link.get(name), terms, by_id) for name in ("source", "target")]
        if None in ends:
            reading.wrong(place, "an end is no node of the file", "name one that is there")
            continue
        yield from _edge(link, ends[0], ends[1], place, seen)  # type: ignore[arg-type]
    said = document.get("graph", {}).get("document_metadata", {})
    if isinstance(said, dict) and said:
        yield bel.document({name: str(value or "") for name, value in said.items()})


def _end(value: Any, terms: list[bel.Term], by_id: dict[Any, bel.Term]) -> bel.Term | None:
    """The node that an end of a link names: by its place in the list, or by its id."""
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < len(terms):
        return terms[value]
    return by_id.get(value) if isinstance(value, str) else None


def _edge(
    link: dict[str, Any], subject: bel.Term, object_: bel.Term, place: str, seen: set[str]
) -> Iterator[Item]:
    """The edge of a link, after the nodes of its ends."""
    written = str(link.get("relation", ""))
    relation = _RELATIONS.get(written, written)
    start, asked = _modified(subject, link.get("source_modifier", link.get("subject")), "subject")
    end, wanted = _modified(object_, link.get("target_modifier", link.get("object")), "object")
    yield from bel.related((start, asked), relation, (end, wanted), _citations(link), place, seen)


def _citations(link: dict[str, Any]) -> tuple[Citation, ...]:
    cited = link.get("citation")
    if not isinstance(cited, dict):
        return ()
    space = str(cited.get("namespace", cited.get("type", "")))
    reference = str(cited.get("identifier", cited.get("reference", ""))).strip()
    if bel.is_unsaid(reference):
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
        said = _concept(effect) if isinstance(effect, dict) and effect else "activity"
        qualifiers.append((f"{side}_activity", said))
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
    members = value.get("members", ())
    if members:
        return bel.Term(name, tuple(sorted(map(_term, members), key=str)), True)
    variants = tuple(_variant(one) for one in value.get("variants", ()))
    return bel.Term(name, (bel.Term(_concept(value)), *variants), True)


def _variant(value: dict[str, Any]) -> bel.Term:
    """A variant, a modification or a fragment of a protein or gene."""
    kind = str(value.get("kind", ""))
    if kind == "hgvs":
        words = [bel.quoted(str(value.get("hgvs", value.get("identifier", ""))))]
        return bel.Term("var", tuple(map(bel.Term, words)), True)
    if kind == "frag":
        ends = value.get("range") or {}
        if "missing" in ends or not ends:
            words = ["?"]
        else:
            words = [f"{ends.get('start', '?')}_{ends.get('stop', '?')}"]
        return bel.Term("frag", tuple(map(bel.Term, map(bel.quoted, words))), True)
    identifier = value.get("identifier", value.get("concept"))
    said = _concept(identifier) if isinstance(identifier, dict) else str(identifier or "")
    words = [said, *(str(value[name]) for name in ("code", "pos") if name in value)]
    return bel.Term(kind, tuple(map(bel.Term, words)), True)
