"""The release folder: complete, described, the same bytes each time, whole or not at all."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import pytest

from trabecula import shipped
from trabecula.errors import FormatError, OutputError
from trabecula.formats import FORMATS, load
from trabecula.formats.rdf import derived
from trabecula.graph import Graph
from trabecula.model import Evidence, Statement
from trabecula.release import SUMS, TERMS, build

_RDF = (".ttl", ".nt", ".jsonld", ".rdf", ".trig", ".nq")


@pytest.fixture(scope="module")
def part() -> Graph:
    return load().select("near(calcitriol, 1)")


@pytest.fixture(scope="module")
def release(part: Graph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("release") / "dist"
    build(part, folder)
    return folder


@pytest.fixture(scope="module")
def few(part: Graph) -> Graph:
    """So little that it is released at once."""
    return part.select("predicate(requires, converts_to, has_output)")


@pytest.fixture
def old(release: Path, tmp_path: Path) -> Path:
    """A release, to be changed."""
    return Path(shutil.copytree(release, tmp_path / "dist"))


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_every_format_that_can_be_written_is_there(release: Path) -> None:
    forms = [f for f in FORMATS.values() if f.writes and f.suffixes and not f.extra]
    wanted = {f"trabecula{form.suffixes[0]}" for form in forms}
    wanted |= {"trabecula.html", "void.ttl", "ro-crate-metadata.json", "CITATION.bib", SUMS}
    wanted |= {"ontology/trabecula.ttl", "ontology/shapes.ttl", "ontology/prefixes.ttl"}
    wanted |= {"ontology/mappings.sssom.tsv", "ontology/terms.tsv"}
    assert wanted - set(files(release)) == set()


def test_the_checksums_are_those_of_the_files_and_complete(release: Path) -> None:
    present = files(release)
    listed = dict(reversed(line.split("  ")) for line in present.pop(SUMS).decode().splitlines())
    assert listed == {name: hashlib.sha256(data).hexdigest() for name, data in present.items()}


@pytest.mark.parametrize("name", [f.name for f in FORMATS.values() if f.lossless and f.suffixes])
def test_every_lossless_file_reads_back_as_the_graph(name: str, release: Path, part: Graph) -> None:
    assert load(release / f"trabecula{FORMATS[name].suffixes[0]}") == part


def test_of_the_terms_that_were_looked_up_those_of_the_graph_go_along(
    release: Path, part: Graph
) -> None:
    head, *rows = (release / TERMS).read_text("utf-8").splitlines()
    assert head == "curie\tlabel\tsource"
    every = (shipped.ontology() / "terms.tsv").read_text("utf-8").splitlines()[1:]
    named = {xref.curie for entity in part.entities.values() for xref in entity.xrefs}
    assert rows == [row for row in every if row.split("\t")[0] in named] != []


def test_the_curated_tables_read_back_as_the_graph(release: Path, part: Graph) -> None:
    assert load(release / "graph") == part


def test_what_is_derived_is_in_a_file_of_its_own_and_in_no_other(
    release: Path, part: Graph
) -> None:
    present = files(release)
    assert present.pop("trabecula-derived.trig") == derived.render(part)
    with pytest.raises(FormatError, match="no entity, source or statement of trabecula"):
        load(release / "trabecula-derived.trig")
    data = {name: text for name, text in present.items() if name.endswith(_RDF)}
    named = {"void.ttl", "ontology/trabecula.ttl"}
    told = {name for name, text in data.items() if b"https://w3id.org/trabecula/derived" in text}
    assert told == named
    assert [name for name in data.keys() - named if b"FeedbackLoop" in data[name]] == []


def test_the_expectations_of_a_folder_go_along(few: Graph, tmp_path: Path) -> None:
    build(few, tmp_path / "dist", shipped.graph())
    kept = shipped.graph() / "expectations"
    there = tmp_path / "dist/graph/expectations"
    assert files(there) == files(kept)


def test_a_graph_that_the_tables_cannot_hold_is_released_without_them(tmp_path: Path) -> None:
    graph = Graph([Statement(subject="a", predicate="requires", object="b")])  # no evidence
    build(graph, tmp_path / "dist")
    assert not (tmp_path / "dist" / "graph").exists()
    assert not (tmp_path / "dist" / TERMS).exists()  # nor is any of our terms in it
    assert load(tmp_path / "dist" / "graph.json") == graph


def test_a_source_may_be_a_web_address(tmp_path: Path) -> None:
    page = "https://example.org/page"
    row = Evidence(source=page, strength="review", summary="It says so.")
    graph = Graph([Statement(subject="a", predicate="requires", object="b", evidence=(row,))])
    build(graph, tmp_path / "dist")
    assert f"prov:wasDerivedFrom <{page}> ;" in (tmp_path / "dist/void.ttl").read_text("utf-8")


def test_the_descriptions_name_what_is_there(release: Path) -> None:
    import rdflib

    crate = json.loads((release / "ro-crate-metadata.json").read_text("utf-8"))
    (root,) = [item for item in crate["@graph"] if item["@id"] == "./"]
    described = {item["@id"] for item in root["hasPart"]}
    assert described == set(files(release)) - {SUMS, "ro-crate-metadata.json"}
    void = rdflib.Graph().parse(release / "void.ttl")
    (dataset,) = void.subjects(rdflib.VOID.distinctSubjects)
    counted = {int(o) for o in void.objects(dataset, rdflib.VOID.triples)}
    assert counted == {len(rdflib.Graph().parse(release / "trabecula.nt"))}


def test_an_older_release_is_replaced_and_leaves_nothing_behind(
    old: Path, few: Graph, tmp_path: Path
) -> None:
    build(few, old)
    assert load(old / "trabecula.ttl") == few
    assert [path.name for path in tmp_path.iterdir()] == ["dist"]


def test_a_folder_with_something_else_in_it_is_not_touched_nor_is_any_work_done(
    old: Path, few: Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr("trabecula.release.contents")
    (old / "notes.txt").write_text("mine", encoding="utf-8")
    before = files(old)
    with pytest.raises(OutputError, match=r"holds notes\.txt, which is not part of a release"):
        build(few, old)
    assert files(old) == before
    assert [path.name for path in tmp_path.iterdir()] == ["dist"]


def _thesis(folder: Path, sums: bytes) -> Path:
    folder.mkdir()
    (folder / "chapter1.txt").write_text("work", encoding="utf-8")
    (folder / SUMS).write_bytes(sums)
    return folder


_DIGEST = hashlib.sha256(b"work").hexdigest()

#: Checksums in a folder of somebody's, and what is said of them.
SUMS_OF_OTHERS = {
    "right": (f"{_DIGEST}  chapter1.txt\n".encode(), "is not part of a release; write"),
    "wrong": (b"0" * 64 + b"  chapter1.txt\n", "is not part of a release; write"),
    "no digest": (b"0000  chapter1.txt\n", "line 1 of SHA256SUMS is no checksum"),
    "another layout": (f"{_DIGEST} *chapter1.txt\n".encode(), "line 1 of SHA256SUMS is no checksum"),
    "not UTF-8": (b"\xff", "SHA256SUMS is not UTF-8"),
    "the folder above": (f"{_DIGEST}  ../chapter1.txt\n".encode(), "line 1 of SHA256SUMS is no"),
    "an absolute path": (f"{_DIGEST}  /etc/passwd\n".encode(), "line 1 of SHA256SUMS is no"),
    "nothing": (b"", "is not part of a release; write"),
}  # fmt: skip


@pytest.mark.parametrize(("sums", "told"), SUMS_OF_OTHERS.values(), ids=SUMS_OF_OTHERS)
def test_a_folder_of_others_is_no_release_whatever_its_checksums_say(
    sums: bytes, told: str, part: Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("trabecula.release.contents", lambda *_: {"a.ttl": b""}.items())
    folder = _thesis(tmp_path / "thesis", sums)
    with pytest.raises(OutputError, match=told):
        build(part, folder)
    assert files(folder) == {SUMS: sums, "chapter1.txt": b"work"}
    build(part, folder, overwrite=True)
    assert files(folder)["chapter1.txt"] == b"work"


def test_an_edit_within_a_release_is_not_lost(
    old: Path, part: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    edited = old / "graph" / "entities.tsv"
    edited.write_bytes(edited.read_bytes() + b"x\n")
    before = files(old)
    monkeypatch.setattr("trabecula.release.contents", lambda *_: {"a.ttl": b""}.items())
    told = r"holds graph/entities\.tsv, which was changed since it was released"
    with pytest.raises(OutputError, match=told):
        build(part, old)
    assert files(old) == before
    build(part, old, overwrite=True)
    assert sorted(files(old)) == [SUMS, "a.ttl", "graph/entities.tsv"]


def test_a_build_that_fails_leaves_the_old_release(
    old: Path, few: Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = files(old)

    def broken(_: Graph, *, title: str) -> str:
        raise OSError("no space left")

    monkeypatch.setattr("trabecula.release.render_page", broken)
    with pytest.raises(OSError, match="no space left"):
        build(few, old)
    assert files(old) == before
    assert [path.name for path in tmp_path.iterdir()] == ["dist"]
