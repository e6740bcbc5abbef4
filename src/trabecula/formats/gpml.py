"""GPML, the drawings of WikiPathways and PathVisio: boxes, groups, and lines between them.

A line is a statement where both its ends are tied to something. Its head says which: a MIM head has
a meaning of its own, a plain arrow says that something leads from one to the other and not how. An
end on an anchor of another line is tied to what that line draws, which is a process of its own. The
namespaces of 2008 to 2013 and that of 2021 are read.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from trabecula.identifiers import canonical, curie_problem, is_known
from trabecula.mapping import Citation, Edge, Item, Node, Reading
from trabecula.mapping.strict_xml import Element
from trabecula.model import About

#: What BridgeDb calls databases, and their prefixes.
_DATABASES: Final = {
    "entrez gene": "NCBIGene", "ncbi gene": "NCBIGene", "ensembl": "ensembl",
    "uniprot-trembl": "UniProtKB", "uniprot": "UniProtKB", "uniprotkb": "UniProtKB",
    "hmdb": "hmdb", "chebi": "CHEBI", "kegg compound": "kegg.compound",
    "kegg reaction": "kegg.reaction", "pubchem-compound": "pubchem.compound", "cas": "cas",
    "enzyme nomenclature": "EC", "wikipathways": "wikipathways", "reactome": "reactome",
    "mirbase sequence": "mirbase", "mirbase mature sequence": "mirbase.mature",
    "wikidata": "wikidata", "geneontology": "GO", "gene ontology": "GO", "pubmed": "PMID",
    "doi": "doi", "rhea": "rhea", "lipid maps": "lipidmaps", "interpro": "interpro",
    "mgi": "MGI", "rgd": "RGD", "sgd": "SGD", "flybase": "FlyBase", "hgnc accession number": "HGNC",
}  # fmt: skip
_SUFFIXES: Final = ("ensembl ", "entrez gene ")


def items(reading: Reading) -> Iterator[Item]:
    """The boxes and lines of a drawing."""
    root = reading.xml()
    drawing = _Drawing(root, reading)
    yield About(
        title=root.get("Name") or root.get("title"),
        licence=root.get("License") or root.get("license"),
    )
    yield from drawing.nodes()
    for line in root.inside("Interaction", "Line"):
        yield from drawing.edges(line)


@dataclass
class _Drawing:
    """What is tied to what: each thing of the drawing by its id."""

    root: Element
    reading: Reading
    #: Id of a box, a group or a line with anchors -> key of its node.
    keys: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    papers: dict[str, tuple[str, ...]] = field(default_factory=dict)
    told: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        for element in self.root.inside("PublicationXref", "publicationXref", "Citation"):
            self.papers[element.get("id") or element.get("elementId")] = tuple(_cited(element))

    def key(self, identifier: str) -> str:
        """What a node of this drawing is called: ids of others may be alike."""
        return f"{self.reading.path.name.split('.')[0]} {identifier}"

    # --- Boxes ------------------------------------------------------------------------------

    def nodes(self) -> Iterator[Node]:
        """The boxes and groups, and the lines that others end on."""
        members: dict[str, list[str]] = {}
        for box in self.boxes():
            identifier = _id(box)
            name = " ".join((box.get("TextLabel") or box.get("textLabel")).split())
            curie = _curie(box.first("Xref"))
            self.keys[identifier] = self.key(identifier)
            self.names[identifier] = name
            if grouped := box.get("GroupRef") or box.get("groupRef"):
                members.setdefault(grouped, []).append(identifier)
            yield Node(
                key=self.keys[identifier],
                identifier=curie or f"{name} {self.key(identifier)}",
                name=name or box.name,
                category=(box.get("Type") or box.get("type")) * (box.name == "DataNode"),
            )
            for state in self.root.inside("State"):
                if (state.get("GraphRef") or state.get("elementRef")) == identifier:
                    self.keys[_id(state)] = self.keys[identifier]
        for group in self.root.inside("Group"):
            yield from self.group(group, members)
        for line in self.root.inside("Interaction", "Line"):
            for anchor in line.inside("Anchor"):
                self.keys.setdefault(_id(anchor), f"{self.key(_id(line))} line")

    def boxes(self) -> Iterator[Element]:
        """The boxes of things, and the labels and shapes that lines are tied to."""
        yield from self.root.inside("DataNode")
        tied = {
            point.get("GraphRef") or point.get("elementRef") for point in self.root.inside("Point")
        }
        for drawn in self.root.inside("Label", "Shape"):
            if _id(drawn) in tied - {""}:
                yield drawn
            else:
                self.reading.left("drawing", drawn.name, f"line {drawn.line}")

    def group(self, group: Element, members: dict[str, list[str]]) -> Iterator[Node]:
        """A group of boxes as a node, which its members name."""
        own = group.get("GroupId") or _id(group)
        inside = members.get(own, [])
        names = [self.names[member] for member in inside]
        label = group.get("TextLabel") or group.get("textLabel") or ", ".join(names)
        key = self.key(_id(group) or own)
        for identifier in (_id(group), own):
            self.keys.setdefault(identifier, key)
        self.names[_id(group) or own] = label
        kind = "complex" if (group.get("Style") or group.get("type")) == "Complex" else ""
        yield Node(key=key, identifier=f"{label} {key}", name=label or "group", category=kind)

    # --- Lines ------------------------------------------------------------------------------

    def edges(self, line: Element) -> Iterator[Item]:
        """The statements of a line: one for each of its heads."""
        points = list(line.inside("Point"))
        ends = [point.get("GraphRef") or point.get("elementRef") for point in points]
        if len(points) < 2 or not (ends[0] in self.keys and ends[-1] in self.keys):
            self.reading.left("line", "tied at one end or none", f"line {line.line}")
            return
        heads = [point.get("ArrowHead") or point.get("arrowHead") for point in points]
        heads = ["" if head in ("Line", "Undirected") else head for head in heads]
        start, end = self.keys[ends[0]], self.keys[ends[-1]]
        for end_point in (ends[0], ends[-1]):
            yield from self.process(end_point)
        citations = self.citations(line)
        if not heads[0] and not heads[-1]:
            yield Edge(subject=start, predicate="Line", object=end, symmetric=True,
                       citations=citations, place=f"line {line.line}")  # fmt: skip
        for head, subject, object_ in ((heads[-1], start, end), (heads[0], end, start)):
            if head:
                yield Edge(subject=subject, predicate=head, object=object_, citations=citations,
                           place=f"line {line.line}")  # fmt: skip

    def process(self, end: str) -> Iterator[Item]:
        """The node of a line that another one ends on, tied to what it connects; once."""
        key = self.keys[end]
        if not key.endswith(" line") or key in self.told:
            return
        self.told.add(key)
        line = next(
            found
            for found in self.root.inside("Interaction", "Line")
            if any(_id(anchor) == end for anchor in found.inside("Anchor"))
        )
        points = list(line.inside("Point"))
        refs = [p.get("GraphRef") or p.get("elementRef") for p in (points[0], points[-1])]
        said = " → ".join(self.names.get(ref, "…") for ref in refs)
        yield Node(key=key, identifier=f"{said} {key}", name=said, category="process")
        for ref in refs:
            if ref in self.names:
                yield Edge(subject=self.keys[ref], predicate="participant", object=key)

    def citations(self, line: Element) -> tuple[Citation, ...]:
        """The papers that a line refers to."""
        refs = [ref.words() for ref in line.named("BiopaxRef")]
        refs += [ref.get("elementRef") for ref in line.inside("CitationRef")]
        papers = tuple(paper for ref in refs for paper in self.papers.get(ref, ()))
        return (Citation(papers=papers),) if papers else ()


def _id(element: Element) -> str:
    return element.get("GraphId") or element.get("elementId") or element.get("GroupId")


def _cited(element: Element) -> Iterator[str]:
    """The identifiers of a publication: children ID and DB, or an Xref."""
    identifier = next((part.words() for part in element.inside("ID")), "")
    database = next((part.words() for part in element.inside("DB")), "")
    xref = next(element.inside("Xref"), None)
    if xref is not None:
        identifier, database = xref.get("identifier"), xref.get("dataSource")
    prefix = _DATABASES.get(database.casefold().strip(), "")
    if identifier and prefix:
        yield f"{prefix}:{identifier}"


def _curie(xref: Element | None) -> str:
    """The CURIE of a cross-reference, where its database and the shape of its id are known."""
    if xref is None:
        return ""
    database = (xref.get("Database") or xref.get("dataSource")).casefold().strip()
    local = (xref.get("ID") or xref.get("identifier")).strip()
    prefix = _DATABASES.get(database, "")
    if not prefix and database.startswith(_SUFFIXES):
        prefix = _DATABASES[database.split(" ")[0] if database[:3] == "ens" else "entrez gene"]
    if not (prefix and local):
        return ""
    curie = canonical(f"{prefix}:{local.removeprefix(f'{prefix}:')}")
    return curie if is_known(curie.partition(":")[0]) and not curie_problem(curie) else ""
