"""Questions from Python: names as people write them, answers as flat rows, published shapes."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

import trabecula as tb
from trabecula import values
from trabecula.reason.conclusions import Conclusions

SCHEMA = json.loads(Path("docs/schema/conclusion.json").read_text(encoding="utf-8"))


def test_names_are_found_as_on_the_command_line(shipped: tb.Graph) -> None:
    assert tb.explain(shipped, "parathyroid hormone", "Bone Mass").start == "parathyroid-hormone"
    with pytest.raises(tb.TrabeculaError, match="no entity is called 'magnesum'"):
        tb.whatif(shipped, "magnesum=down")


def test_a_map_says_which_things_are_the_same(shipped: tb.Graph) -> None:
    comparison = tb.compare(shipped, shipped, {"PTH": "PTH", "bone mass": "bone mass"})
    assert {here for here, _ in comparison.shared} == {"bone-mass", "parathyroid-hormone"}
    assert comparison.counts()["opposite"] == 0


def test_every_conclusion_has_the_published_shape(shipped: tb.Graph) -> None:
    conclusions = Conclusions(shipped.columns)
    check = jsonschema.Draft202012Validator(SCHEMA)
    count = len(shipped.columns.entities)
    relations = set()
    for start in range(0, count, 7):
        for end in range(1, count, 11):
            if start != end:
                conclusion = values.conclusion(conclusions.between(start, end))
                check.validate(conclusion)
                relations.add(conclusion["relation"])
    for outcome in tb.whatif(shipped, "magnesium=down").outcomes:
        check.validate(values.conclusion(outcome.conclusion))
    assert len(relations) > 6
