"""Heads of lines in formats that are drawn: only what acts on the other has one."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from trabecula import formats
from trabecula.graph import Graph
from trabecula.leftover import Leftovers
from trabecula.model import Entity, Statement
from trabecula.vocabulary import PREDICATES

SIGNED = [name for name, row in PREDICATES.items() if row.sign]


def graph(predicate: str) -> Graph:
    ends = [Entity(id=name, name=name, category="chemical") for name in ("a", "b")]
    return Graph([*ends, Statement(subject="a", predicate=predicate, object="b")])


@pytest.mark.parametrize("name", SIGNED)
def test_of_signed_statements_only_those_that_act_have_a_head(name: str) -> None:
    acts = PREDICATES[name].influence in ("forward", "reverse")
    written = {form: formats.render(graph(name), form) for form in ("dot", "cx2", "mermaid")}
    (head,) = re.findall(rb'arrowhead="(\w+)"', written["dot"])
    assert (head not in (b"none", b"vee")) == acts
    aspects = {key: rows for part in json.loads(written["cx2"]) for key, rows in part.items()}
    headless = [row["v"]["EDGE_TARGET_ARROW_SHAPE"] for row in aspects.get("edgeBypasses", [])]
    assert headless == ([] if acts else ["none"])
    (arrow,) = re.findall(rb"n1 (\S+)\|", written["mermaid"])
    assert (arrow != b"---") == acts


@pytest.mark.parametrize("form", ["dot", "cx2"])
@pytest.mark.parametrize("name", SIGNED)
def test_the_sign_comes_back_without_a_head(name: str, form: str, tmp_path: Path) -> None:
    path = tmp_path / f"x.{form}"
    formats.write(graph(name), path)
    back = formats.load(path, left=Leftovers())
    (statement,) = back.statements.values()
    assert back.words.sign_of(statement) == PREDICATES[name].sign
