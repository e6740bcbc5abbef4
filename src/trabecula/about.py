"""`about.toml`: what a curated graph is and whose, and the words it has of its own.

    title = "KRAS signalling"
    licence = "https://creativecommons.org/publicdomain/zero/1.0/"
    namespace = "https://example.org/kras/"

    focus = ["KRAS", "ERK"]

    [topics.mapk]
    label = "MAPK cascade"
    definition = "from RAS to ERK"

    [predicates.phosphorylates]
    sign = 1
    influence = "forward"

    [context]
    mutation = ["G12C", "G12D"]

    [prefixes]
    lab = "https://example.org/lab/"

Everything may be left out. What stands there is checked, each problem with its place.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import MISSING, dataclass, field, fields
from typing import Any, Final, TypeVar

from trabecula.errors import FormatError, Problem, Problems
from trabecula.misspelt import unknown
from trabecula.model import About, Category, Method, Predicate, Term
from trabecula.prefixes import NAMESPACES, PREFIXES, space_of

#: The file of a curated folder.
FILE: Final = "about.toml"

_TEXTS: Final = ("title", "description", "licence", "version", "date", "home", "namespace")
_ADDRESSES: Final = ("home", "namespace")
_INTERVALS: Final = ("lack", "normal", "excess")
_WORDS: Final = ("topics", "categories", "predicates", "methods")
_PAIRS: Final = ("context", "ordinary", "prefixes")
_INFLUENCES: Final = ("forward", "reverse", "both", "none")
#: The kind of arrow of a predicate that does not say of which it is, by its influence.
_KINDS: Final = {"forward": "changes", "reverse": "needs", "both": "names"}
#: And its influence, where it says only the kind.
_INFLUENCE_OF: Final = {kind: influence for influence, kind in _KINDS.items()}
#: In which ways a name of a quantity is a state of it; see `quantities`.
_NAMING: Final = ("level", "lack", "excess")
_STATES: Final = (*_NAMING, "form", "")
_STRUCTURES: Final = ("kind", "state", "part", "place", "")
_NAME = re.compile(r"[a-z][a-z0-9_.-]*")
#: A text of several lines, in which nothing is a key.
_LONG = re.compile(r"(\"{3}|'{3}).*?\1", re.DOTALL)
#: What a word can be called: one of another vocabulary is a CURIE or an IRI.
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9_.-]*(:[^\s\"<>{}|\\^`]+)?")
#: What no IRI holds.
_IN_NO_IRI = re.compile(r"[\x00-\x20<>\"{}|\\^`]")
#: What a prefix can be called.
PREFIX: Final = re.compile(r"[A-Za-z][A-Za-z0-9._-]*")

_Word = TypeVar("_Word", Category, Predicate, Method, Term)


def read(text: str, where: str, problems: Problems | None = None) -> About:
    """What a file of this text says; `where` is its path.

    Raises `FormatError` with every problem; but where `problems` is given, those of single values
    are added to it, and what the rest says is returned.
    """
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"at line (\d+)", str(error))
        place = f"{where}:{line[1]}" if line else where
        raise FormatError([Problem("about", place, str(error), "correct the TOML")]) from error
    return parsed(document, where, keys(text), problems)


def keys(text: str) -> dict[str, int]:
    r"""The line of each key that stands before the tables of such a file.

    >>> keys('title = "x"\nfocus = []\n[topics]\nhome = "y"')
    {'title': 1, 'focus': 2}
    """
    bare = _LONG.sub(lambda match: "\n" * match[0].count("\n"), text)
    before = re.split(r"^\s*\[", bare, maxsplit=1, flags=re.MULTILINE)[0]
    lines = (re.match(r"\s*([a-z]+)\s*[.=]", line) for line in before.split("\n"))
    return {match[1]: number for number, match in enumerate(lines, 1) if match}


def parsed(
    document: dict[str, Any],
    where: str,
    lines: dict[str, int] | None = None,
    problems: Problems | None = None,
) -> About:
    """What the tables and values of such a file say, wherever they stand.

    `lines` has those of its keys, where it is a file. Raises `FormatError` with every problem, or
    adds them to `problems`, as `read` does.
    """
    reader = _Reader(where, {} if lines is None else lines)
    about = reader.about(document)
    if problems is not None:
        problems.extend(reader.problems)
    elif reader.problems:
        raise FormatError(reader.problems)
    return about


def values(about: About) -> dict[str, Any]:
    """What `parsed` reads back as `about`, for formats of JSON; what is empty is left out."""
    document: dict[str, Any] = {}
    for name in (each.name for each in fields(About)):
        value = getattr(about, name)
        if name in _WORDS:
            value = {word.name: _plain(word) for word in value}
        elif name in _PAIRS:
            value = {key: list(told) if name == "context" else told for key, told in value}
        elif name == "intervals":
            value = {key: {"of": entity, **dict(places)} for key, entity, places in value}
        elif isinstance(value, tuple):
            value = list(value)
        if value:
            document[name] = value
    return document


def _plain(word: Any) -> dict[str, Any]:
    return {
        each.name: _lists(getattr(word, each.name))
        for each in fields(word)
        if each.name != "name" and getattr(word, each.name) not in ("", (), each.default)
    }


def _lists(value: Any) -> Any:
    return list(map(_lists, value)) if isinstance(value, tuple) else value


def render(about: About) -> str:
    """The text of a file that reads back as `about`."""
    lines = [
        f"{name} = {_toml(getattr(about, name))}"
        for name in ("title", "description", "authors", "licence", "version", "date", "home",
                     "namespace", "focus", "sections", "directionless")
        if getattr(about, name)
    ]  # fmt: skip
    for name in _PAIRS:
        if getattr(about, name):
            lines += ["", f"[{name}]"]
            lines += [f"{_toml(key)} = {_toml(value)}" for key, value in getattr(about, name)]
    for key, entity, values in about.intervals:
        lines += ["", f"[intervals.{_toml(key)}]", f"of = {_toml(entity)}"]
        lines += [f"{_toml(value)} = {_toml(interval)}" for value, interval in values]
    for name in _WORDS:
        for word in getattr(about, name):
            lines += ["", f"[{name}.{_toml(word.name)}]"]
            lines += [
                f"{each.name} = {_toml(getattr(word, each.name))}"
                for each in fields(word)
                if each.name != "name" and getattr(word, each.name) not in ("", (), each.default)
            ]
    return "\n".join([*lines, ""]).lstrip("\n")


def _toml(value: object) -> str:
    """A value in TOML, whose texts and lists are those of JSON."""
    return json.dumps(value, ensure_ascii=False)


def together(first: About, second: About) -> About:
    """What two graphs in one say of themselves: the words of both, and else what both say.

    A graph that says nothing does not contradict: of neither is more claimed than it says.

    >>> both = together(About(title="a", licence="x"), About(title="b", licence="x"))
    >>> both.title, both.licence
    ('', 'x')
    """
    if About() in (first, second) or first == second:
        return first if second == About() else second
    fused: dict[str, Any] = {}
    for name in (each.name for each in fields(About)):
        mine, others = getattr(first, name), getattr(second, name)
        if name in ("authors", *_TEXTS):
            fused[name] = mine if mine == others else type(mine)()
        else:
            fused[name] = tuple(dict.fromkeys((*mine, *others)))
    return About(**fused)


@dataclass
class _Reader:
    """Takes values out of parsed TOML and collects what is wrong with them."""

    where: str
    lines: dict[str, int] = field(default_factory=dict)  # by key, where they are known
    problems: list[Problem] = field(default_factory=list)

    def wrong(self, what: str, fix: str, key: str = "") -> None:
        line = self.lines.get(key)
        where = f"{self.where}:{line}" if line else self.where
        self.problems.append(Problem("about", where, what, fix))

    def about(self, document: dict[str, Any]) -> About:
        names = [each.name for each in fields(About)]
        for key in document:
            if key not in names:
                self.wrong(unknown("key", key, names), "remove it, or correct it", key)
        texts = {name: self.text(document, name) for name in _TEXTS}
        for name in _ADDRESSES:
            self.address(name, texts[name], name)
        space = texts["namespace"]
        if space and (not space.endswith("/") or "#" in space):  # more follows, with a # of its own
            self.wrong(
                f"namespace is {space!r}", "end it with /, and write no # in it", "namespace"
            )
        if texts["date"] and not re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?", texts["date"]):
            self.wrong(f"date is {texts['date']!r}", "write it as 2026-11-28", "date")
        return About(
            **texts,
            authors=self.texts(document, "authors"),
            sections=self.texts(document, "sections"),
            topics=self.words(document, "topics", Term),
            categories=self.words(document, "categories", self.category),
            predicates=self.words(document, "predicates", self.predicate),
            methods=self.words(document, "methods", Method),
            context=tuple(
                (key, self.texts(self.table(document, "context"), key, "context."))
                for key in self.named(self.table(document, "context"), "context", _NAME)
            ),
            ordinary=tuple(sorted(self.pairs(document, "ordinary"))),
            prefixes=tuple(sorted(self.prefixes(document))),
            intervals=tuple(sorted(self.intervals(document))),
            directionless=self.texts(document, "directionless"),
            focus=tuple(dict.fromkeys(self.texts(document, "focus"))),
        )

    # --- Values -----------------------------------------------------------------------------

    def text(self, values: dict[str, Any], name: str, place: str = "") -> str:
        value = values.get(name, "")
        if hasattr(value, "isoformat"):  # TOML has dates of its own
            return str(value.isoformat())
        if isinstance(value, str):
            return value
        what = f"{place}{name} is {value!r:.60}"
        self.wrong(what, "write a text in quotes", "" if place else name)
        return ""

    def address(self, what: str, iri: str, key: str = "", *, needed: bool = False) -> None:
        """Tells of what is no address of the web; nothing may be one, where none is needed."""
        if (iri or needed) and not iri.startswith(("https://", "http://")):
            self.wrong(f"{what} is {iri!r}", "begin it with https://", key)
        elif _IN_NO_IRI.search(iri):
            self.wrong(f"{what} is {iri!r}", "write %20 for a blank, and so on", key)

    def texts(self, values: dict[str, Any], name: str, place: str = "") -> tuple[str, ...]:
        value = values.get(name, [])
        if isinstance(value, list) and all(isinstance(each, str) for each in value):
            return tuple(value)
        what = f"{place}{name} is {value!r:.60}"
        self.wrong(what, 'write a list of texts: ["…", "…"]', "" if place else name)
        return ()

    def table(self, values: dict[str, Any], name: str) -> dict[str, Any]:
        value = values.get(name, {})
        if isinstance(value, dict):
            return value
        self.wrong(f"{name} is {value!r:.60}", f"write a table: [{name}]")
        return {}

    def named(self, values: dict[str, Any], name: str, pattern: re.Pattern[str]) -> Iterator[str]:
        for key in values:
            if pattern.fullmatch(key):
                yield key
            else:
                self.wrong(
                    f"{key!r} cannot be a name in {name}", f"use names like {pattern.pattern}"
                )

    def pairs(self, document: dict[str, Any], name: str) -> Iterator[tuple[str, str]]:
        values = self.table(document, name)
        yield from ((key, self.text(values, key, f"{name}.")) for key in values)

    def prefixes(self, document: dict[str, Any]) -> Iterator[tuple[str, str]]:
        values = self.table(document, "prefixes")
        for key in self.named(values, "prefixes", PREFIX):
            iri = self.text(values, key, "prefixes.")
            self.address(f"prefixes.{key}", iri, needed=True)
            if key in PREFIXES or key in NAMESPACES:
                what = f"prefixes.{key} is known, as {space_of(key)}"
                self.wrong(what, "leave it out, or choose another name")
            yield key, iri

    def intervals(
        self, document: dict[str, Any]
    ) -> Iterator[tuple[str, str, tuple[tuple[str, str], ...]]]:
        """What values of a key of context say of where a quantity stands."""
        tables = self.table(document, "intervals")
        for key in self.named(tables, "intervals", _NAME):
            row = self.table(tables, key)
            values = {value: self.text(row, value, f"intervals.{key}.") for value in row}
            entity = values.pop("of", "")
            if not entity:
                self.wrong(f"intervals.{key} names no quantity", 'write of = "the-entity"')
            for value, interval in values.items():
                if interval not in _INTERVALS:
                    what = unknown("interval", interval, _INTERVALS)
                    self.wrong(f"intervals.{key}.{value}: {what}", "correct it")
            yield key, entity, tuple(sorted(values.items()))

    # --- Words ------------------------------------------------------------------------------

    def words(
        self, document: dict[str, Any], name: str, make: Callable[..., _Word]
    ) -> tuple[_Word, ...]:
        """The words of a table; a word that is only a text has this as its definition."""
        table = self.table(document, name)
        made: list[_Word] = []
        for key in self.named(table, name, _WORD):
            value = table[key]
            values = {"definition": value} if isinstance(value, str) else value
            if not isinstance(values, dict):
                self.wrong(f"{name}.{key} is {value!r:.60}", f"write a table: [{name}.{key}]")
                continue
            made += self.word(f"{name}.{key}", key, values, make)
        return tuple(made)

    def word(
        self, place: str, key: str, values: dict[str, Any], make: Callable[..., _Word]
    ) -> Iterable[_Word]:
        kind = {self.category: Category, self.predicate: Predicate}.get(make, make)
        slots = {each.name: each for each in fields(kind)}  # type: ignore[arg-type]
        given: dict[str, Any] = {}
        for name, value in values.items():
            if name not in slots or name == "name":
                self.wrong(f"{place}: {unknown('key', name, slots)}", "remove it, or correct it")
            elif not self.fits(slots[name].type, value):
                wanted = _WANTED[str(slots[name].type)]
                self.wrong(f"{place}.{name} is {value!r:.60}", f"write {wanted}")
            else:
                given[name] = _tuples(value)
        missing = [
            name
            for name, slot in slots.items()
            if slot.default is MISSING and name not in (*given, "name")
        ]
        given |= dict.fromkeys(missing, "")
        return [make(name=key, **given)]

    def fits(self, kind: Any, value: Any) -> bool:
        """Whether a value can stand in a field of a type, which is text here."""
        if kind == "tuple[tuple[str, str], ...]":
            return isinstance(value, list) and all(
                isinstance(pair, list) and [type(part) for part in pair] == [str, str]
                for pair in value
            )
        if kind == "tuple[str, ...]":
            return isinstance(value, list) and all(isinstance(part, str) for part in value)
        return bool(type(value).__name__ == kind)

    def category(self, **values: Any) -> Category:
        """A category; what is not said of it is as of any entity."""
        name = values["name"]
        values["iri_name"] = values["iri_name"] or name
        values["label"] = values["label"] or name.replace("-", " ").replace("_", " ")
        values["biolink"] = values["biolink"] or "biolink:NamedThing"
        values["parent"] = values["parent"] or "Entity"
        for key in ("raised", "lowered", "amount"):
            if values.get(key, "{}").count("{}") != 1:
                self.wrong(
                    f"categories.{name}.{key} is {values[key]!r:.60}",
                    "write {} once, where the name of the entity goes",
                )
        return Category(**values)

    def predicate(self, **values: Any) -> Predicate:
        """A predicate; without influence it says nothing of who acts on whom."""
        name = values["name"]
        values["label"] = values["label"] or name.replace("_", " ")
        values["inverse_label"] = values["inverse_label"] or f"{values['label']} (reversed)"
        if values.get("sign", 0) not in (-1, 0, 1):
            self.wrong(f"predicates.{name}.sign is {values['sign']}", "write 1, -1 or 0")
        kind = values.get("kind") or ""
        influence = values.get("influence") or _INFLUENCE_OF.get(kind, "none")
        values["influence"], values["kind"] = influence, kind or _KINDS.get(influence, "")
        for what, value, words in (
            ("influence", influence, _INFLUENCES),
            ("kind", kind, (*_INFLUENCE_OF, "goes with", "structure", "")),
            ("state", values.get("state", ""), _STATES),
            ("structure", values.get("structure", ""), _STRUCTURES),
        ):
            if value not in words:
                told = unknown(what, value, [word for word in words if word])
                self.wrong(f"predicates.{name}: {told}", "correct it")
                return Predicate(**values)
        if influence != _INFLUENCE_OF.get(values["kind"], "none"):
            self.wrong(
                f"predicates.{name} is of the kind {kind!r} with the influence {influence!r}",
                "leave one of them out",
            )
        elif influence == "both" and values.get("state") not in _NAMING:
            self.wrong(
                f"predicates.{name}: influence both is for two names of one quantity, "
                "and it does not say which name it is",
                'write state = "level", "lack" or "excess"; where each acts on the other, write '
                'influence = "forward", and a statement each way',
            )
        return Predicate(**values)


#: What a field of a type wants, in words.
_WANTED: Final = {
    "str": "a text in quotes",
    "int": "a whole number",
    "bool": "true or false",
    "tuple[str, ...]": 'a list of texts: ["…"]',
    "tuple[tuple[str, str], ...]": 'a list of pairs: [["exact", "RO:0002450"]]',
}


def _tuples(value: Any) -> Any:
    return tuple(map(_tuples, value)) if isinstance(value, list) else value
