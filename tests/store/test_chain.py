"""The chain against literals and against another hand: no test here asks the product what to expect."""

import os
from datetime import UTC, datetime, timedelta, timezone
from itertools import count

import pytest

from monitor import chain, commands
from monitor.commands.loading import file_in_memory
from monitor.store import open_store
from monitor.store.journal import Journal, hash_at, timestamp, verify
from monitor.store.subjects import SUBJECTS
from tests.support.chain_by_hand import DIGESTED, hashes_by_hand
from tests.support.clock import NOW
from tests.support.damage import REDACTED

ENGINES = ("sqlite", "postgres")
SALT, OTHER = "00112233445566778899aabbccddeeff", "ffeeddccbbaa99887766554433221100"
PARIS = timezone(timedelta(hours=2))
WORDS = ["mouves-2014", None, 3, "Où ? « Là »"]

# Each was computed once by `printf %s 'SALT[...]' | sha256sum`: salt, then compact UTF-8 JSON.
DIGESTS = [
    (SALT, [], "dcc61553070614799305d6d10e154261a85d954908429fc2642236ab5b3346fa"),
    (SALT, WORDS, "806ea5c75a1ad86d4924cf3af6cd1f4a8bacf58d1952642e49803a3a32a1be55"),
    (OTHER, WORDS, "8daccd5fa82f43c2c27e9a271702b98aafc2d0a0f4ee2140aaec447bf2f450dd"),
    (
        SALT,
        ['a "b" \\ c\nd', 0, -1],
        "4bbb5db8419b68ad8ecd8b60296779bf7a3584b4e4451d1807548aa18a6ce83b",
    ),
    (SALT, [None], "1dbf505e9211a9155ba9ec35f3e878f7c269d2932ee5fbb491fea7fb964b0601"),
    (SALT, [""], "497ac317a998df3f35e9039a85ca810d79d2c1d114e1f107b785dc06ed2a82e7"),
    ("", [""], "055539df4a0b804c58caf46c0cd2941af10d64c1395ddd8e50b5f55d945841e6"),
]
#: Two entries: a file, then a signatory who came with it.
FIRST = (
    "0000000000000000000000000000000000000000000000000000000000000000",
    [
        1,
        "2026-03-02T09:00:00.000000Z",
        "operator",
        "load",
        None,
        "2b697e721518a7200272f1da013346e960e112e445959272aaf8ae176ff79de7",
        "",
    ],
    "9b0b9f5bc7cad4ac0c7d45ca43095fe4b0d62339a69a8ddcdb3685c5faae93bd",
)
SECOND = (
    FIRST[2],
    [
        2,
        "2026-03-02T09:00:00.000000Z",
        "operator",
        "signatory",
        1,
        "6a5b784dcc71009c49e23bfab031922c6105ccfc5924d1d175929a928018a6a0",
        "4ddf17f7c20275d86e2495fe946673a98bf4a22a2c857eb61d654ca44bae6e5f",
    ],
    "653e1dd05751f835cb552c7e57cbf45bc037c362d050fb19dc9a2482aaef3eec",
)


@pytest.mark.parametrize(("salt", "values", "expected"), DIGESTS)
def test_a_digest_is_the_sha_256_of_the_salt_and_of_compact_json(salt, values, expected):
    assert chain.digest(salt, values) == expected


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (datetime(2020, 7, 5, tzinfo=UTC), "2020-07-05T00:00:00.000000Z"),
        (datetime(2020, 7, 5, 1, 30, 0, 42, PARIS), "2020-07-04T23:30:00.000042Z"),
    ],
)
def test_a_time_is_written_in_utc_with_six_decimals(moment, expected):
    assert timestamp(moment) == expected


def test_a_published_head_is_looked_up_at_both_ends(full_store):
    with full_store.reading() as session:
        assert hash_at(session, 0) == "0" * 64
        assert hash_at(session, 2**63) is hash_at(session, 10**19) is None


@pytest.mark.parametrize(("before", "header", "expected"), [FIRST, SECOND])
def test_a_hash_is_the_sha_256_of_the_hash_before_and_of_the_header(before, header, expected):
    assert chain.link(before, header) == expected


def test_the_chain_begins_with_sixty_four_zeros():
    assert FIRST[0] == chain.GENESIS


def test_every_salt_is_sixteen_bytes_of_its_own_from_the_system(monkeypatch):
    assert len(set(chain.salts(500) + chain.salts(500))) == 1_000
    monkeypatch.setattr(os, "urandom", lambda size: bytes(range(size)))
    assert chain.salts(2) == [
        "000102030405060708090a0b0c0d0e0f",
        "101112131415161718191a1b1c1d1e1f",
    ]
    assert chain.salts(0) == []


