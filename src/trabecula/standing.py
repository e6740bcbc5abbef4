"""Weighing evidence: the status of a statement and how many independent sources speak to it.

The rule is the team's own, stated in full in `docs/model.md`. It is deliberately coarse: it
counts and classifies, and leaves no number that could pass for a probability.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from trabecula.model import Evidence, Source

#: Strengths of a source whose text, and not only its title, was read.
READ = frozenset(("direct", "association", "reference", "review"))


def status(evidence: Iterable[Evidence]) -> str:
    """The status that a statement has by its evidence; one of `vocabulary.STATUSES`.

    What the article asserts never outweighs a paper: an `asserted` row counts only where there
    is nothing else. A row that qualifies a statement limits its context and counts for neither
    side. Evidence of unknown strength, as imported graphs have, counts as read.

    | read support | title support | dispute by anyone but the article | article | status        |
    |--------------|---------------|-----------------------------------|---------|---------------|
    | yes          | any           | no                                | any     | supported     |
    | yes          | any           | yes                               | any     | contested     |
    | no           | yes           | no                                | any     | title-only    |
    | no           | yes           | yes                               | any     | contested     |
    | no           | no            | yes                               | any     | refuted       |
    | no           | no            | no                                | yes     | asserted-only |
    | no           | no            | no                                | no      | no-evidence   |

    >>> status([Evidence(source="a", strength="direct"), Evidence(source="b", stance="disputes")])
    'contested'
    """
    read = title = disputed = asserted = False
    for row in evidence:
        if row.strength == "asserted":
            asserted = True
        elif row.stance == "disputes":
            disputed = True
        elif row.stance == "supports":
            if row.strength == "title-only":
                title = True
            else:
                read = True
    if disputed:
        return "contested" if read or title else "refuted"
    if read:
        return "supported"
    if title:
        return "title-only"
    return "asserted-only" if asserted else "no-evidence"


def sayable(evidence: Iterable[Evidence]) -> bool:
    """Whether a statement may be repeated without its evidence, as a plain triple.

    A refuted statement may not, nor one that the article alone denies. A statement without
    evidence, as imported graphs have, may.

    >>> sayable([Evidence(source="article", stance="disputes", strength="asserted")])
    False
    """
    rows = tuple(evidence)
    sides = {row.stance for row in rows} & {"supports", "disputes"}
    return sides != {"disputes"} and status(rows) != "refuted"


def independent(
    evidence: Iterable[Evidence], sources: Mapping[str, Source], stance: str = "supports"
) -> tuple[str, ...]:
    """The independent sources that take a stance, apart from the article: sorted group names.

    Sources of one group (one cohort, a paper and the commentary on it) count once. Titles count
    only where no source was read, so that a read source is never inflated by unread ones.
    """
    read: set[str] = set()
    title: set[str] = set()
    for row in evidence:
        if row.stance != stance or row.strength == "asserted":
            continue
        source = sources.get(row.source)
        group = source.independence_group if source else row.source
        (title if row.strength == "title-only" else read).add(group)
    return tuple(sorted(read or title))
