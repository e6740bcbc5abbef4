"""A version of a graph, by what people call it: a file, a folder, a release, a git revision.

| written            | what is read                                                          |
|--------------------|-----------------------------------------------------------------------|
| `part.ttl`, `dir/` | a graph file, or a curated folder                                     |
| `dist/`, `.`       | the curated folder `graph/` in a release folder or in a checkout      |
| `git:REV`          | `graph/` as it was in a revision of the repository around here        |
| `git:REV:PATH`     | another folder or file as it was there; `REV:PATH` means the same     |

Git is asked only for what is written so, and only to read.
"""

from __future__ import annotations

import io
import posixpath
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Final

from trabecula import shipped, store
from trabecula.errors import FormatError, MissingProgram, NotFound
from trabecula.expectations import expectations
from trabecula.graph import Graph
from trabecula.reason.expectations import Expectation

_GIT: Final = "git:"
#: The folder of the graph within a checkout or a release.
_FOLDER: Final = "graph"
#: The folder of the expected conclusions within that of a graph.
_EXPECTATIONS: Final = "expectations"


@dataclass(frozen=True, slots=True)
class Version:
    """A graph with the expected conclusions that are kept beside it, where there are any."""

    graph: Graph
    expectations: tuple[Expectation, ...]


def version(name: str | None = None) -> Version:
    """The version that a name stands for, as the head says; without one the shipped graph.

    Raises `NotFound` for a path, or a revision, that is not there, `MissingProgram` where git
    is needed and not installed, and what `formats.read` raises.
    """
    if name is None:  # asked for by its folder, its tables would be read instead of the cache
        return Version(store.load(), expectations(shipped.graph() / _EXPECTATIONS))
    if Path(name).exists():
        return _read(Path(name))
    if ":" not in name:
        raise NotFound(f"{name}: no such file or folder; a git revision is written git:{name}")
    revision, _, path = name.removeprefix(_GIT).partition(":")
    path = path or _FOLDER
    with _at(revision, path) as place:
        try:
            return _read(place)
        except FormatError as error:  # whose places are those of the temporary folder
            there = f"{_GIT}{revision}:{path}"
            raise FormatError(
                replace(problem, where=problem.where.replace(str(place), there))
                for problem in error.problems
            ) from error


def _read(place: Path) -> Version:
    inner = place / _FOLDER
    if not (place / "entities.tsv").exists() and inner.is_dir():
        place = inner
    beside = place / _EXPECTATIONS
    signed = (beside / "conclusions.tsv").is_file()
    return Version(store.load(place), expectations(beside) if signed else ())


@contextmanager
def _at(revision: str, path: str) -> Iterator[Path]:
    """A folder or file of a revision, in a temporary place."""
    git = shutil.which("git")
    if git is None:
        raise MissingProgram("reading a git revision", "git")
    top = _ask(git, "rev-parse", "--show-toplevel").decode().strip()
    if not top:
        raise NotFound(f"git:{revision}: there is no git repository around this folder")
    commit = _object_id(git, f"{revision}^{{commit}}")
    if not commit:
        raise NotFound(f"git knows no revision {revision!r}; `git log` lists those that there are")
    path = str(PurePosixPath(path))
    object_id = _object_id(git, f"{commit}:{'' if path == '.' else path}")
    if not object_id:
        raise NotFound(f"there is no {path} in revision {revision}; write git:{revision}:PATH")
    with tempfile.TemporaryDirectory(prefix="trabecula-") as folder:
        place = Path(folder, PurePosixPath(path).name)
        if _ask(git, "cat-file", "-t", object_id).strip() == b"tree":
            archive = _ask(git, "-C", top, "archive", "--format=tar", object_id)
            with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
                # Python 3.11.3 and before know no filter; what git packs has no need of one.
                filtering = getattr(tarfile, "data_filter", lambda member, _path: member)
                tar.extraction_filter = filtering
                tar.extractall(place, filter(_stays, tar.getmembers()))  # noqa: S202
        else:
            place.write_bytes(_ask(git, "cat-file", "blob", object_id))
        yield place


def _stays(member: tarfile.TarInfo) -> bool:
    """Whether something in a revision is no link that leads out of it."""
    leads_to = PurePosixPath(posixpath.normpath(f"{member.name}/../{member.linkname}"))
    out = member.linkname.startswith("/") or leads_to.parts[:1] == ("..",)
    return not (member.issym() and out)


def _object_id(git: str, name: str) -> str:
    """The id of an object that git knows by a name; nothing where it knows none."""
    asked = ("rev-parse", "--verify", "--quiet", "--end-of-options", name)
    return _ask(git, *asked).decode().strip()


def _ask(git: str, *arguments: str) -> bytes:
    """What git answers; nothing where it fails."""
    command = [git, *arguments]
    done = subprocess.run(command, capture_output=True, check=False)  # noqa: S603 (no shell)
    return done.stdout if done.returncode == 0 else b""
