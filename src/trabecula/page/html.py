"""One page that shows a graph with its evidence, works from a file and never calls the network.

The template is ours and escapes everything; a Content-Security-Policy with the hashes of the page's
own scripts and style forbids anything else to run or to be fetched. The script is built from
`frontend/`.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from trabecula import cite, compressed, progress, shell
from trabecula.errors import MissingProgram
from trabecula.graph import Graph
from trabecula.page import dataset, folding, parts, payload
from trabecula.page import opening as questions
from trabecula.page import queries as store
from trabecula.page.columnar import in_columns
from trabecula.page.letters import written
from trabecula.page.story import Story
from trabecula.picture import budget, style
from trabecula.picture.placed import Box, placed
from trabecula.version import __version__

if TYPE_CHECKING:
    from jinja2 import Template

#: What a page holds; of a larger graph it shows the best supported statements.
MAX_ENTITIES: Final = 12_000
MAX_STATEMENTS: Final = 40_000

#: Parts of the script that every page needs, and those of one that can be asked in SPARQL.
_SCRIPTS: Final = ("app.js.gz", "graphviz-worker.js.gz", "graphviz.wasm.xz")
_SPARQL: Final = ("editor.js.gz", "sparql-worker.js.gz", "oxigraph.wasm.xz")

_STANDING = ("supported", "contested", "title-only", "asserted-only", "no-evidence", "refuted")


@progress.phase("making the page")
def render(
    graph: Graph,
    *,
    title: str = "",
    version: str = __version__,
    command: str = "",
    opening: str = "",
    selection: str = "",
    source: str = "",
    sparql: bool = True,
    story: Story | None = None,
) -> str:
    """The page of `graph` as HTML: the same graph gives the same text.

    Beyond `MAX_ENTITIES` or `MAX_STATEMENTS` the page holds the best supported statements and says
    what was left out; `command` is what it tells the reader to run to see more. Without `title` it
    has that of the graph, or else the name of `source`. `opening` is the
    scene that it opens with, written as the part of an address behind `#`, such as
    `scene=whatif&down=magnesium`. `selection` says which part of a graph this is, if it is one, and
    `source` is the path of that graph, if it is not the shipped one: the commands that the page
    gives are about that graph. Without `sparql` the page cannot be asked in SPARQL and is less
    than half as large. A `story` is told beside the drawing; the page opens with its first scene,
    and has its title unless there is another.
    """
    from markupsafe import Markup

    drawn = budgeted(graph)
    facts = {
        "title": title or (story.title if story else "") or named(graph, source),
        "version": version,
        "command": command or _command(drawn),
        "opening": opening,
        "selection": selection,
        "source": source,
    }
    most = budget.share(drawn)
    data = payload.data(
        graph,
        drawn,
        [_box(box) for box in placed(drawn)],
        [payload.statement(drawn, statement, most) for statement in drawn.statements.values()],
        **facts,
    )
    triples = store.packed(drawn, folding.texts(data)) if sparql else b""
    sparql = bool(triples)
    if story:
        data = {**data, "story": story.values()}
    columns = {key: in_columns(data[key]) for key in ("entities", "statements", "sources")}
    told = {**data, **columns, **store.library(drawn, sparql=sparql)}
    vis = library()
    assets = _assets(payload.packed_json(told), triples, vis)
    start, css = _asset("start.js"), _asset("app.css")
    later = ["app.js.gz", "editor.js.gz"] if sparql else ["app.js.gz"]
    hashes = [_hash(start), _hash(vis), *map(_unfolded_hash, later)]
    return _template().render(
        page=data["page"],
        dataset=dataset.described(graph.about),
        licence=payload.licence(graph.about.licence),
        sparql=sparql,
        assets={name: Markup(letters) for name, letters in assets.items()},  # noqa: S704 (no "<")
        script=Markup(start),  # noqa: S704 (our own files)
        css=Markup(css),  # noqa: S704
        script_hashes=" ".join(f"'{digest}'" for digest in hashes),
        style_hash=f"'{_hash(css)}'",
    )


def _assets(data: bytes, triples: bytes, vis: str) -> dict[str, str]:
    """What the page carries packed, by name: its data, its store if it has one, its scripts."""
    names = (*_SCRIPTS, *(_SPARQL if triples else ()))
    return {
        "data": _packed(data),
        **({"store": written(triples)} if triples else {}),
        **{name.partition(".")[0]: _written(name) for name in names},
        "vis": _kept(vis),
        "licences": _kept(_asset("LICENSES.txt")),
    }


def named(graph: Graph, source: str) -> str:
    """The title of a graph, or else the name of the file that it is from."""
    return cite.title(graph.about, Path(source).name if source else "")


def _command(graph: Graph) -> str:
    """What the page says to run in order to see more of a graph: the surroundings of a part."""
    busiest = questions.busiest(graph)
    near = shell.command("view", f'near("{busiest}", 2)') if busiest else "trabecula view"
    return f"{near} -o part.html"


def budgeted(graph: Graph) -> Graph:
    """The part of `graph` that a page can hold: the best supported statements first."""
    if len(graph.columns.entities) <= MAX_ENTITIES and len(graph) <= MAX_STATEMENTS:
        return graph

    columns = graph.columns
    subjects, objects = columns.subjects, columns.objects
    chosen: list[int] = []
    entities: set[int] = set()
    for number in columns.best(_STANDING):
        new = {subjects[number], objects[number]} - entities
        if len(entities) + len(new) > MAX_ENTITIES:
            continue
        entities |= new
        chosen.append(number)
        if len(chosen) == MAX_STATEMENTS:
            break
    if not chosen:
        return Graph([graph.about, *list(graph.entities.values())[:MAX_ENTITIES]])
    return graph.only(map(columns.statements.__getitem__, chosen))


def _box(box: Box) -> dict[str, Any]:
    """What the page knows of an entity and of its box."""
    return {
        **payload.entity(box.entity),
        **({"bare": True} if box.bare else {}),
        "x": box.place[0],
        "y": box.place[1],
        "size": box.size,
        "lines": box.lines,
        "font": style.FONTS[box.prominence],
        "prominence": box.prominence,
    }


# --- Parts of the page ----------------------------------------------------------------------


def _hash(text: str) -> str:
    """The hash by which a Content-Security-Policy knows an inline script or style."""
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"sha256-{base64.b64encode(digest).decode('ascii')}"


# What is the same in every page is made once: it is most of the work for a small graph.


@cache
def _template() -> Template:
    from jinja2 import Environment

    environment = Environment(
        loader=parts.templates(),
        autoescape=True,
        keep_trailing_newline=True,
    )
    return environment.get_template("page.html.j2")


@cache
def _unfolded_hash(name: str) -> str:
    """The hash of a script that waits in the page compressed."""
    return _hash(gzip.decompress(_bytes(name)).decode("utf-8"))


@cache
def _written(name: str) -> str:
    """A part that is compressed already."""
    return written(_bytes(name))


@cache
def _kept(text: str) -> str:
    """A text that is packed."""
    return _packed(text.encode("utf-8"))


def _bytes(name: str) -> bytes:
    return parts.data("web", name)


def _asset(name: str) -> str:
    return _bytes(name).decode("utf-8")


def _packed(data: bytes) -> str:
    """Data that waits in the page until the script asks for it."""
    return written(compressed.gzipped(data))


def library() -> str:
    """vis-network, the drawing library that pyvis brings; pyvis itself is not imported for it."""
    spec = find_spec("pyvis")
    if spec is None or spec.origin is None:
        raise MissingProgram("the page", "pyvis")
    lib = Path(spec.origin).parent.glob("templates/lib/vis-9*/vis-network.min.js")
    newest = max(lib, default=None)
    if newest is None:  # as in a zip file, which has no folders
        raise MissingProgram("the page", "an unpacked pyvis")
    return newest.read_text(encoding="utf-8").replace("\r\n", "\n")
