"""The audit as text, JSON, CSV, Markdown and HTML, and the command that writes it."""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import json
import re
from pathlib import Path

import pytest
from click import unstyle
from click.testing import CliRunner, Result

from trabecula.cli.audit import command
from trabecula.errors import VocabularyError
from trabecula.formats import write
from trabecula.graph import Graph
from trabecula.model import Entity, Evidence, Source, Statement
from trabecula.page import audit as html
from trabecula.reason.audit import audit, choose
from trabecula.reason.verdict import VERDICTS
from trabecula.version import __released__, __version__
from trabecula.words import audit as report


def small() -> Graph:
    """Three claims: one contested, one on the article alone, one denied by the article."""
    asserted = {"source": "article", "strength": "asserted"}
    return Graph(
        [
            Entity(id="magnesium", name="magnesium", category="chemical"),
            Entity(id="pth", name="PTH", category="protein"),
            Entity(id="bone", name="bone", category="anatomy"),
            Source(id="article", kind="article", title="On bones", authors=("Who",), year="2017"),
            Source(
                id="PMID:12345", kind="paper", title="A trial", authors=("Roe R", "Doe J"),
                year="1999", journal="A Journal", reference="7", xrefs=("doi:10.5555/x",),
            ),
            Source(id="further-1", kind="further", title="A study", url="https://example.org/s"),
            Statement(
                subject="magnesium", predicate="decreases", object="pth",
                evidence=(
                    Evidence(**asserted, locator="intro", summary="Says it lowers the hormone."),
                    Evidence(**asserted, locator="solutions", summary="Says it again."),
                    Evidence(source="PMID:12345", strength="direct", method="randomised-trial",
                             species="human", system="in-vivo", context=(("dose", "much"),),
                             summary="It fell."),
                    Evidence(source="further-1", stance="disputes", strength="association",
                             method="cohort", species="human", summary="It did not."),
                    Evidence(source="further-1", stance="qualifies", strength="association",
                             method="cohort", summary="Only in men."),
                ),
            ),
            Statement(subject="magnesium", predicate="increases", object="pth",
                      evidence=(Evidence(source="further-1", strength="direct"),)),
            Statement(
                subject="bone", predicate="requires", object="magnesium",
                evidence=(Evidence(**asserted, locator="solutions", summary="=Needs it."),),
            ),
            Statement(
                subject="bone", predicate="inhibits", object="pth",
                evidence=(Evidence(**asserted, stance="disputes", locator="intro", summary="No."),),
            ),
        ]
    )  # fmt: skip


def rendered(graph: Graph, form: str) -> str:
    audited = audit(graph.columns, graph.names)
    if form == "html":
        return html.page(audited, graph, audited.claims, "small.json")
    return report.render(audited, graph, form)


def test_the_text_says_all_of_it() -> None:
    assert (
        unstyle(rendered(small(), "text"))
        == """\
On bones (Who, 2017), judged claim by claim
3 claims; not medical advice

  ✓ Stands                  0   Studies that were read support it; none disputes or limits it.
  § Textbook knowledge      0   Reviews, textbooks or ontologies that were read say it, and no study
                               here measured it; none disputes or limits it.
  ◐ Stands in a context     0   Sources that were read support it and none disputes it; but a source
                               limits it, or all support is from a narrower context, such as rats or
                               cells in culture.
  ≠ Contested               1   Some sources support it and others dispute it.
                               rests on: measured in people 1
  T Rests on titles         0   Only titles of papers that were not read support it; none disputes
                               it.
  ○ Rests on the article    2   No source but the article supports or disputes it.
  × Contradicted            0   Sources dispute it and none supports it.

section    stands    textbook    in context    contested    titles    article    contradicted    all
---------  --------  ----------  ------------  -----------  --------  ---------  --------------  -----
Intro      ·         ·           ·             1            ·         1          ·               2
Solutions  ·         ·           ·             ·            ·         1          ·               1

Intro (2)

  ≠ magnesium decreases PTH
    Article: Says it lowers the hormone. Says it again.
    Contested: 1 source supports it (a randomised trial in humans), 1 disputes it (an association in
      a cohort study in humans), and 1 limits it (an association in a cohort study).
    Limit: Only in men. (further-1)
    See also: magnesium increases PTH (supported)

  ○ not: bone inhibits PTH
    Article: No.
    Rests on the article alone; no source read speaks to it.

Solutions (1)

  ○ bone requires magnesium
    Article: =Needs it.
    Rests on the article alone; no source read speaks to it.
"""
    )


def test_on_a_narrow_terminal_the_meaning_of_a_verdict_stands_below_it() -> None:
    audited = audit(small().columns, small().names)
    told = unstyle(report.render(audited, small(), "text", width=40)).split("\n\n")[1]
    assert told.splitlines()[3:7] == [
        "  § Textbook knowledge      0",
        "    Reviews, textbooks or ontologies",
        "    that were read say it, and no study",
        "    here measured it; none disputes or",
    ]
    assert max(map(len, told.splitlines())) <= 40


