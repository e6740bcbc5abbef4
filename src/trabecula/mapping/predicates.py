"""What the predicates of a file of others mean here: a table that can be seen and extended.

What they mean wherever they stand is in `elsewhere`. In a file that speaks a vocabulary, the rows
of that come first; and a file of the user's (`--predicate-map`), which has the same columns, wins.
All others are kept under their own name, without a sign, and listed. They carry no influence
either, for nobody knows that they do.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from types import MappingProxyType
from typing import Final

from trabecula.characters import tidied
from trabecula.elsewhere import (
    Meaning,
    bundled,
    by_name,
    meaning_of,
    predicate,
    rows,
    rows_of,
    settled_name,
    slot,
    spaced,
    spoken,
    worded,
)  # fmt: skip
from trabecula.errors import FormatError
from trabecula.files import read_lines
from trabecula.mapping.bel import DENIALS

__all__ = ["Meaning", "Meanings", "predicate", "rows", "worded"]

#: Predicates that say that something is not so, and what they deny: those of PrimeKG.
_ABSENT: Final = MappingProxyType(
    {
        "disease_phenotype_negative": "disease_phenotype_positive",
        "anatomy_protein_absent": "anatomy_protein_present",
        "phenotype absent": "phenotype present",
        "expression absent": "expression present",
    }
)
#: What stands before a predicate to deny it: `NOT activates`, `NEG_AFFECTS`, `no effect`.
_NOT: Final = re.compile(
    r"(?P<be>is |are |was |were )?(?:not|neg|(?:does|do|did) not|doesn't|(?:(?:has|have) )?no) "
)
#: What stands so before words of its own and leaves no doubt, as SemMedDB and GO write it.
_LOUD: Final = re.compile(r"(?P<mark>NOT(?=[ _|])|NEG_)[ _|]*(?P<rest>.+)")


class Meanings:
    """The predicates of one file, by the vocabulary it speaks; see the table above."""

    def __init__(self, vocabulary: str, extra: Path | None = None) -> None:
        self.vocabulary = vocabulary
        self._extra = {} if extra is None else by_name(_of_file(extra))
        self._meanings: dict[str, Meaning] = {}
        self._denied: dict[str, str] = {}

    def meaning(self, name: str) -> Meaning:
        """What a predicate of the file means."""
        meaning = self._meanings.get(name)
        if meaning is None:
            words = " ".join(tidied(name).split())  # a blank of another kind changes no meaning
            meaning = self._meanings[name] = self._meaning(words)
        return meaning

    def denied(self, name: str) -> str:
        """The predicate that this one denies, where the table has one for the rest of the words.

        What stands behind `NEG_` is denied though no table has it.

        Nothing for a predicate that denies none, or that the table itself has.
        """
        affirmed = self._denied.get(name)
        if affirmed is None:
            affirmed = self._denied[name] = self._affirmed(" ".join(tidied(name).split()))
        return affirmed

    def _affirmed(self, name: str) -> str:
        vocabulary, word = spoken(name)
        relation = DENIALS.get(word if vocabulary == "bel" else name)
        relation = relation or _ABSENT.get(name.casefold())
        if relation is not None:
            return relation
        words = re.sub(r"[ |]+", " ", spaced(name).casefold()).strip()
        mark = _NOT.match(words)
        if mark is None or self.meaning(name).is_mapped:
            return ""
        loud = _LOUD.fullmatch(name)
        if loud and (loud["mark"] == "NEG_" or self.meaning(loud["rest"]).is_mapped):
            return loud["rest"]  # as it is affirmed elsewhere in the file
        rest = words[mark.end() :]
        first, _, others = rest.partition(" ")
        forms = (f"{first}s {others}".strip(), rest, f"{mark['be'] or ''}{rest}")
        ways = (way for form in forms for way in (form, form.replace(" ", "_")))
        return next((way for way in ways if self.meaning(way).is_mapped), "")

    def _meaning(self, name: str) -> Meaning:
        key = name.casefold()
        if self.vocabulary == "biolink" and ("*", key) not in self._extra:
            whole = bundled().get(("*", slot(key)))
            if whole is not None and (self.vocabulary, key) not in self._extra:
                return whole  # Biolink's own, whose prefix the file leaves out
        for table in (self._extra, bundled()):
            for place in ((self.vocabulary, key), ("*", key), spoken(key)):
                row = table.get(place)
                if row is not None:
                    return row
        return self._extra.get(("*", settled_name(name).casefold())) or meaning_of(name)


def _of_file(path: Path) -> Iterable[tuple[str, Meaning]]:
    lines, problems = read_lines(path)
    if problems:
        raise FormatError(problems)
    return rows_of(lines, str(path))
