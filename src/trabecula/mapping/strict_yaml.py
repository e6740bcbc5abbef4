"""YAML as plain data: no tags that make objects, no references that unfold."""

from __future__ import annotations

import re
from datetime import date
from typing import Any, Final

from trabecula.errors import FormatError, MissingExtra, Problem

#: Levels of nesting.
_DEEPEST: Final = 100
#: Digits of the longest number that Python reads.
_LONGEST: Final = 4300
_DIGITS: Final = re.compile(r"[-+]?[0-9a-fA-Fxob_:]+")
_DATE: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?=[Tt\s]|\Z)")


def parsed(text: str, where: str) -> Any:
    """The value in a file of YAML, of several documents their list.

    Raises `FormatError` with the line of what is wrong, of a reference (`*name`) and of a tag that
    is not plain data; `MissingExtra` where PyYAML is not installed.
    """
    try:
        import yaml
    except ImportError as error:
        raise MissingExtra("formats", "reading YAML") from error
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        depth, keys = 0, _Keys(where)
        for event in yaml.parse(text, Loader=loader):
            line = event.start_mark.line + 1 if event.start_mark else 1
            if isinstance(event, yaml.AliasEvent):
                _refuse(where, line, f"a reference, *{event.anchor}", "write it out")
            starts = isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent)
            ends = isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent)
            depth += starts - ends
            if starts:
                keys.begin(is_mapping=isinstance(event, yaml.MappingStartEvent))
            elif ends:
                keys.end()
            elif isinstance(event, yaml.ScalarEvent):
                keys.take(event.value, line)
            if depth > _DEEPEST:
                _refuse(where, line, "too many levels of nesting", "flatten it")
            if isinstance(event, yaml.ScalarEvent) and event.implicit[0]:
                _check_scalar(event.value, where, line)
        documents = list(yaml.load_all(text, Loader=loader))  # a safe loader
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f"{where}:{mark.line + 1}" if mark else where
        what = getattr(error, "problem", None) or "this is no YAML"
        raise FormatError(
            [Problem("yaml-syntax", place, what, "correct the file there")]
        ) from error
    return documents[0] if len(documents) == 1 else documents


class _Keys:
    """The keys of each mapping that is open; of the same key twice, a loader keeps the last."""

    def __init__(self, where: str) -> None:
        self.where = where
        #: Of each mapping its keys, and whether a key is next; of a list nothing.
        self.open: list[tuple[set[str], list[bool]] | None] = []

    def begin(self, *, is_mapping: bool) -> None:
        self._step()
        self.open.append((set(), [True]) if is_mapping else None)

    def end(self) -> None:
        self.open.pop()

    def take(self, value: str, line: int) -> None:
        """Note a scalar; raises `FormatError` for a key that the mapping has already."""
        if self._step() and self.open and self.open[-1]:
            keys = self.open[-1][0]
            if value in keys:
                what = f"the key {value!r:.40} stands twice in an object"
                _refuse(self.where, line, what, "write it once, with all its values")
            keys.add(value)

    def _step(self) -> bool:
        """Go on to what comes next in the innermost mapping; whether this was a key."""
        if not self.open or self.open[-1] is None:
            return False
        is_next = self.open[-1][1]
        is_next[0] = not is_next[0]
        return not is_next[0]


def _check_scalar(value: str, where: str, line: int) -> None:
    """Refuse a number or a date that Python has none for; PyYAML would not say where it stands."""
    if _DIGITS.fullmatch(value) and len(value) > _LONGEST:
        _refuse(where, line, f"a number of {len(value):,} digits", "write it in quotation marks")
    match = _DATE.match(value)
    if match is not None:
        try:
            date(*map(int, match.groups()))
        except ValueError as error:
            _refuse(where, line, f"{value!r:.40} is no date: {error}", "correct the date")


def _refuse(where: str, line: int, what: str, fix: str) -> None:
    raise FormatError([Problem("yaml-syntax", f"{where}:{line}", what, fix)])
