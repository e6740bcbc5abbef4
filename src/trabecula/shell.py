"""Commands to paste into a shell: whatever a name holds, it stays one word of one command."""

from __future__ import annotations

import shlex
from collections.abc import Iterable

from trabecula.characters import visible


def command(name: str, *words: str, options: Iterable[str] = ()) -> str:
    """The command of trabecula with these options and words, for a POSIX shell, on one line.

    A word that begins with a hyphen is no option of it.

    >>> command("loops", "blood-calcium"), command("show", "x;rm -r ~;"), command("show", "-v")
    ('trabecula loops blood-calcium', "trabecula show 'x;rm -r ~;'", 'trabecula show -- -v')
    >>> command("loops", "PTH", options=("--graph", "my graph.sif"))
    "trabecula loops --graph 'my graph.sif' PTH"
    """
    first = next((place for place, word in enumerate(words) if word.startswith("-")), None)
    marked = words if first is None else (*words[:first], "--", *words[first:])
    return " ".join(("trabecula", *map(quoted, (name, *options, *marked))))


def quoted(word: str) -> str:
    r"""One word of a shell; what a terminal would obey is written as its code.

    >>> print(quoted("it's"), quoted("a\nb"))
    'it'"'"'s' $'a\u000ab'
    """
    if visible(word) == word:
        return shlex.quote(word)
    return f"$'{''.join(map(_escaped, word))}'"


def _escaped(character: str) -> str:
    number = ord(character)
    if 0xDC80 <= number <= 0xDCFF:  # a byte of the name of a file that is not UTF-8
        return f"\\x{number - 0xDC00:02x}"
    if visible(character) != character:
        return f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"
    return f"\\{character}" if character in "\\'" else character
