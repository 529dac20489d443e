"""What somebody answered before they changed their mind: which answer stands on which day, and how a
file says both."""

from datetime import date

import numpy as np
import pytest

from monitor import status
from monitor.dates import day_number
from monitor.store.journal import verify
from tests.load.test_answers import ANSWERS, answer, known, load, sign, signed

FORMER = f"{ANSWERS.strip()},former_answer,former_answered_on,former_comment\n"


def answer_both(store, *rows, **more):
    return load(store, "answers", FORMER + "".join(f"s1,{row}\n" for row in rows), **more)


def on(store, day, measure="1"):
    """(answer, its day, whether it is the former one) on a day, () where none is known."""
    found = status.answers_on(day_number(date.fromisoformat(day)), known(store).answers)
    (row,) = found[found["measure"] == measure].to_dict("records") or [None]
    return (row["answer"], row["answered_on"], row["is_former"]) if row else ()


def commitment_answer(store, day):
    """What the table of commitments says of those of s1 on a day."""
    table = status.fold(known(store), date.fromisoformat(day))
    return table["answer"][table["signatory_id"] == "s1"].tolist()


@pytest.mark.sqlite
@pytest.mark.parametrize(
    ("row", "stands"),
    [
        ("1,yes,2014-03-10,,no,2014-03-01,", ["", "no", "no", "yes"]),
        ("1,no,2014-03-10,,yes,2014-03-01,", ["", "yes", "yes", "no"]),
        ("1,yes,2014-03-10,,neither,2014-03-01,", ["", "neither", "neither", "yes"]),
        ("1,partly,2014-03-10,,no,,", ["no", "no", "no", "partly"]),
        ("1,yes,,,no,2014-03-01,", ["yes", "yes", "yes", "yes"]),
        ("1,yes,2014-03,,no,2014-02,", ["no", "yes", "yes", "yes"]),
        ("1,yes,2014-03-10,,no,2014-03-10,", ["", "", "", "yes"]),
    ],
)
def test_the_former_answer_stands_from_its_day_until_that_of_the_answer(store, row, stands):
    sign(store)
    assert answer_both(store, row).loaded
    days = ("2014-02-20", "2014-03-01", "2014-03-09", "2014-03-10")
    assert [(on(store, day) or ("",))[0] for day in days] == stands


@pytest.mark.sqlite
@pytest.mark.parametrize(
    ("row", "day"),
    [
        ("1,yes,2014-03-10,,partly,2014-03-01,", "2014-03-01"),
        ("1,partly,2014-03-10,,yes,2014-03-01,", "2014-03-01"),
        ("1,yes,2014-03-10,,no,2014-03-01,", "2014-03-10"),
        ("1,yes,2014-03-10,,yes,,", "2014-03-10"),
    ],
)
def test_a_promise_is_of_the_day_of_the_first_answer_that_made_it(store, row, day):
    sign(store)
    assert answer_both(store, row).loaded
    (first,) = signed(store).values()
    assert str(np.datetime64(first, "D")) == day


@pytest.mark.sqlite
def test_who_took_back_a_promise_before_the_vote_has_promised_nothing(store):
    sign(store)
    assert answer_both(store, "1,no,2014-03-10,,yes,2014-03-01,").doubts == []
    assert signed(store) == {}


@pytest.mark.sqlite
def test_a_promise_taken_back_after_the_vote_is_doubted(store):
    sign(store)
    (doubt,) = answer_both(store, "1,no,2014-04-10,,yes,2014-03-01,").doubts
    assert (doubt.column, doubt.code) == ("answered_on", "taken_back_after_vote")


@pytest.mark.sqlite
def test_the_table_of_commitments_says_the_answer_of_the_day(store):
    sign(store)
    answer_both(store, "1,yes,2014-03-10,,no,2014-03-01,", "2,yes,2014-03-01,,,,")
    told = [commitment_answer(store, f"2014-{day}") for day in ("02-20", "03-05", "03-10")]
    assert told == [["", ""], ["no", "yes"], ["yes", "yes"]]


