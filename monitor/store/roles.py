"""The two roles of a PostgreSQL database, and what each may do."""

import psycopg
from psycopg import errors

from monitor.store import public_views
from monitor.store.guards import TEXTS
from monitor.store.tables import TABLES

#: The roles of the app and of an outside reader: grant one of them to a login role.
APP, READER = "monitor_app", "monitor_reader"
#: The functions of the server that tell a reader something of rows that they do not see: positions of
#: the write-ahead log, statistics, sizes, locks, numbers of transactions; and what writes by itself.
TELLING = (
    "^(pg_(current|last|switch)_(wal|xact|committed|snapshot)|pg_(split_|get_|available_)?wal|"
    "pg_logical_emit|pg_replication_|pg_stat_|pg_control_|pg_lock_status|pg_prepared_xact|pg_xact_|"
    "txid_(current|status)|pg_export_snapshot|pg_get_(multixact|replication)|pg_notif|pg_isolation|"
    "pg_safe_snapshot_b|pg_blocking|pg_ls_|pg_(relation_file|filenode)|(be_)?lo_|lo(read|write)|"
    "pg_((total_)?relation|table|indexes|database|tablespace)_size|age[(]xid)"
)
#: What may be changed or deleted: everything that is not the log.
_UPDATED = (
    "head",
    *TEXTS,
    "account",
    "credential",
    "activation",
    "web_session",
    "identity",
    "draft",
    "match_judgement",
    "column_match",
    "proposed_pact",
    "request",
    "request_end",
)
_DELETED = (
    "account_commune",
    "account_department",
    "credential",
    "activation",
    "web_session",
    "sign_in_failure",
    "identity",
    "draft",
    "match_judgement",
    "proposed_pact",
    "message",
    "sign_in_name",
    "known_device",
    "second_factor",
    "recovery_code",
    "sign_in_step",
)


def drop_views(connection: psycopg.Connection) -> None:
    """Take the views of the outside reader away, where there are any: `grant` makes them again."""
    found = connection.execute(
        "SELECT viewname FROM pg_views WHERE schemaname = %s", [public_views.SCHEMA]
    ).fetchall()
    if found:
        names = ", ".join(f'{public_views.SCHEMA}."{name}"' for (name,) in found)
        connection.execute(f"DROP VIEW {names}".encode())


def grant(connection: psycopg.Connection) -> None:
    """The views and the two roles, where whoever creates the database may make them; no right to the
    rest, whatever an earlier version gave."""
    try:
        with connection.transaction():
            for statement in public_views.view_statements():
                connection.execute(statement.encode())
            for role in (APP, READER):
                if not connection.execute(
                    "SELECT 1 FROM pg_roles WHERE rolname = %s", [role]
                ).fetchone():
                    connection.execute(f"CREATE ROLE {role} NOLOGIN".encode())
            everything = ", ".join(("schema_version", *TABLES))
            connection.execute(f"GRANT SELECT ON {everything} TO {APP}".encode())
            connection.execute(f"GRANT INSERT ON {', '.join(TABLES)} TO {APP}".encode())
            connection.execute(f"GRANT UPDATE ON {', '.join(_UPDATED)} TO {APP}".encode())
            connection.execute(f"GRANT DELETE ON {', '.join(_DELETED)} TO {APP}".encode())
            connection.execute(f"REVOKE ALL ON {everything} FROM {READER}, PUBLIC".encode())
            connection.execute(f"GRANT USAGE ON SCHEMA {public_views.SCHEMA} TO {READER}".encode())
            connection.execute(
                f"GRANT SELECT ON ALL TABLES IN SCHEMA {public_views.SCHEMA} TO {READER}".encode()
            )
            _close_to_all(connection)
    except errors.InsufficientPrivilege:
        pass  # a database made by somebody who may not make roles has its owner alone


def _close_to_all(connection: psycopg.Connection) -> None:
    """What PostgreSQL lets everybody do by default: call the functions, make tables of their own."""
    functions = connection.execute(
        "SELECT oid::regprocedure::text FROM pg_proc "
        "WHERE pronamespace = current_schema()::regnamespace "
        "AND proname LIKE 'guard!_%' ESCAPE '!'"
    ).fetchall()
    if functions:
        names = ", ".join(name for (name,) in functions)
        connection.execute(f"REVOKE EXECUTE ON FUNCTION {names} FROM PUBLIC".encode())
    ((database,),) = connection.execute("SELECT quote_ident(current_database())").fetchall()
    connection.execute(f"REVOKE TEMPORARY ON DATABASE {database} FROM PUBLIC".encode())
    _close_the_server(connection)


def _close_the_server(connection: psycopg.Connection) -> None:
    """What tells anybody how much the server writes, how large tables are and what others are about. The
    functions are the server's: a superuser alone may take them away."""
    telling = connection.execute(
        "SELECT string_agg(p.oid::regprocedure::text, ', '), "
        "(SELECT quote_ident(pg_get_userbyid(datdba)) FROM pg_database "
        "WHERE datname = current_database()) FROM pg_proc p "
        "WHERE p.pronamespace = 'pg_catalog'::regnamespace AND p.prokind = 'f' "
        "AND p.oid::regprocedure::text ~ %s AND (SELECT rolsuper FROM pg_roles "
        "WHERE rolname = current_user)",
        [TELLING],
    ).fetchone()
    if telling and telling[0]:
        names, owner = telling
        connection.execute(f"REVOKE EXECUTE ON FUNCTION {names} FROM PUBLIC".encode())
        to = f"{APP}, {owner}, pg_monitor"
        connection.execute(f"GRANT EXECUTE ON FUNCTION {names} TO {to}".encode())
