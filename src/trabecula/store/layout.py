"""What lies in the folder of a store; `docs/store.md` tells it."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from importlib.abc import MetaPathFinder
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from trabecula.errors import VocabularyError
from trabecula.model import Review
from trabecula.version import __version__

if TYPE_CHECKING:
    import pyarrow as pa

#: What a manifest says of itself, and the version of what it describes: another one, too, where
#: `spelling` compares otherwise, for that is how names are written in the index of them.
FORMAT: Final = "trabecula-store"
VERSION: Final = 3
#: Who makes a store now, as its manifest says.
MADE_BY: Final = f"trabecula {__version__}"
MANIFEST: Final = "manifest.json"
ARRAYS: Final = "arrays"
RDF: Final = "rdf"
RDF_MODES: Final = ("full", "direct")
#: What stores of version 2 have besides: the index of names, made by the first search.
SEARCH: Final = "search"
#: What is known of the files of a store since they were last read whole.
SEEN: Final = "seen.json"
TABLES: Final = ("entities", "statements", "evidence", "sources", "predicates")
#: Rows in a part of a Parquet table that can be read by itself.
GROUP: Final = 1 << 17


def is_store(path: Path | str | None) -> bool:
    """Whether a path is the folder of a store, of whatever version."""
    return path is not None and (Path(path) / MANIFEST).is_file()


def reviews_of(manifest: Mapping[str, Any]) -> dict[str, tuple[Review, ...]]:
    """The reviews that a manifest holds, by the ids of their statements."""
    rows_of = manifest.get("reviews", {})
    return {key: tuple(Review(*each) for each in some) for key, some in rows_of.items()}


def arrow() -> Any:
    """The module `pyarrow`. Raises `VocabularyError` where it is not installed."""
    try:
        import pyarrow
        import pyarrow.compute
    except ImportError as error:
        what = "a store is written with pyarrow, which is not installed"
        raise VocabularyError(f"{what}; pip install 'trabecula[store]'") from error
    return pyarrow


@contextmanager
def frugal() -> Iterator[None]:
    """Let what pyarrow has done with go back to the system meanwhile, and not wait for more of it.

    That takes no longer, and is a quarter of the memory of a short command.
    """
    pa = arrow()
    before = pa.default_memory_pool()
    pa.set_memory_pool(pa.system_memory_pool())
    try:
        yield
    finally:
        pa.set_memory_pool(before)


def tidy_up() -> None:
    """Give memory that is free back to the system, where much of it has just become so."""
    arrow().default_memory_pool().release_unused()


class _NoPandas(MetaPathFinder):
    """Finds that there is no pandas."""

    def find_spec(self, fullname: str, *_: object) -> None:
        """Nothing of another module; raises `ModuleNotFoundError` for pandas."""
        if fullname == "pandas":
            raise ModuleNotFoundError(fullname)


@contextmanager
def without_pandas() -> Iterator[None]:
    """Let pyarrow do without pandas meanwhile, if nobody in this process has imported it.

    It imports pandas, where it is installed, with the first array that it makes: as long as some
    100,000 statements take to load. A command has no use for it.
    """
    if "pandas" in sys.modules:
        yield
        return
    none = _NoPandas()
    sys.meta_path.insert(0, none)
    try:
        yield
    finally:
        sys.meta_path.remove(none)


@cache
def type_of_pairs() -> pa.DataType:
    """The type of columns that hold lists of pairs."""
    pa = arrow()
    word = pa.dictionary(pa.int32(), pa.string())
    pair = pa.struct([pa.field(name, word, nullable=False) for name in ("key", "value")])
    return pa.list_(pa.field("element", pair, nullable=False))  # a quarter quicker to write


@cache
def schemas() -> dict[str, pa.Schema]:
    """The columns of each table."""
    pa = arrow()
    text, number, truth = pa.string(), pa.int32(), pa.bool_()
    word = pa.dictionary(pa.int32(), pa.string())
    texts = pa.list_(text)
    pairs = type_of_pairs()
    xrefs = pa.list_(pa.struct([("match", text), ("curie", text), ("label", text)]))
    columns = {
        "entities": {
            "number": number, "id": text, "name": text, "category": word, "description": text,
            "taxon": word, "synonyms": texts, "xrefs": xrefs, "described": truth,
        },
        "statements": {
            "number": number, "id": text, "subject": number, "predicate": word, "object": number,
            "qualifiers": pairs, "negated": truth, "topic": word, "sign": pa.int8(),
            "status": word, "sayable": truth, "followed": truth, "supporting": number,
            "disputing": number, "evidence": number,
        },
        "evidence": {
            "statement": number, "source": number, "stance": word, "strength": word,
            "method": word, "species": word, "system": word, "context": pairs, "summary": text,
            "locator": text, "effect": pairs, "retracted": truth,
        },
        "sources": {
            "number": number, "id": text, "title": text, "kind": word, "study_type": word,
            "year": text, "authors": texts, "journal": text, "volume": text, "issue": text,
            "pages": text, "organism": word, "abstract_read": truth, "group": text,
            "xrefs": texts, "url": text, "reference": text, "note": text, "standing": word,
            "standing_date": text, "described": truth, "paper": text, "counted_as": text,
            "retracted": truth,
        },
        "predicates": {
            "name": text, "label": text, "inverse_label": text, "definition": text,
            "sign": pa.int8(), "kind": text, "influence": text, "structure": text, "state": text,
            "symmetric": truth, "transitive": truth,
        },
    }  # fmt: skip
    return {
        name: pa.schema([pa.field(column, kind, nullable=False) for column, kind in of.items()])
        for name, of in columns.items()
    }


#: The files of a store beside its folders.
FILES: Final = (MANIFEST, SEEN, *(f"{name}.parquet" for name in TABLES))
