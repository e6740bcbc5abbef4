"""What `about.toml` may say, and what is told of one that says it wrongly."""

from __future__ import annotations

import pytest

from trabecula import about, shipped
from trabecula.errors import FormatError
from trabecula.model import About, Predicate, Term

KRAS = """
title = "KRAS signalling"
authors = ["Doe J"]
date = 2026-11-28
namespace = "https://example.org/kras/"
focus = ["KRAS", "ERK"]

[topics]
mapk = { label = "MAPK cascade", definition = "from RAS to ERK" }
feedback = "what ERK does to RAS"

[predicates.phosphorylates]
sign = 1
influence = "forward"
mappings = [["exact", "RO:0002447"]]

[context]
mutation = ["G12C", "G12D"]

[ordinary]
mutation = "G12D"

[prefixes]
lab = "https://example.org/lab/"
"""


def test_a_graph_says_what_it_is_and_the_words_it_has_of_its_own() -> None:
    assert about.read(KRAS, "about.toml") == About(
        title="KRAS signalling",
        authors=("Doe J",),
        date="2026-11-28",
        namespace="https://example.org/kras/",
        focus=("KRAS", "ERK"),
        topics=(
            Term("mapk", "MAPK cascade", "from RAS to ERK"),
            Term("feedback", "", "what ERK does to RAS"),
        ),
        predicates=(
            Predicate(
                name="phosphorylates",
                label="phosphorylates",
                inverse="",
                inverse_label="phosphorylates (reversed)",
                definition="",
                sign=1,
                kind="changes",
                influence="forward",
                mappings=(("exact", "RO:0002447"),),
            ),
        ),
        context=(("mutation", ("G12C", "G12D")),),
        ordinary=(("mutation", "G12D"),),
        prefixes=(("lab", "https://example.org/lab/"),),
    )


def test_a_graph_that_says_nothing_claims_nothing() -> None:
    assert about.read("", "about.toml") == About()
    assert About().licence == ""


def test_the_shipped_graph_says_whose_it_is() -> None:
    path = shipped.graph() / about.FILE
    written = about.read(path.read_text(encoding="utf-8"), str(path))
    assert written.licence == "https://creativecommons.org/licenses/by/4.0/"
    assert {topic.name for topic in written.topics} == {
        table.stem for table in (shipped.graph() / "statements").glob("*.tsv")
    }


def test_what_a_graph_is_about_is_said_once() -> None:
    assert about.read('focus = ["bone", "iron", "bone"]', "about.toml").focus == ("bone", "iron")


