"""What holds for every format: what it writes, what it reads, and what it refuses."""

from __future__ import annotations

import gzip
import json
import re
import warnings
from pathlib import Path

import pytest

from trabecula import formats
from trabecula.errors import FormatError, VocabularyError
from trabecula.formats import FORMATS, Format
from trabecula.formats.table import by_suffix
from trabecula.graph import Graph
from trabecula.leftover import Leftovers
from trabecula.model import Entity, Statement

DATA = Path(__file__).parents[1] / "data"
FILES = [form for form in FORMATS.values() if form.suffixes and form.writes]
LOSSLESS = [form for form in FORMATS.values() if form.lossless]


def _sayable(graph: Graph, form: Format) -> Graph:
    """The part of a graph that the format can hold: the curated one has no negated statements."""
    if form.name != "curated":
        return graph
    return Graph(r for r in graph if not (isinstance(r, Statement) and r.negated))


def _path(form: Format, folder: Path) -> Path:
    return folder / f"graph{form.suffixes[0]}" if form.suffixes else folder / "graph"


@pytest.mark.parametrize("form", LOSSLESS, ids=lambda form: form.name)
def test_reading_back_gives_an_equal_graph(form: Format, tiny: Graph, tmp_path: Path) -> None:
    graph, path = _sayable(tiny, form), _path(form, tmp_path)
    formats.write(graph, path, form.name)
    assert formats.load(path) == graph


@pytest.mark.parametrize("form", LOSSLESS, ids=lambda form: form.name)
def test_the_shipped_graph_survives(
    form: Format, shipped: Graph, covering: Graph, tmp_path: Path
) -> None:
    """The whole of it in the tables, in JSON and in RDF; in each other syntax, all that is in it."""
    graph = shipped if form.name in ("curated", "json", "nt") else covering
    path = _path(form, tmp_path)
    formats.write(graph, path, form.name)
    left = Leftovers()
    assert formats.load(path, left=left) == graph
    assert list(left.lines()) == []


def test_a_part_of_the_shipped_graph_has_all_that_is_in_it(shipped: Graph, covering: Graph) -> None:
    contents = []
    for graph in (shipped, covering):
        rows = [row for statement in graph.statements.values() for row in statement.evidence]
        contents.append(
            {
                *(
                    character
                    for character in formats.render(graph, "json").decode()
                    if not character.isalnum()
                ),
                *(statement.predicate for statement in graph.statements.values()),
                *(statement.topic for statement in graph.statements.values()),
                *(key for row in rows for key, _ in row.context),
                *((type(row.effect), row.stance) for row in rows if row.stance == "supports"),
                *(row.strength for row in rows),
                *(entity.category for entity in graph.entities.values()),
            }
        )
    assert contents[0] - contents[1] == set()
    assert len(covering) < len(shipped) / 10


@pytest.mark.parametrize("form", LOSSLESS, ids=lambda form: form.name)
def test_an_empty_graph_survives(form: Format, tmp_path: Path) -> None:
    path = _path(form, tmp_path)
    formats.write(Graph(), path, form.name)
    assert formats.load(path) == Graph()


@pytest.mark.parametrize("form", [f for f in FILES if f.reads or f.name == "biopax"])
def test_an_empty_graph_is_read_back_or_said_to_be_lost(form: Format, tmp_path: Path) -> None:
    path = tmp_path / f"graph{form.suffixes[0]}"
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        formats.write(Graph(), path, form.name)
    warned = [str(warning.message).partition(":")[0] for warning in told]
    try:
        graph = formats.load(path, left=Leftovers())
    except FormatError:
        assert warned == [f"the graph is empty, and {form.name} cannot say so"]
    else:
        assert (warned, len(graph.entities), len(graph.statements)) == ([], 0, 0)


#: Files of text; those of Parquet name the version of the library that wrote them.
TEXTS = [form for form in FILES if not form.extra]


@pytest.mark.parametrize("form", TEXTS, ids=lambda form: form.name)
def test_the_bytes_are_those_of_the_golden_file(form: Format, tiny: Graph, tmp_path: Path) -> None:
    """`tests/data/rewrite.py` writes the golden files anew; some formats have two."""
    formats.write(tiny, tmp_path / f"tiny{form.suffixes[0]}", form.name)
    written = {path.name: path.read_text("utf-8") for path in tmp_path.iterdir()}
    golden = {path.name: path.read_text("utf-8") for path in (DATA / form.name).glob("tiny*")}
    assert written == golden
    if not form.pair:
        assert formats.render(tiny, form.name).decode("utf-8") in golden.values()


@pytest.mark.parametrize("form", FILES, ids=lambda form: form.name)
def test_the_order_of_records_does_not_matter(form: Format, tiny: Graph) -> None:
    backwards = list(tiny)[::-1]
    assert formats.render(backwards, form.name) == formats.render(tiny, form.name)


