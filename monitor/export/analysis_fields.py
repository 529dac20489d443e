"""The columns of the tables of the *Analyses* page."""

from monitor.analysis_codes import STATES, Change, Clock, Event
from monitor.export.field_kinds import Field, coded_field, count_field, needed_field, share_field

ANALYSES: dict[str, tuple[Field, ...]] = {
    "incidence": (
        coded_field("clock", Clock, required=True),
        coded_field("event", Event, required=True),
        count_field("days", "day"),
        count_field("happened"),
        count_field("abandoned"),
        count_field("left_office"),
        count_field("not_applicable"),
        count_field("censored"),
        count_field("at_risk"),
        share_field("share"),
        share_field("low"),
        share_field("high"),
        share_field("band_low"),
        share_field("band_high"),
        share_field("share_seen"),
    ),
    "hazard": (
        coded_field("event", Event, required=True),
        needed_field("half_year", "integer", low=1),
        count_field("at_risk"),
        count_field("officials", "person"),
        count_field("happened"),
        share_field("share"),
        share_field("low"),
        share_field("high"),
    ),
    "transitions": (
        needed_field("since", "date"),
        coded_field("before", STATES, required=True),
        coded_field("after", STATES, required=True),
        count_field("commitments"),
        coded_field("change", Change),
    ),
}
#: The columns that identify a row of each.
KEYS_OF_ANALYSES = {
    "incidence": ("clock", "event", "days"),
    "hazard": ("event", "half_year"),
    "transitions": ("before", "after"),
}
