"""Reading node-link JSON: records of its objects, as they come."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from trabecula import about, characters, files
from trabecula.errors import FormatError, Problem, Problems
from trabecula.formats.nodelink.values import KNOWN, MEMORY, SOURCE_TEXTS, Json, Values
from trabecula.leftover import Leftovers
from trabecula.mapping import strict_json
from trabecula.mapping.joined import TEXTS
from trabecula.model import (
    About,
    Context,
    Effect,
    Entity,
    Evidence,
    Record,
    Review,
    Source,
    Statement,
    Xref,
)
from trabecula.prefixes import ENTITY, ONTOLOGY, SOURCE
from trabecula.settled import settled
from trabecula.vocabulary import MATCHES, REVIEWS, STANCES

_STANCES = tuple(STANCES)
_TEXTS = frozenset(TEXTS)
#: The texts of a piece of evidence beside its source.
_OF_EVIDENCE = tuple(name for name in TEXTS if name != "source")
#: Names under which others write values of a node, and ours: taken where ours is missing.
_OTHER_NAMES = {"label": "name", "synonym": "synonyms", "xref": "xrefs", "in_taxon": "taxon"}
#: Values of a node of which others write one as a text, and those that others write as a list.
_SEVERAL = frozenset(("synonyms", "xrefs"))
_SINGLE = frozenset(("name", "category", "description", "taxon"))
#: A node of these has nothing but texts, under our names for them.
_OF_NODE = frozenset(("id", *_SINGLE))


def read(source: Path, left: Leftovers) -> Iterator[Record]:
    """The records of a node-link file, in its order, as they are read.

    Attributes that the model has no place for are left out and told to `left`. Raises
    `FormatError` with the place of the first error in the JSON, or at the end with everything that
    is wrong with the records.
    """
    where = str(source)
    text = files.decoded(files.read_bytes(source), where, left)
    members = strict_json.members(text, where, nan=True)  # as Python writes it
    yield from _Reader(where, left).records(members)


def records(document: Json, where: str, left: Leftovers) -> Iterator[Record]:
    """The records of an object with nodes, edges and sources; see `read`."""
    yield from _Reader(where, left).records(_members(document))


def _members(document: Json) -> Iterator[strict_json.Member]:
    """The members of an object as `strict_json.members` gives those of a text."""
    for name, value in document.items():
        if isinstance(value, list):
            yield name, -1, []
            yield from ((name, number, each) for number, each in enumerate(value))
        else:
            yield name, -1, value


def _edges_last(members: Iterable[strict_json.Member]) -> Iterator[strict_json.Member]:
    """The members, `links` as `edges`, as networkx called them until version 3.4, if none are."""
    names, links = set(), []
    for member in members:
        names.add(member[0])
        if member[0] == "links":
            links.append(member)
        else:
            yield member
    name = "links" if "edges" in names else "edges"
    yield from ((name, number, value) for _, number, value in links)


def reviews(values: Any, where: str, left: Leftovers) -> tuple[Review, ...]:
    """The reviews in a list of objects. Raises `FormatError` with all that is wrong in it."""
    reader = _Reader(where, left)
    listed = reader.objects({"reviews": values}, "reviews")
    made = [reader.review(at, row) for at, row in listed]
    if reader.problems:
        raise FormatError(reader.problems)
    return tuple(sorted(made))


def _about(document: Json, where: str) -> About:
    """What the file says of its graph, where it says something."""
    attributes = document.get("graph")
    own = attributes.get("about") if isinstance(attributes, dict) else None
    return about.parsed(own, f"{where}: graph.about") if isinstance(own, dict) else About()


#: Records of which every text is tidy, as `tidy.tidied` makes those of other formats.
TIDY = (Statement,)
#: The lists of records, in the order in which is told what is wrong with them.
_LISTS = ("nodes", "sources", "edges")


@dataclass
class _Reader(Values):
    """Makes records of parsed JSON; those of which there is nothing to say in one step."""

    #: The sources of publications that edges name.
    cited: dict[str, str] = field(default_factory=dict)
    #: Which values edges have that have none but known ones.
    shapes: set[tuple[str, ...]] = field(default_factory=set)
    #: Contexts and evidence of plain texts, by what is written: what is equal is made once.
    contexts: dict[tuple[str, ...], Context] = field(default_factory=dict)
    rows: dict[tuple[str, ...], tuple[Evidence, ...]] = field(default_factory=dict)

    def records(self, members: Iterable[strict_json.Member]) -> Iterator[Record]:
        """The records of a file as its members come; see `read`.

        What is left out and what is wrong is told by list, in whichever order the lists stand.
        """
        left, problems = self.left, self.problems
        parts = {name: (Leftovers(), Problems()) for name in ("file", *_LISTS)}
        document: Json = {}  # without what is in its lists
        edges = 0
        for name, number, value in _edges_last(members):
            if number < 0:
                document[name] = value
            elif name in _LISTS:
                edges += name == "edges"
                self.left, self.problems = parts[name]
                record = self.record(name, number, value)
                if record is not None:
                    yield record
        if not {"nodes", "edges"} <= document.keys():
            what = "this is no node-link graph"
            fix = "give it an object with nodes and edges; see docs/formats.md"
            raise FormatError([Problem("json-shape", self.where, what, fix)])
        for name in ("file", *_LISTS):
            self.left, self.problems = parts[name]
            if name == "file":
                self.document(document, edges)
            else:
                self.several("the file", document, name)
            left.take(self.left)
            problems.extend(self.problems)
        self.left, self.problems = left, problems
        if problems:
            raise FormatError(problems)
        yield from self.published
        whole = _about(document, self.where)
        if whole != About():
            yield whole

    def record(self, name: str, number: int, value: Any) -> Record | None:
        """What stands at a place of a list; none for a node that is only the end of an edge."""
        statement = self.usual(value) if name == "edges" else None
        if statement is not None:
            return statement
        place = f"{name}[{number}]"  # which only now may be asked for
        if not isinstance(value, dict):
            self.wrong(place, "is no object", "write {…}")
            return None
        if name == "edges":
            return self.statement(place, value)
        return self.entity(place, value) if name == "nodes" else self.source(place, value)

    # --- What others call it ----------------------------------------------------------------

    def ours(self, node: Json) -> Json:
        """A node with the names that trabecula gives to values; lists where it has lists."""
        if node.keys() <= _OF_NODE and all(type(value) is str for value in node.values()):
            return node
        node = dict(node)
        for other, name in _OTHER_NAMES.items():
            if other in node and name not in node:
                node[name] = node.pop(other)
            elif other in node and node[other] == node[name]:
                del node[other]
        for name, value in node.items():
            if name in _SEVERAL and isinstance(value, str):
                node[name] = [value]
            elif name in _SINGLE and isinstance(value, list) and len(value) == 1:
                node[name] = value[0]
        if isinstance(node.get("xrefs"), list):
            node["xrefs"] = [
                {"match": "related", "curie": xref} if isinstance(xref, str) else xref
                for xref in node["xrefs"]
            ]
        return node

    def publications(
        self, place: str, edge: Json, evidence: tuple[Evidence, ...]
    ) -> Iterator[Evidence]:
        """Support of unknown strength by the publications that stand on an edge itself."""
        told = {row.source for row in evidence}
        if isinstance(edge.get("publications"), str):
            edge = {**edge, "publications": [edge["publications"]]}
        for publication in dict.fromkeys(self.texts(place, edge, "publications")):
            if not publication or publication.split() != [publication]:
                self.wrong(place, f"has the publication {publication!r:.40}", "use a CURIE")
            elif (source := self.settled(place, publication, "publications", SOURCE)) not in told:
                self.cited.setdefault(source, place)
                yield Evidence(source=source)

    @property
    def published(self) -> list[Source]:
        """A record for each publication of an edge that has none."""
        return [Source(id=key) for key in self.cited if ("sources", key) not in self.taken]

    def document(self, document: Json, edges: int) -> None:
        """Note what a file with so many edges says of itself and has no place in a graph."""
        self.rest("document", "the file", document)
        attributes = document.get("graph")
        if isinstance(attributes, dict):
            self.rest("graph", "graph", attributes)
        if document.get("directed") is False and edges:
            self.left.mend("an undirected graph read from source to target", "the file")

    def entity(self, place: str, node: Json) -> Entity | None:
        """The entity of a node; none for one that only stands at the end of an edge."""
        node = self.ours(node)
        self.rest("node", place, node)
        if not {"name", "category"} & set(node):
            self.own(place, node)
            return None
        xrefs = (
            [self.xref(at, xref) for at, xref in self.objects(node, "xrefs", place)]
            if "xrefs" in node
            else ()
        )
        return Entity(
            id=self.own(place, node),
            name=self.text(place, node, "name", required=True),
            category=self.text(place, node, "category", required=True),
            xrefs=tuple(dict.fromkeys(xrefs)),  # two spellings of one identifier are one
            synonyms=self.texts(place, node, "synonyms"),
            description=self.text(place, node, "description"),
            taxon=settled(self.text(place, node, "taxon"), ENTITY),
        )

    def xref(self, place: str, values: Json) -> Xref:
        self.rest("cross-reference", place, values)
        return Xref(
            self.one_of(place, values, "match", MATCHES),
            self.identifier(place, values, "curie"),
            self.text(place, values, "label"),
        )

    def source(self, place: str, values: Json) -> Source:
        self.rest("source", place, values)
        url = values.get("url", "")
        if isinstance(url, str) and url and not url.startswith(("https://", "http://")):
            self.wrong(place, f"has the url {url!r:.80}", "begin it with https://")
        texts = {name: self.text(place, values, name) for name in SOURCE_TEXTS}
        # OpenAlex, Crossref's and others' way to say it.
        if not texts["standing"] and True in (values.get("retracted"), values.get("is_retracted")):
            texts["standing"] = "retracted"
        return Source(
            id=self.own(place, values, SOURCE),
            authors=self.texts(place, values, "authors"),
            abstract_read=self.truth(place, values, "abstract_read"),
            xrefs=tuple(
                dict.fromkeys(settled(x, SOURCE) for x in self.texts(place, values, "xrefs"))
            ),
            **texts,
        )

    def usual(self, edge: Any) -> Statement | None:
        """What `statement` makes of an edge of which there is nothing to say.

        None for one that has to be looked at closely, as the first with an identifier. Here
        nothing is looked at twice: of 100,000 edges most have ends and texts of others.
        """
        if type(edge) is not dict:
            return None
        shape = (*edge,)
        if shape not in self.shapes:
            if not edge.keys() <= KNOWN["edge"] - {"publications"}:
                return None
            self.shapes.add(shape)
        get: Any = edge.get
        ends, negated = self.identifiers[ENTITY], get("negated", False)
        try:
            subject, object_ = ends.get(get("source")), ends.get(get("target"))
            predicate = self.identifiers[ONTOLOGY].get(get("predicate"))
            topic = self.plain.get(get("topic", ""))
        except TypeError:  # a list or an object
            return None
        if (
            not (subject and object_ and predicate) or topic is None
            or type(negated) is not bool or get("reviews", []) != []
        ):  # fmt: skip
            return None
        qualifiers = self.usual_context(edge["qualifiers"]) if "qualifiers" in edge else ()
        evidence = self.usual_rows(get("evidence", []))
        if qualifiers is None or evidence is None:
            return None
        return Statement(
            subject=subject,
            predicate=predicate,
            object=object_,
            qualifiers=qualifiers,
            negated=negated,
            topic=topic,
            evidence=evidence,
        )

    def usual_rows(self, rows: Any) -> tuple[Evidence, ...] | None:
        """The evidence in a list, if there is nothing to say of it."""
        if type(rows) is not list:
            return None
        if len(rows) == 1:  # as most have
            return self.usual_row(rows[0])
        alone = [*map(self.usual_row, rows)]
        return None if None in alone else tuple([row for each in alone if each for row in each])

    def usual_row(self, row: Any) -> tuple[Evidence, ...] | None:
        """What `evidence` makes of a row without an effect, alone in a tuple.

        Equal rows give the same object.
        """
        if type(row) is not dict:
            return None
        texts_of_row: Json = row
        context: Context | None = ()
        if "context" in row:
            texts_of_row = dict(row)
            context = self.usual_context(texts_of_row.pop("context"))
        key = (*texts_of_row, *texts_of_row.values(), context)
        try:
            evidence = self.rows.get(key)
        except TypeError:  # a list or an object
            return None
        if evidence is None and context is not None and texts_of_row.keys() <= _TEXTS:
            texts = self.usual_texts(texts_of_row)
            if texts and texts["source"] and texts.get("stance") in _STANCES:
                evidence = (Evidence(context=context, **texts),)
                if len(self.rows) < MEMORY:
                    self.rows[key] = evidence
        return evidence

    def usual_texts(self, values: Json) -> Json | None:
        """The texts of a row, with its source in the form of every format."""
        texts: Json = {}
        for name, text in values.items():
            kept = self.kept(text) if type(text) is str else None
            if kept is None:
                return None
            texts[name] = kept
        texts["source"] = self.identifiers[SOURCE].get(texts.get("source", ""), "")
        return texts

    def usual_context(self, values: Any) -> Context | None:
        """What `context` makes of an object with one text for each key."""
        if values == {}:
            return ()
        if type(values) is not dict:
            return None
        key = (*values, *values.values())
        try:
            context = self.contexts.get(key)
        except TypeError:  # several values of one key
            return None
        if context is None:
            plain = all(type(text) is str and characters.plain(text) for text in key)
            if not plain or not all(text.strip() for text in values):
                return None
            texts, half = [*map(self.plain.setdefault, key, key)], len(values)
            pairs = zip(texts[:half], texts[half:], strict=True)
            context = self.contexts[key] = tuple(sorted(pairs))
        return context

    def statement(self, place: str, edge: Json) -> Statement:
        self.rest("edge", place, edge)
        evidence = self.usual_rows(edge.get("evidence", []))
        if evidence is None:
            rows = self.objects(edge, "evidence", place)
            evidence = tuple(self.evidence(at, row) for at, row in rows)
        if "publications" in edge:
            evidence = (*evidence, *self.publications(place, edge, evidence))
        reviews = self.objects(edge, "reviews", place) if edge.get("reviews", []) != [] else ()
        return Statement(
            subject=self.identifier(place, edge, "source"),
            predicate=self.identifier(place, edge, "predicate", ONTOLOGY),
            object=self.identifier(place, edge, "target"),
            qualifiers=self.context(place, edge, "qualifiers"),
            negated=self.truth(place, edge, "negated"),
            topic=self.text(place, edge, "topic"),
            evidence=evidence,
            reviews=tuple(self.review(at, row) for at, row in reviews),
        )

    def review(self, place: str, values: Json) -> Review:
        self.rest("review", place, values)
        self.one_of(place, values, "kind", tuple(REVIEWS))
        texts = (self.text(place, values, name, required=True) for name in Review.__slots__)
        return Review(*texts)

    def evidence(self, place: str, row: Json) -> Evidence:
        self.rest("evidence", place, row)
        self.one_of(place, row, "stance", _STANCES)
        texts: Json = {name: self.text(place, row, name) for name in _OF_EVIDENCE if name in row}
        texts["source"] = self.identifier(place, row, "source", SOURCE)
        context, effect = self.context(place, row, "context"), self.effect(f"{place}.effect", row)
        return Evidence(context=context, effect=effect, **texts)

    def effect(self, place: str, row: Json) -> Effect | None:
        values = row.get("effect", {})
        if not isinstance(values, dict):
            self.wrong(place, "is no object", "write {…}")
            return None
        if not values:  # as most have none
            return None
        self.rest("effect", place, values)
        texts = {  # others write numbers
            name: str(value) if type(value) in (int, float) else value
            for name, value in values.items()
        }
        return Effect(**{name: self.text(place, texts, name) for name in Effect.__slots__}) or None
