"""Reading expectations, and telling where a graph does not meet them."""

from __future__ import annotations

from pathlib import Path

import pytest

from trabecula.errors import FormatError
from trabecula.expectations import broken, expectations, questions, table
from trabecula.graph import Graph
from trabecula.model import About, Term
from trabecula.sparql import Session

HEADER = "from\tto\texpected\twhy\n"
QUERY = """\
# question: What does PTH do to osteoblasts?
# topics: pth | bone-remodelling
SELECT ?sign ?pattern WHERE {
  ?statement rdf:subject entity:pth ; rdf:object CL:0000062 ; tb:sign ?sign ; tb:pattern ?pattern .
}
"""
ROWS = "sign\tpattern\n-1\tcontinuous\n1\tintermittent\n"


def folder_of(
    path: Path, conclusions: str = HEADER, query: str | None = QUERY, rows: str | None = ROWS
) -> Path:
    """A folder with one question, `effect`, and the given expected conclusions."""
    (path / "questions").mkdir()
    (path / "conclusions.tsv").write_text(conclusions, "utf-8")
    if query is not None:
        (path / "questions" / "effect.rq").write_text(query, "utf-8")
    if rows is not None:
        (path / "questions" / "effect.tsv").write_text(rows, "utf-8")
    return path


def told(graph: Graph, folder: Path) -> list[str]:
    """The problems, without the path of the folder."""
    return [str(problem).replace(f"{folder}/", "") for problem in broken(graph, folder)]


def refused(path: Path, **files: str | None) -> list[str]:
    """What a folder is refused for, before any graph is asked."""
    folder = folder_of(path, **files)  # type: ignore[arg-type]
    with pytest.raises(FormatError) as raised:
        list(broken(Graph(), folder))
    return str(raised.value).replace(f"{folder}/", "").splitlines()


# --- Reading ------------------------------------------------------------------------------------


def test_a_question_is_read_with_its_topics_and_rows(tmp_path: Path) -> None:
    (question,) = questions(folder_of(tmp_path))
    assert question.name == "effect"
    assert question.question == "What does PTH do to osteoblasts?"
    assert question.topics == ("pth", "bone-remodelling")
    assert question.query == QUERY
    assert question.columns == ("sign", "pattern")
    assert question.rows == (("-1", "continuous"), ("1", "intermittent"))
    assert question.empty == ""


def test_an_expectation_is_read_with_its_line(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, HEADER + "pth\tbmd\tnot -\tNobody says so.\n")
    (expectation,) = expectations(folder)
    assert (expectation.start, expectation.end, expectation.expected) == ("pth", "bmd", "not -")
    assert expectation.why == "Nobody says so."
    assert expectation.where == f"{tmp_path / 'conclusions.tsv'}:2"


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("a\tb\t±\tx", "unknown expected '±': use one of +, -, context, none, not +, not -"),
        ("a\tb\tcontexts\tx", "unknown expected 'contexts'; did you mean context?: use one of +, -, context, none, not +, not -"),
        ("\tb\t+\tx", "no from: fill in the from column"),
        ("a\t\t+\tx", "no to: fill in the to column"),
        ("a\tb\t\tx", "no expected: use one of +, -, context, none, not +, not -"),
        ("a\tb\t+\t", "no why: fill in the why column"),
        ("a\tb\t+", "3 columns instead of 4: add or remove tabs"),
        ("a\tb\t+\tx\ty", "5 columns instead of 4: add or remove tabs"),
        ("a\tb\t+\tx\u202e", "U+202E RIGHT-TO-LEFT OVERRIDE in a cell: remove it"),
    ],
)  # fmt: skip
def test_a_damaged_expectation_is_told_with_its_line(
    tmp_path: Path, row: str, problem: str
) -> None:
    told = refused(tmp_path, conclusions=f"{HEADER}{row}\n")
    assert told == [f"conclusions.tsv:2: {problem}"]


