"""What formats hold that only say what is so: models and drawings without a place for a denial.

They get the statements that may be repeated without their evidence, and the sources that support
them. What is negated, refuted or only denied is left out, for there it would be an affirmation.

XML has an element of ours besides, in the place that each format has for what others add: it keeps
the identifier of an entity and the predicate of a statement. Programs pass over it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final
from xml.sax.saxutils import quoteattr

from trabecula.addresses import addresses
from trabecula.graph import Graph
from trabecula.identifiers import contract, expand
from trabecula.mapping.strict_xml import Element
from trabecula.model import Statement
from trabecula.prefixes import ONTOLOGY, SOURCE
from trabecula.standing import sayable
from trabecula.vocabulary import PREDICATES

#: The name of our element.
_MARK: Final = "trabecula"
#: Width and height of a box on a drawing, and of the cell of the grid that it stands in.
BOX: Final = (100, 40)
_CELL: Final = (180, 100)


def repeatable(graph: Graph) -> Iterator[Statement]:
    """The statements that may be repeated without their evidence, in the order of the graph."""
    for statement in graph.statements.values():
        if not statement.negated and sayable(statement.evidence):
            yield statement


def changes(graph: Graph) -> Iterator[tuple[Statement, int]]:
    """Those by which the one changes the other, each with its sign: +1, -1, or 0 where unknown."""
    for statement in repeatable(graph):
        row = graph.words.relation(statement.predicate)
        if row.kind == "changes" and row.influence == "forward":
            yield statement, row.sign


def supporting(statement: Statement) -> tuple[str, ...]:
    """The sources that support a statement, each once, without what was retracted."""
    rows = (row for row in statement.evidence if row.stance == "supports" and not row.retracted)
    return tuple(dict.fromkeys(row.source for row in rows))


def ends(statements: list[Statement], graph: Graph) -> list[str]:
    """The entities of a graph and those that statements only mention, in order."""
    mentioned = {end for statement in statements for end in (statement.subject, statement.object)}
    return [*graph.entities, *sorted(mentioned - set(graph.entities))]


def category(graph: Graph, key: str) -> str:
    """The category of an entity; nothing for one that is only mentioned."""
    entity = graph.entities.get(key)
    return entity.category if entity else ""


# --- Addresses --------------------------------------------------------------------------------


def address(source: str, graph: Graph) -> str:
    """The web address by which annotations of a graph name a source."""
    if source.startswith(("http://", "https://")):
        return source
    return addresses(graph.about).outward(expand(source, SOURCE))


def source_of(address: str) -> str:
    """The source that an annotation names by its address; one of others as it stands."""
    return contract(address, SOURCE) if address.startswith(SOURCE) else address


def described_by(sources: tuple[str, ...], about: str, indent: str, graph: Graph) -> Iterator[str]:
    """The sources of an element in RDF, as MIRIAM writes them: lines of XML."""
    yield (
        f'{indent}<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
        ' xmlns:bqbiol="http://biomodels.net/biology-qualifiers/">'
    )
    yield f"{indent}  <rdf:Description rdf:about={quoteattr(f'#{about}')}>"
    yield f"{indent}    <bqbiol:isDescribedBy><rdf:Bag>"
    for source in sources:
        yield f"{indent}      <rdf:li rdf:resource={quoteattr(address(source, graph))}/>"
    yield f"{indent}    </rdf:Bag></bqbiol:isDescribedBy>"
    yield f"{indent}  </rdf:Description>"
    yield f"{indent}</rdf:RDF>"


# --- Our element ------------------------------------------------------------------------------


def mark(indent: str = "", **values: str) -> str:
    """Our element with what is said."""
    attributes = "".join(f" {name}={quoteattr(value)}" for name, value in values.items() if value)
    return f'{indent}<{_MARK} xmlns="{ONTOLOGY}"{attributes}/>'


def marked(element: Element, *within: str) -> Mapping[str, str]:
    """What our element says in one of these children of an element; nothing where there is none."""
    for child in element.named(*within):
        for mark in child.named(_MARK):
            if mark.space == ONTOLOGY:
                return mark.attributes
    return {}


def predicate(statement: Statement) -> str:
    """The predicate of a statement, where every graph knows it."""
    return statement.predicate if statement.predicate in PREDICATES else ""


# --- Drawing ----------------------------------------------------------------------------------


def grid(keys: list[str]) -> dict[str, tuple[int, int]]:
    """The middle of the box of each entity, in rows of a square.

    >>> grid(["a", "b"])
    {'a': (90, 50), 'b': (270, 50)}
    """
    columns = max(1, round(len(keys) ** 0.5 + 0.4999))
    return {
        key: (
            number % columns * _CELL[0] + _CELL[0] // 2,
            number // columns * _CELL[1] + _CELL[1] // 2,
        )
        for number, key in enumerate(keys)
    }


def line(start: tuple[int, int], end: tuple[int, int]) -> tuple[tuple[float, float], ...]:
    """Where a line leaves the one box and meets the other; of one box with itself, its corner.

    >>> line((90, 50), (270, 50)), line((0, 0), (0, 0))
    (((140.0, 50.0), (220.0, 50.0)), ((50.0, 0.0), (0.0, -20.0)))
    """
    if start == end:
        return (start[0] + BOX[0] / 2, float(start[1])), (float(start[0]), start[1] - BOX[1] / 2)
    across, down = end[0] - start[0], end[1] - start[1]
    part = min(BOX[0] / 2 / abs(across) if across else 1.0, BOX[1] / 2 / abs(down) if down else 1.0)
    out, into = (round(across * part, 1), round(down * part, 1)), (end[0], end[1])
    return (start[0] + out[0], start[1] + out[1]), (into[0] - out[0], into[1] - out[1])
