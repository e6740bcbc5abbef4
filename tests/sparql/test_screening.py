"""The screen refuses SERVICE however it is written, and never for what only looks like it."""

from __future__ import annotations

import re
import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from trabecula.errors import QueryError
from trabecula.sparql import screen
from trabecula.sparql.screening import MAX_DEPTH, MAX_QUERY_BYTES, UPDATES, is_harmless
from trabecula.sparql.tokens import tokens

FETCHES = [
    "SELECT * { SERVICE <http://h/> { ?s ?p ?o } }",
    "select*{service<http://h/>{?s ?p ?o}}",
    "SELECT * { SeRvIcE SILENT <http://h/> { ?s ?p ?o } }",
    "SELECT * { SERVICESILENT<http://h/>{} }",
    "SELECT * { # a comment\nSERVICE <http://h/> {} }",
    "SELECT * { SERVICE # a comment\n <http://h/> {} }",
    "SELECT * { SERVICE ?where {} }",
    "SELECT * { SERVICE:x{} }",
    "SELECT * { { SELECT * { SERVICE <http://h/> {} } } }",
    "SELECT * { FILTER EXISTS { SERVICE <http://h/> {} } }",
    "CONSTRUCT { ?s ?p ?o } { SERVICE <http://h/> { ?s ?p ?o } }",
    "DESCRIBE ?s { SERVICE <http://h/> { ?s ?p ?o } }",
    "SELECT * { ?s ?p :.SERVICE <http://h/> {} }",
    "SELECT * { ?s ?p 1e1SERVICE <http://h/> {} }",
    "SELECT * { ?s ?p 1.SERVICE <http://h/> {} }",
    "SELECT * { ?s ?p trueSERVICE <http://h/> {} }",
    "SELECT * { { ?s ?p a:b\\#}SERVICE <http://h/> {} }",
    "SELECT * { ?s ?p 'a'@en.SERVICE <http://h/> {} }",
    "SELECT * { ?s ?p 'it\\'s'.SERVICE <http://h/> {} }",
    "SELECT * { ?s ?p '''a''b'''.SERVICE <http://h/> {} }",
    # The engine reads `<`, `?b`, `)` and a comment, where the longest token is an IRI.
    "SELECT * { FILTER(?a<?b).SERVICE#>\n<http://h/> {} }",
    "SELECT * { FILTER(?a<?b)#>'''\nSERVICE <http://h/> {} #'''\n}",
    'SELECT * { FILTER(?a<b:c)#>"""\nSERVICE <http://h/> {} #"""\n}',
    "SELECT * { FILTER(?a<'x'||'>'!='')SERVICE <http://h/> {} }",
    # The engine gives up the long string at `\q` and reads '' and 'a' instead.
    "SELECT ?x { VALUES ?x {'''a' } SERVICE <http://h/> {} #\\q'''\n}",
]

HARMLESS = [
    "SELECT ?service $SERVICE { ?service ?p $SERVICE }",
    'ASK { ?s ?p "SERVICE <http://h/> { }" }',
    "ASK { ?s ?p 'a \\' SERVICE' }",
    'ASK { ?s ?p """two lines "\nSERVICE\n""" }',
    "ASK { ?s ?p '''it's \\''' SERVICE''' }",
    "ASK { ?s <http://example.org/service#it's> ?o } # SERVICE",
    "PREFIX sd: <http://www.w3.org/ns/sparql-service-description#> ASK { ?s a sd:Graph }",
    "ASK { FILTER(?a < ?b) } #> SERVICE",
    "ASK { FILTER(?a<?b && ?c>?d) }",
    "BASE <http://example.org/> ASK { <#it's> ?p ?o }",
    "ASK { ?x tb:requires entity:mechanical-loading }",
    "SELECT ?load ?insert { ?load ?drop ?insert }",
]


@pytest.mark.parametrize("text", FETCHES)
def test_service_is_refused(text: str) -> None:
    with pytest.raises(QueryError, match=r"SERVICE|does not end"):
        screen(text)


