"""The RO-Crate of a release, read by the reference validator with a kept copy of the context."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.processor import SPARQLProcessor

from trabecula.model import About
from trabecula.release import crate

if TYPE_CHECKING:
    from rdflib.plugins.sparql.sparql import Query

CONTEXT = Path(__file__).parents[1] / "data/ro-crate/context-1.2.jsonld"


class Kept:
    """The answer of the web to the only address that the validator asks."""

    status_code = 200
    headers: dict[str, str] = {"Content-Type": "application/ld+json"}  # noqa: RUF012

    def json(self) -> Any:
        """The kept context."""
        return json.loads(CONTEXT.read_text(encoding="utf-8"))


@cache
def prepared(text: str, spaces: tuple[tuple[str, Any], ...], base: Any = None, *_: Any) -> Query:
    """A query of the validator, which asks the same few of many nodes and parses them each time."""
    return prepareQuery(text, dict(spaces), base)


def issues(folder: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What the validator holds against a folder; nothing is fetched."""
    from rocrate_validator import models, services
    from rocrate_validator.utils.http import HttpRequester

    def get(_: object, url: str, **__: object) -> Kept:
        assert url == "https://w3id.org/ro/crate/1.2/context"
        return Kept()

    own = SPARQLProcessor.query

    def query(self: Any, text: str, bindings: Any = None, spaces: Any = None, *more: Any) -> Any:
        return own(self, prepared(text, tuple((spaces or {}).items()), *more), bindings)

    monkeypatch.setattr(SPARQLProcessor, "query", query)
    monkeypatch.setattr(HttpRequester, "get", get, raising=False)
    settings = services.ValidationSettings(
        rocrate_uri=str(folder),
        profile_identifier="ro-crate-1.2",
        requirement_severity=models.Severity.REQUIRED,
        cache_path=str(cache),
    )
    return [str(issue.message) for issue in services.validate(settings).get_issues()]


@pytest.mark.filterwarnings("ignore")  # those of the validator's own parts
def test_the_crate_satisfies_the_reference_validator(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    about = About(
        title="KRAS",
        description="On KRAS.",
        authors=("Doe J", "The group"),
        licence="https://creativecommons.org/publicdomain/zero/1.0/",
        version="1",
        date="2026-11-28",
        home="https://example.org/kras",
    )
    folder = tmp_path / "crate"
    folder.mkdir()
    files = {"graph/a.tsv": b"x\n", "b.ttl": b""}
    for name, data in files.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(data)
    (folder / "ro-crate-metadata.json").write_text(crate.describe(about, files), "utf-8")
    assert issues(folder, tmp_path / "cache", monkeypatch) == []


@pytest.mark.filterwarnings("ignore")
def test_of_a_graph_that_says_nothing_the_validator_misses_only_a_file_that_is_not_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "crate"
    folder.mkdir()
    (folder / "ro-crate-metadata.json").write_text(
        crate.describe(About(), {"lost.ttl": b""}), "utf-8"
    )
    (issue,) = issues(folder, tmp_path / "cache", monkeypatch)
    assert "lost.ttl" in issue


def test_of_a_graph_without_a_licence_none_is_claimed() -> None:
    text = crate.describe(About(title="mine"), {})
    assert "creativecommons" not in text
    assert "No licence is stated" in text
