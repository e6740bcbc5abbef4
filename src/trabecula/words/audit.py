"""The audit of an article as a report: text, JSON, CSV or Markdown; `page.audit` makes the page.

`FORMATS` lists all of them. They are made from the same values, in the same order, and are the
same for the same graph. `shown` is the part of the claims that is listed; the summary is always
of all.
"""

from __future__ import annotations

import csv
import io
import json
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from types import MappingProxyType
from typing import Any, Final

from trabecula import values as facts
from trabecula.counted import counted
from trabecula.effects import in_words
from trabecula.errors import VocabularyError
from trabecula.graph import Graph
from trabecula.identifiers import link
from trabecula.misspelt import unknown
from trabecula.model import Evidence, Source, mapping
from trabecula.picture import style
from trabecula.reason.audit import Audit, Claim, by_section, standing_on, tally
from trabecula.reason.verdict import VERDICTS
from trabecula.version import __released__, __version__
from trabecula.vocabulary import BASES, WORDS, Vocabulary
from trabecula.words.outline import plain
from trabecula.words.tables import table
from trabecula.words.terminal import WIDTH, styled, wrapped

#: The formats of a report, with the ends of their files.
FORMATS: Final = MappingProxyType(
    {"text": ".txt", "json": ".json", "csv": ".csv", "md": ".md", "html": ".html"}
)

#: A sign for each verdict, which says it without colour.
MARKS: Final = MappingProxyType(
    {
        "stands": "✓",
        "textbook": "§",
        "stands-in-context": "◐",
        "contested": "≠",
        "title-only": "T",
        "article-only": "○",
        "contradicted": "×",
    }
)

_COLOURS = {
    "stands": ("blue",),
    "textbook": ("blue",),
    "stands-in-context": ("cyan",),
    "contested": ("yellow",),
    "contradicted": ("magenta",),
}


def render(
    audit: Audit,
    graph: Graph,
    form: str = "text",
    shown: Sequence[Claim] | None = None,
    *,
    evidence: bool = False,
    width: int = WIDTH,
) -> str:
    """The report in a format of `FORMATS` but HTML; `evidence` and the columns are for text.

    Raises `VocabularyError` for another format.

    Text has ANSI styles, which `click.echo` takes out where the output is not a terminal.
    """
    claims = audit.claims if shown is None else shown
    if form == "text":
        return _text(audit, graph, claims, width, evidence=evidence)
    if form == "json":
        return json.dumps(values(audit, graph, claims), ensure_ascii=False, indent=2) + "\n"
    if form == "csv":
        return _csv(graph, claims)
    if form == "md":
        return _markdown(audit, graph, claims)
    raise VocabularyError(unknown("format", form, FORMATS))


# --- Words ----------------------------------------------------------------------------------


def section_words(section: str) -> str:
    """The heading of a section.

    >>> section_words("vitamin D testing"), section_words("")
    ('Vitamin D testing', 'Section not named')
    """
    return section[:1].upper() + section[1:] if section else "Section not named"


def heading(graph: Graph, claim: Claim) -> str:
    """The claim as a statement; what the article denies begins with `not:`."""
    words = graph.sentence(claim.statement)
    return f"not: {words}" if claim.denied else words


def _article(source: Source) -> str:
    """The article as a reader knows it: its title, who published it and when."""
    by = ", ".join((*source.authors, source.year) if source.year else source.authors)
    title = source.title or source.id
    return f"{title} ({by})" if by else title


def titles(audit: Audit) -> str:
    """The article, or articles, that were judged."""
    return "; ".join(_article(source) for source in audit.articles)


def rests_on(audit: Audit, verdict: str) -> str:
    """What the claims of a verdict rest on, in words: `measured in people 1, reviewed 24`."""
    counts = standing_on(audit.claims, verdict)
    return ", ".join(f"{BASES[name]['label']} {number}" for name, number in counts.items())


def who(source: Source) -> str:
    """First author and year, or the best there is: the title, the id."""
    if source.authors:
        more = " et al." if len(source.authors) > 1 else ""
        return f"{source.authors[0]}{more} {source.year}".strip()
    return source.title or source.id


def nature(row: Evidence, words: Vocabulary = WORDS) -> str:
    """What kind of evidence a row is and where it was found, on one line.

    A measurement is named by its method; every other strength is said.
    """
    method = style.method_words(row.method, words)
    strength = "" if row.strength in ("direct", method) else row.strength.replace("-", " ")
    parts = [strength, method]
    parts += [row.species, row.system.replace("-", " "), style.context_words(row.context)]
    parts += [in_words(row.effect)] if row.effect else []
    return " · ".join(part for part in parts if part)


# --- Text -----------------------------------------------------------------------------------


#: The column at which the meaning of a verdict begins beside its name and number.
_BESIDE: Final = 31


