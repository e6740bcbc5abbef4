"""The article, claim by claim: what the evidence in the graph leaves of each thing it says.

A claim is a statement about which the article has a row of its own (strength `asserted`). All
such rows of one stance on one statement are one claim, however often the article repeats it. Where
the article denies a statement, the denial is the claim: what disputes the statement then speaks
for the claim.

A claim is limited where any source qualifies it, or where every row of its read support is from a
narrower context than the claim: another species than ours, something outside a living body, or a
value of a closed context key that the claim does not name itself (`docs/audit.md`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from trabecula.columns import Columns
from trabecula.errors import NotFound
from trabecula.misspelt import unknown
from trabecula.model import Evidence, Source, Statement
from trabecula.names import Names
from trabecula.reason.verdict import (
    NOUNS,
    VERDICTS,
    Side,
    counted,
    decide,
    is_read,
    is_restated,
    listed,
    plural,
    sentence,
    strength,
)
from trabecula.standing import basis, independent, status
from trabecula.vocabulary import BASES, Vocabulary


@dataclass(frozen=True, slots=True)
class Circumstance:
    """A species, a system or a context that `sources` of `among` supporting sources name."""

    key: str
    value: str
    sources: int
    among: int

    def __str__(self) -> str:
        """As a reader says it: `species: rat (1 of 2)`."""
        share = "" if self.sources == self.among else f" ({self.sources} of {self.among})"
        return f"{self.key.replace('_', ' ')}: {self.value}{share}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """Something the article says or denies, and what the evidence leaves of it.

    `rows` are the article's own rows in the order of its sections; `pro`, `contra` and `limits`
    are the rows of everybody else, seen from the claim. `context` is what supporting sources name
    and nothing else; `see_also` are statements of the opposite sign about the same two things.
    """

    statement: Statement
    denied: bool
    rows: tuple[Evidence, ...]
    status: str
    verdict: str
    sentence: str
    pro: Side
    contra: Side
    limits: Side
    context: tuple[Circumstance, ...]
    see_also: tuple[Statement, ...]

    @property
    def id(self) -> str:
        """The id of the statement; a denial has `-denied` at its end."""
        return f"{self.statement.id}-denied" if self.denied else self.statement.id

    @property
    def basis(self) -> str:
        """What speaks for the claim at best: one of `vocabulary.BASES`, or empty text."""
        return basis(self.statement.evidence, "disputes" if self.denied else "supports")

    @property
    def text(self) -> str:
        """The claim in our own words, as the rows of the article have it."""
        return " ".join(dict.fromkeys(row.summary for row in self.rows if row.summary))

    @property
    def sections(self) -> tuple[str, ...]:
        """The sections of the article that make the claim, in the order of the article."""
        return tuple(dict.fromkeys(row.locator for row in self.rows))

    @property
    def retracted(self) -> tuple[Evidence, ...]:
        """What retracted sources said of it, whichever way; it counts for nothing."""
        return tuple(row for row in self.statement.evidence if row.retracted)

    @property
    def section(self) -> str:
        """The section under which the claim is listed and counted: the first that makes it."""
        return self.rows[0].locator


@dataclass(frozen=True, slots=True)
class Audit:
    """The claims, by section and verdict, and the article (or articles) that they are from."""

    claims: tuple[Claim, ...]
    articles: tuple[Source, ...]


def audit(columns: Columns, names: Names) -> Audit:
    """Every claim of the article with its verdict and the evidence behind it.

    >>> from trabecula.graph import Graph
    >>> graph = Graph([Statement(subject="bone", predicate="requires", object="magnesium",
    ...     evidence=(Evidence(source="article", strength="asserted", locator="intro"),))])
    >>> audit(graph.columns, graph.names).claims[0].sentence
    'Rests on the article alone; no source read speaks to it.'
    """
    asserted = columns.having(lambda row: row.strength == "asserted")
    claims = [
        _claim(columns, names, statement, denied=stance == "disputes")
        for statement in columns.marked(asserted)
        for stance in ("supports", "disputes")
        if any(row.strength == "asserted" and row.stance == stance for row in statement.evidence)
    ]
    order = partial(_section_order, columns.words.sections)
    ranks = {name: rank for rank, name in enumerate(VERDICTS)}
    claims.sort(key=lambda c: (order(c.section), ranks[c.verdict], c.statement.key, c.denied))
    cited = sorted({row.source for claim in claims for row in claim.rows})
    return Audit(tuple(claims), tuple(columns.sources.get(key, Source(id=key)) for key in cited))


def tally(claims: Iterable[Claim]) -> dict[str, int]:
    """How many claims have each verdict; every verdict is there, in the order of `VERDICTS`."""
    counts = Counter(claim.verdict for claim in claims)
    return {name: counts[name] for name in VERDICTS}


def standing_on(claims: Iterable[Claim], verdict: str = "stands") -> dict[str, int]:
    """What the claims of a verdict rest on: how many on each of `BASES` that any does."""
    counts = Counter(claim.basis for claim in claims if claim.verdict == verdict)
    return {name: counts[name] for name in BASES if counts[name]}


def by_section(claims: Iterable[Claim]) -> dict[str, tuple[Claim, ...]]:
    """The claims of each section, in the order of the claims; a claim is in one section."""
    sections: dict[str, list[Claim]] = {}
    for claim in claims:
        sections.setdefault(claim.section, []).append(claim)
    return {key: tuple(claims) for key, claims in sections.items()}


def choose(
    audit: Audit, verdicts: Iterable[str] = (), sections: Iterable[str] = ()
) -> tuple[Claim, ...]:
    """The claims with one of these verdicts that one of these sections makes; empty means any.

    Names of sections are found in any case. Raises `NotFound` for an unknown one.
    """
    wanted, places = set(verdicts), {section.casefold() for section in sections}
    spelt = {place.casefold(): place for claim in audit.claims for place in claim.sections}
    for place in sorted(places - set(spelt)):
        listed = sorted(name for name in spelt.values() if name)
        raise NotFound(unknown("section", place, listed))
    return tuple(
        claim
        for claim in audit.claims
        if (not wanted or claim.verdict in wanted)
        and (not places or any(section.casefold() in places for section in claim.sections))
    )


def _section_order(sections: tuple[str, ...], section: str) -> tuple[int, str]:
    """The sections that a graph says its text has come in its order, others after them."""
    return (sections.index(section) if section in sections else len(sections), section)


# --- One claim ------------------------------------------------------------------------------


def _claim(
    columns: Columns,
    names: Names,
    statement: Statement,
    *,
    denied: bool,
) -> Claim:
    groups, words = columns.groups, columns.words
    yes, no = ("disputes", "supports") if denied else ("supports", "disputes")
    claiming = [
        row for row in statement.evidence if row.strength == "asserted" and row.stance == yes
    ]
    claiming.sort(
        key=lambda row: (_section_order(words.sections, row.locator), row.summary, row.source)
    )
    pro, contra, limits = (_side(groups, statement, stance) for stance in (yes, no, "qualifies"))
    read = [row for row in pro.rows if is_read(row)]
    narrow = _narrower(read, _words(names, statement, claiming), words)
    verdict = decide(
        bool(read), bool(pro.rows), bool(contra.rows), bool(limits.rows or narrow),
        restated=is_restated(read),
    )  # fmt: skip
    return Claim(
        statement=statement,
        denied=denied,
        rows=tuple(claiming),
        status=status(statement.evidence),
        verdict=verdict,
        sentence=sentence(verdict, pro, contra, limits, narrow, groups, _labels(words)),
        pro=pro,
        contra=contra,
        limits=limits,
        context=tuple(_circumstances(pro, groups, words)),
        see_also=_opposites(columns, statement),
    )


def _side(groups: Mapping[str, str], statement: Statement, stance: str) -> Side:
    rows = [r for r in statement.evidence if r.weighs and r.stance == stance]
    return Side(tuple(sorted(rows, key=strength)), independent(statement.evidence, groups, stance))


def _circumstances(
    side: Side, groups: Mapping[str, str], words: Vocabulary
) -> Iterator[Circumstance]:
    by_source = counted(side, groups)
    naming: dict[tuple[str, str], set[str]] = {}
    for group, rows in by_source.items():
        for row in rows:
            named = (("species", row.species), ("system", row.system), *_closed(row, words))
            for key, value in named:
                if value:
                    naming.setdefault((key, value), set()).add(group)
    order = ("species", "system", *words.context)
    for key, value in sorted(naming, key=lambda p: (order.index(p[0]), -len(naming[p]), p[1])):
        yield Circumstance(key, value, len(naming[key, value]), len(by_source))


def _closed(row: Evidence, words: Vocabulary) -> list[tuple[str, str]]:
    """The context of a row under keys whose values are a closed list."""
    return [(key, value) for key, value in row.context if words.context.get(key)]


# --- What is narrower than the claim --------------------------------------------------------

#: Species whose findings hold for humans, or that include humans.
_OURS = frozenset(("", "human", "mammal", "vertebrate"))
_OUTSIDE = {
    "ex-vivo": "tissue outside the body",
    "cell-culture": "cells in culture",
    "cell-free": "molecules outside cells",
    "in-silico": "computation",
}


@dataclass(frozen=True, slots=True)
class _Words:
    """What a claim says of its own context: in the names of its ends and in the article's rows."""

    names: frozenset[str]
    pairs: frozenset[tuple[str, str]]

    def say(self, key: str, value: str) -> bool:
        """Whether the claim names this context itself, as `severe magnesium depletion` does."""
        if (key, value) in self.pairs:
            return True
        about = key.removesuffix("_status")
        start = value.casefold()[:7]  # `supplemental` is said by `supplementation`
        return any(name.startswith(start) for name in self.names) and (
            about == key or about in self.names
        )


