"""What a report says of a file of somebody else's."""

from __future__ import annotations

from collections import Counter

from trabecula.mapping import Report
from trabecula.words.reading import reading


def test_a_predicate_that_may_be_misspelt_is_told_apart_from_one_of_others() -> None:
    report = Report(
        format="node-link", unknown=Counter({"increses": 1, "sings_to": 2, "ASSOCIATED WITHH": 1})
    )
    (hint,) = (line for line in reading(report).splitlines() if "mean" in line and "did" in line)
    assert hint == "  did you mean associated_with for ASSOCIATED WITHH and increases for increses?"
    assert "did you mean" not in reading(Report(format="sif", unknown=Counter({"sings_to": 2})))
