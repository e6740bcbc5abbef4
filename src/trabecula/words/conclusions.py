"""A conclusion in words: what follows, on what it rests, and what speaks against it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from trabecula.counted import counted
from trabecula.graph import Graph
from trabecula.model import Context
from trabecula.reason.concluded import Case, Conclusion
from trabecula.reason.links import BEFALLING
from trabecula.reason.verdict import listed
from trabecula.vocabulary import BASES, RELATIONS, kin
from trabecula.words.outline import Line
from trabecula.words.statements import judged

#: How many statements are shown under a heading before the rest is counted.
SHOWN: Final = 6
_MORE: Final = {1: "more", -1: "less"}
#: What is said of a thing of no known category.
PLAIN: Final = {1: "raises {}", -1: "lowers {}"}
#: What is said of each relation that has one form.
_HEADLINES: Final = {
    "raises": "{one} {acts}{where}{basis}",
    "lowers": "{one} {acts}{where}{basis}",
    "goes-with-more": "{one} goes with more {amount}{where}: observed, not tested",
    "goes-with-less": "{one} goes with less {amount}{where}: observed, not tested",
    "depends": "it depends how {one} acts on {other}",
    "contested": "contested: that {one} {acts}",
    "suggested": "suggested: with {much} {more} {amount}{where}",
    "conceivable": "conceivable: with {much} {more} {amount}{where}",
    "only-article": "only the article implies that with {much} comes {more} {amount}",
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
    if found.firm and not found.steps:
        more = _MORE[found.sign or 1]
        return f"{one} and {other} name one quantity: more of the one is {more} of the other"
    if found.relation == "needed-for":
        if found.sign == -1:
            return f"a need: {other} cannot go on without what {one} is the lack of"
        return f"{one} is needed for {other}: a lack is passed on, more gives no more"
    if found.relation == "only-article" and not found.sign:
        return f"only the article speaks of {one} and {other}"
    if found.relation == "contested" and not found.sign:
        return f"contested: which way {one} acts on {other}"
    placed = found.interval not in ("", found.asked)
    return _HEADLINES[found.relation].format(
        one=one,
        other=other,
        acts=acts(graph, end, found.sign or 1),
        much=_much(graph, start, found),
        more=_MORE.get(found.sign or 0, ""),
        amount=amount(graph, end),
        where=f" {where(found.interval, one)}" if placed else "",
        basis=_known(graph, end, found),
    )


def acts(graph: Graph, end: str, sign: int, name: str = "") -> str:
    """What more of something does to an entity, by its category: `promotes bone resorption`.

    >>> import trabecula as tb
    >>> graph = tb.load()
    >>> acts(graph, "blood-calcium", -1), acts(graph, "rickets", 1, "it")
    ('lowers blood calcium', 'makes it more likely or more severe')
    """
    entity = graph.entities.get(end)
    row = graph.words.kind_of(entity.category if entity else "")
    template = (row.raised if sign > 0 else row.lowered) if row else PLAIN[sign]
    return template.replace("{}", name or graph.name(end))


def _much(graph: Graph, start: str, found: Conclusion) -> str:
    """`more calcium`, `hypocalcaemia`: of what befalls a body, and of a lack, it is not more."""
    entity = graph.entities.get(start)
    befalls = found.asked or (entity and kin(entity.category) in BEFALLING)
    return graph.name(start) if befalls else f"more {amount(graph, start)}"


def amount(graph: Graph, key: str) -> str:
    """That of which there is more or less, by the category of an entity.

    >>> import trabecula as tb
    >>> graph = tb.load()
    >>> amount(graph, "calcium"), amount(graph, "osteoclast")
    ('calcium', 'osteoclast number or activity')
    """
    entity = graph.entities.get(key)
    row = graph.words.kind_of(entity.category if entity else "")
    return (row.amount if row else "{}").replace("{}", graph.name(key))


def _known(graph: Graph, end: str, found: Conclusion) -> str:
    """On what a verb of change rests, and as what its object was looked at if not by its name."""
    if not found.basis:
        return ""
    said = f": {BASES[found.basis]['label']}"
    looked = {graph.statements[key].object for key in found.rests_on}
    if end in looked or found.basis == "defined" or not looked:
        return said
    return f"{said}, as {listed(sorted(map(graph.name, looked)), 'and')}"


def lines(graph: Graph, start: str, end: str, found: Conclusion) -> Iterator[Line]:
    """What a conclusion rests on and what speaks against it."""
    yield Line(1, reason(found))
    for case in found.contexts:
        does = acts(graph, end, -1 if case.relation == "lowers" else 1)
        yield Line(1, f"{does} {place(graph, start, case)}")
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
    if found.firm and not found.steps:
        said = "what says so tells what the words mean, and not what somebody found"
    elif found.firm and found.basis == "curated":
        more = _MORE[found.sign or 1]
        said = f"{BASES['curated']['definition']}: more of the one, {more} of the other"
    elif found.relation == "suggested" and found.steps == 1:
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


def place(graph: Graph, start: str, case: Case) -> str:
    """Where a case holds: `where calcium is lacking, as intermittent PTH (species rat)`."""
    said = []
    if case.interval:
        said.append(where(case.interval, graph.name(start)))
    if case.state:
        said.append(f"as {graph.name(case.state)}")
    if case.context:
        said.append(f"({context(case.context)})")
    return " ".join(said) or "where nothing is said of the context"


def context(pairs: Iterable[tuple[str, str]] | Context) -> str:
    """A context in words: `species rat; duration long-term`."""
    return "; ".join(f"{key.replace('_', ' ')} {value}" for key, value in pairs)


def where(interval: str, name: str) -> str:
    """In which interval of what is called so: `where calcium is lacking`; empty for none."""
    said = {"lack": "lacking", "normal": "normal", "excess": "in excess"}.get(interval)
    return f"where {name} is {said}" if said else ""
