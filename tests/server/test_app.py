"""The server over HTTP, as a client of any kind meets it."""

from __future__ import annotations

import asyncio
import json
import threading
import time
from typing import Any
from xml.etree import ElementTree as ET

import httpx
import pyoxigraph as ox
import pytest

from trabecula import formats, values
from trabecula.formats import rdf
from trabecula.graph import Graph
from trabecula.server import documents
from trabecula.server.pool import Pool

ROWS = "SELECT ?s ?o { ?s tb:activates ?o } ORDER BY ?s"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
E = "https://w3id.org/trabecula/entity/"


def ask(client: httpx.Client, query: str, accept: str = "*/*", **more: str) -> httpx.Response:
    return client.get("/sparql", params={"query": query, **more}, headers={"Accept": accept})


# --- Answers --------------------------------------------------------------------------------


def test_rows_are_written_in_four_syntaxes(client: httpx.Client) -> None:
    pth, mg, cell = f"{E}pth", f"{E}magnesium", "http://purl.obolibrary.org/obo/CL_0000062"
    bindings = ask(client, ROWS).json()["results"]["bindings"]
    assert [(row["s"]["value"], row["o"]["value"]) for row in bindings] == [(mg, cell), (pth, cell)]
    assert ask(client, ROWS, "text/csv").text == f"s,o\r\n{mg},{cell}\r\n{pth},{cell}\r\n"
    tsv = ask(client, ROWS, "text/tab-separated-values").text
    assert tsv == f"?s\t?o\n<{mg}>\t<{cell}>\n<{pth}>\t<{cell}>\n"
    xml = ET.fromstring(ask(client, ROWS, "application/sparql-results+xml").content)  # noqa: S314
    assert len(xml.findall(".//{*}result")) == 2


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("text/turtle", "TURTLE"),
        ("application/n-triples", "N_TRIPLES"),
        ("application/rdf+xml", "RDF_XML"),
        ("application/ld+json", "JSON_LD"),
        ("application/n-quads", "N_QUADS"),
        ("application/trig", "TRIG"),
    ],
)
def test_triples_are_written_in_six_syntaxes(client: httpx.Client, accept: str, kind: str) -> None:
    response = ask(client, "DESCRIBE entity:magnesium", accept)
    assert response.headers["content-type"].partition(";")[0] == accept
    triples = {q.triple for q in ox.parse(response.content, format=getattr(ox.RdfFormat, kind))}
    nt = ask(client, "DESCRIBE entity:magnesium", "application/n-triples").content
    assert triples == {q.triple for q in ox.parse(nt, format=ox.RdfFormat.N_TRIPLES)}
    assert len(triples) > 5


def test_a_syntax_can_be_named_in_the_address(client: httpx.Client) -> None:
    assert ask(client, "ASK {}", BROWSER, format="csv").text == "true"


def test_what_no_syntax_suits_is_not_acceptable(client: httpx.Client) -> None:
    assert ask(client, "ASK {}", "image/png").status_code == 406
    response = ask(client, "DESCRIBE entity:pth", "text/csv")
    assert response.status_code == 406
    assert "text/turtle" in response.text


def test_the_dataset_is_the_one_that_the_request_names(client: httpx.Client) -> None:
    graph = "https://w3id.org/trabecula/nanopub/survey#assertion"
    everything = ask(client, "SELECT * { ?s ?p ?o }").json()["results"]["bindings"]
    part = client.get(
        "/sparql", params={"query": "SELECT * { ?s ?p ?o }", "default-graph-uri": graph}
    )
    assert 0 < len(part.json()["results"]["bindings"]) < len(everything)
    none = client.get("/sparql", params={"query": "ASK { ?s ?p ?o }", "named-graph-uri": graph})
    assert none.json()["boolean"] is False
    both = "ASK { GRAPH ?g { ?s ?p ?o } FILTER NOT EXISTS { ?s ?p ?o } }"
    named = client.get("/sparql", params={"query": both, "named-graph-uri": graph})
    assert named.json()["boolean"] is True


