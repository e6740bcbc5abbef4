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
from trabecula.errors import FormatError
from trabecula.formats.rdf import derived
from trabecula.formats.rdf.rows import Triple
from trabecula.graph import Graph
from trabecula.model import Entity, Evidence, Record, Statement
from trabecula.prefixes import ONTOLOGY, STATEMENT
from trabecula.reason.conflicts import conflicts
from trabecula.reason.hypotheses import hypotheses
from trabecula.reason.loops import loops
from trabecula.vocabulary import PREDICATES

READ = Evidence(source="one", strength="direct")
AGAINST = Evidence(source="two", stance="disputes", strength="direct")
SAID = Evidence(source="article", strength="asserted")
PREMISE = "http://www.w3.org/ns/prov#wasDerivedFrom"


@pytest.fixture(scope="module")
def shipped_graph() -> Graph:
    return formats.load()


@pytest.fixture(scope="module")
def rendered(part: Graph) -> dict[str, bytes]:
    """All that is derived from a part of the shipped graph, in either syntax."""
    return {syntax: derived.render(part, syntax) for syntax in ("trig", "nq")}


def edge(subject: str, predicate: str, object_: str, *rows: Evidence, **more: bool) -> Statement:
    return Statement(
        subject=subject, predicate=predicate, object=object_, evidence=rows or (READ,), **more
    )


def said(graph: Graph, **bounds: int) -> list[tuple[int | None, str, str]]:
    return [(h.conclusion.sign, h.start, h.end) for h in hypotheses(graph.columns, **bounds)]


def premises(triples: set[Triple]) -> dict[str, set[str]]:
    grounds: dict[str, set[str]] = {}
    for subject, predicate, value in triples:
        if predicate == PREMISE:
            grounds.setdefault(subject, set()).add(str(value).removeprefix(STATEMENT))
    return grounds


# --- Hypotheses -----------------------------------------------------------------------------


def test_hypotheses_are_chains_of_two_changes_with_the_product_of_their_signs() -> None:
    graph = Graph(
        [
            # a lowers b, b lowers c: - times - is +. Three steps are none.
            edge("a", "inhibits", "b"),
            edge("b", "decreases", "c"),
            edge("c", "inhibits", "e"),
        ]
    )
    assert said(graph) == [(1, "a", "c"), (1, "b", "e")]


@pytest.mark.parametrize(
    "second",
    [
        edge("b", "increases", "c", SAID),  # the article alone says so
        edge("b", "increases", "c", READ, AGAINST),  # contested
        edge("b", "increases", "c", Evidence(source="x", strength="title-only")),
        edge("b", "increases", "c", Evidence(source="x", strength="association")),  # only seen
        edge("b", "increases", "c", READ, negated=True),
        edge("b", "regulates", "c"),  # in an unknown direction
        edge("c", "requires", "b"),  # a need: more gives no more
        edge("c", "has_input", "b"),
        edge("b", "positively_correlated_with", "c"),
        edge("b", "part_of", "c"),  # structure
        edge("b", "level_of", "c"),  # another name of one quantity
        edge("b", "increases", "a"),  # back to where it starts
    ],
    ids=lambda statement: f"{statement.predicate}-{len(statement.evidence)}-{statement.negated}",
)
def test_nothing_is_supposed_where_a_step_is_no_supported_change(second: Statement) -> None:
    assert said(Graph([edge("a", "increases", "b"), second])) == []


def test_it_is_about_quantities_and_says_in_which_interval_it_holds() -> None:
    graph = Graph(
        [
            edge("diet", "causes", "lack"),
            edge("lack", "deficiency_of", "iron"),
            edge("lack", "inhibits", "growth"),
            edge("growth", "increases", "height"),
        ]
    )
    # More diet, less iron, and less iron is less growth.
    assert said(graph) == [(-1, "diet", "growth"), (1, "iron", "height")]
    assert [h.conclusion.interval for h in hypotheses(graph.columns)] == ["", "lack"]


