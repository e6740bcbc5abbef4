"""Selections as joins: each selector a frame of the numbers of statements.

`&` is a semi-join, `|` a union, `!` an anti-join. The grammar is that of `trabecula.selection`, and
so is what each selector means; those that look for paths, loops and conflicts are not offered.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Final

from trabecula.errors import NotFound, SelectionError
from trabecula.misspelt import unknown
from trabecula.names import Names, names_of, spellings
from trabecula.reason.following import listed
from trabecula.regular import source_id
from trabecula.selection import NOT_STATED, And, Call, Not, Or, Selection
from trabecula.selection.plan import whole_number
from trabecula.store.spark.records import entity_of
from trabecula.store.spark.session import Tables, persisted
from trabecula.vocabulary import STATUSES

if TYPE_CHECKING:
    from pyspark.sql import Column, DataFrame

#: The most entities that some names may mean.
_ALIKE: Final = 10_000


def selected(tables: Tables, selection: Selection) -> DataFrame:
    """The numbers of the statements that a selection denotes, each once: a column `number`.

    Raises `NotFound` for a name that nothing answers to, `SelectionError` for a bad argument and
    for a selector that is not offered.
    """
    match selection:
        case Call(name, arguments):
            return _called(tables, name, arguments)
        case Not(part):
            whole = tables.statements.select("number")
            return whole.join(selected(tables, part), "number", "left_anti")
        case And(parts):
            first, *others = (selected(tables, part) for part in parts)
            for other in others:
                first = first.join(other, "number", "left_semi")
            return first
        case Or(parts):
            first, *others = (selected(tables, part) for part in parts)
            for other in others:
                first = first.unionByName(other)
            return first.distinct()


def entity(tables: Tables, name: str) -> int:
    """The number of the entity that goes by a name; raises `NotFound` as `Names.get` does."""
    names, numbers = named(tables, [name])
    return numbers[names.id_of(name)]


def named(tables: Tables, texts: Iterable[str]) -> tuple[Names, dict[str, int]]:
    """The names of all entities that some texts may mean, and the numbers of these by id.

    Which of them is meant is decided by the names, as in every graph.
    """
    from pyspark.sql import functions as fn

    asked = [*texts]
    words = sorted({spelt for text in asked for spelt in spellings(text) if spelt})
    exact = fn.exists(
        "xrefs", lambda x: (x["match"] == "exact") & fn.lower(x["curie"]).isin(*words)
    )
    going = (
        fn.col("id").isin(*asked)
        | fn.lower("id").isin(*words)
        | fn.lower("name").isin(*words)
        | fn.exists("synonyms", lambda text: fn.lower(text).isin(*words))
        | exact
    )
    rows = tables.entities.where(fn.col("described") & going).limit(_ALIKE).collect()
    return names_of(map(entity_of, rows)), {row["id"]: int(row["number"]) for row in rows}


# --- Selectors ----------------------------------------------------------------------------------


def _called(tables: Tables, name: str, arguments: tuple[str, ...]) -> DataFrame:
    if name not in _SELECTORS:
        offered = ", ".join(_SELECTORS)
        raise SelectionError(f"{name}() is not asked of Spark; there are {offered}")
    return _SELECTORS[name](tables, arguments)


def _where(tables: Tables, condition: Column) -> DataFrame:
    return tables.statements.where(condition).select("number")


def _all(tables: Tables, _: tuple[str, ...]) -> DataFrame:
    return tables.statements.select("number")


def _word(column: str, allowed: Callable[[Tables], list[str]]) -> _Selector:
    """Statements that have one of these words in a column."""

    def chosen(tables: Tables, arguments: tuple[str, ...]) -> DataFrame:
        from pyspark.sql import functions as fn

        words = listed(column, arguments, allowed(tables))
        values = sorted("" if word == NOT_STATED else word for word in words)
        return _where(tables, fn.col(column).isin(*values))

    return chosen


def _end(column: str) -> _Selector:
    """Statements that have one of these entities as an end."""

    def chosen(tables: Tables, arguments: tuple[str, ...]) -> DataFrame:
        from pyspark.sql import functions as fn

        return _where(
            tables, fn.col(column).isin(*(entity(tables, argument) for argument in arguments))
        )

    return chosen


def _statement(tables: Tables, arguments: tuple[str, ...]) -> DataFrame:
    from pyspark.sql import functions as fn

    for text in arguments:
        if tables.statements.where(fn.col("id") == text).isEmpty():
            raise NotFound(f"no statement has the id {text!r}")
    return _where(tables, fn.col("id").isin(*arguments))


def _category(tables: Tables, arguments: tuple[str, ...]) -> DataFrame:
    from pyspark.sql import functions as fn

    allowed = sorted({*filter(None, tables.manifest["categories"]), *tables.words.categories})
    words = listed("category", arguments, (*allowed, NOT_STATED))
    values = sorted("" if word == NOT_STATED else word for word in words)
    of_those = tables.entities.where(fn.col("category").isin(*values)).select("number")
    ends = _ends(tables)
    return ends.join(of_those, ends["entity"] == of_those["number"], "left_semi").select(
        fn.col("statement").alias("number")
    ).distinct()  # fmt: skip


def _ends(tables: Tables) -> DataFrame:
    """Each statement with its subject, and with its object."""
    from pyspark.sql import functions as fn

    number = fn.col("number").alias("statement")
    subjects = tables.statements.select(number, fn.col("subject").alias("entity"))
    return subjects.unionByName(tables.statements.select(number, fn.col("object").alias("entity")))


def _sign(tables: Tables, arguments: tuple[str, ...]) -> DataFrame:
    from pyspark.sql import functions as fn

    written = {"+": 1, "-": -1, "0": 0}
    signs = listed("sign", arguments, written)
    return _where(tables, fn.col("sign").isin(*(written[sign] for sign in sorted(signs))))


def _influence(tables: Tables, _: tuple[str, ...]) -> DataFrame:
    from pyspark.sql import functions as fn

    return tables.arcs.select(fn.col("statement").alias("number")).distinct()


def _sources(tables: Tables, arguments: tuple[str, ...]) -> DataFrame:
    from pyspark.sql import functions as fn

    return _where(tables, fn.col("supporting") >= whole_number(arguments[0], "sources"))


def _source(tables: Tables, arguments: tuple[str, ...]) -> DataFrame:
    from pyspark.sql import functions as fn

    numbers: list[int] = []
    for name in arguments:
        texts = sorted({name, source_id(name)})
        rows = tables.sources.where(fn.col("id").isin(*texts)).select("number").collect()
        if not rows:
            named = fn.exists("xrefs", lambda text: text.isin(*texts))  # noqa: B023
            rows = tables.sources.where(named).select("number").collect()
        if not rows:
            raise NotFound(unknown("source", name, ()))
        numbers += [row["number"] for row in rows]
    spoken = tables.evidence.where(fn.col("source").isin(*numbers))
    return spoken.select(fn.col("statement").alias("number")).distinct()


def _seen(column: str) -> _Selector:
    """Statements of which a piece of evidence that is weighed has one of these words."""

    def chosen(tables: Tables, arguments: tuple[str, ...]) -> DataFrame:
        from pyspark.sql import functions as fn

        used = [row[0] for row in tables.evidence.select(column).distinct().collect()]
        words = listed(column, arguments, (*filter(None, used), NOT_STATED))
        values = sorted("" if word == NOT_STATED else word for word in words)
        weighed = tables.evidence.where((fn.col("strength") != "asserted") & ~fn.col("retracted"))
        answering = weighed.where(fn.col(column).isin(*values)).select(
            fn.col("statement").alias("number")
        )
        if "" in values:  # what has nothing that is weighed states nothing
            none = tables.statements.select("number").join(
                weighed.select(fn.col("statement").alias("number")), "number", "left_anti"
            )
            answering = answering.unionByName(none)
        return answering.distinct()

    return chosen


# --- Walks --------------------------------------------------------------------------------------


def _near(tables: Tables, arguments: tuple[str, ...]) -> DataFrame:
    from pyspark.sql import functions as fn

    steps = whole_number(arguments[1], "steps") if arguments[1:] else 1
    statements = tables.statements.select("number", "subject", "object")
    either = statements.select(fn.col("subject").alias("start"), fn.col("object").alias("end"))
    either = either.unionByName(
        either.select(fn.col("end").alias("start"), fn.col("start").alias("end"))
    )
    reached = _spread(tables, either, entity(tables, arguments[0]), steps)
    ends = ((end, reached.withColumnRenamed("entity", end)) for end in ("subject", "object"))
    for end, frame in ends:
        statements = statements.join(frame, end, "left_semi")
    return statements.select("number")


def _led(start: str, end: str) -> _Selector:
    """The statements of the arcs that lead on, from `start` to `end`, in so many steps or all."""

    def chosen(tables: Tables, arguments: tuple[str, ...]) -> DataFrame:
        from pyspark.sql import functions as fn

        steps = whole_number(arguments[1], "steps") - 1 if arguments[1:] else None
        arcs = tables.arcs.select(
            fn.col(start).alias("start"), fn.col(end).alias("end"), "statement"
        )
        reached = _spread(tables, arcs.select("start", "end"), entity(tables, arguments[0]), steps)
        led = arcs.join(reached, arcs["start"] == reached["entity"], "left_semi")
        return led.select(fn.col("statement").alias("number")).distinct()

    return chosen


def _spread(tables: Tables, steps_of: DataFrame, start: int, steps: int | None) -> DataFrame:
    """The entities at most so many steps from one, itself included: a column `entity`."""
    from pyspark.sql import functions as fn

    reached = tables.spark.createDataFrame([(start,)], "entity int")
    edge, step = reached, 0
    while steps is None or step < steps:
        step += 1
        onward = edge.join(steps_of, fn.col("entity") == fn.col("start")).select(
            fn.col("end").alias("entity")
        )
        edge = persisted(onward.distinct().join(reached, "entity", "left_anti"))
        if edge.isEmpty():
            break
        reached = persisted(reached.unionByName(edge))
    return reached


_Selector = Callable[[Tables, tuple[str, ...]], "DataFrame"]

_SELECTORS: Final[dict[str, _Selector]] = {
    "all": _all,
    "near": _near,
    "upstream": _led("end", "start"),
    "downstream": _led("start", "end"),
    "subject": _end("subject"),
    "object": _end("object"),
    "statement": _statement,
    "predicate": _word(
        "predicate",
        lambda tables: sorted({*tables.manifest["predicates"], *tables.words.predicates}),
    ),
    "category": _category,
    "sign": _sign,
    "influence": _influence,
    "status": _word("status", lambda _: [*STATUSES]),
    "study": _seen("method"),
    "species": _seen("species"),
    "sources": _sources,
    "source": _source,
    "topic": _word("topic", lambda tables: [*filter(None, tables.manifest["topics"]), NOT_STATED]),
}
