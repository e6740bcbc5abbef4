"""The panel: an entity with what acts on it, and a statement with its sources side by side."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from trabecula.graph import Graph
from trabecula.model import Entity, Evidence, Statement
from trabecula.page.view import view

Show = Callable[..., Any]


def statement_of(graph: Graph, status: str) -> Statement:
    (statement,) = (s for s in graph.statements.values() if graph.status(s) == status)
    return statement


def headings(opened: Any) -> list[str]:
    texts: list[str] = opened.page.locator("#panel h3").all_text_contents()
    return texts


def box(opened: Any, selector: str) -> dict[str, float]:
    bounds: dict[str, float] = opened.page.locator(selector).first.bounding_box()
    return bounds


def focused(opened: Any) -> str:
    """The element with the focus, by what it is found by."""
    element: str = opened.page.evaluate(
        "document.activeElement.dataset.id ?? document.activeElement.id"
    )
    return element


# --- An entity ------------------------------------------------------------------------------


def test_an_entity_says_what_it_is_and_where_else_it_is_described(look: Show, small: Graph) -> None:
    opened = look(small, "#entity=CL:0000062")
    assert opened.text("#panel h2") == "osteoblast"
    assert opened.text("#panel .kind") == "cell"
    assert opened.page.locator(".identifiers li").all_text_contents() == [
        "CL:0000062", "UBERON:0001474 related match",
    ]  # fmt: skip
    opened.go("#entity=pth")
    assert opened.page.locator(".identifiers li").all_text_contents() == [
        "PR:000013429 parathyroid hormone", "taxon NCBITaxon:9606",
    ]  # fmt: skip
    assert opened.text(".synonyms") == "also: parathyroid hormone"
    opened.go("#entity=fish-oil")
    assert opened.text("#panel h2") == small.entities["fish-oil"].name
    assert "No statement in this graph is about it." in opened.text("#panel")
    assert opened.blameless


def test_what_acts_on_an_entity_is_apart_from_what_it_acts_on(look: Show, small: Graph) -> None:
    opened = look(small, "#entity=CL:0000062")
    assert headings(opened) == ["What acts on it 4", "Conflicts about it 1"]
    assert [
        " ".join(text.split())
        for text in opened.page.locator("#panel [data-statement] .words").all_text_contents()
    ] == [
        "is activated by magnesiumsupported: measured in people · 2 sources",
        "requires magnesiumtitle only · 1 source",
        "is inhibited by PTH (pattern: continuous)? contested · 1 source, 1 against",
        "is activated by PTH (pattern: intermittent)article only",
    ]
    opened.go("#entity=magnesium")
    assert headings(opened) == ["What it acts on 4"]


def test_an_entity_can_be_expanded_hidden_pinned_and_asked_about(look: Show, small: Graph) -> None:
    opened = look(small, "#scene=near&of=bmd&entity=magnesium")
    page = opened.page

    def press(name: str) -> None:
        page.locator("#panel").get_by_role("button", name=name).click()
        opened.settle()

    press("Expand +3")
    assert "plus=magnesium" in page.url
    assert page.locator("#panel [data-id=expand]").is_disabled()
    press("Collapse")
    assert "plus=" not in page.url
    press("Pin")
    assert page.locator("#panel [data-id=pin]").get_attribute("aria-pressed") == "true"
    assert focused(opened) == "pin"
    press("its neighbours")
    assert page.url.endswith("#scene=near&of=magnesium&pin=magnesium&entity=magnesium")
    press("Hide")
    assert page.url.endswith("#scene=near&of=magnesium&minus=magnesium")
    for name, address in [
        ("Paths from here", "#scene=paths&from=magnesium"),
        ("Paths to here", "#scene=paths&to=magnesium"),
        ("What if it rises?", "#scene=whatif&up=magnesium"),
        ("What if it falls?", "#scene=whatif&down=magnesium"),
    ]:
        opened.go("#entity=magnesium")
        press(name)
        assert page.evaluate("location.hash") == address
    assert opened.blameless


# --- A statement ----------------------------------------------------------------------------


def test_a_statement_names_its_sources_with_method_context_and_links(
    look: Show, small: Graph
) -> None:
    statement = small.out("magnesium")[0]
    opened = look(small, f"#statement={statement.id}")
    page = opened.page
    assert opened.text("#panel h2") == "magnesium activates osteoblast"
    assert opened.text(".verdict") == (
        "supported independent support and no dispute. Best of what supports it: measured in people, "
        "an experiment or a trial in people."
    )
    assert opened.text(".tally") == "2 independent sources for it · 0 against"
    assert headings(opened)[0] == "For 3"
    assert page.locator(".evidence .summary").all_text_contents() == [
        'Cells of the "treated" were busier.', "Too.", "Agrees.",
    ]  # fmt: skip
    first = page.locator(".evidence").first
    assert dict(
        zip(
            first.locator("dt").all_text_contents(),
            first.locator("dd").all_text_contents(),
            strict=True,
        )
    ) == {
        "how strong": "direct — measured by this source in an experiment or trial",
        "method": "randomised controlled trial",
        "species": "human, in-vivo",
        "dose": "300 mg a day",
        "sex": "female",
        "where": "abstract",
        "in numbers": "mean difference −0.40 mmol/L (95 % interval −0.75 to −0.05), with placebo;"
        " n = 48; 300 mg/d given; over 2 years",
    }
    assert first.locator(".source").text_content() == (
        "A trial of magnesium: α < β · Roe R, Doe J; the group et al · A Journal 2:24, 1998"
        " · reference 7 of the article · Invented."
    )
    links = first.locator("a")
    assert links.evaluate_all("all => all.map((one) => one.getAttribute('href'))") == [
        "https://doi.org/10.5555/12345678(1)",
        "https://europepmc.org/articles/PMC1234567",
        "https://pubmed.ncbi.nlm.nih.gov/12345678/",
        "https://example.org/?a=1&b=2",
    ]
    assert {link.get_attribute("rel") for link in links.all()} == {"noopener noreferrer"}
    assert opened.text("#panel dl.definition").endswith(f"statement{statement.id}")
    assert opened.blameless


def test_sources_for_and_against_stand_side_by_side_where_there_is_room(
    look: Show, small: Graph
) -> None:
    contested = statement_of(small, "contested")
    opened = look(small, f"#statement={contested.id}")
    page = opened.page
    assert opened.text(".verdict").startswith("? contested ")
    assert opened.text(".qualifiers") == "only with pattern: continuous"
    assert opened.text(".tally") == "1 independent source for it · 1 against"
    assert page.locator(".side h3").all_text_contents() == [
        "For 1", "Against 1", "Limits where it holds 1",
    ]  # fmt: skip
    assert page.locator(".side.against .summary").all_text_contents() == ["Did not."]
    pro, contra = box(opened, ".side.for"), box(opened, ".side.against")
    assert contra["y"] >= pro["y"] + pro["height"]

    page.get_by_role("button", name="Show the two sides side by side").click()
    pro, contra, limits = (box(opened, f".side.{kind}") for kind in ("for", "against", "limits"))
    assert contra["y"] == pro["y"]
    assert contra["x"] >= pro["x"] + pro["width"]
    assert limits["y"] >= pro["y"] + pro["height"]
    assert limits["width"] > pro["width"] + contra["width"]
    assert not page.locator(".widen").is_visible()
    assert opened.blameless


def test_the_bar_is_as_long_for_each_side_as_it_has_sources(show: Show) -> None:
    rows = [Evidence(source=key, strength="direct") for key in ("one", "two", "three")]
    against = Evidence(source="four", stance="disputes", strength="direct")
    graph = Graph(
        [Statement(subject="a", predicate="activates", object="b", evidence=(*rows, against))]
    )
    (statement,) = graph.statements
    opened = show(graph, f"#statement={statement}")
    pro, contra = box(opened, ".bar .for"), box(opened, ".bar .against")
    assert pro["width"] / contra["width"] == pytest.approx(3, abs=0.1)


def test_what_the_article_asserts_stands_apart_from_what_papers_found(
    look: Show, small: Graph
) -> None:
    refuted = statement_of(small, "refuted")
    opened = look(small, f"#statement={refuted.id}")
    assert opened.page.locator(".side h3").all_text_contents() == [
        "Against 1", "What the article asserts",
    ]  # fmt: skip
    assert opened.page.locator(".side.article .summary").all_text_contents() == ["It says so."]
    assert opened.page.locator(".side.article .stance").all_text_contents() == [
        "The article says so."
    ]
    assert opened.page.locator(".side.article cite").all_text_contents() == ["An article"]
    assert opened.text(".verdict").startswith("× refuted ")


def test_where_only_a_title_was_read_it_is_said(look: Show, small: Graph) -> None:
    opened = look(small, f"#statement={statement_of(small, 'title-only').id}")
    assert opened.text(".verdict") == "title only only titles say it; no abstract was read."
    assert opened.page.locator(".evidence .only").all_text_contents() == ["only its title was read"]


def test_a_negated_statement_says_not(look: Show, small: Graph) -> None:
    (negated,) = (s for s in small.statements.values() if s.negated)
    opened = look(small, f"#statement={negated.id}")
    assert opened.text("#panel h2") == "not: magnesium increases bone mineral density"


def test_a_statement_leads_to_its_entities_its_surroundings_and_its_conflicts(show: Show) -> None:
    def measured(predicate: str, source: str, species: str) -> Statement:
        row = Evidence(source=source, strength="direct", species=species, summary=f"In {species}.")
        return Statement(subject="a", predicate=predicate, object="b", evidence=(row,))

    graph = Graph([measured("increases", "PMID:1", "rat"), measured("decreases", "PMID:2", "rat")])
    rises, falls = (
        next(s for s in graph.statements.values() if s.predicate == name)
        for name in ("increases", "decreases")
    )
    opened = show(graph, f"#statement={rises.id}")
    page = opened.page
    assert headings(opened)[-1] == "Conflicts it is in 1"
    page.locator("#panel [data-conflict]").click()
    opened.settle()
    assert opened.text("#panel h2") == "a → b"
    assert opened.text("#panel .kind") == "conflict, direct"
    assert page.locator(".side h3").all_text_contents() == ["One side 1", "The other side 1"]
    assert page.locator(".side .summary").all_text_contents() == ["In rat.", "In rat."]
    page.locator(f".side [data-statement='{falls.id}']").click()
    opened.settle()
    assert opened.text("#panel h2") == "a decreases b"
    page.get_by_role("button", name="Show it in its surroundings").click()
    opened.settle()
    assert page.evaluate("location.hash") == f"#scene=near&of=a&of=b&statement={falls.id}"
    page.locator("#panel h2 .name").first.click()
    opened.settle()
    assert opened.text("#panel h2") == "a"
    assert opened.blameless


# --- Going to and fro -----------------------------------------------------------------------


def test_the_focus_goes_to_what_was_chosen_and_back_to_where_it_was_chosen(
    look: Show, small: Graph
) -> None:
    opened = look(small, "#entity=magnesium")
    page = opened.page
    line = page.locator("#panel .line", has_text="activates osteoblast")
    name = line.get_attribute("data-id")
    line.focus()
    page.keyboard.press("Enter")
    opened.settle()
    assert focused(opened) == "panel-heading"
    page.locator("#panel h2 .name").first.focus()
    page.keyboard.press("Enter")
    opened.settle()
    assert opened.text("#panel h2") == "magnesium"
    assert focused(opened) == name
    page.locator("#panel .close").click()
    opened.settle()
    assert opened.text("#panel h2") == "Start here"


def test_a_long_list_is_shown_in_part_and_stays_unfolded(show: Show) -> None:
    row = Evidence(source="PMID:1", strength="direct")
    graph = Graph(
        Statement(subject="hub", predicate="activates", object=f"end{n:02}", evidence=(row,))
        for n in range(30)
    )
    opened = show(graph, "#entity=hub")
    page = opened.page
    lines = page.locator("#panel .line")
    assert lines.count() == 10
    page.get_by_role("button", name="Show all 30").press("Enter")
    assert lines.count() == 30
    assert focused(opened) == lines.nth(10).get_attribute("data-id")
    lines.nth(25).click()
    opened.settle()
    page.go_back()
    opened.arrive("#entity=hub")
    assert lines.count() == 30


def test_an_address_of_something_else_is_forgiven(look: Show, small: Graph) -> None:
    opened = look(small)
    for fragment in ("#entity=three", "#statement=__proto__", "#scene=near&of=three",
                     "#scene=loops&id=constructor"):  # fmt: skip
        opened.go(fragment)
        assert opened.text("#notice") == "What this address names is not in this graph."
    opened.go("#entity=magnesium")
    assert not opened.page.locator("#notice").is_visible()
    assert opened.blameless


def test_the_page_starts_with_questions_and_what_is_disputed(
    look: Show, shipped_page: Path, shipped: Graph
) -> None:
    opened = look(shipped_page, "#view=table")
    page = opened.page
    assert opened.text("#panel h2") == "Start here"
    statuses = [shipped.status(s) for s in shipped.statements.values()]
    assert {"Three questions to start from", "Most connected",
            f"Contested {statuses.count('contested')}",
            f"Refuted {statuses.count('refuted')}"} <= set(headings(opened))  # fmt: skip
    assert page.locator("#panel .question").count() == 3
    page.get_by_role("button", name="Show everything").click()
    opened.settle()
    assert opened.text("#panel h2") == "Everything"
    assert headings(opened) == [f"Statements, best supported first {len(shipped):,}"]
    assert page.locator("#panel .line").count() == 40
    page.get_by_role("button", name=f"Show 200 more of {len(shipped):,}").click()
    assert page.locator("#panel .line").count() == 240
    assert opened.blameless


@pytest.mark.parametrize(
    ("graph", "heading"),
    [
        (Graph([]), "This graph is empty"),
        (Graph([Entity(id="alone", name="alone", category="cell")]), "No statements"),
    ],
)
def test_a_graph_without_statements_says_so(show: Show, graph: Graph, heading: str) -> None:
    opened = show(graph)
    assert opened.text("#panel h2") == heading
    assert opened.blameless


# --- Room -----------------------------------------------------------------------------------


def test_the_panel_is_made_wider_by_keys_and_by_the_mouse(show: Show, tiny: Graph) -> None:
    opened = show(tiny)
    page = opened.page
    handle = page.get_by_role("separator", name="Width of the panel")
    handle.focus()
    before = box(opened, "#panel")["width"]
    assert handle.get_attribute("aria-valuenow") == str(round(before))
    page.keyboard.press("ArrowLeft")
    assert box(opened, "#panel")["width"] == before + 24
    assert handle.get_attribute("aria-valuenow") == str(round(before) + 24)
    page.keyboard.press("End")
    assert box(opened, "#panel")["width"] == 864
    page.keyboard.press("Home")
    assert box(opened, "#panel")["width"] == 280
    place = handle.bounding_box()
    page.mouse.move(place["x"] + 4, place["y"] + 100)
    page.mouse.down()
    page.mouse.move(900, 300)
    page.mouse.up()
    page.mouse.move(700, 300)
    assert box(opened, "#panel")["width"] == 540
    assert opened.blameless


@pytest.fixture(scope="module")
def narrow(keep: Show, shipped_page: Path) -> Any:
    return keep(shipped_page, width=320, height=800)


@pytest.mark.parametrize("fragment", ["", "#entity=magnesium", "#scene=paths", "#scene=whatif"])
@pytest.mark.parametrize("width", [320, 390, 820])
def test_on_narrow_screens_nothing_in_the_panel_sticks_out(
    narrow: Any, width: int, fragment: str
) -> None:
    narrow.page.set_viewport_size({"width": width, "height": 800})
    narrow.go(fragment)
    wide = narrow.page.evaluate(
        """() => [...document.querySelectorAll("#panel *")].filter((one) => {
          const { right, width } = one.getBoundingClientRect();
          return width > 1 && right > innerWidth + 1;
        }).map((one) => one.className)"""
    )
    assert wide == []


def test_on_a_phone_a_button_leads_to_the_evidence_and_back(show: Show, shipped_page: Path) -> None:
    opened = show(shipped_page, "#entity=magnesium", width=390, height=844, has_touch=True)
    page = opened.page
    peek = page.locator("#peek")
    assert peek.locator(".words").text_content() == "magnesium"
    peek.tap()
    page.locator("#peek.up").wait_for()
    assert box(opened, "#panel")["y"] == pytest.approx(0, abs=2)
    peek.tap()
    page.locator("#peek:not(.up)").wait_for()
    assert page.evaluate("scrollY") < 400
    assert opened.blameless


# --- About ----------------------------------------------------------------------------------


def test_about_says_what_this_is_and_whose(look: Show, shipped_page: Path, shipped: Graph) -> None:
    opened = look(shipped_page)
    page = opened.page
    page.get_by_role("button", name="About").press("Enter")
    dialog = page.locator("#dialog")
    assert dialog.get_attribute("open") == ""
    assert "A knowledge resource, not medical advice." in opened.text("#dialog")
    assert f"{len(shipped.entities):,} entities, {len(shipped):,} statements" in opened.text(
        "#dialog"
    )
    assert page.evaluate("document.querySelector('#dialog').contains(document.activeElement)")
    used = {row.source for s in shipped.statements.values() for row in s.evidence}
    papers = [key for key in used if shipped.sources[key].kind == "paper"]
    dialog.get_by_text(f"{len(papers)} works that the article cites").click()
    dialog.locator("details[open] li").first.wait_for()
    assert dialog.locator("details[open] li").count() == len(papers)
    dialog.get_by_text("Licences of the parts in this page").click()
    text = dialog.locator("pre")
    text.wait_for()
    assert "oxigraph" in (text.text_content() or "")
    page.keyboard.press("Escape")
    assert dialog.get_attribute("open") is None
    assert page.evaluate("document.activeElement.id") == "about"
    assert opened.blameless


def test_about_a_graph_of_others_says_no_more_than_it_holds(show: Show, tmp_path: Path) -> None:
    edge = Statement(subject="liming", predicate="increases", object="nitrate")
    page = tmp_path / "soil.html"
    view(Graph([edge]), page, title="soil.sif", source="soil.sif")
    opened = show(page)
    assert "Each line is a statement; none of them names a source." in opened.text("#panel")
    opened.page.locator("#about").click()
    text = opened.text("#dialog")
    assert "A graph of what acts on what. None of its statements names a source." in text
    assert "written bytrabecula " in text
    assert "cite assoil.sif [data set]." in text
    for wrong in ("version", "cite the tool", "Where the sources come from", "our own words"):
        assert wrong not in text.partition("How to read a line")[0] + text.partition("Keys")[0]
    opened.page.keyboard.press("Escape")
    opened.page.locator("#take").click()
    assert "The tool" not in opened.text("#dialog")
    assert opened.blameless


def test_about_says_how_many_statements_name_a_source(show: Show) -> None:
    bare = Statement(subject="b", predicate="increases", object="c")
    opened = show(
        Graph(
            [
                Statement(
                    subject="a",
                    predicate="increases",
                    object="b",
                    evidence=(Evidence(source="PMID:1", strength="direct"),),
                ),
                bare,
            ]
        )
    )
    opened.page.locator("#about").click()
    assert "in which 1 of 2 statements name their sources" in opened.text("#dialog")
    assert "its panel shows the sources for and against it." in opened.text("#panel")
    assert opened.blameless


def test_very_much_evidence_is_shown_bit_by_bit_and_what_is_left_out_is_said(show: Show) -> None:
    rows = tuple(
        Evidence(source=f"PMID:{number}", strength="direct", summary=f"Trial {number}.")
        for number in range(10_000_000, 10_003_000)
    )
    graph = Graph([Statement(subject="a", predicate="increases", object="b", evidence=rows)])
    (key,) = graph.statements
    opened = show(graph, f"#statement={key}")
    assert opened.text(".side.for h3") == "For 3,000"
    pieces = opened.page.locator(".side.for .evidence")
    assert pieces.count() == 40
    opened.page.locator(".side.for .more").click()
    assert pieces.count() == 240
    assert "1,000 of 3,000 pieces" in opened.text("#panel .left")
    assert f"statement({key})" in opened.text("#panel .left code")
    opened.page.locator("#take").click()
    assert "1,000 of 3,000 pieces" in opened.text("dialog .left")
    assert opened.blameless
