"""The audit: every verdict with its sentence, what limits a claim, and the shipped article."""

from __future__ import annotations

import dataclasses

import pytest

from trabecula.errors import NotFound
from trabecula.graph import Graph
from trabecula.model import About, Context, Entity, Evidence, Method, Source, Statement
from trabecula.reason.audit import Audit, Claim, audit, by_section, choose, tally
from trabecula.reason.verdict import NOUNS, VERDICTS
from trabecula.vocabulary import METHODS, STRENGTHS


def row(
    source: str, stance: str = "supports", strength: str = "direct", method: str = "",
    species: str = "", system: str = "", context: Context = (), summary: str = "",
) -> Evidence:  # fmt: skip
    return Evidence(
        source=source, stance=stance, strength=strength, method=method, species=species,
        system=system, context=context, summary=summary,
    )  # fmt: skip


def says(section: str = "intro", stance: str = "supports", summary: str = "Says so.") -> Evidence:
    return Evidence(
        source="article", strength="asserted", stance=stance, locator=section, summary=summary
    )


def statement(*evidence: Evidence, predicate: str = "increases", **fields: str) -> Statement:
    ends = {"subject": "magnesium", "object": "bone-formation", **fields}
    return Statement(predicate=predicate, evidence=evidence, **ends)


def audited(graph: Graph) -> Audit:
    return audit(graph.columns, graph.names)


def judged(*evidence: Evidence, sources: tuple[Source, ...] = ()) -> Claim:
    """The only claim of a graph with one statement."""
    (claim,) = audited(Graph([*sources, statement(*evidence)])).claims
    return claim


TRIAL = row("a", method="randomised-trial", species="human", system="in-vivo")
STUDY = row("b", method="clinical-study", species="human", system="in-vivo")
SURVEY = row("c", strength="association", method="cross-sectional", species="human")
RATS = row("d", method="animal-study", species="rat", system="in-vivo")
CELLS = row("e", method="cell-culture", species="mouse", system="cell-culture")
REVIEW = row("f", strength="review", method="review")
REVIEW_2 = row("g", strength="review", method="review")
ONTOLOGY = row("h", strength="reference", method="ontology")
TITLE = row("i", strength="title-only", method="unknown")
TITLE_2 = row("j", strength="title-only", method="unknown")


def against(evidence: Evidence) -> Evidence:
    return dataclasses.replace(evidence, stance="disputes", source=f"{evidence.source}-no")


def limiting(evidence: Evidence) -> Evidence:
    return dataclasses.replace(evidence, stance="qualifies", source=f"{evidence.source}-but")


@pytest.mark.parametrize(
    ("evidence", "verdict", "sentence"),
    [
        ([TRIAL], "stands", "Stands: 1 source supports it (a randomised trial in humans), and none disputes it."),
        ([TRIAL, RATS, REVIEW], "stands", "Stands: 3 independent sources support it (1 randomised trial in humans, 1 animal study in rats, 1 review), and none disputes it."),
        ([SURVEY], "stands", "Stands: 1 source supports it (an association in a cross-sectional study in humans), and none disputes it."),
        ([REVIEW], "textbook", "Textbook knowledge: 1 source supports it (a review, not a measurement), and none disputes it."),
        ([ONTOLOGY, REVIEW, REVIEW_2], "textbook", "Textbook knowledge: 3 independent sources support it (1 ontology, 2 reviews; no measurement), and none disputes it."),
        ([TRIAL, TITLE], "stands", "Stands: 1 source supports it (a randomised trial in humans), and none disputes it."),
        ([TRIAL, limiting(RATS)], "stands-in-context", "Stands in a context: 1 source supports it (a randomised trial in humans), none disputes it, and 1 limits it (an animal study in rats)."),
        ([TRIAL, limiting(TITLE)], "stands-in-context", "Stands in a context: 1 source supports it (a randomised trial in humans), none disputes it, and 1 limits it (the title of an unread paper)."),
        ([RATS], "stands-in-context", "Stands in a context: 1 source supports it (an animal study in rats) and none disputes it, but all support is from a narrower context: rats."),
        ([RATS, CELLS], "stands-in-context", "Stands in a context: 2 independent sources support it (1 animal study in rats, 1 cell-culture study with mouse cells) and none disputes it, but all support is from a narrower context: rats or cells in culture."),
        ([CELLS, limiting(REVIEW), limiting(REVIEW_2)], "stands-in-context", "Stands in a context: 1 source supports it (a cell-culture study with mouse cells), none disputes it, and 2 limit it (2 reviews); all support is from a narrower context: cells in culture and mice."),
        ([TRIAL, RATS, against(STUDY)], "contested", "Contested: 2 independent sources support it (1 randomised trial in humans, 1 animal study in rats) and 1 disputes it (a clinical study in humans)."),
        ([REVIEW, against(REVIEW), limiting(RATS)], "contested", "Contested: 1 source supports it (a review, not a measurement), 1 disputes it (a review, not a measurement), and 1 limits it (an animal study in rats)."),
        ([STUDY, dataclasses.replace(STUDY, stance="disputes")], "contested", "Contested: 1 source supports it (a clinical study in humans) and 1 disputes it (a clinical study in humans); 1 of these is on both sides."),
        ([TITLE, against(TITLE)], "contested", "Contested: 1 source supports it (the title of an unread paper) and 1 disputes it (the title of an unread paper)."),
        ([TITLE], "title-only", "Rests on a title: the title of an unread paper supports it, no source that was read does, and none disputes it."),
        ([TITLE, TITLE_2, limiting(RATS)], "title-only", "Rests on titles: the titles of 2 unread papers support it, no source that was read does, none disputes it, and 1 limits it (an animal study in rats)."),
        ([], "article-only", "Rests on the article alone; no source read speaks to it."),
        ([limiting(REVIEW)], "article-only", "Rests on the article alone; no source supports or disputes it, but 1 limits it (a review)."),
        ([against(REVIEW)], "contradicted", "Contradicted: 1 source disputes it (a review, not a measurement), and none supports it."),
        ([against(ONTOLOGY), against(TRIAL), limiting(RATS)], "contradicted", "Contradicted: 2 independent sources dispute it (1 randomised trial in humans, 1 ontology), none supports it, and 1 limits it (an animal study in rats)."),
    ],
)  # fmt: skip
def test_a_verdict_and_its_sentence_follow_the_evidence(
    evidence: list[Evidence], verdict: str, sentence: str
) -> None:
    claim = judged(says(), *evidence)
    assert (claim.verdict, claim.sentence) == (verdict, sentence)