# --- Refusals -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "status", "message"),
    [
        ("SELECT ?x { ?x", 400, "line 1, column 11: this { is never closed"),
        ("SELECT ?x { ?x foo:bar ?y }", 400, "unknown prefix foo"),
        ("ASK { SERVICE <http://localhost/> { } }", 400, "SERVICE is refused"),
        ("INSERT DATA { <a:a> <a:a> 1 }", 400, "INSERT is refused"),
        ("LOAD <file:///etc/passwd>", 400, "LOAD is refused"),
        (f"ASK {'{' * 2000} {'}' * 2000}", 400, "nested more than 100 deep"),
        (f"ASK {{ ?s {'<a:b>/' * 9000}<a:b> ?o }}", 400, "nested too deeply, for the engine"),
        ("SELECT * { ?a ?b ?c . ?d ?e ?f }", 422, "the answer has more than 1,000 rows"),
        ("CONSTRUCT { ?a ?b ?f } { ?a ?b ?c . ?d ?e ?f }", 422, "more than 1,000 rows"),
        ("#" * 65_537, 413, "the query has 65537 bytes"),
    ],
    ids=lambda value: str(value)[:24],
)
def test_what_is_refused_says_why(
    client: httpx.Client, query: str, status: int, message: str
) -> None:
    response = client.post("/sparql", data={"query": query})
    assert (response.status_code, response.headers["content-type"]) == (
        status,
        "text/plain; charset=utf-8",
    )
    assert message in response.text
    assert ask(client, "ASK {}").json()["boolean"] is True


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        (None, "text/plain; charset=utf-8"),
        ("*/*", "text/plain; charset=utf-8"),
        ("text/csv", "text/plain; charset=utf-8"),
        ("text/html,application/xhtml+xml,*/*;q=0.8", "text/plain; charset=utf-8"),
        ("application/json", "application/problem+json"),
        ("application/sparql-results+json, text/plain;q=0.1", "text/plain; charset=utf-8"),
        ("application/problem+json", "application/problem+json"),
    ],
)
@pytest.mark.parametrize("path", ["/sparql?query=ASK&format=json", "/entity/no-such", "/nothing"])
def test_who_asks_for_json_is_told_in_json_why_there_is_no_answer(
    client: httpx.Client, path: str, accept: str | None, kind: str
) -> None:
    request = client.build_request("GET", path, headers={"Accept": accept or ""})
    if accept is None:
        del request.headers["Accept"]
    response = client.send(request)
    assert response.status_code in (400, 404, 406)
    assert response.headers["content-type"] == kind
    if kind == "application/problem+json":
        problem = response.json()
        assert set(problem) == {"status", "title", "detail"}
        assert problem["status"] == response.status_code
        text = problem["detail"]
    else:
        text = response.text.removesuffix("\n")
    assert text
    assert not text.startswith("{")


def test_from_reads_no_file(client: httpx.Client) -> None:
    query = "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }"
    assert ask(client, query).json()["results"]["bindings"] == []


def test_a_character_that_xml_cannot_hold_is_an_error(client: httpx.Client) -> None:
    query = 'SELECT ("\\u0001" AS ?x) {}'
    assert ask(client, query, "application/sparql-results+xml").status_code == 400
    assert ask(client, query).status_code == 200


def test_other_methods_are_refused(client: httpx.Client) -> None:
    for method in ("PUT", "DELETE", "PATCH", "TRACE"):
        response = client.request(method, "/sparql")
        assert response.status_code == 405
        assert response.headers["allow"] == "GET, HEAD, POST, OPTIONS"


def test_a_query_may_begin_with_the_mark_of_an_editor_and_is_not_packed(
    client: httpx.Client,
) -> None:
    kind = {"Content-Type": "application/sparql-query"}
    marked = client.post("/sparql", content="\ufeffASK {}".encode(), headers=kind)
    assert marked.json()["boolean"] is True
    packed = {**kind, "Content-Encoding": "gzip"}
    assert client.post("/sparql", content=b"ASK {}", headers=packed).status_code == 415


