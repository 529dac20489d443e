"""Who is bound, and when: intervals in a binding office, the signature, and why a fact or a mandate
does not count."""

from datetime import date
from typing import NamedTuple

import numpy as np
import pandas as pd

from monitor import dates
from monitor.categories import different_texts
from monitor.models import EndReason, Outcome, SignatoryKind, UncountedReason
from monitor.pacts import Pact
from monitor.table_rows import find_texts

#: An interval that no day is in.
EMPTY_START, EMPTY_END = 2**30, -(2**30)
#: Later than any day.
LATER = 2**30
REASONS = list(UncountedReason)


def term_days(pact: Pact) -> tuple[int, int]:
    """The first and the last day of the pact's term (days since 1970); where its end is not fixed, the
    last is one that never comes."""
    end = dates.day_number(pact.term_end) if pact.term_end else LATER - 1
    return dates.day_number(pact.term_start), end


def unknown_office(pact: Pact) -> int:
    """The place after those of the offices of a pact: of who is in one, and it is not known in which."""
    return len(pact.office_codes)


class SignedDays(NamedTuple):
    """Under signature: from what day and until what day, both included (days since 1970; EMPTY_END and
    LATER where nothing is said). Who withdrew a signature is under it until the day before."""

    first: np.ndarray
    last: np.ndarray

    def of(self, rows) -> "SignedDays":
        """Of these rows."""
        return SignedDays(self.first[rows], self.last[rows])


def binding_terms(signatories: pd.DataFrame, mandates: pd.DataFrame, pact: Pact):
    """Intervals in a binding office, clipped to the term: three arrays [rank, signatory], by end.

    The office binds, whatever the election gave. A mandate with no end, or ended by the end of the
    term, lasts until the pact's term ends, if that is known; one of the term before
    (`is_of_earlier_term`) counts not at all. Who `holds_unrecorded` an office and has no mandate on
    record is taken to be in office for the whole term; in which (its place in `Pact.office_codes`, else
    `unknown_office`) is known only where the pact says one office.
    """
    term_start, term_end = term_days(pact)
    row = find_texts(mandates["signatory_id"], signatories["signatory_id"])
    on_record = np.zeros(len(signatories), dtype=bool)
    on_record[row[row >= 0]] = True
    counted = (row >= 0) & (find_texts(mandates["office"], pact.binding_offices) >= 0)
    binding, row = (mandates if counted.all() else mandates[counted]), row[counted]
    start = date_days(binding["started_on"], first=True, missing=EMPTY_END)
    end = date_days(binding["ended_on"], first=False, missing=term_end)
    full = find_texts(binding["end_reason"], [EndReason.TERM_END]) == 0
    before = full & is_of_earlier_term(start, end, pact)
    whole = full & (pact.term_end is not None)
    end = np.where(before, EMPTY_END, np.where(whole, term_end, np.minimum(end, term_end)))
    start = np.maximum(start, term_start)
    office = find_texts(binding["office"], pact.office_codes).astype(np.int8)
    without = np.flatnonzero(holds_unrecorded(signatories, pact) & ~on_record)
    row = np.concatenate([row, without])
    start = np.concatenate([start, np.full(len(without), term_start)])
    end = np.concatenate([end, np.full(len(without), term_end)])
    one = pact.offices_said and len(pact.binding_offices) == 1
    default = pact.office_codes.index(pact.binding_offices[0]) if one else unknown_office(pact)
    office = np.concatenate([office, np.full(len(without), default, dtype=np.int8)])
    real = start <= end
    order = np.lexsort((end[real], row[real]))
    row, start, end, office = (column[real][order] for column in (row, start, end, office))
    rank = np.arange(len(row)) - np.searchsorted(row, row)
    shape = (int(rank.max()) + 1 if len(rank) else 0, len(signatories))
    starts = np.full(shape, EMPTY_START, dtype=np.int64)
    ends = np.full(shape, EMPTY_END, dtype=np.int64)
    offices = np.full(shape, -1, dtype=np.int8)
    starts[rank, row], ends[rank, row], offices[rank, row] = start, end, office
    return starts, ends, offices