@pytest.mark.parametrize(
    ("support", "narrower"),
    [
        ([TRIAL], False),
        ([row("a", species="mammal")], False),
        ([row("a")], False),
        ([row("a", strength="review", method="review", species="rat")], True),
        ([row("a", system="ex-vivo", species="human")], True),
        ([row("a", system="in-silico")], True),
        ([RATS, REVIEW], False),
        ([row("a", context=(("severity", "severe"),))], True),
        ([row("a", context=(("severity", "severe"),)), RATS], True),
        ([row("a", context=(("severity", "severe"),)), TRIAL], False),
        ([row("a", context=(("age", "adult"),))], False),
        ([row("a", context=(("population", "12 men"), ("dose", "much"), ("time", "a year")))], False),
        ([RATS, TITLE], True),
    ],
)  # fmt: skip
def test_support_from_a_narrower_context_alone_limits_a_claim(
    support: list[Evidence], narrower: bool
) -> None:
    assert judged(says(), *support).verdict == ("stands-in-context" if narrower else "stands")


@pytest.mark.parametrize(
    ("subject", "context", "verdict"),
    [
        ("severe-magnesium-deficiency", ("severity", "severe"), "stands"),
        ("severe-magnesium-deficiency", ("severity", "mild"), "stands-in-context"),
        ("magnesium-supplementation", ("intake", "supplemental"), "stands"),
        ("magnesium-deficiency", ("magnesium_status", "deficient"), "stands"),
        ("vitamin-d-deficiency", ("magnesium_status", "deficient"), "stands-in-context"),
    ],
)
def test_a_context_that_the_claim_itself_names_does_not_limit_it(
    subject: str, context: tuple[str, str], verdict: str
) -> None:
    claim = statement(says(), row("a", context=(context,)), subject=subject)
    about = About(context=(("magnesium_status", ("deficient", "replete")),))
    assert [c.verdict for c in audited(Graph([about, claim])).claims] == [verdict]


def test_a_context_that_the_article_names_does_not_limit_the_claim() -> None:
    acute = (("duration", "acute"),)
    asserted = dataclasses.replace(says(), context=acute)
    assert judged(asserted, row("a", context=acute)).verdict == "stands"
    assert judged(says(), row("a", context=acute)).verdict == "stands-in-context"


def test_rows_of_the_article_on_one_statement_are_one_claim() -> None:
    claim = judged(
        says("solutions", summary="Says it again."),
        says("bone cells", summary="Says it."),
        says("calcitriol", summary="Says it."),
    )
    assert claim.sections == ("bone cells", "calcitriol", "solutions")
    assert (claim.section, claim.text) == ("bone cells", "Says it. Says it again.")


