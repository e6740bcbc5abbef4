"""The shapes check: the RDF of a graph against `ontology/shapes.ttl`, by pySHACL.

The shapes hold the wording: `sh:message` is what is wrong and `tb:remedy` how to put it right.
Each family of shapes (`shape:entity`, `shape:source`, …) is one code, and the shape itself is
named in brackets, so that it can be found in the file.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Final, cast

from trabecula import shipped
from trabecula.errors import MissingExtra, Problem
from trabecula.graph import Graph
from trabecula.identifiers import contract
from trabecula.model import About, Record
from trabecula.prefixes import ENTITY, EVIDENCE, NAMESPACES, ONTOLOGY, SOURCE, STATEMENT

if TYPE_CHECKING:
    import rdflib
    from rdflib.term import Node

#: Namespace of the shapes.
SHAPES: Final = "https://w3id.org/trabecula/shapes#"
#: Statements and pieces of evidence beyond which the check runs only when it is asked for by name:
#: pySHACL takes a second or two for a thousand.
LARGE: Final = 20_000
#: The shape that says what the check of evidence says as well.
_EVIDENCE: Final = "(statement-evidence)"
#: How many of these are looked at in one go.
_PART: Final = 2_000


def size(graph: Graph) -> int:
    """How much of a graph there is to check: its statements and their evidence."""
    return sum(1 + len(statement.evidence) for statement in graph.statements.values())


def shapes(graph: Graph) -> Iterator[Problem]:
    """Where the RDF of the graph breaks the shapes; for a graph made by our readers, nowhere.

    That a statement has no evidence is for the check of evidence to say, which runs always. Raises
    `MissingExtra` when pySHACL is not installed.
    """
    from trabecula.formats import rdf

    parts = (Graph([graph.about, *part]) for part in _parts(graph))
    about = graph.about
    problems = {problem for part in parts for problem in violations(rdf.to_rdflib(part), about)}
    yield from sorted(
        (problem for problem in problems if _EVIDENCE not in problem.what), key=_order
    )


def _parts(graph: Graph) -> Iterator[list[Record]]:
    """The graph in parts of bounded size, each with all that its records refer to.

    A shape looks from a record no further than to the records it names, so that nothing is seen in
    the whole that is not seen in the parts; and RDF of a large graph does not fit in the memory.
    """
    part: dict[str, Record] = {}
    written: set[str] = set()
    weight = 0
    for statement in graph.statements.values():
        part[statement.id] = statement
        weight += 1 + len(statement.evidence)
        for end in (statement.subject, statement.object):
            if end in graph.entities:
                part[f"entity {end}"] = graph.entities[end]
        for row in statement.evidence:
            if row.source in graph.sources:
                part[f"source {row.source}"] = graph.sources[row.source]
        if weight >= _PART:
            yield list(part.values())
            written.update(part)
            part, weight = {}, 0
    written.update(part)
    lone: list[Record] = [e for key, e in graph.entities.items() if f"entity {key}" not in written]
    lone += [source for key, source in graph.sources.items() if f"source {key}" not in written]
    yield [*part.values(), *lone[:_PART]]
    for start in range(_PART, len(lone), _PART):
        yield lone[start : start + _PART]


def violations(data: rdflib.Graph, about: About = About()) -> Iterator[Problem]:  # noqa: B008
    """Where RDF breaks the shapes, in a fixed order; `about` has words that are no breach.

    Raises `MissingExtra` when pySHACL is not installed.
    """
    try:
        import pyshacl
    except ImportError:
        raise MissingExtra("validate", "checking shapes") from None
    rules = _rules(about)
    # Graphs, never text: pySHACL would take text for the path of a file or a web address.
    _, report, _ = pyshacl.validate(data, shacl_graph=rules, inplace=True)  # adds nothing to data
    yield from sorted(_problems(cast("rdflib.Graph", report), rules), key=_order)


@lru_cache(maxsize=8)
def _rules(about: About) -> rdflib.Graph:
    import rdflib
    from rdflib import SH
    from rdflib.collection import Collection

    rules = rdflib.Graph().parse(shipped.ontology() / "shapes.ttl", format="turtle")
    own: dict[str, list[Node]] = {
        "a-category": [rdflib.URIRef(ONTOLOGY + word.iri_name) for word in about.categories],
        "evidence-method": [rdflib.Literal(word.name) for word in about.methods],
    }
    for shape, words in own.items():
        head = rules.value(rdflib.URIRef(SHAPES + shape), SH["in"])
        if head is not None:
            Collection(rules, head, list(words))
    _aim_at_classes(rules)
    return rules


def _aim_at_classes(rules: rdflib.Graph) -> None:
    """Give property shapes the targets of the node shapes they hang on, and take them off.

    The meaning is the same. pySHACL runs a shape with a target over all nodes at once, one that
    hangs on another shape node by node, which takes six times as long.
    """
    from rdflib import SH

    for node, target in list(rules.subject_objects(SH.targetClass)):
        for shape in rules.objects(node, SH.property):
            rules.add((shape, SH.targetClass, target))
    for node in set(rules.subjects(SH.targetClass)):
        rules.remove((node, SH.property, None))


def _order(problem: Problem) -> tuple[str, str, str]:
    return (problem.code, problem.where, problem.what)


def _problems(report: rdflib.Graph, rules: rdflib.Graph) -> Iterator[Problem]:
    """The results of a SHACL report as problems: one for each shape, record and value."""
    from rdflib import SH, URIRef

    remedy = URIRef(NAMESPACES["tb"] + "remedy")
    problems = set()
    for result in report.objects(None, SH.result):  # and not the details beneath them
        shape = report.value(result, SH.sourceShape)
        focus = report.value(result, SH.focusNode)
        value = report.value(result, SH.value)
        name = str(shape).removeprefix(SHAPES)
        what = str(rules.value(shape, SH.message))
        if value is not None and value != focus:
            what += f": {_identifier(value)}"
        warns = report.value(result, SH.resultSeverity) == SH.Warning
        problems.add(
            Problem(
                code=f"shape-{name.partition('-')[0]}",
                where=_identifier(focus),
                what=f"{what} ({name})",
                fix=str(rules.value(shape, remedy)),
                severity="warning" if warns else "error",
            )
        )
    yield from problems


def _identifier(node: Node | None) -> str:
    """The id of the record that an IRI names; other nodes as they are."""
    from rdflib import BNode

    if isinstance(node, BNode):
        return "a blank node"  # its label differs from run to run
    for base in (ENTITY, SOURCE, STATEMENT, EVIDENCE):
        if str(node).startswith(base):
            return contract(str(node), base)
    return contract(str(node), ENTITY)
