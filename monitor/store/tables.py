"""The tables, each after those that it refers to; and how their rows go from one engine to another."""

from collections.abc import Callable
from functools import cache
from pathlib import Path

from monitor.store.base import Session

SCHEMA = Path(__file__).parent / "schema"
#: Who may write. An outside reader sees none of it.
ACCOUNTS = (
    "account",
    "account_change",
    "account_commune",
    "account_tie",
    "account_department",
    "credential",
    "activation",
    "web_session",
    "sign_in_failure",
    "identity",
    "draft",
    "sign_in_name",
    "known_device",
    "second_factor",
    "recovery_code",
    "sign_in_step",
)
#: The log, and what is published beside it.
_LOG = (
    "entry",
    "head",
    "load",
    "pact",
    "area",
    "signatory",
    "signatory_text",
    "mandate",
    "mandate_text",
    "answer",
    "answer_text",
    "detail",
    "detail_text",
    "commitment",
    "action",
    "action_text",
    "source",
    "source_text",
    "review",
    "review_text",
    "redaction",
    "load_step",
    "load_review",
    "load_review_text",
    "withdrawal",
    "withdrawal_text",
    "row_withdrawal",
    "row_withdrawal_text",
    "reply_request",
    "reply_request_text",
    "link_check",
    "link_check_text",
    "sample_plan",
    "sample_plan_text",
    "sample_seed",
    "sample_end",
    "sample_end_text",
    "rating",
    "rating_text",
    "rating_end",
    "published_head",
    "rewriting",
    "wiping",
)
#: What the team does beside the log, some of it about entries. An outside reader sees none of it.
TEAM = (
    "message",
    "request",
    "request_end",
    "team_act",
    "erasure",
    "safety_copy",
    "match_judgement",
    "column_match",
    "mended_cell",
    "proposed_pact",
    "id_key",
)
#: Beside `schema_version`, which each database writes for itself.
TABLES = ACCOUNTS + _LOG + TEAM
#: Sessions, links and trusted browsers belong to one database: no copy keeps any.
OF_ONE_DATABASE = ("activation", "web_session", "sign_in_step", "known_device", "sign_in_failure")


def schema_files(engine: str) -> tuple[Path, ...]:
    """The schema, in order: `0001_log.sql` is for both engines, `0002_x.sqlite.sql` for one."""
    return _schema_in(SCHEMA, engine)


def schema_names(engine: str) -> frozenset[str]:
    """The names of these files, as a database keeps them."""
    return _names_in(SCHEMA, engine)


@cache
def _names_in(folder: Path, engine: str) -> frozenset[str]:
    return frozenset(file.name for file in _schema_in(folder, engine))


@cache
def _schema_in(folder: Path, engine: str) -> tuple[Path, ...]:
    return tuple(
        file
        for file in sorted(folder.glob("*.sql"))
        if file.name.count(".") == 1 or file.name.endswith(f".{engine}.sql")
    )


def numbers_applied(session: Session) -> frozenset[str]:
    """The numbers of the schema files that made a database: the same for both engines."""
    return frozenset(name[:4] for (name,) in session.rows("SELECT name FROM schema_version"))


def copy_rows(
    source: Session, target: Session, progress: Callable[[int], None] = lambda entries: None
) -> None:
    """Every row of every table as it is, hashes included, into a new database without guards; but for
    what opens the source, `OF_ONE_DATABASE`.

    `progress` is told the number of entries copied.
    """
    for table in ("head", "account"):  # what the schema puts there by itself
        target.execute(f"DELETE FROM {table}")
    for table in TABLES:
        # What was made before there was such a table has none, as its source had.
        if table in OF_ONE_DATABASE or not target.columns(table):
            continue
        columns = source.columns(table)
        names, done = ", ".join(f'"{column}"' for column in columns), 0
        # What refers to its own table refers to an earlier row.
        sql = f"SELECT {names} FROM {table} ORDER BY {names.split(', ')[0]}"
        for chunk in source.chunks(sql):
            target.insert(table, columns, chunk)
            if table == "entry":
                done += len(chunk)
                progress(done)
