from __future__ import annotations

import re
from pathlib import Path

import pytest

from trabecula.model import Statement
from trabecula.picture import style
from trabecula.reason.whatif import OUTCOMES
from trabecula.vocabulary import CATEGORIES, PREDICATES, STATUSES

FRONTEND = Path(__file__).parents[2] / "frontend/src"
CSS = (FRONTEND / "css/base.css").read_text(encoding="utf-8")


def luminance(colour: str) -> float:
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(first: str, second: str) -> float:
    low, high = sorted((luminance(first), luminance(second)))
    return (high + 0.05) / (low + 0.05)


def theme(name: str) -> dict[str, str]:
    light, dark, *_ = re.findall(r":root \{(.*?)\}", CSS, re.DOTALL)
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", light if name == "light" else dark))


def test_every_category_has_an_outline_of_its_own() -> None:
    assert set(style.LOOKS) == set(CATEGORIES)
    assert len({look.outline for look in style.LOOKS.values()}) == len(CATEGORIES)


def test_every_category_has_a_fill_of_its_own_in_both_themes() -> None:
    assert len({look.fill for look in style.LOOKS.values()}) == len(CATEGORIES)
    assert len({look.dark_fill for look in style.LOOKS.values()}) == len(CATEGORIES)


def test_the_page_can_draw_every_outline() -> None:
    shapes = (FRONTEND / "shapes.js").read_text(encoding="utf-8")
    outlines = set(re.findall(r"^  (\w+): \(x, y", shapes, re.MULTILINE))
    assert {look.outline for look in (*style.LOOKS.values(), style.OTHER)} == outlines


@pytest.mark.parametrize("category", [*CATEGORIES, "some other"])
def test_labels_can_be_read_on_their_fills(category: str) -> None:
    look = style.look(category)
    assert contrast(theme("light")["ink"], look.fill) >= 7
    assert contrast(theme("dark")["ink"], look.dark_fill) >= 7


@pytest.mark.parametrize("category", [*CATEGORIES, "some other"])
def test_borders_stand_out_from_the_canvas(category: str) -> None:
    look = style.look(category)
    assert contrast(theme("light")["canvas"], look.line) >= 3
    assert contrast(theme("dark")["canvas"], look.dark_line) >= 3


@pytest.mark.parametrize("name", ["light", "dark"])
def test_texts_of_the_page_can_be_read(name: str) -> None:
    colours = theme(name)
    for text in ("ink", "quiet", "focus", "for", "against", "limits"):
        for ground in ("page", "canvas", "side"):
            assert contrast(colours[text], colours[ground]) >= 4.5, (text, ground)
    for kind in ("warn", "bad", "good"):
        assert contrast(colours[f"{kind}-ink"], colours[kind]) >= 4.5, kind


def test_no_two_signs_differ_in_colour_alone() -> None:
    drawn = {(group.head, group.mark) for group in style.GROUPS.values()}
    assert len(drawn) == len(style.GROUPS)


def test_what_raises_is_a_blue_arrow_and_what_lowers_a_vermilion_bar() -> None:
    raises, lowers = style.GROUPS["raises"], style.GROUPS["lowers"]
    assert (raises.line, raises.head) == ("#1b6ca8", "arrow")
    assert (lowers.line, lowers.head) == ("#b5471b", "bar")


def test_every_status_has_a_line_that_differs_without_colour() -> None:
    assert set(style.LINES) == set(STATUSES)
    drawn = {(line.dashes, line.mark, style.width(key, 2)) for key, line in style.LINES.items()}
    assert len(drawn) == len(STATUSES)


@pytest.mark.parametrize("name", PREDICATES)
def test_the_group_of_a_statement_follows_its_sign(name: str) -> None:
    row = PREDICATES[name]
    group = style.group(Statement(subject="a", predicate=name, object="b"))
    signs = {
        "raises": 1, "lowers": -1, "goes-with-more": 1, "goes-with-less": -1, "level": 1, "lack": -1,
        "excess": 1,
    }  # fmt: skip
    assert signs.get(group, 0) == row.sign


