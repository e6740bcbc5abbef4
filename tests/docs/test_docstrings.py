"""Docstrings are run: what their examples show is what happens."""

from __future__ import annotations

import doctest
from importlib import import_module
from pathlib import Path

import pytest

import trabecula

PACKAGE = Path(trabecula.__file__).parent


def with_examples() -> list[str]:
    """The modules of the package whose text has an example; the others are not even imported."""
    texts = {path: path.read_text("utf-8") for path in sorted(PACKAGE.rglob("*.py"))}
    paths = [
        path.relative_to(PACKAGE.parent).with_suffix("")
        for path, text in texts.items()
        if ">>> " in text
    ]
    return [".".join(path.parts).removesuffix(".__init__") for path in paths]


@pytest.mark.parametrize("name", with_examples())
def test_the_examples_of_a_module_are_what_it_gives(name: str) -> None:
    outcome = doctest.testmod(import_module(name))
    assert outcome.failed == 0
    assert outcome.attempted > 0
