"""One day's state of every commitment, read from what is known."""

from datetime import date

import numpy as np
import pandas as pd

from monitor import areas, dates
from monitor.log import KINDS, STATUSES, Actions
from monitor.models import (
    FINAL,
    HORIZON,
    UNKNOWN,
    VERDICT_OF_STATUS,
    Kind,
    Lateness,
    Office,
    Outcome,
    Status,
    Verdict,
)
from monitor.status.known import EMPTY_START, Known, to_datetime
from monitor.status.standing import Standing

STATUS = pd.CategoricalDtype([status.value for status in Status], ordered=True)
VERDICT = pd.CategoricalDtype([verdict.value for verdict in Verdict], ordered=True)
LATENESS = pd.CategoricalDtype([lateness.value for lateness in Lateness])
OFFICE = pd.CategoricalDtype([*(office.value for office in Office), ""])
_VERDICTS = {verdict: code for code, verdict in enumerate(Verdict)}
_OF_STATUS = np.array([_VERDICTS[VERDICT_OF_STATUS[status]] for status in Status], dtype=np.int8)
_NOT_ASSESSED = STATUSES[Status.NOT_ASSESSED]
#: By status: whether it is true no longer than a look at it is recent.
_AGES = np.array([s not in (*FINAL, *UNKNOWN, Status.NOT_APPLICABLE) for s in Status])


def fold(known: Known, as_of: date) -> pd.DataFrame:
    """Where every commitment of the pact stands on `as_of`.

    One row per commitment, signatories in the order of the log, then measures:

    commitment    int64     its number
    signatory_id, name, commune, commune_name, department_code, department, region_code, region
                  category  who and where ("" when unknown)
    outcome       category  of Outcome
    population    float64   NaN when unknown
    size          category  ordered, areas.SIZES
    measure       category  ordered, ids of the pact's measures
    due_on        datetime64[s]
    office        category  binding office held on min(day, due), "" if none
    binding       bool      counts in the denominators
    status        category  ordered, of Status
    since         datetime64[s]  start of the present unbroken run of the status; NaT not assessed
    said_by       int64     seq of the entry that started that run, 0 not assessed
    verdict       category  ordered, of Verdict
    lateness      category  of Lateness, from the due date on: whether the criterion was met on that
                            day, later, or not yet; NaN before it, and where nothing is owed
    actions       int32     entries standing on the day (a correction counts once)
    last_on       datetime64[s]  counting day of the last of them, NaT if none
    age           float64   days since last_on, NaN if none
    stale         bool      its status is not final, and the last of them, searches included, is more
                            than HORIZON months before the day: what stands now is not known
    """
    day = dates.to_day(as_of)
    at = np.minimum(day, known.due)
    office = _office_on(known, at, known.owner)
    binding = office >= 0
    status, since, said_by = _status_on(known.assessments, day)
    actions, last_on = _counted(known.everything, day)
    verdict = _verdict(known, day, binding, status)
    lateness = _lateness(known, day, binding, status)
    table = known.commitments.copy(deep=False)
    table["office"] = pd.Categorical.from_codes(
        np.where(binding, office, len(OFFICE.categories) - 1), dtype=OFFICE
    )
    table["binding"] = binding
    table["status"] = pd.Categorical.from_codes(status, dtype=STATUS)
    table["since"] = _dated(since)
    table["said_by"] = said_by
    table["verdict"] = pd.Categorical.from_codes(verdict, dtype=VERDICT)
    table["lateness"] = pd.Categorical.from_codes(lateness, dtype=LATENESS)
    table["actions"] = actions.astype(np.int32)
    table["last_on"] = _dated(last_on)
    table["age"] = np.where(last_on == _NO_DAY, np.nan, day - last_on)
    horizon = dates.to_day(dates.months_before(as_of, HORIZON))
    table["stale"] = _AGES[status] & (last_on < horizon)
    return table


def people(known: Known, as_of: date) -> pd.DataFrame:
    """Who signed, who was elected and who is in office on `as_of`; one row per signatory.

    Columns of the signatories file, those of the commune (PLACES: category; population), and:
    signed, elected, in_office (bool), size, office (category, "" if none). Somebody signed by a day
    unless the log says that it was later; nobody is elected before the election.
    """
    day = dates.to_day(as_of)
    rows = np.arange(len(known.signatories))
    office = _office_on(known, np.full(len(rows), day), rows)
    table = known.signatories.drop(columns=["seq", "recorded_at", "signed_from", "due"])
    table["signed"] = known.signatories["signed_from"].to_numpy() <= day
    table["elected"] = (table["outcome"] == Outcome.ELECTED) & (as_of >= known.pact.election_on)
    table["in_office"] = office >= 0
    table["size"] = areas.size_class(known.signatories["population"])
    table["office"] = pd.Categorical.from_codes(
        np.where(office >= 0, office, len(OFFICE.categories) - 1), dtype=OFFICE
    )
    return table


