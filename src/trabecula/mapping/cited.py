"""Papers as tables name them: lists, several names of one paper, cells that say there is none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from trabecula.canonical import canonical, is_paper
from trabecula.regular import source_id

#: What stands in a cell that says nothing.
NOTHING: Final = frozenset(("", "-", "--", ".", "na", "n/a", "nan", "none", "null", "nil", "\\n"))
#: A symbol that only looks as if it said nothing.
SODIUM: Final = "Na"
_LONGEST: Final = max(map(len, NOTHING))
#: A number alone is a paper of PubMed.
_NUMBER: Final = re.compile(r"[1-9]\d{0,8}(\.0+)?")
_DOI: Final = re.compile(r"10\.\d+/\S+")
#: What programs write where a database is due: the file that they read, or a step of their own.
_MADE_BY: Final = re.compile(
    r"""(?ix) [^\s:]+ \. (tsv|csv|txt|tab|jsonl?|ya?ml|xml|ttl|nt|nq|trig|owl|obo|rdf|parquet|db
            |sqlite|gaf|gpad|sssom) (\.(gz|bz2|xz|zst|zip))?
        | [^\s:]+ _ (nodes?|edges?|kgx|graph|ingest|transform|loader|parser)
        | (kgx|graph|default|test|unknown|unspecified) """
)
#: The best of several names of one paper comes first.
_BEST: Final = {"PMID": 0, "PMCID": 1, "doi": 2}


def cell_text(cell: str) -> str:
    """The text of a cell; nothing where the cell says that there is nothing.

    >>> cell_text(" x "), cell_text("-"), cell_text("NA"), cell_text("Na")
    ('x', '', '', 'Na')
    """
    text = cell.strip()
    nothing = len(text) <= _LONGEST and text.casefold() in NOTHING and text != SODIUM
    return "" if nothing else text


def paper(text: str) -> str:
    """A paper as tables name it, in the spelling of its registry where that is known.

    >>> paper("12345"), paper("PUBMED:1"), paper("https://doi.org/10.1/X"), paper("10.1/x")
    ('PMID:12345', 'PMID:1', 'doi:10.1/x', 'doi:10.1/x')
    """
    text = " ".join(text.split())
    if _NUMBER.fullmatch(text):
        return f"PMID:{text.partition('.')[0]}"
    identifier = source_id(f"doi:{text}" if _DOI.fullmatch(text) else text)
    return identifier if is_paper(identifier) else canonical(text)


def is_database(text: str) -> bool:
    """Whether what an edge is said to come from is a database, and no file or step of a program.

    >>> is_database("infores:ctd"), is_database("BioGRID"), is_database("monarch_edges.tsv")
    (True, True, False)
    """
    return bool(cell_text(text)) and not _MADE_BY.fullmatch(text.strip())


#: Identifiers of papers within a text, with the registry in words before them where it is.
_WITHIN: Final = re.compile(
    r"""
    https?://[^\s|;,]+
    | (?:dx\.)?doi\.org/[^\s|;,]+
    | \b(?: pmid | pubmed (?:\s?id)? ) [\s:]* \d{1,9}\b
    | \b(?: (?: pmcid | pmc ) [\s:]* )? pmc \s? \d+\b
    | \b(?: doi [\s:]* )? 10\.\d{4,9}/[^\s|;,]+ (?: (?<=\.CO) ;[\w-]+ )?
    | \barxiv [\s:]* [\w.-]+/?\d[\w.]*
    | \b NCT\d{8}\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
#: A number of PubMed as spreadsheets write it, with a comma between thousands; lists of three
#: papers of which the last two have three digits each there are none.
_THOUSANDS: Final = re.compile(r"(?<![\d,])(\d{1,3}),(\d{3}),(\d{3})(?![\d,])")
#: An identifier of something else, such as `GO_REF:0000024`.
_CURIE: Final = re.compile(r"[A-Za-z][\w.-]*:[^\s:][^\s]*")


