"""What may be meant by the name of a file that is not there, or by an argument too many."""

from __future__ import annotations

import os
import re
from itertools import islice
from pathlib import Path
from typing import Final

import click

from trabecula.characters import SHOWN, visible
from trabecula.cli.piped import STANDARD_INPUT

#: How many names of a folder are looked at.
_LOOKED_AT: Final = 1000
#: Tables without which a folder is none of ours.
_TABLES: Final = ("entities.tsv", "sources.tsv")


def hint(name: str) -> str:
    """What to say after `No such file or directory`; empty where nothing is known."""
    if name == STANDARD_INPUT:
        return ": there is no standard input"
    path = Path(name)
    folder = next((each for each in path.parents if not each.is_dir()), None)
    if folder is not None:
        return f": there is no folder {visible(str(folder), SHOWN)}"
    if path.is_symlink():
        return f": it is a link to {visible(str(path.readlink()), SHOWN)}, which is not there"
    if path.name in _TABLES:
        return f": {visible(str(path.parent), SHOWN)} is no curated folder; name one, or a file"
    near = _near(path)
    if near:
        return f"; did you mean {near}?"
    parted = "\\" in name and os.sep == "/"
    return "; folders are parted by / here" if parted else ""


#: The argument that is one too many, or the first of several, in the words of click.
_EXTRA: Final = re.compile(r"Got unexpected extra arguments? \((\S+)")


def meant(command: click.Command, message: str) -> str:
    """What to do about an argument too many; empty where nothing is known.

    The name of a file stands behind an option: behind `-o` where there is no such file, and behind
    `--graph` where there is.
    """
    options = {spelling for each in command.params for spelling in each.opts}
    match = _EXTRA.match(message)
    name = match[1].rstrip(")") if match else ""
    if "--graph" in options and name and Path(name).exists():
        return f"the graph to work on is named by an option: --graph {visible(name, SHOWN)}"
    if "--output" in options and re.search(r"\.[A-Za-z]\w*$", name):
        return f"where to write is named by an option: -o {visible(name, SHOWN)}"
    if any(isinstance(each, click.Argument) for each in command.params):
        return 'what has blanks in it needs quotes, as "vitamin D" does'
    return ""


def _near(path: Path) -> str:
    from trabecula.misspelt import nearest

    try:
        names = sorted(entry.name for entry in islice(os.scandir(path.parent), _LOOKED_AT))
    except OSError:
        return ""
    stems = nearest(path.stem, [Path(name).stem for name in names], 2)  # all else is the suffix
    like = [path.with_name(name) for name in names if Path(name).stem in stems]
    like = [neighbour for neighbour in like if neighbour.exists()]  # as dangling links do not
    return " or ".join(visible(str(neighbour), SHOWN) for neighbour in like[:2])
