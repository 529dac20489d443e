"""A file is checked beside those who write, and written at once: whole, in order, on today's log."""

import csv
import io

import pytest

from monitor import commands
from monitor.commands.loading import in_memory
from monitor.models import Role
from monitor.store.journal import verify
from tests.conftest import NOW
from tests.team import LATER, action, signed_in

ENGINES = ("sqlite", "postgres")
PACT, PARIS, LYON = "mouves-2014", "hidalgo-paris", "collomb-lyon"
HEADER = (
    "action_id,signatory_id,measure,happened_on,kind,status,summary,source_kind,source_title,"
    "supersedes,reason\n"
)
#: The first is corrected by the last: both are entries of this file.
ROWS = (
    f"one,{PARIS},1,2018-03-01,,decided,Acte,press,Titre,,\n"
    f"two,{PARIS},2,2018-03-01,note,,Une note.,,,,\n"
    f"fix,{PARIS},1,2018-03-01,,announced,Acte,press,Titre,one,Erreur\n"
)
SIGNED = "signatory_id,name,commune,signed_on\nnew,Une Personne,75056,2014-03-01\n"


class Meanwhile:
    """Somebody who writes something whenever a part of the file has been checked, at most so often."""

    def __init__(self, writes, times: int = 1):
        self._writes, self.left = writes, times

    def __call__(self, _rows: int) -> None:
        if self.left:
            self.left -= 1
            self._writes()


def load(store, text=HEADER + ROWS, content="actions", **options):
    options = {"name": "f.csv", "now": LATER, **options}
    return commands.load(store, content, in_memory(text), pact_id=PACT, **options)


def entry_by(store, **values):
    """Who saves one entry of their own."""
    who = signed_in(store, "Camille", Role.VOLUNTEER, NOW)
    return lambda: commands.log_action(store, who, action(**values), LATER)


def log_of(store) -> list[tuple]:
    """(id, id of what it supersedes, entry of its file, first version) of the entries since the pact."""
    with store.reading() as session:
        assert verify(session).intact
        return session.rows(
            "SELECT CASE WHEN e.load_seq IS NULL THEN 'web' ELSE a.action_id END, t.action_id, "
            "e.load_seq - e.seq, a.seq - a.first FROM entry e JOIN action a ON a.seq = e.seq "
            "LEFT JOIN action t ON t.seq = a.supersedes WHERE e.seq > 54 ORDER BY e.seq"
        )


@pytest.mark.parametrize("trial", [True, False], ids=["trial", "load"])
def test_who_saves_an_entry_while_a_file_is_checked_does_not_wait(store, trial):
    meanwhile = Meanwhile(entry_by(store))
    report = load(store, progress=meanwhile, dry_run=trial)
    assert meanwhile.left == 0 and report.loaded is not trial
    written = [("one", None, -1, 0), ("two", None, -2, 0), ("fix", "one", -3, 0)]
    assert log_of(store) == [("web", None, None, 0), *([] if trial else written)]


def test_who_saves_what_a_file_is_about_has_it_checked_once_more(store):
    read = []
    about = entry_by(store, signatory_id=PARIS)
    meanwhile = Meanwhile(about)
    report = load(store, progress=lambda rows: (read.append(rows), meanwhile(rows)))
    assert report.loaded and read == [3, 3]
    with store.reading() as session:
        revs = session.rows(
            "SELECT a.rev FROM action a JOIN commitment c ON c.id = a.commitment_id "
            "WHERE c.signatory_id = :name AND c.measure_id = '1' AND a.seq > 54 ORDER BY a.seq",
            name=PARIS,
        )
    assert [rev for (rev,) in revs] == list(range(revs[0][0], revs[0][0] + 3))
    assert len(log_of(store)) == 4


def test_a_file_that_somebody_loads_meanwhile_is_not_loaded_twice(store):
    meanwhile = Meanwhile(lambda: load(store))
    report = load(store, progress=meanwhile)
    assert report.outcomes == {"unchanged": 3} and len(log_of(store)) == 3


def test_who_writes_again_and_again_lets_a_file_in_at_last(store):
    read = []
    meanwhile = Meanwhile(entry_by(store, signatory_id=PARIS), times=3)
    assert load(store, progress=lambda rows: (read.append(rows), meanwhile(rows))).loaded
    assert read == [3, 3, 3, 3]  # the last time under the lock
    assert len(log_of(store)) == 6


def test_refused_rows_are_written_once_where_the_file_was_checked_twice(store):
    out = io.StringIO()
    bad = f"bad,{PARIS},99,2018-03-01,,decided,Acte,press,Titre,,\n"
    meanwhile = Meanwhile(entry_by(store, signatory_id=PARIS))
    report = load(store, HEADER + ROWS + bad, progress=meanwhile, rejects=out, skip_rejected=True)
    assert report.loaded and report.outcomes == {"created": 3, "rejected": 1}
    assert [row[0] for row in csv.reader(io.StringIO(out.getvalue()))] == ["rejected_line", "5"]


def test_new_signatories_keep_their_commitments_beside_who_writes(store):
    meanwhile = Meanwhile(entry_by(store))
    assert load(store, SIGNED, "signatories", progress=meanwhile).loaded
    log_of(store)
    with store.reading() as session:
        made = session.rows("SELECT id FROM commitment WHERE signatory_id = 'new'")
        assert len(made) == len(session.rows(
            "SELECT id FROM commitment WHERE signatory_id = :name", name=LYON))  # fmt: skip
