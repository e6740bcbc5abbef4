"""What the nodes of a file hold, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from types import MappingProxyType
from typing import Final

from trabecula.addresses import Addresses
from trabecula.errors import Problem, Problems
from trabecula.formats.rdf.content import Content
from trabecula.formats.rdf.rows import Literal, Object, term
from trabecula.leftover import Leftovers
from trabecula.prefixes import ENTITY, ONTOLOGY, SOURCE
from trabecula.settled import settled
from trabecula.vocabulary import Vocabulary

_BASES: Final = (ENTITY, ONTOLOGY, SOURCE)
_TRUTHS: Final = {"true": True, "1": True, "false": False, "0": False}
#: What is said of a node of which nothing is said.
NOTHING: Final[Mapping[str, dict[Object, None]]] = MappingProxyType({})


@dataclass
class Nodes:
    """The content of a file, the problems found in it, and what of it is left out.

    `words` are those of the graph, `own` the IRIs that stand in the file for those used within.
    What is wrong is kept in `problems`, and what is asked for is given as if it were right.
    """

    where: str
    content: Content
    left: Leftovers
    words: Vocabulary
    own: Addresses
    problems: Problems = field(default_factory=Problems)
    told: set[Problem] = field(default_factory=set)
    #: The ids that IRIs stand for, by what ids without a prefix are under.
    ids: dict[str, dict[Object, str]] = field(default_factory=lambda: {b: {} for b in _BASES})

    def wrong(self, code: str, node: str, what: str, fix: str) -> None:
        """Keep a problem of a node: its code, what is wrong, and how to mend it."""
        problem = Problem(code, self.where, f"{self.shown(node)} {what}", fix)
        if problem not in self.told:  # a node may be asked several times
            self.problems.append(problem)
            self.told.update(self.problems.kept[len(self.told) :])

    def all(self, node: str, name: str) -> list[Object]:
        """The values of a property, in the order of the file."""
        return [*self.content.nodes.get(node, NOTHING).get(term(name), ())]

    def only_value(self, node: str, name: str, *, required: bool) -> Object | None:
        """The only value of a property."""
        values = self.content.nodes.get(node, NOTHING).get(term(name), ())
        if len(values) == 1:  # as it is of most
            (value,) = values
            return value
        if values:
            self.several(node, name, len(values))
        elif required:
            self.missing(node, name)
        return next(iter(values), None)

    def several(self, node: str, name: str, count: int) -> None:
        """Report that a property has several values where one is due."""
        self.wrong("several-values", node, f"has {count} × {name}", "keep one of them")

    def missing(self, node: str, name: str) -> None:
        """Report that a node has no value of a property."""
        self.wrong("missing-property", node, f"has no {name}", f"give it one {name}")

    def literals(self, node: str, name: str) -> list[Literal]:
        """The values of a property that must be literals."""
        literals = []
        for value in self.all(node, name):
            if isinstance(value, Literal):
                literals.append(value)
            else:
                self.wrong("bad-property", node, f"has <{value}> as {name}", "make it a literal")
        return literals

    def texts(self, node: str, name: str) -> list[str]:
        """The texts of a property, each once."""
        values = self.content.nodes.get(node, NOTHING).get(term(name), ())
        if len(values) == 1:  # as it is of most
            (value,) = values
            if isinstance(value, Literal):
                return [value.text]
        return list(dict.fromkeys(value.text for value in self.literals(node, name)))

    def wording(self, node: str, name: str) -> tuple[str, list[Literal]]:
        """A text, and what the file calls it besides, in other languages.

        The text is the one without a language, else in English, else in the first language.
        """
        values = self.literals(node, name)
        if len(values) == 1:  # as of most
            return values[0].text, []
        values.sort(key=language_order)
        best = {v.text for v in values if language_order(v) == language_order(values[0])}
        if len(best) > 1:
            self.several(node, name, len(best))
        text = values[0].text if values else ""
        return text, [value for value in values if value.text != text]

    def text(self, node: str, name: str) -> str:
        """A text in one language; what it is in others is left out."""
        values = self.content.nodes.get(node, NOTHING).get(term(name))
        return self._text(node, name, values) if values else ""

    def _text(self, node: str, name: str, values: Mapping[Object, None]) -> str:
        if len(values) == 1:  # as of most
            (value,) = values
            if isinstance(value, Literal):
                return value.text
        text, others = self.wording(node, name)
        for value in others:
            self.left.add("translation", f"{name}@{value.language}", self.shown(node))
        return text

    def truth(self, node: str, name: str) -> bool | None:
        """True or false; None where the file does not say."""
        values = self.texts(node, name)
        if len(values) == 1 and values[0] in _TRUTHS:  # as it is of most
            return _TRUTHS[values[0]]
        for text in values:
            if text not in _TRUTHS:
                self.wrong("bad-property", node, f"has {text!r} as {name}", "say true or false")
        truths = {_TRUTHS.get(text, False) for text in values}
        if len(truths) > 1:
            self.several(node, name, len(truths))
        return any(truths) if truths else None

    def link(self, node: str, name: str, base: str, *, required: bool) -> str:
        """The identifier of the node that a property leads to."""
        value = self.only_value(node, name, required=required)
        return "" if value is None else self.linked(node, name, value, base)

    def linked(self, node: str, name: str, value: Object, base: str) -> str:
        """The identifier that a value of a property stands for."""
        identifier = self.ids[base].get(value)
        if identifier is not None:
            return identifier
        if isinstance(value, Literal):
            self.wrong("bad-property", node, f"has {value.text!r} as {name}", "make it an IRI")
            return ""
        return self.identifier(value, base)

    def identifier(self, node: str, base: str) -> str:
        """The id that an IRI stands for."""
        identifier = settled(node, base)
        if node.startswith(("http://", "https://")):
            self.ids[base][node] = identifier
        else:
            what, fix = "is no web address", "give it an IRI that begins with https://"
            self.wrong("bad-iri", node, what, fix)
        return identifier

    def short(self, iri: str) -> str:
        """An IRI as the file, or else we, would write it for people."""
        iri = self.own.outward(iri)
        for index in range(len(iri) - 1, 0, -1):
            name = self.prefixes.get(iri[:index]) if iri[index - 1] in "#/:_=" else None
            if name is not None:
                return f"{name}:{iri[index:]}"
        curie = settled(iri, "")
        return f"<{iri}>" if curie == iri else curie

    @cached_property
    def prefixes(self) -> dict[str, str]:
        """The prefixes of the file by their namespaces."""
        return {space: name for name, space in self.content.prefixes.items()}

    def shown(self, node: str) -> str:
        """A node as problems call it."""
        return node if node.startswith("_:") else f"<{self.own.outward(node)}>"


def language_order(value: Literal) -> tuple[int, str]:
    """No language first, then English, then by name."""
    language = value.language.lower()
    rank = 0 if not language else 1 if language.partition("-")[0] == "en" else 2
    return rank, language
