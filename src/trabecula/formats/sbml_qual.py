"""SBML: species, and transitions with signed inputs or reactions.

Each input of a transition acts on each of its outputs, with the sign that the file gives it; one
that is `dual` acts in both ways and is two statements, one that is `unknown` has no sign. Levels,
thresholds and functions are left out.

A model without the package for qualitative models has reactions. Each is a process that consumes
and produces species, and on which others act: with a sign where a term of SBO says what kind of
modifier one is, or where CellDesigner says it; one that is only called a modifier has none, for
what a kinetic law makes of it is not worked out. What CellDesigner draws as an influence of one
species on another is read as that.

Written are the entities that statements of change tie, with a transition for each that is acted on.
What decides between several inputs no graph says: the function of each transition is its default
alone, level 0.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final
from xml.sax.saxutils import quoteattr

from trabecula import claims
from trabecula.errors import FormatError, Problem
from trabecula.graph import Graph
from trabecula.mapping import Citation, Edge, Item, Node, Reading
from trabecula.mapping.miriam import resources
from trabecula.mapping.strict_xml import Element
from trabecula.model import About, Statement, Xref

_SIGNS: Final = {"positive": (1,), "negative": (-1,), "dual": (1, -1), "unknown": (0,), "": (0,)}


#: Influences that one transition may say: each of its inputs acts on each of its outputs.
_MOST: Final = 100_000
#: What a modifier does by its term of SBO, in words of SBGN; the terms are numbers.
_BY_SBO: Final = {
    **dict.fromkeys((13, 460), ("catalysis",)),
    **dict.fromkeys((459, 21, 462, 533, 534, 535), ("stimulation",)),
    **dict.fromkeys((20, 206, 207, 536, 537, 597), ("inhibition",)),
    461: ("necessary stimulation",),
    595: ("stimulation", "inhibition"),  # active both ways
}  # fmt: skip
_MODIFIER: Final = ("modulation",)
#: The same by the words of CellDesigner; they tell of an influence, too, where they stand for a
#: reaction.
_BY_CELLDESIGNER: Final = {
    "CATALYSIS": "catalysis", "UNKNOWN_CATALYSIS": "catalysis",
    "INHIBITION": "inhibition", "UNKNOWN_INHIBITION": "inhibition",
    "TRANSCRIPTIONAL_INHIBITION": "inhibition", "TRANSLATIONAL_INHIBITION": "inhibition",
    "TRANSCRIPTIONAL_ACTIVATION": "stimulation", "TRANSLATIONAL_ACTIVATION": "stimulation",
    "PHYSICAL_STIMULATION": "stimulation", "REDUCED_PHYSICAL_STIMULATION": "stimulation",
    "UNKNOWN_REDUCED_PHYSICAL_STIMULATION": "stimulation",
    "TRIGGER": "necessary stimulation", "REDUCED_TRIGGER": "necessary stimulation",
    "UNKNOWN_REDUCED_TRIGGER": "necessary stimulation",
    "MODULATION": "modulation", "REDUCED_MODULATION": "modulation",
    "UNKNOWN_REDUCED_MODULATION": "modulation",
    "POSITIVE_INFLUENCE": "positive influence", "UNKNOWN_POSITIVE_INFLUENCE": "positive influence",
    "NEGATIVE_INFLUENCE": "negative influence", "UNKNOWN_NEGATIVE_INFLUENCE": "negative influence",
}  # fmt: skip
#: Parts of a model that compute and tie nothing.
_COMPUTED: Final = frozenset(
    ("listOfRules", "listOfEvents", "listOfInitialAssignments", "listOfConstraints")
)


def items(reading: Reading) -> Iterator[Item]:
    """The species of a model, and what acts on what."""
    root = reading.xml("sbml")
    model = root.first("model")
    qualitative = list(root.inside("qualitativeSpecies"))
    species = qualitative or _listed(model, "listOfSpecies", "species", "specie")
    if model is None or not species:
        what, fix = "the model has no species", "name a model that has some"
        raise FormatError([Problem("nothing-of-ours", reading.where, what, fix)])
    yield About(title=model.get("name") or model.get("id"))
    stem = reading.path.name.split(".")[0]
    keys = {_id(element): f"{stem} {_id(element)}" for element in species}
    for element in species:
        yield _node(element, keys[_id(element)])
        _pass_over(element, reading)
    if qualitative:
        for transition in root.inside("transition"):
            yield from _influences(transition, keys, reading)
        return
    for reaction in _listed(model, "listOfReactions", "reaction"):
        yield from _reaction(reaction, keys, stem, reading)
    for part in model:
        if part.name in _COMPUTED:
            reading.left("part of the model", part.name, f"line {part.line}", len(part.children))


def _listed(model: Element | None, part: str, *names: str) -> list[Element]:
    """What a list of the model itself has: notes of programs have species of their own."""
    lists = model.named(part) if model is not None else ()
    return [element for listed in lists for element in listed.named(*names)]


def _id(element: Element) -> str:
    """What the rest of a model calls an element by, which in level 1 is its name."""
    return element.get("id") or element.get("name")


def _node(element: Element, key: str) -> Node:
    """A species, or a reaction."""
    name = element.get("name") or element.get("id")
    own = claims.marked(element, "annotation")
    if own.get("id"):
        shown = "" if own["id"] == name else name
        category = own.get("category", "")
        return Node(key=key, identifier=own["id"], name=shown, category=category)
    is_reaction = element.name == "reaction"
    return Node(
        key=key,
        identifier=name if name == _id(element) and not is_reaction else f"{name} {key}",
        name=name,
        category="process" if is_reaction else "",
        xrefs=tuple(Xref("related", address) for address in _annotated(element, "is")),
    )


def _influences(transition: Element, keys: dict[str, str], reading: Reading) -> Iterator[Item]:
    whole = tuple(_annotated(transition, "isDescribedBy"))
    _pass_over(transition, reading)
    for function in transition.inside("functionTerm"):
        reading.left("part of a transition", "functionTerm", f"line {function.line}")
    outputs = [output.get("qualitativeSpecies") for output in transition.inside("output")]
    inputs = list(transition.inside("input"))
    if len(inputs) * len(outputs) > _MOST:
        what = f"a transition says more than {_MOST:,} influences"
        fix = "write a transition for each species that is acted on"
        reading.wrong(str(transition.line), what, fix)
        return
    for given in inputs:
        _pass_over(given, reading)
        sign = given.get("sign")
        if sign not in _SIGNS:
            fix = "write positive, negative, dual or unknown"
            reading.wrong(str(given.line), f"the sign is {sign!r:.40}", fix)
            continue
        papers = (*whole, *map(claims.source_of, _annotated(given, "isDescribedBy")))
        citations = (Citation(papers=papers),) if papers else ()
        own = claims.marked(given, "annotation").get("predicate", "")
        for output in outputs:
            start = given.get("qualitativeSpecies")
            if start not in keys or output not in keys:
                fix = "name a qualitativeSpecies of the model"
                reading.wrong(str(given.line), f"{start!r} or {output!r} is no species", fix)
                continue
            for number in _SIGNS[sign]:
                yield Edge(
                    subject=keys[start],
                    predicate=own or "influences",
                    object=keys[output],
                    sign=number,
                    citations=citations,
                    place=f"line {given.line}",
                )


def _reaction(
    reaction: Element, keys: dict[str, str], stem: str, reading: Reading
) -> Iterator[Item]:
    """The process that a reaction is, and what takes part in it; or the influence that it draws.

    What acts on an influence acts on a process in which the ends of the influence take part.
    """
    papers = tuple(map(claims.source_of, _annotated(reaction, "isDescribedBy")))
    citations = (Citation(papers=papers),) if papers else ()
    _pass_over(reaction, reading)
    ends = {
        part: list(_participants(reaction, part, keys, reading))
        for part in ("listOfReactants", "listOfProducts", "listOfModifiers")
    }
    drawn = {kind.text.strip() for note in reaction.named("annotation")
             for kind in note.inside("reactionType")}  # fmt: skip
    influence = next((_BY_CELLDESIGNER[kind] for kind in drawn if kind in _BY_CELLDESIGNER), "")
    if len(ends["listOfProducts"]) != 1:  # an influence acts on one species
        influence = ""
    process = f"{stem} {_id(reaction)}"
    pairs: list[tuple[str, str, str]] = []
    if influence:
        pairs += [
            (start, influence, end)
            for start, _ in ends["listOfReactants"]
            for end, _ in ends["listOfProducts"]
        ]
        if ends["listOfModifiers"]:
            yield _node(reaction, process)
            both = ends["listOfReactants"] + ends["listOfProducts"]
            pairs += [(key, "participant", process) for key, _ in both]
    else:
        yield _node(reaction, process)
        pairs += [(key, "consumption", process) for key, _ in ends["listOfReactants"]]
        pairs += [(process, "production", key) for key, _ in ends["listOfProducts"]]
    for law in reaction.named("kineticLaw"):
        reading.left("part of a reaction", "kineticLaw", f"line {law.line}")
    acts = {species: _BY_CELLDESIGNER[kind] for kind, species in _drawn(reaction)}
    for key, modifier in ends["listOfModifiers"]:
        act = acts.get(_alias(modifier)) or acts.get(modifier.get("species"))
        for word in (act,) if act else _BY_SBO.get(_sbo(modifier), _MODIFIER):
            pairs.append((key, word, process))
    for subject, predicate, object_ in pairs:
        yield Edge(subject=subject, predicate=predicate, object=object_,
                   citations=citations, place=f"line {reaction.line}")  # fmt: skip


def _participants(
    reaction: Element, part: str, keys: dict[str, str], reading: Reading
) -> Iterator[tuple[str, Element]]:
    """The keys of the species in a list of a reaction, each with its reference."""
    for listed in reaction.named(part):
        for reference in listed:
            if "eference" not in reference.name:  # notes and annotations
                continue
            name = reference.get("species") or reference.get("specie")
            if name in keys:
                yield keys[name], reference
            else:
                what = f"{name!r:.60} is no species"
                reading.wrong(str(reference.line), what, "name a species of the model")


def _drawn(reaction: Element) -> Iterator[tuple[str, str]]:
    """What CellDesigner says that modifiers do, and their species and where they are drawn.

    What is drawn may be within the complex that is the species of the modifier.
    """
    for note in reaction.named("annotation"):
        for drawn in note.inside("modification"):
            if drawn.get("type") in _BY_CELLDESIGNER:
                for name in ("aliases", "modifiers"):
                    for key in drawn.get(name).split(","):
                        yield drawn.get("type"), key


def _alias(modifier: Element) -> str:
    """Where CellDesigner draws a modifier."""
    notes = modifier.named("annotation")
    return next((alias.text.strip() for note in notes for alias in note.inside("alias")), "")


def _sbo(element: Element) -> int:
    """The number of the term of SBO that an element has, or -1."""
    number = element.get("sboTerm").rpartition(":")[2]
    return int(number) if number.isascii() and number.isdigit() else -1


def _annotated(element: Element, qualifier: str) -> Iterator[str]:
    """The resources that an annotation names with a qualifier, as addresses."""
    for annotation in element.named("annotation"):
        for description in annotation.inside(qualifier):
            yield from resources(description)


def _pass_over(element: Element, reading: Reading) -> None:
    """Count what annotations of an element name otherwise than is read."""
    is_a_thing = element.name in ("qualitativeSpecies", "species", "specie")
    is_read = ("is",) if is_a_thing else ("is", "isDescribedBy")
    for annotation in element.named("annotation"):
        for description in annotation.inside("Description"):
            for qualified in description:
                if qualified.name not in is_read and (named := list(resources(qualified))):
                    what = f"annotation of {'a species' if is_a_thing else 'what ties them'}"
                    reading.left(what, qualified.name, f"line {element.line}", len(named))


# --- Writing ----------------------------------------------------------------------------------

_WORDS: Final = {1: "positive", -1: "negative", 0: "unknown"}
_SPACES: Final = (
    'xmlns="http://www.sbml.org/sbml/level3/version1/core" level="3" version="1"'
    ' xmlns:qual="http://www.sbml.org/sbml/level3/version1/qual/version1" qual:required="true"'
)


def render(graph: Graph) -> bytes:
    """The graph as a qualitative model of SBML level 3."""
    return "".join(f"{line}\n" for line in _lines(graph)).encode("utf-8")


def _lines(graph: Graph) -> Iterator[str]:
    acting = list(claims.changes(graph))
    keys = claims.ends([statement for statement, _ in acting], graph)
    numbers = {key: f"s{number}" for number, key in enumerate(keys, start=1)}
    onto: dict[str, list[tuple[Statement, int]]] = {}
    for statement, sign in acting:
        onto.setdefault(statement.object, []).append((statement, sign))
    title = f" name={quoteattr(graph.about.title)}" if graph.about.title else ""
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield f"<sbml {_SPACES}>"
    yield f'  <model id="graph"{title}>'
    yield "    <listOfCompartments>"
    yield '      <compartment id="somewhere" constant="true"/>'
    yield "    </listOfCompartments>"
    if keys:
        yield "    <qual:listOfQualitativeSpecies>"
    for key in keys:
        name = quoteattr(graph.name(key))
        yield (
            f'      <qual:qualitativeSpecies qual:id="{numbers[key]}" qual:name={name}'
            ' qual:compartment="somewhere" qual:constant="false" qual:maxLevel="1">'
        )
        told = claims.mark(id=key, category=claims.category(graph, key))
        yield f"        <annotation>{told}</annotation>"
        yield "      </qual:qualitativeSpecies>"
    if keys:
        yield "    </qual:listOfQualitativeSpecies>"
    if onto:
        yield "    <qual:listOfTransitions>"
    for key in filter(onto.__contains__, keys):
        yield from _transition(graph, numbers, key, onto[key])
    if onto:
        yield "    </qual:listOfTransitions>"
    yield "  </model>"
    yield "</sbml>"


def _transition(
    graph: Graph, numbers: dict[str, str], key: str, acting: list[tuple[Statement, int]]
) -> Iterator[str]:
    """What acts on an entity."""
    own = f"t_{numbers[key]}"
    yield f'      <qual:transition qual:id="{own}">'
    yield "        <qual:listOfInputs>"
    for number, (statement, sign) in enumerate(acting, start=1):
        name = f"{own}_{number}"
        yield (
            f'          <qual:input metaid="{name}" qual:id="{name}"'
            f' qual:qualitativeSpecies="{numbers[statement.subject]}"'
            f' qual:transitionEffect="none" qual:sign="{_WORDS[sign]}">'
        )
        yield "            <annotation>"
        yield claims.mark("              ", predicate=claims.predicate(statement))
        if sources := claims.supporting(statement):
            yield from claims.described_by(sources, name, "              ", graph)
        yield "            </annotation>"
        yield "          </qual:input>"
    yield "        </qual:listOfInputs>"
    yield "        <qual:listOfOutputs>"
    yield (
        f'          <qual:output qual:id="{own}_0" qual:qualitativeSpecies="{numbers[key]}"'
        ' qual:transitionEffect="assignmentLevel"/>'
    )
    yield "        </qual:listOfOutputs>"
    yield "        <qual:listOfFunctionTerms>"
    yield '          <qual:defaultTerm qual:resultLevel="0"/>'
    yield "        </qual:listOfFunctionTerms>"
    yield "      </qual:transition>"
