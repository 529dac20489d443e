"""Texts that nobody may read any more, by a court's order or because they were published by mistake:
those of an entry, or of a file, are emptied, their places in the chain stay."""

import json
from collections.abc import Sequence
from datetime import datetime

from monitor.accounts import Bearer
from monitor.accounts.team_record import Act, record_act
from monitor.commands.transaction import Work, clean_free_text, require_two_people, transaction_as
from monitor.errors import Changed, InvalidValue, NotFound, Refused
from monitor.models import Role
from monitor.queries import citing_entries, source_addresses
from monitor.queries.file_rows import content_of_file, text_columns, worded_rows
from monitor.schema import FILES, KEYS, Type, fields_of
from monitor.store import Store
from monitor.store.base import in_lists
from monitor.store.subjects import DERIVED, SUBJECTS

#: By file, the columns in which somebody speaks.
WORDS = {
    file: tuple(one.name for one in fields_of(file) if one.text and one.type is Type.PROSE)
    for file in FILES
}
#: Rows of a file that are emptied at once, while others wait to write.
MOST_ROWS = 1_000


def redact_entry(
    store: Store,
    who: Bearer | None,
    seq: int,
    reason: str,
    now: datetime | None = None,
    column: str | None = None,
    dry_run: bool = False,
) -> list[int]:
    """Empty the texts and the salt of an entry, in all its versions, and what the checks of its
    addresses say; of an action, also its review, the messages about it and its further sources. Of the
    entry of a file, the same of each of its rows in which somebody speaks, or which say something in
    that `column` of texts; of their other versions, those that say the same there. Returns the
    seqs that were emptied, or would be after a dry run.

    By the operator (`who` None); an admin asks for it by `request_redaction`. The reason is published:
    it must not repeat what it takes away. Raises NotFound (`no_such_entry`, `no_words_in_file`), Changed
    (`already_redacted`), InvalidRow, InvalidValue (`not_words`), Refused (`two_people`,
    `too_many_texts`), NotAllowed.
    """
    with transaction_as(store, who, Role.ADMIN, now) as work:
        text = clean_free_text(reason, "reason", required="reason_missing")
        left = texts_left(work, seq, column)
        if dry_run:
            return sorted(left)
        require_two_people(work)
        return redact_in(work, seq, text, column)


def texts_left(work: Work, seq: int, column: str | None = None) -> dict[int, str]:
    """seq -> subject of all whose texts would go with those of an entry, or of a file. Raises NotFound
    (`no_such_entry`, `no_words_in_file`), Changed (`already_redacted`), InvalidValue (`not_words`) and
    Refused (`too_many_texts`)."""
    targets: dict[int, str] = {}
    content = content_of_file(work.session, seq)
    columns = _columns_of_file(content, column) if content else ()
    for one in _entries_with(work, seq, content, columns) if content else [seq]:
        targets |= _versions(work, one, columns)
    done = {
        target
        for (target,) in work.session.rows("SELECT target_seq FROM redaction")
        if target in targets
    }
    left = {target: subject for target, subject in targets.items() if target not in done}
    if not left:
        raise Changed("already_redacted", value=seq)
    return left


def columns_meant(content: str, column: str | None = None) -> tuple[str, ...]:
    """The columns of a file of which the texts are meant: that one, or nothing if it has no texts; by
    default those in which somebody speaks."""
    if column is None:
        return WORDS[content]
    return (column,) if column in text_columns(content) else ()


def _columns_of_file(content: str, column: str | None) -> Sequence[str]:
    """`columns_meant`. Raises InvalidValue (`not_words`)."""
    found = columns_meant(content, column)
    if column and not found:
        known = ", ".join(text_columns(content)) or "–"
        raise InvalidValue("not_words", value=column, known=known)
    return found


def _entries_with(work: Work, seq: int, content: str, wanted: Sequence[str]) -> list[int]:
    """The entries of a file that hold such texts."""
    found = [entry for entry, _ in worded_rows(work.session, seq, content, wanted)]
    if not found:
        raise NotFound("no_words_in_file", value=seq, known=", ".join(wanted) or "–")
    if len(found) > MOST_ROWS:
        raise Refused("too_many_texts", most=MOST_ROWS)
    return found


def redact_in(work: Work, seq: int, reason: str, column: str | None = None) -> list[int]:
    """`redact_entry` within a transaction."""
    left = texts_left(work, seq, column)
    work.journal.append("redaction", [((target, reason), (), ()) for target in left])
    for target, subject in left.items():
        about = SUBJECTS[subject]
        columns = ("salt", *about.texts, *DERIVED.get(subject, ()))
        emptied = ", ".join(f"{column} = NULL" for column in columns)
        work.session.execute(
            f"UPDATE {about.text_table} SET {emptied} WHERE seq = :seq", seq=target
        )
        work.session.execute("DELETE FROM message WHERE action_seq = :seq", seq=target)
    _forget_drafts(work, [target for target, subject in left.items() if subject == "action"])
    _forget_requests(work, left)
    record_act(work.session, Act.TEXTS_REMOVED, work.clock, work.account.name, seq=seq)
    return sorted(left)


