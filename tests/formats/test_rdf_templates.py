"""RDF as text is what pyoxigraph writes for the same triples, byte by byte."""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable, Iterator
from dataclasses import replace

import pyoxigraph as ox
import pytest

from trabecula.errors import FormatError
from trabecula.formats import rdf
from trabecula.formats.rdf import evidence, named_graphs, statements, templates, terms, writing
from trabecula.formats.rdf import rows as rdf_rows
from trabecula.formats.rdf.spaces import prefixes_of
from trabecula.graph import Graph
from trabecula.model import (
    About,
    Category,
    Effect,
    Entity,
    Evidence,
    Predicate,
    Record,
    Review,
    Source,
    Statement,
    Xref,
)
from trabecula.prefixes import ENTITY, EVIDENCE, NAMESPACES, ONTOLOGY

# --- What pyoxigraph writes -----------------------------------------------------------------


def _quads(graph: Graph) -> Iterator[ox.Quad]:
    """What a file says, from `describe` alone, with the IRIs of the graph."""
    yield from (ox.Quad(*triple) for triple in terms.described(writing._description(graph)))
    out = writing._outward(graph) or str
    for name, subject, row in named_graphs.nanopublications(graph):
        for predicate, value in rdf_rows.pairs_of(row):
            object_ = value if isinstance(value, rdf_rows.Literal) else out(value)
            yield from terms.named([(out(subject), out(predicate), object_)], out(name))


def _used(graph: Graph, quads: list[ox.Quad]) -> dict[str, str]:
    nodes = {node for quad in quads for node in (quad.subject, quad.predicate, quad.object)}
    iris = [node.value for node in nodes if isinstance(node, ox.NamedNode)]
    iris += [node.datatype.value for node in nodes if isinstance(node, ox.Literal)]
    unsaid = (f"{NAMESPACES['xsd']}{name}" for name in ("string", "integer", "boolean"))
    return prefixes_of(graph, set(iris) - set(unsaid))


def _written(graph: Graph, syntax: str) -> bytes:
    quads = list(_quads(graph))
    if syntax in ("nt", "ttl"):
        quads = [quad for quad in quads if quad.graph_name == ox.DefaultGraph()]
    if syntax in ("nt", "nq"):
        text = ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b""
        return b"".join(sorted(text.splitlines(keepends=True)))
    text = ox.serialize(quads, format=ox.RdfFormat.TRIG, prefixes=_used(graph, quads))
    return writing._readable(text or b"").encode("utf-8")


SYNTAXES = ("nt", "nq", "ttl", "trig")


# --- Graphs of every shape ------------------------------------------------------------------

TEXTS = (
    "", "plain", "100 % %s %%", 'a "quoted" text', "back\\slash", "Ca²⁺ → größer 骨 😀", "a . b ;",
    "<a>", "tab\tand\nline\rend", "\x00\x7f\ufffe\uffff", "x" * 300, "\u2028\x85", "'it's'", "1.50",
)  # fmt: skip
IDS = (
    "calcitriol", "e1", "e10", "a b", "größe", "CHEBI:1", "UBERON:0001", "PMID:12", "X:y/z",
    "doi:10.1/a(b)c/d.", "doi:10.1/plain-2", "lab:1", "lab:1/2_3.4", "http://a.org/x?y=1&z=%20#q",
    "http://purl.obolibrary.org/obo/\u00b7a", "http://purl.obolibrary.org/obo/", ONTOLOGY,
    ONTOLOGY + "x", "https://own.org/other/e1", "https://own.org/~x..y-", "https://127.0.0.1:80/a",
)  # fmt: skip
PREDICATES = ("activates", "inhibits", "requires", "RO:0002211", "biolink:affects", "swells",
              "skos:exactMatch", "http://a.org/p%25", "biolink:in_taxon")  # fmt: skip
ABOUT = About(
    title="Of its \u201cown\u201d",
    namespace="https://own.org/",
    authors=("B", "A"),
    licence="https://a.org/licence",
    date="2026-11",
    prefixes=(("lab", "https://lab.org/"), ("deep", "https://lab.org/1/")),
    categories=(Category("lesion", "Lesion", "lesion", "", "biolink:Disease", "Entity"),),
    predicates=(
        Predicate(
            name="swells", label="swells", inverse="", inverse_label="", definition="", sign=1
        ),
    ),
    context=(("ward", ()),),
)


