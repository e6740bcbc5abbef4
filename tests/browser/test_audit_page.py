"""The page of an audit in Chromium: offline, hostile texts, filters, keyboard, sizes, print."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from trabecula.graph import Graph
from trabecula.model import Entity, Evidence, Source, Statement
from trabecula.page.audit import page as page_of
from trabecula.reason.audit import audit, tally

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

HOSTILE = (
    "<script>window.owned = 1</script>",
    "</style><script>window.owned = 1</script>",
    "</title></script><img src=x onerror='window.owned = 1'>",
    "\"><svg onload=window.owned=1>",
    "' onmouseover='window.owned = 1' x='",
    "javascript:window.owned=1",
    "{{ 7 * 7 }}{% block script %}window.owned = 1{% endblock %}",
    "<iframe srcdoc='<script>parent.owned = 1</script>'></iframe>",
    "<meta http-equiv=refresh content='0;url=https://example.org/'>",
    "<a href=//example.org id=filters>x</a><form action=//example.org><button>",
    "&lt;script&gt;window.owned = 1&lt;/script&gt;<!-- --!><math><style><img src onerror=owned=1>",
    "\u2028window.owned = 1\u2029</textarea><body onload=window.owned=1>",
)  # fmt: skip


Show = Callable[..., Any]


def audit_html(graph: Graph) -> str:
    report = audit(graph.columns, graph.names)
    return page_of(report, graph, report.claims)


@pytest.fixture(scope="module")
def audit_page(shipped: Graph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("audit") / "audit.html"
    path.write_text(audit_html(shipped), encoding="utf-8")
    return path


def shown(page: Page) -> list[str]:
    """The verdicts of the claims that can be seen, each once."""
    seen = page.eval_on_selector_all(
        ".claim", "all => all.filter(c => c.checkVisibility()).map(c => c.dataset.verdict)"
    )
    return sorted(set(seen))


def count(page: Page) -> int:
    return len(page.eval_on_selector_all(".claim", "all => all.filter(c => c.checkVisibility())"))


def hostile_graph() -> Graph:
    """Every field of every record holds every hostile text, in a claim of each kind."""
    records: list[Entity | Source | Statement] = []
    for number, text in enumerate(HOSTILE):
        records.append(Entity(id=text, name=text, category=text, description=text))
        records.append(
            Source(
                id=f"{text}{number}", title=text, kind=text, study_type=text, year=text,
                authors=(text, text), journal=text, group=text, xrefs=(text, f"PMID:{number + 1}"), url=text,
                reference=text,
            )
        )  # fmt: skip
        rows = [
            Evidence(
                source=f"{text}{number}", stance=stance, strength=strength, method=text,
                species=text, system=text, context=((text, text), ("sex", text)), summary=text,
                locator=text,
            )
            for stance, strength in (
                ("supports", "asserted"), ("supports", "direct"), ("disputes", text),
                ("qualifies", text),
            )
        ]  # fmt: skip
        records.append(
            Statement(
                subject=text, predicate="increases", object=text, qualifiers=((text, text),),
                topic=text, evidence=tuple(rows),
            )
        )  # fmt: skip
        records.append(
            Statement(subject=text, predicate="decreases", object=text, evidence=tuple(rows[1:]))
        )
        records.append(Statement(subject=text, predicate=text, object=text, evidence=(rows[0],)))
    return Graph(records)


def test_hostile_text_is_shown_and_never_runs(show: Show, tmp_path: Path) -> None:
    graph = hostile_graph()
    path = tmp_path / "hostile.html"
    path.write_text(audit_html(graph), encoding="utf-8")
    opened = show(path)
    opened.page.on("dialog", lambda _: opened.errors.append("dialog"))
    opened.page.mouse.move(400, 400)
    assert opened.page.evaluate("window.owned") is None
    assert opened.errors == []
    assert opened.requests == []
    assert opened.page.evaluate("document.querySelectorAll('script, style').length") == 2
    assert opened.page.evaluate("document.querySelectorAll('img, iframe, form, math').length") == 0
    addresses = opened.page.eval_on_selector_all("a", "all => all.map(a => a.protocol)")
    assert set(addresses) == {"file:", "https:"}  # to places of the page, and to PubMed
    names = opened.page.locator(".claim h3").all_inner_texts()
    folded = [" ".join(name.split()) for name in names]
    assert [t for t in HOSTILE if not any(" ".join(t.split()) in name for name in folded)] == []


@pytest.fixture(scope="module")
def kept(keep: Show, audit_page: Path) -> Any:
    """The page, opened once for all that change nothing in it but its window and its media."""
    return keep(audit_page)


@pytest.fixture
def opened(kept: Any) -> Any:
    """The same, as wide as a desktop and on a light screen."""
    kept.page.set_viewport_size({"width": 1280, "height": 900})
    kept.page.emulate_media(media="screen", color_scheme="light")
    return kept


def test_the_page_asks_for_nothing_and_reports_no_error(opened: Any, shipped: Graph) -> None:
    assert opened.requests == []
    assert opened.errors == []
    assert count(opened.page) == len(audit(shipped.columns, shipped.names).claims)


def test_buttons_filter_by_verdict_and_the_address_remembers(
    show: Show, audit_page: Path, shipped: Graph
) -> None:
    opened = show(audit_page)
    page, counts = opened.page, tally(audit(shipped.columns, shipped.names).claims)
    page.get_by_role("button", name="Contested").click()
    assert (shown(page), count(page)) == (["contested"], counts["contested"])
    page.get_by_role("button", name="Contradicted").click()
    assert shown(page) == ["contested", "contradicted"]
    total = sum(counts.values())
    both = counts["contested"] + counts["contradicted"]
    assert page.locator("#status").inner_text() == f"{both} of {total} claims are shown"
    assert page.evaluate("location.hash") == "#verdict=contested,contradicted"
    again = show(audit_page, "#verdict=contested,contradicted")
    assert (shown(again.page), count(again.page)) == (["contested", "contradicted"], both)
    sections = again.page.locator("section.section:visible header .n").all_inner_texts()
    assert sum(map(int, sections)) == both
    page.get_by_role("button", name="All").click()
    assert count(page) == total
    assert opened.errors == again.errors == []


def test_an_address_of_a_claim_shows_it_though_a_filter_hid_it(
    show: Show, audit_page: Path, shipped: Graph
) -> None:
    claim = next(c for c in audit(shipped.columns, shipped.names).claims if c.verdict == "stands")
    page = show(audit_page, "#verdict=contested").page
    assert page.locator(f"[id='{claim.id}']").is_hidden()
    page.evaluate("id => { location.hash = id }", claim.id)
    page.wait_for_function("document.querySelectorAll('.claim[hidden]').length === 0")
    assert page.locator(f"[id='{claim.id}']").is_visible()


def test_the_keyboard_reaches_the_filters_and_works_them(show: Show, audit_page: Path) -> None:
    page = show(audit_page).page
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the claims"
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Contested").focus()
    page.keyboard.press("Space")
    assert shown(page) == ["contested"]
    assert page.get_by_role("button", name="Contested").get_attribute("aria-pressed") == "true"
    page.keyboard.press("Space")
    assert page.get_by_role("button", name="All").get_attribute("aria-pressed") == "true"


def test_sources_can_be_hidden(show: Show, audit_page: Path) -> None:
    page = show(audit_page).page
    assert page.locator(".side").first.is_visible()
    page.get_by_role("button", name="Hide sources").click()
    assert page.locator(".side").first.is_hidden()


def test_without_script_everything_is_there_but_the_filters(
    browser: Browser, audit_page: Path, shipped: Graph
) -> None:
    context = browser.new_context(offline=True, java_script_enabled=False)
    page = context.new_page()
    page.goto(audit_page.as_uri())
    claims = audit(shipped.columns, shipped.names).claims
    assert page.locator(".claim:visible").count() == len(claims)
    assert page.locator("#filters").is_hidden()
    assert page.locator(".side:visible").count() == sum(
        bool(side.rows) for c in claims for side in (c.pro, c.contra, c.limits)
    )
    assert page.locator("nav a:visible").count() == page.locator("section.section").count()
    context.close()


def test_sources_for_and_against_stand_side_by_side(opened: Any) -> None:
    def places(width: int) -> list[tuple[float, float]]:
        page = opened.page
        page.set_viewport_size({"width": width, "height": 900})
        sides = page.locator("[data-verdict=contested]").first.locator(".side")
        boxes = [side.bounding_box() for side in sides.all()[:2]]
        return [(box["x"], box["y"]) for box in boxes if box]

    (left, top), (right, top_2) = places(1280)
    assert left < right
    assert top == top_2
    (left, top), (right, top_2) = places(390)
    assert left == right
    assert top < top_2


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
def test_no_width_makes_the_page_scroll_sideways(opened: Any, width: int) -> None:
    page = opened.page
    page.set_viewport_size({"width": width, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") == width


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_its_background(opened: Any, scheme: str) -> None:
    """At least 4.5 to 1 (WCAG 2 AA) for everything that says something."""
    page = opened.page
    page.emulate_media(color_scheme=scheme)
    faint = page.evaluate(
        """() => {
          const parts = (colour) => colour.match(/[\\d.]+/g).map(Number);
          const light = ([r, g, b]) => [r, g, b].map((v) => v / 255)
            .map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4))
            .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
          const behind = (element) => {
            for (let e = element; e; e = e.parentElement) {
              const colour = parts(getComputedStyle(e).backgroundColor);
              if (colour.length === 3 || colour[3] > 0) return colour;
            }
            return [255, 255, 255];
          };
          const faint = new Set();
          const chosen = "h1, h2, h3, h4, p, dt, dd, th, td:not(.none), a, .badge, button";
          for (const element of document.querySelectorAll(chosen)) {
            const [a, b] = [parts(getComputedStyle(element).color), behind(element)].map(light);
            const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
            if (ratio < 4.5) faint.add(`${element.tagName}.${element.className} ${ratio.toFixed(2)}`);
          }
          return [...faint];
        }"""
    )
    assert faint == []


def test_print_leaves_out_what_paper_cannot_use(show: Show, audit_page: Path) -> None:
    page = show(audit_page).page
    page.emulate_media(media="print")
    assert page.locator("#filters").is_hidden()
    assert page.locator("nav").is_hidden()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("details:not([open])").count() == 0
