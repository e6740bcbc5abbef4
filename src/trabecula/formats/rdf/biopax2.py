"""BioPAX level 2 in the words of level 3, as which it is then read.

Properties are written in capitals there (`CONTROL-TYPE`), classes begin in lower case, and what
takes part in an interaction is a participant, a node between it and the molecule, which says where
the molecule is and how it is changed. The molecule stands in its place here.
"""

from __future__ import annotations

import re
from typing import Final

from trabecula.formats.rdf.content import Content
from trabecula.formats.rdf.rows import Object
from trabecula.formats.rdf.things import named
from trabecula.mapping import Reading

_LEVEL_2: Final = "http://www.biopax.org/release/biopax-level2.owl#"
_TYPE: Final = named("rdf:type")
_MOLECULE: Final = f"{_LEVEL_2}PHYSICAL-ENTITY"
#: What a participant says that its molecule has no place for.
_STATES: Final = tuple(
    f"{_LEVEL_2}{name}" for name in ("CELLULAR-LOCATION", "SEQUENCE-FEATURE-LIST")
)
#: Words that level 3 has replaced by others than the same in its spelling.
_OTHERS: Final = {
    "NAME": "standardName", "SHORT-NAME": "displayName", "SYNONYMS": "name",
    "PARTICIPANTS": "participant", "COMPONENTS": "component", "AUTHORS": "author",
    "PATHWAY-COMPONENTS": "pathwayComponent", "STEP-INTERACTIONS": "stepProcess",
    "physicalInteraction": "MolecularInteraction", "dataSource": "Provenance",
    "openControlledVocabulary": "InteractionVocabulary", "confidence": "Score",
    "sequenceFeature": "ModificationFeature", "deltaGprimeO": "DeltaG",
}  # fmt: skip


def modernised(content: Content, reading: Reading) -> None:
    """Write what is of level 2 in a file in the words of level 3."""
    if not any(name.startswith(_LEVEL_2) for pairs in content.nodes.values() for name in pairs):
        return
    molecules: dict[Object, Object] = {}
    for node, pairs in content.nodes.items():
        if _MOLECULE in pairs:
            molecules[node] = next(iter(pairs[_MOLECULE]))
            for name in _STATES:
                if name in pairs:
                    word = name.removeprefix(_LEVEL_2)
                    reading.left("property of a participant", word, node)
    made: dict[str, dict[str, dict[Object, None]]] = {}
    for node, pairs in content.nodes.items():
        if node in molecules:
            continue
        for name, values in pairs.items():
            kept = made.setdefault(node, {}).setdefault(_word(name), {})
            for value in values:
                kept[_word(value) if name == _TYPE else molecules.get(value, value)] = None
    content.nodes.clear()
    content.nodes.update(made)


def _word(name: Object) -> str:
    """A property or a class of level 2 as level 3 calls it; any other as it is.

    >>> [_word(_LEVEL_2 + name) for name in ("CONTROL-TYPE", "biochemicalReaction", "NAME")] == [
    ...     named(f"bp:{name}") for name in ("controlType", "BiochemicalReaction", "standardName")
    ... ]
    True
    """
    text = str(name)
    if not text.startswith(_LEVEL_2):
        return text
    word = text.removeprefix(_LEVEL_2)
    if word in _OTHERS:
        return named(f"bp:{_OTHERS[word]}")
    if word.isupper():
        word = re.sub(r"-(\w)", lambda match: match[1].upper(), word.lower())
        return named(f"bp:{word}")
    return named(f"bp:{word[:1].upper()}{word[1:]}")
