"""Terms of the Biological Expression Language (BEL): parsed, in one spelling, and as nodes.

    act(p(HGNC:AKT1), ma(kin))      the kinase activity of the protein AKT1
    deg(a(CHEBI:"amyloid-beta"))    the degradation of amyloid-beta

What is asked of a thing in a term, its activity or where it is, becomes a qualifier of the
statement. Its degradation and its transport are processes, and nodes of their own: what increases
the degradation of a thing does not increase the thing.

The grammar is that of BEL 2.1 (https://language.bel.bio), with the functions and spellings of BEL 1
that scripts still have.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from trabecula.canonical import canonical
from trabecula.identifiers import curie_problem
from trabecula.mapping.items import Citation, Edge, Node
from trabecula.model import About, Context, Xref
from trabecula.prefixes import is_known

#: Long and short names of functions.
_SHORT: Final = {
    "abundance": "a", "complexAbundance": "complex", "compositeAbundance": "composite",
    "geneAbundance": "g", "microRNAAbundance": "m", "proteinAbundance": "p", "rnaAbundance": "r",
    "biologicalProcess": "bp", "pathology": "path", "populationAbundance": "pop",
    "activity": "act", "molecularActivity": "ma", "proteinModification": "pmod",
    "geneModification": "gmod", "variant": "var", "fragment": "frag", "fusion": "fus",
    "location": "loc", "degradation": "deg", "translocation": "tloc", "cellSecretion": "sec",
    "cellSurfaceExpression": "surf", "reaction": "rxn", "substitution": "sub",
    "truncation": "trunc",
}  # fmt: skip
#: Functions of BEL 1 for kinds of activity, which BEL 2 writes as `act(…, ma(…))`.
_ACTIVITIES: Final = {
    "catalyticActivity": "cat", "cat": "cat", "kinaseActivity": "kin", "kin": "kin",
    "phosphataseActivity": "phos", "phos": "phos", "peptidaseActivity": "pep", "pep": "pep",
    "transcriptionalActivity": "tscript", "tscript": "tscript", "chaperoneActivity": "chap",
    "chap": "chap", "gtpBoundActivity": "gtp", "gtp": "gtp", "ribosylationActivity": "ribo",
    "ribo": "ribo", "transportActivity": "tport", "tport": "tport", "molecularActivity": "",
}  # fmt: skip
#: Codes of BEL 1 for modifications of proteins.
_MODIFICATIONS: Final = {
    "P": "Ph", "A": "Ac", "F": "Farn", "G": "Glyco", "H": "Hy", "M": "Me", "O": "Ox",
    "R": "ADPRib", "S": "Sumo", "U": "Ub",
}  # fmt: skip
_RESIDUES: Final = {
    "A": "Ala", "R": "Arg", "N": "Asn", "D": "Asp", "C": "Cys", "E": "Glu", "Q": "Gln",
    "G": "Gly", "H": "His", "I": "Ile", "L": "Leu", "K": "Lys", "M": "Met", "F": "Phe",
    "P": "Pro", "S": "Ser", "T": "Thr", "W": "Trp", "Y": "Tyr", "V": "Val",
}  # fmt: skip
_CATEGORIES: Final = {
    "a": "chemical", "p": "protein", "g": "biolink:Gene", "r": "biolink:RNAProduct",
    "m": "biolink:MicroRNA", "complex": "complex", "composite": "biolink:NamedThing",
    "bp": "process", "path": "condition", "rxn": "process", "pop": "population",
    "deg": "process", "tloc": "process", "sec": "process", "surf": "process",
    "act": "function",
}  # fmt: skip
#: Functions whose terms are the thing that their one identifier names.
_THEMSELVES: Final = frozenset(("a", "bp", "path", "complex", "pop"))
#: The namespace of identifiers of ours, which have no prefix.
OWN: Final = "TRABECULA"
#: What documents say that must say something.
NOT_SAID: Final = "not said"
#: What happens to a thing: a process, not the thing.
_PROCESSES: Final = {"deg": "degradation", "tloc": "translocation", "sec": "secretion",
                     "surf": "surface expression"}  # fmt: skip
_SUFFIX: Final = {"g": " (gene)", "r": " (RNA)", "m": " (microRNA)"}
#: Parts of a term in which order says nothing.
_UNORDERED: Final = frozenset(("complex", "composite", "reactants", "products", "list"))
_VARIANTS: Final = frozenset(("var", "pmod", "gmod", "frag", "sub", "trunc", "fus"))

#: Relations as they are written, and their names.
_RELATIONS: Final = {
    "->": "increases", "→": "increases", "=>": "directlyIncreases", "⇒": "directlyIncreases",
    "-|": "decreases", "=|": "directlyDecreases", "--": "association",
    ":>": "transcribedTo", ">>": "translatedTo", "cnc": "causesNoChange", "reg": "regulates",
    "pos": "positiveCorrelation", "neg": "negativeCorrelation", "eq": "equivalentTo",
    "hasMembers": "hasMember", "hasComponents": "hasComponent",
}  # fmt: skip
#: A relation at the beginning of what follows a term.
RELATION: Final = re.compile(r"(->|=>|-\||=\||--|:>|>>|→|⇒|[A-Za-z]+)\s*")
#: Relations that say that there is no such effect, and the one that they deny.
DENIALS: Final = MappingProxyType({"causesNoChange": "regulates", "noCorrelation": "correlation"})

_TOKEN: Final = re.compile(
    r'\s*(?:(?P<quoted>"(?:[^"\\]|\\.)*")|(?P<mark>[(),])|(?P<word>[^\s(),"]+))'
)
#: Levels of nesting of terms.
_DEEPEST: Final = 50


@dataclass(frozen=True, slots=True)
class Term:
    """A call of a function, `p(HGNC:AKT1, pmod(Ph))`, or a word, whose `arguments` are empty."""

    name: str
    arguments: tuple[Term, ...] = ()
    is_call: bool = False

    def __str__(self) -> str:
        if not self.is_call:
            return self.name
        return f"{self.name}({', '.join(map(str, self.arguments))})"

    @property
    def key(self) -> str:
        """The term without the labels behind its identifiers, which may be left out."""
        if not self.is_call:
            return self.name.partition(" ! ")[0]
        return f"{self.name}({', '.join(part.key for part in self.arguments)})"


class BadTerm(ValueError):
    """A text that is no term of BEL; the message says why."""


def parsed(text: str) -> tuple[Term, str]:
    """The term that a text begins with, in one spelling, and what follows it.

    Raises `BadTerm`.

    >>> term, rest = parsed('kin(proteinAbundance(HGNC:AKT1)) -> bp(GO:"cell cycle")')
    >>> str(term), rest
    ('act(p(HGNC:AKT1), ma(kin))', '-> bp(GO:"cell cycle")')
    """
    term, position = _call(text, 0, 0)
    return term, text[position:].strip()


def _call(text: str, position: int, depth: int) -> tuple[Term, int]:
    match = re.compile(r"\s*([A-Za-z]+)\s*\(").match(text, position)
    if match is None:
        raise BadTerm(f"a term is expected at {text[position : position + 30]!r}")
    if depth > _DEEPEST:
        raise BadTerm("terms are nested too deeply")
    position = match.end()
    arguments: list[Term] = []
    while True:
        closing = re.compile(r"\s*\)").match(text, position)
        if closing:
            return _spelt(match[1], tuple(arguments)), closing.end()
        if re.compile(r"\s*[A-Za-z]+\s*\(").match(text, position):
            argument, position = _call(text, position, depth + 1)
        else:
            argument, position = _word(text, position)
        arguments.append(argument)
        comma = re.compile(r"\s*([,)])").match(text, position)
        if comma is None:
            raise BadTerm(f"a bracket is not closed: {text[match.start() :][:40]!r}")
        position = comma.end() if comma[1] == "," else comma.start()


def _word(text: str, position: int) -> tuple[Term, int]:
    """A word up to the next comma or bracket, with its quoted parts in one spelling."""
    parts, start = [], position
    while True:
        match = _TOKEN.match(text, position)
        if match is None or match["mark"]:
            break
        parts.append(match["quoted"] or match["word"])
        position = match.end()
    if not parts:
        raise BadTerm(f"something is missing at {text[start : start + 30]!r}")
    return Term(_named(parts)), position


def _named(parts: list[str]) -> str:
    """A name in one spelling: quoted where it has to be, the label behind `!` apart."""
    words = " ".join(parts)
    space, colon, rest = words.partition(":")
    if colon and re.fullmatch(r"[A-Za-z][\w.-]*", space):
        identifier, _, label = rest.partition("!")
        name = f"{space}:{quoted(_unquoted(identifier.strip()))}"
        return f"{name} ! {quoted(_unquoted(label.strip()))}" if label.strip() else name
    return quoted(_unquoted(words))


def quoted(text: str) -> str:
    """A name as terms write it: in quotes where it has to be."""
    plain = re.fullmatch(r"[A-Za-z0-9_.+*?=-]+", text)
    return text if plain else '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _unquoted(text: str) -> str:
    if len(text) > 1 and text[0] == text[-1] == '"':
        return re.sub(r"\\(.)", r"\1", text[1:-1])
    return text


def _spelt(name: str, arguments: tuple[Term, ...]) -> Term:
    """A call with the names and the order of BEL 2."""
    short = _SHORT.get(name, name)
    if not arguments and short in _CATEGORIES:
        raise BadTerm(f"something is missing in {name}()")
    if name in _ACTIVITIES and arguments and arguments[0].is_call:
        kind = _ACTIVITIES[name]
        activity = (Term("ma", (Term(kind),), True),) if kind else ()
        return Term("act", (*arguments, *activity), True)
    if short == "pmod" and arguments:
        code = _MODIFICATIONS.get(arguments[0].name, arguments[0].name)
        residue = [Term(_RESIDUES.get(a.name, a.name)) for a in arguments[1:2]]
        arguments = (Term(code), *residue, *arguments[2:])
    if short in _UNORDERED and all(argument.is_call for argument in arguments):
        arguments = tuple(sorted(arguments, key=str))
    return Term(short, arguments, True)


# --- As nodes and edges ---------------------------------------------------------------------


def stripped(term: Term, side: str) -> tuple[Term, Context]:
    """The thing that a term is about, and what is asked of it as qualifiers of its `side`.

    >>> thing, asked = stripped(parsed("act(p(HGNC:AKT1), ma(kin))")[0], "subject")
    >>> str(thing), asked
    ('p(HGNC:AKT1)', (('subject_activity', 'kin'),))
    """
    qualifiers: list[tuple[str, str]] = []
    if term.name == "act" and term.arguments and term.arguments[0].is_call:
        kinds = [str(part.arguments[0]) for part in term.arguments[1:] if part.arguments]
        qualifiers.append((f"{side}_activity", kinds[0] if kinds else "activity"))
        term = term.arguments[0]
    places = [part for part in term.arguments if part.is_call and part.name == "loc"]
    if places:
        qualifiers += [
            (f"{side}_location", str(part.arguments[0])) for part in places if part.arguments
        ]
        kept = tuple(part for part in term.arguments if part not in places)
        term = Term(term.name, kept, True)
    return term, tuple(sorted(qualifiers))


def is_thing(term: Term) -> bool:
    """Whether a term is called by a function of BEL, unlike `magnesium(2+)`.

    >>> is_thing(parsed("p(HGNC:AKT1)")[0]), is_thing(parsed("hPTH(1-34)")[0])
    (True, False)
    """
    return term.name in _CATEGORIES


def node(term: Term) -> Node:
    """The node of a term; its key is the term in one spelling, without labels.

    A number has no name where no label gives it one; it may have one where it stands again.
    """
    curie, label = _identified(term)
    itself = curie if term.name in _THEMSELVES or ":" not in curie else ""
    bare = bool(curie) and not label
    return Node(
        key=term.key,
        identifier=itself,
        name="" if bare and (itself or curie.rpartition(":")[2].isdigit()) else _name(term, label),
        category=_CATEGORIES.get(term.name, ""),
        synonyms=(str(term),),
        xrefs=(Xref("related", curie),) if curie and not itself else (),
    )


def parts(term: Term) -> Iterator[tuple[Term, str, Term]]:
    """What a term says by being written: its parent, members, reactants; as edges of structure."""
    if term.name in ("complex", "composite"):
        for member in term.arguments:
            if member.is_call:
                yield stripped(member, "")[0], "partOf", term
    elif term.name == "rxn":
        for group in term.arguments:
            relation = {"reactants": "hasReactant", "products": "hasProduct"}.get(group.name, "")
            for member in group.arguments if relation else ():
                yield term, relation, stripped(member, "")[0]
    elif term.name in _PROCESSES and term.arguments and term.arguments[0].is_call:
        yield term, "processOf", stripped(term.arguments[0], "")[0]
    elif any(part.name in _VARIANTS for part in term.arguments) and not term.arguments[0].is_call:
        yield Term(term.name, term.arguments[:1], True), "hasVariant", term


def structure(term: Term, seen: set[str]) -> Iterator[Node | Edge]:
    """The node of a term and of all that it is made of, each once, with the edges between them."""
    stack = [term]
    while stack:
        current = stack.pop()
        if str(current) in seen:
            continue
        seen.add(str(current))
        yield node(current)
        if current.key != str(current) and current.key in seen:  # its parts have been said
            continue
        seen.add(current.key)
        for subject, relation, object_ in parts(current):
            yield Edge(subject=subject.key, predicate=relation, object=object_.key)
            stack += [object_, subject]


def related(
    start: tuple[Term, Context],
    relation: str,
    end: tuple[Term, Context],
    citations: tuple[Citation, ...],
    place: str,
    seen: set[str],
) -> Iterator[Node | Edge]:
    """The edge of a relation, after the nodes of its terms; each end with what is asked of it."""
    (subject, asked), (object_, wanted) = start, end
    relation = _RELATIONS.get(relation, relation)
    yield from structure(subject, seen)
    yield from structure(object_, seen)
    yield Edge(
        subject=subject.key,
        predicate=DENIALS.get(relation, relation),
        object=object_.key,
        negated=relation in DENIALS,
        qualifiers=tuple(sorted((*asked, *wanted))),
        citations=citations,
        place=place,
    )


def about_a_statement(
    subject: Term,
    relation: str,
    text: str,
    citations: tuple[Citation, ...],
    place: str,
    seen: set[str],
) -> Iterator[Node | Edge]:
    """What is said of an arrow: its object is the statement in brackets, as a node of its own.

    Raises `BadTerm` where the text is no such statement.
    """
    if not text.rstrip().endswith(")"):
        raise BadTerm("a bracket is not closed")
    inner = text.strip()[1:-1].strip()
    first, more = parsed(inner)
    match = RELATION.match(more)
    if match is None:
        raise BadTerm(f"a relation is expected at {more[:30]!r}")
    last, end = parsed(more[match.end() :])
    if end:
        raise BadTerm(f"the statement should end before {end[:30]!r}")
    key = f"({first} {_RELATIONS.get(match[1], match[1])} {last})"
    thing, asked = stripped(subject, "subject")
    yield from structure(thing, seen)
    yield Node(key=key, name=key, category="process")
    for term in (first, last):
        yield from structure(stripped(term, "")[0], seen)
    yield Edge(
        subject=thing.key,
        predicate=_RELATIONS.get(relation, relation),
        object=key,
        qualifiers=asked,
        citations=citations,
        place=place,
    )


def is_unsaid(reference: str) -> bool:
    """Whether a citation names nothing, as programs write it that must write one.

    >>> is_unsaid("Unknown"), is_unsaid("12345")
    (True, False)
    """
    return reference.strip().casefold() in ("", "unknown", "unknown:unknown", "none", "n/a", "na")


def document(properties: Mapping[str, str]) -> About:
    """What a document says of itself: name, description, version, licenses, authors."""
    names = (name.strip() for name in properties.get("authors", "").split(","))
    return About(
        title=properties.get("name", ""),
        description=properties.get("description", ""),
        version=properties.get("version", ""),
        licence=properties.get("licenses", ""),
        authors=tuple(name for name in names if name not in ("", NOT_SAID)),
    )


def _identified(term: Term) -> tuple[str, str]:
    """The CURIE and the label of a term that is one identifier of a known registry."""
    if len(term.arguments) != 1 or term.arguments[0].is_call:
        return "", ""
    written, _, label = term.arguments[0].name.partition(" ! ")
    space, _, name = written.partition(":")
    if space == OWN:
        return _unquoted(name), _unquoted(label)
    curie = canonical(f"{space}:{_unquoted(name)}")
    inner = canonical(_unquoted(name))  # as in GO:"GO:0036315"
    for candidate in (inner, curie):
        is_registered = is_known(candidate.partition(":")[0])
        if (
            ":" in candidate
            and is_registered
            and re.search(r"\d", candidate)
            and not curie_problem(candidate)
        ):
            return candidate, _unquoted(label)
    return "", _unquoted(label)


def _name(term: Term, label: str) -> str:
    """A term as a reader says it.

    >>> _name(parsed("deg(p(HGNC:APP))")[0], ""), _name(parsed("g(HGNC:APP)")[0], "")
    ('degradation of APP', 'APP (gene)')
    """
    if term.name in _PROCESSES and term.arguments and term.arguments[0].is_call:
        inner = term.arguments[0]
        where = ", ".join(str(part) for part in term.arguments[1:])
        return f"{_PROCESSES[term.name]} of {_name(inner, '')}{f' ({where})' if where else ''}"
    if term.name in ("complex", "composite") and all(part.is_call for part in term.arguments):
        return " + ".join(_name(part, "") for part in term.arguments) + f" ({term.name})"
    if term.name == "rxn" or not term.arguments or term.arguments[0].is_call:
        return str(term)
    word, _, own_label = term.arguments[0].name.partition(" ! ")
    local = _unquoted(word.partition(":")[2] or word)
    first = label or _unquoted(own_label) or (_unquoted(word) if local.isdigit() else local)
    more = ", ".join(str(part) for part in term.arguments[1:])
    return f"{first}{_SUFFIX.get(term.name, '')}{f', {more}' if more else ''}"