class _Draw(random.Random):
    def some(self, values: tuple[str, ...], most: int = 3) -> tuple[str, ...]:
        return tuple(self.choices(values, k=self.randrange(most + 1)))

    def context(self) -> tuple[tuple[str, str], ...]:
        keys = ("severity", "dose", "ward", "sign", "a:b %", "größe")
        return tuple(sorted((key, self.choice(TEXTS)) for key in self.some(keys)))


def _evidence(draw: _Draw) -> Evidence:
    fields = {name: draw.choice(TEXTS[:7]) for name in Effect.__slots__}
    numbers = {name: draw.choice(("1", "1.50", "1e3", "-2", "many", "")) for name in ("value", "n")}
    return Evidence(
        source=draw.choice(IDS[5:]),
        stance=draw.choice(("supports", "supports", "disputes", "qualifies")),
        strength=draw.choice(("direct", "review", "asserted", "title-only", "association", "")),
        method=draw.choice(("randomised-trial", "cell-culture", "odd", "")),
        species=draw.choice(("human", "rat", "NCBITaxon:9606", "dragon", "")),
        system=draw.choice(("cell-culture", "")),
        context=draw.context(),
        summary=draw.choice(TEXTS),
        effect=Effect(**{**fields, **numbers}) if draw.random() < 0.3 else None,
    )


def _graph(seed: int) -> Graph:
    """Records with every field empty, filled, odd, and several times the same."""
    draw = _Draw(seed)
    records: list[Record] = [ABOUT] if seed % 2 else []
    for name in dict.fromkeys(draw.choices(IDS, k=12)):
        xrefs = {
            Xref(draw.choice(("exact", "close", "related")), other, draw.choice(TEXTS[:3]))
            for other in draw.some(IDS)
        }
        records.append(
            Entity(
                id=name,
                name=draw.choice(TEXTS),
                category=draw.choice(("protein", "lesion", "biolink:Gene", "food %", "")),
                xrefs=tuple(sorted(xrefs)),
                synonyms=draw.some(TEXTS),
                description=draw.choice(TEXTS),
                taxon=draw.choice(("NCBITaxon:9606", "")),
            )
        )
    exact = {
        record.id: tuple(xref.curie for xref in record.xrefs if xref.match == "exact")
        for record in records
        if isinstance(record, Entity)
    }
    for name in dict.fromkeys(draw.choices(IDS[5:], k=6)):
        if not all(":" in curie for curie in exact.get(name, ())):
            continue  # it would match something else than the entity does
        records.append(
            Source(
                id=name,
                title=draw.choice(TEXTS),
                year=draw.choice(("1999", "98", "")),
                authors=draw.some(TEXTS),
                abstract_read=draw.random() < 0.5,
                xrefs=exact.get(name, IDS[5:7]),
                url=draw.choice(("", "https://a.org/%20")),
                standing=draw.choice(("", "retracted")),
            )
        )
    for _ in range(40):
        rows = [_evidence(draw) for _ in range(draw.randrange(4))]
        statement = Statement(
            subject=draw.choice(IDS), predicate=draw.choice(PREDICATES), object=draw.choice(IDS),
            qualifiers=draw.context(), negated=draw.random() < 0.2, topic=draw.choice(TEXTS),
            evidence=tuple(rows + rows[:1]),
        )  # fmt: skip
        review = Review("2026-11-29", "against-source", "second-reader", statement.digest)
        records.append(replace(statement, reviews=(review, review)[: draw.randrange(3)]))
    return Graph(
        list({(type(record), getattr(record, "id", "")): record for record in records}.values())
    )


@pytest.mark.parametrize("syntax", SYNTAXES)
def test_the_shipped_graph_is_written_as_pyoxigraph_writes_it(
    covering: Graph, part: Graph, syntax: str
) -> None:
    graph = part if syntax == "ttl" else covering
    assert rdf.render(graph, syntax) == _written(graph, syntax)


@pytest.mark.parametrize("syntax", SYNTAXES)
@pytest.mark.parametrize("seed", range(24))
def test_records_of_every_shape_are_written_as_pyoxigraph_writes_them(
    seed: int, syntax: str
) -> None:
    graph = _graph(seed)
    assert rdf.render(graph, syntax) == _written(graph, syntax)


