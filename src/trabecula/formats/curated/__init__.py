"""The curated format: a folder of tables that people edit and git compares.

`entities.tsv`, `sources.tsv`, one `statements/<topic>.tsv` for each topic, in which one row is one
piece of evidence, and `reviews.tsv` where statements were reviewed. `graph/README.md` describes the
columns for curators. There is one canonical form, which `render` gives and `trabecula fmt` writes:
rows sorted, values within a cell sorted, one line feed at each end of line. Reading finds every
problem before it gives up.
"""

from __future__ import annotations

from trabecula.formats.curated.folder import (
    canonicalise,
    checked_tables,
    differing,
    not_modelled,
    read,
    reviewed,
    write,
)
from trabecula.formats.curated.tables import (
    ENTITY_COLUMNS,
    SOURCE_COLUMNS,
    STATEMENT_COLUMNS,
    render,
)

__all__ = [
    "ENTITY_COLUMNS",
    "SOURCE_COLUMNS",
    "STATEMENT_COLUMNS",
    "canonicalise",
    "checked_tables",
    "differing",
    "not_modelled",
    "read",
    "render",
    "reviewed",
    "write",
]
