"""Links that nobody has written: what is guessed from names and from chains, and what is not."""

from __future__ import annotations

from trabecula.graph import Graph
from trabecula.model import Entity, Evidence, Statement
from trabecula.reason.chains import chained
from trabecula.reason.conclusions import Conclusions
from trabecula.reason.missing import KINDS, Missing, missing

READ = Evidence(source="a", strength="review")
SAID = Evidence(source="article", strength="asserted")


def entity(key: str, category: str = "chemical", *synonyms: str) -> Entity:
    return Entity(id=key, name=key.replace("_", " "), category=category, synonyms=synonyms)


def edge(line: str, *rows: Evidence) -> Statement:
    subject, predicate, object_ = line.split()
    return Statement(subject=subject, predicate=predicate, object=object_, evidence=rows or (READ,))


def missing_of(*records: Entity | Statement) -> tuple[Missing, ...]:
    graph = Graph(records)
    conclusions = Conclusions(graph.columns)
    return missing(conclusions, graph.names, chained(conclusions) or ())


def test_two_names_of_one_thing_with_a_word_more_are_told_with_the_chains_that_they_part() -> None:
    names = entity("iron"), entity("blood_iron")
    apart = edge("diet increases blood_iron"), edge("iron increases growth")
    assert missing_of(*names, *apart) == (Missing("names", "blood_iron", "iron", 1),)
    for link in ("level_of", "has_output"):
        assert missing_of(*names, *apart, edge(f"blood_iron {link} iron")) == ()


def test_a_statement_of_names_that_only_the_article_makes_is_a_missing_link() -> None:
    link = edge("anaemia deficiency_of iron", SAID)
    assert missing_of(link) == (Missing("names", "anaemia", "iron", 0),)


def test_synonyms_count_and_abbreviations_do_not() -> None:
    assert missing_of(entity("iron", "chemical", "ferrum"), entity("serum_ferrum")) == (
        Missing("names", "iron", "serum_ferrum", 0),
    )
    assert (
        missing_of(entity("pump", "protein", "PPI"), entity("phosphate", "chemical", "PPi")) == ()
    )


def test_a_process_is_told_with_what_it_is_named_after_and_acts_on_nowhere() -> None:
    names = entity("iron"), entity("intestinal_iron_absorption", "process")
    acts = edge("hormone increases intestinal_iron_absorption"), edge("iron increases growth")
    assert missing_of(*names, *acts) == (
        Missing("process", "intestinal_iron_absorption", "iron", 1),
    )
    assert missing_of(*names, *acts, edge("intestinal_iron_absorption increases iron")) == ()
    # Nothing acts on it, or nothing comes of it: no chain is missing.
    assert missing_of(*names, acts[1]) == ()
    assert missing_of(*names, acts[0]) == ()


def test_two_quantities_with_several_supported_chains_and_no_source_are_untested() -> None:
    chains = [edge(f"x increases {m}") for m in "vw"] + [edge(f"{m} inhibits z") for m in "vw"]
    assert missing_of(*chains) == (Missing("untested", "x", "z", 2, -1),)
    assert missing_of(*chains[:-1]) == ()
    assert missing_of(*chains, edge("x inhibits z")) == ()
    assert missing_of(*chains, edge("x increases u"), edge("u increases z")) == ()


def test_those_of_the_shipped_graph_come_by_the_chains_that_they_part(shipped: Graph) -> None:
    conclusions = Conclusions(shipped.columns)
    links = missing(conclusions, shipped.names, chained(conclusions) or ())
    chains = [link.chains for link in links]
    assert chains == sorted(chains, reverse=True)
    assert {link.kind for link in links} <= set(KINDS)
    assert len(set(links)) == len(links)
