"""Rules of the house that a program can see; see CONTRIBUTING.md."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
EMPTY = ("found", "known", "one", "said")
_EMPTY = re.compile(rf"\b(?:{'|'.join(EMPTY)})\b")
#: Comments and texts, in which the words may stand.
_PROSE = re.compile(r'"""[\s\S]*?"""|#.*|"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\\n]|\\.)*\'')


def bound(text: str) -> Iterator[tuple[int, str]]:
    """The names of variables, parameters and fields that a module binds, each with its line.

    A method is a field to those who read what it gives.
    """
    for node in ast.walk(ast.parse(text)):
        match node:
            case ast.ClassDef(body=body):
                yield from ((n.lineno, n.name) for n in body if isinstance(n, ast.FunctionDef))
            case (
                ast.Name(id=name, ctx=ast.Store(), lineno=line)
                | ast.Attribute(attr=name, ctx=ast.Store(), lineno=line)
                | ast.arg(arg=name, lineno=line)
                | ast.alias(asname=str(name), lineno=line)
                | ast.ExceptHandler(name=str(name), lineno=line)
                | ast.MatchAs(name=str(name), lineno=line)
                | ast.MatchStar(name=str(name), lineno=line)
            ):
                yield line, name


def test_every_way_to_bind_a_name_is_seen() -> None:
    ways = [
        "one = 0",
        "one: int = 0",
        "a.one = 0",
        "one += 0",
        "for one in a: pass",
        "[one for one in a]",
        "(one := 0)",
        "a, *one = b",
        "def f(one): pass",
        "def f(*, one): pass",
        "lambda one: 0",
        "import a as one",
        "with a as one: pass",
        "try: pass\nexcept E as one: pass",
        "match a:\n  case [one]: pass",
        "match a:\n  case [*one]: pass",
        "class A:\n  one: int",
        "class A:\n  def one(self): pass",
    ]
    assert [way for way in ways if "one" not in {name for _, name in bound(way)}] == []
    assert list(bound("print(one, a.one, f(one=1))\ndef one(): return 'one'  # one")) == []


def programs() -> Iterator[Path]:
    """Every module and script of ours in Python; a script is known by its first line."""
    for folder in ("benchmarks", "src", "tests"):
        yield from (ROOT / folder).rglob("*.py")
    for path in (ROOT / "scripts").iterdir():
        if path.is_file() and b"python" in path.read_bytes().partition(b"\n")[0]:
            yield path


def test_a_name_says_what_the_value_is() -> None:
    texts = {path: path.read_text("utf-8") for path in programs()}
    assert len(texts) > 600
    assert [
        f"{path.relative_to(ROOT)}:{line}: {name}"
        for path, text in sorted(texts.items())
        if _EMPTY.search(_PROSE.sub("", text))  # few need parsing
        for line, name in bound(text)
        if name in EMPTY
    ] == []