@pytest.mark.parametrize("text", HARMLESS)
def test_a_query_that_fetches_nothing_is_not_refused(text: str) -> None:
    screen(text)


def test_the_refusal_shows_where() -> None:
    with pytest.raises(QueryError) as refusal:
        screen("SELECT *\n{ ?s ?p ?o . service <http://h/> {} }")
    assert str(refusal.value) == (
        "line 2, column 14: SERVICE is refused: nothing is fetched\n"
        "  { ?s ?p ?o . service <http://h/> {} }\n"
        "               ^"
    )


def test_a_prefixed_name_that_holds_service_is_refused_with_the_way_out() -> None:
    with pytest.raises(QueryError, match="write its full IRI between < and >"):
        screen("ASK { ?s a sd:Service }")
    screen("ASK { ?s a <http://www.w3.org/ns/sparql-service-description#Service> }")


@pytest.mark.parametrize("word", sorted(UPDATES))
def test_an_update_is_refused(word: str) -> None:
    for text in (
        f"{word} <http://h/>",
        f"PREFIX load: <http://h/load> BASE <http://h/> {word.lower()} DATA {{ }}",
        f"# SELECT\n{word}{{}}",
    ):
        with pytest.raises(QueryError, match=f"{word} is refused: queries read"):
            screen(text)


# --- Without the screen -------------------------------------------------------------------------

_PIECES = st.sampled_from(
    ["SERVICE", "sErVice", "S\\u0045RVICE", "{", "(", "[", "!", "-", "}", "'", "\ud800", "é", "a "]
)


@given(st.lists(st.tuples(_PIECES, st.integers(1, MAX_DEPTH)), max_size=6))
@example([("{", MAX_DEPTH), ("{", 1)])
def test_what_an_engine_may_not_see_is_never_harmless(pieces: list[tuple[str, int]]) -> None:
    text = "".join(piece * count for piece, count in pieces)
    assert not is_harmless(text) or re.search("SERVICE|nested|Unicode", said_of(text)) is None


def said_of(text: str) -> str:
    """Why the screen refuses a query; nothing where it does not."""
    try:
        screen(text)
    except QueryError as refusal:
        return str(refusal)
    return ""


@pytest.mark.parametrize("text", FETCHES)
def test_a_query_that_fetches_is_not_harmless(text: str) -> None:
    assert not is_harmless(text)


def test_a_query_of_the_common_kind_is_harmless() -> None:
    assert is_harmless("SELECT ?x { ?x tb:requires entity:magnesium . FILTER(?x != 'a') }")
    assert not is_harmless(f"ASK {{ # {'a' * MAX_QUERY_BYTES}\n }}")


# --- In general ---------------------------------------------------------------------------------

_WORD = st.sampled_from(["SERVICE", "service", "SerVice", "SERVICE <http://h/> {}"])
_ANY = st.text(st.characters(codec="utf-8", exclude_characters="\r\n\"'\\"), max_size=8)
_IN_IRI = st.text(st.sampled_from("abzAZ09#'()?.:/-_~,;=&%+*!@$é"), max_size=8)


def around(part: st.SearchStrategy[str], begin: str, end: str) -> st.SearchStrategy[str]:
    return st.builds(lambda a, word, b: begin + a + word.split()[0] + b + end, part, _WORD, part)


HIDDEN = st.one_of(
    around(_ANY, '?s ?p "', '" .'),
    around(_ANY, "?s ?p '", "' ."),
    around(_ANY, '?s ?p """ \n"', '\n""" .'),
    around(_ANY, "?s ?p ''' \n'", "\n''' ."),
    around(_ANY, "#", "\n"),
    around(_IN_IRI, "?s <http://example.org/", "> ?o ."),
    st.just("?s ?p ?SERVICE ."),
    st.just('?s ?p "\\"SERVICE\\\\" .'),
)
PLAIN = st.sampled_from(
    [
        "FILTER(1<2)",
        "?s ?p 1 .",
        "?s ?p a:b\\# .",
        "FILTER(?a<?b)",
        "FILTER(?a<?b)#>\n",
        "[] a [] .",
    ]
)


