"""What only triggers can enforce: the log is append-only, its chain has no gap, and nobody can write
what the rules forbid, even on a raw connection. Declared once here, in SQL that both engines read;
`sqlite_guards` and `postgres_guards` add what each engine needs of its own.
"""

from collections.abc import Iterator
from functools import cache

from monitor.store.guards import accounts, log, pairs, people, ratings, references, samples, values
from monitor.store.guards.log import KEYS, TEXTS
from monitor.store.guards.people import COMMUNES_OF_FILE, conflict_refusal
from monitor.store.guards.phrases import Guard, for_postgres, for_sqlite

__all__ = [
    "COMMUNES_OF_FILE",
    "KEYS",
    "TEXTS",
    "Guard",
    "conflict_refusal",
    "postgres_guards",
    "rules",
    "sqlite_guards",
    "sqlite_insert_guards",
    "sqlite_rules",
]


def rules() -> list[Guard]:
    """What both engines refuse, row by row."""
    kinds = (log, references, values, accounts, people, pairs, samples, ratings)
    return [guard for kind in kinds for guard in kind.rules()]


def sqlite_rules() -> list[Guard]:
    """What only SQLite needs.

    It fires no DELETE trigger for a REPLACE, hence the guards against taken keys; a NUL would let a
    text pass its length check; and rows come one by one, so the chain is checked row by row.
    """
    own = [
        Guard(
            "entry_continues_the_chain",
            "INSERT",
            "entry",
            "NEW.seq <> (SELECT seq + 1 FROM head)",
            "entry: a gap or a fork in the chain",
        ),
        # What a file brings is recorded when the file is: `entry_of_its_file`.
        Guard(
            "entry_clock",
            "INSERT",
            "entry",
            "NEW.recorded_at < (SELECT recorded_at FROM entry WHERE seq = NEW.seq - 1)",
            "entry: recorded before the entry before it",
            only="NEW.load_seq IS NULL",
        ),
        Guard(
            "entry_no_replace",
            "INSERT",
            "entry",
            "EXISTS (SELECT 1 FROM entry WHERE request_id = NEW.request_id)",
            "entry: append only, nothing is replaced",
        ),
        Guard("head_once", "INSERT", "head", "EXISTS (SELECT 1 FROM head)", "head: there is one"),
    ]
    for table, keys in (KEYS | {table: [("seq",)] for table in TEXTS}).items():
        taken = " OR ".join(
            "EXISTS (SELECT 1 FROM {} WHERE {})".format(
                table, " AND ".join(f"{column} = NEW.{column}" for column in key)
            )
            for key in keys
        )
        own.append(
            Guard(
                f"{table}_no_replace",
                "INSERT",
                table,
                taken,
                f"{table}: append only, nothing is replaced",
            )
        )
    return own + references.sqlite_rules() + values.plain()


@cache
def sqlite_guards() -> tuple[str, ...]:
    """The CREATE TRIGGER statements for SQLite, in a database that has none of them."""
    return tuple(guard for *_, guard in _sqlite_guards())


@cache
def sqlite_insert_guards(table: str) -> tuple[str, ...]:
    """Those that a new row of a table meets."""
    return tuple(
        guard for guarded, event, guard in _sqlite_guards() if (guarded, event) == (table, "INSERT")
    )


@cache
def _sqlite_guards() -> tuple[tuple[str, str, str], ...]:
    """(table, event, statement) of each."""
    made = [
        (
            table,
            event,
            f"CREATE TRIGGER {name} BEFORE {event} ON {table} BEGIN SELECT CASE "
            + " ".join(
                f"WHEN {for_sqlite(_whole(guard))} THEN RAISE(ABORT, '{guard.message}')"
                for guard in guards
            )
            + " END; END",
        )
        for name, event, table, guards in _together([*sqlite_rules(), *rules()])
    ]
    moves_head = (
        "CREATE TRIGGER entry_moves_head AFTER INSERT ON entry BEGIN "
        "UPDATE head SET seq = NEW.seq, hash = NEW.hash; END"
    )
    return (*made, ("entry", "INSERT", moves_head))


def _together(guards: list[Guard]) -> Iterator[tuple[str, str, str, list[Guard]]]:
    """(name, event, table, guards) of each trigger: one for a table and an event, since a hundred
    more would be read at the opening of each connection, and started at each row."""
    found: dict[tuple[str, str], list[Guard]] = {}
    for guard in guards:
        found.setdefault((guard.table, guard.event), []).append(guard)
    for (table, event), same in found.items():
        yield same[0].name if len(same) == 1 else f"{table}_{event.lower()}", event, table, same


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
    for name, event, table, guards in _together(rules()):
        body = " ".join(map(_refusal, guards))
        body = f"BEGIN {body} RETURN {'OLD' if event == 'DELETE' else 'NEW'}; END"
        made += _function(name, f"BEFORE {event} ON {table} FOR EACH ROW", body)
    for table in ("entry", "head", "account_commune", *KEYS, *TEXTS):
        body = (
            f"BEGIN RAISE EXCEPTION '{table}: append only, nothing is emptied' "
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


def _whole(guard: Guard) -> str:
    return f"{guard.only} AND ({guard.when})" if guard.only else guard.when


def _refusal(guard: Guard) -> str:
    """The statement of PL/pgSQL, for which a condition with a look-up costs ten without."""
    test = (
        f"IF ({for_postgres(guard.when)}) THEN RAISE EXCEPTION '{guard.message}' "
        "USING ERRCODE = 'integrity_constraint_violation'; END IF;"
    )
    return f"IF {guard.only} THEN {test} END IF;" if guard.only else test


def _function(name: str, event: str, body: str) -> list[str]:
    return [
        f"CREATE FUNCTION guard_{name}() RETURNS trigger LANGUAGE plpgsql AS $guard${body}$guard$",
        f"CREATE TRIGGER {name} {event} EXECUTE FUNCTION guard_{name}()",
    ]
