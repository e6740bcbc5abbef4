"""What trabecula says on a terminal: cards, tables and overviews as text.

Functions return text with ANSI styles; `click.echo` takes the styles out where the output is not
a terminal. Nothing here prints.
"""

from __future__ import annotations

import shutil
import sys
import textwrap
from collections.abc import Iterable, Iterator
from functools import lru_cache, partial
from typing import TYPE_CHECKING

import click

from trabecula import cite, shell
from trabecula.characters import harmless, visible
from trabecula.counted import counted
from trabecula.graph import Graph
from trabecula.identifiers import link
from trabecula.lookup import Hit
from trabecula.model import About, Entity, Evidence, Source, Statement
from trabecula.sparql.results import shown
from trabecula.standing import basis, sayable
from trabecula.values import counts, loops_and_conflicts, spoken_to, surroundings
from trabecula.vocabulary import BASES, STATUSES, Vocabulary
from trabecula.words.tables import table

if TYPE_CHECKING:
    from trabecula.sparql import NamedQuery, Parameter, Result
    from trabecula.sparql.results import Term

#: Columns where output goes elsewhere than to a terminal: it is the same for everybody.
_WIDTH = 100
_NARROWEST = 40
#: A plus, a true minus and a middle dot: the signs as a reader sees them.
SIGNS = {1: "+", -1: "−", 0: "·"}
#: The colour of each status, and whether it is dimmed.
_STATUS_STYLE: dict[str, tuple[str | None, bool | None]] = {
    "supported": ("blue", None),
    "contested": ("yellow", None),
    "refuted": ("magenta", None),
    "title-only": (None, True),
    "asserted-only": (None, True),
    "no-evidence": (None, True),
}
_STATUS_ORDER = tuple(STATUSES)
_STANCE_WORDS = {"supports": "for", "disputes": "against", "qualifies": "limits"}


def sentence(graph: Graph, statement: Statement) -> str:
    """A statement as a sentence: `osteoblast requires magnesium (severity: severe)`."""
    verb = graph.words.relation(statement.predicate).label
    if statement.negated:
        verb = f"NOT {verb}"
    words = f"{graph.name(statement.subject)} {verb} {graph.name(statement.object)}"
    return words + _in_brackets(statement.qualifiers)


def _in_brackets(pairs: Iterable[tuple[str, str]]) -> str:
    said = "; ".join(f"{key.replace('_', ' ')}: {value}" for key, value in pairs)
    return f" ({said})" if said else ""


def width() -> int:
    """The columns of the terminal that standard output is; 100 where it is none."""
    if sys.stdout is None or not sys.stdout.isatty():
        return _WIDTH
    return max(shutil.get_terminal_size((_WIDTH, 24)).columns, _NARROWEST)


# --- One entity -----------------------------------------------------------------------------


def card(graph: Graph, entity: Entity, *, evidence: bool = False) -> str:
    """All that the graph says of an entity: what it is, what acts on it, what it acts on."""
    lines = [f"{click.style(entity.name, bold=True)}  ({_category(graph, entity)}, id {entity.id})"]
    if entity.description:
        lines += textwrap.wrap(
            entity.description, width() - 2, initial_indent="  ", subsequent_indent="  "
        )
    if entity.synonyms:
        said = "also called " + ", ".join(entity.synonyms)
        lines += textwrap.wrap(said, width() - 2, initial_indent="  ", subsequent_indent="    ")
    if entity.xrefs:
        rows = [(x.match, x.curie, x.label, link(x.curie)) for x in entity.xrefs]
        lines.append(textwrap.indent(table(rows), "  "))
    around = surroundings(graph, entity.id)
    groups = (
        ("Acts on it", around.acts_on_it),
        ("It acts on", around.it_acts_on),
        ("Its levels and states", around.states),
        ("Related without influence", around.related),
    )
    for title, statements in groups:
        if statements:
            lines += ["", click.style(f"{title} ({len(statements)})", bold=True)]
            lines += _statement_lines(graph, statements, evidence=evidence)
    if not any(statements for _, statements in groups):
        lines += ["", "No statement is about it."]
    part = list(_part_of(graph, entity))
    return "\n".join([*lines, "", *part] if part else lines)


