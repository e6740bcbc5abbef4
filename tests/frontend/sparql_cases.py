"""What Python says of queries, identifiers and answers, for the page to say the same.

The page screens queries, explains mistakes, orders rows and writes files in a language of its own
(`frontend/src/sparql/`); `frontend/test/sparql-*.test.js` hold it to the cases that this module
makes. Run as a program it writes those that are kept: `frontend/test/sparql-cases.json`.
"""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from trabecula.errors import QueryError
from trabecula.formats import rdf
from trabecula.formats.rdf.rows import iri
from trabecula.graph import Graph
from trabecula.misspelt import nearest
from trabecula.model import Entity, Evidence, Source, Statement, Xref
from trabecula.page import queries as store
from trabecula.prefixes import ENTITY, ONTOLOGY, SOURCE
from trabecula.sparql import Deadline, answers, lint, screen, shorten
from trabecula.sparql.diagnosis import WORDS, explained
from trabecula.sparql.engine import is_ordered
from trabecula.sparql.tokens import KNOWN_PREFIXES, code, tokens
from trabecula.vocabulary import STANCES, STATUSES, STRENGTHS

CASES = Path(__file__).parents[2] / "frontend" / "test" / "sparql-cases.json"

Case = dict[str, Any]

#: Queries that the screen refuses, or passes over although they look as if it should not.
SCREENED = (
    "SELECT * { SERVICE <http://h/> { ?s ?p ?o } }",
    "select*{service<http://h/>{?s ?p ?o}}",
    "SELECT * { # a comment\nSERVICE <http://h/> {} }",
    "SELECT * { SERVICE:x{} }",
    "SELECT * { ?s ?p :.SERVICE <http://h/> {} }",
    "SELECT * { ?s ?p 1e1SERVICE <http://h/> {} }",
    "SELECT * { ?s ?p 'it\\'s'.SERVICE <http://h/> {} }",
    "SELECT * { ?s ?p '''a''b'''.SERVICE <http://h/> {} }",
    "SELECT * { FILTER(?a<?b).SERVICE#>\n<http://h/> {} }",
    'SELECT * { FILTER(?a<b:c)#>"""\nSERVICE <http://h/> {} #"""\n}',
    "SELECT ?x { VALUES ?x {'''a' } SERVICE <http://h/> {} #\\q'''\n}",
    "SELECT *\n{ ?s 'é油𝄞' ?o . service <http://h/> {} }",
    "ASK { ?s a sd:Service }",
    "SELECT ?service $SERVICE { ?service ?p $SERVICE }",
    'ASK { ?s ?p "SERVICE <http://h/> { }" }',
    'ASK { ?s ?p """two lines "\nSERVICE\n""" }',
    "ASK { ?s <http://example.org/service#it's> ?o } # SERVICE",
    "ASK { FILTER(?a < ?b) } #> SERVICE",
    "BASE <http://example.org/> ASK { <#it's> ?p ?o }",
    "ASK { ?x tb:requires entity:mechanical-loading }",
    "LOAD <http://h/>",
    "PREFIX load: <http://h/load> BASE <http://h/> insert DATA { }",
    "# SELECT\nDROP{}",
    "ASK " + "{" * 101 + "}" * 101,
    "ASK { FILTER(" + "!" * 101 + "1) }",
    "ASK { FILTER(" + "- " * 100 + "1) }",
    'SELECT * {\n ?s ?p "abc }',
)
#: Queries that the engine cannot read, or reads.
ASKED = (
    "é" * 90,
    "SELECT ?x { ?s ?p ?o . FILTRE(?x) }",
    "SELCT * { }",
    "SELECT * { FILTER(?x AND ?y) }",
    "SELECT * { FILTER(?x LIKE ?y) }",
    "SELECT * {\n  ?s ?p ?o .\n",
    "SELECT * { ?s ?p ?o }}",
    "SELECT * { ?s ?p (1 2 }",
    "ASK { ?x tbb:requires ?y }",
    "ASK { ?x qqq:a ?y }",
    "ASK { ?x <rel> ?y }",
    "SELECT ?x, ?y { ?x ?p ?y }",
    "SELECT * {\n ?s tb:requires entity:atp\n ?s a ?b }",
    "SELECT ?y { ?s a ?x } GROUP BY ?x",
    "SELECT ?x { ?s ?p 'é油𝄞' . ?s ?p ?o ?x }",
    "",
    "# nothing\n",
    "SELECT ?x",
    "SELECT * { ?s ?p ?o } LIMIT many",
    "SELECT * { ?s ?p 'a'@ } ",
    "SELECT *\r\n{\r\n\t?é <http://h/é> ?o . \r\n\tFILTRE(?x)\r\n}",
    "SELECT (COUNT(?x) ?n) { ?x ?p ?y }",
    "SELECT * { ?s ?p ?o . BIND(1 AS ?s) }",
    "CONSTRUCT { ?s ?p } WHERE { ?s ?p ?o }",
    "SELECT * { ?x tb:requires ?y } ORDER ?x",
    "ASK { ?x tb:requires ?y . }",
    "ASK { ?e dct:source doi:10.1000/abc(1). ?e tb:stance ?s }",
    "ASK { VALUES ?s { doi:10.1000/abc DOI:10.1000/é } ?e dct:source ?s }",
    "ASK { FILTER(?x = doi:10.1000/a;b) }",
    "ASK { ?e dct:source doi:10.1000 ; a ?b, }",
)
#: Queries that are valid and find nothing, of the kinds that the page warns of.
LINTED = (
    "ASK { ?x rdfs:labell ?y }",
    "ASK { ?x dct:titel ?y ; skos:altLable 'b' . ?z dct:creator+ ?who }",
    "ASK { ?x rdfs:labell/skos:prefLabel ?y ; skos:definition ?d ; rdfs:label ?z }",
    'ASK { ?x rdfs:label "a"@en }',
    "ASK { ?x tb:inhibits ?y ; tb:occurs_in ?z ; a tb:Cell . ?s tb:retracted ?r ; tb:doseGiven ?d }",
    "ASK { ?x tb:inhibts ?y . ?x tb:retractd ?z }",
    "ASK { ?x rdfs:label 'a'@en-GB ; tb:requires entity:b }",
    'ASK { ?x rdfs:label ?l FILTER(?l = "a"@de) }',
    "ASK { ?s dct:date 1998 }",
    'ASK { ?s dct:date "1998" . ?t dct:date "1998"^^xsd:gYear }',
    "ASK { ?s dct:date ?d FILTER(?d > 1990) }",
    'ASK { ?s dct:date ?d FILTER(?d <= "1990") }',
    "ASK { ?s dct:date ?d FILTER(?d = 1990 || ?d IN (1991, 1992)) }",
    "ASK { VALUES ?d { 1998 '1999' } ?s dct:date ?d }",
    'ASK { ?s tb:sign "1" . ?t tb:sign 1 . ?u tb:sign -2 }',
    "ASK { ?s tb:sign ?n FILTER(?n = '1') }",
    'ASK { ?s tb:supportingSources "2" ; tb:disputingSources "none" }',
    'ASK { ?s tb:supportingSources ?n FILTER(?n > "2") }',
    "ASK { ?s tb:supportingSources ?n FILTER(?n >= 1.5 && ?n = 2.0) }",
    'ASK { ?s tb:abstractRead "true" . ?t tb:abstractRead 0 . ?u biolink:negated "no" }',
    "ASK { ?s tb:referenceNumber 7 }",
    "ASK { ?s tb:referenceNumber ?n FILTER(?n > 7) }",
    'ASK { ?s tb:url "https://example.org/" }',
    'ASK { ?s tb:status "suported" . ?t tb:status "Contested" }',
    "ASK { ?s tb:status ?x FILTER(?x NOT IN ('refutted', 'contested')) }",
    'ASK { VALUES ?x { "nonsense" } ?e tb:stance ?x }',
    "PREFIX tb: <http://w3id.org/trabecula/ontology#> ASK { ?x tb:requires ?y }",
    "PREFIX tb: <https://w3id.org/trabecula/ontology/> ASK { ?x tb:requires ?y }",
    "PREFIX rdfs: <https://www.w3.org/2000/01/rdf-schema> ASK { ?x rdfs:label ?y }",
    "PREFIX e: <http://www.w3id.org/trabecula/entity/> ASK { e:a ?p ?y }",
    "PREFIX entity: <http://h/> ASK { entity:a ?p ?y }",
    "PREFIX e: <https://w3id.org/trabecula/entity/> ASK { e:a tb:requires e:b }",
    "ASK { <http://w3id.org/trabecula/entity/a> ?p ?o }",
    "ASK { ?s <https://www.w3.org/2000/01/rdf-schema#label> ?o }",
    "ASK { ?s dct:source <https://www.ncbi.nlm.nih.gov/pubmed/1> }",
    "ASK { ?e dct:source <doi:10.1000/a(1)> . ?f dct:source <PMID:1> }",
    "ASK { ?x tb:status tb:contested }",
    "ASK { ?x rdf:subject tb:a ; tb:requres ?y }",
    "ASK { ?x rdfs:label 'a' ; tb:requires entity:b . ?s tb:status 'contested' ; tb:sign 1 }",
)
IRIS = (
    f"{ENTITY}magnesium",
    f"{ENTITY}1-25-dihydroxyvitamin-d",
    f"{ENTITY}a%20b",
    f"{ENTITY}%E2%80%A8",
    f"{ENTITY}%FF",
    ENTITY,
    "http://www.ncbi.nlm.nih.gov/pubmed/9709941",
    "http://purl.obolibrary.org/obo/CHEBI_17823",
    "http://purl.obolibrary.org/obo/XYZ_1",
    "https://www.genenames.org/data/genegroup/#!/group/862",
    "https://doi.org/10.1002/(SICI)1097-4644",
    "http://www.w3.org/2001/XMLSchema#integer",
    "http://example.org/",
    "urn:x",
)
IDENTIFIERS = (
    "magnesium", "a b", "it's (so)!", "ω油", "CHEBI:17823", "PMID:1", "doi:10.1/a(b)*c'd!e",
    "doi:10.1/<a> b", "biolink:related_to", "http://example.org/a?b=c#d", "a/b", "%41", "A~b._-c",
)  # fmt: skip
XSD = "http://www.w3.org/2001/XMLSchema#"
TERMS: tuple[Case, ...] = (
    {"type": "uri", "value": "http://h/b"},
    {"type": "uri", "value": "http://h/a"},
    {"type": "uri", "value": "http://h/\uffee"},
    {"type": "uri", "value": "http://h/\U0001d11e"},
    {"type": "bnode", "value": "x9"},
    {"type": "bnode", "value": "x10"},
    {"type": "literal", "value": "10", "datatype": XSD + "integer"},
    {"type": "literal", "value": "9", "datatype": XSD + "integer"},
    {"type": "literal", "value": "-1.5", "datatype": XSD + "decimal"},
    {"type": "literal", "value": "1e3", "datatype": XSD + "double"},
    {"type": "literal", "value": "-INF", "datatype": XSD + "double"},
    {"type": "literal", "value": "INF", "datatype": XSD + "float"},
    {"type": "literal", "value": "1999", "datatype": XSD + "gYear"},
    {"type": "literal", "value": "often", "datatype": XSD + "integer"},
    {"type": "literal", "value": "true", "datatype": XSD + "boolean"},
    {"type": "literal", "value": ""},
    {"type": "literal", "value": "9"},
    {"type": "literal", "value": "Öl"},
    {"type": "literal", "value": "Öl", "xml:lang": "de"},
    {"type": "literal", "value": 'say "a, b"\n<&>\t\\\r'},
    {"type": "literal", "value": "\U0001d11e"},
    {"type": "literal", "value": "\uffee"},
)


