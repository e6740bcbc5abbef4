"""What comes out of a printer: the drawing and the evidence, and nothing that one would click."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from trabecula.graph import Graph
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
    box = "#mechanism .box[aria-label^='magnesium, '] .outline"
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


def test_the_pdf_has_the_drawing_as_lines_on_few_pages(printed: Any) -> None:
    data: bytes = printed.page.pdf(format="A4", print_background=True)
    assert 2 <= len(re.findall(rb"/Type\s*/Page\b", data)) <= 4
    drawn = b"".join(
        zlib.decompressobj().decompress(stream)
        for stream in re.findall(
            rb"/FlateDecode[^>]*>>\s*stream\r?\n(.*?)endstream", data, re.DOTALL
        )
        if stream[:1] == b"\x78"
    )
    # Curves, each a line of the drawing or a part of one, and not a picture of the screen.
    assert len(re.findall(rb"[\d.]+ c\n", drawn)) > 100
