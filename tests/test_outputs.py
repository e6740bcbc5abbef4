"""One rule says where something may be written, and what the name of a file stands for."""

from __future__ import annotations

import gzip
import os
from pathlib import Path

import pytest

from trabecula import outputs
from trabecula.errors import OutputError, VocabularyError
from trabecula.formats import output_format, write
from trabecula.graph import Graph
from trabecula.page.view import view


@pytest.mark.parametrize("name", ["x.csv", "X.CSV", "x.Csv", "x.csv.gz", "X.CSV.GZ", "a.b/c.d.csv"])
def test_the_end_of_a_name_says_the_format_in_any_case(name: str) -> None:
    assert outputs.named(Path(name), {".csv": "csv"}) == "csv"


@pytest.mark.parametrize(
    ("name", "what"),
    [
        ("x", "no suffix"),
        ("results.gz", "no suffix"),
        (".csv", "no suffix"),
        ("x.csv.bz2", "unknown suffix '.bz2'"),
        ("x.doc", "unknown suffix '.doc'"),
    ],
)
def test_any_other_name_is_an_error_that_tells_what_to_do(name: str, what: str) -> None:
    with pytest.raises(VocabularyError) as caught:
        outputs.named(Path(name), {".csv": "csv", ".xml": "xml"})
    fix = "name a format with -f, or end the name in one of .csv .xml"
    assert str(caught.value) == f"{name}: {what}; {fix}"


def test_every_format_of_graphs_is_known_by_its_name(tmp_path: Path) -> None:
    assert output_format(Path("X.TTL.gz")) == "ttl"
    assert output_format(tmp_path) == "curated"
    assert output_format(Path("x.HTML"), also=outputs.PAGES) == "html"
    assert output_format(Path("x.csv"), "nt") == "nt"
    with pytest.raises(VocabularyError, match=r"unknown suffix '\.html'"):
        output_format(Path("x.html"))


def test_an_empty_name_is_not_the_folder_you_are_in(
    tiny: Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for call in (lambda: write(tiny, ""), lambda: view(tiny, "")):
        with pytest.raises(OutputError, match="the name to write to is empty"):
            call()
    assert list(tmp_path.iterdir()) == []


def test_compressed_files_are_the_same_whenever_and_wherever_they_are_written(
    tmp_path: Path,
) -> None:
    outputs.write(tmp_path / "x.CSV.GZ", b"a,b\n")
    data = (tmp_path / "x.CSV.GZ").read_bytes()
    assert gzip.decompress(data) == b"a,b\n"
    # No name, no time, and 255 for "another system" (RFC 1952).
    assert (data[3], data[4:8], data[9]) == (0, b"\0\0\0\0", 255)


# --- What is read is not written to ----------------------------------------------------------


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A graph in a file and one in a folder, and other names for both."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in" / "g" / "statements").mkdir(parents=True)
    for name in ("g.ttl", "in/g/entities.tsv", "in/g/statements/pth.tsv", "other.ttl"):
        (tmp_path / name).touch()
    (tmp_path / "link.ttl").symlink_to("g.ttl")
    os.link("g.ttl", "twin.ttl")
    os.link("in/g/statements/pth.tsv", "twin.tsv")
    (tmp_path / "folder").symlink_to("in/g")
    return tmp_path


FILE, FOLDER = Path("g.ttl"), Path("in/g")


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("g.ttl", FILE),
        ("./in/../g.ttl", FILE),
        ("link.ttl", FILE),
        ("twin.ttl", FILE),
        ("g.ttl", Path("link.ttl")),
        (".", FILE),
        ("in/g", FOLDER),
        ("folder", FOLDER),
        ("in/g", Path("folder")),
        ("in", FOLDER),
        (".", FOLDER),
        ("in/g/entities.tsv", FOLDER),
        ("in/g/sources.TSV", FOLDER),
        ("in/g/about.toml", FOLDER),
        ("in/g/statements", FOLDER),
        ("in/g/statements/new.csv", FOLDER),
        ("folder/statements/pth.tsv", FOLDER),
        ("twin.tsv", FOLDER),
    ],
)
@pytest.mark.usefixtures("place")
def test_what_is_read_is_not_written_to_unless_that_is_said(path: str, source: Path) -> None:
    with pytest.raises(OutputError, match=r"write elsewhere, or say --overwrite"):
        outputs.guard(Path(path), [Path("other.ttl"), source])
    outputs.guard(Path(path), [source], overwrite=True)


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("other.ttl", FILE),
        ("in/g.ttl", FILE),
        ("in/h", FOLDER),
        ("in/g/part.ttl", FOLDER),
        ("in/g/graph.html", FOLDER),
        ("in/g/part", FOLDER),
        ("in/g.tsv", FOLDER),
        ("missing.ttl", Path("missing.ttl")),
        ("/dev/null", FILE),
    ],
)
@pytest.mark.usefixtures("place")
def test_anything_else_may_be_written_beside_it(path: str, source: Path) -> None:
    outputs.guard(Path(path), [source])


@pytest.mark.usefixtures("place")
def test_a_missing_folder_is_told_before_any_work() -> None:
    with pytest.raises(FileNotFoundError, match="there is no folder no/such; make it first"):
        outputs.guard(Path("no/such/x.ttl"), [])
