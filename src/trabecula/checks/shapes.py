"""The shapes check: the RDF of a graph against `ontology/shapes.ttl`, by pySHACL.

The shapes hold the wording: `sh:message` is what is wrong and `tb:remedy` how to put it right.
Each family of shapes (`shape:entity`, `shape:source`, …) is one code, and the shape itself is
named in brackets, so that it can be found in the file.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final, cast

from trabecula import shipped
from trabecula.errors import MissingExtra, Problem
from trabecula.graph import Graph
from trabecula.identifiers import ENTITY, EVIDENCE, NAMESPACES, SOURCE, STATEMENT, contract

if TYPE_CHECKING:
    import rdflib
    from rdflib.term import Node

#: Namespace of the shapes.
SHAPES: Final = "https://w3id.org/trabecula/shapes#"


def shapes(graph: Graph) -> Iterator[Problem]:
    """Where the RDF of the graph breaks the shapes; for a graph made by our readers, nowhere.

    Raises `MissingExtra` when pySHACL is not installed.
    """
    from trabecula.formats import rdf

    yield from violations(rdf.to_rdflib(graph))


def violations(data: rdflib.Graph) -> Iterator[Problem]:
    """Where RDF breaks the shapes, in a fixed order.

    Raises `MissingExtra` when pySHACL is not installed.
    """
    try:
        import pyshacl
    except ImportError:
        raise MissingExtra("validate", "checking shapes") from None
    import rdflib

    rules = rdflib.Graph().parse(shipped.ontology() / "shapes.ttl", format="turtle")
    _aim_at_classes(rules)
    # Graphs, never text: pySHACL would take text for the path of a file or a web address.
    _, report, _ = pyshacl.validate(data, shacl_graph=rules, inplace=True)  # adds nothing to data
    yield from sorted(_problems(cast("rdflib.Graph", report), rules), key=_order)


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
    found = set()
    for result in report.objects(None, SH.result):  # and not the details beneath them
        shape = report.value(result, SH.sourceShape)
        focus = report.value(result, SH.focusNode)
        value = report.value(result, SH.value)
        name = str(shape).removeprefix(SHAPES)
        what = str(rules.value(shape, SH.message))
        if value is not None and value != focus:
            what += f": {_identifier(value)}"
        warns = report.value(result, SH.resultSeverity) == SH.Warning
        found.add(
            Problem(
                code=f"shape-{name.partition('-')[0]}",
                where=_identifier(focus),
                what=f"{what} ({name})",
                fix=str(rules.value(shape, remedy)),
                severity="warning" if warns else "error",
            )
        )
    yield from found


def _identifier(node: Node | None) -> str:
    """The id of the record that an IRI names; other nodes as they are."""
    from rdflib import BNode

    if isinstance(node, BNode):
        return "a blank node"  # its label differs from run to run
    for base in (ENTITY, SOURCE, STATEMENT, EVIDENCE):
        if str(node).startswith(base):
            return contract(str(node), base)
    return contract(str(node), ENTITY)
