"""Which characters a text may hold, and how a terminal shows the others."""

from __future__ import annotations

import hashlib
import sys

import pytest

from trabecula import characters


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("plain text", ""),
        ("می\u200cخورد, क\u094d\u200dष, 👩\u200d🔬", ""),  # joiners belong to these
        ("\U0001fae8", ""),  # of Unicode 15, which Python 3.11 does not know
        ("α 1.5 µg − “quoted” 中文 é", ""),
        ("a\tb", "U+0009"),
        ("a\x7fb", "U+007F"),
        ("a\u200bb", "U+200B ZERO WIDTH SPACE"),
        ("a\u202eb", "U+202E RIGHT-TO-LEFT OVERRIDE"),
        ("a\u2066b", "U+2066 LEFT-TO-RIGHT ISOLATE"),
        ("a\ufeffb", "U+FEFF ZERO WIDTH NO-BREAK SPACE"),
        ("a\u00a0b", "U+00A0 NO-BREAK SPACE"),
        ("a\u2028b", "U+2028 LINE SEPARATOR"),
        ("a\ue000b", "U+E000"),
        ("a\ud800b", "U+D800"),
        ("a\u3000b", "U+3000 IDEOGRAPHIC SPACE"),
        ("a\U000e0041b", "U+E0041"),
        ("a\uffffb", "U+FFFF"),
        ("osteo\u200dblast", "U+200D ZERO WIDTH JOINER"),
    ],
)
def test_a_character_that_may_not_stand_in_a_cell_is_named(text: str, name: str) -> None:
    assert characters.forbidden(text) == name


def test_the_verdict_on_every_character_is_the_same_for_every_python() -> None:
    verdicts = "".join("01"[not characters.forbidden(chr(c))] for c in range(sys.maxunicode + 1))
    assert verdicts.count("0") == 139_836
    assert hashlib.sha256(verdicts.encode()).hexdigest()[:16] == "dc742eb4bb103835"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("5\u00a0mg", "5 mg"),
        ("5\u2009mg", "5 mg"),
        ("osteo\u00adblast", "osteoblast"),
        ("\ufeffbone", "bone"),
        ("a\u200b\u200eb\u2060", "ab"),
        ("one\ntwo\r\nthree\tfour\u2028five", "one two three four five"),
        ("osteo\u200dblast", "osteoblast"),
        ("می\u200cخورد", "می\u200cخورد"),
        ("a \x96 b\x92s", "a – b’s"),
        ("a\u202eb\x1b", "a\u202eb\x1b"),  # not without doubt
        ("\U0001fae8", "\U0001fae8"),
    ],
)
def test_blanks_become_plain_and_what_is_not_seen_goes(written: str, read: str) -> None:
    assert characters.tidied(written) == read
    assert bool(list(characters.untidy(written))) == (written != read)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("PTH → bone", "PTH → bone"),
        ("\x1b[2J\x1b]0;owned\x07", "\\x1b[2J\\x1b]0;owned\\x07"),
        ("\x9b31m\x7f", "\\x9b31m\\x7f"),
        ("a\nerror: b\r", "a\\nerror: b\\r"),
        ("\u202ehtP\u2069\u200f", "\\u202ehtP\\u2069\\u200f"),
        ("\udcff\ud800", "\\xff\\ud800"),
        ("5\u00a0mg \ue000", "5\u00a0mg \ue000"),
        ("\U000e0041", "\\U000e0041"),
    ],
)
def test_a_text_cannot_command_a_terminal_nor_take_a_second_line(text: str, shown: str) -> None:
    assert characters.visible(text) == shown
    assert characters.visible(text).encode("utf-8")


def test_styles_pass_to_a_terminal_and_no_other_command_does() -> None:
    printed = "\x1b[1mPTH\x1b[0m\tα\n\x1b]0;owned\x07\x1b[2J\x9b31m\u202e\r"
    assert characters.harmless(printed) == (
        "\x1b[1mPTH\x1b[0m\tα\n\\x1b]0;owned\\x07\\x1b[2J\\x9b31m\\u202e\\r"
    )


def test_a_text_of_a_megabyte_is_cut() -> None:
    assert characters.visible("x" * 1_000_000, 10) == "xxxxxxxxx…"


def test_what_is_sorted_by_is_the_same_in_every_python() -> None:
    """U+1C89 is a capital from Python 3.14 on, U+A7DA too, and `ß` is two letters in all."""
    assert characters.folded("\u1c89\ua7da Maß ΑΣ") == "\u1c89\ua7da mass ασ"
