"""Write the golden files of `tests/formats/` anew: python tests/data/rewrite.py, then git diff."""

from __future__ import annotations

import runpy
from pathlib import Path

from trabecula import formats

HERE = Path(__file__).parent


def main() -> None:
    """Write them; never on import, for pytest looks for examples in this file, too."""
    tiny = runpy.run_path(str(HERE.parent / "conftest.py"))["tiny_graph"]()
    for form in formats.FORMATS.values():
        if form.suffixes and form.writes and not form.extra:
            (HERE / form.name).mkdir(exist_ok=True)
            formats.write(tiny, HERE / form.name / f"tiny{form.suffixes[0]}")
    formats.write(
        [record for record in tiny if not getattr(record, "negated", False)],
        HERE / "curated" / "tiny",
        "curated",
    )


if __name__ == "__main__":
    main()
