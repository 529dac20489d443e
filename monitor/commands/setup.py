"""Making a database: the packaged pact, and fictional ones of any size."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from monitor import areas
from monitor import demo as fiction
from monitor.accounts.people import OPERATOR
from monitor.commands.actions import ActionWriter
from monitor.commands.files import FILE_KINDS
from monitor.commands.loading import CHUNK, load_in
from monitor.commands.pacts import load_pact_in
from monitor.commands.report import Report
from monitor.commands.rows import RowWriter
from monitor.errors import Refused
from monitor.models import Decision, Role, RowOutcome
from monitor.program import PROJECT
from monitor.store import Session, Store
from monitor.store.base import batches
from monitor.store.journal import Journal, timestamp
from monitor.store.pacts_and_areas import pact_to_row
from monitor.store.remembered_heads import memory_of
from monitor.store.sqlite import SQLiteStore
from monitor.store.sqlite_file import is_free

PACKAGED = PROJECT / "data" / "mouves-2014"
#: The schema file that is applied to new databases alone.
_FIRST_TABLES = "0001_log.sql"
VOLUNTEER, REVIEWER = "demo-volontaire", "demo-relectrice"


def init_database(
    store: Store, now: datetime | None = None, *, empty: bool = False
) -> list[Report]:
    """Create or upgrade the database, and load the packaged pact into one that is made now, unless it is
    to stay `empty`.

    Harmless when repeated: what is there is left as it is, and what is empty stays so. Returns a report
    per loaded file.
    """
    is_new = _FIRST_TABLES in store.create()
    if empty or not is_new:
        return []
    with store.writing() as session:
        journal = Journal(session, OPERATOR, now or datetime.now(UTC))
        with (PACKAGED / "pact.toml").open("rb") as file:
            reports = [load_pact_in(session, journal, file, "pact.toml")]
        _check_accepted(reports)  # the files below are about this pact
        for content in ("signatories", "mandates", "actions"):
            path = PACKAGED / f"{content}.csv"
            with path.open("rb") as file:
                reports.append(load_in(session, journal, content, file, PACKAGED.name, path.name))
        _check_accepted(reports)
    for report in reports:
        report.loaded = True
    return reports


def _check_accepted(reports: Sequence[Report]) -> None:
    if refused := [report.file_name for report in reports if report.refused]:
        raise Refused("packaged_pact_refused", files=", ".join(refused))


def set_example_aside(store: Store) -> Path | None:
    """Where a SQLite database holds the packaged pact as `init_database` loads it, and nothing else,
    keep it in another file, with the heads of its log that this machine has shown, and leave an empty
    database in its place. Returns the file that is kept, None where nothing was done.

    Raises what `Store.reading` raises.
    """
    if not isinstance(store, SQLiteStore) or is_free(store.path) or store.is_outdated():
        return None
    with store.reading() as session:
        if not _holds_example_alone(session):
            return None
    with TemporaryDirectory(prefix="monitor-empty-", dir=store.path.absolute().parent) as folder:
        fresh = SQLiteStore(Path(folder) / "empty.db")
        fresh.create()
        kept = store.replace_by(fresh.path)
    store.create()
    if kept:
        with suppress(FileNotFoundError):
            memory_of(store).path.rename(kept.with_name(f"{kept.name}.heads"))
    return kept


def _holds_example_alone(session: Session) -> bool:
    """`init_database` writes all entries at one time, and nobody has an account yet."""
    pacts = session.rows("SELECT DISTINCT pact_id FROM pact")
    ((times,),) = session.rows("SELECT count(DISTINCT recorded_at) FROM entry")
    others = session.rows("SELECT 1 FROM account WHERE name <> :name LIMIT 1", name=OPERATOR)
    return pacts == [(PACKAGED.name,)] and times == 1 and not others


def load_demo(
    store: Store,
    *,
    signatories: int,
    actions: int | None = None,
    seed: int = 1,
    progress: Callable[[int], None] = lambda rows: None,
    now: datetime | None = None,
) -> Report:
    """Load the fictional pact `demo`; the same seed gives the same facts.

    One transaction. `progress` is told the number of actions written. Raises Refused
    (`demo_exists`): a database holds one demo, another size needs another database.
    """
    made = fiction.generate_demo(signatories, actions, seed, areas.communes())
    now = now or datetime.now(UTC)
    with store.writing() as session:
        if session.rows("SELECT seq FROM pact WHERE pact_id = :pact LIMIT 1", pact=made.pact.id):
            raise Refused("demo_exists", pact=made.pact.id)
        journal = Journal(session, OPERATOR, now)
        load_seq = journal.append("load", [((made.pact.id, "pact", "demo", 1), (), ())])
        journal.append(
            "pact", [((made.pact.id, 1, *pact_to_row(made.pact)), (), ())], load_seq=load_seq
        )
        report = Report("actions", "demo", made.pact.id)
        for content, rows in (("signatories", made.signatories), ("mandates", made.mandates)):
            kind = FILE_KINDS[content]
            writer = RowWriter(session, journal, kind, made.pact, "demo")
            for chunk in batches(rows, CHUNK):
                writer.write([(kind.complete(values), None) for values in chunk])
        _write_actions(session, journal, made, report, progress, now)
    report.loaded = True
    return report


def _write_actions(session: Session, journal: Journal, made, report: Report, progress, now):
    """The actions, then those that a volunteer wrote and a reviewer refused."""
    writer = ActionWriter(session, journal, FILE_KINDS["actions"], made.pact, "demo")
    for chunk in batches(made.actions, CHUNK):
        writer.write([(values, None) for values in chunk])
        report.outcomes[RowOutcome.CREATED] += len(chunk)
        progress(report.outcomes[RowOutcome.CREATED])
    session.insert(
        "account",
        ("name", "role", "created_at"),
        [
            (VOLUNTEER, Role.VOLUNTEER.value, timestamp(now)),
            (REVIEWER, Role.REVIEWER.value, timestamp(now)),
        ],
    )
    for chunk in batches(made.refused_actions, CHUNK):
        written = writer.write([(values, None) for values, _ in chunk], author=VOLUNTEER)
        reviews = [
            ((written[values.action_id], Decision.REFUSED.value), (reason,), ())
            for values, reason in chunk
        ]
        journal.append("review", reviews, author=REVIEWER)
        report.outcomes[RowOutcome.CREATED] += len(chunk)
        progress(report.outcomes[RowOutcome.CREATED])
