"""Options that several commands share, and the graph and output they stand for."""

from __future__ import annotations

import functools
import json
import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click

from trabecula import shipped
from trabecula.counted import counted
from trabecula.errors import NotFound
from trabecula.graph import Graph
from trabecula.vocabulary import STATUSES
from trabecula.words import outline, terminal
from trabecula.words.outline import Block

if TYPE_CHECKING:
    from trabecula.leftover import Leftovers
    from trabecula.mapping.report import Report as ReadingReport
    from trabecula.model import Entity, Statement

_Command = TypeVar("_Command", bound=Callable[..., Any])


def graph_option(command: _Command) -> _Command:
    """`--graph PATH`: the graph to work on; `--trust` and `--without`: the lens it is seen through.

    `open_graph` asks the context for the lens, so that every command has it.
    """

    def kept(context: click.Context, option: click.Parameter, value: tuple[str, ...]) -> None:
        if any(not text.replace(",", "").strip() for text in value):
            raise click.BadParameter("it names nothing; is a variable unset?", context, option)
        context.meta[f"{__name__}.{option.name}"] = value

    trust = click.option(
        "--trust",
        multiple=True,
        expose_value=False,
        callback=kept,
        metavar="KIND,…",
        help="As if only such evidence counted: measured, read, human, rct …; all of them at once.",
    )
    without = click.option(
        "--without",
        multiple=True,
        expose_value=False,
        callback=kept,
        metavar="SOURCE",
        help="As if this source said nothing; repeatable.",
    )
    graph = click.option(
        "--graph",
        "graph_path",
        type=click.Path(path_type=Path),
        metavar="PATH",
        help="A graph file, a curated folder or a store; the shipped graph where left out.",
    )
    return graph(trust(without(command)))


def lens_asked() -> tuple[str, ...]:
    """The options of a lens that the command line has."""
    meta = click.get_current_context().meta
    return tuple(name for name in ("trust", "without") if meta.get(f"{__name__}.{name}"))


class _Output(click.Path):
    """A path to write to: not empty, and in a folder that is there. `-` is standard output.

    A name that ends in a slash is that of a folder, where a command writes some.
    """

    def __init__(self, *, folders: bool) -> None:
        super().__init__(path_type=Path, allow_dash=True)
        self.folders = folders

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        from trabecula import outputs

        if str(value) == "":
            self.fail("the name is empty; is a variable unset?", param, ctx)
        if str(value) == "/dev/stdout":
            value = "-"
        if outputs.names_folder(value):
            if not self.folders:
                self.fail(f"{value} names a folder; name a file", param, ctx)
            if ctx is not None:
                ctx.meta[_FOLDER] = True
        try:
            outputs.guard(Path(value), ())
        except FileNotFoundError as error:
            self.fail(f"{value}: {error.strerror}", param, ctx)
        return super().convert(value, param, ctx)


_FOLDER: Final = f"{__name__}.folder"


def folder_asked() -> bool:
    """Whether the name to write to ends in a slash, as that of a folder does."""
    return bool(click.get_current_context().meta.get(_FOLDER))


def output_option(
    help_text: str, *, default: str | None = None, metavar: str = "PATH", folders: bool = False
) -> Callable[[_Command], _Command]:
    """`-o PATH`: where to write, `-` is standard output; and `--overwrite`."""

    def decorated(command: _Command) -> _Command:
        output = click.option(
            "-o",
            "--output",
            type=_Output(folders=folders),
            default=default,
            show_default=default is not None,
            metavar=metavar,
            help=help_text,
        )
        overwrite = click.option(
            "--overwrite",
            is_flag=True,
            help="Write even over what is read, or into a folder that holds other files: those of"
            " other names stay.",
        )
        return output(overwrite(command))

    return decorated


