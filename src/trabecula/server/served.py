"""What all handlers of the server share: the pool, what is allowed, the answers that are kept."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from trabecula.server.kept import Kept
from trabecula.server.pool import Pool
from trabecula.version import __version__

#: How large answers may be that are kept, all together, in bytes; and one.
_ANSWERS: Final = (32 * 1024**2, 64 * 1024)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the server allows: seconds and rows of an answer, names of hosts, other sites.

    With `warm` what takes long to make is made before anybody asks for it. With `keep`, small
    answers are kept, and given again to who asks the same.
    """

    timeout: float = 30.0
    rows: int = 100_000
    hosts: frozenset[str] = frozenset()
    cors: bool = True
    warm: bool = False
    keep: bool = True
    started: Callable[[Mapping[str, Any]], None] | None = None
    failed: Callable[[Exception], None] | None = None


class Served:
    """A pool as it is served: with its settings, and small answers that are given again."""

    def __init__(self, pool: Pool, settings: Settings) -> None:
        self.pool, self.settings = pool, settings
        self.answers = Kept(*(_ANSWERS if settings.keep else (0, 0)))

    def tag(self, *what: object) -> str:
        """A tag for an answer: another one for other data, and for another version."""
        text = repr((self.pool.facts["digest"], __version__, what))
        return f'W/"{hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]}"'
