"""A signatory in words: how they came to office, and why their commitments bind or do not."""

import pandas as pd

from monitor import dates
from monitor.i18n import day, partial_day, text
from monitor.models import EARNED, VERDICT_OF_STATUS, Outcome, Verdict
from monitor.status import last_day
from monitor.views.kept import per_filter
from monitor.views.view import View

#: Verdicts that who left before the due date keeps.
_KEPT = {VERDICT_OF_STATUS[status] for status in EARNED}


def story(view: View, row) -> str:
    """What the election gave, and the office that was held whatever it gave: « battu(e) en mars 2014,
    maire depuis le 20 septembre 2015 ». `row`: of `status.people`."""
    held = terms(view, row.signatory_id)
    held = held[held["binding"].astype(bool)]
    if row.outcome == Outcome.ELECTED or held.empty:
        return text(f"outcome.{row.outcome}", view.lang)
    said = in_words(view, held)
    if row.outcome == Outcome.DEFEATED:
        when = partial_day(f"{view.pact.election_on:%Y-%m}", view.lang)
        said = [text("city.defeated_in", view.lang, month=when), *said]
    return ", ".join(said)


def unbound(view: View, row, commitments) -> str:
    """Why none of somebody's commitments binds on the day, "" where that needs no words: who has not
    signed yet, who is not in office yet, who was defeated, whose result nobody has noted, and who
    still stands for election are five things. `commitments`: their rows of `status.fold`."""
    if any(one.ever_bound for one in commitments):
        return ""
    if not row.signed:
        return text("city.not_signed_yet", view.lang)
    if any(one.verdict == Verdict.PENDING for one in commitments):
        if view.day >= view.pact.election_on:
            return text("city.not_in_office_yet", view.lang)
    elif row.outcome == Outcome.ELECTED:
        return ""
    if view.day < view.pact.election_on:
        return text("city.not_yet", view.lang, day=day(view.pact.election_on, view.lang))
    key = "city.not_known" if row.outcome == Outcome.UNKNOWN else "city.not_bound"
    return text(key, view.lang)


def concerned(row, commitments) -> bool:
    """Whether somebody's commitments are shown one by one: the election gave them the office, or at
    least one binds, has bound or will."""
    return row.outcome == Outcome.ELECTED or any(
        one.verdict != Verdict.NOT_BOUND for one in commitments
    )


def verdict(row, lang: str) -> str:
    """« tenu », « tenu avant son départ ». `row`: of `status.fold`."""
    word = text(f"verdict.{row.verdict}", lang)
    if row.left and row.verdict in _KEPT:
        return text("verdict.before_leaving", lang, verdict=word)
    return word


def not_binding(view: View, row) -> str:
    """Why a commitment does not bind on the day, in a few words. `row`: of `status.fold`."""
    signed = view.known.signatories["signed_from"].to_numpy()[view.known.owner[row.Index]]
    key = "city.not_signed_by_then" if signed > dates.to_day(view.day) else "city.not_binding"
    return text(key, view.lang)


@per_filter
def terms(view: View, signatory_id: str) -> pd.DataFrame:
    """The mandates of somebody: office, start, end (dates, as they are drawn), binding (bool), and as
    the file has them started_on, ended_on, end_reason (None where empty)."""
    table = view.known.mandates
    rows = []
    for mandate in table[table["signatory_id"] == signatory_id].itertuples():
        ended = None if pd.isna(mandate.ended_on) else mandate.ended_on
        reason = None if pd.isna(mandate.end_reason) else mandate.end_reason
        end = last_day(view.pact, mandate.started_on, ended, reason)
        start = dates.interval(mandate.started_on)[0]
        binding = mandate.office in view.pact.binding_offices
        rows.append((mandate.office, start, end, binding, mandate.started_on, ended, reason))
    names = ["office", "start", "end", "binding", "started_on", "ended_on", "end_reason"]
    return pd.DataFrame(rows, columns=names, dtype=object)


def in_words(view: View, mandates: pd.DataFrame) -> list[str]:
    """Each of `terms` in words: « maire du 5 avril 2014 au 2 juillet 2020 (fin du mandat) »."""
    lines = []
    for mandate in mandates.itertuples():
        until = text("city.now", view.lang)
        if mandate.ended_on:
            until = _when("until", mandate.ended_on, view.lang)
        reason = mandate.end_reason
        why = f" ({text(f'end_reason.{reason}', view.lang)})" if reason else ""
        since = _when("since", mandate.started_on, view.lang)
        lines.append(f"{text(f'office.{mandate.office}', view.lang)} {since} {until}{why}")
    return lines


def _when(which: str, edtf: str, lang: str) -> str:
    """« depuis le 5 avril 2014 », « depuis avril 2014 »."""
    exact = "_day" if len(edtf) == 10 else ""
    return text(f"city.{which}{exact}", lang, day=partial_day(edtf, lang))
