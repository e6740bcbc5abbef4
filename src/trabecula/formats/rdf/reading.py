"""RDF files back into records.

What follows from the records (signs, statuses, counts, labels of statements, plain triples and
the copies in Biolink's words) is computed anew, never read. What else stands on a record or beside
the records is counted and named; a record that lacks what it must have is an error.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cache, cached_property, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final, TypeAlias

from trabecula import files
from trabecula.about import PREFIX
from trabecula.about import read as about_read
from trabecula.addresses import Addresses, addresses
from trabecula.characters import folded
from trabecula.counted import counted
from trabecula.errors import FormatError, Problem, Problems
from trabecula.formats.rdf import foreign
from trabecula.formats.rdf.content import Content, Properties
from trabecula.formats.rdf.evidence import context_key
from trabecula.formats.rdf.model import review_from_words, split_authors, xref_from_words
from trabecula.formats.rdf.ontology import (
    ABOUT,
    CROSS_REFERENCE,
    EFFECT_VALUES,
    EMPTY,
    EVIDENCE_TEXTS,
    NANOPUB,
    SOURCE_TEXTS,
    SUBJECT,
)
from trabecula.formats.rdf.parsing import as_quads, parse
from trabecula.formats.rdf.rows import Literal, Object, iri, term
from trabecula.graph import Graph
from trabecula.leftover import Leftovers
from trabecula.mapping import Reading
from trabecula.mapping import records as mapped
from trabecula.model import (
    About,
    Context,
    Effect,
    Entity,
    Evidence,
    Record,
    Review,
    Source,
    Statement,
    Xref,
)
from trabecula.prefixes import ENTITY, ONTOLOGY, SOURCE, is_known
from trabecula.regular import method as regular_method
from trabecula.settled import settled
from trabecula.vocabulary import (
    CATEGORIES,
    CONTEXT,
    MATCHES,
    PREDICATES,
    STANCES,
    Vocabulary,
    words_of,
)

_Nodes: TypeAlias = dict[str, Properties]


def read(
    source: Path, syntax: str, left: Leftovers, reading: Reading | None = None
) -> Iterator[Record]:
    """The records in an RDF file, in all its graphs together, in the order of a `Graph`.

    With a `reading`, a file in which none of them is ours is read as others mean it, see `foreign`.
    Raises `FormatError` with the line where the file is damaged, with everything that its records
    lack, or with what is there where nothing can be read. See `parsing` for what is refused.
    """
    yield from read_bytes(files.read_bytes(source), syntax, str(source), left, reading)


def quads_of(source: Path, syntax: str, left: Leftovers) -> tuple[bytes, dict[str, str]]:
    """The triples of a file as they are, as N-Quads, and the prefixes that it declares.

    Raises `FormatError` as `read` does.
    """
    where = str(source)
    return as_quads(_utf_8(files.read_bytes(source), syntax, where, left), syntax, where)


def read_bytes(
    data: bytes, syntax: str, where: str, left: Leftovers, reading: Reading | None = None
) -> Iterator[Record]:
    """The records in the bytes of an RDF file, which errors call `where`; see `read`."""
    content = parse(_utf_8(data, syntax, where, left), syntax, where)
    for key, count in content.unmapped.items():
        left.add("key", key, "a place without a context for it", count)
    if content.mended:
        left.mend("an IRI with blanks or the like, percent-encoded", where)
    if reading is not None and not _is_ours(content):
        yield from _of_others(content, reading)
        return
    about = _declared(_about(content, where), content)
    if about != About():
        yield about
        content.nodes = _inward(content.nodes, addresses(about))
    document = _Document(where, content, left, words_of(about), addresses(about))
    yield from Graph([about, *document.records()])


def _of_others(content: Content, reading: Reading) -> Iterator[Record]:
    """The records that RDF of others stands for. Raises `FormatError` where there are none."""
    yield from mapped(foreign.items(content, reading), reading, "rdf")
    if not reading.report.nodes:
        raise FormatError([_nothing(content, reading.where)])


def _about(content: Content, where: str) -> About:
    """What the file says of its graph: a text of `about.toml`, on one node."""
    values = [value for pairs in content.nodes.values() for value in pairs.get(ABOUT, ())]
    texts = {value.text for value in values if isinstance(value, Literal)}
    if len(texts) > 1:
        problem = Problem("several-values", where, "there are several tb:about", "keep one of them")
        raise FormatError([problem])
    return about_read(texts.pop(), f"{where}: tb:about") if texts else About()


def _declared(about: About, content: Content) -> About:
    """With the prefixes that the file itself declares and nobody knows, where subjects have them.

    A name without one, and one of our own words, is none of those.
    """
    own, declared = addresses(about), {name for name, _ in about.prefixes}
    more = [
        (name, space)
        for name, space in sorted(content.prefixes.items())
        if name not in declared
        and PREFIX.fullmatch(name)
        and not is_known(name)
        and space.startswith(("http://", "https://"))
        and own.inward(space) == space
        and settled(f"{space}x", ENTITY) == f"{space}x"
        and any(node.startswith(space) for node in content.nodes)
    ]
    return replace(about, prefixes=tuple(sorted((*about.prefixes, *more)))) if more else about


def _inward(nodes: _Nodes, own: Addresses) -> _Nodes:
    """The triples with the IRIs that are used within; see `addresses`."""
    if not own.back:
        return nodes
    inward = lru_cache(maxsize=2**16)(own.inward)
    inward_nodes: _Nodes = {}
    for node, properties in nodes.items():
        kept = inward_nodes.setdefault(inward(node), {})
        for name, values in properties.items():
            kept.setdefault(inward(name), {}).update(
                (value if isinstance(value, Literal) else inward(value), None) for value in values
            )
    return inward_nodes


_DECLARED = re.compile(rb"""\A(<\?xml[^>]*?\sencoding=)(["'])([A-Za-z0-9._-]+)\2""")


def _utf_8(data: bytes, syntax: str, where: str, left: Leftovers) -> bytes:
    """The bytes of a text in UTF-8; XML says itself in which other encoding it is."""
    declared = _DECLARED.match(data) if syntax == "rdfxml" else None
    if declared and declared[3].lower() in _OTHER_ENCODINGS:
        with suppress(UnicodeDecodeError):  # which the parser will tell
            data = data.decode(declared[3].decode("ascii")).encode("utf-8")
    elif data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        data = files.decoded(data, where, left).encode("utf-8")
    return _DECLARED.sub(rb"\1\2UTF-8\2", data) if syntax == "rdfxml" else data


_OTHER_ENCODINGS = (b"iso-8859-1", b"latin1", b"us-ascii", b"windows-1252", b"iso-8859-15")

# --- What is known --------------------------------------------------------------------------


def _terms(*names: str) -> frozenset[str]:
    return frozenset(term(name) for name in names)


_TYPE: Final = term("rdf:type")
_ENTITY, _SOURCE, _STATEMENT, _EVIDENCE = (
    term(f"tb:{name}") for name in ("Entity", "Source", "Statement", "Evidence")
)
#: Properties that are read, or that repeat what is read; by the type of record.
_KNOWN: Final = {
    "entity": _terms(
        "rdfs:label", "dct:identifier", "tb:category", "skos:altLabel",
        "skos:definition", "biolink:in_taxon", "tb:crossReference",
        *(f"skos:{match}Match" for match in MATCHES),
    ),
    "source": _terms(
        "dct:identifier", "dct:date", "tb:authors", "tb:abstractRead", "tb:url",
        "skos:exactMatch", *SOURCE_TEXTS,
    ),
    "statement": _terms(
        "rdfs:label", "rdf:subject", "rdf:predicate", "rdf:object", "tb:negated",
        "biolink:subject", "biolink:predicate", "biolink:object", "biolink:negated",
        "biolink:object_direction_qualifier", "tb:sign", "tb:status", "tb:basis",
        "tb:supportingSources", "tb:disputingSources", "tb:topic", "tb:hasEvidence",
        "tb:reviewRecord", "tb:readingState",
    ),
    "evidence": _terms(
        "dct:source", "biolink:in_taxon", "tb:retracted", *EVIDENCE_TEXTS,
        *EFFECT_VALUES,
    ),
}  # fmt: skip


@cache
def _known_of(kinds: tuple[str, ...]) -> frozenset[str]:
    """The same of what is a record of several types; of types themselves each is looked at."""
    return frozenset().union(*map(_KNOWN.__getitem__, kinds))


_METHOD: Final = term("tb:method")
_NOT_ONE: Final[frozenset[Object]] = frozenset()
_REVIEW: Final = "tb:reviewRecord"
#: What a statement says, and what the ids in it are under where they have no prefix.
_PARTS: Final = {"rdf:subject": ENTITY, "rdf:predicate": ONTOLOGY, "rdf:object": ENTITY}
_BASES: Final = (ENTITY, ONTOLOGY, SOURCE)
_TRUTHS: Final = {"true": True, "1": True, "false": False, "0": False}
_TEXTS_OF_EVIDENCE: Final = [(term(name), name, text) for name, text in EVIDENCE_TEXTS.items()]
_TEXTS_OF_SOURCE: Final = [(term(name), name, text) for name, text in SOURCE_TEXTS.items()]
_NO_TEXTS_OF_SOURCE: Final[Mapping[str, Any]] = dict.fromkeys(SOURCE_TEXTS.values(), "")
_NO_TEXTS: Final = dict.fromkeys(EVIDENCE_TEXTS.values(), "")
_OF_EFFECTS: Final = _terms(*EFFECT_VALUES)
#: What is said of a node of which nothing is said.
_NOTHING: Final[Mapping[str, dict[Object, None]]] = MappingProxyType({})
#: What our own writers say of every statement.
_ALWAYS: Final = {
    term("biolink:knowledge_level"): Literal("knowledge_assertion"),
    term("biolink:agent_type"): Literal("manual_agent"),
}
#: The types that a record may have, its own among them.
_TYPES: Final = {
    "entity": _terms("tb:Entity", *(category.biolink for category in CATEGORIES.values()))
    | frozenset(ONTOLOGY + category.iri_name for category in CATEGORIES.values()),
    "source": _terms("tb:Source"),
    "statement": _terms("tb:Statement", "rdf:Statement", "biolink:Association"),
    "evidence": _terms("tb:Evidence"),
}


@cache
def _usual_of(kinds: tuple[str, ...]) -> dict[str, frozenset[Object]]:
    """Types and other values that are known of what is a record of these types, by property."""
    types: frozenset[Object] = frozenset().union(*map(_TYPES.__getitem__, kinds))
    always = _ALWAYS.items() if {"statement", "evidence"} & {*kinds} else ()
    return {_TYPE: types, **{name: frozenset((value,)) for name, value in always}}


_DERIVED: Final = _terms("tb:FeedbackLoop", "tb:Conflict", "tb:Hypothesis")

#: Properties that our records have and nothing else: a file with one of them is ours.
_OURS: Final = _terms(
    "tb:about", "tb:abstractRead", "tb:authors", "tb:category", "tb:crossReference",
    "tb:hasEvidence", "tb:negated", "tb:sourceKind", "tb:stance", "tb:url",
)  # fmt: skip


def _is_ours(content: Content) -> bool:
    """Whether the file holds records of ours, even if they are damaged.

    Words of our vocabulary alone do not make it ours: others may use them.
    """
    kind = term("rdf:type")
    return any(
        predicate in _OURS
        or (predicate == kind and any(str(value).startswith(ONTOLOGY) for value in values))
        for pairs in content.nodes.values()
        for predicate, values in pairs.items()
    )


# --- Records --------------------------------------------------------------------------------


@dataclass
class _Document:
    """The content of a file, the problems found in it, and what of it is left out."""

    where: str
    content: Content
    left: Leftovers
    words: Vocabulary
    own: Addresses
    problems: Problems = field(default_factory=Problems)
    told: set[Problem] = field(default_factory=set)
    #: The sources of the publications of statements that have no evidence.
    cited: list[str] = field(default_factory=list)
    #: The keys of a context that properties stand for; and those of nodes with these properties.
    keys: dict[str, str] = field(default_factory=dict)
    contexts: dict[tuple[str, ...], Context] = field(default_factory=dict)
    #: What follows from the methods that are named.
    of_methods: dict[str, frozenset[str]] = field(default_factory=dict)
    #: The nodes that were read, with the kinds of record that they are.
    kinds: dict[str, tuple[str, ...]] = field(default_factory=dict)
    #: The plain triples that statements of the file stand behind.
    stated: set[tuple[Object | None, ...]] = field(default_factory=set)
    #: The ids that IRIs stand for, by what ids without a prefix are under.
    ids: dict[str, dict[Object, str]] = field(default_factory=lambda: {b: {} for b in _BASES})

    def records(self) -> list[Record]:
        """Every record. Raises `FormatError` with all the problems."""
        records: list[Record] = []
        rows: list[str] = []
        for node, properties in self.content.nodes.items():
            types = properties.get(_TYPE)
            if not types:
                continue
            if _EVIDENCE in types:
                rows.append(node)
            if _STATEMENT in types:
                self.is_a("statement", node)
                records.append(self.statement(node))
            if _SOURCE in types:
                self.is_a("source", node)
                records.append(self.source(node))
            if _ENTITY in types or not types.keys().isdisjoint(self.categories):
                self.is_a("entity", node)
                records.append(self.entity(node))
        self.find_lost(rows)
        if not records and not self.problems and not self.says_that_it_is_empty():
            self.problems.append(_nothing(self.content, self.where))
        if self.problems:
            raise FormatError(self.problems)
        self.leave_out()
        ids = {record.id for record in records if isinstance(record, Source)}
        return [*records, *(Source(id=key) for key in self.cited if key not in ids)]

    def is_a(self, kind: str, node: str) -> None:
        kinds = self.kinds.get(node, ())
        if kind not in kinds:
            self.kinds[node] = (*kinds, kind)

    def find_lost(self, evidence: Iterable[str]) -> None:
        for node in evidence:
            if "evidence" not in self.kinds.get(node, ()):
                fix = "link it from its statement with tb:hasEvidence"
                self.wrong("lost-evidence", node, "belongs to no statement", fix)

    def says_that_it_is_empty(self) -> bool:
        subject, predicate, value = EMPTY
        return value in self.content.nodes.get(subject, {}).get(predicate, {})

    def wrong(self, code: str, node: str, what: str, fix: str) -> None:
        problem = Problem(code, self.where, f"{self.shown(node)} {what}", fix)
        if problem not in self.told:  # a node may be asked several times
            self.problems.append(problem)
            self.told.update(self.problems.kept[len(self.told) :])

    # What a node holds.

    def all(self, node: str, name: str) -> list[Object]:
        return [*self.content.nodes.get(node, _NOTHING).get(term(name), ())]

    def only_value(self, node: str, name: str, *, required: bool) -> Object | None:
        """The only value of a property."""
        values = self.content.nodes.get(node, _NOTHING).get(term(name), ())
        if len(values) == 1:  # as it is of most
            (value,) = values
            return value
        if values:
            self.several(node, name, len(values))
        elif required:
            self.missing(node, name)
        return next(iter(values), None)

    def several(self, node: str, name: str, count: int) -> None:
        self.wrong("several-values", node, f"has {count} × {name}", "keep one of them")

    def missing(self, node: str, name: str) -> None:
        self.wrong("missing-property", node, f"has no {name}", f"give it one {name}")

    def literals(self, node: str, name: str) -> list[Literal]:
        literals = []
        for value in self.all(node, name):
            if isinstance(value, Literal):
                literals.append(value)
            else:
                self.wrong("bad-property", node, f"has <{value}> as {name}", "make it a literal")
        return literals

    def texts(self, node: str, name: str) -> list[str]:
        values = self.content.nodes.get(node, _NOTHING).get(term(name), ())
        if len(values) == 1:  # as it is of most
            (value,) = values
            if isinstance(value, Literal):
                return [value.text]
        return list(dict.fromkeys(value.text for value in self.literals(node, name)))

    def wording(self, node: str, name: str) -> tuple[str, list[Literal]]:
        """A text, and what the file calls it besides, in other languages.

        The text is the one without a language, else in English, else in the first language.
        """
        values = sorted(self.literals(node, name), key=_language_order)
        best = {v.text for v in values if _language_order(v) == _language_order(values[0])}
        if len(best) > 1:
            self.several(node, name, len(best))
        text = values[0].text if values else ""
        return text, [value for value in values if value.text != text]

    def text(self, node: str, name: str) -> str:
        """A text in one language; what it is in others is left out."""
        values = self.content.nodes.get(node, _NOTHING).get(term(name))
        if not values:
            return ""
        if len(values) == 1:  # as of most
            (value,) = values
            if isinstance(value, Literal):
                return value.text
        text, others = self.wording(node, name)
        for value in others:
            self.left.add("translation", f"{name}@{value.language}", self.shown(node))
        return text

    def truth(self, node: str, name: str) -> bool | None:
        """True or false; None where the file does not say."""
        values = self.texts(node, name)
        if len(values) == 1 and values[0] in _TRUTHS:  # as it is of most
            return _TRUTHS[values[0]]
        for text in values:
            if text not in _TRUTHS:
                self.wrong("bad-property", node, f"has {text!r} as {name}", "say true or false")
        truths = {_TRUTHS.get(text, False) for text in values}
        if len(truths) > 1:
            self.several(node, name, len(truths))
        return any(truths) if truths else None

    def link(self, node: str, name: str, base: str, *, required: bool) -> str:
        """The identifier of the node that a property leads to."""
        value = self.only_value(node, name, required=required)
        return "" if value is None else self.linked(node, name, value, base)

    def linked(self, node: str, name: str, value: Object, base: str) -> str:
        identifier = self.ids[base].get(value)
        if identifier is not None:
            return identifier
        if isinstance(value, Literal):
            self.wrong("bad-property", node, f"has {value.text!r} as {name}", "make it an IRI")
            return ""
        return self.identifier(value, base)

    def identifier(self, node: str, base: str) -> str:
        """The id that an IRI stands for."""
        identifier = settled(node, base)
        if node.startswith(("http://", "https://")):
            self.ids[base][node] = identifier
        else:
            what, fix = "is no web address", "give it an IRI that begins with https://"
            self.wrong("bad-iri", node, what, fix)
        return identifier

    # The records.

    def entity(self, node: str) -> Entity:
        if not self.all(node, "rdfs:label"):
            self.missing(node, "rdfs:label")
        name, others = self.wording(node, "rdfs:label")
        synonyms = {*self.texts(node, "skos:altLabel"), *(value.text for value in others)}
        return Entity(
            id=self.named(node, ENTITY),
            name=name,
            category=self.category(node),
            xrefs=self.xrefs(node),
            synonyms=tuple(sorted(synonyms, key=lambda text: (folded(text), text))),
            description=self.text(node, "skos:definition"),
            taxon=self.link(node, "biolink:in_taxon", ENTITY, required=False),
        )

    def xrefs(self, node: str) -> tuple[Xref, ...]:
        own = map(xref_from_words, self.texts(node, term_name(CROSS_REFERENCE)))
        labels = {(xref.match, settled(xref.curie, ENTITY)): xref.label for xref in own}
        xrefs = []
        for match in MATCHES:
            name = f"skos:{match}Match"
            for value in self.all(node, name):
                curie = self.linked(node, name, value, ENTITY)
                label = labels.get((match, curie)) or self.label(value)
                xrefs.append(Xref(match, curie, label))
        return tuple(sorted(xrefs, key=lambda xref: (MATCHES.index(xref.match), xref.curie)))

    def category(self, node: str) -> str:
        types = self.content.nodes[node].get(_TYPE, _NOTHING)
        categories = [name for kind, name in self.categories.items() if kind in types]
        if len(categories) > 1:
            what = f"has {len(categories)} categories: {', '.join(categories)}"
            self.wrong("several-values", node, what, "keep one of them")
        if not categories and not self.all(node, "tb:category"):
            self.missing(node, "tb:category")
        return categories[0] if categories else self.text(node, "tb:category")

    def label(self, value: Object) -> str:
        """The label of a cross-reference, where its IRI is not itself an entity of the file."""
        if isinstance(value, Literal) or self.all(value, "dct:identifier"):
            return ""
        values = [v for v in self.all(value, "rdfs:label") if isinstance(v, Literal)]
        best = sorted(values, key=_language_order)
        return best[0].text if best and self.is_plain_label(value) else ""

    def is_plain_label(self, value: str) -> bool:
        """Whether the labels of an IRI in one language are one."""
        values = [v for v in self.all(value, "rdfs:label") if isinstance(v, Literal)]
        return len({(v.language, v.text) for v in values}) == len({v.language for v in values})

    def named(self, node: str, base: str) -> str:
        """The id of a record, which must agree with its IRI."""
        own = self.identifier(node, base)
        texts = self.texts(node, "dct:identifier")
        if len(texts) == 1 and settled(texts[0], base) == own:  # as of most
            return own
        if not texts:
            self.missing(node, "dct:identifier")
        agrees = any(settled(text, base) == own for text in texts)
        for text in texts:
            if not agrees:
                what = f"has the dct:identifier {text!r}, which stands for another IRI"
                self.wrong("bad-identifier", node, what, f"say {own!r}")
            elif all(settled(text, ours) != settled(node, ours) for ours in (ENTITY, SOURCE)):
                self.left.add("property", "dct:identifier", self.shown(node))
        return own

    def source(self, node: str) -> Source:
        url = self.text(node, "tb:url")
        if url and not url.startswith(("https://", "http://")):
            what = f"has the tb:url {url!r}, which is no web address"
            self.wrong("bad-url", node, what, "begin it with https://")
        links = self.all(node, "skos:exactMatch")
        authors = self.text(node, "tb:authors")
        properties = self.content.nodes[node]
        texts = dict(_NO_TEXTS_OF_SOURCE)
        for predicate, name, attribute in _TEXTS_OF_SOURCE:
            if predicate in properties:
                texts[attribute] = self.text(node, name)
        return Source(
            id=self.named(node, SOURCE),
            year=self.text(node, "dct:date"),
            authors=split_authors(authors) if authors else (),
            abstract_read=self.truth(node, "tb:abstractRead") or False,
            xrefs=tuple(sorted(self.linked(node, "skos:exactMatch", x, SOURCE) for x in links)),
            url=url,
            **texts,
        )

    def statement(self, node: str) -> Statement:
        own, in_biolink = self.truth(node, "tb:negated"), self.truth(node, "biolink:negated")
        negated = in_biolink if own is None else own
        if negated is None:
            self.missing(node, "tb:negated")
        rows = [self.evidence(str(value)) for value in self.all(node, "tb:hasEvidence")]
        if not rows:
            rows = list(self.publications(node, agree=in_biolink in (None, negated)))
        parts, ids = [], []
        for name, base in _PARTS.items():
            part = self.only_value(node, name, required=True)
            parts.append(part)
            ids.append("" if part is None else self.linked(node, name, part, base))
        self.stated.add(tuple(parts))
        return Statement(
            subject=ids[0],
            predicate=ids[1],
            object=ids[2],
            qualifiers=self.context(node),
            negated=bool(negated),
            topic=self.text(node, "tb:topic"),
            evidence=tuple(rows),
            reviews=tuple(sorted(self.reviews(node))) if self.all(node, _REVIEW) else (),
        )

    def reviews(self, node: str) -> Iterator[Review]:
        for text in self.texts(node, _REVIEW):
            review = review_from_words(text)
            if review is None:
                fix = "write date, kind, role and eight hexadecimal digits with blanks between"
                self.wrong("bad-property", node, f"has {text!r:.60} as tb:reviewRecord", fix)
            else:
                yield review

    def publications(self, node: str, *, agree: bool) -> Iterator[Evidence]:
        """What papers report of a statement in Biolink's words, where it has no evidence."""
        for value in self.all(node, "biolink:publications"):
            source = self.linked(node, "biolink:publications", value, SOURCE)
            self.cited.append(source)
            yield Evidence(source=source, stance="supports" if agree else "disputes")

    def evidence(self, node: str) -> Evidence:
        self.is_a("evidence", node)
        properties = self.content.nodes.get(node, _NOTHING)
        texts: dict[str, Any] = dict(_NO_TEXTS)
        for predicate, name, attribute in _TEXTS_OF_EVIDENCE:
            if predicate in properties:
                texts[attribute] = self.text(node, name)
        stance = texts["stance"]
        if stance not in STANCES:
            what = f"has the tb:stance {stance!r}" if stance else "has no tb:stance"
            self.wrong("unknown-stance", node, what, f"use one of {', '.join(STANCES)}")
        source = self.link(node, "dct:source", SOURCE, required=True)
        taxon = self.link(node, "biolink:in_taxon", ENTITY, required=False)
        texts["species"] = texts["species"] or taxon
        return Evidence(
            source=source, context=self.context(node), effect=self.effect(node), **texts
        )

    def effect(self, node: str) -> Effect | None:
        if _OF_EFFECTS.isdisjoint(self.content.nodes.get(node, _NOTHING)):
            return None
        values = {field: self.text(node, name) for name, (field, _) in EFFECT_VALUES.items()}
        return Effect(**values) or None

    def context(self, node: str) -> Context:
        properties = tuple(self.content.nodes.get(node, ()))
        keys = self.contexts.get(properties)
        if keys is None:
            keys = self.contexts[properties] = tuple(self.keys_of(properties))
        if not keys:
            return ()
        pairs = {(key, text) for key, name in keys for text in self.texts(node, name)}
        return tuple(sorted(pairs))

    def keys_of(self, properties: Iterable[str]) -> Iterator[tuple[str, str]]:
        """The keys of a context that properties stand for, with the names of these."""
        for name in properties:
            key = self.keys.get(name)
            if key is None:
                key = self.keys[name] = context_key(name, self.words)
            if key:
                yield key, term_name(name)

    # What is left out.

    def leave_out(self) -> None:
        """Count and name what was not read and does not follow from what was."""
        unread: dict[tuple[object, ...], list[str]] = {}  # by kinds and properties
        for node, properties in self.content.nodes.items():
            kinds = self.kinds.get(node, ())
            usual = _usual_of(kinds)
            names = unread.get((kinds, *properties))
            if names is None:
                expected = _known_of(kinds)
                names = [predicate for predicate in properties if predicate not in expected]
                unread[kinds, *properties] = names
            rest = [
                (predicate, value)
                for predicate in names
                if not properties[predicate].keys() <= usual.get(predicate, _NOT_ONE)
                for value in properties[predicate]
                if value not in usual.get(predicate, _NOT_ONE)
                and not self.is_known(node, predicate, value)
            ]
            if node in self.kinds:
                for predicate, value in rest:
                    self.leave_out_of_a_record(node, predicate, value)
            elif rest and not self.follows(node):
                self.leave_out_a_node(node, properties)

    def is_known(self, node: str, predicate: str, value: Object) -> bool:
        if not self.kinds.get(node):
            is_label = predicate == term("rdfs:label") and node in self.cross_references
            return is_label or (node, predicate, value) in self.stated
        kinds = self.kinds[node]
        if predicate == term("rdf:type"):
            return "entity" in kinds and value in (*self.categories, *self.biolink_categories(node))
        if predicate in _known_of(kinds):
            return True
        if "statement" in kinds or "evidence" in kinds:
            if self.keys.get(predicate):
                return True
            if predicate == term("biolink:publications"):
                return value in self.sources_of(node)
            if predicate in (term("tb:evidenceType"), term("tb:studyDesign")):
                return value in self.of_the_method(node)
        return (node, predicate, value) in self.stated

    def follows(self, node: str) -> bool:
        """Whether a node tells what we would compute anew: a nanopublication, or a conclusion."""
        return (
            node.startswith(NANOPUB)
            or node in (EMPTY[0], SUBJECT)
            or node in self.declarations
            or any(value in _DERIVED for value in self.all(node, "rdf:type"))
        )

    @cached_property
    def categories(self) -> dict[str, str]:
        """The categories by the IRIs of their classes."""
        rows = self.words.categories.items()
        return {ONTOLOGY + category.iri_name: name for name, category in rows}

    def biolink_categories(self, node: str) -> list[str]:
        """The classes of Biolink's that are types beside `tb:category`, or one of the graph's."""
        texts = self.texts(node, "tb:category")
        own = (row.biolink for row in self.words.categories.values())
        return [term(text) for text in (*texts, *own) if text.startswith("biolink:")]

    @cached_property
    def declarations(self) -> frozenset[str]:
        """The words of the graph, which say in RDF what `tb:about` says already."""
        words = (
            *(name for name in self.words.predicates if name not in PREDICATES),
            *(c.iri_name for name, c in self.words.categories.items() if name not in CATEGORIES),
            *(key for key in self.words.context if key not in CONTEXT),
        )
        return frozenset(iri(word, ONTOLOGY) for word in words)

    def leave_out_of_a_record(self, node: str, predicate: str, value: Object) -> None:
        if predicate == term("rdf:type"):
            self.left.add("type", self.short(str(value)), self.shown(node))
        else:
            self.left.add("property", self.short(predicate), self.shown(node))

    def leave_out_a_node(self, node: str, properties: dict[str, dict[Object, None]]) -> None:
        types = sorted(str(value) for value in properties.get(term("rdf:type"), ()))
        name = self.short(types[0]) if types else "without a type"
        self.left.add("kind of node", name, self.shown(node))

    @cached_property
    def cross_references(self) -> frozenset[str]:
        """The nodes whose labels are those of cross-references."""
        names = [f"skos:{match}Match" for match in MATCHES]
        return frozenset(
            value
            for node, kinds in self.kinds.items()
            if "entity" in kinds
            for name in names
            for value in self.all(node, name)
            if not isinstance(value, Literal) and self.is_plain_label(value)
        )

    def sources_of(self, node: str) -> set[Object]:
        """The sources of the evidence of a statement; where it has none, its publications."""
        rows = self.all(node, "tb:hasEvidence")
        sources = [source for row in rows for source in self.all(str(row), "dct:source")]
        return set(sources if rows else self.all(node, "biolink:publications"))

    def of_the_method(self, node: str) -> frozenset[str]:
        """What follows from the method of a row of evidence."""
        values = self.content.nodes.get(node, _NOTHING).get(_METHOD, ())
        if not values:
            return frozenset()
        value = next(iter(values))
        if len(values) == 1 and isinstance(value, Literal):  # as of most
            text = value.text
        else:
            text = self.wording(node, "tb:method")[0]
        iris = self.of_methods.get(text)
        if iris is None:
            method = self.words.methods.get(regular_method(text))
            names = (method.eco, method.design) if method else ()
            iris = self.of_methods[text] = frozenset(term(name) for name in names if name)
        return iris

    def short(self, iri: str) -> str:
        """An IRI as the file, or else we, would write it for people."""
        iri = self.own.outward(iri)
        for index in range(len(iri) - 1, 0, -1):
            name = self.prefixes.get(iri[:index]) if iri[index - 1] in "#/:_=" else None
            if name is not None:
                return f"{name}:{iri[index:]}"
        curie = settled(iri, "")
        return f"<{iri}>" if curie == iri else curie

    @cached_property
    def prefixes(self) -> dict[str, str]:
        """The prefixes of the file by their namespaces."""
        return {space: name for name, space in self.content.prefixes.items()}

    def shown(self, node: str) -> str:
        return node if node.startswith("_:") else f"<{self.own.outward(node)}>"


def _nothing(content: Content, where: str) -> Problem:
    """That nothing is there that could be a record, and what is there instead."""
    count = sum(content.named.values())
    triples = f"{counted(content.unnamed, 'triple')} outside named graphs"
    if content.named:
        first = next(iter(content.named))
        graphs = f"{counted(len(content.named), 'named graph')}, the first of them <{first}>"
        triples += f" and {counted(count, 'triple')} in {graphs}"
    what = f"no entity, source or statement of trabecula is among its {triples}"
    if not content.named and not content.unnamed:
        what = "the file holds nothing at all"
    return Problem("no-records", where, what, "see docs/rdf.md for what is read")


def term_name(node: str) -> str:
    """The name of one of our own properties: `tb:crossReference`."""
    return f"tb:{node.removeprefix(ONTOLOGY)}"


def _language_order(value: Literal) -> tuple[int, str]:
    language = value.language.lower()
    rank = 0 if not language else 1 if language.partition("-")[0] == "en" else 2
    return rank, language
