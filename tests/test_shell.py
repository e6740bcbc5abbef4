"""A suggested command is one command, whatever is in the names it holds."""

from __future__ import annotations

import shlex
import shutil
import subprocess

import pytest

from trabecula import shell
from trabecula.graph import Graph
from trabecula.model import Entity, Evidence, Source, Statement
from trabecula.words.cards import entity
from trabecula.words.outline import text

HOSTILE = [
    "x;touch${IFS}PWN2;", "$(touch PWN)", "`touch PWN`", "a b", "it's", '"', "\\", "a\nb", "!!", "#x",
    "~root", "*", "a|b", "a&b", ">x", "\x1b[2J", "\u202eabc", "\x9b31m\\x9b", "\udcff", "it's\n$(x)\\", "",
]  # fmt: skip


@pytest.mark.parametrize("word", HOSTILE)
def test_a_word_stays_one_word_of_one_line_in_a_shell(word: str) -> None:
    written = shell.quoted(word)
    assert written.isprintable()
    bash = shutil.which("bash")
    assert bash is not None
    done = subprocess.run(
        [bash, "-c", f"printf '%s' {written}"],
        capture_output=True,
        check=True,
        env={"LC_ALL": "C.UTF-8"},
    )
    assert done.stdout.decode("utf-8", errors="surrogateescape") == word


@pytest.mark.parametrize("word", [word for word in HOSTILE if word != "\udcff"])
def test_the_card_of_an_entity_suggests_no_other_command(word: str) -> None:
    evidence = (Evidence(source="s", strength="direct"),)
    ends = [(word, "b"), ("b", word)]
    graph = Graph(
        [
            Entity(id=word, name="vitamin D", category="chemical"),
            Entity(id="b", name="b", category="chemical"),
            Source(id="s"),
            *(
                Statement(subject=s, predicate="increases", object=o, evidence=evidence)
                for s, o in ends
            ),
        ]
    )
    last = text(entity(graph, graph.entities[word])).split("\n")[-1]
    assert last == f"In 1 feedback loop: trabecula loops {shell.quoted(word)}"


def test_a_word_that_begins_with_a_hyphen_is_no_option() -> None:
    command = shell.command("loops", "-x", "--help")
    assert shlex.split(command) == ["trabecula", "loops", "--", "-x", "--help"]
