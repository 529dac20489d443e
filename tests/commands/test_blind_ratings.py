"""Two people rate a commitment without reading each other: who may, when, and what becomes of it."""

import json

import pytest

from monitor import commands
from monitor.areas import department_of
from monitor.commands import change_account
from monitor.commands.drafts import draft_of_one_size
from monitor.commands.loading import file_in_memory
from monitor.commands.raters import draw_raters, order_raters
from monitor.commands.rating_cells import WORDS
from monitor.commands.ratings import NewRating, accept_rating, arbitrate_ratings, rate_blind
from monitor.errors import Changed, InvalidRow, InvalidValue, NotAllowed, NotFound, Refused
from monitor.models import Decision, Kind, Status
from monitor.queries.ratings import find_pair, given_ratings, open_pairs, own_rating
from monitor.queries.samples import sample_plans
from monitor.store.guards.people import sql_department
from monitor.store.journal import verify_store
from tests.support.blind_ratings import NAMES, SEED, draw_sample, give_rating
from tests.support.loading import load
from tests.support.paths import ROOT
from tests.support.team import LATER, action

PACT, PARIS = "mouves-2014", ("hidalgo-paris", "2")
SEARCHED = "Le registre des délibérations."


@pytest.fixture
def plan_id(store, team):
    return draw_sample(store, PACT, LATER)


def raters(store, plan_id, about=PARIS):
    with store.reading() as session:
        plan = {one.plan_id: one for one in sample_plans(session, PACT)}[plan_id]
        return draw_raters(session, plan, [about])[about]


def rating(plan_id, about=PARIS, searched=SEARCHED, **values) -> NewRating:
    entry = action(signatory_id=about[0], measure=about[1], **values)
    return NewRating(plan_id, entry, searched)


def rate(store, team, name, plan_id, about=PARIS, doubled=(PARIS,), **values) -> int:
    who = getattr(team, NAMES[name])
    return rate_blind(store, who, rating(plan_id, about, **values), doubled, LATER)


def pair(store, plan_id, about=PARIS):
    with store.reading() as session:
        return find_pair(session, PACT, plan_id, *about)


def third_of(store, plan_id, *roles):
    given = raters(store, plan_id).given
    return next(name for name, role in NAMES.items() if name not in given and role in roles)


def test_raters_are_the_first_two_by_a_hash_that_anybody_can_compute(store, team, plan_id):
    expected = order_raters(SEED, NAMES, *PARIS)[:2]
    assert list(raters(store, plan_id).awaited) == expected
    assert order_raters("demo", ["b", "a", "c"], "s1", "1") == ["c", "b", "a"]


@pytest.mark.parametrize("url", ["sqlite", "postgres"], indirect=True)
def test_two_who_agree_open_their_ratings_of_which_a_reviewer_takes_one(store, team, plan_id):
    one, other = raters(store, plan_id).awaited
    rate(store, team, one, plan_id)
    assert pair(store, plan_id) is None
    rate(store, team, other, plan_id, source_url="https://exemple.invalid/autre", summary="")
    found = pair(store, plan_id)
    assert found.agrees and found.is_blind and found.way is None
    assert (found.first.author, found.second.author) == (one, other)
    assert (found.second.summary, found.second.searched) == (None, SEARCHED)
    reviewer = getattr(team, NAMES[third_of(store, plan_id, "reviewer", "second", "admin")])
    seq = accept_rating(store, reviewer, PACT, plan_id, PARIS, found.second.seq, LATER)
    assert (pair(store, plan_id).way, pair(store, plan_id).action_seq) == ("agreed", seq)
    with store.reading() as session:
        ((author, status, decision, summary),) = session.rows(
            "SELECT e.author, a.status, r.decision, x.summary FROM action a "
            "JOIN entry e ON e.seq = a.seq JOIN review r ON r.action_seq = a.seq "
            "JOIN action_text x ON x.seq = a.seq WHERE a.seq = :seq",
            seq=seq,
        )
        sources = session.rows("SELECT source_url FROM source_text")
    assert (author, status, decision) == (other, "decided", "accepted")
    assert summary == SEARCHED
    assert sources == [("https://exemple.invalid/deliberation",)]
    assert verify_store(store).intact
    with pytest.raises(Changed, match="rating_ended"):
        accept_rating(store, reviewer, PACT, plan_id, PARIS, found.first.seq, LATER)


