"""What only triggers can refuse: the log is append-only, its chain has no gap, and what the rules
forbid nobody writes, on a raw connection either. Said once here, in SQL that both engines read;
`sqlite_guards` and `postgres_guards` add what each engine needs of its own.
"""

from dataclasses import dataclass

from monitor.store.conditions import (
    AUTHOR,
    SUPERSEDES_ANOTHER,
    TODAY,
    conflict,
    role_of,
    tied,
    tied_file,
)  # fmt: skip
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
    "link_check": [("seq",)],
    "commitment": [("id",), ("pact_id", "signatory_id", "measure_id")],
    "account": [("name",)],
    "account_change": [("id",)],
    "account_tie": [("id",)],
}
#: Each table of texts, with the columns that only a redaction may empty.
TEXTS = {
    about.text_table: (*about.texts, *DERIVED.get(name, ()))
    for name, about in SUBJECTS.items()
    if about.texts
}


@dataclass(frozen=True)
class Guard:
    """Refuse an event ("INSERT", "UPDATE", "DELETE") on a row of `table` where `when` holds."""

    name: str
    event: str
    table: str
    when: str
    message: str


def rules() -> list[Guard]:
    """What both engines refuse, row by row."""
    guards = [
        guard for table in ("entry", *KEYS) for guard in (_no_update(table), _no_delete(table))
    ]
    guards += [_no_delete(table) for table in ("head", *TEXTS)]
    guards += [_texts(table, columns) for table, columns in TEXTS.items()]
    guards += [
        Guard(f"{about.table}_has_its_entry", "INSERT", about.table,
              "coalesce((SELECT subject FROM entry WHERE seq = NEW.seq), '') "
              f"<> '{name}'", f"{about.table}: an entry of its own")
        for name, about in SUBJECTS.items()
    ]  # fmt: skip
    # Foreign keys are checked only where a SQLite connection asks for it: an intruder's would not.
    guards += [
        Guard("entry_author", "INSERT", "entry",
              "NOT EXISTS (SELECT 1 FROM account WHERE name = NEW.author)",
              "entry: an unknown author"),
        Guard("entry_subject", "INSERT", "entry",
              "NEW.subject NOT IN ({})".format(", ".join(f"'{name}'" for name in SUBJECTS)),
              "entry: an unknown subject"),
        Guard("head_follows", "UPDATE", "head",
              "NOT (NEW.seq = OLD.seq AND NEW.hash = OLD.hash AND NEW.id = OLD.id) AND "
              "NOT EXISTS (SELECT 1 FROM entry WHERE seq = NEW.seq AND hash = NEW.hash "
              "AND NEW.seq > OLD.seq AND NOT EXISTS (SELECT 1 FROM entry WHERE seq > NEW.seq))",
              "head: it is the last entry"),
        Guard("action_not_in_the_future", "INSERT", "action",
              f"NEW.happened_on > {TODAY}", "action: no future fact"),
        Guard("mandate_not_in_the_future", "INSERT", "mandate",
              f"NEW.started_on > {TODAY} OR coalesce(NEW.ended_on, '') > {TODAY}",
              "mandate: no future fact"),
        Guard("request_not_in_the_future", "INSERT", "reply_request",
              f"NEW.asked_on > {TODAY}", "reply_request: no future fact"),
        Guard("link_check_not_in_the_future", "INSERT", "link_check",
              f"NEW.checked_on > {TODAY}", "link_check: no future fact"),
        Guard("link_check_says_of_what", "INSERT", "link_check_text",
              "NEW.url IS NULL OR NEW.status IS NULL",
              "link_check: an address and what was said of it are required"),
        Guard("action_needs_evidence", "INSERT", "action_text",
              "EXISTS (SELECT 1 FROM action WHERE seq = NEW.seq AND kind = 'assessment' AND "
              "status <> 'not_applicable' AND CASE WHEN status = 'no_evidence' "
              "THEN NEW.summary IS NULL "
              "ELSE NEW.source_title IS NULL AND NEW.source_url IS NULL END)",
              "action: evidence is required"),
        Guard("action_needs_reason", "INSERT", "action_text",
              "NEW.reason IS NULL AND "
              "(SELECT supersedes FROM action WHERE seq = NEW.seq) IS NOT NULL",
              "action: a correction needs a reason"),
        Guard("load_accepted_by_operator", "INSERT", "load",
              "NEW.accepted = 1 AND (SELECT role FROM account JOIN entry ON author = name "
              "WHERE seq = NEW.seq) <> 'operator'",
              "load: only the operator accepts a file as a whole"),
        Guard("review_by_another", "INSERT", "review",
              f"{AUTHOR} = (SELECT author FROM entry WHERE seq = NEW.action_seq)",
              "review: nobody reviews their own action"),
        Guard("review_by_reviewer", "INSERT", "review", f"{role_of(AUTHOR)} = 'volunteer'",
              "review: only a reviewer decides"),
        Guard("load_review_by_another", "INSERT", "load_review",
              f"{AUTHOR} = (SELECT author FROM entry WHERE seq = NEW.load_seq)",
              "load_review: nobody reviews their own file"),
        Guard("load_review_by_reviewer", "INSERT", "load_review",
              f"{role_of(AUTHOR)} = 'volunteer'", "load_review: only a reviewer decides"),
        Guard("redaction_by_admin", "INSERT", "redaction",
              f"{role_of(AUTHOR)} NOT IN ('admin', 'operator')",
              "redaction: only an admin has texts removed"),
        Guard("signatory_conflict_of_interest", "INSERT", "signatory", tied("NEW.commune"),
              "signatory: a conflict of interest"),
        Guard("mandate_conflict_of_interest", "INSERT", "mandate",
              tied("s.commune", "JOIN signatory s ON s.pact_id = NEW.pact_id "
                    "AND s.signatory_id = NEW.signatory_id"),
              "mandate: a conflict of interest"),
        Guard("load_review_conflict_of_interest", "INSERT", "load_review", tied_file(),
              "load_review: a conflict of interest"),
        Guard("action_supersedes_its_own", "INSERT", "action", SUPERSEDES_ANOTHER,
              "action: what it supersedes is about another commitment"),
        Guard("action_conflict_of_interest", "INSERT", "action",
              conflict("SELECT NEW.commitment_id UNION SELECT commitment_id FROM action "
                        "WHERE pact_id = NEW.pact_id AND action_id = NEW.action_id"),
              "action: a conflict of interest"),
        Guard("review_conflict_of_interest", "INSERT", "review",
              conflict("SELECT commitment_id FROM action WHERE seq = NEW.action_seq"),
              "review: a conflict of interest"),
    ]  # fmt: skip
    return guards


