"""A graph over HTTP, safe to offer to anybody, and as tools for assistants.

`serve` runs it. The parts, from the ground up: `refusals`, `media` (content negotiation),
`protocol` (the SPARQL 1.1 Protocol), `bounds` and `worker` (the processes that answer), `answers`,
`api` and `pages` (what they answer), `channel`, `lanes` and `pool` (who answers when), `kept`,
`description`, `limits` (connections), `request`, `app` (addresses and statuses) and `run`. See
`docs/serve.md`.
`mcp` offers the graph to assistants; see `docs/mcp.md`.
"""

from __future__ import annotations

from trabecula.server.run import serve

__all__ = ["serve"]
