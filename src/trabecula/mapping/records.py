"""What a file says, as the records of a graph."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from operator import attrgetter
from typing import Any, Final

from trabecula import characters, progress
from trabecula.characters import folded, line_of
from trabecula.errors import FormatError, Problem
from trabecula.identifiers import curie_problem
from trabecula.mapping.items import Edge, Item, Node, Prefixes, Relation, Vocabulary
from trabecula.mapping.naming import Namer
from trabecula.mapping.predicates import Meaning, Meanings, predicate, worded
from trabecula.mapping.prefixes import of_file
from trabecula.mapping.reading import Reading
from trabecula.mapping.reasons import Reasons
from trabecula.mapping.remembered import Remembered
from trabecula.model import (
    About,
    Category,
    Context,
    Entity,
    Evidence,
    Predicate,
    Record,
    Source,
    Statement,
    Xref,
)
from trabecula.regular import word
from trabecula.vocabulary import CATEGORIES, MATCHES, PREDICATES

#: Words for kinds of things, folded, and the class of Biolink they mean.
_CATEGORIES: Final = {
    "gene": "biolink:Gene", "protein": "biolink:Protein", "rna": "biolink:RNAProduct",
    "mirna": "biolink:MicroRNA", "disease": "biolink:Disease", "drug": "biolink:Drug",
    "phenotype": "biolink:PhenotypicFeature", "symptom": "biolink:PhenotypicFeature",
    "sideeffect": "biolink:PhenotypicFeature", "pathway": "biolink:Pathway",
    "smallmolecule": "biolink:SmallMolecule", "organism": "biolink:OrganismTaxon",
    "cellularcomponent": "biolink:CellularComponent", "complex": "complex",
    "compound": "chemical", "metabolite": "chemical", "chemical": "chemical",
    "tissue": "anatomy", "anatomy": "anatomy", "biologicalprocess": "process",
    "molecularfunction": "function", "cell": "cell", "celltype": "cell",
}  # fmt: skip
_BY_SOURCE: Final = attrgetter("source", "stance")
#: What an edge says apart from its ends and reasons.
_KIND: Final = ("predicate", "sign", "negated", "symmetric", "qualifiers", "topic")
_OF_KIND: Final = attrgetter(*_KIND)
_UNSEEN: Final = (0, False, False)
#: More predicates than any file has whose predicates are some; each is made, and written, anew.
_MOST_PREDICATES: Final = 20_000


def records(items: Iterable[Item], reading: Reading, vocabulary: str) -> Iterator[Record]:
    """The records that the items of a file stand for; `vocabulary` is that of its predicates.

    Statements come first, in the order of the file, then entities, sources and what the graph says
    of itself. `reading.report` gets the figures. Raises `FormatError` with all that was wrong in
    the rows, once the file is read, unless the reading skips such rows; and where all that the file
    has was left out.
    """
    reading.report.mapped = True
    mapper = Mapper(reading, Meanings(vocabulary, reading.options.predicates))
    if reading.options.prefixes:
        mapper.namer.extra.update(of_file(reading.options.prefixes))
    for item in progress.steps(items, "rows"):
        if not isinstance(item, Edge):
            mapper.take(item)
        elif item.mutual:
            yield from map(mapper.statement, mapper.ways(item))
        else:
            yield mapper.statement(item)
    reading.done()
    yield from mapper.rest()
    if vocabulary != "rdf":  # of which its reader says what there is instead
        note_nothing(reading)


def note_nothing(reading: Reading) -> None:
    """Say where a graph is empty once it is read.

    Raises `FormatError` where the file has something, none of which is of a graph.
    """
    if reading.report.nodes or reading.report.rows:
        return
    lines = list(reading.report.left.lines())
    if not lines:
        reading.report.left.once("an empty graph, with no node and no edge", reading.path.name)
        return
    what = f"nothing in the file is a node or an edge of a graph: {'; '.join(lines)}"
    fix = "name a file with relations between things"
    raise FormatError([Problem("nothing-read", reading.where, what, fix)])


@dataclass(frozen=True, slots=True)
class _Kind:
    """What edges that say the same become, apart from their ends and reasons."""

    name: str  # the predicate, as reports count it
    row: Predicate
    is_unknown: bool  # whether it has no meaning here
    is_symmetric: bool  # then its ends stand in the order of their ids
    denies: bool
    qualifiers: Context
    topic: str


@dataclass
class Mapper:
    """What makes records of the items of one file, and what it has seen of them."""

    reading: Reading
    meanings: Meanings
    namer: Namer = field(default_factory=Namer)
    about: About = field(default_factory=About)
    #: Key in the file -> identifier, where a node says that they are not the same.
    identifiers: dict[str, str] = field(default_factory=dict)
    entities: dict[str, Entity] = field(default_factory=dict)
    #: Entities whose records somebody else makes; each is called by its identifier.
    elsewhere: set[str] = field(default_factory=set)
    #: Entities that nothing has named yet.
    nameless: set[str] = field(default_factory=set)
    predicates: dict[str, Predicate] = field(default_factory=dict)
    #: Predicate -> what the file says of it.
    relations: dict[str, Relation] = field(default_factory=dict)
    categories: dict[str, Category] = field(default_factory=dict)
    #: Predicate -> whether it has a direction, which the file may deny of all its edges.
    directed: dict[str, bool] = field(default_factory=dict)
    #: Meaning of a statement -> its sign, whether somebody disputes it, and whether somebody else
    #: does not.
    seen: dict[tuple[object, ...], tuple[int, bool, bool]] = field(default_factory=dict)
    #: The different rows of evidence: a file may say the same twice.
    rows: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Make ready for reasons, and to remember what edges say alike."""
        self.reasons = Reasons(self.namer, self.reading.path.stem)
        self.kinds = Remembered(self._kind)

    def take(self, item: Node | Relation | Prefixes | Vocabulary | Source | About) -> None:
        """Take what is no edge."""
        if isinstance(item, Node):
            self.node(item)
        elif isinstance(item, Relation):
            self.relation(item)
        elif isinstance(item, Prefixes):
            self.namer.declare(item.spaces)
        elif isinstance(item, Vocabulary):
            self.meanings = Meanings(item.name, self.reading.options.predicates)
            self.kinds.clear()
        elif isinstance(item, Source):
            self.reasons.describe(item)
        else:
            self.about = item

    # --- Things -----------------------------------------------------------------------------

    def node(self, node: Node) -> None:
        """Take what the file says of a thing; of several names the first stays the name."""
        identifier = self.namer.identifier(node.identifier or node.key)
        if node.identifier:
            self.identifiers[node.key] = identifier
        given = line_of(node.name)
        name = given or _name_of(node.identifier or node.key)
        made = Entity(
            id=identifier,
            name=name,
            category=self.category(node.category),
            xrefs=self.xrefs(node, identifier) if node.xrefs else (),
            synonyms=_others(name, map(line_of, node.synonyms)) if node.synonyms else (),
            description=line_of(node.description),
            taxon=self.namer.identifier(node.taxon) if node.taxon else "",
        )
        entity = self.entities.get(identifier)
        was_nameless = identifier in self.nameless
        if given:
            self.nameless.discard(identifier)
        elif entity is None:
            self.nameless.add(identifier)
        if entity == made:  # an edge that named it has made it, and there is no more to say
            return
        if entity is not None and was_nameless:
            entity = replace(entity, name=made.name)
        self.entities[identifier] = made if entity is None else _fused(entity, made)

    def xrefs(self, node: Node, identifier: str) -> tuple[Xref, ...]:
        """The cross-references of a thing to others than itself."""
        named = ((x, self.namer.identifier(x.curie)) for x in node.xrefs)
        return _sorted(
            Xref(x.match, name, line_of(x.label)) for x, name in named if name != identifier
        )

    def end(self, key: str) -> str:
        """The identifier of the thing that an edge names."""
        if key in self.elsewhere:
            return key
        identifier = self.identifiers.get(key) or self.namer.identifier(key)
        if identifier not in self.entities and identifier not in self.elsewhere:
            self.nameless.add(identifier)
            self.entities[identifier] = Entity(
                id=identifier, name=_name_of(key), category=self.category("")
            )
        return identifier

    def call(self, identifier: str, key: str) -> None:
        """Call a thing that nothing has named by another of its keys."""
        if identifier in self.nameless:
            entity = self.entities[identifier]
            self.entities[identifier] = replace(entity, name=_name_of(key))

    def category(self, text: str) -> str:
        """A category of ours, of another vocabulary, or one that the graph then defines."""
        if not text:
            return "biolink:NamedThing"
        if text.startswith(("http://", "https://")) or not curie_problem(text):
            return self.namer.identifier(text)
        bare = re.sub(r"[\W_]+", "", text.casefold())
        category = word(text, CATEGORIES)
        if category in CATEGORIES:
            return category
        if bare in _CATEGORIES:
            return _CATEGORIES[bare]
        name = worded(text)
        self.categories.setdefault(
            name,
            Category(name, name, line_of(text), "", "biolink:NamedThing", "Entity"),
        )
        return name

    # --- Statements -------------------------------------------------------------------------

    def ways(self, edge: Edge) -> Iterator[Edge]:
        """An edge with heads at both ends, once each way where its predicate has a direction."""
        meaning = self.meanings.meaning(edge.predicate)
        row = predicate(meaning, edge.sign)
        if (meaning.is_mapped or row.name in PREDICATES) and not row.symmetric:
            single = replace(edge, symmetric=False, mutual=False)
            yield single
            if edge.subject != edge.object:
                yield replace(single, subject=edge.object, object=edge.subject)
        else:
            yield edge

    def affirmed(self, edge: Edge) -> Edge:
        """An edge whose predicate denies another one, `does not inhibit`, as a denial of that."""
        name = self.meanings.denied(edge.predicate)
        if not name:
            return edge
        # a 0 beside it says once more that there is no effect
        return replace(edge, predicate=name, negated=True, sign=edge.sign or None)

    def statement(self, edge: Edge) -> Statement:
        """The statement that an edge makes, with a row of evidence for each paper it cites."""
        report = self.reading.report
        kind = self.kinds[_OF_KIND(edge)]
        report.rows += 1
        report.predicates[kind.name] += 1
        if kind.is_unknown:
            report.unknown[kind.name] += 1
        subject, object_ = self.end(edge.subject), self.end(edge.object)
        if kind.is_symmetric:
            if subject > object_:
                subject, object_ = object_, subject
        elif edge.symmetric:
            what = "undirected edges whose predicates have a direction read from source to target"
            report.left.mend(what, edge.place)
        # in the order in which a graph has them, which then need not make another statement
        evidence: tuple[Evidence, ...] = ()
        if edge.citations or kind.denies:
            evidence = tuple(sorted(self.reasons.of(edge, denies=kind.denies), key=_BY_SOURCE))
        made = Statement(
            subject=subject,
            predicate=kind.row.name,
            object=object_,
            qualifiers=kind.qualifiers,
            topic=kind.topic,
            evidence=evidence,
        )
        if report.counting:
            self._count(made, kind.row.sign)
        return made

    def _count(self, made: Statement, sign: int) -> None:
        """Tell a statement and its rows of evidence apart from all others, to be counted."""
        key = made.key
        _, disputed, supported = self.seen.get(key, _UNSEEN)
        for row in made.evidence:
            if row.stance == "disputes":
                disputed = True
            else:
                supported = True
            self.rows.add(hash((key, row)))
        self.seen[key] = sign, disputed, supported

    def _kind(self, values: tuple[Any, ...]) -> _Kind:
        """What all edges that say this become, apart from their ends and reasons."""
        edge = Edge(subject="", object="", **dict(zip(_KIND, values, strict=True)))
        affirmed = self.affirmed(edge)
        meaning = self.meanings.meaning(affirmed.predicate)
        row = predicate(meaning, affirmed.sign)
        if row != PREDICATES.get(row.name):
            self.predicates[row.name] = row
            if len(self.predicates) > _MOST_PREDICATES:
                what = (
                    f"more than {_MOST_PREDICATES:,} different predicates; a graph has some dozens"
                )
                fix = "look whether names of things or numbers stand where predicates are due"
                raise FormatError([Problem("too-large", self.reading.where, what, fix)])
        has_direction = meaning.is_mapped or row.name in PREDICATES
        without = edge.symmetric and not has_direction
        self.directed[row.name] = self.directed.get(row.name, False) or not without
        return _Kind(
            name=affirmed.predicate,
            row=row,
            is_unknown=not meaning.is_mapped and affirmed.sign is None,
            is_symmetric=row.symmetric or without,
            denies=affirmed.negated,
            qualifiers=self.reasons.pairs((*edge.qualifiers, *_replaced(affirmed, meaning, row))),
            topic=worded(edge.topic).casefold() if edge.topic else "",
        )

    def relation(self, relation: Relation) -> None:
        """Take what the file says of a predicate; it may come after the edges that use it."""
        self.relations[predicate(self.meanings.meaning(relation.predicate)).name] = relation

    def worded(self, row: Predicate) -> Predicate:
        """A predicate of the graph in the words of the file, where it has some."""
        relation = self.relations.get(row.name)
        if relation is None:
            return row
        label = line_of(relation.label) or row.label
        inverse = label if row.symmetric else f"{label} (reversed)"
        definition = line_of(relation.definition) or row.definition
        return replace(row, label=label, inverse_label=inverse, definition=definition)

    # --- At the end -------------------------------------------------------------------------

    def rest(self) -> Iterator[Record]:
        """Entities and sources, in the order of the file, and what the graph says of itself."""
        report = self.reading.report
        report.nodes = len(self.entities) + len(self.elsewhere)
        report.statements = len(self.seen)
        report.evidence = len(self.rows)
        report.papers = len(self.reasons.papers)
        for sign, disputed, supported in self.seen.values():
            report.sign(sign, denied=disputed and not supported)
        for name in self.namer.untidy:
            for what in characters.untidy(name):
                report.left.mend(what, f"{self.reading.path.name}: {characters.visible(name):.60}")
        yield from self.entities.values()
        yield from self.reasons.sources.values()
        about = replace(
            self.about,
            predicates=tuple(
                self.worded(row if self.directed[name] else _without_direction(row))
                for name, row in sorted(self.predicates.items())
            ),
            categories=tuple(sorted(self.categories.values(), key=lambda row: row.name)),
            context=tuple((name, ()) for name in sorted(self.reasons.context)),
            prefixes=tuple(sorted(self.namer.used.items())),
        )
        if about != About():
            yield about


