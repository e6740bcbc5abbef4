"""Reading and writing graphs in many formats.

A format of ours is one module with `read(source, left)`, which yields records and tells `left`
what the model has no place for, or `render(graph)`, which gives bytes, or both; and one line in
`table.FORMATS`. A format of others has `items(reading)`, which parses and yields what the file
says, and names the `vocabulary` of its predicates: `mapping` makes records of that. Modules that
hold several syntaxes take the syntax as second argument. Which format a file is in, `recognise`
tells by how it begins; `reading` and `writing` look formats up and call their modules.
`docs/formats.md` describes each format.
"""

from __future__ import annotations

from trabecula.formats.reading import guess, load, read
from trabecula.formats.table import FORMATS, Format
from trabecula.formats.writing import output_format, render, write

__all__ = ["FORMATS", "Format", "guess", "load", "output_format", "read", "render", "write"]
