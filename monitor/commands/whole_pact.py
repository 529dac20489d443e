"""Loading a pact with all that goes with it, whole or not at all: the files of a folder, or the sheets
of a workbook."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from monitor import dates
from monitor.accounts import Bearer
from monitor.commands.load_options import NO_CHOICES, LoadOptions, PactChoices
from monitor.commands.load_transaction import Approval, Transaction
from monitor.commands.parts import Parts as DraftParts
from monitor.commands.staging import Draft, TriedDraft
from monitor.commands.whole_check import RejectsFiles, WholeCheck
from monitor.commands.whole_report import WholeReport
from monitor.intake.pact_tables import assemble_pact
from monitor.intake.parts import Parts
from monitor.intake.request_rows import complete_parts
from monitor.pacts import Pact
from monitor.store import Session, Store
from monitor.store.pacts_and_areas import current_pact
from monitor.store.trial import try_in_copy


def load_whole_pact(
    store: Store,
    parts: Parts,
    *,
    pact_id: str | None = None,
    dry_run: bool = False,
    strict: bool = False,
    newer: bool = False,
    choices: PactChoices = NO_CHOICES,
    keeps_doubts: bool = False,
    rejects: Callable[[str], Any] = lambda content: None,
    lang: str | None = None,
    progress: Callable[[int], None] = lambda rows: None,
    now: datetime | None = None,
    approve: Approval = lambda session, before: None,
    who: Bearer | None = None,
    expected: Sequence[Counter] | None = None,
) -> WholeReport:
    """Load a pact and all that goes with it, in one transaction: every part is checked, and nothing is
    kept if a row of any is refused or, where `strict`, doubted.

    `parts`: what `intake.sort_parts` makes of files. `pact_id`: the pact that they belong to, where
    they hold none. `rejects` opens the text file for the refused rows of a part, if there is to be one.
    `newer`, `keeps_doubts`, `lang` and `progress` as in `load`. Loading the same again changes nothing.
    `approve` as in `Transaction`. What a person loads
    (`who`), of a pact that there is, waits for another person, and is not loaded at all if the outcomes
    of the parts are not those `expected`.

    Raises NotFound (`unknown_pact`, `unknown_office`), NotAllowed and what `Store.writing` raises.
    """
    now = now or datetime.now(UTC)
    today = dates.latest_day(now)
    parts = complete_parts(parts, today)
    assembled = assemble_pact(parts.parts, today, lambda one: _former(store, one))
    about = assembled.pact.id if assembled.pact else pact_id or ""
    files = RejectsFiles(rejects)
    options = LoadOptions(
        who is None, lang=lang, progress=progress, newer=newer, keeps_doubts=keeps_doubts
    )
    check = WholeCheck(store, parts, assembled, about, files, choices, options)
    return WholeTransaction(
        store,
        check.run,
        now,
        dry_run=dry_run,
        who=who,
        strict=strict,
        again=files.restart,
        approve=approve,
        pact_id=about,
        expected=expected,
    ).run()


@dataclass(frozen=True)
class WholeTransaction(Transaction[WholeReport]):
    """The same for files of which each rests on what those before it write: they are checked in a copy
    of what the log says of their pact, which has it all. `expected`: as in `FileTransaction`, of each
    part."""

    pact_id: str = ""
    expected: Sequence[Counter] | None = None

    def run(self) -> WholeReport:
        whole = super().run()
        for report in whole.reports:
            report.loaded = whole.loaded
        return whole

    @contextmanager
    def _drafting(self, parts: DraftParts | None) -> Iterator[tuple[Session, Draft]]:
        with self.store.looking() as session:
            author = self._author(session)
        with try_in_copy(self.store, self.pact_id) as session:
            yield session, TriedDraft(session, author, self.now, parts)

    def _is_kept(self, report: WholeReport) -> bool:
        for one in report.reports:
            one.doubts.sort(key=lambda doubt: doubt.line or 0)
            one.doubted = self.strict and one.is_doubtful
        outcomes = [one.outcomes for one in report.reports]
        is_as_shown = self.expected is None or outcomes == [*self.expected]
        return report.is_whole and is_as_shown and not self.dry_run


def _former(store: Store, pact_id: str) -> Pact | None:
    """The pact as the log has it; None of a new one."""
    with store.reading() as session:
        found = current_pact(session, pact_id)
    return found[1] if found else None
