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
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from trabecula import __version__, files
from trabecula.graph import Graph
from trabecula.model import Entity, Statement
from trabecula.views import layout, payload, style
from trabecula.views.style import Mark

if TYPE_CHECKING:
    from pyvis.network import Network

#: What a browser draws and moves fluently; beyond it the best supported statements are drawn.
MAX_ENTITIES: Final = 2_000
MAX_STATEMENTS: Final = 6_000

#: What the page says to run in order to see more of a graph.
COMMAND: Final = 'trabecula view "near(magnesium, 2)" -o magnesium.html'

#: Inlined in this order as one script.
SCRIPTS: Final = (
    "data.js", "dom.js", "shapes.js", "canvas.js", "reasoning.js", "cards.js", "legend.js",
    "search.js", "main.js",
)  # fmt: skip

_HERE = Path(__file__).parent
_STANDING = ("supported", "contested", "title-only", "asserted-only", "refuted")
_LANE = 17  # pixels between parallel lines
_NO_MARKS: Final[Mapping[str, Mark]] = MappingProxyType({})


def view(
    graph: Graph,
    path: Path,
    *,
    title: str = "trabecula",
    version: str = __version__,
    command: str = COMMAND,
    marks: Mapping[str, Mark] | None = None,
) -> None:
    """Write the page of `graph` to `path`, whole or not at all; see `render`. Raises `OSError`."""
    page = render(graph, title=title, version=version, command=command, marks=marks)
    files.write_atomically(path, page.encode("utf-8"))


def render(
    graph: Graph,
    *,
    title: str = "trabecula",
    version: str = __version__,
    command: str = COMMAND,
    marks: Mapping[str, Mark] | None = None,
) -> str:
    """The page of `graph` as HTML: the same graph gives the same text.

    Beyond `MAX_ENTITIES` or `MAX_STATEMENTS` the best supported statements are drawn and the page
    says what was left out; `command` is what it tells the reader to run to see more. `marks` says
    by id of an entity what happens to it, as `views.whatif.marks` does; fills then tell of that.
    """
    from jinja2 import Environment, FileSystemLoader
    from markupsafe import Markup

    drawn = budgeted(graph)
    marks = marks or _NO_MARKS
    net = network(drawn, marks)
    script = "\n".join(_asset(name) for name in SCRIPTS)
    library, css = _library(), _asset("page.css")
    environment = Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        keep_trailing_newline=True,
    )
    environment.filters["fromjson"] = json.loads  # pyvis hands its options over as text
    environment.filters["json"] = lambda value: Markup(payload.safe_json(value))  # noqa: S704 (escaped)
    environment.globals.update(
        page=payload.page(graph, drawn, marks, title, version, command),
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


def network(graph: Graph, marks: Mapping[str, Mark] = _NO_MARKS) -> Network:
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
            "color": _colours(entity, marks),
            "font": {"size": style.FONTS[prominence[key]]},
            "x": places[key][0],
            "y": places[key][1],
            "tb": {
                **payload.entity(entity, marks.get(key)),
                "size": sizes[key],
                "lines": labels[key],
                "prominence": prominence[key],
            },
        }
        for key, entity in entities.items()
    ]
    net.node_ids = list(entities)
    net.edges = [
        payload.edge(graph, statement, smooth)
        for statement, smooth in zip(statements, _bends(statements, places), strict=True)
    ]
    return net


def _colours(entity: Entity, marks: Mapping[str, Mark]) -> dict[str, str]:
    mark = marks.get(entity.id)
    shown = style.tint(mark.key if mark else "") if marks else style.look(entity.category)
    return {"background": shown.fill, "border": shown.line}


# --- Places ---------------------------------------------------------------------------------


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


# --- Parts of the page ----------------------------------------------------------------------


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
