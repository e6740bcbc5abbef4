"""Where statements hold, and which two of them share no context."""

from __future__ import annotations

import pytest

from trabecula.context import Difference, apart, differences, dimensions, settings
from trabecula.model import About, Context, Evidence, Statement
from trabecula.vocabulary import words_of


def row(
    species: str = "", system: str = "", context: Context = (), *, stance: str = "supports",
    strength: str = "direct",
) -> Evidence:  # fmt: skip
    return Evidence(
        source="paper", species=species, system=system, context=context, stance=stance,
        strength=strength,
    )  # fmt: skip


def found_in(*rows: Evidence, qualifiers: Context = ()) -> Statement:
    return Statement(
        subject="a", predicate="activates", object="b", qualifiers=qualifiers, evidence=rows
    )


ACUTE, CHRONIC = (("duration", "acute"),), (("duration", "long-term"),)
MILD, SEVERE = (("severity", "mild"),), (("severity", "severe"),)


def test_settings_are_compared_in_species_system_and_the_closed_lists() -> None:
    assert dimensions() == (
        "species", "system", "age", "amount", "compartment", "duration", "intake",
        "pattern", "severity", "sex",
    )  # fmt: skip


def test_a_graph_adds_its_own_closed_lists_behind() -> None:
    about = About(context=(("mutation", ("G12C", "G12D")), ("passage", ())))
    assert dimensions(words_of(about))[-2:] == ("sex", "mutation")
    own = found_in(row("rat", context=(("mutation", "G12C"), ("passage", "3"))))
    assert settings(own, words_of(about)) == ((("species", "rat"), ("mutation", "G12C")),)


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        (found_in(row("rat", "in-vivo")), ((("species", "rat"), ("system", "in-vivo")),)),
        # Free text, such as a dose, is no setting.
        (found_in(row(context=(("dose", "1 g"), *ACUTE))), ((("duration", "acute"),),)),
        # The article looked nowhere; who disputes or limits it did not find it there.
        (found_in(row("rat", strength="asserted")), ()),
        (found_in(row("rat", stance="disputes"), row("rat", stance="qualifies")), ()),
        (found_in(row()), ()),
        # A qualifier holds in every setting, and where no source says anything.
        (found_in(row("rat", context=MILD), qualifiers=SEVERE), ((("species", "rat"), *SEVERE),)),
        (found_in(qualifiers=SEVERE), (SEVERE,)),
        # Imported graphs name species by their taxon.
        (found_in(row("NCBITaxon:10116")), ((("species", "rat"),),)),
        # A source that looked at two is found in both.
        (found_in(row(context=(*MILD, *SEVERE))), ((*MILD, *SEVERE),)),
        (found_in(row("rat"), row("human"), row("rat")), ((("species", "human"),), (("species", "rat"),))),
    ],
)  # fmt: skip
def test_settings_of_a_statement(statement: Statement, expected: tuple[Context, ...]) -> None:
    assert settings(statement) == expected


@pytest.mark.parametrize(
    ("here", "there", "expected"),
    [
        # Rat here and cell culture there; acute here and long-term there.
        (found_in(row("rat")), found_in(row("human")), (Difference("species", "rat", "human"),)),
        (
            found_in(row("rat", "in-vivo", ACUTE)),
            found_in(row("rat", "cell-culture", CHRONIC)),
            (Difference("system", "in-vivo", "cell-culture"), Difference("duration", "acute", "long-term")),
        ),
        (found_in(qualifiers=MILD), found_in(qualifiers=SEVERE), (Difference("severity", "mild", "severe"),)),
        # What one of them does not say cannot differ.
        (found_in(row("rat")), found_in(row(system="cell-culture")), ()),
        (found_in(row("rat")), found_in(row()), ()),
        (found_in(), found_in(row("rat")), ()),
        # One shared setting is enough, and so is one value of several.
        (found_in(row(context=(*MILD, *SEVERE))), found_in(row(context=MILD)), ()),
        (found_in(row(context=SEVERE)), found_in(row(context=(*MILD, *SEVERE))), ()),
        (
            found_in(row(context=(*MILD, ("severity", "moderate")))),
            found_in(row(context=SEVERE)),
            (Difference("severity", "mild or moderate", "severe"),),
        ),
        (found_in(row("rat"), row("human")), found_in(row("human"), row("mouse")), ()),
        # But it has to be one: rats alive and human cells are neither rat cells nor living humans.
        (
            found_in(row("rat", "in-vivo"), row("human", "cell-culture")),
            found_in(row("human", "in-vivo")),
            (Difference("system", "cell-culture", "in-vivo"),),
        ),
        # Of several pairs the nearest is told.
        (
            found_in(row("rat", "in-vivo", ACUTE), row("human", "in-vivo", ACUTE)),
            found_in(row("human", "in-vivo", CHRONIC)),
            (Difference("duration", "acute", "long-term"),),
        ),
        # A general species agrees with those it includes, and with no others.
        (found_in(row("mammal")), found_in(row("rat")), ()),
        (found_in(row("rat")), found_in(row("vertebrate")), ()),
        (found_in(row("mammal")), found_in(row("vertebrate")), ()),
        (
            found_in(row("mammal")),
            found_in(row("bacteria and archaea")),
            (Difference("species", "mammal", "bacteria and archaea"),),
        ),
    ],
)  # fmt: skip
def test_differences_between_statements(
    here: Statement, there: Statement, expected: tuple[Difference, ...]
) -> None:
    assert differences(here, there) == expected
    turned = tuple(Difference(d.dimension, d.there, d.here) for d in expected)
    assert differences(there, here) == turned


@pytest.mark.parametrize("species", ["human", "rat", "mouse", "cattle", "dog"])
def test_the_mammals_are_mammals_and_vertebrates(species: str) -> None:
    for group in ("mammal", "vertebrate"):
        assert differences(found_in(row(species)), found_in(row(group))) == ()


def test_the_nearest_pair_is_told_wherever_it_stands() -> None:
    here = found_in(row("rat", "in-vivo", ACUTE), row("dog", "in-vivo", ACUTE))
    there = found_in(row("human", "cell-culture", CHRONIC), row("rat", "in-vivo", CHRONIC))
    assert differences(here, there) == (Difference("duration", "acute", "long-term"),)
    assert differences(there, here) == (Difference("duration", "long-term", "acute"),)


def test_beyond_so_many_pairs_of_settings_two_count_as_sharing_one() -> None:
    """A hundred thousand pairs are compared, and not one more than that."""
    here = [(("sex", f"h{n}"),) for n in range(400)]
    there = [(("sex", f"t{n}"),) for n in range(250)]
    assert apart(here, there) == (Difference("sex", "h0", "t0"),)
    assert apart([*here, (("sex", "h"),)], there) == ()
