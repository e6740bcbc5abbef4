"""The audit of an article as one HTML page that works offline and without its script.

The template escapes every value; a Content-Security-Policy with the hashes of the page's own
script and style forbids anything else to run, and everything to be fetched.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Sequence
from typing import Any

from trabecula import cite
from trabecula.counted import counted as numbered
from trabecula.counted import one_or_many
from trabecula.graph import Graph
from trabecula.identifiers import link
from trabecula.model import Evidence, Source, Statement
from trabecula.page import parts
from trabecula.page.payload import licence, web_address
from trabecula.picture import style
from trabecula.reason.audit import Audit, Claim, by_section, tally
from trabecula.reason.verdict import VERDICTS, Side, counted
from trabecula.version import __released__, __version__
from trabecula.vocabulary import BASES, STRENGTHS, Vocabulary
from trabecula.words import audit as report

#: What a reader calls the places that identifiers lead to.
_PLACES = {"PMID": "PubMed", "PMCID": "Europe PMC", "doi": "DOI"}
_SIDES = (("for", "For the claim"), ("against", "Against it"), ("limits", "Limits it"))


def page(audit: Audit, graph: Graph, shown: Sequence[Claim], name: str = "") -> str:
    """The page with the summary of the audit and the claims shown.

    `name` is that of the file of the graph, which is cited by it where it has no title.
    """
    from jinja2 import Environment
    from markupsafe import Markup

    environment = Environment(
        loader=parts.templates(),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    template = environment.get_template("audit.html.j2")
    # Script and style are blocks of the template in which no value stands.
    own = {
        name: "".join(template.blocks[name](template.new_context())) for name in ("style", "script")
    }
    return template.render(
        hashes={name: Markup(_hash(words)) for name, words in own.items()},  # noqa: S704 (base64)
        page=_values(audit, graph, shown, name),
    )


def _hash(text: str) -> str:
    """The hash by which a Content-Security-Policy knows an inline script or style."""
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"


def _values(audit: Audit, graph: Graph, shown: Sequence[Claim], name: str) -> dict[str, Any]:
    here = {claim.id for claim in shown}
    slugs = _slugs(by_section(audit.claims))
    counts = tally(audit.claims)
    rows = [row for claim in audit.claims for side in _sides(claim) for row in side.rows]
    return {
        "version": __version__,
        "released": __released__,
        "citation": cite.graph_text(graph.about, name),
        "licence": licence(graph.about.licence),
        "article": report.titles(audit),
        "claims": len(audit.claims),
        "shown": len(shown),
        "sources": len({row.one_source for row in rows}),
        "verdicts": [
            {
                "name": name,
                "label": verdict.label,
                "short": verdict.short,
                "definition": verdict.definition,
                "mark": report.MARKS[name],
                "count": counts[name],
                "rests_on": report.rests_on(audit, name),
                "shown": sum(claim.verdict == name for claim in shown),
            }
            for name, verdict in VERDICTS.items()
        ],
        "bar": _bar(counts),
        "strengths": [(key.replace("-", " "), words) for key, words in STRENGTHS.items()],
        "summary": [
            {
                "slug": slugs[section],
                "title": report.section_words(section),
                "counts": list(tally(claims).values()),
                "all": len(claims),
                "listed": any(claim.id in here for claim in claims),
            }
            for section, claims in by_section(audit.claims).items()
        ],
        "sections": [
            {
                "slug": slugs[section],
                "title": report.section_words(section),
                "bar": _bar(tally(claims)),
                "claims": [_claim(graph, claim, here) for claim in claims],
            }
            for section, claims in by_section(shown).items()
        ],
    }


def _bar(counts: dict[str, int]) -> list[dict[str, Any]]:
    """The verdicts as parts of a bar that is 1000 wide: where each begins and how wide it is."""
    total, before, parts = sum(counts.values()), 0, []
    for name, count in counts.items():
        start, end = 1000 * before // max(total, 1), 1000 * (before + count) // max(total, 1)
        before += count
        if count:
            parts.append({"name": name, "count": count, "x": start, "width": end - start})
    return parts


def _slugs(sections: Iterable[str]) -> dict[str, str]:
    """An anchor for each section, made of letters, digits and hyphens; no two are equal."""
    slugs: dict[str, str] = {}
    for number, section in enumerate(sections, start=1):
        slug = re.sub(r"[^a-z0-9]+", "-", section.casefold()).strip("-")
        taken = not slug or slug in slugs.values()
        slugs[section] = f"section-{number}" if taken else slug
    return slugs


def _sides(claim: Claim) -> tuple[Side, Side, Side]:
    return (claim.pro, claim.contra, claim.limits)


def _claim(graph: Graph, claim: Claim, here: set[str]) -> dict[str, Any]:
    statement = claim.statement
    return {
        "id": claim.id,
        "verdict": claim.verdict,
        "label": VERDICTS[claim.verdict].label,
        "mark": report.MARKS[claim.verdict],
        "denied": claim.denied,
        "negated": statement.negated,
        "subject": graph.name(statement.subject),
        "verb": graph.words.relation(statement.predicate).label,
        "object": graph.name(statement.object),
        "qualifiers": style.context_words(statement.qualifiers),
        "said": claim.text,
        "elsewhere": [report.section_words(section) for section in claim.sections[1:]],
        "reason": _reason(claim.sentence),
        "basis": BASES[claim.basis]["label"] if claim.basis else "",
        "sides": [
            _side(graph, side, key, title)
            for (key, title), side in zip(_SIDES, _sides(claim), strict=True)
            if side.rows
        ]
        + [_gone(graph, claim.retracted) for _ in claim.retracted[:1]],
        "context": [str(circumstance) for circumstance in claim.context],
        "see_also": [_other(graph, other, here) for other in claim.see_also],
    }


def _reason(sentence: str) -> str:
    """The sentence of a verdict without its first words, which the badge says.

    >>> _reason("Rests on the article alone; no source read speaks to it.")
    'No source read speaks to it.'
    """
    reason = re.split(r"[:;] ", sentence, maxsplit=1)[-1]
    return reason[:1].upper() + reason[1:]


def _other(graph: Graph, statement: Statement, here: set[str]) -> dict[str, str]:
    return {
        "words": graph.sentence(statement),
        "status": graph.status(statement).replace("-", " "),
        "anchor": statement.id if statement.id in here else "",
    }


def _side(graph: Graph, side: Side, key: str, title: str) -> dict[str, Any]:
    groups = counted(side, graph.groups)
    weighed = {row.digest for rows in groups.values() for row in rows}
    count = len(groups)
    return {
        "key": key,
        "title": title,
        "count": numbered(count, "source", "independent sources"),
        "rows": [
            _row(graph.words, graph.sources.get(r.source), r, r.digest in weighed)
            for r in side.rows
        ],
    }


def _gone(graph: Graph, rows: tuple[Evidence, ...]) -> dict[str, Any]:
    """What retracted sources said of a claim, as a side of its own."""
    count = len({row.one_source for row in rows})
    return {
        "key": "retracted",
        "title": "Retracted, not counted",
        "count": f"{count} {one_or_many(count, 'source')}",
        "rows": [
            _row(graph.words, graph.sources.get(row.source), row, weighed=True) for row in rows
        ],
    }


def _row(words: Vocabulary, source: Source | None, row: Evidence, weighed: bool) -> dict[str, Any]:
    record = source or Source(id=row.source)
    who, title = report.who(record), record.title if record.authors else ""
    return {
        "summary": row.summary,
        "strength": row.strength,
        "nature": report.nature(row, words),
        "who": who,
        "title": title,
        "stop": "" if (title or who).endswith((".", "?", "!")) else ".",
        "journal": cite.place(record),
        "standing": _standing(record),
        "group": record.group,
        "links": _links(record, row.locator),
        "counted": weighed,
    }


def _standing(source: Source) -> str:
    """What became of the source, and how it relates to the article."""
    parts = [source.standing.replace("-", " ")]
    if source.reference:
        parts.append(f"reference {source.reference} of the article")
    elif source.kind == "further":
        parts.append("not cited by the article")
    return " · ".join(filter(None, parts))


def _links(source: Source, locator: str) -> list[tuple[str, str]]:
    """Where the source can be read, and the term of an ontology that a row points to."""
    links = []
    for identifier in dict.fromkeys((source.id, *source.xrefs, locator)):
        address = link(identifier)
        if address:
            prefix, _, local = identifier.partition(":")
            links.append((f"{_PLACES.get(prefix, prefix)} {local}", address))
    if source.url and not links and web_address(source.url):
        links.append((source.url.partition("://")[2].rstrip("/"), source.url))
    return links
