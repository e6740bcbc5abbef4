"""JSON of INDRA: statements that machines read or databases hold, each with its evidence.

The type of a statement is its predicate. What state an agent is in, and which site is meant, is
part of the meaning and becomes qualifiers. Evidence that is negated disputes; a statement with
evidence of both kinds is an edge and its denial.

Written are statements of change, of binding and of what goes together, with what supports and what
disputes them: INDRA has types for these.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import combinations
from typing import Any, Final

from trabecula.graph import Graph
from trabecula.mapping import Citation, Edge, Item, Node, Reading, strict_json
from trabecula.model import Context, Evidence, Statement, Xref

#: Namespaces in the order in which INDRA itself takes the name of an agent from them.
_ORDER: Final = (
    "FPLX", "UPPRO", "HGNC", "UP", "CHEBI", "GO", "MESH", "MIRBASE", "DOID", "HP", "EFO",
    "WM", "UN", "HUME", "SOFIA", "CWMS",
)  # fmt: skip
#: Namespaces that are texts and no identifiers.
_TEXTS: Final = frozenset(("TEXT", "TEXT_NORM"))
#: Type -> the roles of what acts and of what is acted on.
_ROLES: Final = {
    "Gef": ("gef", "ras"),
    "Gap": ("gap", "ras"),
    "Autophosphorylation": ("enz", "enz"),
}
_PAIRS: Final = (("subj", "obj"), ("enz", "sub"))
_KNOWN: Final = frozenset(
    ("type", "subj", "obj", "enz", "sub", "members", "gef", "gap", "ras", "agent", "obj_from",
     "obj_to", "residue", "position", "obj_activity", "subj_delta", "obj_delta", "evidence",
     "belief")
)  # fmt: skip


def items(reading: Reading) -> Iterator[Item]:
    """The statements of a file: a list, an answer of INDRA's database, or one a line."""
    for number, row in enumerate(_rows(reading)):
        place = f"statements[{number}]"
        if not isinstance(row, dict) or not isinstance(row.get("type"), str):
            reading.wrong(place, f"{row!r:.60} is no statement", "make it an object with a type")
            continue
        for name in row:
            if name not in _KNOWN:
                reading.left("key", name, place)
        yield from _statement(reading, row, place)


def _rows(reading: Reading) -> list[Any]:
    text = reading.text()
    lines = [line for line in text.split("\n") if line.strip()]
    if len(lines) > 1 and all(line.lstrip().startswith("{") for line in lines[:2]):
        return [strict_json.line(line, reading.where, n) for n, line in enumerate(lines, 1)]
    document = strict_json.parsed(text, reading.where)
    if isinstance(document, dict):
        named = next((name for name in ("statements", "results") if name in document), "")
        document = document[named] if named else [document]
    if isinstance(document, dict):
        return list(document.values())
    return document if isinstance(document, list) else [document]


def _statement(reading: Reading, row: dict[str, Any], place: str) -> Iterator[Item]:
    kind = row["type"]
    if kind in ("Complex", "Association"):
        yield from _group(reading, row, place)
        return
    if kind == "Conversion":
        yield from _conversion(reading, row, place)
        return
    subject, object_ = _ends(row, kind)
    if subject is None or object_ is None:
        reading.left("statement", f"{kind} of one agent", place)
        return
    start, end = _agent(subject), _agent(object_)
    yield start
    yield end
    yield from _edges(row, start.key, end.key, place, _qualifiers(row, subject, object_))


#: The reader that we are to INDRA, and the evidence of a denial that has none.
_READER: Final = "trabecula"
_DENIAL: Final = {"source_api": _READER, "epistemics": {"negated": True}}
#: Members of a complex of which each two are tied; of a larger one each is tied to the whole.
_FEW: Final = 20


def _group(reading: Reading, row: dict[str, Any], place: str) -> Iterator[Item]:
    """A complex or an association: its members, and what ties them."""
    agents = _objects(row.get("members"))
    members = [_agent(agent) for agent in agents]
    yield from members
    if len(members) < 2:
        reading.left("statement", f"{row['type']} of one", place)
    if len(members) > _FEW:
        names = ", ".join(member.name for member in members[:3])
        whole = f"{row['type']} of {len(members)}: {names} …"
        yield Node(key=place, identifier=whole, name=whole, category="complex")
        for member in members:
            yield from _edges(row, member.key, place, place, (("role", "member"),))
        return
    states = dict.fromkeys(filter(None, map(_state, agents)))
    qualifiers = tuple(("state", text) for text in states)
    for first, second in combinations(members, 2):
        yield from _edges(row, first.key, second.key, place, qualifiers, symmetric=True)