def _part_of(graph: Graph, entity: Entity) -> Iterator[str]:
    """In how many loops and conflicts an entity is, and which commands show them."""
    feedback, disagreement = loops_and_conflicts(graph, entity.id) or (0, 0)
    if feedback:
        said = counted(feedback, "feedback loop")
        yield f"In {said}: {shell.command('loops', entity.id)}"
    if disagreement:
        said = counted(disagreement, "conflict")
        yield f"In {said}: trabecula conflicts"


def _statement_lines(
    graph: Graph, statements: Iterable[Statement], *, evidence: bool
) -> Iterator[str]:
    """Statements, best supported first: sign, sentence, status and independent sources."""
    weighed = sorted(
        (_STATUS_ORDER.index(graph.status(s)), -len(graph.independent(s)), sentence(graph, s), s.id)
        for s in statements
    )
    wide = min(max(len(words) for _, _, words, _ in weighed), width() - 36)
    for rank, _, words, key in weighed:
        statement = graph.statements[key]
        sign, status = SIGNS[graph.words.sign_of(statement)], styled_status(_STATUS_ORDER[rank])
        yield f"  {sign} {words:<{wide}}  {status}{tally(graph, statement)}"
        if evidence:
            yield from evidence_lines(graph, statement)


def styled_status(status: str) -> str:
    """A status in its colour; the word says it where colours do not show."""
    colour, dim = _STATUS_STYLE[status]
    return click.style(status, fg=colour, dim=dim)


def tally(graph: Graph, statement: Statement) -> str:
    """What supports it at best and how many independent sources take which side, in words."""
    known = basis(statement.evidence) if graph.status(statement) == "supported" else ""
    pro = len(graph.independent(statement))
    contra = len(graph.independent(statement, "disputes"))
    said = [BASES[known]["label"]] if known else []
    said += [counted(pro, "source")] if pro else []
    said += [f"{contra} against"] if contra else []
    gone = len({row.one_source for row in statement.evidence if row.retracted})
    said += [f"{gone} retracted"] if gone else []
    if not said and not sayable(statement.evidence):
        said = ["denied by the article"]
    return f", {', '.join(said)}" if said else ""


# --- One statement --------------------------------------------------------------------------


def statement_card(graph: Graph, statement: Statement) -> str:
    """A statement with all its evidence."""
    status = graph.status(statement)
    lines = [
        click.style(sentence(graph, statement), bold=True) + f"  (id {statement.id})",
        f"  {status}: {STATUSES[status]}{tally(graph, statement)}",
        *evidence_lines(graph, statement),
    ]
    return "\n".join(lines)


def source_card(graph: Graph, source: Source) -> str:
    """A source: what it is, where it is to be found, and what it says of which statements."""
    read = "abstract read" if source.abstract_read else "abstract not read"
    kinds = (source.kind, source.study_type, source.organism, read)
    lines = [
        click.style(source.title or source.id, bold=True) + f"  (source, id {source.id})",
        f"  {', '.join(filter(None, kinds))}",
    ]
    for part in filter(None, (cite.line(source), source.note)):
        lines += textwrap.wrap(part, width() - 2, initial_indent="  ", subsequent_indent="    ")
    if source.xrefs:
        lines.append(textwrap.indent(table([(x, link(x)) for x in source.xrefs]), "  "))
    for stance, title in _STANCE_TITLES.items():
        found = [s for s, row in spoken_to(graph, source) if row.stance == stance]
        if found:
            lines += ["", click.style(f"{title} ({len(found)})", bold=True)]
            lines += _statement_lines(graph, found, evidence=False)
    return "\n".join(lines)


_STANCE_TITLES = {
    "supports": "It supports",
    "disputes": "It disputes",
    "qualifies": "It limits the context of",
}


def evidence_lines(graph: Graph, statement: Statement) -> Iterator[str]:
    """The evidence of a statement, papers before the article, for before against."""
    order = {"supports": 0, "qualifies": 1, "disputes": 2}
    rows = sorted(
        statement.evidence,
        key=lambda row: (
            row.retracted,
            row.strength == "asserted",
            order.get(row.stance, 3),
            row.source,
            row.digest,
        ),
    )
    for row in rows:
        stance = _STANCE_WORDS.get(row.stance, row.stance)
        said = f"{stance}{' (retracted, not counted)' if row.retracted else ''}: {row.summary}"
        yield from textwrap.wrap(
            said, width() - 6, initial_indent="      ", subsequent_indent="        "
        )
        yield click.style(f"        {provenance(graph, row)}", dim=True)


