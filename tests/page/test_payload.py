"""No text of a graph leaves its place in the page, and no address runs as script."""

from __future__ import annotations

import json

import pytest

from trabecula.page import payload


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        " https://example.org",
        "https://exa mple.org",
        'https://example.org/"onload=',
        "https://example.org/\u2028",
        "https:example.org",
        "//example.org",
        "data:text/html,x",
        "ftp://example.org",
        "https://[broken",
        "",
    ],
)
def test_what_is_no_plain_web_address_is_not_linked(address: str) -> None:
    assert payload.web_address(address) == ""


@pytest.mark.parametrize("address", ["https://example.org/a?b=c&d=e", "http://example.org"])
def test_web_addresses_are_linked(address: str) -> None:
    assert payload.web_address(address) == address


@pytest.mark.parametrize("text", ["</script>", "<!--", "\u2028\u2029", "\ud800", "ω 油"])
def test_json_comes_back_as_it_was_whatever_the_text(text: str) -> None:
    assert json.loads(payload.packed_json({text: [text]}).decode("utf-8")) == {text: [text]}
