"""What the files of others say, before it is known what it means here.

Nobody changes an item, but those of which there are many are not frozen: that would take longer
than all else that is done to make them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from trabecula.model import About, Context, Effect, Source, Xref


@dataclass(slots=True, kw_only=True, unsafe_hash=True)
class Node:
    """A thing that a file names. Edges call it by its `key`, as the file does.

    `identifier` is what identifies it where the key is only a number or a place in the file;
    where that is empty, the key does. `category` is as the file writes it; `xrefs` have their
    CURIEs as the file writes them.
    """

    key: str
    identifier: str = ""
    name: str = ""
    category: str = ""
    synonyms: tuple[str, ...] = ()
    xrefs: tuple[Xref, ...] = ()
    description: str = ""
    taxon: str = ""


@dataclass(slots=True, kw_only=True, unsafe_hash=True)
class Citation:
    """What one record of a file gives as the reason for an edge.

    Each of the `papers` (identifiers as the file writes them: `PMID:1`, `pubmed:1`, `10.1/x`) is a
    source of its own. Where there are none, the source is the `record` in the `database` that says
    so, or the database alone. `method` is a term of ECO, or words. `context` is free text by key.
    `stance` is what the record itself says of the edge; a negated edge is disputed by all of them.
    """

    papers: tuple[str, ...] = ()
    database: str = ""
    record: str = ""
    method: str = ""
    species: str = ""
    summary: str = ""
    locator: str = ""
    context: Context = ()
    stance: str = "supports"  # "supports" | "disputes" | "qualifies"
    effect: Effect | None = None


@dataclass(slots=True, kw_only=True, unsafe_hash=True)
class Edge:
    """A row of a file that ties two things: `subject` and `object` are keys of nodes.

    `sign` is what the file itself says of it, in a column or by the head of an arrow: +1, -1, or 0
    where it says that it is not known; None where the sign is for the predicate to say. A `negated`
    edge is one that its source denies. `symmetric` is true where the file says that it has no
    direction, `mutual` besides where it says that it has both. `qualifiers` are part of its
    meaning; what is only known of it goes into the context of a citation.
    """

    subject: str
    predicate: str
    object: str
    sign: int | None = None
    negated: bool = False
    symmetric: bool = False
    mutual: bool = False
    qualifiers: Context = ()
    citations: tuple[Citation, ...] = ()
    topic: str = ""
    place: str = ""  # where in the file it stands, such as `line 12`


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """What a file says of a predicate: how it is read and what it means.

    `predicate` is the name by which edges call it.
    """

    predicate: str
    label: str = ""
    definition: str = ""


@dataclass(frozen=True, slots=True)
class Prefixes:
    """Prefixes that the file declares, with the IRIs they stand for; they win over all others."""

    spaces: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The vocabulary of the predicates that follow, where a file turns out to speak another one."""

    name: str


#: `About` says what the graph is and whose; a `Source` describes a paper or database that
#: citations name, where the file does.
Item: TypeAlias = Node | Edge | Relation | Prefixes | Vocabulary | About | Source