def provenance(graph: Graph, row: Evidence) -> str:
    """Where a piece of evidence comes from and in what context, on one line."""
    source, cited = graph.sources.get(row.source), row.source
    if source:
        authors = source.authors[0] if source.authors else ""
        year = source.year or "no date"
        cited = f"{authors} {year}, {row.source}".strip() if authors else f"{row.source}, {year}"
    known = graph.words.methods.get(row.method)
    method = known.label if known else row.method
    context = [f"{key.replace('_', ' ')}: {value}" for key, value in row.context]
    standing = "RETRACTED" if row.retracted else source.standing.replace("-", " ") if source else ""
    parts = [cited, standing, row.strength, method, row.species, row.system, *context]
    return " · ".join(part for part in dict.fromkeys(parts) if part)


# --- Many -----------------------------------------------------------------------------------


def hits(graph: Graph, found: Iterable[Hit]) -> str:
    """Search results as a table: what was found and why."""
    rows = [
        (hit.entity.id, hit.entity.name, _category(graph, hit.entity), hit.why) for hit in found
    ]
    return table(rows, ("id", "name", "category", "why"))


def _category(graph: Graph, entity: Entity) -> str:
    known = graph.words.categories.get(entity.category)
    return known.label if known else entity.category


def overview(graph: Graph) -> str:
    """The counts of a graph as text."""
    blocks = []
    for title, numbers in counts(graph).items():
        if numbers:
            rows = [(name, f"{number:>6}") for name, number in numbers.items()]
            blocks.append(f"{click.style(title, bold=True)}\n{textwrap.indent(table(rows), '  ')}")
    return "\n\n".join(blocks)


def not_modelled(rows: Iterable[tuple[str, str, str]]) -> str:
    """What was left out, by source, as a table."""
    return table(
        [(source, what, why) for what, source, why in rows],
        ("source", "what is not modelled", "why"),
        wrap=width() * 3 // 5,
    )


def vocabulary(words: Vocabulary) -> str:
    """The predicates with sign, influence and meaning, and the categories."""
    arrows = {"forward": "→", "reverse": "←", "both": "↔", "none": ""}
    rows = [
        (row.name, SIGNS[row.sign], arrows[row.influence], row.definition)
        for row in words.predicates.values()
    ]
    kinds = [(c.name, c.definition) for c in words.categories.values()]
    return "\n\n".join(
        (
            table(rows, ("predicate", "sign", "acts", "meaning")),
            table(kinds, ("category", "meaning")),
        )
    )


# --- SPARQL ---------------------------------------------------------------------------------


def answer(result: Result) -> str:
    """The answer to a query for a person to read: short names, wrapped columns, a count."""
    if result.form == "ask":
        return "yes" if result.answer else "no"
    if result.form == "construct":
        return harmless(result.serialise("ttl").rstrip("\n"))
    written = lru_cache(_KEPT)(partial(_term, result.about))
    rows = [tuple(map(written, row)) for row in result.rows]
    count = counted(len(rows), "row")
    return f"{table(rows, result.variables, wrap=width() * 3 // 5)}\n{count}" if rows else "0 rows"


#: How many terms are kept as they are shown; the same few make up most of a large answer.
_KEPT = 4096


def _term(about: About, term: Term | None) -> str:
    if term is None:
        return ""
    named = type(term).__name__ == "NamedNode"
    return visible(shown(term.value, about) if named else term.value)


def queries(library: Iterable[NamedQuery]) -> str:
    """The library of queries: names, what they answer, and their parameters."""
    rows = [
        (query.name, query.title, ", ".join(map(_parameter, query.parameters))) for query in library
    ]
    return table(rows, ("name", "what it answers", "parameters"), wrap=width() * 3 // 5)


def _parameter(parameter: Parameter) -> str:
    default = "" if parameter.default is None else f"={parameter.default}"
    return f"{parameter.name}{default}"
