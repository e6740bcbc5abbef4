"""KGX, the exchange format of Biolink graphs: nodes and edges in two tables, or lines of JSON.

The tables are text with tabs or Parquet.
`x_nodes.tsv` stands beside `x_edges.tsv`; whoever names the edges gets both. Both may lie in one
archive, and JSON has a form with both in one file. Lists have bars between their members.
"""

from __future__ import annotations

from trabecula.formats.kgx.reading import items, nodes
from trabecula.formats.kgx.rows import Edges, Nodes
from trabecula.formats.kgx.slots import FIRST, describes_ends, slots_of
from trabecula.formats.kgx.writing import files_of, lines, row_of_json, row_of_table, written

__all__ = [
    "FIRST", "Edges", "Nodes", "describes_ends", "files_of", "items", "lines", "nodes",
    "row_of_json", "row_of_table", "slots_of", "written",
]  # fmt: skip
