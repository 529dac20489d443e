"""One day's state of every commitment, read from what is known."""

from datetime import date

import numpy as np
import pandas as pd

from monitor import dates
from monitor.log import STATUSES
from monitor.models import (
    EARNED,
    HORIZON,
    UNKNOWN,
    Lateness,
    Status,
    Verdict,
)
from monitor.status.commitments import answers_by
from monitor.status.fold_people import known_outcome, mask_chosen, office_categories
from monitor.status.known import KnownPact
from monitor.status.office import EMPTY_END, EMPTY_START, unknown_office
from monitor.status.runs import group_positions
from monitor.status.standing import Standing

STATUS = pd.CategoricalDtype([status.value for status in Status], ordered=True)
VERDICT = pd.CategoricalDtype([verdict.value for verdict in Verdict], ordered=True)
LATENESS = pd.CategoricalDtype([lateness.value for lateness in Lateness])
_VERDICTS = {verdict: code for code, verdict in enumerate(Verdict)}
_OF_STATUS = np.array([_VERDICTS[status.verdict] for status in Status], dtype=np.int8)
_AFTER_LEAVING, _AFTER_WITHDRAWAL = (
    np.array(
        [_VERDICTS[status.verdict if status.verdict in EARNED else other] for status in Status],
        dtype=np.int8,
    )
    for other in (Verdict.MANDATE_ENDED, Verdict.WITHDRAWN)
)
_NOT_ASSESSED = STATUSES[Status.NOT_ASSESSED]
#: By status: whether it is true no longer than a look at it is recent.
_AGES = np.array([not s.final and s not in UNKNOWN for s in Status])


def fold(known: KnownPact, as_of: date) -> pd.DataFrame:
    """Where every commitment of the pact stands on `as_of`.

    One row per commitment, signatories in the order of the log, then measures:

    commitment    int64     its number
    signatory_id, name, commune, commune_name, department_code, department, region_code, region
                  category  who and where ("" when unknown)
    outcome       category  of Outcome: unknown to all before the day of the election
    kind          category  of SignatoryKind, "" for a person
    answer        category  of Answer: what was answered by then, "" if nothing was
    withdrawn_on  category  when the signature was withdrawn (EDTF), "" if it was not
    population    float64   NaN when unknown
    size          category  ordered, sizes.SIZES
    measure       category  ordered, ids of the pact's measures
    theme         category  ordered, the pact's themes, then "" of measures without
    due_on        datetime64[s]  NaT where the end of the term, which it is due at, is not fixed
    office        category  binding office held on min(day, due) under signature, "" if none, or if it
                            is not known which
    binding       bool      counts in the denominators
    ever_bound    bool      has bound on that day or before it
    left          bool      has bound, and binds no more: its official left office before it was due,
                            and the log knows of no return by then; or withdrew the signature
    withdrawn     bool      of these, whether it bound until the signature was withdrawn
    office_ever   category  the office by which it bound last by then, "" if it never did
    status_ever   category  of Status: that on the last day on which it bound; not assessed if none
    status        category  ordered, of Status; of who left, that of the last day on which it bound
    since         datetime64[s]  start of the present unbroken run of the status; NaT not assessed
    said_by       int64     seq of the entry that started that run, 0 not assessed
    verdict       category  ordered, of Verdict
    lateness      category  of Lateness, from the due date on: whether the criterion was met on that
                            day, later, or not yet; NaN before it, and where nothing is owed: who
                            left has a verdict, and neither kept a date nor missed one
    actions       int32     entries standing on the day (a correction counts once)
    last_on       datetime64[s]  counting day of the last of them, NaT if none
    age           float64   days since last_on, NaN if none
    stale         bool      its status is not final, and the last of them, searches included, is more
                            than HORIZON months before the day: what stands now is not known
    """
    day = dates.day_number(as_of)
    last_bound, office_ever = _last_bound(known, day)
    binding, ever_bound = last_bound == day, last_bound > EMPTY_END
    comes = np.zeros(len(binding), dtype=bool)
    for binds_from in known.binds_from:
        comes |= (day < binds_from) & (binds_from < EMPTY_START)
    comes &= mask_chosen(known, as_of)[known.owner]
    left = ever_bound & ~binding & ~comes
    withdrawn = left & (last_bound == known.signed.last[known.owner])
    status, since, said_by = _status_on(known.assessments, day)
    actions, last_on = _counted(known.everything, day)
    lateness = _lateness(known, day, binding, status)
    status_ever = _status_ever(known.assessments, status, last_bound, day)
    verdict = np.select(
        [
            binding & (day >= known.due),
            binding | comes,
            left & (last_bound >= known.due),
            withdrawn,
            left,
        ],
        [
            _OF_STATUS[status],
            _VERDICTS[Verdict.PENDING],
            _OF_STATUS[status_ever],
            _AFTER_WITHDRAWAL[status_ever],
            _AFTER_LEAVING[status_ever],
        ],
        default=_VERDICTS[Verdict.NOT_BOUND],
    )
    horizon = dates.day_number(dates.months_before(as_of, HORIZON))
    made = {
        "outcome": known_outcome(known, as_of, known.commitments["outcome"]),
        "answer": answers_by(day, known.commitments, known.owner, known.answers),
        "office": office_categories(
            known, np.where(binding, office_ever, unknown_office(known.pact))
        ),
        "binding": binding,
        "ever_bound": ever_bound,
        "left": left,
        "withdrawn": withdrawn,
        "office_ever": office_categories(known, office_ever),
        "status_ever": pd.Categorical.from_codes(status_ever, dtype=STATUS),
        "status": pd.Categorical.from_codes(status, dtype=STATUS),
        "since": _dated(since),
        "said_by": said_by,
        "verdict": pd.Categorical.from_codes(verdict, dtype=VERDICT),
        "lateness": pd.Categorical.from_codes(lateness, dtype=LATENESS),
        "actions": actions.astype(np.int32),
        "last_on": _dated(last_on),
        "age": np.where(last_on == _NO_DAY, np.nan, day - last_on),
        "stale": _AGES[status] & (last_on < horizon),
    }
    # All columns at once: a frame copies each that is set alone.
    kept = {name: column.array for name, column in known.commitments.items()}
    return pd.DataFrame({**kept, **made}, copy=False)


