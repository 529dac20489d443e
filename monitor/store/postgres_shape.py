"""What a PostgreSQL database has beside its tables: the guards, and what would get round them."""

import re

from monitor.store.base import Session
from monitor.store.guards import postgres_guards
from monitor.store.roles import READER
from monitor.store.shape import Shape

_OURS = "c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p')"
#: None of these is in a database as `create` makes it: a rule that writes something else, rows that a
#: policy hides, a foreign key that is not kept, a table that the outside reader or everybody reads, a
#: session in which no guard fires.
_BESIDE = {
    "rule": "SELECT tablename || '.' || rulename FROM pg_rules WHERE schemaname = current_schema()",
    "row security": f"SELECT c.relname::text FROM pg_class c WHERE {_OURS} AND c.relrowsecurity",
    "foreign key": "SELECT DISTINCT c.relname || '.' || k.conname FROM pg_trigger t "
    "JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_constraint k ON k.oid = t.tgconstraint "
    f"WHERE {_OURS} AND t.tgisinternal AND t.tgenabled <> 'O'",
    "right": "SELECT r.name || ' → ' || c.relname FROM pg_class c CROSS JOIN (SELECT 'public' AS name "
    f"UNION ALL SELECT rolname::text FROM pg_roles WHERE rolname = '{READER}') r WHERE {_OURS} "
    "AND has_any_column_privilege(r.name, c.oid, 'SELECT, INSERT, UPDATE')",
    "setting": "SELECT 'session_replication_role' "
    "WHERE current_setting('session_replication_role') <> 'origin'",
}


def shape_of_a_new_one() -> Shape:
    """The guards of a database that `create` has just made."""
    shape: dict[tuple[str, str], str | None] = {}
    for statement in postgres_guards():
        if made := re.match(r"CREATE FUNCTION (\w+)\(\).*?\$guard\$(.*)\$guard\$", statement, re.S):
            shape["function", made[1]] = made[2]
        elif made := re.match(
            r"CREATE TRIGGER (\w+) .*?\bON (\w+)\b.* (\w+)\(\)$", statement, re.S
        ):
            shape["trigger", f"{made[2]}.{made[1]}"] = f"{made[3]} O"
    return shape


def shape_of(session: Session) -> Shape:
    """The guards that there are (an `O` is a trigger that fires), and whatever an administrator can put
    beside them that changes what is written, or who reads it."""
    functions = session.rows(
        "SELECT proname, prosrc FROM pg_proc WHERE pronamespace = current_schema()::regnamespace "
        "AND proname LIKE 'guard!_%' ESCAPE '!'"
    )
    triggers = session.rows(
        "SELECT c.relname || '.' || t.tgname, p.proname || ' ' || t.tgenabled::text "
        "FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid "
        "WHERE NOT t.tgisinternal AND c.relnamespace = current_schema()::regnamespace"
    )
    beside = {(kind, name): None for kind, sql in _BESIDE.items() for (name,) in session.rows(sql)}
    guards = {("function", name): body for name, body in functions} | {
        ("trigger", name): what for name, what in triggers
    }
    return guards | beside
