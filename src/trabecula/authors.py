"""Authors of sources, whose names are written in several ways, and which part is the family name.

| written                                  | family       | given     | suffix |
|------------------------------------------|--------------|-----------|--------|
| `Rude RK`, `Rude R.K.`, `Rude R K`       | Rude         | R. K.     |        |
| `van der Meer W`, `W. van der Meer`      | van der Meer | W.        |        |
| `King ML 3rd`, `King ML, 3rd`            | King         | M. L.     | 3rd    |
| `Rude, Robert K.`, `Robert K. Rude`      | Rude         | Robert K. |        |
| `John Smith`                             | Smith        | John      |        |

Two words are taken for a person, given name first as on a title page, unless one of them is a word
of which bodies make their names. What is no person by these rules is a body, whose name is printed
as it is: that is never wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final


@dataclass(frozen=True, slots=True)
class Author:
    """A person; or a body, of which `family` is the name; or, without any name, further authors."""

    family: str
    given: str = ""
    suffix: str = ""
    body: bool = False


#: What stands for authors who are not named, in lower case and without full stops.
_OTHERS: Final = frozenset(("et al", "et alii", "others", "and others", "…"))
#: Characters of a text that may name several persons; what is longer is printed as it is.
_LONGEST: Final = 2_000
_MORE: Final = re.compile(r"(?<=\w)[.,;]*\s+(?:and\s+)?(?:et al\.?|others)$", re.IGNORECASE)
_SUFFIX: Final = re.compile(r"(?:jr|sr|[2-9](?:nd|rd|th)|ii|iii|iv)\.?", re.IGNORECASE)
_PARTICLES: Final = frozenset(
    ("af", "al", "av", "bin", "da", "de", "del", "della", "den", "der", "di", "do", "dos", "du",
     "el", "ibn", "la", "le", "ten", "ter", "van", "von", "zu", "zum", "zur")
)  # fmt: skip
#: Words of which bodies make their names.
_OF_BODIES: Final = frozenset(
    ("academy", "agencia", "agency", "alliance", "and", "association", "authority", "authors",
     "bank", "board", "bureau", "center", "centers", "centre", "centres", "centro", "clinic",
     "collaboration", "collaborative", "collaborators", "college", "commission", "committee",
     "company", "conference", "consortium", "contributors", "corporation", "council", "department",
     "division", "editors", "faculty", "federation", "food", "for", "force", "forum", "foundation",
     "general", "gesellschaft", "government", "group", "groups", "health", "hospital",
     "initiative", "institut", "institute", "institutes", "institution", "instituto",
     "international", "investigators", "laboratories", "laboratory", "league", "library", "manual",
     "medicine", "members", "ministerio", "ministry", "national", "network", "nhs", "nutrition",
     "of", "office", "ontology", "organisation", "organization", "panel", "partnership",
     "pharmacy", "portfolio", "press", "program", "programme", "project", "register", "registry",
     "research", "science", "sciences", "service", "services", "sociedad", "societies", "society",
     "société", "standards", "study", "survey", "task", "team", "the", "trial", "trialists",
     "trust", "union", "unit", "united", "universidad", "university", "université", "working",
     "world")
)  # fmt: skip


def authors(texts: Iterable[str]) -> list[Author]:
    """The authors that these texts name, some in one text; those who are not named come last.

    >>> [writer.family for writer in authors(["Rude RK and Gruber HE", "et al"])]
    ['Rude', 'Gruber', '']
    """
    every = [
        writer for text in texts if text.strip() for writer in _several(" ".join(text.split()))
    ]
    named = [writer for writer in every if writer.family]
    return named if len(named) == len(every) else [*named, Author("")]


def _several(text: str) -> list[Author]:
    """The authors in one text; several only where each is written as a person is."""
    if len(text) > _LONGEST:
        return [Author(text, body=True)]
    more = _MORE.search(text)
    if more:
        return [*_several(text[: more.start()]), Author("")]
    for separator in (r" and |\s*;\s*(?:and )?", r"\s*,\s*(?:and )?"):
        parts = [part for part in re.split(separator, text) if part]
        every = [author(part) for part in parts]
        alone = any(
            all(map(_are_initials, part.split(" "))) for part in parts
        )  # as in Santa Ana, C A
        if len(every) > 1 and not alone and all(writer.given for writer in every):
            return every
    return [author(text)]


def author(text: str) -> Author:
    """The one author that a text names.

    >>> author("van der Meer W")
    Author(family='van der Meer', given='W.', suffix='', body=False)
    >>> author("World Health Organization")
    Author(family='World Health Organization', given='', suffix='', body=True)
    """
    name = " ".join(text.split())
    if name.replace(".", "").casefold() in _OTHERS:
        return Author("")
    if name.startswith("{") and name.endswith("}"):  # as BibTeX marks a body
        return Author(name[1:-1], body=True)
    person = _with_commas(name.split(", ")) if ", " in name else _person(name.split(" "))
    return person or Author(name, body=True)


def _with_commas(parts: list[str]) -> Author | None:
    """`Rude, Robert K.`; `King ML, Jr`; `King, Jr, Martin`, in the order of BibTeX or otherwise."""
    suffixes = [part for part in parts[1:] if _SUFFIX.fullmatch(part)]
    rest = [part for part in parts if part not in suffixes]
    if len(suffixes) > 1 or _names_a_body(" ".join(rest).split()):
        return None
    suffix = "".join(suffixes)
    if len(rest) == 1 and suffix:
        person = _person(rest[0].split(" "))
        return replace(person, suffix=suffix) if person else None
    if len(rest) != 2:
        return None
    family, given = (part.split(" ") for part in rest)
    if len(family) > 4 or len(given) > 4 or not all(word[0].isupper() for word in given):
        return None
    return Author(" ".join(family), _dotted(given), suffix)


def _person(words: list[str]) -> Author | None:
    """The person of these words; None where they name no person that the rules know."""
    suffix = ""
    if len(words) > 1 and _SUFFIX.fullmatch(words[-1]):
        *words, suffix = words
    person = _family_first(words) or _given_first(words, sure=bool(suffix))
    return replace(person, suffix=suffix or person.suffix) if person else None


def _family_first(words: Sequence[str]) -> Author | None:
    """`Rude RK`, `van der Meer W`, `Rude R K`, `King Jr ML`."""
    first = len(words)
    while first > 1 and _are_initials(words[first - 1]):
        first -= 1
        if len(_letters(words[first])) > 1:
            break
    family, initials = list(words[:first]), words[first:]
    if not initials or len(family) > 4:
        return None
    suffix = family.pop() if len(family) > 1 and _SUFFIX.fullmatch(family[-1]) else ""
    letters = _letters("".join(initials))
    both_short = family[-1].isupper() and min(len(family[-1]), len(letters)) > 2
    if both_short or (len(family) > 1 and _names_a_body(family)):
        return None
    return Author(" ".join(family), _dotted(initials), suffix)


def _given_first(words: Sequence[str], *, sure: bool) -> Author | None:
    """`R. K. Rude`, `Robert K. Rude`, `Jan van der Meer`, `John Smith`, `Kim`."""
    shouted = words[-1].isupper() and len(words[-1]) > 1
    if shouted or _names_a_body(words) or not all(map(_is_a_name, words)) or len(words) > 6:
        return None
    if len(words) == 1:
        return None if "." in words[0] else Author(words[0])
    initials = [place for place, word in enumerate(words[:-1]) if _are_initials(word)]
    particles = [place for place, word in enumerate(words[1:-1], 1) if word in _PARTICLES]
    if particles:
        split = particles[0]
    elif initials:
        split = initials[-1] + 1
    elif len(words) == 2 or sure:
        split = len(words) - 1
    else:
        return None
    return Author(" ".join(words[split:]), _dotted(words[:split]))


def _names_a_body(words: Iterable[str]) -> bool:
    return any(word.strip(",.:()").casefold() in _OF_BODIES for word in words)


def _is_a_name(word: str) -> bool:
    """Whether a word can be part of the name of a person: letters, and capitals or a particle."""
    letters = re.sub(r"[.'’ʼ‐‑-]", "", word)
    begins = word[0].isupper() or word in _PARTICLES or not word[0].isascii()
    return letters.isalpha() and begins


def _are_initials(word: str) -> bool:
    """Whether a word is one to four initials: `R`, `RK`, `R.K.`, `J.-P.`, `YuA`."""
    letters = _letters(word)
    if not letters.isalpha() or not letters[0].isupper() or len(letters) > 5:
        return False
    capitals = sum(letter.isupper() for letter in letters)
    if capitals == len(letters):
        return len(letters) < 5
    return capitals > 1 and re.fullmatch(r"(?:[^\W\d_a-z][a-z]?){2,3}", letters) is not None


def _letters(word: str) -> str:
    return re.sub(r"[.‐‑-]", "", word)


def _dotted(words: Iterable[str]) -> str:
    """Given names with their initials apart: `RK` is `R. K.`, `J-P` is `J.-P.`"""
    return " ".join(_apart(word) if _are_initials(word) else word for word in words)


def _apart(initials: str) -> str:
    marks = re.findall(r"([^\W\d_][a-z]?)\.?([‐‑-]?)", initials)
    return "".join(f"{letter}.{'-' if hyphen else ' '}" for letter, hyphen in marks).strip()
