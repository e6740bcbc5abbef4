"""Sizes of effects: what is wrong with one, and how it is said."""

from __future__ import annotations

from typing import Any

import pytest

from trabecula import Graph, checks
from trabecula.effects import faults, in_words, values
from trabecula.model import Effect, Entity, Evidence, Source, Statement
from trabecula.regular import effect as regular

SOUND: dict[str, Any] = {
    "measure": "HR", "value": "1.80", "low": "1.10", "high": "2.94", "level": "95", "n": "2245",
    "dose": "15 mmol/d", "time": "25.6 a", "comparator": "lowest against highest quarter",
}  # fmt: skip


def test_a_sound_effect_has_no_fault() -> None:
    assert list(faults(Effect(**SOUND))) == []
    assert list(faults(Effect(n="12", time="3 wk"))) == []  # no number, but how many and how long


@pytest.mark.parametrize(
    ("changed", "what"),
    [
        ({"measure": "speed"}, "unknown measure 'speed'; did you mean slope?"),
        ({"measure": ""}, "a number without a measure"),
        ({"value": "", "low": "", "high": "", "level": ""}, "a measure without a value"),
        ({"value": "1,80"}, "the value '1,80' is no number"),
        ({"value": "1.8e3"}, "the value '1.8e3' is no number"),
        ({"value": "3.1"}, "the interval from 1.10 to 2.94 does not hold the value 3.1"),
        ({"value": "-1.80", "low": "", "high": "", "level": ""}, "the value of HR is -1.80"),
        ({"high": ""}, "an interval with one end"),
        ({"low": "2.94", "high": "1.10"}, "the interval from 2.94 to 1.10 is the wrong way round"),
        ({"low": "", "high": ""}, "a level without an interval"),
        ({"level": "195"}, "the level 195 is no per cent"),
        ({"unit": "mg"}, "HR has the unit mg"),
        ({"measure": "MD"}, "a mean difference without a unit"),
        ({"measure": "MD", "unit": "mmHg"}, "'mmHg' is no unit of UCUM"),
        ({"measure": "change"}, "a change is given in %"),
        ({"measure": "r"}, "the value of r is 1.80"),
        ({"n": "2245.5"}, "the n '2245.5' is no whole number"),
        ({"n": "0"}, "the n '0' is no whole number"),
        (
            {"dose": "15 mmol per day"},
            "the dose '15 mmol per day' is no number with a unit of UCUM",
        ),
        ({"time": "long"}, "the time 'long' is no number with a unit of UCUM"),
    ],
)
def test_what_cannot_be_is_named_and_has_a_remedy(changed: dict[str, str], what: str) -> None:
    problems = list(faults(Effect(**{**SOUND, **changed})))
    assert what in [problem for problem, _ in problems]
    assert all(fix for _, fix in problems)


def test_the_check_finds_them_in_graphs_from_anywhere() -> None:
    row = Evidence(source="s", effect=Effect(measure="RR", value="0.9", low="1", high="2"))
    ends = [Entity(id=name, name=name, category="chemical") for name in "ab"]
    statement = Statement(subject="a", predicate="increases", object="b", evidence=(row,))
    graph = Graph([*ends, Source(id="s"), statement])
    (problem,) = checks.check(graph, ["sizes"]).problems
    assert problem.code == "bad-effect"
    assert problem.what == "s: the interval from 1 to 2 does not hold the value 0.9"


def test_an_effect_is_numbers_in_json_and_null_where_it_says_nothing() -> None:
    shape = values(Effect(measure="MD", value="-0.40", unit="mmol/L", n="48", time="2 a"))
    assert shape == {
        "measure": "MD", "value": -0.4, "unit": "mmol/L", "low": None, "high": None,
        "level": None, "n": 48, "dose": None, "time": {"value": 2, "unit": "a"},
        "comparator": None,
    }  # fmt: skip
    assert values(None) is None
    assert values(Effect(value="many", n="some", dose="<script>"))["value"] is None  # type: ignore[index]


def test_words_keep_the_digits_of_the_source() -> None:
    effect = Effect(measure="MD", value="-2.00", unit="mm[Hg]", low="-3.58", high="-0.43", n="2028")
    assert in_words(effect) == ("mean difference −2.00 mm Hg (interval −3.58 to −0.43); n = 2,028")
    assert in_words(Effect(time="1 a", dose="500000 [IU]/a")) == "500000 IU/a given; over 1 year"


def test_spellings_of_one_effect_are_one() -> None:
    effect = Effect(measure="HR", value="-1.8", n="12345")
    for measure in ("HR", "hr", "Hazard ratio", "hazard-ratio"):
        assert regular(Effect(measure=measure, value="\N{MINUS SIGN}1.8", n="12,345")) == effect
