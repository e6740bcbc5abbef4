"""Which characters a text may hold, what is made of the others, and how a terminal shows them.

The tables are our own and do not grow with the Unicode tables of Python: the same text gets the
same verdict from every version. What Unicode has not assigned yet is let through, for the next
version may have assigned it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

# Blanks and line ends other than the plain blank.
_BLANKS = "\t\n\x0b\x0c\r\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
# Marks that word processors and web pages leave behind: nothing is seen of them in a name.
_LEFT_BEHIND = "\xad\u061c\u200b\u200e\u200f\u2060\ufeff"
# Controls, overrides of direction, invisible operators, annotations, tags; halves of pairs.
_CONTROLS = (
    "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\u180e"
    "\u202a-\u202e\u2061-\u206f\ufff9-\ufffb\U000110bd\U000110cd\U00013430-\U0001343f"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0001\U000e0020-\U000e007f\ud800-\udfff"
)
# Characters that will never be any, and those that mean what a font wants.
_NONE = "\ufdd0-\ufdef" + "".join(
    f"{chr(end - 1)}{chr(end)}" for end in range(0xFFFF, 0x110000, 0x10000)
)
_PRIVATE = "\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd"
# Joiners belong to the spelling of Persian, of Indic scripts and of emoji, and stand between their
# characters; next to a Latin letter they are left behind.
_BESIDE = "[\u0300-\u1fff\u2070-\U0010ffff]"
_STRAY = f"(?<!{_BESIDE})[\u200c\u200d]|[\u200c\u200d](?!{_BESIDE})"

# Letters of Windows-1252 that were read as Latin-1: every browser shows what was meant.
_MISREAD: Final = {
    code: letter
    for code in (*range(0x80, 0x85), *range(0x86, 0xA0))
    if (letter := bytes((code,)).decode("cp1252", "replace")) != "\ufffd"
}
_OF_WINDOWS = f"[{''.join(map(chr, _MISREAD))}]"

_FORBIDDEN = f"[{_BLANKS}{_LEFT_BEHIND}{_CONTROLS}{_NONE}{_PRIVATE}]|{_STRAY}"
_READ_AS_BLANK = f"\r\n|[{_BLANKS}]"
_DROPPED = f"[{_LEFT_BEHIND}]|{_STRAY}"
# Blanks that are no line ends harm no terminal, nor do the characters of private fonts.
_UNSEEN = f"[\t\n\x0b\x0c\r\x85\u2028\u2029{_LEFT_BEHIND}{_CONTROLS}{_NONE}]"
# The same without what a program means: line ends, tabs, and styles as `click.style` writes them.
_HARMFUL = f"(?!\x1b\\[[0-9;]*m)[\x0b\x0c\r\x85\u2028\u2029{_LEFT_BEHIND}{_CONTROLS}{_NONE}]"
_SHORT = {"\t": "\\t", "\n": "\\n", "\r": "\\r"}

_WORD: Final = re.compile(r"[0-9a-z]+(?:-[0-9a-z]+)*")

#: The most of a text that a message shows, in characters.
SHOWN: Final = 500


def plain(text: str) -> bool:
    """Whether a text holds nothing but printing ASCII: most do, and need no closer look."""
    return text.isascii() and text.isprintable()


def forbidden(text: str) -> str:
    r"""The first character of `text` that may not stand in a record, or nothing.

    >>> forbidden("a\u202eb"), forbidden("a b")
    ('U+202E RIGHT-TO-LEFT OVERRIDE', '')
    """
    if plain(text):
        return ""
    match = re.search(_FORBIDDEN, text)
    return named(match[0]) if match else ""


def named(character: str) -> str:
    r"""A character by its number and name; beyond the first plane names are left out.

    >>> named("\u00a0"), named("\x1b")
    ('U+00A0 NO-BREAK SPACE', 'U+001B')
    """
    number = ord(character)
    name = unicodedata.name(character, "") if number < 0x10000 else ""
    return f"U+{number:04X} {name}".strip()


def folded(text: str) -> str:
    r"""The text without case, to be sorted by: the same in every Python.

    Letters that Unicode has got since its version 3.2 stay as they are, for which of them have
    case is not the same in all; `str.casefold` is for comparing.

    >>> folded("Straße Ω"), folded("\\u1c89") == "\\u1c89"
    ('strasse ω', True)
    """
    if text.isascii():
        return text.casefold()
    category = unicodedata.ucd_3_2_0.category
    return "".join(each if category(each) == "Cn" else each.casefold() for each in text)


def words_of(text: str) -> list[str]:
    r"""The words of a text without case, those with a hyphen whole: the same in every Python.

    What Unicode had no character for in its version 3.2 counts as a letter.

    >>> words_of("1,25(OH)₂-vitamin D"), words_of("\u1c89")
    (['1', '25', 'oh', '₂-vitamin', 'd'], ['\u1c89'])
    """
    if text.isascii():
        return _WORD.findall(text.casefold())
    category = unicodedata.ucd_3_2_0.category
    parts = (each if each == "-" or category(each)[0] in "LN" or category(each) == "Cn" else " "
             for each in folded(text))  # fmt: skip
    return [word for part in "".join(parts).split() if (word := part.strip("-"))]


def printed(text: str) -> str:
    r"""The text without what is not seen: the same in every Python.

    >>> printed("bone\u200b\x07 mass")
    'bone mass'
    """
    return text if plain(text) else re.sub(_UNSEEN, "", text)


def tidied(text: str) -> str:
    r"""The text with every blank a plain one, and without marks of which nothing is seen.

    A control that is a letter of Windows-1252, which was read as Latin-1, becomes that letter.

    What cannot be read without doubt, such as controls and overrides of direction, stays.

    >>> tidied("5\u00a0mg of osteo\u00adblasts\nagain")
    '5 mg of osteoblasts again'
    """
    if plain(text):
        return text
    return re.sub(_DROPPED, "", re.sub(_READ_AS_BLANK, " ", text.translate(_MISREAD)))


def line_of(text: str) -> str:
    r"""A text as one line of printing characters.

    >>> line_of(" two\n lines ")
    'two lines'
    """
    return text and tidied(" ".join(text.split()))


def untidy(text: str) -> Iterator[str]:
    r"""What `tidied` does to a text, in words, each once.

    >>> list(untidy("5\u00a0mg"))
    ['U+00A0 NO-BREAK SPACE read as a plain blank']
    """
    if plain(text):
        return
    for character in dict.fromkeys(re.findall(_READ_AS_BLANK, text)):
        yield f"{named(character[0])} read as a plain blank"
    for character in dict.fromkeys(re.findall(_OF_WINDOWS, text)):
        yield f"{named(character)} read as {_MISREAD[ord(character)]}, as in Windows-1252"
    for character in dict.fromkeys(re.findall(_DROPPED, text)):
        yield f"{named(character)} left out"


def visible(text: str, limit: int = 0) -> str:
    r"""The text for a terminal or a log: what would command it or hide is written as its code.

    A line end becomes `\n`, so that one text stays one line. With a limit, what is longer than so
    many characters is cut. Styles are put on afterwards.

    >>> visible("PTH\x1b[2J\u202e")
    'PTH\\x1b[2J\\u202e'
    """
    if limit and len(text) > limit:
        text = f"{text[: limit - 1]}…"
    return text if plain(text) else re.sub(_UNSEEN, _code, text)


def harmless(text: str) -> str:
    r"""What a program prints, for a terminal: as `visible`, but line ends, tabs and styles stay.

    >>> harmless("\x1b[1mPTH\x1b[0m\n\x1b]0;owned\x07")
    '\x1b[1mPTH\x1b[0m\n\\x1b]0;owned\\x07'
    """
    return text if plain(text) else re.sub(_HARMFUL, _code, text)


def _code(match: re.Match[str]) -> str:
    number = ord(match[0])
    if match[0] in _SHORT:
        return _SHORT[match[0]]
    if 0xDC80 <= number <= 0xDCFF:  # a byte of the name of a file that is not UTF-8
        return f"\\x{number - 0xDC00:02x}"
    if number < 0x100:
        return f"\\x{number:02x}"
    return f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"
