"""Loading: all or nothing, whatever happens to it, and what may be loaded into what."""

from __future__ import annotations

import json
import os
import resource
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

import trabecula as tb
from trabecula import formats
from trabecula.cli import main
from trabecula.errors import FormatError, OutputError
from trabecula.graph import Graph
from trabecula.mapping import Report
from trabecula.model import About, Entity, Evidence, Predicate, Review, Source, Statement
from trabecula.store import layout
from trabecula.store.loading import load
from trabecula.store.opening import opened
from trabecula.writing import is_leftover

PARTS = (
    [
        About(title="one", licence="x"),
        Entity(id="a", name="A", category="chemical", synonyms=("alpha",)),
        Entity(id="b", name="B", category="protein"),
        Source(id="PMID:1", xrefs=("doi:10.1/a",)),
        Source(id="PMID:2", standing="retracted"),
        Statement(
            subject="a", predicate="activates", object="b", topic="first",
            evidence=(Evidence(source="PMID:1", strength="direct", species="human"),
                      Evidence(source="PMID:2", strength="direct")),
        ),
    ],
    [
        About(title="two", licence="x"),
        Entity(id="a", name="A again", category="chemical"),
        Source(id="PMID:3"),
        Source(id="doi:10.1/a", group="cohort"),
        Statement(
            subject="a", predicate="activates", object="b", topic="second",
            evidence=(Evidence(source="doi:10.1/a", strength="direct"),
                      Evidence(source="PMID:3", stance="disputes"),
                      Evidence(source="PMID:1", strength="direct", species="human"),
                      Evidence(source="PMID:1", strength="review", summary="so"),
                      Evidence(source="PMID:1", strength="review", summary="so, too")),
        ),
        Statement(subject="c", predicate="requires", object="a"),
        Statement(subject="b", predicate="subclass_of", object="c",
                  qualifiers=(("severity", "mild"),), negated=True),
    ],
)  # fmt: skip


@pytest.fixture
def parts(tmp_path: Path) -> list[Path]:
    paths = [tmp_path / f"{name}.json" for name in ("one", "two")]
    for path, records in zip(paths, PARTS, strict=True):
        tb.write(records, path)
    return paths


def test_several_files_and_appended_ones_become_the_union_of_their_graphs(
    parts: list[Path], tmp_path: Path, same: Callable[[Graph, Graph], None]
) -> None:
    first, two = map(formats.load, parts)
    together, later = tmp_path / "together", tmp_path / "later"
    load(parts, together)
    load(parts[:1], later)
    load(parts[1:], later, append=True)
    for folder in (together, later):
        same(first | two, opened(folder))
    load([together, parts[1]], tmp_path / "again")
    same(first | two, opened(tmp_path / "again"))


@pytest.mark.parametrize(
    ("head", "rows"),
    [("id\tcategory\tname", "subject\tpredicate\tobject"), ("Id\tKind\tLabel", "Source\tType\tTarget")],
    ids=["kgx", "gephi"],
)  # fmt: skip
def test_both_tables_of_a_pair_may_be_named_and_the_nodes_are_read_once(
    head: str, rows: str, tmp_path: Path
) -> None:
    edges, nodes = (tmp_path / f"x_{what}.tsv" for what in ("edges", "nodes"))
    nodes.write_text(f"{head}\nX:1\tbiolink:Gene\tAlpha\nX:2\tbiolink:Gene\tBeta\n")
    edges.write_text(f"{rows}\nX:1\tbiolink:regulates\tX:2\n")
    reports: list[Report] = []
    for sources in ([edges], [nodes, edges], [edges, nodes]):
        load(sources, tmp_path / "s", reports=reports)
        kept = opened(tmp_path / "s")
        assert [entity.name for entity in kept.entities.values()] == ["Alpha", "Beta"]
    assert [report.rows for report in reports] == [1, 1, 1]


def test_files_of_which_each_is_a_graph_are_all_read_whatever_they_are_called(
    parts: list[Path], tmp_path: Path
) -> None:
    named = [tmp_path / "x_nodes.json", tmp_path / "x_edges.json"]
    for path, name in zip(parts, named, strict=True):
        path.rename(name)
    load(named, tmp_path / "s")
    assert len(opened(tmp_path / "s").statements) == 3