def _ends(row: dict[str, Any], kind: str) -> tuple[dict[str, Any] | None, dict[str, Any] | None]:
    pairs = (_ROLES[kind],) if kind in _ROLES else _PAIRS
    for first, last in pairs:
        if first in row or last in row:
            return _object(row.get(first)), _object(row.get(last))
    return None, None


def _conversion(reading: Reading, row: dict[str, Any], place: str) -> Iterator[Item]:
    """A conversion: of each thing consumed into each produced, and who acts on these."""
    consumed = [_agent(agent) for agent in _objects(row.get("obj_from"))]
    produced = [_agent(agent) for agent in _objects(row.get("obj_to"))]
    subject = _object(row.get("subj"))
    yield from (*consumed, *produced)
    if not consumed or not produced:
        reading.left("statement", "Conversion with one side", place)
    by: Context = (("controller", str(subject.get("name", ""))),) if subject else ()
    for reactant in consumed:
        for product in produced:
            yield from _edges(row, reactant.key, product.key, place, by)
    if subject:
        actor = _agent(subject)
        yield actor
        for product in produced:
            yield from _edges(row, actor.key, product.key, place, (("role", "controller"),))


def _edges(
    row: dict[str, Any],
    subject: str,
    object_: str,
    place: str,
    qualifiers: Context,
    *,
    symmetric: bool = False,
) -> Iterator[Edge]:
    """The edge that a statement makes, and its denial where some of the evidence is one."""
    stances: dict[bool, list[Citation]] = {}
    for evidence in _objects(row.get("evidence")):
        epistemics = _object(evidence.get("epistemics")) or {}
        denied = epistemics.get("negated") is True
        cited = stances.setdefault(denied, [])
        if evidence != _DENIAL:  # which is all that a denial without a source says
            cited.append(_citation(row, evidence, epistemics))
    for denied in sorted(stances) or [False]:
        yield Edge(
            subject=subject,
            predicate=row["type"],
            object=object_,
            sign=_polarity(row),
            negated=denied,
            symmetric=symmetric,
            qualifiers=qualifiers,
            citations=tuple(stances.get(denied, ())),
            place=place,
        )


def _polarity(row: dict[str, Any]) -> int | None:
    """The sign of an influence or association: of the polarities of its two events together."""
    if row["type"] == "Influence":
        deltas = [
            _object(row.get(f"{role}_delta"))
            or _object((_object(row.get(role)) or {}).get("delta"))
            or {}
            for role in ("subj", "obj")
        ]
    elif row["type"] == "Association" and len(_objects(row.get("members"))) == 2:
        deltas = [_object(member.get("delta")) or {} for member in _objects(row["members"])]
    else:
        return None
    polarities = [int(delta["polarity"]) for delta in deltas if delta.get("polarity") in (1, -1)]
    if row["type"] == "Association" and len(polarities) < 2:
        return None
    if not polarities:
        return None
    return polarities[0] * (polarities[1] if len(polarities) == 2 else 1)


def _citation(
    row: dict[str, Any], evidence: dict[str, Any], epistemics: dict[str, Any]
) -> Citation:
    refs = _object(evidence.get("text_refs")) or {}
    pmid = _text(evidence.get("pmid") or refs.get("PMID"))
    paper = f"PMID:{pmid}" if pmid else ""
    if not paper and refs.get("PMCID"):
        paper = f"PMCID:{_text(refs['PMCID'])}"
    if not paper and refs.get("DOI"):
        paper = f"doi:{_text(refs['DOI'])}"
    database = _text(evidence.get("source_api"))
    database = "" if database == _READER else database
    context = [("source_api", database)] if paper and database else []
    context += [
        (str(key), _word(value))
        for key, value in epistemics.items()
        if key != "negated" and value is not None
    ]
    context += [("belief", _word(row["belief"]))] if "belief" in row else []
    for key, value in (_object(evidence.get("context")) or {}).items():
        name = value.get("name") if isinstance(value, dict) else value
        context += [(str(key), name)] if isinstance(name, str) and key != "type" else []
    return Citation(
        papers=(paper,) if paper else (),
        database=database or "INDRA",
        record=_text(evidence.get("source_id")),
        summary=_text(evidence.get("text")),
        context=tuple((key, value) for key, value in context if value),
    )


