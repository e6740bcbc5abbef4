"""What the panel tells of paths, of what would follow, of loops and of conflicts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

from trabecula.graph import Graph
from trabecula.model import Entity, Evidence, Statement
from trabecula.reason.conclusions import Conclusions
from trabecula.reason.conflicts import KINDS, Conflict, conflicts
from trabecula.reason.explain import Explanation, breaks, explain
from trabecula.reason.loops import loops
from trabecula.reason.whatif import OUTCOMES, whatif
from trabecula.words.conclusions import headline

Show = Callable[..., Any]

READ = Evidence(source="PMID:12345678", strength="direct", summary="It did.")


def says(subject: str, predicate: str, object_: str, row: Evidence = READ) -> Statement:
    return Statement(subject=subject, predicate=predicate, object=object_, evidence=(row,))


#: With `dose` up, `rise` goes up and `fall` down; what follows for `both` is open, and so it is for `vague`.
CHANGE = Graph(
    [
        *(
            Entity(id=key, name=f"the {key}", category="chemical")
            for key in ("dose", "rise", "fall", "both", "vague", "held")
        ),
        says("dose", "increases", "rise"),
        says("dose", "decreases", "fall"),
        says("rise", "increases", "both"),
        says("fall", "increases", "both"),
        says("dose", "regulates", "vague"),
        says("rise", "increases", "held"),
    ]
)

HUMAN = Evidence(source="PMID:1", strength="direct", species="human")
RAT = Evidence(source="PMID:2", strength="direct", species="rat")
TITLE = Evidence(source="x", strength="title-only")
REVIEW = Evidence(source="PMID:3", strength="review")
ACUTE, LONGER = (
    Evidence(
        source=f"PMID:{duration}",
        strength="direct",
        species="human",
        context=(("duration", duration),),
    )
    for duration in ("acute", "long-term")
)

#: Three parts that share nothing: a path that passes from one species to another, a question with
#: something on each side, and one whose answer depends on where one looks.
STATED = Graph(
    [
        says("a", "increases", "b", HUMAN),
        says("b", "decreases", "c", RAT),
        says("c", "increases", "d", TITLE),
        says("salt", "increases", "pressure", HUMAN),
        says("salt", "decreases", "pressure", TITLE),
        says("lack", "deficiency_of", "salt", REVIEW),
        says("lack", "decreases", "pressure", REVIEW),
        says("load", "increases", "bone", LONGER),
        says("load", "decreases", "bone", ACUTE),
    ]
)

#: Two loops that share nothing: chemicals that raise each other, and processes in which all lower.
RINGS = Graph(
    [
        *(Entity(id=key, name=f"chemical {key}", category="chemical") for key in "ab"),
        *(Entity(id=key, name=f"process {key}", category="process") for key in "xyz"),
        says("a", "activates", "b"),
        says("b", "activates", "a"),
        says("x", "inhibits", "y"),
        says("y", "inhibits", "z"),
        says("z", "inhibits", "x"),
        says("a", "regulates", "x"),
    ]
)


def texts(opened: Any, selector: str) -> list[str]:
    """The texts of elements, each run of blanks one."""
    return [" ".join(text.split()) for text in opened.page.locator(selector).all_text_contents()]


def choose(opened: Any, label: str, name: str) -> None:
    """Write a name into a field, as by hand, and take the first that is suggested."""
    field = opened.page.get_by_role("combobox", name=label, exact=True)
    field.focus()
    opened.page.keyboard.press("ControlOrMeta+A")
    opened.page.keyboard.type(name)
    opened.page.keyboard.press("Enter")
    opened.settle()


def focused(opened: Any) -> str:
    key: str = opened.page.evaluate("document.activeElement.dataset.id ?? ''")
    return key


# --- Paths ----------------------------------------------------------------------------------


def test_paths_are_asked_for_by_keys_alone(look: Show) -> None:
    opened = look(CHANGE, "#scene=paths")
    assert opened.text("#panel h2") == "How does one thing act on another?"
    choose(opened, "From", "dose")
    assert focused(opened) == "paths to"
    opened.page.keyboard.type("both")
    opened.page.keyboard.press("Enter")
    opened.settle()
    assert opened.page.evaluate("location.hash") == "#scene=paths&from=dose&to=both"
    assert opened.text("#panel .answer") == "Cannot say what the dose does to the both."
    assert "1 path +, 1 path −, the best first." in opened.text("#panel")
    assert opened.text("#live").startswith("cannot say what the dose does to the both. ")
    opened.page.get_by_role("button", name="Swap from and to").press("Enter")
    opened.settle()
    assert opened.page.evaluate("location.hash") == "#scene=paths&from=both&to=dose"
    assert opened.text("#panel .answer") == "Nothing here says what the both does to the dose."
    assert opened.text("#panel .extent") == (
        "Nothing that may be followed leads from the one to the other at any distance. "
        "Links of structure (part of, kind of …) were not crossed."
    )
    assert focused(opened) == "swap"
    assert opened.blameless


def test_a_field_suggests_and_takes_back_what_was_not_chosen(look: Show) -> None:
    opened = look(CHANGE, "#scene=paths&from=dose")
    page = opened.page
    field = page.get_by_role("combobox", name="To", exact=True)
    field.fill("the")
    options = page.locator(".suggestions:not([hidden]) [role=option]")
    assert options.count() == 6
    assert field.get_attribute("aria-expanded") == "true"
    page.keyboard.press("ArrowDown")
    assert page.locator("[aria-selected=true]").count() == 1
    active = field.get_attribute("aria-activedescendant")
    assert page.locator(f"#{active}").get_attribute("aria-selected") == "true"
    field.fill("nothing of this name")
    assert texts(opened, ".suggestions:not([hidden]) li") == [
        "Nothing in this graph is called that."
    ]
    page.keyboard.press("Escape")
    assert field.input_value() == ""
    assert opened.text("#panel h2") == "How does one thing act on another?"
    box = page.get_by_role("combobox", name="From", exact=True)
    box.fill("something else")
    field.focus()
    assert box.input_value() == "the dose"


def test_a_path_shows_its_steps_breaks_and_weakest_step(look: Show) -> None:
    opened = look(STATED, "#scene=paths&from=a&to=d&path=1")
    assert opened.text(".chosen-path h3") == "Path 1 of 1"
    assert texts(opened, ".chosen-path .about") == [
        "1. − in 3 steps, 1 context break · weakest step: title only, 1 source"
    ]
    assert texts(opened, ".chosen-path .steps > li") == [
        "a increases b+ · supported: measured in people · 1 source",
        "~ context break: species human above, rat below"
        "b decreases c− · supported: measured elsewhere · 1 source",
        "c increases d+ · title only · 1 source · the weakest step",
    ]  # fmt: skip
    assert opened.blameless


def test_the_shipped_paths_are_those_of_explain(
    look: Show, shipped_page: Path, shipped: Graph
) -> None:
    explanation = explain(
        shipped.influence, shipped.names, "low-magnesium-intake", "osteoporosis", 4
    )
    asked = "#view=table&scene=paths&from=low-magnesium-intake&to=osteoporosis&steps=4"
    opened = look(shipped_page, asked)
    page = opened.page
    assert opened.text("#panel .answer") == sentence_of(shipped, explanation)
    page.get_by_role("button", name=f"Show all {len(explanation.paths)}").click()
    listed = page.locator(".paths > li")
    assert listed.count() == len(explanation.paths)
    for place, path in enumerate(explanation.paths):
        about = " ".join((listed.nth(place).locator(".about").text_content() or "").split())
        sign = {1: "+", -1: "−", 0: "·"}[path.sign]
        many = len(path.steps)
        assert about.startswith(f"{place + 1}. {sign} in {many} step{'s' if many > 1 else ''}")
        assert ("context break" in about) == bool(breaks(path, shipped.words))
    listed.nth(5).locator("summary").click()
    steps = listed.nth(5).locator("[data-statement]")
    steps.first.wait_for()  # they are made when the path is opened
    assert steps.evaluate_all("all => all.map((one) => one.dataset.statement)") == [
        statement.id for statement in explanation.paths[5].statements
    ]
    listed.nth(5).get_by_role("button", name="Show only this path").click()
    opened.settle()
    assert "&path=6" in page.url
    page.get_by_role("button", name="Path 7 ›").click()
    opened.settle()
    assert opened.text(".chosen-path h3") == f"Path 7 of {len(explanation.paths)}"
    page.get_by_role("button", name="Show all paths").click()
    opened.settle()
    assert listed.count() == len(explanation.paths)
    assert opened.blameless


def test_a_question_that_cannot_be_answered_says_why(look: Show) -> None:
    opened = look(CHANGE, "#scene=paths&from=dose&to=dose")
    assert opened.text("#panel .refused") == (
        "Start and end are both the dose; a path leads to something else."
    )
    assert opened.blameless


def test_longer_paths_are_offered_where_there_are_only_those(look: Show) -> None:
    opened = look(CHANGE, "#scene=paths&from=dose&to=both&steps=1")
    assert opened.page.locator("#panel .paths > li").count() == 0
    opened.page.get_by_role("button", name="Look at paths of up to 2 steps").click()
    opened.settle()
    assert opened.page.locator("#panel .paths > li").count() == 2
    steps = opened.page.locator("#panel select")
    steps.focus()
    steps.select_option("1")
    opened.settle()
    assert opened.page.locator("#panel .paths > li").count() == 0
    assert focused(opened) == "steps"


# --- What follows ---------------------------------------------------------------------------


def sentence_of(graph: Graph, explanation: Explanation) -> str:
    words = headline(graph, explanation.start, explanation.end, explanation.conclusion)
    return f"{words[0].upper()}{words[1:]}."


def test_what_follows_stands_first_with_what_it_rests_on_and_what_is_against_it(look: Show) -> None:
    opened = look(STATED, "#scene=paths&from=salt&to=pressure")
    assert opened.text("#panel .answer") == "Salt raises pressure: measured in people."
    assert texts(opened, "#panel h3")[:3] == ["Rests on 2", "Against 1", "Paths, for reading 3"]
    opened.page.locator("#panel .line[data-statement]").first.click()
    opened.settle()
    assert opened.text("#panel h2") == "salt increases pressure"
    # Asked of the lack, the same is told of the lack.
    opened.go("#scene=paths&from=lack&to=pressure")
    assert opened.text("#panel .answer") == "Lack lowers pressure: reviewed."
    assert opened.blameless


def test_where_it_depends_each_case_says_where_it_holds(look: Show) -> None:
    opened = look(STATED, "#scene=paths&from=load&to=bone")
    assert opened.text("#panel .answer") == "It depends how load acts on bone."
    assert sorted(texts(opened, "#panel .cases li")) == [
        "lowers bone (species human; duration acute)",
        "raises bone (species human; duration long-term)",
    ]  # fmt: skip


def test_the_shipped_conclusions_are_those_of_explain(
    look: Show, shipped_page: Path, shipped: Graph
) -> None:
    opened = look(shipped_page, "#view=table")
    for start, end in (
        ("magnesium", "parathyroid-hormone"), ("magnesium-deficiency", "bone-mass"),
        ("calcitonin", "osteoclast"), ("magnesium", "pth-secretion"),
    ):  # fmt: skip
        explanation = explain(shipped.influence, shipped.names, start, end)
        opened.go(f"#view=table&scene=paths&from={start}&to={end}")
        assert opened.text("#panel .answer") == sentence_of(shipped, explanation)
        rests = opened.page.locator("#panel section", has_text="Rests on").first
        if explanation.conclusion.rests_on:
            ids = rests.locator("[data-statement]").evaluate_all(
                "all => all.map((one) => one.dataset.statement)"
            )
            assert ids == list(explanation.conclusion.rests_on[: len(ids)])
    assert opened.blameless


# --- What if --------------------------------------------------------------------------------


def test_changes_are_added_turned_and_left_out(look: Show) -> None:
    opened = look(CHANGE, "#scene=whatif")
    page = opened.page
    page.get_by_label("What it does").select_option("up")
    choose(opened, "Add an entity", "dose")
    assert page.evaluate("location.hash") == "#scene=whatif&up=dose"
    assert opened.text("#panel h2") == "What if the dose rises?"
    assert focused(opened) == "add"
    assert opened.text("#live").startswith("2 up, 1 down, 2 open, 0 implied.")
    page.get_by_label("What it does").select_option("fixed")
    choose(opened, "Add an entity", "held")
    assert page.evaluate("location.hash") == "#scene=whatif&up=dose&fixed=held"
    assert texts(opened, ".verdicts button") == ["↑1 up", "↓1 down", "?2 open", "§0 implied"]
    page.get_by_label("What the dose does").select_option("down")
    opened.settle()
    assert page.evaluate("location.hash") == "#scene=whatif&down=dose&fixed=held"
    page.get_by_role("button", name="Leave out the held").click()
    opened.settle()
    page.get_by_label("only supported statements").check()
    opened.settle()
    assert page.evaluate("location.hash") == "#scene=whatif&down=dose&follow=supported"
    assert opened.blameless


def test_outcomes_are_listed_by_how_well_they_are_known_and_lead_to_their_entity(
    look: Show,
) -> None:
    opened = look(CHANGE, "#scene=whatif&up=dose&fixed=held")
    page = opened.page
    assert texts(opened, "#panel section") == [
        "Tested or reviewed 2Sources that were read spoke of the two."
        "↓the fallgoes down, measured, settled · 1 stepthe dose decreases the fall"
        "↑the risegoes up, measured, settled · 1 stepthe dose increases the rise",
        "Cannot say 2What is known of the two has no direction, or points both ways."
        "?the bothopen, cannot say · 2 steps"
        "the dose increases the rise; the rise increases the both, and 2 more"
        "?the vagueopen, cannot say · 1 stepthe dose regulates the vague",
    ]
    page.get_by_role("button", name="2 open").click()
    assert page.locator("#panel [data-entity]").count() == 2
    page.locator("[data-entity=both]").click()
    opened.settle()
    assert texts(opened, ".what .verdict") == [
        "? open. Cannot say: what is known of the two has no direction, or points both ways."
    ]
    assert texts(opened, ".what section h3") == ["Rests on 4"]
    page.locator("#panel .close").click()
    opened.settle()
    pressed = page.locator(".verdicts [aria-pressed=true]")
    assert texts(opened, ".verdicts [aria-pressed=true]") == ["?2 open"]
    pressed.click()
    assert page.locator("#panel [data-entity]").count() == 4
    assert opened.blameless


ARTICLE = Evidence(source="article", strength="asserted")
#: The same with outcomes that are known less well, and what needs something.
LESS_WELL = Graph(
    [
        *CHANGE,
        says("lack", "deficiency_of", "fall"),  # goes the other way than what it is the lack of
        says("dose", "increases", "near", HUMAN),
        says("near", "increases", "far", HUMAN),
        says("dose", "increases", "heard", ARTICLE),
        says("worker", "requires", "food", HUMAN),
    ]
)


@pytest.mark.parametrize(
    ("entity", "words"),
    [
        ("dose", "▲ changed: up. It is assumed to go up."),
        ("held", "■ held fixed. It is held as it is: no change enters it."),
        ("rise", "↑ goes up. This raises it: measured, settled."),
        ("lack", "↑ goes up. This raises it: measured, settled."),
        ("far", "↗ points up. Suggested, settled: more of it."),
        ("heard", "§ the article implies. Only the article: more of it."),
        ("worker", "↘ points down. It needs what falls short."),
    ],
)
def test_a_verb_is_said_only_of_what_was_tested_or_reviewed(
    look: Show, entity: str, words: str
) -> None:
    opened = look(LESS_WELL, f"#scene=whatif&up=dose&down=food&fixed=held&entity={entity}")
    assert texts(opened, ".what .verdict") == [words]


def test_the_shipped_outcomes_are_those_of_whatif(
    look: Show, shipped_page: Path, shipped: Graph
) -> None:
    answer = whatif(Conclusions(shipped.columns), {"magnesium": -1})
    counts = Counter(outcome.verdict for outcome in answer.outcomes)
    opened = look(shipped_page, "#view=table&scene=whatif&down=magnesium")
    buttons = opened.page.locator(".verdicts b")
    assert buttons.all_text_contents() == [str(counts[verdict]) for verdict in OUTCOMES]
    opened.page.get_by_role("button", name=f"{counts['down']} down").click()
    more = opened.page.locator("#panel .more")
    while more.count():
        more.first.click()
    listed = opened.page.locator("#panel [data-entity]")
    assert set(listed.evaluate_all("all => all.map((one) => one.dataset.entity)")) == {
        outcome.entity for outcome in answer.outcomes if outcome.verdict == "down"
    }
    assert f"{answer.unreached} quantities of which nothing follows." in opened.text(
        "#panel .extent"
    )
    assert opened.blameless


# --- What counts ----------------------------------------------------------------------------


def test_what_counts_is_switched_in_the_page_and_kept_in_its_address(
    look: Show, shipped_page: Path, shipped: Graph
) -> None:
    seen = shipped.through("measured", "human")
    opened = look(shipped_page, "#view=table&scene=all")
    page = opened.page
    page.get_by_label("measured in people", exact=True).check()
    opened.settle()
    assert page.evaluate("location.hash") == "#view=table&scene=all&trust=measured,human"
    assert opened.text("#lens") == "Only what was measured in people counts. Count everything"
    assert opened.text("#shown").startswith(f"{len(seen):,} statements")
    explanation = explain(seen.influence, seen.names, "magnesium", "parathyroid-hormone")
    opened.go("#view=table&scene=paths&from=magnesium&to=parathyroid-hormone&trust=measured,human")
    assert opened.text("#panel .answer") == sentence_of(seen, explanation)
    page.get_by_role("button", name="Take away").click()
    assert "--trust measured,human" in page.locator("#take-command").input_value()
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Count everything").click()
    opened.settle()
    assert "trust" not in page.evaluate("location.hash")
    assert page.locator("#lens").count() == 0
    assert opened.blameless


def test_one_source_can_be_left_out_and_brought_back(show: Show) -> None:
    other = Evidence(source="PMID:9", strength="direct", stance="disputes", summary="It did not.")
    statement = Statement(subject="a", predicate="increases", object="b", evidence=(HUMAN, other))
    opened = show(Graph([statement]), f"#statement={statement.id}")
    page = opened.page
    assert opened.text(".verdict").startswith("? contested")
    page.locator("[data-id='without PMID:9']").click()
    opened.settle()
    assert page.evaluate("location.hash") == f"#without=PMID:9&statement={statement.id}"
    assert opened.text(".verdict").startswith("supported")
    assert "1 piece of its evidence does not count now" in opened.text("#panel")
    page.locator("[data-id='without PMID:1']").click()
    opened.settle()
    assert "Nothing that counts now speaks of this statement." in opened.text("#panel")
    page.get_by_role("button", name="count again: PMID:9").click()
    opened.settle()
    assert opened.text(".verdict").startswith("× refuted")
    page.locator("#panel").get_by_role("button", name="Count everything").click()
    opened.settle()
    assert opened.text(".verdict").startswith("? contested")
    assert opened.blameless


def test_a_contradiction_in_an_address_is_said(look: Show) -> None:
    opened = look(CHANGE, "#scene=whatif&fixed=dose")
    assert opened.page.locator(".verdicts").count() == 0
    assert opened.text("#panel h2") == "What if the dose is held?"
    assert opened.blameless


# --- Loops ----------------------------------------------------------------------------------


def test_loops_are_listed_with_sign_and_word_and_sorted_by_kind(look: Show) -> None:
    opened = look(RINGS, "#scene=loops")
    assert texts(opened, "#panel .loops .words") == [
        "chemical a → chemical b → chemical areinforcing · weakest step: supported: measured, 1 source",
        "process x ⊣ process y ⊣ process z ⊣ process x"
        "balancing · weakest step: supported: measured, 1 source",
    ]
    assert texts(opened, "#panel .loop-sign") == ["+", "−"]
    assert texts(opened, ".choices button") == ["all 2", "reinforcing 1", "balancing 1"]
    opened.page.get_by_role("button", name="balancing 1").click()
    assert texts(opened, "#panel .loop-sign") == ["−"]
    assert "Loops of up to 4 steps were looked for." in opened.text("#panel")
    assert opened.blameless


def test_a_loop_shows_its_statements_and_the_way_back(look: Show) -> None:
    loop = loops(RINGS.columns).loops[1]
    opened = look(RINGS, "#scene=loops")
    page = opened.page
    page.locator(f"[data-loop='{loop.id}']").click()
    opened.settle()
    assert page.evaluate("location.hash") == f"#scene=loops&id={loop.id}"
    assert opened.text("#panel .kind") == "−feedback loop, balancing"
    assert page.locator("#panel ol [data-statement]").evaluate_all(
        "all => all.map((one) => one.dataset.statement)"
    ) == [statement.id for statement in loop.statements]
    assert texts(opened, "#panel .chip") == ["process x", "process y", "process z"]
    assert opened.text("#panel .definition") == loop.iri
    assert texts(opened, "#panel ol li").count("the weakest step") == 0
    assert sum("the weakest step" in text for text in texts(opened, "#panel ol li")) == 1
    page.locator("#panel .close").click()
    opened.settle()
    assert page.evaluate("location.hash") == "#scene=loops"
    assert focused(opened) == f"loop {loop.id}"
    opened.go(f"#loop={loop.id}")
    assert opened.text("#panel .kind") == "−feedback loop, balancing"
    assert opened.blameless


def test_an_entity_names_the_loops_through_it(look: Show) -> None:
    opened = look(RINGS, "#entity=y")
    assert opened.page.locator("#panel .loops .line").count() == 1
    opened.page.locator("#panel .loops .line").click()
    opened.settle()
    assert opened.page.url.endswith(f"id={loops(RINGS.columns).loops[1].id}")


def test_of_many_loops_the_first_are_listed_and_the_rest_on_demand(show: Show) -> None:
    pairs = [(f"a{number}", f"b{number}") for number in range(15)]
    graph = Graph(
        says(*ends) for a, b in pairs for ends in ((a, "activates", b), (b, "activates", a))
    )
    opened = show(graph, "#scene=loops")
    assert opened.text("#panel h2") == "Feedback loops 15"
    assert opened.page.locator("#panel .line").count() == 12
    opened.page.locator("#panel .more").click()
    assert opened.page.locator("#panel .line").count() == 15


def test_the_shipped_loops_are_all_counted(look: Show, shipped_page: Path, shipped: Graph) -> None:
    opened = look(shipped_page, "#view=table&scene=loops")
    assert opened.text("#panel h2") == f"Feedback loops {len(loops(shipped.columns).loops):,}"
    assert opened.blameless


# --- Conflicts ------------------------------------------------------------------------------


def test_the_shipped_conflicts_are_listed_by_kind_with_what_each_means(
    look: Show, shipped_page: Path, shipped: Graph
) -> None:
    listed = conflicts(shipped.columns).conflicts
    counts = Counter(conflict.kind for conflict in listed)
    opened = look(shipped_page, "#view=table&scene=conflicts")
    assert opened.text("#panel h2") == f"Where the sources disagree {len(listed)}"
    assert texts(opened, "#panel h3") == [
        f"{label.capitalize()} {counts[kind]}" for kind, label in KINDS.items() if counts[kind]
    ]
    assert texts(opened, "#panel section > .quiet") == [
        "Nothing stated tells the sides apart.",
        "Chains of supported steps point both ways, and no source spoke of the two.",
        "No conflict, for what the sides state of the interval, state or context differs.",
    ]
    assert opened.blameless


def test_the_panel_says_where_the_search_for_conflicts_stopped(
    show: Show, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = Evidence(source="PMID:1", strength="direct")
    graph = Graph([says("a", "increases", "b", row), says("a", "decreases", "b", row)])
    whole = show(graph, "#scene=conflicts")
    assert texts(whole, "#panel .left") == []
    monkeypatch.setattr("trabecula.words.conflicts.conflicts", partial(conflicts, effort=-1))
    monkeypatch.setattr("trabecula.reason.sides.PAIRS", 0)
    stopped = show(graph, "#scene=conflicts")
    assert texts(stopped, "#panel .left") == [
        "There are too many chains of two steps to compare them: no indirect conflicts were "
        "looked for."
    ]
    (conflict,) = conflicts(graph.columns).conflicts
    stopped.go(f"#scene=conflicts&id={conflict.id}")
    assert texts(stopped, "#panel .left") == [
        "The sides state too many contexts to compare all of them."
    ]
    assert whole.blameless
    assert stopped.blameless


def test_both_sides_of_conflicts_of_every_kind_have_the_evidence_that_speaks_for_them(
    look: Show, shipped_page: Path, shipped: Graph
) -> None:
    opened = look(shipped_page, "#view=table&scene=conflicts")
    kinds: dict[str, list[Conflict]] = {}
    for conflict in conflicts(shipped.columns).conflicts:
        kinds.setdefault(conflict.kind, []).append(conflict)
    assert len(kinds) == 3
    for conflict in chain.from_iterable(alike[:: len(alike) // 8] for alike in kinds.values()):
        opened.go(f"#view=table&scene=conflicts&id={conflict.id}")
        sides = opened.page.locator("#panel .side")
        assert sides.count() == 2
        for side, shown in zip((conflict.left, conflict.right), sides.all(), strict=True):
            assert shown.locator(".summary").all_text_contents() == [
                voice.evidence.summary
                for statement in side.statements
                for voice in side.voices
                if voice.statement == statement
            ]
    assert opened.blameless


def test_what_tells_the_sides_apart_stands_side_by_side(show: Show) -> None:
    def finding(predicate: str, source: str, species: str, dose: str = "") -> Statement:
        context = (("dose", dose),) if dose else ()
        row = Evidence(
            source=source, strength="direct", species=species, summary="So.", context=context
        )
        return says("a", predicate, "b", row)

    graph = Graph(
        [finding("increases", "PMID:1", "rat", "much"), finding("decreases", "PMID:2", "human")]
    )
    (conflict,) = conflicts(graph.columns).conflicts
    opened = show(graph, f"#scene=conflicts&id={conflict.id}")
    assert opened.text("#panel .kind") == "conflict, depends on where one looks"
    tables = opened.page.locator(".differs")
    assert [
        [cell.text_content() for cell in table.locator("tbody > tr > *").all()]
        for table in tables.all()
    ] == [["species", "rat", "human"], ["dose", "much", "not stated"]]
    assert texts(opened, "#panel h3")[:2] == ["What differs", "One side 1"]
    opened.page.get_by_role("button", name="All conflicts", exact=True).click()
    opened.settle()
    assert texts(opened, "#panel .standing") == [
        "increases, 1 source ≠ decreases, 1 source · differs in species"
    ]
    assert opened.blameless
