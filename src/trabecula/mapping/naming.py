"""Identifiers of others: which CURIE, slug or IRI a name in a file stands for."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Mapping
from typing import Final, NamedTuple

from trabecula.about import PREFIX
from trabecula.canonical import canonical, is_settled
from trabecula.characters import tidied
from trabecula.identifiers import curie_problem
from trabecula.prefixes import ENTITY, NAMESPACES, is_known, space_of
from trabecula.settled import settled

#: A name that can be an identifier as it is.
_PLAIN: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+-]*")
_CURIE: Final = re.compile(r"([A-Za-z_][A-Za-z0-9._-]*):(\S+)")
#: A term of an ontology by its IRI, or by what the bundled map makes of that.
_OF_OBO: Final = re.compile(
    r"(?:obo:|https?://purl\.obolibrary\.org/obo/)([A-Za-z]+)_(\d+)", re.ASCII
)
#: Hexadecimal digits that tell names apart whose slugs are alike.
_DIGITS: Final = 8
_LONGEST: Final = 48
#: Addresses of registries that neither they nor the bundled map write any more.
_FORMERLY: Final = (
    (re.compile(r"https?://(?:www\.)?omim\.org/(?:entry|phenotypicSeries)/(\d+|PS\d+)"), "OMIM"),
    (re.compile(r"https?://www\.orpha\.net/ORDO/Orphanet_(\w+)"), "Orphanet"),
    (re.compile(r"https?://(?:www\.)?identifiers\.org/obo\.\w+/(\w+):(\w+)"), ""),
)


class _Spaces(NamedTuple):
    """Prefixes by their space, and the lengths of the spaces from the longest."""

    prefixes: dict[str, list[str]]
    lengths: list[int]


class Namer:
    """Turns the names of one file into identifiers, the same name always into the same one.

    Prefixes count in this order: those the file declares, those of `extra` (a file of the user's),
    the bundled map with its synonyms. One that nobody knows is kept as it is.
    """

    def __init__(self, extra: Mapping[str, str] | None = None) -> None:
        self.extra = dict(extra or {})
        self.declared: dict[str, str] = {}
        #: Declared prefixes that are used and that no table of ours has, for `About`.
        self.used: dict[str, str] = {}
        #: Names that were read otherwise than they are written, as texts are.
        self.untidy: list[str] = []
        self._identifiers: dict[str, str] = {}
        self._spaces: _Spaces | None = None

    def declare(self, spaces: Mapping[str, str]) -> None:
        """Take prefixes that the file declares."""
        self.declared.update(spaces)
        self._identifiers.clear()
        self._spaces = None

    def identifier(self, text: str) -> str:
        """The identifier that a text of the file stands for.

        A CURIE in the spelling of its registry, an IRI as a CURIE where a prefix fits, a plain name
        as it is; any other text gets a slug with a few digits of its hash, so that no two become
        one. Marks of which nothing is seen make no other name, nor do blanks of another kind.

        >>> namer = Namer()
        >>> namer.identifier("uniprot:P04637"), namer.identifier("TP53")
        ('UniProtKB:P04637', 'TP53')
        >>> namer.identifier("http://purl.obolibrary.org/obo/GO_0005634")
        'GO:0005634'
        >>> namer.identifier("Multiple Sclerosis")
        'multiple-sclerosis-c4d84b7b'
        """
        identifier = self._identifiers.get(text)
        if identifier is None:
            tidy = tidied(text)
            if tidy != text:
                self.untidy.append(text)
            identifier = self._identifiers[text] = self._identifier(tidy.strip())
        return identifier

    def leaves(self, prefix: str) -> bool:
        """Whether letters and digits behind this prefix, or without one, stay as they are."""
        if not prefix:
            return True
        told = prefix in self.declared or prefix in self.extra
        return not told and is_settled(prefix)

    def _identifier(self, text: str) -> str:
        identifier = self._settled(text)
        match = _OF_OBO.fullmatch(identifier)
        return self._of_obo(identifier, *match.groups()) if match else identifier

    def _of_obo(self, identifier: str, prefix: str, local: str) -> str:
        """A term of an ontology, called as all others are, `X:1`, if nobody knows its prefix too.

        The graph then declares the prefix, so that the IRI stays what it was.
        """
        curie, space = f"{prefix}:{local}", f"{space_of('obo')}{prefix}_"
        if is_known(prefix):
            return curie if space_of(prefix) == space and not curie_problem(curie) else identifier
        if not is_settled(prefix):
            return identifier
        self.used[prefix] = space
        return curie

    def _settled(self, text: str) -> str:
        if text.startswith(("http://", "https://")):
            return self._of_address(text)
        if _PLAIN.fullmatch(text):
            return text
        match = _CURIE.fullmatch(text)
        if match:
            prefix, local = match.groups()
            space = self.declared.get(prefix, self.extra.get(prefix, ""))
            if prefix == "entity" and space in ("", ENTITY):
                return settled(text, ENTITY)  # one of ours, whatever its letters
            identifier = self._of_space(prefix, local, space) if space else canonical(text, ENTITY)
            if (
                ":" not in identifier
                or not curie_problem(identifier)
                or identifier.startswith(("http://", "https://"))
            ):
                return identifier
            if _same_prefix(identifier, text) and not _unfit(identifier):
                return identifier
        return minted(text)

    def _of_space(self, prefix: str, local: str, space: str) -> str:
        """The identifier of a CURIE whose prefix the file or the user declares."""
        if space == space_of(prefix) or (is_known(prefix) and _fits(prefix, space)):
            return canonical(f"{prefix}:{local}", ENTITY)
        address = canonical(settled(f"{space}{local}", ENTITY), ENTITY)
        if not address.startswith(("http://", "https://")):
            return address
        if is_known(prefix) or prefix in NAMESPACES or not PREFIX.fullmatch(prefix):
            return f"{space}{local}"  # the file means something else by a name that we know
        self.used[prefix] = space
        return f"{prefix}:{local}"

    def _of_address(self, text: str) -> str:
        for pattern, prefix in _FORMERLY:
            match = pattern.fullmatch(text)
            if match:
                return canonical(":".join((prefix, *match.groups())).lstrip(":"))
        address = canonical(settled(text, ENTITY), ENTITY)
        if not address.startswith(("http://", "https://")):
            return address
        by_space = self._by_space()
        for length in by_space.lengths:  # the longest space wins, of several prefixes the first
            for prefix in by_space.prefixes.get(address[:length], ()):
                local = address[length:]
                if local and _CURIE.fullmatch(f"{prefix}:{local}"):
                    return self._of_space(prefix, local, address[:length])
        return address

    def _by_space(self) -> _Spaces:
        """The prefixes of the file and of the user by what they stand for."""
        if self._spaces is None:
            prefixes: dict[str, list[str]] = {}
            for prefix, space in sorted({**self.extra, **self.declared}.items()):
                if space and PREFIX.fullmatch(prefix):
                    prefixes.setdefault(space, []).append(prefix)
            self._spaces = _Spaces(prefixes, sorted(set(map(len, prefixes)), reverse=True))
        return self._spaces


def minted(text: str) -> str:
    """A slug for a name that cannot be an identifier as it is.

    >>> minted("Ca²⁺ (cytosol)")
    'ca2-cytosol-832e4f00'
    """
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().casefold()
    slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:_LONGEST].strip("-") or "x"
    return f"{slug}-{hashlib.sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()[:_DIGITS]}"


def _same_prefix(identifier: str, text: str) -> bool:
    return identifier.partition(":")[0].casefold() == text.partition(":")[0].casefold()


def _unfit(curie: str) -> bool:
    """Whether it cannot be written as a CURIE at all, as against not fitting its registry."""
    return "is no CURIE" in curie_problem(curie)


def _fits(prefix: str, space: str) -> bool:
    """Whether an IRI is another way to write that of a prefix that we know."""
    probe = canonical(f"{space}0000001", ENTITY)
    return probe.partition(":")[0] == prefix or _bare(space) == _bare(space_of(prefix))


def _bare(iri: str) -> str:
    return re.sub(r"\Ahttps?://(www\.)?", "", iri)