def test_to_take_away_what_causes_a_lack_makes_no_excess() -> None:
    names = [edge("lack", "deficiency_of", "iron"), edge("high", "excess_of", "iron")]
    graph = Graph([*names, edge("diet", "causes", "lack"), edge("high", "inhibits", "growth")])
    assert said(graph) == []


def test_where_somebody_spoke_of_the_two_or_chains_disagree_nothing_is_supposed() -> None:
    chain = [edge("a", "increases", "b"), edge("b", "increases", "c")]
    assert said(Graph([*chain, edge("a", "inhibits", "c")])) == []
    other = [edge("a", "increases", "d"), edge("d", "inhibits", "c")]
    assert said(Graph([*chain, *other])) == []


def test_nothing_is_supposed_over_a_break_of_context() -> None:
    young, old = (
        Evidence(source=age, strength="direct", species="human", context=(("age", age),))
        for age in ("young", "adult")
    )
    graph = Graph([edge("a", "increases", "b", young), edge("b", "increases", "c", old)])
    assert said(graph) == []


def test_where_there_are_too_many_none_are_given() -> None:
    chain = Graph([edge(a, "increases", b) for a, b in pairwise("abcd")])
    assert len(said(chain)) == 2
    assert said(chain, limit=1) == []
    assert said(chain, effort=1) == []


def test_those_of_the_shipped_graph_rest_on_supported_changes(shipped_graph: Graph) -> None:
    supposed = hypotheses(shipped_graph.columns)
    statements = [statement for hypothesis in supposed for statement in hypothesis.statements]
    assert {shipped_graph.status(s) for s in statements} == {"supported"}
    assert {PREDICATES[s.predicate].kind for s in statements} == {"changes"}
    assert {hypothesis.conclusion.relation for hypothesis in supposed} == {"suggested"}
    assert {hypothesis.conclusion.sign for hypothesis in supposed} == {1, -1}
    assert len({hypothesis.id for hypothesis in supposed}) == len(supposed)
    # None of them is said by anybody, and none is a plain triple.
    plain = {(s.subject, s.object) for s in shipped_graph.statements.values()}
    supported = plain & {(hypothesis.start, hypothesis.end) for hypothesis in supposed}
    assert all(
        shipped_graph.status(s) in ("asserted-only", "title-only")
        or PREDICATES[s.predicate].kind != "changes"
        or PREDICATES[s.predicate].sign == 0
        for s in shipped_graph.statements.values()
        if (s.subject, s.object) in supported
    )


# --- In RDF ---------------------------------------------------------------------------------


def test_everything_derived_is_there_with_the_statements_it_was_derived_from(
    shipped_graph: Graph,
) -> None:
    expected = {
        loop.iri: {s.id for s in loop.statements} for loop in loops(shipped_graph.columns).loops
    }
    expected |= {
        derived.CONFLICT + conflict.id: {s.id for s in conflict.statements}
        for conflict in conflicts(shipped_graph.columns, kinds=("direct", "indirect")).conflicts
    }
    expected |= {
        supposed.iri: {s.id for s in supposed.statements}
        for supposed in hypotheses(shipped_graph.columns)
    }
    assert premises(set(derived.triples(shipped_graph))) == expected


def test_a_loop_in_turtle_reads_as_worked_out_by_hand() -> None:
    # calcium lowers the hormone, the hormone raises calcium: balancing. Two loose ends act on.
    down, up = edge("calcium", "inhibits", "pth"), edge("pth", "increases", "calcium", READ, SAID)
    graph = Graph([Entity(id="pth", name="PTH", category="protein"), down, up])
    (loop,) = loops(graph.columns).loops
    first, second = sorted((down.id, up.id))
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
        f"        prov:wasDerivedFrom statement:{first} , statement:{second} .\n"
        "}\n"
    )


