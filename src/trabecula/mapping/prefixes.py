"""Prefixes that a user says: a file with a prefix and its IRI in a line, or an object of JSON."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from trabecula import files
from trabecula.about import PREFIX
from trabecula.errors import FormatError, Problem
from trabecula.leftover import Leftovers
from trabecula.mapping import strict_json


def of_file(path: Path) -> dict[str, str]:
    """Prefix -> IRI, as a file says them.

    Lines of Turtle (`@prefix GO: <…> .`), lines with a prefix and an IRI between blanks or tabs,
    an object of JSON, and a JSON-LD context are read. Raises `FormatError` for anything else.
    """
    text = files.decoded(files.read_bytes(path), str(path), Leftovers())
    if text.lstrip().startswith("{"):
        return of_context(strict_json.parsed(text, str(path)))
    spaces, problems = {}, []
    for number, line in enumerate(text.splitlines(), start=1):
        words = re.sub(r"(?i)\A@?prefix\s", "", line.strip()).rstrip(".").replace("<", " ")
        parts = words.replace(">", " ").split()
        if not parts or line.lstrip().startswith("#"):
            continue
        prefix = parts[0].rstrip(":")
        if len(parts) == 2 and PREFIX.fullmatch(prefix) and _is_address(parts[1]):
            spaces[prefix] = parts[1]
        else:
            fix = "write a prefix and what its IRIs begin with, such as: GO http://…/GO_"
            problems.append(Problem("prefixes", f"{path}:{number}", f"{line!r:.60}", fix))
    if problems:
        raise FormatError(problems)
    return spaces


def of_context(document: Any) -> dict[str, str]:
    """Prefix -> IRI of a JSON-LD context, or of an object with one.

    Contexts that lie elsewhere are not fetched.
    """
    context = document.get("@context", document) if isinstance(document, dict) else document
    spaces: dict[str, str] = {}
    for part in context if isinstance(context, list) else [context]:
        for name, value in part.items() if isinstance(part, dict) else ():
            space = value.get("@id", "") if isinstance(value, dict) else value
            if isinstance(space, str) and PREFIX.fullmatch(name) and _is_space(space):
                spaces[name] = space
    return spaces


def spaces_in(text: Any) -> dict[str, str]:
    """Prefix -> IRI of a context that stands as text in an attribute."""
    try:
        value = json.loads(text) if isinstance(text, str) else None
    except (ValueError, RecursionError):
        return {}
    return {k: v for k, v in value.items() if isinstance(v, str)} if isinstance(value, dict) else {}


def unfolded(text: Any, spaces: Mapping[str, str]) -> Any:
    """An identifier with a declared prefix that no CURIE can have, such as one with a blank, whole.

    >>> unfolded("uniprot knowledgebase:P1", {"uniprot knowledgebase": "http://x/uniprot/"})
    'http://x/uniprot/P1'
    """
    if isinstance(text, list):
        return [unfolded(each, spaces) for each in text]
    if isinstance(text, str):
        prefix, colon, local = text.partition(":")
        if colon and prefix in spaces and not PREFIX.fullmatch(prefix):
            return f"{spaces[prefix]}{local}"
    return text


def _is_space(text: str) -> bool:
    """Whether IRIs begin with this, as against being this one."""
    return _is_address(text) and text.endswith(("/", "#", "_", ":", "="))


def _is_address(text: str) -> bool:
    return text.startswith(("http://", "https://"))
