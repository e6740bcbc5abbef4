"""What the server makes once and gives again: pages, files, descriptions, and things by address."""

from __future__ import annotations

import asyncio
import json
from contextlib import suppress
from dataclasses import replace
from functools import partial
from typing import Any, Final

from trabecula.formats import FORMATS
from trabecula.server import media, protocol
from trabecula.server.kept import Kept, Made
from trabecula.server.media import HTML, TRIPLES
from trabecula.server.refusals import Failed, Refused
from trabecula.server.request import Headers, Request, give, unchanged
from trabecula.server.served import Served

#: How long a page, a file or a description may take to be made.
DOCUMENT_SECONDS: Final = 120.0
#: How long the counting of all that a graph has may take, and how long who asks for it waits.
_COUNT_SECONDS: Final = 900.0
_PATIENCE_SECONDS: Final = 1.0
#: How large documents may be that are kept once they were made, all together, in bytes; and one.
_DOCUMENTS: Final = (256 * 1024**2, 32 * 1024**2)


class Documents:
    """Pages, files and descriptions, each made once; and answers small enough to be made anew."""

    def __init__(self, served: Served) -> None:
        self._served = served
        self._kept = Kept(*_DOCUMENTS)
        self._making: dict[str, asyncio.Lock] = {}
        self._counting: asyncio.Task[str] | None = None

    async def explorer(self, request: Request) -> None:
        """The explorer."""
        await self.give(request, "page", {"do": "page"})

    async def warm(self) -> None:
        """Make the pages that take long, and count what there is."""
        for name in ("page", "query-page"):
            with suppress(Failed):
                await self._make(name, {"do": name})
        with suppress(Failed):
            await self._counted()

    def end(self) -> None:
        """Wait for nothing any more."""
        if self._counting is not None:
            self._counting.cancel()

    async def thing(self, kind: str, request: Request, name: str) -> None:
        """An entity, a statement or a source."""
        syntax = ""
        stem, dot, end = name.rpartition(".")
        if dot and end in (*TRIPLES, "html", "json"):
            name, syntax = stem, end
        if not syntax:
            chosen = media.chosen(request.accept, _OF_THINGS)
            if chosen is None:
                raise Refused(406, "this can be had as text/html, text/turtle or JSON-LD")
            syntax = chosen.name
        asked = {"do": "thing", "kind": kind, "name": name, "syntax": syntax}
        await self.give_small(request, asked, links=(kind, name))

    async def dump(self, request: Request, suffix: str = "") -> None:
        """The whole graph in one of the formats."""
        given = dict(protocol.pairs(request.scope["query_string"]))
        form = given.get("format", "")
        if suffix:
            ends = {
                end: form.name for form in FORMATS.values() if form.writes for end in form.suffixes
            }
            form = ends.get(f".{suffix}", suffix)
        if not form:
            chosen = media.chosen(request.accept, TRIPLES.values())
            if chosen is None:
                raise Refused(406, "the graph can be had as RDF here; else name a format")
            form = {"rdf": "rdfxml"}.get(chosen.name, chosen.name)
        await self.give(request, f"dump {form}", {"do": "dump", "format": form})

    async def derived(self, request: Request) -> None:
        """What follows from the graph, as TriG."""
        await self.give(request, "dump derived", {"do": "dump", "format": "derived"})

    async def void(self, request: Request) -> None:
        """The description of the dataset."""
        chosen = media.chosen(request.accept, TRIPLES.values())
        if chosen is None:
            raise Refused(406, "the description can be had as text/turtle")
        text = await request.waiting(self._counted())
        asked = {"do": "void", "base": request.base, "syntax": chosen.name, "text": text}
        await self.give(request, f"void {request.base} {chosen.name}", asked)

    async def _counted(self) -> str:
        """The description of the dataset without addresses, for which all of it is counted.

        Of a large graph that takes long: it is done once, beside what others ask, and nobody is
        kept waiting for it. Raises `Failed` while it is being done, or where it has failed.
        """
        if self._counting is None:
            self._counting = asyncio.ensure_future(self._count())
            self._counting.add_done_callback(lambda task: task.cancelled() or task.exception())
        await asyncio.wait({self._counting}, timeout=_PATIENCE_SECONDS)
        if not self._counting.done():
            raise Failed("making", "the description is being made; ask again in a moment")
        return self._counting.result()

    async def _count(self) -> str:
        _, data = await self._served.pool.aside({"do": "count"}, _COUNT_SECONDS)
        return data.decode("utf-8")

    async def give_small(
        self, request: Request, asked: dict[str, Any], links: tuple[str, str] | None = None
    ) -> None:
        """Answer a question whose answer is small."""
        tag = self._served.tag(asked)
        if request.unchanged(tag):
            await unchanged(request, tag)
            return
        made = self._served.answers.get(tag)
        if made is None:
            timeout = self._served.settings.timeout
            try:
                answer = await request.waiting(
                    self._served.pool.ask(asked, timeout, partial(json.dumps, asked))
                )
            except Failed as failed:
                if failed.kind == "late":
                    raise Failed("late", f"it takes longer than {timeout:g} s") from None
                raise
            made = Made(answer.head["type"], await answer.collected())
            self._served.answers.keep(tag, made)
        more: Headers = []
        if links:
            path = request.scope["raw_path"].decode("ascii", "replace")
            stem = path if path.endswith(links[1]) else path.rpartition(".")[0]
            more = [(b"link", _alternates(stem).encode())]
        await give(request, made.type, made.data, tag=tag, more=more)

    async def give(self, request: Request, name: str, asked: dict[str, Any]) -> None:
        """Answer with what is made once, and kept where it is not too large."""
        tag = self._served.tag(asked)
        if request.unchanged(tag):
            await unchanged(request, tag)
            return
        made = self._kept.get(name) or await request.waiting(self._make(name, asked))
        await give(request, made.type, made.data, tag=tag)

    async def _make(self, name: str, asked: dict[str, Any]) -> Made:
        try:
            return await self._made_once(name, asked)
        finally:
            self._making.pop(name, None)  # strangers choose names

    async def _made_once(self, name: str, asked: dict[str, Any]) -> Made:
        async with self._making.setdefault(name, asyncio.Lock()):
            made = self._kept.get(name)
            if made is None:
                answer = await self._served.pool.ask(asked, DOCUMENT_SECONDS, partial(str, name))
                made = Made(answer.head["type"], await answer.collected())
                self._kept.keep(name, made)
            return made


#: What a thing can be written as. Plain JSON is what `show --json` gives, and no name of JSON-LD.
_OF_THINGS: Final = (
    HTML,
    *(replace(kind, also=()) if kind.name == "jsonld" else kind for kind in TRIPLES.values()),
    media.JSON,
)


def _alternates(path: str) -> str:
    """The header that says where the same is written otherwise."""
    return ", ".join(
        f'<{path}.{name}>; rel="alternate"; type="{kind}"'
        for name, kind in (
            ("html", HTML.type),
            ("ttl", TRIPLES["ttl"].type),
            ("jsonld", TRIPLES["jsonld"].type),
        )
    )
