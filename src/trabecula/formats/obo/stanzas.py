"""Lines of OBO, and the stanzas that they make."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from trabecula.formats.obo.values import parted
from trabecula.mapping import Reading

_STANZA = re.compile(r"\[([A-Za-z]+)\]\s*(?:!.*)?")


@dataclass(slots=True)
class Stanza:
    """A stanza: what it is, the line of its head, and its lines as number, tag and value."""

    kind: str
    line: int
    tags: list[tuple[int, str, str]] = field(default_factory=list)

    @property
    def id(self) -> str:
        """What its first id is; empty where it has none."""
        return next((parted(value)[0] for _, tag, value in self.tags if tag == "id"), "")

    def first(self, tag: str) -> str:
        """The value of the first line with a tag; empty where there is none."""
        return next((value for _, other, value in self.tags if other == tag), "")


def stanzas(reading: Reading, *, only: str = "") -> Iterator[Stanza]:
    """The header, which is of no kind, and the stanzas.

    With `only` those of one kind have tags, and nothing is said of bad lines.
    """
    current = Stanza("", 1)
    for number, line in _lines(reading):
        text = line.strip()
        if not text or text.startswith("!"):
            continue
        head = _STANZA.fullmatch(text) if text[0] == "[" else None
        if head:
            yield current
            current = Stanza(head[1], number)
            continue
        if only and current.kind != only:
            continue
        tag, colon, value = text.partition(":")
        if colon and tag and tag.split() == [tag]:
            current.tags.append((number, tag, value.strip()))
        elif not only:
            what = f"{text!r:.60} is neither a tag with its value nor a stanza"
            reading.wrong(str(number), what, "write tag: value")
    yield current


def _lines(reading: Reading) -> Iterator[tuple[int, str]]:
    """The lines, those put together that end in a backslash of their own."""
    kept, first = "", 0
    for number, line in reading.lines():
        if not first and line[-1:] != "\\":
            yield number, line
            continue
        whole = kept + line
        odd = len(whole) - len(whole.rstrip("\\"))
        if odd % 2:
            first, kept = first or number, whole[:-1]
            continue
        yield first or number, whole
        kept, first = "", 0
    if kept:
        yield first, kept