def _no_update(table: str) -> Guard:
    return Guard(f"{table}_no_update", "UPDATE", table, "1 = 1", f"{table}: append only")


def _no_delete(table: str) -> Guard:
    return Guard(f"{table}_no_delete", "DELETE", table, "1 = 1", f"{table}: append only")


def _texts(table: str, columns: tuple[str, ...]) -> Guard:
    """Texts never change; a court's order may empty them all at once."""
    emptied = " AND ".join(f"NEW.{column} IS NULL" for column in ("salt", *columns))
    return Guard(
        f"{table}_no_update", "UPDATE", table,
        f"NOT ({emptied} AND NEW.seq = OLD.seq AND EXISTS "
        "(SELECT 1 FROM redaction WHERE target_seq = NEW.seq))",
        f"{table}: append only",
    )  # fmt: skip


def sqlite_guards() -> list[str]:
    """The CREATE TRIGGER statements for SQLite, in a database that has none of them.

    SQLite fires no DELETE trigger for a REPLACE, hence the guards against taken keys; a NUL would
    let a text pass its length check; and rows come one by one, so the chain is checked row by row.
    """
    own = [
        Guard("entry_continues_the_chain", "INSERT", "entry",
              "NEW.seq <> (SELECT seq + 1 FROM head)", "entry: a gap or a fork in the chain"),
        Guard("entry_clock", "INSERT", "entry",
              "NEW.recorded_at < (SELECT recorded_at FROM entry WHERE seq = NEW.seq - 1)",
              "entry: recorded before the entry before it"),
        Guard("entry_no_replace", "INSERT", "entry",
              "EXISTS (SELECT 1 FROM entry WHERE request_id = NEW.request_id)",
              "entry: append only"),
        Guard("head_once", "INSERT", "head", "EXISTS (SELECT 1 FROM head)", "head: there is one"),
    ]  # fmt: skip
    for table, keys in (KEYS | {table: [("seq",)] for table in TEXTS}).items():
        taken = " OR ".join(
            "EXISTS (SELECT 1 FROM {} WHERE {})".format(
                table, " AND ".join(f"{column} = NEW.{column}" for column in key)
            )
            for key in keys
        )
        own.append(Guard(f"{table}_no_replace", "INSERT", table, taken, f"{table}: append only"))
    for table, columns in TEXTS.items():
        everything = " || ".join(f"coalesce(NEW.{column}, '')" for column in columns)
        own.append(Guard(f"{table}_no_nul", "INSERT", table, f"instr({everything}, char(0)) > 0",
                         f"{table}: no NUL in a text"))  # fmt: skip
    return [
        f"CREATE TRIGGER {guard.name} BEFORE {guard.event} ON {guard.table} WHEN {guard.when} "
        f"BEGIN SELECT RAISE(ABORT, '{guard.message}'); END"
        for guard in (*own, *rules())
    ] + [
        "CREATE TRIGGER entry_moves_head AFTER INSERT ON entry BEGIN "
        "UPDATE head SET seq = NEW.seq, hash = NEW.hash; END"
    ]