def test_a_third_person_decides_between_two_who_do_not_agree(store, team, plan_id):
    one, other = raters(store, plan_id).awaited
    rate(store, team, one, plan_id)
    rate(store, team, other, plan_id, status="implemented")
    third = getattr(team, NAMES[third_of(store, plan_id, *NAMES.values())])
    entry = action(signatory_id=PARIS[0], measure=PARIS[1], reason="Le vote suffit.")
    with pytest.raises(NotAllowed, match="own_work"):
        arbitrate_ratings(store, getattr(team, NAMES[one]), plan_id, entry, LATER)
    written = arbitrate_ratings(store, third, plan_id, entry, LATER)
    with store.reading() as session:
        ((reason,),) = session.rows(
            "SELECT reason FROM action_text WHERE seq = :seq", seq=written.seq
        )
        assert not session.rows("SELECT 1 FROM review WHERE action_seq = :seq", seq=written.seq)
    assert reason == "arbitrage : Le vote suffit."
    assert (pair(store, plan_id).way, pair(store, plan_id).action_seq) == (
        "arbitrated",
        written.seq,
    )
    assert verify_store(store).intact


def test_what_agrees_is_not_arbitrated_and_what_differs_is_not_taken(store, team, plan_id):
    for name in ("Camille", "Dominique"):
        give_rating(store, name, plan_id, PARIS, LATER)
    other = ("hidalgo-paris", "3")
    give_rating(store, "Camille", plan_id, other, LATER)
    seq = give_rating(store, "Dominique", plan_id, other, LATER, status="implemented")
    assert [pair(store, plan_id, one).measure for one in (PARIS, other)] == ["2", "3"]
    assert pair(store, plan_id, ("hidalgo-paris", "1")) is None
    entry = action(signatory_id=PARIS[0], measure=PARIS[1])
    with pytest.raises(Refused, match="ratings_agree"):
        arbitrate_ratings(store, team.reviewer, plan_id, entry, LATER)
    with pytest.raises(Refused, match="ratings_differ"):
        accept_rating(store, team.reviewer, PACT, plan_id, other, seq, LATER)
    with pytest.raises(NotFound, match="no_such_rating"):
        accept_rating(store, team.reviewer, PACT, plan_id, PARIS, seq, LATER)
    with pytest.raises(NotAllowed):
        accept_rating(store, team.volunteer, PACT, plan_id, PARIS, seq - 3, LATER)


def test_whoever_is_not_drawn_gives_no_rating(store, team, plan_id):
    awaited = raters(store, plan_id).awaited
    for name in NAMES.keys() - {*awaited}:
        with pytest.raises(NotAllowed, match="rating_of_others"):
            rate(store, team, name, plan_id)


def test_neither_the_servers_log_nor_a_refusal_says_what_a_reading_says(
    store, team, plan_id, caplog
):
    caplog.set_level(0)
    one, _ = raters(store, plan_id).awaited
    words = {"searched": "Zwiebel.", "summary": "Zwiebel.", "status": "abandoned"}
    rate(store, team, one, plan_id, **words)
    events = []
    for name in NAMES.keys() - {*raters(store, plan_id).awaited}:
        with pytest.raises((Changed, NotAllowed)) as refusal:
            rate(store, team, name, plan_id)
        events.append(f"{refusal.value} {refusal.value.values}")
    with pytest.raises(NotFound) as refusal:
        accept_rating(store, team.admin, PACT, plan_id, PARIS, 1, LATER)
    events.append(f"{refusal.value} {refusal.value.values}")
    output = f"{caplog.text} {events}".lower()
    assert "zwiebel" not in output and "abandoned" not in output


def test_a_rating_is_given_once_and_a_second_click_gives_no_other(store, team, plan_id):
    one, _ = raters(store, plan_id).awaited
    seq = rate(store, team, one, plan_id, request_id="a" * 32)
    assert rate(store, team, one, plan_id, request_id="a" * 32) == seq
    with pytest.raises(Changed, match="rating_given"):
        rate(store, team, one, plan_id)