def holds_unrecorded(signatories: pd.DataFrame, pact: Pact) -> np.ndarray:
    """Who needs no mandate on record to be in office (bool, by signatory): who was elected; and, in a
    pact that is put to no office, a body of which nobody noted an election: it stands for none."""
    outcome = signatories["outcome"]
    elected = find_texts(outcome, [Outcome.ELECTED]) == 0
    if pact.offices_said:
        return elected
    body = find_texts(signatories["kind"], [SignatoryKind.BODY]) == 0
    return elected | (body & (find_texts(outcome, [Outcome.UNKNOWN]) == 0))


def is_of_earlier_term(start, end, pact: Pact):
    """Whether a mandate from `start` to `end` (days) that went its full length was one of the term
    before the pact's: begun before it, and over in its first half. Those who hold office on the
    evening of an election leave it some days later: that binds nobody who lost. Where the end of the
    term is not fixed, its first year is taken for the half."""
    term_start, term_end = term_days(pact)
    half = (term_start + term_end) // 2 if pact.term_end else term_start + 365
    return (start < term_start) & (end < half)


def signed_days(signatories: pd.DataFrame) -> SignedDays:
    """When each signatory was under signature, by the dates of their file: from the first day on which
    they can have signed to the day before the last on which they can have withdrawn."""
    withdrawn = date_days(signatories["withdrawn_on"], first=False, missing=LATER + 1)
    return SignedDays(
        date_days(signatories["signed_on"], first=True, missing=EMPTY_END), withdrawn - 1
    )


def clip_to_signature(
    starts: np.ndarray, ends: np.ndarray, signed: SignedDays
) -> tuple[np.ndarray, np.ndarray]:
    """(from what day, until what day) each interval in office binds its signatory: under signature; no
    day (EMPTY_START, EMPTY_END) where the office was left before it, or taken after it."""
    since, until = np.maximum(starts, signed.first), np.minimum(ends, signed.last)
    binds = since <= until
    return np.where(binds, since, EMPTY_START), np.where(binds, until, EMPTY_END)


def binding_days(starts, ends, signed: SignedDays, owner, due) -> tuple[np.ndarray, np.ndarray]:
    """(first day, last day) on which each commitment binds, [rank, commitment]: from the later of the
    signature and the office; by an office held on the due day, as long as the signature stands, for
    good (LATER) if it was not withdrawn. `signed`: by commitment."""
    since = clip_to_signature(starts[:, owner], ends[:, owner], signed)[0]
    binds = (since < EMPTY_START) & (starts[:, owner] <= due)
    until = np.where(ends[:, owner] >= due, LATER, ends[:, owner])
    until = np.minimum(until, signed.last)
    return (
        np.where(binds, since, EMPTY_START).astype(np.int32),
        np.where(binds, until, EMPTY_END).astype(np.int32),
    )


def uncounted_reasons(first, latest, signed: SignedDays, pact: Pact) -> np.ndarray:
    """Why facts that touch no interval under signature do not count: places in REASONS. `first`,
    `latest`: the first and the last day on which each can have happened; `signed`: of its signatory."""
    holds = {
        UncountedReason.BEFORE_TERM: latest < dates.day_number(pact.term_start),
        UncountedReason.BEFORE_SIGNATURE: latest < signed.first,
        UncountedReason.AFTER_WITHDRAWAL: first > signed.last,
    }
    return np.select(
        list(holds.values()),
        [REASONS.index(why) for why in holds],
        REASONS.index(UncountedReason.OUTSIDE_OFFICE),
    )


