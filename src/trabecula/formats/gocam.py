"""GO-CAM: causal models of gene products, as YAML or JSON of gocam-py and as JSON of Minerva.

An activity is a thing of its own, called by what enables it and by its function, which is the
broader one. Everything else that a model names is the class that it is an example of. In Minerva's
JSON, what an example is not (a `complement`) is denied.

Written, as JSON, which is YAML too, are activities: what is a function, or is enabled by something.
What else a graph says, GO-CAM has no place for.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, Final

from trabecula import claims
from trabecula.graph import Graph
from trabecula.mapping import Citation, Edge, Item, Meanings, Node, Reading, Relation
from trabecula.model import About, Statement, Xref
from trabecula.vocabulary import METHODS, kin

_ENABLED_BY: Final = "RO:0002333"
_FUNCTION: Final = "GO:0003674"
_EVIDENCE: Final = "ECO:0000000"
#: Where Minerva writes the widest classes of an individual: it has called that by two names.
_ROOTS: Final = ("root-type", "inferred-type-with-all")
_EVENT: Final = "obo:go/extensions/reacto.owl#molecular_event"
#: What an activity has in gocam-py -> the relation that it stands for.
_ONE: Final = {
    "enabled_by": _ENABLED_BY,
    "occurs_in": "BFO:0000066",
    "part_of": "BFO:0000050",
    "happens_during": "RO:0002092",
}
_MANY: Final = {
    "has_input": "RO:0002233",
    "has_output": "RO:0002234",
    "has_primary_input": "RO:0004009",
    "has_primary_output": "RO:0004008",
}
#: What a function has of a molecule -> what the molecule is to the function, as models say it.
_TURNED: Final = {
    "RO:0012000": "RO:0012004", "RO:0012001": "RO:0012005", "RO:0012002": "RO:0012006",
}  # fmt: skip
_BRANCHES: Final = (
    ("GO:0008150", "process"), ("GO:0005575", "biolink:CellularComponent"),
    ("CHEBI:36080", "protein"), ("CHEBI:33695", "biolink:GeneOrGeneProduct"),
    ("CHEBI:24431", "chemical"), ("CL:0000003", "cell"), ("CARO:0000000", "anatomy"),
)  # fmt: skip


def items(reading: Reading, syntax: str) -> Iterator[Item]:
    """The models of a file."""
    if syntax == "minerva":
        document = reading.json()
        for model in document if isinstance(document, list) else [document]:
            inside = model.get("data") if isinstance(model, dict) else None
            yield from _minerva(reading, inside if isinstance(inside, dict) else model)
        return
    document = reading.json() if reading.text().lstrip()[:1] in ("{", "[") else reading.yaml()
    for model in document if isinstance(document, list) else [document]:
        yield from _model(reading, model)


# --- gocam-py ---------------------------------------------------------------------------------


def _model(reading: Reading, model: Any) -> Iterator[Item]:
    if not isinstance(model, dict):
        reading.wrong("the file", f"{model!r:.60} is no model", "write a mapping with activities")
        return
    yield About(title=_text(model.get("title")), date=_text(model.get("date_modified")))
    for name in model:
        if name not in ("id", "title", "date_modified", "activities", "molecules", "objects"):
            reading.left("key", name, _text(model.get("id")) or "the file")
    labels = {
        row["id"]: _text(row.get("label"))
        for row in _rows(model, "objects")
        if _text(row.get("id"))
    }
    molecules = {
        row["id"]: _text(row.get("term")) or row["id"]
        for row in _rows(model, "molecules")
        if _text(row.get("id"))
    }
    for key, name in labels.items():
        if key.startswith(("RO:", "BFO:")):
            yield Relation(predicate=key, label=name)
        elif not key.startswith(("ECO:", "PMID:", "GO_REF:")):
            yield Node(key=key, name=name)
    for number, activity in enumerate(_rows(model, "activities")):
        place = f"activities[{number}]"
        if not isinstance(activity.get("id"), str):
            reading.wrong(place, "an activity without an id", "give it one")
            continue
        yield _activity(activity, labels)
        yield from _of_activity(reading, activity, place, molecules)


def _activity(activity: dict[str, Any], labels: dict[str, str]) -> Node:
    function = _text(_object(activity.get("molecular_function")).get("term"))
    enabler = _text(_object(activity.get("enabled_by")).get("term"))
    names = [labels.get(term, "") or term for term in (enabler, function) if term]
    return Node(
        key=activity["id"],
        name=": ".join(names) or activity["id"],
        category="function",
        xrefs=(Xref("broad", function, labels.get(function, "")),) if function else (),
    )


def _of_activity(
    reading: Reading, activity: dict[str, Any], place: str, molecules: dict[str, str]
) -> Iterator[Edge]:
    key = activity["id"]
    function = _object(activity.get("molecular_function"))
    for name, relation in _ONE.items():
        row = activity.get(name)
        if name == "enabled_by" and isinstance(row, dict) and not _rows(row, "evidence"):
            row = {**row, "evidence": function.pop("evidence", [])}  # as older models have it
        yield from _chain(reading, key, relation, row, f"{place}.{name}")
    rows = [(relation, row) for name, relation in _MANY.items() for row in _rows(activity, name)]
    rows += [
        (_text(row.get("predicate")), row) for row in _rows(activity, "molecular_associations")
    ]
    for relation, row in rows:
        target = _text(row.get("term") or row.get("molecule"))
        if not relation or not target:
            reading.wrong(place, "a molecule without predicate or term", "write both")
            continue
        subject, predicate, object_ = _turned(key, relation, molecules.get(target, target))
        yield Edge(subject=subject, predicate=predicate, object=object_,
                   citations=_items(reading, row, place), place=place)  # fmt: skip
    for row in _rows(activity, "causal_associations"):
        relation, target = _text(row.get("predicate")), _text(row.get("downstream_activity"))
        if not relation or not target:
            reading.wrong(place, "a causal association without predicate or downstream activity",
                          "write both")  # fmt: skip
            continue
        yield Edge(subject=key, predicate=relation, object=target,
                   citations=_items(reading, row, place), place=place)  # fmt: skip
    for name in activity:
        if name not in (*_ONE, *_MANY, "id", "molecular_function", "molecular_associations",
                        "causal_associations"):  # fmt: skip
            reading.left("key", name, place)
    for row in _rows(function, "evidence"):
        reading.left("evidence", "of a molecular function", _text(row.get("reference")) or place)


def _turned(activity: str, relation: str, molecule: str) -> tuple[str, str, str]:
    """Subject, predicate and object of what an activity has to do with a molecule."""
    if relation in _TURNED:
        return molecule, _TURNED[relation], activity
    return activity, relation, molecule


def _chain(reading: Reading, key: str, relation: str, row: Any, place: str) -> Iterator[Edge]:
    """What an association leads to, and what that in turn is part of."""
    while isinstance(row, dict):
        target = _text(row.get("term"))
        parts = [_text(part.get("term")) if isinstance(part, dict) else _text(part)
                 for name in ("members", "has_part") for part in _list(row.get(name))]  # fmt: skip
        if target:
            yield Edge(subject=key, predicate=relation, object=target,
                       citations=_items(reading, row, place), place=place)  # fmt: skip
            for part in filter(None, parts):
                yield Edge(subject=target, predicate="BFO:0000051", object=part, place=place)
        else:
            for part in filter(None, parts):
                yield Edge(subject=key, predicate=relation, object=part,
                           citations=_items(reading, row, place), place=place)  # fmt: skip
            return
        if isinstance(row.get("happens_during"), dict):
            yield from _chain(reading, target, "RO:0002092", row["happens_during"], place)
        key, relation, row = target, "BFO:0000050", row.get("part_of")


def _items(reading: Reading, row: dict[str, Any], place: str) -> tuple[Citation, ...]:
    citations = []
    for item in _rows(row, "evidence"):
        reference = _text(item.get("reference"))
        partners = [("with", _text(name)) for name in _list(item.get("with_objects"))]
        citations.append(
            Citation(
                papers=(reference,) if reference else (),
                database="" if reference else "GO-CAM",
                method=_text(item.get("term")),
                context=tuple(partners),
            )
        )
    for name in row:
        if name == "provenances":
            reading.left("key", name, place)
    return tuple(citations)


# --- Minerva ----------------------------------------------------------------------------------


def _minerva(reading: Reading, model: Any) -> Iterator[Item]:
    if not isinstance(model, dict) or not isinstance(model.get("individuals"), list):
        reading.wrong("the file", "a model without individuals", "write the whole model")
        return
    metadata = {
        row["key"]: _text(row.get("value"))
        for row in _rows(model, "annotations")
        if _text(row.get("key"))
    }
    yield About(title=metadata.get("title", ""), date=metadata.get("date", ""))
    for name in metadata:
        if name not in ("title", "date"):
            reading.left("annotation", name, _text(model.get("id")) or "the file")
    individuals = {row["id"]: row for row in _rows(model, "individuals") if _text(row.get("id"))}
    facts = _rows(model, "facts")
    enablers = {_text(row.get("subject")): _text(row.get("object")) for row in facts
                if row.get("property") == _ENABLED_BY}  # fmt: skip
    denied = set()
    for key, row in individuals.items():
        roots = {_text(kind.get("id")) for name in _ROOTS for kind in _rows(row, name)}
        kinds = _classes(reading, row, key)
        if _EVIDENCE in roots or any(name.startswith("ECO:") for name, _, _ in kinds):
            continue
        if any(note.get("key") == "evidence" for note in _rows(row, "annotations")):
            reading.left("evidence", "of an individual", key)  # of what, nobody can tell
        if any(is_not for _, _, is_not in kinds):
            denied.add(key)
        is_activity = key in enablers or bool(roots & {_FUNCTION, _EVENT})
        yield _individual(key, kinds, roots, individuals.get(enablers.get(key, "")), is_activity)
    yield from _facts(reading, facts, individuals, denied)


def _facts(
    reading: Reading, facts: list[dict[str, Any]], individuals: dict[str, Any], denied: set[str]
) -> Iterator[Edge]:
    """The edges that facts are; one with an end that something is said not to be is denied."""
    for number, fact in enumerate(facts):
        place = f"facts[{number}]"
        ends = [_text(fact.get(part)) for part in ("subject", "property", "object")]
        if not all(ends):
            reading.wrong(place, "a fact without subject, property or object", "write all three")
            continue
        yield Edge(
            subject=ends[0],
            predicate=ends[1],
            object=ends[2],
            negated=bool({ends[0], ends[2]} & denied),
            citations=_reasons(reading, fact, individuals, place),
            place=place,
        )


def _classes(reading: Reading, row: dict[str, Any], key: str) -> list[tuple[str, str, bool]]:
    """The classes of an individual: id, label, and whether it is said to be none of them."""
    classes = []
    for kind in _rows(row, "type"):
        inside = kind.get("filler") if kind.get("type") == "complement" else kind
        if isinstance(inside, dict) and isinstance(inside.get("id"), str):
            classes.append((inside["id"], _text(inside.get("label")), inside is not kind))
        else:
            reading.left("class expression", _text(kind.get("type")) or "of no type", key)
    return classes


def _individual(
    key: str, kinds: list[tuple[str, str, bool]], roots: set[str], enabler: Any, is_activity: bool
) -> Node:
    """An activity, or the class that another individual is an example of."""
    best, label, _ = kinds[0] if kinds else (key, "", False)
    if not is_activity:
        category = next((category for root, category in _BRANCHES if root in roots), "")
        return Node(key=key, identifier=best, name=label or best, category=category)
    others = _rows(_object(enabler), "type")
    by = _text(others[0].get("label") or others[0].get("id")) if others else ""
    xrefs = tuple(Xref("broad", name, label) for name, label, is_not in kinds if not is_not)
    return Node(
        key=key,
        name=": ".join(filter(None, (by, label or best))),
        category="function",
        xrefs=xrefs if best != key else (),
    )


def _reasons(
    reading: Reading, fact: dict[str, Any], individuals: dict[str, Any], place: str
) -> tuple[Citation, ...]:
    """The evidence of a fact: individuals of ECO, with their sources."""
    citations = []
    for row in _rows(fact, "annotations"):
        if row.get("key") != "evidence":
            reading.left("annotation", _text(row.get("key")), place)
            continue
        evidence = _object(individuals.get(_text(row.get("value"))))
        kinds = [_text(kind.get("id")) for kind in _rows(evidence, "type")]
        pairs = [
            (_text(a.get("key")), _text(a.get("value"))) for a in _rows(evidence, "annotations")
        ]
        papers = [value for key, value in pairs if key == "source"]
        citations.append(
            Citation(
                papers=tuple(papers),
                database="" if papers else "GO-CAM",
                method=kinds[0] if kinds else "",
                context=tuple(pair for pair in pairs if pair[0] == "with"),
            )
        )
    return tuple(citations)


def _rows(row: Any, name: str) -> list[dict[str, Any]]:
    """The objects in a list that a row has under this name, or the only one that stands alone."""
    listed = row.get(name) if isinstance(row, dict) else None
    listed = [listed] if isinstance(listed, dict) else listed
    return [part for part in listed if isinstance(part, dict)] if isinstance(listed, list) else []


def _object(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


# --- Writing ----------------------------------------------------------------------------------

#: What an activity does to another, where the predicate is none of RO: by its sign.
_CAUSAL: Final = {1: "RO:0002304", -1: "RO:0002305", 0: "RO:0002411"}
_ONE_OF: Final = {relation: name for name, relation in _ONE.items()}
_CLASSES: Final = {
    "enabled_by": "EnabledByGeneProductAssociation",
    "occurs_in": "CellularAnatomicalEntityAssociation",
    "part_of": "BiologicalProcessAssociation",
}


def render(graph: Graph, _: str = "") -> bytes:
    """The activities of a graph, with what they are tied to and what they do to each other."""
    statements = list(claims.repeatable(graph))
    activities = {
        key for key, entity in graph.entities.items() if kin(entity.category) == "function"
    }
    activities |= {
        statement.subject for statement in statements if statement.predicate == _ENABLED_BY
    }
    rows: dict[str, dict[str, Any]] = {key: {"id": key} for key in sorted(activities)}
    named: set[str] = set()
    for key, row in rows.items():
        function = _written_function(graph, key)
        if function:
            row["molecular_function"] = {"term": function}
            named.add(function)
    for statement in statements:
        if statement.subject in rows:
            named.update(_write(graph, rows, statement))
    about = graph.about
    document = {
        "id": about.home or "https://w3id.org/trabecula/graph",
        "title": about.title or "a graph",
        "activities": list(rows.values()),
        "molecules": [{"id": key, "term": key} for key in _molecules(rows.values())],
        "objects": [
            {"id": key, "label": graph.name(key)} for key in sorted(named) if graph.name(key) != key
        ],
    }
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def _molecules(activities: Iterable[dict[str, Any]]) -> list[str]:
    """What activities take in and give out."""
    rows = (row for activity in activities for row in _rows(activity, "molecular_associations"))
    return sorted({row["molecule"] for row in rows})


def _written_function(graph: Graph, key: str) -> str:
    """The function of an activity: itself, or the term that is broader."""
    entity = graph.entities.get(key)
    if entity is None or key.startswith("GO:"):
        return key if key.startswith("GO:") else ""
    broader = (x.curie for x in entity.xrefs if x.match == "broad" and x.curie.startswith("GO:"))
    return next(broader, "")


def _write(graph: Graph, rows: dict[str, dict[str, Any]], statement: Statement) -> Iterator[str]:
    """Put a statement with the activity that it is about; gives the things that it names."""
    activity, name = rows[statement.subject], statement.predicate
    told = {"evidence": evidence} if (evidence := _written_reasons(statement)) else {}
    if name in _ONE_OF and _ONE_OF[name] not in activity:
        kind = {"type": _CLASSES[_ONE_OF[name]]} if _ONE_OF[name] in _CLASSES else {}
        activity[_ONE_OF[name]] = {**kind, "term": statement.object, **told}
        yield statement.object
    elif name in _MANY.values():
        row = {"predicate": name, "molecule": statement.object, **told}
        activity.setdefault("molecular_associations", []).append(row)
        yield statement.object
    elif statement.object in rows and (relation := _causal(graph, statement)):
        row = {
            "predicate": relation,
            "downstream_activity": statement.object,
            **told,
        }
        activity.setdefault("causal_associations", []).append(row)


def _causal(graph: Graph, statement: Statement) -> str:
    """The relation of RO by which one activity acts on another; nothing where it does not act."""
    row = graph.words.relation(statement.predicate)
    if row.kind != "changes" or row.influence != "forward":
        return ""
    name = statement.predicate
    is_known = name.startswith("RO:") and Meanings("gocam").meaning(name).sign == row.sign
    return name if is_known else _CAUSAL[row.sign]


def _written_reasons(statement: Statement) -> list[dict[str, Any]]:
    evidence: dict[tuple[str, str], dict[str, Any]] = {}
    for row in statement.evidence:
        if row.stance == "supports" and not row.retracted:
            method = METHODS.get(row.method)
            eco = method.eco if method is not None else ""
            evidence[row.source, eco] = {**({"term": eco} if eco else {}), "reference": row.source}
    return list(evidence.values())
