"""Disorders of dismech (Monarch), a YAML file each: mechanisms, phenotypes, genes, treatments.

Read only. Named elements of a file are things, known by their term where one is given, or else by
their name and that of the disorder; the term of a treatment that is called otherwise is its kind.
Read is what the sections say of them: a mechanism `causes` what is downstream of it and affects
processes, a phenotype leads to its sequelae, a disorder has phenotypes, genes contribute,
treatments act on mechanisms. Each item of evidence is a row: `SUPPORT` supports, `REFUTE` and
`WRONG_STATEMENT` dispute, `PARTIAL` qualifies, and what is `NO_EVIDENCE` is left out and counted. A
phenotype that is `EXCLUDED` or `ABSENT` is denied, and so is what a gene that is `DISPUTED`
contributes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any, Final

from trabecula.errors import FormatError, Problem
from trabecula.mapping import Citation, Edge, Item, Node, Reading
from trabecula.mapping.attribute_values import texts
from trabecula.mapping.signs import is_never
from trabecula.model import About, Context, Source, Xref

#: Section -> where the term of its elements stands, and their category.
_SECTIONS: Final = MappingProxyType(
    {
        "pathophysiology": ("", "biolink:PathologicalProcess"),
        "phenotypes": ("phenotype_term", "biolink:PhenotypicFeature"),
        "environmental": ("exposure_term", "exposure"),
        "genetic": ("gene_term", "biolink:Gene"),
        "treatments": ("treatment_term", "biolink:Treatment"),
        "biochemical": ("biomarker_term", "chemical"),
    }
)
#: List within a mechanism -> predicate between it and each term in the list, and the category.
_PARTS: Final = MappingProxyType(
    {
        "biological_processes": ("affects", "process"),
        "molecular_functions": ("affects", "function"),
        "cell_types": ("has participant", "cell"),
        "locations": ("has participant", "anatomy"),
        "genes": ("has participant", "biolink:Gene"),
        "gene": ("has participant", "biolink:Gene"),
        "chemical_entities": ("has participant", "chemical"),
        "cellular_components": ("has participant", "biolink:CellularComponent"),
    }
)
#: What a gene may be to a disorder without making it more likely; more or less of it is not told.
_GOES_WITH: Final = ("PROTECTIVE", "MODIFIER", "BIOMARKER", "UNKNOWN")
_MODIFIERS: Final = MappingProxyType({"INCREASED": 1, "DECREASED": -1})
_STANCES: Final = MappingProxyType(
    {"SUPPORT": "supports", "REFUTE": "disputes", "WRONG_STATEMENT": "disputes",
     "PARTIAL": "qualifies"}
)  # fmt: skip
#: How sure somebody is of a mechanism, and what else is told of a link beside its evidence.
_CONFIDENCE: Final = "mechanism_confidence"
_OF_LINK: Final = ("causal_link_type", "hypothesis_groups")
_READ: Final = frozenset(("name", "synonyms", "disease_term", "description", *_SECTIONS))
#: What every element may have and is read, or says how it was made.
_OF_ELEMENT: Final = frozenset(
    ("name", "description", "evidence", "downstream", "sequelae", "target_mechanisms",
     "target_phenotypes", "gene_term", "environment_term", "review_notes", _CONFIDENCE,
     *(term for term, _ in _SECTIONS.values()), *_PARTS)
)  # fmt: skip

Values = Mapping[str, Any]


def items(reading: Reading) -> Iterator[Item]:
    """The things and statements of the disorders of a file."""
    document = reading.yaml()
    disorders = document if isinstance(document, list) else [document]
    for disorder in disorders:
        if not isinstance(disorder, dict) or not _text(disorder.get("name")):
            fix = "write name: … and pathophysiology: […]"
            raise FormatError(
                [Problem("yaml-shape", reading.where, "this is no disorder with a name", fix)]
            )
        yield from _Disorder(reading, disorder).items()
    if len(disorders) == 1:
        yield About(title=_text(disorders[0]["name"]))


@dataclass
class _Disorder:
    reading: Reading
    values: Values
    #: Name of an element, folded -> its key.
    keys: dict[str, str] = field(default_factory=dict)
    titled: set[str] = field(default_factory=set)

    @property
    def name(self) -> str:
        return _text(self.values.get("name"))

    def items(self) -> Iterator[Item]:
        for name in self.values:
            if name not in _READ:
                self.reading.left("section", str(name), self.name)
        term = _term(self.values.get("disease_term"))
        disease = term[0] or self.name
        yield Node(
            key=disease,
            name=self.name,
            category="biolink:Disease",
            synonyms=tuple(map(_text, _listed(self.values.get("synonyms")))),
        )
        for section in _SECTIONS:
            for place, element in self.elements(self.values, section, section):
                yield from self.thing(section, element, place)
        for section in _SECTIONS:
            for place, element in self.elements(self.values, section, section):
                key = self.keys.get(_text(element.get("name")).casefold())
                if key is not None:
                    yield from self.statements(section, key, element, disease, place)

    def elements(self, values: Values, name: str, place: str) -> Iterator[tuple[str, Values]]:
        for number, element in enumerate(_listed(values.get(name))):
            at = f"{place}[{number}]"
            if isinstance(element, Mapping):
                yield at, element
            else:
                self.reading.wrong(at, "is no object", "write name: …")

    def thing(self, section: str, element: Values, place: str) -> Iterator[Item]:
        name = _text(element.get("name"))
        field_, category = _SECTIONS[section]
        term = element.get(field_) or element.get("environment_term")  # as it was called before
        identifier, label = _term(term) if field_ else ("", "")
        if not name and not label:
            self.reading.wrong(place, "an element has no name", "write name: …")
            return
        for attribute in element:
            is_read = (section, attribute) == ("biochemical", "presence")
            is_read = is_read or _is_read(str(attribute), _text(element[attribute]))
            if attribute not in _OF_ELEMENT and not is_read:
                self.reading.left("attribute", str(attribute), place)
        kinds = _kinds_of_treatment(name, term) if section == "treatments" else ()
        if kinds:  # many drugs have the term pharmacotherapy, and none of them is it
            identifier = label = ""
        key = identifier or f"{name or label} ({self.name})"
        for spelling in (name, label, identifier):
            if spelling:
                self.keys.setdefault(spelling.casefold(), key)
        yield Node(
            key=key,
            name=name or label,
            category=category,
            synonyms=(label,) if label and label != name else (),
            xrefs=kinds,
            description=_text(element.get("description")),
        )

    def statements(
        self, section: str, key: str, element: Values, disease: str, place: str
    ) -> Iterator[Item]:
        """The statements of one element, with how sure somebody is of it."""
        sure = _text(element.get(_CONFIDENCE))
        context = ((_CONFIDENCE, sure.casefold()),) if sure else ()
        for item in self._statements(section, key, element, disease, place):
            yield _in_context(item, context) if isinstance(item, Edge) else item

    def _statements(
        self, section: str, key: str, element: Values, disease: str, place: str
    ) -> Iterator[Item]:
        rows = self.evidence(element, place)
        if section == "pathophysiology":
            yield from self.targets(element, "downstream", key, "causes", place)
            yield from self.parts(element, key, rows, place)
            yield self.edge(disease, "has participant", key, rows, place)
        elif section == "phenotypes":
            yield self.phenotype(disease, key, element, rows, place)
            yield from self.targets(element, "sequelae", key, "leads to", place)
        elif section in ("genetic", "environmental"):
            yield self.contribution(section, disease, key, element, rows, place)
            yield from self.targets(element, "downstream", key, "causes", place)
        elif section == "treatments":
            yield self.edge(disease, "is treated with", key, rows, place)
            for at, target in self.elements(element, "target_mechanisms", f"{place}.target"):
                effect = _text(target.get("treatment_effect")) or "targets"
                yield from self.on_target(target, key, effect, at)
            for at, target in self.elements(element, "target_phenotypes", f"{place}.phenotype"):
                target_key = self.keys.get(
                    (_term(target)[0] or _text(target.get("preferred_term"))).casefold()
                )
                if target_key is not None:
                    yield self.edge(key, "treats", target_key, self.evidence(target, at), at)
                else:
                    self.reading.left("target", "phenotype that is not named", at)
        else:  # a biomarker, of which there is more, less or nothing
            told = {
                "presence": _text(element.get("presence")),
                "modifier": _modifier(element.get("biomarker_term")),
            }
            made = self.edge(disease, "has phenotype", key, rows, place)
            yield replace(made, qualifiers=tuple((n, text) for n, text in told.items() if text))
        yield from self.titles(rows)

    def targets(
        self, element: Values, name: str, key: str, predicate: str, place: str
    ) -> Iterator[Item]:
        for at, target in self.elements(element, name, f"{place}.{name}"):
            yield from self.on_target(target, key, predicate, at)

    def phenotype(
        self, disease: str, key: str, element: Values, rows: list[Values], place: str
    ) -> Edge:
        """That a disorder has a phenotype; or that it has not, which some are written down for."""
        modifier = _modifier(element.get("phenotype_term"))
        if modifier == "absent" or is_never(_text(element.get("frequency"))):
            return self.denial(disease, "has phenotype", key, rows, place)
        made = self.edge(disease, "has phenotype", key, rows, place)
        return replace(made, qualifiers=(("modifier", modifier),) if modifier else ())

    def contribution(
        self, section: str, disease: str, key: str, element: Values, rows: list[Values], place: str
    ) -> Edge:
        """That a gene or an exposure contributes to a disorder; or what else a gene is to it."""
        kind = _text(element.get("relationship_type")) if section == "genetic" else ""
        if kind == "DISPUTED":
            return self.denial(key, "contributes to", disease, rows, place)
        if kind in _GOES_WITH:
            made = self.edge(key, "biolink:genetically_associated_with", disease, rows, place)
            return replace(made, qualifiers=(("relationship type", kind.casefold()),))
        effect = _text(element.get("effect")) if section == "environmental" else ""
        if _protects(effect):
            made = self.edge(key, "biolink:associated_with", disease, rows, place)
            return replace(made, qualifiers=(("effect", effect),))
        return self.edge(key, "contributes to", disease, rows, place)

    def denial(
        self, subject: str, predicate: str, object_: str, rows: list[Values], place: str
    ) -> Edge:
        """That something is not so, for which evidence for what is written down speaks."""
        against = [row for row in rows if _stance(row) == "disputes"]
        if against:
            self.reading.left("evidence", "against a denial", place, len(against))
        rows = [row for row in rows if row not in against]
        return replace(self.edge(subject, predicate, object_, rows, place), negated=True)

    def on_target(self, target: Values, key: str, predicate: str, place: str) -> Iterator[Item]:
        """The statement on a target, which is named as it is called elsewhere in the file."""
        name = _text(target.get("target"))
        if not name:
            self.reading.wrong(place, "an effect has no target", "write target: …")
            return
        told = tuple((name, text) for name in _OF_LINK if (text := _text(target.get(name))))
        for attribute in target:
            is_told = attribute in _OF_LINK and "evidence" in target
            if attribute not in ("target", "evidence", "treatment_effect") and not is_told:
                self.reading.left("attribute", str(attribute), place)
        target_key = self.keys.get(name.casefold())
        if target_key is None:
            target_key = self.keys[name.casefold()] = f"{name} ({self.name})"
            yield Node(key=target_key, name=name, category="biolink:PathologicalProcess")
        rows = self.evidence(target, place)
        yield _in_context(self.edge(key, predicate, target_key, rows, place), told)
        yield from self.titles(rows)

    def parts(self, element: Values, key: str, rows: list[Values], place: str) -> Iterator[Item]:
        for name, (predicate, category) in _PARTS.items():
            for at, part in self.elements(element, name, f"{place}.{name}"):
                identifier, label = _term(part)
                words = _text(part.get("preferred_term")) or label
                if not identifier and not words:
                    self.reading.wrong(at, "it has no term", "write preferred_term: …")
                    continue
                yield Node(key=identifier or words, name=label or words, category=category)
                modifier = _text(part.get("modifier"))
                sign = _MODIFIERS.get(modifier)
                made = self.edge(key, predicate, identifier or words, rows, at, sign)
                narrowed = (("modifier", modifier.casefold()),) if modifier and not sign else ()
                yield replace(made, qualifiers=narrowed)

    def edge(
        self,
        subject: str,
        predicate: str,
        object_: str,
        rows: list[Values],
        place: str,
        sign: int | None = None,
    ) -> Edge:
        citations = tuple(
            Citation(
                papers=(_text(row.get("reference")),),
                summary=_text(row.get("explanation")) or _text(row.get("snippet")),
                stance=_stance(row),
            )
            for row in rows
        )
        return Edge(
            subject=subject, predicate=predicate, object=object_, sign=sign, citations=citations,
            place=f"{self.name}: {place}",
        )  # fmt: skip

    def evidence(self, element: Values, place: str) -> list[Values]:
        """The items of evidence that say something for or against."""
        rows = []
        for at, row in self.elements(element, "evidence", f"{place}.evidence"):
            supports = _text(row.get("supports")) or "SUPPORT"
            if not _text(row.get("reference")):
                self.reading.wrong(at, "it has no reference", "write reference: PMID:1")
            elif supports == "NO_EVIDENCE":
                self.reading.left("evidence", supports, at)
            elif supports not in _STANCES:
                what = f"supports is {supports!r:.40}"
                self.reading.wrong(at, what, f"write one of {', '.join(_STANCES)}")
            else:
                rows.append(row)
        return rows

    def titles(self, rows: list[Values]) -> Iterator[Source]:
        """What the file calls its references."""
        for row in rows:
            reference, title = _text(row.get("reference")), _text(row.get("reference_title"))
            if title and reference not in self.titled:
                self.titled.add(reference)
                yield Source(id=reference, title=title, kind="cited")


def _in_context(edge: Edge, context: Context) -> Edge:
    """The edge with more that is told with each piece of its evidence."""
    citations = (replace(c, context=(*c.context, *context)) for c in edge.citations)
    return replace(edge, citations=tuple(citations)) if context else edge


def _is_read(attribute: str, value: str) -> bool:
    """Whether an attribute says something that becomes part of the statement of its element."""
    return (
        (attribute == "frequency" and is_never(value))
        or (attribute == "relationship_type" and value in (*_GOES_WITH, "DISPUTED"))
        or (attribute == "effect" and _protects(value))
    )


def _protects(effect: str) -> bool:
    """Whether what is told of the effect of an exposure is that it protects."""
    return "protect" in effect.casefold()


def _stance(row: Values) -> str:
    return _STANCES[_text(row.get("supports")) or "SUPPORT"]


def _modifier(descriptor: Any) -> str:
    """How a term is changed where it stands: more or less of it, or none."""
    return _text(descriptor.get("modifier")).casefold() if isinstance(descriptor, Mapping) else ""


def _term(value: Any) -> tuple[str, str]:
    """Identifier and label of a term, within a descriptor or alone."""
    if not isinstance(value, Mapping):
        return "", ""
    term = value.get("term", value)
    if not isinstance(term, Mapping):
        return "", _text(value.get("preferred_term"))
    label = _text(term.get("label")) or _text(value.get("preferred_term"))
    return _text(term.get("id")), label


def _kinds_of_treatment(name: str, descriptor: Any) -> tuple[Xref, ...]:
    """The term of a treatment that is called otherwise, which is its kind, and what is given."""
    identifier, label = _term(descriptor)
    if not (isinstance(descriptor, Mapping) and identifier and name):
        return ()
    if name.casefold() in (label.casefold(), _text(descriptor.get("preferred_term")).casefold()):
        return ()
    agents = map(_term, _listed(descriptor.get("therapeutic_agent")))
    given = (Xref("related", agent, called) for agent, called in agents if agent)
    return (Xref("broad", identifier, label), *given)


def _listed(value: Any) -> list[Any]:
    """The elements of a list, or the only one that stands without."""
    return value if isinstance(value, list) else [] if value is None else [value]


def _text(value: Any) -> str:
    """A value as one line."""
    return " ".join(" ".join(texts(value)).split())
