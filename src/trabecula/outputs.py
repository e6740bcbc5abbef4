"""Where something is written to: the one rule of all commands and of Python.

The end of the name says the format, in any case and `.gz` apart. A file that somebody names is
replaced whole; of a folder only what is ours (`folders`). What is read is not written to, unless
that is said: `guard` finds it through links, `..` and other spellings of one name.
"""

from __future__ import annotations

import errno
import io
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

from trabecula import compressed, writing
from trabecula.errors import OutputError, VocabularyError

#: What the name of a page ends in.
PAGES: Final = MappingProxyType({".html": "html", ".htm": "html"})
#: What a page of ours says of itself, and in how many bytes from its beginning.
_PAGE: Final = b'<meta name="generator" content="trabecula '
_HEAD: Final = 4096
#: The ends of the files that a graph in a folder is read from.
_TABLES: Final = (".tsv", ".toml")


def target(path: Path | str) -> Path:
    """A path to write to.

    Raises `OutputError` where it is empty, as an unset variable is, and `TypeError` for what is no
    name.
    """
    if not isinstance(path, str | os.PathLike):
        kind = type(path).__name__
        raise TypeError(f"what is written has a name, and {kind} is none: name a file or a folder")
    if str(path) == "":
        raise OutputError("the name to write to is empty; name a file or a folder")
    return Path(path)


def names_folder(name: Path | str) -> bool:
    """Whether a name ends as that of a folder does; a `Path` has lost that end.

    >>> names_folder("new/"), names_folder("new")
    (True, False)
    """
    return str(name).endswith(tuple(filter(None, (os.sep, os.altsep))))


def named(path: Path, suffixes: Mapping[str, str], *, option: str = "-f") -> str:
    """The format that the name of a file stands for; `suffixes` gives one for each end of names.

    The key `""` is for a name without a suffix. Raises `VocabularyError` for any other name, which
    tells of the `option` that names a format, if there is one.

    >>> named(Path("X.CSV.gz"), {".csv": "csv"})
    'csv'
    """
    name = path.with_suffix("") if path.suffix.lower() == ".gz" else path
    suffix = name.suffix.lower()
    end = ending(name.name, suffixes)
    if end or (not suffix and "" in suffixes):
        return suffixes[end]
    what = f"unknown suffix {name.suffix!r}" if suffix else "no suffix"
    fix = f"end the name in one of {' '.join(filter(None, suffixes))}"
    either = f"name a format with {option}, or " if option else ""
    raise VocabularyError(f"{path}: {what}; {either}{fix}")


def ending(name: str, ends: Iterable[str]) -> str:
    """The longest of the ends that a name has, in any case; empty where it has none.

    >>> ending("x_edges.TSV", [".tsv", "_edges.tsv"]), ending("x", [".tsv"])
    ('_edges.tsv', '')
    """
    fitting = (end for end in ends if end and name.lower().endswith(end) and name.lower() != end)
    return max(fitting, key=len, default="")


def guard(path: Path, inputs: Iterable[Path], *, overwrite: bool | None = False) -> None:
    """Raise before any work is done where nothing can, or nothing should, be written to `path`.

    `FileNotFoundError` where there is no folder to hold it; `OutputError` where it is one of
    `inputs`, or holds one, or is a table of one, unless `overwrite`, which is None where nobody can
    say so.
    """
    parent = path.parent
    if not parent.exists():
        what = f"{os.strerror(errno.ENOENT)}: there is no folder {parent}; make it first"
        raise FileNotFoundError(errno.ENOENT, what, str(path))
    for source in inputs:
        if not overwrite and _is_read(path, source):
            same = "is what is read" if _same(path, source) else f"is part of {source}, or holds it"
            remedy = "" if overwrite is None else ", or say --overwrite"
            raise OutputError(f"{path} {same}; write elsewhere{remedy}")


def guard_page(path: Path) -> None:
    """Raise `OutputError` where a file that nobody has named is there and is no page of ours."""
    if path.is_file():
        with path.open("rb") as stream:
            if _PAGE not in stream.read(_HEAD):
                what = f"{path} is no page of trabecula"
                raise OutputError(f"{what}; name a file with -o, or say --overwrite")


def write(path: Path, data: bytes) -> None:
    """Write a file whole or not at all, compressed where its name ends in `.gz`.

    The same bytes give the same file on every system. Raises `OSError`.
    """
    writing.write_atomically(
        path, compressed.gzipped(data) if path.suffix.lower() == ".gz" else data
    )


def write_together(files_of: Mapping[Path, bytes | Iterable[bytes | memoryview]]) -> None:
    """Write several files of one folder all or none, as `write` does each, whole or in parts."""
    zipped = {
        path: compressed.gzipped(b"".join([data] if isinstance(data, bytes) else data))
        if path.suffix.lower() == ".gz"
        else data
        for path, data in files_of.items()
    }
    writing.write_together(zipped)


def packed(members: Mapping[str, bytes]) -> bytes:
    """An archive in the format of tar: equal members give equal bytes."""
    import tarfile  # needed by pairs of files only

    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for name, data in members.items():
            member = tarfile.TarInfo(name)  # without time and owner
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    return stream.getvalue()


def _is_read(path: Path, source: Path) -> bool:
    """Whether to write to `path` could change what is read from `source`."""
    real, read = (Path(os.path.realpath(each)) for each in (path, source))
    if any(_same(real, each) for each in (read, *(read.parents if real.is_dir() else ()))):
        return True
    if not read.is_dir():
        return False
    if any(_same(each, read / "statements") for each in (real, real.parent)):
        return True
    if _same(real.parent, read) and real.suffix.lower() in _TABLES:
        return True
    tables = (table for place in ("", "statements") for table in (read / place).glob("*.tsv"))
    return real.is_file() and any(_same(real, table) for table in tables)


def _same(first: Path, second: Path) -> bool:
    try:
        return first.samefile(second)
    except OSError:  # one of the two is not there, or leads nowhere
        return False
