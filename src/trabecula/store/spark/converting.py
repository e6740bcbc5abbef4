"""A whole store in another format, written by the executors in parts: KGX tables or N-Triples.

Statements are in the part of their subject, with all that they need, so that each part is a small
graph of its own and is written by the writers of `trabecula.formats`. Nothing passes the driver.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Final

from trabecula import associations
from trabecula.errors import OutputError
from trabecula.formats import kgx
from trabecula.formats.rdf.itself import of_itself
from trabecula.formats.rdf.model import describe, in_words
from trabecula.formats.rdf.ontology import CROSS_REFERENCE
from trabecula.formats.rdf.rows import Description, Literal, iri
from trabecula.formats.rdf.terms import described
from trabecula.graph import Graph
from trabecula.model import About
from trabecula.prefixes import ENTITY, SOURCE
from trabecula.store.spark.records import Reviews, as_json, graph_of, rows_of
from trabecula.store.spark.session import Tables

if TYPE_CHECKING:
    from pyspark import RDD
    from pyspark.sql import DataFrame

#: The formats that are written in parts.
FORMATS: Final = ("kgx", "nt")
#: A part: its graph, the ids of the entities that it is for, the CURIEs whose labels stand apart.
_Part = tuple[Graph, set[str], frozenset[str]]
#: About so many statements are in a part.
PART: Final = 20_000


def converted(tables: Tables, form: str, target: str) -> None:
    """Write the graph in parts into a folder that is not there yet, given by its URI.

    `nt` gives `part-00000` …, lines of N-Triples, each triple once; `kgx` gives the folders `nodes`
    and `edges` of tables with the same columns each. Raises `OutputError` for another format.
    """
    if form not in FORMATS:
        raise OutputError(f"{form} is not written in parts; there are {' and '.join(FORMATS)}")
    if form == "nt":
        _lines(tables).saveAsTextFile(target)
    else:
        for kind in ("nodes", "edges"):
            _table(tables, kind).saveAsTextFile(f"{target}/{kind}")


def _parts(tables: Tables, *, apart: bool = False) -> RDD[_Part]:
    """Each part, made where it is."""
    from pyspark.sql import functions as fn

    count = max(1, int(tables.manifest["counts"]["statements"]) // PART + 1)
    count = max(count, tables.spark.sparkContext.defaultParallelism)
    every = tables.statements.select("number")
    rows = rows_of(tables, every, fn.col("subject") % count, alike="counted_as")
    cited = tables.evidence.select(fn.col("source").alias("number"))
    uncited = tables.sources.where("described").join(cited, "number", "left_anti")
    of_part = (fn.col("number") % count).alias("part")
    own = tables.entities.select("*", of_part)
    rows = rows.unionByName(as_json("own", own))
    rows = rows.unionByName(as_json("source", uncited.select("*", of_part)))
    if apart:
        rows = rows.unionByName(as_json("apart", _apart(tables, own)))
    about, reviews = tables.about, tables.reviews
    return (
        rows.repartition(count, "part")
        .sortWithinPartitions("part", "kind", "json")
        .rdd.mapPartitions(lambda part: _made(about, reviews, part))
    )


def _made(about: About, reviews: Reviews, rows: Iterable[Any]) -> Iterator[_Part]:
    """The graph of each part, the ids of its own entities, and the references that stand apart."""
    for _, of_part in groupby(rows, key=itemgetter("part")):
        kinds: dict[str, list[dict[str, Any]]] = {}
        for row in of_part:
            kinds.setdefault(row["kind"], []).append(json.loads(row["json"]))
        own = {row["number"]: row for row in kinds.pop("own", ())}
        apart = [curie for row in kinds.pop("apart", ()) for curie in row["curies"]]
        shared = {row["id"] for row in kinds.get("source", ())}
        others = [row for row in kinds.pop("entity", ()) if row["number"] not in own]
        for row in others:  # whose references are told by their own part
            row["xrefs"] = row["xrefs"] if row["id"] in shared else []
        graph = graph_of(about, reviews, {**kinds, "entity": [*own.values(), *others]})
        yield graph, {row["id"] for row in own.values()}, frozenset(apart)


# --- Tables of KGX ------------------------------------------------------------------------------


def _table(tables: Tables, kind: str) -> RDD[Any]:
    """The lines of a table in parts, each with the names of its columns above it."""
    rows = _parts(tables).flatMap(lambda part: _slots(part, kind))
    used = rows.flatMap(lambda slots: slots.keys()).distinct().collect()
    names = associations.columns([dict.fromkeys(used, "")], kgx.FIRST[kind])
    return rows.mapPartitions(lambda part: kgx.lines(part, names))


def _slots(part: _Part, kind: str) -> Iterator[associations.Slots]:
    graph, own, _ = part
    if kind == "edges":
        yield from associations.edges(graph)
    else:
        yield from associations.nodes(graph, own)


# --- N-Triples ----------------------------------------------------------------------------------


def _lines(tables: Tables) -> RDD[Any]:
    """The lines in parts, sorted, each once."""
    spark, about = tables.spark, tables.about
    parts = _parts(tables, apart=True)
    head = [(_line(triple),) for triple in described(of_itself(about))]
    lines = spark.createDataFrame(
        parts.flatMap(lambda part: ((line,) for line in _triples(part))), "line string"
    )
    if head:
        lines = lines.unionByName(spark.createDataFrame(head, "line string"))
    count = parts.getNumPartitions()
    whole = lines.distinct().repartitionByRange(count, "line").sortWithinPartitions("line")
    return whole.rdd.map(itemgetter("line"))


def _line(triple: Any) -> str:
    return f"{triple} ."


def _triples(part: _Part) -> Iterator[str]:
    """What is said of the own entities of a part, and of its statements, evidence and sources."""
    graph, own, apart = part
    description = describe(graph)
    _set_apart(description, graph, apart)
    others = {iri(key, ENTITY) for key in graph.entities if key not in own}
    others -= {iri(key, SOURCE) for key in graph.sources}
    yield from map(
        _line, described({s: pairs for s, pairs in description.items() if s not in others})
    )


def _set_apart(description: Description, graph: Graph, apart: frozenset[str]) -> None:
    """Put labels that another part contradicts on the entities instead of on the references."""
    nodes = {iri(key, ENTITY) for key in graph.entities}
    nodes |= {iri(key, SOURCE) for key in graph.sources}
    for entity in graph.entities.values():
        for xref in entity.xrefs:
            node = iri(xref.curie, ENTITY)
            if xref.curie not in apart or node in nodes:
                continue
            description.pop(node, None)  # which has a label and nothing else
            if xref.label:
                words = (CROSS_REFERENCE, Literal(in_words(xref)))
                pairs = description[iri(entity.id, ENTITY)]
                if words not in pairs:
                    pairs.append(words)


def _apart(tables: Tables, own: DataFrame) -> DataFrame:
    """By part and entity the references whose labels cannot stand on their IRIs.

    See `formats.rdf.model`: those that two entities call differently, and those that are entities
    or sources of the graph themselves.
    """
    from pyspark.sql import functions as fn

    each = own.where("described").select("part", "number", fn.explode("xrefs").alias("xref"))
    each = each.select("part", "number", "xref.curie", "xref.label")
    differ = each.groupBy("curie").agg(fn.count_distinct("label").alias("labels"))
    named = differ.where(fn.col("labels") > 1).select("curie")
    for table in (tables.entities, tables.sources):
        named = named.unionByName(table.where("described").select(fn.col("id").alias("curie")))
    return (
        each.join(named.distinct(), "curie", "left_semi")
        .groupBy("part", "number")
        .agg(fn.sort_array(fn.collect_set("curie")).alias("curies"))
    )