def test_a_large_body_is_refused(client: httpx.Client) -> None:
    assert client.post("/sparql", data={"query": "#" * 300_000}).status_code == 413


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost", 200),
        ("LOCALHOST:80", 200),
        ("127.0.0.1:1234", 200),
        ("[::1]:80", 200),
        ("evil.example", 421),
        ("localhost.evil.example", 421),
        ("", 421),
        ("localhost:", 200),
        ('localhost:80"><script>', 421),
        ("evil.example@localhost", 421),
        ("localhost/evil.example", 421),
    ],
)
def test_only_requests_for_this_host_are_answered(
    client: httpx.Client, host: str, status: int
) -> None:
    assert client.get("/sparql", headers={"Host": host}).status_code == status


# --- Headers --------------------------------------------------------------------------------


def test_an_answer_that_a_client_has_is_not_sent_again(client: httpx.Client) -> None:
    first = ask(client, ROWS)
    tag = first.headers["etag"]
    again = client.get(
        "/sparql", params={"query": ROWS}, headers={"If-None-Match": f'"x", {tag}', "Accept": "*/*"}
    )
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    other = client.get(
        "/sparql", params={"query": ROWS}, headers={"If-None-Match": tag, "Accept": "text/csv"}
    )
    assert (other.status_code, other.headers["vary"]) == (200, "Accept")


@pytest.mark.parametrize("call", ["NOW()", "RAND()", "UUID()", "STRUUID()", "BNODE()"])
def test_what_changes_from_time_to_time_has_no_tag(client: httpx.Client, call: str) -> None:
    response = ask(client, f"SELECT ({call} AS ?x) {{}}")
    assert "etag" not in response.headers
    assert response.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    "path", ["/sparql?query=ASK%7B%7D", "/health", "/entity/pth", "/api/show?name=pth"]
)
def test_head_is_get_without_a_body(client: httpx.Client, path: str) -> None:
    get, head = client.get(path), client.head(path)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-length"] == get.headers["content-length"]
    assert head.headers["content-type"] == get.headers["content-type"]


def test_addresses_have_the_scheme_that_a_proxy_was_asked_by(client: httpx.Client) -> None:
    """And none that nobody can have been asked by."""
    for told, scheme in (("https", "https"), ("javascript", "http"), ("https, http", "http")):
        given = {"X-Forwarded-Proto": told, "Accept": "text/turtle"}
        text = client.get("/sparql", headers=given).text
        assert f"<{scheme}://{client.base_url.host}:{client.base_url.port}/sparql>" in text


def test_other_sites_may_read_but_send_no_credentials(client: httpx.Client) -> None:
    response = client.get("/sparql", headers={"Origin": "https://other.example"})
    assert response.headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-credentials" not in response.headers
    preflight = client.options(
        "/sparql",
        headers={"Origin": "https://o.example", "Access-Control-Request-Method": "POST"},
    )
    assert preflight.status_code == 204
    assert preflight.headers["access-control-allow-methods"] == "GET, HEAD, POST"


@pytest.mark.parametrize(
    "path", ["/sparql", "/health", "/entity/pth", "/entity/none", "/api/search?text=x", "/nothing"]
)
def test_nothing_that_is_sent_can_run(client: httpx.Client, path: str) -> None:
    headers = client.get(path, headers={"Accept": BROWSER}).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["content-security-policy"].startswith("default-src 'none'")
    assert "unsafe-inline" not in headers["content-security-policy"]


def test_health_says_what_is_served(client: httpx.Client, small: Graph) -> None:
    facts = client.get("/health").json()
    assert facts["status"] == "ok"
    assert (facts["statements"], facts["entities"]) == (len(small), len(small.entities))
    assert facts["quads"] == len(list(rdf.quads(small)))


# --- Things ---------------------------------------------------------------------------------


