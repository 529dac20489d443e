"""One day's state of everybody who signed, read from what is known."""

from datetime import date

import numpy as np
import pandas as pd

from monitor import dates, sizes
from monitor.categories import category_type
from monitor.models import Outcome
from monitor.status.known import KnownPact
from monitor.status.office import EMPTY_START, holds_unrecorded, unknown_office


def fold_people(known: KnownPact, as_of: date) -> pd.DataFrame:
    """Who signed, who came to office and who is in office on `as_of`; one row per signatory.

    Columns of the signatories file, those of the commune (PLACE_COLUMNS: category; population), and:
    signed, withdrawn, elected, came_later, elsewhere, unknown, in_office (bool), size, office (category,
    "" as there). Somebody signed by a day unless the log says that it was later; who withdrew the
    signature by then did sign. `elected`: the election gave them the office, from its day on, or they
    have held a binding office by the day, whatever the election gave (by-election, choice of the
    council): who is in office is among them, and so is who is bound.
    `came_later`: of these, those to whom the election is not known to have given it.
    `outcome`: unknown to all before that day. `elsewhere`: from that day on, the log says that they were
    elected, and has mandates of theirs in offices that do not bind only; they are not among the elected.
    `unknown`: from the day of the election on, nobody has noted what it gave them, and they have held no
    binding office by the day.
    """
    day = dates.day_number(as_of)
    rows = np.arange(len(known.signatories))
    office = _office_on(known, np.full(len(rows), day), rows)
    people = known.signatories.drop(
        columns=["seq", "recorded_at", "signed_from", "signed_until", "due"]
    )
    over, never = as_of >= known.pact.election_on, (known.starts == EMPTY_START).all(axis=0)
    noted = holds_unrecorded(people, known.pact) & over
    outcome = known_outcome(known, as_of, people["outcome"])
    elsewhere = noted & _in_other_offices_only(known, noted & never)
    came = (known.starts <= day).any(axis=0)
    made = {
        "signed": known.signed.first <= day,
        "withdrawn": known.signed.last < day,
        "outcome": outcome,
        "elsewhere": elsewhere,
        "elected": (noted & ~elsewhere) | came,
        "came_later": came & ~noted,
        "unknown": np.asarray(outcome == Outcome.UNKNOWN) & over & ~came & ~noted,
        "in_office": office >= 0,
        "size": sizes.size_class(known.signatories["population"]),
        "office": office_categories(
            known, np.where(office >= 0, office, unknown_office(known.pact))
        ),
    }
    return pd.DataFrame({**people, **made}, copy=False)


def known_outcome(known: KnownPact, as_of: date, noted: pd.Series) -> pd.Series | pd.Categorical:
    """What the election gave each, as it is known on a day: nothing of anybody before the vote."""
    if as_of >= known.pact.election_on:
        return noted
    return pd.Categorical.from_codes(np.zeros(len(noted), dtype=np.int8), [Outcome.UNKNOWN.value])


def mask_chosen(known: KnownPact, as_of: date) -> np.ndarray:
    """Who is known, by the day, to have been elected or to have come to office (bool, by signatory):
    before the vote nobody is, and of an office to come nothing else is known."""
    came = (known.starts <= dates.day_number(as_of)).any(axis=0)
    elected = holds_unrecorded(known.signatories, known.pact)
    return came | (elected & (as_of >= known.pact.election_on))


def _in_other_offices_only(known: KnownPact, among: np.ndarray) -> np.ndarray:
    """Who has a mandate on record and none in a binding office (bool, by signatory); of `among`, none
    of whom has held one in the term."""
    found = np.zeros(len(known.signatories), dtype=bool)
    if among.any():
        ids = known.signatories["signatory_id"]
        own = known.mandates[known.mandates["signatory_id"].isin(ids[among])]
        binds = own["office"].isin(known.pact.binding_offices)
        bound = own.loc[binds, "signatory_id"]
        found = among & (ids.isin(own["signatory_id"]) & ~ids.isin(bound)).to_numpy()
    return found


def office_categories(known: KnownPact, places: np.ndarray) -> pd.Categorical:
    """Offices by their places; "" at that of `unknown_office`."""
    kind = category_type([*map(str, known.pact.office_codes), ""])
    return pd.Categorical.from_codes(places, dtype=kind)


def _office_on(known: KnownPact, day: np.ndarray, person: np.ndarray) -> np.ndarray:
    """The place of a binding office that the person holds on the day, -1 if none."""
    office = np.full(len(person), -1, dtype=np.int8)
    for start, end, code in zip(known.starts, known.ends, known.offices, strict=True):
        held = (start[person] <= day) & (day <= end[person])
        office[held] = code[person][held]
    return office
