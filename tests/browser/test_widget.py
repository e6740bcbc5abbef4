"""The page as a widget: a click reaches Python, what Python sets reaches the page.

The host does what anywidget's does with the same text: it imports `_esm` from a blob and calls
`render({ model, el })` with a model whose values go to and from the widget in Python.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from trabecula import view
from trabecula.graph import Graph
from trabecula.page.view import Page

HOST = """<!DOCTYPE html><meta charset=utf-8><title>A notebook</title><html data-ready>
<p id=secret>what only the notebook knows</p><div id=one></div><div id=two></div>
<script type="application/json" id=state>STATE</script>
<script type=module>
const values = JSON.parse(document.getElementById("state").textContent);
const listeners = new Map();
const changed = new Set();
const fire = (name) => (listeners.get(`change:${name}`) ?? []).forEach((one) => one());
window.said = [];
window.model = {
  get: (name) => values[name],
  set(name, value) { if (JSON.stringify(values[name]) !== JSON.stringify(value)) { values[name] = value; changed.add(name); fire(name); } },
  save_changes() { for (const name of changed) window.said.push({ [name]: values[name] }); changed.clear(); },
  on: (event, one) => listeners.set(event, [...(listeners.get(event) ?? []), one]),
  off: (event, one) => listeners.set(event, (listeners.get(event) ?? []).filter((other) => other !== one)),
};
window.fromPython = (state) => { for (const [name, value] of Object.entries(state)) { values[name] = value; fire(name); } };
const address = URL.createObjectURL(new Blob([values._esm], { type: "text/javascript" }));
const { default: widget } = await import(address);
window.shown = { one: await widget.render({ model, el: document.getElementById("one") }) };
window.again = async () => { window.shown.two = await widget.render({ model, el: document.getElementById("two") }); };
</script>"""


class Notebook:
    """A widget shown in a browser, with its other half in Python."""

    def __init__(self, page: Page, opened: Any) -> None:
        self.page, self.opened = page, opened
        page.widget.observe(self._told, ["selected", "scene", "lens"])
        self._heard: dict[str, Any] = {}

    def _told(self, change: dict[str, Any]) -> None:
        if self._heard.get(change["name"], ...) != change["new"]:
            self.opened.page.evaluate("fromPython(STATE)".replace("STATE", json.dumps({change["name"]: change["new"]})))  # fmt: skip

    def hear(self, name: str) -> Any:
        """Take over what the page says of something, and give what Python has of it then."""
        self.opened.page.wait_for_function("name => said.some((one) => name in one)", arg=name)
        for state in self.opened.page.evaluate("said.splice(0)"):
            self._heard.update(state)
            self.page.widget.set_state(state)
        return getattr(self.page, name)

    @property
    def frame(self) -> Any:
        """The frame of the page."""
        return self.opened.page.frames[1]


@pytest.fixture
def notebook(show: Callable[..., Any], shipped: Graph, tmp_path: Path) -> Notebook:
    page = view(shipped.select("near(calcitonin, 1) | path(magnesium, PTH, 2)"))
    names = ("_esm", "page", "title", "height", "selected", "scene", "lens")
    state = {name: getattr(page.widget, name) for name in names}
    path = tmp_path / "notebook.html"
    text = json.dumps(state).replace("<", "\\u003c")
    path.write_text(HOST.replace("STATE", text), encoding="utf-8")
    opened = show(path)
    opened.page.wait_for_selector("iframe")
    opened.page.frames[1].wait_for_selector("html[data-ready]", timeout=30_000)
    return Notebook(page, opened)


def test_python_and_the_page_tell_each_other(notebook: Notebook) -> None:
    frame, page = notebook.frame, notebook.page
    assert notebook.hear("scene") == "scene=core"

    frame.locator("#search").fill("calcitriol")
    frame.locator("#found [role=option]").first.click()
    assert notebook.hear("selected") == "calcitriol"

    page.selected = "PTH"
    frame.wait_for_selector("#panel h2 >> text='parathyroid hormone'")
    page.scene = "scene=paths&from=Mg&to=PTH"
    frame.wait_for_selector("#scene .what >> text='Paths from magnesium to parathyroid hormone'")
    page.lens = ["measured"]
    frame.wait_for_selector("#lens")
    frame.locator("#unlens").click()
    notebook.hear("lens")
    while page.lens["trust"]:
        notebook.hear("lens")
    assert page.scene == "scene=paths&from=magnesium&to=parathyroid-hormone"
    assert page.selected == "parathyroid-hormone"

    frame.locator("#undo").click()  # what Python set is undone as what a reader did
    assert notebook.hear("lens") == {"trust": ("measured",), "without": ()}

    page.selected = None
    frame.wait_for_function("!document.querySelector('.selected')")
    assert notebook.opened.blameless


def test_what_python_sets_is_not_contradicted(notebook: Notebook) -> None:
    """An answer that tells of the scene before would set that again: for ever, in a notebook."""
    notebook.hear("scene")
    for _ in range(2):
        notebook.page.selected = "PTH"
        notebook.page.scene = "scene=near&of=parathyroid-gland"
        notebook.page.lens = ["read"]
        notebook.page.scene = "scene=paths&from=Mg&to=PTH"
        notebook.page.lens = []
        notebook.page.selected = "Mg"
    frame = notebook.frame
    frame.wait_for_selector("#scene .what >> text='Paths from magnesium to parathyroid hormone'")
    frame.wait_for_selector("#panel h2 >> text='magnesium'")
    assert notebook.opened.page.evaluate("said") == []
    frame.locator("[data-view=table]").click()
    assert notebook.hear("scene") == "view=table&scene=paths&from=magnesium&to=parathyroid-hormone"
    assert notebook.page.selected == "magnesium"


def test_a_second_output_of_the_same_widget_shows_the_same(notebook: Notebook) -> None:
    notebook.page.scene = "scene=near&of=PTH"
    notebook.opened.page.evaluate("again()")
    notebook.opened.page.wait_for_selector("#two iframe")
    second = notebook.opened.page.frames[2]
    second.wait_for_selector("#scene .what >> text='Around parathyroid hormone, 1 step'")
    notebook.page.selected = "calcitriol"
    for frame in notebook.opened.page.frames[1:]:
        frame.wait_for_selector("#panel h2 >> text='calcitriol'")
    notebook.opened.page.evaluate("shown.two()")
    notebook.page.selected = "PTH"
    notebook.frame.wait_for_selector("#panel h2 >> text='parathyroid hormone'")
    assert second.locator("#panel h2").text_content() == "calcitriol"


def test_the_frame_is_cut_off_and_only_its_own_page_is_heard(notebook: Notebook) -> None:
    notebook.hear("scene")
    frame = notebook.frame
    reach = "() => { try { return parent.document.getElementById('secret').textContent } catch (error) { return error.name } }"
    assert frame.evaluate(reach) == "SecurityError"
    # Neither the notebook's own scripts nor another frame can speak for the page, and what a page
    # says that is nothing of the kind is left aside.
    notebook.opened.page.evaluate("""() => {
      postMessage("trabecula", "*");
      const other = document.createElement("iframe");
      other.sandbox = "allow-scripts";
      other.srcdoc = "<script>parent.postMessage('trabecula', '*'); onmessage = () => { document.title = 'heard' }<\\/script>";
      document.body.append(other);
      return new Promise((done) => { other.onload = () => done() });
    }""")
    notebook.page.selected = "PTH"
    frame.wait_for_selector("#panel h2 >> text='parathyroid hormone'")
    assert notebook.opened.page.frames[-1].title() == ""
    # The page takes a channel from what made it alone.
    frame.evaluate("postMessage('trabecula', '*', [new MessageChannel().port2])")
    notebook.page.selected = "calcitriol"
    frame.wait_for_selector("#panel h2 >> text='calcitriol'")
