"""Citing: the graph itself, and the sources behind any part of it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain, count, islice
from string import ascii_lowercase
from typing import Any, Final
from urllib.parse import quote

from trabecula.authors import Author, authors
from trabecula.characters import printed, words_of
from trabecula.identifiers import link
from trabecula.model import About, Source
from trabecula.standing import papers
from trabecula.vocabulary import STANDINGS

#: Characters that LaTeX reads as commands or prints as others, and how to write them. BibTeX counts
#: braces even behind a backslash, so they are named.
_LATEX = {
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "%": r"\%",
    "&": r"\&", "$": r"\$", "#": r"\#", "_": r"\_", "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}", "<": r"\textless{}", ">": r"\textgreater{}",
    "|": r"\textbar{}", "`": r"\textasciigrave{}",
}  # fmt: skip
#: What stands in an address as it is; `doi` and `url` are read letter by letter.
_IN_AN_ADDRESS = "/:;@!$&'()*+,=~.-_?#%[]"


def title(about: About, name: str = "") -> str:
    """What a graph is called: its title, or else the name of its file."""
    return about.title or name or "A graph without a title"


#: What needs no full stop behind it.
_STOPPED: Final = re.compile(r"[?!][\"'”’]*$")


def graph_text(about: About, name: str = "") -> str:
    """How to cite a graph, as a line of text, with no more than it says of itself.

    >>> graph_text(About(title="KRAS", authors=("Doe J",), date="2026-11", version="2"))
    'Doe J (2026). KRAS (version 2) [data set].'
    >>> graph_text(About(), "kras.json")
    'kras.json [data set].'
    """
    head = " ".join(
        filter(None, (", ".join(about.authors), f"({about.date[:4]})" if about.date else ""))
    )
    version = f" (version {about.version})" if about.version else ""
    told = (f"{head.rstrip('.')}." if head else "", f"{title(about, name)}{version} [data set].")
    return " ".join(filter(None, (*told, about.home)))


def graph_bibtex(about: About, name: str = "") -> str:
    """How to cite a graph, as a BibTeX entry, with no more than it says of itself."""
    fields = {
        "title": f"{{{_latex(title(about, name))}}}",
        "author": " and ".join(map(_name, authors(about.authors))),
        "year": about.date[:4],
        "version": _latex(about.version),
        "url": _address(about.home),
    }
    key = _ascii("".join(words_of(title(about, name))[:1])).casefold() or "graph"
    return _entry("misc", key, fields)


def text(sources: Iterable[Source]) -> str:
    """The sources as a list of references, one a line, sorted by id."""
    return "".join(f"{line(source)}\n" for source in merged(sources))


def line(source: Source) -> str:
    """One source as a reference: authors, year, title, journal, identifier.

    >>> line(Source(id="book", title="Whose bones?", year="1999", authors=("Doe J",)))
    'Doe J (1999). Whose bones? book'
    >>> line(Source(id="PMID:1"))
    '[title not recorded]. PMID:1 <https://pubmed.ncbi.nlm.nih.gov/1/>'
    """
    dated = f"({source.year})" if source.year else "(no date)" if source.title else ""
    head = " ".join(filter(None, (", ".join(source.authors), dated)))
    tail = [source.title or "[title not recorded]", place(source), reference(source)]
    if source.standing:
        tail.append(f"[{_standing(source)}]")
    told = [part.rstrip(".") for part in [head, *tail] if part]
    *before, last = told  # what asks or calls out is not stopped again
    return " ".join([*(part if _STOPPED.search(part) else f"{part}." for part in before), last])


def place(source: Source) -> str:
    """Where a source was published: journal, volume, issue and pages.

    >>> place(Source(id="a", journal="Bone", volume="32", issue="2", pages="136-141"))
    'Bone 32(2):136-141'
    """
    volume = source.volume + (f"({source.issue})" if source.issue else "")
    numbers = ":".join(filter(None, (volume, source.pages)))
    return " ".join(filter(None, (source.journal, numbers)))


def reference(source: Source) -> str:
    """Where to find a source: its identifier and page, or its address."""
    page = link(source.id)
    if page:
        return f"{source.id} <{page}>"
    return f"<{source.url}>" if source.url else source.id


def bibtex(sources: Iterable[Source]) -> str:
    """The sources as BibTeX entries, sorted by id, in UTF-8.

    Family names are told from initials and names of bodies stand in braces; see `authors`. What
    LaTeX would read as a command is printed instead, whatever the field; letters beyond ASCII are
    kept, as biber and LaTeX since 2018 read them.
    """
    taken: set[str] = set()
    return "\n".join(_source_entry(source, taken) for source in merged(sources))


def csl(sources: Iterable[Source]) -> list[dict[str, Any]]:
    """The sources as items of CSL-JSON, for Zotero and pandoc, sorted by id."""
    taken: set[str] = set()
    return [_csl_item(source, taken) for source in merged(sources)]


def _csl_item(source: Source, taken: set[str]) -> dict[str, Any]:
    identifiers = dict(_identifiers(source))
    people = authors(source.authors)
    year = re.search(r"\d{4}", source.year)
    item = {
        "id": _key(source, people, taken),
        "type": _KINDS[_kind(source, identifiers)][0],
        "title": source.title or "untitled",
        "author": [_csl_name(person) for person in people],
        "container-title": source.journal,
        "volume": source.volume,
        "issue": source.issue,
        "page": source.pages,
        "issued": {"date-parts": [[int(year[0])]]} if year else {},
        "DOI": identifiers.get("doi", ""),
        "PMID": identifiers.get("PMID", ""),
        "PMCID": identifiers.get("PMCID", ""),
        "ISBN": identifiers.get("isbn", ""),
        "URL": link(source.id) or source.url,
        "note": "; ".join(filter(None, (_standing(source), _unread(source)))),
    }
    return {name: value for name, value in item.items() if value}


def _csl_name(author: Author) -> dict[str, str]:
    if author.body or not author.family:
        return {"literal": author.family or "others"}
    parts = {"family": author.family, "given": author.given, "suffix": author.suffix}
    return {name: text for name, text in parts.items() if text}


def ris(sources: Iterable[Source]) -> str:
    """The sources as records of RIS, for EndNote and Mendeley, sorted by id."""
    taken: set[str] = set()
    return "\n".join(_ris_record(source, taken) for source in merged(sources))


def _ris_record(source: Source, taken: set[str]) -> str:
    identifiers = dict(_identifiers(source))
    people = authors(source.authors)
    year = re.search(r"\d{4}", source.year)
    names = (
        ", ".join(filter(None, (person.family or "others", person.given, person.suffix)))
        for person in people
    )
    first, _, last = source.pages.replace("\N{EN DASH}", "-").partition("-")
    kind = _kind(source, identifiers)
    tags = [
        ("TY", _KINDS[kind][1]),
        ("ID", _key(source, people, taken)),
        ("TI", source.title or "untitled"),
        *(("AU", name) for name in names),
        ("PY", year[0] if year else ""),
        ("JO" if kind == "article" else "T2", source.journal),
        ("VL", source.volume),
        ("IS", source.issue),
        ("SP", first),
        ("EP", last),
        ("DO", identifiers.get("doi", "")),
        ("AN", f"PMID:{identifiers['PMID']}" if "PMID" in identifiers else ""),
        ("SN", identifiers.get("isbn", "")),
        ("UR", link(source.id) or source.url),
        ("N1", "; ".join(filter(None, (_standing(source), _unread(source))))),
    ]
    lines = [f"{tag}  - {_one_line(text)}" for tag, text in tags if text]
    return "".join(f"{line}\n" for line in (*lines, "ER  - "))


def _one_line(text: str) -> str:
    return printed(" ".join(text.split()))


#: What a source is in CSL, in RIS and in BibTeX, and what BibTeX calls that of which it is a part.
_KINDS = {
    "article": ("article-journal", "JOUR", "article", "journal"),
    "chapter": ("chapter", "CHAP", "incollection", "booktitle"),
    "book": ("book", "BOOK", "misc", "howpublished"),
    "page": ("webpage", "ELEC", "misc", "howpublished"),
    "other": ("document", "GEN", "misc", "howpublished"),
}


def _kind(source: Source, identifiers: dict[str, str]) -> str:
    registered = "PMID" in identifiers or "doi" in identifiers
    if source.study_type in ("website", "encyclopedia", "database") and not registered:
        return "page" if source.url else "other"
    if source.study_type in ("book", "encyclopedia") and source.journal:
        return "chapter"
    if source.journal or "PMID" in identifiers:
        return "article"
    if "isbn" in identifiers:
        return "book"
    return "page" if source.url else "other"


def merged(sources: Iterable[Source]) -> list[Source]:
    """The papers, each by its fullest record with the identifiers of all, sorted by id."""
    kept = sorted(sources, key=lambda source: source.id)
    paper_of = papers(kept)
    records: dict[str, list[Source]] = {}
    for source in kept:
        records.setdefault(paper_of[source.id], []).append(source)
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
    return sum(bool(getattr(source, name)) for name in source.__slots__)


def _source_entry(source: Source, taken: set[str]) -> str:
    identifiers = dict(_identifiers(source))
    people = authors(source.authors)
    *_, kind, whole = _KINDS[_kind(source, identifiers)]
    fields = {
        "title": f"{{{_latex(source.title or 'untitled')}}}",
        "author": " and ".join(map(_name, people)),
        "year": _latex(source.year),
        whole: _latex(source.journal),
        "volume": _latex(source.volume),
        "number": _latex(source.issue),
        "pages": _latex(source.pages.replace("\N{EN DASH}", "-").replace("-", "--")),
        "doi": _address(identifiers.get("doi", "")),
        "pmid": _latex(identifiers.get("PMID", "")),
        "isbn": _latex(identifiers.get("isbn", "")),
        "url": _address(link(source.id) or source.url),
        "note": "; ".join(filter(None, (_latex(_standing(source)), _unread(source)))),
    }
    # An article, or a chapter, without what it stands in is none to BibTeX.
    entry = kind if source.journal else "misc"
    return _entry(entry, _key(source, people, taken), fields)


def _standing(source: Source) -> str:
    return source.standing.replace("-", " ")


def _unread(source: Source) -> str:
    return "" if source.abstract_read else "abstract not read; title only"


def _identifiers(source: Source) -> Iterator[tuple[str, str]]:
    for curie in (source.id, *source.xrefs):
        prefix, colon, identifier = curie.partition(":")
        if colon:
            yield prefix, identifier


def _name(author: Author) -> str:
    """An author as BibTeX wants it: `von Last, Jr, First`, `{A Body}`, or `others`."""
    if not author.family:
        return "others"
    family = _latex(author.family)
    if author.body or _would_be_split(author.family):
        family = f"{{{family}}}"
    return ", ".join(filter(None, (family, _latex(author.suffix), _latex(author.given))))


def _would_be_split(family: str) -> bool:
    """Whether BibTeX would part the name, which takes words up to one like `de` for a `von`."""
    first, *rest = family.split()
    return not first[0].islower() and any(word[0].islower() for word in rest)


def _key(source: Source, people: Iterable[Author], taken: set[str]) -> str:
    """A citation key: first family name, or id, and year; made unique by a letter or a number.

    BibTeX takes keys that differ in case only for the same.
    """
    names = (
        person.family.split()[0] if person.body else person.family
        for person in people
        if person.family
    )
    first = next(filter(None, map(_ascii, (*islice(names, 1), source.id))), "source")
    stem = first + _ascii(source.year)
    endings = chain(("", *ascii_lowercase), map(str, count(2)))
    keys = (f"{stem}{ending}" for ending in endings)
    key = next(key for key in keys if key.casefold() not in taken)
    taken.add(key.casefold())
    return key


def _ascii(text: str) -> str:
    """What of a text can stand in a citation key; nothing of an author in Chinese letters."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9-]", "", plain)


def _entry(kind: str, key: str, fields: dict[str, str]) -> str:
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
    return f"@{kind}{{{key},\n" + ",\n".join(lines) + "\n}\n"


def _latex(text: str) -> str:
    """A text on one line in which nothing is a command; marks that do not print are left out."""
    line = " ".join(text.split())
    return "".join(_LATEX.get(mark, mark) for mark in printed(line))


def _address(text: str) -> str:
    """An identifier or address in which nothing is a command, percent-encoded where it must be."""
    return quote(" ".join(text.split()), safe=_IN_AN_ADDRESS)