def _words(names: Names, statement: Statement, rows: Iterable[Evidence]) -> _Words:
    ends = (statement.subject, statement.object)
    texts = " ".join((*ends, *map(names.label, ends))).casefold()
    pairs = set(statement.qualifiers)
    for row in rows:
        pairs |= {*row.context, ("species", row.species), ("system", row.system)}
    return _Words(frozenset(re.findall(r"[^\W\d_]+", texts)), frozenset(pairs))


def _narrower(read: Iterable[Evidence], claim: _Words, words: Vocabulary) -> str:
    """The narrower context that all these rows are from, in words; empty where there is none."""
    rows = [_limits_of(row, claim, words) for row in read]
    if not rows or not all(rows):
        return ""
    shared = [limit for limit in rows[0] if all(limit in other for other in rows)]
    return listed(shared, "and") if shared else listed(dict.fromkeys(r[0] for r in rows), "or")


def _limits_of(row: Evidence, claim: _Words, words: Vocabulary) -> list[str]:
    """What makes the context of a row narrower than the claim, in words."""
    limits = []
    if row.system in _OUTSIDE and not claim.say("system", row.system):
        limits.append(_OUTSIDE[row.system])
    if row.species not in _OURS and not claim.say("species", row.species):
        limits.append(plural(row.species))
    limits += [
        f"{value} {'form' if key == 'severity' else key.replace('_', ' ')}"
        for key, value in _closed(row, words)
        if (key, value) not in words.ordinary and not claim.say(key, value)
    ]
    return limits