def test_what_two_people_do_not_rate_is_rated_as_anything_else(store, team, plan_id):
    one, _ = raters(store, plan_id).awaited
    with pytest.raises(Refused, match="rating_not_doubled"):
        rate(store, team, one, plan_id, doubled=())


@pytest.mark.parametrize(
    ("values", "column"),
    [
        ({"searched": " "}, "searched"),
        ({"status": ""}, "status"),
        ({"source_title": "", "source_url": ""}, "source_title"),
        ({"happened_on": "2099"}, "happened_on"),
    ],
)
def test_a_rating_says_what_an_assessment_says_and_where_somebody_looked(
    store, team, plan_id, values, column
):
    one, _ = raters(store, plan_id).awaited
    with pytest.raises(InvalidRow) as raised:
        rate(store, team, one, plan_id, **values)
    assert raised.value.errors[0].column == column


def test_nobody_rates_in_a_department_of_theirs_nor_what_they_rated_in_public(store, team, plan_id):
    lyon = ("collomb-lyon", "1")
    first, second = raters(store, plan_id, lyon).awaited
    # Villeurbanne is in the department of Lyon.
    change_account(store, None, first, communes=["69266"], now=LATER)
    commands.log_action(store, getattr(team, NAMES[second]), action(), LATER)
    found = raters(store, plan_id, lyon).awaited
    assert len(found) == 2 and not {first, second} & {*found}


@pytest.mark.parametrize("url", ["sqlite", "postgres"], indirect=True)
def test_neither_command_nor_database_takes_a_reading_of_a_department_of_ones_own(
    store, team, plan_id
):
    lyon = ("collomb-lyon", "1")
    for name in ("Camille", "Dominique"):
        give_rating(store, name, plan_id, lyon, LATER)
    for name in ("Sacha", "Maxime"):
        change_account(store, None, name, communes=["69266"], now=LATER)
    seq = pair(store, plan_id, lyon).first.seq
    with pytest.raises(Refused, match="rater_tied"):
        accept_rating(store, team.reviewer, PACT, plan_id, lyon, seq, LATER)
    with pytest.raises(Refused, match="rating: a conflict of interest"):
        give_rating(store, "Maxime", plan_id, ("collomb-lyon", "2"), LATER)
    give_rating(store, "Maxime", plan_id, PARIS, LATER)
    assert accept_rating(store, team.admin, PACT, plan_id, lyon, seq, LATER)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("69123", "69266", True),
        ("2A004", "2A001", True),
        ("2A004", "2B033", False),
        ("97105", "97201", False),
        ("97105", "97101", True),
        ("13055", "30189", False),
        ("GB001", "GB002", False),
        ("750560", "750561", False),
        ("75", "75056", False),
        ("département 75", "75056", False),
        ("", "75056", False),
    ],
)
@pytest.mark.parametrize("url", ["sqlite", "postgres"], indirect=True)
def test_the_database_knows_the_department_of_a_code_as_the_command_does(store, one, other, same):
    assert (department_of(one) == department_of(other)) is same
    with store.reading() as session:
        (found,) = session.rows(
            f"SELECT {sql_department(':one')}, {sql_department(':other')}", one=one, other=other
        )
    assert found == (department_of(one), department_of(other))


def test_whoever_leaves_before_rating_is_replaced_by_the_next(store, team, plan_id):
    order = order_raters(SEED, NAMES, *PARIS)
    rate(store, team, order[1], plan_id)
    change_account(store, None, order[0], active=False, now=LATER)
    assert raters(store, plan_id) == ((order[1],), (order[2],))


def log(store, team, about=PARIS, decision=None, **values):
    """An entry about a commitment, by somebody who does not rate it; its seq."""
    given = {"signatory_id": about[0], "measure": about[1], **values}
    if given.get("kind", Kind.ASSESSMENT) is not Kind.ASSESSMENT:
        given |= dict.fromkeys(("status",), "")
    seq = commands.log_action(store, team.reviewer, action(**given), LATER).seq
    if decision:
        why = "" if decision is Decision.ACCEPTED else "Faux."
        commands.review_action(store, team.second, seq, decision, why, LATER)
    return seq


