"""Where the titles of a file stand, and which of its columns are ours: guessed, or as people said it of
the last file with the same titles, which is kept beside the log."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from operator import itemgetter

from monitor import intake
from monitor.accounts import Bearer
from monitor.commands.loading import file_context
from monitor.commands.transaction import transaction_as
from monitor.intake import Mending, Table
from monitor.intake.pact_tables import shape_of_table
from monitor.intake.reading import Shape
from monitor.intake.title_line import TitleLine, guess_title_line, list_title_lines, named_columns
from monitor.intake.titles import TABLES_OF_PACT
from monitor.intake.unreadable import Unreadable
from monitor.intake.vocabulary import word_key
from monitor.models import Role
from monitor.pacts import Pact
from monitor.store import Session, Store
from monitor.store.journal import timestamp

#: Letters about the titles of a file that are kept with what was said of them; titles that two files
#: share, to be of one kind.
_LONGEST, _SHARED = 12_000, 2


def keep_column_match(
    store: Store,
    who: Bearer,
    pact_id: str,
    content: str,
    titles: Sequence[str],
    mending: Mending,
    now: datetime | None = None,
) -> None:
    """Keep how the columns with these titles were matched, and what marks mean in them, for the next
    file that has them, and what all rows share for the next sheet of that name. Raises NotAllowed."""
    kept = replace(mending, cells={}, first=None).to_json()
    by_title = {titles[n]: name for n, name in mending.columns.items() if n < len(titles)}
    more = {"by_title": by_title, "had": [*map(_short_digest, titles)]}
    if len(json.dumps(more, ensure_ascii=False)) <= _LONGEST:
        kept |= more
    with transaction_as(store, who, Role.VOLUNTEER, now) as work:
        for digest in {_digest(titles), _digest(titles, mending.sheet)}:
            work.session.execute(
                "INSERT INTO column_match (pact_id, content, titles, columns, matched_at) "
                "VALUES (:pact, :content, :titles, :columns, :at) "
                "ON CONFLICT (pact_id, content, titles) DO UPDATE SET "
                "columns = excluded.columns, matched_at = excluded.matched_at",
                pact=pact_id,
                content=content,
                titles=digest,
                columns=json.dumps(kept, ensure_ascii=False),
                at=timestamp(work.now),
            )


def find_column_match(
    session: Session,
    pact_id: str,
    content: str,
    titles: Sequence[str],
    sheet: str | None = None,
) -> Mending:
    """How the columns of the last file with these titles were matched, or of the one that had most of
    them, where a column was put in, say; nothing where there was none. What all rows of another sheet
    share says nothing of this one."""
    kept = _kept_matches(session, pact_id, content)
    found = kept.get(_digest(titles, sheet)) or kept.get(_digest(titles))
    if found is None:
        begun = _kept_matches(session, "", content) if pact_id else {}
        found = _nearest_match([*kept.values(), *begun.values()], titles)
    if found is None:
        return Mending()
    match = Mending.from_json(found)
    return replace(match, same=match.same if match.sheet == sheet else {}, sheet=sheet)


def _nearest_match(kept: Sequence[dict], titles: Sequence[str]) -> dict | None:
    """What was said of the file that shares most titles with these, half of them at least, the last of
    several: of the titles that both have, wherever they stand now. What its rows share and its marks
    mean is said of another file only where it has all of these titles."""
    mine = {*map(_short_digest, titles)}
    shared = [(len(mine.intersection(one.get("had", ()))), one["at"], one) for one in kept]
    most = max(shared, key=itemgetter(0, 1), default=None)
    if most is None or most[0] < _SHARED or 2 * most[0] < len(titles):
        return None
    by_title = most[2]["by_title"]
    columns = {str(n): by_title[title] for n, title in enumerate(titles) if title in by_title}
    is_grown = mine.issuperset(most[2]["had"])
    return {**most[2], "columns": columns, **({} if is_grown else {"same": {}, "marks": {}})}


def find_title_line(
    session: Session, pact_id: str, pact: Pact | None, content: str, table: Table
) -> TitleLine | None:
    """Where the titles of a table seem to stand: the line whose titles were matched last (`is_known`),
    in a sheet of the same name if there is one, else what `intake.guess_title_line` finds. None where it
    has no line, or cannot be read. The table is left at the sheet that was looked at last. `pact_id`:
    under which matches are kept; `pact`: as far as it is known."""
    kept = _kept_matches(session, pact_id, content)
    try:
        lines = [*list_title_lines(table, content)]
    except Unreadable:
        return None
    known = [
        (found["at"], found.get("sheet") == line.sheet, line)
        for line in lines
        if (found := kept.get(_digest(line.titles)))
    ]
    if known:
        return max(known, key=itemgetter(0, 1))[2]._replace(is_known=True)
    return guess_title_line(lines, _shape_of(session, pact, content))


def guess_content(session: Session, pact: Pact, data: bytes, contents: Sequence[str]) -> str | None:
    """What a file seems to hold, by its titles: of `contents` the one that has all columns it must have
    and most of those it may, two at least, the first of several; None if there is none."""
    context = file_context(session, pact, "answers", datetime.now(UTC).date())
    best, most = None, 1
    for content in contents:
        shape = intake.shape_of(content, context)
        try:
            line = guess_title_line(list_title_lines(Table(BytesIO(data)), content), shape)
        except Unreadable:
            return None
        named = named_columns(line.titles, shape) if line else set()
        if named.issuperset(shape.required) and len(named) > most:
            best, most = content, len(named)
    return best


def _kept_matches(session: Session, pact_id: str, content: str) -> dict[str, dict]:
    """What was matched in files of that sort, and when (`at`), by the digest of their titles."""
    rows = session.rows(
        "SELECT titles, columns, matched_at FROM column_match "
        "WHERE pact_id = :pact AND content = :content",
        pact=pact_id,
        content=content,
    )
    return {titles: {**json.loads(columns), "at": at} for titles, columns, at in rows}


def _short_digest(title: str) -> str:
    return hashlib.sha256(word_key(title).encode()).hexdigest()[:8]


def _digest(titles: Sequence[str], sheet: str | None = None) -> str:
    asked = [*titles] if sheet is None else [[*titles], sheet]
    return hashlib.sha256(json.dumps(asked, ensure_ascii=False).encode()).hexdigest()


def find_answers_across(
    session: Session, pact: Pact, titles: Sequence[str]
) -> intake.AnswersAcross | None:
    """What a file with these titles is if it is a table of answers with a column for each of several
    measures or signatories of the pact."""
    return intake.find_answers_across(titles, _shape_of(session, pact, "answers").rules)


def _shape_of(session: Session, pact: Pact | None, content: str) -> Shape:
    """`pact`: None where nobody knows it yet."""
    today = datetime.now(UTC).date()
    if content in TABLES_OF_PACT:
        return shape_of_table(content, today)
    context = file_context(session, pact, content, today) if pact else intake.Context(today)
    return intake.shape_of(content, context)
