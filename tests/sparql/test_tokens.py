"""What the words of a query are."""

from __future__ import annotations

import pytest

from trabecula.sparql.tokens import used_prefixes

SPACES = {"tb": "https://a.example/#", "entity": "https://b.example/", "a.b": "https://c.example/"}


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("ASK { ?s tb:requires entity:pth }", "entity tb"),
        ("ASK { ?s tb:requires <https://d.example/> }", "tb"),
        ("ASK { _:x a.b:y _:z }", "a.b"),
        ("ASK{1tb:x entity:y}", "entity tb"),
        ("ASK{?s ?p 1.tb:x}", "tb"),
        ("PREFIX own: <a:> ASK { ?s own:p tb:x }", "tb"),
        ("PREFIX : <a:> ASK { ?s :tb tb:x }", "tb"),
        ("ASK { ?s t\\u0062:x 1 }", " ".join(sorted(SPACES))),
        ("ASK {}", ""),
        ("a" * 60_000, ""),
    ],
    ids=lambda value: str(value)[:40],
)
def test_every_prefix_that_a_query_may_use_is_given_to_the_engine(query: str, names: str) -> None:
    assert sorted(used_prefixes(query, SPACES)) == names.split()


def test_more_prefixes_are_looked_up_where_a_name_is_not_known() -> None:
    asked = []

    def others() -> dict[str, str]:
        asked.append(True)
        return {"lab": "https://lab.example/"}

    assert used_prefixes("ASK { entity:x tb:p 1 }", SPACES, others).keys() == {"entity", "tb"}
    assert asked == []
    assert used_prefixes("ASK { lab:x tb:p 1 }", SPACES, others).keys() == {"lab", "tb"}