@pytest.mark.parametrize("name", PREDICATES)
def test_only_what_acts_has_an_arrowhead(name: str) -> None:
    """A correlation, or a lack, that is drawn as an arrow says that the one acts on the other."""
    group = style.GROUPS[style.group(Statement(subject="a", predicate=name, object="b"))]
    assert bool(group.head) == (PREDICATES[name].influence in ("forward", "reverse"))


@pytest.mark.parametrize("key", style.GROUPS)
def test_lines_stand_out_from_the_canvas_in_both_themes(key: str) -> None:
    group = style.GROUPS[key]
    least = 2.5 if key == "structure" else 3
    assert contrast(theme("light")["canvas"], group.line) >= least
    assert contrast(theme("dark")["canvas"], group.dark_line) >= least


def test_what_is_negated_is_drawn_without_a_sign() -> None:
    statement = Statement(subject="a", predicate="activates", object="b", negated=True)
    assert style.group(statement) == "unsigned"


def test_more_independent_sources_make_a_wider_line_up_to_four() -> None:
    widths = [style.width("supported", number) for number in range(1, 5)]
    assert widths == sorted(set(widths))
    assert style.width("supported", 5) == widths[-1]


def test_every_outcome_has_a_mark_and_words_of_its_own() -> None:
    hints = {"hint-up", "hint-down"}
    changes = {"changed-up", "changed-down", "fixed"}
    assert {*style.MARKS} == {*OUTCOMES} | hints | changes
    assert len({tint.label for tint in style.MARKS.values()}) == len(style.MARKS)


def test_no_two_marks_differ_in_colour_alone() -> None:
    assert len({tint.glyph for tint in style.MARKS.values()}) == len(style.MARKS)
    assert "".join(tint.glyph for tint in style.MARKS.values()) == "▲▼■↑↓↗↘?§"
    assert {style.MARKS[f"hint-{way}"].pattern for way in ("up", "down")} == {"dashed"}
    assert style.MARKS["open"].pattern == "striped"


@pytest.mark.parametrize("key", ["", *style.MARKS])
def test_labels_can_be_read_on_marks_and_marks_stand_out_from_the_canvas(key: str) -> None:
    tint = style.tint(key)
    for name, fill, line in (
        ("light", tint.fill, tint.line), ("dark", tint.dark_fill, tint.dark_line),
    ):  # fmt: skip
        colours = theme(name)
        assert contrast(colours["ink"], fill) >= 7
        assert contrast(colours["canvas"], line) >= 3
        assert contrast(colours["page"], line) >= 3  # the glyph on its disc


def test_what_goes_up_is_blue_and_what_goes_down_vermilion_as_lines_are() -> None:
    for key, group in (("up", "raises"), ("down", "lowers")):
        assert style.MARKS[key].line == style.GROUPS[group].line
        assert style.MARKS[key].dark_line == style.GROUPS[group].dark_line


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("ATP", ("ATP",)),
        ("", ("(no name)",)),
        ("bone resorption", ("bone resorption",)),
        ("25-hydroxyvitamin D test", ("25-hydroxyvitamin", "D test")),
        # A line holds fifteen letters, a label three lines and fifty letters.
        ("abcdefg hijklmn", ("abcdefg hijklmn",)),
        ("abcdefgh hijklmn", ("abcdefgh", "hijklmn")),
        (
            "aaaaaaaaaaaa bbbbbbbbbbb cccccccccc dddddddddd",
            ("aaaaaaaaaaaa", "bbbbbbbbbbb", "cccccccccc dddddddddd"),
        ),
        ("a" * 50, ("a" * 50,)),
        ("a" * 51, ("a" * 49 + "…",)),
    ],
)
def test_labels_are_broken_between_words(name: str, lines: tuple[str, ...]) -> None:
    assert style.label_lines(name) == lines


def test_a_box_is_wider_for_a_longer_label_and_for_a_hub() -> None:
    short, long = (style.box((text,), "box", 0) for text in ("ATP", "osteoblast"))
    hub = style.box(("ATP",), "box", 2)
    assert short[0] < long[0]
    assert short[1] == long[1]
    assert short < hub
