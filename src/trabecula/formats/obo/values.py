"""Values of tags of OBO: names, texts in quotes, lists, and the modifiers and comments behind."""

from __future__ import annotations

import re
from typing import Final

from trabecula.prefixes import ONTOLOGY

QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"\s*(.*)', re.DOTALL)
_MODIFIER = re.compile(r'(?<![^\s=,{"])([^\s=,{"]++)\s*+=\s*+"((?:[^"\\]|\\.)*+)"')
#: What begins something else in a value than its text.
_MARKED = re.compile(r'["\\{!]')
#: Parts of a value: an escaped character, a text in quotes, what begins modifiers or a comment.
_PARTS = re.compile(r'\\.|"(?:[^"\\]|\\.)*"|[!{]|[^\\"!{]+|.', re.DOTALL)
_ESCAPED: Final = {"n": "\n", "W": " ", "t": "\t"}
#: Properties of ours, of a relation and of terms, and the modifier of an edge.
SIGN: Final = f"{ONTOLOGY}sign"
CATEGORY: Final = "https://w3id.org/biolink/vocab/category"
TAXON: Final = "https://w3id.org/biolink/vocab/in_taxon"
QUALIFIER: Final = "qualifier"


def parted(value: str) -> tuple[str, list[tuple[str, str]]]:
    """A value without its comment and its modifiers, and the modifiers.

    >>> parted('CL:1 {source="PMID:2"} ! a cell')
    ('CL:1', [('source', 'PMID:2')])
    """
    if not _MARKED.search(value):
        return value, []
    kept: list[str] = []
    modifiers: list[tuple[str, str]] = []
    position = 0
    while position < len(value):
        part = _PARTS.match(value, position)
        text = part[0] if part else ""
        if text == "!" or not text:
            break
        if text == "{":
            rest = value[position:]
            modifiers = [(name, unescaped(content)) for name, content in _MODIFIER.findall(rest)]
            break
        kept.append(text if text.startswith('"') else unescaped(text))
        position += len(text)
    return "".join(kept).strip(), modifiers


def quoted(value: str) -> tuple[str, str]:
    """The text in quotation marks at the start of a value, and what follows it."""
    match = QUOTED.match(value)
    return (unescaped(match[1]), match[2]) if match else (unescaped(value), "")


def listed(text: str) -> list[str]:
    r"""The names in a list in brackets, without the descriptions that they may have.

    >>> listed('EXACT [PMID:1, GOC:x "somebody, else", ISBN\\:2]')
    ['PMID:1', 'GOC:x', 'ISBN:2']
    """
    inside = re.search(r"\[((?:[^\]\\\"]|\\.|\"(?:[^\"\\]|\\.)*\")*)\]", text)
    if not inside:
        return []
    plain = re.sub(r'"(?:[^"\\]|\\.)*"', "", inside[1])
    parts = re.split(r"(?<!\\),", plain)
    return [unescaped(part.strip()) for part in parts if part.strip()]


def unescaped(text: str) -> str:
    """A text in which each mark stands for itself."""
    if "\\" not in text:
        return text
    return re.sub(r"\\(.)", lambda m: _ESCAPED.get(m[1], m[1]), text, flags=re.DOTALL)


def escaped(text: str, more: str = "") -> str:
    """A value without quotes, in which nothing begins a comment, modifiers or a text."""
    return "".join(f"\\{mark}" if mark in f'\\!{{}}"{more}' else mark for mark in text)


def in_quotes(text: str) -> str:
    """A text in quotes."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
