"""Where what is shipped beside the code lies: in the wheel, or at the top of a checkout."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def _folder(name: str) -> Path:
    installed = _PACKAGE / "shipped" / name
    return installed if installed.is_dir() else _PACKAGE.parents[1] / name


def graph() -> Path:
    """The folder of the shipped graph, in the curated format."""
    return _folder("graph")


def ontology() -> Path:
    """The folder of the ontology, its shapes and its prefixes."""
    return _folder("ontology")


def problems() -> Path:
    """The page that says of each code of a problem what it means and what to do."""
    installed = _PACKAGE / "shipped" / "problems.md"
    return installed if installed.is_file() else _PACKAGE.parents[1] / "docs" / "problems.md"
