"""The command line: parses, calls the library and prints; nothing else prints or exits.

Exit codes: 0 done, 1 findings, 2 usage or an unknown name, 3 bad data.
"""

from __future__ import annotations

import atexit
import errno
import gc
import os
import sys
import warnings
from collections import Counter
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from trabecula.characters import SHOWN, harmless, visible
from trabecula.cli import missing, piped, streams, waiting
from trabecula.errors import FormatError, TrabeculaError
from trabecula.leftover import LeftOut
from trabecula.version import __version__

#: How many objects are made, and not given up, before cycles among them are looked for.
_SELDOM = 100_000
#: The commands: name -> one line of help. The command `x` is `trabecula.cli.x:command`, imported
#: when it is called, so that `--help` and completion stay quick.
COMMANDS = {
    "info": "What the graph holds, in figures.",
    "search": "Find entities by name, synonym or identifier.",
    "show": "Everything about one entity, statement or source.",
    "extract": "Write a part of the graph in any format.",
    "explain": "What follows for A and B, on what it rests, and every path between them.",
    "whatif": "What would follow if something went up or down.",
    "diagnose": "Which single change would explain what is seen.",
    "loops": "Feedback loops: what acts back on itself, and whether it dampens or amplifies.",
    "conflicts": "Where the sources disagree, and what depends on where one looks.",
    "gaps": "What to read or curate next: where one more source settles most, and what is missing.",
    "audit": "Judge the article claim by claim: what stands, in which context, and what does not.",
    "query": "Ask the graph in SPARQL.",
    "mcp": "Offer the graph to an assistant, as tools that cite.",
    "view": "Write an interactive page of the graph.",
    "serve": "Serve the graph: SPARQL, the explorer, an API, an address for everything.",
    "cite": "How to cite the graph, or the sources of a part of it.",
    "check": "Look for mistakes in a graph.",
    "problem": "What a problem that was found means, and what to do about it.",
    "load": "Load a large graph into a store on the disk, which every command answers from.",
    "convert": "Change a graph from one format into another.",
    "compare": "A second opinion: what another graph concludes of the same things.",
    "diff": "What changed between two versions, conclusions included.",
    "review": "Put on record that somebody who did not write them read statements.",
    "fmt": "Rewrite curated tables in canonical form.",
    "build": "Write the release folder: every format, the page, checksums.",
}


class _Failure(click.ClickException):
    """An error with the exit code that it maps to."""

    def __init__(self, error: Exception, exit_code: int) -> None:
        super().__init__(str(error))
        self.exit_code = exit_code  # type: ignore[misc]  # click reads it from the instance

    def show(self, file: Any = None) -> None:
        click.echo(harmless(self.message), file=file or sys.stderr)


