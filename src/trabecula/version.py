"""The number of this release and its day."""

from typing import Final

__version__: Final = "0.1.0"

#: The day of the release that `__version__` names; outputs carry it instead of the build time.
__released__: Final = "2026-11-22"
