"""The hash chain of the log: each entry carries a digest of the one before.

    facts_digest = SHA-256(salt of the facts + JSON of the facts)
    texts_digest = SHA-256(salt of the texts + JSON of the texts), "" for an entry without texts
    hash         = SHA-256(hash before + JSON of [seq, recorded_at, author, subject, load_seq,
                                                  facts_digest, texts_digest])

JSON is compact UTF-8 (RFC 8259, no spaces): a list of the values. A column that came to the log after
its beginning (`schema.Field.since`) is part of it if and only if it is not empty: those that are not
stand together in an object at the end of the list, under their names, in the order of these. No value
is an object, so that none can pass for another, and an entry of before keeps its digest. Texts are
digested apart, so that a court can have them emptied, salt included, without breaking the chain:
nobody can then test a guess of the text.
The idea of a log whose every entry commits to all before it: Haber & Stornetta, 1991.
"""

import os
from collections.abc import Sequence
from hashlib import sha256

import orjson

#: What stands before the first entry.
GENESIS = "0" * 64


def salts(count: int) -> list[str]:
    """`count` fresh salts of 16 random bytes, in hexadecimal."""
    text = os.urandom(16 * count).hex()
    return [text[i : i + 32] for i in range(0, len(text), 32)]


def digest(salt: str, values: Sequence, later: Sequence[str] = ()) -> str:
    """The salted SHA-256 of the values, in hexadecimal; `later` names the last of them, those of columns
    that came later (see the module). Raises TypeError for what is no text, whole number or None."""
    if later:
        values = _with_later(values, later)
    # `verify` reads a damaged salt with what is no UTF-8 escaped: these are its bytes.
    return sha256(salt.encode(errors="surrogateescape") + _json(values)).hexdigest()


def link(before: str, header: Sequence) -> str:
    """The hash of an entry from the hash before it and its header (see the module). Raises TypeError
    as `digest` does."""
    return sha256(before.encode() + _json(header)).hexdigest()


def _with_later(values: Sequence, later: Sequence[str]) -> Sequence:
    first, last = values[: -len(later)], values[-len(later) :]
    if float in map(type, last):
        raise TypeError("a fraction in the log")
    more = {
        name: value for name, value in sorted(zip(later, last, strict=True)) if value is not None
    }
    return [*first, more] if more else first


def _json(values: Sequence) -> bytes:
    # JSON has no infinity: it is written as null, and would have the digest of an empty cell.
    if float in map(type, values):
        raise TypeError("a fraction in the log")
    return orjson.dumps(values)
