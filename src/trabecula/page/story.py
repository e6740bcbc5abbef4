"""A story: named scenes with text, from a Markdown file, to be gone through on the page.

    # Magnesium and PTH

    What this is about.

    ## A lack stops the hormone

    scene: `scene=near&of=magnesium-deficiency`

    What is seen here …

A heading of the first level is the title, one of the second begins a scene. The line `scene:` says
what is drawn: an address of the page, a selection or a name (see `scenes.address`); a scene without
one shows what the scene before it shows. The rest is text in CommonMark. Nothing of it becomes
markup of the page: it becomes a tree of a few kinds of nodes, which the page makes elements of. Raw
HTML is shown as it is written, and nothing is fetched. A link leads to the web, or with `#…` to an
address of the page.

Nodes are texts, or lists of a kind, its attribute where it has one, and its children:
`["p", "see ", ["a", "https://…", "this"]]`; the kinds are the keys of `KINDS`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

from trabecula import files
from trabecula.errors import FormatError, Problem, TrabeculaError
from trabecula.graph import Graph
from trabecula.leftover import Leftovers
from trabecula.page import scenes

if TYPE_CHECKING:
    from markdown_it.token import Token

#: A text, or a kind with an attribute (of a link) and children.
Node = str | list[Any]

#: The kinds of nodes, by the tag of CommonMark that they are.
KINDS: Final = MappingProxyType(
    {
        "p": "a paragraph", "em": "stress", "strong": "importance", "code": "code in a line",
        "pre": "code", "ul": "a list", "ol": "a list with numbers", "li": "an item of it",
        "blockquote": "a quotation", "h3": "a heading", "h4": "a lower one", "br": "a line's end",
        "hr": "a change of subject", "a": "a link to the web", "go": "a link to a scene",
    }
)  # fmt: skip
#: The longest story, in bytes.
LONGEST: Final = 1_000_000
_SCENE: Final = re.compile(r"scene:[ \t]*(`+)?(.*?)(`+)?[ \t]*$")


@dataclass(frozen=True, slots=True)
class Told:
    """A scene: its name, the address of the page that it shows, and its text."""

    name: str
    address: str
    text: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Story:
    """A title, what is said before the first scene, and the scenes."""

    title: str
    text: tuple[Node, ...]
    scenes: tuple[Told, ...]

    def values(self) -> dict[str, Any]:
        """The story as the page holds it."""
        told = [{"name": s.name, "address": s.address, "text": [*s.text]} for s in self.scenes]
        return {"title": self.title, "text": [*self.text], "scenes": told}


def read(path: Path, graph: Graph) -> Story:
    """The story in a file, with scenes of this graph.

    Raises `FormatError` with every line that cannot be shown, `OSError` where there is no file.
    """
    data = files.read_bytes(path, LONGEST)
    return parsed(files.decoded(data, str(path), Leftovers()), str(path), graph)


def parsed(text: str, where: str, graph: Graph) -> Story:
    r"""The story that a text is; `where` names it in errors. Raises as `read`.

    >>> from trabecula.model import Statement
    >>> graph = Graph([Statement(subject="atp", predicate="requires", object="magnesium")])
    >>> story = parsed("# Energy\n\n## One need\n\nscene: all()\n\nATP *needs* it.", "s.md", graph)
    >>> story.scenes[0].name, story.scenes[0].text
    ('One need', (['p', 'ATP ', ['em', 'needs'], ' it.'],))
    """
    from markdown_it import MarkdownIt

    tokens = MarkdownIt("commonmark", {"html": False}).parse(text)
    reader = _Reader(where, graph, text.split("\n"))
    story = reader.story(tokens)
    if reader.problems:
        raise FormatError(reader.problems)
    return story


class _Reader:
    """What is read of one file, and the problems that were found."""

    def __init__(self, where: str, graph: Graph, lines: list[str]) -> None:
        self.where, self.graph, self.lines = where, graph, lines
        self.problems: list[Problem] = []
        self.scene_lines: set[int] = set()

    def wrong(self, line: int, what: str, fix: str) -> None:
        """Note what is wrong with a line, counted from 0."""
        self.problems.append(Problem("story", f"{self.where}:{line + 1}", what, fix))

    def story(self, tokens: list[Token]) -> Story:
        """The story of the tokens of a whole file."""
        title = ""
        first: tuple[Node, ...] = ()
        told: list[Told] = []
        for line, level, name, body in self._parts(tokens):
            if level == 2:
                address = self._address(body, line, told)
                told.append(Told(name, address, self._text(body)))
                if not name:
                    self.wrong(line, "a scene has no name", "write one behind ##")
            elif title or told:
                self.wrong(line, f"a second title {name!r}", "begin scenes with ##, parts with ###")
            else:
                title, first = name, self._text(body)
        if not title:
            fix = "begin the story with a line such as '# Magnesium and PTH'"
            self.wrong(0, "the story has no title", fix)
        if not told:
            fix = "begin each scene with a line such as '## A lack stops the hormone'"
            self.wrong(0, "the story has no scene", fix)
        return Story(title, first, tuple(told))

    def _parts(self, tokens: list[Token]) -> Iterator[tuple[int, int, str, list[Token]]]:
        """The title and each scene: line, level of the heading, its words, and the tokens below."""
        starts = [
            at for at, token in enumerate(tokens)
            if token.type == "heading_open" and token.tag in ("h1", "h2") and token.level == 0
        ]  # fmt: skip
        if tokens[: starts[0] if starts else len(tokens)]:
            line = (tokens[0].map or [0])[0]
            self.wrong(line, "text before the title", "begin the story with its title, '# …'")
        for at, end in zip(starts, [*starts, len(tokens)][1:], strict=True):
            inline = tokens[at + 1]
            yield (
                (tokens[at].map or [0])[0],
                int(tokens[at].tag[1]),
                "".join(_words(inline.children or [])).strip(),
                tokens[at + 3 : end],
            )

    def _address(self, body: list[Token], line: int, told: list[Told]) -> str:
        """What a scene shows; the line that says so is taken out of its text."""
        asked = ""
        if len(body) > 1 and body[0].type == "paragraph_open":
            first = self.lines[(body[0].map or [0])[0]].strip()
            match = _SCENE.fullmatch(first)
            if match:
                line, asked = (body[0].map or [0])[0], match[2].strip()
                self.scene_lines.add(line)
                children = body[1].children or []
                ends = [
                    n
                    for n, token in enumerate(children)
                    if token.type in ("softbreak", "hardbreak")
                ]
                body[1].children = children[ends[0] + 1 :] if ends else []
                if not body[1].children:
                    del body[:3]
                if not asked:
                    self.wrong(line, "'scene:' names nothing", _SCENES)
        if not asked:
            return told[-1].address if told else "scene=core"
        try:
            return scenes.address(self.graph, asked)
        except TrabeculaError as error:
            self.wrong(line, f"scene {asked!r}: {error}", _SCENES)
            return "scene=core"

    # --- Text ---------------------------------------------------------------------------------

    def _text(self, tokens: list[Token]) -> tuple[Node, ...]:
        """The blocks of some tokens as nodes."""
        root: list[Any] = ["root"]
        open_: list[list[Any]] = [root]
        for token in tokens:
            line = (token.map or [0])[0]
            if token.nesting == 1:
                node: list[Any] = [_HEADINGS.get(token.tag, token.tag)]
                open_[-1].append(node)
                open_.append(node)
            elif token.nesting == -1:
                open_.pop()
            elif token.type == "inline":
                if line not in self.scene_lines and _SCENE.fullmatch(self.lines[line].strip()):
                    fix = "write it right below the heading, once; begin another scene with ##"
                    self.wrong(line, "'scene:' within the text", fix)
                open_[-1] += self._inline(token.children or [], line)
            elif token.type in ("fence", "code_block"):
                open_[-1].append(["pre", token.content])
            elif token.type == "hr":
                open_[-1].append(["hr"])
        return tuple(root[1:])

    def _inline(self, tokens: list[Token], line: int) -> list[Node]:
        """The parts of a paragraph as nodes."""
        root: list[Any] = ["root"]
        open_: list[list[Any]] = [root]
        for token in tokens:
            if token.type in ("softbreak", "hardbreak"):
                line += 1
            if token.nesting == 1:
                node = self._link(token, line) if token.tag == "a" else [token.tag]
                open_[-1].append(node)
                open_.append(node)
            elif token.nesting == -1:
                open_.pop()
            elif token.type == "code_inline":
                open_[-1].append(["code", token.content])
            elif token.type == "hardbreak":
                open_[-1].append(["br"])
            elif token.type == "image":
                fix = "leave it out: a page fetches nothing, and draws its scene itself"
                self.wrong(line, f"a picture: {token.attrGet('src')}", fix)
            else:
                _append(open_[-1], "\n" if token.type == "softbreak" else token.content)
        return root[1:]

    def _link(self, token: Token, line: int) -> list[Any]:
        """A link to the web or to a scene; what leads elsewhere is a problem."""
        href = str(token.attrGet("href") or "")
        if re.match(r"https?://", href, re.IGNORECASE):
            return ["a", href]
        if href.startswith("#"):
            try:
                return ["go", scenes.address(self.graph, href)]
            except TrabeculaError as error:
                self.wrong(line, f"link {href!r}: {error}", _SCENES)
        else:
            fix = "link to https://…, or to an address of the page, #…"
            self.wrong(line, f"a link to {href!r}", fix)
        return ["em"]


_SCENES: Final = (
    "write an address of the page (what stands behind #), a selection such as near(magnesium, 1),"
    " or a name"
)
#: Headings within a scene; what is lower is of the lowest kind.
_HEADINGS: Final = MappingProxyType({"h5": "h4", "h6": "h4"})


def _append(node: list[Any], text: str) -> None:
    """Add text to a node, as one with the text that it ends in."""
    first = 2 if node[0] in ("a", "go") else 1
    if len(node) > first and isinstance(node[-1], str):
        node[-1] += text
    elif text:
        node.append(text)


def _words(tokens: list[Token]) -> Iterator[str]:
    """The text of a heading."""
    for token in tokens:
        yield " " if token.type == "softbreak" else token.content