def prefixes() -> list[list[str]]:
    """The prefixes as the page has them."""
    library: list[list[str]] = store.library(Graph(), sparql=True)["prefixes"]
    return library


def _refusal(text: str) -> str | None:
    try:
        screen(text)
    except QueryError as error:
        return str(error).split("\n")[0]
    return None


def _engine(text: str) -> str | None:
    """What the engine says of a query that it cannot read."""
    try:
        ox.Store().query(text, prefixes=KNOWN_PREFIXES)
    except SyntaxError as error:
        return str(error)
    return None


def _explained(text: str) -> Case:
    message = _engine(text)
    told = None if message is None else explained(text, message).split("\n")[0]
    return {"text": text, "message": message, "told": told}


def _nearest(word: str, words: Iterable[str]) -> Case:
    return {"word": word, "found": nearest(word, words)}


def _answer(query: str, names: list[str], rows: list[list[Case | None]]) -> Case:
    """An answer as the engine gives it, and the files that Python makes of it."""
    bindings = [
        {name: term for name, term in zip(names, row, strict=True) if term is not None}
        for row in rows
    ]
    body = json.dumps({"head": {"vars": names}, "results": {"bindings": bindings}})
    result = answers.rows_of(body.encode(), Deadline(60), ordered=is_ordered(code(query)))
    return {
        "query": query,
        "body": body,
        "csv": result.serialise("csv"),
        "json": result.serialise("json"),
    }


