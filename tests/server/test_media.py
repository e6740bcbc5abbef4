"""Content negotiation: the best of what is offered, for what a client says it takes."""

from __future__ import annotations

import pytest

from trabecula.server.media import HTML, RESULTS, TRIPLES, chosen

ROWS = RESULTS.values()


@pytest.mark.parametrize(
    ("accept", "name"),
    [
        (None, "json"),
        ("", "json"),
        ("*/*", "json"),
        ("text/csv", "csv"),
        ("TEXT/CSV", "csv"),
        ("text/*", "json"),  # `text/json` is a name of it
        ("text/csv;q=0.4, text/tab-separated-values;q=0.6", "tsv"),
        ("text/csv;q=0.5,*/*;q=0.1", "csv"),
        ("*/*;q=0.1, application/sparql-results+xml", "xml"),
        ("application/sparql-results+json;q=0, */*;q=0.5, application/json;q=0", "json"),
        ("text/csv;q=2, application/xml;q=0.1", "xml"),  # no quality is above 1
        ("rubbish, text/csv", "csv"),
        ("application/xml;charset=utf-8;q=0.9, text/csv;q=0.8", "xml"),
        ("image/png", None),
        ("text/csv;q=0", None),
        (",;,;q=", None),
    ],
)
def test_the_best_of_what_is_offered_is_chosen(accept: str | None, name: str | None) -> None:
    best = chosen(accept, ROWS)
    assert (best.name if best else None) == name


def test_a_closer_range_outweighs_a_wider_one() -> None:
    assert chosen("text/csv;q=0.1, text/*;q=0.9", [RESULTS["csv"]]) == RESULTS["csv"]
    assert chosen("text/csv;q=0, text/*;q=0.9", [RESULTS["csv"]]) is None


def test_a_browser_gets_html_where_there_is_some() -> None:
    browser = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"
    assert chosen(browser, (*ROWS, *TRIPLES.values(), HTML)) == HTML


def test_a_long_header_is_read_in_bounds() -> None:
    assert chosen("text/csv," * 100_000, ROWS) == RESULTS["csv"]


def test_text_says_how_it_is_encoded() -> None:
    assert TRIPLES["ttl"].header == "text/turtle; charset=utf-8"
    assert RESULTS["csv"].header == "text/csv; charset=utf-8"
    assert RESULTS["json"].header == "application/sparql-results+json"
