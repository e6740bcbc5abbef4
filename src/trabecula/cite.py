"""Citing: the graph itself, and the sources behind any part of it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import fields, replace
from itertools import chain, count
from string import ascii_lowercase

from trabecula import __released__, __version__
from trabecula.evidence import papers
from trabecula.identifiers import link
from trabecula.model import Source
from trabecula.vocabulary import STANDINGS

TITLE = "trabecula: magnesium and bone health, a knowledge graph with evidence"
AUTHOR = "The trabecula authors"
HOME = "https://w3id.org/trabecula"

#: Characters that LaTeX reads as commands, and how to write them.
_LATEX = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "%": r"\%", "&": r"\&", "$": r"\$",
    "#": r"\#", "_": r"\_", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip


def graph_text() -> str:
    """How to cite the graph, as a line of text."""
    year = __released__[:4]
    return f"{AUTHOR} ({year}). {TITLE} (version {__version__}) [data set]. {HOME}"


def graph_bibtex() -> str:
    """How to cite the graph, as a BibTeX entry."""
    fields = {
        "title": f"{{{TITLE}}}",
        "author": f"{{{AUTHOR}}}",
        "year": __released__[:4],
        "version": __version__,
        "url": HOME,
    }
    return _entry("misc", "trabecula", fields)


def text(sources: Iterable[Source]) -> str:
    """The sources as a list of references, one a line, sorted by id."""
    return "".join(f"{line(source)}\n" for source in _sorted(sources))


def line(source: Source) -> str:
    """One source as a reference: authors, year, title, journal, identifier."""
    parts = [", ".join(source.authors), f"({source.year})" if source.year else "(no date)"]
    head = " ".join(part for part in parts if part)
    tail = [source.title or "untitled", source.journal, reference(source)]
    if source.standing:
        tail.append(f"[{source.standing.replace('-', ' ')}]")
    return ". ".join(part.rstrip(".") for part in [head, *tail] if part)


def reference(source: Source) -> str:
    """Where to find a source: its identifier and page, or its address."""
    page = link(source.id)
    if page:
        return f"{source.id} <{page}>"
    return f"<{source.url}>" if source.url else source.id


def bibtex(sources: Iterable[Source]) -> str:
    """The sources as BibTeX entries, sorted by id."""
    taken: set[str] = set()
    return "\n".join(_source_entry(source, taken) for source in _sorted(sources))


def _sorted(sources: Iterable[Source]) -> list[Source]:
    """The papers, each by its fullest record with the identifiers of all, sorted by id."""
    kept = sorted(sources, key=lambda source: source.id)
    one = papers(kept)
    records: dict[str, list[Source]] = {}
    for source in kept:
        records.setdefault(one[source.id], []).append(source)
    cited = (_joined(many) if len(many) > 1 else many[0] for many in records.values())
    return sorted(cited, key=lambda source: source.id)


def _joined(records: list[Source]) -> Source:
    """One record of several of a paper."""
    best = max(records, key=lambda source: (source.abstract_read, _fullness(source)))
    every = dict.fromkeys(name for source in records for name in (source.id, *source.xrefs))
    standings = [source.standing for source in records]
    standing = next((name for name in STANDINGS if name in standings), best.standing)
    others = tuple(sorted(set(every) - {best.id}))
    return replace(best, xrefs=others, standing=standing)


def _fullness(source: Source) -> int:
    return sum(bool(getattr(source, field.name)) for field in fields(source))


def _source_entry(source: Source, taken: set[str]) -> str:
    identifiers = dict(_identifiers(source))
    fields = {
        "title": f"{{{_latex(source.title or 'untitled')}}}",
        "author": " and ".join(_author(name) for name in source.authors),
        "year": source.year,
        "journal": _latex(source.journal),
        "doi": identifiers.get("doi", ""),
        "pmid": identifiers.get("PMID", ""),
        "url": link(source.id) or source.url,
        "note": "; ".join(filter(None, (source.standing.replace("-", " "), _unread(source)))),
    }
    kind = "article" if source.kind in ("paper", "further") and source.journal else "misc"
    return _entry(kind, _key(source, taken), fields)


def _unread(source: Source) -> str:
    return "" if source.abstract_read else "abstract not read; title only"


def _identifiers(source: Source) -> Iterator[tuple[str, str]]:
    for curie in (source.id, *source.xrefs):
        prefix, colon, identifier = curie.partition(":")
        if colon:
            yield prefix, identifier


def _author(name: str) -> str:
    """An author as BibTeX wants it; "et al" is `others`."""
    return "others" if name.rstrip(".").casefold() == "et al" else _latex(name)


def _key(source: Source, taken: set[str]) -> str:
    """A citation key: first author, or id, and year; made unique by a letter, then by a number."""
    words = (*(word for name in source.authors[:1] for word in name.split()[:1]), source.id)
    first = next(filter(None, map(_ascii, words)), "source")
    stem = first + _ascii(source.year)
    endings = chain(("", *ascii_lowercase), map(str, count(2)))
    key = next(key for key in (f"{stem}{ending}" for ending in endings) if key not in taken)
    taken.add(key)
    return key


def _ascii(text: str) -> str:
    """What of a text can stand in a citation key; nothing of an author in Chinese letters."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9-]", "", plain)


def _entry(kind: str, key: str, fields: dict[str, str]) -> str:
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
    return f"@{kind}{{{key},\n" + ",\n".join(lines) + "\n}\n"


def _latex(text: str) -> str:
    return "".join(_LATEX.get(character, character) for character in text)
