"""What is said of a subject as text: lines of N-Triples, or a block of Turtle.

Rows of the same properties, each with as many values, have one shape. What is written for them
differs in nothing but the values: a template, which follows from the first such row, is filled with
these. What the triples are `model` alone says, and the bytes are those that pyoxigraph writes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain
from operator import getitem, itemgetter
from typing import Final, NamedTuple, TypeAlias

from trabecula.formats.rdf.model import (
    IRI,
    STRING,
    XSD,
    Literal,
    Object,
    Property,
    Row,
    iri,
    pairs_of,
    row_of,
    term,
)
from trabecula.formats.rdf.terms import node, object_of

#: So many terms of a kind, and so many templates, are kept.
MOST_TERMS: Final = 2**17
MOST_TEMPLATES: Final = 2**12


# --- Terms ----------------------------------------------------------------------------------


class Terms:
    """The terms of a file as N-Triples has them, by kind and text; see `Property`.

    `outward` gives the IRI that stands in the file for one that is used within. To look up a term
    raises `FormatError` for what is no IRI.
    """

    def __init__(self, outward: Callable[[str], str] | None = None) -> None:
        self._outward = outward
        self._kinds: dict[str, _OfKind] = {}

    def of(self, kind: str) -> Mapping[str, str]:
        """The terms of a kind by text."""
        if kind not in self._kinds:
            made = self._literals(kind) if kind.startswith(XSD) else self._nodes(kind)
            self._kinds[kind] = _OfKind(made)
        return self._kinds[kind]

    def predicate(self, name: str) -> str:
        """The property with this IRI, used within."""
        return self.of(IRI)[name]

    def _nodes(self, kind: str) -> Callable[[str], str]:
        def made(text: str) -> str:
            name = iri(text, kind) if kind else text
            return self.node(self._outward(name) if self._outward else name)

        return made

    def _literals(self, datatype: str) -> Callable[[str], str]:
        def made(text: str) -> str:
            if datatype == STRING and _ESCAPED.search(text) is None:
                return f'"{text}"'
            return self.literal(Literal(text, datatype))

        return made

    def node(self, name: str) -> str:
        """The node with an IRI that stands in the file."""
        return f"<{name}>" if _PLAIN.fullmatch(name) else str(node(name))

    def literal(self, value: Literal) -> str:
        """A literal that is not a text of characters that stand for themselves."""
        return str(object_of(value))


class _OfKind(dict[str, str]):
    """Terms that are made when they are looked up, and kept up to a number."""

    def __init__(self, make: Callable[[str], str]) -> None:
        super().__init__()
        self._make = make

    def __missing__(self, text: str) -> str:
        if len(self) >= MOST_TERMS:
            self.clear()
        made = self[text] = self._make(text)
        return made


#: Characters that do not stand for themselves in a text.
_ESCAPED: Final = re.compile('["\\\\\x00-\x1f\x7f\ufffe\uffff]')
#: What is surely an IRI; of the rest pyoxigraph knows.
_PLAIN: Final = re.compile(r"https?://[A-Za-z0-9.-]+/[A-Za-z0-9._~/-]*(?:#[A-Za-z0-9._-]*)?")


class PrefixedTerms(Terms):
    """The terms of a file as Turtle has them: an IRI has the prefix of its longest namespace.

    `spaces` are the prefixes that there are, and `used` those that an IRI has, of which alone the
    file is to tell. See `hold`.
    """

    def __init__(
        self, spaces: Mapping[str, str], outward: Callable[[str], str] | None = None
    ) -> None:
        super().__init__(outward)
        self.used: dict[str, str] = {}
        self._spaces = sorted(spaces.items(), key=lambda pair: (-len(pair[1]), pair[0]))
        self._names = {space: name for name, space in reversed(self._spaces)}
        known = "|".join(re.escape(space) for _, space in self._spaces)
        self._begins = re.compile(f"({known})(.+)" if known else "(?!)", re.DOTALL)
        #: Whether what ends before the last word of an IRI is its longest namespace, if it is one.
        self._whole = not any(space[-1:].isalnum() for space in self._names)
        self._asked: dict[Object, str] = {}

    def predicate(self, name: str) -> str:
        """The property with this IRI, used within; `a` for a type."""
        return "a" if super().predicate(name) and name == _TYPE else super().predicate(name)

    def node(self, name: str) -> str:
        """The node with an IRI that stands in the file."""
        found = _WORD.fullmatch(name) if self._whole else None
        if found is None or found[1] not in self._names:
            found = self._begins.fullmatch(name)
        if found is None:
            return self._ask(name) if name in self._names else super().node(name)
        space, local = found.groups()
        prefix = self._names[space]
        self.used[prefix] = space
        if _LOCAL.fullmatch(local) is None:
            return self._ask(name)
        return f"{prefix}:{local}".replace("/", "\\/")

    def literal(self, value: Literal) -> str:
        """A literal that is not a text of characters that stand for themselves."""
        if value.datatype not in _UNSAID:
            self.node(value.datatype)
        return self._ask(value)

    def hold(self, used: Mapping[str, str]) -> bool:
        """Whether the terms are the same in a file that has these prefixes and no others.

        They are but for some of which no prefix of the longest namespace can be written, or which
        are a namespace themselves.
        """
        return self.used.keys() <= used.keys() and all(
            _asked(value, used.items()) == text for value, text in self._asked.items()
        )

    def _ask(self, value: Object) -> str:
        text = self._asked[value] = _asked(value, self._spaces)
        return text


def _asked(value: Object, spaces: Iterable[tuple[str, str]]) -> str:
    """A term as pyoxigraph writes it in Turtle with these prefixes."""
    import pyoxigraph

    name = value.datatype if isinstance(value, Literal) else value
    prefixes = {prefix: space for prefix, space in spaces if name.startswith(space)}
    triple = pyoxigraph.Triple(node(_ASKING), node(_ASKING), object_of(value))
    text = pyoxigraph.serialize([triple], format=pyoxigraph.RdfFormat.TURTLE, prefixes=prefixes)
    return (text or b"").decode("utf-8").partition(f"<{_ASKING}> <{_ASKING}> ")[2][: -len(" .\n")]


_ASKING: Final = "urn:x-asking:term"
_TYPE: Final = term("rdf:type")
#: Datatypes that Turtle leaves unsaid.
_UNSAID: Final = (STRING, XSD + "integer", XSD + "boolean")
#: The last word of an IRI, and what is before it.
_WORD: Final = re.compile(r"(.*[^A-Za-z0-9])([A-Za-z0-9]+)", re.DOTALL)
#: What stands after a prefix with nothing escaped but slashes; of the rest pyoxigraph knows.
_LOCAL: Final = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_./-]*[A-Za-z0-9_-])?")


# --- Templates ------------------------------------------------------------------------------


class _Template(NamedTuple):
    """What rows of one shape become."""

    text: str  # with a hole for each value
    terms: tuple[Mapping[str, str], ...]  # of each value of the row, by its text
    alike: tuple[_Pick, ...]  # the values of one property, where it has several
    order: _Pick | None  # the values as they stand in the text; None where that is as in the row
    runs: tuple[slice, ...]  # values that are sorted where they stand


_Pick: TypeAlias = Callable[[tuple[str, ...]], tuple[str, ...]]
_Shape: TypeAlias = tuple[tuple[Property, ...], tuple[int, ...]]


class _Text:
    """Rows as text, in the syntax that `_arranged` knows."""

    def __init__(self, terms: Terms) -> None:
        self.terms = terms
        self._templates: dict[_Shape, _Template] = {}

    def _filled(self, row: Row, *, once: bool = False) -> str:
        """What a row says, all of it once; of one that says nothing twice that is known."""
        if not row:
            return ""
        properties, values = zip(*row, strict=True)
        shape = (properties, tuple(map(len, values)))
        template = self._templates.get(shape) or self._made(shape)
        texts = tuple(map(getitem, template.terms, chain.from_iterable(values)))
        for pick in () if once else template.alike:
            found = pick(texts)
            if len(set(found)) < len(found):
                return self._filled(row_of(dict.fromkeys(pairs_of(row))), once=True)
        if template.order:
            texts = template.order(texts)
        if template.runs:
            several = list(texts)
            for run in template.runs:
                several[run] = sorted(several[run])
            texts = tuple(several)
        return template.text % texts

    def _made(self, shape: _Shape) -> _Template:
        """The template of a shape."""
        holes = [name for name, count in zip(*shape, strict=True) for _ in range(count)]
        said = [self.terms.predicate(name.iri).replace("%", "%%") for name in holes]
        places: dict[str, list[int]] = {}
        for place, name in enumerate(said):
            places.setdefault(name, []).append(place)
        text, order, runs = self._arranged(said)
        template = _Template(
            text,
            tuple(self.terms.of(name.kind) for name in holes),
            tuple(itemgetter(*found) for found in places.values() if len(found) > 1),
            None if order == sorted(order) else itemgetter(*order),
            runs,
        )
        if len(self._templates) >= MOST_TEMPLATES:
            self._templates.clear()
        self._templates[shape] = template
        return template

    def _arranged(self, said: Sequence[str]) -> tuple[str, list[int], tuple[slice, ...]]:
        """The text for values of these properties, their order there, and the runs to be sorted."""
        raise NotImplementedError


class Lines(_Text):
    """Rows as lines of N-Triples, or of N-Quads, sorted."""

    def of(self, subject: str, row: Row, graph: str = "") -> str:
        """The lines that say of a subject what a row says, in the named graph with this IRI."""
        nodes = self.terms.of(IRI)
        lines = self._filled(row)
        if graph:  # within a literal no line ends
            lines = lines.replace(" .\n", f" {nodes[graph]} .\n")
        start = f"{nodes[subject]} "
        return f"{start}{lines[:-1].replace(_END, _END + start)}\n" if lines else ""

    def _arranged(self, said: Sequence[str]) -> tuple[str, list[int], tuple[slice, ...]]:
        # No IRI goes on where another one ends, so that lines are in order where properties are.
        order = sorted(range(len(said)), key=said.__getitem__)
        ordered = [said[place] for place in order]
        counts = [(ordered.index(name), ordered.count(name)) for name in dict.fromkeys(ordered)]
        runs = tuple(slice(start, start + count) for start, count in counts if count > 1)
        return "".join(f"{name} %s .\n" for name in ordered), order, runs


class Blocks(_Text):
    """Rows as blocks of Turtle, in the order of the row."""

    def of(self, subject: str, row: Row) -> str:
        """The block that says of a subject what a row says; empty where that is nothing."""
        said = self._filled(row)
        return f"{self.terms.of(IRI)[subject]} {said} ." if said else ""

    def _arranged(self, said: Sequence[str]) -> tuple[str, list[int], tuple[slice, ...]]:
        before = ("", *said)
        parts = (
            " , %s" if name == last else f" ;\n    {name} %s"
            for last, name in zip(before, said, strict=False)
        )
        return "".join(parts).removeprefix(" ;\n    "), list(range(len(said))), ()


_END: Final = "\n"
