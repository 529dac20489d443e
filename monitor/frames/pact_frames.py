"""The figures of a pact as DataFrames: what the pages count, from whatever the log is read."""

from collections.abc import Sequence

import pandas as pd

from monitor import indicators, tables
from monitor.analysis_codes import CAUSE_CODES, OWN_CLOCKS, Change, Clock, Event
from monitor.frames.errors import CannotAnswer, in_words
from monitor.frames.pact_record import PactRecord, to_moment
from monitor.frames.types import typed_table
from monitor.indicators import grouping_keys
from monitor.models import GroupBy
from monitor.read import (
    between_days,
    files,
    funnel,
    group_incidence,
    half_years,
    incidence,
    timeline,
    transitions,
)

#: Of `status.fold`, the numbers of a database.
_NUMBERS = ("commitment", "said_by")


class PactFrames(PactRecord):
    """One pact at one head of its log, read only. `monitor.open` makes it.

    Every method takes the view that it is about as the pages do:

    `as_of`     the day in the world: a date, or "2018-03-22"; by default today, or the end of the
                term once that has passed (of a folder, the day of the export)
    `known_at`  what the log said at that UTC time: a datetime, or "2018-03-22T10:00Z"; by default all
                that it says. The folder of an export knows one time: its own
    filters     by the names that they have in addresses: region="84", departement, commune, theme,
                mesure, reponse, statut, fonction, taille, habitants, retard. Figures follow
                no `statut` and no `retard`, which would choose the answer

    A category holds codes, which `docs/files.md` and `measures()` explain; a day is datetime64[s]. The
    frames are the caller's own. All methods raise CannotAnswer, a ValueError that says what to do.
    """

    def commitments(self, as_of=None, known_at=None, **filters: str) -> pd.DataFrame:
        """Where each commitment stands on a day: one row a signatory and measure.

        The columns of `monitor.status.fold` but for the numbers of the database. Their words are in
        `details`, the replies in `actions`.
        """
        with in_words():
            found = self._view(as_of, known_at, filters).commitments
            return found.drop(columns=list(_NUMBERS)).reset_index(drop=True)

    def indicators(
        self, by: str | Sequence[str] | None = None, as_of=None, known_at=None, **filters: str
    ) -> pd.DataFrame:
        """The figures of a day, in all or by group: none is rounded.

        `by`: "measure", "theme", "commune", "department", "region", "size", "office"; several, as a list
        or "size,measure", make a group of each combination. One category a grouping, then the columns
        that `monitor.indicators.indicator_table` explains: counts (int64) and shares (float64, NaN of
        nothing).
        """
        keys = by.split(",") if isinstance(by, str) else grouping_keys(by)
        if (unknown := [key for key in keys if key not in list(GroupBy)]) or len(set(keys)) < len(
            keys
        ):
            value, known = ",".join(unknown or keys), ", ".join(GroupBy)
            raise CannotAnswer("query_unknown_grouping", name="by", value=value, known=known)
        with in_words():
            table = self._view(as_of, known_at, filters).commitments_for_figures
            found = indicators.indicator_table(table, keys)
            if len(keys) == 1:
                found = found.rename(columns={"group": keys[0]})
            for key in keys:
                column = indicators.GROUP_COLUMNS[GroupBy(key)]
                found[key] = pd.Categorical(found[key], dtype=table[column].dtype)
            return found[[*keys, *tables.INDICATOR_COLUMNS]]

    def funnel(self, as_of=None, known_at=None, **filters: str) -> pd.Series:
        """What a page shows first, int64: of people signed, elected, in_office; of commitments binding,
        due, assessed, implemented, partly."""
        with in_words():
            view = self._view(as_of, known_at, filters).of_every_status
            return pd.Series(
                indicators.signing_funnel(view.people, view.commitments), dtype="int64"
            )

    def over_time(self, as_of=None, known_at=None, **filters: str) -> pd.DataFrame:
        """Where all that ever bound by a day stood, since the start of the term.

        day; due; one column a status; not_yet, ended, and of the ended, by the status on the last day on
        which it bound, ended_STATUS (int64): `monitor.status.over_time` on the days of the chart.
        """
        with in_words():
            view = self._view(as_of, known_at, filters)
            return timeline.status_series(view).drop(columns="officials").reset_index(drop=True)

    def changes(self, since, as_of=None, known_at=None, **filters: str) -> pd.DataFrame:
        """The commitments that are not on a day what they were on `since`.

        As `commitments`, with `before` (the status on `since`) and `change` (category: first, forward,
        back, apart, entered, left).
        """
        with in_words():
            view = self._view(as_of, known_at, filters)
            before = self._view(since, known_at, {}).day
            if before >= view.day:
                raise CannotAnswer(
                    "frames_since", value=before.isoformat(), day=view.day.isoformat()
                )
            found = between_days.changes_between(view, before).drop(columns=list(_NUMBERS))
            kinds = pd.CategoricalDtype([*map(str, Change)])
            return found.assign(change=found["change"].astype(kinds)).reset_index(drop=True)

    def transitions(self, since=None, as_of=None, known_at=None, **filters: str) -> pd.DataFrame:
        """What became, between two days, of all that has ever bound: one row for each pair of states.

        since; before, after, change (category); commitments (int64). `since`: by default as on the page.
        """
        with in_words():
            view = self._view(as_of, known_at, filters)
            day = "" if since is None else self._view(since, known_at, {}).day.isoformat()
            return typed_table(transitions.dated_transitions(view, day), "transitions")

    def groups(self, as_of=None, known_at=None, **filters: str) -> pd.DataFrame:
        """Groups beside the whole, as they are and beside their like: no order, no rank.

        grouping, alike (category), code (str); counts (int64); expected, rate, the limits between which
        chance alone leaves a group, coverage, months_since_entry (float64); outside (int64: of how many
        limits).
        """
        with in_words():
            view = self._view(as_of, known_at, filters)
            return typed_table(funnel.all_groups(view), "groups")

    def revisions(self, as_of=None, known_at=None, **filters: str) -> pd.DataFrame:
        """What was known of a day, and when: how much of a published figure later reading changed.

        known_on (UTC, str); counts (int64) and shares (float64). The folder of an export does not know.
        """
        with in_words():
            view = self._view(as_of, known_at, filters)
            return typed_table(self._source.revisions(view, to_moment(known_at)), "revisions")

    def incidence(
        self,
        as_of=None,
        known_at=None,
        by: str | None = None,
        scope: str | None = None,
        **filters: str,
    ) -> pd.DataFrame:
        """The share to which something has ever happened by a time since the start, where other ends
        compete with it: the table under the curves of the page.

        clock, event (category); days and counts (int64); share, its interval and its band, and
        share_seen, where silence is ignorance (float64, four decimals; NaN where too few are at risk).
        `by`: a grouping but "commune", whose column (str) then comes first. `scope="commune"`: once for
        each place and measure, whoever did it (clock "place"). `spells` has the rows of the others.
        """
        if by and by not in group_incidence.GROUPS:
            known = ", ".join(group_incidence.GROUPS)
            raise CannotAnswer("query_unknown_value", name="by", value=by, known=known)
        if scope and (by or scope != files.PLACES):
            raise CannotAnswer("query_unknown_value", name="scope", value=scope, known=files.PLACES)
        with in_words():
            view = self._view(as_of, known_at, filters)
            if scope:
                found = incidence.incidence_by_clock(view, (Clock.PLACE,))
                return typed_table(found, "incidence")
            if by:
                rows = group_incidence.incidence_by_group(view, by)
                found = typed_table(rows, "incidence")
                found.insert(0, by, rows[by].astype("str"))
                return found
            return typed_table(incidence.incidence_by_clock(view), "incidence")

    def hazard(self, as_of=None, known_at=None, **filters: str) -> pd.DataFrame:
        """Of what was still waiting at the start of each half-year, the share to which it happened then:
        event (category), half_year, counts (int64), share and its interval (float64)."""
        with in_words():
            view = self._view(as_of, known_at, filters)
            return typed_table(half_years.half_year_table(view), "hazard")

    def sample(self, plan: str | int | None = None, known_at=None) -> pd.DataFrame:
        """Whom a random sample draws, in the order of the draw; by default the last one of the pact.

        plan_id, signatory_id, stratum, digest (str: what anybody can compute again); place, due,
        answered, implemented, unknown (int64); is_answered, is_double (bool). No row while the draw is
        still to come; `sample_plans` says what each plan fixed.
        """
        with in_words():
            return typed_table(self._of_plan("sample", plan, known_at), "sample")

    def sample_estimates(self, known_at=None) -> pd.DataFrame:
        """What each sample that was drawn says of all that was due on its day, a row a plan.

        plan_id (str); plan_day; counts (int64): signatories to answer for and answered for, what was
        taken whole; is_enough (bool: whether nine in ten are answered for; until then, bounds); the
        share implemented if what is not known is not (least) or is (most), and the 95 % limits of both
        (float64).
        """
        return self._of_samples("sample_estimates", known_at)

    def sample_changes(self, known_at=None) -> pd.DataFrame:
        """By how much that share moved between each two samples of different days of which nine in ten
        are answered for: since_plan, plan_id (str); least, most, error, low, high (float64). Whoever was
        drawn for both is counted as one: the rounds are not independent."""
        return self._of_samples("sample_changes", known_at)

    def _of_samples(self, table: str, known_at) -> pd.DataFrame:
        with in_words():
            return typed_table(self._source.samples(table, to_moment(known_at)), table)

    def agreement(self, plan: str | int | None = None, known_at=None) -> pd.DataFrame:
        """How far two people who read commitments of a sample blind agree; by default of the last one of
        the pact. The first row is of all (an empty `measure`), then one for each measure that
        enough have, once all is read.

        plan_id, measure (str); counts (int64): pairs that stayed blind, their officials, those that did
        not or had nothing to judge, pairs of the same class of verdict, of the same status, of one
        source; shares, α ordinal and nominal, and their intervals (float64; NaN under five pairs, α
        under fifty); evidence (category: what the second judged). No row of fewer than five pairs or
        officials. `agreement_pairs` has the rows that the first is counted from.
        """
        with in_words():
            return typed_table(self._of_plan("agreement", plan, known_at), "agreement")

    def agreement_pairs(self, plan: str | int | None = None, known_at=None) -> pd.DataFrame:
        """What two people who read a commitment blind said of it, a row a commitment, without names.

        plan_id (str); place, official (int64: numbers that tell nobody who is who);
        one_status, other_status (category, in the order of legends); same_source (bool); evidence
        (category).
        """
        with in_words():
            return typed_table(self._of_plan("agreement_pairs", plan, known_at), "agreement_pairs")

    def _of_plan(self, table: str, plan: str | int | None, known_at) -> pd.DataFrame:
        """Of a table of samples, the rows of a plan; the last one if none is named."""
        plans = self.sample_plans(known_at)["plan_id"].tolist()
        name = str(plan) if plan is not None else (plans[-1] if plans else "")
        if plan is not None and name not in plans:
            raise CannotAnswer("unknown_sample_plan", value=name, known=", ".join(plans) or "–")
        rows = self._source.samples(table, to_moment(known_at))
        return rows[rows["plan_id"].astype("str") == name]

    def sample_plans(self, known_at=None) -> pd.DataFrame:
        """The plans for random samples of the pact, newest last, with what the dice gave (`seed`); the
        columns of /api/v1/sample_plans, which the dictionary of an export explains."""
        return self._of_samples("sample_plans", known_at)

    def spells(
        self, event="implemented", clock="office", as_of=None, known_at=None, **filters: str
    ) -> pd.DataFrame:
        """The time at risk of each commitment that has ever bound, for a survival analysis of one's own.

        signatory_id, measure (category); entry, exit (int32: at risk from the day after `entry` to
        `exit`, in days since its clock began); cause (category: censored, event, abandoned, left_office,
        not_applicable). `event`: "decided" or "implemented"; `clock`: "office" or "term".
        """
        for name, value, codes in (("event", event, Event), ("clock", clock, OWN_CLOCKS)):
            if value not in list(codes):
                known = ", ".join(codes)
                raise CannotAnswer("query_unknown_value", name=name, value=value, known=known)
        with in_words():
            view = self._view(as_of, known_at, filters)
            found = incidence.event_spells(view, Event(event), Clock(clock))
            table = view.commitments_for_figures
            bound = table.loc[table["ever_bound"], ["signatory_id", "measure"]]
            return bound.reset_index(drop=True).assign(
                entry=found.entry,
                exit=found.exit,
                cause=pd.Categorical.from_codes(found.cause, categories=CAUSE_CODES),
            )