def test_what_was_counted_at_the_load_is_told_by_the_version_that_counted_it(
    parts: list[Path], tmp_path: Path
) -> None:
    folder = tmp_path / "s"
    load(parts, folder)
    kept = opened(folder)
    of_memory = (formats.load(parts[0]) | formats.load(parts[1])).tallies()
    assert kept.tallies() == of_memory
    manifest = json.loads((folder / layout.MANIFEST).read_text())
    manifest["tallies"]["graph"]["statements"] = 7
    (folder / layout.MANIFEST).write_text(json.dumps(manifest))
    assert opened(folder).tallies()["graph"]["statements"] == 7  # nothing is counted again
    for change in ({"made_by": "trabecula 0.0"}, {"tallies": None}):
        (folder / layout.MANIFEST).write_text(json.dumps({**manifest, **change}))
        assert opened(folder).tallies() == of_memory


def test_the_same_input_gives_the_same_bytes(parts: list[Path], tmp_path: Path) -> None:
    code = f"from trabecula.store.loading import load; load({list(map(str, parts))!r}, {{!r}})"
    for seed in "01":
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        made = str(tmp_path / seed)
        subprocess.run([sys.executable, "-c", code.format(made)], check=True, env=environment)
    stores = [
        {path.name: path.read_bytes() for path in (tmp_path / seed).rglob("*") if path.is_file()}
        for seed in "01"
    ]
    for files in stores:
        del files[layout.SEEN]  # when the files were written
    assert stores[0] == stores[1]


