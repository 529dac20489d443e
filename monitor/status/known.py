"""What is known at a time: which versions and which entries stand, and in what order they count.

None of it depends on the day that is asked about: it is computed once for a head of the log, and
every day is then read from it.
"""

from dataclasses import dataclass, fields
from datetime import datetime

import numpy as np
import pandas as pd
from pandas.api.extensions import take

from monitor import areas
from monitor.categories import sorted_category
from monitor.log import FACT_COLUMNS, NEVER, TIMES, Log, microseconds_of
from monitor.models import AreaCodes
from monitor.pacts import Pact
from monitor.status.commitments import (
    PLACE_COLUMNS,
    answer_days,
    commitments_made,
    first_signing_days,
    former_days,
)
from monitor.status.due import NOT_SAID
from monitor.status.office import (
    LATER,
    SignedDays,
    binding_days,
    binding_terms,
    date_days,
    signed_days,
)
from monitor.status.standing import Standing, current_entries, first_met
from monitor.table_rows import find_texts
from monitor.text_columns import FEW


@dataclass(frozen=True, slots=True)
class Roll:
    """Who is bound to what, as known at a time: what no entry about a commitment changes.

    `signatories`: one row a person, in the order of the log, the version that counts, with
    signed_from, signed_until (`signed`), due (day) and PLACE_COLUMNS (category).
    `commitments`: one row a commitment, columns that no day changes (see `fold`); `row_of`: the row of
    each by its number, -1 for none.
    `starts`, `ends`, `offices`: intervals in a binding office, [rank, signatory], by end.
    `binds_from`, `binds_until`: the days on which they bind each commitment, [rank, commitment].
    `owner`: the row of the signatory of each commitment. `promised`: when it was under
    signature; `due`: days since 1970.
    `answers`, `details`: those that count of these signatories about measures of the pact, with person
    and column (the places of both: ints).
    `sources`: those that count, beside the one that each entry cites.
    `areas`: as in `Log`, as recorded by then; `own_areas`: those of the pact itself among them, the
    versions that count.
    """

    pact: Pact
    areas: pd.DataFrame
    own_areas: pd.DataFrame
    signatories: pd.DataFrame
    mandates: pd.DataFrame
    answers: pd.DataFrame
    details: pd.DataFrame
    sources: pd.DataFrame
    commitments: pd.DataFrame
    row_of: np.ndarray
    owner: np.ndarray
    promised: SignedDays
    due: np.ndarray
    starts: np.ndarray
    ends: np.ndarray
    offices: np.ndarray
    binds_from: np.ndarray
    binds_until: np.ndarray

    @property
    def signed(self) -> SignedDays:
        """When each signatory was under signature."""
        return _signed(self.signatories)


@dataclass(frozen=True, slots=True)
class KnownPact(Roll):
    """The state of knowledge about one pact.

    `days`: the counting day of every action of the log, in its order, whether it stands or not.
    `uncounted`: why its date moves no status, a place in `office.REASONS`, -1 where it may.
    `everything`, `assessments`: entries that stand; the second holds what moves the status.
    `met`: `standing.first_met` of each commitment.
    """

    days: np.ndarray
    uncounted: np.ndarray
    everything: Standing
    assessments: Standing
    met: np.ndarray


def what_is_known(
    log: Log, known_at: datetime | None = None, called: Roll | None = None
) -> KnownPact:
    """What the log said at `known_at` (a UTC time; None: all that it says).

    Versions and reviews count when they were recorded by then; what is pending, refused,
    retracted or withdrawn with its file does not count at all. `called`: the roll of that time, or of
    any other with the same `roll_since`, where somebody has called it already.
    """
    called = called or bound_roll(log, known_at)
    found = current_entries(
        log.actions,
        log.actions.mask_counted(known_at),
        called.row_of,
        called.owner,
        called.starts,
        called.ends,
        called.promised,
        called.pact,
    )
    roll = {one.name: getattr(called, one.name) for one in fields(Roll)}
    days, uncounted, everything, assessments = found
    return KnownPact(
        **roll,
        days=days,
        uncounted=uncounted,
        everything=everything,
        assessments=assessments,
        met=first_met(assessments, called.due),
    )


def bound_roll(log: Log, known_at: datetime | None = None) -> Roll:
    """Of `what_is_known`, who is bound to what."""
    cut = NEVER - 1 if known_at is None else microseconds_of(known_at)
    pact = next((pact for at, pact in reversed(log.pacts) if at <= cut), log.pacts[0][1])
    own_areas = _latest(log.area_versions, ["code"], cut)
    areas_then = _areas(log, own_areas, cut)
    signatories = _signatories(log, areas_then, cut)
    mandates = _latest(log.mandates, ["signatory_id", "office", "started_on"], cut)
    starts, ends, offices = binding_terms(signatories, mandates, pact)
    answers = _facts_about(log.answers, signatories, pact, cut)
    is_answered = log.others_answered or len(answers) > 0
    since = first_signing_days(signatories, answers, pact, is_answered)
    if is_answered:  # who refused everything, or never answered, has signed nothing
        by_measure = signatories["measures"].isna().to_numpy(copy=True)
        by_measure[answers["person"].unique()] = True
        first = since[by_measure].min(axis=1, initial=LATER)
        signatories.loc[by_measure, "signed_from"] = first
    details = _facts_about(log.details, signatories, pact, cut)
    commitments, owner, row_of, due = commitments_made(
        log, signatories, since < LATER, answers, details, pact
    )
    promised = SignedDays(since[since < LATER], _signed(signatories).last[owner])
    binding = binding_days(starts, ends, promised, owner, due)
    return Roll(
        pact,
        areas_then,
        own_areas,
        signatories,
        mandates,
        answers,
        details,
        latest_sources(log, cut),
        commitments,
        row_of,
        owner,
        promised,
        due,
        starts,
        ends,
        offices,
        *binding,
    )