def test_an_entity_is_a_page_rdf_or_json_as_is_asked(client: httpx.Client, small: Graph) -> None:
    for accept, kind in (
        (BROWSER, "text/html"),
        ("text/turtle", "text/turtle"),
        ("application/ld+json", "application/ld+json"),
        ("application/json", "application/json"),
        ("application/ld+json, application/json;q=0.5, */*;q=0.1", "application/ld+json"),
    ):
        response = client.get("/entity/pth", headers={"Accept": accept})
        assert response.headers["content-type"].partition(";")[0] == kind
    assert client.get("/entity/pth.json").json() == json.loads(
        json.dumps(values.entity(small, small.entities["pth"]))
    )
    data = client.get("/entity/pth.ttl").content
    triples = {q.triple for q in ox.parse(data, format=ox.RdfFormat.TURTLE)}
    assert any(t.subject == ox.NamedNode(f"{E}pth") for t in triples)
    assert {
        q.triple
        for q in ox.parse(client.get("/entity/pth.jsonld").content, format=ox.RdfFormat.JSON_LD)
    } == triples


def test_entities_with_a_prefix_are_found_too(client: httpx.Client) -> None:
    assert client.get("/entity/CL:0000062", headers={"Accept": BROWSER}).status_code == 200
    assert client.get("/entity/CL%3A0000062.ttl").status_code == 200


def test_statements_and_sources_are_pages_too(client: httpx.Client, small: Graph) -> None:
    for key, statement in small.statements.items():
        page = client.get(f"/statement/{key}", headers={"Accept": BROWSER})
        assert small.sentence(statement).replace("<", "&lt;") in page.text
    for key in small.sources:
        assert client.get(f"/source/{key}", headers={"Accept": BROWSER}).status_code == 200


def test_every_link_of_a_page_leads_somewhere(client: httpx.Client) -> None:
    import re

    seen: set[str] = set()
    ahead = ["/entity/magnesium"]
    while ahead:
        path = ahead.pop()
        response = client.get(path, headers={"Accept": BROWSER})
        assert response.status_code == 200, path
        seen.add(path)
        if response.headers["content-type"].startswith("text/html"):
            for link in re.findall(
                r'href="(/(?:entity|statement|source|assets)[^"#]*)"', response.text
            ):
                if link not in seen and link not in ahead:
                    ahead.append(link)
    assert len(seen) > 30


def test_texts_of_the_graph_are_text_on_a_page(client: httpx.Client) -> None:
    page = client.get("/entity/fish-oil", headers={"Accept": BROWSER}).text
    assert "</script>" not in page
    assert "<b>more</b>" not in page
    assert "&lt;b&gt;more&lt;/b&gt;" in page


@pytest.mark.parametrize(
    "name", ["nobody", "magnesum", "../etc/passwd", "%00", "a" * 3000, "pth.exe"]
)
def test_what_is_not_there_is_not_found(client: httpx.Client, name: str) -> None:
    response = client.get(f"/entity/{name}", headers={"Accept": "text/html"})
    assert response.status_code == 404


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/entity/PTH", "there is no entity 'PTH'; did you mean pth?"),
        ("/entity/nobody", "there is no entity 'nobody'"),
        ("/source/nobody", "there is no source 'nobody'"),
    ],
)
def test_whose_address_is_misspelt_is_told_the_address_that_may_be_meant(
    client: httpx.Client, path: str, told: str
) -> None:
    """By any of its names, as everywhere; nothing is told where nothing comes near."""
    assert client.get(path).text == f"{told}\n"


def test_the_graph_can_be_had_whole(client: httpx.Client, small: Graph) -> None:
    for accept, name in (
        ("text/turtle", "ttl"),
        ("application/n-triples", "nt"),
        ("application/rdf+xml", "rdfxml"),
        ("application/ld+json", "jsonld"),
        ("application/n-quads", "nq"),
        ("application/trig", "trig"),
    ):
        assert client.get("/dump", headers={"Accept": accept}).content == formats.render(
            small, name
        )
    assert client.get("/dump.graphml").content == formats.render(small, "graphml")
    assert client.get("/dump?format=sif").content == formats.render(small, "sif")
    assert client.get("/dump?format=exe").status_code == 400


