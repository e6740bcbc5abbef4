"""The Table view: what the drawings show, as rows that can be read, sorted and walked by keys."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from trabecula.graph import Graph
from trabecula.model import Entity, Evidence, Statement
from trabecula.page.opening import core
from trabecula.picture import style

Show = Callable[..., Any]

#: So many rows stand in the table at once: `PAGE` of draw/columns.js.
AT_ONCE = 200
ROWS = """() => [...document.querySelectorAll("#table tbody tr")].map((row) => row.dataset.id)"""
FOCUS = """() => {
  const row = document.activeElement.closest("tr");
  return row && [row.getAttribute("aria-rowindex") - 1, document.activeElement.dataset.place];
}"""


def heading(opened: Any, name: str) -> Any:
    return opened.page.locator(f"#table thead th.{name}")


def column(opened: Any, name: str) -> list[str]:
    return opened.page.locator(f"#table tbody .{name}").all_inner_texts()


def test_a_row_says_what_a_statement_says_and_how_well_it_stands(look: Show, small: Graph) -> None:
    opened = look(small, "#view=table&scene=all")
    rows = opened.page.evaluate(ROWS)
    assert sorted(rows) == sorted(small.statements)
    negated = next(s for s in small.statements.values() if s.negated)
    cells = opened.page.locator(f'#table tr[data-id="{negated.id}"] > *').all_text_contents()
    assert cells == [
        "magnesium",
        "not: increases, acts, sign not said; open the evidence",
        "bone mineral density",
        "supported",
        "1",
        "0",
        "not stated",
        "not stated",
        "bone-remodelling",  # a graph that declares no topics has no label for this one
    ]
    contested = next(s for s in small.statements.values() if s.predicate == "inhibits")
    cells = opened.page.locator(f'#table tr[data-id="{contested.id}"] > *').all_text_contents()
    assert cells[0:6] == [
        "PTH",
        # With the mark on its line, which is hidden from screen readers, as its line is.
        "?inhibits (pattern: continuous), lowers, prevents; open the evidence",
        "osteoblast",
        "? contested",
        "1",
        "1",
    ]
    assert opened.text("#table caption") == "Everything: 6 statements, one a row"
    assert opened.blameless


def as_read(name: str) -> list[tuple[int, str]]:
    """What names are sorted by: claudin-2 comes before claudin-14."""
    return [
        (int(part), "") if part.isdigit() else (-1, part)
        for part in re.split(r"(\d+)", name.casefold())
    ]


def test_headings_sort_and_say_so(show: Show, shipped_page: Path, shipped: Graph) -> None:
    degrees = Counter(end for s in shipped.statements.values() for end in (s.subject, s.object))
    entity = next(  # all of whose statements stand in the table, none of them on demand
        key
        for key, _ in degrees.most_common()
        if len(shipped.select(f'near("{key}")').statements) <= AT_ONCE
    )
    opened = show(shipped_page, f"#view=table&scene=near&of={entity}")
    names = column(opened, "subject")
    assert names == sorted(names, key=as_read)
    assert heading(opened, "subject").get_attribute("aria-sort") == "ascending"
    heading(opened, "subject").get_by_role("button").click()
    assert column(opened, "subject") == sorted(names, key=as_read, reverse=True)
    assert heading(opened, "subject").get_attribute("aria-sort") == "descending"
    # Numbers begin with the most.
    heading(opened, "supporting").get_by_role("button").click()
    counts = [int(text) for text in column(opened, "supporting")]
    assert counts == sorted(counts, reverse=True)
    assert heading(opened, "supporting").get_attribute("aria-sort") == "descending"
    assert heading(opened, "subject").get_attribute("aria-sort") == "none"
    heading(opened, "status").get_by_role("button").click()
    order = [line.label for line in style.LINES.values()]
    told = [
        order.index(text.split(" ", 1)[-1] if text[0] in "?×" else text)
        for text in column(opened, "status")
    ]
    assert told == sorted(told)
    opened.page.wait_for_selector("#live:has-text('Sorted by status')", state="attached")
    assert sorted(opened.page.evaluate(ROWS)) == sorted(
        shipped.select(f'near("{entity}")').statements
    )


def test_rows_lead_to_evidence_and_names_to_entities(look: Show, shipped_page: Path) -> None:
    opened = look(shipped_page, "#view=table&scene=near&of=calcitriol")
    page = opened.page
    row = page.locator("#table tbody tr").nth(3)
    key = row.get_attribute("data-id")
    row.locator("td.status").click()
    assert f"statement={key}" in page.url
    assert page.locator("#table tr[aria-current]").count() == 1
    assert page.locator("#table tr[aria-current]").get_attribute("data-id") == key
    name = row.locator("[data-place=object]").inner_text()
    row.locator("[data-place=object]").click()
    assert "entity=" in page.url
    assert opened.text("#panel h2") == name
    assert set(page.locator("#table .name[aria-current]").all_inner_texts()) == {name}


def test_the_whole_table_is_one_stop_of_tab_and_walked_by_arrows(
    show: Show, shipped_page: Path, shipped: Graph
) -> None:
    last = len(shipped)
    opened = show(shipped_page, "#view=table&scene=all")
    page = opened.page
    heading(opened, "topic").get_by_role("button").focus()
    walk = [
        ("Tab", [1, "predicate"]),
        ("ArrowDown", [2, "predicate"]),
        ("ArrowRight", [2, "object"]),
        ("ArrowDown", [3, "object"]),
        ("ArrowLeft", [3, "predicate"]),
        ("ArrowLeft", [3, "subject"]),
        ("ArrowUp", [2, "subject"]),
        ("End", [last, "subject"]),
        ("ArrowDown", [last, "subject"]),
        ("ArrowUp", [last - 1, "subject"]),
        ("Home", [1, "subject"]),
        ("PageDown", [11, "subject"]),
    ]
    for key, where in walk:
        page.keyboard.press(key)
        assert page.evaluate(FOCUS) == where, key
    assert opened.text("#table .range") == f"Rows 1–200 of {last:,}"
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUS) is None


def test_enter_opens_the_evidence_and_closing_it_leads_back_to_the_row(
    show: Show, shipped_page: Path
) -> None:
    opened = show(shipped_page, "#view=table&scene=near&of=calcitriol")
    page = opened.page
    heading(opened, "topic").get_by_role("button").focus()
    for key in ("Tab", "ArrowDown", "ArrowDown", "Enter"):
        page.keyboard.press(key)
    assert "statement=" in page.url
    assert page.evaluate("() => document.querySelector('#panel').contains(document.activeElement)")
    page.keyboard.press("Escape")
    assert "statement=" not in page.url
    assert page.evaluate(FOCUS) == [3, "predicate"]


def test_many_rows_are_on_pages_and_a_selected_one_is_brought_up(show: Show) -> None:
    names = [f"entity {number:03}" for number in range(451)]
    graph = Graph(
        [
            *(Entity(id=f"e{n}", name=name, category="chemical") for n, name in enumerate(names)),
            *(
                Statement(subject=f"e{n}", predicate="increases", object=f"e{n + 1}",
                          evidence=(Evidence(source="s", strength="direct"),))
                for n in range(450)
            ),
        ]
    )  # fmt: skip
    opened = show(graph, "#view=table&scene=all")
    page = opened.page
    assert column(opened, "subject") == names[:200]
    assert opened.text("#table .range") == "Rows 1–200 of 450"
    assert page.locator("#table table").get_attribute("aria-rowcount") == "451"
    page.get_by_role("button", name="Next page").click()
    assert column(opened, "subject") == names[200:400]
    page.get_by_role("button", name="Last page").click()
    assert column(opened, "subject") == names[400:450]
    assert page.get_by_role("button", name="Next page").is_disabled()
    chosen = next(s.id for s in graph.statements.values() if s.subject == "e250")
    opened.go(f"view=table&scene=all&statement={chosen}")
    assert column(opened, "subject") == names[200:400]
    assert page.locator("#table tr[aria-current] .subject").inner_text() == "entity 250"


def test_what_has_no_row_is_said(show: Show, tiny: Graph) -> None:
    opened = show(tiny, "#view=table&scene=all&loose=yes&min=1")
    assert opened.text("#table .lone").startswith("1 entity without a visible statement: ω-3")
    opened.go("view=table&scene=all&min=9")
    assert opened.text("#table .none") == (
        "No statement is visible. Clear filters, or choose another scene."
    )
    opened.page.locator("#unfilter").click()
    assert len(opened.page.evaluate(ROWS)) == 6


def test_a_change_is_marked_in_words_beside_the_names(look: Show, shipped_page: Path) -> None:
    opened = look(shipped_page, "#view=table&scene=whatif&down=magnesium&steps=1")
    texts = opened.page.locator("#table .name").all_text_contents()
    assert "▼changed: down: magnesium" in texts
    assert "↑goes up: magnesium deficiency" in texts


@pytest.mark.parametrize("width", [390, 1440])
def test_on_a_phone_a_row_is_a_card_and_still_a_row(
    show: Show, shipped_page: Path, shipped: Graph, width: int
) -> None:
    opened = show(shipped_page, "#view=table", width=width, height=844)
    page = opened.page
    row = page.locator("#table tbody tr").first
    assert row.evaluate("row => getComputedStyle(row).display") == (
        "grid" if width == 390 else "table-row"
    )
    # The roles of a table stay, whatever the layout.
    assert page.get_by_role("table").get_by_role("row").count() == 1 + len(core(shipped.columns))
    assert page.get_by_role("columnheader").count() == 9
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    # No column is beyond the edge.
    assert page.locator("#table .scroll").evaluate("it => it.scrollWidth <= it.clientWidth")


def test_markup_in_names_is_text(show: Show) -> None:
    evil = '<img src=x onerror="window.hit=1"></td><script>window.hit=1</script>'
    graph = Graph(
        [
            Entity(id="a", name=evil, category=evil),
            Statement(subject="a", predicate=evil, object="b", topic=evil,
                      evidence=(Evidence(source=evil, species=evil, method=evil),)),
        ]
    )  # fmt: skip
    opened = show(graph, "#view=table&scene=all")
    assert opened.text("#table tbody th") == evil
    assert opened.text("#table td.topic") == evil
    assert opened.page.evaluate("() => window.hit") is None
    assert opened.blameless