def test_the_text_with_evidence_lists_every_source() -> None:
    graph = small()
    text = unstyle(report.render(audit(graph.columns, graph.names), graph, evidence=True))
    assert (
        """\
      for: It fell.
        Roe R et al. 1999, PMID:12345 · randomised controlled trial · human · in vivo · dose: much
      against: It did not.
        further-1 · association · cohort study · human
      limits: Only in men.
        further-1 · association · cohort study
"""
        in text
    )


def test_json_has_the_counts_and_the_claims() -> None:
    value = json.loads(rendered(small(), "json"))
    assert (value["version"], value["released"]) == (__version__, __released__)
    assert value["articles"] == [{"id": "article", "title": "On bones"}]
    assert value["claims_in_all"] == 3
    assert list(value["verdicts"]) == list(VERDICTS)
    assert value["verdicts"]["contested"] == 1
    assert value["sections"]["solutions"]["article-only"] == 1
    first = value["claims"][0]
    assert first["sections"] == ["intro", "solutions"]
    assert first["statement"]["words"] == "magnesium decreases PTH"
    assert first["independent"] == {
        "for": ["PMID:12345"], "against": ["further-1"], "limits": ["further-1"],
    }  # fmt: skip
    assert first["evidence"]["for"][0]["link"] == "https://pubmed.ncbi.nlm.nih.gov/12345/"
    assert first["context"] == [
        {"key": "species", "value": "human", "sources": 1, "among": 1},
        {"key": "system", "value": "in-vivo", "sources": 1, "among": 1},
    ]
    assert [other["status"] for other in first["see_also"]] == ["supported"]
    assert [claim["denied"] for claim in value["claims"]] == [False, True, False]


def test_csv_has_a_row_for_each_claim_and_runs_no_formula() -> None:
    rows = list(csv.DictReader(io.StringIO(rendered(small(), "csv"))))
    assert tuple(rows[0]) == report.COLUMNS
    assert [(r["section"], r["statement"], r["verdict"], r["denied"]) for r in rows] == [
        ("intro", "magnesium decreases PTH", "contested", "no"),
        ("intro", "bone inhibits PTH", "article-only", "yes"),
        ("solutions", "bone requires magnesium", "article-only", "no"),
    ]
    assert [rows[0][side] for side in ("for", "against", "limits")] == ["1", "1", "1"]
    assert (rows[0]["all_sections"], rows[0]["limit"]) == ("intro | solutions", "Only in men.")
    assert rows[2]["claim"] == "'=Needs it."


def test_markdown_lists_claims_by_section() -> None:
    text = rendered(small(), "md")
    assert re.findall(r"^#+ .*$", text, re.MULTILINE) == [
        "# On bones (Who, 2017), claim by claim",
        "## Intro",
        "### ≠ magnesium decreases PTH",
        "### ○ not: bone inhibits PTH",
        "## Solutions",
        "### ○ bone requires magnesium",
    ]
    assert (
        "- For: It fell. [Roe R et al. 1999, PMID:12345](https://pubmed.ncbi.nlm.nih.gov/12345/)"
        " · randomised controlled trial · human · in vivo · dose: much\n"
    ) in text


def test_no_text_of_a_graph_is_markdown_or_html() -> None:
    hostile = "<img src=x> [a](javascript:b) | `c` *d* # e &amp;"
    graph = Graph(
        [
            Entity(id="x", name=hostile, category="chemical"),
            Statement(
                subject="x", predicate="increases", object="x",
                evidence=(
                    Evidence(source="article", strength="asserted", summary=hostile, locator=hostile),
                    Evidence(source=hostile, strength="review", summary=hostile),
                ),
            ),
        ]
    )  # fmt: skip
    text = rendered(graph, "md")
    harmless = r"&lt;img src=x&gt; \[a\](javascript:b) \| \`c\` \*d\* \# e &amp;amp;"
    assert text.count(harmless) == 7
    assert "<" not in text
    assert re.search(r"(?<!\\)\]\(javascript", text) is None


# --- The page -------------------------------------------------------------------------------


def _policy_hash(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def test_the_policy_of_the_page_allows_its_own_script_and_style_only() -> None:
    page = rendered(small(), "html")
    (script,) = re.findall(r"<script>(.*?)</script>", page, re.DOTALL)
    (style,) = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]*)"', page)
    assert policy == (
        f"default-src 'none'; script-src 'sha256-{_policy_hash(script)}'; "
        f"style-src 'sha256-{_policy_hash(style)}'; img-src data:; base-uri 'none'; "
        "form-action 'none'"
    )
    assert re.findall(r"\sstyle=|\son[a-z]+=", page) == []


def test_the_page_links_sources_to_where_they_can_be_read() -> None:
    page = rendered(small(), "html")
    assert re.findall(r'<a href="(https?:[^"]*)"[^>]*>([^<]*)</a>', page) == [
        ("https://pubmed.ncbi.nlm.nih.gov/12345/", "PubMed 12345"),
        ("https://doi.org/10.5555/x", "DOI 10.5555/x"),
        ("https://example.org/s", "example.org/s"),
        ("https://example.org/s", "example.org/s"),
    ]


