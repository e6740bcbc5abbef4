"""What the page tells of what would follow, and of feedback loops."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from trabecula.cli import main
from trabecula.formats import write
from trabecula.graph import Graph
from trabecula.model import Entity, Evidence, Statement
from trabecula.reason.loops import loops
from trabecula.views import style
from trabecula.views.style import Hop, Mark, Way

Show = Callable[..., Any]

READ = Evidence(source="PMID:12345678", strength="direct", summary="It did.")


def says(subject: str, predicate: str, object_: str) -> Statement:
    return Statement(subject=subject, predicate=predicate, object=object_, evidence=(READ,))


#: With `dose` up, `rise` goes up and `fall` down; both act on `both`; the way of `vague` is unsaid.
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


@pytest.fixture
def what_if(tmp_path: Path) -> Path:
    """The page that `trabecula whatif` writes."""
    graph, page = tmp_path / "graph.json", tmp_path / "what-if.html"
    write(CHANGE, graph)
    result = CliRunner().invoke(
        main, ["whatif", "dose=up", "held=fixed", "-o", str(page), "--graph", str(graph)]
    )
    assert result.exit_code == 0
    return page


def counts(opened: Any, field: str) -> dict[str, str]:
    rows = opened.page.locator(f"fieldset[data-field={field}] .row").all()
    return {
        row.locator(".name").text_content(): row.locator(".count").text_content() for row in rows
    }


def test_a_picture_of_what_would_follow_says_it_in_fill_and_word(show: Show, what_if: Path) -> None:
    opened = show(what_if)
    assert counts(opened, "mark") == {
        "changed: up": "1",
        "held fixed": "1",
        "goes up": "1",
        "goes down": "1",
        "ambiguous": "1",
        "direction unknown": "1",
    }
    painted = opened.colours()
    for key in ("changed-up", "fixed", "up", "down", "unknown"):
        assert painted[style.MARKS[key].fill] > 300, key
    assert style.look("chemical").fill not in painted
    chips = opened.page.locator("#panel section", has_text="Changed").locator(".chip")
    assert chips.all_text_contents() == ["▲the dose"]
    assert (opened.errors, opened.requests) == ([], [])


def test_dark_pages_have_dark_marks(show: Show, what_if: Path) -> None:
    opened = show(what_if, color_scheme="dark")
    painted = opened.colours()
    for key in ("up", "down"):
        assert painted[style.MARKS[key].dark_fill] > 300, key
    assert opened.errors == []


def test_the_panel_tells_what_happens_and_by_way_of_what(show: Show, what_if: Path) -> None:
    opened = show(what_if, "#entity=both")
    assert opened.text(".what .verdict") == (
        "↕ ambiguous. Some paths raise it and others lower it."
    )
    assert opened.page.locator(".what .way").all_text_contents() == [
        "It rises in 2 steps:", "It falls in 2 steps:",
    ]  # fmt: skip
    assert [" ".join(text.split()) for text in opened.page.locator(".so").all_text_contents()] == [
        "↑ so the rise rises · the weakest step",
        "↑ so the both rises",
        "↓ so the fall falls · the weakest step",
        "↓ so the both falls",
    ]
    opened.page.locator(".what .line").first.click()
    assert opened.text("#panel h2") == "the dose increases the rise"
    assert opened.errors == []


def test_an_entity_is_shown_with_the_whole_way_to_it(show: Show, what_if: Path) -> None:
    # Four statements lead to it, of which two do not touch it; the others are dimmed.
    opened = show(what_if, "#entity=both")
    painted = opened.colours()
    assert painted[style.MARKS["changed-up"].fill] > 300
    assert style.MARKS["fixed"].fill not in painted
    assert style.GROUPS["unsigned"].line not in painted


def test_marks_are_filters(show: Show, what_if: Path) -> None:
    opened = show(what_if)
    assert opened.text("#shown") == "everything is shown"
    opened.page.locator("fieldset[data-field=mark] .row", has_text="goes up").locator(
        "input"
    ).uncheck()
    assert opened.text("#shown") == "4 of 6 entities, 3 of 6 statements shown"
    opened.page.locator("fieldset[data-field=mark] .all").click()
    assert opened.text("#shown") == "everything is shown"


def test_an_ordinary_page_has_no_marks(show: Show) -> None:
    opened = show(CHANGE, "#entity=rise")
    assert opened.page.locator("fieldset[data-field=mark]").count() == 0
    assert opened.page.locator(".what").count() == 0


def test_loops_are_listed_with_sign_and_word(show: Show) -> None:
    opened = show(RINGS)
    rows = opened.page.locator(".loops .line")
    assert [row.locator(".words").text_content() for row in rows.all()] == [
        "chemical a → chemical b → chemical areinforcing · weakest step: supported, 1 source",
        "process x ⊣ process y ⊣ process z ⊣ process x"
        "balancing · weakest step: supported, 1 source",
    ]
    assert rows.locator(".loop-sign").all_text_contents() == ["+", "−"]
    assert (opened.errors, opened.requests) == ([], [])


@pytest.mark.parametrize(
    ("number", "bright", "dimmed"),
    [(0, ("raises", "chemical"), ("lowers", "process")), (1, ("lowers", "process"), ("raises", "chemical"))],
)  # fmt: skip
def test_a_click_on_a_loop_lights_its_statements_and_no_other(
    show: Show, number: int, bright: tuple[str, str], dimmed: tuple[str, str]
) -> None:
    opened = show(RINGS)
    loop = loops(RINGS).found[number]
    opened.page.locator(f"[data-loop='{loop.id}']").click()
    assert opened.page.url.endswith(f"#loop={loop.id}")
    drawn = opened.page.locator("#panel ol [data-statement]")
    place = list(RINGS.statements)
    assert [place[int(row.get_attribute("data-statement"))] for row in drawn.all()] == [
        statement.id for statement in loop.statements
    ]
    assert opened.errors == []  # before pixels are read again and again, of which Chromium warns
    opened.page.wait_for_function(
        f"() => !(({opened.COLOURS})()['{style.GROUPS[dimmed[0]].line}'])", timeout=5_000
    )
    painted = opened.colours()
    assert painted[style.GROUPS[bright[0]].line] > 50
    assert style.GROUPS["unsigned"].line not in painted
    assert painted[style.look(bright[1]).fill] > 300
    assert style.look(dimmed[1]).fill not in painted


def test_the_address_keeps_a_loop_and_escape_leaves_it(show: Show) -> None:
    loop = loops(RINGS).found[1]
    opened = show(RINGS, f"#loop={loop.id}")
    assert opened.text("#panel .kind") == "−feedback loop, balancing"
    assert opened.text("#panel .definition") == loop.iri
    opened.page.reload()
    opened.page.wait_for_selector("html[data-ready]")
    assert opened.text("#panel .kind") == "−feedback loop, balancing"
    opened.page.keyboard.press("Escape")
    assert opened.text("#panel h2") == "Start here"
    assert "#" not in opened.page.url
    other = show(RINGS, "#loop=__proto__")
    assert other.text("#notice") == "What this address names is not in this graph."
    assert opened.errors + other.errors == []


def test_an_entity_names_the_loops_through_it(show: Show) -> None:
    opened = show(RINGS, "#entity=y")
    assert opened.page.locator("#panel .loops .line").count() == 1
    opened.page.locator("#panel .loops .line").click()
    assert opened.page.url.endswith(f"#loop={loops(RINGS).found[1].id}")


def test_of_many_loops_the_first_are_listed_and_the_rest_counted(show: Show) -> None:
    pairs = [(f"a{number}", f"b{number}") for number in range(15)]
    graph = Graph(
        says(*ends) for a, b in pairs for ends in ((a, "activates", b), (b, "activates", a))
    )
    opened = show(graph)
    section = opened.page.locator("#panel section", has_text="Feedback loops")
    assert section.locator("h3 .count").text_content() == "15"
    assert section.locator(".line").count() == 12
    section.locator(".more").click()
    assert section.locator(".line").count() == 15


def test_the_shipped_graph_lists_its_loops(show: Show, shipped_page: Path, shipped: Graph) -> None:
    opened = show(shipped_page)
    section = opened.page.locator("#panel section", has_text="Feedback loops")
    assert section.locator("h3 .count").text_content() == str(len(loops(shipped).found))
    assert opened.errors == []


@pytest.mark.parametrize(
    "text",
    [
        "</script><script>window.PWNED=1</script>",
        "<img src=x onerror=window.PWNED=1>",
        '"><svg onload=window.PWNED=1>',
        "{{7*7}}{% raw %}${7*7}",
        "javascript:window.PWNED=1",
    ],
)
def test_nothing_in_a_mark_or_a_loop_runs_or_becomes_markup(show: Show, text: str) -> None:
    one, two = f"{text}1", f"{text}2"
    graph = Graph(
        [
            Entity(id=one, name=text, category="cell"),
            Entity(id=two, name=text, category="cell"),
            says(one, "activates", two),
            says(two, "activates", one),
        ]
    )
    hops = (
        Hop(next(iter(graph.statements)), text, "up", text),
        Hop(text, text, "down", text),
    )
    marks = {one: Mark("changed-up", text), two: Mark("up", text, (Way("up", text, hops, text),))}
    opened = show(graph, title=text, marks=marks)
    page = opened.page

    def harmless() -> None:
        assert page.evaluate("window.PWNED") is None
        assert page.evaluate("document.querySelectorAll('img, iframe, object, form').length") == 0
        assert page.evaluate("document.querySelectorAll('script').length") == 6

    harmless()
    page.locator(".loops .line").click()
    assert opened.text("#panel h2") == f"{text} → {text} → {text}"
    harmless()
    page.locator("#panel .chip").last.click()
    assert text in opened.text(".what .verdict")
    assert opened.text(".what .way") == f"{text}:"
    assert page.locator(".what li").last.locator("p").all_text_contents() == [
        text, f"↓ so {text} · the weakest step",
    ]  # fmt: skip
    harmless()
    assert (opened.errors, opened.requests) == ([], [])
