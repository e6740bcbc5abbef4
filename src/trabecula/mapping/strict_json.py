"""JSON that says one thing: no key twice, no number that is none, no endless nest."""

from __future__ import annotations

import json
import json.scanner
import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any, Final, TypeAlias

from trabecula.characters import visible
from trabecula.errors import FormatError, Problem

#: Digits of the longest number that Python reads.
_LONGEST: Final = 4300
#: Characters that are shown of what stands where it cannot be read on.
_SHOWN: Final = 40


def parsed(text: str, where: str, *, nan: bool = False) -> Any:
    """The value in a JSON text.

    Raises `FormatError` with the line of what is wrong: the syntax, a key that stands twice in an
    object, a number of more than 4,300 digits, half a character, an empty file. NaN and infinities,
    which Python writes though JSON has none, are an error unless `nan` takes them.
    """
    if not text.strip():
        fix = "write the graph into it, or name another"
        raise FormatError([Problem("empty-file", where, "the file is empty", fix)])
    try:
        return json.loads(
            text,
            object_pairs_hook=_without_repetition,
            parse_int=_integer,
            parse_constant=float if nan else _number,
        )
    except json.JSONDecodeError as error:
        place = f"{where}:{error.lineno}"
        shown = visible(text[error.pos :].partition("\n")[0].strip(), _SHOWN)
        what = (
            f"{error.msg}, and {shown} stands there" if shown else f"{error.msg} where a line ends"
        )
        problem = Problem("json-syntax", place, what, "correct the file at this place")
        raise FormatError([problem]) from error
    except RecursionError as error:
        problem = Problem("too-deep", where, "too many levels of nesting", "write flat nodes")
        raise FormatError([problem]) from error
    except Faulty as error:
        place = f"{where}:{_line(text)}"
        raise FormatError([Problem("json-syntax", place, str(error), "correct it")]) from error


#: A member of an object: its name, -1 and its value. Of a list that is an empty one, and each value
#: in it follows with its number.
Member: TypeAlias = tuple[str, int, Any]
_BLANKS: Final = re.compile(r"[ \t\n\r]*")


def members(text: str, where: str, *, nan: bool = False) -> Iterator[Member]:
    """The members of the object in a JSON text, and one by one what is in those that are lists.

    So what the text says need never be in memory at once. Raises as `parsed` does, though perhaps
    only after what stands before the fault. What is no object has no members.

    >>> list(members('{"a": 1, "b": [2, 3]}', "x.json"))
    [('a', -1, 1), ('b', -1, []), ('b', 0, 2), ('b', 1, 3)]
    """
    decoder = json.JSONDecoder(
        object_pairs_hook=_without_repetition, parse_constant=float if nan else _number
    )  # of a number with too many digits Python itself makes a `ValueError`
    try:
        yield from _members(text, decoder.scan_once)  # type: ignore[attr-defined]
    except (ValueError, IndexError, RuntimeError):  # the last of an end in the middle of a value
        if isinstance(parsed(text, where, nan=nan), dict):  # which says what is wrong, and where
            raise


def _members(text: str, scan: Callable[[str, int], tuple[Any, int]]) -> Iterator[Member]:
    at = _past("{", text, _behind_blanks(text, 0))
    names: set[str] = set()
    while text[at] == '"':
        name, at = scan(text, at)
        if name in names:
            raise Faulty(name)
        names.add(name)
        at = _past(":", text, _behind_blanks(text, at))
        if text[at] == "[":
            yield name, -1, []
            at = _past("[", text, at)
            number = 0
            while number or text[at] != "]":
                value, at = scan(text, at)
                yield name, number, value
                number += 1
                if text[at] != ",":
                    at = _behind_blanks(text, at)
                    if text[at] != ",":
                        break
                at = _behind_blanks(text, at + 1)
            at = _past("]", text, at)
        else:
            value, at = scan(text, at)
            yield name, -1, value
            at = _behind_blanks(text, at)
        if text[at] != ",":
            break
        at = _past(",", text, at)
        if text[at] != '"':
            raise ValueError
    at = _past("}", text, at)
    if at < len(text):
        raise ValueError