def test_an_address_that_runs_is_no_link() -> None:
    bad = Source(id="bad", title="Bad", url="javascript:alert(1)")
    graph = small() | Graph([bad])
    (claim, *_) = audit(graph.columns, graph.names).claims
    extra = Evidence(source="bad", strength="review", summary="Bad.")
    graph = graph | Graph([_with(claim.statement, extra)])
    page = rendered(graph, "html")
    assert page.count("Bad") == 2
    assert "javascript:" not in page


def _with(statement: Statement, row: Evidence) -> Statement:
    return Statement(
        subject=statement.subject, predicate=statement.predicate, object=statement.object,
        evidence=(row,),
    )  # fmt: skip


def test_every_anchor_of_the_page_leads_somewhere(shipped: Graph) -> None:
    page = rendered(shipped, "html")
    ids = re.findall(r'\sid="([^"]*)"', page)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]*)"', page)) - set(ids) == set()


def test_sections_that_look_alike_have_anchors_of_their_own() -> None:
    rows = tuple(
        Evidence(source="article", strength="asserted", locator=place)
        for place in ("A b", "a-b", "é")
    )
    graph = Graph(
        [
            Statement(subject="x", predicate="increases", object=str(n), evidence=(r,))
            for n, r in enumerate(rows)
        ]
    )
    page = rendered(graph, "html")
    assert re.findall(r'<section class="section" id="([^"]*)"', page) == [
        "a-b", "section-2", "section-3",
    ]  # fmt: skip


def test_the_page_explains_itself() -> None:
    page = rendered(small(), "html")
    assert "not medical advice" in page
    assert "How to cite" in page
    assert [name for name, v in VERDICTS.items() if v.definition not in page] == []


def test_a_part_of_the_claims_comes_with_the_summary_of_all(tiny: Graph) -> None:
    audited = audit(tiny.columns, tiny.names)
    shown = choose(audited, ["contradicted"])
    assert [claim.verdict for claim in audited.claims] == ["article-only", "contradicted"]
    page = html.page(audited, tiny, shown)
    assert "1 of the 2 claims are listed" in page
    assert page.count('class="claim"') == 1
    value = json.loads(report.render(audited, tiny, "json", shown))
    assert (value["claims_in_all"], len(value["claims"])) == (2, 1)
    assert "1 of the 2 claims:" in report.render(audited, tiny, "text", shown)


def test_an_unknown_format_is_refused() -> None:
    with pytest.raises(VocabularyError, match="unknown format 'htm'; did you mean html"):
        rendered(small(), "htm")


# --- The command ----------------------------------------------------------------------------


@pytest.fixture
def path(tmp_path: Path) -> Path:
    target = tmp_path / "small.json"
    write(small(), target)
    return target


def run(path: Path, *arguments: str) -> Result:
    return CliRunner().invoke(command, ["--graph", str(path), *arguments])


def test_the_suffix_gives_the_format(path: Path, tmp_path: Path) -> None:
    for form, suffix in report.FORMATS.items():
        target = tmp_path / f"audit{suffix}"
        result = run(path, "-o", str(target))
        assert (result.exit_code, result.stderr) == (0, f"{target}: 3 of 3 claims\n")
        assert target.read_text("utf-8") == unstyle(rendered(small(), form))


def test_the_format_can_be_named(path: Path) -> None:
    for form in report.FORMATS:
        assert run(path, "-f", form).stdout == unstyle(rendered(small(), form))
    assert run(path, "--json").stdout == rendered(small(), "json")


def test_claims_can_be_filtered(path: Path) -> None:
    def listed(*arguments: str) -> list[str]:
        return [c["verdict"] for c in json.loads(run(path, "--json", *arguments).stdout)["claims"]]

    assert listed("--verdict", "contested") == ["contested"]
    assert listed("--verdict", "contested", "--verdict", "stands") == ["contested"]
    assert listed("--section", "Solutions") == ["contested", "article-only"]
    assert listed("--section", "solutions", "--verdict", "article-only") == ["article-only"]
    assert listed("--summary") == []


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ((), 0),
        (("--fail-on", "contradicted"), 0),
        (("--fail-on", "contradicted, contested"), 1),
        (("--fail-on", "contested", "--verdict", "article-only"), 0),
        (("--fail-on", "contested", "--summary"), 1),
        (("--fail-on", "contestd"), 2),
        (("--verdict", "false"), 2),
    ],
)
def test_the_exit_code_tells_what_was_found(
    path: Path, arguments: tuple[str, ...], code: int
) -> None:
    assert run(path, *arguments).exit_code == code


def test_a_graph_without_claims_is_not_called_sound(tmp_path: Path) -> None:
    path = tmp_path / "empty.json"
    write(Graph(), path)
    result = run(path)
    assert result.exit_code == 2
    assert "nothing was audited" in result.stderr