class _Words(click.types.StringParamType):
    """Words, as every option and argument takes them that is no path: text, not any bytes."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        text: str = super().convert(value, param, ctx)
        if any("\ud800" <= character <= "\udfff" for character in text):
            self.fail(f"{text!r} is not UTF-8", param, ctx)
        if not text:
            self.fail(_EMPTY, param, ctx)
        return text


class _Place(click.Path):
    """A path, as every option and argument takes them: not empty, for that is the folder `.`.

    `-` is standard input, where the command does not say itself what it is.
    """

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if not os.fspath(value):
            self.fail(_EMPTY, param, ctx)
        if not self.allow_dash and param is not None and param.name != "output":
            value = piped.readable(os.fsdecode(value))
        if not self.file_okay and Path(value).is_file():
            told = visible(os.fsdecode(value), SHOWN)
            self.fail(f"{told} is a file; name a folder", param, ctx)
        return super().convert(value, param, ctx)


_EMPTY = "there is nothing in it; is a variable unset?"


class _Commands(click.Group):
    """A group whose commands are imported when they are needed."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"trabecula.cli.{cmd_name}").command
        for parameter in command.params:
            if parameter.type is click.STRING:
                parameter.type = _Words()
            elif type(parameter.type) is click.Path:
                place = _Place()
                vars(place).update(vars(parameter.type))
                parameter.type = place
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        try:
            return super().parse_args(ctx, args)
        except click.NoSuchOption as error:
            if error.possibilities:
                raise
            told, after = error.message.rstrip("."), f"trabecula COMMAND {error.option_name} …"
            raise click.UsageError(
                f"{told}. Options of a command come after it: {after}", ctx
            ) from error

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            from trabecula.misspelt import unknown

            if args[0] == "help":
                name = args[1] if args[1:] and args[1] in COMMANDS else "COMMAND"
                told = (
                    f"there is no command 'help': say trabecula --help or trabecula {name} --help"
                )
                raise click.UsageError(told, ctx)
            raise click.UsageError(unknown("command", args[0], COMMANDS), ctx)
        called, asked, rest = super().resolve_command(ctx, args)
        if asked is not None and not ctx.resilient_parsing:
            _refuse_repeated(click.Context(asked, parent=ctx, info_name=called), rest)
        return called, asked, rest

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command, print what its files left out and map what goes wrong to exit codes."""
        try:
            with waiting.told(), warnings.catch_warnings():
                warnings.simplefilter("always", LeftOut)
                warnings.showwarning = _show(warnings.showwarning)
                return super().invoke(ctx)
        except click.UsageError as error:
            if error.ctx is None or not error.message.startswith("Got unexpected extra argument"):
                raise
            told = missing.meant(error.ctx.command, error.message)
            if not told:
                raise
            raise click.UsageError(f"{error.message}: {told}", error.ctx) from error
        except FormatError as error:
            raise _Failure(error, 3) from error
        except TrabeculaError as error:
            raise _Failure(error, 2) from error
        except OSError as error:
            raise _Failure(OSError(_told(error)), 2) from error

    def main(self, *args: Any, **extra: Any) -> Any:
        """Run the command line over standard streams that lose nothing; see `streams`."""
        # What a command reads lives as long as it does, and each collection would go through it.
        gc.set_threshold(_SELDOM)
        atexit.register(gc.freeze)  # nor is anything gone through once more when all is done
        with streams.whole():
            try:
                return super().main(*args, **extra)
            except OSError as error:  # from words of click's own, as those of --help
                click.echo(_told(error), err=True)
                sys.exit(2)


def _refuse_repeated(ctx: click.Context, args: list[str]) -> None:
    """Raise `UsageError` for an option with a value of which only the last would count."""
    try:
        _, _, given = ctx.command.make_parser(ctx).parse_args([*args])
    except click.UsageError:
        return  # which is told when the command is run
    for option, times in Counter(given).items():
        single = isinstance(option, click.Option) and not (option.multiple or option.is_flag)
        if single and times > 1:
            told = f"{' / '.join(option.opts)} is given more than once: name it once"
            lists = ", with commas between" if "," in (option.metavar or "") else ""
            raise click.UsageError(f"{told}{lists}", ctx)


def _show(others: Callable[..., None]) -> Callable[..., None]:
    """How warnings are shown: what a file left out is a line, `others` shows all the rest."""
    told: set[str] = set()  # a release is written in thirty formats, and each says it

    def show(message: Warning | str, category: type[Warning], *place: Any) -> None:
        if issubclass(category, LeftOut):
            line = harmless(str(message))
            if line not in told:
                told.add(line)
                click.echo(line, err=True)
        else:
            others(message, category, *place)

    return show


def _told(error: OSError) -> str:
    name = f"{visible(str(error.filename), SHOWN)}: " if error.filename else ""
    plain = error.strerror == os.strerror(errno.ENOENT) and isinstance(error.filename, str | Path)
    hint = missing.hint(str(error.filename)) if plain else ""
    return f"{name}{error.strerror or error}{hint}"


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="trabecula")
@click.pass_context
def main(ctx: click.Context) -> None:
    """A knowledge graph of biological relationships with the evidence for each of them.

    Without --graph, commands work on the graph that is shipped: magnesium and bone health.
    It is a knowledge resource, not medical advice.

    \b
    trabecula search calcitrol
    trabecula show PTH --evidence
    trabecula extract "near(magnesium, 2) & predicate(requires)" -o part.ttl
    trabecula view "topic(vitamin-d)" -o vitamin-d.html --open
    """
    if os.environ.get("NO_COLOR"):
        ctx.color = False
