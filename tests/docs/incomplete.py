"""Write the tables in docs/incomplete-sources.md: of which sources a bibliographic field is missing.

The text around the tables, which says what was tried, is written by hand.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

import trabecula as tb
from trabecula.authors import authors
from trabecula.model import Source

PAGE: Final = Path(__file__).resolve().parents[2] / "docs/incomplete-sources.md"
#: What the source is a part of, by its type; what is not named here is a paper.
_KINDS: Final = {"book": "books", "website": "pages", "encyclopedia": "pages", "database": "pages"}
KINDS: Final = ("papers", "books", "pages")
#: What every source should have, and what papers should have besides.
_ALWAYS: Final = ("title", "authors", "further authors", "year")
_PAPERS: Final = ("journal", "volume", "pages", "identifier")
_REGISTERED: Final = ("PMID:", "PMCID:", "doi:")
_WHOLE: Final = re.compile(r"(?!\[).*[^…]")
_ROWS: Final = re.compile(r"(?<=[-:]\|\n)(?:\|.*\n)+")


def kind(source: Source) -> str:
    """Papers, books (and chapters), or pages of the web; an ontology is none of them."""
    return "" if source.kind == "ontology" else _KINDS.get(source.study_type, "papers")


def missing(source: Source) -> tuple[str, ...]:
    """The fields that nobody has found, in order.

    A title in brackets is our own, and one that ends in an ellipsis was seen in part.
    """
    people = authors(source.authors)
    names = (source.id, *source.xrefs)
    has = {
        "title": _WHOLE.fullmatch(source.title),
        "authors": people,
        "further authors": all(person.family for person in people),
        "year": source.year,
        "journal": source.journal,
        "volume": source.volume,
        "pages": source.pages,
        "identifier": any(name.startswith(_REGISTERED) for name in names),
    }
    asked = {"": (), "papers": (*_ALWAYS, *_PAPERS)}.get(kind(source), _ALWAYS)
    return tuple(name for name in asked if not has[name])


def totals(sources: Iterable[Source]) -> Iterator[str]:
    """Rows: how many sources of each kind there are, and how many of them lack which field."""
    every = [(kind(source), missing(source)) for source in sources]
    counted = [sum(1 for name, _ in every if name == of_kind) for of_kind in KINDS]
    yield f"| all | {' | '.join(f'{number:,}' for number in counted)} |\n"
    for field in (*_ALWAYS, *_PAPERS):
        numbers = [
            sum(field in lacks for name, lacks in every if name == of_kind) for of_kind in KINDS
        ]
        shown = (str(number) if number else "" for number in numbers)
        yield f"| without {field} | {' | '.join(shown)} |\n"


def rows(sources: Iterable[Source]) -> Iterator[str]:
    """A row for each source that lacks something, sorted by id."""
    for source in sorted(sources, key=lambda source: source.id):
        if lacks := missing(source):
            yield f"| `{source.id}` | {', '.join(lacks)} |\n"


def tables(text: str) -> list[str]:
    """The rows of the two tables of the page."""
    matches = _ROWS.findall(text)
    assert len(matches) == 2, "docs/incomplete-sources.md has two tables"
    return matches


def main() -> None:
    sources = tb.load().sources.values()
    text = PAGE.read_text("utf-8")
    for old, new in zip(tables(text), (totals(sources), rows(sources)), strict=True):
        text = text.replace(old, "".join(new), 1)
    PAGE.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