def destination(output: Path | None, overwrite: bool, *inputs: Path | None) -> Path | None:
    """The file or folder to write to; none for standard output.

    `inputs` are the paths that are read, where None is the shipped graph. Raises as
    `outputs.guard` does: before any work is done.
    """
    from trabecula import outputs

    if output is None or str(output) == "-":
        return None
    read = (shipped.graph() if path is None else path for path in inputs)
    outputs.guard(output, read, overwrite=overwrite)
    return output


def steps_option(default: int) -> Callable[[_Command], _Command]:
    """`-k N`: the length of paths and loops."""
    return click.option(
        "-k", "--steps", type=int, default=default, show_default=True, help="At most so many steps."
    )


def limit_option(what: str) -> Callable[[_Command], _Command]:
    """`-n N`: how many of a list are shown."""
    return click.option(
        "-n",
        "--limit",
        type=click.IntRange(min=1),
        default=10,
        show_default=True,
        help=f"Show so many {what}.",
    )


def following_options(command: _Command) -> _Command:
    """`--status` and `--evidence`: which statements are followed; see `reason.following`."""
    status = click.option(
        "--status",
        multiple=True,
        type=click.Choice(list(STATUSES)),
        help="Only over statements of this status; repeatable.  [all but refuted]",
    )
    evidence = click.option(
        "--evidence",
        multiple=True,
        metavar="KIND",
        help="Only over statements with such support: human, rct …; repeated, one source is all"
        " of it.",
    )
    return status(evidence(command))


#: The forms that every report has, by the ends of the names of their files.
FORMS: Final = MappingProxyType({".txt": "text", ".md": "md", ".json": "json"})


@dataclass(frozen=True, slots=True)
class Report:
    """The form in which a command is to report, and where: None is standard output."""

    form: str
    target: Path | None

    @property
    def width(self) -> int:
        """The columns of text: those of the terminal, or of every file."""
        return terminal.WIDTH if self.target else terminal.width()

    def give(self, blocks: Iterable[Block], values: Callable[[], object]) -> None:
        """Write the blocks as text or Markdown, or the values as JSON."""
        if self.form == "json":
            self.emit(json_text(values()))
        elif self.form == "md":
            self.emit(outline.markdown(blocks))
        else:
            self.emit(f"{outline.text(blocks, self.width)}\n")

    def emit(self, made: str | bytes) -> None:
        """Write what is made already: text as the terminal writes it, all else in UTF-8."""
        if isinstance(made, bytes):
            emit(made, self.target)
        elif self.target is None and self.form == "text":
            click.echo(made, nl=False)
        else:
            # JSON writes half a character, as a name that is not UTF-8 has it, as Python: \udcff.
            emit(terminal.bare(made).encode("utf-8", "backslashreplace"), self.target)


def report_options(
    *reads: str, forms: Mapping[str, str] = FORMS
) -> Callable[[_Command], Callable[..., Any]]:
    """`-f`, `--json`, `-o` and `--overwrite`: the command gets one `report` for the four of them.

    `reads` are the names of its parameters that are paths which it reads, and `forms` the names of
    the forms by the ends of the names of their files; without an end, by a name alone.
    """

    def decorated(command: _Command) -> Callable[..., Any]:
        @functools.wraps(command)
        def reporting(
            *, output: Path | None, overwrite: bool, form: str | None, as_json: bool, **given: Any
        ) -> Any:
            from trabecula import outputs

            if as_json and form not in (None, "json"):
                raise click.UsageError(f"--json and -f {form}: ask for one of them")
            inputs = (given[name] for name in reads)
            target = destination(output, overwrite, *(p and Path(p) for p in inputs))
            named = "json" if as_json else form
            if not named:
                named = outputs.named(target, forms) if target else "text"
            return command(report=Report(named, target), **given)

        where = output_option("Where to write; the suffix gives the form, unless -f does.")
        formed = click.option(
            "-f", "--format", "form", type=click.Choice([*dict.fromkeys(forms.values())]),
            help="The form of the report.  [text]",
        )  # fmt: skip
        in_json = click.option(
            "--json", "as_json", is_flag=True, help="Write JSON: the same facts for programs."
        )
        return where(formed(in_json(reporting)))

    return decorated