def test_the_dataset_is_described(client: httpx.Client) -> None:
    for _ in range(30):  # a machine that is busy says when to come again
        answer = client.get("/.well-known/void")
        if answer.status_code != 503:
            break
        time.sleep(int(answer.headers["retry-after"]))
    data = answer.content
    triples = [q.triple for q in ox.parse(data, format=ox.RdfFormat.TURTLE)]
    void = "http://rdfs.org/ns/void#"
    pairs = {
        (t.predicate.value.removeprefix(void), getattr(t.object, "value", "")) for t in triples
    }
    base = str(client.base_url).rstrip("/")
    assert ("sparqlEndpoint", f"{base}/sparql") in pairs
    dumps = {value for name, value in pairs if name == "dataDump"}
    assert {client.get(dump).status_code for dump in dumps} == {200}
    assert not any("release:" in value for _, value in pairs)


def test_a_description_that_takes_long_keeps_nobody_waiting(
    serving: Any, small: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a large graph all that it has is counted; meanwhile others are answered."""
    counted = threading.Event()
    own = Pool.aside

    async def slow(pool: Pool, request: dict[str, Any], timeout: float) -> Any:
        await asyncio.to_thread(counted.wait, 60)
        return await own(pool, request, timeout)

    monkeypatch.setattr(Pool, "aside", slow)
    monkeypatch.setattr(documents, "_PATIENCE_SECONDS", 0.01)
    with serving(small, workers=1, warm=True) as address, httpx.Client(base_url=address) as client:
        early = client.get("/.well-known/void", timeout=60)
        assert (early.status_code, early.headers["retry-after"]) == (503, "2")
        assert early.text == "the description is being made; ask again in a moment\n"
        assert ask(client, "ASK {}").json()["boolean"] is True
        counted.set()
        monkeypatch.setattr(documents, "_PATIENCE_SECONDS", 60)
        void = client.get("/.well-known/void", timeout=60)
        assert (void.status_code, void.headers["content-type"]) == (
            200, "text/turtle; charset=utf-8",
        )  # fmt: skip


def test_a_description_that_cannot_be_made_says_why(
    serving: Any, small: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(documents, "_COUNT_SECONDS", 0.0)
    with serving(small, workers=1) as address:
        for _ in range(2):
            response = httpx.get(f"{address}/.well-known/void", timeout=60)
            assert (response.status_code, response.text) == (503, "it takes too long\n")


def test_what_is_asked_again_is_not_worked_out_again(
    serving: Any, small: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    own = Pool.ask

    async def ask_and_tell(pool: Pool, request: dict[str, Any], *more: Any) -> Any:
        asked.append(request["do"])
        return await own(pool, request, *more)

    monkeypatch.setattr(Pool, "ask", ask_and_tell)
    with serving(small, workers=1) as address, httpx.Client(base_url=address, timeout=60) as client:
        first, again = ask(client, ROWS), ask(client, ROWS)
        assert first.content == again.content
        assert dict(first.headers) == dict(again.headers) | {"date": first.headers["date"]}
        assert [client.get("/entity/pth.ttl").status_code for _ in range(2)] == [200, 200]
        assert asked == ["sparql", "thing"]
        assert ask(client, ROWS, "text/csv").text != first.text  # which is another answer
        ids = {ask(client, "SELECT (UUID() AS ?x) {}").text for _ in range(2)}
        assert len(ids) == 2
        assert [ask(client, "ASK {").status_code for _ in range(2)] == [400, 400]
        assert len(asked) == 7


def test_the_explorer_is_the_page_of_the_graph(client: httpx.Client) -> None:
    page = client.get("/")
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    policy = page.headers["content-security-policy"]
    assert policy in page.text.replace("&#39;", "'")
    assert "sha256-" in policy


def test_the_server_answers_nothing_else(client: httpx.Client) -> None:
    for path in ("/etc/passwd", "/assets/../app.py", "/assets/base.html.j2", "/.git/config"):
        assert client.get(path).status_code == 404
