"""What associations of Biolink say, in the tables of KGX, in TRAPI and in what Neo4j imports.

All three have the same slots for an edge. Values come as text with bars, as lists or as numbers;
here they are tuples of text. A direction qualifier of the object is the sign of an edge.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from trabecula.mapping.cited import cell_text, is_database, members_of
from trabecula.mapping.items import Citation, Node
from trabecula.mapping.signs import is_never, truth
from trabecula.model import Context, Xref
from trabecula.vocabulary import PREDICATES

#: Slot -> the texts in it.
Slots = Mapping[str, tuple[str, ...]]

#: A direction of Biolink's `DirectionQualifierEnum`, and the sign that it is.
DIRECTIONS: Final = {"increased": 1, "upregulated": 1, "decreased": -1, "downregulated": -1}
_OBJECT: Final = "object_direction_qualifier"
#: Slots as RTX-KG2 calls them.
_OTHERWISE: Final = {
    f"qualified_{end}_{what}": f"{end}_{what}_qualifier"
    for end in ("subject", "object")
    for what in ("aspect", "direction")
}
#: Slots as igraph writes them in GML, without what separates their words.
_SQUEEZED: Final = {
    name.replace("_", ""): slot
    for end in ("subject", "object")
    for what in ("aspect", "direction", "part", "derivative", "form_or_variant", "context")
    for slot in (f"{end}_{what}_qualifier",)
    for name in (slot, f"qualified_{end}_{what}")
} | {"qualifiedpredicate": "qualified_predicate"}
#: Roles of a source of an edge that are slots.
ROLES: Final = (
    "primary_knowledge_source",
    "aggregator_knowledge_source",
    "supporting_data_source",
)
_SUBJECT: Final = "subject_direction_qualifier"
#: Where an edge comes from, best first, where it cites no publication.
PRIMARY: Final = (
    "primary_knowledge_source", "original_knowledge_source", "knowledge_source", "provided_by",
    "source_database",
)  # fmt: skip
PUBLICATIONS: Final = ("publications", "publication", "has_publications", "pmids")
#: What some write between papers.
JOINS: Final = re.compile(r"[;,\s]")
_SUMMARY: Final = ("supporting_text", "sentences", "sentence")
#: What says nothing of an edge that a reader here wants to know.
_SILENT: Final = frozenset(("not_provided",))
#: Slots of Biolink's mixins and of its root, which say less than any other class of a list.
_GENERAL: Final = frozenset(
    (
        "NamedThing", "Entity", "BiologicalEntity", "PhysicalEssence", "OntologyClass",
        "PhysicalEssenceOrOccurrent", "ThingWithTaxon", "GenomicEntity", "GeneOrGeneProduct",
        "MacromolecularMachineMixin", "ChemicalEntity", "ChemicalOrDrugOrTreatment",
        "ChemicalEntityOrGeneOrGeneProduct", "ChemicalEntityOrProteinOrPolypeptide",
        "DiseaseOrPhenotypicFeature", "BiologicalProcessOrActivity", "Occurrent", "Polypeptide",
        "GeneProductMixin", "OrganismalEntity", "SubjectOfInvestigation",
    )
)  # fmt: skip


@lru_cache(maxsize=2**12)
def slot(name: str) -> str:
    """The name of a slot without its prefix, in words between underscores.

    >>> slot("biolink:primary knowledge source"), slot("qualified_object_direction")
    ('primary_knowledge_source', 'object_direction_qualifier')
    """
    underscored = re.sub(r"\s+", "_", name.strip().removeprefix("biolink:"))
    return _OTHERWISE.get(underscored) or _SQUEEZED.get(underscored.casefold(), underscored)


def texts(value: Any) -> tuple[str, ...]:
    """The texts in a value: of text with bars between, of a list, of a number or a truth value."""
    if isinstance(value, str):
        return tuple([part for part in map(cell_text, value.split("|")) if part])
    if isinstance(value, list | tuple):
        return texts_of_one(list(value))
    return texts_of_one(value)


def texts_of_one(value: Any) -> tuple[str, ...]:
    """The texts of a value in which a bar is only a bar; what is nested is one text of JSON."""
    if value is None or value == "":
        return ()
    if isinstance(value, bool):
        return ("true" if value else "false",)
    if isinstance(value, list):
        flat = (
            member if isinstance(member, str) else _nested(member)
            for member in value
            if member is not None
        )
        return tuple(text for text in flat if text)
    return (_nested(value) if isinstance(value, dict) else str(value),)


def slots_of(row: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """The slots of a node or of an edge in JSON; its `qualifiers` and `sources` are slots, too."""
    slots = {}
    listed: list[tuple[str, Mapping[str, Any]]] = []
    for key, value in row.items():
        if key in ("qualifiers", "sources") and isinstance(value, list):
            listed += [(key, element) for element in value if isinstance(element, Mapping)]
            slots[key] = texts_of_one(
                [element for element in value if not isinstance(element, Mapping)]
            )
        else:
            slots[slot(key)] = texts_of_one(value)
    for key, element in listed:
        name, content = _sourced(element) if key == "sources" else _qualified(element)
        slots[name] = (*slots.get(name, ()), *texts_of_one(content))
    return slots


def _sourced(source: Mapping[str, Any]) -> tuple[str, Any]:
    """The slot of a source by its role, and what it is."""
    role = slot(str(source.get("resource_role") or ""))
    value = source.get("resource_id") or source.get("resource")
    return role if role in ROLES else "source", value


def _qualified(qualifier: Mapping[str, Any]) -> tuple[str, Any]:
    """The slot of a qualifier, which narrows the edge whatever it is called, and its value."""
    name = slot(str(qualifier.get("qualifier_type_id") or "qualifiers"))
    return name if is_qualifier(name) else f"{name}_qualifier", qualifier.get("qualifier_value")


def _nested(value: Any) -> str:
    try:
        return json.dumps(value, ensure_ascii=False)
    except RecursionError:
        return "(too many levels of nesting)"


def first(slots: Slots, *names: str) -> str:
    """The first text in the first of these slots that has one."""
    for name in names:
        if values := slots.get(name):
            return values[0]
    return ""


def negation(slots: Slots) -> bool | None:
    """Whether an edge is negated; None where what stands there does not say it.

    A phenotype that was seen in nobody is one that the disease does not have.
    """
    negated = truth(first(slots, "negated"))
    return True if negated is False and _is_never(slots) else negated


def _is_never(slots: Slots) -> bool:
    """Whether an edge says how often it holds, and that this is never."""
    nobody = first(slots, "has_total") in ("0", "0.0")  # was looked at
    return not nobody and any(is_never(t) for name in _HOW_OFTEN for t in slots.get(name, ()))


def ours(slots: Slots) -> str:
    """The predicate of ours that an edge was made of, where its writer says so."""
    name = first(slots, "original_predicate")
    return name if name.startswith("tb:") and name[3:] in PREDICATES else ""


def is_qualifier(name: str) -> bool:
    """Whether a slot is part of what an edge means.

    >>> is_qualifier("object_aspect_qualifier"), is_qualifier("knowledge_level")
    (True, False)
    """
    return narrows(name) or name in ("qualifiers", "qualifier")


def narrows(name: str) -> bool:
    """Whether a slot narrows an edge by its name alone, which nothing but Biolink calls so."""
    return name.endswith("_qualifier") or name == "qualified_predicate"


def meaning(slots: Slots) -> tuple[tuple[int | None, ...], Context]:
    """The signs of an edge, mostly one, and the qualifiers that are left.

    The sign is the direction of the object. Where it is the fall of the subject that does it, the
    edge of subject and object is unsigned, for what a rise does is not said, and the qualifiers
    tell. A direction that has become the sign is no qualifier any more, and neither is
    `qualified_predicate: causes` beside it; one of regulation is, for it says more.
    """
    kept = {name: values for name, values in slots.items() if is_qualifier(name) and values}
    if _is_never(slots):
        kept.pop("frequency_qualifier", None)  # which the edge denies, and is not narrowed by
    towards = tuple(DIRECTIONS.get(text.casefold(), 0) for text in slots.get(_OBJECT, ()))
    from_ = {DIRECTIONS.get(text.casefold(), 0) for text in slots.get(_SUBJECT, ())}
    signs: tuple[int | None, ...] = (None,)
    if towards:
        signs = tuple(dict.fromkeys(towards)) if from_ <= {1} else (0,)
        if any(signs):
            kept[_OBJECT] = tuple(t for t in kept[_OBJECT] if t.endswith("regulated"))
            if kept.get("qualified_predicate") in (("biolink:causes",), ("causes",)):
                del kept["qualified_predicate"]
    elif from_ - {1, 0}:
        signs = (0,)
    pairs = tuple(
        (name.removesuffix("_qualifier"), text) for name, values in kept.items() for text in values
    )
    return signs, pairs


#: How often a phenotype goes with a disease: as a term, in how many, and as a part of all.
_HOW_OFTEN: Final = ("frequency_qualifier", "has_count", "has_quotient", "has_percentage")
#: What an edge says of its ends, which nodes say as well.
NAMES_OF_ENDS: Final = frozenset(
    f"{end}_{name}"
    for end in ("subject", "object")
    for name in ("name", "label", "category", "taxon")
)
#: Slots that have a place of their own in a row of evidence, or are known from elsewhere.
_PLACED: Final = NAMES_OF_ENDS.union(
    (
        *PUBLICATIONS, *_SUMMARY, "subject", "predicate", "object", "id", "negated",
        "has_evidence", "original_predicate", "species",
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reason:
    """What an edge gives as its reason apart from the publications, which differ from row to row.

    The reason is its publications, or where it has none, the database that it comes from, with the
    record there: the best slot of `PRIMARY` in which no program names its own file. What else the
    edge says goes along with the reason.
    """

    source: str
    method: str
    species: str
    summary: str
    context: Context
    #: All that says where the edge comes from, and what of it is no more than the source itself.
    origins: Context
    origin: Context

    def citation(self, papers: tuple[str, ...], identifier: str = "") -> Citation | None:
        """The reason with these papers; None where there are none and no database either."""
        if papers:
            return Citation(
                papers=papers,
                method=self.method,
                species=self.species,
                summary=self.summary,
                context=self.context + self.origins,
            )
        if not self.source:
            return None
        return Citation(
            database=self.source,
            record="" if _is_made_up(identifier) else identifier,
            method=self.method,
            species=self.species,
            summary=self.summary,
            context=self.context + tuple(pair for pair in self.origins if pair not in self.origin),
        )

    @property
    def unplaced(self) -> tuple[str, ...]:
        """The slots without a place where there is no reason at all."""
        more = {"has_evidence": self.method, "species": self.species, "text": self.summary}
        there = self.context + self.origins
        return (*(key for key, _ in there), *(key for key, text in more.items() if text))


def reason(slots: Slots) -> Reason:
    """What an edge says beside its ends, its publications and its qualifiers."""
    method, *more = slots.get("has_evidence", ()) or ("",)
    context = [("evidence", text) for text in more]
    for name, values in slots.items():
        if name not in _PLACED and name not in PRIMARY and not is_qualifier(name):
            context.extend((name, text) for text in values if text not in _SILENT)
    if not ours(slots):
        context += [("original_predicate", text) for text in slots.get("original_predicate", ())]
    origins = tuple(
        (name, text) for name in PRIMARY for text in slots.get(name, ()) if text not in _SILENT
    )
    source = next((text for _, text in origins if is_database(text)), "")
    return Reason(
        source=source,
        method=method,
        species=first(slots, "species"),
        summary=" ".join(text for name in _SUMMARY for text in slots.get(name, ())),
        context=tuple(context),
        origins=origins,
        origin=tuple(pair for pair in origins if pair[1] == source),
    )


def publications(texts_of: Iterable[str]) -> tuple[str, ...]:
    """Publications as citations have them: a number alone is one of PubMed.

    A text may list several where a bar is due between them.

    >>> publications(["1", "PMID:2; 3", "doi:10.1/a;b", "Smith; Jones"])
    ('PMID:1', 'PMID:2', 'PMID:3', 'doi:10.1/a;b', 'Smith; Jones')
    """
    return tuple(
        [
            f"PMID:{part}" if part.isdigit() else part
            for text in texts_of
            for part in (members_of(text) if JOINS.search(text) else (text,))
        ]
    )


def citation(slots: Slots) -> tuple[Citation | None, tuple[str, ...]]:
    """What an edge gives as its reason, if anything, and the slots that have no place then."""
    told = reason(slots)
    papers = publications(text for name in PUBLICATIONS for text in slots.get(name, ()))
    made = told.citation(papers, first(slots, "id"))
    return made, () if made else told.unplaced


def _is_made_up(identifier: str) -> bool:
    """Whether an id is a number that a program drew, or one of ours, and no record of anybody."""
    return re.match(r"(urn:)?uuid:|[0-9a-f]{8}-[0-9a-f]{4}-|s[0-9a-f]{32}", identifier) is not None


#: Slots of nodes: what they are here.
SYNONYMS: Final = (
    "symbol", "full_name", "synonym", "synonyms", "exact_synonym", "related_synonym",
    "broad_synonym", "narrow_synonym",
)  # fmt: skip
XREFS: Final = (
    ("exact", "same_as"), ("exact", "equivalent_identifiers"), ("exact", "equivalent_curies"),
    ("close", "close_match"), ("broad", "broad_match"), ("narrow", "narrow_match"),
    ("related", "xref"), ("related", "xrefs"),
)  # fmt: skip
OF_NODES: Final = frozenset(
    ("id", "name", "category", "description", "taxon", "in_taxon", *SYNONYMS)
).union(name for _, name in XREFS)


def node(slots: Slots) -> tuple[Node, tuple[str, ...]]:
    """A thing, and the slots of it that have no place here."""
    names = slots.get("name", ())
    identifier = first(slots, "id")
    made = Node(
        key=identifier,
        name=names[0] if names else first(slots, "full_name", "symbol"),
        category=category(slots.get("category", ())),
        synonyms=(*names[1:], *(text for name in SYNONYMS for text in slots.get(name, ()))),
        xrefs=tuple(
            Xref(match, text)
            for match, name in XREFS
            for text in slots.get(name, ())
            if text != identifier
        ),
        description=" ".join(slots.get("description", ())),
        taxon=first(slots, "in_taxon", "taxon"),
    )
    return made, tuple(name for name, values in slots.items() if values and name not in OF_NODES)


def category(classes: Iterable[str]) -> str:
    """The class that says most of a list: the first that is neither a root nor a mixin.

    >>> category(["biolink:NamedThing", "biolink:Gene"])
    'biolink:Gene'
    """
    names = [name for name in classes if name]
    special = [name for name in names if name.removeprefix("biolink:") not in _GENERAL]
    middle = [name for name in names if not name.endswith(("NamedThing", "Entity"))]
    return next(iter((*special, *middle, *names)), "")
