"""The number of this release and its day."""

__version__ = "0.1.0"

#: The day of the release that `__version__` names; outputs carry it instead of the build time.
__released__ = "2026-11-22"