def papers_in(cell: str) -> Iterator[str]:
    """The papers that a cell names, whatever stands between them and how they are written.

    A number is one of PubMed only where the cell is a list of numbers and identifiers: the year in
    a reference in words is none. A reference in words that names no identifier is one source.

    >>> list(papers_in("PMID: 12; 34|doi:10.1000/A."))
    ['PMID:12', 'PMID:34', 'doi:10.1000/a']
    >>> list(papers_in("Smith et al. 2001, doi:10.1000/A; Jones 1999; Kim2004"))
    ['doi:10.1000/a', 'Jones 1999', 'Kim2004']
    >>> list(papers_in("10,824,426")), list(papers_in("12,345"))
    (['PMID:10824426'], ['PMID:12', 'PMID:345'])
    """
    if _NUMBER.fullmatch(cell):  # by far the most
        yield paper(cell)
        return
    cell = _THOUSANDS.sub(r"\1\2\3", cell)
    if re.match(r"\s*[\[{(].*[\]})]\s*$", cell):  # a list, as Python writes it
        cell = re.sub(r"[\[\]{}'\"]", " ", cell)
    for given in re.split(r"[|]|(?<!\.CO);", cell):
        part = given.strip(" \t,")
        if not cell_text(part):
            continue
        papers = list(map(paper, _WITHIN.findall(part)))
        rest = _WITHIN.sub(" ", part)
        tokens = [token for token in re.split(r"[\s,]+", rest) if cell_text(token)]
        listed = all(_NUMBER.fullmatch(token) or _CURIE.fullmatch(token) for token in tokens)
        one_word = "," in part and not re.search(r"\s", part.replace(", ", ","))
        if listed or (one_word and not papers):
            yield from papers
            yield from map(paper, tokens)
        elif papers:
            yield from papers
        else:
            yield paper(part)


def are_papers(cell: str) -> bool:
    """Whether a cell is a list of papers and nothing else, each with its registry.

    >>> are_papers("PMID:1; PMID:2"), are_papers("12"), are_papers("PMID:1 says so")
    (True, False, False)
    """
    rest = _WITHIN.sub("", cell)
    return rest != cell and not rest.strip(" \t;,|[]'\"")


def members_of(text: str) -> tuple[str, ...]:
    """The papers of a list between semicolons, commas or blanks; any other text as a whole.

    Each member has to name a paper by itself: registries allow these signs in a DOI, and a number
    behind one is a part of it.

    >>> members_of("1;2"), members_of("doi:10.1/a, PMID:2"), members_of("doi:10.1/a;2")
    (('1', '2'), ('doi:10.1/a', 'PMID:2'), ('doi:10.1/a;2',))
    """
    whole = _THOUSANDS.sub(r"\1\2\3", re.sub(r":\s+", ":", text))
    members = [part for part in re.split(r"[;,\s]+", whole) if part]
    is_list = all(map(is_paper, map(paper, members)))
    if is_list and any(map(_NUMBER.fullmatch, members)):
        is_list = all(paper(member).startswith("PM") for member in members)
    return tuple(members) if is_list else (text,)


def one_of(names: Iterable[str]) -> tuple[str, tuple[str, ...]]:
    """Of several names of one paper the best known, and the others.

    >>> one_of(["SGD_REF:S1", "PMID:1"])
    ('PMID:1', ('SGD_REF:S1',))
    """
    papers = list(dict.fromkeys(paper(name) for name in names if cell_text(name)))
    if not papers:
        return "", ()
    ranked = sorted(
        papers, key=lambda name: _BEST.get(name.partition(":")[0], 3 + (not is_paper(name)))
    )
    return ranked[0], tuple(ranked[1:])


def each_of(names: Iterable[str]) -> tuple[list[tuple[str, tuple[str, ...]]], list[str]]:
    """The papers that names stand for, each with its other names, and names that are of no one.

    Names of one paper in several registries are one paper. Two numbers of PubMed are two papers;
    which of them the names in other registries are of is not known then.

    >>> each_of(["imex:IM-1", "PMID:1"])
    ([('PMID:1', ('imex:IM-1',))], [])
    >>> each_of(["PMID:1", "doi:10.1/x", "PMID:2"])
    ([('PMID:1', ()), ('PMID:2', ())], ['doi:10.1/x'])
    """
    papers = list(dict.fromkeys(paper(name) for name in names if cell_text(name)))
    of_pubmed = [name for name in papers if name.startswith("PMID:") and is_paper(name)]
    if len(of_pubmed) > 1:
        return [(name, ()) for name in of_pubmed], [n for n in papers if n not in of_pubmed]
    best, others = one_of(papers)
    return ([(best, others)] if best else []), []