def test_all_of_it_is_in_one_named_graph_in_either_syntax(rendered: dict[str, bytes]) -> None:
    trig = set(pyoxigraph.parse(rendered["trig"], format=pyoxigraph.RdfFormat.TRIG))
    nq = pyoxigraph.parse(rendered["nq"], format=pyoxigraph.RdfFormat.N_QUADS)
    assert set(nq) == trig
    kinds = {term.split("/")[-2] for term in (q.subject.value for q in trig)}
    assert kinds == {"loop", "conflict", "hypothesis"}
    assert {quad.graph_name for quad in trig} == {pyoxigraph.NamedNode(derived.GRAPH)}


@pytest.mark.parametrize(
    "syntax", [f.syntax for f in formats.FORMATS.values() if f.module == "rdf"]
)
def test_nothing_derived_is_in_a_file_of_the_asserted(syntax: str, shipped_graph: Graph) -> None:
    part = shipped_graph.select("near(calcitriol, 1)")
    text = formats.render(part, syntax).decode()
    words = ("FeedbackLoop", "Hypothesis", "/derived", "/loop/", "/conflict/", "tb:Conflict")
    assert [word for word in words if word in text] == []


@pytest.mark.parametrize("syntax", ["trig", "nq"])
def test_what_is_derived_is_never_read_as_records(
    syntax: str, rendered: dict[str, bytes], tmp_path: Path
) -> None:
    path = tmp_path / f"derived.{syntax}"
    path.write_bytes(rendered[syntax])
    with pytest.raises(FormatError, match="no entity, source or statement of trabecula is among"):
        formats.load(path)


def test_the_order_of_the_records_changes_nothing(part: Graph, rendered: dict[str, bytes]) -> None:
    backwards: list[Record] = list(part)[::-1]
    assert derived.render(Graph([part.about, *backwards])) == rendered["trig"]


def test_an_identifier_that_is_no_iri_is_refused() -> None:
    bad = "https://example.org/a b"
    graph = Graph([edge("a", "increases", bad), edge(bad, "increases", "a")])
    with pytest.raises(FormatError, match="this is no IRI"):
        derived.render(graph)


# --- Removing a premise ---------------------------------------------------------------------


def test_without_a_premise_nothing_is_derived_from_it(shipped_graph: Graph) -> None:
    graph = shipped_graph.select("near(fgf23, 1)")
    basis = premises(set(derived.triples(graph)))
    assert {node.split("/")[-2] for node in basis} == {"loop", "conflict", "hypothesis"}
    for key in sorted({key for keys in basis.values() for key in keys})[::3]:
        rest: list[Record] = [record for record in graph if record.id != key]
        without = premises(set(derived.triples(Graph([graph.about, *rest]))))
        assert [node for node, keys in without.items() if key in keys] == []


def test_a_hypothesis_in_turtle_is_a_node_with_what_it_rests_on() -> None:
    raising, lowering = edge("a", "increases", "b"), edge("b", "inhibits", "c")
    graph = Graph([raising, lowering])
    (supposed,) = hypotheses(graph.columns)
    first, second = sorted((raising.id, lowering.id))
    assert derived.render(graph).decode().partition("\n\n")[2] == (
        "<https://w3id.org/trabecula/derived> {\n"
        f"    <{supposed.iri}> a tb:Hypothesis ;\n"
        '        rdfs:label "suggested: with more a less c" ;\n'
        '        tb:relation "suggested" ;\n'
        "        tb:sign -1 ;\n"
        "        tb:steps 2 ;\n"
        "        tb:start entity:a ;\n"
        "        tb:end entity:c ;\n"
        f"        prov:wasDerivedFrom statement:{first} , statement:{second} .\n"
        "}\n"
    )


# --- The ontology ---------------------------------------------------------------------------


def test_its_terms_are_declared_and_its_individuals_contradict_nothing(part: Graph) -> None:
    data = rdflib.Graph()
    for subject, predicate, value in derived.triples(part):
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