def roll_since(log: Log, known_at: datetime) -> int | None:
    """When the roll of that time had last changed (microseconds since 1970); None when nothing has
    changed it since."""
    facts = (getattr(log, file) for file in FACT_COLUMNS)
    versions = (log.signatories, log.mandates, *facts, log.area_versions)
    times = np.concatenate(
        [[at for at, _ in log.pacts], *(table[name] for table in versions for name in TIMES)]
    )
    times, cut = times[times < NEVER], microseconds_of(known_at)
    if not (times > cut).any():
        return None
    return int(times[times <= cut].max(initial=0))


def latest_sources(log: Log, cut: int = NEVER - 1) -> pd.DataFrame:
    """The sources that count, as in `Roll`."""
    return _latest(log.sources, ["action_id", "source_no"], cut)


def _latest(versions: pd.DataFrame, key: list[str], cut: int) -> pd.DataFrame:
    """The last version of each key that counts at `cut`, in the order of the first versions."""
    if not len(versions):
        return _renumbered(versions)
    recorded_at, accepted_at, withdrawn_at = (versions[name].to_numpy() for name in TIMES)
    counts = (recorded_at <= cut) & (accepted_at <= cut) & (withdrawn_at > cut)
    seen = versions if counts.all() else versions[counts]
    if len(seen) <= FEW:  # in a tenth of the time
        rows = zip(*(seen[name].tolist() for name in key), strict=True)
        last_of = {one: place for place, one in enumerate(rows)}
        return _renumbered(seen if len(last_of) == len(seen) else seen.take([*last_of.values()]))
    if not seen.duplicated(key).any():
        return _renumbered(seen)
    rank = seen.groupby(key, sort=False)["seq"].transform("min")
    last = ~seen.duplicated(key, keep="last")
    return (
        seen[last].assign(rank=rank).sort_values("rank").drop(columns="rank").reset_index(drop=True)
    )


def _renumbered(rows: pd.DataFrame) -> pd.DataFrame:
    """The rows, numbered from 0."""
    if rows.index.equals(pd.RangeIndex(len(rows))):
        return rows
    return rows.reset_index(drop=True)


def _areas(log: Log, own: pd.DataFrame, cut: int) -> pd.DataFrame:
    """`Log.areas` as recorded at `cut`."""
    if not len(log.area_versions):
        return log.areas
    times = log.area_versions[list(TIMES)].to_numpy()
    if not ((times > cut) & (times < NEVER)).any():
        return log.areas
    changed, packaged = log.area_versions["code"], areas.insee_areas()
    if log.pacts[-1][1].areas is AreaCodes.OWN:
        packaged = packaged.head(0)
    others = log.areas[~log.areas.index.isin(changed)]
    before = packaged[packaged.index.isin(changed) & ~packaged.index.isin(own["code"])]
    return pd.concat([others, before, own.set_index("code")[list(log.areas.columns)]])


def _signatories(log: Log, areas: pd.DataFrame, cut: int) -> pd.DataFrame:
    people = _latest(log.signatories, ["signatory_id"], cut)
    commune = people["commune"]
    row = areas.index.get_indexer(commune)

    def of_places(column: str):
        return take(areas[column].array, row, allow_fill=True)

    names = of_places("name")
    made = {
        **{name: of_places(name) for name in PLACE_COLUMNS[2:]},
        "commune_name": names.fillna(commune.array) if names.isna().any() else names,
        "commune": commune.array,
    }
    signed_from, signed_until = signed_days(people)
    return pd.DataFrame(
        {
            **{name: column.array for name, column in people.items()},
            **{name: sorted_category(values) for name, values in made.items()},
            "population": take(areas["population"].to_numpy(), row, allow_fill=True).astype(float),
            "signed_from": signed_from,
            "signed_until": signed_until,
            "due": date_days(people["due_on"], first=False, missing=NOT_SAID),
        },
        copy=False,
    )


def _signed(signatories: pd.DataFrame) -> SignedDays:
    return SignedDays(*(signatories[name].to_numpy() for name in ("signed_from", "signed_until")))


def _facts_about(
    versions: pd.DataFrame, signatories: pd.DataFrame, pact: Pact, cut: int
) -> pd.DataFrame:
    """Of a file about signatories and measures, the rows that count, as in `Roll`; of answers, with the
    days on which they and the former ones were given."""
    found = _latest(versions, ["signatory_id", "measure"], cut)
    person = find_texts(found["signatory_id"], signatories["signatory_id"])
    measure = find_texts(found["measure"], [one.id for one in pact.measures])
    there = (person >= 0) & (measure >= 0)
    found = found if there.all() else found[there]
    columns = {name: column.array for name, column in found.items()}
    columns |= {"person": person[there].astype(np.intp), "column": measure[there].astype(np.intp)}
    if "answered_on" in columns:
        columns["given"] = answer_days(found["answered_on"], columns["person"], signatories)
        columns["former_given"] = former_days(found)
    return pd.DataFrame(columns, copy=False)