def _linted() -> Case:
    """What Python warns of, with the facts of the RDF as the page's worker finds them."""
    source = Source(id="PMID:1", year="1998", reference="7", url="https://example.org/")
    pieces = (
        Evidence(source="PMID:1", strength="direct"),
        Evidence(source="PMID:1", stance="disputes", strength="review"),
        Evidence(source="PMID:1", stance="qualifies"),
    )
    graph = Graph(
        [
            Entity(id="a", name="a", category="chemical"),
            Entity(id="b", name="b", category="chemical"),
            source,
            Statement(subject="a", predicate="requires", object="b", evidence=pieces),
        ]
    )
    triples = list(rdf.triples(graph))
    literals = [t for t in triples if isinstance(t.object, ox.Literal)]
    told = store.library(graph, sparql=True)
    closed = {
        f"{ONTOLOGY}status": STATUSES,
        f"{ONTOLOGY}stance": STANCES,
        f"{ONTOLOGY}strength": STRENGTHS,
    }
    return {
        "entities": list(graph.entities),
        "source": source.id,
        **{key: told[key] for key in ("terms", "properties", "meant")},
        "facts": {
            "properties": sorted(Counter(t.predicate.value for t in triples).items()),
            "classes": sorted(
                {(t.object.value, 1) for t in triples if t.predicate.value.endswith("#type")}
            ),
            "values": [[node, value] for node, values in closed.items() for value in values],
            "datatypes": sorted({(t.predicate.value, t.object.datatype.value) for t in literals}),
        },
        "queries": [{"text": text, "told": lint(text, graph)} for text in LINTED],
    }


