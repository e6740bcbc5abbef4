"""One is not several, wherever a number stands before a noun."""

from __future__ import annotations

import re
from pathlib import Path

from trabecula.counted import counted

ROOT = Path(__file__).parents[1]
#: A number of things, then a noun in the plural whatever the number is.
_PYTHON = re.compile(
    r"\{(?:len\([^{}]*\)|count|number|left)(?::,)?\} (?:[a-z]+ )*?"
    r"(?:claims|statements|entities|sources|columns|tables|files|rows|steps|paths|loops|conflicts|problems|errors|pairs)\b"
)
_SCRIPT = re.compile(
    r"\$\{[^{}]*(?:length|count|size|toLocaleString\([^)]*\))\} (?:[a-z]+ )*?"
    r"(?:claims|statements|entities|sources|triples|rows|steps|paths|loops|conflicts|uses|examples)\b"
)


def test_a_noun_agrees_with_its_number() -> None:
    assert [counted(n, "claim") for n in (0, 1, 2)] == ["0 claims", "1 claim", "2 claims"]
    assert counted(1, "entity", "entities") == "1 entity"
    assert counted(61_544, "entity", "entities") == "61,544 entities"


def test_no_number_stands_before_a_noun_that_is_plural_whatever_it_is() -> None:
    python = list((ROOT / "src").rglob("*.py"))
    scripts = list((ROOT / "frontend" / "src").rglob("*.js"))
    matches = [
        f"{path.relative_to(ROOT)}: {match[0]}"
        for paths, pattern in ((python, _PYTHON), (scripts, _SCRIPT))
        for path in paths
        for match in pattern.finditer(path.read_text("utf-8"))
        if "MOST" not in match[0] and "MAX" not in match[0] and "bound" not in match[0]
    ]
    assert matches == []
