"""Where the shipped content is, and what is said where it is not."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import trabecula
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


def test_pages_are_made_by_a_package_in_a_zip_file(tmp_path: Path) -> None:
    archive = tmp_path / "app.zip"
    package = Path(trabecula.__file__).parent
    with zipfile.ZipFile(archive, "w") as packed:
        for path in package.rglob("*"):
            if path.is_file() and path.suffix != ".pyc":
                packed.write(path, Path("trabecula") / path.relative_to(package))
        packed.write(package.parents[1] / "docs/problems.md", "trabecula/shipped/problems.md")
    code = (
        "import trabecula as tb; from trabecula import cli, page\n"
        "assert tb.__file__.startswith(sys.argv[1]), tb.__file__\n"
        "row = tb.Evidence(source='article', strength='asserted', summary='So.')\n"
        "g = tb.Graph([tb.Statement(subject='a', predicate='increases', object='b', evidence=(row,))])\n"
        "tb.view(g, 'page.html')\n"
        "tb.write(g, 'g.json')\n"
        "for words in (['audit', '--graph', 'g.json', '-o', 'audit.html'],"
        " ['view', '--pyvis', '--graph', 'g.json', '-o', 'pyvis.html'], ['problem', 'duplicate-id']):\n"
        "    cli.main(words, standalone_mode=False)\n"
    )
    code = f"import sys; sys.path.insert(0, sys.argv[1]); {code}"
    command = [sys.executable, "-I", "-c", code, str(archive)]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, "Traceback" in done.stderr) == (0, False), done.stderr
    graph = trabecula.load(tmp_path / "g.json")
    trabecula.view(graph, tmp_path / "same.html")
    assert (tmp_path / "page.html").read_bytes() == (tmp_path / "same.html").read_bytes()
    assert "<html" in (tmp_path / "audit.html").read_text("utf-8")
    assert "vis-network" in (tmp_path / "pyvis.html").read_text("utf-8")
