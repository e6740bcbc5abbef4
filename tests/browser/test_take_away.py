"""What a reader takes away from the page is what Python gives for the same part of the graph."""

from __future__ import annotations

import base64
import csv
import json
import random
import re
import shlex
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from xml.etree import ElementTree

import networkx as nx
import pytest
import rdflib

from trabecula import cite, formats
from trabecula.graph import Graph
from trabecula.model import Entity, Evidence, Statement
from trabecula.page import view as pages
from trabecula.picture import style
from trabecula.version import __released__, __version__
from trabecula.vocabulary import CATEGORIES, METHODS, PREDICATES, SPECIES, STATUSES

Show = Callable[..., Any]

#: What the page takes away at some addresses, one after the other: its command, and the ids of the
#: statements in its JSON. Links are not followed, so that no file is written; and what stands
#: around the dialog is not drawn, for nothing of it is asked for.
TAKEN = """async (addresses) => {
  for (const id of ["stage", "panel", "legend"]) {
    document.getElementById(id).style.contentVisibility = "hidden";
  }
  let given = null, give = null;
  const make = URL.createObjectURL;
  URL.createObjectURL = (blob) => make.call(URL, (given = blob));
  HTMLAnchorElement.prototype.click = () => give(given);
  // The table is there at once: nobody has to wait until it is painted.
  const shown = (address) => new Promise((done) => {
    const before = location.hash;
    addEventListener("hashchange", done, { once: true });
    location.hash = address;
    if (location.hash === before) done();
  });
  const found = [];
  for (const address of addresses) {
    await shown(address);
    document.querySelector("#take").click();
    const selection = document.querySelector("#take-command").value;
    const button = document.querySelector("[data-file=json]");
    let ids = [];
    if (!button.disabled) {
      const file = new Promise((done) => { give = done; });
      button.click();
      ids = JSON.parse(await (await file).text()).edges.map((edge) => edge.key);
    }
    document.querySelector("#dialog").close();
    found.push([selection, ids]);
  }
  return found;
}"""


def open_dialog(opened: Any) -> Any:
    opened.page.locator("#take").click()
    opened.page.wait_for_selector("dialog[open]")
    return opened.page


def taken(opened: Any, suffix: str) -> tuple[str, bytes]:
    """The name and the bytes of the file that a button of the open dialog gives."""
    with opened.page.expect_download() as download:
        opened.page.locator(f"[data-file={suffix}]").click()
    path = download.value.path()
    return download.value.suggested_filename, Path(path).read_bytes()


def command(opened: Any) -> str:
    """The selection in the command that the open dialog gives."""
    return selection_in(opened.page.locator("#take-command").input_value())


def selection_in(text: str) -> str:
    words = shlex.split(text)
    assert words[:2] + words[3:] == ["trabecula", "extract", "-o", "part.ttl"]
    return words[2]


# --- Files ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("scene", "called"),
    [
        ("scene=near&of=calcitriol", "near-calcitriol"),
        ("scene=all&hide-status=supported&hide-group=raises", "all"),
    ],
)
def test_each_file_has_the_bytes_that_extract_writes(
    look: Show, part_page: Path, part: Graph, scene: str, called: str
) -> None:
    opened = look(part_page, f"#view=table&{scene}")
    open_dialog(opened)
    taken_away = part.select(command(opened))
    assert len(taken_away) > 40
    for suffix in ("ttl", "json", "graphml", "csv"):
        name, data = taken(opened, suffix)
        assert name == f"trabecula-{called}.{suffix}"
        assert data == formats.render(taken_away, suffix)
    assert opened.blameless


def test_the_files_read_back_in_the_tools_they_are_for(
    look: Show, part_page: Path, part: Graph, tmp_path: Path
) -> None:
    opened = look(part_page, "#view=table&scene=near&of=calcitriol")
    open_dialog(opened)
    scene = part.select("near(calcitriol)")
    files = {}
    for suffix in ("ttl", "json", "graphml", "csv"):
        files[suffix] = tmp_path / f"part.{suffix}"
        files[suffix].write_bytes(taken(opened, suffix)[1])
    for suffix in ("ttl", "json"):
        assert formats.load(files[suffix]) == scene
    triples = rdflib.Graph().parse(files["ttl"])
    biolink = rdflib.Namespace("https://w3id.org/biolink/vocab/")
    assert len(set(triples.subjects(rdflib.RDF.type, biolink.Association))) == len(scene)
    node_link = nx.node_link_graph(json.loads(files["json"].read_text("utf-8")), edges="edges")
    graphml = nx.read_graphml(files["graphml"], force_multigraph=True)
    for graph in (node_link, graphml):
        assert {key for _, _, key in graph.edges(keys=True)} == set(scene.statements)
        assert set(graph) == set(scene.entities)
    with files["csv"].open(encoding="utf-8", newline="") as stream:
        assert {row["id"] for row in csv.DictReader(stream)} == set(scene.statements)


