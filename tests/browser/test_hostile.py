"""Graphs come from anywhere: whatever their texts say, they are shown as text and never run."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from trabecula.graph import Graph
from trabecula.model import Entity, Evidence, Source, Statement, Xref

Show = Callable[..., Any]

PAYLOADS = {
    "end of script": "</script><script>window.PWNED=1</script>",
    "image": "<img src=x onerror=window.PWNED=1>",
    "attribute": '"><svg onload=window.PWNED=1>',
    "single quote": "' onmouseover='window.PWNED=1",
    "address": "javascript:window.PWNED=1",
    "data address": "data:text/html,<script>window.PWNED=1</script>",
    "template": "{{7*7}}{% raw %}${7*7}",
    "comment": "<!--<script>window.PWNED=1//-->",
    "style": "</style><style>*{background:url(https://example.org/)}",
    "line separator": "a\u2028window.PWNED=1\u2029b",
    "link": '<a href="https://example.org" onclick="window.PWNED=1">href</a>',
}


def hostile(text: str) -> Graph:
    """A graph with the text in every field there is."""
    evidence = {
        "stance": "supports",
        "strength": text,
        "method": text,
        "species": text,
        "system": text,
        "context": ((text, text),),
        "summary": text,
        "locator": text,
    }
    return Graph(
        [
            *(
                Entity(
                    id=f"{text}{number}",
                    name=text,
                    category=text,
                    xrefs=(Xref(text, text, text), Xref("exact", f"CHEBI:{text}", text)),
                    synonyms=(text, f"again {text}"),
                    description=text,
                    taxon=text,
                )
                for number in range(2)
            ),
            Source(
                id=text,
                title=text,
                kind=text,
                study_type=text,
                year=text,
                authors=(text, text),
                journal=text,
                organism=text,
                xrefs=(text, f"PMID:{text}"),
                url=text,
                reference=text,
                note=text,
            ),
            Statement(
                subject=f"{text}0",
                predicate=text,
                object=f"{text}1",
                qualifiers=((text, text),),
                topic=text,
                evidence=(
                    Evidence(source=text, **evidence),  # type: ignore[arg-type]
                    Evidence(source=f"unknown {text}", **{**evidence, "stance": "disputes"}),  # type: ignore[arg-type]
                    Evidence(source=text, **{**evidence, "strength": "asserted"}),  # type: ignore[arg-type]
                ),
            ),
        ]
    )


@pytest.mark.parametrize("name", PAYLOADS)
def test_nothing_in_a_graph_runs_or_becomes_markup(show: Show, name: str) -> None:
    text = PAYLOADS[name]
    opened = show(hostile(text), title=text)
    page = opened.page

    def harmless() -> None:
        assert page.evaluate("window.PWNED") is None
        assert (
            page.evaluate(
                "[...document.querySelectorAll('img, iframe, object, embed, base, form')].length"
            )
            == 0
        )
        assert page.evaluate("document.querySelectorAll('script').length") == 6
        assert page.evaluate("document.querySelectorAll('style').length") == 1
        assert (
            page.evaluate(
                "[...document.links].filter((a) => !/^https:|^file:.*#panel$/.test(a.href)).length"
            )
            == 0
        )
        assert (
            page.evaluate(
                """[...document.querySelectorAll("*")].flatMap((e) => [...e.attributes])
              .filter((a) => a.name.startsWith("on")).length"""
            )
            == 0
        )

    harmless()
    assert opened.text("h1") == text
    assert page.title() == text

    box = page.locator("#graph").bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2 - 18)
    page.wait_for_selector("#tip:not([hidden])")
    assert opened.text("#tip").count(text) >= 2
    harmless()

    page.fill("#search", text[:12])
    assert page.locator("#found .name").count() == 2
    harmless()
    page.keyboard.press("Enter")
    assert opened.text("#panel h2") == text
    assert text in opened.text(".synonyms")
    assert text in opened.text(".identifiers")
    assert page.locator("#panel > p").all_text_contents().count(text) == 1
    harmless()

    page.locator("#panel .line").click()
    assert page.locator("#panel h2 .name").all_text_contents() == [text] * 2
    assert page.locator(".evidence .summary").all_text_contents() == [text] * 3
    assert text in opened.text(".qualifiers")
    assert text in opened.text(".tally")
    assert text in page.locator("cite").all_text_contents()
    harmless()

    for row in page.locator("#filters input").all():
        row.uncheck()
    harmless()
    assert opened.errors == []
    assert opened.requests == []
