r"""Bytes as letters of a page: two for thirteen bits, where base64 has twelve in two.

Of the 95 printable letters of ASCII the four are left out that HTML or JSON have to escape. Those
that are left make 91 x 91 pairs, more than thirteen bits have values. What is left of the bits at
the end is one letter where it is no more than six, so that the letters say how many bytes there
were. `frontend/src/app/letters.js` reads them.
"""

from __future__ import annotations

from typing import Final

#: In the order of their codes, which is that of the values.
ALPHABET: Final = "".join(chr(code) for code in range(32, 127) if chr(code) not in '"&<\\')

_BITS: Final = 13  # of a pair of letters
_LAST: Final = 6  # of a letter alone
#: As many bytes are a whole number of pairs.
_BLOCK: Final = 13


def written(data: bytes) -> str:
    """The bytes as letters: 16 for 13 bytes, and as many as it takes for what is left.

    >>> written(b""), len(written(b"a")), len(written(bytes(13)))
    ('', 2, 16)
    """
    import numpy as np

    blocks = -(-len(data) // _BLOCK)
    padded = np.frombuffer(data.ljust(blocks * _BLOCK, b"\0"), np.uint8).reshape(blocks, _BLOCK)
    octets = np.pad(padded.astype(np.uint32), ((0, 0), (0, 2)))
    values = np.empty((blocks, 8), np.uint32)
    for pair in range(8):
        byte, bit = divmod(_BITS * pair, 8)
        three = octets[:, byte] << 16 | octets[:, byte + 1] << 8 | octets[:, byte + 2]
        values[:, pair] = three >> (24 - _BITS - bit) & (2**_BITS - 1)
    codes = np.frombuffer(ALPHABET.encode("ascii"), np.uint8)
    letters: str = codes[np.stack(np.divmod(values, len(codes)), axis=-1)].tobytes().decode("ascii")
    pairs, rest = divmod(8 * len(data), _BITS)
    whole = letters[: 2 * pairs]
    if not rest:
        return whole
    if rest > _LAST:
        return whole + letters[2 * pairs : 2 * pairs + 2]
    return whole + ALPHABET[int(values.flat[pairs]) >> (_BITS - _LAST)]


def read(text: str) -> bytes:
    """The bytes that were `written`.

    >>> [read(written(bytes(range(count)))) == bytes(range(count)) for count in (0, 1, 2, 13, 40)]
    [True, True, True, True, True]
    """
    places = {letter: value for value, letter in enumerate(ALPHABET)}
    values = [places[letter] for letter in text]
    pairs = zip(values[::2], values[1::2], strict=False)
    bits = "".join(f"{first * len(ALPHABET) + second:0{_BITS}b}" for first, second in pairs)
    if len(values) % 2:
        bits += f"{values[-1]:0{_LAST}b}"
    count = len(bits) // 8
    return int(bits[: 8 * count] or "0", 2).to_bytes(count, "big")
