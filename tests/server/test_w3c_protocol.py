"""The W3C's tests of the SPARQL 1.1 Protocol and of the Service Description."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import httpx
import pyoxigraph as ox
import pytest
import rdflib
from rdflib.collection import Collection

from trabecula.graph import Graph

MF = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
HT = rdflib.Namespace("http://www.w3.org/2011/http#")
CNT = rdflib.Namespace("http://www.w3.org/2011/content#")
SD = "http://www.w3.org/ns/sparql-service-description#"

#: What the description of a service must say, beside that it can be had.
DESCRIPTION = ("description-is-rdf", "description-has-endpoint", "description-conforms")


class Case(str):
    """The name of a test, and the folder of the suite."""

    folder: Path


def cases(folder: Path) -> list[Case]:
    """The tests of queries: those of updates that are to be done are not for this endpoint."""
    read = manifest(folder)
    (entries,) = read.objects(None, MF.entries)
    names = [str(entry).rpartition("#")[2] for entry in Collection(read, entries)]
    chosen = [name for name in names if name.startswith(("query_", "bad_"))]
    assert (len(names), len(chosen)) == (34, 27)
    made = [Case(name) for name in (*chosen, *DESCRIPTION)]
    for case in made:
        case.folder = folder
    return made


@cache
def manifest(folder: Path) -> rdflib.Graph:
    text = (folder / "protocol" / "manifest.ttl").read_text("utf-8")
    return rdflib.Graph().parse(data=text, publicID="http://suite/", format="turtle")


@pytest.fixture(scope="module")
def endpoint(serving: Any) -> Iterator[httpx.Client]:
    """The endpoint with the three graphs of the suite, and nothing else."""
    folder = Path(os.environ["TRABECULA_SUITES"], "sparql11")
    quads = b""
    for number in (1, 2, 3):
        graph = f" <http://kasei.us/2009/09/sparql/data/data{number}.rdf> .\n".encode()
        data = (folder / "protocol" / f"data{number}.nt").read_bytes()
        lines = filter(None, map(bytes.strip, data.splitlines()))
        quads += b"".join(line.removesuffix(b".").rstrip() + graph for line in lines)
    with (
        serving(Graph(), workers=1, quads=quads) as address,
        httpx.Client(base_url=address, timeout=60) as made,
    ):
        yield made


def test_the_protocol_is_that_of_the_w3c(endpoint: httpx.Client, case: Case) -> None:
    if case in DESCRIPTION:
        _describes(endpoint, case)
        return
    read = manifest(case.folder)
    (test,) = {s for s in read.subjects(MF.name) if str(s).endswith(f"#{case}")}
    (action,) = read.objects(test, MF.action)
    (requests,) = read.objects(action, HT.requests)
    for request in Collection(read, requests):
        _send(endpoint, read, request)


def _send(endpoint: httpx.Client, read: rdflib.Graph, request: Any) -> None:
    def value(subject: Any, predicate: Any, default: str = "") -> str:
        return str(read.value(subject, predicate, default=default))

    headers = {}
    listed = read.value(request, HT.headers)
    for header in Collection(read, listed) if listed else ():
        headers[value(header, HT.fieldName)] = value(header, HT.fieldValue)
    body = read.value(request, HT.body)
    content = None
    if body is not None:
        encoding = value(body, CNT.characterEncoding, "UTF-8")
        content = value(body, CNT.chars).encode(encoding)
    response = endpoint.request(
        value(request, HT.methodName),
        value(request, HT.absolutePath),
        headers=headers,
        content=content,
    )
    expected = read.value(request, HT.resp)
    statuses = {
        str(status).rpartition("StatusCode")[2][0]
        for status in read.objects(expected, MF.expectedStatus)
    }
    assert str(response.status_code)[0] in statuses, response.text
    form = read.value(expected, MF.expectedFormat)
    if form is not None:
        kind = response.headers["content-type"].partition(";")[0]
        assert (
            kind
            in {
                "boolean": {"application/sparql-results+json", "application/sparql-results+xml"},
                "tabular": {"application/sparql-results+json", "application/sparql-results+xml"},
                "RDF": {"text/turtle", "application/rdf+xml", "application/n-triples"},
            }[str(form)]
        )
    boolean = read.value(expected, MF.expectedBoolean)
    if boolean is not None:
        assert json.loads(response.content)["boolean"] == boolean.toPython()


def _describes(endpoint: httpx.Client, case: str) -> None:
    response = endpoint.get("/sparql")
    assert response.headers["content-type"] == "text/turtle; charset=utf-8"
    triples = [quad.triple for quad in ox.parse(response.content, format=ox.RdfFormat.TURTLE)]
    by = {t.predicate.value.removeprefix(SD): t for t in triples}
    kinds = {(t.subject, t.object.value) for t in triples if t.predicate.value.endswith("#type")}
    if case == "description-is-rdf":
        assert len(triples) > 10
    elif case == "description-has-endpoint":
        (address,) = [t for t in triples if t.predicate.value == f"{SD}endpoint"]
        assert address.object.value == f"{str(endpoint.base_url).rstrip('/')}/sparql"
    else:  # a service has an endpoint, a language, formats, and a dataset with a default graph
        service, dataset = by["endpoint"].subject, by["defaultDataset"].object
        assert by["supportedLanguage"].object.value == f"{SD}SPARQL11Query"
        assert by["resultFormat"].subject == by["defaultDataset"].subject == service
        assert by["defaultGraph"].subject == dataset
        assert {
            (service, f"{SD}Service"),
            (dataset, f"{SD}Dataset"),
            (by["defaultGraph"].object, f"{SD}Graph"),
        } <= kinds
