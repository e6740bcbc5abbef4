"""The curated format: each kind of bad row is found, with its place and its remedy."""

from __future__ import annotations

import os
import shutil
import time
import warnings
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from trabecula.errors import FormatError, OutputError, Problem
from trabecula.formats import curated
from trabecula.formats.curated import folder as in_folder
from trabecula.formats.curated import reading
from trabecula.graph import Graph
from trabecula.leftover import LeftOut, Leftovers
from trabecula.model import About, Entity, Evidence, Record, Source, Statement, Xref

GOLDEN = Path(__file__).parents[1] / "data" / "curated" / "tiny"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A curated folder that is as it should be."""
    return Path(shutil.copytree(GOLDEN, tmp_path / "graph"))


def _edit(folder: Path, name: str, old: str, new: str) -> None:
    """Replace what stands once in a table."""
    path = folder / name
    data = path.read_bytes().decode("utf-8")
    assert data.count(old) == 1
    path.write_bytes(data.replace(old, new).encode("utf-8"))


def _problems(folder: Path, *, strict: bool = False) -> list[str]:
    """What is wrong, by paths within the folder."""
    with pytest.raises(FormatError) as caught:
        list(curated.read(folder, strict=strict))
    return [str(problem).replace(f"{folder}/", "") for problem in caught.value.problems]


def test_what_a_graph_is_about_is_an_entity_by_any_name(folder: Path) -> None:
    path = folder / "about.toml"
    path.write_text(
        'title = "x"\n\nfocus = ["magnesium", "parathyroid hormone", "pth"]\n', encoding="utf-8"
    )
    about = next(record for record in curated.read(folder) if isinstance(record, About))
    assert about.focus == ("magnesium", "pth")
    path.write_text('title = "x"\n\nfocus = ["magnesum", "PTH", "zinc"]\n', encoding="utf-8")
    first, second = _problems(folder)
    fix = "name an entity of entities.tsv, or leave it out"
    assert first == (
        f"about.toml:3: focus: no entity is called 'magnesum'; did you mean magnesium?: {fix}"
    )
    assert second.startswith("about.toml:3: focus: no entity is called 'zinc'")


def test_what_is_wrong_with_a_graph_is_told_alone_where_the_rest_of_it_is_used(
    folder: Path,
) -> None:
    """Words that a graph gives itself count, though something else it says is wrong."""
    own = """date = "yesterday"

