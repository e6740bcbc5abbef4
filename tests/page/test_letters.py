"""Bytes are letters that no HTML and no JSON has to escape, and bytes again."""

from __future__ import annotations

import html
import json

from hypothesis import given
from hypothesis import strategies as st

from trabecula.page import letters


@given(st.binary(max_size=200))
def test_what_is_written_reads_back(data: bytes) -> None:
    assert letters.read(letters.written(data)) == data


def test_every_length_reads_back_whatever_its_last_bits() -> None:
    for count in range(40):
        for last in (0, 1, 127, 128, 255):
            data = bytes([255, last] * count)[:count]
            assert letters.read(letters.written(data)) == data


def test_letters_are_those_that_need_no_escape_in_html_or_json() -> None:
    assert len(letters.ALPHABET) == 91
    text = letters.written(bytes(range(256)) * 60)
    assert set(text) == set(letters.ALPHABET)
    assert html.escape(text, quote=False) == text.replace(">", "&gt;")
    assert json.dumps(text) == f'"{text}"'


def test_they_are_less_than_a_quarter_more() -> None:
    assert len(letters.written(bytes(13_000))) == 16_000
