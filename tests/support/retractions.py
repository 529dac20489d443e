"""What a log says of people before and after a retraction."""

from datetime import timedelta

from monitor import commands, status
from monitor.commands.loading import file_in_memory
from monitor.snapshot import Snapshots, default_day, log_today
from tests.support.team import LATER

PACT = "mouves-2014"
PARIS, LYON = "hidalgo-paris", "collomb-lyon"
AFTER = LATER + timedelta(hours=1)
PEOPLE = "signatory_id,name,commune,outcome\n"
MANDATES = "signatory_id,office,started_on,ended_on,end_reason\n"


def load(store, content, text, now=LATER, **options):
    return commands.load(
        store, content, file_in_memory(text), pact_id=PACT, name="f.csv", now=now, **options
    )


def fold_log(store, known_at=None):
    log = Snapshots(store).current().log(PACT)
    known = status.what_is_known(log, known_at)
    return status.fold(known, default_day(log.pact, log_today())), known


def people(store, known_at=None) -> set[str]:
    return set(fold_log(store, known_at)[1].signatories["signatory_id"])
