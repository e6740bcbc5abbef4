"""The data of the page: plain values for JSON, with every word that the page shows.

Texts of a graph go through here as they are. That none of them ends its script element is
`safe_json`'s doing, and that no address runs as script is `web_address`'s.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from trabecula.graph import Graph
from trabecula.identifiers import link
from trabecula.model import Entity, Evidence, Source, Statement
from trabecula.views import loops, style
from trabecula.views.style import Look, Mark, Tint
from trabecula.vocabulary import STATUSES, STRENGTHS, TOPICS

# --- Nodes and edges ------------------------------------------------------------------------


def entity(entity: Entity, mark: Mark | None) -> dict[str, Any]:
    """What the page says of an entity, and what happens to it."""
    identifiers = [[x.curie, x.match, x.label, link(x.curie)] for x in entity.xrefs]
    if ":" in entity.id and entity.id not in {x.curie for x in entity.xrefs}:
        identifiers.insert(0, [entity.id, "", "", link(entity.id)])
    return {
        "name": entity.name,
        "category": entity.category,
        "synonyms": entity.synonyms,
        "description": entity.description,
        "taxon": [entity.taxon, link(entity.taxon)] if entity.taxon else [],
        "identifiers": identifiers,
        "mark": mark.key if mark else "",
        **({"what": _what(mark)} if mark else {}),
    }


def _what(mark: Mark) -> dict[str, Any]:
    return {
        "words": mark.words,
        "ways": [
            {
                "key": way.key,
                "words": way.words,
                "hops": [
                    {"statement": hop.statement, "sentence": hop.sentence,
                     "key": hop.key, "outcome": hop.outcome}
                    for hop in way.hops
                ],
                "weakest": way.weakest,
            }
            for way in mark.ways
        ],
    }  # fmt: skip


def edge(graph: Graph, statement: Statement, smooth: dict[str, Any] | bool) -> dict[str, Any]:
    """A statement as an edge of the drawing library, with what the page says of it."""
    status = graph.status(statement)
    supporting = graph.independent(statement)
    group = style.GROUPS[style.group(statement)]
    line = style.LINES[status]
    arrows = {"to": {"enabled": True, "type": group.head, "scaleFactor": 0.62}}
    return {
        "id": statement.id,
        "from": statement.subject,
        "to": statement.object,
        "color": {"color": group.line},
        "arrows": arrows if group.head else {},
        "dashes": line.dashes or False,
        "width": style.width(status, len(supporting)),
        "smooth": smooth,
        "tb": {
            "predicate": statement.predicate,
            "group": style.group(statement),
            "status": status,
            "negated": statement.negated,
            "qualifiers": style.context_words(statement.qualifiers),
            "topic": statement.topic,
            "for": len(supporting),
            "against": len(graph.independent(statement, "disputes")),
            "evidence": [_evidence(row) for row in statement.evidence],
        },
    }


def _evidence(row: Evidence) -> dict[str, str]:
    fields = {
        "source": row.source,
        "stance": row.stance,
        "strength": row.strength,
        "method": style.method_words(row.method),
        "species": row.species,
        "system": row.system.replace("-", " "),
        "context": style.context_words(row.context),
        "summary": row.summary,
        "locator": row.locator,
    }
    return {key: value for key, value in fields.items() if value}


def _source(source: Source) -> dict[str, Any]:
    links = []
    for identifier in dict.fromkeys((source.id, *source.xrefs)):
        if ":" in identifier:
            links.append([identifier, link(identifier)])
    if source.url:
        links.append([source.url, web_address(source.url)])
    authors = "; ".join(source.authors[:3]) + (" et al." if len(source.authors) > 3 else "")
    return {
        "id": source.id,
        "kind": source.kind,
        "title": source.title,
        "year": source.year,
        "authors": authors.replace("; et al", " et al"),
        "journal": source.journal,
        "study": style.method_words(source.study_type),
        "organism": source.organism,
        "read": source.abstract_read,
        "reference": source.reference,
        "links": links,
    }


# --- The rest of the page -------------------------------------------------------------------


def page(
    graph: Graph,
    drawn: Graph,
    marks: Mapping[str, Mark],
    title: str,
    version: str,
    command: str,
) -> dict[str, Any]:
    """Everything the page needs besides nodes and edges: words, looks, sources, counts, loops."""
    used = {row.source for s in drawn.statements.values() for row in s.evidence}
    categories = {entity.category for entity in drawn.entities.values()} | {""}
    predicates = {s.predicate for s in drawn.statements.values()}
    topics = {s.topic for s in drawn.statements.values()}
    known = [key for key in style.LOOKS if key in categories]
    ends = {end for s in drawn.statements.values() for end in (s.subject, s.object)}
    marked = {marks[key].key if key in marks else "" for key in ends.union(drawn.entities)}
    return {
        "title": title,
        "version": version,
        "command": command,
        "entities": len(graph.entities),
        "statements": len(graph),
        "sources": [
            _source(drawn.sources.get(key, Source(id=key, kind=""))) for key in sorted(used)
        ],
        "left_out": [len(graph.entities) - len(drawn.entities), len(graph) - len(drawn)],
        "categories": [
            {
                "key": key,
                "label": style.category_words(key),
                "outline": style.look(key).outline,
                # Where there are marks, fills tell of them and categories have their outline.
                **_colours(style.UNMARKED if marks else style.look(key)),
            }
            for key in (*known, *sorted(categories.difference(known)))
        ],
        "marks": [
            {
                "key": key,
                "label": style.tint(key).label,
                "words": style.tint(key).words,
                "glyph": style.tint(key).glyph,
                "pattern": style.tint(key).pattern,
                **_colours(style.tint(key)),
            }
            for key in (*style.MARKS, "")
            if marks and key in marked
        ],
        "loops": loops.drawn(drawn),
        "groups": [
            {
                "key": key,
                "label": group.label,
                "colour": group.line,
                "dark": group.dark_line,
                "head": group.head,
            }
            for key, group in style.GROUPS.items()
        ],
        "statuses": [
            {
                "key": key,
                "label": line.label,
                "words": STATUSES[key],
                "dashes": line.dashes,
                "mark": line.mark,
                "width": style.width(key, 2),
            }
            for key, line in style.LINES.items()
        ],
        "predicates": [
            {
                "key": key,
                "label": style.predicate(key).label,
                "inverse": style.predicate(key).inverse_label,
                "definition": style.predicate(key).definition,
                "influence": style.predicate(key).influence,
            }
            for key in sorted(predicates)
        ],
        "topics": [
            {"key": key, "label": style.topic_words(key), "words": TOPICS.get(key, "")}
            for key in (*(t for t in TOPICS if t in topics), *sorted(topics.difference(TOPICS)))
        ],
        "strengths": [{"key": key, "words": words} for key, words in STRENGTHS.items()],
    }


def _colours(shown: Look | Tint) -> dict[str, list[str]]:
    return {
        "colours": [shown.fill, shown.line],
        "dark": [shown.dark_fill, shown.dark_line],
    }


# --- Safety ---------------------------------------------------------------------------------


def safe_json(value: object) -> str:
    r"""JSON that may stand inside a script element: no text in it can end the element.

    >>> safe_json("</script>&")
    '"\\u003c/script\\u003e\\u0026"'
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    # Lone surrogates cannot be written as UTF-8.
    return re.sub("[\ud800-\udfff]", lambda match: f"\\u{ord(match[0]):04x}", text)


def web_address(text: str) -> str:
    """The address if it is one a page may link to, else nothing.

    >>> web_address("https://example.org/a"), web_address("javascript:alert(1)")
    ('https://example.org/a', '')
    """
    if not text.isprintable() or any(character in text for character in " \"'<>\\"):
        return ""
    try:
        parts = urlsplit(text)
    except ValueError:
        return ""
    return text if parts.scheme in ("http", "https") and parts.hostname else ""
