"""Versions of a graph: what each way to name one reads, and how mistakes are told."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from trabecula import formats, store, versions
from trabecula import shipped as content
from trabecula.errors import FormatError, MissingProgram, NotFound, TrabeculaError
from trabecula.expectations import expectations
from trabecula.graph import Graph
from trabecula.model import Entity, Evidence, Source, Statement
from trabecula.versions import version

GRAPH = Graph(
    [
        *(Entity(id=key, name=key, category="trait") for key in ("magnesium-intake", "bmd")),
        Source(id="survey", title="A survey", study_type="cohort"),
        Statement(
            subject="magnesium-intake",
            predicate="increases",
            object="bmd",
            topic="bone-strength",
            evidence=(
                Evidence(source="survey", strength="direct", method="cohort", summary="It rose."),
            ),
        ),
    ]
)
_HEADER = "from\tto\texpected\twhy\n"


def git(folder: Path, *arguments: str) -> None:
    who = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    who |= {
        f"GIT_{role}_{what}": "x@example.org"
        for role in ("AUTHOR", "COMMITTER")
        for what in ("NAME", "EMAIL")
    }
    command = ["git", "-C", str(folder), *arguments]
    subprocess.run(command, check=True, capture_output=True, env=os.environ | who)


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with an empty graph, then with `GRAPH`; we stand in a folder of it."""
    root = tmp_path / "repository"
    root.mkdir()
    git(root, "init", "-q")
    for graph in (Graph(), GRAPH):
        formats.write(graph, root / "graph", "curated")
        formats.write(graph, root / "release.ttl")
        git(root, "add", "-A")
        git(root, "commit", "-q", "-m", "A version")
    (root / "below").mkdir()
    monkeypatch.chdir(root / "below")
    return root


def test_a_revision_is_read_as_it_was(repository: Path) -> None:
    assert version("git:HEAD~1").graph == Graph()
    assert version("git:HEAD").graph == GRAPH


def test_a_path_in_a_revision_may_be_a_folder_a_file_or_the_whole(repository: Path) -> None:
    for name in ("git:HEAD:graph", "HEAD:graph", "HEAD:release.ttl", "git:HEAD:.", "HEAD:./graph/"):
        assert version(name).graph == GRAPH, name


def test_reading_a_revision_changes_nothing(repository: Path) -> None:
    before = sorted(repository.rglob("*"))
    version("git:HEAD~1")
    assert sorted(repository.rglob("*")) == before


def test_files_curated_folders_releases_and_checkouts_are_read(repository: Path) -> None:
    for path in ("release.ttl", "graph", "."):
        assert version(str(repository / path)).graph == GRAPH


def test_a_link_is_followed_in_a_revision_but_not_out_of_it(repository: Path) -> None:
    folder = repository / "graph"
    (folder / "statements" / "pth.tsv").write_bytes((folder / "sources.tsv").read_bytes())
    (folder / "sources.tsv").unlink()
    (folder / "sources.tsv").symlink_to("statements/pth.tsv")
    for name, path in {
        "there": "/etc/passwd",
        "above": "../../secret",
        "further": "x/../../..",
    }.items():
        (repository / "graph" / name).symlink_to(path)
    git(repository, "add", "-A")
    git(repository, "commit", "-q", "-m", "Links")
    with versions._at("HEAD", "graph") as place:
        links = {path.name for path in place.rglob("*") if path.is_symlink()}
        assert links == {"sources.tsv"}
        assert (place / "sources.tsv").read_text("utf-8").startswith("id\t")


def test_the_expectations_beside_a_graph_come_with_it(repository: Path) -> None:
    folder = repository / "graph" / "expectations"
    folder.mkdir()
    text = _HEADER + "magnesium-intake\tbmd\tnot -\tIt does not.\n"
    (folder / "conclusions.tsv").write_text(text, encoding="utf-8")
    git(repository, "add", "-A")
    git(repository, "commit", "-q", "-m", "Expectations")
    for name in ("git:HEAD", str(repository)):
        assert [e.why for e in version(name).expectations] == ["It does not."]
    assert version("git:HEAD~1").expectations == ()


def test_without_a_name_it_is_the_shipped_graph_with_its_expectations(
    shipped: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Which is not read from its tables again where it is kept: no folder is asked for."""
    loads: list[tuple[object, ...]] = []
    own = store.load
    monkeypatch.setattr(store, "load", lambda *places: loads.append(places) or own(*places))
    opened = version()
    assert opened.graph == shipped
    assert opened.expectations == expectations(content.graph() / "expectations") != ()
    assert loads == [()]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("git:nothing", "git knows no revision 'nothing'; `git log` lists those that there are"),
        ("git:--help", "git knows no revision '--help'"),
        ("git:HEAD:nothing", "there is no nothing in revision HEAD; write git:HEAD:PATH"),
        ("HEAD~1", "HEAD~1: no such file or folder; a git revision is written git:HEAD~1"),
        ("git:", "git knows no revision ''"),
    ],
)
def test_what_is_not_there_is_told(repository: Path, name: str, message: str) -> None:
    with pytest.raises(NotFound) as caught:
        version(name)
    assert str(caught.value).startswith(message)


def test_where_there_is_no_repository_or_no_git_it_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    with pytest.raises(NotFound, match="there is no git repository around this folder"):
        version("git:HEAD")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(MissingProgram, match="reading a git revision needs git"):
        version("git:HEAD")


def test_problems_in_a_revision_are_told_where_they_are_in_it(repository: Path) -> None:
    (repository / "graph" / "entities.tsv").write_text("id\n", encoding="utf-8")
    git(repository, "commit", "-q", "-a", "-m", "Damaged")
    with pytest.raises(FormatError) as caught:
        version("git:HEAD")
    assert caught.value.problems[0].where == "git:HEAD:graph/entities.tsv:1"


def test_a_file_of_unknown_format_is_refused_in_a_revision_too(repository: Path) -> None:
    (repository / "note.docx").write_text("x", encoding="utf-8")
    git(repository, "add", "-A")
    git(repository, "commit", "-q", "-m", "A note")
    with pytest.raises(TrabeculaError, match=r"unknown suffix '\.docx'"):
        version("HEAD:note.docx")