#: A statement may bring many entries at once: they follow the head, and each other, without a gap.
_CHAIN = """
DECLARE
    before_seq bigint; before_at text; first bigint; last bigint; count bigint; last_hash text;
BEGIN
    SELECT min(seq), max(seq), count(*) INTO first, last, count FROM fresh;
    IF count = 0 THEN RETURN NULL; END IF;
    SELECT seq INTO before_seq FROM head FOR UPDATE;
    IF first <> before_seq + 1 OR last <> before_seq + count THEN
        RAISE EXCEPTION 'entry: a gap or a fork in the chain'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    SELECT recorded_at INTO before_at FROM entry WHERE seq = before_seq;
    IF EXISTS (
        SELECT 1 FROM (SELECT recorded_at, lag(recorded_at, 1, before_at) OVER (ORDER BY seq) AS earlier
                       FROM fresh) AS pairs WHERE recorded_at < earlier
    ) THEN
        RAISE EXCEPTION 'entry: recorded before the entry before it'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    SELECT hash INTO last_hash FROM fresh WHERE seq = last;
    UPDATE head SET seq = last, hash = last_hash;
    RETURN NULL;
END
"""


def postgres_guards() -> list[str]:
    """The CREATE FUNCTION and CREATE TRIGGER statements for PostgreSQL, in a database that has none.

    TRUNCATE fires no DELETE trigger and has a guard of its own.
    """
    made = []
    for guard in rules():
        kept = "OLD" if guard.event == "DELETE" else "NEW"
        body = (
            f"BEGIN IF {guard.when} THEN RAISE EXCEPTION '{guard.message}' "
            f"USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN {kept}; END"
        )
        made += _function(guard.name, f"BEFORE {guard.event} ON {guard.table} FOR EACH ROW", body)
    for table in ("entry", "head", *KEYS, *TEXTS):
        body = (
            f"BEGIN RAISE EXCEPTION '{table}: append only' "
            "USING ERRCODE = 'integrity_constraint_violation'; END"
        )
        made += _function(
            f"{table}_no_truncate", f"BEFORE TRUNCATE ON {table} FOR EACH STATEMENT", body
        )
    made += _function(
        "entry_moves_head",
        "AFTER INSERT ON entry REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT",
        _CHAIN,
    )
    return made


def _function(name: str, event: str, body: str) -> list[str]:
    return [
        f"CREATE FUNCTION guard_{name}() RETURNS trigger LANGUAGE plpgsql AS $guard${body}$guard$",
        f"CREATE TRIGGER {name} {event} EXECUTE FUNCTION guard_{name}()",
    ]
