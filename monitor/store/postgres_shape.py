"""What a PostgreSQL database is made of: the tables, their constraints, the guards, and what would get
round them."""

import re

from monitor.store.base import Session
from monitor.store.guards import postgres_guards
from monitor.store.roles import READER
from monitor.store.schema_diff import SchemaShape
from monitor.store.tables import SCHEMA, TABLES

#: The tables of a new database as the server words them, one thing a line: kind, name, definition. Who
#: may not make tables compares with it as well; after a new schema `python -m tests.support.postgres`
#: writes it.
LISTED = SCHEMA / "tables.postgres.txt"
_OURS = "c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p')"
_TABLES = {
    "column": f"""
        SELECT c.relname || '.' || a.attname, concat_ws(' ', format_type(a.atttypid, a.atttypmod),
               'COLLATE ' || o.collname, CASE WHEN a.attnotnull THEN 'NOT NULL' END,
               CASE WHEN a.attgenerated <> '' THEN 'GENERATED' ELSE 'DEFAULT' END
               || ' ' || pg_get_expr(d.adbin, d.adrelid))
        FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
        LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
        LEFT JOIN pg_collation o ON o.oid = a.attcollation
        WHERE {_OURS} AND a.attnum > 0 AND NOT a.attisdropped""",
    "constraint": f"""
        SELECT c.relname || '.' || k.conname, pg_get_constraintdef(k.oid)
        FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
        WHERE {_OURS} AND k.contype IN ('c', 'f', 'p', 'u', 'x')""",
    "index": f"""
        SELECT c.relname || '.' || x.relname, pg_get_indexdef(i.indexrelid, 0, true)
        FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid JOIN pg_class x ON x.oid = i.indexrelid
        WHERE {_OURS} AND NOT EXISTS (
            SELECT 1 FROM pg_constraint k WHERE k.conindid = i.indexrelid AND k.contype <> 'f')""",
}
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


def new_schema_shape() -> SchemaShape:
    """What `create` gives to a new database."""
    shape: dict[tuple[str, str], str | None] = {}
    for line in LISTED.read_text("utf-8").splitlines():
        kind, name, definition = line.split("\t")
        shape[kind, name] = definition
    for statement in postgres_guards():
        if made := re.match(r"CREATE FUNCTION (\w+)\(\).*?\$guard\$(.*)\$guard\$", statement, re.S):
            shape["function", made[1]] = made[2]
        elif made := re.match(r"CREATE TRIGGER (\w+) .*?\bON (\w+)\b", statement, re.S):
            shape["trigger", f"{made[2]}.{made[1]}"] = f"{statement} O"
    return shape


def schema_shape(session: Session) -> SchemaShape:
    """What there is (an `O` is a trigger that fires), and whatever an administrator can put beside it
    that changes what is written, or who reads it."""
    functions = session.rows(
        "SELECT proname, prosrc FROM pg_proc WHERE pronamespace = current_schema()::regnamespace "
        "AND proname LIKE 'guard!_%' ESCAPE '!'"
    )
    triggers = session.rows(
        "SELECT c.relname || '.' || t.tgname, "
        "pg_get_triggerdef(t.oid, true) || ' ' || t.tgenabled::text "
        "FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
        "WHERE NOT t.tgisinternal AND c.relnamespace = current_schema()::regnamespace"
    )
    beside = {(kind, name): None for kind, sql in _BESIDE.items() for (name,) in session.rows(sql)}
    guards = {("function", name): body for name, body in functions} | {
        ("trigger", name): what for name, what in triggers
    }
    return tables_of(session) | guards | beside


def tables_of(session: Session) -> dict[tuple[str, str], str]:
    """The columns, constraints and indexes of our tables at hand, as the server words them."""
    return {
        (kind, name): definition
        for kind, sql in _TABLES.items()
        for name, definition in session.rows(sql)
        if name.partition(".")[0] in TABLES
    }