# --- Agents -----------------------------------------------------------------------------------


def _agent(agent: dict[str, Any]) -> Node:
    """The node of an agent, of a concept, or of the concept of an event."""
    agent = _object(agent.get("concept")) or agent
    refs = {key: _first(value) for key, value in (_object(agent.get("db_refs")) or {}).items()}
    curies = {key: _curie(key, value) for key, value in refs.items() if value and key not in _TEXTS}
    order = [*(key for key in _ORDER if key in curies), *sorted(set(curies) - set(_ORDER))]
    name = _text(agent.get("name"))
    best = curies[order[0]] if order else name
    return Node(
        key=best,
        name=name,
        synonyms=tuple(filter(None, (refs.get("TEXT", ""),))),
        xrefs=tuple(Xref("close", curies[key]) for key in order[1:]),
    )


def _curie(space: str, local: str) -> str:
    if space == _OWN:
        return local
    prefix = {"EGID": "NCBIGene", "IP": "interpro", "PF": "pfam"}.get(space, space)
    same = local.casefold().startswith((f"{space.casefold()}:", f"{prefix.casefold()}:"))
    return local if same else f"{prefix}:{local}"


def _first(value: Any) -> str:
    """An identifier; of several with their scores the first."""
    while isinstance(value, list) and value:
        value = value[0]
    return _text(value)


def _qualifiers(row: dict[str, Any], subject: dict[str, Any], object_: dict[str, Any]) -> Context:
    """What state both ends are in, and which site and activity are meant."""
    site = _text(row.get("residue")) + _text(row.get("position"))
    activity = _text(row.get("obj_activity"))
    pairs = [
        ("subject_state", _state(subject)),
        ("object_state", _state(object_)),
        ("site", site),
        ("object_activity", "" if activity == "activity" else activity),
    ]
    return tuple((key, value) for key, value in pairs if value)


def _state(agent: dict[str, Any]) -> str:
    """The state of an agent in words: modified, mutated, bound, active, and where it is."""
    parts = []
    for mod in _objects(agent.get("mods")):
        site = _text(mod.get("residue")) + _text(mod.get("position"))
        no = "no " if mod.get("is_modified") is False else ""
        parts.append(f"{no}{_text(mod.get('mod_type'))} {site}".strip())
    for mutation in _objects(agent.get("mutations")):
        change = "".join(
            _text(mutation.get(key)) for key in ("residue_from", "position", "residue_to")
        )
        parts.append(f"mutation {change}".strip())
    for bound in _objects(agent.get("bound_conditions")):
        word = "not bound" if bound.get("is_bound") is False else "bound"
        parts.append(f"{word} to {_text((_object(bound.get('agent')) or {}).get('name'))}")
    activity = _object(agent.get("activity"))
    if activity:
        word = "inactive" if activity.get("is_active") is False else "active"
        parts.append(f"{word}: {_text(activity.get('activity_type'))}")
    if agent.get("location"):
        parts.append(f"in {_text(agent['location'])}")
    return "; ".join(parts)


def _object(value: Any) -> dict[str, Any] | None:
    return value if isinstance(value, dict) else None


def _objects(value: Any) -> list[dict[str, Any]]:
    return [row for row in value if isinstance(row, dict)] if isinstance(value, list) else []


def _text(value: Any) -> str:
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""


def _word(value: Any) -> str:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)[:200]


# --- Writing ----------------------------------------------------------------------------------

