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
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final

from trabecula.effects import in_context
from trabecula.graph import Graph
from trabecula.mapping import Citation, Item, Prefixes, Reading, bel
from trabecula.mapping.predicates import worded
from trabecula.model import Context, Entity, Statement, grouped
from trabecula.standing import sayable
from trabecula.vocabulary import SPECIES

#: Relations of BEL that are no word of ours and are kept under their own name.
_KEPT: Final = frozenset(
    ("directlyIncreases", "directlyDecreases", "hasVariant", "hasMember", "hasComponent",
     "subProcessOf", "rateLimitingStepOf", "prognosticBiomarkerFor", "correlation", "orthologous",
     "equivalentTo", "analogousTo", "transcribedTo", "translatedTo")
)  # fmt: skip
_SET: Final = re.compile(r"(SET|UNSET)\s+(.+)", re.IGNORECASE | re.DOTALL)
_DEFINE: Final = re.compile(
    r"DEFINE\s+(NAMESPACE|ANNOTATION)\s+(\S+)\s+AS\s+(URL|PATTERN|LIST)\s+(.+)", re.IGNORECASE
)
#: A text in quotation marks; one that is not closed goes on to the end, and is looked at once.
_QUOTED: Final = re.compile(r'"((?:[^"\\]|\\.)*)(?:"|\\?\Z)')
#: A comment after a statement; what stands within quotation marks is none.
_COMMENT: Final = re.compile(r'((?:[^"]|"(?:[^"\\]|\\.)*")*?)\s//.*')
#: The text that PyBEL sets for relations that it made itself.
_BY_PYBEL: Final = "Automatically added by PyBEL"
_CITED: Final = {"pubmed": "PMID", "pmc": "PMCID", "pubmed central": "PMCID", "doi": "doi"}


@dataclass
class _State:
    """What is set at a place of a script."""

    citation: tuple[str, ...] = ()
    text: str = ""
    annotations: dict[str, tuple[str, ...]] = field(default_factory=dict)
    document: dict[str, str] = field(default_factory=dict)

    def citations(self) -> tuple[Citation, ...]:
        """The evidence of a statement that stands here; none where no citation is set.

        PyBEL cites itself for what terms say by being written, which nobody has to support.
        """
        if not self.citation or self.text == _BY_PYBEL:
            return ()
        kind, *rest = self.citation
        reference = _reference(self.citation)
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
        yield bel.document(state.document)


def _lines(reading: Reading) -> Iterator[tuple[int, str]]:
    """The lines that say something, those that go on after a backslash as one."""
    begun, start = "", 0
    for number, line in reading.lines():
        text = line.strip()
        if not begun and (not text or text.startswith(("#", "//"))):
            continue
        start = start if begun else number
        comment = _COMMENT.fullmatch(text)
        if comment and not begun:
            text = comment[1]
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
        for setting in re.split(r"[\s,]+", rest.strip("{} ")):
            _unset(state, setting)
    elif not equals:
        reading.wrong(str(number), f"{rest!r:.40} sets nothing", 'write SET name = "value"')
    elif folded.startswith("document"):
        state.document[name[len("document") :].strip().casefold()] = _texts(value)[0]
    elif folded == "citation":
        state.citation = _texts(value)
        if bel.is_unsaid(_reference(state.citation)):
            reading.left("citation", "that names nothing", f"line {number}")
            state.citation = ()
        state.text = ""
        state.annotations = {}
    elif folded in ("evidence", "supportingtext", "support"):
        text = _texts(value)[0]
        state.text = "" if text == bel.NOT_SAID else text  # which scripts of ours have to say
    elif folded != "statement_group":
        state.annotations[name] = _texts(value)


def _reference(citation: tuple[str, ...]) -> str:
    """What a citation names: the third part, behind registry and title, or else the last.

    Behind it BEL 1 has a date, authors and a comment, which are often empty.
    """
    return citation[min(2, len(citation) - 1)]


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
    taxa = annotations.get("Species", ())
    return f"NCBITaxon:{taxa[0]}" if len(taxa) == 1 and taxa[0].isdigit() else ""


# --- Statements -----------------------------------------------------------------------------


