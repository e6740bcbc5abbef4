"""The digests of statements, of which their ids are made: of many at once, from their codes."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np

from trabecula.model import Context
from trabecula.store import layout
from trabecula.store.incoming import MEANING, Numbers, text_of_json

#: Statements whose digests are made at once: few enough for their texts to stay in the cache.
HASHED: Final = 1 << 14
#: What a hash comes to: asked of the type, and not of each of two million hashes by its name.
_DIGEST: Final = type(hashlib.sha256()).digest
#: What JSON writes otherwise than it is.
_ESCAPED: Final = r'["\\\x00-\x1f]'


class Digester:
    """Makes the digests of statements from their meaning; see `model.identity`.

    `names` are the ids of entities as texts of Arrow; of these, `predicates` and `contexts` a
    statement has the numbers.
    """

    def __init__(self, names: Any, predicates: Sequence[str], contexts: Sequence[Context]) -> None:
        pa = layout.arrow()
        names, compute = names.cast(pa.string()), pa.compute
        quoted = compute.binary_join_element_wise('"', names, '"', "")
        if compute.any(compute.match_substring_regex(names, _ESCAPED)).as_py():
            quoted = pa.array(map(text_of_json, names.to_pylist()), pa.string())
        self.starts = compute.binary_join_element_wise("[", quoted, "").cast(pa.binary())
        self.ends = quoted.cast(pa.binary())
        self.middles = pa.array(map(text_of_json, predicates), pa.binary())
        self.lasts = pa.array(
            [
                b"%b,%b]" % (text_of_json(pairs), truth)
                for pairs in contexts
                for truth in (b"false", b"true")
            ],
            pa.binary(),
        )

    def digests(self, meaning: Mapping[str, Numbers]) -> Numbers:
        """The digests of statements with these columns, 16 bytes each."""
        pa = layout.arrow()
        subject, predicate, object_, qualifiers, negated = (meaning[name] for name in MEANING)
        last = qualifiers.astype(np.int64) * 2 + negated
        made: list[bytes] = []
        for start in range(0, len(subject), HASHED):
            part = slice(start, start + HASHED)
            joined: Any = pa.compute.binary_join_element_wise(
                self.starts.take(pa.array(subject[part])),
                self.middles.take(pa.array(predicate[part])),
                self.ends.take(pa.array(object_[part])),
                self.lasts.take(pa.array(last[part])),
                b",",
            )
            texts = joined.to_numpy(zero_copy_only=False).tolist()
            made.append(b"".join(map(_DIGEST, map(hashlib.sha256, texts))))
        return np.frombuffer(b"".join(made), np.uint8).reshape(-1, 32)[:, :16]
