"""What redactions emptied, off the disk of a PostgreSQL server: rows that no one sees any more, the
planner's samples, the write-ahead log (WAL). What cannot be wiped from here is named.
"""

import re
import time
from collections.abc import Sequence

import psycopg

from monitor.store.wiping import Leftover

#: How often a table is written anew, and after how many seconds, while a transaction may still see a row
#: that was removed: a short one ends meanwhile, a long one is named.
TRIES, PAUSE = 5, 2.0
#: Segments of the WAL that are gone through at most: 16 MB each, 64 by default.
_MOST_SEGMENTS = 1_000
#: How long the server may take to read its settings again.
_RELOAD_SECONDS = 10.0


def wipe_server(connection: psycopg.Connection, tables: Sequence[str]) -> list[Leftover]:
    """Write the tables anew, and have the server delete the WAL that holds what was in them. Returns
    what could not be done. A connection of the owner of the database, outside a transaction
    (autocommit)."""
    left = _wipe_tables(connection, tables)
    if left:
        return left
    left = _find_copies(connection)
    ((superuser,),) = connection.execute(
        "SELECT rolsuper FROM pg_roles WHERE rolname = current_user"
    ).fetchall()
    return [*left, *(_wipe_wal(connection) if superuser else [Leftover("log", {})])]


def _wipe_tables(connection: psycopg.Connection, tables: Sequence[str]) -> list[Leftover]:
    """Write each table anew, waiting some seconds where an old transaction may still see a removed row.
    Returns the first table that it kept such a row in, and leaves those after it as they are."""
    for table in tables:
        for attempt in range(TRIES):
            if not _rewrite_table(connection, table):
                break
            if attempt + 1 == TRIES:
                return [Leftover("seen", {"table": table, "who": _who_sees(connection)})]
            time.sleep(PAUSE)
    connection.execute(f"ANALYZE {', '.join(tables)}".encode())
    connection.execute("VACUUM FULL pg_statistic")  # samples of the texts
    return []


def _rewrite_table(connection: psycopg.Connection, table: str) -> int:
    """Write a table anew (VACUUM FULL). Returns how many removed rows it had to keep, for transactions
    that may still see them."""
    details: list[str] = []

    def note(diagnosis: psycopg.errors.Diagnostic) -> None:
        details.append(diagnosis.message_detail or "")

    connection.add_notice_handler(note)
    try:
        connection.execute(f"VACUUM (FULL, VERBOSE) {table}".encode())
    finally:
        connection.remove_notice_handler(note)
    # « 0 dead row versions cannot be removed yet. », in the language of the server.
    counts = [re.match(r"\D*(\d+)", detail) for detail in details]
    return sum(int(found[1]) for found in counts if found)


def _who_sees(connection: psycopg.Connection) -> str:
    """Whose transactions are old: sessions, prepared transactions, slots."""
    rows = connection.execute(
        "SELECT 'pid ' || pid || ' (' || coalesce(usename, '?') || ')' FROM pg_stat_activity "
        "WHERE pid <> pg_backend_pid() AND backend_xmin IS NOT NULL "
        "UNION ALL SELECT 'prepared ' || gid FROM pg_prepared_xacts "
        "UNION ALL SELECT 'slot ' || slot_name FROM pg_replication_slots "
        "WHERE coalesce(xmin, catalog_xmin) IS NOT NULL"
    ).fetchall()
    return ", ".join(name for (name,) in rows) or "?"


def _find_copies(connection: psycopg.Connection) -> list[Leftover]:
    """What of the WAL and of statements this server has handed on, or keeps for somebody."""
    left = []

    def setting(name: str) -> str:
        rows = connection.execute("SELECT current_setting(%s, true)", [name]).fetchall()
        return rows[0][0] or ""

    if setting("archive_mode") not in ("off", ""):
        left.append(Leftover("archive", {}))
    slots = connection.execute("SELECT slot_name FROM pg_replication_slots").fetchall()
    if slots:
        left.append(Leftover("slots", {"names": ", ".join(name for (name,) in slots)}))
    replicas = connection.execute(
        "SELECT application_name || coalesce(' ' || host(client_addr), '') FROM pg_stat_replication"
    ).fetchall()
    if replicas:
        left.append(Leftover("replicas", {"names": ", ".join(name for (name,) in replicas)}))
    if (
        setting("log_statement") not in ("none", "")
        or setting("log_min_duration_statement") != "-1"
    ):
        left.append(Leftover("server_log", {}))
    return left


def _wipe_wal(connection: psycopg.Connection) -> list[Leftover]:
    """Go through every segment of the WAL that there is, kept for later use as well, and have the server
    delete what it has no use for instead of writing over it some day. Returns the segments that stay."""
    last = max(_segments(connection), default="")
    try:
        for setting in ("wal_recycle = off", "wal_keep_size = 0"):
            connection.execute(f"ALTER SYSTEM SET {setting}".encode())
        connection.execute("SELECT pg_reload_conf()")
        _wait_for_setting(connection, "wal_recycle", "off")
        for _ in range(_MOST_SEGMENTS):
            ((now,),) = connection.execute(
                "SELECT pg_walfile_name(pg_current_wal_insert_lsn())"
            ).fetchall()
            if now > last:
                break
            connection.execute("SELECT pg_logical_emit_message(true, 'monitor', '')")
            connection.execute("SELECT pg_switch_wal()")
        connection.execute("CHECKPOINT")
    finally:
        for setting in ("wal_recycle", "wal_keep_size"):
            connection.execute(f"ALTER SYSTEM RESET {setting}".encode())
        connection.execute("SELECT pg_reload_conf()")
    kept = [name for name in _segments(connection) if name <= last]
    return (
        [Leftover("segments", {"n": len(kept), "first": kept[0], "last": kept[-1]})] if kept else []
    )


def _segments(connection: psycopg.Connection) -> list[str]:
    rows = connection.execute("SELECT name FROM pg_ls_waldir() ORDER BY name").fetchall()
    return [name for (name,) in rows if re.fullmatch("[0-9A-F]{24}", name)]


def _wait_for_setting(connection: psycopg.Connection, name: str, value: str) -> None:
    """Wait until the server has read its settings again; gives up after some seconds, without a word."""
    end = time.monotonic() + _RELOAD_SECONDS
    while connection.execute(f"SHOW {name}".encode()).fetchone() != (value,):
        if time.monotonic() > end:
            return
        time.sleep(0.05)
