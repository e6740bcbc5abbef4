"""Graphs and addresses come from anywhere: whatever they say is shown as text and never runs."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree

import pytest

from trabecula.graph import Graph
from trabecula.model import Entity, Evidence, Source, Statement, Xref

Show = Callable[..., Any]

PAYLOADS = {
    "end of script": "</script><script>window.PWNED=1</script>",
    "image": "<img src=x onerror=window.PWNED=1>",
    "attribute": '"><svg onload=window.PWNED=1>',
    "single quote": "' onmouseover='window.PWNED=1",
    "address": "javascript:window.PWNED=1",
    "data address": "data:text/html,<script>window.PWNED=1</script>",
    "template": "{{7*7}}{% raw %}${7*7}",
    "comment": "<!--<script>window.PWNED=1//-->",
    "style": "</style><style>*{background:url(https://example.org/)}",
    "line separator": "a\u2028window.PWNED=1\u2029b",
    "link": '<a href="https://example.org" onclick="window.PWNED=1">href</a>',
    "frame": "<iframe srcdoc='<script>parent.PWNED=1</script>'></iframe>",
    "refresh": "<meta http-equiv=refresh content='0;url=https://example.org/'>",
    "prototype": "__proto__",
    "constructor": "constructor",
    "address parts": "a,b;c:d/e?f&g=h#i%20+\\j`",
    "lines": "one\ntwo\r\nthree\tfour",
    "control": "a\x00b\x1bc",
    "override": "\u202eesrever\u202d \u200f\u2066x",
    "astral": "𝔹𝕠𝕟𝕖 🦴 e\u0301",
    "sparql": "> } ; DROP ALL # \" ''' \\",
}
NAMES = tuple(PAYLOADS)

#: What must be true of the page whatever a graph holds.
HARM = """() => {
  const all = [...document.querySelectorAll("*")];
  return {
    ran: window.PWNED ?? null,
    elements: all.filter((one) => one.matches("img, iframe, object, embed, base, form[action], link:not([rel=icon]), meta[http-equiv=refresh i]")).length,
    styles: document.querySelectorAll("style").length - window.STYLES,
    scripts: [...document.querySelectorAll("script:not([type='text/plain'])")].length,
    handlers: all.flatMap((one) => [...one.attributes]).filter((one) => one.name.startsWith("on")).length,
    links: all.filter((one) => one.hasAttribute("href")).map((one) => one.getAttribute("href"))
      .filter((one) => !/^(https:\\/\\/[a-z]|#|data:,$)/.test(one)),
  };
}"""
HARMLESS = {"ran": None, "elements": 0, "styles": 0, "scripts": 1, "handlers": 0, "links": []}


def ids(name: str) -> tuple[str, str]:
    """The ids of two entities: the payload itself, and one that only begins with it."""
    return PAYLOADS[name], f"{PAYLOADS[name]}2"


def records(name: str) -> list[Entity | Source | Statement]:
    """Records with the payload in every field there is."""
    text = PAYLOADS[name]
    row = {
        "method": text,
        "species": text,
        "system": text,
        "context": ((text, text),),
        "summary": text,
        "locator": text,
    }
    first, other = ids(name)
    evidence = (
        Evidence(source=text, stance="supports", strength=text, **row),  # type: ignore[arg-type]
        Evidence(source=f"unknown {text}", stance="disputes", strength=text, **row),  # type: ignore[arg-type]
        Evidence(source=text, stance="qualifies", strength="asserted", **row),  # type: ignore[arg-type]
    )
    return [
        *(
            Entity(
                id=key,
                name=text,
                category=text,
                xrefs=(Xref(text, text, text), Xref("exact", f"CHEBI:{text}", text)),
                synonyms=(text, f"again {text}"),
                description=text,
                taxon=text,
            )
            for key in (first, other)
        ),
        Source(
            id=text,
            title=text,
            kind=text,
            study_type=text,
            year=text,
            authors=(text, text),
            journal=text,
            organism=text,
            xrefs=(text, f"PMID:{text}", f"doi:10.1/{text}"),
            url=text,
            reference=text,
            note=text,
        ),
        Statement(
            subject=first,
            predicate=text,
            object=other,
            qualifiers=((text, text),),
            topic=text,
            evidence=evidence,
        ),
        # A loop and a conflict, so that what is found in a graph names them too.
        Statement(subject=first, predicate="increases", object=other, evidence=evidence[:1]),
        Statement(subject=first, predicate="decreases", object=other, evidence=evidence[:1]),
        Statement(subject=other, predicate="increases", object=first, evidence=evidence[:1]),
    ]


@pytest.fixture(scope="module")
def graph() -> Graph:
    return Graph([record for name in NAMES for record in records(name)])


@pytest.fixture(scope="module")
def opened(keep: Show, graph: Graph) -> Any:
    """The page of all of them, under a title of all of them."""
    opened = keep(graph, title=" ".join(PAYLOADS.values()))
    opened.page.evaluate("window.STYLES = document.querySelectorAll('style').length")
    return opened


def check(opened: Any) -> None:
    assert opened.page.evaluate(HARM) == HARMLESS
    assert opened.blameless


def test_the_title_is_text(opened: Any) -> None:
    # Of these two the parser of HTML has its own opinion.
    expected = " ".join(PAYLOADS.values()).replace("\x00", "").replace("\r\n", "\n")
    assert opened.text("h1") == expected
    check(opened)


@pytest.mark.parametrize("name", NAMES)
def test_nothing_in_a_graph_runs_or_becomes_markup(opened: Any, graph: Graph, name: str) -> None:
    text, page = PAYLOADS[name], opened.page
    first, other = ids(name)
    opened.go(f"#scene=near&of={quote(first)}&entity={quote(first)}")
    assert opened.text("#panel h2") == text
    assert text in opened.text(".synonyms")
    assert text in opened.text(".identifiers")
    assert text in page.locator("#panel p").all_text_contents()
    assert page.locator("#mechanism .box").count() == 2
    check(opened)

    page.mouse.move(0, 0)
    page.locator("#mechanism .box .outline").first.hover()
    assert text in opened.text("#tip")
    check(opened)

    words = [word for word in text.split() if any(map(str.isalnum, word))]
    page.locator("#search").fill(words[0][:12])
    assert page.locator("#found .name").count() >= 1
    check(opened)
    page.keyboard.press("Escape")

    stated = next(s for s in graph.out(first) if s.predicate == text)
    opened.go(f"#scene=near&of={quote(first)}&statement={stated.id}")
    assert page.locator(".evidence .summary").all_text_contents() == [text] * 3
    assert page.locator("cite").all_text_contents().count(text) >= 1
    check(opened)

    for scene in (
        f"paths&from={quote(first)}&to={quote(other)}",
        f"whatif&down={quote(first)}",
        f"whatif&down={quote(first)}&entity={quote(other)}",
    ):
        opened.go(f"#scene={scene}")
        assert page.locator("#panel .line, #panel .route").count() >= 1
        assert text in opened.text("#panel")
        check(opened)

    opened.go(f"#view=table&scene=near&of={quote(first)}")
    assert page.locator("#table tbody .name").all_text_contents() == [text] * 8
    check(opened)


def test_what_was_found_in_the_graph_is_text(opened: Any) -> None:
    page = opened.page
    for scene in ("loops", "conflicts", "all"):
        opened.go(f"#scene={scene}&view=table")
        page.locator("#panel .more").first.click()
        panel = opened.text("#panel")
        assert [name for name in NAMES if PAYLOADS[name] not in panel] == []
        check(opened)
        page.locator("#panel .line").first.click()
        opened.settle()
        check(opened)


def test_the_overview_and_the_legend_show_them_as_text(opened: Any) -> None:
    page = opened.page
    opened.go("#scene=all&view=overview")
    box = page.locator("#overview").bounding_box()
    for step in range(1, 10):
        page.mouse.move(box["x"] + box["width"] * step / 10, box["y"] + box["height"] / 2, steps=4)
    folded = page.locator("#filters details:not([open]) > summary")
    while folded.count():
        folded.first.click()
    labels = [" ".join(text.split()) for text in page.locator("#filters .name").all_text_contents()]
    assert [name for name in NAMES if " ".join(PAYLOADS[name].split()) not in labels] == []
    check(opened)
    page.get_by_role("button", name="Only", exact=False).first.click()
    opened.settle()
    check(opened)


def test_dialogs_show_them_as_text(opened: Any) -> None:
    page = opened.page
    opened.go("#scene=all")
    page.locator("#about").click()
    folded = page.locator("dialog details:not([open]) > summary")
    while folded.count():
        folded.first.click()
    dialog = opened.text("dialog")
    assert [name for name in NAMES if PAYLOADS[name] not in dialog] == []
    check(opened)
    page.keyboard.press("Escape")


def test_a_picture_that_is_taken_away_holds_no_script(opened: Any, tmp_path: Path) -> None:
    page = opened.page
    opened.go(f"#scene=near&of={quote(PAYLOADS['end of script'])}&view=mechanism")
    page.locator("#take").click()
    with page.expect_download() as download:
        page.locator("[data-file=svg]").click()
    path = tmp_path / "picture.svg"
    download.value.save_as(path)
    root = ElementTree.fromstring(path.read_text(encoding="utf-8"))  # noqa: S314 (just made)
    used = {element.tag.rpartition("}")[2] for element in root.iter()}
    assert (
        used & {"script", "foreignObject", "image", "a", "style", "animate", "set", "use"} == set()
    )
    attributes = {name.rpartition("}")[2] for element in root.iter() for name in element.attrib}
    assert {
        name for name in attributes if name.startswith("on") or name in {"href", "style"}
    } == set()
    assert PAYLOADS["end of script"] in "".join(root.itertext())
    check(opened)
    page.keyboard.press("Escape")


def told() -> Graph:
    """A graph that can be said in RDF, with every payload in every field that is a text there."""
    sayable: list[Entity | Source | Statement] = []
    for number, text in enumerate(PAYLOADS.values()):
        sayable += [
            Entity(id=f"e{number}", name=text, category="cell", synonyms=(text,), description=text),
            Source(id=f"s{number}", title=text, authors=(text,), journal=text, note=text),
            Statement(
                subject=f"e{number}",
                predicate="increases",
                object=f"e{(number + 1) % len(PAYLOADS)}",
                evidence=(
                    Evidence(
                        source=f"s{number}", strength="direct", summary=text, locator=text,
                        context=(("dose", text),),
                    ),
                ),
            ),
        ]  # fmt: skip
    return Graph(sayable)


def test_completion_and_answers_in_sparql_are_text(show: Show) -> None:
    opened = show(told(), "#query=SELECT%20*%20%7B%20%3Fa%20%3Fb%20%3Fc%20%7D%20LIMIT%205000")
    page = opened.page
    page.evaluate("window.STYLES = document.querySelectorAll('style').length")
    page.wait_for_selector("#drawer .cm-content")
    # The editor brings the style of its own letters.
    page.evaluate("window.STYLES = document.querySelectorAll('style').length")
    page.locator("#drawer .button.main").click()
    page.wait_for_selector("#drawer .answer tbody tr")
    more = page.locator("#drawer .answer .rows > button")
    while more.is_visible():
        more.click()
    cells = set(page.locator("#drawer .answer td").all_text_contents())
    assert [name for name in NAMES if PAYLOADS[name] not in cells] == []
    check(opened)
    page.locator("#drawer .cm-content").click()
    page.keyboard.press("Control+A")
    page.keyboard.type("SELECT * { ?a tb:increases entity:e")
    page.keyboard.press("Control+Space")
    page.wait_for_selector(".cm-tooltip-autocomplete li")
    check(opened)
    page.keyboard.press("Escape")
    page.keyboard.type("</script><img src=x onerror=window.PWNED=1>")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector("#drawer .mistake:not([hidden])")
    check(opened)


PARAMETERS = [
    "view",
    "scene",
    "of",
    "from",
    "to",
    "path",
    "steps",
    "up",
    "down",
    "fixed",
    "follow",
    "id",
    "with",
    "plus",
    "minus",
    "pin",
    "hide-category",
    "hide-group",
    "hide-predicate",
    "hide-status",
    "hide-topic",
    "hide-study",
    "hide-species",
    "min",
    "loose",
    "statement",
    "entity",
    "query",
    "loop",
]
SCENES = ("", "all", "near", "paths", "whatif", "loops", "conflicts", "chosen")
#: No text of any kind: what cannot be decoded, before a scene is looked for, and what is no number.
BROKEN = ("%E0%A4%A", "%", "%ED%A0%80", "=&=&", "#" * 50)
NUMBERS = ("[object Object]", "-1", "1e999", "NaN")
#: One of each kind of place where a text could do harm: as markup, in an attribute, as an address,
#: in a selector or a query, as a key, and between the signs of an address itself. Every scene has
#: these; of the others, which are like one of them, each has two.
SHARPEST = ("image", "attribute", "single quote", "prototype", "address parts", "sparql")


def scenes_of(number: int, text: str) -> tuple[str, ...]:
    """The scenes that the address with the text of this number is opened at."""
    whole = text in NUMBERS or text in SHARPEST
    return SCENES if whole else (SCENES[number % len(SCENES)], SCENES[(number + 3) % len(SCENES)])


@pytest.mark.parametrize("name", [*NAMES, "broken"])
def test_a_hostile_address_runs_nothing_and_the_page_still_opens(opened: Any, name: str) -> None:
    texts = (*BROKEN, *NUMBERS) if name == "broken" else (name,)
    for number, text in enumerate(texts, start=0 if name == "broken" else NAMES.index(name)):
        value = quote(PAYLOADS[text]) if text in PAYLOADS else text
        for scene in scenes_of(number, text):
            rest = "&".join(f"{key}={value}" for key in PARAMETERS if key != "scene")
            opened.go(f"#scene={scene or value}&{rest}")
    check(opened)
    opened.go("")
    assert opened.page.locator("#drawer").is_hidden()
    check(opened)


def test_a_page_opened_at_a_hostile_address_says_that_it_knows_no_such_thing(
    show: Show, tiny: Graph
) -> None:
    text = quote(PAYLOADS["end of script"])
    opened = show(tiny, f"#scene=near&of={text}&entity={text}&plus={text}&query={text}")
    opened.page.evaluate("window.STYLES = document.querySelectorAll('style').length")
    assert opened.text("#notice") == "What this address names is not in this graph."
    check(opened)


#: Addresses that nobody could mean: what is shown at once, and the beginning of what is said.
LONG = {
    "query=" + "a" * 60_000: ("6 statements", ""),
    "query=" + "a" * 70_000: ("6 statements", "The query in this address has 70,000 characters"),
    "view=table&" + "&" * 300_000: ("6 statements", "This address has 300,011 characters"),
    "&".join(f"plus=n{n}&minus=m{n}&hide-category=c{n}" for n in range(5_000)): (
        "6 statements",
        "What this address names is not in this graph.",
    ),
    "scene=near&" + "&".join(f"of=n{n}" for n in range(20_000)): ("0 statements", "What this"),
    "scene=paths&from=" + "a" * 200_000: ("6 statements", "What this address names"),
}


@pytest.mark.parametrize("address", LONG, ids=lambda address: f"{address[:18]}-{len(address)}")
def test_an_address_of_any_length_shows_the_page_at_once(
    show: Show, tiny: Graph, address: str
) -> None:
    shown, notice = LONG[address]
    opened = show(tiny, f"#{address}")
    assert opened.text("#shown").startswith(shown)
    assert opened.text("#notice").startswith(notice)
    # Without a browser's own time for such an address; the pattern that coloured a long line took
    # more than twenty seconds.
    began = opened.page.evaluate("performance.timing.domInteractive - performance.timeOrigin")
    assert int(opened.page.evaluate("document.documentElement.dataset.drawn")) - began < 12_000
    assert max(opened.page.locator("#scene").evaluate("one => [one.scrollHeight]")) < 400
    assert opened.blameless


def test_links_lead_to_identifiers_and_to_the_addresses_of_sources_only(show: Show) -> None:
    addresses = (
        "https://example.org/paper",
        "http://example.org/plain",
        "ftp://example.org/file",
        "//example.org/relative",
        "file:///etc/passwd",
    )
    graph = Graph(
        [
            Entity(id="a", name="a", category="cell", xrefs=(Xref("exact", "CL:0000062"),)),
            Entity(id="b", name="b", category="cell", xrefs=(Xref("exact", "javascript:alert"),)),
            *(Source(id=f"s{n}", title="t", url=url) for n, url in enumerate(addresses)),
            Statement(
                subject="a",
                predicate="increases",
                object="b",
                evidence=(
                    Evidence(source="PMID:12345678", strength="direct", summary="It did."),
                    *(Evidence(source=f"s{n}", strength="direct") for n in range(len(addresses))),
                ),
            ),
        ]
    )
    opened = show(graph, f"#statement={next(iter(graph.statements))}")
    links = "all => all.map((one) => one.href)"
    assert sorted(set(opened.page.locator("#panel a").evaluate_all(links))) == [
        "https://example.org/paper",
        "https://pubmed.ncbi.nlm.nih.gov/12345678/",
    ]
    kept = "all => all.every((one) => one.rel === 'noopener noreferrer' && one.target === '_blank')"
    assert opened.page.locator("a[href^=https]").evaluate_all(kept)
    for key, expected in (("a", ["http://purl.obolibrary.org/obo/CL_0000062"]), ("b", [])):
        opened.go(f"#entity={key}")
        seen = opened.page.locator("#panel a").evaluate_all(links)
        assert [address.replace("https:", "http:") for address in seen] == expected
    assert opened.blameless