def test_every_problem_of_a_file_is_told_at_once(tmp_path: Path) -> None:
    rows = f"{HEADER}a\t\t±\tx\na\tb\t+\tx\na\tb\t+\ty\n"
    assert refused(tmp_path, conclusions=rows) == [
        "conclusions.tsv:2: unknown expected '±': use one of +, -, context, none, not +, not -",
        "conclusions.tsv:2: no to: fill in the to column",
        "conclusions.tsv:4: line 3 speaks of the same: keep one of the two",
    ]


def test_a_wrong_header_is_told(tmp_path: Path) -> None:
    assert refused(tmp_path, conclusions="from\tto\n") == [
        "conclusions.tsv:1: the first line does not name the columns: "
        "begin the file with from to expected why, separated by tabs"
    ]


@pytest.mark.parametrize(
    ("files", "problem"),
    [
        ({"query": QUERY.replace("# question: ", "# ")}, "questions/effect.rq:1: the first line asks nothing: begin the file with '# question: …?'"),
        ({"query": QUERY.replace("osteoblasts?", "osteoblasts")}, "questions/effect.rq:1: the first line asks nothing: begin the file with '# question: …?'"),
        ({"query": QUERY.replace("# topics: pth | bone-remodelling\n", "")}, "questions/effect.rq:2: no topic: "),
        ({"rows": None}, "questions/effect.tsv:1: the file is missing: write the right rows into effect.tsv"),
        ({"rows": "sign\tpattern\n-1\n"}, "questions/effect.tsv:2: 1 column instead of 2: add or remove tabs"),
        ({"rows": ""}, "questions/effect.tsv:1: the first line does not name the columns: begin the file with the columns of the query, separated by tabs"),
        ({"rows": "sign\tpattern\n"}, "questions/effect.rq:3: no rows are expected, and not why: say why with '# empty: …'"),
        ({"query": QUERY.replace("SELECT", "# empty: nobody knows\nSELECT")}, "questions/effect.rq:3: rows are expected, and yet none: remove '# empty: …' or the rows"),
        ({"query": None}, "questions/effect.tsv:1: no query has these rows: add effect.rq"),
    ],
)  # fmt: skip
def test_a_damaged_question_is_told_with_its_line(
    tmp_path: Path, files: dict[str, str | None], problem: str
) -> None:
    first, *_ = refused(tmp_path, **files)
    assert first[: len(problem)] == problem


def test_a_topic_that_the_graph_does_not_name_is_told_with_its_line(tmp_path: Path) -> None:
    folder = folder_of(tmp_path, query=QUERY.replace("pth |", "pht |"))
    graph = Graph([About(topics=(Term("pth"), Term("bone-remodelling")))])
    assert [line for line in told(graph, folder) if "topic" in line] == [
        "questions/effect.rq:2: unknown topic 'pht'; did you mean pth?: use one of pth, "
        "bone-remodelling, after '# topics: '"
    ]


def test_without_a_table_of_conclusions_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        expectations(tmp_path)


# --- Questions ----------------------------------------------------------------------------------


def test_right_answers_and_met_expectations_are_no_problem(tiny: Graph, tmp_path: Path) -> None:
    rows = f"{HEADER}magnesium\tCL:0000062\t+\tx\npth\tbmd\tnone\tx\n"
    assert told(tiny, folder_of(tmp_path, rows)) == []


def test_missing_and_unexpected_rows_are_told(tiny: Graph, tmp_path: Path) -> None:
    rows = "sign\tpattern\n-1\tcontinuous\n0\tintermittent\n"
    asks = "What does PTH do to osteoblasts?"
    fix = "correct the graph; or the rows, if the sources say so"
    assert told(tiny, folder_of(tmp_path, rows=rows)) == [
        f"questions/effect.tsv:3: {asks} The answer lacks: 0 | intermittent: {fix}",
        f"questions/effect.tsv:1: {asks} The answer has, unexpectedly: 1 | intermittent: {fix}",
    ]


