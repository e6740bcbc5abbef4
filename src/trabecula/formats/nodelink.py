"""JSON in the node-link shape of networkx, with every record in full.

`networkx.node_link_graph(json.load(stream), edges="edges")` reads it too. Sign, status and counts
stand on the edges for programs that want them; reading computes them anew.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

from trabecula import files
from trabecula.errors import FormatError, Problem
from trabecula.graph import Graph
from trabecula.identifiers import ENTITY, canonical
from trabecula.model import Context, Entity, Evidence, Record, Source, Statement, Xref, mapping
from trabecula.regular import source_id
from trabecula.selection import sign_of
from trabecula.vocabulary import MATCHES, STANCES

Json: TypeAlias = dict[str, Any]

_SOURCE_TEXTS = (
    "title", "kind", "study_type", "year", "journal", "organism", "group", "url", "reference",
    "note", "standing",
)  # fmt: skip
_EVIDENCE_TEXTS = (
    "source", "stance", "strength", "method", "species", "system", "summary", "locator",
)  # fmt: skip

# --- Writing --------------------------------------------------------------------------------


def render(graph: Graph) -> bytes:
    """The graph as JSON: nodes, edges and sources in sorted order; empty values are left out."""
    document = {
        "directed": True,
        "multigraph": True,
        "graph": {"name": "trabecula"},
        "nodes": [entity(one) for one in graph.entities.values()],
        "edges": [statement(one, graph) for one in graph.statements.values()],
        "sources": [source(one) for one in graph.sources.values()],
    }
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def _kept(values: Json) -> Json:
    return {key: value for key, value in values.items() if value not in ("", [], {})}


def entity(entity: Entity) -> Json:
    """An entity as a node; empty values are left out."""
    xrefs = [_kept({"match": x.match, "curie": x.curie, "label": x.label}) for x in entity.xrefs]
    optional = {
        "synonyms": list(entity.synonyms),
        "description": entity.description,
        "taxon": entity.taxon,
        "xrefs": xrefs,
    }
    return {
        "id": entity.id,
        "name": entity.name,
        "category": entity.category,
        **_kept(optional),
    }


def source(source: Source) -> Json:
    """A source as an object; empty values are left out."""
    texts = {name: getattr(source, name) for name in _SOURCE_TEXTS}
    several = {"authors": list(source.authors), "xrefs": list(source.xrefs)}
    return {"id": source.id, "abstract_read": source.abstract_read, **_kept({**texts, **several})}


def statement(statement: Statement, graph: Graph) -> Json:
    """A statement as an edge with its evidence; `graph` knows which sources are independent."""
    return {
        "source": statement.subject,
        "target": statement.object,
        "key": statement.id,
        "predicate": statement.predicate,
        "negated": statement.negated,
        "sign": sign_of(statement),
        "status": graph.status(statement),
        "supporting": len(graph.independent(statement)),
        "disputing": len(graph.independent(statement, "disputes")),
        **_kept({"qualifiers": mapping(statement.qualifiers), "topic": statement.topic}),
        "evidence": [_evidence(row) for row in statement.evidence],
    }


def _evidence(row: Evidence) -> Json:
    texts = {name: getattr(row, name) for name in _EVIDENCE_TEXTS}
    return _kept({**texts, "context": mapping(row.context)})


# --- Reading --------------------------------------------------------------------------------


def read(source: Path) -> Iterator[Record]:
    """The records of a node-link file, in the order of a graph.

    Attributes that trabecula does not know are left aside. Raises `FormatError` with the place of
    the first error in the JSON, or with everything that is wrong with the records.
    """
    where = str(source)
    document = _parse(files.read_bytes(source), where)
    reader = _Reader(where)
    records = [
        *(reader.entity(place, node) for place, node in reader.objects(document, "nodes")),
        *(reader.source(place, node) for place, node in reader.objects(document, "sources")),
        *(reader.statement(place, edge) for place, edge in reader.objects(document, "edges")),
    ]
    if reader.problems:
        raise FormatError(reader.problems)
    yield from Graph(record for record in records if record is not None)


def _parse(data: bytes, where: str) -> Json:
    try:
        document = json.loads(data.decode("utf-8"), object_pairs_hook=_without_repetition)
    except json.JSONDecodeError as error:
        place = f"{where}:{error.lineno}"
        problem = Problem("json-syntax", place, error.msg, "correct the file at this place")
        raise FormatError([problem]) from error
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        what = f"byte {data[error.start]:#04x} is not UTF-8"
        problem = Problem("not-utf-8", f"{where}:{line}", what, "save the file as UTF-8")
        raise FormatError([problem]) from error
    except RecursionError as error:
        problem = Problem("too-deep", where, "too many levels of nesting", "write flat nodes")
        raise FormatError([problem]) from error
    except ValueError as error:  # a repeated key, or a number of thousands of digits
        raise FormatError([Problem("json-syntax", where, str(error), "correct it")]) from error
    if not isinstance(document, dict) or not {"nodes", "edges"} <= set(document):
        what = "this is no node-link graph"
        fix = "give it an object with nodes and edges; see docs/formats.md"
        raise FormatError([Problem("json-shape", where, what, fix)])
    return document


def _without_repetition(pairs: list[tuple[str, Any]]) -> Json:
    found: Json = {}
    for key, value in pairs:
        if key in found:
            raise ValueError(f"the key {key!r} stands twice in an object")
        found[key] = value
    return found


@dataclass
class _Reader:
    """Takes values out of parsed JSON and collects what is wrong with them."""

    where: str
    problems: list[Problem] = field(default_factory=list)
    #: Where the first record with an id stands, by list and id.
    taken: dict[tuple[str, str], str] = field(default_factory=dict)

    def wrong(self, place: str, what: str, fix: str) -> None:
        self.problems.append(Problem("json-shape", self.where, f"{place} {what}", fix))

    def objects(self, values: Json, name: str, place: str = "") -> Iterator[tuple[str, Json]]:
        """The objects in a list, each with its place in the file."""
        for number, value in enumerate(self.several(place or "the file", values, name)):
            at = f"{place}{'.' if place else ''}{name}[{number}]"
            if isinstance(value, dict):
                yield at, value
            else:
                self.wrong(at, "is no object", "write {…}")

    def several(self, place: str, values: Json, name: str) -> list[Any]:
        value = values.get(name, [])
        if isinstance(value, list):
            return value
        self.wrong(place, f"has {name} that are no list", "write […]")
        return []

    def texts(self, place: str, values: Json, name: str) -> tuple[str, ...]:
        found = self.several(place, values, name)
        if not all(isinstance(value, str) for value in found):
            self.wrong(place, f"has {name} that are no texts", 'write ["…"]')
            return ()
        return tuple(found)

    def text(self, place: str, values: Json, name: str, *, required: bool = False) -> str:
        value = values.get(name, "")
        if required and name not in values:
            self.wrong(place, f"has no {name}", f'write "{name}": "…"')
        if not isinstance(value, str):
            self.wrong(place, f"has the {name} {value!r:.40}", "make it a text")
            return ""
        return value

    def truth(self, place: str, values: Json, name: str) -> bool:
        value = values.get(name, False)
        if not isinstance(value, bool):
            self.wrong(place, f"has the {name} {value!r:.40}", "write true or false")
        return value is True

    def one_of(self, place: str, values: Json, name: str, known: tuple[str, ...]) -> str:
        value = self.text(place, values, name, required=True)
        if name in values and value not in known:
            self.wrong(place, f"has the {name} {value!r}", f"use one of {', '.join(known)}")
        return value

    def identifier(self, place: str, values: Json, name: str) -> str:
        value = self.text(place, values, name, required=True)
        if name in values and (not value or value.split() != [value]):
            self.wrong(place, f"has the {name} {value!r:.40}", "use a slug or a CURIE")
        return value

    def own(self, place: str, values: Json) -> str:
        """The id of a record, which no other in the list may have: one of them would be lost."""
        value = self.identifier(place, values, "id")
        kind = place.partition("[")[0]
        one = source_id(value) if kind == "sources" else canonical(value, ENTITY)
        first = self.taken.setdefault((kind, one), place)
        if value and first != place:
            self.wrong(place, f"has the id {value!r}, as {first} has", "merge the two")
        return value

    def context(self, place: str, values: Json, name: str) -> Context:
        mapping = values.get(name, {})
        pairs: list[tuple[str, str]] = []
        for key, value in mapping.items() if isinstance(mapping, dict) else [(name, None)]:
            for each in value if isinstance(value, list) else [value]:
                if isinstance(each, str):
                    pairs.append((key, each))
                else:
                    self.wrong(place, f"has {name} that are no texts", 'write {"key": "value"}')
        return tuple(sorted(pairs))

    def entity(self, place: str, node: Json) -> Entity | None:
        """The entity of a node; none for one that only stands at the end of an edge."""
        if not {"name", "category"} & set(node):
            self.own(place, node)
            return None
        xrefs = (
            Xref(
                self.one_of(at, xref, "match", MATCHES),
                self.identifier(at, xref, "curie"),
                self.text(at, xref, "label"),
            )
            for at, xref in self.objects(node, "xrefs", place)
        )
        return Entity(
            id=self.own(place, node),
            name=self.text(place, node, "name", required=True),
            category=self.text(place, node, "category", required=True),
            xrefs=tuple(xrefs),
            synonyms=self.texts(place, node, "synonyms"),
            description=self.text(place, node, "description"),
            taxon=self.text(place, node, "taxon"),
        )

    def source(self, place: str, values: Json) -> Source:
        url = values.get("url", "")
        if isinstance(url, str) and url and not url.startswith(("https://", "http://")):
            self.wrong(place, f"has the url {url!r}", "begin it with https://")
        texts = {name: self.text(place, values, name) for name in _SOURCE_TEXTS}
        # OpenAlex, Crossref's and others' way to say it.
        if not texts["standing"] and True in (values.get("retracted"), values.get("is_retracted")):
            texts["standing"] = "retracted"
        return Source(
            id=self.own(place, values),
            authors=self.texts(place, values, "authors"),
            abstract_read=self.truth(place, values, "abstract_read"),
            xrefs=self.texts(place, values, "xrefs"),
            **texts,
        )

    def statement(self, place: str, edge: Json) -> Statement:
        return Statement(
            subject=self.identifier(place, edge, "source"),
            predicate=self.identifier(place, edge, "predicate"),
            object=self.identifier(place, edge, "target"),
            qualifiers=self.context(place, edge, "qualifiers"),
            negated=self.truth(place, edge, "negated"),
            topic=self.text(place, edge, "topic"),
            evidence=tuple(
                self.evidence(at, row) for at, row in self.objects(edge, "evidence", place)
            ),
        )

    def evidence(self, place: str, row: Json) -> Evidence:
        self.identifier(place, row, "source")
        self.one_of(place, row, "stance", tuple(STANCES))
        texts: Json = {name: self.text(place, row, name) for name in _EVIDENCE_TEXTS}
        return Evidence(context=self.context(place, row, "context"), **texts)
