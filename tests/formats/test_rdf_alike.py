"""Subjects that are alike are read at once, and say what the parser says."""

from __future__ import annotations

import random

import pytest

from trabecula import formats
from trabecula.errors import FormatError
from trabecula.formats.rdf import alike, lines, parsing
from trabecula.graph import Graph
from trabecula.model import Entity, Evidence, Statement
from trabecula.prefixes import STATEMENT

TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
P, Q = "<http://a.org/p>", "<http://a.org/q>"


def _made(statements: int) -> Graph:
    """Statements of two predicates, some with a topic, each with evidence of its own."""
    draw = random.Random(4)  # noqa: S311
    names = [f"e{number}" for number in range(40)]
    return Graph(
        [
            *(Entity(id=name, name=name, category="protein") for name in names),
            *(
                Statement(
                    subject=draw.choice(names),
                    predicate=draw.choice(("activates", "associated_with")),
                    object=f"o{number}",
                    topic=draw.choice(("", "bone")),
                    evidence=(Evidence(source=f"s{draw.randrange(20)}", strength="direct"),),
                )
                for number in range(statements)
            ),
        ]
    )


def _outcome(data: bytes, syntax: str) -> str:
    try:
        return repr(parsing.parse(data, syntax, "a"))
    except FormatError as error:
        return str(error)


def _read_alike(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Whether each subject that was tried was like others, as they come."""
    outcomes: list[bool] = []
    read = alike.Kind.read

    def kept(kind: alike.Kind, text: str, place: int, lead: str) -> object:
        outcome = read(kind, text, place, lead)
        outcomes.append(outcome[0] is not None)
        return outcome

    monkeypatch.setattr(alike.Kind, "read", kept)
    return outcomes


@pytest.mark.parametrize("syntax", ["nt", "nq"])
@pytest.mark.parametrize("block", [2**11, 2**16])
def test_subjects_that_are_alike_say_what_the_parser_says(
    syntax: str, block: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whole, and with lines that are repeated, lost, moved or odd."""
    monkeypatch.setattr(lines, "BLOCK", block)
    ours = formats.render(_made(120), syntax).decode().splitlines(keepends=True)
    draw = random.Random(5)  # noqa: S311
    cases = ["".join(ours)]
    for _ in range(20):
        meddled = list(ours)
        for _ in range(draw.randrange(1, 40)):
            place, other = (draw.randrange(len(meddled)) for _ in "ab")
            match draw.randrange(6):
                case 0:
                    meddled.insert(other, meddled[place])
                case 1:
                    meddled.insert(other, meddled.pop(place))
                case 2:
                    del meddled[place]
                case 3:
                    meddled[place] = meddled[place].replace('"', '"\\u00e9', 1)
                case 4:
                    subject = meddled[place].partition(" ")[0]
                    meddled.insert(place, f"{subject} {TYPE} <http://a.org/{other}> .\n")
                case _:
                    subject = meddled[place].partition(" ")[0]
                    meddled.insert(place, f"{subject} {P} _:b{other % 5} .\n")
        cases.append("".join(meddled))
    cases.append("".join(ours).replace('"direct" .\n', '"direct .\n', 1))
    read = _read_alike(monkeypatch)
    outcomes = [_outcome(case.encode(), syntax) for case in cases]
    assert sum(read) > 5 * len(cases)
    monkeypatch.setattr(parsing, "_of_lines", lambda *_: None)
    for case, outcome in zip(cases, outcomes, strict=True):
        assert _outcome(case.encode(), syntax) == outcome


def test_what_is_said_of_one_subject_later_is_not_said_of_those_like_it() -> None:
    nodes = [f"<{STATEMENT}s{number}>" for number in range(9)]
    data = "".join(
        f"{node} {P} <http://a.org/{number}> .\n"
        + "".join(f"{node} {TYPE} <http://a.org/{kind}> .\n" for kind in "AB")
        for number, node in enumerate(nodes)
    )
    data += f"{nodes[6]} {TYPE} <http://a.org/C> .\n{nodes[7]} {P} <http://a.org/D> .\n"
    content = parsing.parse(data.encode(), "nt", "a")
    kinds = {node[1:-1]: [*content.nodes[node[1:-1]][TYPE[1:-1]]] for node in nodes}
    assert [len(values) for values in kinds.values()] == [2, 2, 2, 2, 2, 2, 3, 2, 2]
    assert [len(content.nodes[node[1:-1]][P[1:-1]]) for node in nodes] == [1] * 7 + [2, 1]


def test_it_is_given_up_where_few_are_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "BLOCK", 2**9)
    data = "".join(
        f"<{STATEMENT}s{number}> {P} <http://a.org/{number}/{at}> .\n"
        for number in range(1, 150)
        for at in range(1 + number % 4)
    )
    read = _read_alike(monkeypatch)
    parsing.parse(data.encode(), "nt", "a")
    assert 0 < len(read) <= alike.PATIENCE + 1
    assert not any(read)


def test_a_line_in_a_graph_is_not_like_one_outside() -> None:
    nodes = [f"<{STATEMENT}s{number}>" for number in range(6)]
    data = "".join(
        f"{node} {P} <http://a.org/{number}> .\n{node} {Q} <http://a.org/x> .\n"
        for number, node in enumerate(nodes)
    )
    data += f"<{STATEMENT}t> {P} <http://a.org/x> <http://a.org/g> .\n"
    data += f"<{STATEMENT}t> {Q} <http://a.org/x> .\n"
    content = parsing.parse(data.encode(), "nq", "a")
    assert content.named == {"http://a.org/g": 1}
    assert content.unnamed == 13
    assert content.graphs["http://a.org/g"] == [(f"{STATEMENT}t", P[1:-1], "http://a.org/x")]


def test_an_iri_that_is_too_long_is_not_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is compared has the subject in each line; of long ones that would be much text."""
    read = _read_alike(monkeypatch)
    nodes = [f"<{STATEMENT}{'s' * size}>" for size in (1, 2, 3, lines.LONGEST_TERM)]
    data = "".join(f"{node} {P} <http://a.org/x> .\n{node} {Q} {node} .\n" for node in nodes)
    content = parsing.parse(data.encode(), "nt", "a")
    assert read == [False, False, True]
    assert [*content.nodes] == [node[1:-1] for node in nodes]
