"""What is known of every statement by number: ids, weakness, what is followed, groups."""

from __future__ import annotations

from array import array
from itertools import product

import pytest

from trabecula.columns import FOLLOWED, Columns, coded, columns_of, grouped
from trabecula.errors import NotFound
from trabecula.model import Evidence, Source, Statement
from trabecula.prefixes import STATEMENT
from trabecula.vocabulary import STATUSES

READ = Evidence(source="a", strength="direct")
TITLE = Evidence(source="t", strength="title-only")
SAID = Evidence(source="article", strength="asserted")
DENIED = Evidence(source="article", strength="asserted", stance="disputes")
AGAINST = Evidence(source="d", stance="disputes", strength="direct")
GONE = Evidence(source="r", strength="direct", retracted=True)

#: Evidence that gives a statement each of the statuses.
OF_STATUS = {
    "supported": (READ,),
    "contested": (READ, AGAINST),
    "title-only": (TITLE,),
    "asserted-only": (SAID,),
    "no-evidence": (),
    "refuted": (AGAINST,),
}


def edge(object_: str, *rows: Evidence, subject: str = "x", negated: bool = False) -> Statement:
    return Statement(
        subject=subject, predicate="increases", object=object_, evidence=rows, negated=negated
    )


def with_ids(*ids: str) -> Columns:
    return Columns((), dict.fromkeys(ids, edge("y")), (), {})


# --- Numbers and groups -----------------------------------------------------------------------


def test_entities_have_numbers_in_the_order_of_their_ids_mentioned_or_not() -> None:
    columns = columns_of([edge("b", subject="c")], entities=["a"])
    assert columns.entities == ("a", "b", "c")
    assert [columns.number(name) for name in ("a", "b", "c", "", "aa", "d")] == [
        0,
        1,
        2,
        -1,
        -1,
        -1,
    ]


def test_groups_keep_the_order_and_may_be_empty() -> None:
    groups = grouped([2, 0, 2, 0], 4)
    assert [groups[n].tolist() for n in range(4)] == [[1, 3], [], [0, 2], []]


def test_texts_are_numbers_of_sorted_names() -> None:
    column = coded(["b", "", "a", "b"])
    assert (column.names, column.codes) == (("", "a", "b"), array("i", [2, 0, 1, 2]))
    assert column.marked(["b", "c"]) == bytes([1, 0, 0, 1])


def test_what_a_thing_does_to_itself_touches_it_once() -> None:
    columns = columns_of([edge("x"), edge("y"), edge("x", subject="y")])
    assert columns.touching(columns.number("x")) == [0, 1, 2]
    assert columns.touching(columns.number("y")) == [2, 1]


# --- Statements by name -----------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    ["s0012345678abcdef", "0012345678abcdef", "S0012345678ABCDEF", "00123456", "s00123456",
     "statement:s00123456", f"{STATEMENT}s0012345678abcdef", " s00123456 "],
)  # fmt: skip
def test_a_statement_is_called_by_its_id_and_by_how_that_begins(text: str) -> None:
    assert with_ids("s0012345678abcdef", "sfff").called(text) == "s0012345678abcdef"


def test_fewer_than_eight_digits_name_nothing() -> None:
    assert with_ids("s0012345678abcdef").called("s0012345") is None
    assert with_ids("s0012345678abcdef").called("0012345") is None


def test_zeros_that_a_spreadsheet_took_away_are_put_back() -> None:
    # Of the sixteen digits that trabecula 0.1 wrote; what has letters is no number.
    columns = with_ids("s0000123456789012aaaa", "s0000bcdef1234567")
    assert columns.called("123456789012") == "s0000123456789012aaaa"
    assert columns.called("bcdef1234567") is None


def test_an_id_that_is_none_of_ours_is_called_by_itself() -> None:
    assert with_ids("mine").called("mine") == "mine"
    assert with_ids("mine").called("yours") is None


def test_all_digits_count_to_the_last() -> None:
    """The digit f comes last, and is not left out."""
    assert with_ids("s12345678", "s12345678f", "s12345679").called("s12345679") == "s12345679"
    assert with_ids("s12345678ff").called("s12345678") == "s12345678ff"


def test_of_several_that_begin_alike_three_are_named() -> None:
    columns = with_ids(*(f"s12345678{n}" for n in (4, 3, 2, 1)))
    with pytest.raises(NotFound, match="the ids of several statements begin with '12345678'") as e:
        columns.called("12345678")
    assert e.value.suggestions == ("s123456781", "s123456782", "s123456783")


