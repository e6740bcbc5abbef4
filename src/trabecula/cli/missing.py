"""What may be meant by the name of a file that is not there."""

from __future__ import annotations

import os
from itertools import islice
from pathlib import Path
from typing import Final

from trabecula.characters import SHOWN, visible

#: How many names of a folder are looked at.
_LOOKED_AT: Final = 1000
#: Tables without which a folder is none of ours.
_TABLES: Final = ("entities.tsv", "sources.tsv")


def hint(name: str) -> str:
    """What to say after `No such file or directory`; empty where nothing is known."""
    if name == "-":
        return "; `trabecula convert /dev/stdin --from FORMAT -o FILE` reads standard input"
    path = Path(name)
    folder = next((each for each in path.parents if not each.is_dir()), None)
    if folder is not None:
        return f": there is no folder {visible(str(folder), SHOWN)}"
    if path.name in _TABLES:
        return f": {visible(str(path.parent), SHOWN)} is no curated folder; name one, or a file"
    near = _near(path)
    if near:
        return f"; did you mean {near}?"
    parted = "\\" in name and os.sep == "/"
    return "; folders are parted by / here" if parted else ""


def _near(path: Path) -> str:
    from trabecula.misspelt import nearest

    try:
        names = sorted(entry.name for entry in islice(os.scandir(path.parent), _LOOKED_AT))
    except OSError:
        return ""
    stems = nearest(path.stem, [Path(name).stem for name in names], 2)  # all else is the suffix
    like = [path.with_name(name) for name in names if Path(name).stem in stems]
    return " or ".join(visible(str(neighbour), SHOWN) for neighbour in like[:2])
