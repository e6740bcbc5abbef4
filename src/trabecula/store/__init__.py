"""Graphs too large for memory, in a folder on the disk; `docs/store.md` says what lies in it.

`load` reads files of any format into a store as a stream, `opened` gives the graph that lies in
one: a `Graph` whose records are read where they are asked for, and which answers from arrays.
"""

from __future__ import annotations

from trabecula.store.layout import is_store

__all__ = ["is_store"]
