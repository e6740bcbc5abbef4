"""The curated format: each kind of bad row is found, with its place and its remedy."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from trabecula.errors import FormatError
from trabecula.formats import curated
from trabecula.graph import Graph
from trabecula.model import Entity, Evidence, Record, Source, Statement, Xref

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
        "use one of direct, association, reference, review, title-only, asserted",
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
    "an empty line": (
        PTH, "No trace of it.\t\n", "No trace of it.\t\n\n",
        f"{PTH}:4: 1 columns instead of 13: add the tabs",
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
    "no-break space": (
        PTH, "No trace of it.", "No trace of\u00a0it.",
        f"{PTH}:3: U+00A0 NO-BREAK SPACE in summary: "
        "remove it; a cell holds printing characters and plain blanks",
    ),
    "blanks around a cell": (
        PTH, "No trace of it.", " No trace of it.",
        f"{PTH}:3: blanks around summary: remove them",
    ),
    "formula": (
        PTH, "No trace of it.", "=HYPERLINK(1)",
        f"{PTH}:3: summary begins with =, which spreadsheets run as a formula: "
        "begin it with a word",
    ),
    "unknown qualifier": (
        PTH, "pattern=intermittent", "rhythm=intermittent",
        f"{PTH}:4: unknown context key 'rhythm': use one of age, amount, compartment, duration, "
        "intake, magnesium_status, pattern, severity, sex, calcium_status, cell, dose, effect, "
        "population, site …",
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
    "unknown prefix": (
        ENTITIES, "close CHEBI:25107", "close CHEBY:25107",
        f"{ENTITIES}:5: unknown prefix 'CHEBY'; did you mean CHEBI? (xrefs): "
        "take it from the ontology",
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
        f"{PTH}:7: byte 0xff in column 101 is not UTF-8: save the file as UTF-8"
    ]


def test_a_byte_order_mark_is_reported(folder: Path) -> None:
    path = folder / PTH
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert _problems(folder) == [
        f"{PTH}:1: the file begins with a byte-order mark: save it as UTF-8 without a BOM"
    ]


def test_ends_of_line_of_windows_are_reported_once(folder: Path) -> None:
    path = folder / PTH
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert _problems(folder) == [
        f"{PTH}:1: lines end in CR LF: save the file with LF at the ends of lines"
    ]


@pytest.mark.parametrize("text", ["", "\n", "subject\tpredicate\n", "a,b,c\n1,2,3\n"])
def test_an_empty_file_and_a_wrong_header_are_reported(text: str, folder: Path) -> None:
    (folder / PTH).write_bytes(text.encode())
    columns = " ".join(curated.STATEMENT_COLUMNS)
    assert _problems(folder) == [
        f"{PTH}:1: the first line does not name the columns: "
        f"begin the file with {columns}, separated by tabs"
    ]


def test_a_missing_table_is_an_error_of_the_system(folder: Path) -> None:
    (folder / SOURCES).unlink()
    with pytest.raises(FileNotFoundError):
        list(curated.read(folder))


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
            "ID\tname",
            f"{ENTITIES}:1: the first line does not name the columns: begin the file with "
            f"{' '.join(curated.ENTITY_COLUMNS)}, separated by tabs",
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
        f"{ENTITIES}:6: byte 0xff in column 8 is not UTF-8: save the file as UTF-8"
    ]


# --- The canonical form ---------------------------------------------------------------------

_NOT_CANONICAL = (
    "not in canonical form from this line on (order of rows or values): run trabecula fmt"
)


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
    "predicate from elsewhere": (_records(predicate="RO:0002450"), "unknown-predicate"),
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


def test_a_folder_with_other_statements_is_not_written_into(folder: Path) -> None:
    before = {path: path.read_bytes() for path in folder.rglob("*.tsv")}
    with pytest.raises(FormatError) as caught:
        curated.write(_records(topic="pth"), folder)
    assert str(caught.value) == (
        f"{folder}/statements/bone-remodelling.tsv: this table would become part of the graph: "
        "remove it, or write elsewhere"
    )
    assert {path: path.read_bytes() for path in folder.rglob("*.tsv")} == before


def test_a_folder_can_be_written_again(tmp_path: Path) -> None:
    curated.write(_records(topic="pth"), tmp_path)
    curated.write(_records(topic="pth", predicate="causes"), tmp_path)
    [statement] = Graph(curated.read(tmp_path, strict=True)).statements.values()
    assert statement.predicate == "causes"
