"""Files that belong together by their names: nodes and edges in two tables of one graph."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from trabecula import compressed

#: What tables of nodes are called, as a word of their name; all others are of edges.
NODES: Final = ("nodes", "node")
_OTHERS: Final = {
    "nodes": ("edges", "relationships", "rels"), "node": ("edge",), "edges": ("nodes",),
    "edge": ("node",), "relationships": ("nodes",), "rels": ("nodes",),
}  # fmt: skip
_WORD: Final = re.compile(r"(?i)(?<![a-z])(nodes?|edges?|relationships|rels)(?![a-z])")


def kind(name: str) -> str:
    """Whether a file is called as one of `nodes` or of `edges`; empty where it is neither.

    >>> kind("x_nodes.tsv"), kind("edges.jsonl.gz"), kind("x.tsv")
    ('nodes', 'edges', '')
    """
    words = _WORD.findall(name)
    return ("nodes" if words[-1].casefold() in NODES else "edges") if words else ""


def partner(path: Path) -> Path | None:
    """The file beside this one that has its edges, or its nodes; compressed or not."""
    return _there(path, _names(path.name))


def ending(path: Path, suffix: str) -> Path | None:
    """The file beside this one that is called alike but for its suffix; compressed or not."""
    plain = Path(compressed.unfolded_name(path.name))
    return _there(path, [plain.with_suffix(suffix).name]) if plain.suffix != suffix else None


def _there(path: Path, names: list[str]) -> Path | None:
    for name in names:
        plain = compressed.unfolded_name(name)
        for each in (name, plain, *(f"{plain}{folding.suffix}" for folding in compressed.FOLDINGS)):
            if path.with_name(each).is_file():
                return path.with_name(each)
    return None


def named(path: Path) -> Mapping[str, Path]:
    """The paths of both tables of a pair of which one is named: `nodes` and `edges`.

    Nothing for a name that is that of neither.

    >>> sorted(p.name for p in named(Path("x_edges.tsv")).values())
    ['x_edges.tsv', 'x_nodes.tsv']
    """
    mine = kind(path.name)
    if not mine:
        return {}
    other = _names(path.name)[0]
    return {mine: path, "edges" if mine == "nodes" else "nodes": path.with_name(other)}


def _names(name: str) -> list[str]:
    """What the other table of the pair may be called."""
    words = list(_WORD.finditer(name))
    if not words:
        return []
    last = words[-1]
    return [
        f"{name[: last.start()]}{_cased(other, last[0])}{name[last.end() :]}"
        for other in _OTHERS[last[0].casefold()]
    ]


def _cased(word: str, like: str) -> str:
    return word.upper() if like.isupper() else word.capitalize() if like[0].isupper() else word
