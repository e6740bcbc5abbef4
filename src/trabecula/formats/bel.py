"""BEL scripts: statements with the citation, the text and the annotations that were set for them.

    SET Citation = {"PubMed", "a title", "123455"}
    SET Evidence = "what the paper says"
    p(HGNC:AKT1) -> bp(GO:"cell cycle")

A statement has one piece of evidence, with what is set where it stands. Terms are nodes, and what a
term says by being written (members of a complex, variants of a protein) are edges of structure. A
statement about a statement, `A -| (B -> C)`, says something of the arrow and nothing of B or of C:
its object is a node of its own. See `mapping.bel` for terms.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from trabecula.mapping import Citation, Edge, Item, Node, Prefixes, Reading, bel
from trabecula.model import About, Context

#: Relations as they are written, and their names.
_RELATIONS: Final = {
    "->": "increases", "→": "increases", "=>": "directlyIncreases", "⇒": "directlyIncreases",
    "-|": "decreases", "=|": "directlyDecreases", "--": "association",
    ":>": "transcribedTo", ">>": "translatedTo", "cnc": "causesNoChange", "reg": "regulates",
    "pos": "positiveCorrelation", "neg": "negativeCorrelation", "eq": "equivalentTo",
    "hasMembers": "hasMember", "hasComponents": "hasComponent",
}  # fmt: skip
#: What says that something does not change, and the relation that it denies.
_DENIALS: Final = {"causesNoChange": "regulates", "noCorrelation": "correlation"}
_RELATION: Final = re.compile(r"(->|=>|-\||=\||--|:>|>>|→|⇒|[A-Za-z]+)\s*")
_SET: Final = re.compile(r"(SET|UNSET)\s+(.+)", re.IGNORECASE | re.DOTALL)
_DEFINE: Final = re.compile(
    r"DEFINE\s+(NAMESPACE|ANNOTATION)\s+(\S+)\s+AS\s+(URL|PATTERN|LIST)\s+(.+)", re.IGNORECASE
)
_QUOTED: Final = re.compile(r'"((?:[^"\\]|\\.)*)"')
_DOCUMENT: Final = ("name", "description", "version", "licenses", "authors")
_CITED: Final = {"pubmed": "PMID", "pmc": "PMCID", "pubmed central": "PMCID", "doi": "doi"}


@dataclass
class _State:
    """What is set at a place of a script."""

    citation: tuple[str, ...] = ()
    text: str = ""
    annotations: dict[str, tuple[str, ...]] = field(default_factory=dict)
    document: dict[str, str] = field(default_factory=dict)

    def citations(self) -> tuple[Citation, ...]:
        """The evidence of a statement that stands here; none where no citation is set."""
        if not self.citation:
            return ()
        kind, *rest = self.citation
        reference = rest[1] if len(rest) > 1 else (rest[0] if rest else "")
        prefix = _CITED.get(kind.casefold(), "")
        title = rest[0] if len(rest) > 1 else ""
        pairs = [(key, "; ".join(values)) for key, values in sorted(self.annotations.items())]
        paper = f"{prefix}:{reference.strip()}" if prefix else reference.strip() or title
        return (
            Citation(
                papers=(paper,) if paper else (),
                species=_species(self.annotations),
                summary=self.text,
                context=tuple(pair for pair in pairs if pair[0] != "Species"),
            ),
        )


def items(reading: Reading) -> Iterator[Item]:
    """The nodes and edges of a script, in its order."""
    state, seen = _State(), set[str]()
    for number, line in _lines(reading):
        if _DEFINE.match(line):
            yield from _defined(line)
        elif match := _SET.match(line):
            _set(state, match[1].upper(), match[2].strip(), reading, number)
        else:
            try:
                yield from _statement(line, state, f"line {number}", seen)
            except bel.BadTerm as error:
                reading.wrong(str(number), str(error), "write it as BEL 2, such as p(HGNC:AKT1)")
    if state.document:
        said = {name: state.document.get(name, "") for name in _DOCUMENT}
        yield About(
            title=said["name"],
            description=said["description"],
            version=said["version"],
            licence=said["licenses"],
            authors=tuple(filter(None, (name.strip() for name in said["authors"].split(",")))),
        )


def _lines(reading: Reading) -> Iterator[tuple[int, str]]:
    """The lines that say something, those that go on after a backslash as one."""
    begun, start = "", 0
    for number, line in reading.lines():
        text = line.strip()
        if not begun and (not text or text.startswith(("#", "//"))):
            continue
        start = start if begun else number
        if text.endswith("\\"):
            begun += text[:-1].rstrip() + " "
            continue
        yield start, begun + text
        begun = ""
    if begun:
        yield start, begun


def _defined(line: str) -> Iterator[Prefixes]:
    """A namespace that is given as the beginning of IRIs; files of names are not fetched."""
    match = _DEFINE.match(line)
    quoted = _QUOTED.search(match[4]) if match else None
    iri = quoted[1] if quoted else ""
    is_space = iri.startswith(("http://", "https://")) and iri.endswith(("/", "#", "_"))
    if match and is_space and match[1].upper() == "NAMESPACE":
        yield Prefixes({match[2]: iri})


def _set(state: _State, word: str, rest: str, reading: Reading, number: int) -> None:
    """Do what a line with SET or UNSET says."""
    name, equals, value = (part.strip() for part in rest.partition("="))
    folded = name.casefold()
    if word == "UNSET":
        for one in re.split(r"[\s,]+", rest.strip("{} ")):
            _unset(state, one)
    elif not equals:
        reading.wrong(str(number), f"{rest!r:.40} sets nothing", 'write SET name = "value"')
    elif folded.startswith("document"):
        state.document[name[len("document") :].strip().casefold()] = _texts(value)[0]
    elif folded == "citation":
        state.citation = _texts(value)
        state.text = ""
        state.annotations = {}
    elif folded in ("evidence", "supportingtext", "support"):
        state.text = _texts(value)[0]
    elif folded != "statement_group":
        state.annotations[name] = _texts(value)


def _unset(state: _State, name: str) -> None:
    folded = name.casefold()
    if folded in ("all", "citation", "statement_group"):
        if folded != "statement_group":
            state.citation = ()
        state.text, state.annotations = "", {}
    elif folded in ("evidence", "supportingtext", "support"):
        state.text = ""
    else:
        state.annotations.pop(name, None)


def _texts(value: str) -> tuple[str, ...]:
    """The texts of a value or of a list of them: in quotes, or as they are."""
    quoted = tuple(re.sub(r"\\(.)", r"\1", text) for text in _QUOTED.findall(value))
    return quoted or tuple(part.strip() for part in value.strip("{} ").split(",")) or ("",)


def _species(annotations: dict[str, tuple[str, ...]]) -> str:
    found = annotations.get("Species", ())
    return f"NCBITaxon:{found[0]}" if len(found) == 1 and found[0].isdigit() else ""


# --- Statements -----------------------------------------------------------------------------


def _statement(line: str, state: _State, place: str, seen: set[str]) -> Iterator[Item]:
    """The edges of a statement; of a chain, `A -> B -> C`, one for each arrow."""
    subject, rest = bel.parsed(line)
    if not rest or rest.startswith("//"):
        yield from bel.structure(bel.stripped(subject, "")[0], seen)
        return
    while rest:
        match = _RELATION.match(rest)
        if match is None:
            raise bel.BadTerm(f"a relation is expected at {rest[:30]!r}")
        relation = _RELATIONS.get(match[1], match[1])
        rest = rest[match.end() :]
        if rest.startswith("("):
            yield from _about_a_statement(subject, relation, rest, state, place, seen)
            return
        object_, rest = bel.parsed(rest)
        several = object_.arguments if object_.name == "list" else (object_,)
        for one in several:
            yield from edges(subject, relation, one, state.citations(), place, seen)
        subject = object_


def edges(
    subject: bel.Term,
    relation: str,
    object_: bel.Term,
    citations: tuple[Citation, ...],
    place: str,
    seen: set[str],
) -> Iterator[Node | Edge]:
    """The edge of one relation, after the nodes of its terms."""
    start, asked = bel.stripped(subject, "subject")
    end, wanted = bel.stripped(object_, "object")
    yield from bel.structure(start, seen)
    yield from bel.structure(end, seen)
    qualifiers: Context = tuple(sorted((*asked, *wanted)))
    yield Edge(
        subject=str(start),
        predicate=_DENIALS.get(relation, relation),
        object=str(end),
        negated=relation in _DENIALS,
        qualifiers=qualifiers,
        citations=citations,
        place=place,
    )


def _about_a_statement(
    subject: bel.Term, relation: str, rest: str, state: _State, place: str, seen: set[str]
) -> Iterator[Node | Edge]:
    """What is said of an arrow: its object is the statement in brackets, as a node of its own."""
    if not rest.rstrip().endswith(")"):
        raise bel.BadTerm("a bracket is not closed")
    inner = rest.strip()[1:-1].strip()
    first, more = bel.parsed(inner)
    match = _RELATION.match(more)
    if match is None:
        raise bel.BadTerm(f"a relation is expected at {more[:30]!r}")
    last, end = bel.parsed(more[match.end() :])
    if end:
        raise bel.BadTerm(f"the statement should end before {end[:30]!r}")
    key = f"({first} {_RELATIONS.get(match[1], match[1])} {last})"
    thing, asked = bel.stripped(subject, "subject")
    yield from bel.structure(thing, seen)
    yield Node(key=key, name=key, category="process")
    for term in (first, last):
        yield from bel.structure(bel.stripped(term, "")[0], seen)
    yield Edge(
        subject=str(thing),
        predicate=relation,
        object=key,
        qualifiers=asked,
        citations=state.citations(),
        place=place,
    )
