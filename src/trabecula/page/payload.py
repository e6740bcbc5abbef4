"""The data of the page: plain values for JSON, records in full and every word that the page shows.

Records have the fields of `formats.nodelink`, so that the page can give them away as they are.
Texts of a graph go through here unchanged; that none of them ends its script element or runs as
an address is the doing of `web_address` and of the page, which sets text as text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from trabecula import cite, effects, lookup
from trabecula.context import dimensions
from trabecula.formats import nodelink
from trabecula.graph import Graph
from trabecula.identifiers import is_visible, link
from trabecula.model import Entity, Source, Statement
from trabecula.page import keys, opening
from trabecula.picture import budget, style
from trabecula.standing import reading
from trabecula.version import __released__
from trabecula.words import conflicts, loops

# --- Records --------------------------------------------------------------------------------


def entity(entity: Entity) -> dict[str, Any]:
    """An entity with the pages of its identifiers."""
    identifiers = [x.curie for x in entity.xrefs]
    own = [entity.id] if ":" in entity.id and entity.id not in identifiers else []
    taxon = [entity.taxon] if entity.taxon else []
    links = [_linked(curie) for curie in (*own, *identifiers, *taxon)]
    return {**nodelink.entity(entity), **({"links": links} if links else {})}


def statement(graph: Graph, statement: Statement, most: int) -> dict[str, Any]:
    """A statement with `most` pieces of its evidence, its status and what its line looks like.

    Its status and its numbers of sources are those of all its evidence; `left_out` says how many
    pieces are not there, by stance.
    """
    whole = nodelink.statement(statement, graph)
    for values, row in zip(whole["evidence"], statement.evidence, strict=True):
        values.update({"retracted": True} if row.retracted else {})
        values.update({"numbers": effects.in_words(row.effect)} if row.effect else {})
    told = {**whole, "group": style.group(statement, graph.words)}
    if graph.reviewed:
        told["reading"] = reading(statement)
    if len(statement.evidence) <= most:
        return told
    kept = budget.places(statement, most)
    evidence = [whole["evidence"][place] for place in kept]
    return {**told, "evidence": evidence, "left_out": budget.left_out(statement, kept)}


def _linked(curie: str) -> list[str]:
    """An identifier and its page, in whose address `$1` stands for what follows the prefix.

    So the addresses of a prefix are one text, which compresses to nothing; the page puts the
    identifiers in (`frontend/src/records.js`).

    >>> _linked("PMID:12")
    ['PMID:12', 'https://pubmed.ncbi.nlm.nih.gov/$1/']
    """
    address, local = link(curie), curie.partition(":")[2]
    return [curie, address.replace(local, "$1", 1) if local and "$" not in address else address]


def _source(source: Source) -> dict[str, Any]:
    links = [_linked(x) for x in dict.fromkeys((source.id, *source.xrefs)) if ":" in x]
    if source.url:
        links.append([source.url, web_address(source.url)])
    return {**nodelink.source(source), **({"links": links} if links else {})}


def _named_source(graph: Graph, key: str) -> dict[str, Any]:
    """The source; one that the graph has no record of is `bare` and is given away by nobody."""
    record, paper = graph.sources.get(key), graph.papers.get(key, key)
    own = _source(record) if record else {**_source(Source(id=key, kind="")), "bare": True}
    counted = graph.groups.get(key, key)
    return {
        **own,
        **({"paper": paper} if paper != key else {}),
        **({"counted": counted} if counted != key else {}),
    }


def reasoning(graph: Graph) -> dict[str, Any]:
    """What a graph says of its quantities: which have no direction, what contexts name."""
    words = graph.words
    return {
        "directionless": list(words.directionless),
        "intervals": [[key, entity, list(values)] for key, entity, values in words.intervals],
        **({"focus": list(words.focus)} if words.focus else {}),
    }


# --- The whole ------------------------------------------------------------------------------


def data(
    graph: Graph,
    drawn: Graph,
    entities: list[dict[str, Any]],
    statements: list[dict[str, Any]],
    **page: Any,
) -> dict[str, Any]:
    """Everything that the page knows: records, words, and what was found out about them.

    `entities` and `statements` are those of `drawn` with their looks; `page` is said of the page
    itself (title, version …).
    """
    cited = {row["source"] for statement in statements for row in statement["evidence"]}
    ones = {drawn.papers.get(key, key) for key in cited}
    used = sorted(cited | {key for key in drawn.sources if drawn.papers[key] in ones})
    disagreements = conflicts.drawn(drawn)
    places = {statement["key"]: place for place, statement in enumerate(statements)}
    return {
        "page": {
            **page,
            "released": __released__,
            "home": graph.about.home,
            "licence": licence(graph.about.licence),
            "citation": {
                "text": cite.graph_text(graph.about, page.get("title", "")),
                "bibtex": cite.graph_bibtex(graph.about, page.get("title", "")),
            },
            "entities": len(graph.entities),
            "statements": len(graph),
            "sources": len(graph.sources),
            "left_out": [len(graph.entities) - len(drawn.entities), len(graph) - len(drawn)],
        },
        "words": keys.words(drawn),
        "about": reasoning(drawn),
        "itself": nodelink.itself(drawn),
        "dimensions": dimensions(drawn.words),
        "entities": entities,
        "statements": statements,
        "sources": [_named_source(drawn, key) for key in used],
        "loops": _by_place(loops.drawn(drawn), places),
        "conflicts": _by_place(disagreements, places),
        "core": [statement.id for statement in opening.core(drawn.columns)],
        "questions": opening.questions(drawn, disputed=bool(disagreements["rows"])),
        "spelling": lookup.tables(),
    }


def names(graph: Graph) -> dict[str, Any]:
    """What a page needs to name what is in a graph, and nothing that takes long to find out.

    The fields are those of `data`: statements have no evidence, and nothing follows from them.
    """
    ends = {
        end
        for statement in graph.statements.values()
        for end in (statement.subject, statement.object)
    }
    bare = (Entity(id=end, name=end, category="") for end in sorted(ends - set(graph.entities)))
    return {
        "page": {},
        "words": keys.words(graph),
        "entities": [entity(described) for described in (*graph.entities.values(), *bare)],
        "statements": [
            {**nodelink.statement(statement, graph), "evidence": []}
            for statement in graph.statements.values()
        ],
        "sources": [_source(source) for source in graph.sources.values()],
        "loops": {"rows": []},
        "conflicts": {"rows": []},
        "core": [],
        "questions": [],
        "spelling": {},
    }


def _by_place(value: Any, places: Mapping[str, int]) -> Any:
    """The value with the ids of statements as their places among those of the page.

    An id has sixteen bytes that nothing compresses, and the same ones come again and again.
    """
    if isinstance(value, str):
        return places.get(value, value)
    if isinstance(value, dict):
        return {key: _by_place(each, places) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_by_place(each, places) for each in value]
    return value


# --- Safety ---------------------------------------------------------------------------------


def packed_json(value: object) -> bytes:
    r"""The value as compact JSON in UTF-8; lone surrogates, which UTF-8 has not, are escaped.

    >>> packed_json({"name": "ω\ud800"}).decode()
    '{"name":"ω\\ud800"}'
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    escaped = re.sub("[\ud800-\udfff]", lambda match: f"\\u{ord(match[0]):04x}", text)
    return escaped.encode("utf-8")


def licence(written: str) -> dict[str, str]:
    """A licence by a name that people know, and its address where it is one that can be linked.

    >>> licence("https://creativecommons.org/licenses/by/4.0/")["name"], licence("ask us")["href"]
    ('CC BY 4.0', '')
    """
    commons = re.fullmatch(
        r"https?://creativecommons\.org/(licenses|publicdomain)/([a-z-]+)/(\d\.\d)/?", written
    )
    if commons:
        kind = (
            commons[2].upper()
            if commons[1] == "licenses"
            else "0"
            if commons[2] == "zero"
            else "PDM"
        )
        name = f"CC{'' if kind == '0' else ' '}{kind} {commons[3]}"
    else:
        name = written
    return {"name": name, "href": web_address(written)}


def web_address(text: str) -> str:
    """The address if it is one a page may link to, else nothing.

    >>> web_address("https://example.org/a"), web_address("javascript:alert(1)")
    ('https://example.org/a', '')
    """
    if not is_visible(text) or any(character in text for character in "\"'<>\\"):
        return ""
    try:
        parts = urlsplit(text)
    except ValueError:
        return ""
    return text if parts.scheme in ("http", "https") and parts.hostname else ""
