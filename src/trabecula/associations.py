"""A graph as nodes and associations of Biolink: what KGX, TRAPI and Neo4j have places for.

A statement becomes one association with all publications that support it, and a negated one with
those that dispute it; who only qualifies it is in neither. A direction qualifier says the sign
where the predicate of Biolink is a broader one. To deny a broader predicate would be to deny more
than anybody did: a negation without a direction keeps the predicate of the graph.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain
from typing import Final

from trabecula.effects import in_context
from trabecula.elsewhere import meaning_of
from trabecula.graph import Graph
from trabecula.mapping import Meanings
from trabecula.model import Context, Entity, Evidence, Predicate, Statement
from trabecula.regular import taxon
from trabecula.standing import sayable
from trabecula.vocabulary import METHODS, PREDICATES, SPECIES, Vocabulary

#: Slot -> its text, or its texts where the slot holds a list; what is empty is left out.
Slots = dict[str, "str | tuple[str, ...]"]

#: The slots that hold lists.
LISTS: Final = frozenset(
    ("category", "synonym", "xref", "same_as", "close_match", "broad_match", "narrow_match",
     "publications", "has_evidence", "qualifiers")
)  # fmt: skip
_MATCHES: Final = {
    "exact": "same_as", "close": "close_match", "broad": "broad_match", "narrow": "narrow_match",
    "related": "xref",
}  # fmt: skip
#: How the ids of resources begin that Biolink's catalogue has.
DATABASE: Final = "infores:"
#: Qualifiers of Biolink that are not called so.
_UNMARKED: Final = frozenset(("qualifiers", "qualifier", "qualified_predicate"))
_BROADER: Final = {
    ("changes", 0): "biolink:affects", ("changes", 1): "biolink:affects",
    ("changes", -1): "biolink:affects", ("goes with", 0): "biolink:associated_with",
    ("goes with", 1): "biolink:positively_correlated_with",
    ("goes with", -1): "biolink:negatively_correlated_with",
}  # fmt: skip


def curie(identifier: str, space: str = "entity") -> str:
    """An identifier with a prefix, as programs of Biolink want it; a slug gets that of its kind.

    >>> curie("calcitriol"), curie("CHEBI:17823"), curie("article", "source")
    ('entity:calcitriol', 'CHEBI:17823', 'source:article')
    """
    return identifier if ":" in identifier else f"{space}:{identifier}"


def nodes(graph: Graph, keys: Iterable[str] | None = None) -> Iterator[Slots]:
    """The things with these ids, in their order: without `keys` all entities and ends."""
    if keys is None:
        ends = {end for s in graph.statements.values() for end in (s.subject, s.object)}
        keys = ends | set(graph.entities)
    for key in sorted(keys):
        yield node(key, graph.entities.get(key), graph.words)


def node(key: str, entity: Entity | None, words: Vocabulary) -> Slots:
    """An entity by its id; None for what nothing describes, which is called by its id."""
    slots: Slots = {"id": curie(key), "name": key, "category": ("biolink:NamedThing",)}
    if entity is not None:
        slots["name"] = entity.name
        slots["category"] = (_class(entity.category, words),)
        slots["description"] = entity.description
        slots["in_taxon"] = entity.taxon
        slots["synonym"] = entity.synonyms
        if entity.xrefs:
            for match, name in _MATCHES.items():
                slots[name] = tuple(x.curie for x in entity.xrefs if x.match == match)
    return _filled(slots)


def edges(graph: Graph) -> Iterator[Slots]:
    """The associations, in the order of the statements."""
    for statement in graph.statements.values():
        yield from of(statement, graph.words)


def of(statement: Statement, words: Vocabulary) -> Iterator[Slots]:
    """The associations that a statement becomes."""
    key = statement.id
    for number, (negated, rows) in enumerate(_taking_sides(statement)):
        relation = _relation(words, statement.predicate, statement.qualifiers, negated)
        slots: Slots = {
            **relation,
            **_reason(rows),
            "id": key if number == 0 else f"{key}-{number + 1}",
            "subject": curie(statement.subject),
            "object": curie(statement.object),
        }
        yield _filled(slots)


def _filled(slots: Slots) -> Slots:
    return {name: value for name, value in slots.items() if value}


def _class(category: str, words: Vocabulary) -> str:
    if category.startswith("biolink:"):
        return category
    row = words.categories.get(category)
    return row.biolink if row else "biolink:NamedThing"


# --- Who says it ------------------------------------------------------------------------------


def _taking_sides(statement: Statement) -> Iterator[tuple[bool, tuple[Evidence, ...]]]:
    """Whether it is negated, and the rows that say just that; one association each."""
    if len(statement.evidence) == 1 and statement.evidence[0].stance == "supports":  # as most have
        if not statement.evidence[0].retracted:
            yield statement.negated, statement.evidence
        return
    rows = [row for row in statement.evidence if not row.retracted]
    if not statement.evidence:
        yield statement.negated, ()
    for stance in ("supports", "disputes"):
        siding = [row for row in rows if row.stance == stance]
        if not siding or (stance == "supports" and not sayable(rows)):
            continue
        if stance == "disputes" and statement.negated:
            continue  # a denial that is disputed is no assertion
        for group in _layers(siding):
            yield statement.negated or stance == "disputes", group


def _layers(rows: list[Evidence]) -> Iterator[tuple[Evidence, ...]]:
    """Rows of which each source has one; what a source has more of is alone, and a database is."""
    together: dict[str, Evidence] = {}
    alone = []
    for row in rows:
        if is_database(row.source) or row.source in together:
            alone.append(row)
        else:
            together[row.source] = row
    if together:
        yield tuple(together.values())
    yield from ((row,) for row in alone)


def is_database(source: str) -> bool:
    """Whether a source is a resource that Biolink's catalogue has, and not a publication."""
    return source.startswith(DATABASE)