# --- Parts of a graph ---------------------------------------------------------------------------


def odd() -> Graph:
    """A graph with everything that makes the RDF of a part other than part of the RDF."""
    atom = "magnesium atom"
    entities = (
        # One identifier with one label, with two, with one or none, and one that is an entity too.
        Entity(id="a", name="A", category="chemical", xrefs=(Xref("exact", "CHEBI:1", atom),)),
        Entity(
            id="b",
            name='say "b"\n\\',
            category="gizmo",
            synonyms=("β", "bee", "ant"),
            description="A thing.",
            taxon="NCBITaxon:9606",
            xrefs=(
                Xref("close", "CHEBI:1", atom),
                Xref("exact", "CHEBI:2", "two"),
                Xref("broad", "CHEBI:3", "three"),
                Xref("close", "CHEBI:4", "four"),
            ),
        ),
        Entity(
            id="c",
            name="C",
            category="cell",
            xrefs=(
                Xref("exact", "CHEBI:2", "deux"),
                Xref("broad", "CHEBI:2", "deux"),
                Xref("related", "CHEBI:3"),
            ),
        ),
        Entity(id="CHEBI:4", name="quatre", category="chemical"),
        Entity(
            id="alone",
            name="alone",
            category="process",
            xrefs=(Xref("exact", "PMID:1", "a paper"), Xref("close", "CHEBI:5", "five")),
        ),
    )
    sources = (
        Source(id="PMID:1", kind="reference", title="One", year="1999", authors=("A; B", "C")),
        Source(id="article", kind="article", url="https://example.org/a?b=c", abstract_read=True),
    )
    yes = (Evidence(source="PMID:1", strength="direct", summary="It did.\tTwice."),)
    no = (Evidence(source="PMID:1", stance="disputes", strength="direct"),)
    denied = (Evidence(source="article", stance="disputes", strength="asserted"),)
    unknown = (Evidence(source="PMID:2", method="rct", species="human"),)
    return Graph(
        [
            *entities,
            *sources,
            Statement(subject="a", predicate="activates", object="b", evidence=yes),
            Statement(
                subject="a",
                predicate="activates",
                object="b",
                evidence=no,
                qualifiers=(("severity", "severe"),),
            ),
            Statement(subject="a", predicate="activates", object="c", evidence=denied),
            Statement(subject="a", predicate="inhibits", object="c", evidence=no),
            Statement(subject="b", predicate="requires", object="a", negated=True, evidence=yes),
            Statement(subject="b", predicate="requires", object="a", evidence=unknown),
            Statement(subject="b", predicate="mystifies", object="nobody", topic="odd"),
            Statement(subject="nobody", predicate="activates", object="c", evidence=yes),
            Statement(subject="CHEBI:4", predicate="part_of", object="b"),
            Statement(subject="CHEBI:4", predicate="subclass_of", object="CHEBI:4"),
            Statement(subject="alone", predicate="part_of", object="b", evidence=yes),
        ]
    )