def _text(audit: Audit, graph: Graph, shown: Sequence[Claim], width: int, *, evidence: bool) -> str:
    lines = [
        styled(f"{titles(audit)}, judged claim by claim", "bold"),
        f"{counted(len(audit.claims), 'claim')}; not medical advice",
        "",
        *_summary_lines(audit, width),
    ]
    if shown and len(shown) < len(audit.claims):
        lines += ["", f"{len(shown)} of the {counted(len(audit.claims), 'claim')}:"]
    for section, claims in by_section(shown).items():
        lines += ["", styled(f"{section_words(section)} ({len(claims)})", "bold")]
        for claim in claims:
            lines += ["", *_claim_lines(graph, claim, width, evidence=evidence)]
    return "\n".join(lines) + "\n"


def _summary_lines(audit: Audit, width: int) -> Iterator[str]:
    counts = tally(audit.claims)
    beside = width >= 2 * _BESIDE  # else the meaning stands below the verdict
    hanging = " " * (_BESIDE if beside else 4)
    for name, verdict in VERDICTS.items():
        label = styled(f"{MARKS[name]} {verdict.label:<20}", *_COLOURS.get(name, ()))
        counted_label = f"  {label} {counts[name]:>4}"
        meaning = textwrap.wrap(verdict.definition, width - len(hanging))
        yield f"{counted_label}   {meaning.pop(0)}" if beside else counted_label
        yield from (f"{hanging}{line}" for line in meaning)
        if resting := rests_on(audit, name):
            yield from wrapped(f"rests on: {resting}", width, hanging)
    headers = ("section", *(verdict.short for verdict in VERDICTS.values()), "all")
    rows = [
        [section_words(section), *(str(n or "·") for n in tally(claims).values()), str(len(claims))]
        for section, claims in by_section(audit.claims).items()
    ]
    yield ""
    yield table(rows, headers)


def _claim_lines(graph: Graph, claim: Claim, width: int, *, evidence: bool) -> Iterator[str]:
    mark = styled(MARKS[claim.verdict], *_COLOURS.get(claim.verdict, ()))
    yield f"  {mark} {styled(heading(graph, claim), 'bold')}"
    texts = [f"Article: {claim.text}", claim.sentence]
    if claim.limits.rows and not evidence:
        row = claim.limits.rows[0]
        texts.append(f"Limit: {row.summary} ({cited(graph, row)})")
    texts += [
        f"See also: {graph.sentence(other)} ({graph.status(other)})" for other in claim.see_also
    ]
    texts += [
        f"Retracted, not counted: {row.summary} ({cited(graph, row)})"
        for row in (() if evidence else claim.retracted)
    ]
    for words in texts:
        yield from wrapped(words, width, "    ")
    if evidence:
        for word, row in _rows(claim):
            yield from wrapped(f"{word}: {row.summary}", width, "      ")
            lines = wrapped(f"{cited(graph, row)} · {nature(row, graph.words)}", width, "        ")
            yield from (styled(line, "dim") for line in lines)


def _rows(claim: Claim) -> Iterator[tuple[str, Evidence]]:
    """The evidence on a claim, each with a word for what it says of it."""
    sides = (("for", claim.pro), ("against", claim.contra), ("limits", claim.limits))
    yield from ((word, row) for word, side in sides for row in side.rows)
    yield from (("retracted, not counted", row) for row in claim.retracted)


def cited(graph: Graph, row: Evidence) -> str:
    """A source on one line: first author, year and id."""
    source = graph.sources.get(row.source)
    if source is None or not source.authors:
        return row.source
    return f"{who(source)}, {row.source}"


# --- JSON and CSV ---------------------------------------------------------------------------


def values(audit: Audit, graph: Graph, shown: Sequence[Claim]) -> dict[str, Any]:
    """The report as plain values: articles, counts of all claims, and the claims shown."""
    return {
        "version": __version__,
        "released": __released__,
        "articles": [{"id": source.id, "title": source.title} for source in audit.articles],
        "claims_in_all": len(audit.claims),
        "verdicts": tally(audit.claims),
        "rests_on": {name: standing_on(audit.claims, name) for name in VERDICTS},
        "sections": {name: tally(claims) for name, claims in by_section(audit.claims).items()},
        "claims": [_claim_values(graph, claim) for claim in shown],
    }