def _statement(line: str, state: _State, place: str, seen: set[str]) -> Iterator[Item]:
    """The edges of a statement; of a chain, `A -> B -> C`, one for each arrow."""
    subject, rest = bel.parsed(line)
    if not rest or rest.startswith("//"):
        yield from bel.structure(bel.stripped(subject, "")[0], seen)
        return
    while rest:
        match = bel.RELATION.match(rest)
        if match is None:
            raise bel.BadTerm(f"a relation is expected at {rest[:30]!r}")
        relation = match[1]
        rest = rest[match.end() :]
        if rest.startswith("("):
            yield from bel.about_a_statement(
                subject, relation, rest, state.citations(), place, seen
            )
            return
        object_, rest = bel.parsed(rest)
        several = object_.arguments if object_.name == "list" else (object_,)
        for member in several:
            ends = bel.stripped(subject, "subject"), bel.stripped(member, "object")
            yield from bel.related(ends[0], relation, ends[1], state.citations(), place, seen)
        subject = object_


# --- Writing --------------------------------------------------------------------------------

#: What a script calls a relation of ours, by kind and sign.
_WRITTEN: Final = {
    ("changes", 1): "increases", ("changes", -1): "decreases", ("changes", 0): "regulates",
    ("goes with", 1): "positiveCorrelation", ("goes with", -1): "negativeCorrelation",
    ("goes with", 0): "association",
}  # fmt: skip
_STRUCTURE: Final = {"subclass_of": "isA", "part_of": "partOf", "biomarker_for": "biomarkerFor"}
#: Qualifiers that terms have a place for.
_IN_TERMS: Final = ("subject_activity", "object_activity")
_FUNCTIONS: Final = {
    "protein": "p", "biolink:Protein": "p", "biolink:Gene": "g", "biolink:RNAProduct": "r",
    "biolink:MicroRNA": "m", "complex": "complex", "process": "bp", "function": "bp",
    "condition": "path", "trait": "bp", "biolink:Disease": "path", "population": "pop",
    "biolink:PhenotypicFeature": "path", "biolink:BiologicalProcess": "bp",
}  # fmt: skip
_REGISTRY: Final = {"PMID": "PubMed", "PMCID": "PubMed Central", "doi": "DOI"}


def render(graph: Graph) -> bytes:
    """A script with a statement for each piece of evidence that supports one.

    Statements without evidence stand before the first citation; what narrows a statement becomes
    annotations. What BEL has no relation for, and what is disputed, is left out; but that something
    does not regulate something, BEL can say.
    """
    blocks: dict[tuple[str, str, str], list[tuple[Context, str]]] = {}
    for statement, relation, line in _expressible(graph):
        narrowed = tuple(pair for pair in statement.qualifiers if pair[0] not in _IN_TERMS)
        if not statement.evidence:
            blocks.setdefault(("", "", ""), []).append((_annotations(narrowed), line))
        for row in statement.evidence:
            if row.stance == ("disputes" if relation in bel.DENIALS else "supports"):
                place = (row.source, row.summary, row.species)
                context = _annotations((*narrowed, *in_context(row)))
                blocks.setdefault(place, []).append((context, line))
    body = [line for place in sorted(blocks) for line in _block(graph, place, blocks[place])]
    about = graph.about
    lines = [line for several in blocks.values() for _, line in several]
    spaces = {space for line in lines for space in re.findall(r"\(([A-Za-z][\w.-]*):", line)}
    keys = {name for several in blocks.values() for context, _ in several for name, _ in context}
    head = [
        f"SET DOCUMENT Name = {_text(about.title or 'a graph')}",
        f"SET DOCUMENT Version = {_text(about.version or '1.0.0')}",
        # which PyBEL wants of every document
        f"SET DOCUMENT Description = {_text(about.description or about.title or 'a graph')}",
        f"SET DOCUMENT Authors = {_text(', '.join(about.authors) or bel.NOT_SAID)}",
        f"SET DOCUMENT ContactInfo = {_text(bel.NOT_SAID)}",
        *([f"SET DOCUMENT Licenses = {_text(about.licence)}"] if about.licence else []),
        *(f'DEFINE NAMESPACE {space} AS PATTERN ".*"' for space in sorted(spaces)),
        *(f'DEFINE ANNOTATION {key} AS PATTERN ".*"' for key in sorted({*keys, "Species"})),
    ]
    return "".join(f"{line}\n" for line in (*head, *body)).encode("utf-8")


