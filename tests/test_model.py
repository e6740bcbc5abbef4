"""Records are values, and the identity of a statement is its meaning."""

from __future__ import annotations

import re
from dataclasses import FrozenInstanceError, replace

import pytest

from trabecula.model import Effect, Evidence, Statement

PLAIN = Statement(subject="magnesium", predicate="activates", object="osteoblast")


def test_records_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        PLAIN.subject = "calcium"  # type: ignore[misc]


def test_records_can_be_members_of_a_set() -> None:
    assert {PLAIN, replace(PLAIN)} == {PLAIN}


def test_the_id_of_a_statement_is_stable() -> None:
    # The first 32 digits of SHA-256 of ["magnesium","activates","osteoblast",[],false], computed
    # with sha256sum: ids are published in IRIs and may never change.
    assert PLAIN.id == "sdb255184d4d3e4705d6724deebf2fc44"


def test_no_reader_takes_an_id_for_a_number_or_a_truth_value() -> None:
    ids = [replace(PLAIN, object=str(number)).id for number in range(1000)]
    for identifier in (*ids, Evidence(source="a").digest):
        with pytest.raises(ValueError, match="could not convert"):
            float(identifier)
        assert re.fullmatch("[se][0-9a-f]{32}", identifier)


@pytest.mark.parametrize(
    "other",
    [
        replace(PLAIN, subject="calcium"),
        replace(PLAIN, predicate="inhibits"),
        replace(PLAIN, object="osteoclast"),
        replace(PLAIN, qualifiers=(("severity", "severe"),)),
        replace(PLAIN, negated=True),
    ],
)
def test_every_meaning_field_changes_the_id(other: Statement) -> None:
    assert other.id != PLAIN.id


def test_evidence_and_topic_do_not_change_the_id() -> None:
    evidence = (Evidence(source="article"),)
    assert replace(PLAIN, evidence=evidence, topic="energy").id == PLAIN.id


def test_every_field_of_evidence_changes_its_digest() -> None:
    plain = Evidence(source="a")
    derived = {"retracted", "paper"}  # which the graph says of it, and not its source
    names = [name for name in plain.__slots__ if name not in derived]
    texts = [name for name in names if name not in ("context", "effect")]
    changed = [replace(plain, **{name: "x"}) for name in texts]
    changed.append(replace(plain, context=(("dose", "x"),)))
    changed.append(replace(plain, effect=Effect(value="1")))
    assert len({plain.digest, *(row.digest for row in changed)}) == len(names) + 1
    assert replace(plain, retracted=True, paper="x").digest == plain.digest
