"""What comes out of a printer: the drawing and the evidence, and nothing that one would click."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from trabecula.graph import Graph
from trabecula.model import Statement
from trabecula.page import html
from trabecula.picture import style

Show = Callable[..., Any]

SCREEN_ONLY = (
    "#bar",
    "#views",
    ".search",
    "#tools",
    "#legend",
    "#drawer",
    ".skip",
    "#peek",
    ".actions",
)


@pytest.fixture(scope="module")
def printed(keep: Show, shipped_page: Path, shipped: Graph) -> Any:
    contested = next(k for k, s in shipped.statements.items() if shipped.status(s) == "contested")
    opened = keep(shipped_page, f"#statement={contested}")
    opened.page.emulate_media(media="print")
    opened.settle()
    return opened


def test_what_one_would_click_is_not_printed(printed: Any) -> None:
    page = printed.page
    seen = [name for name in SCREEN_ONLY if page.locator(name).first.is_visible()]
    assert seen == []


def test_paper_that_shows_the_whole_says_nothing_of_a_part(show: Show, part_page: Path) -> None:
    page = show(part_page, "#scene=whatif&down=calcitriol", width=1280, height=800).page
    page.wait_for_selector("html[data-still]")
    # As while a page is printed before its drawing is laid out for it.
    page.evaluate("document.querySelector('#mechanism .waiting').hidden = false")
    names = ("#mechanism .whole", "#mechanism .waiting")
    assert [page.locator(name).is_visible() for name in names] == [True, True]
    page.emulate_media(media="print")
    assert [page.locator(name).is_visible() for name in names] == [False, False]


def test_the_drawing_and_all_the_evidence_are_printed(printed: Any, shipped: Graph) -> None:
    page = printed.page
    assert page.locator("#mechanism .figure").is_visible()
    assert page.locator("#mechanism .figure").bounding_box()["height"] > 400
    for text in (".evidence", ".side", "#panel h2", "footer", "#scene .what"):
        assert page.locator(text).first.is_visible()
    # Nothing is cut off by a panel that would scroll.
    assert (
        page.evaluate(
            """() => ["#panel", "#panel .card", "main", "body"].map((one) => document.querySelector(one))
          .filter((one) => one && one.scrollHeight > one.clientHeight + 1 && getComputedStyle(one).overflowY !== "visible").length"""
        )
        == 0
    )
    # Whoever holds the paper cannot click: addresses are written out.
    after = page.evaluate(
        "getComputedStyle(document.querySelector('#panel .evidence a'), '::after').content"
    )
    assert "https://" in after


def test_what_is_dark_on_the_screen_is_light_on_paper(
    show: Show, shipped_page: Path, shipped: Graph
) -> None:
    page = show(shipped_page, color_scheme="dark").page
    box = "#mechanism .box .outline"
    fill = f'document.querySelector("{box}").getAttribute("fill")'
    dark = page.evaluate(fill)
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    assert page.evaluate(
        "(({ color, backgroundColor }) => [color, backgroundColor])(getComputedStyle(document.body))"
    ) == ["rgb(27, 34, 41)", "rgb(255, 255, 255)"]
    looks = {look.fill: look.dark_fill for look in style.LOOKS.values()}
    assert looks[page.evaluate(fill)] == dark
    page.emulate_media(media="screen")
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    page.wait_for_selector(f"{box}[fill='{dark}']")


def pages(data: bytes) -> list[bytes]:
    """What is painted on each page of a PDF, in their order."""
    objects = {
        int(number): body
        for number, body in re.findall(rb"(?:^|\n)(\d+) 0 obj\s*(.*?)\s*endobj", data, re.DOTALL)
    }
    tree = next(body for body in objects.values() if b"/Kids" in body and b"/Parent" not in body)
    return [painted(objects, number) for number in leaves(objects, tree)]


def leaves(objects: dict[int, bytes], tree: bytes) -> list[int]:
    """The numbers of the pages under a node of the tree of pages."""
    kids = re.search(rb"/Kids\s*\[(.*?)\]", tree, re.DOTALL)
    assert kids is not None
    pages_below = []
    for kid in map(int, re.findall(rb"(\d+) 0 R", kids[1])):
        pages_below += leaves(objects, objects[kid]) if b"/Kids" in objects[kid] else [kid]
    return pages_below


def painted(objects: dict[int, bytes], page: int) -> bytes:
    content = re.search(rb"/Contents\s+(\d+) 0 R", objects[page])
    assert content is not None
    stream = objects[int(content[1])].partition(b"stream")[2].lstrip(b"\r\n")
    return zlib.decompressobj().decompress(stream)


def test_the_pdf_has_the_drawing_as_lines_on_few_pages(printed: Any) -> None:
    drawn = pages(printed.page.pdf(format="A4", print_background=True))
    assert 2 <= len(drawn) <= 4
    # Curves, each a line of the drawing or a part of one, and not a picture of the screen.
    assert len(re.findall(rb"[\d.]+ c\n", b"".join(drawn))) > 100


@pytest.mark.parametrize(
    ("scene", "kind"), [("all", "canvas"), ("near&of=osteoid", "svg")], ids=["map", "small"]
)
@pytest.mark.parametrize("landscape", [False, True])
def test_a_printed_map_keeps_its_proportions(
    look: Show, shipped_page: Path, scene: str, kind: str, landscape: bool
) -> None:
    opened = look(shipped_page, f"#view=overview&scene={scene}")
    page = opened.page
    page.set_viewport_size({"width": 1500 if landscape else 900, "height": 700})
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    measured = page.locator(f"#overview .paper {kind}").first.evaluate(
        """(one) => {
          const { width, height } = one.getBoundingClientRect();
          const own = one.viewBox?.baseVal ?? one;
          return { printed: width / height, own: own.width / own.height, width, height };
        }"""
    )
    assert measured["printed"] == pytest.approx(measured["own"], rel=0.01)
    assert min(measured["width"], measured["height"]) > 300
    page.emulate_media(media="screen")
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator("#overview .paper > *").count() == 0
    page.set_viewport_size({"width": 1440, "height": 900})
    assert opened.blameless


#: What the table holds while it is printed, and after: in one go, for nobody has to lay it out.
PRINTED = """() => ["beforeprint", "afterprint"].map((name) => {
  dispatchEvent(new Event(name));
  return {
    rows: document.querySelectorAll("#table tbody tr").length,
    caption: document.querySelector("#table caption").textContent,
  };
})"""


def test_every_row_of_the_table_is_printed_from_the_first_page_on(
    show: Show, shipped: Graph
) -> None:
    part = shipped.select("near(magnesium, 1) | near(calcitriol, 1)")
    opened = show(part, "#view=table&scene=all")
    page = opened.page
    drawn = pages(page.pdf(format="A4"))
    rows = [len(re.findall(rb"\b(?:Tj|TJ)\b", content)) for content in drawn]
    assert len(drawn) > 10
    assert min(rows[:-1]) > 100  # no page is empty, nor nearly so
    on_paper, on_the_screen = page.evaluate(PRINTED)
    assert on_paper["rows"] == len(part) > 400
    assert on_paper["caption"] == f"Everything: {len(part):,} statements, one a row"
    assert on_the_screen["rows"] == 200
    assert opened.blameless


def test_rows_that_are_too_many_to_print_are_counted_at_the_head(
    show: Show, tmp_path: Path
) -> None:
    star = Graph(
        Statement(subject="a", predicate="part_of", object=f"b{number}") for number in range(5100)
    )
    path = tmp_path / "star.html"
    path.write_text(html.render(star, sparql=False), encoding="utf-8")
    opened = show(path, "#view=table&scene=all")
    on_paper, on_the_screen = opened.page.evaluate(PRINTED)
    assert on_paper["rows"] == 5000
    assert "The first 5,000 are printed, 100 are left out" in on_paper["caption"]
    assert on_the_screen["rows"] == 200
    assert opened.blameless
