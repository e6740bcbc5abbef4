"""The questions of `/api/…`, described in OpenAPI: `openapi.json`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from trabecula import shipped
from trabecula.server.api import LENS, QUESTIONS
from trabecula.version import __version__

_PARTS: Final = "#/components/schemas/"
_PROBLEM: Final = {
    "type": "object",
    "required": ["status", "title", "detail"],
    "additionalProperties": False,
    "properties": {
        "status": {"type": "integer"},
        "title": {"type": "string"},
        "detail": {"type": "string"},
    },
}


def described(title: str, licence: str) -> dict[str, Any]:
    """The description of `/api` in OpenAPI 3.1, of a graph with this title and licence."""
    parts: dict[str, Any] = {"problem": _PROBLEM}
    answers = {name: _hoisted(shipped.schema(name), parts) for name in QUESTIONS}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": title or "A graph",
            "version": __version__,
            "description": "Questions to a knowledge graph whose every statement has its evidence.",
            **({"license": {"name": licence}} if licence else {}),
        },
        "paths": {
            f"/api/{name}": {
                "get": {
                    "operationId": name,
                    "summary": question.title,
                    "parameters": [
                        parameter.described() for parameter in (*question.parameters, *LENS)
                    ],
                    "responses": {
                        "200": _response(question.title, "application/json", answers[name]),
                        "400": _problem("What was asked cannot be answered."),
                        "404": _problem("The graph has nothing of that name."),
                        "503": _problem("It takes too long, or too much is asked at once."),
                    },
                }
            }
            for name, question in QUESTIONS.items()
        },
        "components": {"schemas": dict(sorted(parts.items()))},
    }


def _response(what: str, media: str, schema: Mapping[str, Any]) -> dict[str, Any]:
    return {"description": what, "content": {media: {"schema": schema}}}


def _problem(what: str) -> dict[str, Any]:
    return _response(what, "application/problem+json", {"$ref": f"{_PARTS}problem"})


def _hoisted(schema: dict[str, Any], parts: dict[str, Any]) -> dict[str, Any]:
    """A schema whose parts are moved to those that all share."""
    own = {key: value for key, value in schema.items() if not key.startswith("$") or key == "$ref"}
    for name, part in schema.get("$defs", {}).items():
        parts[name] = _renamed(part)
    renamed: dict[str, Any] = _renamed(own)
    return renamed


def _renamed(value: Any) -> Any:
    if isinstance(value, dict):
        return {
            key: part.replace("#/$defs/", _PARTS) if key == "$ref" else _renamed(part)
            for key, part in value.items()
        }
    return [_renamed(part) for part in value] if isinstance(value, list) else value
