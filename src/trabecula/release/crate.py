"""A release described as an RO-Crate 1.2 (https://w3id.org/ro/crate/1.2)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from trabecula.model import About
from trabecula.release.media import media_type

_PROFILE: Final = "https://w3id.org/ro/crate/1.2"


def describe(about: About, files: Mapping[str, bytes]) -> str:
    """The metadata document of a folder that holds these files, as JSON-LD.

    What the graph does not say of itself is left out, but for what every crate must say: that it
    has no title, and that no licence is stated.
    """
    authors = [
        {"@id": f"#author-{number}", "@type": "Organization", "name": name}
        for number, name in enumerate(about.authors, start=1)
    ]
    licence = about.licence or "#no-licence"
    root: dict[str, Any] = {
        "@id": "./",
        "@type": "Dataset",
        "name": about.title or "A graph without a title",
        "description": about.description or "A graph of statements with their evidence.",
        "datePublished": about.date or "0000",
        "license": {"@id": licence},
        "hasPart": [{"@id": name} for name in sorted(files)],
    }
    if about.version:
        root["version"] = about.version
    if authors:
        root["author"] = [{"@id": author["@id"]} for author in authors]
    if about.home:
        root["url"] = about.home
    document = {
        "@context": f"{_PROFILE}/context",
        "@graph": [
            {
                "@id": "ro-crate-metadata.json",
                "@type": "CreativeWork",
                "about": {"@id": "./"},
                "conformsTo": {"@id": _PROFILE},
            },
            root,
            *authors,
            {"@id": licence, "@type": "CreativeWork", "name": _licence_name(about.licence)},
            *(_file(name, data) for name, data in sorted(files.items())),
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"


def _licence_name(licence: str) -> str:
    return licence or "No licence is stated; ask those who made the graph."


def _file(name: str, data: bytes) -> dict[str, Any]:
    return {
        "@id": name,
        "@type": "File",
        "name": name,
        "encodingFormat": media_type(name),
        "contentSize": str(len(data)),
    }