def _replaced(edge: Edge, meaning: Meaning, row: Predicate) -> Context:
    """The predicate of the file, where its sign makes it one of ours that says less of how."""
    if row.name not in PREDICATES or edge.sign is None or edge.sign == meaning.sign:
        return ()
    if meaning.is_mapped and not meaning.kind:  # it says nothing itself, such as `related_to`
        return ()
    if any(value == edge.predicate for _, value in edge.qualifiers):  # the file says it already
        return ()
    broader = any(term in (meaning.name, meaning.ours) for _, term in row.mappings)
    return () if broader or meaning.ours == row.name else (("relation", edge.predicate),)


def _without_direction(row: Predicate) -> Predicate:
    return replace(row, symmetric=True, inverse_label=row.label, influence="none")


def _fused(entity: Entity, more: Entity) -> Entity:
    """What two rows say of one thing; where they differ, the first wins and nothing is lost."""
    names = (*entity.synonyms, more.name, *more.synonyms)
    return replace(
        entity,
        category=more.category if entity.category == "biolink:NamedThing" else entity.category,
        xrefs=_sorted((*entity.xrefs, *more.xrefs)),
        synonyms=_others(entity.name, names),
        description=entity.description or more.description,
        taxon=entity.taxon or more.taxon,
    )


def _sorted(xrefs: Iterable[Xref]) -> tuple[Xref, ...]:
    """Each once, in the order in which every reader gives them; one with a label says more."""
    unique = {(x.match, x.curie): x for x in sorted(xrefs)}
    return tuple(sorted(unique.values(), key=lambda x: (MATCHES.index(x.match), x.curie)))


def _others(name: str, names: Iterable[str]) -> tuple[str, ...]:
    """The names that are not the name, in the order in which every reader gives them."""
    others = {other for other in names if other and other != name}
    return tuple(sorted(others, key=lambda text: (folded(text), text)))


def _name_of(key: str) -> str:
    """A name for a thing of which only its key is known.

    >>> _name_of("http://purl.obolibrary.org/obo/GO_0005634"), _name_of("TP53")
    ('GO_0005634', 'TP53')
    """
    if key.startswith(("http://", "https://")):
        bare = key.rstrip("/#")
        return line_of(bare[max(bare.rfind("/"), bare.rfind("#")) + 1 :]) or key
    return line_of(key) or "(without a name)"
