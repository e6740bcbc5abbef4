"""Checks of what curators wrote: evidence, names and identifiers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from trabecula import effects, shipped
from trabecula.characters import visible
from trabecula.counted import counted, one_or_many
from trabecula.errors import Problem
from trabecula.formats import curated
from trabecula.graph import Graph
from trabecula.identifiers import curie_problem
from trabecula.model import Statement
from trabecula.prefixes import PREFIXES
from trabecula.vocabulary import STANDINGS, STRENGTHS

#: How titles of papers begin that somebody may have taken back, in words that others have as well.
_TAKEN_BACK: Final = re.compile(r"\W*(withdrawn|removed)\W", re.IGNORECASE)

#: How many entities a finding names.
_NAMED = 10
#: The strengths that sources of a kind have, whatever they say; papers have any other.
_STRENGTHS_OF_KIND = {
    "article": ("asserted",), "ontology": ("reference", "curated"), "cited": ("curated",),
}  # fmt: skip
_OF_PAPERS = ("direct", "association", "review")


def where(statement: Statement) -> str:
    """Where a statement stands, so that a curator can search for it."""
    place = f"{statement.topic}.tsv" if statement.topic else statement.id
    return f"{place}: {statement.subject} {statement.predicate} {statement.object}"


def evidence(graph: Graph) -> Iterator[Problem]:
    """Statements that nobody supports or disputes."""
    for statement in graph.statements.values():
        if not any(row.stance in ("supports", "disputes") for row in statement.evidence):
            fix = "add the source that supports or disputes it, or remove the statement"
            yield Problem("no-evidence", where(statement), "no source takes a side", fix)


def strength(graph: Graph) -> Iterator[Problem]:
    """Evidence whose strength does not fit its source."""
    for statement in graph.statements.values():
        for row in statement.evidence:
            source = graph.sources.get(row.source)
            if source is None or not row.strength:
                continue
            of_paper = _OF_PAPERS if source.abstract_read else ("title-only",)
            wanted = _STRENGTHS_OF_KIND.get(source.kind, of_paper)
            if row.strength in wanted or (wanted == _OF_PAPERS and row.strength not in STRENGTHS):
                continue
            what = f"strength {row.strength} does not fit {row.source}, a source of kind "
            what += f"{source.kind}" + ("" if source.abstract_read else " that was not read")
            *others, last = wanted
            fix = f"use {', '.join(others)} or {last}" if others else f"use {last}"
            yield Problem("strength-of-source", where(statement), what, fix)


def sizes(graph: Graph) -> Iterator[Problem]:
    """Sizes of effects that are none: no numbers, no units, an interval without its value."""
    for statement in graph.statements.values():
        for row in statement.evidence:
            for what, fix in effects.faults(row.effect) if row.effect else ():
                yield Problem("bad-effect", where(statement), f"{row.source}: {what}", fix)


def reviews(graph: Graph) -> Iterator[Problem]:
    """Statements whose evidence has changed since a second reader saw it."""
    for statement in graph.statements.values():
        stale = [review for review in statement.reviews if review.rows != statement.digest]
        if stale and len(stale) == len(statement.reviews):
            latest = max(stale)
            what = (
                f"its evidence has changed since it was read by a {latest.reader} on {latest.date}"
            )
            fix = "have it read again, or take the review out of reviews.tsv"
            yield Problem("stale-review", where(statement), what, fix, "warning")


def contradiction(graph: Graph) -> Iterator[Problem]:
    """Sources that support and dispute one statement in one and the same context."""
    for statement in graph.statements.values():
        sides: dict[tuple[object, ...], set[str]] = {}
        for row in statement.evidence:
            key = (row.one_source, row.species, row.system, row.context, row.effect)
            sides.setdefault(key, set()).add(row.stance)
        for (source, *_), stances in sides.items():
            if {"supports", "disputes"} <= stances:
                what = f"{source} supports and disputes it in the same context"
                fix = "say in the context column how the two findings differ"
                yield Problem("contradictory-evidence", where(statement), what, fix)


def names(graph: Graph) -> Iterator[Problem]:
    """Names that two entities share, so that neither can be found by it."""
    owners: dict[str, str] = {}
    for key, entity in graph.entities.items():
        other = owners.setdefault(entity.name.casefold(), key)
        if other != key:
            what = f"{other} is called {entity.name!r} too"
            yield Problem("ambiguous-name", key, what, "give one of them another name")


def identifiers(graph: Graph) -> Iterator[Problem]:
    """Identifiers that two entities both claim to be exactly."""
    owners: dict[str, str] = {}
    for key, entity in graph.entities.items():
        for xref in entity.xrefs:
            if xref.match == "exact":
                other = owners.setdefault(xref.curie, key)
                if other != key:
                    what = f"{other} is exactly {xref.curie} too"
                    fix = "merge the two entities, or correct the match of one"
                    yield Problem("identifier-twice", key, what, fix)


def spreadsheet(graph: Graph) -> Iterator[Problem]:
    """Names and identifiers that a spreadsheet has made something else of.

    The gene SEPT2 becomes the day 2-Sep, a long number 2.31E+13, and a formula that failed #NAME?.
    """
    for key, entity in graph.entities.items():
        labels = [text for xref in entity.xrefs for text in (xref.curie, xref.label)]
        for text in dict.fromkeys((key, entity.name, *entity.synonyms, *labels)):
            for pattern, what in _SPREADSHEET:
                if pattern.fullmatch(text) or pattern.fullmatch(text.partition(":")[2]):
                    fix = "look it up where it comes from; import such columns as text"
                    yield Problem("spreadsheet", key, f"{text!r} is {what}", fix, "warning")


_MONTH = "(Jan|Feb|Mar|Mrz|Apr|May|Mai|Jun|Jul|Aug|Sept?|Oct|Okt|Nov|Dec|Dez)"
_SPREADSHEET = (
    (
        re.compile(
            rf"\d{{1,2}}[-.]{_MONTH}([-.]\d{{2,4}})?|{_MONTH}-\d\d|\d{{4}}(-\d\d){{2}}( 00:00:00)?"
        ),
        "a date, as spreadsheets make of SEPTIN2 or MARCHF1",
    ),
    (
        re.compile(r"\d[.,]?\d*E\+\d+"),
        "a number as spreadsheets write long ones",
    ),
    (re.compile(r"#(NAME\?|REF!|VALUE!|N/A|DIV/0!|NUM!|NULL!)"), "the error of a spreadsheet"),
)


def unused(graph: Graph) -> Iterator[Problem]:
    """Entities that no statement is about."""
    for key in graph.entities:
        if not graph.touching(key):
            fix = "add a statement about it, or remove the row"
            yield Problem("unused-entity", key, "no statement is about it", fix, "warning")


def uncited(graph: Graph) -> Iterator[Problem]:
    """Sources that no evidence comes from, and of which `graph/not-modelled.tsv` does not say why.

    The list is that of the shipped graph, whichever graph is checked: its ids name the same papers.
    """
    cited = {row.one_source for s in graph.statements.values() for row in s.evidence}
    cited |= _not_modelled()
    for key in graph.sources:
        if not {key, graph.papers[key]} & cited:
            fix = "add what it says, or a line to graph/not-modelled.tsv that says why not"
            yield Problem("uncited-source", key, "no evidence comes from it", fix, "warning")


def registered(graph: Graph) -> Iterator[Problem]:
    """Identifiers of sources that do not fit the pattern of their registry."""
    cited = (row.source for statement in graph.statements.values() for row in statement.evidence)
    for key in dict.fromkeys((*graph.sources, *sorted(set(cited) - set(graph.sources)))):
        source = graph.sources.get(key)
        for identifier in (key, *(source.xrefs if source else ())):
            wrong = curie_problem(identifier)
            if wrong and identifier.partition(":")[0] in PREFIXES:
                yield Problem("bad-curie", key, wrong, "look it up at its registry, or use a slug")


def papers(graph: Graph) -> Iterator[Problem]:
    """Papers that stand in several records, which are counted once but are hard to keep."""
    records: dict[str, list[str]] = {}
    titled: dict[tuple[str, str], str] = {}
    for key, source in graph.sources.items():
        records.setdefault(graph.papers[key], []).append(key)
        title = "".join(filter(str.isalnum, source.title.casefold()))
        first = titled.setdefault((title, source.year), key)
        if len(title) > _LONG and source.year and graph.groups[first] != graph.groups[key]:
            what = f"{first} has the same title and year"
            fix = "give the identifier of the one to the other, or both one group"
            yield Problem("same-title", key, what, fix, "warning")
    for first, *others in records.values():
        for other in others:
            what = f"it is the same paper as {first}, and both count as one"
            yield Problem("source-twice", other, what, "merge the two records")


#: Letters and digits of a title that two papers do not share by chance.
_LONG: Final = 24


def standing(graph: Graph) -> Iterator[Problem]:
    """Sources that were retracted, or may be, and that statements rest on."""
    cited = Counter(row.one_source for s in graph.statements.values() for row in s.evidence)
    for key, source in graph.sources.items():
        number = cited[graph.papers[key]]
        rows = f"{number} {one_or_many(number, 'piece')} of evidence"
        fix = "look for another source"
        if source.standing == "retracted" and number:
            what = f"it was retracted, and {rows} {one_or_many(number, 'does', 'do')} not count"
            yield Problem("retracted-source", key, what, fix, "warning")
        elif source.standing == "expression-of-concern" and number:
            what = "its publisher has expressed concern, and "
            what += f"{rows} {one_or_many(number, 'counts', 'count')}"
            yield Problem("doubtful-source", key, what, fix, "warning")
        elif not source.standing and "retract" in f"{source.title} {source.note}".casefold():
            what = "its title or its note speaks of retracting, and it counts"
            fix = "write retracted into standing if it was; else say it in other words"
            yield Problem("unclear-standing", key, what, fix, "warning")
        elif not source.standing and _TAKEN_BACK.match(source.title):
            what = "its title begins as those of papers that were withdrawn, and it counts"
            fix = "write retracted into standing if it was"
            yield Problem("unclear-standing", key, what, fix, "warning")
        elif source.standing and source.standing not in STANDINGS and number:
            what = f"{visible(source.standing, 40)!r} is no standing that is known, and it counts"
            fix = f"write one of {', '.join(STANDINGS)}"
            yield Problem("unclear-standing", key, what, fix, "warning")


def _not_modelled() -> set[str]:
    """The words of the `source` column; those that are ids of sources matter."""
    rows = curated.not_modelled(shipped.graph())
    return {word.strip(",;") for _, source, _ in rows for word in source.split()}


def connected(graph: Graph) -> Iterator[Problem]:
    """Groups of entities that no chain of statements connects with the largest group.

    Entities without any statement are left to `unused`.
    """
    groups = graph.components()
    for group in groups[1:]:
        first, *others = sorted(group)
        rest = counted(len(groups[0]), "entity", "entities")
        what = f"no statement leads from it{_and(others)} to the {rest}"
        fix = "add the statement that connects them with the rest"
        yield Problem("unreachable", first, f"{what} of the largest part", fix, "warning")


def _and(others: list[str]) -> str:
    more = f" and {len(others) - _NAMED:,} more" if len(others) > _NAMED else ""
    return f", or from {', '.join(others[:_NAMED])}{more}," if others else ""
