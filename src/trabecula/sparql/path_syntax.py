"""Reading the property paths of a query, which `syntax` meets between subject and object."""

from __future__ import annotations

from typing import Final

from trabecula.prefixes import NAMESPACES
from trabecula.sparql.cursor import Cursor
from trabecula.sparql.tree import Iri, Path

TYPE: Final = NAMESPACES["rdf"] + "type"


class PathCursor(Cursor):
    """A place among the tokens of a query, from which a path may be read."""

    def path(self) -> Path | None:
        """A path, or None where none begins."""
        parts = [self._sequence()]
        while parts[-1] is not None and self.taken("|"):
            parts.append(self._sequence())
        return _joined("|", parts)

    def _sequence(self) -> Path | None:
        parts = [self._step()]
        while parts[-1] is not None and self.taken("/"):
            parts.append(self._step())
        return _joined("/", parts)

    def _step(self) -> Path | None:
        if self.taken("^"):
            inner = self._step()
            return None if inner is None else Path("^", (inner,))
        if self.taken("!"):
            inner = self._step()
            return None if inner is None else Path("!", (inner,))
        path = self._unmarked()
        if path is not None and self.next.text in ("*", "+", "?") and self.next.kind == "mark":
            path = Path(self.take().text, (path,))
        return path

    def _unmarked(self) -> Path | None:
        """A path without a mark before or behind it."""
        token = self.next
        if token.kind == "variable":
            return Path("variable", variable=self.variable(self.take()))
        if token.kind in ("iri", "name"):
            return Path("step", iri=self.iri(self.take()))
        if token.kind == "word" and token.text == "a":
            self.take()
            return Path("step", iri=Iri(TYPE, "a"))
        if token.text == "(":
            self.take()
            path = self.path()
            self.close(")")
            return path
        return None


def _joined(how: str, parts: list[Path | None]) -> Path | None:
    paths = tuple(part for part in parts if part is not None)
    if len(paths) < 2:
        return paths[0] if paths else None
    return Path(how, paths)