def bring(content: str, text: str):
    def load_it(store, team):
        load(store, text, content, now=LATER)

    return load_it


def reword(measure: str):
    """The pact says something else of a measure."""

    def load_it(store, team):
        pact = (ROOT / "data" / PACT / "pact.toml").read_text("utf-8")
        place = pact.index('wording = "', pact.index(f'id = "{measure}"')) + len('wording = "')
        text = pact[:place] + "Mieux : " + pact[place:]
        report = commands.load_pact(store, file_in_memory(text), name="p.toml", now=LATER)
        assert report.loaded and report.outcomes

    return load_it


def withdraw_first(store, team):
    """An entry of the pact about the commitment is taken back."""
    rows = "action_id,signatory_id,measure,happened_on,kind,supersedes,reason\n"
    with store.reading() as session:
        ((name,),) = session.rows(
            "SELECT min(action_id) FROM action t JOIN commitment c ON c.id = t.commitment_id "
            "WHERE c.signatory_id = :who AND c.measure_id = :measure",
            who=PARIS[0],
            measure=PARIS[1],
        )
    load(store, f"{rows}w-1,{PARIS[0]},{PARIS[1]},2026,retraction,{name},Faux\n", now=LATER)


HEAD_OF_DETAILS = "signatory_id,measure,wording\n"
HEAD_OF_PEOPLE = "signatory_id,name,commune,outcome,signed_on,withdrawn_on\n"
NOTE = {"kind": Kind.NOTE, "summary": "Vu au conseil."}
#: What happens between two ratings, and whether the pair stays blind.
BETWEEN = {
    "nothing": (lambda store, team: None, True),
    "an assessment that waits": (lambda store, team: log(store, team), False),
    "one that is refused": (lambda store, team: log(store, team, decision=Decision.REFUSED), False),
    "a note": (lambda store, team: log(store, team, decision=Decision.ACCEPTED, **NOTE), False),
    "a reply": (
        lambda store, team: log(store, team, kind=Kind.REPLY, summary="C’est fait."),
        False,
    ),
    "an entry taken back": (withdraw_first, False),
    "a wording of its own": (
        bring("details", f"{HEAD_OF_DETAILS}{PARIS[0]},{PARIS[1]},Autrement.\n"),
        False,
    ),
    "an answer": (
        bring("answers", f"signatory_id,measure,answer\n{PARIS[0]},{PARIS[1]},partly\n"),
        False,
    ),
    "a signature withdrawn": (
        bring(
            "signatories",
            f"{HEAD_OF_PEOPLE}{PARIS[0]},Anne Hidalgo,75056,elected,2014-03-01,2018-01-01\n",
        ),
        False,
    ),
    "another wording of the measure": (reword(PARIS[1]), False),
    "another wording of another measure": (reword("1"), True),
    "a note on another commitment": (
        lambda store, team: log(store, team, (PARIS[0], "1"), **NOTE),
        True,
    ),
    "a wording of another commitment": (
        bring("details", f"{HEAD_OF_DETAILS}{PARIS[0]},1,Autrement.\n"),
        True,
    ),
    "somebody else signs": (
        bring("signatories", f"{HEAD_OF_PEOPLE}x-1,Jeanne Le Goff,29019,unknown,2014-03-01,\n"),
        True,
    ),
}


@pytest.mark.parametrize("url", ["sqlite", "postgres"], indirect=True)
@pytest.mark.parametrize(("happen", "is_blind"), BETWEEN.values(), ids=BETWEEN)
def test_what_one_reader_could_read_and_the_other_not_leaves_the_pair_out_of_the_blind(
    store, team, plan_id, happen, is_blind
):
    give_rating(store, "Camille", plan_id, PARIS, LATER)
    happen(store, team)
    give_rating(store, "Dominique", plan_id, PARIS, LATER)
    assert pair(store, plan_id).is_blind is is_blind