[predicates.decreases_much]
label = "decreases much"
inverse = "decreased much by"
inverse_label = "is decreased much by"
definition = "Lowers by half."
sign = -1
influence = "forward"
"""
    (folder / "about.toml").write_text(own, encoding="utf-8")
    table = folder / PTH
    rows = table.read_text(encoding="utf-8")
    table.write_text(rows.replace("\tdecreases\t", "\tdecreases_much\t"), encoding="utf-8")
    assert _problems(folder) == [
        "about.toml:1: date is 'yesterday': write it as 2026-11-28",
    ]
    (folder / "about.toml").write_text(own + "= 3\n", encoding="utf-8")
    (problem,) = _problems(folder)
    assert problem.startswith("about.toml:10: ")


PTH = "statements/pth.tsv"
ENTITIES = "entities.tsv"
SOURCES = "sources.tsv"
_ROW = "magnesium\tdecreases\tpth\t\tsurvey\tdisputes\tassociation\tcohort"
_METHODS = (
    "meta-analysis, randomised-trial, clinical-study, cohort, cross-sectional, animal-study, "
    "ex-vivo, cell-culture, cell-free, structure, computation, ontology, review, book, "
    "encyclopedia …"
)

#: What is wrong -> table, what is replaced by what, and the message.
BAD_ROWS = {
    "unknown predicate": (
        PTH, "magnesium\tdecreases\tpth\t\tsurvey", "magnesium\tdecrease\tpth\t\tsurvey",
        f"{PTH}:3: unknown predicate 'decrease'; did you mean decreases or increases or secretes?: "
        "use one of activates, inhibits, increases, decreases, regulates, affects, requires, "
        "causes, contributes_to, prevents, treats, produces, secretes, converts_to, develops_into …",
    ),
    "inverse predicate": (
        PTH, "magnesium\tdecreases\tpth\t\tsurvey", "magnesium\tdecreased_by\tpth\t\tsurvey",
        f"{PTH}:3: decreased_by is the inverse of decreases: "
        "write decreases with subject and object exchanged",
    ),
    "no predicate": (
        PTH, "magnesium\tdecreases\tpth\t\tsurvey", "magnesium\t\tpth\t\tsurvey",
        f"{PTH}:3: no predicate: use one of activates, inhibits, increases, decreases, regulates, "
        "affects, requires, causes, contributes_to, prevents, treats, produces, secretes, "
        "converts_to, develops_into …",
    ),
    "unknown entity": (
        PTH, "magnesium\tdecreases\tpth\t\tsurvey", "magnesum\tdecreases\tpth\t\tsurvey",
        f"{PTH}:3: unknown entity 'magnesum'; did you mean magnesium? (subject): "
        "use an id of entities.tsv, or add a row there",
    ),
    "no entity": (
        PTH, "magnesium\tdecreases\tpth\t\tsurvey", "magnesium\tdecreases\t\t\tsurvey",
        f"{PTH}:3: no entity (object): use an id of entities.tsv, or add a row there",
    ),
    "unknown source": (
        PTH, "pth\t\tsurvey", "pth\t\tPMID:1",
        f"{PTH}:3: unknown source 'PMID:1': use an id of sources.tsv, or add a row there",
    ),
    "no source": (
        PTH, "pth\t\tsurvey", "pth\t\t",
        f"{PTH}:3: no source: use an id of sources.tsv, or add a row there",
    ),
    "unknown stance": (
        PTH, "magnesium\tdecreases\tpth\t\tsurvey\tdisputes",
        "magnesium\tdecreases\tpth\t\tsurvey\tdisproves",
        f"{PTH}:3: unknown stance 'disproves'; did you mean disputes?: "
        "use one of supports, disputes, qualifies",
    ),
    "unknown strength": (
        PTH, "pth\t\tsurvey\tdisputes\tassociation", "pth\t\tsurvey\tdisputes\tstrong",
        f"{PTH}:3: unknown strength 'strong': "
        "use one of direct, association, reference, review, curated, title-only, asserted",
    ),
    "no method": (
        PTH, _ROW, _ROW.removesuffix("cohort"), f"{PTH}:3: no method: use one of {_METHODS}",
    ),
    "unknown species": (
        PTH, "cohort\tNCBITaxon:10141", "cohort\tratt",
        f"{PTH}:7: unknown species 'ratt'; did you mean rat or cattle?: use one of human, rat, mouse, "
        "cattle, dog, bacteria and archaea, mammal, vertebrate",
    ),
    "bad taxon": (
        PTH, "cohort\tNCBITaxon:10141", "cohort\tNCBITaxon:rat",
        f"{PTH}:7: 'NCBITaxon:rat' does not fit the pattern of NCBITaxon identifiers, \\d+ "
        "(species): take it from the ontology",
    ),
    "no summary": (
        PTH, "No trace of it.", "",
        f"{PTH}:3: no summary: fill in the summary column",
    ),
    "duplicate row": (
        PTH, "Did not.\t\n", "Did not.\t\npth\tinhibits\tCL:0000062\tpattern=continuous\tsurvey"
        "\tdisputes\tassociation\tcohort\tNCBITaxon:10141\t\t\tOther words.\t\n",
        f"{PTH}:8: the same source says the same as in pth.tsv:7: merge the two rows",
    ),
    "one statement in two topics": (
        "statements/statements.tsv", "Yes.\t\n", "Yes.\t\npth\tactivates\tCL:0000062"
        "\tpattern=intermittent\tsurvey\tsupports\tassociation\tcohort\t\t\t\tWords.\t\n",
        "statements/statements.tsv:3: this statement stands in pth.tsv too: "
        "keep all its evidence in one file",
    ),
    "a tab too many": (
        PTH, "No trace of it.", "No trace\tof it.",
        f"{PTH}:3: 14 columns instead of 13: remove the surplus tab",
    ),
    "a missing column": (
        PTH, "No trace of it.\t", "No trace of it.",
        f"{PTH}:3: 12 columns instead of 13: add the tabs",
    ),
    "control character": (
        PTH, "No trace of it.", "No trace\x1b of it.",
        f"{PTH}:3: U+001B in summary: "
        "remove it; a cell holds printing characters and plain blanks",
    ),
    "bidi character": (
        PTH, "No trace of it.", "No trace of \u202eit.",
        f"{PTH}:3: U+202E RIGHT-TO-LEFT OVERRIDE in summary: "
        "remove it; a cell holds printing characters and plain blanks",
    ),
    "formula": (
        PTH, "No trace of it.", "=HYPERLINK(1)",
        f"{PTH}:3: summary begins with =, which spreadsheets run as a formula: "
        "begin it with a word",
    ),
    "unknown qualifier": (
        PTH, "pattern=intermittent", "rhythm=intermittent",
        f"{PTH}:4: unknown context key 'rhythm': use one of age, amount, compartment, duration, "
        "intake, pattern, severity, sex, cell, dose, effect, population, site, time",
    ),
    "unknown value of a qualifier": (
        PTH, "pattern=intermittent", "pattern=irregular",
        f"{PTH}:4: unknown pattern 'irregular': "
        "use one of intermittent, continuous",
    ),
    "free text as a qualifier": (
        PTH, "pattern=intermittent", "dose=high",
        f"{PTH}:4: dose is free text: "
        "put it into context; only keys with a closed list can be qualifiers",
    ),
    "qualifier without a value": (
        PTH, "pattern=intermittent", "pattern",
        f"{PTH}:4: 'pattern' in qualifiers: write key=value; key=value",
    ),
    "qualifier twice": (
        PTH, "pattern=intermittent", "pattern=intermittent; pattern=continuous",
        f"{PTH}:4: a key twice in qualifiers: remove one of them",
    ),
    "bad CURIE": (
        ENTITIES, "close CHEBI:25107", "close CHEBI:magnesium",
        f"{ENTITIES}:5: 'CHEBI:magnesium' does not fit the pattern of CHEBI identifiers, \\d+ "
        "(xrefs): take it from the ontology",
    ),
    "bad cross-reference": (
        ENTITIES, "close CHEBI:25107", "near CHEBI:25107",
        f"{ENTITIES}:5: 'near CHEBI:25107 magnesium atom' is no cross-reference: "
        "write match, CURIE and label: exact CHEBI:17823 calcitriol",
    ),
    "duplicate id": (
        ENTITIES, "pth\tPTH", "magnesium\tPTH",
        f"{ENTITIES}:6: 'magnesium' stands in a row above: merge the two rows\n"
        f"{PTH}:2: unknown entity 'pth' (object): use an id of entities.tsv, or add a row there\n"
        f"{PTH}:3: unknown entity 'pth' (object): use an id of entities.tsv, or add a row there\n"
        + "\n".join(
            f"{PTH}:{line}: unknown entity 'pth' (subject): "
            "use an id of entities.tsv, or add a row there"
            for line in (4, 5, 6, 7)
        ),
    ),
    "id in capitals": (
        ENTITIES, "fish-oil\t", "Fish-Oil\t",
        f"{ENTITIES}:4: 'Fish-Oil' is no CURIE (prefix:identifier) (id): take it from the ontology",
    ),
    "no name": (
        ENTITIES, "\tbone mineral density", "\t",
        f"{ENTITIES}:3: no name: fill in the name column",
    ),
    "unknown category": (
        ENTITIES, "\ttrait", "\ttraits",
        f"{ENTITIES}:3: unknown category 'traits'; did you mean trait?: use one of chemical, "
        "protein, complex, cell, anatomy, material, process, function, exposure, intervention, "
        "test, trait, condition, food, population",
    ),
    "value twice": (
        ENTITIES, "Mg | Mg²⁺", "Mg | Mg",
        f"{ENTITIES}:5: a value twice in synonyms: remove one of them",
    ),
    "empty value": (
        ENTITIES, "Mg | Mg²⁺", "Mg | | Mg²⁺",
        f"{ENTITIES}:5: an empty value in synonyms: remove the surplus |",
    ),
    "abstract read or not": (
        SOURCES, "human\tyes", "human\tpartly",
        f"{SOURCES}:4: unknown abstract read 'partly': use one of yes, no",
    ),
    "web address that is none": (
        SOURCES, "https://example.org/", "javascript:alert(1)//",
        f"{SOURCES}:4: 'javascript:alert(1)//?a=1&b=2' is no web address: "
        "begin it with https://",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("name", "old", "new", "message"), BAD_ROWS.values(), ids=BAD_ROWS)
def test_a_bad_row_is_reported(name: str, old: str, new: str, message: str, folder: Path) -> None:
    _edit(folder, name, old, new)
    assert _problems(folder) == message.split("\n")


# --- Files that are not text as it should be ------------------------------------------------


def test_invalid_utf_8_is_reported_by_line_and_byte(folder: Path) -> None:
    path = folder / PTH
    path.write_bytes(path.read_bytes().replace(b"Did not.", b"Did \xff not."))
    assert _problems(folder) == [
        f"{PTH}:7: byte 0xff in column 101 is not UTF-8; in Windows-1252 or Latin-1 it is ÿ: save the file as UTF-8"
    ]


_SPOILT = {
    "a byte-order mark": (
        PTH, lambda data: b"\xef\xbb\xbf" + data, "a byte-order mark left out at pth.tsv:1",
    ),
    "ends of line of Windows": (
        PTH, lambda data: data.replace(b"\n", b"\r\n"),
        "lines that end in CR LF read as such at pth.tsv:1",
    ),
    "ends of line of old Macs": (
        PTH, lambda data: data.replace(b"\n", b"\r"),
        "lines that end in CR read as such at pth.tsv:1",
    ),
    "UTF-16": (
        ENTITIES, lambda data: data.decode("utf-8").encode("utf-16"),
        "UTF-16 read as such at entities.tsv:1",
    ),
    "a no-break space": (
        PTH, lambda data: data.replace(b"No trace of it", "No trace of\u00a0it".encode()),
        "U+00A0 NO-BREAK SPACE read as a plain blank at pth.tsv:3 (summary)",
    ),
    "a soft hyphen": (
        PTH, lambda data: data.replace(b"No trace", "No tr\u00adace".encode()),
        "U+00AD SOFT HYPHEN left out at pth.tsv:3 (summary)",
    ),
    "a no-break space around an id": (
        PTH, lambda data: data.replace(b"\nmagnesium\t", "\n\u00a0magnesium\u00a0\t".encode()),
        "U+00A0 NO-BREAK SPACE read as a plain blank, 2 times, first at pth.tsv:2 (subject)\n"
        "blanks around a value left out, 2 times, first at pth.tsv:2 (subject)",
    ),
    "an empty row": (
        PTH, lambda data: data.replace(b"No trace of it.\t\n", b"No trace of it.\t\n\n"),
        "an empty row left out at pth.tsv:4",
    ),
    "empty columns at the end": (
        PTH, lambda data: data.replace(b"\n", b"\t\t\n"), "",
    ),
    "everything in quotation marks": (
        ENTITIES, lambda data: b"".join(
            b"\t".join(b'"%b"' % cell.replace(b'"', b'""') for cell in line.split(b"\t")) + b"\n"
            for line in data.splitlines()
        ),
        "quotation marks around a cell left out, 35 times, first at entities.tsv:2 (id)",
    ),
    "cells with commas in quotation marks": (
        PTH, lambda data: data.replace(b"\n", b"\r\n").replace(
            b"No trace of it.", b'"No trace of it."'
        ).replace(b"Did not.", b'"Did not."'),
        None,
    ),
    "capitals of a spreadsheet": (
        PTH, lambda data: data.replace(b"\tdisputes\t", b"\tDisputes\t"),
        "Disputes read as disputes in stance, 2 times, first at pth.tsv:3",
    ),
    "a year with decimals": (
        SOURCES, lambda data: data.replace(b"\t1998\t", b"\t1998.0\t"),
        "decimals left out of year at sources.tsv:4",
    ),
    "columns in another order": (
        ENTITIES, lambda data: b"".join(
            b"\t".join(reversed(line.split(b"\t"))) + b"\n" for line in data.splitlines()
        ),
        "columns in another order read by their names at entities.tsv:1",
    ),
    "names of columns in capitals": (
        ENTITIES, lambda data: data.replace(b"id\tname", b"ID\tName", 1), "",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("name", "spoil", "mended"), _SPOILT.values(), ids=_SPOILT)
def test_what_a_spreadsheet_or_an_editor_did_is_read_said_and_mended_by_fmt(
    name: str, spoil: Callable[[bytes], bytes], mended: str | None, folder: Path
) -> None:
    before = Graph(curated.read(folder))
    original, left = (folder / name).read_bytes(), Leftovers()
    spoilt = spoil(original)
    assert spoilt != original
    (folder / name).write_bytes(spoilt)
    if mended is None:
        assert Graph(curated.read(folder, left, strict=False)) != before  # they are meant
        return
    assert Graph(curated.read(folder, left, strict=False)) == before
    assert "\n".join(left.lines()) == mended
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", LeftOut)
        assert curated.canonicalise(folder) == [folder / name]
    assert (folder / name).read_bytes() == original


def test_a_cell_that_a_spreadsheet_quoted_or_broke_into_lines_is_read(folder: Path) -> None:
    path, left = folder / PTH, Leftovers()
    data = path.read_bytes().replace(b"No trace of it.", b'"No ""trace"", or\nso."')
    path.write_bytes(data.replace(b"\n", b"\r\n").replace(b"or\r\n", b"or\n"))
    graph = Graph(curated.read(folder, left, strict=False))
    summaries = {row.summary for s in graph.statements.values() for row in s.evidence}
    assert 'No "trace", or so.' in summaries
    assert "Did not." in summaries
    assert list(left.lines()) == [
        "lines that end in CR LF read as such at pth.tsv:1",
        "quotation marks around a cell left out at pth.tsv:3 (summary)",
        "U+000A read as a plain blank at pth.tsv:3 (summary)",
    ]


def test_quotation_marks_that_are_meant_stay(folder: Path, tmp_path: Path) -> None:
    for text in ('"Bone"', '"Bone" and muscle', '"Bone, muscle"', '"', 'a ""b""'):
        curated.write(_with_entity(name=text), tmp_path / "out")
        assert Graph(curated.read(tmp_path / "out")).entities["b"].name == text


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["plain", "with a mark"])
@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r\r\n"], ids=["LF", "CR LF", "CR CR LF"])
def test_what_windows_adds_is_read_and_not_kept_by_fmt(
    mark: bytes, end: bytes, folder: Path
) -> None:
    before = {path: path.read_bytes() for path in folder.rglob("*.tsv")}
    graph = Graph(curated.read(folder))
    for path, data in before.items():
        path.write_bytes(mark + data.replace(b"\n", end))
    assert Graph(curated.read(folder, Leftovers(), strict=False)) == graph
    if mark or end != b"\n":
        assert _problems(folder, strict=True)[0] == f"{ENTITIES}:1: {_NOT_CANONICAL}"
        assert sorted(curated.canonicalise(folder)) == sorted(before)
    assert {path: path.read_bytes() for path in folder.rglob("*.tsv")} == before


_COLUMNS = " ".join(curated.STATEMENT_COLUMNS)
_HEADER = "the first line does not name the columns"


@pytest.mark.parametrize(
    ("text", "what", "fix"),
    [
        ("", "the file is empty", ""),
        ("\n", _HEADER, ""),
        ("a,b,c\n1,2,3\n", _HEADER, ""),
        (
            "\t".join(c for c in curated.STATEMENT_COLUMNS if c != "locator") + "\tnotes\n",
            f"{_HEADER} (no column locator; notes is none)",
            "",
        ),
        (
            "\t".join((*curated.STATEMENT_COLUMNS, "locator")) + "\n",
            f"{_HEADER} (locator twice)",
            "",
        ),
        (
            ",".join(curated.STATEMENT_COLUMNS) + "\n",
            "commas stand between the columns",
            "save the table as text with tabs",
        ),
        (
            ";".join(f'"{c}"' for c in curated.STATEMENT_COLUMNS) + "\n",
            "semicolons stand between the columns",
            "save the table as text with tabs",
        ),
    ],
)
def test_an_empty_file_and_a_wrong_header_are_reported(
    text: str, what: str, fix: str, folder: Path
) -> None:
    (folder / PTH).write_bytes(text.encode())
    fix = fix or f"begin the file with {_COLUMNS}, separated by tabs"
    assert _problems(folder) == [f"{PTH}:1: {what}: {fix}"]


def test_a_missing_table_is_an_error_of_the_system(folder: Path) -> None:
    (folder / SOURCES).unlink()
    with pytest.raises(FileNotFoundError):
        list(curated.read(folder))


def test_a_folder_without_its_statements_is_no_empty_graph(folder: Path) -> None:
    shutil.rmtree(folder / "statements")
    message = (
        "statements: there is no table of statements: restore it; "
        "a graph without statements has statements.tsv with its first line"
    )
    assert _problems(folder) == [message]
    (folder / "statements").mkdir()
    assert _problems(folder) == [message]
    (folder / "statements" / "README.md").touch()
    assert _problems(folder) == [message]
    (folder / "statements" / "README.md").unlink()
    (folder / "statements").rmdir()
    (folder / "statements").touch()
    with pytest.raises(NotADirectoryError) as caught:
        list(curated.read(folder))
    assert caught.value.filename == str(folder / "statements")


def test_a_folder_that_cannot_be_read_is_no_empty_graph(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a user who may not look into it; the tests may be run by one who always may."""
    look = os.scandir

    def refuse(path: Path) -> object:
        if Path(path) == folder / "statements":
            raise PermissionError(13, "Permission denied", str(path))
        return look(path)

    monkeypatch.setattr(os, "scandir", refuse)
    with pytest.raises(PermissionError) as caught:
        list(curated.read(folder))
    assert caught.value.filename == str(folder / "statements")