@pytest.mark.sqlite
@pytest.mark.parametrize(
    ("row", "column", "code"),
    [
        ("1,yes,2014-03-10,,,2014-03-01,", "former_answered_on", "former_answer_unsaid"),
        ("1,yes,2014-03-10,,,,Trop cher.", "former_comment", "former_answer_unsaid"),
        ("1,yes,2014-03-01,,no,2014-03-10,", "former_answered_on", "former_answer_later"),
        ("1,yes,2014-03-01,,soon,2014-02-10,", "former_answer", "unknown_code"),
        ("1,yes,2014-03-01,,no,2099,", "former_answered_on", "future_date"),
    ],
)
def test_a_former_answer_that_cannot_be_is_named(store, row, column, code):
    sign(store)
    (error,) = answer_both(store, row).errors
    assert (error.column, error.code) == (column, code)


@pytest.mark.sqlite
@pytest.mark.parametrize("word", ["Non", "refusé", "pas d’accord", "NO"])
def test_a_former_answer_may_be_said_in_words(store, word):
    sign(store)
    assert answer_both(store, f"1,oui,10/03/2014,,{word},01/03/2014,").loaded
    assert on(store, "2014-03-05") == ("no", "2014-03-01", True)


ROWS = {"earlier": "1,no,2014-03-01,Trop cher.", "later": "1,yes,2014-03-10,D’accord."}


@pytest.mark.parametrize("order", [("earlier", "later"), ("later", "earlier")])
def test_two_rows_of_two_days_are_an_answer_and_the_one_before_it(store, order):
    sign(store)
    rows = [ROWS[name] for name in order]
    first = answer(store, *rows)
    assert first.loaded and [one.code for one in first.doubts] == ["answers_of_two_days"]
    assert on(store, "2014-03-05") == ("no", "2014-03-01", True)
    assert on(store, "2014-03-10") == ("yes", "2014-03-10", False)
    assert answer(store, *rows).outcomes == {"unchanged": 2}
    assert answer(store, *rows[::-1]).outcomes == {"unchanged": 2}
    with store.reading() as session:
        assert verify(session).intact


@pytest.mark.sqlite
@pytest.mark.parametrize("order", [("earlier", "later"), ("later", "earlier")])
def test_a_later_answer_may_join_the_one_that_the_log_has(store, order):
    sign(store)
    answer(store, ROWS["earlier"])
    done = answer(store, *(ROWS[name] for name in order))
    assert done.loaded and "answer_of_earlier_day" not in [one.code for one in done.doubts]
    assert on(store, "2014-03-05") == ("no", "2014-03-01", True)
    assert on(store, "2014-03-10") == ("yes", "2014-03-10", False)


@pytest.mark.sqlite
def test_the_former_answer_alone_does_not_replace_the_later_one(store):
    sign(store)
    answer(store, ROWS["earlier"], ROWS["later"])
    (error,) = answer(store, ROWS["earlier"]).errors
    assert error.code == "conflict_older_version"
    assert on(store, "2014-03-10") == ("yes", "2014-03-10", False)


@pytest.mark.sqlite
def test_the_former_answer_alone_replaces_the_later_one_where_a_person_says_so(store):
    sign(store)
    answer(store, ROWS["earlier"], ROWS["later"])
    assert answer(store, ROWS["earlier"], newer=True).outcomes == {"corrected": 1}
    assert on(store, "2014-03-10") == ("no", "2014-03-01", False)


@pytest.mark.sqlite
def test_a_refused_row_leaves_the_other_of_the_same_person(store):
    sign(store)
    done = answer(store, "1,soon,2014-03-01,", ROWS["later"], skip_rejected=True)
    assert done.outcomes == {"rejected": 1, "created": 1}
    assert on(store, "2014-03-10") == ("yes", "2014-03-10", False)


@pytest.mark.sqlite
def test_two_rows_of_two_days_change_nothing_of_the_other_people_of_the_file(store):
    sign(store)
    people = "signatory_id,name,commune,signed_on,outcome,measures\ns2,Ali Test,69123,,elected,\n"
    load(store, "signatories", people)
    rows = f"s1,{ROWS['later']}\ns2,1,no,2014-03-02,\ns1,{ROWS['earlier']}\ns2,2,yes,2014-03-02,\n"
    assert load(store, "answers", ANSWERS + rows).loaded
    table = known(store).answers
    own = table[table["signatory_id"] == "s2"]
    assert own["answer"].tolist() == ["no", "yes"] and own["former_answer"].isna().all()


@pytest.mark.sqlite
def test_a_dry_run_says_what_becomes_of_both_rows_and_writes_none(store):
    sign(store)
    done = answer(store, ROWS["earlier"], ROWS["later"], dry_run=True)
    assert not done.errors and "answers_of_two_days" in [one.code for one in done.doubts]
    assert not len(known(store).answers)
