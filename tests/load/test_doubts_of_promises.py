"""What a change takes from the promises of people though it is followed up, or adds to them though no
row says so, is told: by an answer, a list of measures, a measure of the pact, a retraction."""

import pytest

from monitor import commands, intake
from monitor.commands.loading import file_in_memory
from monitor.snapshot import Snapshots
from monitor.status import what_is_known
from tests.support.clock import NOW
from tests.support.pacts import another
from tests.support.pacts import load as load_pact_text

PEOPLE = "signatory_id,name,commune,signed_on,outcome,measures\n"
ANSWERS = "signatory_id,measure,answer,answered_on\n"
FACTS = "action_id,signatory_id,measure,happened_on,status,summary,source_kind,source_title\n"
Z, Y = "z,Zoé Zed,29232,{},elected,{}\n", "y,Yves Yot,29019,{},elected,{}\n"
SAID = ("promises_lost", "promises_gained")


def load(store, content, text, **options):
    options = {"pact_id": "p", "name": f"{content}.csv", "now": NOW, **options}
    report = commands.load(store, content, file_in_memory(text), **options)
    assert report.loaded, report.errors
    return report


def pact_of(store, *more: str):
    """The pact of three measures, with further ones."""
    text = another(name="p", term_end="2032-03-21")
    for one in more:
        text += f'\n[[measures]]\nid = "{one}"\nwording = "Une mesure {one}"\n'
    return load_pact_text(store, text)


def follow(store, *measures: str, who: str = "z"):
    rows = "".join(f"{who}{m},{who},{m},2015-03-0{m},decided,Un acte,press,J\n" for m in measures)
    load(store, "actions", FACTS + rows)


def promised(store, who: str = "z") -> str:
    """The measures that the public reads this person to have promised."""
    made = what_is_known(Snapshots(store).current().log("p")).commitments
    return "".join(made["measure"][made["signatory_id"] == who].astype(str))


def said(doubts) -> list[tuple]:
    found = [doubt for doubt in doubts if doubt.code in SAID]
    for doubt in found:
        for lang in ("fr", "en"):
            sentence = intake.error_sentence(doubt, lang)
            assert "{" not in sentence and dict(doubt.values)["known"] in sentence
    return [(one.code, one.line, dict(one.values)["known"]) for one in found]


@pytest.fixture
def pact(empty):
    assert pact_of(empty).loaded
    return empty


@pytest.mark.parametrize("url", ["sqlite", "postgres"], indirect=True)
@pytest.mark.parametrize(
    ("signed", "listed", "first", "then", "left", "lost"),
    [
        # Who signed everything, and then answers: the answers alone are promised.
        ("2014-02-01", "", "", "z,1,yes,\n", "1", "Zoé Zed · 2, Zoé Zed · 3"),
        ("2014-02-01", "", "", "z,1,yes,\nz,2,partly,\n", "12", "Zoé Zed · 3"),
        ("2014-02-01", "", "", "z,1,yes,\nz,2,yes,\nz,3,yes,\n", "123", None),
        ("", "", "", "y,1,yes,\n", "", "Zoé Zed · 1, Zoé Zed · 2, Zoé Zed · 3"),
        ("2014-02-01", "", "", "y,1,yes,\n", "123", None),
        ("", "1;2;3", "", "y,1,yes,\n", "123", None),
        # Who answers otherwise than before.
        ("", "", "z,1,yes,\nz,2,yes,\nz,3,yes,\n", "z,2,no,\n", "13", "Zoé Zed · 2"),
        ("", "", "z,1,yes,\nz,2,yes,\nz,3,yes,\n", "z,2,neither,\n", "13", "Zoé Zed · 2"),
        ("", "", "z,1,yes,\nz,2,yes,\nz,3,yes,\n", "z,2,partly,\n", "123", None),
        ("", "", "z,1,yes,\nz,2,yes,\nz,3,yes,\n", "z,2,yes,2014-02-03\n", "123", None),
    ],
)
def test_what_answers_leave_unpromised_though_it_is_followed_up_is_said(
    pact, signed, listed, first, then, left, lost
):
    load(pact, "signatories", PEOPLE + Z.format(signed, listed) + Y.format("", ""))
    if first:
        assert said(load(pact, "answers", ANSWERS + first).doubts) == []
    follow(pact, "1", "2", "3")
    doubts = said(load(pact, "answers", ANSWERS + then).doubts)
    assert promised(pact) == left
    assert doubts == ([("promises_lost", 2 if then[0] == "z" else None, lost)] if lost else [])


