"""The papers that edges of KGX cite: most are of PubMed, and are taken as they stand."""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from trabecula.mapping import Citation, biolink
from trabecula.mapping.records import Mapper
from trabecula.store import layout
from trabecula.store.incoming import Incoming, Numbers
from trabecula.store.kgx.columns import Numbered

#: A paper of PubMed in the one spelling that it has.
_PMID: Final = r"^PMID:[1-9][0-9]{0,8}$"


class Papers:
    """The papers that edges cite, by their texts in the table."""

    def __init__(self, incoming: Incoming, mapper: Mapper) -> None:
        self.incoming, self.mapper, self.pa = incoming, mapper, layout.arrow()
        self._texts = Numbered(self.pa.array([], self.pa.string()))
        self._codes = np.zeros(0, np.int32)

    def codes(self, texts: Any) -> Numbers:
        """The code of each, of which no two are alike; -1 for what says that there is none."""
        numbers, new = self._texts.numbers(texts)
        if len(new):
            self._codes = np.concatenate((self._codes, self._read(new)))
        codes: Numbers = self._codes[numbers]
        return codes

    def _read(self, texts: Any) -> Numbers:
        sources = self.incoming.sources
        is_plain = np.asarray(self.pa.compute.match_substring_regex(texts, _PMID))
        codes = np.full(len(texts), -1, np.int32)
        plain = texts.filter(self.pa.array(is_plain)).to_pylist()
        codes[is_plain] = sources.as_they_are(plain)
        self.incoming.cited.add_usual(codes[is_plain].tolist())
        for place in np.flatnonzero(~is_plain).tolist():
            papers = biolink.publications(biolink.texts(texts[place].as_py()))
            for source in self.mapper.reasons.cited(Citation(papers=papers)):
                codes[place] = sources.code(source)
        return codes
