"""The codes of the analyses: what a wait ends with, from when it is counted, how two days differ."""

from enum import StrEnum

from monitor.models import GroupBy, Status

#: By what groups are set beside the whole.
FUNNELS = (GroupBy.DEPARTMENT, GroupBy.REGION)
#: What a commitment is on a day on which it does not bind: that it will, or that it has.
NOT_YET, ENDED = "not_yet", "ended"
#: What it is on any day.
STATES = (*(status.value for status in Status), NOT_YET, ENDED)
#: What ends the time at risk of a commitment, in the order of `analysis.spells.CAUSES`; first, what does
#: not.
CAUSE_CODES = ("censored", "event", "abandoned", "left_office", "not_applicable")


class Event(StrEnum):
    """What the time to is measured of: a status, or one further on the way (`statuses`)."""

    DECIDED = "decided"
    PARTLY = "partly"
    IMPLEMENTED = "implemented"

    @property
    def statuses(self) -> tuple[Status, ...]:
        """By which it has happened."""
        first = {"decided": Status.DECIDED, "partly": Status.PARTLY_IMPLEMENTED}
        least = first.get(self.value, Status.IMPLEMENTED).step
        return tuple(status for status in Status if status.step >= least)


class Clock(StrEnum):
    """From when the time to an event is counted: from the day on which each commitment first bound, or
    for all from the first day of the term. PLACE: from the day on which a measure first bound anybody in
    its place, whoever did it: that is another question, so it never stands beside the others."""

    OFFICE = "office"
    TERM = "term"
    PLACE = "place"


#: The clocks of what officials did.
OWN_CLOCKS = (Clock.OFFICE, Clock.TERM)


class Change(StrEnum):
    """How a commitment differs between two days, in the order of the sums: assessed for the first time;
    further on the ladder of statuses, or less far; become, or no longer, not applicable; bound by then
    only, or no longer."""

    FIRST = "first"
    FORWARD = "forward"
    BACK = "back"
    APART = "apart"
    ENTERED = "entered"
    LEFT = "left"
