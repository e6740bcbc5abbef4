"""Rows of the tables as records: a part of the graph, small enough for whoever makes it.

Rows of all tables go their way as one kind of row: the part that they belong to, what they are,
and what they say as JSON. So a part is whole in one place, on the driver or on an executor.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from trabecula.counted import counted
from trabecula.errors import SelectionError
from trabecula.graph import Graph
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
from trabecula.store.spark.session import MOST, Tables, persisted

if TYPE_CHECKING:
    from pyspark.sql import Column, DataFrame

#: Reviews by the ids of their statements.
Reviews = Mapping[str, tuple[Review, ...]]

_SOURCE_TEXTS = (
    "id", "title", "kind", "study_type", "year", "journal", "volume", "issue", "pages", "organism",
    "group", "url", "reference", "note", "standing", "standing_date",
)  # fmt: skip
_EVIDENCE_TEXTS = ("stance", "strength", "method", "species", "system", "summary", "locator")


def rows_of(tables: Tables, numbers: DataFrame, part: Column, *, alike: str = "paper") -> DataFrame:
    """Everything that the statements with these numbers need: columns `part`, `kind`, `json`.

    `part` is worked out from the number of the subject, a column `subject`. With the sources that
    are cited come all others that are the same `paper`, or are `counted_as` one with them.
    """
    from pyspark.sql import functions as fn

    chosen = tables.statements.join(numbers, "number", "left_semi").withColumn("part", part)
    chosen = chosen.persist()
    ends = (
        chosen.select("part", fn.col("subject").alias("number"))
        .unionByName(chosen.select("part", fn.col("object").alias("number")))
        .distinct()
    )
    spoken = tables.evidence.join(
        chosen.select("part", fn.col("number").alias("statement")), "statement"
    )
    papers = tables.sources.select(fn.col("number").alias("source"), alike)
    cited = spoken.select("part", "source").distinct().join(papers, "source")
    every = cited.select("part", alike).distinct().join(tables.sources, alike)
    return (
        as_json("statement", chosen)
        .unionByName(as_json("entity", ends.join(tables.entities, "number")))
        .unionByName(as_json("evidence", _cited(tables, spoken)))
        .unionByName(as_json("source", every.where("described")))
    )


def _cited(tables: Tables, spoken: DataFrame) -> DataFrame:
    """Evidence with the id of its source in place of the number."""
    from pyspark.sql import functions as fn

    ids = tables.sources.select(fn.col("number").alias("source"), fn.col("id").alias("cites"))
    return spoken.join(ids, "source").drop("source")


def as_json(kind: str, frame: DataFrame) -> DataFrame:
    """The rows of a frame with a `part` as rows of one kind: `part`, `kind`, and JSON, `json`."""
    from pyspark.sql import functions as fn

    names = [name for name in frame.columns if name != "part"]
    text = fn.to_json(fn.struct(*names)).alias("json")
    return frame.select("part", fn.lit(kind).alias("kind"), text)


def graph_of(about: About, reviews: Reviews, rows: Mapping[str, list[dict[str, Any]]]) -> Graph:
    """The graph of one part: what its rows say, by what they are."""
    return Graph([about, *_records(reviews, rows)])


def collected(tables: Tables, numbers: DataFrame) -> Graph:
    """The graph of the statements with these numbers, on this machine.

    Raises `SelectionError` for more than `MOST`.
    """
    numbers = persisted(numbers)
    count = numbers.count()
    if count > MOST:
        what = f"{counted(count, 'statement')} are too many for one machine (at most {MOST:,})"
        raise SelectionError(f"{what}; select fewer, or write all in parts with convert")
    return together(tables, numbers)


def together(tables: Tables, numbers: DataFrame) -> Graph:
    """The graph of the statements with these numbers, on this machine, however many they are."""
    from pyspark.sql import functions as fn

    rows: dict[str, list[dict[str, Any]]] = {}
    for row in rows_of(tables, numbers, fn.lit(0)).collect():
        rows.setdefault(row["kind"], []).append(json.loads(row["json"]))
    return graph_of(tables.about, tables.reviews, rows)


def _records(reviews: Reviews, rows: Mapping[str, list[dict[str, Any]]]) -> Iterator[Record]:
    evidence: dict[int, list[Evidence]] = {}
    for row in rows.get("evidence", ()):
        evidence.setdefault(row["statement"], []).append(
            Evidence(
                source=row["cites"],
                context=_pairs(row["context"]),
                effect=Effect(**dict(_pairs(row["effect"]))) if row["effect"] else None,
                **{name: row[name] for name in _EVIDENCE_TEXTS},
            )
        )
    ids = {row["number"]: row["id"] for row in rows.get("entity", ())}
    yield from (entity_of(row) for row in rows.get("entity", ()) if row["described"])
    for row in rows.get("source", ()):
        yield Source(
            authors=tuple(row["authors"]),
            xrefs=tuple(row["xrefs"]),
            abstract_read=row["abstract_read"],
            **{name: row[name] for name in _SOURCE_TEXTS},
        )
    for row in rows.get("statement", ()):
        yield Statement(
            subject=ids[row["subject"]],
            predicate=row["predicate"],
            object=ids[row["object"]],
            qualifiers=_pairs(row["qualifiers"]),
            negated=row["negated"],
            topic=row["topic"],
            evidence=tuple(evidence.get(row["number"], ())),
            reviews=reviews.get(row["id"], ()),
        )


def entity_of(row: Any) -> Entity:
    """The entity that a row of its table says."""
    return Entity(
        id=row["id"],
        name=row["name"],
        category=row["category"],
        description=row["description"],
        taxon=row["taxon"],
        synonyms=tuple(row["synonyms"]),
        xrefs=tuple(Xref(x["match"], x["curie"], x["label"]) for x in row["xrefs"]),
    )


def _pairs(rows: Iterable[Mapping[str, str]]) -> Context:
    return tuple((row["key"], row["value"]) for row in rows)
