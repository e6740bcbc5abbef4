"""Why something is not answered."""

from __future__ import annotations


class Refused(Exception):
    """A request that is not answered: the status of the response, and why."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


class Failed(Exception):
    """A question that is not answered: `kind` says of what sort the reason is."""

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(message)
        self.kind = kind


def busy() -> Failed:
    """There is no place, and no room to wait."""
    return Failed("busy", "too much is asked at once; ask again in a moment")
