"""Values of parsed JSON, in the one form they have in a graph, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from trabecula import characters
from trabecula.canonical import canonical
from trabecula.errors import Problem, Problems
from trabecula.leftover import Leftovers
from trabecula.mapping.joined import TEXTS
from trabecula.model import Context, Effect, Review
from trabecula.prefixes import ENTITY, ONTOLOGY, SOURCE
from trabecula.regular import source_id
from trabecula.settled import settled

Json: TypeAlias = dict[str, Any]

#: The texts of a source.
SOURCE_TEXTS = (
    "title", "kind", "study_type", "year", "journal", "organism", "group", "url", "reference",
    "note", "standing", "standing_date", "volume", "issue", "pages",
)  # fmt: skip
#: What the values of each kind of object are called; the others are left out, counted and named.
#: Key, sign, status and numbers of an edge are computed anew.
KNOWN = {
    "document": {"directed", "multigraph", "graph", "nodes", "edges", "sources"},
    "graph": {"name", "about"},
    "node": {"id", "name", "category", "synonyms", "description", "taxon", "xrefs"},
    "cross-reference": {"match", "curie", "label"},
    "source": {"id", "abstract_read", "authors", "xrefs", *SOURCE_TEXTS},
    "edge": {
        "source", "target", "predicate", "negated", "qualifiers", "topic", "reviews", "evidence",
        "publications", "key", "sign", "status", "supporting", "disputing",
    },
    "evidence": {*TEXTS, "context", "effect"},
    "effect": {*Effect.__slots__},
    "review": {*Review.__slots__},
}  # fmt: skip
#: Texts that others write as numbers.
_NUMBERS = frozenset(("id", "source", "target", "year", "reference", "volume", "issue", "pages"))
#: So many texts and rows are remembered: those that come again come soon.
MEMORY = 1 << 15


@dataclass
class Values:
    """Takes values out of parsed JSON and collects what is wrong with them, and what is left."""

    where: str
    left: Leftovers
    problems: Problems = field(default_factory=Problems)
    #: Where the first record with an id stands, by list and id.
    taken: dict[tuple[str, str], str] = field(default_factory=dict)
    #: What identifiers are in the form of every format, by base and by how they are written.
    identifiers: dict[str, dict[str, str]] = field(
        default_factory=lambda: {ENTITY: {}, ONTOLOGY: {}, SOURCE: {}}
    )
    #: Each text of plain characters once, so that equal ones are one in memory too.
    plain: dict[str, str] = field(default_factory=lambda: {"": ""})

    def wrong(self, place: str, what: str, fix: str, code: str = "json-shape") -> None:
        """Report a problem at a place of the file."""
        self.problems.append(Problem(code, self.where, f"{place} {what}", fix))

    def rest(self, kind: str, place: str, values: Json) -> None:
        """Note the values that nothing here takes."""
        if values.keys() <= KNOWN[kind]:
            return
        for name in values:
            if name not in KNOWN[kind]:
                self.left.add(f"{kind} attribute", name, place)

    def objects(self, values: Json, name: str, place: str = "") -> Iterator[tuple[str, Json]]:
        """The objects in a list, each with its place in the file."""
        for number, value in enumerate(self.several(place or "the file", values, name)):
            at = f"{place}{'.' if place else ''}{name}[{number}]"
            if isinstance(value, dict):
                yield at, value
            else:
                self.wrong(at, "is no object", "write {…}")

    def several(self, place: str, values: Json, name: str) -> list[Any]:
        """A list; nothing where there is none."""
        value = values.get(name, [])
        if isinstance(value, list):
            return value
        self.wrong(place, f"has {name} that are no list", "write […]")
        return []

    def kept(self, value: str) -> str | None:
        """The text, if it is of plain characters; the same object for equal ones."""
        text = self.plain.get(value)
        if text is None and characters.plain(value):
            text = value
            if len(self.plain) < MEMORY:
                self.plain[value] = value
        return text

    def texts(self, place: str, values: Json, name: str) -> tuple[str, ...]:
        """A list of texts."""
        if name not in values:
            return ()
        listed = self.several(place, values, name)
        if not all(isinstance(value, str) for value in listed):
            self.wrong(place, f"has {name} that are no texts", 'write ["…"]')
            return ()
        return tuple(self.tidy(place, value, name) for value in listed)

    def text(self, place: str, values: Json, name: str, *, required: bool = False) -> str:
        """A text; an empty one where there is none."""
        value = values.get(name, "")
        if type(value) is str and (value or not required):
            kept = self.kept(value)
            if kept is not None:
                return kept  # as most are
        if required and name not in values:
            self.wrong(place, f"has no {name}", f'write "{name}": "…"')
        if name in _NUMBERS:
            value = self.spelt(place, value, name)
        if not isinstance(value, str):
            self.wrong(place, f"has the {name} {value!r:.40}", "make it a text")
            return ""
        return self.tidy(place, value, name)

    def tidy(self, place: str, value: str, name: str) -> str:
        """A text with plain blanks, if it holds printing characters."""
        if characters.plain(value):
            return value
        for what in characters.untidy(value):
            self.left.mend(what, f"{place} ({name})")
        value = characters.tidied(value)
        if character := characters.forbidden(value):
            fix = "remove it; texts hold printing characters and plain blanks"
            self.wrong(place, f"has {character} in {name}", fix, "control-character")
            return ""
        return value

    def spelt(self, place: str, value: Any, name: str) -> Any:
        """A whole number as a text; 2015 and 2015.0 are years."""
        if isinstance(value, float) and value.is_integer():
            self.left.mend(f"decimals left out of {name}", place)
            value = int(value)
        return str(value) if isinstance(value, int) and not isinstance(value, bool) else value

    def truth(self, place: str, values: Json, name: str) -> bool:
        """True or false; false where it is not said."""
        value = values.get(name, False)
        if not isinstance(value, bool):
            self.wrong(place, f"has the {name} {value!r:.40}", "write true or false")
        return value is True

    def one_of(self, place: str, values: Json, name: str, allowed: tuple[str, ...]) -> str:
        """A text from a closed list."""
        value = self.text(place, values, name, required=True)
        if name in values and value not in allowed:
            self.wrong(place, f"has the {name} {value!r:.40}", f"use one of {', '.join(allowed)}")
        return value

    def identifier(self, place: str, values: Json, name: str, base: str = ENTITY) -> str:
        """An identifier in the one form that it has in every format; see `settled`."""
        plain, identifiers = values.get(name), self.identifiers[base]
        if type(plain) is str:  # the same ones come again and again
            if identifier := identifiers.get(plain):
                return identifier
            if plain and " " not in plain and characters.plain(plain):
                identifier = self.settled(place, plain, name, base)
                if identifier:
                    identifiers[plain] = identifier
                return identifier
        before = len(self.problems)
        value = self.text(place, values, name, required=True)
        if len(self.problems) > before:
            return value
        if value != value.strip():
            self.left.mend("blanks around a value left out", f"{place} ({name})")
            value = value.strip()
        if value.split() != [value]:
            self.wrong(place, f"has the {name} {value!r:.40}", "use a slug or a CURIE")
            return value
        return self.settled(place, value, name, base)

    def settled(self, place: str, value: str, name: str, base: str) -> str:
        """The one form of an identifier; an address may stand for characters that none may have."""
        identifier = settled(value, base)
        if character := characters.forbidden(identifier):
            fix = "remove it; texts hold printing characters and plain blanks"
            self.wrong(place, f"has {character} in {name}", fix, "control-character")
            return ""
        return identifier

    def own(self, place: str, values: Json, base: str = ENTITY) -> str:
        """The id of a record, which no other in the list may have: one of them would be lost."""
        value = self.identifier(place, values, "id", base)
        kind = place.partition("[")[0]
        identifier = source_id(value) if kind == "sources" else canonical(value, ENTITY)
        first = self.taken.setdefault((kind, identifier), place)
        if value and first != place:
            self.wrong(place, f"has the id {value!r:.40}, as {first} has", "merge the two")
        return value

    def context(self, place: str, values: Json, name: str) -> Context:
        """The pairs of an object; several values of a key are several pairs."""
        mapping = values.get(name, {})
        if mapping == {}:  # as most are
            return ()
        pairs: list[tuple[str, str]] = []
        for key, value in mapping.items() if isinstance(mapping, dict) else [(name, None)]:
            for each in value if isinstance(value, list) else [value]:
                if isinstance(each, str) and key.strip():
                    pairs.append((self.tidy(place, key, name), self.tidy(place, each, name)))
                elif isinstance(each, str):
                    self.wrong(place, f"has {name} without a key", 'write {"key": "value"}')
                else:
                    self.wrong(place, f"has {name} that are no texts", 'write {"key": "value"}')
        return tuple(sorted(pairs))
