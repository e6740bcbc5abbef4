"""The page that `trabecula view` writes, beside what pyvis writes of the same graph.

Run: .venv/bin/python benchmarks/page.py [shipped] [2k] [10k]

Each page is opened from a file in Chromium with the network denied. Weight is the size of the file,
as it is and compressed; the first picture is the first frame in which something is drawn; frames are
those during a drag of 30 steps across the drawing; the stall is the longest time in which the page
answers nothing, from opening it to the end of the drag. pyvis is measured as it comes and, since its
physics takes minutes with thousands and moves for ever after, with physics off and the places that
our layout found. What is not there after `LIMIT` seconds is given as such.
"""

from __future__ import annotations

import gzip
import random
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

import trabecula
from trabecula.graph import Graph
from trabecula.model import Entity, Evidence, Source, Statement
from trabecula.page import html
from trabecula.picture.placed import placed

LIMIT = 120  # seconds
WORDS = (
    ("bone", "serum", "renal", "matrix", "vascular", "muscle", "intestinal", "cortical", "early", "late"),
    ("calcium", "kinase", "collagen", "receptor", "channel", "factor", "phosphate", "transporter", "ligase", "hormone"),
    ("level", "uptake", "release", "synthesis", "loss", "repair", "signalling", "growth", "turnover", "density"),
)  # fmt: skip
CATEGORIES = ("chemical", "protein", "process", "condition", "cell", "trait", "anatomy", "exposure")
PREDICATES = ("activates", "inhibits", "increases", "decreases", "requires", "regulates", "part_of")

#: Runs before anything else in a page: counts frames, remembers stalls and the first picture.
WATCH = """(() => {
  const seen = window.__seen = { stalls: [], frames: [], first: null };
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) seen.stalls.push(entry.duration);
  }).observe({ type: "longtask", buffered: true });
  const small = new OffscreenCanvas(64, 64).getContext("2d", { willReadFrequently: true });
  const drawn = () => [...document.querySelectorAll("canvas")].some((canvas) => {
    if (!canvas.width || !canvas.height || !canvas.checkVisibility()) return false;
    small.clearRect(0, 0, 64, 64);
    small.drawImage(canvas, 0, 0, 64, 64);
    return small.getImageData(0, 0, 64, 64).data.some((value, at) => at % 4 === 3 && value > 0);
  }) || document.querySelector("#mechanism .box") !== null;
  const frame = (now) => {
    seen.frames.push(now);
    if (seen.first === null && drawn()) seen.first = now;
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
})()"""