def test_the_curated_folder_is_the_golden_one(tiny: Graph, tmp_path: Path) -> None:
    formats.write(_sayable(tiny, FORMATS["curated"]), tmp_path / "tiny", "curated")
    golden = DATA / "curated" / "tiny"
    names = [p.relative_to(golden) for p in sorted(golden.rglob("*.tsv"))]
    written = [p.relative_to(tmp_path / "tiny") for p in sorted(tmp_path.rglob("*.tsv"))]
    assert written == names
    assert [(tmp_path / "tiny" / n).read_bytes() for n in names] == [
        (golden / n).read_bytes() for n in names
    ]


@pytest.mark.parametrize("form", LOSSLESS, ids=lambda form: form.name)
def test_a_lossless_format_is_read_and_written(form: Format) -> None:
    assert (form.reads, form.writes) == (True, True)


def test_every_suffix_belongs_to_one_format() -> None:
    suffixes = [suffix for form in FORMATS.values() for suffix in form.suffixes]
    assert len(set(suffixes)) == len(suffixes)


# --- Guessing and naming the format ---------------------------------------------------------


@pytest.mark.parametrize("form", FILES, ids=lambda form: form.name)
def test_a_suffix_gives_the_format_in_either_case_and_compressed(form: Format) -> None:
    for suffix in form.suffixes:
        assert by_suffix(f"a.b{suffix}") is form
        assert by_suffix(f"a{suffix.upper()}.gz") is form


def test_a_folder_is_in_the_curated_format(tmp_path: Path) -> None:
    assert formats.guess(tmp_path) is FORMATS["curated"]


def test_an_unknown_suffix_is_refused_with_the_list() -> None:
    written = " ".join(end for form in FORMATS.values() if form.writes for end in form.suffixes)
    with pytest.raises(VocabularyError, match=re.escape(f"end the name in one of {written}")):
        formats.write(Graph(), Path("graph.docx"))


@pytest.mark.parametrize(
    ("name", "what"), [("graph.docx", "unknown suffix '.docx'"), ("graph", "no suffix")]
)
def test_a_file_that_nothing_tells_the_format_of_is_refused_with_what_to_do(
    tmp_path: Path, name: str, what: str
) -> None:
    path = tmp_path / name
    path.write_text("hello world\n", encoding="utf-8")
    with pytest.raises(VocabularyError) as caught:
        formats.guess(path)
    assert str(caught.value) == (
        f"{path}: {what}, and a beginning that tells no format: name it, as"
        " `trabecula convert --from` does; `trabecula info --formats` lists those that are read"
    )


@pytest.mark.parametrize("name", ["nosuch.csv", "nosuch.ttl", "nosuch.docx", "nosuch", "-"])
def test_what_is_not_there_is_said_before_its_suffix_is_judged(name: str) -> None:
    with pytest.raises(FileNotFoundError):
        formats.read(Path(name))


def test_a_format_that_loses_something_says_what() -> None:
    written = (form for form in FORMATS.values() if form.writes)
    assert [form.name for form in written if bool(form.loses) == form.lossless] == []


def test_an_unknown_format_is_refused_with_the_nearest(tiny: Graph) -> None:
    with pytest.raises(VocabularyError, match=r"^unknown format 'graphm'; did you mean graphml"):
        formats.render(tiny, "graphm")


def test_a_format_that_is_only_written_cannot_be_read() -> None:
    readable = ", ".join(form.name for form in FORMATS.values() if form.reads)
    for form in FORMATS.values():
        if not form.reads:
            with pytest.raises(VocabularyError) as caught:
                formats.read(Path("graph"), form.name)
            hint = "; to read the tables of the curated format, name their folder"
            assert str(caught.value) == (
                f"{form.name} is written, not read; these are read: {readable}"
                + (hint if form.name == "tsv" else "")
            )


def test_a_format_that_is_only_read_cannot_be_written(tiny: Graph) -> None:
    for form in FORMATS.values():
        if not form.writes:
            with pytest.raises(VocabularyError, match=f"^{form.name} is read, not written"):
                formats.render(tiny, form.name)


def test_the_curated_format_cannot_go_to_standard_output(tiny: Graph) -> None:
    with pytest.raises(FormatError) as caught:
        formats.render(tiny, "curated")
    assert str(caught.value) == (
        "curated: the curated format is a folder, not a file: name a folder to write to"
    )


# --- Compressed files -----------------------------------------------------------------------


def test_a_compressed_file_is_read_and_written_the_same_each_time(
    tiny: Graph, tmp_path: Path
) -> None:
    first, second = tmp_path / "a.ttl.gz", tmp_path / "b.ttl.gz"
    formats.write(tiny, first)
    formats.write(tiny, second)
    assert first.read_bytes() == second.read_bytes()
    assert gzip.decompress(first.read_bytes()) == formats.render(tiny, "ttl")
    assert first.read_bytes()[9] == 0xFF  # whatever Python or system wrote it
    assert formats.load(first) == tiny


