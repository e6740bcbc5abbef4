"""Records in one spelling, as they enter a graph: no row gets another verdict by how it is written.

`human`, `Homo sapiens` and `NCBITaxon:9606` are one species, `pmid:01` and
`https://pubmed.ncbi.nlm.nih.gov/1/` one paper, `Title only` is a strength and `In vivo` a system.
What no list here knows is kept as it is; texts that people read are not touched.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from operator import attrgetter
from typing import Final, TypeVar

from trabecula.canonical import bare, canonical, is_paper
from trabecula.errors import VocabularyError
from trabecula.identifiers import curie_problem
from trabecula.misspelt import unknown
from trabecula.model import Context, Effect, Entity, Evidence, Record, Source, Statement, Xref
from trabecula.prefixes import ENTITY, SOURCE
from trabecula.vocabulary import (
    EVIDENCE_ALIASES,
    MATCHES,
    MEASURE_SYNONYMS,
    MEASURES,
    SOURCE_KINDS,
    SPECIES,
    SPECIES_SYNONYMS,
    STANCES,
    STANDING_SYNONYMS,
    STANDINGS,
    STRENGTHS,
    SYSTEMS,
    WORDS,
    Vocabulary,
)

_Record = TypeVar("_Record", Entity, Source, Statement, Evidence)


def regular(record: Record, words: Vocabulary = WORDS) -> Record:
    """The record in its one spelling, itself where that is how it is written.

    `words` are those of its graph.

    Raises `VocabularyError` for a stance that is none: such a row would count for nobody.

    >>> row = Evidence(source="PMC:7231370", species="Homo sapiens", strength="Title only")
    >>> one = regular(Statement(subject="a", predicate="part of", object="b", evidence=(row,)))
    >>> one.predicate, one.evidence[0].source, one.evidence[0].species, one.evidence[0].strength
    ('part_of', 'PMCID:PMC7231370', 'human', 'title-only')
    """
    if isinstance(record, Statement):
        return _statement(record, words)
    if isinstance(record, Entity):
        return _entity(record, words)
    return _source(record, words) if isinstance(record, Source) else record


class _Fields:
    """Some fields of a record, which may have other spellings."""

    def __init__(self, *names: str) -> None:
        self.names, self.of = names, attrgetter(*names)

    def spelt(self, record: _Record, *values: object) -> _Record:
        """The record with these values; itself where it has them already."""
        if values == self.of(record):
            return record
        return replace(record, **dict(zip(self.names, values, strict=True)))  # type: ignore[arg-type]


_OF_ENTITY: Final = _Fields("id", "category", "taxon", "xrefs")


def _entity(entity: Entity, words: Vocabulary) -> Entity:
    return _OF_ENTITY.spelt(
        entity,
        canonical(entity.id, ENTITY),
        word(entity.category, words.categories),
        taxon(entity.taxon),
        tuple(
            Xref(word(xref.match, MATCHES), canonical(xref.curie), xref.label)
            for xref in entity.xrefs
        ),
    )


_OF_SOURCE: Final = _Fields("id", "kind", "study_type", "year", "group", "xrefs", "standing")


def _source(source: Source, words: Vocabulary) -> Source:
    identifier = source_id(source.id)
    if source.id == identifier and _SAID(source) == _ONLY_CITED:  # as most are
        return source
    return _OF_SOURCE.spelt(
        source,
        identifier,
        word(source.kind, SOURCE_KINDS),
        method(source.study_type, words),
        year(source.year),
        bare(source.group),
        tuple(dict.fromkeys(map(source_id, source.xrefs))),
        standing(source.standing, source.title, source.note),
    )


_SAID: Final = attrgetter(*Source.__slots__[1:])
#: What is said of a source of which nothing is known but that somebody cites it.
_ONLY_CITED: Final = _SAID(Source(id="", kind="cited"))


_OF_STATEMENT: Final = _Fields(
    "subject", "predicate", "object", "qualifiers", "topic", "evidence", "reviews"
)


def _statement(statement: Statement, words: Vocabulary) -> Statement:
    evidence = statement.evidence
    return _OF_STATEMENT.spelt(
        statement,
        canonical(statement.subject, ENTITY),
        predicate(statement.predicate, words),
        canonical(statement.object, ENTITY),
        _context(statement.qualifiers, words),
        bare(statement.topic),
        tuple([_evidence(row, words) for row in evidence]) if evidence else (),
        tuple(sorted(set(statement.reviews))) if statement.reviews else (),
    )


_HOW: Final = ("stance", "strength", "method", "species", "system", "context")
#: What of evidence has other spellings; the last two are for a graph to say.
_OF_EVIDENCE: Final = _Fields("source", *_HOW, "locator", "effect", "retracted", "paper")
_how_of = attrgetter(*_HOW)


def _evidence(row: Evidence, words: Vocabulary) -> Evidence:
    return _OF_EVIDENCE.spelt(
        row,
        source_id(row.source),
        *_how(_how_of(row), words),
        bare(row.locator),
        effect(row.effect) if row.effect else None,
        False,
        "",
    )


@lru_cache(maxsize=2**14)  # most rows of a graph say the same of how
def _how(
    given: tuple[str, str, str, str, str, Context], words: Vocabulary
) -> tuple[str, str, str, str, str, Context]:
    """Stance, strength, method, species, system and context in their one spelling."""
    stance, strength, how, kind, system, context = given
    stance_word = word(stance, STANCES)
    if stance_word not in STANCES:
        raise VocabularyError(unknown("stance", stance, STANCES))
    return (
        stance_word,
        word(strength, STRENGTHS),
        method(how, words),
        species(kind),
        word(system, SYSTEMS, _SYSTEM_SYNONYMS),
        _context(context, words),
    )


# --- Words ----------------------------------------------------------------------------------

#: A year that went through a spreadsheet.
_YEAR: Final = re.compile(r"\A([0-9]{4})\.0+\Z")
#: How publishers and indexes mark what was retracted, at the start or at the end of its title. The
#: notice that says so ("Retraction of …", "Retraction: …") is marked otherwise.
_RETRACTED: Final = re.compile(
    r"""
    \A\W* (?: (?i:retracted) (?: \W+ (?i:article|paper|chapter|publication) )?
        | WITHDRAWN | REMOVED | TEMPORARY\ REMOVAL ) \s*
        [\])]? \s* [:.\u2013\u2014-]
    | \A\s* [\[(] \s* (?i:retracted)\b
    | [\[(] \s* (?i:retracted)\b [^\])]* [\])] \W*\Z
    | [.,:;?!\u2013\u2014-] \s* (?: RETRACTED | Retracted ) (?: \s (?i:article|paper) )? \W*\Z
    """,
    re.VERBOSE,
)
#: So much of a title and a note is looked at from either end: no title that people gave is longer.
_END: Final = 500
_RETRACTED_NOTE: Final = re.compile(
    r"\W* (?: (?:this|the)\ (?:article|paper|work|study|source)\ (?:has\ been|was|is)\ "
    r"(?:retracted|withdrawn) | retracted)\b",
    re.IGNORECASE | re.VERBOSE,
)
_SYSTEM_SYNONYMS: Final = {"in-vitro": "cell-culture"}
_NONE: Final[Mapping[str, str]] = {}


def word(text: str, words: Collection[str], synonyms: Mapping[str, str] = _NONE) -> str:
    """The word of a closed list that a text is, whatever its case, blanks and hyphens.

    >>> word("Title only", STRENGTHS), word("something else", STRENGTHS)
    ('title-only', 'something else')
    """
    if not text or text in words:
        return text
    plain = bare(text)
    folded = re.sub(r"[\s_‐‑–-]+", "-", plain.casefold())
    for candidate in (plain, folded, folded.replace("-", "_"), folded.replace("-", " ")):
        if candidate in words:
            return candidate
    return synonyms.get(folded, plain)


def year(text: str) -> str:
    """A year without the decimals that a spreadsheet gave it.

    >>> year("2015.0"), year("1999-2000")
    ('2015', '1999-2000')
    """
    return _YEAR.sub(r"\1", bare(text))


def effect(given: Effect) -> Effect:
    """An effect in its one spelling: the measure by its name, true minus signs as hyphens.

    >>> effect(Effect(measure="Hazard ratio", value=" 1.80", n="2,245")).filled
    {'measure': 'HR', 'value': '1.80', 'n': '2245'}
    """
    texts = {name: bare(text) for name, text in given.filled.items()}
    for name in ("value", "low", "high", "level", "dose", "time"):
        if name in texts:
            texts[name] = texts[name].replace("\N{MINUS SIGN}", "-")
    if "n" in texts:
        texts["n"] = re.sub(r"(?<=[0-9])[,\u202f ](?=[0-9]{3}\b)", "", texts["n"])
    if "measure" in texts:
        name = word(texts["measure"], MEASURES)
        plain = re.sub(r"[\s_-]+", " ", name.casefold())
        texts["measure"] = name if name in MEASURES else MEASURE_SYNONYMS.get(plain, name)
    regular = Effect(**texts)
    return given if regular == given else regular


def method(text: str, words: Vocabulary = WORDS) -> str:
    """A method in the words of the graph: `RCT` is a randomised trial."""
    return word(text, words.methods, EVIDENCE_ALIASES)


def standing(text: str, title: str = "", note: str = "") -> str:
    """What became of a source, which its title or the first words of its note may say alone.

    >>> standing("Retraction"), standing("", "RETRACTED ARTICLE: Zinc and growth")
    ('retracted', 'retracted')
    >>> standing("", "Zinc and growth (Retracted article. See vol. 3)")
    'retracted'
    >>> standing("", "Retraction of: Zinc and growth")
    ''
    """
    if text:
        return word(text, STANDINGS, STANDING_SYNONYMS)
    ends = title if len(title) < 2 * _END else f"{title[:_END]} {title[-_END:]}"
    return "retracted" if _RETRACTED.search(ends) or _RETRACTED_NOTE.match(note[:_END]) else ""


@lru_cache(maxsize=2**12)
def species(text: str) -> str:
    """A species by its name in `vocabulary.SPECIES`, or by the CURIE of its taxon.

    >>> species("Mus musculus"), species("taxon:10116"), species("NCBITaxon:7955")
    ('mouse', 'rat', 'NCBITaxon:7955')
    """
    if text in SPECIES or not text:
        return text
    plain = bare(canonical(text))
    if plain.isascii() and plain.isdigit():
        plain = f"NCBITaxon:{plain}"
    folded = plain.casefold()
    return word(SPECIES_SYNONYMS.get(folded, plain), SPECIES)


def taxon(text: str) -> str:
    """The taxon of an entity as a CURIE, where its species has one.

    >>> taxon("Homo sapiens"), taxon("ncbitaxon:7955"), taxon("dog")
    ('NCBITaxon:9606', 'NCBITaxon:7955', 'dog')
    """
    name = species(text)
    return SPECIES.get(name, "") or canonical(text)


@lru_cache(maxsize=2**12)
def predicate(text: str, words: Vocabulary = WORDS) -> str:
    """A predicate in the words of the graph, of which its IRI and label are others.

    >>> predicate("Positively correlated with"), predicate("tb:increases")
    ('positively_correlated_with', 'increases')
    >>> predicate("is a lack of")
    'deficiency_of'
    """
    own = canonical(text).removeprefix("tb:")
    name = bare(own)
    key = word(_labels(words).get(name.casefold(), name), words.predicates)
    return key if key in words.predicates else own


@lru_cache(maxsize=64)
def _labels(words: Vocabulary) -> dict[str, str]:
    return {row.label.casefold(): name for name, row in words.predicates.items()}


#: Identifiers that say of themselves of which registry they are.
_SPEAKING: Final = (
    (re.compile(r"10\.\d{4,9}/\S+"), "doi"),
    (re.compile(r"PMC\d+", re.IGNORECASE), "PMCID"),
    (re.compile(r"NCT\d{8}", re.IGNORECASE), "clinicaltrials"),
)
#: Letters, digits and signs of East Asian keyboards, which are those of ASCII in another width.
_WIDE: Final = {0xFEE0 + code: code for code in range(0x21, 0x7F)}
#: A registry in words and its identifier, as in `PMID 123` and `ClinicalTrials.gov: NCT00000001`.
_IN_WORDS: Final = re.compile(
    r"(pubmed|pmid|pmcid|pmc|doi|arxiv|isbn|clinicaltrials)(?:\.gov)?(?: ?id)?[\s:#/]*(\S.*)",
    re.IGNORECASE,
)
#: An address without its scheme, or one that names a registry as URNs do.
_BARE_ADDRESS: Final = re.compile(r"[\w-]+(?:\.[\w-]+)*\.(?:org|gov|com)/\S+", re.IGNORECASE)
_URN: Final = re.compile(r"(?:urn:miriam:|urn:|info:)(\w+)[:/](\S+)", re.IGNORECASE)


@lru_cache(maxsize=2**18)  # each is asked for when it is read and when it enters a graph
def source_id(text: str) -> str:
    """The identifier of a source; a DOI, PMCID or NCT number needs no prefix.

    >>> source_id("10.1093/NAR/gkp119"), source_id("PMC7231370"), source_id("survey")
    ('doi:10.1093/nar/gkp119', 'PMCID:PMC7231370', 'survey')
    >>> source_id("PMID 123"), source_id("doi.org/10.1000/A"), source_id("info:doi/10.1000/a.")
    ('PMID:123', 'doi:10.1000/a', 'doi:10.1000/a')
    """
    identifier = canonical(text, SOURCE)
    if not text.isascii() and (not is_paper(identifier) or curie_problem(identifier)):
        wide = canonical(text.translate(_WIDE))
        identifier = wide if is_paper(wide) and not curie_problem(wide) else identifier
    if identifier.startswith("PMID:") and identifier[5:].isdigit():
        return identifier
    prefix = next((name for pattern, name in _SPEAKING if pattern.fullmatch(identifier)), "")
    if prefix:
        return canonical(f"{prefix}:{identifier}")
    for other in (
        () if is_paper(identifier) and not curie_problem(identifier) else _other_ways(identifier)
    ):
        alternative = canonical(other)
        if is_paper(alternative) and not curie_problem(alternative):
            return alternative
    return identifier


def _other_ways(text: str) -> Iterator[str]:
    """What an identifier of a paper may be that is written in words, as an address or a URN."""
    plain = bare(text).rstrip(".,;")
    urn, worded = _URN.fullmatch(plain), _IN_WORDS.fullmatch(plain)
    if urn:
        yield f"{urn[1]}:{urn[2]}"
    if worded:
        yield f"{worded[1]}:{worded[2]}"
    if _BARE_ADDRESS.fullmatch(plain):
        yield f"https://{plain}"


# --- Contexts -------------------------------------------------------------------------------

#: How the values of a key are spelt, where it is not that of a closed list.
_VALUES: Final[Mapping[str, Callable[[str], str]]] = {
    "species": species,
    "system": lambda text: word(text, SYSTEMS, _SYSTEM_SYNONYMS),
}


def _context(pairs: Context, words: Vocabulary) -> Context:
    """A context in order, each pair once."""
    if not pairs:
        return pairs
    return tuple(sorted({_pair(key, value, words) for key, value in pairs}))


@lru_cache(maxsize=2**14)
def _pair(key: str, value: str, words: Vocabulary) -> tuple[str, str]:
    name = word(key, (*words.context, *_VALUES))
    if not name:
        raise VocabularyError(f"{value!r:.60} stands in a context without a key; name one")
    if name in _VALUES:
        return name, _VALUES[name](value)
    closed = words.context.get(name)
    return name, word(value, closed) if closed else " ".join(value.split())