def _claim_values(graph: Graph, claim: Claim) -> dict[str, Any]:
    statement = claim.statement
    sides = {"for": claim.pro, "against": claim.contra, "limits": claim.limits}
    return {
        "id": claim.id,
        "section": claim.section,
        "sections": list(claim.sections),
        "claim": claim.text,
        "denied": claim.denied,
        "statement": {
            "id": statement.id,
            "words": graph.sentence(statement),
            "subject": statement.subject,
            "predicate": statement.predicate,
            "object": statement.object,
            "qualifiers": mapping(statement.qualifiers),
            "negated": statement.negated,
            "topic": statement.topic,
        },
        "status": claim.status,
        "verdict": claim.verdict,
        "basis": claim.basis or None,
        "sentence": claim.sentence,
        "context": [
            {"key": c.key, "value": c.value, "sources": c.sources, "among": c.among}
            for c in claim.context
        ],
        "independent": {name: list(side.groups) for name, side in sides.items()},
        "evidence": {
            **{name: [facts.evidence(row) for row in side.rows] for name, side in sides.items()},
            "retracted": [facts.evidence(row) for row in claim.retracted],
        },
        "see_also": [
            {"id": s.id, "words": graph.sentence(s), "status": graph.status(s)}
            for s in claim.see_also
        ],
    }


COLUMNS: Final = (
    "section", "statement", "claim", "denied", "verdict", "sentence", "status", "for", "against",
    "limits", "context", "sources_for", "sources_against", "sources_limiting", "limit", "see_also",
    "all_sections", "statement_id", "sources_retracted", "basis",
)  # fmt: skip


def _csv(graph: Graph, shown: Iterable[Claim]) -> str:
    """One row a claim. A cell that a spreadsheet would run as a formula gets an apostrophe."""
    stream = io.StringIO()
    table = csv.writer(stream, lineterminator="\n")
    table.writerow(COLUMNS)
    for claim in shown:
        cells = _cells(graph, claim)
        table.writerow(f"'{c}" if c.startswith(("=", "+", "-", "@")) else c for c in cells)
    return stream.getvalue()


def _cells(graph: Graph, claim: Claim) -> Iterator[str]:
    sides = (claim.pro, claim.contra, claim.limits)
    yield claim.section
    yield graph.sentence(claim.statement)
    yield claim.text
    yield "yes" if claim.denied else "no"
    yield claim.verdict
    yield claim.sentence
    yield claim.status
    yield from (str(len(side.groups)) for side in sides)
    yield "; ".join(map(str, claim.context))
    for side in sides:
        yield " | ".join(dict.fromkeys(row.source for row in side.rows))
    yield claim.limits.rows[0].summary if claim.limits.rows else ""
    yield " | ".join(graph.sentence(other) for other in claim.see_also)
    yield " | ".join(claim.sections)
    yield claim.statement.id
    yield " | ".join(dict.fromkeys(row.source for row in claim.retracted))
    yield claim.basis


# --- Markdown -------------------------------------------------------------------------------


def _markdown(audit: Audit, graph: Graph, shown: Sequence[Claim]) -> str:
    short = [verdict.short for verdict in VERDICTS.values()]
    every = counted(len(audit.claims), "claim")
    lines = [
        f"# {plain(titles(audit))}, claim by claim",
        "",
        f"{every}, judged by trabecula {__version__}. Not medical advice.",
        "",
        "| verdict | claims | meaning |",
        "|---|---:|---|",
        *(
            f"| {MARKS[name]} {VERDICTS[name].label} | {number} | "
            f"{plain(VERDICTS[name].definition)} "
            f"{f'Rests on: {resting}. ' if (resting := rests_on(audit, name)) else ''}|"
            for name, number in tally(audit.claims).items()
        ),
        "",
        f"| section | {' | '.join(short)} | all |",
        f"|---{'|---:' * (len(short) + 1)}|",
        *(
            f"| {plain(section_words(section))} | "
            f"{' | '.join(map(str, tally(claims).values()))} | {len(claims)} |"
            for section, claims in by_section(audit.claims).items()
        ),
    ]
    if shown and len(shown) < len(audit.claims):
        lines += ["", f"{len(shown)} of the {counted(len(audit.claims), 'claim')} follow."]
    for section, claims in by_section(shown).items():
        lines += ["", f"## {plain(section_words(section))}"]
        for claim in claims:
            lines += ["", *_claim_markdown(graph, claim)]
    return "\n".join(lines) + "\n"


def _claim_markdown(graph: Graph, claim: Claim) -> Iterator[str]:
    yield f"### {MARKS[claim.verdict]} {plain(heading(graph, claim))}"
    yield ""
    yield f"*Article:* {plain(claim.text)}  "
    yield f"**{plain(claim.sentence)}**"
    if claim.context:
        yield ""
        yield f"Supporting sources name: {plain('; '.join(map(str, claim.context)))}."
    words = {"for": "For", "against": "Against", "limits": "Limits it"}
    rows = [(words.get(word, word.capitalize()), row) for word, row in _rows(claim)]
    if rows:
        yield ""
    for word, row in rows:
        address = link(row.source)
        source = plain(cited(graph, row))
        source = f"[{source}]({address})" if address else source
        yield f"- {word}: {plain(row.summary)} {source} · {plain(nature(row, graph.words))}"
    if claim.see_also:
        yield ""
    for other in claim.see_also:
        yield f"See also: {plain(graph.sentence(other))} ({graph.status(other)})."
