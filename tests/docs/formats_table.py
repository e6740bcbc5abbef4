"""Write the table of formats in docs/formats.md anew from the table in the code."""

from __future__ import annotations

import re
from pathlib import Path

from trabecula.formats import FORMATS

PAGE = Path(__file__).resolve().parents[2] / "docs/formats.md"


def yes(value: bool) -> str:
    return "yes" if value else ""


def main() -> None:
    rows = "".join(
        f"| `{f.name}` | {' '.join(f.suffixes)} | {yes(f.reads)} | {yes(f.writes)} | {yes(f.lossless)} "
        f"| {f.description} |\n"
        for f in FORMATS.values()
    )
    text = PAGE.read_text("utf-8")
    PAGE.write_text(
        re.sub(r"(?:^\| `.*\n)+", lambda _: rows, text, count=1, flags=re.MULTILINE), "utf-8"
    )


if __name__ == "__main__":
    main()
