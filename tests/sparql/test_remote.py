"""An endpoint as the engine: what is sent, what comes back, and what no endpoint can do to us.

The endpoint is a server of this module on this machine. By its path it answers as an engine that
holds a graph does, or in one of the ways in which servers fail or mean harm.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

import pyoxigraph as ox
import pytest
from click.testing import CliRunner, Result

from trabecula import selection, sparql
from trabecula.cli import main
from trabecula.errors import NotFound, QueryError
from trabecula.formats import rdf
from trabecula.graph import Graph
from trabecula.model import About, Entity, Evidence, Predicate, Source, Statement
from trabecula.sparql import extracting, fetching
from trabecula.sparql.clock import Deadline
from trabecula.sparql.remote import Endpoint

JSON = "application/sparql-results+json"
ROW = b'{"head":{"vars":["x"]},"results":{"bindings":[{"x":{"type":"literal","value":"1"}}]}}'


@dataclass
class Server:
    """A server, the answers of its paths, and what it was asked."""

    url: str
    answers: dict[str, Callable[[BaseHTTPRequestHandler, str], None]] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str], str]] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)

    def gives(self, data: bytes, kind: str = JSON, status: int = 200, **headers: str) -> str:
        """The address of an endpoint that gives this answer."""

        def answer(handler: BaseHTTPRequestHandler, _: str) -> None:
            handler.send_response(status)
            handler.send_header("Content-Type", kind)
            if "Content_Length" not in headers:
                handler.send_header("Content-Length", str(len(data)))
            for name, value in headers.items():
                handler.send_header(name.replace("_", "-"), value)
            handler.end_headers()
            handler.wfile.write(data)

        return self.does(answer)

    def does(self, answer: Callable[[BaseHTTPRequestHandler, str], None]) -> str:
        """The address of an endpoint that does this."""
        path = f"/{len(self.answers)}"
        self.answers[path] = answer
        return self.url + path

    def holds(self, graph: Graph) -> str:
        """The address of an engine that has loaded the RDF of a graph and knows nothing of us."""
        store = ox.Store()
        store.load(rdf.render(graph, "nq"), format=ox.RdfFormat.N_QUADS)

        def answer(handler: BaseHTTPRequestHandler, text: str) -> None:
            solutions = store.query(text)
            if isinstance(solutions, ox.QueryTriples):
                kind, data = (
                    "application/n-triples",
                    solutions.serialize(format=ox.RdfFormat.N_TRIPLES),
                )
            else:
                kind, data = JSON, solutions.serialize(format=ox.QueryResultsFormat.JSON)
            handler.send_response(200)
            handler.send_header("Content-Type", kind)
            handler.end_headers()
            handler.wfile.write(data)

        return self.does(answer)


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            path = self.path.partition("?")[0]
            text = parse_qs(body)["query"][0]
            endpoint.asked.append((self.path, dict(self.headers), text))
            endpoint.answers[path](self, text)

        def log_message(self, *_: object) -> None:
            pass

    class Quiet(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_: object) -> None:
            pass  # those who ask hang up on what means harm

    serving = Quiet(("127.0.0.1", 0), Handler)
    endpoint = Server(f"http://127.0.0.1:{serving.server_port}")
    thread = threading.Thread(target=serving.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield endpoint
    endpoint.over.set()
    serving.shutdown()
    thread.join()
    serving.server_close()


@pytest.fixture(autouse=True)
def _without_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY"):
        monkeypatch.delenv(name, raising=False)


def ask(
    url: str, text: str = "SELECT ?x {}", *, timeout: float = 20, limit: int = 10_000
) -> sparql.Result:
    return Endpoint(url, limit=limit).query(text, timeout=timeout)


def refusal(url: str, text: str = "SELECT ?x {}", **more: float) -> str:
    """Why there is no answer, without the address."""
    with pytest.raises(QueryError) as caught:
        ask(url, text, **more)  # type: ignore[arg-type]
    return str(caught.value).replace(Endpoint(url).shown, "ENDPOINT")


def command(*arguments: str) -> Result:
    result = CliRunner().invoke(main, arguments)
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


# --- What is sent ---------------------------------------------------------------------------------


def test_the_query_is_posted_as_a_form_with_the_prefixes_it_uses(server: Server) -> None:
    ask(server.gives(ROW), "# one\nSELECT ?x { entity:atp tb:requires ?x ; own:p ex:y }")
    _, headers, text = server.asked[-1]
    assert text == (
        "PREFIX entity: <https://w3id.org/trabecula/entity/> "
        "PREFIX tb: <https://w3id.org/trabecula/ontology#> "
        "# one\nSELECT ?x { entity:atp tb:requires ?x ; own:p ex:y }"
    )
    assert headers["Content-Type"] == "application/x-www-form-urlencoded"
    assert headers["Accept"].startswith(JSON)
    assert "Authorization" not in headers
    ask(server.gives(b"", "application/n-triples"), "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o }")
    assert server.asked[-1][1]["Accept"].startswith("application/n-triples")


def test_what_a_query_declares_is_not_declared_again(server: Server) -> None:
    text = "PREFIX tb: <http://example.org/> SELECT ?x { ?x a tb:y }"
    ask(server.gives(ROW), text)
    assert server.asked[-1][2] == text


def test_a_password_is_sent_and_never_shown(server: Server) -> None:
    url = server.gives(b"no", "text/plain", 401).replace("//", "//me:s%40cret@") + "?key=hidden"
    result = command("query", "--engine", url, "ASK {}")
    assert result.exit_code == 2
    assert "answered 401 Unauthorized" in result.output
    assert not {"s@cret", "s%40cret", "me:", "hidden"} & {
        w
        for w in ("s@cret", "s%40cret", "me:", "hidden")
        if w in result.output + repr(Endpoint(url))
    }
    path, headers, _ = server.asked[-1]
    assert headers["Authorization"] == "Basic bWU6c0BjcmV0"
    assert path.endswith("?key=hidden")


@pytest.mark.parametrize(
    "text",
    ["DELETE WHERE { ?s ?p ?o }", "SELECT * { SERVICE <http://a.org/> { ?s ?p ?o } }", "", "x"],
)
def test_what_is_no_query_that_reads_is_not_sent(server: Server, text: str) -> None:
    before = len(server.asked)
    refusal(server.gives(ROW), text)
    assert len(server.asked) == before


@pytest.mark.parametrize(
    "url",
    ["ftp://a.org/", "https://", "https://a.org:x/", "https://a b/", "http://a.org/\nHost: b"],
)
def test_what_is_no_address_of_the_web_is_refused(url: str) -> None:
    with pytest.raises(QueryError, match="no address of an endpoint"):
        Endpoint(url)


# --- What comes back ------------------------------------------------------------------------------


def test_rows_are_terms_sorted_unless_the_query_says_how(server: Server) -> None:
    bindings = [
        {"a": {"type": "literal", "value": "b", "xml:lang": "en"}},
        {"a": {"type": "bnode", "value": "nodeID://b17"}, "b": {"type": "uri", "value": "http://a/"}},
        {"a": {"type": "typed-literal", "value": "2", "datatype": "http://www.w3.org/2001/XMLSchema#integer"}},
    ]  # fmt: skip
    body = json.dumps({"head": {"vars": ["a", "b"]}, "results": {"bindings": bindings}}).encode()
    rows = ask(server.gives(body)).rows
    shown = [["" if term is None else str(term) for term in row] for row in rows]
    assert shown == [
        ["_:b0", "<http://a/>"],
        ['"2"^^<http://www.w3.org/2001/XMLSchema#integer>', ""],
        ['"b"@en', ""],
    ]
    in_order = ask(server.gives(body), "SELECT ?a ?b {} ORDER BY ?a").rows
    assert [str(row[0]) for row in in_order] == [shown[2][0], "_:b0", shown[1][0]]


def test_yes_and_no_and_triples_come_back_too(server: Server) -> None:
    assert ask(server.gives(b'{"head":{},"boolean":true}'), "ASK {}").answer is True
    turtle = b'@prefix e: <http://e.org/> . e:b e:p "x" . e:a e:p e:b , [ e:p e:c ] .'
    triples = ask(
        server.gives(turtle, "text/turtle; charset=utf-8"), "DESCRIBE <http://e.org/a>"
    ).triples
    assert len(triples) == 4
    lines = b'<http://e.org/a> <http://e.org/p> "x" .\n'
    assert len(ask(server.gives(lines, "text/plain"), "CONSTRUCT WHERE { ?s ?p ?o }").triples) == 1


def test_a_question_is_sent_on_within_its_host_alone(server: Server) -> None:
    there = server.gives(ROW)
    for status in (301, 302, 307, 308):
        assert ask(server.gives(b"", status=status, Location=there)).rows
        assert server.asked[-1][2] == "SELECT ?x {}"
    assert refusal(server.gives(b"", status=307, Location="http://elsewhere.example/q?key=1")) == (
        "ENDPOINT has moved to http://elsewhere.example/q?…; name that if you trust it"
    )
    for location in ("file:///etc/passwd", "ftp://127.0.0.1/", "", "http://127.0.0.1/\x01"):
        message = refusal(server.gives(b"", status=307, Location=location))
        assert message == "ENDPOINT sends the question on to what is no address of the web"
    again = server.gives(b"", status=307, Location=f"{server.url}/{len(server.answers)}")
    assert refusal(again) == "ENDPOINT sends the question on more than 5 times"


# --- What fails, and what means harm --------------------------------------------------------------


def test_an_error_of_the_endpoint_is_told_in_a_line_that_commands_no_terminal(
    server: Server,
) -> None:
    page = b"<html><script>evil()</script><p>Parse error\nat \x1b[2J line 3</p>" + b"x" * 100_000
    message = refusal(server.gives(page, "text/html", 400))
    assert message.startswith(
        "ENDPOINT answered 400 Bad Request: Parse error at \\x1b[2J line 3 xxx"
    )
    assert len(message) < 600
    assert refusal(server.gives(b"", status=503)) == "ENDPOINT answered 503 Service Unavailable"


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"<sparql/>", "Expecting value: line 1 column 1 (char 0)"),
        (ROW[:-9], "delimiter: line 1 column 77 (char 76)"),
        (b"\xff\xfe", ""),
        (b"[" * 9_000, ""),  # too deep for some versions of Python, and without an end for all
        (b"[]", "it is no object"),
        (b"{}", "it has neither head and results nor a boolean"),
        (b'{"head":{"vars":"x"},"results":{"bindings":[]}}', "its variables and bindings are no lists"),
        (ROW.replace(b"[{", b"[[{").replace(b"}]", b"}]]"), "a row is no object"),
        (ROW.replace(b'"literal"', b'"\\u001b"'), "a term is of type '\\x1b'"),
        (ROW.replace(b'"1"', b"1"), "a term has no value"),
        (ROW.replace(b"literal", b"uri"), "'1' is no IRI"),
        (ROW.replace(b'"value":"1"', b'"value":"\\ud800"'), ""),
    ],
)  # fmt: skip
def test_an_answer_that_is_damaged_is_an_error(server: Server, data: bytes, what: str) -> None:
    message = refusal(server.gives(data))
    assert message.startswith("ENDPOINT: the answer cannot be read: ")
    assert what in message
    assert message.isprintable()


def test_triple_terms_are_refused_however_deep_they_are(server: Server) -> None:
    deep = (
        b'{"head":{"vars":["x"]},"results":{"bindings":[{"x":'
        + b'{"type":"triple","value":{"subject":' * 500
    )
    with pytest.raises(QueryError):
        ask(server.gives(deep + b"1" + b"}}" * 500 + b"}]}}"), limit=10**6)
    lines = b"<http://a/> <http://b/> " + b"<<( <http://a/> <http://b/> " * 5000
    assert "triple terms" in refusal(
        server.gives(lines, "application/n-triples"), "DESCRIBE ?x {}", limit=10**6
    )
    line = b"<http://a/> <http://b/> <<( <http://a/> <http://b/> <http://c/> )>> .\n"
    assert "RDF 1.2" in refusal(server.gives(line, "application/n-triples"), "DESCRIBE ?x {}")


def test_an_answer_of_another_kind_is_an_error(server: Server) -> None:
    message = refusal(server.gives(b"<p>hello</p>", "text/html"))
    assert message == (
        f"ENDPOINT answered with text/html, not with {JSON}; is this the address of a SPARQL endpoint?"
    )
    assert refusal(server.gives(ROW), "ASK {}") == "ENDPOINT: this is no answer to ASK"
    assert "packed its answer (gzip)" in refusal(server.gives(b"", Content_Encoding="gzip"))


def test_an_answer_that_breaks_off_is_an_error_and_no_shorter_answer(server: Server) -> None:
    lines = b'<http://a/> <http://b/> "x" .\n' * 2
    cut = server.gives(lines, "application/n-triples", Content_Length="70")
    assert refusal(cut, "DESCRIBE ?x {}") == "ENDPOINT: the answer breaks off after 60 of 70 bytes"

    def piecemeal(handler: BaseHTTPRequestHandler, _: str) -> None:
        handler.protocol_version = "HTTP/1.1"
        handler.send_response(200)
        handler.send_header("Content-Type", "application/n-triples")
        handler.send_header("Transfer-Encoding", "chunked")
        handler.end_headers()
        handler.wfile.write(b"1e\r\n" + lines[:30] + b"\r\n1e\r\n" + lines[:9])
        handler.close_connection = True

    assert refusal(server.does(piecemeal), "DESCRIBE ?x {}") == "ENDPOINT: the answer breaks off"


def test_an_answer_without_end_is_left_at_the_limit(server: Server) -> None:
    def endless(handler: BaseHTTPRequestHandler, _: str) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", JSON)
        handler.end_headers()
        while not server.over.is_set():
            handler.wfile.write(b" " * 65536)

    too_large = "ENDPOINT: the answer is larger than 1 MiB; narrow the query or add LIMIT"
    assert refusal(server.does(endless), limit=1024**2) == too_large
    claimed = server.gives(b"", Content_Length=str(10**12))
    assert refusal(claimed, limit=1024**2) == too_large


@pytest.mark.parametrize(
    "begins", [b"", b"HTTP/1.0 200 OK\r\nX-Slow: ", b"HTTP/1.0 200 OK\r\n\r\n{"]
)
def test_a_slow_answer_is_left_at_the_deadline(server: Server, begins: bytes) -> None:
    def slow(handler: BaseHTTPRequestHandler, _: str) -> None:
        handler.wfile.write(begins)
        while not server.over.wait(0.05):  # a byte now and then, so that no read waits for long
            if begins:
                handler.wfile.write(b" ")

    assert refusal(server.does(slow), timeout=0.3) == "the query took longer than 0.3 s"


def test_nobody_there_and_what_speaks_no_http_are_told(server: Server) -> None:
    with ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler) as closed:
        gone = f"http://127.0.0.1:{closed.server_port}/"
    assert "nobody answers there: the connection is refused" in refusal(gone)
    secure = server.url.replace("http:", "https:")
    assert "no secure connection" in refusal(secure)

    def silent(handler: BaseHTTPRequestHandler, _: str) -> None:
        handler.close_connection = True

    assert refusal(server.does(silent)) == "ENDPOINT: it closed the connection without an answer"

    def other(handler: BaseHTTPRequestHandler, _: str) -> None:
        handler.wfile.write(b"\x1b]0;SSH-2.0\r\n\r\n")

    assert refusal(server.does(other)) == "ENDPOINT: what it answers is no HTTP: BadStatusLine"


# --- A graph of ours there ------------------------------------------------------------------------


@pytest.fixture(scope="module")
def graph() -> Graph:
    """A graph with a namespace and words of its own."""
    about = About(
        title="Mine",
        namespace="https://mine.example/",
        predicates=(
            Predicate(
                name="phosphorylates",
                label="phosphorylates",
                inverse="phosphorylated_by",
                inverse_label="is phosphorylated by",
                definition="Adds a phosphate.",
                sign=1,
                kind="changes",
                influence="forward",
            ),
        ),
    )
    paper = Source(id="PMID:1", title="A paper", study_type="rct")
    row = Evidence(
        source="PMID:1", stance="supports", strength="direct", method="rct", species="human"
    )
    return Graph(
        [
            about,
            paper,
            Entity(id="kras", name="K-Ras", category="protein", synonyms=("KRAS",)),
            Entity(id="raf", name="Raf", category="protein"),
            Entity(id="mek", name="MEK", category="protein", description="A kinase."),
            Statement(subject="kras", predicate="activates", object="raf", topic="ras", evidence=(row,)),
            Statement(subject="raf", predicate="phosphorylates", object="mek", evidence=(row,)),
            Statement(subject="mek", predicate="inhibits", object="kras"),
        ]
    )  # fmt: skip


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("acts-on", {"entity": "raf"}),
        ("acts-on", {"entity": "kras"}),
        ("who-requires", {"entity": "mek"}),
        ("statements-of-a-source", {"source": "pmid:1"}),
        ("steps-of-a-topic", {"topic": "ras"}),
        ("statements-by-predicate", {"predicate": "phosphorylates"}),
        ("between", {"from": "KRAS", "to": "MEK"}),
        ("find", {"text": "ras"}),
        ("construct-subgraph", {"entity": "mek"}),
        ("coverage-by-topic", {}),
    ],
)
def test_the_library_answers_there_as_it_does_here(
    server: Server, graph: Graph, name: str, given: dict[str, str]
) -> None:
    endpoint, query = Endpoint(server.holds(graph)), sparql.named(name)
    text, about = fetching.bound(endpoint, query, given, Deadline(20))
    assert about == graph.about
    there = endpoint.query(text, timeout=20, about=about)
    here = sparql.query(graph, sparql.bind(query, given, graph))
    assert (there.form, there.rows, there.triples) == (here.form, here.rows, here.triples)
    assert there.serialise("ttl" if here.triples else "csv") == here.serialise(
        "ttl" if here.triples else "csv"
    )


def test_a_name_that_is_not_there_is_an_error(server: Server, graph: Graph) -> None:
    with pytest.raises(NotFound, match="no entity is called 'magnesium'"):
        fetching.bound(Endpoint(server.holds(graph)), sparql.named("acts-on"), {}, Deadline(20))


def test_the_command_asks_an_endpoint(server: Server, graph: Graph) -> None:
    url = server.holds(graph)
    asked = ("query", "--name", "acts-on", "--param", "entity=K-Ras", "--engine", url)
    result = command(*asked)
    assert result.exit_code == 0, result.output
    assert "own:" not in result.output
    assert "Raf" in result.output
    for more in (("--graph", "."), ("--trust", "human")):
        result = command(*asked, *more)
        assert (result.exit_code, "--engine" in result.output) == (2, True)


@pytest.mark.parametrize(
    "text",
    [
        "all()", "near(magnesium)", "near(pth, 2) & !predicate(inhibits)", "subject(Mg) | object(BMD)",
        "status(contested, refuted)", "sign(+)", "sign(0)", "sources(1)", "influence()",
        "category(cell)", "predicate(requires)",
    ],
)  # fmt: skip
def test_a_part_of_the_graph_there_is_that_of_the_graph_here(
    server: Server, tiny: Graph, text: str
) -> None:
    records = fetching.Records(Endpoint(server.holds(tiny)), Deadline(20))
    here = as_stored(tiny.select(text))
    assert extracting.extracted(records, selection.parse(text)) == here


def as_stored(graph: Graph) -> Graph:
    """The graph with its numbers as an engine keeps decimals: without zeros at their end."""

    def plain(text: str) -> str:
        return text.rstrip("0").rstrip(".") if "." in text else text

    def kept(row: Evidence) -> Evidence:
        if row.effect is None:
            return row
        numbers = {name: plain(getattr(row.effect, name)) for name in ("value", "low", "high")}
        return replace(row, effect=replace(row.effect, **numbers))

    statements = [
        replace(statement, evidence=tuple(map(kept, statement.evidence)))
        for statement in graph.statements.values()
    ]
    return Graph([graph.about, *graph.entities.values(), *graph.sources.values(), *statements])


@pytest.mark.parametrize("text", ["topic(ras)", "topic(not stated)", "source(pmid:1)",
                                  "predicate(phosphorylates)", "category(protein) & sign(-)"])  # fmt: skip
def test_a_graph_with_a_namespace_is_extracted_too(server: Server, graph: Graph, text: str) -> None:
    result = command("extract", text, "-f", "ttl", "--engine", server.holds(graph))
    assert result.exit_code == 0, result.output
    assert result.stdout.encode() == rdf.render(graph.select(text), "ttl")


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("loop()", "loop() is not asked of an endpoint; there are all, near"),
        ("near(raf, x)", "'x' is no number of steps"),
        ("predicate(activtes)", "did you mean activates"),
        ("topic(rsa)", "unknown topic"),
        ("source(PMID:2)", "unknown source"),
        ("statement(s0)", "no statement has the id 's0'"),
        ("category(dragon)", "unknown category"),
    ],
)
def test_what_cannot_be_extracted_is_an_error(
    server: Server, graph: Graph, text: str, what: str
) -> None:
    result = command("extract", text, "--engine", server.holds(graph))
    assert (result.exit_code, what in result.output) == (2, True), result.output
