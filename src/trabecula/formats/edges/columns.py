"""Which column of a table is what: what the user says, or else what well-known names say."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from trabecula.errors import FormatError, Problem
from trabecula.mapping import Reading
from trabecula.mapping.cited import cell_text
from trabecula.mapping.delimited import PAIRS, folded

#: What a column can be. Roles of an end are of `subject` and `object` alike.
ENDS: Final = ("subject", "object")
OF_AN_END: Final = ("", "_name", "_prefix", "_category", "_taxon", "_synonyms", "_xrefs")
OF_AN_EDGE: Final = (
    "predicate", "sign", "negated", "papers", "database", "record", "method", "species", "summary",
    "topic", "context", "qualifier", "stimulation", "inhibition",
)  # fmt: skip
ROLES: Final = (*(f"{end}{part}" for end in ENDS for part in OF_AN_END), *OF_AN_EDGE)

_KNOWN: Final = {
    "predicate": ("predicate", "predicateid", "relation", "relationship", "relationtype",
                  "relationshiptype",
                  "interaction", "interactiontype", "edgetype", "metaedge", "type", "effect",
                  "mechanism", "mode", "modeofregulation", "action", "actiontype", "label"),
    "sign": ("sign", "edgesign", "effect", "polarity", "modeofregulation", "mor", "regulation",
             "regulationtype", "regulatoryeffect", "causaleffect"),
    "direction": ("direction",),
    "stimulation": ("isstimulation", "stimulation"),
    "inhibition": ("isinhibition", "inhibition"),
    "negated": ("negated", "negation", "isnegated", "not", "denied", "isdenied",
                "predicatemodifier"),
    "papers": ("pmid", "pmids", "pubmed", "pubmedid", "pubmedids", "publications",
               "publication", "references", "reference", "citations", "citation", "doi", "dois",
               "paper", "papers", "refs", "literature", "pmidlist",
               "evidencepmid", "evidencepmids", "sourcepmid", "sourcepmids", "pmcid", "pmc"),
    "evidence": ("evidence",),
    "database": ("primaryknowledgesource", "knowledgesource", "database", "db", "resource",
                 "provenance", "sourcedatabase", "datasource", "datasourceid", "providedby",
                 "databasesource", "sources"),
    "record": ("record", "recordid", "interactionid", "edgeid"),
    "method": ("method", "evidencecode", "eco", "detectionmethod", "experimentalsystem", "assay"),
    "species": ("species", "organism", "taxid", "taxonid", "taxon"),
    "summary": ("sentence", "evidencetext", "supportingtext", "summary", "quote", "text"),
}  # fmt: skip
#: Where another column has the sign, one called `direction` is not looked at.
_EITHER: Final = ("direction", True)
_OF_AN_END: Final = {
    "_name": ("name", "label", "symbol", "genesymbol", "preferredname"),
    "_category": ("category", "type", "kind", "class"),
    "_taxon": ("taxon", "taxid", "taxonid", "species", "organism"),
    "_prefix": ("prefix", "database", "db", "namespace"),
    "_synonyms": ("synonyms", "aliases"),
}


@dataclass(frozen=True)
class Columns:
    """The names of a table, and where each stands."""

    names: Sequence[str]

    @cached_property
    def places(self) -> dict[str, int]:
        """Folded name -> its place; of two alike the first."""
        return {folded(name): index for index, name in reversed(list(enumerate(self.names)))}

    def cell(self) -> Callable[[list[str], str], str]:
        """A function that gives the text in a cell by the folded name of its column."""
        places, absent = self.places, len(self.names)

        def cell(cells: list[str], name: str) -> str:
            at = places.get(name, absent)
            return cell_text(cells[at]) if at < len(cells) else ""

        return cell


def roles_of(names: list[str], reading: Reading, place: str) -> dict[str, tuple[int, ...]]:
    """Role -> the columns that have it: what the user says, or else what the names say."""
    index = {name: at for at, name in reversed(list(enumerate(names)))}
    places = {folded(name): at for at, name in reversed(list(enumerate(names)))}
    roles: dict[str, list[int]] = {}
    problems = []
    for role, name in reading.options.columns:
        if role not in ROLES:
            what, fix = f"{role!r} is nothing a column can be", f"use one of {' '.join(ROLES)}"
            problems.append(Problem("columns", place, what, fix))
            continue
        at = index.get(name, places.get(folded(name)))
        if at is None:
            what, fix = f"there is no column {name!r}", f"use one of {', '.join(names[:20])}"
            problems.append(Problem("columns", place, what, fix))
        else:
            roles.setdefault(role, []).append(at)
    if problems:
        raise FormatError(problems)
    taken = {at for columns in roles.values() for at in columns}
    for role, at in _guessed(places):
        if (role not in roles and at not in taken) and (role, "sign" in roles) != _EITHER:
            roles[role] = [at]
            taken.add(at)
    for end in ENDS:
        if end not in roles:
            what = f"no column is the {end}; there are {', '.join(names[:12])}"
            fix = f"say which: --columns {end}=…"
            problems.append(Problem("columns", place, what, fix))
    if problems:
        raise FormatError(problems)
    return {role: tuple(columns) for role, columns in roles.items()}


def _guessed(places: dict[str, int]) -> Iterator[tuple[str, int]]:
    """Roles that well-known names of columns have."""
    pair = next((pair for pair in PAIRS if set(pair) <= set(places)), None)
    for end, name in zip(ENDS, pair or (), strict=False):
        yield end, places[name]
    if pair == ("h", "t") and "r" in places:  # as data for learning have head, relation and tail
        yield "predicate", places["r"]
    for end, bases in zip(ENDS, _bases(pair), strict=True):
        for part, usual in _OF_AN_END.items():
            # PrimeKG has numbers, and beside them the database that they are numbers of
            words = (*usual, "source") if part == "_prefix" and pair == ("xid", "yid") else usual
            both = (n for base in bases for word in words for n in (base + word, word + base))
            yield from ((f"{end}{part}", places[name]) for name in both if name in places)
    if "signdecision" in places and "weight" in places:  # CollecTRI says there how it knows it
        yield "sign", places["weight"]
    for role, names in _KNOWN.items():
        for name in names:
            if name in places:
                yield role, places[name]


def _bases(pair: tuple[str, str] | None) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What the names of columns of either end begin or end with."""
    first, second = pair or ENDS
    short = tuple(re.sub(r"(id|node|name)\Z", "", name) for name in (first, second))
    letters = ("a", "b") if first.endswith("a") and second.endswith("b") else ("1", "2")
    more = letters if first[-1:] == letters[0] else ("subject", "object")
    return (short[0], first, more[0], "source"), (short[1], second, more[1], "target")
