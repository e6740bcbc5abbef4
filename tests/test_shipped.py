"""Where the shipped content is, and what is said where it is not."""

from __future__ import annotations

from pathlib import Path

import pytest

from trabecula import shipped


def test_the_shipped_folders_are_there() -> None:
    assert (shipped.graph() / "entities.tsv").is_file()
    assert (shipped.ontology() / "trabecula.ttl").is_file()


def test_a_package_without_its_folders_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # As when the package is imported from a zip file, which has no folders.
    monkeypatch.setattr(shipped, "_PACKAGE", tmp_path / "app.zip" / "trabecula")
    with pytest.raises(FileNotFoundError, match="graph folder is missing; install trabecula") as e:
        shipped.graph()
    assert e.value.filename == str(tmp_path / "app.zip" / "trabecula" / "shipped" / "graph")
