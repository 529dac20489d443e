"""The columns of the tables of the *Analyses* page."""

from monitor.analysis_codes import FUNNELS, STATES, Change, Clock, Event
from monitor.export.field_kinds import (
    TIME,
    Field,
    coded_field,
    count_field,
    needed_field,
    optional_field,
    share_field,
)

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
    "revisions": (
        needed_field("known_on", pattern=TIME),
        count_field("due"),
        count_field("officials", "person"),
        count_field("assessed"),
        share_field("coverage"),
        count_field("implemented"),
        share_field("rate_low"),
        share_field("rate_high"),
    ),
    "groups": (
        coded_field("grouping", FUNNELS, required=True),
        optional_field("code"),
        coded_field("alike", ("yes", "no"), required=True),
        count_field("assessed"),
        count_field("officials_assessed", "person"),
        count_field("implemented"),
        optional_field("expected", "number", unit="commitment", low=0),
        share_field("rate"),
        share_field("inner_low"),
        share_field("inner_high"),
        share_field("outer_low"),
        share_field("outer_high"),
        needed_field("outside", "integer", low=0, high=2),
        share_field("coverage"),
        optional_field("months_since_entry", "number", unit="month", low=0),
    ),
}
#: The columns that identify a row of each.
KEYS_OF_ANALYSES = {
    "incidence": ("clock", "event", "days"),
    "hazard": ("event", "half_year"),
    "transitions": ("before", "after"),
    "revisions": ("known_on",),
    "groups": ("grouping", "code", "alike"),
}