def test_the_line_of_broken_toml_is_named() -> None:
    with pytest.raises(FormatError, match=r"^g/about\.toml:2: "):
        about.read('title = "x"\nhome =\n', "g/about.toml")


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("titel = 'x'", "unknown key 'titel'; did you mean title?"),
        ("title = 3", "title is 3: write a text in quotes"),
        ("authors = 'Doe'", "authors is 'Doe': write a list of texts"),
        ("focus = 'bone'", r"about.toml:1: focus is 'bone': write a list of texts"),
        ("title = 'x'\n\nfocus = ['bone', 3]", r"about.toml:3: focus is \['bone', 3\]: write a list of texts"),
        ("title = \"\"\"\n[1]\nfocus = x\"\"\"\nfocus = 3", "about.toml:4: focus is 3"),
        ("title = '''\n[1]'''\nfocus.of = ['bone']", "about.toml:3: focus is {'of'"),
        ("\nhome = 'javascript:x'", "about.toml:2: home is 'javascript:x': begin it with https://"),
        ("namespace = 'https://x.org'", "about.toml:1: namespace is 'https://x.org': end it with /"),
        ("namespace = 'https://x.org/a#'", "about.toml:1: namespace is 'https://x.org/a#': end it with /, and write no # in it"),
        ("namespace = 'https://x.org/a#b/'", "end it with /, and write no #"),
        ("namespace = 'https://x.org/a b/'", "about.toml:1: namespace is 'https://x.org/a b/': write %20 for a blank"),
        ("home = 'https://x.org/<a>'", "home is 'https://x.org/<a>': write %20 for a blank, and so on"),
        ("[prefixes]\nlab = 'https://x.org/{id}'", "prefixes.lab is 'https://x.org/{id}': write %20"),
        ("date = 'yesterday'", "about.toml:1: date is 'yesterday': write it as 2026-11-28"),
        ("topics = 3", r"topics is 3: write a table: \[topics\]"),
        ("[topics]\na = 3", "topics.a is 3"),
        ("[topics]\n'a b' = 'x'", "'a b' cannot be a name in topics"),
        ("[topics.a]\nlabl = 'x'", "topics.a: unknown key 'labl'; did you mean label?"),
        ("[predicates.p]\nsign = 2", "predicates.p.sign is 2: write 1, -1 or 0"),
        ("[predicates.p]\nsign = true", "predicates.p.sign is True: write a whole number"),
        ("[predicates.p]\ninfluence = 'to'", "predicates.p: unknown influence 'to'"),
        ("[predicates.p]\nkind = 'need'", "predicates.p: unknown kind 'need'; did you mean needs?"),
        ("[predicates.p]\nstate = 'low'", "predicates.p: unknown state 'low'; known: level, lack, excess, form"),
        ("[predicates.p]\nstructure = 'parts'", "predicates.p: unknown structure 'parts'; did you mean part?"),
        ("[predicates.p]\nkind = 'needs'\ninfluence = 'forward'",
         "predicates.p is of the kind 'needs' with the influence 'forward': leave one of them out"),
        ("[predicates.p]\nkind = 'goes with'\ninfluence = 'both'", "is of the kind 'goes with' with the influence 'both'"),
        ("[predicates.p]\ninfluence = 'both'",
         "predicates.p: influence both is for two names of one quantity, and it does not say which name it is: write "
         "state = \"level\", \"lack\" or \"excess\"; where each acts on the other"),
        ("[predicates.p]\nkind = 'names'\nstate = 'form'", "influence both is for two names"),
        ("[predicates.p]\nmappings = [['exact']]", "predicates.p.mappings is .*: write a list of pairs"),
        ("[context]\nage = 'x'", "context.age is 'x': write a list of texts"),
        ("[prefixes]\nlab = 'lab/'", "prefixes.lab is 'lab/': begin it with https://"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_with_its_remedy(text: str, what: str) -> None:
    with pytest.raises(FormatError, match=what):
        about.read(text, "about.toml")


@pytest.mark.parametrize(
    ("text", "kind", "influence"),
    [
        ("influence = 'reverse'", "needs", "reverse"),
        ("kind = 'needs'", "needs", "reverse"),
        ("kind = 'changes'", "changes", "forward"),
        ("kind = 'names'\nstate = 'lack'", "names", "both"),
        ("kind = 'goes with'", "goes with", "none"),
        ("", "", "none"),
    ],
)
def test_conclusions_and_paths_have_one_mind_of_a_predicate(
    text: str, kind: str, influence: str
) -> None:
    """Conclusions go by the kind and paths by the influence: either follows from the other."""
    [row] = about.read(f"[predicates.p]\n{text}", "about.toml").predicates
    assert (row.kind, row.influence) == (kind, influence)


def test_every_problem_is_named_at_once() -> None:
    with pytest.raises(FormatError) as caught:
        about.read("title = 1\nhome = 'x'\nfoo = 2\n", "about.toml")
    assert len(caught.value.problems) == 3
    assert {problem.code for problem in caught.value.problems} == {"about"}


@pytest.mark.parametrize("text", [KRAS, "", (shipped.graph() / about.FILE).read_text("utf-8")])
def test_what_is_written_reads_back(text: str) -> None:
    written = about.read(text, "about.toml")
    assert about.read(about.render(written), "about.toml") == written


def test_of_two_graphs_in_one_no_more_is_claimed_than_both_say() -> None:
    first = About(title="a", licence="x", topics=(Term("t"),))
    second = About(title="b", licence="x", topics=(Term("u"),))
    both = About(licence="x", topics=(Term("t"), Term("u")))
    assert about.together(first, second) == both
    assert about.together(first, About()) == about.together(About(), first) == first
