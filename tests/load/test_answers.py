"""What people answered: what it commits them to, and what cannot be true together."""

from datetime import date, timedelta

import numpy as np
import pytest

from monitor import commands, intake, snapshot, status
from monitor.commands.loading import file_in_memory
from monitor.errors import NotFound
from monitor.read.day_state import DayState
from monitor.read.pact_state import PactState
from monitor.store.journal import verify
from tests.support import pacts
from tests.support.clock import NOW

PACT = "mouves-2014"
PEOPLE = "signatory_id,name,commune,signed_on,outcome,measures\n"
ANSWERS = "signatory_id,measure,answer,answered_on,comment\n"
ACTIONS = "action_id,signatory_id,measure,happened_on,kind,summary\n"


def load(store, content, text, **more):
    return commands.load(
        store, content, file_in_memory(text), pact_id=PACT, name="f.csv", now=NOW, **more
    )


def sign(store, measures="", signed_on=""):
    return load(store, "signatories", f"{PEOPLE}s1,Zoé Test,33063,{signed_on},elected,{measures}\n")


def answer(store, *rows, **more):
    return load(store, "answers", ANSWERS + "".join(f"s1,{row}\n" for row in rows), **more)


def known(store):
    return status.what_is_known(snapshot.Snapshots(store).current().log(PACT))


def signed(store):
    """Measure -> the day of its signature, of what s1 has signed."""
    found = known(store)
    own = (found.commitments["signatory_id"] == "s1").to_numpy()
    days = found.promised.of(own).first.tolist()
    return dict(zip(found.commitments["measure"][own].tolist(), days, strict=True))


@pytest.mark.parametrize(
    ("measures", "rows", "wanted"),
    [
        ("", (), {"1", "2", "3"}),
        ("", ("1,yes,,", "2,no,,Trop cher."), {"1"}),
        ("", ("2,partly,,",), {"2"}),
        ("", ("2,no,,",), set()),
        ("1", ("2,no,,",), {"1"}),
        ("1", ("2,yes,,", "3,no,,"), {"1", "2"}),
        ("1;2", ("2,partly,,",), {"1", "2"}),
    ],
)
def test_signed_is_what_is_listed_or_answered_by_yes_or_partly(store, measures, rows, wanted):
    sign(store, measures)
    assert not rows or answer(store, *rows).loaded
    assert set(signed(store)) == wanted
    with store.reading() as session:
        assert verify(session).intact


@pytest.mark.parametrize(
    ("measures", "signed_on", "wanted"),
    [("", "", set()), ("", "2014-02", {"1", "2", "3"}), ("2", "", {"2"})],
)
def test_who_is_silent_where_others_answered_has_signed_nothing(store, measures, signed_on, wanted):
    sign(store, measures, signed_on)
    people = f"{PEOPLE}s2,Ali Test,69123,,elected,\n"
    load(store, "signatories", people)
    load(store, "answers", f"{ANSWERS}s2,1,yes,,\n")
    assert set(signed(store)) == wanted


def test_nothing_can_be_logged_about_what_somebody_silent_never_signed(store):
    sign(store)
    load(store, "signatories", f"{PEOPLE}s2,Ali Test,69123,2014-02,elected,\n")
    text = f"{ACTIONS}x1,{{}},1,2016,note,Vu.\n"
    assert load(store, "actions", text.format("s1"), dry_run=True).outcomes == {"created": 1}
    load(store, "answers", f"{ANSWERS}s2,2,yes,,\n")
    (error,) = load(store, "actions", text.format("s1")).errors
    assert error.code == "not_committed"


def test_a_later_answer_takes_the_place_of_the_one_before(store):
    sign(store)
    answer(store, "1,no,2014-01,Trop cher.", "2,yes,,")
    assert answer(store, "1,yes,2014-02,").outcomes == {"corrected": 1}
    assert set(signed(store)) == {"1", "2"}
    assert answer(store, "1,yes,2014-02,").outcomes == {"unchanged": 1}


