"""Proposals as tables: to be read by a person, and as files to load once they were."""

from collections.abc import Iterable

import pandas as pd

from monitor.dates import date_interval
from monitor.matching.matches import Mandate, Match, Proposal
from monitor.matching.names import Level
from monitor.models import EndReason, Office, Outcome

#: One line for each mandate of a signatory, one without mandate where there is none.
PROPOSAL_COLUMNS = (
    "signatory_id",
    "name",
    "commune",
    "match",
    "register_name",
    "register_day",
    "outcome",
    "outcome_in_log",
    "started_on",
    "ended_on",
    "in_log",
    "missing",
)


def proposal_table(
    proposals: Iterable[Proposal], signatories: pd.DataFrame, mandates: pd.DataFrame
) -> pd.DataFrame:
    """PROPOSAL_COLUMNS, texts or None; `in_log` is a bool. `missing`: what a person must add before a
    mandate can be loaded: `started_on`, `ended_on`. `signatories`, `mandates`: those of the log, as
    `Roll` has them."""
    outcomes = dict(zip(signatories["signatory_id"], signatories["outcome"], strict=True))
    mayors = mandates[mandates["office"] == Office.MAYOR].astype(object)
    known = {
        one: list(rows[["started_on", "ended_on"]].itertuples(index=False, name=None))
        for one, rows in mayors.where(mayors.notna(), None).groupby("signatory_id")
    }
    rows = []
    for one in proposals:
        found = _shown_match(one)
        person = found.person
        for mandate in one.mandates or (None,):
            rows.append(
                (
                    *one.signatory,
                    one.level.value,
                    f"{person.given} {person.family}" if person else None,
                    found.register.day.isoformat(),
                    one.outcome.value if one.outcome else None,
                    outcomes.get(one.signatory.id) or None,
                    mandate and mandate.started_on,
                    mandate and mandate.ended_on,
                    mandate is not None and _is_known(mandate, known.get(one.signatory.id, [])),
                    mandate and _missing(mandate),
                )
            )
    return pd.DataFrame(rows, columns=list(PROPOSAL_COLUMNS), dtype=object).astype({"in_log": bool})


def _shown_match(proposal: Proposal) -> Match:
    """The match that the level of a proposal comes from, the first where there are several."""
    return next(one for one in proposal.matches if one.level is proposal.level)


def _missing(mandate: Mandate) -> str | None:
    if mandate.started_on is None:
        return "started_on"
    return "ended_on" if mandate.gap else None


def _is_known(mandate: Mandate, known: Iterable[tuple[str, str | None]]) -> bool:
    """Whether the log has a mandate of these days, or of some of them."""
    first, last = _days(mandate.started_on, mandate.ended_on)
    return any(
        first <= until and since <= last
        for since, until in (_days(start, end) for start, end in known)
    )


def _days(start: str | None, end: str | None) -> tuple[int, int]:
    return (
        date_interval(start).first.toordinal() if start else 0,
        # An end known to the month leaves that month to the successor.
        date_interval(end).first.toordinal() if end else 10**7,
    )


def loadable_signatories(table: pd.DataFrame) -> pd.DataFrame:
    """Of a proposal table, who was certainly elected and is not in the log as such: signatory_id,
    name, commune, outcome."""
    wanted = table[
        (table["match"] == Level.CERTAIN)
        & (table["outcome"] == Outcome.ELECTED)
        & (table["outcome_in_log"] != Outcome.ELECTED)
    ]
    return wanted[["signatory_id", "name", "commune", "outcome"]].drop_duplicates("signatory_id")


def loadable_mandates(table: pd.DataFrame, source_url: str) -> pd.DataFrame:
    """Of a proposal table, the mandates that are certain, whole and not in the log: the columns of
    mandates.csv."""
    wanted = table[
        (table["match"] == Level.CERTAIN)
        & table["started_on"].notna()
        & table["missing"].isna()
        & ~table["in_log"]
    ]
    return pd.DataFrame(
        {
            "signatory_id": wanted["signatory_id"],
            "office": Office.MAYOR.value,
            "started_on": wanted["started_on"],
            "ended_on": wanted["ended_on"],
            "end_reason": wanted["ended_on"].map(
                lambda day: EndReason.OTHER.value if day else None
            ),
            "source_url": source_url,
        }
    )