# --- What they are worth ----------------------------------------------------------------------


def test_each_status_is_what_its_evidence_makes_it() -> None:
    columns = columns_of(edge(name, *rows) for name, rows in OF_STATUS.items())
    assert [columns.status(n) for n in range(len(OF_STATUS))] == list(OF_STATUS)
    assert set(OF_STATUS) == set(STATUSES)


def test_a_link_is_weak_by_its_status_first_and_by_few_sources_then() -> None:
    """Supported is stronger than contested, that than a title, that than what is only said."""
    more = [Evidence(source=f"m{n}", strength="direct") for n in range(40)]
    rows = [
        (*more, READ), (*more[:2], READ), (READ,),
        (*more, AGAINST), (READ, AGAINST),
        (TITLE, Evidence(source="t2", strength="title-only")), (TITLE,),
        (SAID,), (), (AGAINST,),
    ]  # fmt: skip
    columns = columns_of(edge(f"o{n}", *each) for n, each in enumerate(rows))
    weakness = [columns.weight(number) for number in range(len(rows))]
    assert weakness == sorted(weakness)
    assert len(set(weakness)) == len(weakness)


def test_equal_status_and_sources_weigh_the_same() -> None:
    columns = columns_of([edge("a", READ), edge("b", Evidence(source="z", strength="review"))])
    assert columns.weight(0) == columns.weight(1)


def test_what_two_entities_are_named_in_is_found_from_either_side() -> None:
    pairs = [("a", "b"), ("b", "a"), ("a", "c"), ("a", "a"), ("c", "b"), ("b", "b"), ("a", "d")]
    columns = columns_of(
        Statement(subject=start, predicate="activates", object=end) for start, end in pairs
    )
    number = columns.number
    between = {
        (start, end): [pairs[n] for n in columns.between(number(start), number(end))]
        for start in "abcd"
        for end in "abcd"
    }
    assert between == {
        (start, end): [
            pair for pair in dict.fromkeys([(start, end), (end, start)]) if pair in pairs
        ]
        for start in "abcd"
        for end in "abcd"
    }


def test_sources_of_one_group_support_once_and_the_article_never() -> None:
    sources = [Source(id="a", group="g"), Source(id="b", group="g")]
    rows = (READ, Evidence(source="b", strength="direct"), SAID, AGAINST)
    columns = columns_of([edge("y", *rows)], sources)
    assert (columns.supporting[0], columns.disputing[0]) == (1, 1)


# --- What is followed -------------------------------------------------------------------------


def test_all_but_what_is_refuted_is_followed() -> None:
    columns = columns_of(edge(name, *rows) for name, rows in OF_STATUS.items())
    followed = [name for name, kept in zip(OF_STATUS, columns.followed, strict=True) if kept]
    assert followed == ["supported", "contested", "title-only", "asserted-only", "no-evidence"]
    assert list(FOLLOWED) == followed


@pytest.mark.parametrize(("asked", "status"), list(product(STATUSES, OF_STATUS)))
def test_statements_of_the_statuses_asked_for_are_followed(asked: str, status: str) -> None:
    columns = columns_of([edge("y", *OF_STATUS[status])])
    assert columns.with_statuses([asked]) == bytes([asked == status])


@pytest.mark.parametrize(
    "rows", [(DENIED,), (GONE,), (DENIED, GONE)], ids=["denied", "gone", "both"]
)
def test_what_nobody_may_say_counts_as_refuted(rows: tuple[Evidence, ...]) -> None:
    columns = columns_of([edge("y", *rows)])
    assert columns.status(0) in ("asserted-only", "no-evidence")
    assert columns.followed == b"\0"
    assert columns.with_statuses(["asserted-only", "no-evidence"]) == b"\0"
    assert columns.with_statuses(["refuted"]) == b"\1"


def test_a_negated_statement_is_followed_under_no_status() -> None:
    columns = columns_of([edge("y", READ, negated=True)])
    assert columns.with_statuses(tuple(STATUSES)) == b"\0"
    assert columns.signs[0] == 0


def test_a_test_of_ones_own_marks_statements() -> None:
    columns = columns_of([edge("y"), edge("z")])
    assert columns.where(lambda statement: statement.object == "z") == bytes([0, 1])