def test_the_portions_that_are_sorted_at_once_change_nothing(
    places_of_part: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, size in (
        ("statements.PORTION", 100), ("statements.SLICE", 7), ("entities.MANY", 5), ("sources.MANY", 5),
    ):  # fmt: skip
        monkeypatch.setattr(f"trabecula.store.write.{name}", size)
    load([places_of_part["memory"] / "graph.json"], tmp_path / "small")
    for path in (places_of_part["store"] / "graph.json" / layout.ARRAYS).iterdir():
        assert (tmp_path / "small" / layout.ARRAYS / path.name).read_bytes() == path.read_bytes()


def test_what_repeats_in_a_table_is_written_once(parts: list[Path], tmp_path: Path) -> None:
    load(parts, tmp_path / "x.trabecula")
    for name, schema in layout.schemas().items():
        group = pq.ParquetFile(tmp_path / "x.trabecula" / f"{name}.parquet").metadata.row_group(0)
        chunks = [group.column(number) for number in range(group.num_columns)]
        coded = {chunk.path_in_schema for chunk in chunks if chunk.has_dictionary_page}
        words = {field.name for field in schema if pa.types.is_dictionary(field.type)}
        pairs = {field.name for field in schema if field.type == layout.type_of_pairs()}
        leaves = {f"{pair}.list.element.{part}" for pair in pairs for part in ("key", "value")}
        assert coded == words | leaves


def test_a_command_that_loads_does_without_pandas(parts: list[Path], tmp_path: Path) -> None:
    (tmp_path / "pandas.py").write_text("import sys; sys.exit('pandas was imported')")
    words = ["load", str(parts[0]), "-o", str(tmp_path / "x.trabecula")]
    done = subprocess.run(
        [sys.executable, "-m", "trabecula", *words], env={**os.environ, "PYTHONPATH": str(tmp_path)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr


def test_a_folder_that_is_no_store_is_not_touched(parts: list[Path], tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "note.txt").write_text("mine")
    with pytest.raises(OutputError, match="holds other things than a store"):
        load(parts, folder)
    load(parts, tmp_path / "s")
    (tmp_path / "s" / "note.txt").write_text("mine")
    with pytest.raises(OutputError, match=r"holds note\.txt, which is no part of a store"):
        load(parts, tmp_path / "s")
    with pytest.raises(OutputError, match="is a file"):
        load(parts, _file(tmp_path))
    with pytest.raises(OutputError, match=r"is what is read; write elsewhere$"):
        load(parts, parts[0])
    assert (folder / "note.txt").read_text() == "mine"
    assert [*map(str, folder.iterdir())] == [str(folder / "note.txt")]


def _file(folder: Path) -> Path:
    (folder / "plain").write_text("x")
    return folder / "plain"


def test_appending_where_there_is_no_store_is_refused(parts: list[Path], tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="there is no store to append to"):
        load(parts, tmp_path / "none", append=True)


# --- What goes wrong --------------------------------------------------------------------------


def test_a_store_of_another_version_says_so(parts: list[Path], tmp_path: Path) -> None:
    folder = tmp_path / "s"
    load(parts, folder)
    manifest = json.loads((folder / layout.MANIFEST).read_text())
    (folder / layout.MANIFEST).write_text(json.dumps({**manifest, "version": 99}))
    done = CliRunner().invoke(main, ["info", "--graph", str(folder)])
    assert done.exit_code == 3
    assert "this is a store of version 99" in done.stderr
    assert "load the graph anew" in done.stderr
    (folder / layout.SEARCH).mkdir()  # as in stores of version 2 that were searched
    (folder / layout.SEARCH / "words.npy").write_bytes(b"")
    load(parts, folder)  # which replaces it
    assert len(opened(folder)) == 3
    assert not (folder / layout.SEARCH).exists()


def test_a_byte_that_changed_anywhere_is_found(parts: list[Path], tmp_path: Path) -> None:
    folder = tmp_path / "s"
    load(parts, folder)
    for path in sorted(folder.rglob("*.npy")) + sorted(folder.glob("*.parquet")):
        data = path.read_bytes()
        at = len(data) // 2
        changes = {
            "changed": data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :],
            "cut": data[:-1],
            "empty": b"",
        }
        for change in changes.values():
            path.write_bytes(change)
            with pytest.raises(FormatError, match=f"{path.name}: it"):
                opened(folder)
        path.unlink()
        with pytest.raises(FormatError, match=f"{path.name}: it is missing"):
            opened(folder)
        path.write_bytes(data)
    assert len(opened(folder)) == 3


@pytest.mark.parametrize("text", ["", "{", "[]", '{"format": "trabecula-store", "version": 3}',
                                  '{"format": "trabecula-store", "version": 3, "counts": {},'
                                  ' "files": {"../x": {"bytes": 1, "sha256": ""}}}'])  # fmt: skip
def test_a_manifest_that_is_none_is_told(text: str, parts: list[Path], tmp_path: Path) -> None:
    folder = tmp_path / "s"
    load(parts, folder)
    (folder / layout.MANIFEST).write_text(text)
    with pytest.raises(FormatError, match=r"manifest\.json"):
        opened(folder)


def test_a_copy_of_a_store_is_looked_through_once(parts: list[Path], tmp_path: Path) -> None:
    load(parts, tmp_path / "s")
    shutil.copytree(tmp_path / "s", tmp_path / "t", copy_function=shutil.copyfile)
    before = (tmp_path / "t" / layout.SEEN).read_bytes()
    assert opened(tmp_path / "t") == opened(tmp_path / "s")
    after = (tmp_path / "t" / layout.SEEN).read_bytes()
    assert before != after
    opened(tmp_path / "t")
    assert (tmp_path / "t" / layout.SEEN).read_bytes() == after


def test_who_reads_a_store_keeps_the_one_that_was_there(parts: list[Path], tmp_path: Path) -> None:
    folder = tmp_path / "s"
    load(parts[:1], folder)
    reader = opened(folder)
    load(parts[1:], folder)
    assert [*reader] == [*formats.load(parts[0])]
    assert [*opened(folder)] == [*formats.load(parts[1])]
    assert not [path for path in tmp_path.iterdir() if is_leftover(path.name)]


def test_a_disk_that_is_full_leaves_what_was_there(parts: list[Path], tmp_path: Path) -> None:
    folder = tmp_path / "s"
    load(parts[:1], folder)
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    # several sizes, so that it ends among the rows, in a table and in an array
    for size in (100, 200, 1000, 4000):
        code = (
            "import resource, signal, sys\n"
            "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
            "import pyarrow, pyarrow.parquet, numpy\n"
            "from trabecula.cli import main\n"
            f"resource.setrlimit(resource.RLIMIT_FSIZE, ({size}, {size}))\n"
            f"main(['load', {str(parts[1])!r}, '-o', {str(folder)!r}])"
        )
        done = subprocess.run(
            [sys.executable, "-B", "-c", code], capture_output=True, text=True, check=False
        )
        assert done.returncode == 2, done.stderr
        assert f"{folder}: File too large" in done.stderr
        assert "Traceback" not in done.stderr
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before
    assert not [path for path in tmp_path.iterdir() if is_leftover(path.name)]
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] == resource.RLIM_INFINITY


def test_a_load_that_is_killed_leaves_the_old_store_or_the_new_one(
    parts: list[Path], tmp_path: Path
) -> None:
    """Killed at steps of writing; `scripts/kill-loads` kills at random moments."""
    folder = tmp_path / "s"
    load(parts[:1], folder)
    old, new = [*formats.load(parts[0])], [*formats.load(parts[1])]
    for step in ("fsync", "rename", "exchange", "rmtree"):
        target = {"rename": "os.replace", "fsync": "os.fsync", "rmtree": "shutil.rmtree",
                  "exchange": "trabecula.folders.exchange"}[step]  # fmt: skip
        module, _, name = target.rpartition(".")
        count = 40 if step == "fsync" else 1
        code = (
            f"import os, signal, itertools, {module}\n"
            "from trabecula.store.loading import load\n"
            "calls = itertools.count(1)\n"
            f"real = {target}\n"
            "def killed(*a, **k):\n"
            f"    if next(calls) == {count}: os.kill(os.getpid(), signal.SIGKILL)\n"
            "    return real(*a, **k)\n"
            f"{module}.{name} = killed\n"
            f"load([{str(parts[1])!r}], {str(folder)!r})"
        )
        done = subprocess.run([sys.executable, "-B", "-c", code], check=False)
        assert done.returncode == -signal.SIGKILL, step
        assert [*opened(folder)] in (old, new)
        assert [path for path in tmp_path.iterdir() if is_leftover(path.name)]
        load(parts[:1], folder)
        assert not [path for path in tmp_path.iterdir() if is_leftover(path.name)]


def test_every_file_of_a_store_is_on_the_disk_before_its_manifest(
    parts: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[int] = []
    monkeypatch.setattr(os, "fsync", lambda descriptor: synced.append(os.fstat(descriptor).st_ino))
    load(parts[:1], tmp_path / "s")
    files = [path for path in (tmp_path / "s").rglob("*") if path.name != layout.SEEN]
    manifest = synced.index((tmp_path / "s" / layout.MANIFEST).stat().st_ino)
    of_data = {path.stat().st_ino for path in files if path.is_file()} - {synced[manifest]}
    assert of_data <= {*synced[:manifest]}


def test_of_two_loads_at_once_each_is_whole(parts: list[Path], tmp_path: Path) -> None:
    folder = tmp_path / "s"
    code = f"from trabecula.store.loading import load; load([{{!r}}], {str(folder)!r})"
    running = [
        subprocess.Popen([sys.executable, "-c", code.format(str(part))], stderr=subprocess.PIPE)
        for part in (*parts, *parts)
    ]
    for process in running:
        _, message = process.communicate()
        assert process.returncode == 0 or b"was written by another program meanwhile" in message
    whole = [[*formats.load(part)] for part in parts]
    assert [*opened(folder)] in whole


# --- What is large ----------------------------------------------------------------------------


def test_an_id_of_ten_kilobytes_and_a_hub_are_nothing_special(
    tmp_path: Path, same: Callable[[Graph, Graph], None]
) -> None:
    long = "EX:" + "x" * 10_000
    rows = [f"{long}\tbiolink:affects\tGO:{n:07d}\tPMID:{n + 1}" for n in range(3000)]
    source = tmp_path / "hub_edges.tsv"
    source.write_text("\n".join(["subject\tpredicate\tobject\tpublications", *rows]) + "\n")
    load([source], tmp_path / "hub")
    store = opened(tmp_path / "hub")
    same(formats.load(source), store)
    assert len(store.select(f'near("{long}")')) == 3000


def test_the_page_of_a_store_draws_the_best_supported_up_to_its_budget(
    places: dict[str, Path], shipped_graph: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    from trabecula.page import html

    monkeypatch.setattr(html, "MAX_STATEMENTS", 50)
    store = opened(places["store"] / "graph.json")
    drawn = html.budgeted(store)
    assert len(drawn) == 50
    assert drawn == html.budgeted(shipped_graph)


def test_reviews_stay_where_another_file_has_other_words_for_a_statement(tmp_path: Path) -> None:
    review = Review(date="2026-01-01", kind="against-source", reader="second-reader", rows="0")
    own = Statement(subject="a", predicate="affects", object="b", reviews=(review,))
    theirs = Predicate(
        name="biolink:affects", label="affects", inverse="", inverse_label="", definition="",
        sign=0, kind="changes", influence="forward",
    )  # fmt: skip
    words = About(predicates=(theirs,))
    other = Statement(subject="c", predicate="biolink:affects", object="d")
    tb.write([own], tmp_path / "a.json")
    tb.write([words, other], tmp_path / "b.json")
    load([tmp_path / "a.json"], tmp_path / "x.trabecula")
    load([tmp_path / "b.json"], tmp_path / "x.trabecula", append=True)
    graph = tb.load(tmp_path / "x.trabecula")
    by_subject = {
        statement.subject: (statement.predicate, statement.reviews)
        for statement in graph.statements.values()
    }
    assert by_subject == {"a": ("biolink:affects", (review,)), "c": ("biolink:affects", ())}
    assert set(opened(tmp_path / "x.trabecula").stored.reviews) <= set(graph.statements)
