"""The tables of a view as open data: commitments, actions and indicators."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from urllib.parse import urlencode

import numpy as np
import pandas as pd

from monitor import export
from monitor.analysis_codes import Clock
from monitor.export import fields
from monitor.export.analysis_fields import ANALYSES
from monitor.indicators import grouping_keys
from monitor.models import GROUPINGS, GroupBy
from monitor.read import (
    answers,
    blind,
    chart_data,
    current_log,
    facts,
    funnel,
    group_incidence,
    half_years,
    incidence,
    log_entries,
    record,
    replies,
    revisions,
    sample_tables,
    transitions,
)
from monitor.read.agreement_tables import agreement_table, anonymous_rows
from monitor.read.labels import code_label
from monitor.read.sample import sample_plans
from monitor.read.selection import View

#: Rows made and sent together: bounds the memory of a file of any length.
ROWS_AT_ONCE = 5_000
#: How indicators are grouped: not at all, by one grouping, or by one within another.
Grouping = GroupBy | Sequence[GroupBy] | None


@dataclass(frozen=True)
class Table:
    """A table that is published: how its file is called; the names of an address that are its own,
    with their values (None: any day); whether a filter by status may choose its rows; whether it holds
    texts."""

    stem: str
    own: Mapping[str, Collection[str] | None] = field(default_factory=dict)
    by_status: bool = True
    texts: bool = True
    #: Whether no filter chooses its rows.
    whole: bool = False


#: The incidence once for each place and measure, whoever did it: no grouping has that name there.
PLACES = "commune"
TABLES = {
    "commitments": Table("engagements"),
    "actions": Table("actions"),
    "answers": Table("reponses", by_status=False),
    "details": Table("details"),
    "sources": Table("sources"),
    "signatories": Table("signataires", by_status=False, texts=False),
    "mandates": Table("mandats", by_status=False, texts=False),
    "signed_areas": Table("lieux", by_status=False, texts=False),
    "measures": Table("mesures", by_status=False, texts=False),
    "entries": Table("entrees"),
    "incidence": Table(
        "delais",
        {"par": group_incidence.GROUPS, "portee": (PLACES,)},
        by_status=False,
        texts=False,
    ),
    "spells": Table("attentes", by_status=False, texts=False),
    "hazard": Table("semestres", by_status=False, texts=False),
    "transitions": Table("changements", {"depuis": None}, by_status=False, texts=False),
    "revisions": Table("revisions", by_status=False, texts=False),
    "groups": Table("groupes", by_status=False, texts=False),
    "sample_plans": Table("plans-de-sondage", by_status=False, texts=False, whole=True),
    "sample": Table("sondage", by_status=False, texts=False, whole=True),
    "sample_estimates": Table("estimations", by_status=False, texts=False, whole=True),
    "sample_changes": Table("evolutions", by_status=False, texts=False, whole=True),
    "agreement": Table("accord", by_status=False, texts=False, whole=True),
    "agreement_pairs": Table("doubles-lectures", by_status=False, texts=False, whole=True),
    "indicators": Table("indicateurs", {"par": tuple(GROUPINGS)}, by_status=False, texts=False),
}
#: Of these, what the figures are counted from beside the actions.
RECORD = ("signatories", "mandates", "signed_areas", "measures", "entries")
_VIEW = {column.name for column in fields.VIEW}
_OF_PEOPLE = tuple(column for column in fields.TABLES["commitments"] if column.name in facts.PERSON)
#: The columns of each table beside those of the view: of the indicators, those of every grouping.
COLUMNS = {
    name: {column.name: column for column in columns if column.name not in _VIEW}
    for name, columns in {
        "commitments": fields.TABLES["commitments"],
        "actions": (*fields.TABLES["actions"], *fields.OF_THE_LOG),
        "answers": (*fields.TABLES["answers"], *_OF_PEOPLE),
        "details": (*fields.TABLES["details"], *_OF_PEOPLE),
        **{
            name: fields.TABLES[name]
            for name in (
                "sources",
                "signatories",
                "mandates",
                "signed_areas",
                "measures",
                "entries",
            )
        },
        **ANALYSES,
        "indicators": fields.TABLES["indicators-total"],
    }.items()
}


#: Where programs find the tables described, the pact itself, and what was accepted last.
DESCRIPTION, PACT, FEED = "/api/v1/openapi.json", "/api/v1/pact.toml", "/flux.atom"
#: Where the list stands that a sampling plan starts from.
UNIVERSE = "/api/v1/sample-universe.txt"


def table_path(table: str, form: str) -> str:
    """Where a program asks for a table."""
    return f"/api/v1/{table}.{form}"


def table_address(view: View, table: str, form: str, by: Grouping = None) -> str:
    """Where a program asks for a table of this very view, on this very day."""
    shown = view if TABLES[table].by_status else view.of_every_status
    shown = view.without_filters if TABLES[table].whole else shown
    own = {"par": ",".join(grouping_keys(by))} if by else {}
    return f"{table_path(table, form)}?{urlencode(shown.canonical() | own, safe=',')}"


def feed_address(view: View, **own: str) -> str:
    """The feed of this view: what comes next as well, unless the address names a day. `own`: names of
    the feed's own."""
    return f"{FEED}?{urlencode(feed_query(view) | own)}"


def feed_query(view: View) -> dict[str, str]:
    """What the feed of this view is about, whatever its host and its page."""
    asked = view.address()
    return {
        name: value for name, value in view.canonical().items() if name != "au" or name in asked
    }


def file_name(view: View, table: str, form: str, by: Grouping = None) -> str:
    """`mouves-2014-engagements-2020-07-05.csv`"""
    group = f"-{'-'.join(grouping_keys(by)) or 'total'}" if "par" in TABLES[table].own else ""
    return f"{view.log.pact.id}-{TABLES[table].stem}{group}-{view.day.isoformat()}.{form}"


