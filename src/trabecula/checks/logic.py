"""The logic check: are the ontology and a graph together free of contradiction? By HermiT.

owlready2 brings HermiT along. It is run as a program, on triples written here and on nothing
else, so that no `owl:imports` can make it read a file or an address. HermiT tells whether there
is a contradiction and which classes can have no members, but not why. Another run therefore makes
each statement a class of its own: those without members are the statements to blame.
"""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path
from shutil import which
from typing import Final
from urllib.parse import quote

from trabecula import shipped
from trabecula.checks.content import where
from trabecula.errors import MissingExtra, MissingProgram, Problem, TrabeculaError
from trabecula.graph import Graph
from trabecula.model import Statement
from trabecula.prefixes import ENTITY, NAMESPACES, ONTOLOGY, STATEMENT
from trabecula.vocabulary import CATEGORIES, PREDICATES

#: Statements beyond which the check runs only when it is asked for by name: HermiT takes a second
#: or two for a thousand, seven for twenty thousand, and more than in proportion beyond.
LARGE: Final = 10_000

_OWL = NAMESPACES["owl"]
_TYPE = f"<{NAMESPACES['rdf']}type>"
_SUBCLASS = f"<{NAMESPACES['rdfs']}subClassOf>"


def logic(graph: Graph) -> Iterator[Problem]:
    """Classes that can have no members, and statements that cannot be true.

    A negated statement clashes with one that says the same of the same context. Raises
    `MissingExtra` when owlready2 is not installed and `MissingProgram` when Java is not.
    """
    yield from contradictions(graph, ontology())


def ontology() -> str:
    """The shipped ontology as N-Triples."""
    import pyoxigraph as ox

    quads = ox.parse(path=shipped.ontology() / "trabecula.ttl")
    triples = ox.serialize(quads, format=ox.RdfFormat.N_TRIPLES) or b""
    return triples.decode("utf-8")


def contradictions(graph: Graph, axioms: str) -> Iterator[Problem]:
    """What contradicts itself in a graph under the axioms of an ontology, given as N-Triples."""
    asserted, negated = _comparable(graph)
    background = "".join([axioms, *_types(graph), *map(_negation, negated)])
    empty = empty_classes(background + "".join(map(_assertion, asserted)))
    if empty == ():
        return
    if empty is None:
        empty = empty_classes(axioms)
    if empty == ():
        empty = empty_classes(background + "".join(map(_suspect, asserted)))
    if not empty:
        fix = "look at what was changed last"
        yield Problem("inconsistent", "graph", "HermiT finds a contradiction and no culprit", fix)
        return
    for iri in empty:
        statement = graph.statements.get(iri.removeprefix(STATEMENT))
        if statement is None:
            name, fix = iri.removeprefix(ONTOLOGY), "correct what the ontology says of it"
            yield Problem("unsatisfiable-class", name, "nothing can belong to this class", fix)
        else:
            ends = (statement.subject, statement.object)
            kinds = " and ".join(graph.entities[e].category for e in ends if e in graph.entities)
            what = f"it cannot be true of {kinds}, or a negated statement denies it"
            fix = "correct the predicate, a category, or the negated statement"
            yield Problem("contradicts-ontology", where(statement), what, fix)


def empty_classes(triples: str) -> tuple[str, ...] | None:
    """The IRIs of the classes that can have no members; None when the whole is contradictory."""
    package = find_spec("owlready2")
    if package is None or not package.submodule_search_locations:
        raise MissingExtra("validate", "checking logic")
    if which("java") is None:
        raise MissingProgram("checking logic", "Java 8 or later (java)")
    hermit = Path(package.submodule_search_locations[0], "hermit", "HermiT.jar")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "graph.nt")
        path.write_text(triples, encoding="utf-8", newline="\n")
        # So short a run costs half as much without Java's optimising compiler.
        command = ["java", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", str(hermit)]
        command += ["org.semanticweb.HermiT.cli.CommandLine", "--unsatisfiable", "--no-prefixes"]
        command.append(path.as_uri())
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    if "InconsistentOntologyException" in done.stderr:
        return None
    heading, *lines = done.stdout.splitlines() or [""]
    if not heading.startswith("Classes equivalent to "):
        message = (done.stderr or done.stdout).strip().partition("\n")[0]
        raise TrabeculaError(f"HermiT gave no answer: {message}")
    return tuple(sorted({line.strip() for line in lines} - {"", f"{_OWL}Nothing"}))


def _comparable(graph: Graph) -> tuple[list[Statement], list[Statement]]:
    """The statements that the ontology knows something about: asserted and negated.

    What is denied in one context may well hold in another. OWL knows no contexts, so a statement
    is left out where the same is denied, but not in its own context.
    """
    comparable = [s for s in graph.statements.values() if s.predicate in PREDICATES]
    negated = [statement for statement in comparable if statement.negated]
    contexts: dict[tuple[str, str, str], set[object]] = {}
    for statement in negated:
        contexts.setdefault(statement.key[:3], set()).add(statement.qualifiers)
    asserted = [s for s in comparable if not s.negated and graph.status(s) != "refuted"]
    return [s for s in asserted if s.qualifiers in contexts.get(s.key[:3], {s.qualifiers})], negated


def _types(graph: Graph) -> Iterable[str]:
    for key, entity in graph.entities.items():
        if entity.category in CATEGORIES:
            yield f"{_entity(key)} {_TYPE} <{ONTOLOGY}{CATEGORIES[entity.category].iri_name}> .\n"


def _entity(identifier: str) -> str:
    return f"<{ENTITY}{quote(identifier, safe='')}>"


def _ends(statement: Statement) -> tuple[str, str, str]:
    predicate = f"<{ONTOLOGY}{statement.predicate}>"
    return _entity(statement.subject), predicate, _entity(statement.object)


def _assertion(statement: Statement) -> str:
    return " ".join(_ends(statement)) + " .\n"


def _negation(statement: Statement) -> str:
    subject, predicate, target = _ends(statement)
    return (
        f"_:not{statement.id} {_TYPE} <{_OWL}NegativePropertyAssertion> .\n"
        f"_:not{statement.id} <{_OWL}sourceIndividual> {subject} .\n"
        f"_:not{statement.id} <{_OWL}assertionProperty> {predicate} .\n"
        f"_:not{statement.id} <{_OWL}targetIndividual> {target} .\n"
    )


def _suspect(statement: Statement) -> str:
    """A class that has the subject for its only member, and only if the statement can be true."""
    subject, predicate, target = _ends(statement)
    rdf = NAMESPACES["rdf"]
    itself, name = f"<{STATEMENT}{statement.id}>", statement.id
    return (
        f"{itself} {_TYPE} <{_OWL}Class> .\n"
        f"{itself} {_SUBCLASS} _:one{name} .\n"
        f"_:one{name} {_TYPE} <{_OWL}Class> .\n"
        f"_:one{name} <{_OWL}oneOf> _:list{name} .\n"
        f"_:list{name} <{rdf}first> {subject} .\n"
        f"_:list{name} <{rdf}rest> <{rdf}nil> .\n"
        f"{itself} {_SUBCLASS} _:has{name} .\n"
        f"_:has{name} {_TYPE} <{_OWL}Restriction> .\n"
        f"_:has{name} <{_OWL}onProperty> {predicate} .\n"
        f"_:has{name} <{_OWL}hasValue> {target} .\n"
    )
