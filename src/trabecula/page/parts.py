"""What pages are made of, read wherever the package lies: in a folder or in a zip file."""

from __future__ import annotations

from importlib import resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jinja2 import FunctionLoader


def data(folder: str, name: str) -> bytes:
    """A file of `web` or of `templates`."""
    return resources.files("trabecula.page").joinpath(folder, name).read_bytes()


def text(folder: str, name: str) -> str:
    """The same as text."""
    return data(folder, name).decode("utf-8")


def templates() -> FunctionLoader:
    """What Jinja reads the templates with."""
    from jinja2 import FunctionLoader

    return FunctionLoader(lambda name: text("templates", name))
