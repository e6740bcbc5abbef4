"""Why a file of RDF is not read to its end: the limits there are, and what is said of each."""

from __future__ import annotations

import io
import re
from itertools import islice
from types import MappingProxyType
from typing import Final

from trabecula.characters import visible
from trabecula.errors import FormatError, Problem

#: More nesting than any of our files has, in JSON-LD and RDF/XML.
MAX_DEPTH: Final = 100
#: More attributes than an element of RDF/XML has; the parser's time grows with their square.
MAX_ATTRIBUTES: Final = 1000
#: The longest text or name that the parser takes, in bytes.
MAX_TOKEN: Final = 16 * 1024**2
#: How much text the triples of a file may come to: so many bytes, and so many for each of its own.
#: Prefixes and contexts make short what is long; a file can be made that makes memory overflow.
TEXT_BYTES: Final = 64 * 1024**2
TEXT_PER_BYTE: Final = 64
#: More levels of triple terms than any file has.
MAX_TERMS: Final = 4


#: How a parser begins to say that an IRI is none, and how one in a line begins that has no scheme.
_NO_SCHEME: Final = "No scheme found"
_RELATIVE: Final = re.compile(rb"<((?![A-Za-z][A-Za-z0-9+.-]*:)[^<>\s\"]{0,200})>")


def damaged(message: str, line: int | None, where: str, data: bytes = b"") -> FormatError:
    """What a parser says of a damaged file, at a line where it names one.

    `data` is the file, of which an IRI that is relative is named where nothing says to what.
    """
    message = re.sub(r"^Parser error (?:at|between) line .*?: | \(line \d+\)$", "", message)
    place = f"{where}:{line}" if line else where
    if "LoadDocumentCallback" in message:
        what, fix = "a @context lies elsewhere, and nothing is fetched", "write it into the file"
        return FormatError([Problem("remote-context", place, what, fix)])
    if message.startswith(_NO_SCHEME) and line:
        match = _RELATIVE.search(next(islice(io.BytesIO(data), line - 1, None), b""))
        shown = f" <{visible(match[1].decode('utf-8', 'replace'))}>" if match else ""
        what = f"the IRI{shown} is relative, and nothing in such a file says to what"
        return FormatError([Problem("bad-iri", place, what, "write it whole, as https://…")])
    return FormatError([Problem("rdf-syntax", place, message, "correct the file at this place")])


#: Why a file is not read to its end: code, what is wrong and the remedy.
REFUSED: Final = MappingProxyType(
    {
        "token": (
            "rdf-limit",
            f"a text or a name of more than {MAX_TOKEN >> 20} MiB",
            "shorten it",
        ),
        "size": (
            "rdf-limit",
            f"triples of more than {TEXT_BYTES >> 20} MiB and {TEXT_PER_BYTE} times its size",
            "write them without prefixes or contexts, as N-Quads",
        ),
        "iri": ("bad-iri", "no IRI: {value}", "percent-encode what an IRI cannot have"),
        "triple-term": (
            "rdf-syntax",
            "a triple term of RDF 1.2 that nothing reifies",
            "say what it stands for with rdf:reifies, or write a tb:Statement; see docs/rdf.md",
        ),
        "time": (
            "rdf-limit",
            "parsing it takes more than {seconds} seconds of computing",
            "write it as Turtle or N-Quads",
        ),
        "memory": (
            "rdf-limit",
            "parsing it takes more than {memory} MiB of memory",
            "write it as Turtle or N-Quads",
        ),
        "crash": (
            "rdf-limit",
            "the parser crashed on it, as it does where contexts lead to contexts too far",
            "write it as Turtle or N-Quads",
        ),
        "start": (
            "no-python",
            "JSON-LD and RDF/XML are read in a process of their own, and none starts: {error}",
            "write Turtle or N-Quads",
        ),
        "python": (
            "no-python",
            "JSON-LD and RDF/XML are read in a process of their own, and {executable} is no Python",
            "set sys.executable, or write Turtle or N-Quads",
        ),
    }
)


def refused(why: str, where: str, **values: object) -> FormatError:
    """Why a file is not read: a key of `REFUSED`, with what stands in its words."""
    code, what, fix = REFUSED[why]
    return FormatError([Problem(code, where, what.format_map(values), fix)])
