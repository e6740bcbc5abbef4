"""What `/api/…` answers: the questions and their parameters.

One table: it says what is asked, checks what comes and calls the library; `openapi` describes it.
The answers have the shapes of `docs/schema`, as `--json` gives them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final

from trabecula import questions, values
from trabecula.errors import NotFound, QueryError
from trabecula.graph import Graph
from trabecula.misspelt import unknown
from trabecula.reason.conclusions import STEPS
from trabecula.reason.conflicts import KINDS
from trabecula.reason.paths import STEPS as PATH_STEPS
from trabecula.reason.verdict import VERDICTS
from trabecula.vocabulary import STATUSES

#: The most values that one parameter may be given, and the letters of each.
_MOST_VALUES: Final = 50
_MOST_LETTERS: Final = 4_000
#: How many statements `select` gives unless more are asked for, and how many at most.
_STATEMENTS: Final = (200, 10_000)

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """A parameter of a question; `many` may be given again and again."""

    name: str
    what: str
    kind: str = "string"  # "string" | "integer" | "boolean"
    required: bool = False
    many: bool = False
    default: str | int | bool | None = None
    choices: tuple[str, ...] = ()
    least: int = 1
    most: int = 0

    def read(self, given: list[str]) -> Any:
        """The value of what was given. Raises `QueryError` that says what would be one."""
        if not given:
            if self.required:
                raise QueryError(f"the parameter {self.name} is missing: {self.what}")
            return () if self.many else self.default
        if len(given) > (_MOST_VALUES if self.many else 1):
            most = _MOST_VALUES if self.many else "one value"
            raise QueryError(f"{self.name}: {len(given)} values; the limit is {most}")
        read = tuple(map(self._value, given))
        return read if self.many else read[0]

    def _value(self, text: str) -> str | int | bool:
        if len(text) > _MOST_LETTERS:
            raise QueryError(f"{self.name}: the limit is {_MOST_LETTERS} characters")
        if self.kind == "boolean":
            if text.lower() not in ("true", "false", "1", "0"):
                raise QueryError(f"{self.name}: write true or false, not {text!r}")
            return text.lower() in ("true", "1")
        if self.kind == "integer":
            number = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1
            if not self.least <= number <= self.most:
                raise QueryError(
                    f"{self.name}: write a number from {self.least} to {self.most}, not {text!r}"
                )
            return number
        if self.choices and text not in self.choices:
            raise QueryError(f"{self.name}: {unknown('value', text, self.choices)}")
        return text

    def described(self) -> dict[str, Any]:
        """The parameter as OpenAPI has it."""
        schema: dict[str, Any] = {"type": self.kind}
        if self.choices:
            schema["enum"] = list(self.choices)
        if self.kind == "integer":
            schema |= {"minimum": self.least, "maximum": self.most}
        if self.kind == "string" and not self.choices:
            schema["maxLength"] = _MOST_LETTERS
        if self.default is not None:
            schema["default"] = self.default
        if self.many:
            schema = {"type": "array", "items": schema, "maxItems": _MOST_VALUES}
        more = {"style": "form", "explode": True} if self.many else {}
        return {
            "name": self.name,
            "in": "query",
            "required": self.required,
            "description": self.what,
            "schema": schema,
            **more,
        }


@dataclass(frozen=True, slots=True)
class Question:
    """A question to the graph: its title, its parameters, who answers it."""

    title: str
    parameters: tuple[Parameter, ...]
    ask: Callable[[Graph, Values], Any]

    def answer(self, graph: Graph, given: Mapping[str, list[str]]) -> Any:
        """The values of the answer. Raises `QueryError`, `NotFound` or what the library raises."""
        parameters = {parameter.name: parameter for parameter in (*self.parameters, *LENS)}
        for name in given:
            if name not in parameters:
                raise QueryError(unknown("parameter", name, parameters))
        read = {name: parameter.read(given.get(name, [])) for name, parameter in parameters.items()}
        trust = [word.strip() for text in read["trust"] for word in text.split(",")]
        seen = graph.through(*filter(None, trust), without=read["without"])
        return self.ask(seen, read)


#: The lens through which every question may be asked.
LENS: Final = (
    Parameter(
        name="trust",
        many=True,
        what="As if only such evidence counted: measured, read, human, rct …; all at once.",
    ),
    Parameter(name="without", many=True, what="As if this source said nothing."),
)
_STATUS = Parameter(
    name="status", many=True, choices=tuple(STATUSES), what="Only over statements of this status."
)
_EVIDENCE = Parameter(
    name="evidence", many=True, what="Only over statements with such support: human, rct …"
)


def _steps(default: int) -> Parameter:
    return Parameter(
        name="steps", kind="integer", default=default, most=8, what="At most so many steps."
    )


def _limit(what: str, default: int = 10, most: int = 1_000) -> Parameter:
    return Parameter(
        name="limit", kind="integer", default=default, most=most, what=f"So many {what} at most."
    )


def _search(graph: Graph, given: Values) -> Any:
    from trabecula.lookup import search

    return values.hits(search(graph, given["text"], given["limit"]))


def _show(graph: Graph, given: Values) -> Any:
    from trabecula.lookup import source

    name = given["name"]
    entity = graph.find(name)
    if entity is not None:
        return values.entity(graph, entity)
    statement = graph.find_statement(name)
    if statement is not None:
        return values.statement(graph, statement)
    cited = source(graph, name)
    return values.source(graph, cited) if cited else values.entity(graph, graph.get(name))


def _select(graph: Graph, given: Values) -> Any:
    part = graph.select(given["selection"])
    shown = list(part.statements.values())[: given["limit"]]
    told = [values.statement(part, statement) for statement in shown]
    return values.selection(given["selection"], part, told, part.only(shown).entities.values())


def _explain(graph: Graph, given: Values) -> Any:
    from trabecula.words import explain as words

    explanation = questions.explain(
        graph,
        given["from"],
        given["to"],
        given["steps"],
        via=given["via"],
        avoid=given["avoid"],
        status=given["status"],
        evidence=given["evidence"],
        structure=given["structure"],
        concluding=given["acting"],
    )
    return words.values(graph, explanation, given["limit"])


def _whatif(graph: Graph, given: Values) -> Any:
    from trabecula.words import whatif as words

    consequences = questions.whatif(
        graph,
        *given["change"],
        steps=given["steps"],
        status=given["status"],
        evidence=given["evidence"],
    )
    return words.values(graph, consequences, given["only"])


def _diagnose(graph: Graph, given: Values) -> Any:
    from trabecula.words import diagnose as words

    return words.values(graph, questions.diagnose(graph, *given["finding"], steps=given["steps"]))


def _conflicts(graph: Graph, given: Values) -> Any:
    from trabecula.words import conflicts as words

    return words.values(questions.conflicts(graph, given["about"] or "", given["only"]))


def _audit(graph: Graph, given: Values) -> Any:
    from trabecula.reason.audit import choose
    from trabecula.words import audit as words

    audit = questions.audit(graph)
    if not audit.claims:
        raise NotFound("nothing was audited: no evidence in the graph is `asserted`")
    return words.values(audit, graph, choose(audit, given["verdict"], given["section"]))


#: The questions by the end of their address.
QUESTIONS: Final[Mapping[str, Question]] = MappingProxyType(
    {
        "select": Question(
            "The statements of a selection, each with its evidence.",
            (
                Parameter(name="selection", required=True, what="Such as near(NAME, 2) & sign(+)."),
                _limit("statements", *_STATEMENTS),
            ),
            _select,
        ),
        "search": Question(
            "Entities by name, synonym or identifier; misspellings are forgiven.",
            (Parameter(name="text", required=True, what="What to look for."), _limit("entities")),
            _search,
        ),
        "show": Question(
            "Everything about one entity, statement or source.",
            (
                Parameter(
                    name="name", required=True, what="A name, a CURIE, or the id of a statement."
                ),
            ),
            _show,
        ),
        "explain": Question(
            "What follows for two entities, on what it rests, and the paths between them.",
            (
                Parameter(name="from", required=True, what="Where paths begin."),
                Parameter(name="to", required=True, what="Where they end."),
                _steps(PATH_STEPS),
                Parameter(name="via", many=True, what="Every path passes this entity."),
                Parameter(name="avoid", many=True, what="No path passes this entity."),
                _STATUS,
                _EVIDENCE,
                Parameter(
                    name="acting",
                    kind="integer",
                    default=2,
                    most=3,
                    what="Conclude from chains of at most so many acting steps.",
                ),
                Parameter(
                    name="structure",
                    kind="boolean",
                    default=False,
                    what="Cross links such as part of and kind of too.",
                ),
                _limit("paths"),
            ),
            _explain,
        ),
        "whatif": Question(
            "What would follow if something went up or down.",
            (
                Parameter(
                    name="change", many=True, required=True, what="name=up, name=down, name=fixed."
                ),
                _steps(STEPS),
                _STATUS,
                _EVIDENCE,
                Parameter(
                    name="only",
                    many=True,
                    choices=("up", "down", "open", "implied"),
                    what="Only what has this outcome.",
                ),
            ),
            _whatif,
        ),
        "diagnose": Question(
            "Which single change would explain what is seen.",
            (
                Parameter(name="finding", many=True, required=True, what="name=up or name=down."),
                _steps(STEPS),
            ),
            _diagnose,
        ),
        "conflicts": Question(
            "Where the sources disagree, and what depends on where one looks.",
            (
                Parameter(name="about", what="Only conflicts about the quantity of this entity."),
                Parameter(
                    name="only",
                    many=True,
                    choices=tuple(KINDS),
                    what="Only conflicts of this kind.",
                ),
            ),
            _conflicts,
        ),
        "audit": Question(
            "The audited article, claim by claim.",
            (
                Parameter(
                    name="verdict",
                    many=True,
                    choices=tuple(VERDICTS),
                    what="Only claims with this verdict.",
                ),
                Parameter(name="section", many=True, what="Only claims of this section."),
            ),
            _audit,
        ),
    }
)
