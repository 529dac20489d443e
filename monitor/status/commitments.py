"""The commitments that are made: by whom, to which measures, since when, and by when they are due."""

from typing import NamedTuple

import numpy as np
import pandas as pd

from monitor import sizes
from monitor.categories import category_type, different_texts, sorted_category
from monitor.log import Log
from monitor.models import COMMITTING, Answer
from monitor.pacts import Pact
from monitor.schema import ANSWER_COLUMNS
from monitor.status.due import NEVER_DUE, NOT_SAID, due_days
from monitor.status.office import EMPTY_END, LATER, date_days
from monitor.table_rows import find_texts

#: Where somebody signed.
PLACE_COLUMNS = (
    "commune",
    "commune_name",
    "department_code",
    "department",
    "region_code",
    "region",
)


class CommitmentTable(NamedTuple):
    """Commitments as rows of `columns`. For each, `owner` is the row of its signatory and `due` the day
    by which it is due; `row_of` is the row of the commitment of each number, -1 for none."""

    columns: pd.DataFrame
    owner: np.ndarray
    row_of: np.ndarray
    due: np.ndarray


def first_signing_days(
    signatories: pd.DataFrame, answers: pd.DataFrame, pact: Pact, is_answered: bool
) -> np.ndarray:
    """The first day on which each signatory can have signed each measure, [signatory, measure]; LATER
    for a measure that they have not.

    Signed is what `measures` lists; what was answered by yes or partly, on the day of the answer where
    it has one, or of the former answer where that was a yes or partly already; and everything, where
    `measures` lists nothing and nothing was answered. But where the pact `is_answered`, by others, and
    no day of a signature is known, it is silence.
    """
    ids = [measure.id for measure in pact.measures]
    made = np.ones((len(signatories), len(ids)), dtype=bool)
    if is_answered:
        made[signatories["signed_on"].isna().to_numpy()] = False
    made[answers["person"]] = False
    which, lists = different_texts(signatories["measures"])
    for position, own in enumerate(lists):
        made[which == position] = [measure in own.split(";") for measure in ids]
    since = signatories["signed_from"].to_numpy()
    signed = np.where(made, since[:, None], LATER)
    if not len(answers):
        return signed
    committing = answers[answers["answer"].isin(COMMITTING)]
    place = committing["person"].to_numpy(), committing["column"].to_numpy()
    answered = date_days(committing["answered_on"], first=True, missing=LATER)
    former = date_days(committing["former_answered_on"], first=True, missing=LATER)
    had_agreed = committing["former_answer"].isin(COMMITTING).to_numpy()
    answered = np.where(had_agreed & (former < LATER), former, answered)
    by_list = made[place] | (answered == LATER)
    signed[place] = np.where(by_list, since[place[0]], answered)
    return signed


def answers_given(answers: pd.DataFrame, made: np.ndarray) -> pd.Categorical:
    """What was answered about each commitment that is `made` (signatory × measure), "" where nothing
    was."""
    names = ["", *map(str, Answer)]
    codes = np.zeros(made.shape, dtype=np.int8)
    codes[answers["person"], answers["column"]] = answers["answer"].map(names.index)
    return pd.Categorical.from_codes(codes[made], dtype=category_type(names))


def answer_days(
    answered_on: pd.Series, person: np.ndarray, signatories: pd.DataFrame
) -> np.ndarray:
    """The first day on which each answer can have been given: its own, else that of the signature of
    its `person` (a row), from which it counts; EMPTY_END where neither is known."""
    if not len(answered_on):
        return np.empty(0, dtype=np.int64)
    given = date_days(answered_on, first=True, missing=EMPTY_END)
    signed = date_days(signatories["signed_on"], first=True, missing=EMPTY_END)
    return np.where(given == EMPTY_END, signed[person], given)


def former_days(answers: pd.DataFrame) -> np.ndarray:
    """The first day on which each former answer can have been given, EMPTY_END where that is not known;
    LATER where there is none."""
    days = date_days(answers["former_answered_on"], first=True, missing=EMPTY_END)
    return np.where(answers["former_answer"].isna(), LATER, days)


def answers_on(day: int, answers: pd.DataFrame) -> pd.DataFrame:
    """The answers that stood on a day, with `is_former`: whether somebody has given another one since,
    so that answer and answered_on are those of before."""
    later = (answers["given"] > day).to_numpy()
    before = later & (answers["former_given"] <= day).to_numpy()
    found = answers.assign(is_former=before)
    return put_former(found, before)[~later | before]