def test_marks_of_every_kind_and_what_the_graph_only_names_survive(show: Show, tiny: Graph) -> None:
    graph = tiny | Graph(
        [
            Statement(
                subject="fish-oil",
                predicate="acts_somehow",
                object="mad/ü-x",
                qualifiers=(("sex", "female"), ("sex", "male")),
                evidence=(Evidence(source="nowhere", summary='=1+1, "quoted"'),),
            ),
            Statement(subject="mad/ü-x", predicate="increases", object="bmd"),
        ]
    )
    opened = show(graph, "#view=table&scene=all")
    open_dialog(opened)
    assert command(opened) == "all()"
    part = graph.select("all()")
    for suffix in ("json", "graphml", "csv"):
        assert taken(opened, suffix)[1] == formats.render(part, suffix)
    assert opened.page.locator("#take-sources").input_value() + "\n" == cite.text(
        part.sources.values()
    )


def test_a_character_that_no_file_may_hold_is_refused_with_its_code(show: Show) -> None:
    evil = Graph(
        [
            Entity(id="a", name="left\u202eright", category="cell"),
            Statement(subject="a", predicate="increases", object="b"),
        ]
    )
    opened = show(evil, "#view=table")
    page = open_dialog(opened)
    page.locator("[data-file=json]").click()
    assert opened.text(".voice") == (
        "JSON could not be made: a holds the character U+202E, which no file may hold."
    )


# --- Commands -------------------------------------------------------------------------------


def addresses() -> list[str]:
    """Addresses of all scenes, under filters of every kind, with entities brought in and hidden."""
    chance = random.Random(5)  # noqa: S311 (the same every time)
    entities = ["magnesium", "calcitriol", "osteoblast", "parathyroid-hormone", "bone-resorption"]
    scenes: list[list[tuple[str, str]]] = [
        [],
        [("scene", "all")],
        *([("scene", "near"), ("of", entity)] for entity in entities),
        [("scene", "near"), ("of", "calcitonin"), ("of", "osteoclast"), ("steps", "2")],
        [("scene", "paths"), ("from", "magnesium-deficiency"), ("to", "osteoporosis")],
        [("scene", "paths"), ("from", "magnesium"), ("to", "calcitriol"), ("steps", "3")],
        [("scene", "paths"), ("from", "magnesium"), ("to", "calcitriol"), ("path", "2")],
        [("scene", "paths"), ("from", "bone-fracture"), ("to", "magnesium")],
        [("scene", "paths"), ("from", "magnesium")],
        [("scene", "whatif"), ("down", "magnesium"), ("steps", "1")],
        [("scene", "loops")],
        [("scene", "conflicts")],
        [("scene", "chosen"), ("of", "magnesium"), ("of", "atp"), ("of", "calcitriol")],
    ]
    values = {
        "category": [*CATEGORIES],
        "group": [*style.GROUPS],
        "predicate": [*PREDICATES],
        "status": [*STATUSES],
        "topic": [topic.name for topic in formats.load().about.topics],
        "study": ["", *METHODS],
        "species": ["", *SPECIES],
    }
    queries = [urlencode(scene) for scene in scenes]
    for field, keys in values.items():
        for scene in (scenes[1], chance.choice(scenes)):
            hidden = chance.sample(keys, k=min(2, len(keys) - 1))
            queries.append(urlencode([*scene, *((f"hide-{field}", key) for key in hidden)]))
    for group in style.GROUPS:
        queries.append(urlencode([("scene", "all"), ("hide-group", group)]))
    for scene in scenes[:8]:
        parts = [*scene, ("plus", chance.choice(entities)), ("minus", chance.choice(entities))]
        for field in chance.sample([*values], k=2):
            parts += [(f"hide-{field}", key) for key in chance.sample(values[field], k=1)]
        queries.append(urlencode([*parts, ("min", str(chance.randrange(3)))]))
    return queries


