"""What is seen of a file before it is read: how it begins and ends, and its name."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

from trabecula import compressed

#: So many bytes of the start of a file are looked at, and of its end.
START: Final = 1 << 16
_END: Final = 1 << 12


@dataclass(frozen=True)
class Head:
    """How a file begins and ends, unfolded where it is compressed."""

    name: str  # of the file in lower case, without an ending such as .gz
    start: bytes
    end: bytes = b""

    @cached_property
    def text(self) -> str:
        """The start as text, whatever it is encoded in."""
        codec = "utf-16" if self.start[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
        text = self.start.decode(codec, "replace")
        return text if "\n" in text else text.replace("\r", "\n")  # as old spreadsheets write

    @cached_property
    def line(self) -> str:
        """The first line that is neither empty nor a comment."""
        lines = (line.strip("\r") for line in self.text.split("\n"))
        content = (line for line in lines if line.strip() and line[0] != "#")
        return next((line for line in content if not re.fullmatch(r"(?i)sep=.", line)), "")

    @cached_property
    def root(self) -> str:
        """The name of the root element, where it is XML, in lower case and without prefix."""
        text = re.sub(
            r"(?si)\A\s*(<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*(\[.*?\])?\s*>|\s+)*", "", self.text
        )
        match = re.match(r"<(?:[\w.-]+:)?([\w.-]+)", text)
        return match[1].casefold() if match else ""

    @property
    def is_json(self) -> bool:
        """Whether it begins as an object or a list of JSON does."""
        return self.text.lstrip()[:1] in ("{", "[")

    @property
    def is_turtle(self) -> bool:
        """Whether it begins with a prefix of Turtle or TriG, and the suffix says something else."""
        starts = re.match(r"(?i)(#[^\n]*\n|\s)*+(@prefix|@base|prefix\s+[\w-]*:\s*<)", self.text)
        return bool(starts) and not self.ends(".ttl", ".ttl12", ".trig", ".rq", ".sparql")

    def has(self, *keys: str) -> bool:
        """Whether the start or the end of a file of JSON has all these keys, at any depth."""
        both = self.text + self.end.decode("utf-8", "replace")
        return all(re.search(rf'"{re.escape(key)}"\s*:', both) for key in keys)

    def ends(self, *suffixes: str) -> bool:
        """Whether the name of the file ends like this."""
        return self.name.endswith(suffixes)

    @property
    def is_yaml(self) -> bool:
        """Whether it begins with a key of YAML, after comments."""
        return self.begins(r"(---\s+)?(- )?[A-Za-z_]+:(\s|$)")

    @cached_property
    def content(self) -> str:
        """The start as text, after comments and blanks."""
        return re.sub(r"(?s)\A(\s+|#[^\n]*\n|//[^\n]*\n|/\*.*?\*/)*", "", self.text)

    def begins(self, pattern: str) -> bool:
        """Whether it begins like this, after comments in lines and blanks."""
        return re.match(pattern, self.content) is not None

    def has_words(self, *keys: str) -> bool:
        """Whether YAML or JSON has all these keys, each perhaps in one of several names."""
        return all(re.search(rf'(?m)(^|[\s{{,-])"?({key})"?\s*:', self.text) for key in keys)


def head(path: Path) -> Head | None:
    """The head of an ordinary file; None of a folder, a pipe, a device or what is not there."""
    if not path.is_file():
        return None
    with path.open("rb") as stream:
        start = stream.read(START)
        end = b""
        if len(start) == START:
            stream.seek(-_END, 2)
            end = stream.read(_END)
    folding = compressed.folded(start)
    if folding:
        start, end = compressed.beginning(path, folding, START), b""
    return Head(compressed.unfolded_name(path.name.casefold()), start, end)


#: A question of a head.
Look = Callable[[Head], bool]
