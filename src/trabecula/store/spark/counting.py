"""The figures of `trabecula info`, counted over the tables."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from trabecula.counting import SIGNS
from trabecula.model import Evidence
from trabecula.standing import reading, row_basis, supporting
from trabecula.store.spark.records import together
from trabecula.store.spark.session import Tables, persisted
from trabecula.vocabulary import BASES

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

_HOW = ("stance", "strength", "method", "species", "system", "retracted")


def tallies(tables: Tables) -> dict[str, Counter[str]]:
    """As `Graph.tallies`."""
    from pyspark.sql import functions as fn

    statements, evidence = tables.statements, tables.evidence
    described = tables.entities.where("described")
    papers = tables.sources.where("described").groupBy("paper").agg(
        fn.max("abstract_read").alias("read")
    )  # fmt: skip
    ones = tables.sources.select(fn.col("number").alias("source"), "paper")
    cited = evidence.select("source").distinct().join(ones, "source").select("paper").distinct()
    basis, people = _rests_on(tables)
    of_basis = statements.where(fn.col("status") == "supported").join(basis, "number", "left")
    in_numbers = fn.exists("effect", lambda x: (x["key"] == "value") & (x["value"] != ""))
    return {
        "graph": Counter(
            entities=described.count(),
            statements=statements.count(),
            evidence=evidence.count(),
            papers=papers.count(),
        ),
        "coverage": Counter(
            read=papers.where("read").count(),
            cited=cited.count(),
            human=people.count(),
            parts=_parts(tables),
            sized=evidence.where(in_numbers).count(),
            twice=_twice(tables),
        ),
        "status": _tally(statements, "status"),
        "basis": _tally(of_basis.fillna("not stated", ["basis"]), "basis"),
        "topic": _tally(statements, "topic"),
        "predicate": _tally(statements, "predicate"),
        "sign": Counter({SIGNS[sign]: n for sign, n in _tally(statements, "sign").items()}),
        "category": _tally(described, "category"),
        "stance": _tally(evidence, "stance"),
        "strength": _tally(evidence, "strength"),
        "method": _tally(evidence, "method"),
        "species": _tally(evidence.replace("", "not stated", ["species"]), "species"),
    }


def _twice(tables: Tables) -> int:
    """How many statements are as they were when somebody compared them with their sources."""
    from pyspark.sql import functions as fn

    if not tables.reviews:
        return 0
    reviewed = tables.statements.where(fn.col("id").isin(*tables.reviews)).select("number")
    return sum(
        reading(statement) == "twice"
        for statement in together(tables, reviewed).statements.values()
    )


def degrees(tables: Tables) -> DataFrame:
    """How many statements each entity is in, as subject or object: `entity`, `degree`.

    A statement about itself counts once.
    """
    from pyspark.sql import functions as fn

    number = fn.col("number")
    statements = tables.statements
    ends = statements.select(number, fn.col("subject").alias("entity")).unionByName(
        statements.select(number, fn.col("object").alias("entity"))
    )
    return ends.distinct().groupBy("entity").agg(fn.count("number").alias("degree"))


def _tally(frame: DataFrame, column: str) -> Counter[Any]:
    rows = frame.groupBy(column).count().collect()
    return Counter({row[column]: int(row["count"]) for row in rows})


def _rests_on(tables: Tables) -> tuple[DataFrame, DataFrame]:
    """The basis of each statement that has one, and the statements measured in people.

    What a piece of evidence is depends on how it was gained, and there are few ways of that: our
    own rules are asked of each, and joined back.
    """
    from pyspark.sql import functions as fn

    primary = tables.words.primary()
    ways = [tuple(row) for row in tables.evidence.select(*_HOW).distinct().collect()]
    rows = []
    for way in ways:
        row = Evidence(source="any", **dict(zip(_HOW, way, strict=True)))
        basis_name = row_basis(row) if supporting([row]) else ""
        people = bool(supporting([row])) and row.species == "human" and row.method in primary
        rows.append((*way, [*BASES].index(basis_name) if basis_name else -1, people))
    kinds = ", ".join(f"{name} {'boolean' if name == 'retracted' else 'string'}" for name in _HOW)
    told = tables.spark.createDataFrame(rows, f"{kinds}, rank int, people boolean")
    each = tables.evidence.select("statement", *_HOW).join(fn.broadcast(told), [*_HOW])
    names = fn.array(*(fn.lit(name) for name in BASES))
    basis = (
        each.where(fn.col("rank") >= 0)
        .groupBy(fn.col("statement").alias("number"))
        .agg(fn.min("rank").alias("rank"))
        .select("number", names[fn.col("rank")].alias("basis"))
    )
    return basis, each.where("people").select("statement").distinct()


def _parts(tables: Tables) -> int:
    """The connected parts: each entity takes the least number near it, until none changes.

    With every round it also takes what that one has taken, so that rounds grow with the logarithm
    of the longest way and not with the way.
    """
    from pyspark.sql import functions as fn

    joined = tables.statements.select(fn.col("subject").alias("a"), fn.col("object").alias("b"))
    turned = joined.select(fn.col("b").alias("a"), fn.col("a").alias("b"))
    pairs = persisted(joined.unionByName(turned).distinct())
    labels = persisted(pairs.groupBy("a").agg(fn.least(fn.col("a"), fn.min("b")).alias("label")))
    while True:
        near = pairs.join(labels.select(fn.col("a").alias("b"), "label"), "b")
        best = near.groupBy("a").agg(fn.min("label").alias("near"))
        lower = labels.join(best, "a").select(
            "a", fn.least("label", "near").alias("next"), fn.col("label").alias("before")
        )
        further = labels.select(fn.col("a").alias("next"), fn.col("label").alias("jump"))
        moved = persisted(
            lower.join(further, "next").select(
                "a", fn.least("next", "jump").alias("label"), "before"
            )
        )
        if moved.where(fn.col("label") != fn.col("before")).isEmpty():
            return int(moved.select("label").distinct().count())
        labels = moved.select("a", "label")
