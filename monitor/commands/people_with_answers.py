"""One table of people, known and new, with what each answered: both are loaded together, or neither."""

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from io import BytesIO

from monitor import intake
from monitor.accounts import Bearer
from monitor.commands.loading import file_context
from monitor.commands.one_table import split_answers
from monitor.commands.unfinished_files import abandon_leftovers
from monitor.commands.whole_pact import WholeReport, load_whole_pact
from monitor.intake import Mending
from monitor.intake.parts import Part, Parts
from monitor.intake.unreadable import Unreadable
from monitor.intake.whole_table import find_columns
from monitor.pacts import Pact
from monitor.schema import COLUMNS
from monitor.store import Session, Store


def load_people_with_answers(
    store: Store,
    data: bytes,
    mending: Mending,
    *,
    pact_id: str,
    name: str,
    who: Bearer,
    dry_run: bool = False,
    newer: bool = False,
    strict: bool = False,
    expected: Sequence[Counter] | None = None,
    lang: str | None = None,
) -> WholeReport:
    """Load a table, put right so, as one of signatories and one of answers, two files that wait for
    another person together; all of it or nothing. Its columns are those of the signatories, and the
    answers of the rest. The rest as in `load_whole_pact`, whose errors it raises."""
    part = Part("signatories", name, BytesIO(data), mending.sheet, mending=mending)
    whole = load_whole_pact(
        store,
        Parts((part,)),
        pact_id=pact_id,
        who=who,
        dry_run=dry_run,
        newer=newer,
        strict=strict,
        expected=expected,
        lang=lang,
    )
    if whole.loaded:
        for report in whole.reports:
            abandon_leftovers(store, who, pact_id, report.content, report.file_name)
    return whole


def holds_people_with_answers(session: Session, pact: Pact, data: bytes) -> bool:
    """Whether a table has columns of answers, all that one of signatories must have, and says more of
    them than who they are, or names somebody whom the log does not know."""
    today = datetime.now(UTC).date()
    known = file_context(session, pact, "answers", today).signatories
    shape = intake.shape_of("signatories", file_context(session, pact, "signatories", today))
    part = Part("signatories", "", BytesIO(data))
    try:
        parts = split_answers(session, pact, [part], today)
        if len(parts) < 2:
            return False
        columns = find_columns(part, shape)
        if columns and {*columns.meant} - {None, "", *COLUMNS["answers"], "name", "commune"}:
            return True
        rows = intake.read_file_as(parts[0].open_table(), shape)
        return any(not row.errors and row.values.signatory_id not in known for row in rows)
    except Unreadable:
        return False
