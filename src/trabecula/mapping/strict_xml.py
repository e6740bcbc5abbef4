"""XML without anything that unfolds or is fetched: elements with their lines, by namespace."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, NoReturn
from xml.parsers import expat

from trabecula.errors import FormatError, Problem

#: How deep elements may be nested.
_DEEPEST: Final = 200


@dataclass(slots=True, eq=False)
class Element:
    """An element: its name without the prefix, its namespace, attributes, text and children.

    `text` is what stands directly within it. Attributes have their names without a prefix, unless
    two are the same without one.
    """

    name: str
    space: str = ""
    attributes: dict[str, str] = field(default_factory=dict)
    line: int = 0
    text: str = ""
    children: list[Element] = field(default_factory=list)

    def __iter__(self) -> Iterator[Element]:
        return iter(self.children)

    def get(self, name: str, default: str = "") -> str:
        """The value of an attribute."""
        return self.attributes.get(name, default)

    def named(self, *names: str) -> Iterator[Element]:
        """The children with one of these names."""
        return (child for child in self.children if child.name in names)

    def first(self, name: str) -> Element | None:
        """The first child with this name."""
        return next(self.named(name), None)

    def inside(self, *names: str) -> Iterator[Element]:
        """The elements with one of these names at any depth, in the order of the file."""
        stack = self.children[::-1]
        while stack:
            element = stack.pop()
            if element.name in names:
                yield element
            if element.children:
                stack += element.children[::-1]

    def words(self) -> str:
        """All text within it, of its children too, with single blanks."""
        parts, stack = [], [self]
        while stack:
            element = stack.pop()
            parts.append(element.text)
            stack.extend(reversed(element.children))
        return " ".join(" ".join(parts).split())


def parsed(data: bytes, where: str) -> Element:
    """The root element of an XML file.

    A document type is passed over; one that declares entities is refused, and nothing outside the
    file is opened. Raises `FormatError` with the line of what is wrong.
    """
    parser = expat.ParserCreate(namespace_separator="\n")
    parser.buffer_text = True
    stack: list[Element] = [Element("")]
    declared: list[str] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        space, _, local = name.rpartition("\n")
        if "\n" in "".join(attributes):
            shortened: dict[str, str] = {}
            for key, value in attributes.items():
                short = key.rpartition("\n")[2]
                shortened[key.replace("\n", ":") if short in shortened else short] = value
            attributes = shortened
        element = Element(local, space, attributes, parser.CurrentLineNumber)
        stack[-1].children.append(element)
        stack.append(element)
        if len(stack) > _DEEPEST:
            _refuse(where, parser.CurrentLineNumber, "too many levels of nesting", "too-deep")

    def end(_: str) -> None:
        stack.pop()

    def text(words: str) -> None:
        stack[-1].text += words

    def entity(*declaration: object) -> None:
        declared.append(str(declaration[0]))
        _refuse(where, parser.CurrentLineNumber, f"the entity {declaration[0]!r:.40} is declared")

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    parser.EntityDeclHandler = entity
    parser.ExternalEntityRefHandler = lambda *_: 0
    parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        what = expat.ErrorString(error.code)
        problem = Problem("xml-syntax", f"{where}:{error.lineno}", what, "correct the file there")
        raise FormatError([problem]) from error
    except (ValueError, LookupError) as error:  # an encoding that expat does not know
        problem = Problem("xml-syntax", f"{where}:1", str(error), "save it as UTF-8")
        raise FormatError([problem]) from error
    return stack[0].children[0]


def _refuse(where: str, line: int, what: str, code: str = "xml-entity") -> NoReturn:
    fix = (
        "remove it; write what it stands for in its place" if code == "xml-entity" else "flatten it"
    )
    raise FormatError([Problem(code, f"{where}:{line}", what, fix)])