def test_the_order_of_rows_does_not_matter_but_their_number_does(
    tiny: Graph, tmp_path: Path
) -> None:
    rows = "sign\tpattern\n1\tintermittent\n1\tintermittent\n-1\tcontinuous\n"
    (problem,) = told(tiny, folder_of(tmp_path, rows=rows))
    assert "The answer lacks: 1 | intermittent" in problem


def test_other_columns_than_those_of_the_query_are_told(tiny: Graph, tmp_path: Path) -> None:
    rows = "pattern\tsign\ncontinuous\t-1\n"
    assert told(tiny, folder_of(tmp_path, rows=rows)) == [
        "questions/effect.tsv:1: the columns are not those of the query: "
        "begin the file with sign pattern"
    ]


def test_a_query_that_fails_and_one_that_names_nothing_are_told(
    tiny: Graph, tmp_path: Path
) -> None:
    for name, text in (
        ("wrong", QUERY.replace("SELECT", "SELCT")),
        ("lost", QUERY.replace("entity:pth", "entity:phosphorus-x")),
    ):
        folder = tmp_path / name
        folder.mkdir()
        first, *_ = told(tiny, folder_of(folder, query=text))
        start = {"wrong": "questions/effect.rq:1: the query fails: line 3, column 1: ",
                 "lost": "questions/effect.rq:1: the graph has no entity:phosphorus-x"}[name]  # fmt: skip
        assert first[: len(start)] == start


def test_a_table_is_written_as_rows_are_read(tiny: Graph) -> None:
    text = """SELECT ?x ?source ?name ?no {
      ?x rdfs:label ?name . FILTER(?name IN ("PTH", "magnesium")) BIND(PMID:1 AS ?source)
      OPTIONAL { ?x tb:status ?no }
    }"""
    with Session(tiny) as session:
        assert table(session.query(text)) == (
            "x\tsource\tname\tno\nentity:magnesium\tPMID:1\tmagnesium\t\nentity:pth\tPMID:1\tPTH\t\n"
        )


# --- Conclusions --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("magnesium\tCL:0000062\t+", ""),
        ("magnesium\tCL:0000062\tnot -", ""),
        ("magnesium\tbmd\tnone", ""),  # what is negated says nothing
        ("magnesium\tCL:0000062\t-", "expected: magnesium lowers osteoblast; concluded: raises (+), by magnesium activates CL:0000062"),
        ("magnesium\tCL:0000062\tnot +", "expected: magnesium does not raise osteoblast; concluded: raises (+), by magnesium activates CL:0000062"),
        ("magnesium\tCL:0000062\tcontext", "expected: magnesium raises or lowers, by the context, and is not said to do one of them, osteoblast; concluded: raises (+), by magnesium activates CL:0000062"),
        ("bmd\tpth\t-", "expected: bone mineral density lowers PTH; concluded: nothing here"),
    ],
)  # fmt: skip
def test_an_unmet_expectation_is_told_with_what_was_concluded(
    tiny: Graph, tmp_path: Path, row: str, problem: str
) -> None:
    fix = "correct the graph; or the expectation, if the sources say so"
    expected = [f"conclusions.tsv:2: {problem}: {fix}"] if problem else []
    assert told(tiny, folder_of(tmp_path, f"{HEADER}{row}\tx\n")) == expected


def test_an_unknown_entity_is_told_with_the_nearest(tiny: Graph, tmp_path: Path) -> None:
    rows = f"{HEADER}magnesum\tosteoblast\t+\tx\n"
    assert told(tiny, folder_of(tmp_path, rows)) == [
        "conclusions.tsv:2: no entity has the id 'magnesum': did you mean magnesium?",
        "conclusions.tsv:2: no entity has the id 'osteoblast': write CL:0000062",
    ]
