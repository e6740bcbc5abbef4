"""What is derived is in a graph of its own, names its premises, and is gone without them."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pyoxigraph
import pytest
import rdflib
from rdflib import PROV, RDF, URIRef

from trabecula import formats, shipped
from trabecula.checks.logic import empty_classes, ontology
from trabecula.context import differences
from trabecula.errors import FormatError
from trabecula.formats.rdf import derived
from trabecula.formats.rdf.model import Triple
from trabecula.graph import Graph
from trabecula.identifiers import ONTOLOGY, STATEMENT
from trabecula.model import Entity, Evidence, Record, Statement
from trabecula.reason.conflicts import conflicts
from trabecula.reason.consequences import consequences, path_id
from trabecula.reason.loops import loops

READ = Evidence(source="one", strength="direct")
AGAINST = Evidence(source="two", stance="disputes", strength="direct")
SAID = Evidence(source="article", strength="asserted")
PREMISE = "http://www.w3.org/ns/prov#wasDerivedFrom"


@pytest.fixture(scope="module")
def shipped_graph() -> Graph:
    return formats.load()


def edge(subject: str, predicate: str, object_: str, *rows: Evidence, **more: bool) -> Statement:
    return Statement(
        subject=subject, predicate=predicate, object=object_, evidence=rows or (READ,), **more
    )


def said(graph: Graph) -> list[tuple[int, str]]:
    return [(path.sign, " ".join(path.entities)) for path in consequences(graph.influence)]


def premises(triples: set[Triple]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for subject, predicate, value in triples:
        if predicate == PREMISE:
            found.setdefault(subject, set()).add(str(value).removeprefix(STATEMENT))
    return found


# --- Consequences ---------------------------------------------------------------------------


def test_consequences_are_chains_of_two_and_three_with_the_product_of_their_signs() -> None:
    graph = Graph(
        [
            # a lowers b, b lowers c: - times - is +. The third step, -, turns both chains over it.
            edge("a", "inhibits", "b"),
            edge("b", "decreases", "c"),
            # What is required acts on what requires it: c acts on d with +.
            edge("d", "requires", "c"),
            edge("d", "inhibits", "e"),
        ]
    )
    assert said(graph) == [
        (1, "a b c"),
        (-1, "b c d"),
        (-1, "c d e"),
        (1, "a b c d"),
        (1, "b c d e"),
    ]


@pytest.mark.parametrize(
    "second",
    [
        edge("b", "increases", "c", SAID),  # the article alone says so
        edge("b", "increases", "c", READ, AGAINST),  # contested
        edge("b", "increases", "c", READ, negated=True),
        edge("b", "regulates", "c"),  # in an unknown direction
        edge("b", "part_of", "c"),  # structure
        edge("b", "level_of", "c"),  # another name of one state
        edge("b", "increases", "a"),  # back to where it starts
    ],
    ids=lambda statement: f"{statement.predicate}-{len(statement.evidence)}-{statement.negated}",
)
def test_nothing_follows_where_a_step_is_not_supported_or_does_not_act(second: Statement) -> None:
    assert said(Graph([edge("a", "increases", "b"), second])) == []


def test_a_name_for_a_state_may_be_a_step_between_two_that_act() -> None:
    graph = Graph(
        [
            edge("diet", "causes", "lack"),
            edge("lack", "deficiency_of", "magnesium"),
            edge("bone", "requires", "magnesium"),
        ]
    )
    # diet raises the lack, the lack is less magnesium, less magnesium is less bone: + - + is -.
    assert said(graph) == [(-1, "diet lack magnesium bone")]


def test_nothing_follows_over_a_break_of_context_even_with_a_step_between() -> None:
    rat = Evidence(source="one", strength="direct", species="rat")
    human = Evidence(source="two", strength="direct", species="human")
    first, last = edge("a", "increases", "b", rat), edge("c", "increases", "d", human)
    assert said(Graph([first, edge("b", "increases", "c", human)])) == []
    # The step between names no species; a to c and b to d each hold, a to d does not.
    graph = Graph([first, edge("b", "increases", "c", READ), last])
    assert said(graph) == [(1, "a b c"), (1, "b c d")]


def test_where_there_are_too_many_of_one_length_none_of_it_are_given() -> None:
    chain = [edge(a, "increases", b) for a, b in pairwise("abcd")]
    assert [len(path.steps) for path in consequences(Graph(chain).influence)] == [2, 2, 3]
    assert [len(path.steps) for path in consequences(Graph(chain).influence, limit=2)] == [2, 2]
    assert consequences(Graph(chain).influence, limit=1) == ()


def test_fifty_chains_are_looked_at_for_each_that_may_be_given() -> None:
    """Those that break the context are looked at as well, and are none."""
    rat = Evidence(source="one", strength="direct", species="rat")
    human = Evidence(source="two", strength="direct", species="human")

    def knot(count: int) -> Graph:
        into = [edge(f"i{n}", "increases", "hub", rat) for n in range(count)]
        out = [edge("hub", "increases", f"o{n}", human) for n in range(7)]
        return Graph([*into, *out, edge("p", "increases", "q"), edge("q", "increases", "r")])

    # 7 · 7 and one more chain are fifty, 8 · 7 and one more are not.
    assert [path.entities for path in consequences(knot(7).influence, limit=1)] == [("p", "q", "r")]
    assert consequences(knot(8).influence, limit=1) == ()


def test_those_of_the_shipped_graph_rest_on_supported_statements_that_share_a_context(
    shipped_graph: Graph,
) -> None:
    paths = consequences(shipped_graph.influence)
    assert {shipped_graph.status(s) for path in paths for s in path.statements} == {"supported"}
    assert {s.negated for path in paths for s in path.statements} == {False}
    assert {path.sign for path in paths} == {1, -1}
    assert {len(path.steps) for path in paths} == {2, 3}
    assert [p for p in paths for a, b in pairwise(p.statements) if differences(a, b)] == []
    assert len({path_id(path) for path in paths}) == len(paths)


# --- In RDF ---------------------------------------------------------------------------------


def test_everything_derived_is_there_with_the_statements_it_was_derived_from(
    shipped_graph: Graph,
) -> None:
    expected = {
        loop.iri: {s.id for s in loop.statements} for loop in loops(shipped_graph.influence).found
    }
    expected |= {
        derived.CONFLICT + conflict.id: {s.id for s in conflict.statements}
        for conflict in conflicts(shipped_graph.influence).found
    }
    expected |= {
        derived.CONSEQUENCE + path_id(path): {s.id for s in path.statements}
        for path in consequences(shipped_graph.influence)
    }
    assert premises(set(derived.triples(shipped_graph))) == expected


def test_a_loop_in_turtle_reads_as_worked_out_by_hand() -> None:
    # calcium lowers the hormone, the hormone raises calcium: balancing. Two loose ends act on.
    down, up = edge("calcium", "inhibits", "pth"), edge("pth", "increases", "calcium", READ, SAID)
    graph = Graph([Entity(id="pth", name="PTH", category="protein"), down, up])
    (loop,) = loops(graph.influence).found
    one, other = sorted((down.id, up.id))
    assert derived.render(graph).decode() == (
        "@prefix entity: <https://w3id.org/trabecula/entity/> .\n"
        "@prefix prov: <http://www.w3.org/ns/prov#> .\n"
        "@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .\n"
        "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
        "@prefix statement: <https://w3id.org/trabecula/statement/> .\n"
        "@prefix tb: <https://w3id.org/trabecula/ontology#> .\n\n"
        "<https://w3id.org/trabecula/derived> {\n"
        f"    <{loop.iri}> a tb:FeedbackLoop ;\n"
        '        rdfs:label "balancing: calcium lowers PTH, which raises calcium" ;\n'
        '        tb:kind "balancing" ;\n'
        "        tb:sign -1 ;\n"
        "        tb:steps 2 ;\n"
        "        tb:passes entity:calcium , entity:pth ;\n"
        f"        tb:weakest statement:{down.id} ;\n"
        f"        prov:wasDerivedFrom statement:{one} , statement:{other} .\n"
        "}\n"
    )


def test_all_of_it_is_in_one_named_graph_in_either_syntax(shipped_graph: Graph) -> None:
    trig = set(pyoxigraph.parse(derived.render(shipped_graph), format=pyoxigraph.RdfFormat.TRIG))
    nq = pyoxigraph.parse(derived.render(shipped_graph, "nq"), format=pyoxigraph.RdfFormat.N_QUADS)
    assert set(nq) == trig
    assert {quad.graph_name for quad in trig} == {pyoxigraph.NamedNode(derived.GRAPH)}


@pytest.mark.parametrize(
    "syntax", [f.syntax for f in formats.FORMATS.values() if f.module == "rdf"]
)
def test_nothing_derived_is_in_a_file_of_the_asserted(syntax: str, shipped_graph: Graph) -> None:
    part = shipped_graph.select("near(calcitriol, 1)")
    text = formats.render(part, syntax).decode()
    words = ("FeedbackLoop", "Consequence", "/derived", "/loop/", "/conflict/", "tb:Conflict")
    assert [word for word in words if word in text] == []


@pytest.mark.parametrize("syntax", ["trig", "nq"])
def test_what_is_derived_is_never_read_as_records(
    syntax: str, shipped_graph: Graph, tmp_path: Path
) -> None:
    path = tmp_path / f"derived.{syntax}"
    path.write_bytes(derived.render(shipped_graph, syntax))
    with pytest.raises(FormatError, match="no entity, source or statement of trabecula is among"):
        formats.load(path)


def test_the_order_of_the_records_changes_nothing(shipped_graph: Graph) -> None:
    backwards: list[Record] = [*shipped_graph, shipped_graph.about][::-1]
    assert derived.render(Graph(backwards)) == derived.render(shipped_graph)


def test_an_identifier_that_is_no_iri_is_refused() -> None:
    bad = "https://example.org/a b"
    graph = Graph([edge("a", "increases", bad), edge(bad, "increases", "a")])
    with pytest.raises(FormatError, match="this is no IRI"):
        derived.render(graph)


# --- Removing a premise ---------------------------------------------------------------------


def test_removing_one_statement_removes_exactly_what_was_derived_from_it(
    shipped_graph: Graph,
) -> None:
    graph = shipped_graph.select("near(calcitriol, 1) | near(parathyroid-hormone, 1)")
    before = set(derived.triples(graph))
    basis = premises(before)
    removed = {key for found in basis.values() for key in found}
    assert {node.split("/")[-2] for node in basis} == {"loop", "conflict", "consequence"}
    for key in removed:
        rest: list[Record] = [record for record in graph if record.id != key]
        after = set(derived.triples(Graph(rest)))
        without = premises(after)
        assert [node for node, found in without.items() if key in found] == []
        # All that did not rest on it is there as it was.
        kept = {triple for triple in before if key not in basis[triple[0]]}
        assert kept - after == set()
        # Conflicts may go on with their other statements, or come out from behind graver ones.
        more = {node for node, _, _ in after - kept}
        assert [node for node in more if not node.startswith(derived.CONFLICT)] == []


# --- The ontology ---------------------------------------------------------------------------


def test_its_terms_are_declared_and_its_individuals_contradict_nothing(
    shipped_graph: Graph,
) -> None:
    data = rdflib.Graph()
    for subject, predicate, value in derived.triples(shipped_graph):
        node = URIRef(value) if isinstance(value, str) else rdflib.Literal(value.text)
        data.add((URIRef(subject), URIRef(predicate), node))
    words = rdflib.Graph().parse(shipped.ontology() / "trabecula.ttl")
    used = {n for t in data for n in t if isinstance(n, URIRef) and n.startswith(ONTOLOGY)}
    assert {term for term in used if (term, RDF.type, None) not in words} == set()
    # The premises are statements; HermiT knows no property of PROV and need not.
    statement = URIRef(ONTOLOGY + "Statement")
    for premise in set(data.objects(None, PROV.wasDerivedFrom)):
        data.add((premise, RDF.type, statement))
    data.remove((None, PROV.wasDerivedFrom, None))
    for name in ("steps", "sign"):
        data.remove((None, URIRef(ONTOLOGY + name), None))
    assert empty_classes(ontology() + data.serialize(format="nt")) == ()