def test_what_the_article_denies_is_judged_the_other_way_round() -> None:
    claim = judged(says(stance="disputes"), against(TRIAL), REVIEW)
    assert claim.denied
    assert [r.source for r in claim.pro.rows] == ["a-no"]
    assert [r.source for r in claim.contra.rows] == ["f"]
    assert claim.sentence == (
        "Contested: 1 source supports it (a randomised trial in humans) and 1 disputes it "
        "(a review, not a measurement)."
    )
    assert judged(says(stance="disputes"), REVIEW).verdict == "contradicted"
    assert judged(says(stance="disputes"), against(TRIAL)).verdict == "stands"


def test_an_article_that_contradicts_itself_makes_two_claims() -> None:
    graph = Graph([statement(says(), says("solutions", stance="disputes"), TRIAL)])
    assert [(c.id.removeprefix(c.statement.id), c.verdict) for c in audited(graph).claims] == [
        ("", "stands"),
        ("-denied", "contradicted"),
    ]


def test_a_statement_that_the_article_only_qualifies_or_leaves_out_is_no_claim() -> None:
    limited = statement(says(stance="qualifies"), TRIAL)
    other = statement(TRIAL, predicate="decreases")
    assert audited(Graph([limited, other])) == Audit((), ())


def test_sources_of_one_group_count_once_by_their_strongest_evidence() -> None:
    sources = (Source(id="a", group="one"), Source(id="f", group="one"))
    claim = judged(says(), TRIAL, REVIEW, sources=sources)
    assert claim.pro.groups == ("one",)
    assert [r.source for r in claim.pro.rows] == ["a", "f"]
    assert claim.sentence == (
        "Stands: 1 source supports it (a randomised trial in humans), and none disputes it."
    )


def test_a_source_is_called_by_a_method_of_the_graphs_own_or_by_nothing() -> None:
    trap = Method("camera-trap", "camera trap", "", primary=True)
    seen = [row(name, method="camera-trap") for name in "ab"]
    about = About(methods=(trap,))
    for rows, told in (
        (seen[:1], "1 source supports it (a source by camera trap)"),
        (seen, "2 independent sources support it (2 sources by camera trap)"),
        ([row("a")], "1 source supports it"),
        ([row("a"), row("b")], "2 independent sources support it"),
    ):
        (claim,) = audited(Graph([about, statement(says(), *rows)])).claims
        assert claim.sentence == f"Stands: {told}, and none disputes it."
    unmeasured = judged(says(), row("a", strength="reference")).sentence
    assert "1 source supports it (not a measurement), and" in unmeasured


def test_a_review_that_tells_of_an_experiment_is_called_a_review() -> None:
    told = row("a", strength="review", method="randomised-trial", species="human")
    assert judged(says(), told).sentence == (
        "Textbook knowledge: 1 source supports it (a review, not a measurement), and none disputes it."
    )


def test_the_most_telling_limit_comes_first() -> None:
    claim = judged(says(), limiting(REVIEW), limiting(RATS), limiting(TRIAL), limiting(TITLE))
    assert [r.source for r in claim.limits.rows] == ["a-but", "d-but", "f-but", "i-but"]


def test_the_context_is_what_supporting_sources_name() -> None:
    claim = judged(
        says(),
        dataclasses.replace(TRIAL, context=(("dose", "much"), ("sex", "female"))),
        dataclasses.replace(RATS, context=(("sex", "female"),)),
        dataclasses.replace(TITLE, species="dog"),
        against(CELLS),
    )
    assert list(map(str, claim.context)) == [
        "species: human (1 of 2)",
        "species: rat (1 of 2)",
        "system: in-vivo",
        "sex: female",
    ]


def test_statements_of_the_opposite_sign_are_named() -> None:
    claim = statement(says(), predicate="increases")
    lowers = statement(TRIAL, predicate="decreases")
    reversed_end = statement(predicate="inhibits", subject="bone-formation", object="magnesium")
    negation = dataclasses.replace(claim, negated=True, evidence=(REVIEW,))
    same_sign = statement(predicate="activates")
    unsigned = statement(predicate="affects")
    correlated = statement(
        predicate="negatively_correlated_with", subject="bone-formation", object="magnesium"
    )
    graph = Graph([claim, lowers, reversed_end, negation, same_sign, unsigned, correlated])
    (only,) = audited(graph).claims
    assert set(only.see_also) == {lowers, negation, correlated}


def test_what_requires_is_acted_on_by_what_it_requires() -> None:
    needs = statement(says(), predicate="requires", subject="bone-formation", object="magnesium")
    lowers = statement(predicate="decreases")
    (claim,) = audited(Graph([needs, lowers])).claims
    assert claim.see_also == (lowers,)