def changes(known: Known) -> pd.DataFrame:
    """Every change of status, whatever the day: one row each, in order of day then of the log.

    row (int64, of `Known.commitments`), day (int64, days since 1970), seq (int64, the entry that
    made it), before, after (int8, codes of Status).
    """
    said = known.assessments
    begins = np.flatnonzero(said.run_start == np.arange(len(said.run_start)))
    status = said.status[begins]
    same = np.zeros(len(begins), dtype=bool)
    same[1:] = said.commitment[begins][1:] == said.commitment[begins][:-1]
    before = np.where(same, np.concatenate([[0], status[:-1]]) if len(status) else 0, _NOT_ASSESSED)
    table = pd.DataFrame(
        {
            "row": said.commitment[begins],
            "day": said.day[begins],
            "seq": said.seq[begins],
            "before": before.astype(np.int8),
            "after": status,
        }
    )
    return table.sort_values(["day", "seq"], ignore_index=True)


def replies(known: Known, actions: Actions) -> pd.DataFrame:
    """Every standing reply of an official: row (int64, of `Known.commitments`), day (int32, days since
    1970), seq (int64, the entry); by commitment, then day."""
    said = known.everything
    reply = np.zeros(len(said.seq), dtype=bool)
    if len(actions):
        kinds = actions.kind[np.searchsorted(actions.seq, said.seq)]
        reply = kinds == KINDS[Kind.REPLY]
    columns = {"row": said.commitment, "day": said.day, "seq": said.seq}
    table = pd.DataFrame({name: values[reply] for name, values in columns.items()})
    return table.astype({"row": "int64", "day": "int32", "seq": "int64"})


def last_replies(every: pd.DataFrame, as_of: date) -> pd.DataFrame:
    """The last of `replies` about each commitment that has one, by that day: row, seq."""
    by_then = every[every["day"] <= dates.to_day(as_of)]
    return by_then.drop_duplicates("row", keep="last", ignore_index=True)[["row", "seq"]]


def _office_on(known: Known, day: np.ndarray, person: np.ndarray) -> np.ndarray:
    """The code of a binding office that the person holds on the day, -1 if none."""
    office = np.full(len(person), -1, dtype=np.int8)
    for start, end, code in zip(known.starts, known.ends, known.offices, strict=True):
        held = (start[person] <= day) & (day <= end[person])
        office[held] = code[person][held]
    return office


def _last_by(entries: Standing, day: int) -> tuple[np.ndarray, np.ndarray]:
    """(how many entries of each commitment count by the day, position of the last of them).

    Entries of a commitment stand together in the order of their days: those of a day are a prefix.
    """
    count = np.bincount(entries.commitment[entries.day <= day], minlength=len(entries.offsets))
    return count, entries.offsets + count - 1


def _status_on(entries: Standing, day: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """(status, day on which its present run began, seq of the entry that began it)."""
    count, last = _last_by(entries, day)
    status = np.full(len(count), _NOT_ASSESSED, dtype=np.int8)
    since = np.full(len(count), _NO_DAY, dtype=np.int64)
    said_by = np.zeros(len(count), dtype=np.int64)
    said = count > 0
    began = entries.run_start[last[said]]
    status[said] = entries.status[last[said]]
    since[said] = entries.day[began]
    said_by[said] = entries.seq[began]
    return status, since, said_by


def _counted(entries: Standing, day: int) -> tuple[np.ndarray, np.ndarray]:
    count, last = _last_by(entries, day)
    last_on = np.full(len(count), _NO_DAY, dtype=np.int64)
    last_on[count > 0] = entries.day[last[count > 0]]
    return count, last_on


def _verdict(known: Known, day: int, binding: np.ndarray, status: np.ndarray) -> np.ndarray:
    """Whether somebody left for good, or takes office yet, is read from their whole career: it is the
    log, as known at its time, that says what comes after the day."""
    due, owner = known.due, known.owner
    elected = (known.signatories["outcome"] == Outcome.ELECTED).to_numpy()[owner]
    ever, comes, again = (np.zeros(len(due), dtype=bool) for _ in range(3))
    for start in known.starts[:, owner]:
        ever |= start < EMPTY_START
        comes |= (day < start) & (start <= due)
        again |= (start > np.minimum(day, due)) & (start < EMPTY_START)
    return np.select(
        [~elected, binding & (day < due), binding, comes, ever & ~again],
        [
            _VERDICTS[Verdict.NOT_BOUND],
            _VERDICTS[Verdict.PENDING],
            _OF_STATUS[status],
            _VERDICTS[Verdict.PENDING],
            _VERDICTS[Verdict.MANDATE_ENDED],
        ],
        default=_VERDICTS[Verdict.NOT_BOUND],
    )


def _lateness(known: Known, day: int, binding: np.ndarray, status: np.ndarray) -> np.ndarray:
    owed = binding & (status != STATUSES[Status.NOT_APPLICABLE]) & (day >= known.due)
    on_time, late = known.met <= known.due, known.met <= day
    return np.select([owed & on_time, owed & late, owed], [0, 1, 2], -1)


_NO_DAY = np.iinfo(np.int64).min


def _dated(days: np.ndarray) -> np.ndarray:
    missing = days == _NO_DAY
    dated = to_datetime(np.where(missing, 0, days))
    dated[missing] = np.datetime64("NaT")
    return dated
