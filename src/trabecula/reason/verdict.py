"""The verdict on a claim: which it is, and one sentence that says no more than the evidence does.

| read support | titles support | disputed | limited | verdict             |
|--------------|----------------|----------|---------|---------------------|
| of studies   | any            | no       | no      | `stands`            |
| of reviews   | any            | no       | no      | `textbook`          |
| yes          | any            | no       | yes     | `stands-in-context` |
| yes          | any            | yes      | any     | `contested`         |
| no           | yes            | yes      | any     | `contested`         |
| no           | yes            | no       | any     | `title-only`        |
| no           | no             | no       | any     | `article-only`      |
| no           | no             | yes      | any     | `contradicted`      |

"Read" is a source of which more than the title was read; what limits a claim is in `audit`. Of
reviews is support where every source that was read restates what others found, as a textbook or an
ontology does, and none measured it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from trabecula.model import Evidence
from trabecula.standing import READ
from trabecula.vocabulary import METHODS, STRENGTHS


@dataclass(frozen=True, slots=True)
class Verdict:
    """A verdict: its code, how a reader says it, the same for a column, and when it is given."""

    name: str
    label: str
    short: str
    definition: str


#: The verdicts a claim can have.
VERDICTS: Final = MappingProxyType(
    {
        verdict.name: verdict
        for verdict in (
            Verdict("stands", "Stands", "stands",
                    "Studies that were read support it; none disputes or limits it."),
            Verdict("textbook", "Textbook knowledge", "textbook",
                    "Reviews, textbooks or ontologies that were read say it, and no study here "
                    "measured it; none disputes or limits it."),
            Verdict("stands-in-context", "Stands in a context", "in context",
                    "Sources that were read support it and none disputes it; but a source limits "
                    "it, or all support is from a narrower context, such as rats or cells in "
                    "culture."),
            Verdict("contested", "Contested", "contested",
                    "Some sources support it and others dispute it."),
            Verdict("title-only", "Rests on titles", "titles",
                    "Only titles of papers that were not read support it; none disputes it."),
            Verdict("article-only", "Rests on the article", "article",
                    "No source but the article supports or disputes it."),
            Verdict("contradicted", "Contradicted", "contradicted",
                    "Sources dispute it and none supports it."),
        )
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Side:
    """The evidence that speaks one way, strongest first, and its independent sources."""

    rows: tuple[Evidence, ...] = ()
    groups: tuple[str, ...] = ()


def decide(
    read: bool, spoken_for: bool, disputed: bool, limited: bool, *, restated: bool = False
) -> str:
    """The verdict by the table at the head of this module; see `is_restated`."""
    if disputed:
        return "contested" if spoken_for else "contradicted"
    if read:
        return "stands-in-context" if limited else "textbook" if restated else "stands"
    return "title-only" if spoken_for else "article-only"


def is_read(row: Evidence) -> bool:
    """Whether more of the source of this row was read than its title."""
    return row.strength != "title-only"


def is_restated(rows: Iterable[Evidence]) -> bool:
    """Whether all these rows restate what others found: reviews, books, ontologies."""
    return all(row.strength in ("review", "reference") for row in rows)


def strength(row: Evidence) -> tuple[int, int, int, str, str]:
    """Where a row stands among others: the strongest first, what was found in humans before."""
    strengths, methods = tuple(STRENGTHS), tuple(METHODS)
    return (
        strengths.index(row.strength) if row.strength in strengths else len(strengths),
        0 if row.species == "human" else 1,
        methods.index(row.method) if row.method in methods else len(methods),
        row.source,
        row.digest,
    )


def counted(side: Side, groups: Mapping[str, str]) -> dict[str, list[Evidence]]:
    """The rows that count, by independent source: titles only where nothing was read."""
    read = [row for row in side.rows if is_read(row)]
    by_source: dict[str, list[Evidence]] = {}
    for row in read or side.rows:
        by_source.setdefault(groups.get(row.source, row.source), []).append(row)
    return by_source


# --- The sentence ---------------------------------------------------------------------------

#: What a source is called by its method, in the singular and in the plural.
NOUNS: Final = MappingProxyType(
    {
        "meta-analysis": (
            "meta-analysis or systematic review", "meta-analyses or systematic reviews"
        ),
        "randomised-trial": ("randomised trial", "randomised trials"),
        "clinical-study": ("clinical study", "clinical studies"),
        "cohort": ("cohort study", "cohort studies"),
        "cross-sectional": ("cross-sectional study", "cross-sectional studies"),
        "animal-study": ("animal study", "animal studies"),
        "ex-vivo": ("ex-vivo study", "ex-vivo studies"),
        "cell-culture": ("cell-culture study", "cell-culture studies"),
        "cell-free": ("cell-free assay", "cell-free assays"),
        "structure": ("structure determination", "structure determinations"),
        "computation": ("computation", "computations"),
        "ontology": ("ontology", "ontologies"),
        "review": ("review", "reviews"),
        "book": ("book", "books"),
        "encyclopedia": ("encyclopedia", "encyclopedias"),
        "database": ("database", "databases"),
        "website": ("website", "websites"),
        "unknown": ("study of unknown design", "studies of unknown design"),
        "assertion": ("statement without support", "statements without support"),
    }
)  # fmt: skip

_MEASURED = ("direct", "association")
_IN_SPECIES = {
    "human": "humans", "rat": "rats", "mouse": "mice", "dog": "dogs", "mammal": "mammals",
    "vertebrate": "vertebrates",
}  # fmt: skip
#: What of a species was studied, where it was not the living animal.
_BENCH = {
    "ex-vivo": " of {} tissue",
    "cell-culture": " with {} cells",
    "cell-free": " with {} material",
    "structure": "",
    "computation": "",
}


#: A source of which no method is said.
_ANY: Final = ("source", "sources")


def sentence(
    verdict: str,
    pro: Side,
    contra: Side,
    limits: Side,
    narrow: str,
    groups: Mapping[str, str],
    methods: Mapping[str, str] = MappingProxyType({}),
) -> str:
    """The verdict in one sentence, which says no more than the rows do.

    `methods` has the labels of methods of the graph's own.
    """
    support = _sided(pro, "supports", "support", groups, methods, independent=True)
    alone = verdict == "contradicted"
    dispute = _sided(contra, "disputes", "dispute", groups, methods, independent=alone)
    limit = _sided(limits, "limits", "limit", groups, methods, weighed=False)
    if verdict in ("stands", "textbook"):
        return f"{VERDICTS[verdict].label}: {support}, and none disputes it."
    if verdict == "stands-in-context":
        within = f"all support is from a narrower context: {narrow}" if narrow else ""
        if not limit:
            return f"Stands in a context: {support} and none disputes it, but {within}."
        tail = f"; {within}" if within else ""
        return f"Stands in a context: {support}, none disputes it, and {limit}{tail}."
    if verdict == "contested":
        both = len(set(pro.groups) & set(contra.groups))
        tail = f"; {both} of these {'is' if both == 1 else 'are'} on both sides" if both else ""
        reasons = f"{support}, {dispute}, and {limit}" if limit else f"{support} and {dispute}"
        return f"Contested: {reasons}{tail}."
    if verdict == "title-only":
        count = len(pro.groups)
        reasons = (
            "a title: the title of an unread paper supports it"
            if count == 1
            else f"titles: the titles of {count} unread papers support it"
        )
        tail = f"none disputes it, and {limit}" if limit else "and none disputes it"
        return f"Rests on {reasons}, no source that was read does, {tail}."
    if verdict == "contradicted":
        tail = f", none supports it, and {limit}" if limit else ", and none supports it"
        return f"Contradicted: {dispute}{tail}."
    if limit:
        return f"Rests on the article alone; no source supports or disputes it, but {limit}."
    return "Rests on the article alone; no source read speaks to it."


def _sided(
    side: Side,
    verb: str,
    verbs: str,
    groups: Mapping[str, str],
    methods: Mapping[str, str],
    *,
    independent: bool = False,
    weighed: bool = True,
) -> str:
    """`2 independent sources support it (1 review, 1 animal study in rats)`, or nothing.

    A side that is `weighed` and holds no measurement says so.
    """
    by_source = counted(side, groups)
    count = len(by_source)
    if not count:
        return ""
    best = sorted((min(rows, key=strength) for rows in by_source.values()), key=strength)
    kinds = Counter(_kind(row, methods) for row in best)
    measured = any(row.strength in _MEASURED for row in best)
    stated = weighed and not measured and any(row.strength in READ for row in best)
    if count == 1:
        noun = next(iter(kinds))[0]
        article = "" if noun.startswith("the ") else "an " if noun[0] in "aeio" else "a "
        kind = "" if noun == _ANY[0] else f"{article}{noun}"
        what = ", ".join(filter(None, (kind, "not a measurement" if stated else "")))
        return f"1 {'source ' if independent else ''}{verb} it" + (f" ({what})" if what else "")
    parts = (
        f"{number} {each[0].removeprefix('the ') if number == 1 else each[1]}"
        for each, number in kinds.items()
        if [*kinds] != [_ANY]
    )
    what = "; ".join(filter(None, (", ".join(parts), "no measurement" if stated else "")))
    told = f"{count} {'independent sources ' if independent else ''}{verbs} it"
    return told + (f" ({what})" if what else "")


def _kind(row: Evidence, methods: Mapping[str, str]) -> tuple[str, str]:
    """What kind of source speaks in a row, in the singular and in the plural."""
    if row.strength == "title-only":
        return "the title of an unread paper", "titles of unread papers"
    nouns = NOUNS.get(row.method) or _by_method(methods.get(row.method, ""))
    if row.strength == "review" and row.method not in ("book", "encyclopedia", "website"):
        # A review that tells of an experiment measured nothing itself.
        nouns = NOUNS["review"]
    if row.strength not in _MEASURED:
        return nouns
    where = ""
    if row.species and row.method in _BENCH:
        where = _BENCH[row.method].format(row.species)
    elif row.species:
        where = f" in {plural(row.species)}"
    if row.strength == "association":
        article = "an" if nouns[0][0] in "aeio" else "a"
        return f"association in {article} {nouns[0]}{where}", f"associations in {nouns[1]}{where}"
    return f"{nouns[0]}{where}", f"{nouns[1]}{where}"


def _by_method(label: str) -> tuple[str, str]:
    """What a source by a method with this label is called, or any source."""
    by = f" by {label}" if label else ""
    return f"{_ANY[0]}{by}", f"{_ANY[1]}{by}"


def plural(species: str) -> str:
    """A species as one says where something was found.

    >>> plural("mouse"), plural("cattle")
    ('mice', 'cattle')
    """
    return _IN_SPECIES.get(species, species)


def listed(words: Iterable[str], conjunction: str) -> str:
    """`a`, `a or b`, `a, b or c`."""
    *first, last = words
    return f"{', '.join(first)} {conjunction} {last}" if first else last
