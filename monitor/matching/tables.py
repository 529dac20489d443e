"""Proposals as tables: to be read by a person, and as files to load once they were."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import pandas as pd

from monitor.dates import date_interval
from monitor.matching.matches import Mandate, Proposal
from monitor.matching.name_levels import Level
from monitor.matching.register import Register
from monitor.models import Office, Outcome

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
    "end_reason",
)


class HeldMandate(NamedTuple):
    """A mandate of the log: two partial dates, None for one that goes on."""

    started_on: str
    ended_on: str | None


def proposal_table(
    proposals: Iterable[Proposal], signatories: pd.DataFrame, mandates: pd.DataFrame
) -> pd.DataFrame:
    """PROPOSAL_COLUMNS, texts or None. `in_log` (bool): the log has the mandate, and its end if it
    ended; of one that the log does not know to have ended, `started_on` is that of the log.
    `missing`: what a person must add before a mandate can be loaded: `started_on`, `ended_on`. An
    elected mayor who still holds the office since nobody knows when lacks nothing: whoever was elected
    is taken to hold it for the whole term.
    `signatories`, `mandates`: those of the log, as `Roll` has them."""
    outcomes = dict(zip(signatories["signatory_id"], signatories["outcome"], strict=True))
    mayors = mandates.loc[
        mandates["office"] == Office.MAYOR, ["signatory_id", "started_on", "ended_on"]
    ].astype(object)
    known: dict[str, list[HeldMandate]] = {}
    for one, *days in mayors.where(mayors.notna(), None).itertuples(index=False, name=None):
        known.setdefault(one, []).append(HeldMandate(*days))
    rows = []
    for one in proposals:
        shown = one.shown[0] if one.shown else None
        person = shown.person if shown else None
        held = known.get(one.signatory.id, [])
        presumed = one.outcome is Outcome.ELECTED and len(one.mandates) == 1 and not held
        for mandate, in_log in _beside_log(one.mandates, held) or [(None, False)]:
            rows.append(
                (
                    *one.signatory,
                    one.level.value,
                    person.name if person else None,
                    (shown or one.matches[0]).register.day.isoformat(),
                    one.outcome.value if one.outcome else None,
                    outcomes.get(one.signatory.id) or None,
                    mandate and mandate.started_on,
                    mandate and mandate.ended_on,
                    in_log,
                    (mandate and not in_log and _missing(mandate, presumed)) or None,
                    mandate and mandate.end_reason and mandate.end_reason.value,
                )
            )
    return pd.DataFrame(rows, columns=list(PROPOSAL_COLUMNS), dtype=object).astype({"in_log": bool})


def _missing(mandate: Mandate, presumed: bool) -> str | None:
    if mandate.started_on is None:
        goes_on = mandate.ended_on is None and not mandate.gap
        return None if presumed and goes_on else "started_on"
    return "ended_on" if mandate.gap else None


def _beside_log(
    mandates: Sequence[Mandate], known: Iterable[HeldMandate]
) -> list[tuple[Mandate, bool]]:
    """Each mandate, and whether the log has all that it says. One that has ended since the log was
    written begins as it does there: it is the same, with its end."""
    left, found = list(known), []
    for mandate in mandates:
        same = next((one for one in left if _may_be_same(mandate, one)), None)
        ends = mandate.ended_on is not None or mandate.gap
        if same is not None and ends and same.ended_on is None:
            left.remove(same)
            found.append((mandate._replace(started_on=same.started_on), False))
        else:
            found.append((mandate, same is not None))
    return found


def _may_be_same(mandate: Mandate, held: HeldMandate) -> bool:
    """Whether they have a day in common."""
    first, last = _days(mandate.started_on, mandate.ended_on)
    since, until = _days(*held)
    return first <= until and since <= last


def _days(start: str | None, end: str | None) -> tuple[int, int]:
    return (
        date_interval(start).first.toordinal() if start else 0,
        # An end known to the month leaves that month to the successor.
        date_interval(end).first.toordinal() if end else 10**7,
    )


def certain_rows(table: pd.DataFrame) -> pd.DataFrame:
    """Of a proposal table, the rows of the signatories who need nobody's eye one by one: their names are
    certain, no date is missing, and the log says nothing else of their election. All that is known of
    one is written at once: part of their time in office would deny the rest, as would the mandate of
    a later day alone of somebody elected, of whom the log has none."""
    only_later = (
        (table["outcome_in_log"] == Outcome.ELECTED)
        & (table["outcome"] != Outcome.ELECTED)
        & table["started_on"].notna()
        & ~table["in_log"]
    )
    unsure = (
        (table["match"] != Level.CERTAIN)
        | table["missing"].notna()
        | (table["outcome_in_log"] == Outcome.DEFEATED)
        | only_later
    )
    return table[~table["signatory_id"].isin(table.loc[unsure, "signatory_id"])]


def loadable_signatories(table: pd.DataFrame) -> pd.DataFrame:
    """Of such rows, who was elected, or defeated without a doubt about the names, and is not in the log
    as such: signatory_id, name, commune, outcome."""
    defeated = (table["outcome"] == Outcome.DEFEATED) & (table["match"] == Level.NONE)
    wanted = table[
        ((table["outcome"] == Outcome.ELECTED) | defeated)
        & (table["outcome"] != table["outcome_in_log"])
    ]
    return wanted[["signatory_id", "name", "commune", "outcome"]].drop_duplicates("signatory_id")


def loadable_mandates(table: pd.DataFrame, source_url: str) -> pd.DataFrame:
    """Of such rows, the mandates that are not in the log, or have ended there: the columns of
    mandates.csv."""
    wanted = table[table["started_on"].notna() & ~table["in_log"]]
    ended = wanted["ended_on"].notna()
    return pd.DataFrame(
        {
            "signatory_id": wanted["signatory_id"],
            "office": Office.MAYOR.value,
            "started_on": wanted["started_on"],
            "ended_on": wanted["ended_on"],
            "end_reason": wanted["end_reason"].where(ended, None),
            "source_url": source_url,
        }
    )


def register_table(register: Register) -> pd.DataFrame:
    """A state of a register as `read_register` reads it: a line a person, and nothing of them but the
    office."""
    sexes = {True: "F", False: "M", None: ""}
    return pd.DataFrame(
        [
            (
                one.code,
                one.family,
                one.given,
                sexes[one.woman],
                *(on.isoformat() if on else "" for on in (one.term_started_on, one.started_on)),
            )
            for people in register.by_commune.values()
            for one in people
        ],
        columns=["insee", "nom", "prenom", "sexe", "date_debut_mandat", "date_debut_fonction"],
    )