@pytest.mark.slow
def test_the_command_selects_exactly_what_is_visible(show: Show, shipped: Graph) -> None:
    part = shipped.select("near(calcitriol, 1) | near(calcitonin, 1)")
    opened = show(part, "#view=table")
    asked = addresses()
    answers = opened.page.evaluate(TAKEN, [f"view=table&{address}" for address in asked])
    seen = set()
    for address, (text, visible) in zip(asked, answers, strict=True):
        selection = selection_in(text)
        assert set(part.select(selection).statements) == set(visible), (address, selection)
        seen |= set(re.findall(r"\b[a-z]+(?=\()", selection))
    assert sum(bool(visible) for _, visible in answers) > 30
    assert seen >= {
        "all", "core", "near", "path", "conflict", "statement", "subject", "object",
        "category", "sign", "influence", "predicate", "status", "topic", "study", "species",
        "sources",
    }  # fmt: skip
    assert opened.blameless


def test_on_the_page_of_a_part_the_command_is_about_the_whole(
    show: Show, shipped: Graph, tmp_path: Path
) -> None:
    path = tmp_path / "part.html"
    chosen = "topic(pth)|topic(calcitonin)"
    pages.view(shipped.select(chosen), path, selection=chosen, source="my graph.ttl")
    opened = show(path, "#view=table&scene=all&hide-status=refuted")
    page = open_dialog(opened)
    words = shlex.split(page.locator("#take-command").input_value())
    assert words[:2] == ["trabecula", "extract"]
    assert words[3:] == ["--graph", "my graph.ttl", "-o", "part.ttl"]
    assert words[2] == f"({chosen}) & !status(refuted)"


# --- Pictures -------------------------------------------------------------------------------

SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize(
    ("scene", "called", "entity"),
    [
        ("scene=near&of=calcitonin", "near-calcitonin", "calcitonin"),
        ("scene=whatif&down=calcitriol&steps=1", "what-if-calcitriol-down", "calcitriol"),
    ],
)
def test_the_svg_stands_alone_with_legend_version_and_citation(
    look: Show, part_page: Path, part: Graph, scene: str, called: str, entity: str
) -> None:
    opened = look(part_page, f"#{scene}")
    opened.settle()
    open_dialog(opened)
    name, data = taken(opened, "svg")
    assert name == f"trabecula-{called}.svg"
    text = data.decode("utf-8")
    root = ElementTree.fromstring(data)  # noqa: S314 (made by the page)
    assert root.tag == f"{SVG}svg"
    tags = {element.tag for element in root.iter()}
    assert tags.isdisjoint({f"{SVG}script", f"{SVG}foreignObject", f"{SVG}style", f"{SVG}image"})
    named = {key.rpartition("}")[2] for element in root.iter() for key in element.attrib}
    assert not {key for key in named if key.startswith("on") or key in ("href", "style", "class")}
    ids = {element.get("id") for element in root.iter()}
    assert set(re.findall(r"url\(#?([^)]*)\)", text)) <= ids
    words = " ".join(element.text or "" for element in root.iter(f"{SVG}text"))
    for phrase in (
        "supported",
        "raises, makes, needs",
        entity,
        "CC BY 4.0",
        __version__,
        __released__,
    ):
        assert phrase in words
    assert part.about.home in words
    alone = opened.page.context.new_page()
    alone.set_content(text.partition("?>")[2])
    drawn = alone.locator("svg").first.bounding_box()
    alone.close()
    assert drawn["width"] > 600
    assert drawn["height"] > 400


@pytest.mark.parametrize("scene", ["whatif&down=calcitriol&steps=1", "near&of=calcitonin&steps=0"])
def test_no_word_of_a_picture_stands_beyond_its_edge(
    look: Show, part_page: Path, scene: str
) -> None:
    opened = look(part_page, f"#scene={scene}")
    opened.settle()
    open_dialog(opened)
    text = taken(opened, "svg")[1].decode("utf-8")
    alone = opened.page.context.new_page()
    alone.set_content(text.partition("?>")[2])
    beyond = alone.evaluate(
        """() => {
          const picture = document.querySelector("svg"), { right } = picture.getBoundingClientRect();
          return [...picture.querySelectorAll("text")]
            .filter((words) => words.getBoundingClientRect().right > right)
            .map((words) => words.textContent);
        }"""
    )
    alone.close()
    assert beyond == []


