"""`docs/architecture.md` names every part of the package, and no other."""

from __future__ import annotations

import pkgutil
import re
from pathlib import Path

import trabecula

ROOT = Path(__file__).parents[2]


def test_the_map_of_the_package_names_every_part_of_it_once() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text("utf-8")
    block = text.split("```")[1].removeprefix("text\n")
    left = (re.split(r"  +", line)[0] for line in block.splitlines())
    named = [name.rstrip("/") for names in left for name in names.split(" · ") if name]
    parts = [part.name for part in pkgutil.iter_modules(trabecula.__path__)]
    assert sorted(named) == sorted(name for name in parts if not name.startswith("__"))
