"""What a page is asked to show, as the address of its state: checked against the graph.

An address is what stands behind `#`, such as `scene=paths&from=magnesium&to=osteoporosis`; the page
reads it (`frontend/src/state.js`) and shows what it can. Here it is made from what people write: an
address, in which entities may be called by any name, a selection, or a name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from types import MappingProxyType
from typing import Final
from urllib.parse import parse_qsl, urlencode

from trabecula.errors import NotFound, SelectionError
from trabecula.graph import Graph
from trabecula.lookup import source
from trabecula.misspelt import unknown
from trabecula.reason.conflicts import conflicts
from trabecula.reason.loops import loops
from trabecula.vocabulary import STATUSES

#: The views of the page, and its scenes with the most steps of each that has steps.
VIEWS: Final = ("mechanism", "overview", "table")
SCENES: Final = MappingProxyType(
    {
        "core": 0, "all": 0, "near": 4, "paths": 8, "whatif": 3, "loops": 0, "conflicts": 0,
        "chosen": 0,
    }
)  # fmt: skip
#: What the page can count only: the kinds of evidence, all at once.
TRUST: Final = ((), ("read",), ("measured",), ("measured", "human"))
#: The longest address that the page reads.
LONGEST: Final = 250_000
_ADDRESS: Final = re.compile(r"#|[a-z-]+=")


def address(graph: Graph, text: str) -> str:
    """The address of what `text` asks for: an address, a selection, or the name of an entity.

    Raises `SelectionError` for a part of an address that the page does not know, `NotFound` for
    what the graph has not, and as `Graph.select` for a selection.

    >>> import trabecula as tb
    >>> graph = tb.load()
    >>> address(graph, "scene=paths&from=Mg&to=PTH")
    'scene=paths&from=magnesium&to=parathyroid-hormone'
    >>> address(graph, "calcitriol")
    'scene=near&of=calcitriol'
    """
    text = text.strip()
    if not text or text == "core":
        return "scene=core"
    if _ADDRESS.match(text):
        made = urlencode(list(_checked(graph, text.removeprefix("#"))))
    elif graph.find(text) is not None:
        made = urlencode([("scene", "near"), ("of", graph.get(text).id)])
    else:
        part = graph.select(text)
        if not len(part):
            raise SelectionError(f"the selection {text!r} holds no statement, so nothing is drawn")
        made = urlencode([("scene", "chosen"), *(("with", key) for key in part.statements)])
    if len(made) > LONGEST:
        raise SelectionError(f"{text[:100]!r} has more statements than an address can name")
    return made


def _checked(graph: Graph, text: str) -> Iterator[tuple[str, str]]:
    """The parts of an address, with entities by their ids."""
    try:
        pairs = parse_qsl(text, keep_blank_values=True, strict_parsing=True, errors="strict")
    except ValueError:
        raise SelectionError(f"{text[:100]!r} is no address: write name=value&name=value") from None
    scene = dict(pairs).get("scene", "core")
    for name, value in pairs:
        check = _PARTS.get(name)
        if check is None:
            raise SelectionError(unknown("part of an address", name, _PARTS))
        yield name, check(graph, value, scene)


_Check = Callable[[Graph, str, str], str]


def _one_of(what: str, choices: tuple[str, ...]) -> _Check:
    def check(_graph: Graph, value: str, _scene: str) -> str:
        if value not in choices:
            raise SelectionError(unknown(what, value, choices))
        return value

    return check


def _entity(graph: Graph, value: str, _scene: str) -> str:
    return graph.names.id_of(value)


def _statement(graph: Graph, value: str, _scene: str) -> str:
    return graph.get_statement(value).id


def _source(graph: Graph, value: str, _scene: str) -> str:
    cited = source(graph, value)
    if cited is None:
        raise NotFound(f"no source is called {value!r}")
    return cited.id


def _number(_graph: Graph, value: str, scene: str) -> str:
    most = SCENES.get(scene) or 1_000_000
    if not re.fullmatch("[0-9]{1,6}", value, re.ASCII) or not 0 <= int(value) <= most:
        raise SelectionError(f"{value!r} is no number from 0 to {most:,}")
    return value


def _loop_or_conflict(graph: Graph, value: str, scene: str) -> str:
    """The id of a loop or of a conflict."""
    ids = (
        (loop.id for loop in loops(graph.columns).loops)
        if scene == "loops"
        else (conflict.id for conflict in conflicts(graph.columns).conflicts)
    )
    if value and value not in set(ids):
        raise NotFound(f"the graph has no {scene.removesuffix('s')} {value!r}")
    return value


def _any(_graph: Graph, value: str, _scene: str) -> str:
    return value


_FIELDS: Final = ("category", "group", "predicate", "status", "topic", "study", "species")
_PARTS: Final = MappingProxyType(
    {
        "view": _one_of("view", VIEWS),
        "scene": _one_of("scene", tuple(SCENES)),
        **dict.fromkeys(("of", "from", "to", "up", "down", "fixed"), _entity),
        **dict.fromkeys(("plus", "minus", "pin", "entity"), _entity),
        **dict.fromkeys(("with", "statement"), _statement),
        "follow": _one_of("status", tuple(STATUSES)),
        "id": _loop_or_conflict,
        "steps": _number,
        "path": _any,
        "min": _any,
        **dict.fromkeys((f"hide-{field}" for field in _FIELDS), _any),
        "loose": _one_of("choice", ("yes",)),
        "trust": _one_of("kind of evidence to count", tuple(map(",".join, TRUST[1:]))),
        "without": _source,
        "query": _any,
    }
)