def put_former(answers: pd.DataFrame, before: np.ndarray) -> pd.DataFrame:
    """The answers, of which those of a mask say what was answered before, and of nothing before that;
    of the columns that there are."""
    if not before.any():
        return answers
    found = answers.copy(deep=False)
    for name in found.columns.intersection(ANSWER_COLUMNS):
        found[name] = found[name].where(~before, found[f"former_{name}"])
        found[f"former_{name}"] = found[f"former_{name}"].mask(before)
    return found


def answers_by(
    day: int, commitments: pd.DataFrame, owner: np.ndarray, answers: pd.DataFrame
) -> pd.Series | pd.Categorical:
    """Of `answers_given`, those that stood on a day. `owner`: the person of each commitment."""
    given = commitments["answer"]
    if not len(answers):
        return given
    later = answers[answers["given"] > day]
    if not len(later):
        return given
    measure = commitments["measure"].array
    width = len(measure.categories)
    asked = pd.Index(later["person"].to_numpy() * width + later["column"].to_numpy())
    place = asked.get_indexer(owner * width + measure.codes.astype(np.int64))
    of_then = later["former_answer"].where(later["former_given"] <= day).fillna("")
    former = given.dtype.categories.get_indexer(of_then)
    codes = np.where(place < 0, given.array.codes, former[place])
    return pd.Categorical.from_codes(codes, dtype=given.dtype)


def commitments_made(
    log: Log,
    signatories: pd.DataFrame,
    made: np.ndarray,
    answers: pd.DataFrame,
    details: pd.DataFrame,
    pact: Pact,
) -> CommitmentTable:
    """The commitments that are `made` (signatory × measure)."""
    ids = [measure.id for measure in pact.measures]
    owner, measure = np.nonzero(made)
    numbers = np.full(made.shape, -1, dtype=np.int64)
    at = find_texts(log.commitments["signatory_id"], signatories["signatory_id"])
    column = find_texts(log.commitments["measure"], ids)
    given = log.commitments.index.to_numpy()
    there = (at >= 0) & (column >= 0) & (given > 0)
    numbers[at[there], column[there]] = given[there]
    numbers = numbers[owner, measure]
    row_of = np.full(max(int(given.max(initial=0)), 0) + 1, -1)
    numbered = np.flatnonzero(numbers > 0)  # -1 would be the last of all
    row_of[numbers[numbered]] = numbered
    due = due_days(pact, signatories["due"].to_numpy()[owner], measure)
    if len(details):
        row = np.full(made.shape, -1, dtype=np.int64)
        row[owner, measure] = np.arange(len(owner))
        about = row[details["person"], details["column"]]
        stated = date_days(details["due_on"], first=False, missing=NOT_SAID)
        own = (about >= 0) & (stated < NOT_SAID)
        due[about[own]] = stated[own]
    table = {"commitment": numbers}
    for name in (
        "signatory_id",
        "name",
        *PLACE_COLUMNS,
        "outcome",
        "kind",
        "withdrawn_on",
    ):
        table[name] = _category(signatories[name], owner)
    table["population"] = signatories["population"].to_numpy()[owner]
    size = sizes.size_class(signatories["population"])
    table["size"] = pd.Categorical.from_codes(size.codes[owner], dtype=size.dtype)
    table["measure"] = pd.Categorical.from_codes(measure, dtype=category_type(ids, ordered=True))
    themes = [*pact.themes, ""]
    theme = np.array([themes.index(each.theme or "") for each in pact.measures])
    kind = category_type(themes, ordered=True)
    table["theme"] = pd.Categorical.from_codes(theme[measure], dtype=kind)
    table["due_on"] = np.where(due < NEVER_DUE, to_datetime(due), np.datetime64("NaT", "s"))
    table["answer"] = answers_given(answers, made)
    return CommitmentTable(pd.DataFrame(table, copy=False), owner, row_of, due)


def _category(values: pd.Series, rows: np.ndarray) -> pd.Categorical:
    if isinstance(values.dtype, pd.CategoricalDtype):  # places: none is missing
        return values.array.take(rows)
    return sorted_category(values).take(rows)


def to_datetime(days: np.ndarray) -> np.ndarray:
    """Days since 1970 as datetime64[s]."""
    return days.astype("datetime64[D]").astype("datetime64[s]")
