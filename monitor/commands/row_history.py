"""A row of a file beside what the log says of the same."""

from collections.abc import Collection, Mapping
from typing import NamedTuple

from monitor.commands.files import GONE, RETRACTED, FileKind, Version
from monitor.findings import Change
from monitor.intake import Row
from monitor.intake.people import is_derived_id
from monitor.schema import COLUMNS, KEYS, fields_of


def telling_key(content: str, values: Mapping[str, str | None]) -> tuple[tuple[str, str], ...]:
    """What a row is told apart by, with the names of its columns: of an entry whose id nobody wrote,
    whom and what it is about, and when."""
    names = KEYS[content]
    if content == "actions" and is_derived_id(values["action_id"] or ""):
        names = ("signatory_id", "measure", "happened_on")
    return tuple((name, values[name] or "") for name in names)


class RowHistory(NamedTuple):
    """A checked row, and what the log holds of the same: `versions` are all of them, `history` those
    that count for this file."""

    row: Row
    versions: list[Version]
    history: list[Version]

    @property
    def before(self) -> Version | None:
        """The version that the row would correct."""
        return self.history[-1] if self.history else None

    @property
    def former(self) -> Version | None:
        """The last version that no longer counts: retracted, or gone with its file."""
        for version in reversed(self.versions):
            if version.state == RETRACTED or version.state in GONE:
                return version
        return None

    def change(self, kind: FileKind, before: Version) -> Change:
        """What the row changes of a version, `before` or `former`."""
        cells = zip(COLUMNS[kind.content], before.values, self.row.values, strict=True)
        return Change(
            self.row.line,
            tuple(zip(KEYS[kind.content], kind.key(self.row.values), strict=True)),
            tuple((name, old, new) for name, old, new in cells if old != new),
            telling_key(kind.content, self.row.values._asdict()),
        )

    def restores_texts(self, content: str) -> bool:
        """Whether the row says something in texts of which a version was emptied for good, that no other
        version says: it may be the very words that nobody may read any more."""
        if not any(version.redacted for version in self.versions):
            return False
        kept = [version.values for version in self.versions if not version.redacted]
        return any(
            value and all(values[place] != value for values in kept)
            for place, (field, value) in enumerate(
                zip(fields_of(content), self.row.values, strict=True)
            )
            if field.text
        )

    def is_older_version(self, emptied: Collection[str]) -> bool:
        """Whether the row repeats an earlier version, and the log has said something else since.
        `emptied`: the columns that somebody empties in the whole file; there, to be as before is
        meant."""
        values = self.row.values
        if self.before is None or all(version.values != values for version in self.history):
            return False
        cells = zip(values._fields, self.before.values, values, strict=True)
        return any(old != new and name not in emptied for name, old, new in cells)
