"""What a graph says of itself as a schema.org `Dataset`, for search engines that find its page.

In JSON-LD that needs no context from the network. Nothing is said that the graph does not say.
"""

from __future__ import annotations

import re
from typing import Any, Final

from trabecula.authors import authors
from trabecula.model import About
from trabecula.page.payload import web_address

_DATE: Final = re.compile(r"\d{4}(-\d\d(-\d\d)?)?", re.ASCII)


def described(about: About) -> dict[str, Any]:
    """The data set, or nothing of a graph that does not say what it is called.

    >>> described(About(title="KRAS", authors=("Doe J",), licence="ask us"))["license"]
    'ask us'
    >>> described(About(authors=("Doe J",)))
    {}
    """
    if not about.title:
        return {}
    told = {
        "name": about.title,
        "description": about.description,
        "creator": [_creator(author) for author in about.authors],
        "license": _linked(about.licence),
        "version": about.version,
        "datePublished": about.date if _DATE.fullmatch(about.date) else "",
        "url": _linked(web_address(about.home)),
        "keywords": [str(topic) for topic in about.topics],
    }
    head = {"@context": {"@vocab": "https://schema.org/"}, "@type": "Dataset"}
    return {**head, **{key: value for key, value in told.items() if value}}


def _creator(written: str) -> dict[str, str]:
    people = authors((written,))
    person = len(people) == 1 and not people[0].body
    return {"@type": "Person" if person else "Organization", "name": written}


def _linked(text: str) -> str | dict[str, str]:
    """A web address as the node that it is; any other text as it is."""
    return {"@id": text} if web_address(text) else text
