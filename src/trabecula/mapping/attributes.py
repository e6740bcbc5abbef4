"""What the attributes of nodes and edges mean, by the names that programs give them.

Files of networks have nodes and edges with attributes. `attribute_names` has what they are called;
an attribute that its tables do not have is left out, counted and named.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, replace
from operator import itemgetter
from typing import Any, Final

from trabecula.errors import VocabularyError
from trabecula.identifiers import curie_problem
from trabecula.mapping import biolink
from trabecula.mapping.attribute_names import (
    DERIVED,
    EDGE,
    NODE,
    OF_CYTOSCAPE,
    SURE,
    by_name,
    folded,
    is_opaque,
    squeezed,
)
from trabecula.mapping.attribute_papers import are_papers, of_omnipath, papers_of
from trabecula.mapping.attribute_values import (
    Attribute,
    Values,
    first_texts,
    says_nothing,
    text_of,
    texts,
)
from trabecula.mapping.cited import is_database, paper
from trabecula.mapping.curies import prefix_of
from trabecula.mapping.items import Citation, Edge, Item, Node
from trabecula.mapping.joined import context_of, effect_of, pairs, rows, xref
from trabecula.mapping.reading import Reading
from trabecula.mapping.signs import denies_under, in_numbers, in_words, is_number, signs_of, truth
from trabecula.misspelt import unknown
from trabecula.model import Context, Xref
from trabecula.vocabulary import METHODS

#: The name that Cytoscape gives an edge: `A (inhibits) B`.
_NAME_OF_EDGE: Final = re.compile(r".+ \(.+\) .+")
#: Attributes in which the app for WikiPathways keeps the head of a line of GPML.
_OF_GPML: Final = frozenset(("wp type", "endarrow"))
#: What programs call the T-bar at the end of an arrow, which says that it inhibits.
_BARS: Final = frozenset(("tee", "t", "tbar", "tshape"))
#: An attribute that says whether an edge is negated, and not something else that is negative.
_NEGATED: Final = frozenset(("negated", "isnegated", "negation", "denied", "isdenied"))
#: Attributes that are a sign whatever number stands there.
_OF_SIGNS: Final = frozenset(("sign", "polarity", "edgesign", "mor", "modeofregulation"))
#: What an attribute says of which there is one, so that the rest of a list has no place.
_SINGLE: Final = frozenset(
    ("name", "identifier", "description", "taxon", "predicate", "sign", "negated", "directed",
     "stimulation", "inhibition", "topic")
)  # fmt: skip
#: The predicate of an edge that names none: with a direction, without one, with a sign.
LINKED_TO: Final = "is linked to"
LINKED_WITH: Final = "is linked with"
_SIGNED: Final = "affects"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """An edge as a file has it: keys of its ends, attributes, what it says otherwise, its place."""

    subject: str
    object: str
    values: Values
    place: str
    predicate: str = ""
    symmetric: bool = False
    mutual: bool = False
    citations: tuple[Citation, ...] = ()


class Attributes:
    """Makes nodes and edges of what one file says of them in attributes."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        extra: dict[str, list[str]] = {}
        for role, name in reading.options.columns:
            if role not in {*NODE, *EDGE, "subject", "object"}:
                raise VocabularyError(unknown("column", role, sorted({*NODE, *EDGE})))
            extra.setdefault(role, []).append(folded(name))
        #: Names of all attributes, where the user names some.
        self._there: dict[str, str] | None = {} if reading.options.columns else None
        self._node = by_name(NODE, extra)
        self._edge = by_name(EDGE, extra)

    def network(
        self, nodes: Iterable[tuple[str, Values, str]], edges: Iterable[Row]
    ) -> Iterator[Item]:
        """The items of a network: of each node its key, attributes and place, and then the edges.

        An edge that ends in no node is wrong. Raises `VocabularyError` for an attribute that the
        user names and that nothing has.
        """
        keys = set()
        for node in self.nodes(nodes):
            keys.add(node.key)
            yield node
        for row in edges:
            missing = [end for end in (row.subject, row.object) if end not in keys]
            if missing:
                what = f"the edge ends in {missing[0]!r:.60}, which is no node"
                self.reading.wrong(row.place, what, "add the node, or correct the edge")
            else:
                yield from self.edges(row)
        for _, name in self.reading.options.columns:
            if self._there and squeezed(folded(name)) not in self._there:
                raise VocabularyError(unknown("attribute", name, sorted(self._there.values())))

    # --- Nodes ------------------------------------------------------------------------------

    def nodes(self, elements: Iterable[tuple[str, Values, str]]) -> Iterator[Node]:
        """A node for each key, with its attributes and its place in the file.

        What identifies it is an attribute that says so, else its key, or its name where the key is
        only a number; two that have the same name then are told apart by their keys.
        """
        made = [(key, place, self._of_node(key, values, place)) for key, values, place in elements]
        names = Counter(slots["name"] for _, _, slots in made)
        keys: set[str] = set()
        for key, place, slots in made:
            if key in keys:
                self.reading.report.left.mend(f"nodes that stand twice are one: {key!r:.40}", place)
            keys.add(key)
            identifier, name = slots["identifier"] or slots["curie"], slots["name"]
            if not identifier and is_opaque(key) and name:
                identifier = name if names[name] == 1 else f"{name} ({key})"
            yield Node(
                key=key,
                identifier=identifier,
                name=name or slots["label"],
                category=slots["category"],
                synonyms=slots["synonyms"],
                xrefs=slots["xrefs"],
                description=slots["description"],
                taxon=slots["taxon"],
            )

    def _of_node(self, key: str, values: Values, place: str) -> dict[str, Any]:
        by_role = self._sorted(self._node, values, "node attribute", place)
        identifiers = [
            _with_prefix(text)
            for name, text in first_texts(by_role.pop("identifier", ()))
            if folded(name) in SURE or not is_opaque(text)
        ]
        xrefs, words = _xrefs(by_role.pop("xrefs", ()))
        for text in words:
            self.reading.left("cross-reference in words", text, place)
        others, synonyms = _xrefs(by_role.pop("synonyms", ()))
        names = [text for _, text in first_texts(by_role.pop("name", ())) if text != "-"]
        spoken = [text for text in names if not is_opaque(text) and text != key]
        # a key that is only a number leaves it to a label to identify the node, as in GML
        curies = [text for text in spoken if is_opaque(key) and not curie_problem(text)]
        names = [text for text in spoken if text not in curies[:1]] or spoken or names
        slots: dict[str, Any] = {
            "identifier": identifiers[0] if identifiers else "",
            "curie": curies[0] if curies else "",
            "name": names[0] if names else "",
            "label": next(iter(synonyms), ""),
            "synonyms": tuple(dict.fromkeys((*names[1:], *synonyms))),
            "xrefs": tuple(dict.fromkeys((*xrefs, *others))),
        }
        for role in ("category", "description", "taxon"):
            several = first_texts(by_role.get(role, ()))
            slots[role] = several[0][1] if several else ""
            if role == "category":  # which KGX has as a list
                slots[role] = next(iter(texts(slots[role])), "")
            for name, text in several[1:]:
                if text != several[0][1]:
                    self.reading.left("node attribute", name, place)
        if slots["category"].startswith(":"):  # as Neo4j writes labels
            slots["category"] = slots["category"].split(":")[1]
        slots["taxon"] = self._taxon(slots["taxon"], place)
        return slots

    def _taxon(self, text: str, place: str) -> str:
        """A taxon as a CURIE; one in words is left out."""
        if text.isdigit():
            return f"NCBITaxon:{text}"
        if text and curie_problem(text):
            self.reading.left("node attribute", "taxon in words", place)
            return ""
        return text

    # --- Edges ------------------------------------------------------------------------------

    def edges(self, row: Row) -> Iterator[Edge]:
        """The edges that a row of a file stands for: one, or two where it has both signs."""
        values, place = row.values, row.place
        own = rows(text_of(values.get("evidence"))) or _objects(values.get("evidence"))
        if own is not None:
            values = {n: v for n, v in values.items() if n != "evidence" and n not in DERIVED}
        values, of_biolink = _parted(values)
        by_role = self._sorted(self._edge, values, "edge attribute", place)
        if "stimulation" in by_role and "papers" in by_role:  # of OmniPath
            by_role["papers"] = of_omnipath(by_role["papers"])
        denial = by_role.pop("negated", ())
        if self._unclear(denial, place):
            return
        negated = self._truth(denial, place) is True or (
            not denial and any(self._denies(name, value) for name, value in values.items())
        )
        directed = self._truth(by_role.pop("directed", ()), place)
        symmetric = row.symmetric if directed is None else not directed
        name, signs = self._relation(row, by_role, symmetric=symmetric)
        directions, narrowed = biolink.meaning(of_biolink)
        signs = directions if signs == (None,) else signs
        ours = tuple(map(_citation, own or ()))
        if negated and signs == (0,):
            signs = (None,)  # what is not so has no sign, as our files say
        if negated and any(citation.stance != "qualifies" for citation in ours):
            negated, ours = False, tuple(map(_turned, ours))
        elsewhere = {paper(name) for citation in row.citations for name in citation.papers}
        cited = (*row.citations, *ours, *self._citations(by_role, place, elsewhere))
        for sign in signs:
            yield Edge(
                subject=row.subject,
                predicate=name,
                object=row.object,
                sign=sign,
                negated=negated,
                symmetric=symmetric,
                mutual=symmetric and row.mutual,
                qualifiers=(*self._qualifiers(by_role.get("qualifiers", ()), place), *narrowed),
                citations=cited,
                topic=next((text for _, text in first_texts(by_role.get("topic", ()))), ""),
                place=place,
            )

    def _relation(
        self, row: Row, by_role: dict[str, tuple[Attribute, ...]], *, symmetric: bool
    ) -> tuple[str, tuple[int | None, ...]]:
        """The predicate of an edge, and its signs, of which two are two statements."""
        told = by_role.pop("predicate", ())
        name = self._predicate(told, row.place, row.predicate)
        signs: tuple[int | None, ...] = self._signs(by_role, row.place)
        if signs == (None,) and not row.predicate and told:
            numbers = in_numbers(folded(told[0][0]), str(told[0][1]))
            if numbers:
                name, signs = "", numbers
        if not name:
            linked = LINKED_WITH if symmetric else LINKED_TO
            name = linked if signs == (None,) else _SIGNED
        return name, signs

    def _predicate(self, attributes: tuple[Attribute, ...], place: str, given: str) -> str:
        """What the file says otherwise than in attributes, or the first attribute that says it."""
        told = list(first_texts(attributes))
        figures = [name for name, text in told if _is_figure(name, text)]
        for attribute in figures:
            self.reading.left("edge attribute", attribute, place)
        texts_ = [
            (name, f"gpml:{text}" if folded(name) in _OF_GPML else text.lstrip(":"))
            for name, text in told
            if name not in figures
        ]
        # links to what a type means, as the app for WikiPathways writes them, are no name of it
        texts_.sort(key=lambda pair: "<a href" in pair[1])
        name = given or (texts_[0][1] if texts_ else "")
        for attribute, text in texts_:
            if text != name:
                self.reading.left("edge attribute", attribute, place)
        return name

    def _signs(self, by_role: dict[str, tuple[Attribute, ...]], place: str) -> tuple[Any, ...]:
        for name, text in first_texts(by_role.pop("sign", ())):
            # a number under `regulation` that is no 1 is how strong it is
            is_sign = squeezed(name) in _OF_SIGNS or in_numbers("sign", text) or in_words(text)
            signs = signs_of(text) if is_sign else None
            if signs is not None:
                return signs
            self.reading.left("sign", f"{name} {text}", place)
        ups = self._truth(by_role.pop("stimulation", ()), place)
        downs = self._truth(by_role.pop("inhibition", ()), place)
        signs = tuple(sign for sign, there in ((1, ups), (-1, downs)) if there)
        heads = first_texts(by_role.pop("head", ()))
        bars = [name for name, text in heads if squeezed(text) in _BARS]
        for name, _ in heads:
            if signs or name not in bars:  # any other head is a look
                self.reading.left("edge attribute", name, place)
        return signs or ((-1,) if bars else (None,))

    def _truth(self, attributes: tuple[Attribute, ...], place: str) -> bool | None:
        for name, text in first_texts(attributes):
            answer = truth(text)
            if answer is not None:
                return answer
            self.reading.left("edge attribute", name, place)
        return None

    def _denies(self, name: str, value: Any) -> bool:
        """Whether an attribute that says nothing else is a verdict that denies."""
        if not isinstance(value, str):
            return False
        plain = squeezed(name)
        return plain not in self._edge and denies_under(plain, value)

    def _unclear(self, attributes: tuple[Attribute, ...], place: str) -> bool:
        """Whether it is not said if an edge is negated, where something stands; says so."""
        for name, text in first_texts(attributes):
            if squeezed(name) in _NEGATED and truth(text) is None:
                what = f"{text!r:.40} does not say whether it is negated"
                self.reading.wrong(place, what, "write true or false")
                return True
        return False

    def _qualifiers(self, attributes: tuple[Attribute, ...], place: str) -> Context:
        for name, value in attributes:
            made = context_of(value) if isinstance(value, Mapping) else pairs(text_of(value))
            if made is not None:
                return made
            self.reading.left("edge attribute", name, place)
        return ()

    def _citations(
        self, by_role: dict[str, tuple[Attribute, ...]], place: str, elsewhere: Set[str]
    ) -> Iterator[Citation]:
        """One citation for all papers of a row, or one for each database that it names.

        Papers that the file names `elsewhere`, too, are cited already.
        """
        named = dict.fromkeys(papers_of(self.reading, by_role, place))
        papers = tuple(name for name in named if paper(name) not in elsewhere)
        if named and not papers:
            return
        databases = tuple(dict.fromkeys(self._databases(by_role, place)))
        more: dict[str, Any] = {}
        for role in ("record", "method", "taxon", "summary", "locator"):
            for name, value in by_role.get(role, ()):
                text = "; ".join(texts(value))
                if (role in more and text != more[role]) or not (papers or databases):
                    self.reading.left("edge attribute", name, place)
                else:
                    more[role] = text
        more["species"] = more.pop("taxon", "")
        written = [
            (name, value)
            for name, value in by_role.get("evidence", ())
            if texts(value) and not are_papers(value)
        ]
        for name, value in written:
            if papers and not more.get("summary") and isinstance(value, str):
                more["summary"] = value
            else:
                self.reading.left("edge attribute", name, place)
        if papers:
            yield Citation(papers=papers, database=databases[0] if databases else "", **more)
        else:
            for database in databases:
                yield Citation(database=database, **more)

    def _databases(self, by_role: dict[str, tuple[Attribute, ...]], place: str) -> Iterator[str]:
        for name, value in by_role.get("database", ()):
            for text in (part for each in texts(value) for part in re.split(r"\s*[;|]\s*", each)):
                if is_database(text):
                    yield text
                elif text:
                    self.reading.left("edge attribute", name, place)

    def _sorted(
        self, table: Mapping[str, tuple[int, str]], values: Values, kind: str, place: str
    ) -> dict[str, tuple[Attribute, ...]]:
        """Attributes by what they say, in the order of the table; the others are left out."""
        by_role: dict[str, list[tuple[int, str, Any]]] = {}
        if self._there is not None:
            self._there |= {squeezed(name): name for name in values}
        for name, value in values.items():
            if says_nothing(value):
                continue
            rank, role = table.get(squeezed(name), (0, ""))
            if role in _SINGLE and isinstance(value, list | tuple) and len(texts(value)) > 1:
                if role == "name":  # the others are synonyms
                    by_role.setdefault(role, []).extend((rank, name, text) for text in texts(value))
                    continue
                self.reading.left(kind, f"further values of {name}", place)
            if role:
                by_role.setdefault(role, []).append((rank, name, value))
            elif not _is_of_cytoscape(name, value, kind):
                self.reading.left(kind, name, place)
        for row in by_role.values():
            if len(row) > 1:
                row.sort(key=itemgetter(0, 1))
        return {role: tuple([attribute[1:] for attribute in row]) for role, row in by_role.items()}


