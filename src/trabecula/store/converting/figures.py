"""What a reading of tables counts, counted in the arrays that were made of them."""

from __future__ import annotations

from collections import Counter
from typing import Final

import numpy as np

from trabecula.canonical import is_paper
from trabecula.mapping import Report
from trabecula.store import layout
from trabecula.store.incoming import how_of
from trabecula.store.opening import Store
from trabecula.store.write.tables import take

#: Statements that are counted at once.
_COUNTED: Final = 1 << 17
#: In place of a sign.
_DENIED: Final = 2


def count(store: Store, report: Report) -> None:
    """Count what a reading of the file in memory counts on its way."""
    report.counting = True
    report.signs.clear()
    stored = store.stored
    report.statements, report.evidence = stored.count("statements"), stored.count("evidence")
    used = np.flatnonzero(np.bincount(stored.array("evidence.source")))
    cited = take(stored.texts("sources.id"), used)
    of_pubmed = np.asarray(layout.arrow().compute.starts_with(cited, pattern="PMID:"))
    others = cited.filter(layout.arrow().array(~of_pubmed)).to_pylist()
    report.papers = int(np.count_nonzero(of_pubmed)) + sum(map(is_paper, others))
    hows, how = stored.texts("hows"), stored.array("evidence.how")
    stances = (how_of(text)[0] for text in map(hows.raw, range(len(hows))))
    against = np.fromiter((stance == "disputes" for stance in stances), bool, len(hows))
    signs = np.array([store.words.relation(name).sign for name in stored.manifest["predicates"]])
    predicate, first = stored.array("statements.predicate"), stored.array("statements.evidence")
    counts: Counter[int] = Counter()
    for start in range(0, len(predicate), _COUNTED):
        places = first[start : start + _COUNTED + 1]
        for_it = ~against[how[places[0] : places[-1]]]
        before = np.concatenate(([0], np.cumsum(for_it)))[places - places[0]]
        denied = (before[1:] == before[:-1]) & (places[1:] > places[:-1])
        group = np.where(denied, _DENIED, signs[predicate[start : start + _COUNTED]])
        for value, many in zip(*np.unique(group, return_counts=True), strict=True):
            counts[int(value)] += int(many)
    for value, name in ((1, "positive"), (-1, "negative"), (0, "unsigned"), (_DENIED, "negated")):
        if counts[value]:
            report.signs[name] = counts[value]