def made(entities: int, statements: int) -> Graph:
    """A graph as literature gives them: topics of some sixty entities, hubs, a few sources each."""
    draw = random.Random(1)  # noqa: S311 (no secret)
    topics = [draw.randrange(entities // 60) for _ in range(entities)]
    members: dict[int, list[int]] = {}
    for number, topic in enumerate(topics):
        members.setdefault(topic, []).append(number)
    by_id: dict[str, Statement] = {}
    while len(by_id) < statements:
        subject = int(entities * draw.random() ** 2)
        near = members[topics[subject]]
        inside = draw.random() < 0.75
        other = (
            near[int(len(near) * draw.random() ** 2)]
            if inside
            else int(entities * draw.random() ** 2)
        )
        if subject == other:
            continue
        sources = draw.choices((1, 2, 3, 5), (70, 18, 8, 4))[0]
        evidence = tuple(
            Evidence(source=f"s{draw.randrange(2000)}", strength="direct") for _ in range(sources)
        )
        statement = Statement(
            subject=f"e{subject}",
            predicate=draw.choice(PREDICATES),
            object=f"e{other}",
            evidence=evidence,
        )
        by_id[statement.id] = statement
    names = [
        " ".join(draw.choice(words) for words in WORDS[: draw.choice((2, 3, 3))]) for _ in topics
    ]
    return Graph(
        [
            *(Source(id=f"s{number}", kind="paper") for number in range(2000)),
            *(
                Entity(id=f"e{number}", name=f"{name} {number}", category=CATEGORIES[topics[number] % len(CATEGORIES)])
                for number, name in enumerate(names)
            ),
            *by_id.values(),
        ]
    )  # fmt: skip


def ours(graph: Graph, path: Path) -> None:
    path.write_text(html.render(graph, title="benchmark"), encoding="utf-8")


def stock(graph: Graph, path: Path, *, physics: bool) -> None:
    """What pyvis makes of the graph; written by ourselves, for it forgets to name an encoding."""
    from pyvis.network import Network

    places = {} if physics else {box.entity.id: box.place for box in placed(graph)}
    net = Network(directed=True, cdn_resources="in_line", height="750px")
    for entity in graph.entities.values():
        place = dict(zip("xy", places[entity.id], strict=True)) if places else {}
        net.add_node(entity.id, label=entity.name, **place)
    for statement in graph.statements.values():
        net.add_edge(statement.subject, statement.object, title=statement.predicate)
    if not physics:
        net.toggle_physics(False)
    path.write_text(net.generate_html(), encoding="utf-8")


def opened(browser: Browser, path: Path, fragment: str = "") -> Page:
    context = browser.new_context(offline=True, viewport={"width": 1440, "height": 900})
    page = context.new_page()
    page.set_default_timeout(LIMIT * 1000)
    page.route(
        "**/*",
        lambda route: route.continue_() if route.request.url.startswith("file:") else route.abort(),
    )
    page.add_init_script(WATCH)
    page.goto(path.as_uri() + fragment, wait_until="commit")
    return page  # fmt: skip


def until(ask: Callable[[], Any], limit: float = LIMIT) -> Any:
    """What a function finds as soon as it finds something, None after the limit."""
    end = time.monotonic() + limit
    while time.monotonic() < end:
        value = ask()
        if value is not None:
            return value
        time.sleep(0.02)
    return None


def measured(browser: Browser, path: Path, fragment: str, drawing: str) -> dict[str, float | None]:
    """First picture in seconds, frames a second while dragging, longest stall in milliseconds."""
    page = opened(browser, path, fragment)
    try:
        first = until(lambda: page.evaluate("window.__seen?.first ?? null"))
        if first is None:
            return {"first": None, "frames": None, "stall": None}
        # pyvis with physics off shows a corner of the graph; both are to draw all of it.
        page.evaluate("globalThis.network?.fit?.({ animation: false })")
        page.wait_for_timeout(1500)
        box = page.locator(drawing).first.bounding_box()
        if box is None:
            raise SystemExit(f"{path.name} has no {drawing}")
        # From a corner, where no box is: it would be dragged instead.
        x, y = box["x"] + 40, box["y"] + 60
        page.mouse.move(x, y)
        page.mouse.down()
        count = page.evaluate("window.__seen.frames.length")
        for step in range(30):
            page.mouse.move(x + 8 * (step + 1), y + 5 * (step + 1))
            page.wait_for_timeout(12)
        frames = page.evaluate(f"window.__seen.frames.slice({count})")
        page.mouse.up()
        page.wait_for_timeout(500)
        gaps = [later - sooner for sooner, later in pairwise(frames)]
        stalls = page.evaluate("window.__seen.stalls")
        return {
            "first": first / 1000,
            "frames": 1000 / statistics.median(gaps) if gaps else None,
            "stall": max(stalls, default=0),
        }
    finally:
        page.context.close()


def asked(browser: Browser, path: Path) -> str:
    """Seconds from opening the SPARQL drawer to its being ready; large pages have none."""
    page = opened(browser, path)
    try:
        page.wait_for_selector("html[data-ready]")
        page.wait_for_timeout(500)
        if not page.locator("#ask").count():
            return "none"
        start = time.perf_counter()
        page.click("#ask")
        page.wait_for_selector("#drawer[data-engine=ready]")
        return format(time.perf_counter() - start, ".2f")
    finally:
        page.context.close()


def shown(value: float | None, pattern: str) -> str:
    return f">{LIMIT} s" if value is None else format(value, pattern)


def main(names: list[str]) -> None:
    graphs: dict[str, Callable[[], Graph]] = {
        "shipped": trabecula.load,
        "2k": lambda: made(2_000, 6_000),
        "10k": lambda: made(10_000, 30_000),
    }
    browsers = ("chromium", "chromium-browser", "chromium-headless-shell")
    chromium = next(filter(None, map(shutil.which, browsers)), None)
    if chromium is None:
        raise SystemExit("Chromium is not installed")
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        browser = playwright.chromium.launch(
            executable_path=chromium, args=["--no-sandbox", "--disable-background-networking"]
        )
        print(
            f"{'':34}{'KB':>8}{'KB gz':>8}{'picture s':>11}{'frames/s':>10}{'stall ms':>10}{'SPARQL s':>10}"
        )
        for name in names or graphs:
            graph = graphs[name]()
            print(
                f"{name}: {len(graph.entities):,} entities, {len(graph):,} statements", flush=True
            )
            page, off, on = (Path(folder) / f"{name}-{kind}.html" for kind in ("ours", "off", "on"))
            ours(graph, page)
            stock(graph, off, physics=False)
            stock(graph, on, physics=True)
            rows = (
                ("trabecula, first scene", page, "", "#stage"),
                ("trabecula, Overview of everything", page, "#view=overview&scene=all", "#stage"),
                ("pyvis, physics off, our places", off, "", "canvas"),
                ("pyvis as it comes", on, "", "canvas"),
            )
            for row, path, fragment, drawing in rows:
                data = path.read_bytes()
                timings = measured(browser, path, fragment, drawing)
                ready = asked(browser, path) if row.endswith("first scene") else ""
                print(
                    f"  {row:32}{len(data) / 1024:8,.0f}{len(gzip.compress(data)) / 1024:8,.0f}"
                    f"{shown(timings['first'], '.2f'):>11}{shown(timings['frames'], '.0f'):>10}"
                    f"{shown(timings['stall'], ',.0f'):>10}{ready:>10}",
                    flush=True,
                )
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1:])
