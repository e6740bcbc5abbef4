"""A row of a table as its cells are read: each value in its one spelling, or a problem."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache

from trabecula import effects
from trabecula.canonical import canonical
from trabecula.errors import Problem, Problems
from trabecula.formats.curated.tables import EFFECT_COLUMNS
from trabecula.identifiers import curie_problem
from trabecula.leftover import Leftovers
from trabecula.misspelt import unknown
from trabecula.model import Context, Effect
from trabecula.regular import effect as regular_effect
from trabecula.regular import method, species, standing, word
from trabecula.vocabulary import SPECIES, STANDINGS, Vocabulary, is_elsewhere


@dataclass
class Row:
    """One row of a table: its cells by column, and where to report what is wrong with it."""

    where: str
    place: str  # the name of the file and the line
    cells: dict[str, str]
    problems: Problems
    left: Leftovers
    words: Vocabulary

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def wrong(self, code: str, what: str, fix: str) -> None:
        """Report a problem of this row."""
        self.problems.append(Problem(code, self.where, what, fix))

    def many(self, column: str) -> tuple[str, ...]:
        """The values of a cell that may hold several."""
        cell = self.cells[column]
        values = tuple(value.strip() for value in cell.split("|")) if cell else ()
        if any(not value for value in values):
            self.wrong("empty-value", f"an empty value in {column}", "remove the surplus |")
        if len(set(values)) < len(values):
            self.wrong("repeated-value", f"a value twice in {column}", "remove one of them")
        return values

    def one_of(self, column: str, allowed: Collection[str], *, optional: bool = False) -> str:
        """A cell from a closed list, in the spelling of the list."""
        written = self.cells[column]
        if written in allowed:
            return written
        value = word(written, tuple(allowed))
        if value != written and value.casefold() == written.casefold():
            self.left.mend(f"{written} read as {value} in {column}", self.place)
        if not (value in allowed or (optional and not value)):
            if value:
                what = _unknown(column.replace("_", " "), value, allowed)
            else:
                what = f"no {column.replace('_', ' ')}"
            self.wrong(f"unknown-{column.replace('_', '-')}", what, f"use one of {_some(allowed)}")
        return value

    def method(self, column: str) -> str:
        """A method, in the words of the vocabulary."""
        name, methods = method(self.cells[column], self.words), self.words.methods
        return name if name in methods else self.one_of(column, methods)

    def species(self, column: str) -> str:
        """A species by its name, or by its taxon where it has none."""
        name = species(self.cells[column])
        if name.partition(":")[0] == "NCBITaxon":
            return self.curie(column, name)
        return name if name in SPECIES else self.one_of(column, SPECIES, optional=True)

    def category(self) -> str:
        """A category of the graph's words, or one of another vocabulary."""
        written = self.cells["category"]
        return written if is_elsewhere(written) else self.one_of("category", self.words.categories)

    def standing(self) -> str:
        """The standing of a source, which its title or its note may say, too."""
        given = self.cells.get("standing", "")
        name = standing(given, self["title"], self["note"])
        return name if name in STANDINGS or not name else self.one_of("standing", STANDINGS)

    def required(self, column: str) -> str:
        """A cell that may not be empty."""
        if not self.cells[column]:
            self.wrong("missing-value", f"no {column}", f"fill in the {column} column")
        return self.cells[column]

    def context(self, column: str, *, closed_only: bool) -> Context:
        """A cell of `key=value; key=value`."""
        if not self.cells[column]:
            return ()
        pairs, wrong = _context(self.cells[column], column, closed_only, self.words)
        for problem in wrong:
            self.wrong(*problem)
        return pairs

    def number(self, column: str) -> str:
        """A cell with a number, without the decimals that spreadsheets give it: 2015.0 is 2015."""
        value = self.cells[column]
        whole, point, decimals = value.partition(".")
        if point and whole.isascii() and whole.isdigit() and not decimals.strip("0"):
            self.left.mend(f"decimals left out of {column}", self.place)
            return whole
        return value

    def effect(self) -> Effect | None:
        """The size of the effect, in a table that has its columns."""
        cells = {name: self.cells.get(name, "") for name in EFFECT_COLUMNS}
        if not any(cells.values()):
            return None
        effect = regular_effect(Effect(**{**cells, "n": self.number("n")}))
        for what, fix in effects.faults(effect):
            self.wrong("bad-effect", what, fix)
        return effect

    def curie(self, column: str, value: str) -> str:
        """A CURIE in its one spelling."""
        curie = canonical(value)
        problem = curie_problem(curie)
        if problem:
            self.wrong("bad-curie", f"{problem} ({column})", "take it from the ontology")
        return curie


@lru_cache(maxsize=2**12)  # the same few hundred cells stand in all tables
def _context(
    cell: str, column: str, closed_only: bool, words: Vocabulary
) -> tuple[Context, tuple[tuple[str, str, str], ...]]:
    """The pairs of a cell of `key=value; key=value`, and what is wrong with it: code, what, fix."""
    pairs, keys = [], words.context
    wrong: list[tuple[str, str, str]] = []
    for part in filter(None, (part.strip() for part in cell.split(";"))):
        given, equals, value = (piece.strip() for piece in part.partition("="))
        key = word(given, keys)
        if not equals or not value:
            wrong.append(("bad-context", f"{part!r} in {column}", "write key=value; key=value"))
            continue
        if key not in keys:
            what = _unknown("context key", key, keys)
            wrong.append(("unknown-context", what, f"use one of {_some(keys)}"))
            continue
        values = keys[key]
        value = word(value, values or ())
        if values is None and closed_only:
            fix = "put it into context; only keys with a closed list can be qualifiers"
            wrong.append(("free-qualifier", f"{key} is free text", fix))
        elif values is not None and value not in values:
            what = _unknown(key, value, values)
            wrong.append(("unknown-context", what, f"use one of {_some(values)}"))
        pairs.append((key, value))
    if len({key for key, _ in pairs}) < len(pairs):
        wrong.append(("repeated-value", f"a key twice in {column}", "remove one of them"))
    return tuple(sorted(pairs)), tuple(wrong)


def _unknown(what: str, value: str, words: Iterable[str]) -> str:
    """What is unknown, with the nearest words; the list of all is part of the remedy."""
    return unknown(what, value, words).partition("; known: ")[0]


def _some(allowed: Iterable[str]) -> str:
    words = list(allowed)
    return ", ".join(words) if len(words) <= 15 else f"{', '.join(words[:15])} …"