def test_claims_follow_the_article_then_the_alphabet_then_the_verdict() -> None:
    ends = iter("abcdefg")
    places = ("zebra", "references", "solutions", "intro", "")
    records = [statement(says(place), object=next(ends)) for place in places]
    records += [statement(says("intro"), TRIAL, object=next(ends))]
    claims = audited(Graph([About(sections=("intro", "solutions")), *records]))
    assert [(c.section, c.verdict) for c in claims.claims] == [
        ("intro", "stands"),
        ("intro", "article-only"),
        ("solutions", "article-only"),
        ("", "article-only"),
        ("references", "article-only"),
        ("zebra", "article-only"),
    ]


def test_claims_are_chosen_by_verdict_and_by_any_of_their_sections() -> None:
    both = statement(says("intro"), says("solutions"), object="x")
    stands = statement(says("solutions"), TRIAL, object="y")
    claims = audited(Graph([both, stands]))
    assert [c.statement.object for c in choose(claims, sections=["SOLUTIONS"])] == ["x", "y"]
    assert [c.statement.object for c in choose(claims, ["stands"], ["solutions"])] == ["y"]
    assert choose(claims, ["contested"]) == ()
    with pytest.raises(NotFound, match="unknown section 'solution'; did you mean solutions"):
        choose(claims, sections=["solution"])


def test_every_method_has_a_noun() -> None:
    assert list(NOUNS) == list(METHODS)


# --- The shipped article --------------------------------------------------------------------


def test_the_shipped_article_has_claims_in_every_section(shipped: Graph) -> None:
    claims, sections = by_section(audited(shipped).claims), shipped.about.sections
    assert list(claims)[: len(sections)] == list(sections)


def test_every_row_of_the_article_is_in_exactly_one_claim(shipped: Graph) -> None:
    asserted = [
        (s.id, r.digest) for s in shipped.statements.values() for r in s.evidence
        if r.strength == "asserted" and r.stance != "qualifies"
    ]  # fmt: skip
    claimed = [(c.statement.id, r.digest) for c in audited(shipped).claims for r in c.rows]
    assert sorted(claimed) == sorted(asserted)


def test_sums_add_up(shipped: Graph) -> None:
    claims = audited(shipped).claims
    sections = by_section(claims)
    assert sum(tally(claims).values()) == len(claims)
    assert sum(map(len, sections.values())) == len(claims)
    summed = {name: sum(tally(part)[name] for part in sections.values()) for name in VERDICTS}
    assert summed == tally(claims)


def test_verdicts_agree_with_the_status_of_statements(shipped: Graph) -> None:
    status = {
        "stands": "supported",
        "textbook": "supported",
        "stands-in-context": "supported",
        "contested": "contested",
        "title-only": "title-only",
        "article-only": "asserted-only",
        "contradicted": "refuted",
    }
    claims = [claim for claim in audited(shipped).claims if not claim.denied]
    assert [c.id for c in claims if status[c.verdict] != shipped.status(c.statement)] == []


def test_counts_are_those_of_the_graph(shipped: Graph) -> None:
    """The groups of a side are the independent sources behind its counted rows."""
    strange = [
        c.id for c in audited(shipped).claims for side in (c.pro, c.contra, c.limits)
        if not set(side.groups) <= {shipped.groups[r.source] for r in side.rows}
    ]  # fmt: skip
    assert strange == []


def test_the_audit_is_the_same_whatever_the_order_of_records(shipped: Graph) -> None:
    records = sorted(shipped, key=lambda record: record.id[::-1])
    assert audited(Graph([shipped.about, *records])) == audited(shipped)


def _judgement(claim: Claim) -> tuple[object, ...]:
    return (claim.verdict, claim.sentence, claim.pro, claim.contra, claim.limits, claim.context)


def test_without_what_disputes_it_a_contested_claim_changes_and_no_other(part: Graph) -> None:
    before = audited(part).claims
    contested = [claim for claim in before if claim.verdict == "contested" and not claim.denied]
    changed = []
    for claim in contested:
        kept = tuple(r for r in claim.statement.evidence if r.stance != "disputes")
        undisputed = dataclasses.replace(claim.statement, evidence=kept)
        records = [r for r in part if r != claim.statement]
        after = {
            c.id: _judgement(c) for c in audited(Graph([part.about, *records, undisputed])).claims
        }
        changed.append([c.id for c in before if _judgement(c) != after[c.id]])
    assert changed == [[claim.id] for claim in contested]
    assert contested != []