@pytest.mark.parametrize("name", ["PTH2.TSV", "pth2.tsv.gz", "pth2.csv"])
def test_a_table_that_would_not_be_read_is_reported(name: str, folder: Path) -> None:
    (folder / "statements" / name).touch()
    assert _problems(folder) == [
        f"statements/{name}: only tables called *.tsv are read: "
        "make it a table with tabs and call it pth2.tsv, or move it elsewhere"
    ]


@pytest.mark.parametrize("name", [".pth2.TSV", "pth2.tsv~", "notes.md"])
def test_what_is_no_table_may_stand_beside_them(name: str, folder: Path) -> None:
    (folder / "statements" / name).touch()
    assert len(list(curated.read(folder))) == 14


def test_a_table_whose_name_is_not_utf_8_is_reported(folder: Path) -> None:
    (folder / PTH).rename(os.fsdecode(os.fsencode(folder / "statements") + b"/\xff.tsv"))
    assert _problems(folder) == [
        "statements/\\xff.tsv: the name of the table is not UTF-8: "
        "use lower-case letters, digits and hyphens"
    ]


def test_old_tables_do_not_meet_new_ones(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder is exchanged between the first table and the second."""
    other = folder.parent / "other"
    curated.write(_records(), other)
    lines = reading.files.read_lines

    def then_exchange(path: Path, left: Leftovers) -> tuple[list[str], list[Problem]]:
        told = lines(path, left)
        if path == folder / ENTITIES and other.exists():
            shutil.rmtree(folder)
            other.rename(folder)
        return told

    monkeypatch.setattr(reading.files, "read_lines", then_exchange)
    assert Graph(curated.read(folder)) == Graph(_records())


# --- All problems at once, and none twice ---------------------------------------------------


def test_all_problems_of_all_files_are_reported_at_once(folder: Path) -> None:
    path = folder / PTH
    _edit(folder, PTH, "pth\t\tsurvey\tdisputes", "pth\t\tsurvey\tdisproves")
    path.write_bytes(path.read_bytes().replace(b"Did not.", b"Did \xff not."))
    _edit(folder, ENTITIES, "\ttrait", "\ttraits")
    _edit(folder, SOURCES, "human\tyes", "human\tpartly")
    assert [line.split(": ")[0] for line in _problems(folder)] == [
        f"{ENTITIES}:3",
        f"{SOURCES}:4",
        f"{PTH}:7",
        f"{PTH}:3",
    ]


@pytest.mark.parametrize(
    ("name", "old", "new", "message"),
    [
        (
            ENTITIES,
            "pth\tPTH",
            "pth\tPTH\x1b",
            f"{ENTITIES}:6: U+001B in name: "
            "remove it; a cell holds printing characters and plain blanks",
        ),
        (
            ENTITIES,
            "pth\tPTH",
            "pth\tPTH\t",
            f"{ENTITIES}:6: 8 columns instead of 7: remove the surplus tab",
        ),
        (
            SOURCES,
            "survey\tfurther",
            "survey\tfurther\t",
            f"{SOURCES}:5: 15 columns instead of 14: remove the surplus tab",
        ),
        (
            ENTITIES,
            "id\tname",
            "ids\tname",
            f"{ENTITIES}:1: the first line does not name the columns (no column id; ids is none): "
            f"begin the file with {' '.join(curated.ENTITY_COLUMNS)}, separated by tabs",
        ),
    ],
)
def test_statements_about_a_damaged_row_are_not_reported_too(
    name: str, old: str, new: str, message: str, folder: Path
) -> None:
    _edit(folder, name, old, new)
    assert _problems(folder) == [message]


def test_statements_about_a_row_that_is_not_utf_8_are_not_reported_too(folder: Path) -> None:
    path = folder / ENTITIES
    path.write_bytes(path.read_bytes().replace(b"pth\tPTH", b"pth\tPTH\xff"))
    assert _problems(folder) == [
        f"{ENTITIES}:6: byte 0xff in column 8 is not UTF-8; in Windows-1252 or Latin-1 it is ÿ: save the file as UTF-8"
    ]


# --- The canonical form ---------------------------------------------------------------------

_NOT_CANONICAL = "not in canonical form from this line on (order of rows or values, or blanks): run trabecula fmt"


def test_the_golden_folder_is_canonical(folder: Path) -> None:
    assert Graph(curated.read(folder, strict=True)) == Graph(curated.read(folder, strict=False))
    assert curated.differing(folder) == {}


@pytest.mark.parametrize(
    ("name", "old", "new", "line"),
    [
        (ENTITIES, "Mg | Mg²⁺", "Mg²⁺ | Mg", 5),
        (ENTITIES, "Mg | Mg²⁺", "Mg|Mg²⁺", 5),
        (SOURCES, "PMCID:PMC1234567 | PMID:12345678", "PMID:12345678 | PMCID:PMC1234567", 4),
        (PTH, "magnesium\tdecreases\tpth\t\tarticle", "pth\tdecreases\tmagnesium\t\tarticle", 2),
        (
            "statements/bone-remodelling.tsv",
            "dose=300 mg a day; sex=female",
            "sex=female;dose=300 mg a day",
            3,
        ),
        (PTH, "Did not.\t\n", "Did not.\t", 8),
    ],
)
def test_a_file_in_another_order_is_read_but_not_canonical(
    name: str, old: str, new: str, line: int, folder: Path
) -> None:
    _edit(folder, name, old, new)
    assert _problems(folder, strict=True) == [f"{name}:{line}: {_NOT_CANONICAL}"]
    before = list(curated.read(folder, strict=False))
    assert curated.canonicalise(folder) == [folder / name]
    assert Graph(curated.read(folder, strict=True)) == Graph(before)
    assert curated.canonicalise(folder) == []


def test_a_table_without_rows_is_canonical(folder: Path) -> None:
    columns = "\t".join(curated.STATEMENT_COLUMNS)
    (folder / "statements" / "empty.tsv").write_text(f"{columns}\n", encoding="utf-8")
    assert len(list(curated.read(folder, strict=True))) == 14


def test_nothing_is_rewritten_when_something_is_wrong(folder: Path) -> None:
    _edit(folder, ENTITIES, "Mg | Mg²⁺", "Mg²⁺ | Mg")
    _edit(folder, PTH, "No trace of it.", "")
    before = {path: path.read_bytes() for path in folder.rglob("*.tsv")}
    with pytest.raises(FormatError):
        curated.canonicalise(folder)
    assert {path: path.read_bytes() for path in folder.rglob("*.tsv")} == before


def test_what_a_cell_must_not_begin_with_is_sorted_last(folder: Path) -> None:
    """`a | =b` can be read; sorted by letters it would be `=b | a`, which cannot."""
    _edit(folder, ENTITIES, "Mg | Mg²⁺", "Mg | =cmd() | -OH | a")
    assert curated.canonicalise(folder) == [folder / ENTITIES]
    assert "\ta | Mg | -OH | =cmd()\t" in (folder / ENTITIES).read_text("utf-8")
    assert len(list(curated.read(folder, strict=True))) == 14


def test_fmt_writes_nothing_that_could_not_be_read(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = {path: path.read_bytes() for path in folder.rglob("*.tsv")}
    rendered = curated.render

    def broken(records: Iterable[Record]) -> dict[str, str]:
        return {name: text.replace("PTH", "=PTH") for name, text in rendered(records).items()}

    monkeypatch.setattr(in_folder, "render", broken)
    with pytest.raises(FormatError) as caught:
        curated.canonicalise(folder)
    assert {problem.code for problem in caught.value.problems} == {"formula"}
    assert {path: path.read_bytes() for path in folder.rglob("*.tsv")} == before


def test_an_edit_saved_while_fmt_runs_is_not_lost(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _edit(folder, ENTITIES, "Mg | Mg²⁺", "Mg²⁺ | Mg")
    _edit(
        folder, PTH, "magnesium\tdecreases\tpth\t\tarticle", "pth\tdecreases\tmagnesium\t\tarticle"
    )
    rendered = curated.render

    def late(records: Iterable[Record]) -> dict[str, str]:
        made = rendered(records)
        _edit(folder, PTH, "Did not.", "An edit.")
        return made

    monkeypatch.setattr(in_folder, "render", late)
    entities = (folder / ENTITIES).read_bytes()
    with pytest.raises(OutputError, match=r"pth\.tsv was changed meanwhile; nothing is written"):
        curated.canonicalise(folder)
    assert "An edit." in (folder / PTH).read_text("utf-8")
    assert (folder / ENTITIES).read_bytes() == entities


def test_fmt_leaves_everything_else_in_the_folder_alone(folder: Path) -> None:
    (folder / "README.md").touch()
    (folder / "expectations").mkdir()
    _edit(folder, ENTITIES, "Mg | Mg²⁺", "Mg²⁺ | Mg")
    number = folder.stat().st_ino
    before = sorted(path.name for path in folder.rglob("*"))
    curated.canonicalise(folder)
    assert sorted(path.name for path in folder.rglob("*")) == before
    assert folder.stat().st_ino == number


def test_fmt_mends_a_table_without_rows_too(folder: Path) -> None:
    columns = "\t".join(curated.STATEMENT_COLUMNS)
    (folder / "statements" / "empty.tsv").write_bytes(f"{columns}\r\n".encode())
    assert curated.canonicalise(folder) == [folder / "statements" / "empty.tsv"]
    assert len(list(curated.read(folder, strict=True))) == 14


def test_a_table_that_is_a_link_is_not_replaced(folder: Path) -> None:
    _edit(folder, ENTITIES, "Mg | Mg²⁺", "Mg²⁺ | Mg")
    kept = folder.parent / "kept.tsv"
    (folder / ENTITIES).rename(kept)
    (folder / ENTITIES).symlink_to(kept)
    before = kept.read_bytes()
    with pytest.raises(OutputError, match=r"entities\.tsv is no file of its own"):
        curated.canonicalise(folder)
    assert kept.read_bytes() == before


# --- Writing --------------------------------------------------------------------------------


def test_what_the_format_cannot_say_is_refused_and_nothing_is_written(
    tiny: Graph, tmp_path: Path
) -> None:
    with pytest.raises(FormatError) as caught:
        curated.write(tiny, tmp_path / "out")
    assert str(caught.value) == (
        "s1b541f027af7bd9a268d163402f70c3b: the curated format has no negated statement: "
        "record it as a statement with disputing evidence"
    )
    assert list(tmp_path.iterdir()) == []


_ROW_OF = Evidence(source="s", strength="direct", method="review", summary="Words.")


def _records(**changes: object) -> list[Record]:
    """The smallest graph, with something changed in its statement."""
    fields = {"subject": "a", "predicate": "affects", "object": "a", "evidence": (_ROW_OF,)}
    return [
        Entity(id="a", name="a", category="food"),
        Source(id="s", study_type="review"),
        Statement(**{**fields, **changes}),  # type: ignore[arg-type]
    ]


def _with_entity(**changes: object) -> list[Record]:
    fields = {"id": "b", "name": "b", "category": "food"}
    return [*_records(), Entity(**{**fields, **changes})]  # type: ignore[arg-type]


UNSAYABLE = {
    "no evidence": (_records(evidence=()), "no-evidence"),
    "topic that leads elsewhere": (_records(topic="../x"), "bad-topic"),
    "topic that is taken": (_records(topic="statements"), "bad-topic"),
    "unknown end": (_records(object="c"), "unknown-entity"),
    "line end in an entity": (_with_entity(description="x\ny"), "columns"),
    "tab in an entity": (_with_entity(description="x\ty"), "columns"),
    "bar in a synonym": (_with_entity(synonyms=("x | y",)), "bad-value"),
    "blank at the end of a synonym": (_with_entity(synonyms=("x ", "y")), "bad-value"),
    "bar in a label": (
        _with_entity(xrefs=(Xref("exact", "CHEBI:1", "x|y"),)),
        "bad-value",
    ),
    "formula": (_with_entity(name="=1"), "formula"),
    "web address as id": (_with_entity(id="https://example.org/b"), "bad-curie"),
    "semicolon in a context": (
        _records(evidence=(Evidence(source="s", summary="x", context=(("dose", "1; 2"),)),)),
        "bad-value",
    ),
}


@pytest.mark.parametrize(("records", "code"), UNSAYABLE.values(), ids=UNSAYABLE)
def test_records_that_would_not_come_back_are_refused(
    records: list[Record], code: str, tmp_path: Path
) -> None:
    with pytest.raises(FormatError) as caught:
        curated.write(records, tmp_path / "out")
    assert caught.value.problems[0].code == code
    assert list(tmp_path.iterdir()) == []


def test_a_folder_of_nothing_but_tables_is_replaced_whole(folder: Path) -> None:
    curated.write(_records(topic="new"), folder)
    assert Graph(curated.read(folder, strict=True)) == Graph(_records(topic="new"))
    assert [path.name for path in folder.rglob("*.tsv")].count("new.tsv") == 1
    assert not (folder / PTH).exists()


#: What is put into the folder, and what is said of it.
FOREIGN = {
    "a note": ("README.md", b"mine", r"README\.md, which is no table of trabecula"),
    "a description": ("about.toml", b"# mine\n", r"about\.toml, which was written by hand"),
    "another table": ("genes.tsv", b"gene\n", r"genes\.tsv, which is no table"),
    "other columns": (ENTITIES, b"gene\tscore\nBRCA1\t3\n", r"entities\.tsv, which has other columns"),
    "more columns": (
        SOURCES, ("\t".join(curated.SOURCE_COLUMNS) + "\tmine\n").encode(), r"sources\.tsv, which has other columns"
    ),
    "another topic": ("statements/x.tsv", b"x\n", r"statements/x\.tsv, which has other columns"),
    "a table further in": (
        "statements/in/x.tsv", "\t".join(curated.STATEMENT_COLUMNS).encode(), r"statements/in/x\.tsv, which is no"
    ),
}  # fmt: skip


@pytest.mark.parametrize(("name", "data", "told"), FOREIGN.values(), ids=FOREIGN)
def test_a_folder_that_holds_anything_else_is_not_written_into(
    name: str, data: bytes, told: str, folder: Path
) -> None:
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_bytes(data)
    before = {path: path.read_bytes() for path in folder.rglob("*.*")}
    with pytest.raises(OutputError, match=told):
        curated.write(_records(topic="pth"), folder)
    assert {path: path.read_bytes() for path in folder.rglob("*.*")} == before


def test_overwriting_replaces_the_tables_and_keeps_everything_else(folder: Path) -> None:
    (folder / "README.md").write_bytes(b"mine")
    (folder / ENTITIES).write_bytes(b"gene\tscore\n")
    curated.write(_records(topic="new"), folder, overwrite=True)
    assert Graph(curated.read(folder, strict=True)) == Graph(_records(topic="new"))
    assert not (folder / PTH).exists()
    assert (folder / "README.md").read_bytes() == b"mine"


def test_overwriting_does_not_take_a_table_of_somebody_into_the_graph(folder: Path) -> None:
    (folder / "statements" / "x.tsv").write_bytes(b"gene\tscore\n")
    before = {path: path.read_bytes() for path in folder.rglob("*.tsv")}
    with pytest.raises(FormatError) as caught:
        curated.write(_records(topic="pth"), folder, overwrite=True)
    assert str(caught.value) == (
        f"{folder}/statements/x.tsv: this table would become part of the graph: "
        "remove it, or write elsewhere"
    )
    assert {path: path.read_bytes() for path in folder.rglob("*.tsv")} == before


def test_a_graph_without_statements_comes_back(tmp_path: Path) -> None:
    graph = Graph([Entity(id="a", name="a", category="food")])
    curated.write(graph, tmp_path / "out")
    assert Graph(curated.read(tmp_path / "out", strict=True)) == graph
    assert curated.differing(tmp_path / "out") == {}


def test_a_folder_can_be_written_again(tmp_path: Path) -> None:
    curated.write(_records(topic="pth"), tmp_path)
    curated.write(_records(topic="pth", predicate="causes"), tmp_path)
    [statement] = Graph(curated.read(tmp_path, strict=True)).statements.values()
    assert statement.predicate == "causes"


def test_reading_many_rows_of_one_statement_grows_no_faster_than_the_rows(folder: Path) -> None:
    (folder / PTH).unlink()

    def seconds(number: int) -> float:
        row = (
            "magnesium\taffects\tpth\t\tsurvey\tsupports\tassociation\tcohort\t\t\tdose={0}\tx\t\n"
        )
        rows = "".join(map(row.format, range(number)))
        path = folder / "statements" / "many.tsv"
        path.write_text("\t".join(curated.STATEMENT_COLUMNS) + "\n" + rows, encoding="utf-8")
        start = time.process_time()
        graph = Graph(curated.read(folder, strict=False))
        assert max(len(s.evidence) for s in graph.statements.values()) == number
        return time.process_time() - start

    seconds(100)
    assert seconds(8000) < 40 * max(seconds(1000), 0.01)


def test_suggestions_for_unknown_ids_are_bounded_in_number(folder: Path) -> None:
    with (folder / ENTITIES).open("a", encoding="utf-8") as table:
        table.writelines(f"entity-number-{n}\te{n}\tfood\t\t\t\t\n" for n in range(3000))
    with (folder / PTH).open("a", encoding="utf-8") as table:
        table.writelines(
            f"entity-nomber-{n}\taffects\tpth\t\tsurvey\tsupports\tassociation\tcohort\t\t\t\tx\t\n"
            for n in range(3000)
        )
    start = time.process_time()
    with pytest.raises(FormatError) as caught:
        list(curated.read(folder, strict=False))
    assert time.process_time() - start < 20  # all of them took more than five minutes
    problems = [p for p in caught.value.problems if p.code == "unknown-entity"]
    assert problems[0].what == (
        "unknown entity 'entity-nomber-0'; did you mean entity-number-0? (subject)"
    )
    assert "did you mean" not in problems[-2].what
    assert sum(problem.count for problem in problems) == 3000
    assert len(str(caught.value).split("\n")) == 21


def test_keys_of_context_that_nobody_declared_are_declared_by_the_folder(tmp_path: Path) -> None:
    row = Evidence(
        source="s", strength="direct", method="review", summary="It does.",
        context=(("phase", "any words"), ("tide", "low")),
    )  # fmt: skip
    records = [
        Entity(id="a", name="a", category="chemical"), Entity(id="b", name="b", category="process"),
        Source(id="s", kind="paper", study_type="review", title="S"),
        Statement(
            subject="a", predicate="increases", object="b", qualifiers=(("tide", "high"),), evidence=(row,)
        ),
    ]  # fmt: skip
    curated.write(records, tmp_path / "g")
    graph = Graph(curated.read(tmp_path / "g", Leftovers()))
    assert graph.about.context == (("phase", ()), ("tide", ("high", "low")))
    (statement,) = graph.statements.values()
    assert (statement.qualifiers, statement.evidence[0].context) == (
        records[3].qualifiers,
        row.context,
    )
