"""What an assistant can ask of a graph: the table of tools, and what each takes as JSON Schema."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from trabecula.reason.conclusions import STEPS
from trabecula.reason.conflicts import KINDS
from trabecula.reason.paths import STEPS as PATH_STEPS
from trabecula.reason.verdict import VERDICTS
from trabecula.reason.whatif import OUTCOMES
from trabecula.server import desk
from trabecula.server.citing import ToolAnswer
from trabecula.sparql.clock import TIMEOUT
from trabecula.vocabulary import STATUSES

Schema = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Tool:
    """A question that can be asked.

    `arguments` are the properties of a JSON Schema, of which `required` must be given. `limit` is
    how many things are told where the caller does not say.
    """

    ask: Callable[..., ToolAnswer]
    description: str
    arguments: Mapping[str, Schema]
    required: tuple[str, ...] = ()
    limit: int = 10


_TEXT: Final = 20_000


def _text(description: str, **more: Any) -> Schema:
    return {"type": "string", "minLength": 1, "maxLength": 500, "description": description, **more}


def _texts(description: str, **more: Any) -> Schema:
    items = {"type": "string", "minLength": 1, "maxLength": 500, **more}
    return {"type": "array", "maxItems": 20, "items": items, "description": description}


def _whole(description: str, least: int, most: int, default: int) -> Schema:
    return {
        "type": "integer", "minimum": least, "maximum": most, "default": default,
        "description": description,
    }  # fmt: skip


_NAME: Final = "An entity by id, name, synonym or CURIE."
_OFFSET: Final = MappingProxyType(
    {"offset": _whole("Skip so many, as `left_out` says.", 0, 1_000_000, 0)}
)


def _steps(most: int, default: int) -> dict[str, Schema]:
    return {"steps": _whole("At most so many steps.", 1, most, default)}


#: Name -> tool, in the order in which they are offered.
TOOLS: Final[Mapping[str, Tool]] = MappingProxyType(
    {
        "search": Tool(
            desk.search,
            "Find entities by name, synonym or identifier; misspellings are forgiven. Ask this"
            " first where a name is not known to the graph.",
            {"text": _text("What to look for.")},
            ("text",),
        ),
        "show": Tool(
            desk.show,
            "Everything the graph says of one entity (statements about it, best supported first),"
            " one statement (all its evidence, source by source) or one source (what it says).",
            {"name": _text(f"{_NAME} Or the id of a statement (`s…`), or of a source (`PMID:…`)."),
             **_OFFSET},
            ("name",),
        ),
        "explain": Tool(
            desk.explain,
            "What follows for A and B: one conclusion with its relation, basis and whether it is"
            " settled, the statements it rests on and those against it, and paths for reading."
            " Repeat the relation in the words given: `suggested` and `conceivable` are no"
            " findings, `goes with` is no effect, `only the article` is no evidence.",
            {"start": _text(f"A. {_NAME}"), "end": _text(f"B. {_NAME}"), **_steps(6, PATH_STEPS),
             "via": _texts("Every path passes these entities."),
             "avoid": _texts("No path passes these entities."),
             "status": _texts("Only over statements of these statuses.", enum=list(STATUSES)),
             "evidence": _texts("Only over statements with such support: human, rct, measured …")},
            ("start", "end"), 5,
        ),
        "whatif": Tool(
            desk.whatif,
            "What would follow if something went up, down or was held: for each quantity the best"
            " founded conclusion and what it rests on. How much and how soon does not follow.",
            {"changes": _texts("What changes: `NAME=up`, `NAME=down`, `NAME=fixed`.")
             | {"minItems": 1},
             "only": _texts("Only these outcomes.", enum=list(OUTCOMES)), **_steps(3, STEPS)},
            ("changes",), 8,
        ),
        "diagnose": Tool(
            desk.diagnose,
            "Which single change in the graph would explain what is seen. A list to think with, not"
            " a diagnosis of anybody.",
            {"findings": _texts("What is seen: `NAME=up`, `NAME=down`.")
             | {"minItems": 1}, **_steps(3, STEPS)},
            ("findings",), 5,
        ),
        "conflicts": Tool(
            desk.conflicts,
            "Where the sources disagree, with both sides, and what only depends on where one"
            " looks.",
            {"about": _text(f"Only about this. {_NAME}"),
             "only": _texts("Only these kinds.", enum=list(KINDS)), **_OFFSET},
            (), 5,
        ),
        "audit": Tool(
            desk.audit,
            "Judge what the article claims: which claims stand, in which context, and which do not."
            " One claim by its id, the id of its statement or words in it; or all of a verdict or"
            " a section.",
            {"claim": _text("The id of a claim or statement, or words of the claim."),
             "verdict": _texts("Only these verdicts.", enum=list(VERDICTS)),
             "section": _texts("Only these sections of the article."), **_OFFSET},
            (), 8,
        ),
        "select": Tool(
            desk.select,
            "The statements of a part of the graph, by a selection: `near(A, 2)`,"
            " `path(A, B, 3)`, `upstream(x)`, `downstream(x)`, `predicate(inhibits)`,"
            " `status(contested)`, `evidence(human, rct)`, `source(PMID:…)`, `topic(…)`,"
            " `category(…)`, `sign(-)`, joined with & | ! and brackets.",
            {"selection": _text("The selection, or a name for what stands around it.",
                                maxLength=4_000), **_OFFSET},
            ("selection",), 20,
        ),
        "query": Tool(
            desk.query,
            "Ask in SPARQL 1.1 (read only; SELECT, ASK, CONSTRUCT; nothing is fetched), or a query"
            " of the library by its name (resource trabecula://queries). Prefixes need no"
            " declaration: tb: for the vocabulary, entity:, source:, statement:, CHEBI:, PMID: …",
            {"sparql": {"type": "string", "maxLength": _TEXT, "description": "The query."},
             "name": _text("A query of the library, instead."),
             "params": {"type": "object", "additionalProperties": {"type": "string"},
                        "maxProperties": 20, "description": "Its parameters."},
             "timeout": {"type": "number", "minimum": 0.1, "maximum": TIMEOUT, "default": TIMEOUT,
                         "description": "Seconds until it is stopped."}, **_OFFSET},
            (), 50,
        ),
    }
)  # fmt: skip


def arguments(tool: Tool) -> Schema:
    """The JSON Schema of what a tool takes: its own arguments and `limit`."""
    limit = _whole("Tell so many; less where that would be too long.", 1, 200, tool.limit)
    return {
        "type": "object",
        "properties": {**tool.arguments, "limit": limit},
        "required": [*tool.required],
        "additionalProperties": False,
    }
