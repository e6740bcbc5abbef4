"""The status of a statement, case by case, and the counting of independent sources."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from trabecula import cite, formats
from trabecula.checks import check
from trabecula.context import settings
from trabecula.graph import Graph
from trabecula.model import Entity, Evidence, Source, Statement
from trabecula.reason.audit import audit
from trabecula.reason.conflicts import conflicts
from trabecula.reason.explain import explain
from trabecula.regular import source_id
from trabecula.standing import groups, independent, papers, row_basis, sayable, status
from trabecula.values import counts
from trabecula.vocabulary import STANCES, STATUSES, STRENGTHS


def row(stance: str, strength: str, source: str = "a") -> Evidence:
    return Evidence(source=source, stance=stance, strength=strength)


ARTICLE = row("supports", "asserted")
DISPUTE = row("disputes", "direct")
READ = row("supports", "association")
TITLE = row("supports", "title-only")
LIMIT = row("qualifies", "review")


@pytest.mark.parametrize(
    ("evidence", "expected"),
    [
        ([READ], "supported"),
        ([READ, TITLE, ARTICLE, LIMIT], "supported"),
        ([READ, DISPUTE], "contested"),
        ([TITLE], "title-only"),
        ([TITLE, ARTICLE, LIMIT], "title-only"),
        ([TITLE, DISPUTE], "contested"),
        ([DISPUTE], "refuted"),
        ([DISPUTE, LIMIT], "refuted"),
        ([ARTICLE], "asserted-only"),
        ([ARTICLE, LIMIT], "asserted-only"),
        ([row("disputes", "asserted")], "asserted-only"),
        ([], "no-evidence"),
        ([LIMIT], "no-evidence"),
    ],
)
def test_status_follows_the_table(evidence: list[Evidence], expected: str) -> None:
    assert status(evidence) == expected


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"species": "human"}, "measured-in-people"),
        ({"method": "randomised-trial"}, "measured-in-people"),
        ({"species": "human", "system": "cell-culture"}, "measured-elsewhere"),
        ({"species": "human", "method": "ex-vivo"}, "measured-elsewhere"),
        ({"species": "rat", "method": "cohort"}, "measured-elsewhere"),
        ({"method": "animal-study"}, "measured-elsewhere"),
        ({"system": "cell-culture"}, "measured-elsewhere"),
        ({}, "measured"),
        ({"system": "in-vivo"}, "measured"),
        ({"system": "in-silico"}, "computed"),
        ({"species": "human", "method": "computation"}, "computed"),
    ],
)
def test_a_basis_says_no_more_than_the_row(fields: dict[str, str], expected: str) -> None:
    assert row_basis(Evidence(source="a", strength="direct", **fields)) == expected


def test_the_article_never_outweighs_a_paper() -> None:
    assert status([ARTICLE, DISPUTE]) == "refuted"
    assert status([row("disputes", "asserted"), READ]) == "supported"


def test_status_does_not_depend_on_the_order_of_evidence() -> None:
    rows = [READ, TITLE, ARTICLE, LIMIT, DISPUTE]
    statuses = {status(order) for order in itertools.permutations(rows)}
    assert statuses == {"contested"}


def test_every_combination_of_two_rows_has_a_status_of_the_vocabulary() -> None:
    rows = [row(stance, strength) for stance in STANCES for strength in STRENGTHS]
    statuses = {status(pair) for pair in itertools.product(rows, rows)}
    assert statuses == set(STATUSES)


def test_sources_of_one_group_count_once() -> None:
    sources = groups(
        [
            Source(id="paper", group="cohort"),
            Source(id="comment", group="cohort"),
            Source(id="other"),
        ]
    )
    rows = [row("supports", "review", name) for name in ("paper", "comment", "other")]
    assert independent(rows, sources) == ("cohort", "other")


def test_the_article_is_not_an_independent_source() -> None:
    assert independent([row("supports", "asserted", "article")], {}) == ()


def test_titles_count_only_where_nothing_was_read() -> None:
    title, read = row("supports", "title-only", "t"), row("supports", "direct", "r")
    assert independent([title], {}) == ("t",)
    assert independent([title, read], {}) == ("r",)


def test_each_stance_is_counted_apart() -> None:
    rows = [row("supports", "direct", "a"), row("disputes", "direct", "b")]
    assert independent(rows, {}, "disputes") == ("b",)


@pytest.mark.parametrize(
    ("evidence", "expected"),
    [
        ([], True),  # an imported statement without evidence
        ([READ, DISPUTE], True),
        ([ARTICLE], True),
        ([LIMIT], True),
        ([DISPUTE, ARTICLE], False),
        ([row("disputes", "asserted")], False),  # what only the article denies
        ([row("disputes", "asserted"), LIMIT], False),
    ],
)
def test_what_is_only_denied_may_not_be_repeated_as_a_plain_triple(
    evidence: list[Evidence], expected: bool
) -> None:
    assert sayable(evidence) == expected


# --- Which sources are one ------------------------------------------------------------------


def source(identifier: str, *xrefs: str, **more: Any) -> Source:
    return Source(id=identifier, xrefs=xrefs, abstract_read=True, **more)


ONE_PAPER = [
    # One has an identifier of the other, however it is spelt.
    (source("PMID:100", "doi:10.1000/ABC.1"), source("doi:10.1000/abc.1")),
    (source("PMID:100", "https://doi.org/10.1000/abc.1"), source("DOI:10.1000/Abc.1")),
    (source("pmid:0100"), source("doi:10.1/a", "PMID:100")),
    # Both have one of a third, which has no record.
    (source("PMCID:PMC5", "doi:10.1000/a"), source("PMID:7", "10.1000/A")),
    # As an address.
    (source("survey", url="https://pubmed.ncbi.nlm.nih.gov/7/"), source("PMID:7")),
    (source("survey", url="https://doi.org/10.1/A"), source("PMID:7", "doi:10.1/a")),
    # Two versions of a preprint, two ways to write the number of a book.
    (source("arxiv:0807.4956v1"), source("arXiv:0807.4956v2")),
    (source("isbn:0-306-40615-2"), source("book", "ISBN:9780306406157")),
    # A preprint under its DOI and under its number, and a version of one.
    (source("arxiv:2001.00001v3"), source("doi:10.48550/arXiv.2001.00001")),
    (source("https://www.biorxiv.org/content/10.1101/2020.01.01.123456v2.full"),
     source("doi:10.1101/2020.01.01.123456")),
    # By way of others.
    (source("PMID:1", "doi:10.1/a"), source("PMCID:PMC2", "NCT00222573"),
     source("x", "doi:10.1/a", "PMCID:PMC2")),
]  # fmt: skip
ONE_SPELLING = {
    "PMID:100": (
        "PMID 100", "pmid100", "PMID:100.", "https://www.ncbi.nlm.nih.gov/pubmed/?term=100",
        "urn:miriam:pubmed:100", "www.ncbi.nlm.nih.gov/pubmed/100",
    ),
    "doi:10.1000/abc": (
        "doi:10.1000/ABC.", "DOI 10.1000/abc", "doi.org/10.1000/abc", "info:doi/10.1000/abc,",
        "http://doi.org/10.1000/abc/", "doi:10.1000/abc).", "urn:doi:10.1000/abc",
        "https://onlinelibrary.wiley.com/doi/full/10.1000/abc",
        "https://link.springer.com/article/10.1000/abc",
    ),
    "doi:10.1002/(sici)1(1996)7:1<1::aid-c1>3.0.co;2-x": (
        "https://doi.org/10.1002/(SICI)1(1996)7:1<1::AID-C1>3.0.CO;2-X",
    ),
    "PMCID:PMC5": ("PMC 5", "PMCID: PMC5.", "https://europepmc.org/article/PMC/PMC5"),
    "clinicaltrials:NCT00222573": ("ClinicalTrials.gov NCT00222573", "NCT00222573"),
    "isbn:9780306406157": ("ISBN 0-306-40615-2",),
    "MgHealth.org": ("MgHealth.org",),
    "Doi moi": ("Doi moi",),
    # As pages, addresses, tables of numbers and East Asian keyboards write them.
    "doi:10.1002/(sici)1:1<1::aid-x1>3.0.co;2-#": (
        "doi:10.1002/(SICI)1:1&lt;1::AID-X1&gt;3.0.CO;2-#",
        "https://doi.org/10.1002/(SICI)1:1<1::AID-X1>3.0.CO;2-#",
        "https://doi.org/10.1002/%28SICI%291:1%3C1::AID-X1%3E3.0.CO;2-%23?utm_source=x",
    ),
    "doi:10.1000/abd": ("doi:10.1000%2Fabd", "https://doi.org/10.1000/abd?x=1#sec",
                        "https://hdl.handle.net/10.1000/abd"),
    "PMCID:PMC12": ("https://pmc.ncbi.nlm.nih.gov/articles/PMC12/pdf/x.pdf", "PMCID:PMC0012",
                    "https://www.ncbi.nlm.nih.gov/pmc/articles/12/"),
    "clinicaltrials:NCT00000001": ("NCT:00000001",),
    "isrctn:ISRCTN12345678": ("ISRCTN:12345678",),
    "PMID:12": ("https://pubmed.gov/12", "PMID\uff1a\uff11\uff12", "pmid:\uff11\uff12"),
}  # fmt: skip


@pytest.mark.parametrize(
    ("written", "expected"),
    [(written, name) for name, ways in ONE_SPELLING.items() for written in ways],
)
def test_a_source_has_one_spelling_however_it_is_written(written: str, expected: str) -> None:
    assert graph_of([source(written)]).sources.keys() == {expected}
    assert source_id(expected) == expected


NOT_ONE = [
    (source("PMID:1", "doi:10.1/a"), source("PMID:2", "doi:10.1/b")),
    # The journal, the subject and the home page of two papers are no identifiers of them.
    (source("PMID:1", "ISSN:1234-5678"), source("PMID:2", "ISSN:1234-5678")),
    (source("PMID:1", url="https://example.org/"), source("PMID:2", url="https://example.org/")),
    (source("PMID:1", group="g"), source("PMID:2", group="h")),
]


def graph_of(sources: Iterable[Source], **row_fields: str) -> Graph:
    kept = tuple(sources)
    rows = (Evidence(source=source.id, strength="direct", **row_fields) for source in kept)
    asserted = Evidence(source="article", strength="asserted")
    claim = Statement(subject="a", predicate="increases", object="b", evidence=(asserted, *rows))
    return Graph([*kept, claim])


@pytest.mark.parametrize("sources", ONE_PAPER)
def test_one_paper_counts_once_by_whatever_identifiers_it_is_cited(
    sources: tuple[Source, ...],
) -> None:
    for order in itertools.permutations(sources):
        graph = graph_of(order)
        (statement,) = graph.statements.values()
        assert len(graph.independent(statement)) == 1
        assert len({row.one_source for row in statement.evidence if row.weighs}) == 1
        (claim,) = audit(graph.columns, graph.names).claims
        assert claim.sentence.startswith("Stands: 1 source supports it")
        assert counts(graph)["graph"]["sources"] == 1
        assert cite.text(graph.sources.values()).count("\n") == 1
        problems = check(graph, ["papers"]).problems
        assert {problem.code for problem in problems} == {"source-twice"}
        assert len(problems) == len(sources) - 1


@pytest.mark.parametrize("sources", NOT_ONE)
def test_two_papers_count_twice(sources: tuple[Source, ...]) -> None:
    graph = graph_of(sources)
    (statement,) = graph.statements.values()
    assert len(graph.independent(statement)) == 2
    assert check(graph, ["papers"]).problems == ()


def test_the_group_of_one_record_holds_for_the_paper() -> None:
    graph = graph_of([source("PMID:1", "doi:10.1/a"), source("doi:10.1/a", group="cohort"),
                      source("PMID:2", group="cohort"), source("PMID:3")])  # fmt: skip
    (statement,) = graph.statements.values()
    assert graph.independent(statement) == ("PMID:3", "cohort")


def test_an_identifier_that_has_no_record_of_its_own_is_that_of_its_paper() -> None:
    rows = (Evidence(source=key, strength="direct") for key in ("PMID:1", "DOI:10.1/A"))
    graph = Graph(
        [
            source("PMID:1", "doi:10.1/a", standing="retracted"),
            Statement(subject="a", predicate="affects", object="b", evidence=tuple(rows)),
        ]
    )
    (statement,) = graph.statements.values()
    assert [row.retracted for row in statement.evidence] == [True, True]
    assert graph.only([statement]) == graph


def test_one_paper_does_not_contradict_itself_as_two() -> None:
    # Within one paper, whose authors chose both wordings, free text tells two findings apart.
    def conflict(*papers: Source) -> str:
        rows = (
            Evidence(source=papers[0].id, strength="direct", context=(("dose", "1 g"),)),
            Evidence(source=papers[1].id, stance="disputes", strength="direct",
                     context=(("dose", "9 g"),)),
        )  # fmt: skip
        claim = Statement(subject="a", predicate="increases", object="b", evidence=rows)
        return conflicts(Graph([*papers, claim]).columns).conflicts[0].kind

    paper = source("PMID:1", "doi:10.1/a"), source("doi:10.1/A")
    assert conflict(*paper) == "depends"
    assert conflict(source("PMID:1"), source("PMID:2")) == "direct"


def test_joining_many_sources_takes_no_longer_than_they_are_many() -> None:
    chain = [Source(id=f"PMID:{n}", xrefs=(f"doi:10.1/{n}", f"doi:10.1/{n + 1}")) for n in range(1, 20_000)]  # fmt: skip
    assert set(papers(chain).values()) == {"PMID:1"}
    assert set(groups(Source(id=f"PMID:{n}", group="g") for n in range(20_000)).values()) == {"g"}


# --- Standing -------------------------------------------------------------------------------

RETRACTED = [
    Source(id="PMID:1", title="REMOVED: Zinc and growth"),
    Source(id="PMID:1", title="Zinc and growth - RETRACTED"),
    Source(id="PMID:1", title="Zinc and growth. Retracted."),
    Source(id="PMID:1", standing="retracted"),
    Source(id="PMID:1", standing="Retraction"),
    Source(id="PMID:1", standing="withdrawn"),
    Source(id="PMID:1", title="RETRACTED: Zinc and bone growth", note="Retracted in 2003."),
    Source(id="PMID:1", title="Retracted Article: Zinc and bone growth"),
    Source(id="PMID:1", title="[Retracted] Zinc and bone growth"),
    Source(id="PMID:1", title="WITHDRAWN: Zinc and bone growth"),
    Source(id="PMID:1", title="Zinc and bone growth (Retracted article. See vol. 8, p. 3, 2003)"),
    Source(id="PMID:1", note="This article was retracted by its authors."),
]
STANDS = [
    Source(id="PMID:1", title="Bone that was removed: a study"),
    Source(id="PMID:1", title="Limbs extended vs. retracted"),
    Source(id="PMID:1", standing="corrected"),
    Source(id="PMID:1", standing="Expression of concern"),
    Source(id="PMID:1", title="Retraction of cells from the matrix"),
    Source(id="PMID:1", title="Retracted sternal bones: a study"),
    Source(id="PMID:1", note="Not retracted."),
]


@pytest.mark.parametrize("gone", RETRACTED)
def test_a_retracted_source_supports_and_disputes_nothing(gone: Source) -> None:
    support, dispute = graph_of([gone]), graph_of([gone], stance="disputes")
    for graph in (support, dispute):
        (statement,) = graph.statements.values()
        assert graph.status(statement) == "asserted-only"
        assert graph.independent(statement) == graph.independent(statement, "disputes") == ()
        assert audit(graph.columns, graph.names).claims[0].verdict == "article-only"
        assert [row.retracted for row in statement.evidence] == [True, False]
        (problem,) = check(graph, ["standing"]).problems
        assert (problem.code, problem.severity) == ("retracted-source", "warning")
        assert "[retracted]" in cite.text(graph.sources.values())


@pytest.mark.parametrize("other", STANDS)
def test_any_other_source_counts(other: Source) -> None:
    graph = graph_of([other])
    (statement,) = graph.statements.values()
    assert graph.status(statement) == "supported"
    assert len(graph.independent(statement)) == 1


def test_a_paper_is_retracted_under_all_its_identifiers() -> None:
    graph = graph_of(
        [source("PMID:1", "doi:10.1/a"), source("doi:10.1/A", standing="retracted"), source("x")]
    )
    (statement,) = graph.statements.values()
    assert graph.independent(statement) == ("x",)


def test_the_commentary_on_a_retracted_paper_is_not_retracted() -> None:
    graph = graph_of([source("PMID:1", group="g", standing="retracted"), source("PMID:2", group="g")])  # fmt: skip
    (statement,) = graph.statements.values()
    assert (graph.status(statement), graph.independent(statement)) == ("supported", ("g",))


def test_what_only_a_retracted_source_says_is_no_plain_triple_and_is_not_followed() -> None:
    gone = Source(id="PMID:1", standing="retracted")
    row = Evidence(source="PMID:1", strength="direct", species="human")
    claim = Statement(subject="a", predicate="increases", object="b", evidence=(row,))
    ends = (Entity(id=key, name=key, category="chemical") for key in "ab")
    graph = Graph([*ends, gone, claim])
    (statement,) = graph.statements.values()
    assert not sayable(statement.evidence)
    assert explain(graph.influence, graph.names, "a", "b").paths == ()
    assert not graph.select("evidence(human)")
    assert settings(statement) == ()
    lines = formats.render(graph, "nq").decode().splitlines()
    plain = "<https://w3id.org/trabecula/entity/a> <https://w3id.org/trabecula/ontology#increases>"
    assert [line for line in lines if line.startswith(plain)] == []
    assert any("ontology#retracted>" in line for line in lines)


def test_a_source_that_is_retracted_no_longer_counts_again() -> None:
    graph = graph_of([Source(id="PMID:1", standing="retracted")])
    again = graph | Graph([Source(id="PMID:1")])
    (statement,) = again.statements.values()
    assert again.status(statement) == "supported"


@pytest.mark.parametrize("name", ["curated", "ttl", "nt", "jsonld", "rdfxml", "trig", "nq", "json"])
def test_lossless_formats_keep_the_standing_of_a_source(name: str, tmp_path: Path) -> None:
    gone = Source(id="PMID:1", study_type="review", standing="expression-of-concern")
    row = Evidence(source="PMID:1", strength="title-only", method="review", summary="So.")
    claim = Statement(subject="a", predicate="increases", object="a", evidence=(row,))
    entity = Entity(id="a", name="a", category="chemical")
    for kept in (gone, replace(gone, standing="retracted")):
        graph = Graph([entity, kept, claim])
        path = tmp_path / f"{kept.standing}{''.join(formats.FORMATS[name].suffixes[:1])}"
        formats.write(graph, path, name)
        assert formats.load(path) == graph