def _expressible(graph: Graph) -> Iterator[tuple[Statement, str, str]]:
    """The statements that BEL can say, each with its relation and its line."""
    terms = {key: _term_of(entity) for key, entity in graph.entities.items()}
    for statement in graph.statements.values():
        relation = _relation_of(graph, statement)
        if relation:
            ends = (statement.subject, statement.object)
            start, end = (terms.get(entity) or _called(entity, "", "a") for entity in ends)
            first = _asked(start, statement.qualifiers, "subject")
            last = _asked(end, statement.qualifiers, "object")
            yield statement, relation, f"{first} {relation} {last}"


def _block(
    graph: Graph, place: tuple[str, str, str], several: list[tuple[Context, str]]
) -> Iterator[str]:
    """The lines that one text of one source supports."""
    source, text, species = place
    if source:
        yield ""
        yield f"SET Citation = {_list(_citation(graph, source))}"
        yield f"SET Evidence = {_text(text or bel.NOT_SAID)}"
        if species:
            yield f"SET Species = {_text(_taxon_number(species))}"
    for context, line in sorted(several):
        values = grouped(context)
        yield from (f"SET {name} = {_list(values[name])}" for name in values)
        yield line
        yield from (f"UNSET {name}" for name in values)


def _annotations(context: Context) -> Context:
    """What narrows a statement by the names of annotations, which are words without a blank."""
    return tuple(sorted({(worded(name), text) for name, text in context}))


def _list(values: tuple[str, ...]) -> str:
    return "{" + ", ".join(map(_text, values)) + "}"


def _relation_of(graph: Graph, statement: Statement) -> str:
    """The relation that says what a statement says; nothing where none does, or nobody says it."""
    row = graph.words.relation(statement.predicate)
    if statement.predicate == "regulates" and graph.status(statement) == "refuted":
        return "causesNoChange"
    if statement.negated or not sayable(statement.evidence):
        return ""
    if statement.predicate in _KEPT:
        return statement.predicate
    entity = graph.entities.get(statement.object)
    function = _FUNCTIONS.get(entity.category, "a") if entity else "a"
    if statement.predicate == "biomarker_for" and function not in ("bp", "path"):
        return ""  # of which alone BEL has biomarkers
    return _STRUCTURE.get(statement.predicate, "") or _WRITTEN.get((row.kind, row.sign), "")


def _term_of(entity: Entity) -> str:
    """The term of an entity: the one it was read from, or one of its identifier and name."""
    for text in entity.synonyms:
        with suppress(bel.BadTerm):
            term, rest = bel.parsed(text)
            if not rest and str(term) == text and bel.is_thing(term):
                return text
    return _called(entity.id, entity.name, _FUNCTIONS.get(entity.category, "a"))


def _called(identifier: str, name: str, function: str) -> str:
    space, colon, local = identifier.partition(":")
    if not colon or not re.fullmatch(r"[A-Za-z][\w.-]*", space) or "//" in identifier:
        space, local = bel.OWN, identifier
    label = f" ! {bel.quoted(name)}" if name else ""
    return f"{function}({space}:{bel.quoted(local)}{label})"


def _asked(term: str, qualifiers: Context, side: str) -> str:
    """A term with the activity that the statement asks of it."""
    kind = dict(qualifiers).get(f"{side}_activity")
    if kind is None:
        return term
    return f"act({term})" if kind == "activity" else f"act({term}, ma({kind}))"


def _citation(graph: Graph, source: str) -> tuple[str, str, str]:
    prefix, _, local = source.partition(":")
    record = graph.sources.get(source)
    title = record.title if record and record.title else source
    return _REGISTRY.get(prefix, "Other"), title, local if prefix in _REGISTRY else source


def _taxon_number(species: str) -> str:
    return (SPECIES.get(species) or species).partition(":")[2] or species


def _text(text: str) -> str:
    """A text in quotes."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
