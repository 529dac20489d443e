"""Values that no reader could read, or would choke on: days, times, lengths."""

from collections.abc import Sequence

from monitor.schema import FIELDS, IDENTIFIER_LIMIT, LIST_LIMIT, TEXT_LIMIT, Field, Type
from monitor.store.guards.phrases import TODAY, Guard, no_day, no_time, sql_list
from monitor.store.subjects import DERIVED, LATER_OF_PACTS, SUBJECT_OF, SUBJECTS


def _table(field: Field) -> str:
    """Where a column of a file stands in the log."""
    about = SUBJECTS[SUBJECT_OF[field.file]]
    return about.text_table if field.text else about.table


#: The columns that came to the log after its beginning: what they may hold is said by guards alone.
LATER = tuple((_table(field), field) for field in FIELDS if field.since > 1)
#: The types of what other guards compare with what there is.
_COMPARED = (Type.CODE, Type.DATE, Type.DAY, Type.SIGNATORY, Type.MEASURE, Type.ACTION)
#: Those that may hold any text.
_LATER_FREE = tuple((table, field) for table, field in LATER if field.type not in _COMPARED)


def _lengths() -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {
        "load": {"pact_id": IDENTIFIER_LIMIT},
        "pact": {
            **dict.fromkeys(("title", "question", "promoter", "election", "licence"), TEXT_LIMIT),
            "binding_offices": TEXT_LIMIT,
            "measures": 1_000_000,
            **dict.fromkeys(LATER_OF_PACTS, TEXT_LIMIT),
            "offices": LIST_LIMIT,
        },
        "area": {"pact_id": IDENTIFIER_LIMIT},
        "signatory": {"pact_id": IDENTIFIER_LIMIT},
        "account_tie": {"commune": IDENTIFIER_LIMIT},
    }
    limited = [(_table(field), field) for field in FIELDS if field.limit]
    for table, field in (*limited, *_LATER_FREE):
        limit = IDENTIFIER_LIMIT if field.type is Type.IDENTIFIER else TEXT_LIMIT
        found.setdefault(table, {})[field.name] = field.limit or limit
    return found


#: The longest that a text may be, where the table itself does not say so.
LENGTHS = _lengths()


def _free() -> dict[str, tuple[str, ...]]:
    found = {
        "load": ("pact_id", "file_name"),
        "pact": tuple(c for c in SUBJECTS["pact"].facts if c not in ("rev", "fictional")),
        "area": tuple(c for c in SUBJECTS["area"].facts if c != "rev"),
        "signatory": ("pact_id", "signatory_id", "commune", "measures"),
        "action": ("action_id",),
        "redaction": ("reason",),
        "account": ("name", "created_at"),
        "account_tie": ("commune",),
        "sample_plan": ("plan_id", "content"),
        "sample_seed": ("seed",),
        "request": ("reason", "order_reference"),
        "request_end": ("why",),
        "team_act": ("kind", "details"),
        **{
            about.text_table: (*about.texts, *DERIVED.get(name, ()))
            for name, about in SUBJECTS.items()
            if about.texts
        },
    }
    for table, field in _LATER_FREE:
        if field.name not in found.get(table, ()):
            found[table] = (*found.get(table, ()), field.name)
    return found


#: The columns that may hold any text: no CHECK and no other guard compares them with what there is.
FREE = _free()
#: (table, column, whether it may be a month or a year, whether it may lie ahead)
DAYS = (
    ("pact", "election_on", False, True),
    ("pact", "term_start", False, True),
    ("pact", "term_end", False, True),
    *(
        (_table(field), field.name, True, field.type is Type.DAY)
        for field in FIELDS
        if field.type in (Type.DATE, Type.DAY)
    ),
    ("reply_request", "asked_on", False, False),
    ("link_check", "checked_on", False, False),
    ("rating", "happened_on", True, False),
)


def rules() -> list[Guard]:
    guards = [
        Guard(
            "entry_time",
            "INSERT",
            "entry",
            no_time("NEW.recorded_at"),
            "entry: recorded_at is no time",
            only="NEW.load_seq IS NULL",
        ),
        # A log whose clock was once ahead goes on at that time until the clock has caught up.
        Guard(
            "entry_not_ahead",
            "INSERT",
            "entry",
            "NEW.recorded_at > :tomorrow AND NOT EXISTS (SELECT 1 "
            "FROM entry WHERE seq = NEW.seq - 1 AND recorded_at = NEW.recorded_at)",
            "entry: recorded more than a day ahead of the clock",
            only="NEW.load_seq IS NULL",
        ),
        Guard(
            "entry_request_length",
            "INSERT",
            "entry",
            f"length(NEW.request_id) > {IDENTIFIER_LIMIT}",
            "entry: request_id is too long",
        ),
    ]
    for table, column, partial, ahead in DAYS:
        guards.append(
            Guard(
                f"{table}_{column}_day",
                "INSERT",
                table,
                no_day(f"NEW.{column}", partial=partial),
                f"{table}: {column} is no day",
            )
        )
        if not ahead:
            guards.append(
                Guard(
                    f"{table}_{column}_past",
                    "INSERT",
                    table,
                    f"NEW.{column} > {TODAY}",
                    f"{table}: {column} is in the future",
                )
            )
    for table, columns in LENGTHS.items():
        too_long = " OR ".join(f"length(NEW.{name}) > {most}" for name, most in columns.items())
        guards.append(
            Guard(f"{table}_length", "INSERT", table, too_long, f"{table}: a text is too long")
        )
    guards += [
        Guard(
            f"{table}_{field.name}_known",
            "INSERT",
            table,
            f"NEW.{field.name} NOT IN {sql_list(field.codes)}",
            f"{table}: {field.name} is unknown",
        )
        for table, field in LATER
        if field.type is Type.CODE
    ]
    guards += [
        # No next one could be written after the largest number that there is.
        Guard(
            f"{about.table}_rev_small",
            "INSERT",
            about.table,
            "NEW.rev > NEW.seq OR NEW.rev <> round(NEW.rev)",
            f"{about.table}: rev counts entries",
        )
        for about in SUBJECTS.values()
        if "rev" in about.facts
    ]
    return guards


def plain() -> list[Guard]:
    """For SQLite, where a text may be cut by a NUL that `length` stops at, and where a column of texts
    holds bytes as well."""
    guards = [
        Guard(
            "entry_plain",
            "INSERT",
            "entry",
            _not_plain(("recorded_at", "author", "request_id")),
            "entry: a text holds no NUL",
            only="NEW.load_seq IS NULL",
        )
    ]
    return guards + [
        Guard(
            f"{table}_plain", "INSERT", table, _not_plain(columns), f"{table}: a text holds no NUL"
        )
        for table, columns in FREE.items()
    ]


def _not_plain(columns: Sequence[str]) -> str:
    texts = [f"coalesce(NEW.{name}, '')" for name in columns]
    most = f"max({', '.join(texts)})" if len(texts) > 1 else texts[0]
    return f"instr({' || '.join(texts)}, char(0)) > 0 OR typeof({most}) = 'blob'"
