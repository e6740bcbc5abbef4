"""What a change reaches, as `reason.reach` walks it, in joins: one join a step."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING

from trabecula.counted import counted
from trabecula.errors import SelectionError
from trabecula.names import Names
from trabecula.reason.reach import Reached, check_steps
from trabecula.reason.whatif import assume
from trabecula.store.spark.selecting import named
from trabecula.store.spark.session import MOST, Tables, persisted

if TYPE_CHECKING:
    from pyspark.sql import Column, DataFrame


def followed(tables: Tables, statuses: Collection[str] = ()) -> DataFrame:
    """The arcs that are followed, of statements of these statuses where some are given.

    See `Columns.with_statuses`.
    """
    from pyspark.sql import functions as fn

    chosen = tables.statements.where(_with(statuses) if statuses else fn.col("followed"))
    numbers = chosen.select(fn.col("number").alias("statement"))
    return (
        tables.arcs.join(numbers, "statement", "left_semi")
        .where(fn.col("start") != fn.col("end"))
        .select("start", "end", "sign")
        .distinct()
    )


def _with(statuses: Collection[str]) -> Column:
    from pyspark.sql import functions as fn

    denied = fn.col("status").isin("asserted-only", "no-evidence") & ~fn.col("sayable")
    wanted = fn.col("status").isin(*statuses)
    of_those = fn.when(denied, fn.lit("refuted" in statuses)).otherwise(wanted)
    return ~fn.col("negated") & of_those


def reach(
    tables: Tables,
    arcs: DataFrame,
    changed: Mapping[int, int],
    fixed: Collection[int] = (),
    *,
    steps: int,
) -> list[Reached]:
    """What entities reach that go up or down, by their numbers; see `reason.reach.reach`.

    Raises `SelectionError` for an answer too large to be brought to one machine.
    """
    from pyspark.sql import functions as fn

    check_steps(steps)
    spark = tables.spark
    closed = spark.createDataFrame([(n,) for n in (*changed, *fixed)], "end int")
    open_arcs = arcs.join(fn.broadcast(closed), "end", "left_anti").persist()
    states = spark.createDataFrame([(n, way) for n, way in changed.items()], "entity int, way int")
    seen = spark.createDataFrame([], "entity int, way int, step int")
    for step in range(1, steps + 1):
        onward = (
            states.join(open_arcs, fn.col("entity") == fn.col("start"))
            .select(fn.col("end").alias("entity"), (fn.col("way") * fn.col("sign")).alias("way"))
            .distinct()
        )
        states = persisted(onward.join(seen, ["entity", "way"], "left_anti"))
        if states.isEmpty():
            break
        seen = persisted(seen.unionByName(states.withColumn("step", fn.lit(step))))
    pivoted = seen.groupBy("entity").agg(
        *(fn.min(fn.when(fn.col("way") == way, fn.col("step"))).alias(name) for way, name in _WAYS)
    )
    pivoted = persisted(pivoted)
    count = pivoted.count()
    if count > MOST:
        reached = counted(count, "entity", "entities")
        raise SelectionError(f"the change reaches {reached}; ask for fewer steps")
    rows = pivoted.collect()
    open_arcs.unpersist()
    ends = [Reached(row["entity"], row["up"], row["down"], row["unclear"]) for row in rows]
    return sorted(ends, key=lambda end: (end.steps, end.entity))


_WAYS = ((1, "up"), (-1, "down"), (0, "unclear"))


def assumed(
    tables: Tables, texts: Iterable[str]
) -> tuple[dict[str, int], tuple[str, ...], Names, dict[str, int]]:
    """What `reason.whatif.assume` makes of texts; the names, and numbers by id, that it took."""
    asked = [*texts]
    names, numbers = named(tables, [text.rpartition("=")[0] for text in asked])
    return *assume(names, asked), names, numbers


def called(tables: Tables, numbers: Iterable[int]) -> dict[int, tuple[str, str]]:
    """The ids and names of entities by their numbers."""
    from pyspark.sql import functions as fn

    wanted = tables.spark.createDataFrame([(number,) for number in numbers], "number int")
    rows = tables.entities.join(fn.broadcast(wanted), "number", "left_semi")
    return {row[0]: (row[1], row[2]) for row in rows.select("number", "id", "name").collect()}
