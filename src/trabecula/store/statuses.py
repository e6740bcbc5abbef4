"""Which statements of a store are followed, by their statuses as codes; see `Columns`."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from trabecula.columns import FOLLOWED
from trabecula.store.incoming import Numbers
from trabecula.vocabulary import STATUSES


def followed(status: Numbers, sayable: Numbers, negated: Numbers) -> Numbers:
    """True for each statement that is followed; see `Columns.with_statuses`."""
    return with_statuses(FOLLOWED, status, sayable, negated)


def with_statuses(
    statuses: Iterable[str], status: Numbers, sayable: Numbers, negated: Numbers
) -> Numbers:
    """True for each statement of these statuses that is not negated; see `Columns`."""
    names = list(STATUSES)
    wanted = np.array([name in set(statuses) for name in names], bool)
    alone = np.array([name in ("asserted-only", "no-evidence") for name in names], bool)
    denied = alone[status] & (sayable == 0)
    marks: Numbers = np.where(denied, wanted[names.index("refuted")], wanted[status])
    marks &= negated == 0
    return marks