@pytest.mark.parametrize("syntax", SYNTAXES)
@pytest.mark.parametrize("records", [[], [ABOUT]], ids=["none", "about"])
def test_a_graph_without_records_is_written_as_pyoxigraph_writes_it(
    records: list[Record], syntax: str
) -> None:
    assert rdf.render(Graph(records), syntax) == _written(Graph(records), syntax)


def test_a_subject_in_two_roles_is_one_block() -> None:
    statement = Statement(
        subject="a", predicate="causes", object="b", evidence=(Evidence(source="a"),)
    )
    node = evidence.evidence_iri(statement.id, statement.evidence[0])
    both = Graph([statement, Entity(id=node, name="its evidence", category="food")])
    for syntax in SYNTAXES:
        assert rdf.render(both, syntax) == _written(both, syntax)
    assert node.startswith(EVIDENCE)


def test_a_prefix_that_alone_can_be_written_is_one_that_is_used_anyway() -> None:
    """`CHEBI:·a` is no name of Turtle, and `obo:` is declared only where something else has it."""
    odd, other = "http://purl.obolibrary.org/obo/CHEBI_\u00b7a", "http://purl.obolibrary.org/obo/q"
    for names in ((odd,), (odd, other)):
        graph = Graph([Entity(id=name, name="a", category="food") for name in names])
        assert rdf.render(graph, "ttl") == _written(graph, "ttl")


@pytest.mark.parametrize("kind", [templates.Terms(), templates.PrefixedTerms({"e": ENTITY})])
def test_every_character_is_escaped_as_pyoxigraph_does(kind: templates.Terms) -> None:
    texts = [f"a{chr(code)}b" for code in (*range(0xD800), *range(0xE000, 0x10400))]
    terms_of_strings = kind.of(rdf_rows.STRING)
    assert [terms_of_strings[text] for text in texts] == [str(ox.Literal(text)) for text in texts]


def _lines() -> templates.Lines:
    return templates.Lines(templates.Terms())


def _blocks() -> templates.Blocks:
    return templates.Blocks(templates.PrefixedTerms({"e": ENTITY, "own": "https://own.org/"}))


@pytest.mark.parametrize("made", [_lines, _blocks])
def test_rows_that_are_filled_in_together_say_what_each_says_alone(
    made: Callable[[], templates.Lines | templates.Blocks],
) -> None:
    """Whatever stands in the rows beside it; a row alone has no template."""
    label, part = rdf_rows.LABEL, rdf_rows.property_of("http://a.org/p%25", ENTITY)
    node = rdf_rows.property_of("https://own.org/node", rdf_rows.IRI)
    iris = [rdf_rows.iri(name, ENTITY) for name in IDS]
    kind = rdf_rows.Kind([(rdf_rows.TYPE, ONTOLOGY), (label, None), (node, None), (part, None)])
    rows: list[rdf_rows.Row] = []
    for text, name, other in itertools.product(TEXTS, IDS[:9], ("e1", "e10")):
        rows += [[(label, text), (part, name), (part, other), (label, "plain")], [(label, text)]]
    for filled in itertools.product(TEXTS, iris, ("e1", "e10")):
        rows.append(rdf_rows.Filled(kind, filled))
    random.Random(1).shuffle(rows)  # noqa: S311 (no secret)
    subjects = [f"<http://a.org/{number}>" for number in range(len(rows))]
    alone = made()
    alone_texts = [
        text for pair in zip(subjects, rows, strict=True) for text in alone.of(*zip(pair))
    ]
    for size in (templates.FEW, 97, len(rows)):
        together = made()
        texts: list[str] = []
        for start in range(0, len(rows), size):
            portion = slice(start, start + size)
            texts += together.of(subjects[portion], rows[portion])
        assert texts == alone_texts


