"""A conclusion in words: what follows, on what it rests, and what speaks against it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from trabecula.context import settings
from trabecula.counted import counted
from trabecula.graph import Graph
from trabecula.model import Context
from trabecula.reason.concluded import OBSERVED, Case, Conclusion
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
    "raises": "{first} {acts}{where}{basis}",
    "lowers": "{first} {acts}{where}{basis}",
    "goes-with-more": "{first} goes with more {amount}{where}: observed, not tested",
    "goes-with-less": "{first} goes with less {amount}{where}: observed, not tested",
    "depends": "it depends how {first} acts on {second}",
    "contested": "contested: that {first} {acts}",
    "suggested": "suggested: with {much} {more} {amount}{where}",
    "conceivable": "conceivable: with {much} {more} {amount}{where}",
    "only-article": "only the article implies that with {much} comes {more} {amount}",
    "cannot-say": "cannot say what {first} does to {second}",
    "nothing": "nothing here says what {first} does to {second}",
}


def headline(graph: Graph, start: str, end: str, conclusion: Conclusion) -> str:
    """What follows in one sentence that says no more than it rests on.

    >>> import trabecula as tb
    >>> graph = tb.load()
    >>> headline(graph, "magnesium", "calcium", Conclusion())
    'nothing here says what magnesium does to calcium'
    """
    first, second = graph.name(start), graph.name(end)
    if conclusion.firm and not conclusion.steps:
        more = _MORE[conclusion.sign or 1]
        return f"{first} and {second} name one quantity: more of the one is {more} of the other"
    if conclusion.relation == "needed-for":
        if conclusion.sign == -1:
            return f"a need: {second} cannot go on without what {first} is the lack of"
        return f"{first} is needed for {second}: a lack is passed on, more gives no more"
    if conclusion.relation == "only-article" and not conclusion.sign:
        return f"only the article speaks of {first} and {second}"
    if conclusion.relation == "contested" and conclusion.rank == OBSERVED:
        goes = _MORE.get(conclusion.sign or 0, "more or with less")
        return f"contested: that {first} goes with {goes} {amount(graph, end)}"
    if conclusion.relation == "contested" and not conclusion.sign:
        return f"contested: which way {first} acts on {second}"
    placed = conclusion.interval not in ("", conclusion.asked)
    return _HEADLINES[conclusion.relation].format(
        first=first,
        second=second,
        acts=acts(graph, end, conclusion.sign or 1),
        much=_much(graph, start, conclusion),
        more=_MORE.get(conclusion.sign or 0, ""),
        amount=amount(graph, end),
        where=f" {where(conclusion.interval, first)}" if placed else "",
        basis=_basis(graph, end, conclusion),
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


def _much(graph: Graph, start: str, conclusion: Conclusion) -> str:
    """`more calcium`, `hypocalcaemia`: of what befalls a body, and of a lack, it is not more."""
    entity = graph.entities.get(start)
    befalls = conclusion.asked or (entity and kin(entity.category) in BEFALLING)
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


def _basis(graph: Graph, end: str, conclusion: Conclusion) -> str:
    """On what a verb of change rests, and as what its object was looked at if not by its name."""
    if not conclusion.basis:
        return ""
    label = f": {BASES[conclusion.basis]['label']}"
    looked = {graph.statements[key].object for key in conclusion.rests_on}
    if end in looked or conclusion.basis == "defined" or not looked:
        return label
    return f"{label}, as {listed(sorted(map(graph.name, looked)), 'and')}"


def lines(graph: Graph, start: str, end: str, conclusion: Conclusion) -> Iterator[Line]:
    """What a conclusion rests on and what speaks against it."""
    yield Line(1, reason(conclusion))
    for case in conclusion.contexts:
        does = acts(graph, end, -1 if case.relation == "lowers" else 1)
        yield Line(1, f"{does} {place(graph, start, case, conclusion.asked)}")
    for denied in _denied(graph, conclusion):
        yield Line(1, f"does not ({context(denied)})")
    for heading, ids in (
        ("rests on", conclusion.rests_on),
        ("says the same", conclusion.also),
        ("against", conclusion.against),
    ):
        if ids:
            yield Line(1, f"{heading} ({len(ids)})")
            yield from (Line(2, judged(graph, graph.statements[key])) for key in ids[:SHOWN])
            if len(ids) > SHOWN:
                yield Line(2, f"and {len(ids) - SHOWN} more")


def _denied(graph: Graph, conclusion: Conclusion) -> list[Context]:
    """Where it was denied, where all that holds somewhere points one way."""
    ways = {case.relation for case in conclusion.contexts}
    if conclusion.relation != "depends" or len(ways) != 1:
        return []
    stated = [graph.statements[key] for key in conclusion.rests_on]
    disputed = [settings(statement, graph.words, "disputes") for statement in stated]
    return list(dict.fromkeys(setting for contexts in disputed for setting in contexts))


def reason(conclusion: Conclusion) -> str:
    """Why it is no more than it is."""
    why = RELATIONS[conclusion.relation]["definition"]
    if conclusion.firm and not conclusion.steps:
        why = "what says so tells what the words mean, and not what somebody found"
    elif conclusion.firm and conclusion.basis == "curated":
        more = _MORE[conclusion.sign or 1]
        why = f"{BASES['curated']['definition']}: more of the one, {more} of the other"
    elif conclusion.relation == "suggested" and conclusion.steps == 1:
        why = "said of the quantity at large, a state or a class of it, not of what was asked about"
    elif conclusion.relation in ("suggested", "conceivable") and conclusion.steps > 1:
        why = f"{why} ({counted(conclusion.steps, 'step')})"
    elif conclusion.relation == "conceivable":
        why = "only a title, or a statement without evidence, says so"
    elif conclusion.relation in ("contested", "cannot-say") and conclusion.sign:
        why = f"{why}; no statement points the other way"
    if conclusion.stopped:
        why = f"{why}; the search stopped at its bound, so there may be more"
    return why


def place(graph: Graph, start: str, case: Case, asked: str = "") -> str:
    """Where a case holds: `where calcium is lacking, as intermittent PTH (species rat)`.

    The interval that was `asked` about goes without saying: hypocalcaemia is not lacking.
    """
    parts = []
    if case.interval != asked:
        parts.append(where(case.interval, graph.name(start)))
    if case.state:
        parts.append(f"as {graph.name(case.state)}")
    if case.context:
        parts.append(f"({context(case.context)})")
    return " ".join(parts) or "where nothing is said of the context"


def context(pairs: Iterable[tuple[str, str]] | Context) -> str:
    """A context in words: `species rat; duration long-term`."""
    return "; ".join(f"{key.replace('_', ' ')} {value}" for key, value in pairs)


def where(interval: str, name: str) -> str:
    """In which interval of what is called so: `where calcium is lacking`; empty for none."""
    words = {"lack": "lacking", "normal": "normal", "excess": "in excess"}.get(interval)
    return f"where {name} is {words}" if words else ""
