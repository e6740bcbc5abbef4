"""Reading a curated folder: every problem of every table is found before it gives up."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from pathlib import Path

from trabecula import about, characters, effects, files, progress
from trabecula.canonical import canonical
from trabecula.counted import counted
from trabecula.errors import FormatError, NotFound, Problem, Problems
from trabecula.formats.curated import spreadsheet
from trabecula.formats.curated.row import Row
from trabecula.formats.curated.tables import (
    EFFECT_COLUMNS,
    ENTITY_COLUMNS,
    FORMULA,
    MORE_OF_SOURCES,
    REVIEW_COLUMNS,
    REVIEWS_TABLE,
    SOURCE_COLUMNS,
    STATEMENT_COLUMNS,
    WITH_EFFECT,
    WITHOUT_TOPIC,
    render,
    table,
    text_order,
    xref_order,
)
from trabecula.identifiers import is_slug
from trabecula.leftover import Leftovers
from trabecula.misspelt import near
from trabecula.model import (
    About,
    Entity,
    Evidence,
    Record,
    Review,
    Source,
    Statement,
    Xref,
)
from trabecula.names import names_of
from trabecula.prefixes import ENTITY
from trabecula.regular import predicate, source_id, taxon, year
from trabecula.vocabulary import (
    MATCHES,
    REVIEWS,
    SOURCE_KINDS,
    STANCES,
    STRENGTHS,
    SYSTEMS,
    WORDS,
    Vocabulary,
    is_elsewhere,
    words_of,
)

#: Columns with numbers, to which spreadsheets add a decimal point.
#: What may begin with a minus, for it is a number and no formula.
_SIGNED = frozenset(effects.NUMBERS)
_DATE = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])")
_ROWS = re.compile(r"[0-9a-f]{8}")
#: How many pairs of an unknown id and a known one are compared, for suggestions.
_COMPARED = 100_000
#: What shows in a row between tabs that a cell needs a second look: its first character, or a
#: blank at its end.
_MARKS = (" \t", *(f"\t{first}" for first in (*FORMULA, '"', " ")))
#: How much of a table shows whether a spreadsheet wrote it, in bytes.
_HEAD = 1 << 16


def read(folder: Path, left: Leftovers | None = None, *, strict: bool = True) -> Iterator[Record]:
    """The records of a curated folder: entities, sources, then statements.

    A statement whose evidence stands in several rows is yielded once, with all of it. What a
    spreadsheet or an editor did to the tables and can be read without doubt is read, and `left` is
    told of it; where none is given, it becomes warnings. With `strict` a file that is not in
    canonical form is a problem too. Raises
    `FormatError` with every problem of every file, and `FileNotFoundError` where a table is
    missing.
    """
    reader = Reader(Path(folder), left=left or Leftovers())
    yield from reader.records(strict)
    if left is None:
        reader.left.warn(str(folder))


@dataclass
class Reader:
    """What is collected while the tables of one folder are read."""

    folder: Path
    tables: Mapping[str, str] | None = None  # the text of the tables, where it is not in files
    left: Leftovers = field(default_factory=Leftovers)
    problems: Problems = field(default_factory=Problems)
    entities: dict[str, Entity] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)
    #: By their meaning fields, so that no two become one by their ids: each statement, and the
    #: evidence of all its rows.
    statements: dict[object, Statement] = field(default_factory=dict)
    evidence: dict[object, list[Evidence]] = field(default_factory=dict)
    #: The reviews of each statement, by its id.
    reviews: dict[str, list[Review]] = field(default_factory=dict)
    #: Ids of rows that are damaged, by table: statements may use them without a second problem.
    damaged: dict[str, set[str]] = field(default_factory=dict)
    #: Tables whose rows could not be told apart at all.
    unreadable: set[str] = field(default_factory=set)
    #: What is said of an unknown id, and how many comparisons that took.
    strangers: dict[str, str] = field(default_factory=dict)
    compared: int = 0
    words: Vocabulary = WORDS

    def records(self, strict: bool) -> Iterator[Record]:
        """The records of the tables; see `read`."""
        # Of a file that is no TOML nothing is known, and no row could be held to its words.
        whole = self.about()
        self.words = words_of(whole)
        self.table("entities.tsv", ENTITY_COLUMNS, self.entity)
        if whole.focus and "entities.tsv" not in self.unreadable:
            whole = replace(whole, focus=tuple(dict.fromkeys(self.focus(whole.focus))))
        self.table("sources.tsv", SOURCE_COLUMNS, self.source)
        for name in self.topics():
            topic = Path(name).stem
            topic = "" if topic == WITHOUT_TOPIC else topic
            self.table(name, STATEMENT_COLUMNS, partial(self.statement, topic, {}))
        if self.has_reviews:
            self.table(REVIEWS_TABLE, REVIEW_COLUMNS, self.review)
        if strict and not self.problems:
            self.compare()
        if self.problems:
            raise FormatError(self.problems)
        if whole != About():
            yield whole
        yield from self.kept()

    def kept(self) -> Iterator[Record]:
        """What was read so far."""
        yield from self.entities.values()
        yield from self.sources.values()
        for key, statement in self.statements.items():
            reviews = self.reviews.get(statement.id, ()) if self.reviews else ()
            yield replace(
                statement, evidence=tuple(self.evidence[key]), reviews=tuple(sorted(reviews))
            )

    def about(self) -> About:
        """What the folder says of its graph; nothing where it says nothing."""
        return about.read(self.about_text(), str(self.folder / about.FILE), self.problems)

    def about_text(self) -> str:
        """The text that says it."""
        path = self.folder / about.FILE
        if self.tables is not None:
            return self.tables.get(about.FILE, "")
        return files.read_bytes(path).decode("utf-8", "replace") if path.is_file() else ""

    def focus(self, names_or_ids: Iterable[str]) -> Iterator[str]:
        """The ids of what the graph is said to be about, by an id or any name."""
        names = names_of(self.entities.values())
        for name in names_or_ids:
            try:
                yield names.id_of(name)
            except NotFound as error:
                if name in self.damaged.get("entities.tsv", ()):
                    continue  # its row is reported already
                line = about.keys(self.about_text()).get("focus", 1)
                where = f"{self.folder / about.FILE}:{line}"
                fix = "name an entity of entities.tsv, or leave it out"
                self.problems.append(Problem("about", where, f"focus: {error}", fix))

    @cached_property
    def inverses(self) -> dict[str, str]:
        """The predicates by the names of their inverses."""
        predicates = self.words.predicates
        return {
            row.inverse: name
            for name, row in predicates.items()
            if row.inverse and row.inverse not in predicates
        }

    def topics(self) -> list[str]:
        """The tables of statements, by path within the folder."""
        if self.tables is not None:
            return [name for name in self.tables if name.startswith("statements/")]
        return [f"statements/{p.name}" for p in sorted((self.folder / "statements").glob("*.tsv"))]

    @property
    def has_reviews(self) -> bool:
        """Whether there is a table of reviews."""
        if self.tables is not None:
            return REVIEWS_TABLE in self.tables
        return (self.folder / REVIEWS_TABLE).exists()

    def lines(self, name: str) -> tuple[list[str], list[Problem], bool]:
        """The lines of a table, what is wrong with them, and whether a spreadsheet wrote it."""
        if self.tables is not None:
            return self.tables[name].split("\n")[:-1], [], False
        path = self.folder / name
        lines, problems = files.read_lines(path, self.left)
        if not path.is_file():  # a pipe can be read only once
            return lines, problems, False
        with path.open("rb") as stream:
            return lines, problems, spreadsheet.touched(stream.read(_HEAD))

    def table(self, name: str, columns: tuple[str, ...], take: Callable[[Row], None]) -> None:
        """Give the sound rows of a table to `take`."""
        path = self.folder / name
        lines, problems, touched = self.lines(name)
        self.problems.extend(problems)
        header = spreadsheet.header(lines)
        if columns == SOURCE_COLUMNS:
            columns = (*columns, *(name for name in MORE_OF_SOURCES if name in header))
        elif columns == STATEMENT_COLUMNS and not set(EFFECT_COLUMNS).isdisjoint(header):
            columns = WITH_EFFECT
        if sorted(header) != sorted(columns):
            what, fix = spreadsheet.header_problem(lines, columns)
            self.problems.append(Problem("header", f"{path}:1", what, fix))
            self.unreadable.add(name)
            return
        if tuple(header) != columns:
            self.left.mend("columns in another order read by their names", f"{path.name}:1")
        reported = {problem.where for problem in problems}
        damaged = self.damaged.setdefault(name, set())
        unquoted = partial(
            spreadsheet.unquoted, surely=spreadsheet.quoted(lines), spreadsheet=touched
        )
        for number, cells in progress.steps(spreadsheet.rows(lines, len(columns)), "rows"):
            where = f"{path}:{number}"
            named = dict(zip(header, cells, strict=False))
            place = f"{path.name}:{number}"
            row = Row(where, place, named, self.problems, self.left, self.words)
            if where in reported:
                damaged.add(row.cells.get("id", ""))
            elif not any(cells):
                self.left.mend("an empty row left out", row.place)
            elif len(cells) != len(columns):
                what = f"{counted(len(cells), 'column')} instead of {len(columns)}"
                extra = "remove the surplus tab" if len(cells) > len(columns) else "add the tabs"
                row.wrong("columns", what, extra)
                damaged.add(row.cells.get("id", ""))
            elif self.sound(row, unquoted):
                take(row)
            else:
                damaged.add(row.cells.get("id", ""))

    def unknown(self, name: str, identifier: str, rows: Mapping[str, object]) -> bool:
        """Whether no row has this id: not even a damaged one, which is reported already."""
        return (
            identifier not in rows
            and identifier not in self.damaged.get(name, ())
            and name not in self.unreadable
        )

    def sound(self, row: Row, unquoted: Callable[[str], str]) -> bool:
        """Whether every cell of the row is text that can be kept, once it is tidied."""
        cells = row.cells.values()
        if not characters.forbidden(" ".join(cells)):
            line = "\t".join(("", *cells, ""))
            if not any(mark in line for mark in _MARKS):
                return True  # as most rows are
        before = len(row.problems)
        for column, written in row.cells.items():
            if not written:
                continue
            cell = row.cells[column] = self.tidied(written, unquoted, row, column)
            character = characters.forbidden(cell)
            if character:
                fix = "remove it; a cell holds printing characters and plain blanks"
                row.wrong("control-character", f"{character} in {column}", fix)
            elif cell.startswith(FORMULA) and not (column in _SIGNED and effects.is_number(cell)):
                what = f"{column} begins with {cell[0]}, which spreadsheets run as a formula"
                row.wrong("formula", what, "begin it with a word")
        return len(row.problems) == before

    def tidied(self, written: str, unquoted: Callable[[str], str], row: Row, column: str) -> str:
        """A cell with plain blanks and none around it, and without what a spreadsheet added."""
        place = f"{row.place} ({column})"
        cell = unquoted(written)
        if cell != written:
            self.left.mend("quotation marks around a cell left out", place)
        for what in characters.untidy(cell):
            self.left.mend(what, place)
        cell = characters.tidied(cell)
        if cell != cell.strip(" "):
            self.left.mend("blanks around a value left out", place)
        return cell.strip(" ")

    def stranger(self, what: str, identifier: str, candidates: Collection[str]) -> str:
        """What is said of an id that no row has: with what is near, for the first of them."""
        if not identifier:
            return f"no {what}"
        if identifier not in self.strangers:
            message = f"unknown {what} {identifier!r}"
            if self.compared < _COMPARED:
                self.compared += len(candidates)
                close = near(identifier, candidates)
                message += f"; did you mean {' or '.join(close)}?" if close else ""
            if len(self.strangers) >= _COMPARED:
                return message
            self.strangers[identifier] = message
        return self.strangers[identifier]

    def entity(self, row: Row) -> None:
        """Take a row of `entities.tsv`."""
        xrefs = []
        for value in row.many("xrefs"):
            match, _, rest = value.partition(" ")
            curie, _, label = rest.partition(" ")
            if match not in MATCHES or not curie:
                fix = "write match, CURIE and label: exact CHEBI:17823 calcitriol"
                row.wrong("bad-xref", f"{value!r} is no cross-reference", fix)
            else:
                xrefs.append(Xref(match, row.curie("xrefs", curie), label))
        entity = Entity(
            id=canonical(row.required("id"), ENTITY),
            name=row.required("name"),
            category=row.category(),
            xrefs=tuple(sorted(xrefs, key=xref_order)),
            synonyms=tuple(sorted(row.many("synonyms"), key=text_order)),
            description=row["description"],
            taxon=row.curie("taxon", taxon(row["taxon"])) if row["taxon"] else "",
        )
        self.identified(row, entity.id, self.entities)
        self.entities[entity.id] = entity

    def source(self, row: Row) -> None:
        """Take a row of `sources.tsv`."""
        read = row.one_of("abstract_read", ("yes", "no"))
        if row["url"] and not row["url"].startswith(("https://", "http://")):
            row.wrong("bad-url", f"{row['url']!r} is no web address", "begin it with https://")
        xrefs = tuple(row.curie("xrefs", value) for value in row.many("xrefs"))
        source = Source(
            id=source_id(row.required("id")),
            title=row["title"],
            kind=row.one_of("kind", SOURCE_KINDS),
            study_type=row.method("study_type"),
            year=year(row.number("year")),
            authors=row.many("authors"),
            journal=row["journal"],
            organism=row["organism"],
            abstract_read=read == "yes",
            group=row["group"],
            xrefs=tuple(sorted(set(xrefs))),
            url=row["url"],
            reference=row.number("reference"),
            note=row["note"],
            standing=row.standing(),
            **{name: row.cells.get(name, "") for name in MORE_OF_SOURCES[1:]},
        )
        if source.standing_date and _DATE.fullmatch(source.standing_date) is None:
            fix = "write it like 2026-11-29"
            row.wrong("bad-date", f"{source.standing_date!r} is no date", fix)
        self.identified(row, source.id, self.sources)
        self.sources[source.id] = source

    def identified(self, row: Row, identifier: str, taken: Mapping[str, object]) -> None:
        """Report an id that is taken, or that is neither a slug nor a CURIE."""
        if identifier in taken:
            row.wrong("duplicate-id", f"{identifier!r} stands in a row above", "merge the two rows")
        elif identifier and not is_slug(identifier):
            row.curie("id", identifier)

    def statement(self, topic: str, seen: dict[tuple[object, ...], str], row: Row) -> None:
        """Take a row of evidence; `seen` holds where its like stands in the same table."""
        subject, object_ = (canonical(row[column], ENTITY) for column in ("subject", "object"))
        for column, end in (("subject", subject), ("object", object_)):
            if self.unknown("entities.tsv", end, self.entities):
                what = self.stranger("entity", end, self.entities)
                fix = "use an id of entities.tsv, or add a row there"
                row.wrong("unknown-entity", f"{what} ({column})", fix)
        source = source_id(row["source"])
        if self.unknown("sources.tsv", source, self.sources):
            what = self.stranger("source", source, self.sources)
            fix = "use an id of sources.tsv, or add a row there"
            row.wrong("unknown-source", what, fix)
        evidence = Evidence(
            source=source,
            stance=row.one_of("stance", STANCES),
            strength=row.one_of("strength", STRENGTHS),
            method=row.method("method"),
            species=row.species("species"),
            system=row.one_of("system", SYSTEMS, optional=True),
            context=row.context("context", closed_only=False),
            summary=row.required("summary"),
            locator=row["locator"],
            effect=row.effect(),
        )
        predicate, qualifiers = self.predicate(row), row.context("qualifiers", closed_only=True)
        key = (subject, predicate, object_, qualifiers)
        how = (evidence.stance, evidence.strength, evidence.method)
        where = (evidence.species, evidence.system, evidence.context)
        report = (key, source, how, where, evidence.effect)
        if report in seen:
            what = f"the same source says the same as in {seen[report]}"
            row.wrong("duplicate-row", what, "merge the two rows")
        seen[report] = row.place
        first = self.statements.get(key)
        if first is None:
            first = Statement(
                subject=subject,
                predicate=predicate,
                object=object_,
                qualifiers=qualifiers,
                topic=topic,
            )
            self.statements[key], self.evidence[key] = first, []
        if first.topic != topic:
            what = f"this statement stands in {first.topic}.tsv too"
            row.wrong("two-topics", what, "keep all its evidence in one file")
        self.evidence[key].append(evidence)

    def review(self, row: Row) -> None:
        """Take a row of `reviews.tsv`; that of a statement which is gone is left out."""
        if _DATE.fullmatch(row["date"]) is None:
            row.wrong("bad-date", f"{row['date']!r} is no date", "write it like 2026-11-29")
        if _ROWS.fullmatch(row["rows"]) is None:
            what = f"{row['rows']!r} does not stand for the evidence of a statement"
            row.wrong("bad-value", what, "trabecula review writes it")
        if not is_slug(row["reader"]):
            row.wrong("bad-value", f"{row['reader']!r} is no role", "write it like second-reader")
        review = Review(row["date"], row.one_of("kind", REVIEWS), row["reader"], row["rows"])
        if row["statement"] not in self.ids:
            self.left.add("review", f"of {row['statement']}, which is no statement", row.place)
        elif review not in (reviews := self.reviews.setdefault(row["statement"], [])):
            reviews.append(review)

    @cached_property
    def ids(self) -> frozenset[str]:
        """The ids of the statements."""
        return frozenset(statement.id for statement in self.statements.values())

    def predicate(self, row: Row) -> str:
        """The predicate of a row; an inverse is told how to turn round."""
        predicates = self.words.predicates
        name = predicate(row["predicate"], self.words)
        if name in self.inverses:
            forth = self.inverses[name]
            fix = f"write {forth} with subject and object exchanged"
            row.wrong("inverse-predicate", f"{name} is the inverse of {forth}", fix)
            return name
        if name in predicates or is_elsewhere(name):
            return name
        return row.one_of("predicate", predicates)

    def compare(self) -> None:
        """Report the first line in which a table differs from its canonical form."""
        canonical = render(self.kept())
        reviewed = [REVIEWS_TABLE] if self.has_reviews else []
        for name in ("entities.tsv", "sources.tsv", *self.topics(), *reviewed):
            path = self.folder / name
            columns = REVIEW_COLUMNS if name == REVIEWS_TABLE else STATEMENT_COLUMNS
            wanted = canonical.get(name, table(columns, ())).split("\n")
            actual = path.read_bytes().decode("utf-8", errors="replace").split("\n")
            if actual != wanted:
                pairs = enumerate(zip([*actual, None], [*wanted, None], strict=False), start=1)
                number = next(n for n, (a, b) in pairs if a != b)
                what = (
                    "not in canonical form from this line on (order of rows or values, or blanks)"
                )
                fix = "run trabecula fmt"
                self.problems.append(Problem("not-canonical", f"{path}:{number}", what, fix))
