"""The questions of the API: their answers have the published shapes, which OpenAPI describes."""

from __future__ import annotations

from typing import Any

import httpx  # noqa: TC002 (a fixture is annotated with it)
import jsonschema
import pytest

from trabecula.graph import Graph
from trabecula.server.api import QUESTIONS, Parameter
from trabecula.words import audit as audit_words
from trabecula.words import conflicts as conflict_words
from trabecula.words import whatif as whatif_words

#: A call of each question, and more of some.
CALLS = [
    ("select", {"selection": "near(magnesium, 1)"}),
    ("select", {"selection": "all()", "limit": "2"}),
    ("search", {"text": "parathyrod"}),
    ("search", {"text": "nothing is called so"}),
    ("show", {"name": "PTH"}),
    ("show", {"name": "survey"}),
    ("explain", {"from": "magnesium", "to": "osteoblast", "steps": "3"}),
    ("explain", {"from": "pth", "to": "magnesium", "structure": "true", "status": ["supported"]}),
    ("whatif", {"change": ["magnesium=down", "pth=fixed"]}),
    ("diagnose", {"finding": "osteoblast=up"}),
    ("conflicts", {"only": ["direct", "depends"]}),
    ("conflicts", {"about": "parathyroid hormone", "only": "direct"}),
    ("audit", {"verdict": "contradicted"}),
    ("search", {"text": "magnesium", "trust": "human"}),
]


@pytest.fixture(scope="module")
def described(client: httpx.Client) -> Any:
    return client.get("/api/openapi.json").json()


def test_every_question_is_called() -> None:
    assert {name for name, _ in CALLS} == set(QUESTIONS)


@pytest.mark.parametrize(("name", "given"), CALLS)
def test_answers_are_as_openapi_describes_them(
    client: httpx.Client, described: Any, name: str, given: dict[str, Any]
) -> None:
    response = client.get(f"/api/{name}", params=given)
    assert response.status_code == 200, response.text
    operation = described["paths"][f"/api/{name}"]["get"]
    schema = operation["responses"]["200"]["content"]["application/json"]["schema"]
    jsonschema.Draft202012Validator({**schema, "components": described["components"]}).validate(
        response.json()
    )
    names = {parameter["name"] for parameter in operation["parameters"]}
    assert set(given) <= names


def test_answers_are_those_of_the_library(client: httpx.Client, small: Graph) -> None:
    import trabecula as tb
    from trabecula import values
    from trabecula.lookup import search

    assert client.get("/api/search", params={"text": "Mg"}).json() == values.hits(
        search(small, "Mg")
    )
    answer = client.get("/api/whatif", params={"change": "magnesium=down"}).json()
    assert answer == whatif_words.values(small, tb.whatif(small, "magnesium=down"), ())
    (conflict,) = tb.conflicts(small).conflicts
    for about, count in ((conflict.start, 1), ("magnesium", 0)):
        answer = client.get("/api/conflicts", params={"about": about}).json()
        assert answer == conflict_words.values(tb.conflicts(small, about))
        assert len(answer["conflicts"]) == count
    audited = tb.audit(small)
    assert client.get("/api/audit").json() == audit_words.values(audited, small, audited.claims)


@pytest.mark.parametrize(
    ("name", "given", "status", "detail"),
    [
        ("search", {}, 400, "the parameter text is missing"),
        ("search", {"text": ["a", "b"]}, 400, "the limit is one value"),
        ("search", {"text": "a", "limit": "0"}, 400, "from 1 to 1000"),
        ("search", {"text": "a", "limit": "١"}, 400, "from 1 to 1000"),
        ("search", {"txt": "a"}, 400, "did you mean text?"),
        ("search", {"text": "a" * 5000}, 400, "4000 characters"),
        ("show", {"name": "nobody"}, 404, "nobody"),
        ("conflicts", {"about": "nobody"}, 404, "nobody"),
        ("explain", {"from": "pth", "to": "nobody"}, 404, "nobody"),
        ("explain", {"from": "pth", "to": "bmd", "structure": "perhaps"}, 400, "true or false"),
        ("explain", {"from": "pth", "to": "bmd", "status": "suported"}, 400, "supported"),
        ("explain", {"from": "pth", "to": "bmd", "via": ["x"] * 51}, 400, "the limit is 50"),
        ("whatif", {"change": "pth=sideways"}, 400, "write name=up"),
        ("diagnose", {"finding": ["pth=down", "bmd=fixed"]}, 400, "nothing can be fixed"),
        ("select", {"selection": "near("}, 400, "near("),
        ("search", {"text": "a", "trust": "hearsay"}, 404, "hearsay"),
        ("nothing", {}, 404, "there are select, search"),
    ],
)
def test_what_cannot_be_answered_is_a_problem_that_says_why(
    client: httpx.Client, described: Any, name: str, given: Any, status: int, detail: str
) -> None:
    response = client.get(f"/api/{name}", params=given)
    assert response.status_code == status, response.text
    assert response.headers["content-type"] == "application/problem+json"
    jsonschema.validate(response.json(), described["components"]["schemas"]["problem"])
    assert detail in response.json()["detail"]


def test_openapi_is_whole(described: Any) -> None:
    """Every reference leads to a part, and every part is used."""
    references: set[str] = set()

    def look(value: Any) -> None:
        if isinstance(value, dict):
            if "$ref" in value:
                references.add(value["$ref"].removeprefix("#/components/schemas/"))
            for part in value.values():
                look(part)
        elif isinstance(value, list):
            for part in value:
                look(part)

    look(described)
    assert references == set(described["components"]["schemas"])
    assert described["openapi"] == "3.1.0"
    assert list(described["paths"]) == [f"/api/{name}" for name in QUESTIONS]


def test_a_parameter_describes_what_it_reads() -> None:
    parameter = Parameter(name="n", what="x", kind="integer", default=2, most=3)
    assert parameter.read([]) == 2
    assert parameter.described()["schema"] == {
        "type": "integer", "minimum": 1, "maximum": 3, "default": 2
    }  # fmt: skip
