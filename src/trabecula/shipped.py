"""Where what is shipped beside the code lies: in the wheel, or at the top of a checkout."""

from __future__ import annotations

import errno
import json
import re
from pathlib import Path
from typing import Any

_PACKAGE = Path(__file__).resolve().parent


def _folder(name: str) -> Path:
    for folder in (_PACKAGE / "shipped" / name, _PACKAGE.parents[1] / name):
        if folder.is_dir():
            return folder
    # A package within a zip file has no folders, and one that was moved may have left them behind.
    what = f"trabecula's own {name} folder is missing; install trabecula unpacked, with pip"
    raise FileNotFoundError(errno.ENOENT, what, str(_PACKAGE / "shipped" / name))


def graph() -> Path:
    """The folder of the shipped graph, in the curated format.

    Raises `FileNotFoundError` where the package lies in a zip file, or without what it ships.
    """
    return _folder("graph")


def ontology() -> Path:
    """The folder of the ontology, its shapes and its prefixes. Raises as `graph` does."""
    return _folder("ontology")


def problems() -> dict[str, str]:
    """Code of a problem -> what it means and what to do, in Markdown, from `docs/problems.md`."""
    sections = re.split(r"^### ", _problems(), flags=re.MULTILINE)[1:]
    explained = {}
    for section in sections:
        code, _, text = section.partition("\n")
        words = re.split(r"^## ", text, flags=re.MULTILINE)[0]  # the next chapter begins
        explained[code.strip()] = words.strip()
    return explained


def model() -> str:
    """What a graph is made of, in Markdown: `docs/model.md`."""
    return _document("model.md")


def schema(name: str) -> dict[str, Any]:
    """The JSON Schema of what the command with this name gives, from `docs/schema`."""
    document: dict[str, Any] = json.loads(_document(f"schema/{name}.json"))
    return document


def _problems() -> str:
    return _document("problems.md")


def _document(name: str) -> str:
    """A file of `docs` that the package ships."""
    from importlib import resources  # needed by documents only

    page = resources.files("trabecula").joinpath("shipped", *name.split("/"))
    if page.is_file():
        return page.read_text(encoding="utf-8")
    return (_PACKAGE.parents[1] / "docs" / name).read_text(encoding="utf-8")
