"""Identifiers: CURIEs, slugs, the IRIs they stand for and the pages a person can read.

An identifier without a colon is a slug in one of trabecula's own namespaces; any other is a CURIE,
whose prefix `prefixes` knows or mints.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Final
from urllib.parse import quote, unquote

from trabecula.prefixes import NAMESPACES, PREFIXES, prefix_called, space_of

_SLUG = re.compile(r"[a-z0-9][a-z0-9.+-]*")
#: Old DOIs have < and >.
CURIE: Final = re.compile(r"([A-Za-z][A-Za-z0-9._-]*):([^\s\"{}|\\^`]+)")

#: Marks that stand for themselves in what follows a prefix.
_IN_A_LOCAL: Final = "/:;@!$&'()*+,=~.-_"
_SPACES: Final = tuple(prefix.iri for prefix in PREFIXES.values())
_LONGEST_FIRST: Final = sorted(PREFIXES.values(), key=lambda prefix: -len(prefix.iri))


@cache  # compiled when it is first asked for, as most never are
def pattern_of(prefix: str) -> re.Pattern[str]:
    """What the identifiers of one of our prefixes look like."""
    return re.compile(PREFIXES[prefix].pattern, re.ASCII)


def is_slug(text: str) -> bool:
    """Whether `text` can name a record curated in trabecula: lower case, no colon."""
    return _SLUG.fullmatch(text) is not None


def curie_problem(curie: str) -> str:
    r"""What is wrong with a CURIE; empty when its identifier fits its prefix, as far as we know.

    Any prefix will do; see `is_known`.

    >>> curie_problem("CHEBI:17823"), curie_problem("X:1")
    ('', '')
    >>> curie_problem("CHEBI:calcitriol")
    "'CHEBI:calcitriol' does not fit the pattern of CHEBI identifiers, \\d+"
    """
    match = CURIE.fullmatch(curie)
    if match is None or match[1] in ("http", "https"):
        return f"{curie!r} is no CURIE (prefix:identifier)"
    prefix, identifier = match.groups()
    if prefix in PREFIXES and pattern_of(prefix).fullmatch(identifier) is None:
        pattern = PREFIXES[prefix].pattern
        return f"{curie!r} does not fit the pattern of {prefix} identifiers, {pattern}"
    return ""


@lru_cache(maxsize=2**16)  # the same few thousand are expanded again and again
def expand(identifier: str, base: str) -> str:
    """The IRI of an identifier: a CURIE by its prefix, a slug under `base`.

    >>> from trabecula.prefixes import ENTITY
    >>> expand("CHEBI:17823", ENTITY)
    'http://purl.obolibrary.org/obo/CHEBI_17823'
    >>> expand("calcitriol", ENTITY)
    'https://w3id.org/trabecula/entity/calcitriol'
    >>> expand("ensembl:ENSG00000133703", ENTITY), expand("X:1", ENTITY)
    ('https://www.ensembl.org/id/ENSG00000133703', 'https://w3id.org/trabecula/prefix/X/1')
    """
    prefix, colon, local = identifier.partition(":")
    if not colon:
        return base + quote(identifier, safe="")
    if prefix in PREFIXES:
        return PREFIXES[prefix].iri + quote(local, safe=_IN_A_LOCAL)
    if prefix in NAMESPACES:
        return NAMESPACES[prefix] + quote(local, safe="")
    return space_of(prefix) + quote(local, safe=_IN_A_LOCAL)


def contract(iri: str, base: str) -> str:
    """The identifier an IRI stands for: the opposite of `expand` with the same `base`.

    An IRI in no known namespace is returned as it is.

    >>> from trabecula.prefixes import ENTITY
    >>> contract("http://purl.obolibrary.org/obo/CHEBI_17823", ENTITY)
    'CHEBI:17823'
    """
    if iri.startswith(base):
        return unquote(iri[len(base) :])
    if not iri.startswith(_SPACES):
        return iri
    for prefix in _LONGEST_FIRST:
        if iri.startswith(prefix.iri):
            return f"{prefix.name}:{unquote(iri[len(prefix.iri) :])}"
    return iri


def link(identifier: str) -> str:
    """The https page where a person can read about a CURIE; empty when there is none.

    >>> link("PMID:9709941")
    'https://pubmed.ncbi.nlm.nih.gov/9709941/'
    """
    prefix, colon, local = identifier.partition(":")
    if not colon or prefix in NAMESPACES or curie_problem(identifier):
        return ""
    row = prefix_called(prefix)
    if row is None or not re.fullmatch(row.pattern, local, re.ASCII):
        return ""
    return row.url.replace("$1", quote(local, safe=_IN_A_LOCAL))


#: Blanks, controls, marks of direction, halves of pairs, private and joined-on characters. A table
#: of our own: which characters print is not the same in every version of Python.
_UNSEEN = re.compile(
    "[\x00-\x20\x7f-\xa0\xad\u061c\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000"
    "\ud800-\uf8ff\ufeff\ufff0-\uffff\U000e0000-\U0010ffff]"
)


def is_visible(text: str) -> bool:
    r"""Whether something is seen of every character of a text, so that an address may hold it.

    >>> is_visible("https://example.org/\U0001fae8"), is_visible("a b"), is_visible("a\u202eb")
    (True, False, False)
    """
    return not _UNSEEN.search(text)


def is_elsewhere(word: str) -> bool:
    """Whether a category or predicate is one of another vocabulary, which is kept as it is.

    >>> is_elsewhere("biolink:Gene"), is_elsewhere("http://example.org/near"), is_elsewhere("gene")
    (True, True, False)
    """
    return word.startswith(("http://", "https://")) or not curie_problem(word)


#: Where one word ends and the next begins that have been written as one: `RNA|Product`.
_HUMPS: Final = re.compile(r"(?<=[a-z])(?=[A-Z][a-z])|(?<=[A-Z])(?=[A-Z][a-z])")


def readable(name: str) -> str:
    """A name from elsewhere as a reader says it.

    >>> readable("biolink:interacts_with"), readable("biolink:RNAProduct"), readable("http://example.org/a#isNear")
    ('interacts with', 'RNA product', 'is near')
    """
    end = re.split(r"[:/#]", name.rstrip(":/#"))[-1]
    words = _HUMPS.sub(" ", end).replace("_", " ").split()
    return " ".join(word.lower() if word.istitle() else word for word in words)