def table_parts(view: View, table: str, own: str | None = None) -> Iterator[pd.DataFrame]:
    """The table of the view, in parts. `own`: the value of its own name in an address: by what (one of
    GROUPINGS) indicators are grouped, with what day changes begin, of what the incidence is."""
    makers = {
        "commitments": commitment_parts,
        "actions": action_parts,
        "answers": partial(answers.answer_parts, at_once=ROWS_AT_ONCE),
        "details": partial(facts.detail_parts, at_once=ROWS_AT_ONCE),
        "sources": partial(facts.source_parts, at_once=ROWS_AT_ONCE),
        "signatories": partial(record.signatory_parts, at_once=ROWS_AT_ONCE),
        "mandates": partial(record.mandate_parts, at_once=ROWS_AT_ONCE),
        "signed_areas": partial(record.area_parts, at_once=ROWS_AT_ONCE),
        "measures": partial(record.measure_parts, at_once=ROWS_AT_ONCE),
        "entries": partial(record.entry_parts, at_once=ROWS_AT_ONCE),
        "incidence": lambda view: iter([_incidence(view, own)]),
        "spells": partial(incidence.spell_parts, at_once=ROWS_AT_ONCE),
        "hazard": lambda view: iter([half_years.half_year_table(view)]),
        "groups": lambda view: iter([funnel.all_groups(view)]),
        "revisions": lambda view: iter([revisions.revision_table(view)]),
        "sample_plans": lambda view: iter([sample_tables.plan_table(sample_plans(view.state))]),
        "sample": lambda view: iter(
            [sample_tables.official_table(view.state, sample_plans(view.state))]
        ),
        "sample_estimates": lambda view: iter(
            [sample_tables.estimate_table(view.state, sample_plans(view.state))]
        ),
        "sample_changes": lambda view: iter(
            [sample_tables.change_table(view.state, sample_plans(view.state))]
        ),
        "agreement": lambda view: iter([agreement_table(blind.opened_pairs(view.state))]),
        "agreement_pairs": lambda view: iter([anonymous_rows(blind.opened_pairs(view.state))]),
        "transitions": lambda view: iter([transitions.dated_transitions(view, own or "")]),
    }
    return (
        makers[table](view) if table in makers else indicator_parts(view, GROUPINGS.get(own or ""))
    )


def _incidence(view: View, by: str | None) -> pd.DataFrame:
    """How long it takes, in all, by group, or once for each place and measure (PLACES)."""
    if by == PLACES:
        return incidence.incidence_by_clock(view, (Clock.PLACE,))
    if by:
        return group_incidence.incidence_by_group(view, by)
    return incidence.incidence_by_clock(view)


def table_caption(view: View, table: str, by: Grouping = None) -> export.Caption:
    """What a file of the table says beside its rows."""
    words: dict[str, Mapping[str, str]] = {"measure": view.titles}
    keys, fit = grouping_keys(by), view.state.wording
    for key in keys:
        is_commune = key == GroupBy.COMMUNE
        words[key] = view.log.areas["name"] if is_commune else chart_data.group_labels(view, key)
    return export.Caption(
        view_description(view),
        view.lang,
        title=lambda column: fields.title_of_column(column, view.lang, **fit),
        meaning=lambda column: fields.describe_column(table, column, view.lang, **fit),
        words=words,
        say=partial(code_label, view),
        types=dict.fromkeys(keys, "string")
        | {name: column.type for name, column in COLUMNS[table].items()},
    )


def view_description(view: View) -> dict:
    """`export.view_description` of the view."""
    return export.view_description(
        view.snapshot, view.log, view.day, view.known_at, view.filters, view.lang
    )


def commitment_parts(view: View) -> Iterator[pd.DataFrame]:
    """`export.commitment_table` of those that the filters keep, in parts."""
    table = view.commitments
    for start in range(0, max(len(table), 1), ROWS_AT_ONCE):
        part = table.iloc[start : start + ROWS_AT_ONCE]
        with log_entries.open_texts() as database:
            replied = replies.reply_table(view, part.index.to_numpy())
            details = export.detail_columns(database, view.known.details, part)
        yield export.commitment_table(part, replied, details)


def action_parts(view: View) -> Iterator[pd.DataFrame]:
    """`export.action_table` about these commitments, in the order of the log, in parts. Nothing is held
    open between two of them: whoever reads slowly keeps nobody from writing."""
    seqs = log_entries.entry_seqs(view, True)[::-1]
    for start in range(0, max(len(seqs), 1), ROWS_AT_ONCE):
        part = seqs[start : start + ROWS_AT_ONCE]
        replied = _replied(view, part)
        with current_log.store().reading() as database:
            made = export.action_table(
                database, part, view.state.current_entries, view.state.last_seq, replied
            )
        yield made


def _replied(view: View, seqs: np.ndarray) -> pd.DataFrame:
    """The last replies about the commitments of some entries, by signatory and measure."""
    actions, commitments = view.log.actions, view.log.commitments
    numbers = actions.commitment[np.searchsorted(actions.seq, seqs)]
    signatories = commitments["signatory_id"].loc[np.unique(numbers)].unique()
    replied = replies.reply_table(view, view.rows_of(signatories))
    return view.everything.loc[replied.index, ["signatory_id", "measure"]].join(replied)


def indicator_parts(view: View, by: Grouping) -> Iterator[pd.DataFrame]:
    """`export.indicators_of` these commitments, whatever the filter by status: it would choose the
    answer."""
    yield export.indicators_of(view.commitments_for_figures, by)