def test_strengths_are_ranked_as_the_vocabulary_has_them() -> None:
    rows = [row(name, strength=name) for name in STRENGTHS if name != "asserted"]
    graph = Graph([Entity(id="x", name="x", category="chemical"), statement(says(), *rows[::-1])])
    (claim,) = audited(graph).claims
    assert [r.strength for r in claim.pro.rows] == [r.strength for r in rows]


# --- What narrows, at its boundaries ----------------------------------------------------------


#: The statuses are words of the graph: which there are, and which of them is the ordinary case.
STATUSES = About(
    context=(
        ("calcium_status", ("low", "normal", "high")),
        ("magnesium_status", ("deficient", "replete", "excess")),
    ),
    ordinary=(("calcium_status", "normal"),),
)


def verdict_of(evidence: Evidence, **fields: str) -> str:
    """The verdict on a claim of the article that this evidence alone supports."""
    (claim,) = audited(Graph([STATUSES, statement(says(), evidence, **fields)])).claims
    return claim.verdict


@pytest.mark.parametrize("species", ["", "human", "mammal", "vertebrate"])
def test_species_that_are_or_include_ours_narrow_nothing(species: str) -> None:
    assert verdict_of(row("a", species=species)) == "stands"


@pytest.mark.parametrize("species", ["rat", "mouse", "cattle", "dog", "bacteria and archaea"])
def test_every_other_species_does(species: str) -> None:
    assert verdict_of(row("a", species=species)) == "stands-in-context"


@pytest.mark.parametrize(
    ("system", "words"),
    [
        ("ex-vivo", "tissue outside the body"),
        ("cell-culture", "cells in culture"),
        ("cell-free", "molecules outside cells"),
        ("in-silico", "computation"),
    ],
)
def test_what_was_found_outside_a_living_body_is_narrower(system: str, words: str) -> None:
    claim = judged(says(), row("a", system=system))
    assert claim.sentence.endswith(f"all support is from a narrower context: {words}.")
    assert verdict_of(row("a", system="in-vivo")) == "stands"


@pytest.mark.parametrize(
    ("key", "ordinary", "narrow"),
    [
        ("age", "adult", "older"),
        ("amount", "normal", "high"),
        ("calcium_status", "normal", "low"),
    ],
)
def test_the_ordinary_case_narrows_nothing(key: str, ordinary: str, narrow: str) -> None:
    assert verdict_of(row("a", context=((key, ordinary),))) == "stands"
    assert verdict_of(row("a", context=((key, narrow),))) == "stands-in-context"


def test_no_other_status_is_ordinary() -> None:
    assert verdict_of(row("a", context=(("magnesium_status", "replete"),))) == "stands-in-context"


def test_a_claim_names_a_context_by_the_beginning_of_a_word() -> None:
    given = row("a", context=(("intake", "supplemental"),))
    assert verdict_of(given, subject="magnesium-supplementation") == "stands"
    assert verdict_of(given, subject="sugar-supper") == "stands-in-context"


def test_a_claim_names_a_status_with_the_thing_whose_status_it_is() -> None:
    lacking = row("a", context=(("magnesium_status", "deficient"),))
    low = row("a", context=(("calcium_status", "low"),))
    assert verdict_of(lacking, subject="magnesium-deficiency") == "stands"
    assert verdict_of(low, subject="low-magnesium") == "stands-in-context"
    assert verdict_of(low, subject="low-calcium") == "stands"


# --- How a source is called -------------------------------------------------------------------


def test_of_one_group_what_was_found_in_humans_speaks_first() -> None:
    sources = (Source(id="a", group="one"), Source(id="b", group="one"))
    rats = row("a", method="randomised-trial", species="rat", system="in-vivo")
    claim = judged(says(), rats, STUDY, sources=sources)
    assert "(a clinical study in humans)" in claim.sentence


@pytest.mark.parametrize(
    ("method", "noun"),
    [
        ("book", "a book"),
        ("encyclopedia", "an encyclopedia"),
        ("website", "a website"),
        ("cohort", "a review"),
        ("animal-study", "a review"),
    ],
)
def test_what_reports_is_called_by_what_it_is(method: str, noun: str) -> None:
    claim = judged(says(), row("a", strength="review", method=method))
    assert f"({noun}, not a measurement)" in claim.sentence


@pytest.mark.parametrize("strength", ["direct", "association"])
def test_what_was_measured_is_not_said_to_be_no_measurement(strength: str) -> None:
    assert (
        "measurement" not in judged(says(), row("a", strength=strength, method="cohort")).sentence
    )
    told = judged(says(), row("a", strength="reference", method="database"))
    assert "not a measurement" in told.sentence
