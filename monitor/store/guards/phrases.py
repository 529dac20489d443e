"""What the guards are made of: a guard, and phrases of SQL that both engines read.

Five words are not SQL, and each engine puts its own in their place: `LOOKS 'pattern'` (the whole text
is like that; classes of characters only), `NO_DAY[text]` (it is no day of the calendar),
`LATEST_DAY[time]` (the latest day that had begun on Earth at that time of the log), `DAY_AFTER[time]`
(a day after it, to the minute) and `:tomorrow` (a day after the engine's own clock).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from monitor.dates import FIRST_YEAR, LAST_YEAR


@dataclass(frozen=True)
class Guard:
    """Refuse an event ("INSERT", "UPDATE", "DELETE") on a row of `table` where `when` holds.

    `only`: rows of another kind are not even asked; it looks at nothing but the row, so that most of a
    long load costs no look-up.
    """

    name: str
    event: str
    table: str
    when: str
    message: str
    only: str = ""


#: Who wrote the entry at hand, and the latest day that had begun on Earth then (UTC+14).
AUTHOR = "(SELECT author FROM entry WHERE seq = NEW.seq)"
TODAY = "LATEST_DAY[(SELECT recorded_at FROM entry WHERE seq = NEW.seq)]"
#: The role of an account that is closed.
CLOSED = "closed"
#: Who may change accounts, as SQL.
ADMINS = "('admin', 'operator')"
_DIGITS = "[0-9][0-9]"
_DAY = f"{_DIGITS}{_DIGITS}-[01][0-9]-[0-3][0-9]"
_TIME = f"{_DAY}T[0-2][0-9]:[0-5][0-9]:[0-5][0-9][.]{_DIGITS * 3}Z"


def sql_list(names: Sequence[str]) -> str:
    """A parenthesis of texts, as SQL."""
    return "({})".format(", ".join(f"'{name}'" for name in names))


def role_of(name: str) -> str:
    """The present role of an account, `closed` if it has no access any more, as SQL."""
    return (
        f"coalesce((SELECT CASE active WHEN 1 THEN role ELSE '{CLOSED}' END FROM account_change "
        f"WHERE id = (SELECT max(id) FROM account_change WHERE name = {name})), "
        f"(SELECT role FROM account WHERE name = {name}), '{CLOSED}')"
    )


def no_day(value: str, *, partial: bool = False) -> str:
    """Whether a text is no day (`partial`: nor a month, nor a year) that the pages can read; a NULL
    is taken. As SQL."""
    if not partial:
        return f"{value} IS NOT NULL AND {_no_whole_day(value)}"
    month, year = f"({value} || '-01')", f"({value} || '-01-01')"
    return (
        f"{value} IS NOT NULL AND CASE length({value}) WHEN 10 THEN {_no_whole_day(value)} "
        f"WHEN 7 THEN {_no_whole_day(month)} WHEN 4 THEN {_no_whole_day(year)} ELSE 1 = 1 END"
    )


def _no_whole_day(value: str) -> str:
    return f"(NO_DAY[{value}] OR {value} NOT BETWEEN '{FIRST_YEAR}' AND '{LAST_YEAR + 1}')"


def no_time(value: str) -> str:
    """Whether a text is no time as the log writes it, as SQL."""
    return (
        f"CASE WHEN NOT ({value} LOOKS '{_TIME}') THEN 1 = 1 "
        f"ELSE substr({value}, 12, 2) > '23' OR {no_day(f'substr({value}, 1, 10)')} END"
    )


def day_after(value: str) -> str:
    """A day after a time of the log, to the minute, as SQL; nothing for what is no time."""
    return f"CASE WHEN {no_time(value)} THEN '' ELSE DAY_AFTER[{value}] END"


def for_sqlite(when: str) -> str:
    """A condition in the words of SQLite, whose `date` moves 31/02 into March."""
    when = re.sub(r"NO_DAY\[([^\]]*)\]", r"date(\1, '+0 days') IS NOT \1", when)
    when = re.sub(r"LATEST_DAY\[([^\]]*)\]", r"date(\1, '+13:59:59.999')", when)
    when = re.sub(r"DAY_AFTER\[([^\]]*)\]", r"strftime('%Y-%m-%dT%H:%M', \1, '+1 day')", when)
    tomorrow = "strftime('%Y-%m-%dT%H:%M:%fZ', 'now', '+1 day')"
    return when.replace(" LOOKS ", " GLOB ").replace(":tomorrow", tomorrow)


def for_postgres(when: str) -> str:
    """A condition in the words of PostgreSQL, which has no date for a text that is none."""
    when = re.sub(r"NO_DAY\[([^\]]*)\]", lambda found: _calendar(found[1]), when)
    when = re.sub(
        r"LATEST_DAY\[([^\]]*)\]",
        r"to_char(CAST(\1 AS timestamp) + interval '13:59:59.999', 'YYYY-MM-DD')",
        when,
    )
    when = re.sub(
        r"DAY_AFTER\[([^\]]*)\]",
        r"""to_char(CAST(\1 AS timestamp) + interval '1 day', 'YYYY-MM-DD"T"HH24:MI')""",
        when,
    )
    when = re.sub(r" LOOKS '([^']*)'", r" ~ '^\1$'", when)
    tomorrow = "now() AT TIME ZONE 'UTC' + interval '1 day'"
    return when.replace(":tomorrow", f'to_char({tomorrow}, \'YYYY-MM-DD"T"HH24:MI:SS.US"Z"\')')


def _calendar(day: str) -> str:
    """Whether a text is no day, for years in which every fourth is a leap year but for 1900 and 2100."""
    month, year = f"substr({day}, 6, 2)", f"substr({day}, 1, 4)"
    last = (
        f"CASE WHEN {month} IN ('04', '06', '09', '11') THEN '30' WHEN {month} <> '02' THEN '31' "
        f"WHEN CAST({year} AS integer) % 4 = 0 AND {year} NOT IN ('1900', '2100') THEN '29' "
        "ELSE '28' END"
    )
    return (
        f"(CASE WHEN NOT ({day} LOOKS '{_DAY}') THEN true ELSE {month} NOT BETWEEN '01' AND '12' "
        f"OR substr({day}, 9, 2) NOT BETWEEN '01' AND {last} END)"
    )


def has_other_subject(subject: str) -> str:
    """Whether the entry of the row is missing, or of another subject, as SQL."""
    return f"coalesce((SELECT subject FROM entry WHERE seq = NEW.seq), '') <> '{subject}'"