def test_the_png_is_the_svg_at_twice_its_size_and_shows_its_colours(
    look: Show, part_page: Path
) -> None:
    opened = look(part_page, "#scene=near&of=calcitonin")
    opened.settle()
    open_dialog(opened)
    root = ElementTree.fromstring(taken(opened, "svg")[1])  # noqa: S314 (made by the page)
    _, data = taken(opened, "png")
    address = f"data:image/png;base64,{base64.b64encode(data).decode('ascii')}"
    width, height = opened.page.evaluate(
        "async (address) => { const i = new Image(); i.src = address; await i.decode(); return [i.width, i.height]; }",
        address,
    )
    assert (width, height) == (2 * int(root.attrib["width"]), 2 * int(root.attrib["height"]))
    colours = opened.page.evaluate(opened.COLOURS, address)
    for colour in (
        style.look("process").fill, style.look("chemical").fill,
        style.GROUPS["lowers"].line, style.GROUPS["raises"].line,
    ):  # fmt: skip
        assert colours[colour] > 500
    assert opened.blameless


def test_a_view_without_a_drawing_says_where_pictures_are(look: Show, part_page: Path) -> None:
    opened = look(part_page, "#view=table")
    page = open_dialog(opened)
    for suffix in ("svg", "png"):
        button = page.locator(f"[data-file={suffix}]")
        assert button.is_disabled()
        assert button.locator("xpath=..").inner_text().split() == [
            suffix.upper(), *["open", "Mechanism", "or", "Overview", "for", "a", "picture"]
        ]  # fmt: skip


# --- Copying and citing ---------------------------------------------------------------------


def test_the_graph_and_the_sources_are_cited_as_by_the_command(
    look: Show, part_page: Path, part: Graph
) -> None:
    opened = look(part_page, "#view=table&scene=near&of=calcitriol")
    page = open_dialog(opened)
    sources = part.select("near(calcitriol)").sources
    assert page.locator("#take-cite").input_value() == cite.graph_text(part.about)
    assert page.locator("#take-bibtex").input_value() + "\n" == cite.graph_bibtex(part.about)
    assert page.locator("#take-sources").input_value() + "\n" == cite.text(sources.values())


def test_texts_are_copied_to_the_clipboard(look: Show, part_page: Path) -> None:
    opened = look(part_page, "#view=table&scene=all")
    opened.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = open_dialog(opened)
    for field in ("link", "command", "cite", "bibtex", "sources"):
        page.locator(f"[data-copy=take-{field}]").click()
        page.wait_for_selector(".voice:has-text('Copied')")
        copied = page.evaluate("() => navigator.clipboard.readText()")
        assert copied == page.locator(f"#take-{field}").input_value()
    assert page.locator("#take-link").input_value() == page.url
    assert opened.blameless


def test_without_a_clipboard_the_older_way_copies_and_the_text_can_be_selected(
    show: Show, part_page: Path
) -> None:
    opened = show(part_page, "#view=table&scene=all")
    page = opened.page
    page.evaluate(
        """() => {
          Object.defineProperty(navigator, "clipboard", { value: undefined });
          document.execCommand = (name) => { window.asked = [name, getSelection().toString() || document.activeElement.value]; return false; };
        }"""
    )
    open_dialog(opened)
    page.locator("[data-copy=take-command]").click()
    assert page.evaluate("() => window.asked") == ["copy", "trabecula extract 'all()' -o part.ttl"]
    assert opened.text(".voice").startswith("This browser does not let the page copy.")
    assert page.evaluate(
        "() => { const f = document.activeElement; return [f.id, f.selectionStart, f.selectionEnd - f.value.length]; }"
    ) == ["take-command", 0, 0]


def test_the_dialog_is_opened_used_and_left_by_keys(look: Show, part_page: Path) -> None:
    opened = look(part_page, "#view=table&scene=near&of=calcitriol")
    page = opened.page
    page.locator("#take").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("dialog[open]")
    visited = set()
    for _ in range(30):
        page.keyboard.press("Tab")
        visited.add(
            page.evaluate(
                "() => { const a = document.activeElement; return a.dataset.file ?? a.dataset.copy ?? a.id; }"
            )
        )
    assert visited >= {"ttl", "json", "graphml", "csv", "take-link", "take-command", "take-cite"}
    page.locator("[data-file=csv]").focus()
    with page.expect_download():
        page.keyboard.press("Enter")
    page.wait_for_selector(".voice:has-text('trabecula-near-calcitriol.csv is in your downloads.')")
    assert page.evaluate("() => document.activeElement.dataset.file") == "csv"
    page.keyboard.press("Escape")
    page.wait_for_selector("dialog:not([open])", state="attached")
    assert page.evaluate("() => document.activeElement.id") == "take"