def test_the_day_of_an_answer_is_that_of_the_signature(store):
    sign(store, measures="3", signed_on="2014-03-01")
    answer(store, "1,yes,2014-02-01,", "2,yes,,", "3,yes,2014-01-01,")
    days = {name: str(np.datetime64(day, "D")) for name, day in signed(store).items()}
    assert days == {
        "1": "2014-02-01",
        "2": "2014-03-01",
        "3": "2014-03-01",
    }


@pytest.mark.sqlite
@pytest.mark.parametrize(
    ("signed_on", "answered_on", "day"),
    [
        ("2014-03-10", "", date(2014, 3, 10)),
        ("2014-03", "", date(2014, 3, 1)),
        ("2014-03-10", "2014-02-01", date(2014, 2, 1)),
        ("", "2014-02", date(2014, 2, 1)),
        ("", "", None),
    ],
)
def test_an_answer_is_known_from_its_day_or_else_from_that_of_the_signature(
    store, signed_on, answered_on, day
):
    sign(store, "", signed_on)
    answer(store, f"1,yes,{answered_on},", f"2,no,{answered_on},")
    state = PactState(snapshot.Snapshots(store).current(), PACT)
    before, on = (
        DayState(state, one).answers["measure"].tolist()
        for one in ((day or date(2000, 1, 2)) - timedelta(days=1), day or date(2000, 1, 2))
    )
    assert on == ["1", "2"] and before == ([] if day else on)


def test_who_refused_everything_has_signed_nothing(store):
    sign(store, signed_on="2014-03-01")
    answer(store, "1,no,2014-02-01,")
    people = status.fold_people(known(store), NOW.date()).set_index("signatory_id")
    assert not people.at["s1", "signed"]


def test_nobody_has_signed_what_they_refused(store):
    sign(store, "1;2")
    (error,) = answer(store, "2,no,,").errors
    assert (error.code, error.column) == ("answer_against_list", "answer")
    answer(store, "3,no,,")
    (error,) = sign(store, "1;3").errors
    assert (error.code, error.column) == ("list_against_answer", "measures")


@pytest.mark.parametrize(
    ("others", "row", "is_refused"),
    [
        ("answered", "new,Ana Neuve,33063,2014-03-02,,", True),
        ("answered", "new,Ana Neuve,33063,2014-03-02,,all", False),
        ("answered", "new,Ana Neuve,33063,2014-03-02,,1", False),
        ("answered", "new,Ana Neuve,33063,,,", False),
        ("answered", "s1,Zoé Test,33063,2014-03-02,,", False),
        ("signed", "new,Ana Neuve,33063,2014-03-02,,", False),
        ("both", "new,Ana Neuve,33063,2014-03-02,,", False),
    ],
)
def test_a_day_alone_signs_no_pact_that_all_others_answered(store, others, row, is_refused):
    pacts.load(store, pacts.another())

    def take(content, text):
        return commands.load(
            store, content, file_in_memory(text), pact_id="other", name="f", now=NOW
        )

    if others != "answered":
        take("signatories", f"{PEOPLE}s2,Luc Autre,29019,2014-03-01,,\n")
    if others != "signed":
        take("signatories", f"{PEOPLE}s1,Zoé Test,33063,,,\n")
        take("answers", f"{ANSWERS}s1,1,yes,2014-02-01,\ns1,2,no,2014-02-01,\n")
    errors = take("signatories", f"{PEOPLE}{row}\n").errors
    assert [one.code for one in errors] == ["signed_all_unanswered"] * is_refused


