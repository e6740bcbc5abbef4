"""What is said of a subject as text: lines of N-Triples, or a block of Turtle.

Rows of the same properties have one shape, and rows of a kind have values in common, too. What is
written for them differs in nothing but the other values: these are filled into a template, column
by column for the rows that are written together. What the triples are `model` alone says, and the
bytes are those that pyoxigraph writes.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import count, repeat
from typing import Final, NamedTuple, TypeAlias

from trabecula.formats.rdf.rows import (
    IRI,
    STRING,
    XSD,
    Filled,
    Kind,
    Literal,
    Object,
    Property,
    Row,
    iri,
    term,
)
from trabecula.formats.rdf.terms import node, object_of

#: So many terms of a kind, and templates, are kept.
MOST_TERMS: Final = 2**17
MOST_TEMPLATES: Final = 2**13
#: Fewer rows of a shape are quicker without a template.
FEW: Final = 3
#: How a triple ends.
END: Final = " .\n"


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

    def column(self, kind: str, texts: Sequence[str]) -> list[str]:
        """The terms of many texts of a kind.

        Most literals and most nodes of our own stand in few places: they are made together, which
        is quicker than one by one, and are not kept.
        """
        if kind == IRI and self._outward is None:
            made = self._plain(texts)
            if made is not None:
                return made
        if kind == STRING and _UNESCAPED.fullmatch("".join(texts)):
            return [f'"{text}"' for text in texts]
        of = self.of(kind)
        return [of[text] for text in texts]

    def _plain(self, names: Sequence[str]) -> list[str] | None:
        """The terms of IRIs where all are plain."""
        text = "\n".join(names)
        if text.count("\n") >= len(names) or not _PLAIN.fullmatch(text):
            return None
        return [f"<{name}>" for name in names]

    def _nodes(self, kind: str) -> Callable[[str], str]:
        if kind == IRI and self._outward is None:
            return self.node

        def made(text: str) -> str:
            name = iri(text, kind) if kind else text
            return self.node(self._outward(name) if self._outward else name)

        return made

    def _literals(self, datatype: str) -> Callable[[str], str]:
        def made(text: str) -> str:
            if datatype == STRING and _UNESCAPED.fullmatch(text):
                return f'"{text}"'
            return self.literal(Literal(text, datatype))

        return made

    def node(self, name: str) -> str:
        """The node with an IRI that stands in the file."""
        plain = name.startswith(_HTTPS) and _UNUSUAL.search(name, len(_HTTPS)) is None
        return f"<{name}>" if plain else str(node(name))

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


#: A text of characters that stand for themselves.
_UNESCAPED: Final = re.compile('[^"\\\\\x00-\x1f\x7f\ufffe\uffff]*+')
#: What begins so and goes on without such a character is an IRI; of the rest pyoxigraph knows.
_HTTPS: Final = "https://"
_UNUSUAL: Final = re.compile(r"[^A-Za-z0-9._~/-]")
#: Such IRIs, one a line.
_PLAIN: Final = re.compile(r"(?:https://[A-Za-z0-9._~/-]*+(?:\n|\Z))*+")


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
        spaces_pattern = "|".join(re.escape(space) for _, space in self._spaces)
        self._begins = re.compile(
            f"({spaces_pattern})(.+)" if spaces_pattern else "(?!)", re.DOTALL
        )
        #: Whether each namespace ends with a mark, as most do, and none within a word.
        self._ends = not any(space[-1:].isalnum() for space in self._names)
        self._asked: dict[Object, str] = {}

    def predicate(self, name: str) -> str:
        """The property with this IRI, used within; `a` for a type."""
        return "a" if super().predicate(name) and name == _TYPE else super().predicate(name)

    def _plain(self, names: Sequence[str]) -> list[str] | None:
        """The terms of IRIs where all are a namespace with a prefix and a word."""
        parts = [name.rpartition("/") for name in names]
        spaces = {space: f"{space}/" for space, _, _ in parts}
        words = [word for _, _, word in parts]
        every = "".join(words)
        if not (self._ends and every.isalnum() and every.isascii() and all(words)):
            return None
        if not self._names.keys() >= set(spaces.values()):
            return None
        prefixes = {space: self._names[whole] for space, whole in spaces.items()}
        self.used.update((prefixes[space], whole) for space, whole in spaces.items())
        return [f"{prefixes[space]}:{word}" for space, _, word in parts]

    def node(self, name: str) -> str:
        """The node with an IRI that stands in the file."""
        space, slash, local = name.rpartition("/")
        prefix = self._names.get(space + slash, "")
        # A longer namespace would have to end within the last word.
        if prefix and self._ends and local.isalnum() and local.isascii():
            self.used[prefix] = space + slash
            return f"{prefix}:{local}"
        match = self._begins.fullmatch(name)
        if match is None:
            return self._ask(name) if name in self._names else super().node(name)
        space, local = match.groups()
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
#: What stands after a prefix with nothing escaped but slashes; of the rest pyoxigraph knows.
_LOCAL: Final = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_./-]*[A-Za-z0-9_-])?")


# --- Templates ------------------------------------------------------------------------------

_Shape: TypeAlias = tuple[Property, ...]


class _Template(NamedTuple):
    """What rows of one shape become: text that they have in common, and values between.

    A value has a number: 0 is the subject, the others are those that a row has of its own.
    """

    common: list[str]
    numbers: list[int]  # of the values that stand between, one fewer
    kinds: list[str]  # of the values of a row
    alike: list[list[int]]  # the numbers of those of one property, where it has several


class _Properties(dict[Property, tuple[str, Mapping[str, str]]]):
    """Properties as the file has them, with the terms of their values; kept up to a number."""

    def __init__(self, terms: Terms) -> None:
        super().__init__()
        self._terms = terms

    def __missing__(self, name: Property) -> tuple[str, Mapping[str, str]]:
        if len(self) >= MOST_TEMPLATES:
            self.clear()
        made = self[name] = self._terms.predicate(name.iri), self._terms.of(name.kind)
        return made


class _Text:
    """Rows as text, each pair of a property and a value once, as `_laid` lays them out."""

    #: Whether properties and values are sorted; else they stand as in the row.
    ordered = False

    def __init__(self, terms: Terms) -> None:
        self.terms = terms
        self._templates: dict[_Shape | Kind, _Template | None] = {}
        self._properties = _Properties(terms)

    def of(self, subjects: Sequence[str], rows: Sequence[Row]) -> list[str]:
        """What says of each subject, as it stands in the file, what its row says."""
        shapes: defaultdict[_Shape | Kind, list[int]] = defaultdict(list)
        for number, row in enumerate(rows):
            kind = row.kind if isinstance(row, Filled) else tuple([name for name, _ in row])
            shapes[kind].append(number)
        texts_of_rows = [""] * len(rows)
        for shape, numbers in shapes.items():
            of_shape = [rows[number] for number in numbers]
            texts = self._alike(shape, [subjects[number] for number in numbers], of_shape)
            for number, text in zip(numbers, texts, strict=True):
                texts_of_rows[number] = text
        return texts_of_rows

    def _alike(
        self, shape: _Shape | Kind, subjects: Sequence[str], rows: Sequence[Row]
    ) -> Iterable[str]:
        """The same of rows of one shape."""
        template = self._template(shape) if shape and len(rows) >= FEW else None
        if template is None:
            return map(self._spelt, subjects, rows)
        own: Iterable[Sequence[str]]
        if isinstance(shape, Kind):
            own = [row.texts for row in rows if isinstance(row, Filled)]
        else:
            own = [[text for _, text in row] for row in rows]
        columns = zip(template.kinds, zip(*own, strict=True), strict=True)
        values = [subjects, *(self.terms.column(kind, texts) for kind, texts in columns)]
        for numbers in template.alike:
            several = list(zip(*[values[number] for number in numbers], strict=True))
            if any(len(set(column_values)) < len(column_values) for column_values in several):
                return map(self._spelt, subjects, rows)
            if self.ordered:
                sorted_ = zip(*map(sorted, several), strict=True)
                for number, column in zip(numbers, sorted_, strict=True):
                    values[number] = column
        first, *others = template.common
        parts: list[Iterable[str]] = [repeat(first, len(rows))]
        for number, text in zip(template.numbers, others, strict=True):
            parts += (values[number], repeat(text, len(rows)))
        return map("".join, zip(*parts, strict=True))

    def _spelt(self, subject: str, row: Row) -> str:
        """What a row says without a template."""
        properties = self._properties
        pairs = dict.fromkeys(
            [(properties[name][0], properties[name][1][text]) for name, text in row]
        )
        return self._laid(subject, pairs) if pairs else ""

    def _template(self, shape: _Shape | Kind) -> _Template | None:
        """The template of a shape.

        There is none where a property has a value in common and others besides.
        """
        if shape in self._templates:
            return self._templates[shape]
        if len(self._templates) >= MOST_TEMPLATES:
            self._templates.clear()
        self._templates[shape] = None
        pairs = shape.pairs if isinstance(shape, Kind) else [(name, None) for name in shape]
        marks = map(_marked, count(1))
        properties = [self._properties[name] for name, _ in pairs]
        pairs_laid = [
            (name, next(marks) if text is None else terms[text])
            for (name, terms), (_, text) in zip(properties, pairs, strict=True)
        ]
        own = [name for name, value in pairs_laid if _MARK.fullmatch(value)]
        common = {name for name, value in pairs_laid if not _MARK.fullmatch(value)}
        if common.intersection(own) or len(set(pairs_laid)) < len(pairs_laid):
            return None
        parts = _MARK.split(self._laid(_marked(0), pairs_laid))
        numbers = [int(number) for number in parts[1::2]]
        alike: dict[str, list[int]] = {}
        for number in filter(None, numbers):
            alike.setdefault(own[number - 1], []).append(number)
        made = self._templates[shape] = _Template(
            parts[::2],
            numbers,
            [name.kind for name, text in pairs if text is None],
            [several for several in alike.values() if len(several) > 1],
        )
        return made

    def _laid(self, subject: str, pairs: Iterable[tuple[str, str]]) -> str:
        raise NotImplementedError


def _marked(number: int) -> str:
    """What stands in a template for a value that rows have of their own, and in no term."""
    return f"\0{number}\0"


_MARK: Final = re.compile("\0([0-9]+)\0")


class Lines(_Text):
    """Rows as lines of N-Triples, sorted."""

    ordered = True

    def _laid(self, subject: str, pairs: Iterable[tuple[str, str]]) -> str:
        # No IRI goes on where another one ends, so that lines are in order where properties are.
        return "".join([f"{subject} {name} {value}{END}" for name, value in sorted(pairs)])


class Blocks(_Text):
    """Rows as blocks of Turtle, in the order of the row."""

    def _laid(self, subject: str, pairs: Iterable[tuple[str, str]]) -> str:
        parts, last = [subject], ""
        for name, value in pairs:
            before = " ;\n    " if last else " "
            parts.append(f" , {value}" if name == last else f"{before}{name} {value}")
            last = name
        return "".join(parts) + END[:-1]
