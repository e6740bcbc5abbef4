"""Whatever an identifier looks like, no change of format changes who is meant, or the sign.

What JSON or RDF of others calls a thing is settled where it enters; from there on it is the same in
every format that loses nothing, or the format refuses to say it.
"""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from trabecula import formats
from trabecula.errors import FormatError, TrabeculaError
from trabecula.formats import FORMATS
from trabecula.graph import Graph
from trabecula.identifiers import expand
from trabecula.leftover import Leftovers
from trabecula.model import Effect, Entity, Evidence, Record, Review, Source, Statement
from trabecula.prefixes import ENTITY, NAMESPACES, ONTOLOGY, PREFIXES, SOURCE
from trabecula.settled import settled, settled_iri
from trabecula.vocabulary import WORDS

LOSSLESS = [form for form in FORMATS.values() if form.lossless]
#: Those among them that say whatever a graph holds; the curated one has a vocabulary of its own.
FILES = [form for form in LOSSLESS if form.suffixes]

_PIECES = [*"abcXYZ019.-_~%/:#?&=+;,()'!*@éßЖ中𝒳\u0301", "%20", "%C3%A9", "%FF", "CHEBI:", "GO_"]
_LOCAL = some.lists(some.sampled_from(_PIECES), min_size=1, max_size=8).map("".join)
_NAMES = some.sampled_from(
    [*NAMESPACES, *PREFIXES, "chebi", "Chebi", "TB", "pubmed", "taxonomy", "nosuch", "http", "urn"]
)
_SPACES = some.sampled_from(
    [
        *NAMESPACES.values(),
        *(prefix.iri for prefix in PREFIXES.values()),
        *(prefix.url.partition("$1")[0] for prefix in PREFIXES.values()),
        "https://identifiers.org/chebi/CHEBI:",
        "http://identifiers.org/",
        "https://dx.doi.org/10.1000/",
        "https://example.org/",
        "HTTP://example.org/",
    ]
).map(lambda space: space.replace("https:", "http:") if len(space) % 2 else space)
#: Slugs, CURIEs of known and unknown prefixes, and whole IRIs, ours among them.
IDENTIFIERS = some.one_of(
    _LOCAL,
    some.builds("{}:{}".format, _NAMES, _LOCAL | some.sampled_from(["17823", "0000062", "10.1000/a"])),
    some.builds("{}{}".format, _SPACES, _LOCAL | some.sampled_from(["17823", "", "/"])),
    some.sampled_from(["tb:increases", ONTOLOGY + "increases", "entity:a", ENTITY + "a", SOURCE + "a"]),
).filter(lambda text: text.split() == [text])  # fmt: skip


@settings(max_examples=500, deadline=None)
@given(IDENTIFIERS, some.sampled_from([ENTITY, SOURCE, ONTOLOGY]))
def test_what_is_settled_once_is_settled(identifier: str, base: str) -> None:
    once = settled(identifier, base)
    assert settled(once, base) == once


@settings(max_examples=500, deadline=None)
@given(_SPACES, _LOCAL)
def test_an_iri_and_its_identifier_are_settled_alike(space: str, local: str) -> None:
    iri = settled_iri(space + local)
    assert settled_iri(iri) == iri
    for base in (ENTITY, SOURCE, ONTOLOGY):
        assert settled(iri, base) == settled(space + local, base)


def _document(ids: list[str], predicate: str, source: str) -> dict[str, object]:
    nodes = [{"id": each, "name": each, "category": "chemical", "taxon": ids[-1]} for each in ids]
    nodes[0]["xrefs"] = [{"match": "exact", "curie": ids[-1]}]  # type: ignore[assignment]
    edges = [
        {
            "source": first,
            "target": second,
            "predicate": predicate,
            "negated": len(first) % 2 == 0,
            "evidence": [{"source": source, "stance": "supports"}],
        }
        for first, second in zip(ids, reversed(ids), strict=True)
    ]
    return {"nodes": nodes, "edges": edges, "sources": [{"id": source, "xrefs": [source]}]}