@pytest.mark.parametrize(
    ("before", "after", "said_so"),
    [
        ("yes,2014-02-01", "no,2015-03-01", True),
        ("no,2014-02-01", "yes,2015-03-01", True),
        ("yes,2014-02", "partly,2014-03", True),
        ("yes,2014-02-01", "yes,2015-03-01", False),
        ("yes,2014-02-01", "no,2014-02-01", False),
        ("yes,2014-02-01", "no,2014-01-01", False),
        ("yes,", "no,2014-01-01", False),
        ("yes,2014-02-01", "no,", False),
    ],
)
def test_an_answer_that_another_of_a_later_day_replaces_is_said_to_be_gone(
    pact, before, after, said_so
):
    load(pact, "signatories", PEOPLE + Z.format("", ""))
    load(pact, "answers", f"{ANSWERS}z,1,{before}\n")
    report = load(pact, "answers", f"{ANSWERS}z,1,{after}\n")
    found = [doubt for doubt in report.doubts if doubt.code == "answer_of_earlier_day"]
    assert [(one.line, one.column) for one in found] == [(2, "answered_on")] * said_so
    for doubt in found:
        former = intake.error_sentence(doubt, "fr").replace("\u00a0", " ")
        word = {"yes": "« oui »", "no": "« non »"}[before.split(",")[0]]
        assert word in former and "février 2014" in former


def test_notes_and_replies_are_among_what_is_followed_up(pact):
    load(pact, "signatories", PEOPLE + Z.format("2014-02-01", "1;2"))
    head = "action_id,signatory_id,measure,kind,happened_on,summary\n"
    rows = "n,z,2,note,2015-03-01,Vu.\nr,z,2,reply,2015-04-01,Merci.\n"
    load(pact, "actions", head + rows)
    report = load(pact, "signatories", PEOPLE + Z.format("2014-02-01", "1"))
    assert said(report.doubts) == [("promises_lost", 2, "Zoé Zed · 2")]
    (doubt,) = [one for one in report.doubts if one.code == "promises_lost"]
    assert dict(doubt.values)["n"] == "2"


@pytest.mark.parametrize("url", ["sqlite", "postgres"], indirect=True)
@pytest.mark.parametrize(
    ("before", "after", "left", "expected"),
    [
        ("1;2;3", "1;2", "12", [("promises_lost", 2, "Zoé Zed · 3")]),
        ("", "1", "1", [("promises_lost", 2, "Zoé Zed · 2, Zoé Zed · 3")]),
        ("1;2;3", "3;2;1", "123", []),
        ("1;2;3", "", "123", []),
        ("", "1;2;3", "123", []),
    ],
)
def test_what_a_shorter_list_leaves_unpromised_is_said(pact, before, after, left, expected):
    load(pact, "signatories", PEOPLE + Z.format("2014-02-01", before))
    follow(pact, "1", "2", "3")
    report = load(pact, "signatories", PEOPLE + Z.format("2014-02-01", after))
    assert (said(report.doubts), promised(pact)) == (expected, left)


