"""A story is gone through by keyboard, left and come back to, printed as one column, and embedded."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from trabecula.graph import Graph
from trabecula.page import view as pages

STORY = """\
# Magnesium <b>and</b> PTH

Before the first.

## The lack

scene: `scene=near&of=parathyroid-gland`

It is *seen* here. <img src=x onerror="document.title='run'">

## The path

scene: `scene=paths&from=magnesium&to=PTH&steps=2`

Go [to the table](#view=table&scene=near&of=parathyroid-gland) or [out](https://example.org/).

## The end

Nothing more.
"""


@pytest.fixture(scope="module")
def page(part: Graph, once: Callable[..., Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The page of a part of the shipped graph with that story, made once for all workers."""
    told = tmp_path_factory.mktemp("story") / "s.md"
    told.write_text(STORY, "utf-8")
    return once("story.html", lambda path: pages.view(part, path, story=told))


def heading(opened: Any) -> str:
    return str(opened.text("#story-scene"))


def test_one_goes_through_a_story_by_keyboard(show: Callable[..., Any], page: Path) -> None:
    opened = show(page)
    assert heading(opened) == "The lack"
    assert "Before the first." in opened.text("#story")
    assert opened.page.title() == "Magnesium <b>and</b> PTH"
    assert "<img src=x" in opened.text("#story")
    opened.page.keyboard.press("b")  # there is none before the first
    assert heading(opened) == "The lack"
    opened.page.keyboard.press("n")
    opened.page.wait_for_function(
        "document.getElementById('story-scene').textContent === 'The path'"
    )
    opened.settle()
    assert opened.text("#scene .what") == "Paths from magnesium to parathyroid hormone"
    assert "Before the first." not in opened.text("#story")
    opened.page.keyboard.press("n")
    opened.page.wait_for_function(
        "document.getElementById('story-scene').textContent === 'The end'"
    )
    assert opened.page.locator("#story-next").is_disabled()
    opened.page.keyboard.press("n")
    opened.page.keyboard.press("b")
    opened.page.wait_for_function(
        "document.getElementById('story-scene').textContent === 'The path'"
    )
    opened.page.go_back()
    opened.page.wait_for_function(
        "document.getElementById('story-scene').textContent === 'The end'"
    )
    assert opened.blameless


def test_the_buttons_keep_the_focus(look: Callable[..., Any], page: Path) -> None:
    opened = look(page)
    opened.page.locator("#story-next").focus()
    opened.page.keyboard.press("Enter")
    opened.focused("#story-next")
    opened.page.keyboard.press("Enter")
    opened.focused("#story-scene")  # no next one
    assert heading(opened) == "The end"
    opened.page.locator(".stop >> nth=0").click()
    assert heading(opened) == "The lack"
    assert opened.page.locator(".stop[aria-current=step]").text_content() == "1"


def test_one_leaves_a_scene_and_comes_back(look: Callable[..., Any], page: Path) -> None:
    opened = look(page, "#story=2")
    assert opened.page.locator(".away").count() == 0
    opened.page.locator("#story .link >> text='to the table'").click()
    opened.page.wait_for_selector("#table tbody tr")
    assert heading(opened) == "The path"
    opened.page.locator("#story-again").click()
    opened.page.wait_for_selector("#mechanism .box")
    assert opened.page.locator(".away").count() == 0
    link = opened.page.locator("#story a")
    assert link.get_attribute("href") == "https://example.org/"
    assert link.get_attribute("rel") == "noopener noreferrer"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_story_prints_as_one_column_on_white(
    show: Callable[..., Any], page: Path, scheme: str
) -> None:
    opened = show(page, color_scheme=scheme)
    opened.page.wait_for_selector("html[data-paper]", timeout=60_000)
    opened.page.evaluate("dispatchEvent(new Event('beforeprint'))")
    opened.page.emulate_media(media="print")
    articles = opened.page.locator("#paper article")
    assert articles.locator("h2").all_text_contents() == ["The lack", "The path", "The end"]
    boxes = [article.bounding_box() for article in articles.all()]
    tops = [box["y"] for box in boxes if box]
    assert tops == sorted(tops)
    assert len({round(box["x"]) for box in boxes if box}) == 1
    for article in articles.all():
        assert article.locator(".figure .box").count() > 1
        figure = article.locator(".figure").bounding_box()
        assert figure
        assert figure["width"] > 300
        assert figure["height"] > 100
        inside = article.locator(".figure .box .outline").first.bounding_box()
        assert inside
        assert figure["x"] <= inside["x"] < figure["x"] + figure["width"]
    fills = opened.page.eval_on_selector_all(
        "#paper .box .outline", "all => [...new Set(all.map((one) => getComputedStyle(one).fill))]"
    )
    light = [sum(map(int, re.findall(r"\d+", fill)[:3])) > 500 for fill in fills]
    assert all(light)
    assert not opened.page.locator("main").is_visible()
    assert opened.page.locator("#paper button").first.is_visible()  # a link is still its words
    assert opened.blameless


def test_an_embedded_page_is_drawing_caption_citation_and_link(
    show: Callable[..., Any], page: Path
) -> None:
    opened = show(page, "#scene=near&of=parathyroid-gland&embed=1", width=600, height=400)
    for gone in ("header", "footer", "#legend", "#panel", "#scene", "#story", "#peek"):
        assert not opened.page.locator(gone).first.is_visible(), gone
    stage = opened.page.locator("#stage").bounding_box()
    bounds = opened.page.locator("#caption").bounding_box()
    assert stage
    assert bounds
    assert (stage["x"], stage["width"]) == (0, 600)
    assert stage["height"] > 250
    assert bounds["y"] + bounds["height"] <= 400
    assert opened.page.evaluate("document.documentElement.scrollHeight") == 400
    text = opened.text("#caption")
    assert text.startswith("Around parathyroid gland, 1 step")
    assert "The trabecula authors" in text
    assert "Not medical advice" in text
    for box in opened.page.locator("#mechanism .box .outline").all():
        bounds = box.bounding_box()
        assert bounds
        assert bounds["x"] >= 0
        assert bounds["x"] + bounds["width"] <= 600
    opened.page.locator("#mechanism .box[aria-label^='parathyroid gland, '] .outline").click()
    opened.page.wait_for_selector("#caption .chosen >> text=/^parathyroid gland: /")
    link = opened.page.locator("#whole")
    assert link.get_attribute("target") == "_blank"
    assert link.get_attribute("href") == "#scene=near&of=parathyroid-gland&entity=parathyroid-gland"
    assert "embed=1" in opened.page.evaluate("location.hash")
    assert opened.blameless


def test_a_scene_of_a_story_is_embedded_by_its_number(show: Callable[..., Any], page: Path) -> None:
    opened = show(page, "#story=2&embed=1", width=600, height=400)
    assert opened.text("#caption .what").startswith("The path ")
    with opened.page.context.expect_page() as opening:
        opened.page.locator("#whole").click()
    whole = opening.value
    whole.wait_for_selector("#story-scene >> text='The path'")
    assert whole.locator("#panel").is_visible()


def test_what_embeds_a_view_can_be_copied(look: Callable[..., Any], page: Path) -> None:
    opened = look(page, "#scene=near&of=parathyroid-gland")
    opened.page.locator("#take").click()
    text = opened.page.locator("#take-embed").input_value()
    assert text.startswith(f'<iframe src="{page.as_uri()}#scene=near&#38;of=parathyroid-gland')
    assert "embed=1" in text


def test_a_page_without_a_story_has_none(show: Callable[..., Any], part_page: Path) -> None:
    opened = show(part_page, "#story=2")
    assert not opened.page.locator("#story").is_visible()
    opened.page.keyboard.press("n")
    assert opened.page.evaluate("location.hash") in ("#story=2", "")
    assert opened.blameless