@pytest.mark.sqlite
@pytest.mark.parametrize(
    ("row", "column", "code"),
    [
        ("nobody,1,yes,,", "signatory_id", "unknown_signatory"),
        ("s1,9,yes,,", "measure", "unknown_measure"),
        ("s1,1,soon,,", "answer", "unknown_code"),
        ("s1,1,,,", "answer", "required"),
        ("s1,1,yes,2099,", "answered_on", "future_date"),
        ("s1,1,,,Plus tard.\ns1,2,yes,,", "answer", "required"),
        ("s1,1,yes,2015,\ns1,1,no,,", "signatory_id", "answered_twice"),
        ("s1,1,yes,,\ns1,1,no,2016,", "signatory_id", "answered_twice"),
        ("s1,1,yes,2015,\ns1,1,no,2015,", "signatory_id", "answered_twice"),
        ("s1,1,yes,2015,\ns1,1,no,2015-06,", "signatory_id", "answered_twice"),
        ("s1,1,yes,2015,\ns1,1,no,2016,\ns1,1,yes,2017,", "signatory_id", "answered_twice"),
    ],
)
def test_a_cell_that_cannot_be_taken_is_named(store, row, column, code):
    sign(store)
    (error,) = load(store, "answers", f"{ANSWERS}{row}\n").errors
    assert (error.column, error.code) == (column, code)


@pytest.mark.sqlite
def test_a_row_of_a_list_without_an_answer_says_nothing_and_is_told(store):
    sign(store)
    done = answer(store, "1,yes,,", "2,,,", "3,,,")
    assert done.loaded and set(signed(store)) == {"1"}
    assert [dict(one.values)["n"] for one in done.doubts if one.code == "rows_unanswered"] == ["2"]


@pytest.mark.sqlite
@pytest.mark.parametrize("word", ["oui", "Yes", "OUI"])
def test_an_answer_may_be_the_word_of_the_interface(store, word):
    sign(store)
    assert answer(store, f"1,{word},,").loaded
    assert set(signed(store)) == {"1"}


@pytest.mark.sqlite
def test_an_entry_is_about_what_was_signed(store):
    sign(store)
    answer(store, "1,yes,,", "2,no,,")
    done = load(store, "actions", f"{ACTIONS}a1,s1,1,2015,note,Texte.\na2,s1,2,2015,note,Texte.\n")
    assert [(error.line, error.code) for error in done.errors] == [(3, "not_committed")]
    assert intake.error_sentence(done.errors[0], "en").endswith("to this measure: “no”.")


@pytest.mark.sqlite
def test_a_file_of_answers_that_is_taken_back_says_nothing(store):
    sign(store)
    answer(store, "1,no,,")
    with store.reading() as session:
        ((seq,),) = session.rows("SELECT max(seq) FROM load")
    commands.withdraw_load(store, None, seq, "Faux.", NOW)
    assert set(signed(store)) == {"1", "2", "3"}
    assert load(store, "actions", f"{ACTIONS}a1,s1,1,2015,note,Texte.\n").loaded


@pytest.mark.sqlite
def test_a_court_can_have_the_words_of_an_answer_removed(store):
    sign(store)
    answer(store, "1,no,,Trop cher.")
    with store.reading() as session:
        ((seq,),) = session.rows("SELECT max(seq) FROM answer")
    assert commands.redact_entry(store, None, seq, "Ordonnance", NOW) == [seq]
    with store.reading() as session:
        assert session.rows("SELECT comment FROM answer_text") == [(None,)]
        assert verify(session).intact
    assert set(signed(store)) == set()


@pytest.mark.sqlite
def test_an_answer_entered_by_mistake_is_retracted_alone(store):
    sign(store)
    answer(store, "1,yes,,", "2,no,,Trop cher.")
    commands.retract_row(store, None, "answers", PACT, ("s1", "2"), "Autre personne.", NOW)
    assert known(store).answers["measure"].tolist() == ["1"]
    with pytest.raises(NotFound, match="no_such_row"):
        commands.retract_row(store, None, "answers", PACT, ("s1", "3"), "Autre personne.", NOW)
    (error,) = answer(store, "2,no,,Trop cher.").errors
    assert error.code == "conflict_row_retracted"
    assert answer(store, "2,no,,Trop cher.", newer=True).loaded