@pytest.mark.parametrize(
    ("before", "signed", "promises", "gained"),
    [
        ("1;2", "2014-02-01", "123", True),
        ("1", "", "123", True),
        ("1;2;3", "2014-02-01", "123", False),
        ("", "2014-02-01", "123", False),
    ],
)
def test_who_lists_nothing_any_more_is_said_to_promise_everything(
    pact, before, signed, promises, gained
):
    load(pact, "signatories", PEOPLE + Z.format("2014-02-01", before))
    report = load(pact, "signatories", PEOPLE + Z.format(signed, ""))
    assert promised(pact) == promises
    assert said(report.doubts) == ([("promises_gained", 2, "Zoé Zed")] if gained else [])


@pytest.mark.parametrize("url", ["sqlite", "postgres"], indirect=True)
@pytest.mark.parametrize(
    ("signed", "listed", "answers", "promises", "gained"),
    [
        ("2014-02-01", "", "", "1234", "Zoé Zed"),
        ("", "", "", "1234", "Zoé Zed"),
        ("2014-02-01", "1;2", "", "12", None),
        ("2014-02-01", "1;2;3", "", "123", None),
        ("2014-02-01", "", "z,1,yes,\n", "1", None),
        ("2014-02-01", "", "z,1,no,\n", "", None),
        ("2014-02-01", "", "y,1,yes,\n", "1234", "Zoé Zed"),
        ("", "", "y,1,yes,\n", "", None),
    ],
)
def test_who_would_promise_a_measure_that_the_pact_did_not_have_is_named(
    pact, signed, listed, answers, promises, gained
):
    load(pact, "signatories", PEOPLE + Z.format(signed, listed) + Y.format("", "1"))
    if answers:
        load(pact, "answers", ANSWERS + answers)
    report = pact_of(pact, "4")
    assert report.loaded and promised(pact) == promises
    assert said(report.doubts) == ([("promises_gained", None, gained)] if gained else [])


def test_a_measure_added_to_a_pact_that_nobody_signed_is_promised_by_nobody(pact):
    assert said(pact_of(pact, "4").doubts) == []


@pytest.mark.parametrize("url", ["sqlite", "postgres"], indirect=True)
@pytest.mark.parametrize(
    ("signed", "listed", "answers", "retracted", "expected"),
    [
        ("2014-02-01", "", "z,1,no,\n", "1", [("promises_gained", None, "Zoé Zed")]),
        ("2014-02-01", "", "z,1,yes,\n", "1", [("promises_gained", None, "Zoé Zed")]),
        ("", "", "z,1,no,\ny,1,no,\n", "1", []),
        ("2014-02-01", "", "z,1,yes,\nz,2,yes,\n", "1", [("promises_lost", None, "Zoé Zed · 1")]),
        ("2014-02-01", "1", "z,1,yes,\nz,2,yes,\n", "1", []),
        ("2014-02-01", "", "z,1,yes,\nz,2,no,\n", "2", []),
    ],
)
def test_what_a_retracted_answer_would_make_of_promises_is_said_before(
    pact, signed, listed, answers, retracted, expected
):
    load(pact, "signatories", PEOPLE + Z.format(signed, listed) + Y.format("", ""))
    load(pact, "answers", ANSWERS + answers)
    before = promised(pact)
    if "1" in before:
        follow(pact, "1")
    with pact.reading() as session:
        taken = commands.entries_taken(session, "answers", "p", ("z", retracted))
        doubts = said(commands.retraction_doubts(session, "p", taken))
    assert doubts == expected
    commands.retract_row(pact, None, "answers", "p", ("z", retracted), "Faux", now=NOW)
    lost, gained = set(before) - {*promised(pact)}, {*promised(pact)} - {*before}
    assert [bool(lost), bool(gained)] == [any(code in one for one in expected) for code in SAID]


def test_a_signatory_who_is_taken_back_is_said_once_to_lose_what_is_followed_up(pact):
    load(pact, "signatories", PEOPLE + Z.format("2014-02-01", ""))
    follow(pact, "1")
    with pact.reading() as session:
        taken = commands.entries_taken(session, "signatories", "p", ("z",))
        doubts = commands.retraction_doubts(session, "p", taken)
    assert [doubt.code for doubt in doubts] == ["facts_retracted"]
