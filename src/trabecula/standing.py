"""Weighing evidence: the status of a statement and how many independent sources speak to it.

The rule is the team's own, stated in full in `docs/model.md`. It is deliberately coarse: it
counts and classifies, and leaves no number that could pass for a probability.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import lru_cache
from operator import attrgetter
from typing import Any, Final, NamedTuple

from trabecula.canonical import REGISTRIES, unversioned
from trabecula.model import Evidence, Source, Statement
from trabecula.regular import source_id
from trabecula.vocabulary import BASES

#: Strengths of a source whose text, and not only its title, was read.
READ = frozenset(("direct", "association", "reference", "review"))


def status(evidence: Iterable[Evidence]) -> str:
    """The status that a statement has by its evidence; one of `vocabulary.STATUSES`.

    What the article asserts never outweighs a paper: an `asserted` row counts only where there
    is nothing else. A row that qualifies a statement limits its context and counts for neither
    side. Evidence of unknown strength, as imported graphs have, counts as read. A retracted source
    supports and disputes nothing.

    | read support | title support | dispute by anyone but the article | article | status        |
    |--------------|---------------|-----------------------------------|---------|---------------|
    | yes          | any           | no                                | any     | supported     |
    | yes          | any           | yes                               | any     | contested     |
    | no           | yes           | no                                | any     | title-only    |
    | no           | yes           | yes                               | any     | contested     |
    | no           | no            | yes                               | any     | refuted       |
    | no           | no            | no                                | yes     | asserted-only |
    | no           | no            | no                                | no      | no-evidence   |

    >>> status([Evidence(source="a", strength="direct"), Evidence(source="b", stance="disputes")])
    'contested'
    """
    read = title = disputed = asserted = False
    for row in evidence:
        if row.retracted:
            continue
        if row.strength == "asserted":
            asserted = True
        elif row.stance == "disputes":
            disputed = True
        elif row.stance == "supports":
            if row.strength == "title-only":
                title = True
            else:
                read = True
    if disputed:
        return "contested" if read or title else "refuted"
    if read:
        return "supported"
    if title:
        return "title-only"
    return "asserted-only" if asserted else "no-evidence"


def unspoken(evidence: Collection[Evidence], status: str) -> bool:
    """Whether nobody takes sides on a statement of this status, though there is evidence on it.

    So it is where all there is limits it, or was retracted: that supports nothing, and is not as
    good as the silence of a graph that comes without evidence.
    """
    return status == "no-evidence" and bool(evidence)


def sayable(evidence: Iterable[Evidence]) -> bool:
    """Whether a statement may be repeated without its evidence, as a plain triple.

    A refuted statement may not, nor one that the article alone denies, nor one of which nothing but
    retracted sources speak. A statement without evidence, as imported graphs have, may.

    >>> sayable([Evidence(source="article", stance="disputes", strength="asserted")])
    False
    """
    every = tuple(evidence)
    rows = [row for row in every if not row.retracted]
    sides = {row.stance for row in rows} & {"supports", "disputes"}
    return bool(rows or not every) and sides != {"disputes"} and status(rows) != "refuted"


class Standing(NamedTuple):
    """What the evidence of a statement comes to, whoever its sources are."""

    status: str
    basis: str
    sayable: bool


def standing(evidence: Iterable[Evidence]) -> Standing:
    """The `status` and the `basis` of a statement by its evidence, and whether it is `sayable`.

    >>> standing([Evidence(source="a", strength="review")])
    Standing(status='supported', basis='reviewed', sayable=True)
    """
    return _standing(tuple(map(_kind_of, evidence)))


#: What a piece of evidence is weighed by: a few kinds, of which most statements have one.
_KIND: Final = ("stance", "strength", "method", "species", "system", "retracted")
_kind_of = attrgetter(*_KIND)


@lru_cache(maxsize=2**14)
def _standing(kinds: tuple[tuple[Any, ...], ...]) -> Standing:
    rows = [Evidence(source="", **dict(zip(_KIND, kind, strict=True))) for kind in kinds]
    return Standing(status(rows), basis(rows), sayable(rows))


def independent(
    evidence: Iterable[Evidence], groups: Mapping[str, str], stance: str = "supports"
) -> tuple[str, ...]:
    """The independent sources that take a stance, apart from the article: sorted group names.

    Sources of one group (one cohort, a paper and the commentary on it) count once; see `groups`.
    Titles count only where no source was read, so that a read source is never inflated by unread
    ones.
    """
    read: list[str] = []
    title: list[str] = []
    for row in evidence:
        if row.stance == stance and row.weighs:
            group = groups.get(row.source, row.source)
            (title if row.strength == "title-only" else read).append(group)
    return tuple(sorted(set(read or title)))


def reading(statement: Statement) -> str:
    """Whether somebody who did not write it compared a statement with its sources.

    `twice` where its evidence is as it was then, `changed` where it is not, else `once`.

    >>> from dataclasses import replace
    >>> from trabecula.model import Review
    >>> statement = Statement(subject="a", predicate="causes", object="b")
    >>> review = Review("2026-11-29", "against-source", "second-reader", statement.digest)
    >>> reading(statement), reading(replace(statement, reviews=(review,)))
    ('once', 'twice')
    """
    if not statement.reviews:  # as of most
        return "once"
    seen = [review.rows for review in statement.reviews if review.kind == AGAINST_SOURCE]
    if not seen:
        return "once"
    return "twice" if statement.digest in seen else "changed"


#: The kind of review that makes a statement read twice.
AGAINST_SOURCE = "against-source"


# --- What support rests on ------------------------------------------------------------------

_IN_PEOPLE = frozenset(
    ("meta-analysis", "randomised-trial", "clinical-study", "cohort", "cross-sectional")
)
_BASES = {
    "review": "reviewed", "reference": "defined", "association": "observed", "curated": "curated",
}  # fmt: skip
#: Systems and methods in which no living body was looked at.
BENCH = frozenset(("ex-vivo", "cell-culture", "cell-free", "structure", "in-silico", "computation"))
_MODELS = frozenset(("in-silico", "computation"))


def has_article(sources: Iterable[Source]) -> bool:
    """Whether one of them is an article, the claims of which are examined."""
    return any(source.kind == "article" for source in sources)


def basis(evidence: Iterable[Evidence], stance: str = "supports") -> str:
    """What the support of a statement rests on: the best of `vocabulary.BASES`, or empty text.

    Titles and the article are no basis, and neither is what was retracted. With the stance
    `disputes`, what its denial rests on.

    >>> basis([Evidence(source="a", strength="review"), Evidence(source="b", strength="reference")])
    'reviewed'
    """
    bases = {row_basis(row) for row in supporting(evidence, stance)}
    if len(bases) == 1:  # as most have
        return bases.pop()
    return next((name for name in BASES if name in bases), "")


def elsewhere(rows: Collection[Evidence]) -> bool:
    """Whether all that was read in support (`supporting`) comes from animals, cells or material.

    >>> elsewhere([Evidence(source="a", strength="direct", species="rat")])
    True
    """
    return bool(rows) and all(map(_out_of_people, rows))


def in_people(row: Evidence) -> bool:
    """Whether living people were looked at: said, or implied by a design that only people have.

    >>> in_people(Evidence(source="a", method="randomised-trial"))
    True
    >>> in_people(Evidence(source="a", species="human", system="cell-culture"))
    False
    """
    return _measured_where(row.species, row.system, row.method) == "measured-in-people"


def measured_in_people(row: Evidence, primary: Collection[str]) -> bool:
    """Whether a piece of evidence supports, was read, and measured it in people.

    `primary` are the methods that yield data of their own.
    """
    return (
        row.species == "human"
        and row.stance == "supports"
        and row.weighs
        and row.strength != "title-only"
        and row.method in primary
    )


def measured(row: Evidence) -> bool:
    """Whether a piece of evidence is an experiment, a trial or an observation, and no model."""
    return row_basis(row) in _MEASURED


def _out_of_people(row: Evidence) -> bool:
    """Whether it is said that animals, cells or other material were looked at."""
    return _out(row.species, row.system, row.method)


def _out(species: str, system: str, method: str) -> bool:
    return (
        species not in ("", "human")
        or system in BENCH
        or method in BENCH
        or method == "animal-study"
    )


@lru_cache(maxsize=2**12)  # there are few different ones
def _measured_where(species: str, system: str, method: str) -> str:
    """What is measured so, as one of `vocabulary.BASES`; see `row_basis`."""
    out = _out(species, system, method)
    if not out and (species == "human" or (not species and method in _IN_PEOPLE)):
        return "measured-in-people"
    if system in _MODELS or method in _MODELS:
        return "computed"
    return "measured-elsewhere" if out else "measured"


def only_observed(rows: Collection[Evidence]) -> bool:
    """Whether all that was read in support observed two things together and changed neither."""
    return bool(rows) and all(row.strength == "association" for row in rows)


def elsewhere_and_observed(evidence: Iterable[Evidence]) -> tuple[bool, bool]:
    """`elsewhere` and `only_observed` of what was read in support, if anything was.

    Most statements have a row that is neither, and are left at that one.
    """
    away = observed = True
    for row in evidence:
        if row.stance == "supports" and row.strength not in _UNREAD and not row.retracted:
            away = away and _out_of_people(row)
            observed = observed and row.strength == "association"
            if not (away or observed):
                break
    return away, observed


#: Strengths of what nobody read, but for the words of the article itself.
_UNREAD = ("asserted", "title-only")


def supporting(evidence: Iterable[Evidence], stance: str = "supports") -> list[Evidence]:
    """What was read in support; with the stance `disputes`, in denial."""
    return [
        row
        for row in evidence
        if row.stance == stance and row.strength not in _UNREAD and not row.retracted
    ]


def row_basis(row: Evidence) -> str:
    """What a piece of evidence is: one of `vocabulary.BASES`; empty for titles and the article.

    >>> row_basis(Evidence(source="a", strength="direct", system="in-silico"))
    'computed'
    """
    if row.strength != "direct":
        return _BASES.get(row.strength, "")
    return _measured_where(row.species, row.system, row.method)


_MEASURED = frozenset(("measured-in-people", "measured-elsewhere", "measured", "observed"))


# --- Which sources are one ------------------------------------------------------------------


def papers(sources: Iterable[Source]) -> dict[str, str]:
    """Which sources are one paper: each id, and each identifier of a source, with one id of all.

    They are one where one has an identifier of the other, or both have one of a third; the two
    versions of a preprint are one. The address of a source counts where a registry knows it.

    >>> paper_of = papers([Source(id="PMID:1", xrefs=("doi:10.1/a",)), Source(id="doi:10.1/a")])
    >>> paper_of["doi:10.1/a"]
    'PMID:1'
    """
    kept = tuple(sources)
    ids = {source.id for source in kept}
    paper_of: dict[str, str] = {}
    for names in _joined(
        dict.fromkeys((source.id, *(n for n in identifiers(source) if _of_a_paper(n, ids))))
        for source in kept
    ):
        if len(names) == 1:
            paper_of |= zip(names, names, strict=True)
        else:
            paper_of |= dict.fromkeys(sorted(names), min(names & ids))
    return paper_of


def groups(sources: Iterable[Source]) -> dict[str, str]:
    """Under which name each source is counted: that of its group, or the id of the paper.

    >>> groups([Source(id="a", group="cohort"), Source(id="b", group="cohort"), Source(id="c")])
    {'a': 'cohort', 'b': 'cohort', 'c': 'c'}
    """
    kept = tuple(sources)
    paper_of = papers(kept)
    named = {source.group for source in kept} - {""}
    chosen: dict[str, str] = {}
    for names in _joined(
        (paper_of[source.id], source.group or paper_of[source.id]) for source in kept
    ):
        chosen |= dict.fromkeys(names, min(names & named or names))
    return {key: chosen[paper] for key, paper in paper_of.items()}


def identifiers(source: Source) -> tuple[str, ...]:
    """The identifiers of a source: its id, its cross-references, what its address stands for."""
    if not source.xrefs and not source.url:  # as it is of most
        return (unversioned(source.id),)
    address = source_id(source.url) if source.url else ""
    registered = address.partition(":")[0] in REGISTRIES
    every = (source.id, *source.xrefs, *((address,) if registered else ()))
    return tuple(dict.fromkeys(unversioned(name) for name in every))


def _of_a_paper(name: str, ids: set[str]) -> bool:
    """Whether an identifier names a paper, and not its journal or its subject."""
    return name in ids or name.partition(":")[0] in REGISTRIES


def _joined(links: Iterable[Collection[str]]) -> list[set[str]]:
    """The names in sets, of which two are one where a link has names of both."""
    sets_of: dict[str, set[str]] = {}
    for names in links:
        if len(names) == 1:
            sets_of.setdefault(next(iter(names)), set(names))
            continue
        sets = [sets_of.setdefault(name, {name}) for name in names]
        largest = max(sets, key=len)
        for other in sets:
            if other is not largest:
                largest |= other
                sets_of.update(dict.fromkeys(other, largest))
    return list({id(names): names for names in sets_of.values()}.values())
