"""Blocks of a report as text and as Markdown."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from trabecula.words.outline import Code, Line, Table, markdown, plain, text
from trabecula.words.terminal import bare, styled, wrapped

PRINTABLE = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=60)
MARKS = st.text("-+*_#>|`~[]()!&<$=\\:. 1ab\n", max_size=30)


def texts(source: str) -> list[str]:
    """The texts of a page of Markdown, in order."""
    tokens = MarkdownIt("commonmark").enable("table").parse(source)
    return [
        "".join(part.content for part in token.children or ())
        for token in tokens
        if token.type == "inline"
    ]


@given(PRINTABLE | MARKS)
def test_a_heading_an_item_and_a_cell_say_what_was_given(words: str) -> None:
    once = " ".join(words.split())
    page = markdown([Line(0, words), Line(1, words), Line(2, words), Table(("h",), [(words,)])])
    shown = [" ".join(part.split()) for part in texts(page)]
    assert [part for part in shown if part] == [
        part for part in (once, once, once, "h", once) if part
    ]


@given(MARKS)
def test_code_says_what_was_given(words: str) -> None:
    (token,) = MarkdownIt("commonmark").parse(markdown([Code("text", words)]))
    assert (token.type, token.content.rstrip("\n")) == ("fence", words.rstrip("\n"))


def test_no_two_texts_make_markup_together() -> None:
    assert plain("a$b$") == r"a\$b\$"
    assert plain("1. a") == r"1\. a"
    assert plain("=== a") == r"\=== a"


def test_styles_do_not_count_as_columns_and_are_kept() -> None:
    words = f"one {styled('two three', 'bold')} four"
    lines = wrapped(words, 9)
    assert [bare(line) for line in lines] == ["one two", "  three", "  four"]
    assert "".join(lines).count("\x1b[") == 2
    assert bare(text([Line(1, words)], 40)) == "  one two three four"


@given(MARKS, st.integers(8, 40))
def test_wrapping_loses_no_letter(words: str, columns: int) -> None:
    marked = f"{styled('a', 'dim')}{words} {styled(words, 'red')}"
    lines = wrapped(marked, columns, "  ")
    assert "".join(bare(line) for line in lines).split() == bare("".join(lines)).split()
    assert "".join("".join(lines).split()) == "".join(marked.split())