def status_codes(known: KnownPact, as_of: date) -> np.ndarray:
    """The status of every commitment in `fold`, as codes of Status."""
    return _status_on(known.assessments, dates.day_number(as_of))[0]


def _last_bound(known: KnownPact, day: int) -> tuple[np.ndarray, np.ndarray]:
    """(the last day, by that one, on which each commitment bound, EMPTY_END if it never did; the place
    of the office by which it did, `unknown_office` if none). Of two, the one that is held longest."""
    last = np.full(len(known.owner), EMPTY_END, dtype=known.binds_until.dtype)
    office = np.full(len(known.owner), unknown_office(known.pact), dtype=np.int8)
    ranks = zip(known.binds_from, known.binds_until, known.offices, strict=True)
    for binds_from, binds_until, code in ranks:
        until = np.minimum(binds_until, day)
        later = np.flatnonzero((binds_from <= until) & (until >= last))
        last[later] = until[later]
        office[later] = code[known.owner[later]]
    return last, office


def _last_by(entries: Standing, day: int) -> tuple[np.ndarray, np.ndarray]:
    """(how many entries of each commitment count by the day, position of the last of them).

    Entries of a commitment stand together in the order of their days: those of a day are a prefix.
    """
    by_then = np.zeros(len(entries.day) + 1, dtype=np.int32)
    np.cumsum(entries.day <= day, out=by_then[1:])
    count = np.diff(by_then[entries.offsets])
    return count, entries.offsets[:-1] + count - 1


def _status_on(entries: Standing, day: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """(status, day on which its present run began, seq of the entry that began it)."""
    count, last = _last_by(entries, day)
    status = np.full(len(count), _NOT_ASSESSED, dtype=np.int8)
    since = np.full(len(count), _NO_DAY, dtype=np.int64)
    said_by = np.zeros(len(count), dtype=np.int64)
    read = np.flatnonzero(count)
    last = last[read]
    began = entries.run_start[last]
    status[read] = entries.status[last]
    since[read] = entries.day[began]
    said_by[read] = entries.seq[began]
    return status, since, said_by


def _status_ever(
    entries: Standing, status: np.ndarray, last_bound: np.ndarray, day: int
) -> np.ndarray:
    """The status of each commitment on the last day on which it bound. `status`: that on `day`, on
    which most that ever bound still do."""
    found = np.where(last_bound == day, status, _NOT_ASSESSED).astype(np.int8, copy=False)
    ended = np.flatnonzero((last_bound < day) & (last_bound > EMPTY_END))
    offsets = entries.offsets
    place = np.repeat(np.arange(len(ended)), offsets[ended + 1] - offsets[ended])
    counted = entries.day[group_positions(offsets, ended)] <= last_bound[ended][place]
    count = np.bincount(place[counted], minlength=len(ended))
    some = count > 0
    found[ended[some]] = entries.status[(offsets[ended] + count - 1)[some]]
    return found


def _counted(entries: Standing, day: int) -> tuple[np.ndarray, np.ndarray]:
    count, last = _last_by(entries, day)
    last_on = np.full(len(count), _NO_DAY, dtype=np.int64)
    some = np.flatnonzero(count)
    last_on[some] = entries.day[last[some]]
    return count, last_on


def _lateness(known: KnownPact, day: int, binding: np.ndarray, status: np.ndarray) -> np.ndarray:
    owed = binding & (status != STATUSES[Status.NOT_APPLICABLE]) & (day >= known.due)
    on_time, late = known.met <= known.due, known.met <= day
    return np.select([owed & on_time, owed & late, owed], [0, 1, 2], -1)


_NO_DAY = np.iinfo(np.int64).min


def _dated(days: np.ndarray) -> np.ndarray:
    seconds = days * 86_400
    seconds[days == _NO_DAY] = np.datetime64("NaT").astype(np.int64)
    return seconds.view("datetime64[s]")