def _forget_drafts(work: Work, seqs: Sequence[int]) -> None:
    """The corrections of these entries that somebody has begun: they hold their words."""
    names: set[str] = set()
    for inside, params in in_lists(seqs):
        sql = f"SELECT action_id FROM action WHERE seq IN {inside}"
        names |= {json.dumps(name) for (name,) in work.session.rows(sql, **params)}
    for name, purpose, content in work.session.rows("SELECT name, purpose, content FROM draft"):
        if any(one in content for one in names):
            work.session.execute(
                "DELETE FROM draft WHERE name = :name AND purpose = :purpose",
                name=name,
                purpose=purpose,
            )


def _forget_requests(work: Work, emptied: dict[int, str]) -> None:
    """The words by which a withdrawal was asked for, where its own reason is emptied."""
    names = {"withdrawal": "load_seq", "row_withdrawal": "target_seq"}
    for seq, subject in emptied.items():
        if subject in names:
            asked = (
                "SELECT r.id FROM request r JOIN request_end x ON x.id = r.id WHERE r.target_seq = "
                f"(SELECT {names[subject]} FROM {subject} WHERE seq = :seq) AND r.kind = :kind"
            )
            for (number,) in work.session.rows(asked, seq=seq, kind=subject):
                work.session.execute(
                    "UPDATE request SET reason = NULL, order_reference = NULL "
                    "WHERE id = :id AND reason IS NOT NULL",
                    id=number,
                )
                work.session.execute(
                    "UPDATE request_end SET why = NULL WHERE id = :id AND why IS NOT NULL",
                    id=number,
                )


def _versions(work: Work, seq: int, columns: Sequence[str] = ()) -> dict[int, str]:
    """seq -> subject of the entry, of the other versions of the same row, and of their reviews. Of some
    `columns` alone: of the versions that say the same in one of them."""
    rows = work.session.rows("SELECT subject FROM entry WHERE seq = :seq", seq=seq)
    subject = rows[0][0] if rows else None
    if subject not in SUBJECTS or not SUBJECTS[subject].texts:
        raise NotFound("no_such_entry", value=seq)
    file = SUBJECTS[subject].file
    key = ("pact_id", *KEYS[file]) if file and subject != "action" else ("seq",)
    same = " AND ".join(
        f"t.{column} = o.{column}" for column in (("first",) if subject == "action" else key)
    )
    table = SUBJECTS[subject].table
    found = work.session.rows(
        f"SELECT t.seq FROM {table} t JOIN {table} o ON {same} WHERE o.seq = :seq", seq=seq
    )
    versions = {one: subject for (one,) in found}
    if columns:
        own_texts = _texts_of(work, subject, list(versions), columns)
        pairs = {one: zip(own_texts[one], own_texts[seq], strict=True) for one in versions}
        versions = {
            one: subject
            for one, texts in pairs.items()
            if one == seq or any(text and text == own for text, own in texts)
        }
    if subject == "action":
        for one in list(versions):
            reviews = work.session.rows("SELECT seq FROM review WHERE action_seq = :seq", seq=one)
            versions |= {review: "review" for (review,) in reviews}
        sources = work.session.rows(
            "SELECT o.seq FROM action a JOIN source o ON o.pact_id = a.pact_id "
            "AND o.action_id = a.action_id WHERE a.seq = :seq",
            seq=seq,
        )
        versions |= {source: "source" for (source,) in sources}
    return versions | _checks_of_no_other(work, list(versions))


def _texts_of(
    work: Work, subject: str, seqs: Sequence[int], columns: Sequence[str]
) -> dict[int, Sequence[str | None]]:
    """What entries of a subject say in some columns of texts."""
    found: dict[int, Sequence[str | None]] = {}
    for inside, params in in_lists(seqs):
        table = SUBJECTS[subject].text_table
        sql = f"SELECT seq, {', '.join(columns)} FROM {table} WHERE seq IN {inside}"
        found |= {one: texts for one, *texts in work.session.rows(sql, **params)}
    return found


def _checks_of_no_other(work: Work, seqs: list[int]) -> dict[int, str]:
    """The checks of the addresses of these entries that no other entry has: an address says much."""
    found: dict[int, str] = {}
    for url in source_addresses(work.session, seqs):
        if citing_entries(work.session, url) <= set(seqs):
            checks = work.session.rows(
                "SELECT seq FROM link_check_text WHERE url = :url AND substr(url, 1, 500) = :begin",
                url=url,
                begin=url[:500],
            )
            found |= {check: "link_check" for (check,) in checks}
    return found
