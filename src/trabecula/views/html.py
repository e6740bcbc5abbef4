"""One page that shows a graph with its evidence, works from a file and never calls the network.

pyvis is the graph model and brings the drawing library of the overview, vis-network; its own
templates are not used, because they load parts from the network and let the text of a graph run as
script. The template is ours and escapes everything; a Content-Security-Policy with the hashes of
the page's own scripts and style forbids anything else to run or to be fetched. The script is
built from `frontend/`. This is the only module that imports pyvis.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from trabecula import __version__
from trabecula.graph import Graph
from trabecula.model import Entity, Statement
from trabecula.views import budget, layout, payload, store, style

if TYPE_CHECKING:
    from pyvis.network import Network

#: What a page holds; of a larger graph it shows the best supported statements.
MAX_ENTITIES: Final = 12_000
MAX_STATEMENTS: Final = 40_000

#: What the page says to run in order to see more of a graph.
COMMAND: Final = 'trabecula view "near(magnesium, 2)" -o magnesium.html'

#: Parts of the script that a page needs where it can be asked in SPARQL.
_SPARQL: Final = ("editor.js", "sparql-worker.js", "oxigraph.wasm")

_HERE = Path(__file__).parent
_STANDING = ("supported", "contested", "title-only", "asserted-only", "refuted")


def render(
    graph: Graph,
    *,
    title: str = "trabecula",
    version: str = __version__,
    command: str = COMMAND,
    opening: str = "",
    selection: str = "",
    source: str = "",
    sparql: bool = True,
) -> str:
    """The page of `graph` as HTML: the same graph gives the same text.

    Beyond `MAX_ENTITIES` or `MAX_STATEMENTS` the page holds the best supported statements and says
    what was left out, as it does where a statement has more evidence than `budget.share`;
    `command` is what it tells the reader to run to see more. `opening` is the
    scene that it opens with, written as the part of an address behind `#`, such as
    `scene=whatif&down=magnesium`. `selection` says which part of a graph this is, if it is one, and
    `source` is the path of that graph, if it is not the shipped one: the commands that the page
    gives are about that graph. Without `sparql` the page cannot be asked in SPARQL and is less
    than half as large.
    """
    from jinja2 import Environment, FileSystemLoader
    from markupsafe import Markup

    drawn = budgeted(graph)
    net = network(drawn)
    said = {
        "title": title,
        "version": version,
        "command": command,
        "opening": opening,
        "selection": selection,
        "source": source,
    }
    data = payload.data(
        graph,
        drawn,
        [node["tb"] for node in net.nodes],
        [edge["tb"] for edge in net.edges],
        **said,
    )
    names = ["graphviz-worker.js", "graphviz.wasm"]
    triples = store.packed(drawn) if sparql else b""
    sparql = bool(triples)
    assets = {"data": _packed(payload.packed_json({**data, **store.library(sparql=sparql)}))}
    if sparql:
        names += _SPARQL
        assets["store"] = _base64(triples)
    assets |= {name.removesuffix(".js").removesuffix(".wasm"): _shipped(name) for name in names}
    library, script, css = _library(), _asset("app.js"), _asset("app.css")
    assets["vis"] = _packed(library.encode("utf-8"))
    assets["licences"] = _packed(_bytes("LICENSES.txt"))
    environment = Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        keep_trailing_newline=True,
    )
    scripts = [script, library]
    if sparql:
        scripts.append(gzip.decompress(_bytes("editor.js.gz")).decode("utf-8"))
    environment.globals.update(
        page=data["page"],
        sparql=sparql,
        assets=assets,
        script=Markup(script),  # noqa: S704 (our own files)
        css=Markup(css),  # noqa: S704
        script_hashes=" ".join(f"'{_hash(text)}'" for text in scripts),
        style_hash=f"'{_hash(css)}'",
    )
    net.templateEnv = environment
    net.path = "page.html.j2"
    return str(net.generate_html())


def budgeted(graph: Graph) -> Graph:
    """The part of `graph` that a page can hold: the best supported statements first."""
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
            "tb": {
                **payload.entity(entity),
                **({} if key in graph.entities else {"bare": True}),
                "x": places[key][0],
                "y": places[key][1],
                "size": sizes[key],
                "lines": labels[key],
                "font": style.FONTS[prominence[key]],
                "prominence": prominence[key],
            },
        }
        for key, entity in entities.items()
    ]
    net.node_ids = list(entities)
    most = budget.share(graph)
    net.edges = [_edge(graph, statement, most) for statement in statements]
    return net


def _edge(graph: Graph, statement: Statement, most: int) -> dict[str, Any]:
    """A statement as an edge of the drawing library: it points the way influence flows.

    It carries at most so many pieces of its evidence.
    """
    status = graph.status(statement)
    group = style.GROUPS[style.group(statement)]
    start, end = style.ends(statement)
    arrows = {"to": {"enabled": True, "type": group.head, "scaleFactor": 0.62}}
    return {
        "id": statement.id,
        "from": start,
        "to": end,
        "color": {"color": group.line},
        "arrows": arrows if group.head else {},
        "dashes": style.LINES[status].dashes or False,
        "width": style.width(status, len(graph.independent(statement))),
        "tb": payload.statement(graph, statement, most),
    }


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


# --- Parts of the page ----------------------------------------------------------------------


def _hash(text: str) -> str:
    """The hash by which a Content-Security-Policy knows an inline script or style."""
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"sha256-{base64.b64encode(digest).decode('ascii')}"


def _bytes(name: str) -> bytes:
    return (_HERE / "web" / name).read_bytes()


def _asset(name: str) -> str:
    return _bytes(name).decode("utf-8")


def _shipped(name: str) -> str:
    return _base64(_bytes(f"{name}.gz"))


def _packed(data: bytes) -> str:
    """Data that waits in the page until the script asks for it; without the time, as a constant."""
    return _base64(gzip.compress(data, 9, mtime=0))


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


def _library() -> str:
    """The drawing library that pyvis brings."""
    import pyvis

    folder = Path(pyvis.__file__).parent / "templates" / "lib"
    newest = max(folder.glob("vis-9*/vis-network.min.js"))
    return newest.read_text(encoding="utf-8").replace("\r\n", "\n")
