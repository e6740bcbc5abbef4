"""The command line: parses, calls the library and prints; nothing else prints or exits.

Exit codes: 0 done, 1 findings, 2 usage or an unknown name, 3 bad data.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module
from typing import Any, NoReturn

import click

from trabecula import __version__
from trabecula.errors import FormatError, TrabeculaError

#: The commands: name -> one line of help. The command `x` is `trabecula.cli.x:command`, imported
#: when it is called, so that `--help` and completion stay quick.
COMMANDS = {
    "info": "What the graph holds, in figures.",
    "search": "Find entities by name, synonym or identifier.",
    "show": "Everything about one entity, statement or source.",
    "extract": "Write a part of the graph in any format.",
    "explain": "How A acts on B: every path, step by step, and what they add up to.",
    "whatif": "What would follow if something went up or down.",
    "loops": "Feedback loops: what acts back on itself, and whether it dampens or amplifies.",
    "conflicts": "Where the sources disagree, and whether their contexts tell them apart.",
    "gaps": "What to read or curate next: where much hangs on little evidence.",
    "audit": "Judge the article claim by claim: what stands, in which context, and what does not.",
    "query": "Ask the graph in SPARQL.",
    "view": "Write an interactive page of the graph.",
    "cite": "How to cite the graph, or the sources of a part of it.",
    "check": "Look for mistakes in a graph.",
    "convert": "Change a graph from one format into another.",
    "diff": "What changed between two versions, conclusions included.",
    "fmt": "Rewrite curated tables in canonical form.",
    "build": "Write the release folder: every format, the page, checksums.",
}


class _Failure(click.ClickException):
    """An error with the exit code that it maps to."""

    def __init__(self, error: Exception, exit_code: int) -> None:
        super().__init__(str(error))
        self.exit_code = exit_code  # type: ignore[misc]  # click reads it from the instance

    def show(self, file: Any = None) -> None:
        for line in self.message.splitlines():
            click.echo(line, file=file or sys.stderr)


class _Commands(click.Group):
    """A group whose commands are imported when they are needed."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = import_module(f"trabecula.cli.{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            from trabecula.identifiers import unknown

            raise click.UsageError(unknown("command", args[0], COMMANDS), ctx)
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command and map what goes wrong to exit codes."""
        try:
            return super().invoke(ctx)
        except FormatError as error:
            raise _Failure(error, 3) from error
        except TrabeculaError as error:
            raise _Failure(error, 2) from error
        except BrokenPipeError:
            _leave_quietly()
        except OSError as error:
            name = f"{error.filename}: " if error.filename else ""
            raise _Failure(OSError(f"{name}{error.strerror or error}"), 2) from error


def _leave_quietly() -> NoReturn:
    """End as a program does whose reader went away (`trabecula query … | head`)."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    raise SystemExit(141)


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
