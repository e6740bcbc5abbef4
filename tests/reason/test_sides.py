"""Two sides and their contexts: what tells findings apart, and how many of them are compared."""

from __future__ import annotations

import pytest

from trabecula.model import Context, Evidence, Statement
from trabecula.reason.sides import Contrast, Side, compare, side_of, voices


def side(*findings: tuple[str, str, Context]) -> Side:
    """A side of findings: source, species and context of each."""
    rows = tuple(
        Evidence(source=source, strength="direct", species=species, context=context)
        for source, species, context in findings
    )
    statement = Statement(subject="x", predicate="increases", object="y", evidence=rows)
    return side_of(voices([statement], "supports"))


def apart(left: tuple[str, Context], right: tuple[str, Context]) -> bool:
    """Whether two findings of two sources are told apart, each given as species and context."""
    return compare(side(("a", *left)), side(("b", *right))).apart


@pytest.mark.parametrize("group", ["mammal", "vertebrate"])
def test_a_word_for_several_species_tells_nobody_apart(group: str) -> None:
    assert not apart(("rat", ()), (group, ()))
    assert apart(("rat", ()), ("mouse", ()))


def test_a_species_is_the_same_by_its_name_and_by_its_taxon() -> None:
    assert not apart(("rat", ()), ("NCBITaxon:10116", ()))
    assert apart(("rat", ()), ("NCBITaxon:9606", ()))


def test_what_was_found_is_no_context_even_within_one_source() -> None:
    more, less = (("effect", "more"),), (("effect", "less"),)
    comparison = compare(side(("a", "", more)), side(("a", "", less)))
    assert (comparison.apart, comparison.context, comparison.hints) == (False, (), ())


def test_free_text_tells_findings_of_one_source_apart_and_hints_between_two() -> None:
    high, low = (("dose", "much"),), (("dose", "little"),)
    within = compare(side(("a", "", high)), side(("a", "", low)))
    between = compare(side(("a", "", high)), side(("b", "", low)))
    contrast = (Contrast("dose", ("much",), ("little",)),)
    assert (within.apart, within.context) == (True, contrast)
    assert (between.apart, between.hints) == (False, contrast)


def test_sources_without_a_closed_context_are_silent() -> None:
    comparison = compare(
        side(("a", "rat", ())), side(("b", "", (("dose", "1 g"),)), ("c", "mouse", ()))
    )
    assert (comparison.apart, comparison.silent) == (True, ("b",))


def test_a_hundred_thousand_pairs_of_contexts_are_compared_and_no_more() -> None:
    left = [(f"a{n}", "", (("sex", f"a{n}"),)) for n in range(400)]
    right = [(f"b{n}", "", (("sex", f"b{n}"),)) for n in range(250)]
    whole = compare(side(*left), side(*right))
    more = compare(side(*left, ("a", "", (("sex", "a"),))), side(*right))
    assert (whole.apart, whole.whole) == (True, True)
    assert (more.apart, more.whole) == (False, False)