@pytest.mark.filterwarnings("ignore:nobody declares the prefix")
@settings(max_examples=40, deadline=None)
@given(some.lists(IDENTIFIERS, min_size=1, max_size=3), IDENTIFIERS, IDENTIFIERS)
def test_no_format_changes_who_is_meant(ids: list[str], predicate: str, source: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "first.json")
        path.write_text(json.dumps(_document(ids, predicate, source)), encoding="utf-8")
        try:
            graph = formats.load(path, left=Leftovers())
        except FormatError as error:  # two of the ids are one
            assert "has the id" in str(error)  # noqa: PT017
            return
        for form in LOSSLESS:
            target = Path(folder, f"graph{form.suffixes[0]}" if form.suffixes else "graph")
            try:
                formats.write(graph, target, form.name)
            except TrabeculaError:  # it says that it cannot say it
                assert form.name != "json"
                continue
            again = formats.load(target)
            assert again == graph
            assert [WORDS.sign_of(s) for s in again.statements.values()] == [
                WORDS.sign_of(s) for s in graph.statements.values()
            ]


NAMED = {
    "a predicate of ours with its prefix": ("predicate", "tb:increases", "increases"),
    "a predicate of ours as an IRI": ("predicate", ONTOLOGY + "increases", "increases"),
    "an entity of ours as an IRI": ("source", ENTITY + "a", "a"),
    "an entity of ours with its prefix": ("target", "entity:a", "a"),
    "a term by the https form of its IRI": (
        "source",
        "https://purl.obolibrary.org/obo/CHEBI_27363",
        "CHEBI:27363",
    ),
    "a term whose prefix is in lower case": ("source", "chebi:27363", "CHEBI:27363"),
}


@pytest.mark.parametrize("name", NAMED)
@pytest.mark.parametrize("form", FILES, ids=lambda form: form.name)
def test_other_names_of_a_thing_are_settled_where_they_enter(
    form: formats.Format, name: str, tmp_path: Path
) -> None:
    key, written, meant = NAMED[name]
    edge = {"source": "x", "target": "y", "predicate": "decreases", "evidence": []} | {key: written}
    path = tmp_path / "a.json"
    path.write_text(json.dumps({"nodes": [], "edges": [edge]}), encoding="utf-8")
    [statement] = formats.read(path)
    assert isinstance(statement, Statement)
    attribute = {"source": "subject", "target": "object"}.get(key, key)
    assert getattr(statement, attribute) == meant
    assert WORDS.sign_of(statement) == (1 if meant == "increases" else -1)
    target = tmp_path / f"b{form.suffixes[0]}"
    formats.write([statement], target)
    assert list(formats.read(target)) == [statement]


UNSETTLED = {
    "predicate": Statement(subject="x", predicate="tb:increases", object="y"),
    "end": Statement(subject=ENTITY + "x", predicate="causes", object="entity:y"),
    "entity": Entity(id=ENTITY + "x", name="x", category="food"),
    "source": Source(id="source:s", title="A title"),
    "evidence": Statement(
        subject="x", predicate="causes", object="y", evidence=(Evidence(source=SOURCE + "s"),)
    ),
}


@pytest.mark.parametrize("form", FILES, ids=lambda form: form.name)
@pytest.mark.parametrize("record", UNSETTLED.values(), ids=UNSETTLED)
def test_a_graph_made_in_python_reads_back_equal_or_is_not_written(
    form: formats.Format, record: Record, tmp_path: Path
) -> None:
    graph, path = Graph([record]), tmp_path / f"a{form.suffixes[0]}"
    try:
        formats.write(graph, path)
    except FormatError as error:
        assert "is another way to write" in str(error)  # noqa: PT017
    else:
        assert formats.load(path) == graph