def _is_figure(name: str, text: str) -> bool:
    """Whether a label shows a number, such as a weight, and no relation."""
    return folded(name) == "label" and is_number(text)


def left_of_graph(reading: Reading, name: str, place: str) -> None:
    """Note an attribute of a graph as a whole that the model has no place for."""
    if name not in OF_CYTOSCAPE:
        reading.left("graph attribute", name, place)


def _is_of_cytoscape(name: str, value: Any, kind: str) -> bool:
    if name == "name" and kind == "edge attribute":
        return _NAME_OF_EDGE.fullmatch(text_of(value)) is not None
    return name in OF_CYTOSCAPE


def _parted(values: Values) -> tuple[Values, biolink.Slots]:
    """Attributes that are not, and those that are, what Biolink narrows an edge by.

    >>> _parted({"weight": 1, "object_direction_qualifier": "decreased"})
    ({'weight': 1}, {'object_direction_qualifier': ('decreased',)})
    """
    slots = {name: slot for name in values if biolink.narrows(slot := biolink.slot(name))}
    if not slots:
        return values, {}
    rest = {name: value for name, value in values.items() if name not in slots}
    return rest, {slot: texts(values[name]) for name, slot in slots.items()}


def _xrefs(attributes: tuple[Attribute, ...]) -> tuple[list[Xref], list[str]]:
    """Cross-references, and what is none and only another name."""
    xrefs, words = [], []
    for _, value in attributes:
        for text in map(_with_prefix, texts(value)):
            made = xref(text)
            if made is not None:
                xrefs.append(made)
            elif re.fullmatch(r"[A-Za-z][\w.-]*:\S+", text):
                xrefs.append(Xref("related", text))
            else:
                words.append(text)
    return xrefs, words


