"""YAML as plain data: no tags that make objects, no references that unfold."""

from __future__ import annotations

from typing import Any, Final

from trabecula.errors import FormatError, MissingExtra, Problem

#: Levels of nesting.
_DEEPEST: Final = 100


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
        depth = 0
        for event in yaml.parse(text, Loader=loader):
            line = event.start_mark.line + 1 if event.start_mark else 1
            if isinstance(event, yaml.AliasEvent):
                _refuse(where, line, f"a reference, *{event.anchor}", "write it out")
            starts = isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent)
            ends = isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent)
            depth += starts - ends
            if depth > _DEEPEST:
                _refuse(where, line, "too many levels of nesting", "flatten it")
        documents = list(yaml.load_all(text, Loader=loader))  # a safe loader
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f"{where}:{mark.line + 1}" if mark else where
        what = getattr(error, "problem", None) or "this is no YAML"
        raise FormatError(
            [Problem("yaml-syntax", place, what, "correct the file there")]
        ) from error
    return documents[0] if len(documents) == 1 else documents


def _refuse(where: str, line: int, what: str, fix: str) -> None:
    raise FormatError([Problem("yaml-syntax", f"{where}:{line}", what, fix)])
