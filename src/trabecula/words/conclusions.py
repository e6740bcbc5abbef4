"""A conclusion in words: what follows, on what it rests, and what speaks against it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from trabecula.counted import counted
from trabecula.graph import Graph
from trabecula.model import Context
from trabecula.reason.conclusions import Case, Conclusion
from trabecula.vocabulary import BASES, RELATIONS
from trabecula.words.outline import Line
from trabecula.words.statements import judged

#: How many statements are shown under a heading before the rest is counted.
SHOWN: Final = 6
_MORE: Final = {1: "more", -1: "less"}
#: What is said of each relation that has one form.
_HEADLINES: Final = {
    "raises": "{one} raises {other}{where}{basis}",
    "lowers": "{one} lowers {other}{where}{basis}",
    "goes-with-more": "{one} goes with more {other}{where}: observed, not tested",
    "goes-with-less": "{one} goes with less {other}{where}: observed, not tested",
    "depends": "it depends how {one} acts on {other}",
    "contested": "contested: that {one} {verb} {other}",
    "suggested": "suggested: with more {one} {more} {other}{where}",
    "conceivable": "conceivable: with more {one} {more} {other}{where}",
    "only-article": "only the article implies that with more {one} comes {more} {other}",
    "cannot-say": "cannot say what {one} does to {other}",
    "nothing": "nothing here says what {one} does to {other}",
}


def headline(graph: Graph, start: str, end: str, found: Conclusion) -> str:
    """What follows in one sentence that says no more than it rests on.

    >>> import trabecula as tb
    >>> graph = tb.load()
    >>> headline(graph, "magnesium", "calcium", Conclusion())
    'nothing here says what magnesium does to calcium'
    """
    one, other = graph.name(start), graph.name(end)
    where = _where(found.interval) if found.interval != found.asked else ""
    if found.relation == "needed-for":
        if found.sign == -1:
            return f"a need: {other} cannot go on without what {one} is the lack of"
        return f"{one} is needed for {other}: a lack is passed on, more gives no more"
    if found.relation == "only-article" and not found.sign:
        return f"only the article speaks of {one} and {other}"
    if found.relation == "contested" and not found.sign:
        return f"contested: which way {one} acts on {other}"
    basis = f": {BASES[found.basis]['label']}" if found.basis else ""
    return _HEADLINES[found.relation].format(
        one=one, other=other, where=where, basis=basis, more=_MORE.get(found.sign or 0, ""),
        verb="lowers" if found.sign == -1 else "raises",
    )  # fmt: skip


def lines(graph: Graph, found: Conclusion) -> Iterator[Line]:
    """What a conclusion rests on and what speaks against it."""
    yield Line(1, reason(found))
    for case in found.contexts:
        yield Line(1, f"{RELATIONS[case.relation]['label']} {place(graph, case)}")
    for heading, ids in (
        ("rests on", found.rests_on),
        ("says the same", found.also),
        ("against", found.against),
    ):
        if ids:
            yield Line(1, f"{heading} ({len(ids)})")
            yield from (Line(2, judged(graph, graph.statements[key])) for key in ids[:SHOWN])
            if len(ids) > SHOWN:
                yield Line(2, f"and {len(ids) - SHOWN} more")


def reason(found: Conclusion) -> str:
    """Why it is no more than it is."""
    said = RELATIONS[found.relation]["definition"]
    if found.relation == "suggested" and found.steps == 1:
        said = "said of the quantity at large or of a state of it, not of what was asked about"
    elif found.relation in ("suggested", "conceivable") and found.steps > 1:
        said = f"{said} ({counted(found.steps, 'step')})"
    elif found.relation == "conceivable":
        said = "only a title, or a statement without evidence, says so"
    elif found.relation in ("contested", "cannot-say") and found.sign:
        said = f"{said}; all of them point one way"
    if found.stopped:
        said = f"{said}; the search stopped at its bound, so there may be more"
    return said


def place(graph: Graph, case: Case) -> str:
    """Where a case holds: `where it is lacking, in rat, as intermittent PTH`."""
    said = []
    if case.interval:
        said.append(_where(case.interval).strip())
    if case.state:
        said.append(f"as {graph.name(case.state)}")
    if case.context:
        said.append(f"({context(case.context)})")
    return " ".join(said) or "where nothing is said of the context"


def context(pairs: Iterable[tuple[str, str]] | Context) -> str:
    """A context in words: `species rat; duration long-term`."""
    return "; ".join(f"{key.replace('_', ' ')} {value}" for key, value in pairs)


def _where(interval: str) -> str:
    return {
        "": "",
        "lack": " where it is lacking",
        "normal": " where it is normal",
        "excess": " where it is in excess",
    }[interval]