def _with_prefix(text: str) -> str:
    """An identifier after the name of its database, as NDEx has them, as a CURIE.

    >>> _with_prefix("uniprot knowledgebase:P1"), _with_prefix("Akt 1:x")
    ('UniProtKB:P1', 'Akt 1:x')
    """
    database, _, accession = text.partition(":")
    prefix = prefix_of(database) if " " in database and accession else ""
    return f"{prefix}:{accession}" if prefix else text


def _objects(value: Any) -> list[dict[str, Any]] | None:
    """Rows of evidence of ours that stand as a list of objects, as JSON can have them."""
    if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
        return None
    return rows(json.dumps(value))


def _turned(citation: Citation) -> Citation:
    """What says of a negated statement that it is so says of what it negates that it is not."""
    stance = {"supports": "disputes", "disputes": "supports"}.get(citation.stance, citation.stance)
    return replace(citation, stance=stance)


def _citation(row: Mapping[str, Any]) -> Citation:
    """A row of evidence of ours as a citation."""
    method = row.get("method", "")
    registered = METHODS.get(method)
    context = list(context_of(row.get("context", {})) or ())
    if row.get("system"):
        context.append(("system", row["system"]))
    return Citation(
        papers=(row["source"],),
        method=registered.eco
        if registered is not None and registered.eco and not registered.design
        else method,
        species=row.get("species", ""),
        summary=row.get("summary", ""),
        locator=row.get("locator", ""),
        context=tuple(context),
        stance=row.get("stance", "supports"),
        effect=effect_of(row.get("effect")),
    )
