"""The drawer in which a page is asked in SPARQL: answers are those of `trabecula query`."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pyoxigraph as ox
import pytest

from trabecula.graph import Graph
from trabecula.model import Entity, Evidence, Statement
from trabecula.sparql import Result, Session, bind, library

Show = Callable[..., Any]

#: Values for parameters that must be given.
GIVEN = {"text": "magnesium"}
#: Every fact with every other, five times over: even of a small graph more than any time allows.
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o }"
#: The text that is given to be saved when a button is clicked.
GIVES = """(button) => new Promise((done) => {
  const [make, click] = [URL.createObjectURL, HTMLAnchorElement.prototype.click];
  let given = null;
  URL.createObjectURL = (blob) => make.call(URL, (given = blob));
  HTMLAnchorElement.prototype.click = () => {
    URL.createObjectURL = make;
    HTMLAnchorElement.prototype.click = click;
    done(given.text());
  };
  button.click();
})"""


class Drawer:
    """The drawer of an open page."""

    def __init__(self, opened: Any) -> None:
        self.opened = opened
        self.page = opened.page

    def open(self) -> Drawer:
        """Open it as a reader does, and wait until it can be asked."""
        self.page.locator("#ask").click()
        return self.ready()

    def ready(self) -> Drawer:
        """Wait until it can be asked."""
        self.page.wait_for_selector("#drawer[data-engine=ready]")
        return self

    @property
    def engine(self) -> str:
        """What the engine does: off, starting, ready or asking."""
        engine: str = self.page.locator("#drawer").get_attribute("data-engine")
        return engine

    @property
    def text(self) -> str:
        """What stands in the editor."""
        return "\n".join(self.page.locator("#drawer .cm-line").all_text_contents())

    def empty(self) -> None:
        """Take away what stands in the editor."""
        self.page.locator("#drawer .cm-content").click()
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.press("Delete")

    def write(self, query: str) -> None:
        """Write a query in place of what stands in the editor."""
        self.empty()
        # As text that is pasted, for the editor closes brackets that are typed.
        self.page.keyboard.insert_text(query)
        self.page.keyboard.press("Escape")

    def complete(self, typed: str) -> None:
        """Type the beginning of a query and wait for what it may go on with."""
        self.empty()
        self.page.keyboard.type(typed)
        # While it looks anew for what is typed, the list that stands there is disabled.
        self.page.locator(
            "#drawer .cm-tooltip-autocomplete:not(.cm-tooltip-autocomplete-disabled) li"
        ).first.wait_for()
        # And it takes nothing that has only just appeared, by the clock of the page.
        self.page.evaluate("new Promise((done) => setTimeout(done, 150))")

    def choose(self, title: str) -> None:
        """Choose an example by its title."""
        box = self.page.get_by_role("combobox", name="Examples")
        box.fill(title)
        box.press("Enter")

    def run(self) -> Drawer:
        """Run the query and wait for the answer."""
        self.page.get_by_role("button", name="Run", exact=True).click()
        return self.done()

    def done(self) -> Drawer:
        """Wait for the answer, or for what is said in its place."""
        self.page.wait_for_selector("#drawer .answer[aria-busy=false]")
        return self

    @property
    def mistake(self) -> str:
        """What is said to be wrong; empty where nothing is."""
        mistake = self.page.locator("#drawer .mistake")
        return (mistake.text_content() or "") if mistake.is_visible() else ""

    def rows(self) -> list[list[str]]:
        """The cells that are shown."""
        rows: list[list[str]] = self.page.locator("#drawer tbody tr").evaluate_all(
            "rows => rows.map((row) => [...row.cells].map((cell) => cell.textContent))"
        )
        return rows

    def file(self, name: str) -> str:
        """The file that a button of the answer gives to the browser, which does not save it."""
        button = self.page.locator("#drawer .give").get_by_role("button", name=name, exact=True)
        text: str = button.evaluate(GIVES)
        return text

    def download(self, name: str) -> str:
        """The same as it is saved by the browser."""
        with self.page.expect_download() as download:
            self.page.locator("#drawer .give").get_by_role("button", name=name, exact=True).click()
        with Path(download.value.path()).open(encoding="utf-8", newline="") as file:
            return file.read()


def drawer_of(show: Show, graph: Graph | Path, fragment: str = "", **options: Any) -> Drawer:
    return Drawer(show(graph, fragment, **options))


@pytest.fixture(scope="module")
def kept(keep: Show, part_page: Path) -> Drawer:
    """The drawer of one page of a part of the shipped graph, which takes a while to start."""
    return Drawer(keep(part_page)).open()


@pytest.fixture
def shared(kept: Drawer) -> Drawer:
    """The same, opened again beside a graph in which nothing is selected."""
    kept.opened.go("")
    return kept.open()


@pytest.fixture(scope="module")
def kept_small(keep: Show, small: Graph) -> Drawer:
    """The drawer of one page of a graph with one of everything."""
    return Drawer(keep(small)).open()


@pytest.fixture
def asked(kept_small: Drawer) -> Drawer:
    """The same, opened again beside a graph in which nothing is selected."""
    kept_small.opened.go("")
    return kept_small.open()


@pytest.fixture(scope="module")
def completing(keep: Show) -> Drawer:
    """The drawer of one page of a graph in which each name begins otherwise."""
    graph = Graph(
        [
            Entity(id="magnesium", name="magnesium", category="chemical", synonyms=("Mg²⁺",)),
            Entity(id="pth", name="PTH", category="protein", synonyms=("parathyroid hormone",)),
            Entity(id="bmd", name="bone mineral density", category="trait"),
            Statement(
                subject="magnesium",
                predicate="requires",
                object="pth",
                evidence=(
                    Evidence(source="PMID:1", strength="direct"),
                    Evidence(source="PMID:2", strength="direct", stance="disputes"),
                ),
            ),
        ]
    )
    return Drawer(keep(graph)).open()


@pytest.fixture(scope="module")
def session(part: Graph) -> Iterator[Session]:
    with Session(part) as session:
        yield session


def answer_of(drawer: Drawer, form: str) -> Any:
    """What the page answers: a word, a set of triples, or the files of the rows."""
    if form == "ask":
        return drawer.opened.text("#drawer .verdict-ask")
    if form == "construct":
        return frozenset(ox.parse(drawer.file("Turtle"), format=ox.RdfFormat.TURTLE))
    return drawer.file("CSV"), json.loads(drawer.file("JSON"))


def answer(result: Result) -> Any:
    """What Python answers, in the form of `answer_of`."""
    if result.form == "ask":
        return "Yes" if result.answer else "No"
    if result.form == "construct":
        return frozenset(ox.parse(result.serialise("ttl"), format=ox.RdfFormat.TURTLE))
    return result.serialise("csv"), json.loads(result.serialise("json"))


# --- Answers ------------------------------------------------------------------------------------


def test_every_query_of_the_library_has_the_answer_of_python(
    shared: Drawer, part: Graph, session: Session
) -> None:
    drawer = shared
    for query in library().values():
        given = {p.name: GIVEN[p.name] for p in query.parameters if p.default is None}
        expected = session.query(bind(query, given, part))
        drawer.choose(query.title)
        for name, value in given.items():
            drawer.page.locator(f"#drawer [data-parameter={name}]").fill(value)
        drawer.run()
        assert (query.name, drawer.mistake) == (query.name, "")
        assert drawer.page.locator("#drawer .warnings li").all_text_contents() == [], query.name
        assert answer_of(drawer, expected.form) == answer(expected), query.name
    assert drawer.opened.blameless


ASKED = [
    "SELECT ?s ?o { ?s tb:requires ?o }",
    "SELECT * { ?s tb:sign ?sign ; tb:status ?status OPTIONAL { ?s tb:topic ?topic } }",
    "SELECT ?status (COUNT(?s) AS ?n) (AVG(?k) AS ?mean) { ?s tb:status ?status ; tb:supportingSources ?k } GROUP BY ?status",
    "SELECT ?x { ?x tb:inhibits+ ?y } ORDER BY DESC(STR(?x)) LIMIT 7",
    "SELECT ?g ?s { GRAPH ?g { ?s tb:requires entity:magnesium } }",
    "SELECT ?x ?y { VALUES (?x ?y) { (1 'a') (UNDEF 'ö\"') (2.5 UNDEF) (<urn:x> 'x'@en) } }",
    "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
    "ASK { entity:vitamin-d-activation tb:requires entity:magnesium }",
    "ASK { entity:magnesium tb:requires entity:atp }",
    "PREFIX e: <https://w3id.org/trabecula/entity/> DESCRIBE e:atp",
    "CONSTRUCT { ?s tb:about ?o } { ?s rdf:object ?o ; tb:status 'contested' }",
    "SELECT ?x FROM <http://example.org/none> { ?x ?y ?z }",
]


@pytest.mark.parametrize("text", ASKED)
def test_other_queries_have_the_answer_of_python(
    shared: Drawer, session: Session, text: str
) -> None:
    expected = session.query(text)
    shared.write(text)
    shared.run()
    assert shared.mistake == ""
    warnings = shared.page.locator("#drawer .warnings li").all_text_contents()
    assert warnings == list(expected.warnings)
    assert answer_of(shared, expected.form) == answer(expected)
    assert shared.opened.blameless


# --- From the answer to the graph ---------------------------------------------------------------


def test_a_row_leads_to_its_entity_and_its_statement(shared: Drawer, part: Graph) -> None:
    drawer = shared
    drawer.choose("What requires an entity")
    drawer.run()
    what, name, _, _, statement = drawer.rows()[0]
    drawer.page.get_by_role("button", name=what, exact=True).first.click()
    assert drawer.opened.text("#panel h2") == name
    drawer.page.get_by_role("button", name=statement, exact=True).first.click()
    assert drawer.page.url.endswith(f"&query={drawer.page.url.partition('&query=')[2]}")
    assert f"statement={statement.removeprefix('statement:')}" in drawer.page.url
    stated = part.statements[statement.removeprefix("statement:")]
    assert part.name(stated.object) in drawer.opened.text("#panel h2")
    assert drawer.opened.blameless


def test_the_answer_is_shown_in_the_graph(shared: Drawer, session: Session) -> None:
    text = "SELECT ?s { ?s rdf:predicate tb:increases ; tb:status 'contested' } LIMIT 3"
    drawer = shared
    drawer.write(text)
    drawer.run()
    drawer.page.get_by_role("button", name="Show these in the graph").click()
    shown = drawer.page.evaluate("new URLSearchParams(location.hash.slice(1)).getAll('with')")
    local = "https://w3id.org/trabecula/statement/"
    rows = session.query(text).rows
    assert sorted(f"{local}{key}" for key in shown) == sorted(
        row[0].value for row in rows if row[0]
    )
    assert drawer.opened.blameless


def test_sources_lead_to_the_page_about_them(shared: Drawer) -> None:
    drawer = shared
    drawer.write(
        "SELECT ?source { ?source a tb:Source FILTER(CONTAINS(STR(?source), '/pubmed/')) } LIMIT 1"
    )
    drawer.run()
    ((source,),) = drawer.rows()
    link = drawer.page.locator("#drawer tbody a")
    assert link.get_attribute("href") == (
        f"https://pubmed.ncbi.nlm.nih.gov/{source.removeprefix('PMID:')}/"
    )
    assert link.get_attribute("rel") == "noopener noreferrer"


def test_columns_sort_by_value_and_more_rows_are_shown_on_demand(shared: Drawer) -> None:
    drawer = shared
    drawer.write("SELECT ?s ?n { ?s tb:supportingSources ?n } LIMIT 650")
    drawer.run()
    head = drawer.page.locator("#drawer th", has_text="n")
    assert len(drawer.rows()) == 500
    head.get_by_role("button").click()
    assert head.get_attribute("aria-sort") == "ascending"
    assert drawer.rows()[0][1] == "0"
    head.get_by_role("button").click()
    assert head.get_attribute("aria-sort") == "descending"
    numbers = [int(row[1]) for row in drawer.rows()]
    assert numbers == sorted(numbers, reverse=True)
    drawer.page.get_by_role("button", name="Show 150 more of 150 rows").click()
    assert len(drawer.rows()) == 650


# --- Mistakes and limits ------------------------------------------------------------------------

MISTAKES = [
    (
        "SELECT ?x {\n  ?s ?p ?o . FILTRE(?x) }",
        "line 2, column 14: FILTRE is no word of SPARQL; did you mean FILTER or TRUE?",
    ),
    ("SELECT * { ?s ?p ?o", "line 1, column 10: this { is never closed"),
    (
        "SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }",
        "line 1, column 12: SERVICE is refused: nothing is fetched",
    ),
    (
        "LOAD <http://example.org/>",
        "line 1, column 1: LOAD is refused: queries read (SELECT, ASK, CONSTRUCT, DESCRIBE) and "
        "never change the data",
    ),
    (
        "DELETE WHERE { ?s ?p ?o }",
        "line 1, column 1: DELETE is refused: queries read (SELECT, ASK, CONSTRUCT, DESCRIBE) and "
        "never change the data",
    ),
    ("# nothing", "the query is empty"),
]


@pytest.mark.parametrize(("text", "told"), MISTAKES)
def test_a_mistake_is_told_as_python_tells_it(shared: Drawer, text: str, told: str) -> None:
    shared.write(text)
    shared.run()
    assert shared.mistake == told
    marked = shared.page.locator("#drawer .cm-lintRange-error, #drawer .cm-lintPoint-error")
    assert (marked.count() > 0) == ("line" in told)
    assert shared.opened.blameless


def test_the_place_of_a_mistake_is_a_button_that_goes_there(asked: Drawer) -> None:
    drawer = asked
    drawer.write("ASK {\n  ?x FILTRE ?y }")
    drawer.run()
    drawer.page.get_by_role("button", name="line 2, column 6").click()
    drawer.page.keyboard.type("#")
    assert drawer.text == "ASK {\n  ?x #FILTRE ?y }"
    assert drawer.mistake == ""


def test_what_finds_nothing_by_mistake_is_warned_of(asked: Drawer) -> None:
    drawer = asked
    drawer.write('SELECT * { entity:magnesum tb:actvates ?x ; tb:status "contestd" }')
    drawer.run()
    assert drawer.page.locator("#drawer .warnings li").all_text_contents() == [
        "the graph has no entity:magnesum; did you mean entity:magnesium?",
        "nothing in the graph's RDF uses tb:actvates; did you mean tb:activates?",
        'tb:status is never "contestd"; did you mean contested?',
    ]


def test_a_query_is_stopped_and_the_next_one_answered(asked: Drawer) -> None:
    drawer = asked
    drawer.write(ENDLESS)
    drawer.page.keyboard.press("ControlOrMeta+Enter")
    stop = drawer.page.get_by_role("button", name="Stop")
    stop.wait_for()
    drawer.page.wait_for_selector("#drawer[data-engine=asking]")
    stop.click()
    drawer.done().ready()
    assert drawer.opened.text("#drawer .empty").startswith("Stopped after ")
    drawer.write("ASK { ?s ?p ?o }")
    drawer.run()
    assert drawer.opened.text("#drawer .verdict-ask") == "Yes"
    assert drawer.opened.blameless


def test_closing_the_drawer_stops_its_query(asked: Drawer) -> None:
    drawer = asked
    drawer.write(ENDLESS)
    drawer.page.keyboard.press("ControlOrMeta+Enter")
    drawer.page.wait_for_selector("#drawer[data-engine=asking]")
    drawer.page.get_by_role("button", name="Stop").press("Escape")
    drawer.page.wait_for_selector("#drawer[data-engine=ready]", state="attached")
    assert drawer.page.locator("#drawer").is_hidden()
    assert drawer.opened.blameless


def test_a_query_that_takes_too_long_is_ended(show: Show, tiny: Graph) -> None:
    drawer = drawer_of(show, tiny).open()
    # A limit shorter than those on offer, so that the test need not wait for one.
    drawer.page.evaluate(
        "document.querySelector('#drawer .limit option').setAttribute('value', '0.2')"
    )
    drawer.page.get_by_label("Time limit").select_option("0.2")
    drawer.write(ENDLESS)
    drawer.run()
    assert drawer.mistake == "the query took longer than 0.2 s"
    drawer.ready()
    assert drawer.opened.blameless


# --- The editor ---------------------------------------------------------------------------------

COMPLETED = [
    ("ASK { ?x tb:requi", "ASK { ?x tb:requires}"),
    ("ASK { ?x tb:activates Mg²", "ASK { ?x tb:activates entity:magnesium}"),
    ("ASK { ?x tb:activates bone mineral", "ASK { ?x tb:activates entity:bmd}"),
    ("ASK { entity:parath", "ASK { entity:pth}"),
    ('ASK { ?x tb:status "cont', 'ASK { ?x tb:status "contested"}'),
    ("SELECT ?osteoblast { ?ost", "SELECT ?osteoblast { ?osteoblast}"),
    ("CONSTR", "CONSTRUCT"),
    ("ASK { ?x sko", "ASK { ?x skos:}"),
]


@pytest.mark.parametrize(("typed", "completed"), COMPLETED)
def test_words_are_completed(completing: Drawer, typed: str, completed: str) -> None:
    completing.complete(typed)
    completing.page.keyboard.press("Enter")
    assert completing.text == completed
    assert completing.opened.blameless


def test_the_drawer_is_used_by_keyboard_alone(show: Show, tiny: Graph) -> None:
    drawer = drawer_of(show, tiny)
    page = drawer.page
    page.keyboard.press("q")
    drawer.ready()
    page.wait_for_selector("#drawer .cm-content:focus")
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.insert_text("SELECT ?s { ?s a tb:Statement }")
    page.keyboard.press("ControlOrMeta+Enter")
    drawer.done()
    assert page.locator("#drawer .sum strong").text_content() == "6 rows"
    # Tab leaves the editor, and so does Escape.
    page.keyboard.press("Tab")
    page.wait_for_selector("#drawer .buttons .main:focus")
    # The editor closes what it suggests a moment after it was left; else Escape would only do that.
    page.evaluate("new Promise((done) => setTimeout(done, 50))")
    page.keyboard.press("Shift+Tab")
    page.wait_for_selector("#drawer .cm-content:focus")
    page.keyboard.press("Escape")
    page.wait_for_selector("#drawer .buttons .main:focus")
    height = page.locator("#drawer").bounding_box()["height"]
    page.locator("#drawer .grip").focus()
    page.keyboard.press("ArrowDown")
    assert page.locator("#drawer").bounding_box()["height"] == height - 24
    page.keyboard.press("Escape")
    assert page.locator("#drawer").is_hidden()
    page.wait_for_selector("#ask:focus")
    assert "query" not in page.url
    page.keyboard.press("Enter")
    page.wait_for_selector("#drawer .cm-content:focus")
    assert drawer.text == "SELECT ?s { ?s a tb:Statement }"
    assert drawer.opened.blameless


def test_parameters_fill_the_query_in(shared: Drawer) -> None:
    drawer = shared
    drawer.choose("What requires an entity")
    box = drawer.page.locator("#drawer [data-parameter=entity]")
    box.fill("calcitri")
    drawer.page.get_by_role("option", name="calcitriol").first.wait_for()
    box.press("Enter")
    assert "rdf:object entity:calcitriol ;" in drawer.text
    box.fill("no such thing")
    box.press("Tab")
    assert drawer.mistake == "no entity of this graph is called “no such thing”"
    assert box.get_attribute("aria-invalid") == "true"
    # What was changed by hand is kept from the form, until it is undone.
    box.fill("ATP")
    box.press("Tab")
    assert "rdf:object entity:atp ;" in drawer.text
    drawer.write("ASK { }")
    assert box.is_disabled()
    drawer.page.get_by_role("button", name="Undo my changes to the text").click()
    assert "rdf:object entity:atp ;" in drawer.text
    assert box.is_enabled()
    assert drawer.opened.blameless


def test_a_value_that_is_needed_is_asked_for(asked: Drawer) -> None:
    drawer = asked
    drawer.choose("Entities with a text in their name")
    drawer.page.get_by_role("button", name="Run", exact=True).click()
    assert drawer.mistake == "text is missing: what to look for"
    drawer.page.wait_for_selector("#drawer [data-parameter=text]:focus")
    drawer.page.keyboard.type("hormone")
    drawer.run()
    assert [row[1] for row in drawer.rows()] == ["PTH"]
    assert drawer.opened.blameless


# --- Links --------------------------------------------------------------------------------------


def test_a_link_fills_the_drawer_and_starts_nothing(show: Show, tiny: Graph) -> None:
    text = "SELECT ?x {\n  ?x tb:requires entity:atp\n}"
    drawer = drawer_of(show, tiny, f"#query={quote(text)}")
    drawer.page.wait_for_selector("#drawer .cm-content")
    drawer.page.wait_for_timeout(300)
    assert drawer.text == text
    assert drawer.engine == "off"
    assert drawer.page.workers == [worker for worker in drawer.page.workers if "blob" in worker.url]
    assert drawer.opened.text("#drawer .answer").startswith("The answer will stand here.")
    drawer.run()
    assert drawer.download("CSV").startswith("x\r\n")
    assert drawer.opened.blameless


def test_the_text_is_in_the_address_and_back_brings_the_last_one(asked: Drawer) -> None:
    drawer = asked
    drawer.write("ASK { ?one ?two ?three }")
    drawer.run()
    assert (
        f"query={quote('ASK { ?one ?two ?three }', safe='').replace('%20', '+')}" in drawer.page.url
    )
    drawer.page.go_back()
    drawer.page.locator("#drawer").wait_for(state="hidden")
    drawer.page.go_forward()
    drawer.page.locator("#drawer").wait_for()
    assert drawer.text == "ASK { ?one ?two ?three }"
    assert drawer.opened.blameless


# --- Other graphs -------------------------------------------------------------------------------


def test_a_graph_that_cannot_be_said_in_rdf_has_no_drawer(show: Show) -> None:
    graph = Graph([Entity(id="https://a b", name="no IRI", category="cell")])
    opened = show(graph)
    assert opened.page.locator("#ask").count() == 0
    assert opened.blameless


def test_texts_of_a_graph_are_shown_as_text(show: Show) -> None:
    evil = '"><img src=x onerror=window.PWNED=1></script><script>window.PWNED=1</script>'
    graph = Graph(
        [
            Entity(id="a", name=evil, category="cell", synonyms=("evil",)),
            Statement(
                subject="a",
                predicate="requires",
                object="a",
                evidence=(Evidence(source="PMID:1", summary=evil),),
            ),
        ]
    )
    drawer = drawer_of(show, graph).open()
    drawer.write("SELECT * { ?s ?p ?o }")
    drawer.run()
    shown = [cell for row in drawer.rows() for cell in row]
    assert shown.count(evil) == 2  # the name and the summary
    drawer.complete("ASK { evil")
    assert drawer.page.evaluate("window.PWNED") is None
    assert drawer.opened.blameless


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_drawer_on_a_phone_covers_no_more_than_the_page(
    show: Show, tiny: Graph, scheme: str
) -> None:
    drawer = drawer_of(show, tiny, width=390, height=844, color_scheme=scheme).open()
    drawer.run()
    box = drawer.page.locator("#drawer").bounding_box()
    assert box["width"] == 390
    assert box["y"] > 100
    assert drawer.page.evaluate("document.documentElement.scrollWidth") == 390
    assert drawer.opened.blameless
