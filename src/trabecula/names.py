"""The names by which entities are found: ids, names, synonyms and exact identifiers elsewhere."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from trabecula import phrases
from trabecula.counted import counted
from trabecula.errors import NotFound, require_text
from trabecula.misspelt import begun, near
from trabecula.model import Entity
from trabecula.pasted import pasted
from trabecula.spelling import spelling

#: The longest text that is looked up in other words, in letters.
_LONGEST: Final = 120


@dataclass(frozen=True, eq=False)  # what is worked out is kept in its dictionary
class Names:
    """The names of entities, and of each the number; `names_of` makes them from records."""

    ids: Sequence[str]  # by number: sorted, with those of entities that are only mentioned
    entities: Mapping[str, Entity]  # those that are described, by id

    @cached_property
    def _ranked(self) -> Mapping[str, tuple[tuple[int, ...], ...]]:
        """Case-folded name -> numbers, by rank: id, name, synonym, exact identifier."""
        ranked: dict[str, tuple[list[int], ...]] = {}
        for number, key in enumerate(self.ids):
            entity = self.entities.get(key)
            if entity is None:
                continue
            ways = (
                (entity.id,),
                (entity.name,),
                entity.synonyms,
                tuple(xref.curie for xref in entity.xrefs if xref.match == "exact"),
            )
            for rank, texts in enumerate(ways):
                for text in texts:
                    numbers = ranked.setdefault(text.casefold(), ([], [], [], []))[rank]
                    if number not in numbers:
                        numbers.append(number)
        return {name: tuple(map(tuple, numbers)) for name, numbers in ranked.items()}

    def find(self, text: str) -> int | None:
        """The number of the entity that `text` names, ignoring case; None where there is none.

        An id in its own spelling wins over one in another case, an id over a name, a name over a
        synonym and a synonym over an exact identifier elsewhere. A plural that nothing goes by is
        its singular. A CURIE may be an IRI as well, or spelt in other ways; see `pasted`. What
        nothing is called may be a name with other blanks, hyphens or accents, or in the English of
        elsewhere; see `spelling`. Or it is another way to say a name; see `otherwise`. Raises
        `NotFound` when the text names several entities equally well, with their ids.
        """
        require_text(text, "the name of an entity")
        if text in self.entities:
            return bisect_left(self.ids, text)
        number = self._called(text)
        if number is None and len(text) <= _LONGEST:
            number = self._spelt(text)
        if number is None and (meant := self.otherwise(text)):
            return meant[0]
        return number

    def _spelt(self, text: str) -> int | None:
        """The number of the one entity with a name of the same letters and digits."""
        for way in ways(text):
            numbers = self._having(way)
            if len(numbers) == 1:
                return next(iter(numbers))
        return None

    def _having(self, letters: str) -> Collection[int]:
        """The numbers of those whose names or synonyms have just these letters and digits."""
        return self._letters.get(letters, ())

    @cached_property
    def _letters(self) -> Mapping[str, set[int]]:
        """Letters and digits alone -> numbers of those whose names and synonyms have them."""
        numbers: dict[str, set[int]] = {}
        for name, (_ids, *named, _elsewhere) in self._ranked.items():
            for way in ways(name) if any(named) else ():
                numbers.setdefault(way, set()).update(*named)
        return numbers

    def otherwise(self, text: str) -> tuple[int, str] | None:
        """The number of the one entity that a text means in other words, and its name in those.

        `low Mg` means *magnesium deficiency*; see `phrases`. None where nothing, or more than one
        thing, is meant.
        """
        if len(text) > _LONGEST:
            return None
        return phrases.otherwise(text, self._only, self._names)

    def _only(self, text: str) -> int | None:
        try:
            return self._called(text)
        except NotFound:  # it names several
            return None

    def _names(self, number: int) -> tuple[str, ...]:
        entity = self.entities[self.ids[number]]
        return (entity.name, *entity.synonyms)

    def _called(self, text: str) -> int | None:
        ranks = (self._ranked.get(spelling) for spelling in spellings(text) if spelling)
        for spelt in next(filter(None, ranks), ()):
            numbers = (len(spelt) > 1 and self._written(text.strip(), spelt)) or spelt
            if len(numbers) > 1:
                ids = tuple(self.ids[number] for number in numbers)
                many = counted(len(ids), "entity", "entities")
                raise NotFound(f"{text!r} names {many}; use an id", ids)
            if numbers:
                return numbers[0]
        return None

    def _written(self, text: str, numbers: Iterable[int]) -> tuple[int, ...]:
        """Those of these entities that are written just so: `PPi` is not `PPI`."""
        return tuple(
            number
            for number in numbers
            if text
            in (self.entities[self.ids[number]].name, *self.entities[self.ids[number]].synonyms)
        )

    def get(self, text: str) -> int:
        """Like `find`, but raises `NotFound` with the nearest names when there is none."""
        number = self.find(text)
        if number is None:
            raise NotFound(f"no entity is called {text!r}", self._suggestions(text))
        return number

    def id_of(self, text: str) -> str:
        """The id of the entity that `text` names; raises `NotFound` as `get` does."""
        return self.ids[self.get(text)]

    def _suggestions(self, text: str) -> tuple[str, ...]:
        curie = pasted(text)
        # An identifier that only comes near is no name, and yet tells who may be meant.
        ids = {
            entity.id: None
            for entity in (self._mentioning(curie) if curie else ())
            if any(xref.curie == curie for xref in entity.xrefs)
        }
        # Nobody who types VT means an identifier with that prefix.
        names = [name for name in self._like(text) if curie or ":" not in name]
        for like in near(text, names, count=5) or begun(text, names, count=5):
            for numbers in self._ranked[like]:
                ids |= {self.ids[number]: None for number in numbers}
        return tuple(ids)[:3]

    def _mentioning(self, _curie: str) -> Iterable[Entity]:
        """The entities that may have an identifier among those they have elsewhere."""
        return self.entities.values()

    def _like(self, _text: str) -> Iterable[str]:
        """The names, case-folded, among which a misspelt one is looked for."""
        return self._ranked

    def label(self, identifier: str) -> str:
        """The name of an entity, or the identifier itself where nothing describes it."""
        entity = self.entities.get(identifier)
        return entity.name if entity else identifier


def names_of(entities: Iterable[Entity], others: Iterable[str] = ()) -> Names:
    """The names of entities; `others` are ids of which there is no more than a mention.

    >>> names = names_of([Entity(id="atp", name="ATP", category="chemical")])
    >>> names.get("ATP"), names.find("GTP")
    (0, None)
    """
    by_id = {entity.id: entity for entity in entities}
    return Names(tuple(sorted({*by_id, *others})), by_id)


def ways(text: str) -> tuple[str, ...]:
    """The letters and digits of a text in each way in which people write it, without repeats."""
    spelt = spelling(text)
    return () if spelt is None else tuple(dict.fromkeys((
        spelt.plain.letters, spelt.american.letters, spelt.short.letters
    )))  # fmt: skip


def spellings(text: str) -> tuple[str, ...]:
    """What a text is looked up as, without case: itself, as a CURIE, as the singular.

    >>> spellings("CHEBI_18420"), spellings("Osteoblasts")
    (('chebi_18420', 'chebi:18420', 'chebi_18420'), ('osteoblasts', '', 'osteoblast'))
    """
    folded = text.strip().casefold()
    return folded, pasted(text).casefold(), _singular(folded)


def _singular(text: str) -> str:
    """A plural in lower case as the singular that it most often is.

    >>> _singular("osteoblasts"), _singular("kidneys"), _singular("biopsies"), _singular("stress")
    ('osteoblast', 'kidney', 'biopsy', 'stress')
    """
    if text.endswith("ies") and len(text) > 4:
        return f"{text[:-3]}y"
    plural = text.endswith("s") and not text.endswith(("ss", "us", "is"))
    return text[:-1] if plural else text
