"""One page that shows a graph with its evidence, works from a file and never calls the network.

pyvis is the graph model and brings the drawing library, vis-network; its own templates are not
used, because they load parts from the network and let the text of a graph run as script. The
template is ours and escapes everything; a Content-Security-Policy with the hashes of the page's
own script and style forbids anything else to run or to be fetched. This is the only module that
imports pyvis.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from trabecula import __version__, files
from trabecula.graph import Graph
from trabecula.identifiers import link
from trabecula.model import Entity, Evidence, Source, Statement
from trabecula.views import layout, style
from trabecula.vocabulary import STATUSES, STRENGTHS, TOPICS

if TYPE_CHECKING:
    from pyvis.network import Network

#: What a browser draws and moves fluently; beyond it the best supported statements are drawn.
MAX_ENTITIES: Final = 2_000
MAX_STATEMENTS: Final = 6_000

#: What the page says to run in order to see more of a graph.
COMMAND: Final = 'trabecula view "near(magnesium, 2)" -o magnesium.html'

#: Inlined in this order as one script.
SCRIPTS: Final = (
    "data.js", "dom.js", "shapes.js", "canvas.js", "cards.js", "legend.js", "search.js", "main.js",
)  # fmt: skip

_HERE = Path(__file__).parent
_STANDING = ("supported", "contested", "title-only", "asserted-only", "refuted")
_LANE = 17  # pixels between parallel lines


def view(
    graph: Graph,
    path: Path,
    *,
    title: str = "trabecula",
    version: str = __version__,
    command: str = COMMAND,
) -> None:
    """Write the page of `graph` to `path`, whole or not at all. Raises `OSError`."""
    page = render(graph, title=title, version=version, command=command)
    files.write_atomically(path, page.encode("utf-8"))


def render(
    graph: Graph,
    *,
    title: str = "trabecula",
    version: str = __version__,
    command: str = COMMAND,
) -> str:
    """The page of `graph` as HTML: the same graph gives the same text.

    Beyond `MAX_ENTITIES` or `MAX_STATEMENTS` the best supported statements are drawn and the page
    says what was left out; `command` is what it tells the reader to run to see more.
    """
    from jinja2 import Environment, FileSystemLoader
    from markupsafe import Markup

    drawn = budgeted(graph)
    net = network(drawn)
    script = "\n".join(_asset(name) for name in SCRIPTS)
    library, css = _library(), _asset("page.css")
    environment = Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        keep_trailing_newline=True,
    )
    environment.filters["fromjson"] = json.loads  # pyvis hands its options over as text
    environment.filters["json"] = lambda value: Markup(safe_json(value))  # noqa: S704 (escaped)
    environment.globals.update(
        page=_page(graph, drawn, title, version, command),
        library=Markup(library),  # noqa: S704 (three of our own files and the library)
        script=Markup(script),  # noqa: S704
        css=Markup(css),  # noqa: S704
        script_hashes=" ".join(f"'{_hash(text)}'" for text in (library, script)),
        style_hash=f"'{_hash(css)}'",
    )
    net.templateEnv = environment
    net.path = "page.html.j2"
    return str(net.generate_html())


def budgeted(graph: Graph) -> Graph:
    """The part of `graph` that a page can draw: the best supported statements first."""
    if len(graph.entities) <= MAX_ENTITIES and len(graph) <= MAX_STATEMENTS:
        return graph

    def standing(statement: Statement) -> tuple[int, int, str]:
        sources = len(graph.independent(statement))
        return (-sources, _STANDING.index(graph.status(statement)), statement.id)

    chosen: list[Statement] = []
    entities: set[str] = set()
    for statement in sorted(graph.statements.values(), key=standing):
        ends = {statement.subject, statement.object}
        if len(entities | ends) > MAX_ENTITIES:
            continue
        entities |= ends
        chosen.append(statement)
        if len(chosen) == MAX_STATEMENTS:
            break
    if not chosen:
        return Graph(list(graph.entities.values())[:MAX_ENTITIES])
    return graph.only(chosen)


def network(graph: Graph) -> Network:
    """The graph as a pyvis Network, placed and styled, for notebooks and for our own template.

    Everything that the page shows about an entity or a statement is under the key `tb`.
    """
    # pyvis has no types; it imports IPython, so it is imported only where a page is made.
    from pyvis.network import Network

    entities = dict(graph.entities)
    statements = list(graph.statements.values())
    for statement in statements:
        for end in (statement.subject, statement.object):
            if end not in entities:
                entities[end] = Entity(id=end, name=end, category="")
    entities = dict(sorted(entities.items()))
    prominence = _prominence(entities, statements)
    labels = {key: style.label_lines(entity.name) for key, entity in entities.items()}
    sizes = {
        key: style.box(labels[key], style.look(entity.category).outline, prominence[key])
        for key, entity in entities.items()
    }
    places = layout.positions(sizes, [(s.subject, s.object) for s in statements])
    net = Network(directed=True, cdn_resources="in_line")
    net.options = {
        "physics": {"enabled": False},
        "edges": {"smooth": False},
        "layout": {"improvedLayout": False},
    }
    # add_node and add_edge look through all that is there already; the lists are what they fill.
    net.nodes = [
        {
            "id": key,
            "label": "\n".join(labels[key]),
            "shape": "ellipse" if style.look(entity.category).outline == "ellipse" else "box",
            "color": {
                "background": style.look(entity.category).fill,
                "border": style.look(entity.category).line,
            },
            "font": {"size": style.FONTS[prominence[key]]},
            "x": places[key][0],
            "y": places[key][1],
            "tb": _entity(entity, sizes[key], labels[key], prominence[key]),
        }
        for key, entity in entities.items()
    ]
    net.node_ids = list(entities)
    net.edges = [
        _edge(graph, statement, smooth)
        for statement, smooth in zip(statements, _bends(statements, places), strict=True)
    ]
    return net


# --- Entities and statements as data --------------------------------------------------------


def _prominence(entities: dict[str, Entity], statements: list[Statement]) -> dict[str, int]:
    """0, 1 or 2 for each entity: the few with most neighbours are drawn larger, as landmarks."""
    neighbours: dict[str, set[str]] = {key: set() for key in entities}
    for statement in statements:
        neighbours[statement.subject].add(statement.object)
        neighbours[statement.object].add(statement.subject)
    ranked = sorted(entities, key=lambda key: (-len(neighbours[key]), key))
    rank = {key: number / max(len(ranked), 1) for number, key in enumerate(ranked)}
    return {
        key: 2 if len(near) >= 8 and rank[key] < 0.04 else int(len(near) >= 5 and rank[key] < 0.15)
        for key, near in neighbours.items()
    }


def _entity(
    entity: Entity, size: tuple[int, int], lines: tuple[str, ...], prominence: int
) -> dict[str, Any]:
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
        "size": size,
        "lines": lines,
        "prominence": prominence,
    }


def _edge(graph: Graph, statement: Statement, smooth: dict[str, Any] | bool) -> dict[str, Any]:
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


def _bends(
    statements: list[Statement], places: dict[str, tuple[int, int]]
) -> list[dict[str, Any] | bool]:
    """How each line bends, so that statements between the same two entities lie side by side."""
    lanes: dict[tuple[str, str], list[int]] = {}
    for number, statement in enumerate(statements):
        ends = (statement.subject, statement.object)
        lanes.setdefault((min(ends), max(ends)), []).append(number)
    bends: list[dict[str, Any] | bool] = [False] * len(statements)
    for (low, high), members in lanes.items():
        (x1, y1), (x2, y2) = places[low], places[high]
        length = max(((x1 - x2) ** 2 + (y1 - y2) ** 2) ** 0.5, 1.0)
        step = min(_LANE, 120 / max(len(members) - 1, 1))
        for lane, number in enumerate(members):
            offset = (lane - (len(members) - 1) / 2) * step
            if low == high:
                bends[number] = {"enabled": True, "type": "curvedCW", "roundness": 0.5}
            elif offset:
                # Seen from the other end, the same side is the other side.
                side = offset if statements[number].subject == low else -offset
                bends[number] = {
                    "enabled": True,
                    "type": "curvedCW" if side > 0 else "curvedCCW",
                    "roundness": round(min(abs(side) / (0.39 * length), 0.9), 3),
                }
    return bends


# --- The page as data -----------------------------------------------------------------------


def _page(graph: Graph, drawn: Graph, title: str, version: str, command: str) -> dict[str, Any]:
    """Everything the page needs besides nodes and edges: words, looks, sources, counts."""
    used = {row.source for s in drawn.statements.values() for row in s.evidence}
    categories = {entity.category for entity in drawn.entities.values()} | {""}
    predicates = {s.predicate for s in drawn.statements.values()}
    topics = {s.topic for s in drawn.statements.values()}
    known = [key for key in style.LOOKS if key in categories]
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
                "colours": [style.look(key).fill, style.look(key).line],
                "dark": [style.look(key).dark_fill, style.look(key).dark_line],
            }
            for key in (*known, *sorted(categories.difference(known)))
        ],
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


def _hash(text: str) -> str:
    """The hash by which a Content-Security-Policy knows an inline script or style."""
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"sha256-{base64.b64encode(digest).decode('ascii')}"


def _asset(name: str) -> str:
    return (_HERE / "web" / name).read_text(encoding="utf-8")


def _library() -> str:
    """The drawing library that pyvis brings."""
    import pyvis

    folder = Path(pyvis.__file__).parent / "templates" / "lib"
    newest = max(folder.glob("vis-9*/vis-network.min.js"))
    return newest.read_text(encoding="utf-8").replace("\r\n", "\n")
