"""The things that RDF of others names: what they are called, what they are, what else is said."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache, cached_property
from typing import Final

from trabecula.canonical import canonical
from trabecula.formats.rdf.content import Content
from trabecula.formats.rdf.rows import Literal, Object
from trabecula.formats.rdf.values import plain
from trabecula.identifiers import curie_problem
from trabecula.mapping import Node, Reading
from trabecula.mapping.ontology import CATEGORIES, RELATION, Term
from trabecula.prefixes import ONTOLOGY
from trabecula.settled import settled

OBO: Final = "http://purl.obolibrary.org/obo/"
OIO: Final = "http://www.geneontology.org/formats/oboInOwl#"
BIOLINK: Final = "https://w3id.org/biolink/vocab/"
_SPACES: Final = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dct": "http://purl.org/dc/terms/",
    "prov": "http://www.w3.org/ns/prov#",
    "oban": "http://purl.org/oban/",
    "oio": OIO,
    "sio": "http://semanticscience.org/resource/",
    "cito": "http://purl.org/spar/cito/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "pav": "http://purl.org/pav/",
    "prv": "http://purl.org/net/provenance/ns#",
    "void": "http://rdfs.org/ns/void#",
    "schema": "http://schema.org/",
    "np": "http://www.nanopub.org/nschema#",
    "npx": "http://purl.org/nanopub/x/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "sh": "http://www.w3.org/ns/shacl#",
    "gpml": "http://vocabularies.wikipathways.org/gpml#",
    "wp": "http://vocabularies.wikipathways.org/wp#",
    "bp": "http://www.biopax.org/release/biopax-level3.owl#",
}


@cache
def named(name: str) -> str:
    """The IRI of a term of the vocabularies that are known here.

    >>> named("rdfs:label")
    'http://www.w3.org/2000/01/rdf-schema#label'
    """
    prefix, _, local = name.partition(":")
    return _SPACES[prefix] + local


def _all(*names: str) -> tuple[str, ...]:
    return tuple(map(named, names))


#: Vocabularies that describe files, graphs and records, and the parts of axioms.
SCHEMA_PARTS: Final = (
    *(_SPACES[name]
      for name in ("rdf", "rdfs", "owl", "dc", "dct", "prov", "oban", "foaf", "pav", "prv", "void",
                   "np", "npx", "dcat", "sh", "oio", "skos")),
    "http://swan.mindinformatics.org/ontologies/1.2/pav/",
    f"{OBO}IAO_",
)  # fmt: skip
#: Of those, the ones that relate two things.
_RELATES: Final = frozenset(
    _all("owl:sameAs", "owl:equivalentClass", "owl:inverseOf", "rdfs:subPropertyOf",
         "owl:equivalentProperty", "skos:exactMatch", "skos:closeMatch", "skos:broadMatch",
         "skos:narrowMatch", "skos:relatedMatch", "skos:broader", "skos:narrower", "skos:related",
         "rdfs:subClassOf")
)  # fmt: skip
_LABELS: Final = (
    *_all("rdfs:label", "skos:prefLabel", "schema:name"), f"{BIOLINK}name",
    *_all("bp:displayName", "bp:standardName", "foaf:name"),
)  # fmt: skip
_SYNONYMS: Final = (
    *_all("oio:hasExactSynonym", "oio:hasRelatedSynonym", "oio:hasNarrowSynonym",
          "oio:hasBroadSynonym", "oio:hasSynonym", "skos:altLabel", "bp:name",
          "schema:alternateName"),
    f"{BIOLINK}synonym", f"{OBO}IAO_0000118",
)  # fmt: skip
_DEFINITIONS: Final = (
    f"{OBO}IAO_0000115", *_all("skos:definition", "dct:description", "dc:description",
                               "schema:description"), f"{BIOLINK}description",
)  # fmt: skip
_XREFS: Final = (named("oio:hasDbXref"), f"{BIOLINK}xref")
#: Properties of a statement that name its papers or what else it is from.
PAPERS: Final = (
    named("dc:source"), named("dct:source"), named("prov:wasDerivedFrom"),
    named("prov:hadPrimarySource"), f"{BIOLINK}publications", f"{BIOLINK}has_evidence_publication",
    named("prov:wasQuotedFrom"), named("sio:SIO_000253"), named("sio:SIO_000772"),
    named("dct:references"), named("dct:bibliographicCitation"), named("cito:citesAsEvidence"),
    named("prv:usedData"), named("oio:hasDbXref"), named("oio:source"), named("schema:citation"),
)  # fmt: skip
_ALTERNATIVE: Final = named("oio:hasAlternativeId")
_REPLACED: Final = f"{OBO}IAO_0100001"
_CONSIDER: Final = named("oio:consider")
_CATEGORY: Final = f"{BIOLINK}category"
_TAXON: Final = f"{BIOLINK}in_taxon"
_TYPE: Final = named("rdf:type")
_SIGN: Final = f"{ONTOLOGY}sign"
_DESCRIBES: Final = frozenset(
    (*_LABELS, *_SYNONYMS, *_DEFINITIONS, *_XREFS, _ALTERNATIVE, _REPLACED, _CONSIDER, _CATEGORY,
     _TAXON, _SIGN)
)  # fmt: skip
#: What says which kind of thing it is.
_SAYS_WHAT: Final = frozenset((_CATEGORY, _TYPE, named("oio:hasOBONamespace")))
_PROPERTIES: Final = frozenset(
    _all("owl:ObjectProperty", "owl:AnnotationProperty", "owl:DatatypeProperty", "rdf:Property",
         "owl:TransitiveProperty", "owl:SymmetricProperty", "owl:FunctionalProperty",
         "owl:OntologyProperty", "owl:AsymmetricProperty", "owl:ReflexiveProperty",
         "owl:IrreflexiveProperty", "owl:InverseFunctionalProperty")
)  # fmt: skip
#: Types that do not say what a thing is.
_NO_KIND: Final = tuple(
    _SPACES[name] for name in ("rdf", "rdfs", "owl", "prov", "void", "np", "skos", "gpml", "dcat")
)
#: Types of pathways, and the categories that they are.
_KINDS: Final = {
    **{named(f"wp:{name}"): category for name, category in (
        ("Protein", "protein"), ("GeneProduct", "gene"), ("Metabolite", "metabolite"),
        ("Complex", "complex"), ("Pathway", "pathway"), ("Rna", "rna"), ("Interaction", "process"),
    )},
    **{named(f"bp:{name}"): category for name, category in (
        ("Protein", "protein"), ("SmallMolecule", "chemical"), ("Complex", "complex"),
        ("Rna", "rna"), ("RnaRegion", "rna"), ("Gene", "gene"), ("Pathway", "pathway"),
        ("Dna", "biolink:NucleicAcidEntity"), ("DnaRegion", "biolink:NucleicAcidEntity"),
        ("Conversion", "process"), ("BiochemicalReaction", "process"), ("Transport", "process"),
        ("TransportWithBiochemicalReaction", "process"), ("ComplexAssembly", "process"),
        ("Degradation", "process"), ("Control", "process"), ("Catalysis", "process"),
        ("Modulation", "process"), ("TemplateReaction", "process"),
        ("TemplateReactionRegulation", "process"), ("Interaction", "process"),
        ("MolecularInteraction", "process"), ("GeneticInteraction", "process"),
    )},
}  # fmt: skip
_TERM = re.compile(r"http://purl\.obolibrary\.org/obo/(?:[\w.]*#)?([A-Za-z]+)_(\d+)\Z")


class Things:
    """The triples of a file, asked for what they say of one thing."""

    def __init__(self, content: Content, reading: Reading) -> None:
        self.content, self.reading = content, reading
        self._predicates: dict[str, str] = {}

    # --- Values -------------------------------------------------------------------------------

    def values(self, node: str, *names: str) -> list[Object]:
        """The values of properties, in the order of the properties and of the file."""
        pairs = self.content.nodes.get(node, {})
        return [value for name in names for value in pairs.get(name, ())]

    def iris(self, node: str, *names: str) -> list[str]:
        """Those values that are nodes."""
        return [value for value in self.values(node, *names) if not isinstance(value, Literal)]

    def text(self, node: str, *names: str) -> str:
        """The text of the first property that has one: without a language, else in English."""
        pairs = self.content.nodes.get(node, {})
        for name in names:
            texts = [value for value in pairs.get(name, ()) if isinstance(value, Literal)]
            if texts:
                return min(texts, key=_language).text
        return ""

    def is_a(self, node: str, kind: str) -> bool:
        """Whether a node has this type."""
        return kind in self.content.nodes.get(node, {}).get(_TYPE, ())

    @cached_property
    def typed(self) -> list[str]:
        """The nodes that have a type, in the order of the file."""
        return [node for node, pairs in self.content.nodes.items() if _TYPE in pairs]

    def is_property(self, node: str) -> bool:
        """Whether a node is a property."""
        return not _PROPERTIES.isdisjoint(self.content.nodes.get(node, {}).get(_TYPE, ()))

    def describes(self, name: str) -> bool:
        """Whether a property says what a thing is, and relates no two."""
        return name in _DESCRIBES

    def relates(self, name: str) -> bool:
        """Whether a property of a vocabulary of files and axioms relates two things."""
        return name in _RELATES

    def name(self, node: str) -> str:
        """What a thing is called."""
        return self.text(node, *_LABELS)

    # --- Names --------------------------------------------------------------------------------

    def predicate(self, iri: str) -> str:
        """A property as a CURIE where everybody knows its prefix, else as it is."""
        predicate = self._predicates.get(iri)
        if predicate is None:
            match = _TERM.fullmatch(iri)
            predicate = f"{match[1]}:{match[2]}" if match else settled(canonical(iri, ONTOLOGY), "")
            self._predicates[iri] = predicate
        return predicate

    def sign(self, iri: str) -> int | None:
        """The sign that the file gives a property itself, as our own OWL does; None for others."""
        text = self.text(iri, _SIGN) if iri in self.content.nodes else ""
        return int(text) if text in ("1", "-1") else None

    def short(self, iri: str) -> str:
        """An IRI as people write it, by the prefixes of the file or those that we know."""
        if not iri.startswith(("http://", "https://")):
            return iri
        curie = canonical(iri)
        if not curie.startswith(("http://", "https://")):
            return curie
        for name, space in self._prefixes:
            if iri.startswith(space) and len(iri) > len(space):
                return f"{name}:{iri[len(space) :]}"
        return iri

    @cached_property
    def _prefixes(self) -> list[tuple[str, str]]:
        pairs = {**_SPACES, **self.content.prefixes}.items()
        return sorted(((n, s) for n, s in pairs if s), key=lambda pair: (-len(pair[1]), pair[0]))

    def shown(self, node: str) -> str:
        """A node as messages name it."""
        return node if node.startswith("_:") else f"<{node}>"

    # --- Nodes --------------------------------------------------------------------------------

    def nodes(
        self,
        ends: set[str],
        records: set[str],
        annotated: Mapping[tuple[str, str, object], list[str]],
    ) -> Iterator[Node]:
        """The things that have a type or an edge, in the order of the file."""
        for node, pairs in self.content.nodes.items():
            is_end = node in ends
            if node.startswith("_:") or (node in records and not is_end):
                continue
            types = pairs.get(_TYPE, ())
            if types and (
                named("owl:Ontology") in types or (self.is_property(node) and not is_end)
            ):
                continue
            if is_end or self.iris(node, _TYPE) or self.values(node, _CATEGORY):
                yield self.term(node, annotated).node(self.reading, self.shown(node))
            elif self.name(node):
                self.reading.left("thing", "of which only the name is said", self.shown(node))

    def term(self, node: str, annotated: Mapping[tuple[str, str, object], list[str]]) -> Term:
        """Everything that is said of a thing; literals that have no place are counted."""
        pairs = self.content.nodes.get(node, {})
        term = Term(node)
        if not _SAYS_WHAT.isdisjoint(pairs):
            term.category = self.category(node)
        if not _DESCRIBES.isdisjoint(pairs):
            self._describe(term, node, annotated)
        for name, values in pairs.items():
            if name not in _DESCRIBES:
                count = sum([isinstance(value, Literal) for value in values])
                if count and not (name == named("oio:hasOBONamespace") and term.category):
                    self.reading.left("property", self.short(name), self.shown(node), count)
        return term

    def _describe(
        self, term: Term, node: str, annotated: Mapping[tuple[str, str, object], list[str]]
    ) -> None:
        term.name = self.name(node)
        others = [v.text for v in self.values(node, *_LABELS, *_SYNONYMS) if isinstance(v, Literal)]
        term.synonyms = [text for text in others if text != term.name]
        term.definition = self.text(node, *_DEFINITIONS)
        for value in self.values(node, *_DEFINITIONS):
            if isinstance(value, Literal):
                for name in _DEFINITIONS:
                    term.defined_by += annotated.get((node, name, value), [])
        term.xrefs = [(plain(value), "") for value in self.values(node, *_XREFS)]
        term.alternatives = [plain(v) for v in self.values(node, _ALTERNATIVE)]
        term.replaced_by = [plain(v) for v in self.values(node, _REPLACED)]
        term.consider = [plain(v) for v in self.values(node, _CONSIDER)]
        term.taxon = next((plain(v) for v in self.values(node, _TAXON)), "")

    def category(self, node: str) -> str:
        """What a thing is: its category of Biolink, or a type that says so."""
        for value in self.values(node, _CATEGORY):
            text = plain(value)
            return f"biolink:{text.removeprefix(BIOLINK)}" if text.startswith(BIOLINK) else text
        types = self.iris(node, _TYPE)
        for kind in types:
            if kind.startswith(BIOLINK):
                return f"biolink:{kind.removeprefix(BIOLINK)}"
        for kind in types:
            if kind in _KINDS:
                return _KINDS[kind]
        if self.is_property(node):
            return RELATION
        for value in self.values(node, named("oio:hasOBONamespace")):
            return CATEGORIES.get(plain(value), "")
        for kind in types:
            if not kind.startswith(("_:", *_NO_KIND, _SPACES["wp"], _SPACES["bp"])):
                name = self.predicate(kind)
                return name if not curie_problem(name) else ""
        return ""


def _language(value: Literal) -> tuple[int, str, str]:
    language = value.language.casefold()
    rank = 0 if not language else 1 if language.partition("-")[0] == "en" else 2
    return rank, language, value.text