def records(text: str, where: str) -> Iterator[tuple[int, dict[str, Any]]]:
    r"""The objects in a list, or one a line, each with the line that it begins in.

    Raises as `parsed` does, and where something else than objects is among them.

    >>> list(records('[{"a": 1},\n {"a": 2}]', "x.json")), list(records('{"a": 1}', "x.json"))
    ([(1, {'a': 1}), (2, {'a': 2})], [(1, {'a': 1})])
    """
    if text.lstrip()[:1] != "[":
        for number, text_line in enumerate(text.split("\n"), start=1):
            if text_line.strip():
                yield _record(line(text_line, where, number), where, number)
        return
    decoder = json.JSONDecoder(object_pairs_hook=_without_repetition, parse_constant=_number)
    number, seen = 1, 0
    try:
        for at, value in _values(text, decoder.scan_once):  # type: ignore[attr-defined]
            number, seen = number + text.count("\n", seen, at), at
            yield _record(value, where, number)
    except (ValueError, IndexError, RuntimeError):
        parsed(text, where)  # which says what is wrong, and where
        raise


def _record(value: Any, where: str, number: int) -> tuple[int, dict[str, Any]]:
    if isinstance(value, dict):
        return number, value
    what, fix = f"{value!r:.40} is no object", "write an object with a value for each column"
    raise FormatError([Problem("json-shape", f"{where}:{number}", what, fix)])


def _values(text: str, scan: Callable[[str, int], tuple[Any, int]]) -> Iterator[tuple[int, Any]]:
    """The values in a list, and where each begins."""
    at = _past("[", text, _behind_blanks(text, 0))
    more = text[at] != "]"
    while more:
        value, end = scan(text, at)
        yield at, value
        at = _behind_blanks(text, end)
        more = text[at] == ","
        if more:
            at = _past(",", text, at)
    at = _past("]", text, at)
    if at < len(text):
        raise ValueError


def _past(sign: str, text: str, at: int) -> int:
    """The place behind a sign that has to stand here, and behind the blanks after it."""
    if text[at] != sign:
        raise ValueError
    return _behind_blanks(text, at + 1)


def _behind_blanks(text: str, at: int) -> int:
    match = _BLANKS.match(text, at)
    return match.end() if match else at


def line(text: str, where: str, number: int) -> Any:
    """The value in one line of JSON Lines; raises as `parsed` does, with the number of the line."""
    try:
        return _of_line(text)
    except json.JSONDecodeError as error:
        what = f"{error.msg} in column {error.colno}"
    except RecursionError:
        what = "too many levels of nesting"
    except Faulty as error:
        what = str(error)
    raise FormatError([Problem("json-syntax", f"{where}:{number}", what, "correct the line")])


class Faulty(ValueError):
    """JSON that parses and says nothing certain."""


def _without_repetition(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values: dict[str, Any] = dict(pairs)
    if len(values) < len(pairs):
        key = next(key for key, count in Counter(key for key, _ in pairs).items() if count > 1)
        raise Faulty(f"the key {key!r} stands twice in an object")
    return values


def _integer(digits: str) -> int:
    if len(digits) > _LONGEST:
        raise Faulty(f"a number of {len(digits):,} digits, {digits[:10]}…")
    return int(digits)


def _number(constant: str) -> float:
    raise Faulty(f"{constant} is no number of JSON")


#: Made once: `json.loads` makes a decoder for each call.
_of_line: Final = json.JSONDecoder(
    object_pairs_hook=_without_repetition, parse_int=_integer, parse_constant=_number
).decode


def _line(text: str) -> int:
    """The line of the innermost object of a JSON text that says nothing certain.

    Python's own reader, which is slow, tells where it is; it is asked only once something is wrong.
    """
    places = []

    def placed(at: tuple[str, int], *more: Any) -> Any:
        places.append(at[1])
        value = json.decoder.JSONObject(at, *more)  # type: ignore[attr-defined]
        places.pop()
        return value

    decoder = json.JSONDecoder(
        object_pairs_hook=_without_repetition, parse_int=_integer, parse_constant=_number
    )
    decoder.parse_object = placed  # type: ignore[attr-defined]
    with suppress(Faulty, RecursionError):
        json.scanner.py_make_scanner(decoder)(text, len(text) - len(text.lstrip()))  # type: ignore[attr-defined]
    return text.count("\n", 0, places[-1] if places else 0) + 1