def test_nodes_that_are_made_together_are_those_that_are_made_one_by_one() -> None:
    space = "https://own.org/"
    names = (
        space + "a1", space + "b", space + "c.d", space + "e_", space + "größe", space,
        space + "other/a", space + "other/a/b", "https://else.org/a", "http://own.org/a", "urn:a:b",
    )  # fmt: skip
    for several in itertools.chain(
        itertools.combinations(names, 1), itertools.permutations(names, 2)
    ):
        for spaces in ({}, {"own": space}, {"own": space, "other": f"{space}other/"},
                       {"own": space, "a": f"{space}a"}):  # fmt: skip
            for made in (templates.Terms, lambda s=spaces: templates.PrefixedTerms(s)):
                together, alone = made(), made()
                nodes = alone.of(rdf_rows.IRI)
                assert together.column(rdf_rows.IRI, several) == [nodes[name] for name in several]
                assert getattr(together, "used", {}) == getattr(alone, "used", {})


@pytest.mark.parametrize("terms", [templates.Terms(), templates.PrefixedTerms({"e": ENTITY})])
def test_no_name_of_two_lines_is_a_node(terms: templates.Terms) -> None:
    names = [f"{ENTITY}a\n{ENTITY}b", f"{ENTITY}c"]
    with pytest.raises(FormatError, match="this is no IRI"):
        terms.column(rdf_rows.IRI, names)


def test_values_of_one_property_are_sorted_in_a_template_and_none_stands_twice() -> None:
    name = rdf_rows.property_of("http://a.org/p%25", rdf_rows.STRING)
    rows = [[(name, "b"), (name, "a")], [(name, "d"), (name, "c %s")], [(name, "f"), (name, "e")]]
    start = "<http://a.org/x> <http://a.org/p%25>"
    texts = _lines().of(["<http://a.org/x>"] * 3, rows)
    assert texts == [
        f'{start} "a" .\n{start} "b" .\n',
        f'{start} "c %s" .\n{start} "d" .\n',
        f'{start} "e" .\n{start} "f" .\n',
    ]
    twice = _lines().of(["<http://a.org/x>"] * 3, [*rows[:2], [(name, "e"), (name, "e")]])
    assert twice == [*texts[:2], f'{start} "e" .\n']


def test_a_statement_with_one_piece_of_evidence_says_what_it_says_without_its_kind() -> None:
    """What its kind is follows from a few words; a kind that is there is not worked out again."""
    several = [
        Statement(
            subject="a", predicate=predicate, object="b", negated=negated, topic=topic,
            evidence=(Evidence(source=f"PMID:{number}", stance=stance, strength=strength),),
            qualifiers=(("severity", f"{predicate} {negated} {topic} {stance} {strength} {number}"),),
        )
        for predicate, negated, topic, stance, strength, number in itertools.product(
            ("activates", "inhibits"), (False, True), ("", "pth"),
            ("supports", "disputes", "qualifies"), ("direct", "title-only", "asserted", ""), (1, 2, 3),
        )
    ]  # fmt: skip
    retracted = Source(id="PMID:2", standing="retracted")
    for bare in several:
        plain = [replace(bare, qualifiers=(), object=name) for name in "bcd"]
        graph = Graph([*plain, Source(id="PMID:1"), retracted])
        assert rdf.render(graph, "nt") == _written(graph, "nt")
    kinds: dict[tuple[object, ...], dict[tuple[str, bool, bool], rdf_rows.Kind]] = {}
    graph = Graph([*several, Source(id="PMID:1"), retracted])
    for statement in graph.statements.values():
        bare = replace(statement, qualifiers=())
        alike = kinds.setdefault(evidence.words_of_evidence(bare.evidence[0]), {})
        filled = statements._plain_statement(bare, ("e",), graph, alike)
        assert list(filled) == list(statements._statement(bare, ("e",), graph))
    assert sum(map(len, kinds.values())) < len(several)


def test_there_is_no_template_where_a_value_is_one_row_s_own_and_another_is_not() -> None:
    name = rdf_rows.property_of("http://a.org/p", rdf_rows.STRING)
    kind = rdf_rows.Kind([(name, "b"), (name, None)])
    rows = [rdf_rows.Filled(kind, [text]) for text in "acb"]
    start = "<http://a.org/x> <http://a.org/p>"
    for _ in range(2):
        lines = templates.Lines(templates.Terms())
        texts = lines.of(["<http://a.org/x>"] * 3, rows)
        assert texts[0] == f'{start} "a" .\n{start} "b" .\n'
        assert texts[1:] == [f'{start} "b" .\n{start} "c" .\n', f'{start} "b" .\n']
