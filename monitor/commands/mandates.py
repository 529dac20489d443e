"""Mandates of a file beside those of the same person: nobody holds one office twice at once."""

from datetime import date

from monitor.commands.deciding import Deciding, Objection
from monitor.commands.row_history import RowHistory
from monitor.dates import date_interval

#: The end of a mandate without an end.
GOES_ON = date.max


class DecidingMandates(Deciding):
    """A mandate that surely overlaps another one of the same person, in the same office, waits for
    the rest of the file, which may put an end to the other one; else it is refused."""

    def __init__(self, *arguments):
        super().__init__(*arguments)
        #: (signatory, office) -> started_on -> ended_on, of what the log or this file says.
        self._held: dict[tuple, dict[str, str | None]] = {}

    def finish(self):
        waiting, self._waiting = self._waiting, []
        while waiting:
            self._decide(waiting)
            if len(self._waiting) == len(waiting):
                break
            waiting, self._waiting = self._waiting, []
        for found in self._waiting:
            if objection := self._overlap(found):
                self._object(found.row, objection)
        super().finish()

    def _prepare(self, good, versions):
        for (signatory_id, office, started_on), every in versions.items():
            counted = [version for version in every if self._writer.counts(version.state)]
            if counted:
                held = self._held.setdefault((signatory_id, office), {})
                held.setdefault(started_on, counted[-1].values.ended_on)

    def _object_to(self, found):
        if found.before and found.before.values.ended_on == found.row.values.ended_on:
            return None
        return self._overlap(found)

    def _note_kept(self, found):
        own = found.row.values
        held = self._held.setdefault((own.signatory_id, own.office), {})
        held[own.started_on] = own.ended_on

    def _overlap(self, found: RowHistory) -> Objection | None:
        own = found.row.values
        for start, end in self._held.get((own.signatory_id, own.office), {}).items():
            if start != own.started_on and surely_overlap(
                (own.started_on, own.ended_on), (start, end)
            ):
                other = (("held", f"{start}/{end or '..'}"),)
                return Objection("started_on", "mandate_overlaps", other, for_now=True)
        return None


def surely_overlap(one: tuple[str, str | None], other: tuple[str, str | None]) -> bool:
    """Whether two intervals (EDTF; no end: it goes on) overlap whatever their partial dates mean.
    The day on which one hands over to the other is no overlap."""
    start = max(date_interval(first).last for first, _ in (one, other))
    end = min(date_interval(last).first if last else GOES_ON for _, last in (one, other))
    return start < end
