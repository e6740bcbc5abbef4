"""What predicates of other vocabularies mean here, whatever file they stand in.

`mapping/predicates.tsv` has one row a predicate of another vocabulary, by the name that it has
there:

    vocabulary  predicate           sign  kind     symmetric  mapping
    bel         directlyDecreases   -1    changes             close tb:decreases

Where no row is found, a term of Biolink, RO, BFO or SKOS that the ontology maps exactly or closely
to a predicate of ours has its meaning; and where a name in capitals, as Neo4j has types of edges,
is one of Biolink's, it has the meaning of that. All others carry no sign and no influence: nothing
is guessed from the words in a name.
"""

from __future__ import annotations

import csv
import hashlib
import pkgutil
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Final

from trabecula.canonical import canonical
from trabecula.errors import FormatError, Problem
from trabecula.identifiers import curie_problem
from trabecula.misspelt import unknown
from trabecula.model import Predicate
from trabecula.prefixes import ONTOLOGY
from trabecula.settled import settled
from trabecula.terms import MATCHES, PREDICATES

COLUMNS: Final = ("vocabulary", "predicate", "sign", "kind", "symmetric", "mapping", "label")
_SIGNS: Final = {"+1": 1, "1": 1, "+": 1, "-1": -1, "-": -1, "−": -1, "0": 0, "": 0}
_KINDS: Final = ("changes", "needs", "names", "goes with", "structure", "")
_INFLUENCE: Final = {"changes": "forward", "needs": "reverse", "names": "both"}
_WORD: Final = re.compile(r"[A-Za-z][A-Za-z0-9_.-]*")
#: What no name of another vocabulary has, be it a CURIE or an IRI: see `about`.
_NO_NAME: Final = re.compile(r"[\s\"<>{}|\\^`]")
#: A type of edges as Neo4j has them, where words of Biolink mean what they mean there.
_TYPE: Final = re.compile(r"[A-Z]+(_[A-Z]+)*")
#: How an effect comes about, which says nothing of its sign, as relations of KEGG name it.
_MEANS: Final = frozenset(
    ("phosphorylation", "dephosphorylation", "ubiquitination", "glycosylation", "methylation",
     "expression", "indirect effect", "indirect", "binding/association", "binding", "compound",
     "dissociation", "state change")
)  # fmt: skip
_MEANS_OF_TWO: Final = re.compile(r"(?i)(indirect|state)_(effect|change)")
#: A kind of edges as Hetionet abbreviates it, such as `CtD`: letters in these cases mean nothing
#: else. The same letters in others are words of their own (`CTD` is a database).
_METAEDGE: Final = re.compile(r"[A-Z]+[a-z]>?[A-Z]+")
#: What relations of BEL begin with in RDF.
_OF_BEL: Final = ("http://www.selventa.com/vocabulary/", "http://www.openbel.org/vocabulary/")
#: Hexadecimal digits that tell words apart.
_DIGITS: Final = 8
#: Predicates of ours for what a file says with a sign of its own, by kind and sign.
_SIGNED: Final = MappingProxyType(
    {
        ("changes", 1): "increases",
        ("changes", -1): "decreases",
        ("changes", 0): "affects",
        ("", 1): "increases",
        ("", -1): "decreases",
        ("goes with", 1): "positively_correlated_with",
        ("goes with", -1): "negatively_correlated_with",
        ("goes with", 0): "associated_with",
    }
)


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a predicate from elsewhere means: its sign, its kind of arrow, whether it is symmetric.

    `is_mapped` is false where no table has it. `ours` is a predicate of ours, or of another
    vocabulary, that matches it, with how well. `label` is given where the name is only a number.
    """

    name: str
    sign: int = 0
    kind: str = ""
    symmetric: bool = False
    match: str = ""
    ours: str = ""
    is_mapped: bool = False
    label: str = ""


def meaning_of(name: str) -> Meaning:
    """What a predicate means in whatever file it stands, by its own name alone.

    >>> meaning_of("biolink:treats").sign, meaning_of("bel:decreases").sign
    (-1, -1)
    >>> meaning_of("biolink:is_new").is_mapped
    False
    """
    key, table = name.casefold(), bundled()
    row = table.get(("*", key)) or table.get(spoken(key))
    if row is not None:
        return row
    term = settled_name(name)
    row = table.get(("*", term.casefold()))
    if row is not None:
        return row
    ours = _by_mapping().get(term)
    if ours is not None:
        row_of = PREDICATES[ours[1]]
        return Meaning(term, row_of.sign, row_of.kind, row_of.symmetric, *ours, is_mapped=True)
    own = PREDICATES.get(term) or PREDICATES.get(slot(key).removeprefix("biolink:"))
    if own is not None:
        return Meaning(term, own.sign, own.kind, own.symmetric, "exact", own.name, is_mapped=True)
    metaedge = _metaedges().get(name.removeprefix("tb:"))
    if metaedge is not None:
        return metaedge
    row = table.get(("*", slot(key))) if _TYPE.fullmatch(name) else None
    if row is not None:
        return replace(row, name=name, match="close", ours=row.name)
    return _of_several(name) or Meaning(term)


def _of_several(name: str) -> Meaning | None:
    """An effect and how it comes about in one name, as of relations of KEGG: the effect.

    None where they are no such words, or effects that contradict.

    >>> _of_several("inhibition|phosphorylation").sign, _of_several("inhibition|activation")
    (-1, None)
    """
    told = _MEANS_OF_TWO.sub(r"\1 \2", name)  # as a graph writes them, which has no blanks in names
    words = [word.strip() for word in re.split(r"[|;,_]", told)]
    if len(words) < 2 or not all(words):
        return None
    effects = [meaning_of(word) for word in words if word.casefold() not in _MEANS]
    signs = {effect.sign for effect in effects if effect.is_mapped and effect.kind == "changes"}
    if len(signs) != 1 or not all(effect.is_mapped for effect in effects):
        return None
    return Meaning(name, signs.pop(), "changes", is_mapped=True)


@lru_cache(maxsize=2**12)
def relation(name: str) -> Predicate:
    """The row of a predicate that the graph which uses it does not define, under this name.

    One that no table has ties two things and carries nothing.

    >>> relation("RO:0002212").sign, relation("http://example.org/near").influence
    (-1, 'none')
    """
    row, label = predicate(meaning_of(name)), readable(name) or "is related to"
    return Predicate(
        name=name,
        label=label,
        inverse="",
        inverse_label=label if row.symmetric else f"{label} (reversed)",
        definition="",
        sign=row.sign,
        kind=row.kind,
        influence=row.influence,
        state=row.state,
        symmetric=row.symmetric,
        mappings=row.mappings,
    )


def settled_name(name: str) -> str:
    """A name of another vocabulary in the spelling of the tables."""
    return settled(canonical(name, ONTOLOGY), ONTOLOGY) if has_prefix(name) else name


def slot(name: str) -> str:
    """What Biolink calls a predicate with this name, be there one or not."""
    return f"biolink:{re.sub(r'[ _]+', '_', name.casefold().strip())}"


@lru_cache(maxsize=2**12)
def predicate(meaning: Meaning, sign: int | None = None) -> Predicate:
    """The predicate of a graph for what a file says with these words, and with this sign.

    A sign that the file gives itself wins: a predicate with another one is told apart from it by
    being one of ours (`increases`, `decreases` …), of which the file's own is the broader one.
    """
    if meaning.kind == "structure":  # a part has no sign, whatever its row says
        sign = None
    if sign is not None and sign != meaning.sign:
        ours = _SIGNED.get((meaning.kind, sign))
        if ours is not None:
            return PREDICATES[ours]
    if meaning.match == "exact" and meaning.ours in PREDICATES and not has_prefix(meaning.name):
        return PREDICATES[meaning.ours]
    name = meaning.name if has_prefix(meaning.name) else worded(meaning.name)
    if name in PREDICATES and PREDICATES[name].sign == (meaning.sign if sign is None else sign):
        return PREDICATES[name]
    label = meaning.label or (
        readable(meaning.name) if has_prefix(meaning.name) else spaced(meaning.name)
    )
    return Predicate(
        name=name,
        label=label or "is related to",
        inverse="",
        inverse_label=f"{label} (reversed)" if not meaning.symmetric else label,
        definition="",
        sign=meaning.sign if sign is None else sign,
        kind=meaning.kind,
        influence=_INFLUENCE.get(meaning.kind, "none"),
        state=_state(meaning),
        symmetric=meaning.symmetric,
        mappings=((meaning.match, meaning.ours),) if ":" in meaning.ours else (),
    )


def _state(meaning: Meaning) -> str:
    """Which name of a quantity the subject is, as of the predicate of ours that means the same.

    >>> _state(Meaning("has level", 1, "names", match="close", ours="level_of"))
    'level'
    """
    row = PREDICATES.get(meaning.ours)
    return row.state if row is not None and meaning.kind == row.kind == "names" else ""


def spoken(name: str) -> tuple[str, str]:
    """The vocabulary that a file names with the predicate itself, and the predicate there.

    >>> spoken("bel:increases"), spoken("http://www.selventa.com/vocabulary/increases")
    (('bel', 'increases'), ('bel', 'increases'))
    """
    space = next((space for space in _OF_BEL if name.startswith(space)), "")
    vocabulary, _, word = name.partition(":")
    return ("bel", name.removeprefix(space)) if space else (vocabulary, word)


def has_prefix(name: str) -> bool:
    """Whether a name is one of another vocabulary, and may stand as it is in a graph."""
    return not _NO_NAME.search(name) and is_elsewhere(name)


def is_elsewhere(word: str) -> bool:
    """Whether a category or predicate is one of another vocabulary, which is kept as it is.

    >>> is_elsewhere("biolink:Gene"), is_elsewhere("http://example.org/near"), is_elsewhere("gene")
    (True, True, False)
    """
    return word.startswith(("http://", "https://")) or not curie_problem(word)


def worded(name: str) -> str:
    """A name of a predicate or a key as one word; different names are different words.

    >>> worded("up-regulates activity"), worded("necessary stimulation"), worded("-1")
    ('up-regulates_activity', 'necessary_stimulation', 'related-1bad6b8c')
    """
    word = re.sub(r"\s+", "_", name.strip())
    if _WORD.fullmatch(word):
        return word
    plain = re.sub(r"[^A-Za-z0-9.]+", "-", word).strip("-.")
    digest = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS]
    return f"{plain if plain[:1].isalpha() else 'related'}-{digest}"


def spaced(name: str) -> str:
    """A name of a predicate as a reader says it.

    >>> spaced("directlyDecreases"), spaced("controls-state-change-of")
    ('directly decreases', 'controls-state-change-of')
    """
    parts = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).replace("_", " ").split(" ")
    return " ".join(part if part.isupper() else part[:1].lower() + part[1:] for part in parts)


def readable(name: str) -> str:
    """A name from elsewhere as a reader says it.

    >>> readable("biolink:interacts_with"), readable("biolink:RNAProduct"), readable("http://example.org/a#isNear")
    ('interacts with', 'RNA product', 'is near')
    """
    end = re.split(r"[:/#]", name.rstrip(":/#"))[-1]
    words = _HUMPS.sub(" ", end).replace("_", " ").split()
    return " ".join(word.lower() if word.istitle() else word for word in words)


#: Where one word ends and the next begins that have been written as one: `RNA|Product`.
_HUMPS: Final = re.compile(r"(?<=[a-z])(?=[A-Z][a-z])|(?<=[A-Z])(?=[A-Z][a-z])")


def rows() -> Iterator[tuple[str, Meaning]]:
    """The bundled table: vocabulary and meaning of each row."""
    for (vocabulary, name), meaning in bundled().items():
        if name == meaning.name.casefold():
            yield vocabulary, meaning


@cache
def _metaedges() -> Mapping[str, Meaning]:
    """The abbreviations of Hetionet, in the case in which it and graphs of ours write them."""
    rows = [row for (vocabulary, _), row in bundled().items() if vocabulary == "hetionet"]
    edges = [row for row in rows if _METAEDGE.fullmatch(row.name)]
    return MappingProxyType({name: row for row in edges for name in (row.name, worded(row.name))})


@cache
def bundled() -> Mapping[tuple[str, str], Meaning]:
    """The bundled table, by vocabulary (`*` for all) and name in lower case."""
    data = pkgutil.get_data(__package__, "mapping/predicates.tsv") or b""
    return MappingProxyType(by_name(rows_of(data.decode("utf-8").splitlines(), "predicates.tsv")))


def by_name(rows: Iterable[tuple[str, Meaning]]) -> dict[tuple[str, str], Meaning]:
    """Rows by vocabulary and name in lower case, as a file and as a graph writes it."""
    table: dict[tuple[str, str], Meaning] = {}
    for vocabulary, row in rows:
        table[vocabulary, row.name.casefold()] = row
        # the name that a graph has for it, and writes into files that have no other place for signs
        table.setdefault((vocabulary, worded(row.name).casefold()), row)
    return table


def rows_of(lines: Iterable[str], where: str) -> Iterator[tuple[str, Meaning]]:
    """The rows of a table. Raises `FormatError` with every problem."""
    problems = []
    table = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
    if tuple(table.fieldnames or ())[:2] != COLUMNS[:2]:
        fix = f"begin with a line of names between tabs: {' '.join(COLUMNS)}"
        problem = Problem("predicate-map", f"{where}:1", "these are not the columns", fix)
        raise FormatError([problem])
    for row in table:
        place = f"{where}:{table.line_num}"
        values = {name: (row.get(name) or "").strip() for name in COLUMNS}
        sign, kind = values["sign"], values["kind"]
        match, _, term = values["mapping"].partition(" ")
        if sign not in _SIGNS:
            problems.append(
                Problem("predicate-map", place, f"the sign is {sign!r}", "write +1, -1 or 0")
            )
        elif kind not in _KINDS:
            what = unknown("kind", kind, _KINDS[:-1])
            problems.append(Problem("predicate-map", place, what, "correct it"))
        elif match and match not in MATCHES:
            what = unknown("match", match, MATCHES)
            problems.append(Problem("predicate-map", place, what, "write it as: exact RO:0002213"))
        elif not values["predicate"]:
            problems.append(Problem("predicate-map", place, "there is no predicate", "name one"))
        else:
            ours = term.removeprefix("tb:")
            if kind == "names" and not (ours in PREDICATES and PREDICATES[ours].kind == kind):
                what = "the kind names is for names of one quantity, and which one is not said"
                fix = "map it to level_of, deficiency_of or excess_of: close tb:level_of"
                problems.append(Problem("predicate-map", place, what, fix))
                continue
            symmetric = values["symmetric"] == "yes"
            yield (
                values["vocabulary"] or "*",
                Meaning(
                    values["predicate"],
                    _SIGNS[sign],
                    kind,
                    symmetric,
                    match,
                    ours,
                    is_mapped=True,
                    label=values["label"],
                ),
            )
    if problems:
        raise FormatError(problems)


@cache
def _by_mapping() -> Mapping[str, tuple[str, str]]:
    """Term of another vocabulary -> how well, and which predicate of ours, where that is sure."""
    by_term: dict[str, tuple[str, str]] = {}
    for match in ("close", "exact"):  # an exact one wins
        for name, row in PREDICATES.items():
            for kind, term in row.mappings:
                if kind == match:
                    by_term[term] = (match, name)
    return MappingProxyType(by_term)