def last_day(pact: Pact, started_on: str, ended_on: str | None, end_reason: str | None) -> date:
    """The last day of a mandate as it counts: that of the pact's term where it lasts, or went its full
    length; its own day where it ended before, or with the term before. `date.max` where it lasts, and
    the end of the term is not fixed."""
    if not ended_on:
        return pact.term_end or date.max
    start, end = dates.date_interval(started_on).first, dates.date_interval(ended_on).last
    if end_reason == EndReason.TERM_END and not _of_earlier_term(pact, start, end):
        return pact.term_end or end
    return end


def _of_earlier_term(pact: Pact, start: date, end: date) -> bool:
    return bool(is_of_earlier_term(dates.day_number(start), dates.day_number(end), pact))


def why_mandate_uncounted(
    pact: Pact,
    started_on: str,
    ended_on: str | None,
    end_reason: str | None,
    signed_on: str | None = None,
    withdrawn_on: str | None = None,
) -> UncountedReason | None:
    """Why no day of a mandate (EDTF dates, as in its file) binds its signatory; None where one does.

    `before_term`: it was over when the pact's term began, or went its full length in the term before
    (dates of a first round, of an outgoing mayor): the pact's `term_start` says from when mandates
    count. `before_signature`: it was over before the first day on which its holder can have signed.
    `after_withdrawal`: it began when the signature had been withdrawn. `outside_office`: it began after
    the term. A mandate in an office that the pact does not bind is none of these: it binds nobody.
    """
    start, end = (
        dates.date_interval(started_on).first,
        last_day(pact, started_on, ended_on, end_reason),
    )
    full = end_reason == EndReason.TERM_END
    if end < pact.term_start or (full and _of_earlier_term(pact, start, end)):
        return UncountedReason.BEFORE_TERM
    end = min(end, pact.term_end or date.max)
    if start > end:
        return UncountedReason.OUTSIDE_OFFICE
    if signed_on and end < dates.date_interval(signed_on).first:
        return UncountedReason.BEFORE_SIGNATURE
    if withdrawn_on and start >= dates.date_interval(withdrawn_on).last:
        return UncountedReason.AFTER_WITHDRAWAL
    return None


def why_fact_uncounted(
    pact: Pact,
    happened_on: str,
    recorded_on: date,
    signed: SignedDays,
    starts: np.ndarray,
    ends: np.ndarray,
    search: bool = False,
) -> UncountedReason | None:
    """Why a fact (an EDTF date) about somebody moves no status; None where it may.

    It counts if it can have happened in a binding office, within the pact's term and under the
    signature; it cannot have happened after the day it was recorded on. `signed`: of its signatory;
    `starts`, `ends`: their intervals in office (`Known`; days since 1970). `search`: it is a search
    that found nothing, about all that was done until then. `before_term`, `before_signature`,
    `after_withdrawal`, else `outside_office`.
    """
    first, last = dates.day_interval(happened_on)
    (place,) = facts_uncounted(
        pact,
        np.array([first]),
        np.array([max(first, min(last, dates.day_number(recorded_on)))]),
        signed,
        starts.reshape(-1, 1),
        ends.reshape(-1, 1),
        np.array([search]),
    )
    return None if place < 0 else REASONS[place]


def facts_uncounted(
    pact: Pact, first, latest, signed: SignedDays, starts, ends, search
) -> np.ndarray:
    """The same of many facts: places in REASONS, -1 where a fact may count. `first`, `latest`: the
    first and the last day on which each can have happened; `signed`, `search`: by fact; `starts`,
    `ends`: the intervals of its signatory, [rank, fact]."""
    since, until = clip_to_signature(starts, ends, signed)
    counts = ((search | (first <= until)) & (since <= latest)).any(axis=0)
    return np.where(counts, -1, uncounted_reasons(first, latest, signed, pact))


def date_days(texts: pd.Series, *, first: bool, missing: int) -> np.ndarray:
    """The first or the last day that each date can mean, `missing` where there is none."""
    codes, different = different_texts(texts)
    days = [dates.day_interval(text)[0 if first else 1] for text in different]
    return np.array([*days, missing], dtype=np.int64)[codes]
