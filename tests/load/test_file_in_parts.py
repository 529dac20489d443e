"""A long file is checked in parts: what becomes of it, and what is odd of it, is that of one whole."""

import pytest

from monitor import commands
from monitor.commands import loading
from monitor.commands.loading import file_in_memory
from tests.support.clock import NOW
from tests.support.team import LATER

PACT, PARIS, LYON = "mouves-2014", "hidalgo-paris", "collomb-lyon"
ACTIONS = (
    "action_id,signatory_id,measure,happened_on,kind,status,summary,source_kind,source_title,"
    "source_url,supersedes,reason"
)
SOURCE = "press,Titre,https://exemple.invalid/{}"
FILES = {
    "a correction before its target": (
        "actions",
        ACTIONS,
        [
            f"fix,{PARIS},1,2018-03-01,,announced,Acte,{SOURCE},one,Erreur",
            f"two,{PARIS},2,2018-03-01,,decided,Acte,{SOURCE},,",
            f"one,{PARIS},1,2018-03-01,,decided,Acte,{SOURCE},,",
        ],
    ),
    "a retraction, what it withdraws said anew, and a second one": (
        "actions",
        ACTIONS,
        [
            f"one,{PARIS},1,2018-03-01,,decided,Acte,{SOURCE},,",
            f"out,{PARIS},1,2018-03-02,retraction,,,,,,one,Erreur",
            f"new,{PARIS},1,2018-03-01,,decided,Acte,{SOURCE},,",
            f"more,{PARIS},1,2018-03-03,retraction,,,,,,one,Erreur",
        ],
    ),
    "a search in the place of a status of the same file": (
        "actions",
        ACTIONS,
        [
            f"one,{PARIS},1,2018-03-01,,decided,Acte,{SOURCE},,",
            f"none,{PARIS},1,2018-04-01,,no_evidence,Rien trouvé,,,,one,Erreur",
        ],
    ),
    "the same fact twice": (
        "actions",
        ACTIONS,
        [
            f"one,{PARIS},1,2018-03-01,,decided,Acte,{SOURCE},,",
            f"two,{PARIS},2,2018-03-01,note,,Une note.,,,,,",
            f"again,{PARIS},1,2018-03-01,,decided,Acte,{SOURCE},,",
        ],
    ),
    "an entry of the log withdrawn, and gone from the file": (
        "actions",
        ACTIONS,
        [
            f"known-2,{PARIS},2,2018-03-01,,decided,Acte,{SOURCE},,",
            f"out,{PARIS},1,2018-03-02,retraction,,,,,,known-1,Erreur",
        ],
    ),
    "names that go from one person to another": (
        "signatories",
        "signatory_id,name,commune",
        [
            "a,Anne Martin,01004",
            "b,Anna Martin,01004",
            "c,Bruno Petit,01004",
            "a2,Anne Martine,01004",
        ],
    ),
    "a mandate that ends where another one begins": (
        "mandates",
        "signatory_id,office,started_on,ended_on",
        [
            f"{PARIS},mayor,2014-04-05,2014-06-01",
            f"{LYON},mayor,2014-04-05,2015-01-01",
            f"{PARIS},mayor,2014-06-01,",
            f"{LYON},mayor,2014-12-01,",
        ],
    ),
}
KNOWN = [
    f"known-1,{PARIS},1,2018-03-01,,decided,Acte,{SOURCE},,",
    f"known-2,{PARIS},2,2018-03-01,,decided,Acte,{SOURCE},,",
]


def load(store, content: str, header: str, rows, **options):
    lines = [row.format(row.split(",")[0]) for row in rows]
    return commands.load(
        store,
        content,
        file_in_memory("\n".join([header, *lines])),
        pact_id=PACT,
        name="f.csv",
        **options,
    )


def outcome_of(report) -> tuple:
    return report.outcomes, report.errors, report.doubts, report.changes


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("size", [1, 2])
def test_a_file_in_parts_is_decided_and_doubted_as_one(store, monkeypatch, name, size):
    assert load(store, "actions", ACTIONS, KNOWN, now=NOW).loaded
    whole = load(store, *FILES[name], now=LATER, dry_run=True)
    monkeypatch.setattr(loading, "CHUNK", size)
    assert outcome_of(load(store, *FILES[name], now=LATER, dry_run=True)) == outcome_of(whole)
    kept = load(store, *FILES[name], now=LATER, skip_rejected=True)
    assert outcome_of(kept) == outcome_of(whole) and kept.loaded
