"""A file cut short or with a flipped bit: said, or without effect; never another fact, silently."""

import random
from datetime import date

import pytest

from monitor import commands, queries, status
from monitor.errors import MonitorError
from monitor.models import Decision, Role
from monitor.snapshot import Snapshots
from monitor.store import open_store
from monitor.store.journal import verify
from tests.support.size import pick_amount, print_measure
from tests.support.team import action, sign_in

DAY = date(2020, 7, 5)


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    """The bytes of a database with a reviewed and a pending entry, and what readers see of it."""
    folder = tmp_path_factory.mktemp("sound")
    store = open_store(f"sqlite:///{folder / 'monitor.db'}")
    commands.init_database(store)
    volunteer = sign_in(store, "Camille", Role.VOLUNTEER)
    reviewer = sign_in(store, "Sacha", Role.REVIEWER)
    seq = commands.log_action(store, volunteer, action()).seq
    commands.review_action(store, reviewer, seq, Decision.ACCEPTED)
    commands.log_action(store, volunteer, action(measure="2"))
    return store.path.read_bytes(), published(store)


def published(store) -> tuple:
    """Every fact and every text that a reader sees."""
    shot = Snapshots(store).current()
    found = []
    for pact_id, log in shot.logs.items():
        known = status.what_is_known(log)
        with store.reading() as session:
            texts = queries.published_actions(session, log.actions.seq.tolist(), shot.seq)
        # The number of a commitment is ours alone: what it stands for is what is published.
        state = status.fold(known, DAY).drop(columns="commitment")
        found.append(
            (
                pact_id,
                repr(log.pact),
                state.to_csv(),
                known.signatories.to_csv(),
                known.mandates.to_csv(),
                texts.to_csv(),
            )
        )
    return shot.head, *found


def outcome(path, content: bytes, expected: tuple) -> str:
    """What a reader and `verify` make of these bytes."""
    path.write_bytes(content)
    store = open_store(f"sqlite:///{path}")
    try:
        seen = published(store)
        with store.reading() as session:
            intact = verify(session).intact
    except MonitorError:
        return "said"
    if not intact:
        return "verify tells"
    return "no effect" if seen == expected else "SILENT"


def test_a_file_cut_short_anywhere_is_never_another_fact(sound, tmp_path):
    content, expected = sound
    rng = random.Random(3)
    lengths = [0, 1, 50, 99, 100, 101, 511, 4095, 4096, len(content) - 1]
    lengths += [rng.randrange(len(content)) for _ in range(pick_amount(200, 20))]
    found = {length: outcome(tmp_path / "cut.db", content[:length], expected) for length in lengths}
    assert set(found.values()) <= {"said", "verify tells"}, found


def test_a_flipped_bit_never_changes_a_fact_silently(sound, tmp_path):
    content, expected = sound
    rng, found = random.Random(4), {}
    flips = pick_amount(200, 60)
    for _ in range(flips):
        place, bit = rng.randrange(len(content)), rng.randrange(8)
        flipped = bytearray(content)
        flipped[place] ^= 1 << bit
        found[place, bit] = outcome(tmp_path / "flip.db", bytes(flipped), expected)
    counts = {kind: list(found.values()).count(kind) for kind in sorted(set(found.values()))}
    print_measure(f"{flips} flipped bits: {counts}")
    assert "SILENT" not in counts, [where for where, kind in found.items() if kind == "SILENT"]
