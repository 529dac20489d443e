"""What a link checker found: one entry for each address checked. The address itself is never asked."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import BinaryIO, TextIO

from monitor.commands.load_transaction import FileTransaction
from monitor.commands.report import Rejects, Report, restart_rejects
from monitor.i18n import LANGUAGES
from monitor.intake import CheckerTable, Row, plain_address, read_links, state_of
from monitor.intake.links import COLUMNS, LinkCheck
from monitor.models import RowOutcome
from monitor.queries.links import addresses
from monitor.store import Session, Store
from monitor.store.base import KEYS_AT_ONCE, batches, in_list
from monitor.store.journal import Journal

#: Rows read between two words about the progress.
CHUNK = 20_000
#: What the index of addresses covers of each.
INDEXED = 500
#: Addresses that are no one's which a report repeats.
KEPT_UNKNOWN = 20


@dataclass
class LinkReport(Report):
    """`ignored`: titles of columns that were not read; `unknown`: the first addresses that no source
    and no archive of the log has."""

    ignored: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)


def load_links(
    store: Store,
    file: BinaryIO,
    *,
    name: str,
    lang: str = LANGUAGES[0],
    dry_run: bool = False,
    strict: bool = False,
    skip_rejected: bool = False,
    rejects: TextIO | None = None,
    progress: Callable[[int], None] = lambda rows: None,
    now: datetime | None = None,
    checked_on: date | None = None,
) -> LinkReport:
    """Record what a link checker found, whole or not at all, as `load` does; the operator writes.

    `checked_on`: the day of the rows that have none. Of several rows about one address and one day
    the last counts. What the log already says is
    `unchanged`; an address that it does not have is `unknown`, and not recorded. `lang`: that of the
    reasons in `rejects`.
    """
    table = CheckerTable(file)

    def work(session: Session, journal: Journal) -> LinkReport:
        report = LinkReport("links", name, None, left_out=table.left_out)
        written = Rejects(rejects, COLUMNS, lang)
        rows = read_links(table, journal.latest_day, report.ignored.extend, checked_on)
        good = _read(rows, report, written, progress)
        for some in batches(_known(session, good, report), KEYS_AT_ONCE):
            journal.append("link_check", [_entry(new) for new in _new(session, some, report)])
        written.close()
        report.doubt(table.doubts)
        return report

    return FileTransaction(
        store,
        work,
        now or datetime.now(UTC),
        dry_run=dry_run,
        skip_rejected=skip_rejected,
        strict=strict,
        again=restart_rejects(rejects),
    ).run()


def _read(
    rows: Iterable[Row], report: Report, rejects: Rejects, progress: Callable[[int], None]
) -> list[LinkCheck]:
    """The rows that can be taken, the last of each address and day, in that order."""
    last: dict[tuple[str, str], tuple[int, LinkCheck]] = {}
    done = 0
    for done, row in enumerate(rows, start=1):
        if row.errors:
            report.reject(row)
            rejects.write(row, row.errors)
        else:
            key = row.values.url, row.values.checked_on
            if key in last:
                report.outcomes[RowOutcome.OVERTAKEN] += 1
            last[key] = done, row.values
            report.doubt(row.doubts)
        if done % CHUNK == 0:
            progress(done)
    progress(done)
    return [
        check for _, check in sorted(last.values(), key=lambda one: (one[1].checked_on, one[0]))
    ]


def _known(session: Session, checks: Sequence[LinkCheck], report: LinkReport) -> list[LinkCheck]:
    """Those about addresses that the log has, as it spells them: a checker may write the same
    address in another way. The log holds no index of them, and is read through."""
    wanted = {check.url for check in checks}
    known: set[str] = set()
    for cited in addresses(session) if wanted else ():
        known |= wanted.intersection(cited)
    spelt: dict[str, set[str]] = {plain_address(url): set() for url in wanted - known}
    for cited in addresses(session) if spelt else ():
        for address in filter(None, cited):
            if address not in known and (plain := plain_address(address)) in spelt:
                spelt[plain].add(address)
    good = []
    for check in checks:
        url = check.url
        found = [url] if url in known else sorted(spelt[plain_address(url)])
        good += [check._replace(url=address) for address in found]
        if not found:
            report.outcomes[RowOutcome.UNKNOWN] += 1
            if len(report.unknown) < KEPT_UNKNOWN and url not in report.unknown:
                report.unknown.append(url)
    return good


def _new(session: Session, checks: Sequence[LinkCheck], report: Report) -> Iterator[LinkCheck]:
    """Those that say something that the log does not; at most KEYS_AT_ONCE of them are looked up."""
    inside, params = in_list([check.url for check in checks])
    begins = {f"b{name}": url[:INDEXED] for name, url in params.items()}
    known: dict[tuple, set] = {}
    for url, status, checked_on, archive in session.rows(
        "SELECT x.url, x.status, k.checked_on, x.archive_url FROM link_check_text x "
        "JOIN link_check k ON k.seq = x.seq WHERE x.url IN "
        f"{inside} AND substr(x.url, 1, {INDEXED}) IN {inside.replace(':', ':b')}",
        **params,
        **begins,
    ):
        known.setdefault((url, status, checked_on), set()).add(archive)
    for check in checks:
        archives = known.get((check.url, check.status, check.checked_on))
        if archives is not None and (check.archive_url is None or check.archive_url in archives):
            report.outcomes[RowOutcome.UNCHANGED] += 1
        else:
            report.outcomes[RowOutcome.CREATED] += 1
            yield check


def _entry(check: LinkCheck) -> tuple:
    """The facts and the texts of an entry, as they are digested."""
    state = state_of(check.status)
    assert state is not None  # what says nothing of an address was refused
    return (check.checked_on, state.value), (check.url, check.status, check.archive_url), ()