def test_another_hand_computes_the_hash_of_every_entry_of_every_subject(full_store):
    with full_store.reading() as session:
        computed = list(hashes_by_hand(session))
        ((seq, head),) = session.rows("SELECT seq, hash FROM head")
        there = {name for (name,) in session.rows("SELECT DISTINCT subject FROM entry")}
    assert [(one, mine) for one, mine, written in computed if mine != written] == []
    assert (computed[-1][0], computed[-1][2]) == (seq, head)
    assert there == set(SUBJECTS) == set(DIGESTED)


def test_the_texts_of_an_entry_have_a_digest_exactly_when_its_subject_has_texts(full_store):
    with full_store.reading() as session:
        digests = session.rows("SELECT subject, texts_digest FROM entry")
    assert {(subject, bool(digest)) for subject, digest in digests} == {
        (subject, bool(columns)) for subject, (_, columns) in DIGESTED.items()
    }


def salts_of(session) -> list[str]:
    """Every salt of the log: of the facts, and of the texts that were not emptied."""
    tables = ["entry", *(f"{subject}_text" for subject, (_, texts) in DIGESTED.items() if texts)]
    rows = [row for table in tables for row in session.rows(f"SELECT salt FROM {table}")]
    return [salt for (salt,) in rows if salt is not None]


def test_no_salt_serves_twice_in_a_log(full_store):
    """Nor for the facts and the texts of one entry: that of the facts stays when the texts are
    emptied, and whoever had it could test a guess of them."""
    with full_store.reading() as session:
        found = salts_of(session)
    assert len(found) > 60 and len(set(found)) == len(found)
    assert {len(salt) for salt in found} == {32}


FILE = (
    "action_id,signatory_id,measure,happened_on,status,summary,source_kind,source_title\n"
    "a1,collomb-lyon,1,2019-05,implemented,Le même texte.,report,Bilan\n"
    "a2,collomb-lyon,1,2019-05,implemented,Le même texte.,report,Bilan\n"
)


def test_two_equal_texts_have_different_digests(store):
    loaded = commands.load(
        store, "actions", file_in_memory(FILE), pact_id="mouves-2014", name="f.csv"
    )
    assert loaded.loaded
    with store.reading() as session:
        texts = session.rows(
            "SELECT x.summary, x.salt, e.texts_digest FROM action_text x JOIN entry e "
            "ON e.seq = x.seq ORDER BY x.seq DESC LIMIT 2"
        )
    (words, salt, digest), (same, another, other) = texts
    assert words == same == "Le même texte."
    assert salt != another and digest != other


def test_the_salt_of_the_facts_does_not_open_the_digest_of_an_emptied_text(full_store):
    with full_store.reading() as session:
        ((texts_salt,),) = session.rows(
            "SELECT salt FROM action_text WHERE seq = :seq", seq=REDACTED
        )
        left = session.rows("SELECT salt, texts_digest FROM entry WHERE seq = :seq", seq=REDACTED)
    assert texts_salt is None
    ((facts_salt, digest),) = left
    assert facts_salt and digest  # the chain still commits to what was there


CHECKS = [(f"2026-02-0{day}", "alive", f"https://exemple.invalid/{day}") for day in range(1, 6)]


def chained(store, monkeypatch, checks) -> list[str]:
    """The hash of each of these entries, written one by one: nothing but what they say differs from
    one call to the next."""
    numbers = count()
    monkeypatch.setattr(os, "urandom", lambda size: bytes((next(numbers) % 256,)) * size)
    with store.writing() as session:
        journal, found = Journal(session, "operator", NOW), []
        for day, outcome, url in checks:
            journal.append("link_check", [((day, outcome), (url, "200", None), ())])
            found.append(journal.hash)
    with store.reading() as session:
        assert verify(session).intact
    return found


@pytest.mark.sqlite
@pytest.mark.parametrize(
    "changed",
    [
        ("2026-02-13", "alive", CHECKS[2][2]),
        (CHECKS[2][0], "dead", CHECKS[2][2]),
        (*CHECKS[2][:2], "https://exemple.invalid/ailleurs"),
    ],
    ids=["a day", "an outcome", "a text"],
)
def test_another_third_entry_changes_every_hash_from_there_to_the_head(
    tmp_path, monkeypatch, changed
):
    written = []
    for number, checks in enumerate((CHECKS, CHECKS, [*CHECKS[:2], changed, *CHECKS[3:]])):
        store = open_store(f"sqlite:///{tmp_path / f'{number}.db'}")
        store.create()
        written.append(chained(store, monkeypatch, checks))
    once, again, other = written
    assert once == again
    assert [one == two for one, two in zip(once, other, strict=True)] == [True] * 2 + [False] * 3
