"""Reading a curated folder: every problem of every table is found before it gives up."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from types import MappingProxyType

from trabecula import files
from trabecula.errors import FormatError, Problem
from trabecula.formats.curated.tables import (
    ENTITY_COLUMNS,
    SOURCE_COLUMNS,
    STATEMENT_COLUMNS,
    WITH_STANDING,
    WITHOUT_TOPIC,
    render,
    table,
    text_order,
    xref_order,
)
from trabecula.identifiers import ENTITY, canonical, curie_problem, is_slug, unknown
from trabecula.model import Context, Entity, Evidence, Record, Source, Statement, Xref
from trabecula.regular import (
    method,
    predicate,
    source_id,
    species,
    standing,
    taxon,
    word,
    year,
)
from trabecula.vocabulary import (
    CATEGORIES,
    CONTEXT,
    MATCHES,
    METHODS,
    PREDICATES,
    SOURCE_KINDS,
    SPECIES,
    STANCES,
    STANDINGS,
    STRENGTHS,
    SYSTEMS,
)

_INVERSES = MappingProxyType(
    {p.inverse: p.name for p in PREDICATES.values() if p.inverse not in PREDICATES}
)
_SIGNS_OF_A_FORMULA = ("=", "+", "-", "@")


def read(folder: Path, *, strict: bool = True) -> Iterator[Record]:
    """The records of a curated folder: entities, sources, then statements.

    A statement whose evidence stands in several rows is yielded once, with all of it. With
    `strict` a file that is not in canonical form is a problem too. Raises `FormatError` with
    every problem of every file, and `FileNotFoundError` where a table is missing.
    """
    reader = Reader(Path(folder))
    yield from reader.records(strict)


@dataclass
class _Row:
    """One row of a table: its cells by column, and where to report what is wrong with it."""

    where: str
    cells: Mapping[str, str]
    problems: list[Problem]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def wrong(self, code: str, what: str, fix: str) -> None:
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

    def one_of(self, column: str, known: Iterable[str], *, optional: bool = False) -> str:
        """A cell from a closed list, in the spelling of the list."""
        value = word(self.cells[column], tuple(known))
        if not (value in known or (optional and not value)):
            if value:
                what = _unknown(column.replace("_", " "), value, known)
            else:
                what = f"no {column.replace('_', ' ')}"
            self.wrong(f"unknown-{column.replace('_', '-')}", what, f"use one of {_some(known)}")
        return value

    def method(self, column: str) -> str:
        """A method, in the words of the vocabulary."""
        name = method(self.cells[column])
        return name if name in METHODS else self.one_of(column, METHODS)

    def species(self, column: str) -> str:
        """A species by its name, or by its taxon where it has none."""
        name = species(self.cells[column])
        if name.partition(":")[0] == "NCBITaxon":
            return self.curie(column, name)
        return name if name in SPECIES else self.one_of(column, SPECIES, optional=True)

    def standing(self) -> str:
        """The standing of a source, which its title or its note may say, too."""
        given = self.cells.get("standing", "")
        name = standing(given, self["title"], self["note"])
        return name if name in STANDINGS or not name else self.one_of("standing", STANDINGS)

    def required(self, column: str) -> str:
        if not self.cells[column]:
            self.wrong("missing-value", f"no {column}", f"fill in the {column} column")
        return self.cells[column]

    def context(self, column: str, *, closed_only: bool) -> Context:
        """A cell of `key=value; key=value`."""
        pairs = []
        for part in filter(None, (part.strip() for part in self.cells[column].split(";"))):
            given, equals, value = (piece.strip() for piece in part.partition("="))
            key = word(given, CONTEXT)
            if not equals or not value:
                self.wrong("bad-context", f"{part!r} in {column}", "write key=value; key=value")
                continue
            if key not in CONTEXT:
                what = _unknown("context key", key, CONTEXT)
                self.wrong("unknown-context", what, f"use one of {_some(CONTEXT)}")
                continue
            values = CONTEXT[key]
            value = word(value, values or ())
            if values is None and closed_only:
                fix = "put it into context; only keys with a closed list can be qualifiers"
                self.wrong("free-qualifier", f"{key} is free text", fix)
            elif values is not None and value not in values:
                what = _unknown(key, value, values)
                self.wrong("unknown-context", what, f"use one of {_some(values)}")
            pairs.append((key, value))
        if len({key for key, _ in pairs}) < len(pairs):
            self.wrong("repeated-value", f"a key twice in {column}", "remove one of them")
        return tuple(sorted(pairs))

    def curie(self, column: str, value: str) -> str:
        """A CURIE in its one spelling."""
        one = canonical(value)
        problem = curie_problem(one)
        if problem:
            self.wrong("bad-curie", f"{problem} ({column})", "take it from the ontology")
        return one


def _unknown(what: str, value: str, known: Iterable[str]) -> str:
    """What is unknown, with the nearest words; the list of all is part of the remedy."""
    return unknown(what, value, known).partition("; known: ")[0]


def _some(known: Iterable[str]) -> str:
    words = list(known)
    return ", ".join(words) if len(words) <= 15 else f"{', '.join(words[:15])} …"


@dataclass
class Reader:
    """What is collected while the tables of one folder are read."""

    folder: Path
    tables: Mapping[str, str] | None = None  # the text of the tables, where it is not in files
    problems: list[Problem] = field(default_factory=list)
    entities: dict[str, Entity] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)
    #: By their meaning fields, so that no two become one by their ids.
    statements: dict[object, Statement] = field(default_factory=dict)
    #: Ids of rows that are damaged, by table: statements may use them without a second problem.
    damaged: dict[str, set[str]] = field(default_factory=dict)
    #: Tables whose rows could not be told apart at all.
    unreadable: set[str] = field(default_factory=set)

    def records(self, strict: bool) -> Iterator[Record]:
        """The records of the tables; see `read`."""
        self.table("entities.tsv", ENTITY_COLUMNS, self.entity)
        self.table("sources.tsv", SOURCE_COLUMNS, self.source)
        for name in self.topics():
            topic = Path(name).stem
            topic = "" if topic == WITHOUT_TOPIC else topic
            self.table(name, STATEMENT_COLUMNS, partial(self.statement, topic, {}))
        if strict and not self.problems:
            self.compare()
        if self.problems:
            raise FormatError(self.problems)
        yield from self.entities.values()
        yield from self.sources.values()
        yield from self.statements.values()

    def topics(self) -> list[str]:
        """The tables of statements, by path within the folder."""
        if self.tables is not None:
            return [name for name in self.tables if name.startswith("statements/")]
        return [f"statements/{p.name}" for p in sorted((self.folder / "statements").glob("*.tsv"))]

    def lines(self, name: str) -> tuple[list[str], list[Problem]]:
        """The lines of a table, and what is wrong with it as text."""
        if self.tables is not None:
            return self.tables[name].split("\n")[:-1], []
        return files.read_lines(self.folder / name)

    def table(self, name: str, columns: tuple[str, ...], take: Callable[[_Row], None]) -> None:
        """Give the sound rows of a table to `take`."""
        path = self.folder / name
        lines, problems = self.lines(name)
        self.problems.extend(problems)
        if columns == SOURCE_COLUMNS and lines and lines[0].endswith("\tstanding"):
            columns = WITH_STANDING
        if not lines or tuple(lines[0].split("\t")) != columns:
            what = "the first line does not name the columns"
            fix = f"begin the file with {' '.join(columns)}, separated by tabs"
            self.problems.append(Problem("header", f"{path}:1", what, fix))
            self.unreadable.add(name)
            return
        reported = {problem.where for problem in problems}
        damaged = self.damaged.setdefault(name, set())
        for number, line in enumerate(lines[1:], start=2):
            cells = line.split("\t")
            row = _Row(f"{path}:{number}", dict(zip(columns, cells, strict=False)), self.problems)
            if row.where in reported:
                damaged.add(cells[0])
            elif len(cells) != len(columns):
                what = f"{len(cells)} columns instead of {len(columns)}"
                extra = "remove the surplus tab" if len(cells) > len(columns) else "add the tabs"
                row.wrong("columns", what, extra)
                damaged.add(cells[0])
            elif self.sound(row):
                take(row)
            else:
                damaged.add(cells[0])

    def unknown(self, name: str, identifier: str, known: Mapping[str, object]) -> bool:
        """Whether no row has this id: not even a damaged one, which is reported already."""
        return (
            identifier not in known
            and identifier not in self.damaged.get(name, ())
            and name not in self.unreadable
        )

    def sound(self, row: _Row) -> bool:
        """Whether every cell of the row is text that can be kept as it is."""
        before = len(row.problems)
        for column, cell in row.cells.items():
            character = files.forbidden_character(cell)
            if character:
                fix = "remove it; a cell holds printing characters and plain blanks"
                row.wrong("control-character", f"{character} in {column}", fix)
            elif cell != cell.strip():
                row.wrong("blanks", f"blanks around {column}", "remove them")
            elif cell.startswith(_SIGNS_OF_A_FORMULA):
                what = f"{column} begins with {cell[0]}, which spreadsheets run as a formula"
                row.wrong("formula", what, "begin it with a word")
        return len(row.problems) == before

    def entity(self, row: _Row) -> None:
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
            category=row.one_of("category", CATEGORIES),
            xrefs=tuple(sorted(xrefs, key=xref_order)),
            synonyms=tuple(sorted(row.many("synonyms"), key=text_order)),
            description=row["description"],
            taxon=row.curie("taxon", taxon(row["taxon"])) if row["taxon"] else "",
        )
        self.identified(row, entity.id, self.entities)
        self.entities[entity.id] = entity

    def source(self, row: _Row) -> None:
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
            year=year(row["year"]),
            authors=row.many("authors"),
            journal=row["journal"],
            organism=row["organism"],
            abstract_read=read == "yes",
            group=row["group"],
            xrefs=tuple(sorted(set(xrefs))),
            url=row["url"],
            reference=row["reference"],
            note=row["note"],
            standing=row.standing(),
        )
        self.identified(row, source.id, self.sources)
        self.sources[source.id] = source

    def identified(self, row: _Row, identifier: str, known: Mapping[str, object]) -> None:
        """Report an id that is taken, or that is neither a slug nor a CURIE."""
        if identifier in known:
            row.wrong("duplicate-id", f"{identifier!r} stands in a row above", "merge the two rows")
        elif identifier and not is_slug(identifier):
            row.curie("id", identifier)

    def statement(self, topic: str, seen: dict[tuple[object, ...], str], row: _Row) -> None:
        """Take a row of evidence; `seen` holds where its like stands in the same table."""
        subject, object_ = (canonical(row[column], ENTITY) for column in ("subject", "object"))
        for column, end in (("subject", subject), ("object", object_)):
            if self.unknown("entities.tsv", end, self.entities):
                what = _unknown("entity", end, self.entities) if end else "no entity"
                fix = "use an id of entities.tsv, or add a row there"
                row.wrong("unknown-entity", f"{what} ({column})", fix)
        source = source_id(row["source"])
        if self.unknown("sources.tsv", source, self.sources):
            what = _unknown("source", source, self.sources) if source else "no source"
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
        )
        statement = Statement(
            subject=subject,
            predicate=self.predicate(row),
            object=object_,
            qualifiers=row.context("qualifiers", closed_only=True),
            topic=topic,
            evidence=(evidence,),
        )
        key = (statement.key, replace(evidence, summary="", locator=""))
        if key in seen:
            what = f"the same source says the same as in {seen[key]}"
            row.wrong("duplicate-row", what, "merge the two rows")
        seen[key] = Path(row.where).name  # the name of the file, and the line
        known = self.statements.get(statement.key)
        if known and known.topic != topic:
            what = f"this statement stands in {known.topic}.tsv too"
            row.wrong("two-topics", what, "keep all its evidence in one file")
        elif known:
            statement = replace(known, evidence=(*known.evidence, evidence))
        self.statements[statement.key] = statement

    def predicate(self, row: _Row) -> str:
        """The predicate of a row; an inverse is told how to turn round."""
        name = predicate(row["predicate"])
        if name in _INVERSES:
            fix = f"write {_INVERSES[name]} with subject and object exchanged"
            row.wrong("inverse-predicate", f"{name} is the inverse of {_INVERSES[name]}", fix)
            return name
        return name if name in PREDICATES else row.one_of("predicate", PREDICATES)

    def compare(self) -> None:
        """Report the first line in which a table differs from its canonical form."""
        kept = (self.entities, self.sources, self.statements)
        canonical = render(record for records in kept for record in records.values())
        for name in ("entities.tsv", "sources.tsv", *self.topics()):
            path = self.folder / name
            wanted = canonical.get(name, table(STATEMENT_COLUMNS, ())).split("\n")
            actual = path.read_bytes().decode("utf-8").split("\n")
            if actual != wanted:
                pairs = enumerate(zip([*actual, None], [*wanted, None], strict=False), start=1)
                number = next(n for n, (a, b) in pairs if a != b)
                what = "not in canonical form from this line on (order of rows or values)"
                fix = "run trabecula fmt"
                self.problems.append(Problem("not-canonical", f"{path}:{number}", what, fix))
