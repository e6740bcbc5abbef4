"""What an RDF file says: its triples by subject and property, each of them once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeAlias

from trabecula.formats.rdf.rows import Object, Triple

#: Property -> its values, each once, in the order of the file. Where there is one value, nodes
#: that say the same may share the dictionary of it, so that only `keep` adds to it.
Properties: TypeAlias = dict[str, dict[Object, None]]


@dataclass(slots=True)
class Content:
    """What an RDF file says, and where it says it."""

    nodes: dict[str, Properties] = field(default_factory=dict)
    prefixes: dict[str, str] = field(default_factory=dict)
    #: Keys of JSON-LD that no context gives a meaning, and how often they stand there.
    unmapped: dict[str, int] = field(default_factory=dict)
    #: Named graph, other than those in which our own writers let sources speak -> its triples.
    graphs: dict[str, list[Triple]] = field(default_factory=dict)
    #: IRIs with characters that none can have, which were percent-encoded.
    mended: int = 0
    #: Triples outside named graphs; and by the IRI of each named graph.
    unnamed: int = 0
    named: dict[str, int] = field(default_factory=dict)

    def count(self, triples: int, graphs: Iterable[str]) -> None:
        """Count triples, of which some stand in named graphs."""
        self.unnamed += triples
        for graph in graphs:
            self.unnamed -= 1
            self.named[graph] = self.named.get(graph, 0) + 1

    def keep(self, subject: str, predicate: str, value: Object) -> None:
        """Keep a triple, wherever it stands."""
        keep(self.nodes.setdefault(subject, {}), predicate, {value: None})


def keep(properties: Properties, predicate: str, values: dict[Object, None]) -> None:
    """Keep that a property has this value as well, in a dictionary that may be shared."""
    kept = properties.get(predicate)
    if kept is None:
        properties[predicate] = values
    elif len(kept) > 1:
        kept.update(values)
    else:
        properties[predicate] = kept | values


@dataclass(slots=True)
class Taken:
    """What of a file of others was read already, so that nothing is said of it twice."""

    #: Nodes that are statements, axioms or parts of them, and no things.
    records: set[str] = field(default_factory=set)
    #: Triples that a statement with more to say of it stands for.
    stated: set[tuple[str, str, Object]] = field(default_factory=set)
