"""A graph from another field goes through every command, and nothing speaks of anything else.

`tests/data/kras` is made up. It has words of its own in everything that can have them: categories,
predicates, methods, keys of context, topics, sections, prefixes, and a namespace.
"""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from trabecula import formats
from trabecula.cli import main
from trabecula.errors import FormatError
from trabecula.graph import Graph
from trabecula.leftover import LeftOut, Leftovers
from trabecula.model import About, Entity, Evidence, Statement, Term
from trabecula.page import letters, opening
from trabecula.reason.core import core

KRAS = Path(__file__).parent / "data" / "kras"
#: What the shipped graph is about, who made it and on what terms. No word of it is in the other.
OURS = re.compile(
    r"magnesium|\bbones?\b|osteo|calci|parathyroid|\bPTH\b|vitamin|trabecula authors|"
    r"\bCC[ -]BY|licenses/by/|w3id\.org/trabecula(?!/ontology#|/shapes#)",
    re.IGNORECASE,
)
#: Data written as letters: compressed, and looked at apart.
PACKED = re.compile(r'(?<=">)[^"&<\\\n]{200,}(?=</script>)')


@pytest.fixture(scope="module")
def kras() -> Graph:
    return formats.load(KRAS)


@pytest.fixture(scope="module")
def bare(kras: Graph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same statements in a file that says nothing of itself."""
    path = tmp_path_factory.mktemp("bare") / "signals.json"
    document = json.loads(formats.render(kras, "json"))
    del document["graph"]
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


def run(*arguments: object, code: int = 0) -> Result:
    result = CliRunner().invoke(main, [str(argument) for argument in arguments])
    assert result.exit_code == code, result.output
    return result


def speaks_of_nothing_else(text: str) -> None:
    passages = [text[max(0, m.start() - 60) : m.end() + 60] for m in OURS.finditer(text)]
    assert passages == []


def unpacked(page: str) -> tuple[str, str]:
    """A page without its packed parts, and the records that it holds."""
    data = re.search(r'id="asset-data">([^<]+)<', page)
    assert data is not None
    return PACKED.sub("", page), gzip.decompress(letters.read(data[1])).decode("utf-8")


# --- Commands ---------------------------------------------------------------------------------

COMMANDS = (
    ("info",), ("info", "--json"), ("info", "--vocabulary"),
    ("search", "growth"), ("search", "growth", "--json"),
    ("show", "KRAS", "--evidence"), ("show", "lab:31"), ("show", "essay"), ("show", "KRAS", "--json"),
    ("extract", "predicate(phosphorylates)", "-f", "ttl"), ("extract", "category(mutation)", "-f", "csv"),
    ("explain", "EGF", "cell growth", "-k", "8"), ("explain", "FBXW7", "cell growth", "--json"),
    ("whatif", "KRAS=up", "-k", "3"), ("whatif", "FBXW7=up", "--json"),
    ("loops",), ("loops", "--json"), ("conflicts", "-e"), ("conflicts", "--json"),
    ("gaps",), ("gaps", "--json"),
    ("audit",), ("audit", "--json"), ("audit", "-f", "md"), ("audit", "-f", "csv"), ("audit", "-f", "html"),
    ("cite",), ("cite", "--bibtex"), ("cite", "topic(cascade)"), ("cite", "KRAS", "--bibtex"),
    ("query", "--name", "contested"), ("query", "--name", "steps-of-a-topic", "--param", "topic=cascade"),
    ("query", "--name", "acts-on", "--param", "entity=kras"), ("query", "SELECT * WHERE { ?s ?p ?o } LIMIT 500", "-f", "json"),
    ("query", "CONSTRUCT WHERE { entity:kras ?p ?o }"), ("query", "--list"), ("query", "--list", "--json"),
    ("query", "--name", "acts-on"),
)  # fmt: skip


@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
def test_a_command_speaks_of_the_graph_that_it_loaded(arguments: tuple[str, ...]) -> None:
    result = run(*arguments, "--graph", KRAS)
    assert result.stdout.strip()
    speaks_of_nothing_else(result.stdout)


@pytest.mark.parametrize(
    "arguments", [("info",), ("cite",), ("cite", "--bibtex"), ("audit", "-f", "html")]
)
def test_a_graph_that_says_nothing_of_itself_is_called_by_its_file(
    arguments: tuple[str, ...], bare: Path
) -> None:
    result = run(*arguments, "--graph", bare)
    assert "signals.json" in result.stdout
    speaks_of_nothing_else(result.stdout)


def test_it_is_cited_with_what_it_says_and_no_more(bare: Path) -> None:
    assert run("cite", "--graph", KRAS).stdout == (
        "Adeyemi B, Lindqvist M (2026). RAS to ERK in tumours of the bowel and the skin "
        "(version 0.3) [data set]. https://example.org/kras\n"
    )
    assert run("cite", "--graph", bare).stdout == "signals.json [data set].\n"


def test_the_checks_know_its_words(bare: Path) -> None:
    problems = json.loads(run("check", "--json", "--graph", KRAS).stdout)["problems"]
    assert [(problem["code"], problem["where"]) for problem in problems] == [
        ("unknown-prefix", "X:1")
    ]
    unknown = json.loads(
        run("check", "--json", "--only", "vocabulary", "--graph", bare, code=1).stdout
    )
    assert {problem["code"] for problem in unknown["problems"]} == {
        "unknown-category",
        "unknown-predicate",
    }


def test_sections_stand_in_its_order() -> None:
    report = json.loads(run("audit", "--json", "--graph", KRAS).stdout)
    assert list(report["sections"]) == ["the switch", "the cascade", "the way back"]


def test_two_graphs_are_compared(tmp_path: Path, kras: Graph) -> None:
    part = kras.select("!topic(therapy)")
    formats.write(part, tmp_path / "part.json")
    assert part.about == kras.about
    speaks_of_nothing_else(run("diff", KRAS, tmp_path / "part.json").stdout)


def test_its_tables_are_formatted(tmp_path: Path, kras: Graph) -> None:
    formats.write(kras, tmp_path / "kras", "curated")
    run("fmt", "--check", tmp_path / "kras")
    run("fmt", "--check", KRAS)
    assert formats.load(tmp_path / "kras").about == kras.about


# --- Pages and releases ---------------------------------------------------------------------------


def test_its_page_is_about_it(tmp_path: Path) -> None:
    run("view", "--graph", KRAS, "-o", tmp_path / "a.html")
    shown, data = unpacked((tmp_path / "a.html").read_text("utf-8"))
    assert "<title>RAS to ERK in tumours of the bowel and the skin</title>" in shown
    assert 'href="https://creativecommons.org/publicdomain/zero/1.0/"' in shown
    speaks_of_nothing_else(shown)
    speaks_of_nothing_else(data)
    words = json.loads(data)["words"]
    assert {topic["key"]: topic["label"] for topic in words["topics"]} == {
        "cascade": "MAPK cascade", "feedback": "feedback", "therapy": "inhibitors",
    }  # fmt: skip
    assert [category["label"] for category in words["categories"] if category["key"] in ("mutation", "biolink:Gene")] == [
        "mutation", "gene",
    ]  # fmt: skip
    signs = {predicate["key"]: predicate["sign"] for predicate in words["predicates"]}
    assert (signs["phosphorylates"], signs["degrades"], signs["biolink:affects"]) == (1, -1, 0)


def test_the_page_of_a_graph_without_a_licence_claims_none(tmp_path: Path, bare: Path) -> None:
    run("view", "--graph", bare, "-o", tmp_path / "a.html")
    shown, _ = unpacked((tmp_path / "a.html").read_text("utf-8"))
    assert "<title>signals.json</title>" in shown
    assert "no licence is stated" in shown
    speaks_of_nothing_else(shown)


@pytest.mark.parametrize("whole", [True, False])
def test_its_release_speaks_of_nothing_else(tmp_path: Path, bare: Path, whole: bool) -> None:
    run("build", "--graph", KRAS if whole else bare, "-o", tmp_path / "dist")
    files = [path for path in (tmp_path / "dist").rglob("*") if path.is_file()]
    assert len(files) > 20
    for path in files:
        if path.parent.name == "ontology":  # the words of the tool
            continue
        text = path.read_text("utf-8")
        if path.suffix == ".html":
            text = "".join(unpacked(text))
        if not whole:  # without a namespace it has IRIs of the tool's
            text = re.sub(r"https://w3id\.org/trabecula/", "", text)
        speaks_of_nothing_else(text)
    stem = "ras-to-erk-in-tumours-of-the-bowel-and-t" if whole else "signals"
    assert (tmp_path / "dist" / f"{stem}.nt").is_file()
    assert [
        path.name for path in files if OURS.search(path.name) and path.parent.name == "dist"
    ] == []
    crate = json.loads((tmp_path / "dist" / "ro-crate-metadata.json").read_text("utf-8"))
    root = next(record for record in crate["@graph"] if record["@id"] == "./")
    name = "RAS to ERK in tumours of the bowel and the skin" if whole else "signals.json"
    assert root["name"] == name
    assert ("author" in root) == whole


# --- Its own words ------------------------------------------------------------------------------


def test_own_predicates_have_signs_and_influence(kras: Graph) -> None:
    growth = json.loads(run("whatif", "FBXW7=up", "-k", "2", "--json", "--graph", KRAS).stdout)
    assert ("cell-growth", "down") in {(o["entity"], o["verdict"]) for o in growth["outcomes"]}
    signs = {s.predicate: kras.words.sign_of(s) for s in kras.statements.values()}
    assert (signs["phosphorylates"], signs["degrades"], signs["biolink:affects"]) == (1, -1, 0)
    assert {
        s.predicate for s in kras.select("sign(-) & predicate(degrades)").statements.values()
    } == {"degrades"}
    assert {s.object for s, _ in kras.influences("mek1")} == {"erk1", "erk2"}


def test_own_words_are_read_however_they_are_spelt(kras: Graph) -> None:
    written = Statement(
        subject="a",
        predicate="Phosphorylates",
        object="b",
        qualifiers=(("Mutation load", "Double"),),
    )
    (statement,) = Graph([kras.about, written]).statements.values()
    assert (statement.predicate, statement.qualifiers) == (
        "phosphorylates",
        (("mutation_load", "double"),),
    )


def test_own_context_tells_sides_apart(kras: Graph) -> None:
    report = json.loads(run("conflicts", "--json", "--graph", KRAS).stdout)
    told = {
        (row["key"], *row["one"], *row["other"])
        for conflict in report["conflicts"]
        for row in conflict["context"]
    }
    assert ("mutation_load", "single", "double") in told


@pytest.mark.parametrize(
    "form", [f for f in formats.FORMATS.values() if f.lossless and f.suffixes], ids=lambda f: f.name
)
@pytest.mark.filterwarnings("ignore::trabecula.leftover.LeftOut")
def test_nothing_of_it_is_lost_in_a_file(kras: Graph, form: formats.Format, tmp_path: Path) -> None:
    path = tmp_path / f"a{form.suffixes[0]}"
    formats.write(kras, path)
    left = Leftovers()
    again = formats.load(path, left=left)
    assert (again, again.about, list(left.lines())) == (kras, kras.about, [])
    assert again.columns.signs == kras.columns.signs
    speaks_of_nothing_else(path.read_text("utf-8"))


# --- Prefixes -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("curie", "iri"),
    [
        ("X:1", "https://example.org/kras/prefix/X/1"),
        ("lab:a/b", "https://lab.example.org/id/a/b"),
        ("ensembl:ENSG00000133703", "https://www.ensembl.org/id/ENSG00000133703"),
        ("SO:0001583", "http://purl.obolibrary.org/obo/SO_0001583"),
        ("schema:name", "https://schema.org/name"),
        ("no-such.one:ä?b", "https://example.org/kras/prefix/no-such.one/%C3%A4%3Fb"),
        ("CHEBI:17823", "http://purl.obolibrary.org/obo/CHEBI_17823"),
        ("kras", "https://example.org/kras/entity/kras"),
    ],
)  # fmt: skip
@pytest.mark.filterwarnings("ignore::trabecula.leftover.LeftOut")
def test_any_identifier_comes_back_from_turtle_as_it_was(
    kras: Graph, curie: str, iri: str, tmp_path: Path
) -> None:
    graph = Graph([kras.about, Entity(id=curie, name="x", category="protein")])
    text = formats.render(graph, "nt").decode("utf-8")
    assert f"<{iri}> " in text
    formats.write(graph, tmp_path / "a.ttl")
    assert list(formats.load(tmp_path / "a.ttl").entities) == [curie]


@pytest.mark.parametrize("identifier", ["X:1", ":1", "x:", "urn:isbn:1", "Ä:1", "x:a:b"])
@pytest.mark.filterwarnings("ignore::trabecula.leftover.LeftOut")
def test_no_prefix_ends_in_an_error(identifier: str, tmp_path: Path) -> None:
    graph = Graph([Entity(id=identifier, name="x", category="protein")])
    formats.write(graph, tmp_path / "a.ttl")
    assert list(formats.load(tmp_path / "a.ttl").entities) == list(graph.entities)


def test_what_no_address_can_hold_is_refused_when_it_is_written() -> None:
    graph = Graph([Entity(id="a b:c", name="x", category="protein")])
    with pytest.raises(FormatError, match="is another way to write"):
        formats.render(graph, "ttl")


def test_prefixes_are_read_in_the_spelling_of_their_registry() -> None:
    ids = ["ENSEMBL:ENSG00000133703", "so:0001583", "kegg.Pathway:hsa04010"]
    graph = Graph([Entity(id=key, name=key, category="protein") for key in ids])
    assert list(graph.entities) == [
        "SO:0001583",
        "ensembl:ENSG00000133703",
        "kegg.pathway:hsa04010",
    ]


def test_a_turtle_file_declares_prefixes_itself(tmp_path: Path) -> None:
    path = tmp_path / "a.ttl"
    path.write_text(
        "@prefix tb: <https://w3id.org/trabecula/ontology#> .\n"
        "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
        "@prefix dct: <http://purl.org/dc/terms/> .\n"
        "@prefix bench: <https://bench.example.org/#> .\n"
        'bench:7 a tb:Protein ; rdfs:label "seven" ; dct:identifier "bench:7" .\n'
    )
    graph = formats.load(path)
    assert list(graph.entities) == ["bench:7"]
    assert graph.about.prefixes == (("bench", "https://bench.example.org/#"),)
    assert "@prefix bench: <https://bench.example.org/#> ." in formats.render(graph, "ttl").decode()


def test_one_line_warns_of_all_prefixes_that_nobody_declares() -> None:
    graph = Graph(
        [Entity(id=f"{name}:{n}", name="x", category="cell") for name in "XY" for n in "12"]
    )
    with pytest.warns(LeftOut) as told:
        formats.render(graph, "nt")
    assert len(told) == 1
    assert "the prefix X, Y; IRIs are made up" in str(told[0].message)


def test_a_query_is_asked_and_answered_in_its_own_names() -> None:
    asked = (
        "PREFIX k: <https://example.org/kras/entity/> SELECT ?x WHERE "
        "{ k:fbxw7 <https://example.org/kras/ontology#degrades> ?x . "
        "<https://lab.example.org/id/31> tb:requires ?y }"
    )
    answer = run("query", asked, "-f", "csv", "--graph", KRAS)
    assert answer.stdout.split() == ["x", "https://example.org/kras/entity/myc"]
    short = run("query", "SELECT ?x WHERE { ?x own:degrades ?y . lab:31 ?p ?z }", "--graph", KRAS)
    assert (
        short.stdout.splitlines()[2:] == ["entity:fbxw7", "1 row"] or "entity:fbxw7" in short.stdout
    )
    assert short.stderr == ""


def test_what_it_is_about_is_found_by_name_and_its_page_opens_around_that(kras: Graph) -> None:
    assert kras.about.focus == ("kras", "apoptosis")
    read = Evidence(source="", strength="direct")
    more = [
        Statement(subject=f"x{start}", predicate="activates", object=f"x{end}", evidence=(read,))
        for start in range(12)
        for end in range(start)
    ]
    entities = [Entity(id=f"x{n}", name=f"x{n}", category="protein") for n in range(12)]
    graph = Graph([kras.about, *kras, *entities, *more])
    shown = {end for s in core(graph.columns) for end in (s.subject, s.object)}
    assert {"kras", "apoptosis"} <= shown
    assert not any(end.startswith("x") for end in shown)
    first, *_ = opening.questions(graph, disputed=False)
    assert "KRAS" in first["words"] or "apoptosis" in first["words"]


def test_a_part_without_what_the_whole_is_about_can_be_curated(kras: Graph, tmp_path: Path) -> None:
    part = kras.select('near("cyclin D1", 1)')
    assert "apoptosis" not in part.entities
    formats.write(part, tmp_path / "part", "curated")
    again = formats.load(tmp_path / "part")
    assert again == part
    assert set(again.about.focus) == set(kras.about.focus) & set(part.entities)


def test_about_goes_to_json_and_back(tmp_path: Path) -> None:
    about = About(title="A", topics=(Term("t", "T", "x"),), prefixes=(("lab", "https://lab.org/"),))
    formats.write([about, Entity(id="a", name="a", category="cell")], tmp_path / "a.json")
    assert formats.load(tmp_path / "a.json").about == about
