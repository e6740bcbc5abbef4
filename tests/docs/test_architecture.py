"""`docs/architecture.md` names every part of the package, and no other."""

from __future__ import annotations

import ast
import pkgutil
import re
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import networkx as nx

import trabecula

ROOT = Path(__file__).parents[2]


def is_there(name: str) -> bool:
    """Whether a dotted name is a module of the package, or something in a module or in a graph."""
    part, _, rest = name.partition(".")
    if part == "graph":
        return hasattr(trabecula.Graph, rest)
    module = "trabecula.formats.rdf" if part == "rdf" else f"trabecula.{part}"
    return find_spec(f"{module}.{rest}") is not None or hasattr(import_module(module), rest)


def test_the_map_of_the_package_names_every_part_of_it_once() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    block = text.split("```")[1].removeprefix("text\n")
    left = (re.split(r"  +", line)[0] for line in block.splitlines())
    named = [name.rstrip("/") for names in left for name in names.split(" · ") if name]
    parts = [part.name for part in pkgutil.iter_modules(trabecula.__path__)]
    assert sorted(named) == sorted(name for name in parts if not name.startswith("__"))


def test_what_a_command_passes_through_is_there() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    names = re.findall(r"\b[a-z_]+\.[a-z_]+\b", text.split("| command | way |")[1].split("\n\n")[0])
    assert len(names) > 40
    assert [name for name in names if not is_there(name)] == []


def imported(path: Path) -> Iterator[str]:
    """What a module imports, wherever in it: as it is read, for types alone, in functions."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            yield from (f"{node.module}.{each.name}" for each in node.names)
            yield str(node.module)
        elif isinstance(node, ast.Import):
            yield from (each.name for each in node.names)


def test_no_modules_stand_on_each_other_types_and_functions_counted() -> None:
    package = Path(trabecula.__file__).parent
    modules = {
        ".".join(("trabecula", *path.relative_to(package).with_suffix("").parts)): path
        for path in package.rglob("*.py")
        if path.name != "__init__.py"
    }
    arrows = nx.DiGraph((name, to) for name in modules for to in imported(modules[name]))
    arrows = arrows.subgraph(modules)
    assert arrows.number_of_edges() > len(modules)
    assert [
        sorted(those) for those in nx.strongly_connected_components(arrows) if len(those) > 1
    ] == []
