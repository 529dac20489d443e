"""Entries without an id of their own that a file said before: as another kind, where a word that means a
status now was a note, and the reverse; or above others of the same commitment and day. Each keeps the id
that it has in the log, and is corrected there."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from itertools import product

from monitor.commands.files import ACTIONS, Version
from monitor.commands.rows import RowWriter
from monitor.intake import Row
from monitor.intake.people import derive_action_id, is_derived_id
from monitor.models import Kind
from monitor.schema import Values
from monitor.store import Session
from monitor.store.base import in_lists

#: What an entry is with a status, and without one.
_OTHER_KIND = {Kind.ASSESSMENT: Kind.NOTE, Kind.NOTE: Kind.ASSESSMENT}
#: Entries about one commitment, of one day and kind, that are told apart.
_ALIKE = 20
_BROUGHT = """
    SELECT DISTINCT t.action_id FROM action t JOIN entry e ON e.seq = t.seq
    JOIN load l ON l.seq = e.load_seq
    WHERE t.pact_id = :pact AND t.action_id IN (:keys) AND l.file_name = :name
"""


class FormerIds:
    """Finds the ids of before, of what a file of the name `file_name` brought."""

    def __init__(self, session: Session, writer: RowWriter, file_name: str):
        self._session, self._writer, self._file_name = session, writer, file_name

    def give_back(self, rows: Sequence[Row]) -> None:
        """Put the ids of before into those of the rows that the log has as another kind, or that are not
        alone of their commitment and day."""
        groups: defaultdict[tuple, list[Row]] = defaultdict(list)
        for row in rows:
            values = row.values
            is_told = values and not row.errors and values.kind in _OTHER_KIND
            if is_told and is_derived_id(values.action_id or ""):
                groups[values.signatory_id, values.measure, values.happened_on].append(row)
        ids = {about: _ids_of(about, min(len(some) + 1, _ALIKE)) for about, some in groups.items()}
        brought = self._brought({one for every in ids.values() for one in every})
        moved = {
            about: [one for one in ids[about] if one in brought]
            for about, some in groups.items()
            if (known := brought.intersection(ids[about]))
            and (len(some) > 1 or known - {row.values.action_id for row in some})
        }
        log = self._counting({one for every in moved.values() for one in every})
        for about, every in moved.items():
            self._assign(about, groups[about], {one: log[one] for one in every if one in log})

    def _assign(self, about: tuple, rows: list[Row], known: dict[str, Version]) -> None:
        """Give each row of one commitment and day the id under which the log has the same fact, those
        that say most alike first; the others one that is free."""
        left = {row.line: row for row in rows}
        taken: dict[int, str] = {}
        for say_same, is_kind_kept in product(_ALIKENESS, (True, False)):
            for row in [*left.values()]:
                found = [
                    one
                    for one, version in known.items()
                    if (version.values.kind == row.values.kind) == is_kind_kept
                    and version.values.kind in _OTHER_KIND
                    and say_same(version.values, row.values)
                ]
                if found:
                    taken[row.line] = found[0]
                    del known[found[0]], left[row.line]
        used = {*taken.values(), *known}
        for row in left.values():
            free = row.values.action_id
            if known.pop(free, None) is None:
                numbers = range(1, len(rows) + _ALIKE)
                more = (derive_action_id(*about, row.values.kind, str(n)) for n in numbers)
                free = next((one for one in (free, *more) if one not in used), free)
            taken[row.line] = free
            used.add(free)
        for row in rows:
            row.values = row.values._replace(action_id=taken[row.line])

    def _brought(self, ids: Collection[str]) -> set[str]:
        """Those that a file of this name brought."""
        asked = {"name": self._file_name, "pact": self._writer.pact.id}
        return {
            name
            for inside, params in in_lists(sorted(ids))
            for (name,) in self._session.rows(
                _BROUGHT.replace("(:keys)", inside), **asked, **params
            )
        }

    def _counting(self, ids: Collection[str]) -> dict[str, Version]:
        """By their ids, the versions that count."""
        keys = [(one,) for one in sorted(ids)]
        found = ACTIONS.versions(self._session, self._writer.pact.id, keys) if keys else {}
        return {
            name: good[-1]
            for (name,), every in found.items()
            if (good := [one for one in every if self._writer.counts(one.state)])
        }


def _ids_of(about: tuple, count: int) -> list[str]:
    """The ids that so many entries about one commitment and day may have, of either kind."""
    return [
        derive_action_id(*about, kind, str(n)) for n in range(1, count + 1) for kind in _OTHER_KIND
    ]


def _name_same_source(before: Values, values: Values) -> bool:
    return (before.source_url, before.source_title) == (values.source_url, values.source_title)


def _say_same_words(before: Values, values: Values) -> bool:
    return _name_same_source(before, values) and before.summary == values.summary


def _tell_same(before: Values, values: Values) -> bool:
    return bool(values.summary) and before.summary == values.summary


#: What tells that an entry is the one that the log has, the surest first.
_ALIKENESS = (_say_same_words, _tell_same, _name_same_source)
