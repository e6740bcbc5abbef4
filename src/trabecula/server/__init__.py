"""A graph over HTTP, safe to offer to anybody, and as tools for assistants.

`serve` runs it. The parts, from the ground up: `refusals`, `media` (content negotiation),
`protocol` (the SPARQL 1.1 Protocol), `bounds`, `holder` and `worker` (the processes that answer),
`answers`, `api` with `openapi`, and `pages` (what they answer), `channel`, `lanes`, `shapes` and
`pool` (who answers when), `exchange` (one question on its way), `kept`, `served`, `description`,
`limits` (connections), `request`, `documents`, `endpoint`, `app` (addresses and statuses) and
`run`. See `docs/serve.md`.

`mcp` offers the graph to assistants over what `transports` has: `tools` are what they may ask,
`desk` answers, `citing` bounds what is answered. See `docs/mcp.md`.
"""

from __future__ import annotations

from trabecula.server.run import serve

__all__ = ["serve"]
