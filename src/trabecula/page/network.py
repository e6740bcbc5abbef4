"""The graph as the network that pyvis draws, and its page; nothing else imports pyvis.

pyvis and vis-network are what people know; the explorer (`html`) does without pyvis. Its templates
are not used, for they load parts from the network and let the text of a graph run as script. What a
`Network` from here writes, by whichever of its methods, goes through our template, which escapes
everything, and is one file with all that it needs.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections import Counter
from typing import TYPE_CHECKING, Any, Final

from trabecula.counted import one_or_many
from trabecula.errors import require_text
from trabecula.graph import Graph, require_graph
from trabecula.model import Statement
from trabecula.page import keys, parts
from trabecula.page.html import budgeted, library
from trabecula.picture import style
from trabecula.picture.placed import Box, placed
from trabecula.version import __version__
from trabecula.vocabulary import Vocabulary, category_words

if TYPE_CHECKING:
    from jinja2 import Environment
    from pyvis.network import Network

_OPTIONS: Final = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "edges": {"smooth": False, "selectionWidth": 1.5, "font": {"size": 17, "strokeWidth": 5}},
    "interaction": {
        "hover": True,
        "tooltipDelay": 120,
        "keyboard": {"enabled": True, "bindToWindow": False},
    },
}
_HEAD: Final = 0.62  # size of heads by the library's
_LANE: Final = 0.12  # by how much lines between the same two boxes bend away from each other


def to_pyvis(graph: Graph, title: str = "") -> Network:
    """The graph as a pyvis `Network`: placed, in our colours and signs, with hover texts as text.

    An outline that pyvis has not is under the key `outline` of a node and is drawn by the page that
    the network writes; elsewhere the node is a box. Lines point the way influence flows.

    >>> graph = Graph([Statement(subject="a", predicate="inhibits", object="b")])
    >>> to_pyvis(graph).edges[0]["arrows"]["to"]["type"]
    'bar'
    """
    require_graph(graph)
    require_text(title, "the title of a network")
    # pyvis has no types; it imports IPython, so it is imported only here.
    from pyvis.network import Network

    net = Network(directed=True, cdn_resources="in_line", heading=title, height="100%")
    # Its add_node and add_edge look through all that is there already; this is what they fill.
    net.nodes = [_node(box, graph.words) for box in placed(graph)]
    net.node_ids = [node["id"] for node in net.nodes]
    net.node_map = {node["id"]: node for node in net.nodes}
    net.edges = _edges(graph)
    net.options = _OPTIONS
    net.templateEnv = _environment(graph)
    net.path = "pyvis.html.j2"
    net.template = net.templateEnv.get_template(net.path)
    return net


def render(graph: Graph, title: str = "trabecula") -> str:
    """The page of the network as HTML; of a very large graph the best supported statements."""
    return str(to_pyvis(budgeted(graph), title).generate_html())


def _node(box: Box, words: Vocabulary) -> dict[str, Any]:
    look = style.look(box.entity.category)
    return {
        "id": box.entity.id,
        "label": "\n".join(box.lines),
        "title": _about(box, words),
        "shape": "ellipse" if look.outline == "ellipse" else "box",
        "outline": look.outline,
        "box": list(box.size),
        "color": {"background": look.fill, "border": look.line},
        "font": {"size": style.FONTS[box.prominence]},
        "x": box.place[0],
        "y": box.place[1],
    }


def _about(box: Box, words: Vocabulary) -> str:
    """What is shown of an entity under the pointer."""
    entity = box.entity
    identifiers = [entity.id] if ":" in entity.id else []
    identifiers += [x.curie for x in entity.xrefs if x.match == "exact"]
    told = (
        entity.name,
        category_words(entity.category, words),
        ", ".join(entity.synonyms),
        ", ".join(dict.fromkeys(identifiers)),
    )
    return "\n".join(filter(None, told))


def _edges(graph: Graph) -> list[dict[str, Any]]:
    """The statements as lines that point the way influence flows, side by side where they must."""
    beside: Counter[frozenset[str]] = Counter()
    edges = []
    for statement in graph.statements.values():
        edge, ends = _edge(graph, statement), frozenset((statement.subject, statement.object))
        if beside[ends] and len(ends) > 1:
            edge["smooth"] = _bend(beside[ends], forwards=edge["from"] == min(ends))
        beside[ends] += 1
        edges.append(edge)
    return edges


def _edge(graph: Graph, statement: Statement) -> dict[str, Any]:
    status = graph.status(statement)
    sources = len(graph.independent(statement))
    group, line = style.GROUPS[style.group(statement, graph.words)], style.LINES[status]
    start, end = style.ends(statement, graph.words)
    many = f"{sources} independent {one_or_many(sources, 'source')}"
    arrows = {"to": {"enabled": True, "type": group.head, "scaleFactor": _HEAD}}
    mark = " ".join(filter(None, (group.mark, line.mark)))
    return {
        "id": statement.id,
        "from": start,
        "to": end,
        "title": f"{graph.sentence(statement)}\n{line.label}, {many}",
        "color": {"color": group.line, "hover": group.line, "highlight": group.line},
        "arrows": arrows if group.head else {},
        "dashes": list(line.dashes) or False,
        "width": style.width(status, sources),
        **({"label": mark} if mark else {}),
    }


def _bend(number: int, *, forwards: bool) -> dict[str, Any]:
    """How the line of this number, counted from 0, bends away from those before it."""
    clockwise = (number % 2 == 1) == forwards
    return {
        "enabled": True,
        "type": "curvedCW" if clockwise else "curvedCCW",
        "roundness": round(_LANE * (number + 1 - number % 2 + 1) / 2, 2),
    }


# --- The page -------------------------------------------------------------------------------


def _environment(graph: Graph) -> Environment:
    """What the template is filled from, besides what pyvis gives it."""
    from jinja2 import Environment
    from markupsafe import Markup

    inlined = {
        "library": _inline(library()),
        "script": _inline(parts.text("web", "pyvis.js")),
        "css": parts.text("templates", "pyvis.css"),
    }
    environment = Environment(loader=parts.templates(), autoescape=True, keep_trailing_newline=True)
    environment.globals.update(
        {name: Markup(text) for name, text in inlined.items()},  # noqa: S704 (our own files)
        hashes={name: _hash(text) for name, text in inlined.items()},
        legend=keys.legend(graph),
        version=__version__,
    )
    return environment


def _inline(script: str) -> str:
    r"""A script that does not end its element, in ASCII: pyvis opens files in any encoding.

    >>> _inline('"</script>" + " "')
    '"<\\/script>" + "\\u2028"'
    """
    script = script.replace("</script", "<\\/script")
    return re.sub(r"[^\x00-\x7f]", lambda mark: json.dumps(mark[0])[1:-1], script)


def _hash(text: str) -> Any:
    """The hash by which a Content-Security-Policy knows an inline script or style."""
    from markupsafe import Markup

    digest = base64.b64encode(hashlib.sha256(text.encode("utf-8")).digest()).decode("ascii")
    return Markup(f"'sha256-{digest}'")  # noqa: S704 (base64)
