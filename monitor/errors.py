"""The error tree. Catch `MonitorError` at the edge: its message is a sentence for a person.

MonitorError
├── DatabaseError            the file or the server cannot be used as it is
│   ├── DatabaseMissing      there is no database yet: `init` makes one
│   ├── DatabaseDamaged      empty, truncated, or not a database of this project
│   ├── DatabaseOutdated     made by another version: `init` upgrades it
│   ├── DatabaseBusy         somebody else is writing and did not finish in time
│   └── DatabaseUnreachable  the server does not answer: what is in memory may be shown
├── Refused                  the rules refuse this write; nothing was written
│   ├── InvalidRow           a cell that a form or a file holds cannot be taken
│   └── Changed              somebody wrote or decided in the meantime
├── NotAllowed               not signed in, or not with this role
│   └── TooManyAttempts      wait before you try to sign in again
├── TooBusy                  others, or the same address, ask for too much now: ask again later
├── NotFound                 no such pact, commune or entry
└── InvalidValue             a value that cannot be read: a date, an option
"""


class MonitorError(Exception):
    """Anything that a person can act on. `code` names the sentence, `values` fill it."""

    def __init__(self, code: str, **values):
        super().__init__(code, values)
        self.code = code
        self.values = values

    def __str__(self):
        details = ", ".join(f"{name}={value!r}" for name, value in self.values.items())
        return f"{self.code}: {details}" if details else self.code


class DatabaseError(MonitorError):
    """The file or the server cannot be used as it is."""


class DatabaseMissing(DatabaseError):
    """There is no database yet."""


class DatabaseDamaged(DatabaseError):
    """Empty, truncated, or not a database of this project."""


class DatabaseOutdated(DatabaseError):
    """Made by another version of this project."""


class DatabaseBusy(DatabaseError):
    """Somebody else is writing and did not finish in time."""


class DatabaseUnreachable(DatabaseError):
    """The server does not answer."""


class Refused(MonitorError):
    """The rules refuse this write; nothing was written."""


class InvalidRow(Refused):
    """Cells that cannot be taken: `errors` is a tuple of RowError."""

    def __init__(self, errors):
        super().__init__("invalid_row")
        self.errors = tuple(errors)


class Changed(Refused):
    """Somebody wrote or decided in the meantime: `seqs` are the entries to look at."""

    def __init__(self, code: str, seqs=(), **values):
        super().__init__(code, **values)
        self.seqs = tuple(seqs)


class NotAllowed(MonitorError):
    """Not signed in, or not with this role."""


class TooManyAttempts(NotAllowed):
    """Wait before you try to sign in again."""


class TooBusy(MonitorError):
    """Too much is asked for at this moment: nothing is wrong with what was asked."""


class NotFound(MonitorError):
    """No such pact, commune or entry."""


class InvalidValue(MonitorError):
    """A value that cannot be read."""