def parsing_options(command: _Command) -> _Command:
    """`--columns`, `--prefixes`, `--predicate-map`, `--on-error`: how a file of others is read."""
    options = (
        click.option(
            "--columns",
            metavar="ROLE=NAME,…",
            help="Which column or attribute is what:"
            " subject=, predicate=, object=, sign=, papers= …",
        ),
        click.option(
            "--prefixes", type=click.Path(path_type=Path), help="A file of prefixes and IRIs."
        ),
        click.option(
            "--predicate-map",
            type=click.Path(path_type=Path),
            metavar="TSV",
            help="What predicates mean: vocabulary, predicate, sign, kind, symmetric, mapping.",
        ),
        click.option(
            "--on-error",
            type=click.Choice(["stop", "skip"]),
            default="stop",
            show_default=True,
            help="What to do with rows that cannot be read; what is skipped is counted and named.",
        ),
    )
    for option in reversed(options):
        command = option(command)
    return command


def open_graph(
    path: Path | None, left: Leftovers | None = None, told: ReadingReport | None = None
) -> Graph:
    """The graph at a path, or the shipped one, through the lens that the command line asks for.

    `left` is told what reading leaves out, `told` the figures of what came in.
    """
    from trabecula.store import load

    graph = load(path, left=left, report=told)
    meta = click.get_current_context().meta
    trust = [word for text in meta.get(f"{__name__}.trust", ()) for word in text.split(",")]
    kinds = tuple(word.strip() for word in trust if word.strip())
    return graph.through(*kinds, without=meta.get(f"{__name__}.without", ()))


def graph_options(path: Path | None) -> tuple[str, ...]:
    """The options that ask the same graph through the same lens again."""
    meta = click.get_current_context().meta
    told = [("--graph", str(path))] if path else []
    told += [("--trust", text) for text in meta.get(f"{__name__}.trust", ())]
    told += [("--without", text) for text in meta.get(f"{__name__}.without", ())]
    return tuple(word for pair in told for word in pair)


def statement_called(graph: Graph, name: str) -> Statement | None:
    """The statement that a name means which may be that of an entity too, as `Fabaceae` is."""
    if name not in graph.statements and graph.find(name):
        return None
    return graph.find_statement(name)


def entity_called(graph: Graph, name: str) -> Entity:
    """The entity of a name that no statement and no source has. Raises `NotFound`."""
    entity = graph.find(name)
    if entity is None:
        try:
            return graph.get(name)
        except NotFound as error:
            what = f"no entity, statement or source is called {name!r}"
            raise NotFound(what, error.suggestions) from error
    return entity


def is_curated(path: Path | None) -> bool:
    """Whether a graph is a folder of tables, as the shipped one is: no file, and no store."""
    from trabecula.store import is_store

    return path is None or (path.is_dir() and not is_store(path))


def json_text(value: object) -> str:
    """A value as JSON with stable keys."""
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def between(graph: Graph) -> str:
    """How large a graph is: `65 statements between 70 entities`."""
    entities = counted(len(graph.entities), "entity", "entities")
    return f"{counted(len(graph), 'statement')} between {entities}"


def emit(data: bytes, output: Path | None) -> None:
    """Write bytes to a path, whole or not at all, or to standard output."""
    from trabecula import outputs

    if output is None:
        click.echo(data, nl=False)
    else:
        outputs.write(output, data)


def name_of(path: Path | None) -> str:
    """What a graph is called that says nothing of itself: the name of its file or folder."""
    return printable(Path(path.resolve().name)) if path else ""


def printable(path: Path | None) -> str:
    """A path as text; bytes of its name that are not UTF-8 as `\\xff`. Nothing for no path."""
    return os.fsencode(path).decode("utf-8", "backslashreplace") if path else ""
