"""What a file is, by how it begins: its suffix says less, and often something else.

Each row of `LOOKS` asks one question of the first bytes of a file; the first row that says yes
names the format. What is ours, and what nothing here recognises, goes by its suffix.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

#: So many bytes of the start of a file are looked at, and of its end.
_START: Final = 1 << 16
_END: Final = 1 << 12


@dataclass(frozen=True)
class Head:
    """How a file begins and ends, unfolded where it is in the format of gzip."""

    name: str  # of the file in lower case, without .gz
    start: bytes
    end: bytes = b""

    @cached_property
    def text(self) -> str:
        """The start as text, whatever it is encoded in."""
        codec = "utf-16" if self.start[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
        return self.start.decode(codec, "replace")

    @cached_property
    def line(self) -> str:
        """The first line that is neither empty nor a comment."""
        lines = (line.strip("\r") for line in self.text.split("\n"))
        return next((line for line in lines if line.strip() and line[0] != "#"), "")

    @cached_property
    def root(self) -> str:
        """The name of the root element, where it is XML, in lower case and without prefix."""
        text = re.sub(
            r"(?s)\A\s*(<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*(\[.*?\])?\s*>|\s+)*", "", self.text
        )
        found = re.match(r"<(?:[\w.-]+:)?([\w.-]+)", text)
        return found[1].casefold() if found else ""

    @property
    def is_json(self) -> bool:
        """Whether it begins as an object or a list of JSON does."""
        return self.text.lstrip()[:1] in ("{", "[")

    def has(self, *keys: str) -> bool:
        """Whether the start or the end of a file of JSON has all these keys, at any depth."""
        both = self.text + self.end.decode("utf-8", "replace")
        return all(re.search(rf'"{re.escape(key)}"\s*:', both) for key in keys)

    def ends(self, *suffixes: str) -> bool:
        """Whether the name of the file ends like this."""
        return self.name.endswith(suffixes)

    @property
    def is_yaml(self) -> bool:
        """Whether it begins with a key of YAML, after comments."""
        return self.begins(r"(---\s+)?(- )?[A-Za-z_]+:(\s|$)")

    def begins(self, pattern: str) -> bool:
        """Whether it begins like this, after comments in lines and blanks."""
        text = re.sub(r"(?s)\A(\s+|#[^\n]*\n|//[^\n]*\n|/\*.*?\*/)*", "", self.text)
        return re.match(pattern, text) is not None

    def has_words(self, *keys: str) -> bool:
        """Whether YAML or JSON has all these keys, each perhaps in one of several names."""
        return all(re.search(rf'(?m)(^|[\s{{,-])"?({key})"?\s*:', self.text) for key in keys)


def head(path: Path) -> Head | None:
    """The head of an ordinary file; None of a folder, a pipe, a device or what is not there."""
    if not path.is_file():
        return None
    with path.open("rb") as stream:
        start = stream.read(_START)
        end = b""
        if len(start) == _START:
            stream.seek(-_END, 2)
            end = stream.read(_END)
    if start.startswith(b"\x1f\x8b"):
        try:
            start, end = zlib.decompressobj(wbits=31).decompress(start, _START), b""
        except zlib.error:
            return None
    return Head(path.name.casefold().removesuffix(".gz"), start, end)


#: What a script in BEL sets before it says anything.
_BEL: Final = re.compile(
    r"(?im)^(SET\s+(DOCUMENT\s+\w+|Citation)\s*=|DEFINE\s+(NAMESPACE|ANNOTATION)\s)"
)


def _is_cyjs(h: Head) -> bool:
    """Whether elements have their values under `data`, as only Cytoscape.js has them."""
    if not h.has("data") or not (h.has("source", "target") or h.has("id")):
        return False
    return h.has("elements") or bool(
        re.search(r'"(nodes|edges)"\s*:\s*\[\s*\{[^{}\[\]]*"data"\s*:\s*\{', h.text)
        or re.match(r'\s*\[\s*\{[^{}\[\]]*("data"\s*:\s*\{|"group"\s*:)', h.text)
    )


def _is_node_link(h: Head) -> bool:
    """Whether there are nodes and edges that are not ours.

    Of a long file only the start and the end are seen. Ours have predicates, and after them sources
    of which it is said whether their abstract was read.
    """
    there = h.has("nodes") and (h.has("links") or h.has("edges") or h.has("multigraph"))
    ends = h.has("source", "target") or h.has("from", "to")
    ours = h.has("predicate") or h.has("abstract_read") or h.has("about")
    return there and ends and not ours and not h.has("pybel_version")


Look = Callable[[Head], bool]

#: Format -> how it looks. The order matters: what is told by more comes first.
LOOKS: Final[tuple[tuple[str, Look], ...]] = (
    # Networks of other programs.
    ("graphml", lambda h: h.root == "graphml"),
    ("gexf", lambda h: h.root == "gexf"),
    ("xgmml", lambda h: h.root == "graph" and (b"XGMML" in h.start or h.ends(".xgmml"))),
    ("gml", lambda h: h.begins(r"(?i)(creator\b.*\n|version\b.*\n|comment\b.*\n|\s)*graph\s*\[")),
    ("dot", lambda h: h.begins(r"(?i)(strict\s+)?(di)?graph\b[^\n{]*\{")),
    ("hetionet", lambda h: h.is_json and h.has("metaedge_tuples")),
    ("physiomap", lambda h: h.is_json and h.has("causal_edges", "sign")),
    ("drugmechdb", lambda h: h.has_words("drug_mesh", "links")),
    (
        "dismech",
        lambda h: h.is_yaml and h.has_words("name", "pathophysiology", "evidence|downstream"),
    ),
    ("cx2", lambda h: h.begins(r'\[\s*\{\s*"CXVersion"')),
    (
        "cx",
        lambda h: h.begins(r"\[\s*\{") and (h.has("@id", "nodes") or h.has("numberVerification")),
    ),
    ("cyjs", lambda h: h.is_json and _is_cyjs(h)),
    ("node-link", lambda h: h.is_json and _is_node_link(h)),
    # Ontologies, pathways and assertions.
    ("gpml", lambda h: h.root == "pathway" and "pathvisio.org/GPML" in h.text),
    ("sbgn", lambda h: h.root == "sbgn"),
    ("sbml-qual", lambda h: h.root == "sbml"),
    ("bel-json", lambda h: h.is_json and h.has("pybel_version", "links")),
    ("bel", lambda h: bool(_BEL.search(h.text)) and not h.is_json),
    # Tables, which say least of what they are.
    ("sif", lambda h: h.ends(".sif")),
)


def recognised(path: Path) -> str:
    """The name of the format that a file is in by how it looks; empty where that is not told."""
    found = head(path)
    if found is None or not found.start:
        return ""
    return next((name for name, looks in LOOKS if looks(found)), "")
