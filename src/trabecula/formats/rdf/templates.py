"""What is said of a subject as text: lines of N-Triples, or a block of Turtle.

Rows of the same properties have one shape, and rows of a kind have values in common, too. What is
written for them differs in nothing but the other values: these are filled into a template. What the
triples are `model` alone says, and the bytes are those that pyoxigraph writes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from operator import getitem, itemgetter
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

#: So many terms of a kind, templates, and rows that come again, are kept.
MOST_TERMS: Final = 2**17
MOST_TEMPLATES: Final = 2**13
#: Rows of more pairs are most likely alone of their shape.
MOST_PAIRS: Final = 64


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

    def meet(self, names: Sequence[str]) -> None:
        """Make the terms of IRIs, used within, that will be asked for: quicker than one by one."""
        if self._outward is None and _PLAIN.fullmatch("\n".join(names)):
            self._kept(names, [f"<{name}>" for name in names])

    def _kept(self, names: Iterable[str], made: Iterable[str]) -> None:
        nodes = self._kinds.setdefault(IRI, _OfKind(self._nodes(IRI)))
        if len(nodes) >= MOST_TERMS:
            nodes.clear()
        nodes.update(zip(names, made, strict=True))

    def _nodes(self, kind: str) -> Callable[[str], str]:
        if kind == IRI and self._outward is None:
            return self.node

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


#: Characters that do not stand for themselves in a text.
_ESCAPED: Final = re.compile('["\\\\\x00-\x1f\x7f\ufffe\uffff]')
#: What begins so and goes on without such a character is an IRI; of the rest pyoxigraph knows.
_HTTPS: Final = "https://"
_UNUSUAL: Final = re.compile(r"[^A-Za-z0-9._~/-]")
#: Such IRIs, one a line; and those of them that end in a word.
_PLAIN: Final = re.compile(r"(?:https://[A-Za-z0-9._~/-]*+\n?)*+")
_WORDS: Final = re.compile(r"(?:https://(?:[A-Za-z0-9._~-]*+/)++[A-Za-z0-9]++(?:\n|\Z))*+")


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
        #: Whether each namespace ends with a mark, as most do, and none within a word.
        self._ends = not any(space[-1:].isalnum() for space in self._names)
        self._asked: dict[Object, str] = {}

    def predicate(self, name: str) -> str:
        """The property with this IRI, used within; `a` for a type."""
        return "a" if super().predicate(name) and name == _TYPE else super().predicate(name)

    def meet(self, names: Sequence[str]) -> None:
        """Make the terms of IRIs, used within, that will be asked for: quicker than one by one."""
        if self._outward is not None or not self._ends or not _WORDS.fullmatch("\n".join(names)):
            return
        ends = [name.rindex("/") + 1 for name in names]
        spaces = [name[:end] for name, end in zip(names, ends, strict=True)]
        known = {space: self._names.get(space, "") for space in set(spaces)}
        if not all(known.values()):
            return
        self.used.update((prefix, space) for space, prefix in known.items())
        several = zip(names, ends, spaces, strict=True)
        self._kept(names, [f"{known[space]}:{name[end:]}" for name, end, space in several])

    def node(self, name: str) -> str:
        """The node with an IRI that stands in the file."""
        space, slash, local = name.rpartition("/")
        prefix = self._names.get(space + slash, "")
        # A longer namespace would have to end within the last word.
        if prefix and self._ends and local.isalnum() and local.isascii():
            self.used[prefix] = space + slash
            return f"{prefix}:{local}"
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
#: What stands after a prefix with nothing escaped but slashes; of the rest pyoxigraph knows.
_LOCAL: Final = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_./-]*[A-Za-z0-9_-])?")


# --- Templates ------------------------------------------------------------------------------

_Pick: TypeAlias = Callable[[tuple[str, ...]], tuple[str, ...]]
_Shape: TypeAlias = tuple[Property, ...]


class _Template(NamedTuple):
    """What rows of one shape become."""

    parts: list[str]  # what they say, without the values that are a row's own
    places: tuple[int, ...]  # the parts that such values end, in order
    terms: tuple[Mapping[str, str], ...]  # of each of these values as in the row, by its text
    alike: tuple[_Pick, ...]  # those of one property, where it has several
    order: _Pick | None  # them as they stand in the parts; None where that is as in the row
    runs: tuple[slice, ...]  # those that are sorted where they stand


class _Text:
    """Rows as text, each pair of a property and a value once, as `_laid` lays them out."""

    #: Whether properties and values are sorted; else they stand as in the row.
    ordered = False

    def __init__(self, terms: Terms) -> None:
        self.terms = terms
        self._templates: dict[_Shape | Kind, _Template | None] = {}
        self._again: dict[Filled, list[str]] = {}
        self._properties: dict[Property, tuple[str, Mapping[str, str]]] = {}

    def _parts(self, row: Row) -> list[str]:
        """The parts that say what a row says; of lines, one for each pair."""
        if not (isinstance(row, Filled) and row.again):
            return self._filled(row)
        parts = self._again.get(row)
        if parts is None:
            if len(self._again) >= MOST_TEMPLATES:
                self._again.clear()
            parts = self._again[row] = self._filled(row)
        return parts.copy()

    def _filled(self, row: Row) -> list[str]:
        shape: _Shape | Kind
        if isinstance(row, Filled):
            shape, values = row.kind, row.texts
        elif not row or len(row) > MOST_PAIRS:
            return self._spelt(row)
        else:
            shape, values = zip(*row, strict=False)
        template = self._templates.get(shape) or self._made(shape)
        if template is None:
            return self._spelt(row)
        texts = tuple(map(getitem, template.terms, values))
        for pick in template.alike:
            found = pick(texts)
            if len(set(found)) < len(found):
                return self._spelt(row)
        if template.order:
            texts = template.order(texts)
        if template.runs:
            several = list(texts)
            for run in template.runs:
                several[run] = sorted(several[run])
            texts = tuple(several)
        parts = template.parts.copy()
        for place, text in zip(template.places, texts, strict=False):
            parts[place] += text
        return parts

    def _spelt(self, row: Row) -> list[str]:
        """What a row says without a template."""
        pairs: dict[tuple[str, str], None] = {}
        for name, text in row:
            known = self._properties.get(name)
            if known is None:
                if len(self._properties) >= MOST_TEMPLATES:
                    self._properties.clear()
                known = self.terms.predicate(name.iri), self.terms.of(name.kind)
                self._properties[name] = known
            said, terms = known
            pairs[said, terms[text]] = None
        return self._laid(pairs)

    def _made(self, shape: _Shape | Kind) -> _Template | None:
        """The template of a shape that is there for the second time; most are there only once.

        There is none where a property has a value in common and others besides.
        """
        if shape not in self._templates:
            if len(self._templates) >= MOST_TEMPLATES:
                self._templates.clear()
            self._templates[shape] = None
            return None
        pairs = shape.pairs if isinstance(shape, Kind) else [(name, None) for name in shape]
        said = [self.terms.predicate(name.iri) for name, _ in pairs]
        values = [_OWN if text is None else self.terms.of(name.kind)[text] for name, text in pairs]
        if self._mixed(said, values):
            return None
        own = [name for name, value in zip(said, values, strict=True) if value == _OWN]
        numbers = list(range(len(own)))
        order = sorted(numbers, key=own.__getitem__) if self.ordered else numbers
        alike = [[n for n in order if own[n] == name] for name in dict.fromkeys(own)]
        several = [found for found in alike if len(found) > 1]
        starts = [(order.index(found[0]), len(found)) for found in several if self.ordered]
        parts = self._laid(zip(said, values, strict=True))
        template = self._templates[shape] = _Template(
            [part.removesuffix(_OWN) for part in parts],
            tuple(place for place, part in enumerate(parts) if part.endswith(_OWN)),
            tuple(self.terms.of(name.kind) for name, text in pairs if text is None),
            tuple(itemgetter(*found) for found in several),
            None if order == numbers else itemgetter(*order),
            tuple(slice(start, start + count) for start, count in starts),
        )
        return template

    def _mixed(self, said: list[str], values: list[str]) -> bool:
        found: dict[str, list[str]] = {}
        for name, value in zip(said, values, strict=True):
            found.setdefault(name, []).append(value)
        return any(
            set(one) != {_OWN} and (_OWN in one or len(set(one)) < len(one))
            for one in found.values()
            if len(one) > 1
        )

    def _laid(self, said: Iterable[tuple[str, str]]) -> list[str]:
        raise NotImplementedError


#: Stands in a template for a value that rows have of their own, and in no term.
_OWN: Final = "\x00"
_END: Final = " .\n"


class Lines(_Text):
    """Rows as lines of N-Triples, or of N-Quads, sorted."""

    ordered = True

    def of(self, subject: str, row: Row, graph: str = "") -> str:
        """The lines that say of a subject what a row says, in the named graph with this IRI."""
        nodes = self.terms.of(IRI)
        return self.about(nodes[subject], row, f" {nodes[graph]} .\n" if graph else _END)

    def about(self, subject: str, row: Row, end: str = _END) -> str:
        """The same with the subject as it stands in the file, and the ends of the lines."""
        parts = self._parts(row)
        if not parts:
            return ""
        parts[0] = f"{subject} {parts[0]}"
        parts[-1] += end
        return f"{end}{subject} ".join(parts)

    def _laid(self, said: Iterable[tuple[str, str]]) -> list[str]:
        # No IRI goes on where another one ends, so that lines are in order where properties are.
        return [f"{name} {value}" for name, value in sorted(said)]


class Blocks(_Text):
    """Rows as blocks of Turtle, in the order of the row."""

    def of(self, subject: str, row: Row) -> str:
        """The block that says of a subject what a row says; empty where that is nothing."""
        parts = self._parts(row)
        return "".join((self.terms.of(IRI)[subject], *parts, " .")) if parts else ""

    def _laid(self, said: Iterable[tuple[str, str]]) -> list[str]:
        parts, last = [_OWN], ""
        for name, value in said:
            before = " ;\n    " if last else " "
            part = f" , {value}" if name == last else f"{before}{name} {value}"
            if parts[-1].endswith(_OWN):
                parts.append(part)
            else:  # what is the same for all rows is one part
                parts[-1] += part
            last = name
        return parts[1:]