#: The namespace of identifiers that INDRA has none for, whole.
_OWN: Final = "TRABECULA"
#: Our prefix -> the namespace of INDRA; and those whose identifiers have their prefix in them.
_SPACES: Final = {"UniProtKB": "UP", "NCBIGene": "EGID"}
_SAME: Final = frozenset(("HGNC", "CHEBI", "GO", "MESH", "DOID", "HP", "EFO", "FPLX"))
_EMBEDDED: Final = frozenset(("CHEBI", "GO", "DOID", "HP"))
#: Predicates of ours with a type of their own, and the types for all others by kind and sign.
_OURS: Final = {"activates": "Activation", "inhibits": "Inhibition", "binds": "Complex"}
#: Types that statements of INDRA come in with as predicates, and go out with again, by their sign.
_THEIRS: Final = {
    "Activation": 1, "Inhibition": -1, "IncreaseAmount": 1, "DecreaseAmount": -1, "Complex": 0,
}  # fmt: skip
_TYPES: Final = {
    ("changes", 1): "IncreaseAmount", ("changes", -1): "DecreaseAmount",
    ("changes", 0): "Influence", ("goes with", 1): "Association",
    ("goes with", -1): "Association", ("goes with", 0): "Association",
}  # fmt: skip
_REFERENCES: Final = {"PMID": "PMID", "PMCID": "PMCID", "doi": "DOI"}


def render(graph: Graph) -> bytes:
    """The statements that INDRA has types for, with the rows that support or dispute them."""
    rows = [
        {
            "type": kind,
            "id": statement.id,
            **_written(graph, statement, kind),
            **_reasons(statement),
        }
        for statement in graph.statements.values()
        for kind in [_type_of(graph, statement)]
        if kind
    ]
    return (json.dumps(rows, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def _type_of(graph: Graph, statement: Statement) -> str:
    if statement.predicate in _OURS:
        return _OURS[statement.predicate]
    row = graph.words.relation(statement.predicate)
    if _THEIRS.get(statement.predicate) == row.sign:
        return statement.predicate
    return _TYPES.get((row.kind, row.sign), "")


def _written(graph: Graph, statement: Statement, kind: str) -> dict[str, Any]:
    """The two ends, under the names that the type has for them."""
    subject, object_ = (
        _written_agent(graph, statement.subject),
        _written_agent(graph, statement.object),
    )
    if kind == "Complex":
        return {"members": [subject, object_]}
    if kind in ("Association", "Influence"):
        sign = graph.words.relation(statement.predicate).sign
        polarities = (1, sign) if sign else (None, None)
        events = [
            {
                "type": "Event",
                "id": f"{statement.id}-{number}",
                "concept": agent,
                "delta": {"type": "QualitativeDelta", "polarity": polarity, "adjectives": []},
            }
            for number, (agent, polarity) in enumerate(
                zip((subject, object_), polarities, strict=True)
            )
        ]
        if kind == "Association":  # whose members the schema of INDRA wants to be agents as well
            return {
                "members": [
                    {**agent, **event}
                    for agent, event in zip((subject, object_), events, strict=True)
                ]
            }
        return {"subj": events[0], "obj": events[1]}
    return {"subj": subject, "obj": object_}


def _written_agent(graph: Graph, key: str) -> dict[str, Any]:
    prefix, colon, local = key.partition(":")
    space = _SPACES.get(prefix, prefix)
    if not colon or not (prefix in _SPACES or prefix in _SAME):
        space, local = _OWN, key
    elif space in _EMBEDDED:
        local = key
    return {"name": graph.name(key), "db_refs": {space: local}}


def _reasons(statement: Statement) -> dict[str, Any]:
    """What supports and what disputes a statement; a negated one that has nothing is denied."""
    turned = {"supports": "disputes", "disputes": "supports"}
    rows = [
        _reason(row, turned[row.stance] if statement.negated else row.stance)
        for row in statement.evidence
        if row.stance in turned
    ]
    if statement.negated and not rows:
        rows = [_DENIAL]
    return {"evidence": rows} if rows else {}


def _reason(row: Evidence, stance: str) -> dict[str, Any]:
    prefix, _, local = row.source.partition(":")
    told: dict[str, Any] = {"source_api": _READER}
    if prefix in _REFERENCES:
        told["text_refs"] = {_REFERENCES[prefix]: local}
        if prefix == "PMID":
            told["pmid"] = local
    else:
        told["source_api"] = row.source
    if row.summary:
        told["text"] = row.summary
    if stance == "disputes":
        told["epistemics"] = {"negated": True}
    return told
