"""What only triggers can refuse, for SQLite: the log is append-only and its chain has no gap.

They hold on a raw connection too, where SQLite fires no DELETE trigger for a REPLACE: hence the
BEFORE INSERT ones. A NUL would let a text pass its length check: it is refused as well.
"""

from monitor.store.subjects import DERIVED, SUBJECTS

#: Every table of the log, with the keys that a REPLACE could use to push an older row out.
KEYS = {
    "load": [("seq",)],
    "pact": [("seq",), ("pact_id", "rev")],
    "area": [("seq",), ("pact_id", "code", "rev")],
    "signatory": [("seq",), ("pact_id", "signatory_id", "rev")],
    "mandate": [("seq",), ("pact_id", "signatory_id", "office", "started_on", "rev")],
    "action": [("seq",), ("commitment_id", "rev"), ("pact_id", "action_id", "version")],
    "review": [("seq",), ("action_seq",)],
    "redaction": [("seq",)],
    "load_review": [("seq",), ("load_seq",)],
    "withdrawal": [("seq",), ("load_seq",)],
    "reply_request": [("seq",)],
    "commitment": [("id",), ("pact_id", "signatory_id", "measure_id")],
    "account": [("name",)],
    "account_change": [("id",)],
}
#: Each table of texts, with the columns that only a redaction may empty.
TEXTS = {
    about.text_table: (*about.texts, *DERIVED.get(name, ()))
    for name, about in SUBJECTS.items()
    if about.texts
}


def sqlite_guards() -> list[str]:
    """The CREATE TRIGGER statements, for a database that has none of them."""
    guards = [*_chain()]
    for table, keys in KEYS.items():
        guards += _no_update(table)
        guards += _no_delete(table)
        taken = " OR ".join(
            "EXISTS (SELECT 1 FROM {} WHERE {})".format(
                table, " AND ".join(f"{column} = NEW.{column}" for column in key)
            )
            for key in keys
        )
        guards.append(_trigger(f"{table}_no_replace", f"BEFORE INSERT ON {table}", taken,
                               f"{table}: append only"))  # fmt: skip
    for table, columns in TEXTS.items():
        guards += _no_delete(table)
        guards += _texts(table, columns)
    guards += [
        *_no_update("entry"),
        *_no_delete("entry"),
        *_no_delete("head"),
        _trigger(
            "action_not_in_the_future",
            "BEFORE INSERT ON action",
            "NEW.happened_on > substr((SELECT recorded_at FROM entry WHERE seq = NEW.seq), 1, 10)",
            "action: no future fact",
        ),
        _trigger(
            "mandate_not_in_the_future",
            "BEFORE INSERT ON mandate",
            "max(NEW.started_on, coalesce(NEW.ended_on, '')) > "
            "substr((SELECT recorded_at FROM entry WHERE seq = NEW.seq), 1, 10)",
            "mandate: no future fact",
        ),
        _trigger(
            "action_needs_evidence",
            "BEFORE INSERT ON action_text",
            "EXISTS (SELECT 1 FROM action WHERE seq = NEW.seq AND kind = 'assessment' AND "
            "CASE WHEN status = 'not_applicable' THEN 0 "
            "WHEN status = 'no_evidence' THEN NEW.summary IS NULL "
            "ELSE NEW.source_title IS NULL AND NEW.source_url IS NULL END)",
            "action: evidence is required",
        ),
        _trigger(
            "action_needs_reason",
            "BEFORE INSERT ON action_text",
            "NEW.reason IS NULL AND "
            "(SELECT supersedes FROM action WHERE seq = NEW.seq) IS NOT NULL",
            "action: a correction needs a reason",
        ),
        _trigger(
            "load_accepted_by_operator",
            "BEFORE INSERT ON load",
            "NEW.accepted = 1 AND (SELECT role FROM account JOIN entry ON author = name "
            "WHERE seq = NEW.seq) <> 'operator'",
            "load: only the operator accepts a file as a whole",
        ),
        _trigger(
            "review_by_another",
            "BEFORE INSERT ON review",
            "(SELECT author FROM entry WHERE seq = NEW.seq) = "
            "(SELECT author FROM entry WHERE seq = NEW.action_seq)",
            "review: nobody reviews their own action",
        ),
        _trigger(
            "review_by_reviewer",
            "BEFORE INSERT ON review",
            _role_of("(SELECT author FROM entry WHERE seq = NEW.seq)") + " = 'volunteer'",
            "review: only a reviewer decides",
        ),
        _trigger(
            "load_review_by_another",
            "BEFORE INSERT ON load_review",
            "(SELECT author FROM entry WHERE seq = NEW.seq) = "
            "(SELECT author FROM entry WHERE seq = NEW.load_seq)",
            "load_review: nobody reviews their own file",
        ),
        _trigger(
            "load_review_by_reviewer",
            "BEFORE INSERT ON load_review",
            _role_of("(SELECT author FROM entry WHERE seq = NEW.seq)") + " = 'volunteer'",
            "load_review: only a reviewer decides",
        ),
        _trigger(
            "action_conflict_of_interest",
            "BEFORE INSERT ON action",
            _conflict("NEW.commitment_id"),
            "action: a conflict of interest",
        ),
        _trigger(
            "review_conflict_of_interest",
            "BEFORE INSERT ON review",
            _conflict("(SELECT commitment_id FROM action WHERE seq = NEW.action_seq)"),
            "review: a conflict of interest",
        ),
        _trigger(
            "request_not_in_the_future",
            "BEFORE INSERT ON reply_request",
            "NEW.asked_on > substr((SELECT recorded_at FROM entry WHERE seq = NEW.seq), 1, 10)",
            "reply_request: no future fact",
        ),
    ]
    return guards


