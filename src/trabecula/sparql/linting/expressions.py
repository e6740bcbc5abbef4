"""What expressions compare and call: whether it can ever be true, or have a value at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from trabecula.pasted import pasted
from trabecula.sparql.linting.asked import Asked
from trabecula.sparql.linting.literals import NUMBERS, as_kind, kind_of
from trabecula.sparql.linting.nodes import for_text, likely
from trabecula.sparql.linting.paths import End
from trabecula.sparql.linting.scope import required
from trabecula.sparql.linting.spelling import name_of, written
from trabecula.sparql.schema import KINDS, NAMES
from trabecula.sparql.tokens import KNOWN_PREFIXES, quoted
from trabecula.sparql.tree import XSD, Expression, Group, Iri, Literal, Variable

Kinds = frozenset[str] | None  # None where they are not known

_TEXT: Final = frozenset(("string",))
_NUMBER: Final = frozenset(("integer",))
_RESULTS: Final = {
    **dict.fromkeys(
        ("STR", "LCASE", "UCASE", "CONCAT", "SUBSTR", "REPLACE", "STRBEFORE", "STRAFTER", "LANG",
         "ENCODE_FOR_URI", "GROUP_CONCAT", "STRUUID", "MD5", "SHA1", "SHA256", "SHA512", "TZ"),
        _TEXT,
    ),
    **dict.fromkeys(
        ("STRLEN", "COUNT", "YEAR", "MONTH", "DAY", "HOURS", "MINUTES", "SECONDS", "ABS", "CEIL",
         "FLOOR", "ROUND", "RAND", "SUM", "AVG", "+", "-", "*", "/"),
        _NUMBER,
    ),
    "STRLANG": frozenset(("langString",)),
    "NOW": frozenset(("dateTime",)),
    **dict.fromkeys(("IRI", "URI", "UUID", "DATATYPE"), frozenset(("iri",))),
    **dict.fromkeys(
        ("CONTAINS", "STRSTARTS", "STRENDS", "REGEX", "LANGMATCHES", "BOUND", "ISIRI", "ISURI",
         "ISBLANK", "ISLITERAL", "ISNUMERIC", "SAMETERM", "exists", "not exists", "!", "&&", "||",
         "=", "!=", "<", ">", "<=", ">=", "in", "not in"),
        frozenset(("boolean",)),
    ),
}  # fmt: skip
#: Functions whose first arguments, so many, are texts.
_OF_TEXTS: Final = {
    "CONTAINS": 2, "STRSTARTS": 2, "STRENDS": 2, "STRBEFORE": 2, "STRAFTER": 2, "REGEX": 2,
    "REPLACE": 3, "STRLEN": 1, "SUBSTR": 1, "LCASE": 1, "UCASE": 1, "ENCODE_FOR_URI": 1,
    "CONCAT": 99,
}  # fmt: skip
_ARITHMETIC: Final = frozenset(("+", "-", "*", "/", "SUM", "AVG", "ABS", "CEIL", "FLOOR", "ROUND"))
_COMPARISONS: Final = frozenset(("=", "<", ">", "<=", ">=", "in"))
_SEARCHES: Final = frozenset(("CONTAINS", "STRSTARTS", "STRENDS", "="))


def warnings(asked: Asked) -> Iterator[str]:
    """Warnings about comparisons that are never true and calls that never have a value."""
    for group, _ in asked.groups:
        types = _Types(asked, group)
        for expression in group.expressions():
            yield from _within(expression, types)
        for expression in group.filters:
            for part in required(expression):
                for check in (_needs_language, _test, _datatype, _nowhere):
                    yield from check(part, types)
    for select in asked.selects:
        types = _Types(asked, select.where)
        for expression in (*(e for e, _ in select.aliases), *select.having, *select.ordered):
            yield from _within(expression, types)


class _Types:
    """The kinds of values that expressions of one group have."""

    def __init__(self, asked: Asked, group: Group) -> None:
        self.asked = asked
        self._group = group

    def role(self, expression: Expression) -> End | None:
        """What patterns say of a variable; None for anything else."""
        node = expression.node
        if not isinstance(node, Variable):
            return None
        return self.asked.roles.of(self._group, node.name)

    def of(self, expression: Expression) -> Kinds:
        """The kinds of values of an expression."""
        node = expression.node
        if isinstance(node, Variable):
            return self._variable(node.name)
        if isinstance(node, Literal):
            return frozenset((kind_of(node),))
        if isinstance(node, Iri):
            return frozenset(("iri",))
        how, arguments = expression.how, expression.arguments
        if how.startswith(XSD):
            return frozenset((how.removeprefix(XSD),))
        if how in ("MIN", "MAX", "SAMPLE") and arguments:
            return self.of(arguments[0])
        if how == "IF" and len(arguments) == 3:
            return _either(self.of(arguments[1]), self.of(arguments[2]))
        return _RESULTS.get(how)

    def _variable(self, name: str) -> Kinds:
        role = self.asked.roles.of(self._group, name)
        if role is not None:
            nodes = {"iri"} if role.kinds & set(KINDS) else set()
            return frozenset(role.kinds - set(KINDS) | nodes)
        return self.asked.made.get(name)


def _either(first: Kinds, other: Kinds) -> Kinds:
    return None if first is None or other is None else first | other


def _within(expression: Expression, types: _Types) -> Iterator[str]:
    for part in expression.every():
        how, arguments = part.how, part.arguments
        if how in _COMPARISONS and len(arguments) > 1:
            for other in arguments[1:]:
                yield from _comparison(part, arguments[0], other, types)
        if how in _OF_TEXTS:
            for argument in arguments[: _OF_TEXTS[how]]:
                yield from _no_text(part, argument, types)
        if how in _ARITHMETIC or how in _CASTS:
            yield from _no_number(part, types)
        if how in _SEARCHES and len(arguments) == 2:
            yield from _capitals(part, types)
            yield from _short_name(part, types)


# --- Comparisons ---------------------------------------------------------------------------------


def _comparison(
    whole: Expression, side: Expression, other: Expression, types: _Types
) -> Iterator[str]:
    """That two sides of different kinds are never equal, nor one before the other."""
    left, right = types.of(side), types.of(other)
    if not left or not right or _comparable(left, right):
        return
    # The side that would be written otherwise is a constant, if there is one.
    wrong, fine, wanted = (other, side, left) if _is_constant(other) else (side, other, right)
    if whole.how in ("=", "in") and _is_constant(wrong) and types.role(fine) is not None:
        return  # the constant is looked at as a value of the variable
    hint = _fix(wrong, wanted, types) if _is_constant(wrong) else ""
    hint = hint or _as_text(fine if _is_constant(wrong) else wrong, types)
    if whole.how in ("<", ">", "<=", ">=") and wanted == _TEXT and types.of(wrong) == _NUMBER:
        hint = f"xsd:integer({types.asked.shown(fine)})"
    shown = types.asked.shown
    yield (
        f"{shown(whole)} is never true, for {shown(side)} is {_phrase(left)} and {shown(other)} is"
        f" {_phrase(right)}" + (f"; write {hint}" if hint else "")
    )


def _is_constant(side: Expression) -> bool:
    return isinstance(side.node, Iri | Literal)


def _comparable(first: frozenset[str], other: frozenset[str]) -> bool:
    strange = (first | other) - {*NAMES, *NUMBERS, "iri", "langString", "date", "dateTime"}
    return bool(strange or first & other or (first & NUMBERS and other & NUMBERS))


def _fix(constant: Expression, wanted: frozenset[str], types: _Types) -> str:
    """A constant as it would have to be written to be of one of the wanted kinds."""
    node = constant.node
    contents = types.asked.contents
    if isinstance(node, Literal):
        if wanted == {"iri"}:
            return for_text(node.value, frozenset(("entity",)), contents)
        value = node.value
        return next((meant for kind in sorted(wanted) if (meant := as_kind(value, kind))), "")
    if isinstance(node, Iri) and wanted == {"string"}:
        return quoted(node.value)
    return ""


def _as_text(side: Expression, types: _Types) -> str:
    strange = (types.of(side) or frozenset()) & {"iri", "gYear", "anyURI"}
    return f"STR({types.asked.shown(side)})" if strange else ""


def _phrase(kinds: frozenset[str]) -> str:
    return " or ".join(_PHRASES.get(kind, kind) for kind in sorted(kinds))


_PHRASES: Final = {
    "string": "a text",
    "integer": "a number",
    "decimal": "a number",
    "double": "a number",
    "boolean": "true or false",
    "gYear": "a year",
    "anyURI": "an address",
    "date": "a date",
    "dateTime": "a time",
    "iri": "an IRI",
    "langString": "a text with a language",
}


# --- Calls ---------------------------------------------------------------------------------------


def _no_text(call: Expression, argument: Expression, types: _Types) -> Iterator[str]:
    """That a function of texts is given something else."""
    kinds = types.of(argument)
    if kinds and not kinds & {"string", "langString"}:
        shown = types.asked.shown(argument)
        yield (
            f"{call.how}({shown} …) has no value, for {shown} is {_phrase(kinds)};"
            f" write STR({shown})"
        )


#: Casts to numbers, which take numbers, texts and truth values.
_CASTS: Final = frozenset(XSD + name for name in ("integer", "decimal", "double", "float", "int"))


def _no_number(call: Expression, types: _Types) -> Iterator[str]:
    """That something else than a number is counted with."""
    cast = call.how in _CASTS
    for argument in call.arguments:
        kinds = types.of(argument)
        allowed = {*NUMBERS, "boolean", "string"} if cast else NUMBERS
        if call.how == "/" and isinstance(argument.node, Iri):
            yield _division(call, types)
            return
        if kinds and not kinds & allowed and not kinds - {*NAMES, "iri"}:
            shown = types.asked.shown(argument)
            hint = f"; write xsd:integer(STR({shown}))" if "gYear" in kinds else ""
            yield f"{types.asked.shown(call)} has no value, for {shown} is {_phrase(kinds)}{hint}"


def _division(call: Expression, types: _Types) -> str:
    """That a pasted DOI is read as a division."""
    meant = pasted(types.asked.shown(call))
    nodes = likely(f"https://doi.org/{meant.removeprefix('doi:')}", types.asked.contents)
    node = nodes[0] if nodes else f"https://doi.org/{meant.removeprefix('doi:')}"
    hint = f"; write {written(node)}" if meant else ""
    return f"{types.asked.shown(call)} is a division{hint}"


def _capitals(call: Expression, types: _Types) -> Iterator[str]:
    """That a text in small letters is compared with one that has capitals, or the reverse."""
    for call_, other in (call.arguments, call.arguments[::-1]):
        if call_.how in ("LCASE", "UCASE") and isinstance(other.node, Literal):
            meant = other.node.value.lower() if call_.how == "LCASE" else other.node.value.upper()
            if meant != other.node.value:
                what = "capital" if call_.how == "LCASE" else "small"
                yield (
                    f"{types.asked.shown(call)} is never true, for {call_.how}() has no {what}"
                    f" letters; write {quoted(meant)}"
                )


def _short_name(call: Expression, types: _Types) -> Iterator[str]:
    """That the text of an IRI is compared with what is no whole IRI, or none of the graph."""
    for text_of, other in (call.arguments, call.arguments[::-1]):
        if text_of.how != "STR" or not text_of.arguments or not isinstance(other.node, Literal):
            continue
        kinds, text = types.of(text_of.arguments[0]), other.node.value
        prefix, colon, local = text.partition(":")
        if colon and prefix in KNOWN_PREFIXES and (kinds is None or "iri" in kinds):
            meant = KNOWN_PREFIXES[prefix] + local
        elif (
            call.how == "="
            and kinds == frozenset(("iri",))
            and not types.asked.contents.kinds(text)
        ):
            (meant, *_) = (*likely(text, types.asked.contents), "")
        else:
            continue
        hint = f"; write {quoted(meant)}" if meant else ""
        yield f"{types.asked.shown(call)} is never true, for STR() gives a whole IRI{hint}"


# --- Languages -----------------------------------------------------------------------------------


def _needs_language(part: Expression, types: _Types) -> Iterator[str]:
    """That a filter lets nothing through but texts with a language, which there are none of."""
    if part.how not in ("=", "!=", "LANGMATCHES") or len(part.arguments) != 2:
        return
    for language_of, other in (part.arguments, part.arguments[::-1]):
        if language_of.how == "LANG" and isinstance(other.node, Literal):
            never = (other.node.value == "") == (part.how == "!=")
            if never:
                yield (
                    f"{types.asked.shown(part)} is never true: the texts of the graph have no"
                    " language; leave it out"
                )


# --- What is asked of a kind ---------------------------------------------------------------------

#: Tests for a kind of term, with whether IRIs and whether literals pass.
_TESTS: Final = {
    "ISIRI": (True, False), "ISURI": (True, False), "ISLITERAL": (False, True),
    "ISBLANK": (False, False), "ISNUMERIC": (False, True),
}  # fmt: skip


def _test(part: Expression, types: _Types) -> Iterator[str]:
    """That a test for a kind of term is passed by nothing."""
    kinds = types.of(part.arguments[0]) if part.arguments else None
    if part.how not in _TESTS or not kinds:
        return
    iris, others = _TESTS[part.how]
    passing = {"iri"} if iris else set()
    if others:
        passing = set(NUMBERS) if part.how == "ISNUMERIC" else set(kinds - {"iri"})
    if not kinds & passing:
        (argument, *_) = part.arguments
        shown = types.asked.shown
        yield f"{shown(part)} is never true, for {shown(argument)} is {_phrase(kinds)}"


def _datatype(part: Expression, types: _Types) -> Iterator[str]:
    """That a value is asked for a datatype which it never has."""
    if part.how != "=" or len(part.arguments) != 2:
        return
    for datatype_of, other in (part.arguments, part.arguments[::-1]):
        kinds = (
            types.of(datatype_of.arguments[0])
            if datatype_of.how == "DATATYPE" and datatype_of.arguments
            else None
        )
        if kinds and isinstance(other.node, Iri) and not kinds - set(NAMES):
            local = other.node.value.removeprefix(XSD)
            if local not in kinds:
                has = " or ".join(f"xsd:{kind}" for kind in sorted(kinds))
                yield f"{types.asked.shown(part)} is never true, for the datatype is {has}"


# --- Texts ---------------------------------------------------------------------------------------

_FOUND: Final[dict[str, tuple[str, Callable[[str, str], bool]]]] = {
    "CONTAINS": ("holds", lambda text, part: part in text),
    "STRSTARTS": ("begins with", str.startswith),
    "STRENDS": ("ends with", str.endswith),
}


def _nowhere(part: Expression, types: _Types) -> Iterator[str]:
    """That a text is looked for which no value of the property holds."""
    if part.how not in _FOUND or len(part.arguments) != 2:
        return
    where, what = part.arguments
    change: Callable[[str], str] = str
    while where.how in _CHANGES and len(where.arguments) == 1:
        change, where = _joined(change, _CHANGES[where.how]), where.arguments[0]
    role = types.role(where)
    if role is None or not (role.value and role.only) or role.kinds != {"string"}:
        return
    values = types.asked.contents.values(role.step.value)
    if not isinstance(what.node, Literal) or not 0 < len(values) <= _MANY:
        return
    verb, holds = _FOUND[part.how]
    text = what.node.value
    if change(text) != text:
        return  # which is said elsewhere
    if any(holds(change(value), text) for value in values):
        return
    folded = any(holds(value.lower(), text.lower()) for value in values)
    hint = f"; write {part.how}(LCASE(…), {quoted(text.lower())})" if folded else ""
    yield f"no {name_of(role.step)} in the graph {verb} {quoted(text)}{hint}"


#: Among more texts than this, looking for one would take too long.
_MANY: Final = 20_000
_CHANGES: Final[dict[str, Callable[[str], str]]] = {
    "STR": str, "LCASE": str.lower, "UCASE": str.upper,
}  # fmt: skip


def _joined(outer: Callable[[str], str], inner: Callable[[str], str]) -> Callable[[str], str]:
    return lambda text: outer(inner(text))