def _rdf(graph: Graph, chosen: Iterable[tuple[list[str], list[str]]]) -> Case:
    """The RDF of a graph, and that of parts: statements with what they name, and more entities."""
    return {
        "trig": rdf.render(graph, "trig").decode(),
        "parts": [
            {
                "statements": statements,
                "entities": entities,
                "turtle": rdf.turtle(
                    Graph(
                        [
                            graph.about,
                            *graph.only(graph.statements[key] for key in statements),
                            *(graph.entities[key] for key in entities),
                        ]
                    )
                ).decode(),
            }
            for statements, entities in chosen
        ],
    }


def _every(graph: Graph) -> Iterator[tuple[list[str], list[str]]]:
    keys = list(graph.statements)
    yield from (([key], []) for key in keys)
    yield [], []
    yield [], ["alone", "b"]
    yield keys[:2], ["c"]
    yield keys, list(graph.entities)


def _some(graph: Graph, draw: random.Random, count: int) -> Iterator[tuple[list[str], list[str]]]:
    for _ in range(count):
        size = draw.randint(1, 30)
        yield (
            draw.sample(list(graph.statements), size),
            draw.sample(list(graph.entities), draw.randint(0, 5)),
        )


# --- The cases ----------------------------------------------------------------------------------


def cases() -> Case:
    """The cases that are kept."""
    shuffled = [*TERMS]
    random.Random(1).shuffle(shuffled)  # noqa: S311 (no secret)
    rows: list[list[Case | None]] = [
        [term, TERMS[number % 5]] for number, term in enumerate(shuffled)
    ]
    return {
        "prefixes": prefixes(),
        "screened": [{"text": text, "told": _refusal(text)} for text in SCREENED],
        "explained": [_explained(text) for text in ASKED],
        "nearest": [
            _nearest(word, sorted(WORDS))
            for word in (
                "filtre",
                "selct",
                "grup",
                "xyz",
                "optionl",
                "cont",
                "strlenn",
                "e",
                "",
                "f" * 200,
                "f" * 201,
            )
        ],
        "rdf": _rdf(odd(), _every(odd())),
        "linted": _linted(),
        "shortened": [[text, shorten(text)] for text in IRIS],
        "entities": [[text, iri(text, ENTITY)] for text in IDENTIFIERS],
        "sources": [[text, iri(text, SOURCE)] for text in IDENTIFIERS],
        "answers": [
            _answer("SELECT * { }", ["term", "more"], rows),
            _answer("SELECT * { } ORDER BY ?term", ["term", "more"], rows),
            _answer("SELECT * { { SELECT * { } ORDER BY ?x } }", ["term", "more"], rows),
            _answer("SELECT ?x { }", ["x"], [[None], [TERMS[0]], [TERMS[15]]]),
            _answer("SELECT * { }", [], [[], []]),
            _answer("SELECT * { }", ["x", "y"], []),
            _answer(
                "SELECT * { }",
                ["x", "y"],
                [[None, TERMS[0]], [TERMS[4], TERMS[4]], [TERMS[5], None]],
            ),
        ],
    }