# --- The opposite ---------------------------------------------------------------------------


def _labels(words: Vocabulary) -> dict[str, str]:
    """What methods of the graph's own are called, by name."""
    return {name: row.label for name, row in words.methods.items() if name not in NOUNS}


def _pairs(words: Vocabulary, statement: Statement) -> set[tuple[str, str]]:
    """What acts on what, by a statement; both ways where it has no direction."""
    row = words.relation(statement.predicate)
    forth, back = (statement.subject, statement.object), (statement.object, statement.subject)
    if row.symmetric or row.influence == "both":
        return {forth, back}
    return {back if row.influence == "reverse" else forth}


def _opposites(columns: Columns, statement: Statement) -> tuple[Statement, ...]:
    """The statements about the same two things that have the opposite sign or are the negation."""
    words = columns.words
    pairs, sign = _pairs(words, statement), words.sign_of(statement)
    numbers = columns.between(*map(columns.number, (statement.subject, statement.object)))
    opposites = {
        other.id: other
        for other in map(columns.statements.__getitem__, numbers)
        if not pairs.isdisjoint(_pairs(words, other))
        and (
            words.sign_of(other) * sign < 0
            or (other.key[:4] == statement.key[:4] and other.negated != statement.negated)
        )
    }
    return tuple(sorted(opposites.values(), key=lambda other: other.key))