def _role_of(name: str) -> str:
    """The present role of an account, as SQL."""
    return (
        "coalesce((SELECT role FROM account_change WHERE id = (SELECT max(id) FROM account_change "
        f"WHERE name = {name})), (SELECT role FROM account WHERE name = {name}))"
    )


def _conflict(commitment: str) -> str:
    """Whether the author of the entry may not rate the commune of a commitment, as SQL."""
    return (
        "EXISTS (SELECT 1 FROM account_commune) AND EXISTS (SELECT 1 FROM account_commune o "
        "JOIN signatory s ON s.commune = o.commune "
        "JOIN commitment c ON c.pact_id = s.pact_id AND c.signatory_id = s.signatory_id "
        "WHERE o.name = (SELECT author FROM entry WHERE seq = NEW.seq) "
        f"AND c.id = {commitment})"
    )


def _trigger(name: str, event: str, when: str, message: str) -> str:
    return f"CREATE TRIGGER {name} {event} WHEN {when} BEGIN SELECT RAISE(ABORT, '{message}'); END"


def _no_update(table: str) -> list[str]:
    return [_trigger(f"{table}_no_update", f"BEFORE UPDATE ON {table}", "1",
                     f"{table}: append only")]  # fmt: skip


def _no_delete(table: str) -> list[str]:
    return [_trigger(f"{table}_no_delete", f"BEFORE DELETE ON {table}", "1",
                     f"{table}: append only")]  # fmt: skip


def _texts(table: str, columns: tuple[str, ...]) -> list[str]:
    everything = " || ".join(f"coalesce(NEW.{column}, '')" for column in columns)
    emptied = " AND ".join(f"NEW.{column} IS NULL" for column in ("salt", *columns))
    return [
        _trigger(
            f"{table}_no_replace",
            f"BEFORE INSERT ON {table}",
            f"EXISTS (SELECT 1 FROM {table} WHERE seq = NEW.seq)",
            f"{table}: append only",
        ),
        _trigger(
            f"{table}_no_nul",
            f"BEFORE INSERT ON {table}",
            f"instr({everything}, char(0)) > 0",
            f"{table}: no NUL in a text",
        ),
        _trigger(
            f"{table}_no_update",
            f"BEFORE UPDATE ON {table}",
            f"NOT ({emptied} AND NEW.seq = OLD.seq AND EXISTS "
            "(SELECT 1 FROM redaction WHERE target_seq = NEW.seq))",
            f"{table}: append only",
        ),
    ]


def _chain() -> list[str]:
    """No gap, no fork, no clock that runs backwards; `head` follows the last entry by itself."""
    return [
        _trigger(
            "entry_continues_the_chain",
            "BEFORE INSERT ON entry",
            "NEW.seq <> (SELECT seq + 1 FROM head)",
            "entry: a gap or a fork in the chain",
        ),
        _trigger(
            "entry_clock",
            "BEFORE INSERT ON entry",
            "NEW.recorded_at < (SELECT recorded_at FROM entry WHERE seq = NEW.seq - 1)",
            "entry: recorded before the entry before it",
        ),
        # SQLite checks foreign keys only where a connection asks for it: an intruder's would not.
        _trigger(
            "entry_author",
            "BEFORE INSERT ON entry",
            "NOT EXISTS (SELECT 1 FROM account WHERE name = NEW.author)",
            "entry: an unknown author",
        ),
        _trigger(
            "entry_subject",
            "BEFORE INSERT ON entry",
            "NEW.subject NOT IN ({})".format(", ".join(f"'{name}'" for name in SUBJECTS)),
            "entry: an unknown subject",
        ),
        "CREATE TRIGGER entry_moves_head AFTER INSERT ON entry BEGIN "
        "UPDATE head SET seq = NEW.seq, hash = NEW.hash; END",
        _trigger(
            "head_follows",
            "BEFORE UPDATE ON head",
            "NOT (NEW.seq = OLD.seq AND NEW.hash = OLD.hash AND NEW.id = OLD.id) AND "
            "NOT EXISTS (SELECT 1 FROM entry WHERE seq = NEW.seq AND hash = NEW.hash "
            "AND NEW.seq = OLD.seq + 1)",
            "head: it is the last entry",
        ),
        _trigger(
            "head_once",
            "BEFORE INSERT ON head",
            "EXISTS (SELECT 1 FROM head)",
            "head: there is one",
        ),
    ]
