"""The rows of answers are data frames of pandas and polars as they are."""

from __future__ import annotations

import pandas
import polars
import pytest

import trabecula as tb

GAPS = """SELECT ?statement ?sources ?so WHERE {
  ?statement a rdf:Statement
  OPTIONAL { ?statement tb:supportingSources ?sources FILTER (?sources > 2) BIND (?sources > 3 AS ?so) } }"""


def answers(graph: tb.Graph) -> dict[str, object]:
    return {
        "explain": tb.explain(graph, "PTH", "bone mass"),
        "whatif": tb.whatif(graph, "magnesium=down", "calcitriol=fixed"),
        "diagnose": tb.diagnose(graph, "blood calcium=down", "PTH=down"),
        "compare": tb.compare(graph, graph.select("near(magnesium, 1)")),
        "audit": tb.audit(graph),
        "conflicts": tb.conflicts(graph),
        "graph": graph,
        "search": tb.search(graph, "magnesium"),
        "query": tb.query(graph, GAPS),
    }


def test_pandas_and_polars_take_the_rows_of_every_answer(shipped: tb.Graph) -> None:
    for name, answer in answers(shipped).items():
        rows = tb.rows(answer)
        by_pandas = pandas.DataFrame(rows)
        by_polars = polars.DataFrame(rows, infer_schema_length=None)
        assert list(by_pandas.columns) == by_polars.columns == list(rows[0]), name
        assert len(by_pandas) == len(by_polars) == len(rows), name
        assert by_polars.to_dicts() == rows, name


def test_a_graph_is_filtered_as_a_data_frame(shipped: tb.Graph) -> None:
    frame = pandas.DataFrame(tb.rows(shipped))
    contested = set(frame[frame.status == "contested"].statement)
    assert contested == set(shipped.select("status(contested)").statements)
    assert frame.supporting.max() == pytest.approx(
        max(len(shipped.independent(statement)) for statement in shipped.statements.values())
    )