def _reason(rows: tuple[Evidence, ...]) -> Slots:
    """What an association gives as its reason. What all rows say of it stands with it."""
    slots = _how(tuple(dict.fromkeys((in_context(row), row.method, row.species) for row in rows)))
    if not rows:
        return slots
    if len(rows) == 1:
        slots = {**slots, "supporting_text": rows[0].summary}
    if is_database(rows[0].source):
        return {**slots, "primary_knowledge_source": rows[0].source}
    return {**slots, "publications": tuple([curie(row.source, "source") for row in rows])}


@lru_cache(maxsize=2**12)  # most rows of a graph say the same of how
def _how(ways: tuple[tuple[Context, str, str], ...]) -> Slots:
    """What all rows say alike: of each its context, method and species."""
    slots: Slots = {"knowledge_level": "not_provided", "agent_type": "not_provided"}
    if not ways:
        return slots
    contexts, methods, species = (set(column) for column in zip(*ways, strict=True))
    context: dict[str, tuple[str, ...]] = {}
    for key, value in sorted(set.intersection(*map(set, contexts))):
        context[key] = (*context.get(key, ()), value)
    slots.update((key, " ; ".join(values)) for key, values in context.items())
    if len(methods) == 1 and (method := METHODS.get(*methods)) and method.eco:
        slots["has_evidence"] = (method.eco,)
    if len(species) == 1:
        (of_species,) = species
        slots["species"] = SPECIES.get(of_species, "") or taxon(of_species)
    return slots


# --- What it says -----------------------------------------------------------------------------


@lru_cache(maxsize=2**12)
def _relation(words: Vocabulary, predicate: str, qualifiers: Context, negated: bool) -> Slots:
    """What an association says of its ends, which many have in common."""
    row = words.relation(predicate)
    mapped, directed = _mapped(words, predicate, negated=negated)
    slots: Slots = {
        "predicate": mapped,
        "negated": "true" if negated else "",  # kgx takes any text there for true, `false` as well
    }
    own = predicate if ":" in predicate else f"tb:{predicate}"
    if mapped != own:
        slots["original_predicate"] = own if _is_ours(own) else _original(row)
    if directed:
        slots["qualified_predicate"] = "biolink:causes"
        slots["object_direction_qualifier"] = "increased" if row.sign > 0 else "decreased"
    for key, value in qualifiers:
        name = key if key in _UNMARKED else f"{key}_qualifier"
        if key == "qualifiers":
            slots[name] = (*slots.get(name, ()), value)
        else:
            slots[name] = value
    return slots


def _original(row: Predicate) -> str:
    """The name of a predicate of others; what needs another and has a sign is told as one of ours.

    Biolink has no word for it, and a reader would find no sign.
    """
    ours = meaning_of(row.name).ours.removeprefix("tb:")
    same = row.kind == "needs" and ours in PREDICATES and PREDICATES[ours].sign == row.sign
    return f"tb:{ours}" if same else row.name


def _is_ours(name: str) -> bool:
    return name.removeprefix("tb:") in PREDICATES


@lru_cache(maxsize=2**12)
def _mapped(words: Vocabulary, predicate: str, *, negated: bool) -> tuple[str, bool]:
    """The predicate of Biolink for one of a graph, and whether a direction must say the sign."""
    row = words.relation(predicate)
    own = predicate if ":" in predicate else f"tb:{predicate}" if _is_ours(predicate) else predicate
    if predicate.startswith("biolink:"):
        return predicate, _meaning(predicate) != row.sign
    terms = [
        term
        for match in ("exact", "close", "broad")
        for how, term in row.mappings
        if how == match and term.startswith("biolink:") and not (match == "broad" and negated)
    ]
    for term in terms:
        if _meaning(term) == row.sign:
            return term, False
    if row.kind == "changes" and row.sign:
        return "biolink:affects", True
    if negated:
        return own, False
    return _BROADER.get((row.kind, row.sign), "biolink:related_to"), False


def _meaning(term: str) -> int:
    """The sign that a reader of ours gives a term of Biolink."""
    return _BIOLINK.meaning(term).sign


_BIOLINK: Final = Meanings("biolink")


def columns(rows: list[Slots], first: tuple[str, ...]) -> list[str]:
    """The slots that any of these has: the first ones in their order, then all others sorted."""
    used = set(chain.from_iterable(rows))
    return [*(name for name in first if name in used), *sorted(used - set(first))]