@pytest.mark.parametrize(
    ("kind", "when", "is_blind"),
    [
        (Kind.ASSESSMENT, "before", False),
        (Kind.ASSESSMENT, "after", True),
        (Kind.NOTE, "before", True),
        (Kind.NOTE, "after", True),
    ],
)
def test_a_note_that_both_could_read_or_neither_leaves_the_pair_blind(
    store, team, plan_id, kind, when, is_blind
):
    if when == "before":
        log(store, team, kind=kind, summary="Vu.")
    for name in ("Camille", "Dominique"):
        give_rating(store, name, plan_id, PARIS, LATER)
    if when == "after":
        log(store, team, kind=kind, summary="Vu.")
    assert pair(store, plan_id).is_blind is is_blind


@pytest.mark.parametrize(
    ("left", "chosen", "code"),
    [
        (["Camille"], "Camille", "rating_author_left"),
        (["Camille"], "Dominique", None),
        (["Camille", "Dominique"], "Camille", "rating_authors_left"),
        (["Camille", "Dominique"], "Dominique", "rating_authors_left"),
    ],
)
def test_who_takes_a_reading_of_somebody_who_left_is_told_what_can_be_done(
    store, team, plan_id, left, chosen, code
):
    seqs = {
        name: give_rating(store, name, plan_id, PARIS, LATER) for name in ("Camille", "Dominique")
    }
    for name in left:
        change_account(store, None, name, active=False, now=LATER)

    def take() -> int:
        return accept_rating(store, team.reviewer, PACT, plan_id, PARIS, seqs[chosen], LATER)

    if code is None:
        assert take()
        return
    with pytest.raises(Refused, match=code):
        take()
    assert pair(store, plan_id).way is None
    # What both found is written as anything else.
    assert log(store, team, decision=Decision.ACCEPTED)


@pytest.mark.parametrize(("more", "is_taken"), [(0, True), (1, False)])
def test_the_words_of_a_rating_are_as_long_as_what_hides_their_length(
    store, team, plan_id, more, is_taken
):
    name = raters(store, plan_id).awaited[0]
    texts = {"summary": "é" * 300, "quote": "x" * (WORDS - 655 + more), "searched": "y" * 50}
    texts |= {"source_url": "", "source_publisher": "", "source_title": "Actes"}
    try:
        rate(store, team, name, plan_id, **texts)
    except InvalidRow as refusal:
        codes = [one.code for one in refusal.errors]
        assert not is_taken and codes == ["rating_too_long"]
    else:
        assert is_taken


def test_before_the_second_only_its_author_reads_a_rating(store, team, plan_id):
    seq = give_rating(store, "Camille", plan_id, PARIS, LATER, status="abandoned")
    with store.reading() as session:
        mine = own_rating(session, "Camille", PACT, plan_id, *PARIS)
        others = [own_rating(session, n, PACT, plan_id, *PARIS) for n in NAMES if n != "Camille"]
        ratings = given_ratings(session, PACT, plan_id)
    assert mine.status is Status.ABANDONED and not any(others)
    assert pair(store, plan_id) is None
    assert [tuple(one) for one in ratings] == [(seq, ratings[0].recorded_at, "Camille", *PARIS)]


def test_an_earlier_head_still_knows_one_rating_only(store, team, plan_id):
    give_rating(store, "Camille", plan_id, PARIS, LATER)
    last = give_rating(store, "Dominique", plan_id, PARIS, LATER)
    with store.reading() as session:
        assert open_pairs(session, PACT, plan_id, last - 1) == []
        assert len(open_pairs(session, PACT, plan_id, last)) == 1


def test_a_rating_that_is_being_written_is_kept_in_as_many_bytes_whatever_it_says():
    drafts = [
        {"status": status.value, "searched": words}
        for status in Status
        for words in ("", "Le « registre ».", "é" * 600)
    ]
    kept = [draft_of_one_size(one) for one in drafts]
    assert len({len(one.encode()) for one in kept}) == 1
    assert [{**json.loads(one), "filling": ""} for one in kept] == [
        {**one, "filling": ""} for one in drafts
    ]
    with pytest.raises(InvalidValue, match="rating_draft_long"):
        draft_of_one_size({"searched": "x" * 2_000})