def test_a_damaged_compressed_file_is_refused(tiny: Graph, tmp_path: Path) -> None:
    path = tmp_path / "a.ttl.gz"
    formats.write(tiny, path)
    whole = path.read_bytes()
    for data in (whole[:-20], b"no gzip", whole[:40] + b"\0\0\0\0\0\0" + whole[46:]):
        path.write_bytes(data)
        with pytest.raises(FormatError) as caught:
            formats.load(path)
        assert str(caught.value) == f"{path}: the file cannot be unfolded: compress it anew"


# --- Hostile text ---------------------------------------------------------------------------

HOSTILE = [
    "</script><script>alert(1)</script>",
    "<!DOCTYPE x [<!ENTITY y SYSTEM 'file:///etc/passwd'>]>",
    "&amp; &lt; &#0; &y;",
    "]]> <![CDATA[",
    "a \"quoted\" 'word'",
    '"""',
    "'''",
    "a\\",
    '\\"',
    "\\u0041 \\n \\N \\G",
    "<< <<( <http://a> )>>",
    "{ } [ ] ( ) ; . , # @prefix",
    "%41 %s {0} ${x} $1",
    "e\u0301 é ﬁ 😀 中文 עברית",
    "= 1 + 1",
    "_:b0",
    "@id",
    "null",
    "-",
]


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("name", ["ttl", "nt", "jsonld", "rdfxml", "trig", "nq", "json"])
def test_marks_that_mean_something_are_kept_as_text(name: str, text: str, tmp_path: Path) -> None:
    graph = Graph(
        [
            Entity(id="a", name=text, category="food", synonyms=(text,), description=text),
            Statement(
                subject="a", predicate="affects", object="b", qualifiers=(("x", text),), topic=text
            ),
        ]
    )
    path = tmp_path / f"graph{FORMATS[name].suffixes[0]}"
    formats.write(graph, path)
    assert formats.load(path) == graph


@pytest.mark.parametrize("mark", ["\n", "\t", "\r", "\0", "\x1b", "\u202e", "\u2028", "\ufffe"])
@pytest.mark.parametrize("form", FILES, ids=lambda form: form.name)
def test_control_characters_and_invisible_marks_are_never_written(form: Format, mark: str) -> None:
    graph = Graph([Entity(id="a", name=f"x{mark}y", category="food")])
    with pytest.raises(FormatError) as caught:
        formats.render(graph, form.name)
    [problem] = caught.value.problems
    assert (problem.code, problem.where) == ("control-character", "a")
    assert problem.what.startswith(f"U+{ord(mark):04X}")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("json", '{"nodes": [{"id": "a", "name": "x\\u202ey", "category": "food"}], "edges": []}'),
        (
            "ttl",
            "<http://a/b> a <https://w3id.org/trabecula/ontology#Food> ;"
            ' <http://purl.org/dc/terms/identifier> "http://a/b" ;'
            ' <http://www.w3.org/2000/01/rdf-schema#label> "x\\u202Ey" .',
        ),
    ],
)
def test_control_characters_and_invisible_marks_are_never_read(
    name: str, text: str, tmp_path: Path
) -> None:
    path = tmp_path / f"graph.{name}"
    path.write_text(text, encoding="utf-8")
    place = {
        "json": "nodes[0] has U+202E RIGHT-TO-LEFT OVERRIDE in name",
        "ttl": "http://a/b: U+202E RIGHT-TO-LEFT OVERRIDE in 'x\\u202ey'",
    }[name]
    with pytest.raises(FormatError) as caught:
        formats.load(path)
    assert str(caught.value) == (
        f"{path}: {place}: remove it; texts hold printing characters and plain blanks"
    )


def test_writing_leaves_the_old_file_when_the_graph_cannot_be_said(
    tiny: Graph, tmp_path: Path
) -> None:
    path = tmp_path / "graph.ttl"
    formats.write(tiny, path)
    before = path.read_bytes()
    bad = Graph([*tiny, Entity(id="http://a b", name="x", category="food")])
    with pytest.raises(FormatError):
        formats.write(bad, path)
    assert path.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == ["graph.ttl"]


def test_the_table_in_the_documentation_is_that_of_the_formats() -> None:
    def yes(value: bool) -> str:
        return "yes" if value else ""

    text = (DATA.parents[1] / "docs" / "formats.md").read_text("utf-8")
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in text.splitlines()
        if line.startswith("| `")
    ]
    assert rows == [
        [f"`{f.name}`", " ".join(f.suffixes), yes(f.reads), yes(f.writes), yes(f.lossless), f.description]
        for f in FORMATS.values()
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["nodes", "sources"])
def test_json_with_two_records_of_one_id_is_refused(name: str, tmp_path: Path) -> None:
    record = {"id": "a", "name": "A", "category": "chemical"}
    document = {"nodes": [], "edges": [], name: [record, {"id": "b"}, record]}
    path = tmp_path / "twice.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    with pytest.raises(FormatError, match=rf"{name}\[2\] has the id 'a', as {name}\[0\] has"):
        formats.load(path)