def test_json_with_one_thing_under_two_names_is_refused(tmp_path: Path) -> None:
    node = {"name": "a", "category": "food"}
    document = {"nodes": [{"id": "a", **node}, {"id": ENTITY + "a", **node}], "edges": []}
    path = tmp_path / "a.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    with pytest.raises(FormatError, match=r"nodes\[1\] has the id 'a', as nodes\[0\] has"):
        formats.load(path)


# --- What else makes up a statement ---------------------------------------------------------

_TEXTS = some.text(
    some.sampled_from("ab AZ01 .-_~%/:#?&=+;,()'\"!*@<>{}|\\^`éßЖ中𝒳\u0301[]$"),
    min_size=1,
    max_size=8,
).filter(lambda text: text == text.strip())
_KEYS = some.one_of(
    some.sampled_from(["severity", "dose", "sign", "status", "negated", "context-dose", "tb:dose"]),
    some.sampled_from(["topic", "hasEvidence", "stance", "label", "biolink:negated", "_3A", "%3A"]),
    _TEXTS,
)
_CONTEXTS = some.lists(some.tuples(_KEYS, _TEXTS), max_size=3, unique=True).map(sorted).map(tuple)
_EFFECTS = some.builds(
    Effect,
    measure=some.sampled_from(["RR", "MD", "change", "speed"]),
    value=some.sampled_from(["", "1.80", "-0.5", "a lot"]),
    unit=some.just("") | _TEXTS,
    n=some.sampled_from(["", "12", "a dozen"]),
    dose=some.sampled_from(["", "15 mmol/d", "much"]),
    comparator=some.just("") | _TEXTS,
)
_REVIEWS = some.builds(
    Review,
    some.just("2026-11-29"),
    some.sampled_from(["against-source", "for-sense"]),
    some.just("second-reader"),
    some.sampled_from(["0badcafe", "00000000"]),
)
_ROWS = some.builds(
    Evidence,
    source=some.sampled_from(["s", "PMID:1", "http://example.org/s"]),
    stance=some.sampled_from(["supports", "disputes", "qualifies"]),
    strength=some.sampled_from(["", "direct", "asserted", "title-only"]),
    method=some.sampled_from(["", "cohort", "divination"]),
    species=some.sampled_from(["", "human", "NCBITaxon:10090", "unicorn"]),
    context=_CONTEXTS,
    summary=some.just("") | _TEXTS,
    locator=some.just("") | _TEXTS,
    effect=some.none() | _EFFECTS,
)
_STATEMENTS = some.builds(
    Statement,
    subject=some.sampled_from(["a", "CHEBI:1"]),
    predicate=some.sampled_from(["increases", "decreases", "secretes", "RO:0002211", "somehow"]),
    object=some.sampled_from(["a", "b"]),
    qualifiers=_CONTEXTS,
    negated=some.booleans(),
    topic=some.sampled_from(["", "pth", "another topic"]),
    evidence=some.lists(_ROWS, max_size=3).map(tuple),
    reviews=some.lists(_REVIEWS, max_size=2, unique=True).map(sorted).map(tuple),
)


@pytest.mark.parametrize("form", FILES, ids=lambda form: form.name)
@settings(max_examples=20, deadline=None)
@given(graph=some.lists(_STATEMENTS, min_size=1, max_size=8).map(Graph))
def test_no_format_changes_what_is_said(form: formats.Format, graph: Graph) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"graph{form.suffixes[0]}")
        formats.write(graph, path)
        assert formats.load(path) == graph


@pytest.mark.parametrize(
    "curie", ["pfam:PF00292", "ito:00089", "mesh.vocab:Concept", "lbo:0000001", "IPR:IPR000001"]
)
def test_a_registry_within_the_space_of_another_is_its_own(curie: str) -> None:
    """`pfam` has IRIs below those of InterPro, and `ito` has an address within an address."""
    identifier = settled(curie, ENTITY)
    assert settled(expand(identifier, ENTITY), ENTITY) == identifier