@settings(deadline=None)
@given(st.lists(st.one_of(HIDDEN, PLAIN), max_size=6))
def test_service_in_text_is_never_refused(parts: list[str]) -> None:
    # Together with a doubtful comparison even text is refused; alone, never.
    doubtful = "FILTER(?a<?b)#>\n"
    screen("SELECT * { " + " ".join(part for part in parts if part != doubtful) + " }")


@settings(deadline=None)
@given(st.lists(st.one_of(HIDDEN, PLAIN), max_size=4), st.lists(HIDDEN | PLAIN, max_size=4), _WORD)
@example(["FILTER(?a<?b)#>\n"], [], "SERVICE")
def test_bare_service_is_always_refused(before: list[str], after: list[str], word: str) -> None:
    with pytest.raises(QueryError, match="SERVICE"):
        screen("SELECT * { " + " ".join([*before, word, *after]) + " }")


@settings(deadline=None)
@given(st.text())
def test_tokens_leave_out_nothing_but_white_space(text: str) -> None:
    words = list(tokens(text))
    end = words[-1].end if words and words[-1].kind == "broken" else len(text)
    kept = [(token.start, token.end) for token in words]
    gaps = zip([0, *(stop for _, stop in kept)], [*(start for start, _ in kept), end], strict=True)
    assert "".join(text[start:stop] for start, stop in gaps).strip() == ""


# --- Limits -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ('""""""', "string"),
        ("''''''", "string"),
        ('"""a""b"c"""', "string"),
        ('""""', "broken"),
        ('"\\u12"', "broken"),
        ('"\\q"', "broken"),
        ('"a\\" b"', "string"),
        ("ex:%4", "name mark number"),
        ("ex:%41", "name"),
        ("ex:\\q", "name mark word"),
    ],
)
def test_what_fails_half_way_is_no_part_of_a_token(text: str, kinds: str) -> None:
    # Regular expressions of Python 3.11.4 and before go on from half-way.
    assert " ".join(token.kind for token in tokens(text)) == kinds


@pytest.mark.parametrize(("opening", "closing"), ["{}", "()", "[]"])
def test_depth_is_limited(opening: str, closing: str) -> None:
    def nested(depth: int) -> str:
        return "ASK " + opening * depth + closing * depth

    screen(nested(MAX_DEPTH))
    for depth in (MAX_DEPTH + 1, 5000):
        with pytest.raises(QueryError, match=f"nested more than {MAX_DEPTH} deep"):
            screen(nested(depth))


@pytest.mark.parametrize("operator", ["!", "! ", "-", "+", "^"])
def test_runs_of_unary_operators_are_limited(operator: str) -> None:
    screen("ASK { FILTER(" + operator * MAX_DEPTH + "1) }")
    for count in (MAX_DEPTH + 1, 5000):
        with pytest.raises(QueryError, match=f"nested more than {MAX_DEPTH} deep"):
            screen("ASK { FILTER(" + operator * count + "1) }")


def test_size_is_limited_in_bytes() -> None:
    query = "ASK { } #é"
    padding = " " * (MAX_QUERY_BYTES - len(query.encode("utf-8")))
    screen(query + padding)
    with pytest.raises(QueryError, match=re.escape(f"has {MAX_QUERY_BYTES + 1} bytes; the limit")):
        screen(query + padding + " ")


def test_text_that_is_not_unicode_is_refused() -> None:
    with pytest.raises(QueryError, match="line 1, column 9: the query is not valid Unicode"):
        screen("ASK { } \ud800")


@pytest.mark.parametrize(
    "part",
    ["a.", "<", "<a", "'", '"', "'''\\'", '"""\\"', "?", ":", "a:\\#", "%", "#", "\\", "a b", "''"],
)
def test_no_text_takes_long(part: str) -> None:
    text = part * (MAX_QUERY_BYTES // 8 // len(part))
    start = time.process_time()
    ends = [token.end for token in tokens(text)]
    assert ends == sorted(ends)
    assert time.process_time() - start < 2  # a square of it would be minutes
