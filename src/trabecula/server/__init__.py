"""A graph over HTTP, safe to offer to anybody, and as tools for assistants.

`serve` runs it. The parts, from the ground up: `media` (content negotiation), `protocol` (the
SPARQL 1.1 Protocol), `bounds` and `worker` (the processes that answer), `answers`, `api` and
`pages` (what they answer), `pool` (who answers when), `description`, `app` (addresses and
statuses), `limits` (connections) and `run`. See `docs/serve.md`.
`mcp` offers the graph to assistants; see `docs/mcp.md`.
"""

from __future__ import annotations

from trabecula.server.run import serve

__all__ = ["serve"]
