"""GPML, the drawings of WikiPathways and PathVisio: boxes, groups, and lines between them.

A line is a statement where both its ends are tied to something. Its head says which: a MIM head has
a meaning of its own, a plain arrow says that something leads from one to the other and not how. An
end on an anchor of another line is tied to what that line draws, which is a process of its own. The
namespaces of 2008 to 2013 and that of 2021 are read.

Written is GPML 2013a, which every PathVisio opens, or GPML 2021: a box for each entity, a line for
each statement of change or need.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, NamedTuple
from xml.sax.saxutils import escape, quoteattr

from trabecula import claims
from trabecula.canonical import canonical
from trabecula.graph import Graph
from trabecula.identifiers import curie_problem
from trabecula.mapping import Citation, Edge, Item, Node, Reading
from trabecula.mapping.curies import prefix_of
from trabecula.mapping.strict_xml import Element
from trabecula.model import About, Statement
from trabecula.prefixes import is_known
from trabecula.vocabulary import kin

#: What names of databases begin with that say a species besides.
_SUFFIXES: Final = ("ensembl ", "entrez gene ")


def items(reading: Reading, _: str) -> Iterator[Item]:
    """The boxes and lines of a drawing."""
    root = reading.xml("Pathway")
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
    #: Id of an anchor -> the line that it is on.
    anchored: dict[str, Element] = field(default_factory=dict)

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
            if not _alias(box):
                yield self.node(box)
                members.setdefault(box.get("GroupRef") or box.get("groupRef"), []).append(_id(box))
        for group in self.root.inside("Group"):
            yield from self.group(group, members)
        for identifier, other in self.same():
            if other in self.keys:
                self.keys[identifier] = self.keys[other]
            else:
                self.reading.left("box", "that stands for nothing", self.reading.path.name)
        for line in self.root.inside("GraphicalLine"):
            self.reading.left("drawing", line.name, f"line {line.line}")
        for line in self.root.inside("Interaction", "Line"):
            for anchor in line.inside("Anchor"):
                self.keys.setdefault(_id(anchor), f"{self.key(_id(line))} line")
                self.anchored.setdefault(_id(anchor), line)

    def same(self) -> Iterator[tuple[str, str]]:
        """Ids of states with those of their boxes, and of boxes that stand for a group."""
        for state in self.root.inside("State"):
            if tied := state.get("GraphRef") or state.get("elementRef"):
                yield _id(state), tied
        for box in self.root.inside("DataNode"):
            if _alias(box):
                yield _id(box), _alias(box)
            for state in box.inside("State"):  # as in GPML 2021
                yield _id(state), _id(box)

    def node(self, box: Element) -> Node:
        """The node of a box, which the lines of the drawing then find."""
        identifier = _id(box)
        name = " ".join((box.get("TextLabel") or box.get("textLabel")).split())
        own = _own(box)
        curie = own.get("id") or _curie(box.first("Xref"))
        self.keys[identifier] = self.key(identifier)
        self.names[identifier] = name
        kind = (box.get("Type") or box.get("type")) if box.name == "DataNode" else ""
        return Node(
            key=self.keys[identifier],
            identifier=curie or f"{name} {self.key(identifier)}",
            name="" if own.get("id") == name else name or box.name,
            category=own.get("category", "") if own else kind,
        )

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
        inside = members.get(own, []) if own else []
        names = [self.names[member] for member in inside]
        label = group.get("TextLabel") or group.get("textLabel") or ", ".join(names)
        key = self.key(_id(group) or own)
        for identifier in (_id(group), own):
            self.keys.setdefault(identifier, key)
        self.names[_id(group) or own] = label
        if inside:
            self.reading.left(
                "membership", "of a box in a group", f"line {group.line}", len(inside)
            )
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
        own = _own(line)
        if predicate := own.get("predicate"):
            needs = heads[-1] == _NEED or "needs" in own
            if needs:
                start, end = end, start
            sign = None if needs else _SIGNS.get(heads[-1])
            yield Edge(subject=start, predicate=predicate, object=end, sign=sign,
                       citations=citations, place=f"line {line.line}")  # fmt: skip
            return
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
        points = list(self.anchored[end].inside("Point"))
        refs = [p.get("GraphRef") or p.get("elementRef") for p in (points[0], points[-1])]
        label = " → ".join(self.names.get(ref, "…") for ref in refs)
        yield Node(key=key, identifier=f"{label} {key}", name=label, category="process")
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


def _alias(box: Element) -> str:
    """The id of the group that a box of GPML 2021 stands for, or nothing."""
    return box.get("elementRef") or box.get("aliasRef")


def _cited(element: Element) -> Iterator[str]:
    """The identifier of a publication, in children ID and DB or an Xref; else what it is called."""
    identifier = next((part.words() for part in element.inside("ID")), "")
    database = next((part.words() for part in element.inside("DB")), "")
    xref = next(element.inside("Xref"), None)
    if xref is not None:
        identifier, database = xref.get("identifier"), xref.get("dataSource")
    prefix = prefix_of(database)
    if identifier and database == _OWN:
        yield identifier
    elif identifier and prefix:
        yield f"{prefix}:{identifier}"
    else:
        links = [url.get("link") for url in element.inside("Url")]
        titles = [part.words() for part in element.inside("TITLE")]
        yield from filter(None, [*links, *titles][:1])


def _curie(xref: Element | None) -> str:
    """The CURIE of a cross-reference, where its database and the shape of its id are known."""
    if xref is None:
        return ""
    database = (xref.get("Database") or xref.get("dataSource")).casefold().strip()
    local = (xref.get("ID") or xref.get("identifier")).strip()
    prefix = prefix_of(database)
    if not prefix and database.startswith(_SUFFIXES):
        prefix = prefix_of(database.split(" ")[0] if database[:3] == "ens" else "entrez gene")
    if not prefix and xref.get("dataSource"):  # in GPML 2021 a prefix of the Bioregistry
        prefix = database
    if prefix == "HGNC" and not local.removeprefix("HGNC:").isdigit():  # BridgeDb's HGNC
        prefix = "hgnc.symbol"
    if not (prefix and local):
        return ""
    curie = canonical(f"{prefix}:{local.removeprefix(f'{prefix}:')}")
    return curie if is_known(curie.partition(":")[0]) and not curie_problem(curie) else ""


def _own(element: Element) -> dict[str, str]:
    """What our attributes say of a box or a line; in GPML 2021 they are properties."""
    pairs = [
        (
            attribute.get("Key") or attribute.get("key"),
            attribute.get("Value") or attribute.get("value"),
        )
        for attribute in element.named("Attribute", "Property")
    ]
    mine = f"{_OWN}:"
    return {key.removeprefix(mine): value for key, value in pairs if key.startswith(mine)}


# --- Writing ----------------------------------------------------------------------------------

#: What our attributes begin with, and the database of sources that are in none.
_OWN: Final = "trabecula"
_NEED: Final = "mim-necessary-stimulation"
_HEADS: Final = {1: "mim-stimulation", -1: "mim-inhibition", 0: "Arrow"}
#: The heads of GPML 2021, of which that of a stimulus stands for one that is necessary, too.
_HEADS_OF_2021: Final = {
    "mim-stimulation": "Stimulation", "mim-inhibition": "Inhibition", "Arrow": "Directed",
    _NEED: "Stimulation",
}  # fmt: skip
_SIGNS: Final = {head: sign for sign, old in _HEADS.items() for head in (old, _HEADS_OF_2021[old])}
_TYPES: Final = {
    "protein": "Protein", "biolink:Gene": "GeneProduct", "chemical": "Metabolite",
    "complex": "Complex", "process": "Pathway", "biolink:RNAProduct": "Rna",
}  # fmt: skip
#: Prefix -> what BridgeDb calls the database.
_BRIDGES: Final = {
    "UniProtKB": "Uniprot-TrEMBL", "NCBIGene": "Entrez Gene", "ensembl": "Ensembl",
    "CHEBI": "ChEBI", "hmdb": "HMDB", "GO": "GeneOntology", "HGNC": "HGNC Accession number",
    "wikidata": "Wikidata", "reactome": "Reactome", "wikipathways": "WikiPathways",
    "PMID": "PubMed", "doi": "DOI",
}  # fmt: skip
#: Prefixes that stand in their identifiers, too.
_NAMED: Final = ("CHEBI", "GO")
#: Prefix -> that of the Bioregistry, where it is another word.
_PREFIXES_OF_2021: Final = {"UniProtKB": "uniprot", "PMID": "pubmed"}
_BIOPAX: Final = (
    ' xmlns:bp="http://www.biopax.org/release/biopax-level3.owl#"'
    ' xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
)


def render(graph: Graph, version: str) -> bytes:
    """The graph as a drawing of GPML 2013a or 2021, its boxes in rows."""
    lines = _lines(graph) if version == "2013a" else _lines_of_2021(graph)
    return "".join(f"{line}\n" for line in lines).encode("utf-8")


class _Plan(NamedTuple):
    """What is drawn of a graph, in either version."""

    arrows: list[tuple[Statement, str, str, str]]  # see `_drawn`
    middles: dict[str, tuple[int, int]]  # of the boxes
    numbers: dict[str, str]  # the id that each box has in the file
    papers: dict[str, str]  # and each source
    size: tuple[int, int]


def _plan(graph: Graph) -> _Plan:
    arrows = list(_drawn(graph))
    keys = claims.ends([statement for statement, _, _, _ in arrows], graph)
    middles = claims.grid(keys)
    cited = sorted({source for row, _, _, _ in arrows for source in claims.supporting(row)})
    right, low = (max((at[side] for at in middles.values()), default=0) + 90 for side in (0, 1))
    return _Plan(
        arrows,
        middles,
        {key: f"e{number}" for number, key in enumerate(keys, start=1)},
        {source: f"p{number}" for number, source in enumerate(cited, start=1)},
        (right, low),
    )


def _lines(graph: Graph) -> Iterator[str]:
    drawn, middles, numbers, papers, (right, low) = _plan(graph)
    about = graph.about
    licence = f" License={quoteattr(about.licence)}" if about.licence else ""
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield (
        '<Pathway xmlns="http://pathvisio.org/GPML/2013a"'
        f" Name={quoteattr(about.title or 'a graph')}{licence}>"
    )
    yield f'  <Graphics BoardWidth="{right}" BoardHeight="{low}"/>'
    width, height = claims.BOX
    for key in numbers:
        kind, (x, y) = claims.category(graph, key), middles[key]
        name, type_ = quoteattr(graph.name(key)), _TYPES.get(kin(kind), "Unknown")
        yield f'  <DataNode GraphId="{numbers[key]}" TextLabel={name} Type="{type_}">'
        yield from _told(id=key, category=kind)
        yield f'    <Graphics CenterX="{x}" CenterY="{y}" Width="{width}" Height="{height}"/>'
        yield f"    {_xref(key)}"
        yield "  </DataNode>"
    for number, (statement, head, source, target) in enumerate(drawn, start=1):
        start, end = claims.line(middles[source], middles[target])
        yield f'  <Interaction GraphId="l{number}">'
        yield from (
            f"    <BiopaxRef>{papers[cited]}</BiopaxRef>" for cited in claims.supporting(statement)
        )
        yield from _told(
            predicate=claims.predicate(statement) or ("requires" if head == _NEED else "")
        )
        yield "    <Graphics>"
        yield f'      <Point X="{start[0]:g}" Y="{start[1]:g}" GraphRef="{numbers[source]}"/>'
        ref = f'GraphRef="{numbers[target]}" ArrowHead="{head}"'
        yield f'      <Point X="{end[0]:g}" Y="{end[1]:g}" {ref}/>'
        yield "    </Graphics>"
        yield '    <Xref Database="" ID=""/>'
        yield "  </Interaction>"
    yield '  <InfoBox CenterX="0" CenterY="0"/>'
    if papers:
        yield "  <Biopax>"
        for source, name in papers.items():
            yield from _paper(graph, source, name)
        yield "  </Biopax>"
    yield "</Pathway>"


def _lines_of_2021(graph: Graph) -> Iterator[str]:
    """The same in the order of the schema of 2021, in which everything has an id of its own."""
    drawn, middles, numbers, papers, (right, low) = _plan(graph)
    about = graph.about
    licence = f" license={quoteattr(about.licence)}" if about.licence else ""
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield (
        '<Pathway xmlns="http://pathvisio.org/GPML/2021"'
        f" title={quoteattr(about.title or 'a graph')}{licence}>"
    )
    yield f'  <Graphics boardWidth="{right}" boardHeight="{low}"/>'
    yield '  <InfoBox centerX="0" centerY="0"/>'
    width, height = claims.BOX
    yield "  <DataNodes>"
    for key in numbers:
        kind, (x, y) = claims.category(graph, key), middles[key]
        name, type_ = quoteattr(graph.name(key)), _TYPES.get(kin(kind), "Unknown")
        yield f'    <DataNode elementId="{numbers[key]}" textLabel={name} type="{type_}">'
        prefix, _, local = key.partition(":")
        xref_id = local if prefix in _BRIDGES and local else ""
        yield f"      {_xref_of_2021(prefix, key if prefix in _NAMED else xref_id)}"
        yield f'      <Graphics centerX="{x}" centerY="{y}" width="{width}" height="{height}"/>'
        yield from _properties(id=key, category=kind)
        yield "    </DataNode>"
    yield "  </DataNodes>"
    yield "  <Interactions>"
    for number, (statement, head, source, target) in enumerate(drawn, start=1):
        start, end = claims.line(middles[source], middles[target])
        needs = head == _NEED
        yield f'    <Interaction elementId="l{number}">'
        yield f"      {_xref_of_2021('', '')}"
        yield "      <Waypoints>"
        for name, point, key, arrow in (
            ("a", start, source, "Undirected"), ("b", end, target, _HEADS_OF_2021[head]),
        ):  # fmt: skip
            ref = f'elementRef="{numbers[key]}" arrowHead="{arrow}"'
            at = f'x="{point[0]:g}" y="{point[1]:g}"'
            yield f'        <Point elementId="l{number}{name}" {ref} {at}/>'
        yield "      </Waypoints>"
        yield "      <Graphics/>"
        yield from _properties(
            predicate=claims.predicate(statement) or ("requires" if needs else ""),
            needs="true" if needs else "",
        )
        for cited in claims.supporting(statement):
            yield f'      <CitationRef elementRef="{papers[cited]}"/>'
        yield "    </Interaction>"
    yield "  </Interactions>"
    if papers:
        yield "  <Citations>"
        for source, name in papers.items():
            prefix, _, local = source.partition(":")
            own = prefix not in ("PMID", "doi")
            xref = _xref_of_2021(_OWN if own else prefix, source if own else local)
            yield f'    <Citation elementId="{name}">{xref}</Citation>'
        yield "  </Citations>"
    yield "</Pathway>"


def _properties(**values: str) -> Iterator[str]:
    """Our attributes of an element of GPML 2021."""
    for name, value in values.items():
        if value:
            yield f'      <Property key="{_OWN}:{name}" value={quoteattr(value)}/>'


def _xref_of_2021(prefix: str, identifier: str) -> str:
    """A cross-reference by the prefix that the Bioregistry has; empty where nothing is known."""
    spelt = _PREFIXES_OF_2021.get(prefix, prefix.lower()) if identifier else ""
    return f"<Xref identifier={quoteattr(identifier)} dataSource={quoteattr(spelt)}/>"


def _drawn(graph: Graph) -> Iterator[tuple[Statement, str, str, str]]:
    """The statements of change and of need: each with its head, where it starts and ends."""
    signs = {statement.id: sign for statement, sign in claims.changes(graph)}
    for statement in claims.repeatable(graph):
        if statement.id in signs:
            yield statement, _HEADS[signs[statement.id]], statement.subject, statement.object
        elif graph.words.relation(statement.predicate).kind == "needs":
            yield statement, _NEED, statement.object, statement.subject


def _told(**values: str) -> Iterator[str]:
    """Our attributes of an element."""
    for name, value in values.items():
        if value:
            yield f'    <Attribute Key="{_OWN}:{name}" Value={quoteattr(value)}/>'


def _xref(key: str) -> str:
    """What identifies an entity in a database that BridgeDb knows; empty for another one."""
    prefix, _, local = key.partition(":")
    database = _BRIDGES.get(prefix, "")
    if not database or not local:
        return '<Xref Database="" ID=""/>'
    named = key if prefix in _NAMED else local
    return f"<Xref Database={quoteattr(database)} ID={quoteattr(named)}/>"


def _paper(graph: Graph, source: str, name: str) -> Iterator[str]:
    """A source as a publication of BioPAX, with what is known of it."""
    prefix, _, local = source.partition(":")
    database = _BRIDGES.get(prefix, "") if prefix in ("PMID", "doi") else ""
    record = graph.sources.get(source)
    told = [("ID", local if database else source), ("DB", database or _OWN)]
    if record is not None:
        told += [("TITLE", record.title), ("SOURCE", record.journal), ("YEAR", record.year)]
        told += [("AUTHORS", author) for author in record.authors]
    yield f'    <bp:PublicationXref{_BIOPAX} rdf:id="{name}">'
    for tag, text in told:
        if text:
            yield f"      <bp:{tag}>{escape(str(text))}</bp:{tag}>"
    yield "    </bp:PublicationXref>"
