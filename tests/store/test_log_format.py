"""docs/log-format.md: what it says lets another program, written from it alone, check a log."""

import gzip
import re
from hashlib import sha256
from pathlib import Path

import pytest

from monitor import chain, commands
from monitor.store import open_store
from monitor.store.journal import verify
from tests.support import log_verifier
from tests.support.damage import intrude
from tests.support.former_log import BEFORE, HEAD
from tests.support.paths import ROOT

PAGE = ROOT / "docs" / "log-format.md"
SALT = "00112233445566778899aabbccddeeff"
#: What is done to a log -> what a verifier says of it.
TAMPERED = {
    "a fact": ("UPDATE action SET status = 'abandoned' WHERE seq = 30", "entry 30 is not"),
    "a text": ("UPDATE signatory_text SET name = 'Un autre' WHERE seq = 4", "entry 4 is not"),
    "a text emptied without an order": (
        "UPDATE action_text SET salt = NULL, summary = NULL, source_title = NULL, quote = NULL, "
        "source_publisher = NULL, source_url = NULL, archive_url = NULL, reason = NULL, "
        "recorded_by = NULL, search_key = NULL WHERE seq = 30",
        "entry 30 is not",
    ),
    "an author": ("UPDATE entry SET author = 'Personne' WHERE seq = 30", "entry 30 is not"),
    "a time": (
        "UPDATE entry SET recorded_at = '2020-01-01T00:00:00.000000Z' WHERE seq = 30",
        "entry 30 is not",
    ),
    "a file": ("UPDATE entry SET load_seq = 1 WHERE seq = 30", "entry 30 is not"),
    "a subject": ("UPDATE entry SET subject = 'invented' WHERE seq = 30", "entry 30 is missing"),
    "an entry": ("DELETE FROM entry WHERE seq = 30", "entry 30 is missing"),
    "a row": ("DELETE FROM action WHERE seq = 30", "entry 30 is missing"),
    "the texts of a row": ("DELETE FROM action_text WHERE seq = 30", "entry 30 is not"),
    "the last entry": (
        "DELETE FROM entry WHERE seq = (SELECT max(seq) FROM entry)",
        "belongs to no entry",
    ),
    "a row more": (
        "INSERT INTO withdrawal (seq, load_seq) VALUES (999, 1)",
        "withdrawal: row 999 belongs to no entry",
    ),
    "a commitment": (
        "UPDATE commitment SET measure_id = '999' WHERE id = "
        "(SELECT commitment_id FROM action WHERE seq = 30)",
        "is not as it was written",
    ),
    "the head": ("UPDATE head SET seq = seq - 1", "the head is not the last entry"),
    "bytes for a text": (
        "UPDATE action_text SET summary = cast(x'61ff80' AS TEXT) WHERE seq = 30",
        "entry 30: a text that is none",
    ),
    "a fraction": ("UPDATE action SET rev = 1.5 WHERE seq = 30", "entry 30: a value that"),
}


def head_of(store) -> str:
    with store.reading() as session:
        ((seq, hash_),) = session.rows("SELECT seq, hash FROM head")
    return f"{seq}:{hash_}"


def test_a_verifier_written_from_the_page_alone_is_short_and_imports_nothing_of_ours():
    source = Path(log_verifier.__file__).read_text("utf-8")
    assert len(source.splitlines()) <= 120
    assert not re.search(r"^\s*(?:from|import) (?:monitor|tests)", source, re.MULTILINE)


def test_a_verifier_written_from_the_page_alone_finds_the_head_of_a_log_and_of_its_copies(
    full_store, tmp_path
):
    head = head_of(full_store)
    commands.back_up(full_store, tmp_path / "backup.db")
    commands.copy_database(full_store, open_store(f"sqlite:///{tmp_path / 'copy.db'}"))
    for path in (full_store.path, tmp_path / "backup.db", tmp_path / "copy.db"):
        assert log_verifier.verify(str(path), "0:" + "0" * 64, head) == head


def test_a_log_of_before_any_later_column_keeps_its_head(tmp_path):
    store = open_store(f"sqlite:///{tmp_path / 'before.db'}")
    store.path.write_bytes(gzip.decompress(BEFORE.read_bytes()))
    commands.init_database(store)
    with store.reading() as session:
        assert verify(session).head == HEAD.partition(":")[2] and verify(session).intact
    assert log_verifier.verify(str(store.path), HEAD) == HEAD


@pytest.mark.parametrize("way", TAMPERED)
def test_a_verifier_written_from_the_page_alone_finds_what_was_altered(full_store, way):
    statement, sentence = TAMPERED[way]
    intrude(full_store, statement)
    with pytest.raises(log_verifier.Altered, match=sentence):
        log_verifier.verify(str(full_store.path))


def test_a_verifier_written_from_the_page_alone_finds_a_log_that_was_written_anew(full_store):
    head = head_of(full_store)
    seq, _, hash_ = head.partition(":")
    other = f"{seq}:{hash_[::-1]}"
    with pytest.raises(log_verifier.Altered, match=f"rewritten at entry {seq}"):
        log_verifier.verify(str(full_store.path), head, other)


def test_the_vectors_of_the_page_are_true():
    vectors = re.findall(
        r"^\| `(.+)` \| `([0-9a-f]{64})` \|$", PAGE.read_text("utf-8"), re.MULTILINE
    )
    assert len(vectors) >= 4
    for hashed, expected in vectors:
        assert sha256(hashed.encode()).hexdigest() == expected


LATER = ("portfolio", "place", "budget")


ROW = ["mouves-2014", None, 3]


@pytest.mark.parametrize(
    ("values", "cells"),
    [
        ((None, None, None), []),
        (("Énergie", None, "84090"), [{"budget": "84090", "portfolio": "Énergie"}]),
        (("", None, 0), [{"budget": 0, "portfolio": ""}]),
    ],
)
def test_a_column_that_came_later_is_digested_where_it_is_not_empty(values, cells):
    digest = chain.digest(SALT, [*ROW, *values], LATER)
    assert digest == log_verifier.digest(SALT, [*ROW, *cells])


def test_no_value_passes_for_a_column_that_came_later():
    """Not by what a text holds, nor by another column's, nor by a column that is taken away."""
    first = ["mouves-2014", None, "x"]
    every = [
        chain.digest(SALT, [*first, "y", None], ("a", "b")),
        chain.digest(SALT, [*first, None, "y"], ("a", "b")),
        chain.digest(SALT, [*first, "y", "y"], ("a", "b")),
        chain.digest(SALT, first),
        chain.digest(SALT, [*first, "y"]),
        chain.digest(SALT, [*first, '{"a":"y"}']),
        chain.digest(SALT, [*first[:-1], 'x",{"a":"y"}']),
        chain.digest(SALT, [*first, None, '","b":"'], ("a", "b")),
    ]
    assert len(set(every)) == len(every)


def test_a_fraction_in_a_column_that_came_later_is_nothing_that_is_ever_digested():
    with pytest.raises(TypeError):
        chain.digest(SALT, ["x", 0.5], ("a",))
