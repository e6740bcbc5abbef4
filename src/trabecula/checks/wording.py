"""The check of our words against those of the article: facts are carried over, sentences are not.

The article itself is not shipped. `graph/article-shingles.txt` holds a digest of each run of eight
words of it: enough to recognise a run, too little to read one.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterator
from functools import cache

from trabecula import files, shipped
from trabecula.checks.content import where
from trabecula.errors import Problem
from trabecula.graph import Graph

_RUN = 8
_WORD = re.compile(r"[^\W_]+")


def shingles(text: str) -> Iterator[tuple[str, str]]:
    """Each run of eight words of a text, and its digest.

    Words are letters and digits, in any case; what stands between them does not count. The digest
    is the first twelve hexadecimal digits of the SHA-256 of the words with one blank between.

    >>> [run for run, _ in shingles("One, two; three - four. Five? Six (seven) EIGHT nine")]
    ['one two three four five six seven eight', 'two three four five six seven eight nine']
    """
    words = _WORD.findall(text.casefold())
    for start in range(len(words) - _RUN + 1):
        run = " ".join(words[start : start + _RUN])
        yield run, hashlib.sha256(run.encode("utf-8")).hexdigest()[:12]


def article_words(graph: Graph) -> Iterator[Problem]:
    """Descriptions, summaries and notes that share eight words in a row with the article.

    A graph that does not cite the article has nothing to share with it.
    """
    if any(source.kind == "article" for source in graph.sources.values()):
        yield from shared(graph, _article())


def shared(graph: Graph, digests: Collection[str]) -> Iterator[Problem]:
    """Texts of a graph with a run of eight words whose digest is among these."""
    for place, text in _texts(graph):
        run = next((run for run, digest in shingles(text) if digest in digests), "")
        if run:
            fix = "say it in other words"
            yield Problem("article-words", place, f"the article says {run!r} too", fix)


def _texts(graph: Graph) -> Iterator[tuple[str, str]]:
    """The texts that we wrote, each with where it stands."""
    for key, entity in graph.entities.items():
        yield key, entity.description
    for key, source in graph.sources.items():
        yield key, source.note
    for statement in graph.statements.values():
        for row in statement.evidence:
            yield f"{where(statement)} ({row.source})", row.summary


@cache
def _article() -> frozenset[str]:
    lines, _ = files.read_lines(shipped.graph() / "article-shingles.txt")
    return frozenset(lines)