# --- At random ----------------------------------------------------------------------------------

_PIECES = (
    "SELECT", "ASK", "FILTER", "SERVICE", "service", "?x", "$y", "?", "a:b", "tb:requires", "entity:atp.", ":x",
    "<http://h/a>", "<rel>", "<", ">", "'", '"', "'''", '"""', "'a'", '"b\\n"', "'''c''d'''", "\\", "\\u00e9", "#",
    "\n", "\r\n", " ", "  ", "{", "}", "(", ")", "[", "]", ".", ";", ",", "1", "2.5", "-", "!", "^", "+", "@en",
    "^^xsd:integer", "_:b1", "é", "油", "𝄞", "²", "٣", "_", "%20", "a.b.", "·", "\u2028", "\x85", "\ufeff", "&&",
)  # fmt: skip


def random_cases(graph: Graph, seed: int, count: int) -> Case:
    """Other cases of the same kinds, made at random: texts of queries, words, rows, parts."""
    draw = random.Random(seed)  # noqa: S311 (no secret)
    texts = ["".join(draw.choices(_PIECES, k=draw.randint(1, 14))) for _ in range(count)]
    letters = "abcdefgilnoprst_"
    words = ["".join(draw.choices(letters, k=draw.randint(1, 9))) for _ in range(count // 4)]
    changed = [_changed(draw, word) for word in sorted(WORDS)]
    names = ["x", "y"]
    answers = []
    for _ in range(count // 20):
        rows = [[draw.choice((*TERMS, None)) for _ in names] for _ in range(draw.randint(0, 12))]
        answers.append(_answer("SELECT * { }", names, rows))
    return {
        "prefixes": prefixes(),
        "tokens": [[text, [[token.kind, token.text] for token in tokens(text)]] for text in texts],
        "screened": [{"text": text, "told": _refusal(text)} for text in texts],
        "explained": list(_readings(texts)),
        "nearest": [_nearest(word, sorted(WORDS)) for word in (*words, *changed)],
        "answers": answers,
        "rdf": _rdf(graph, [*_some(graph, draw, 8), (list(graph.statements), [])]),
    }


def _changed(draw: random.Random, word: str) -> str:
    place = draw.randrange(len(word))
    return word[:place] + draw.choice(("", "x", word[place] * 2)) + word[place + 1 :]


def _readings(texts: Iterable[str]) -> Iterator[Case]:
    for text in texts:
        asked = f"SELECT * {{ {text} }}"
        if _refusal(asked) is None:
            case = _explained(asked)
            if case["message"] is not None:
                yield case


def file() -> str:
    """The file of the cases that are kept."""
    return json.dumps(cases(), ensure_ascii=False, indent=1) + "\n"


if __name__ == "__main__":
    CASES.write_text(file(), encoding="utf-8", newline="\n")
