"""Two people behind what takes away from what is public, behind a new admin and behind a review."""

import shutil
from dataclasses import replace
from datetime import timedelta
from itertools import product
from random import Random
from threading import Barrier, Thread
from typing import NamedTuple

import pytest

from monitor import accounts, commands, status
from monitor.accounts import Bearer
from monitor.accounts.sessions import open_session
from monitor.accounts.team_record import Act, makers_of, record_act
from monitor.commands import CourtOrder
from monitor.commands.loading import file_in_memory
from monitor.errors import (
    Changed,
    InvalidRow,
    MonitorError,
    NotAllowed,
    NotFound,
    Refused,
    TooManyAttempts,
)
from monitor.models import Decision, Kind, Role
from monitor.queries.notices import count_to_review
from monitor.queries.requests import pending_requests, recorded_acts, request_numbered
from monitor.read.housekeeping import ShownHeads
from monitor.snapshot import Snapshots
from monitor.store import open_store
from monitor.store.journal import verify_store
from tests.support.clock import NOW
from tests.support.damage import intrude
from tests.support.size import pick_amount
from tests.support.team import LATER, LYON, action, choose_password, sign_in

ENGINES = ("sqlite", "postgres")
PACT, TEXTS, PASSWORD = "mouves-2014", 20, "une phrase assez longue"
DAY = timedelta(hours=24)
ROW = "action_id,signatory_id,measure,happened_on,status,summary,source_kind,source_title\n"
ONE = ROW + "n1,collomb-lyon,1,2019,implemented,x,report,y\n"


class Case(NamedTuple):
    """An act: how it is asked for, who may, what is there before and gone after; whether a court may
    order it."""

    ask: object
    role: Role
    stands: object
    order: bool


def files(store) -> int:
    """The operator's file of actions."""
    with store.reading() as session:
        ((seq,),) = session.rows("SELECT seq FROM load WHERE content = 'actions' AND accepted = 1")
    return seq


def withdrawn(store) -> bool:
    with store.reading() as session:
        return bool(session.rows("SELECT seq FROM withdrawal"))


def people(store) -> set[str]:
    return set(
        status.what_is_known(Snapshots(store).current().log(PACT)).signatories["signatory_id"]
    )


def mandates(store) -> int:
    return len(status.what_is_known(Snapshots(store).current().log(PACT)).mandates)


def summary(store) -> str | None:
    with store.reading() as session:
        return session.rows("SELECT summary FROM action_text WHERE seq = :seq", seq=TEXTS)[0][0]


def role(store, name: str) -> Role:
    with store.reading() as session:
        account = accounts.account_named(session, name)
    return account.role if account.active else None


def ask_admin(store, who, now, order):
    commands.change_account(store, who, "Maxime", Role.ADMIN, now=now)
    return pending(store)[-1].id


MANDATE = (LYON, "mayor", "2014-03-30")
CASES = {
    "withdrawal": Case(
        lambda store, who, now, order: commands.request_withdrawal(
            store, who, files(store), "Faux.", now
        ),
        Role.REVIEWER,
        lambda store: not withdrawn(store),
        False,
    ),
    "signatory": Case(
        lambda store, who, now, order: commands.request_retraction(
            store, who, "signatories", PACT, (LYON,), "Homonyme.", now, order
        ),
        Role.ADMIN,
        lambda store: LYON in people(store),
        True,
    ),
    "mandate": Case(
        lambda store, who, now, order: commands.request_retraction(
            store, who, "mandates", PACT, MANDATE, "Autre élu.", now, order
        ),
        Role.ADMIN,
        lambda store: mandates(store) == 4,
        True,
    ),
    "redaction": Case(
        lambda store, who, now, order: commands.request_redaction(
            store, who, TEXTS, "Ordonnance.", now, order
        ),
        Role.ADMIN,
        lambda store: summary(store) is not None,
        True,
    ),
    "admin": Case(
        ask_admin, Role.ADMIN, lambda store: role(store, "Maxime") is not Role.ADMIN, False
    ),
}
ROLES = {Role.VOLUNTEER: "volunteer", Role.REVIEWER: "reviewer", Role.ADMIN: "admin"}


def pending(store):
    with store.reading() as session:
        return pending_requests(session)


def ended(store, number: int):
    with store.reading() as session:
        return request_numbered(session, number)


def recorded(store) -> list[tuple[str, str | None]]:
    with store.reading() as session:
        return [(one.kind, one.actor) for one in reversed(recorded_acts(session, count=1_000)[1])]


def asked(store, team, name: str, now=LATER) -> int:
    return CASES[name].ask(store, team.admin, now, None)


@pytest.mark.parametrize(("name", "who"), list(product(CASES, ROLES)))
def test_alone_nobody_takes_anything_away(store, team, name, who):
    case, bearer = CASES[name], getattr(team, ROLES[who])
    if not who.includes(case.role):
        with pytest.raises(NotAllowed):
            case.ask(store, bearer, LATER, None)
        assert pending(store) == []
        return
    number = case.ask(store, bearer, LATER, None)
    with pytest.raises(NotAllowed):
        commands.confirm_request(store, bearer, number, LATER)
    assert commands.carry_out_due_requests(store, LATER + DAY - timedelta(seconds=1)) == []
    assert case.stands(store) and [one.id for one in pending(store)] == [number]


@pytest.mark.parametrize(("name", "who"), list(product(CASES, ROLES)))
def test_a_second_person_of_the_team_confirms(store, team, name, who):
    case, number = CASES[name], asked(store, team, name)
    second = {Role.ADMIN: sign_in(store, "Alix", Role.ADMIN, NOW)}.get(
        who, getattr(team, ROLES[who])
    )
    needed = Role.ADMIN if name == "admin" else Role.REVIEWER
    if who.includes(needed):
        assert commands.confirm_request(store, second, number, LATER).way == "confirmed"
        assert not case.stands(store) and pending(store) == []
        with pytest.raises(Changed, match="request_ended"):
            commands.confirm_request(store, second, number, LATER)
    else:
        with pytest.raises(NotAllowed):
            commands.confirm_request(store, second, number, LATER)
        assert case.stands(store)
    assert verify_store(store).intact


@pytest.mark.parametrize("name", CASES)
def test_after_a_day_it_takes_effect_once_whoever_looks(store, team, name):
    number = asked(store, team, name)
    done = commands.carry_out_due_requests(store, LATER + DAY)
    assert [(one.id, one.way, one.ended_by) for one in done] == [(number, "elapsed", None)]
    assert not CASES[name].stands(store)
    assert commands.carry_out_due_requests(store, LATER + DAY) == []
    assert (Act.ELAPSED, None) in recorded(store) and verify_store(store).intact


@pytest.mark.parametrize(
    ("name", "who"), [*product(CASES, ["volunteer", None]), ("withdrawal", "second")]
)
def test_anybody_of_the_team_stops_it_with_a_reason(store, team, name, who):
    number, bearer = asked(store, team, name), who and getattr(team, who)
    with pytest.raises(InvalidRow):
        commands.stop_request(store, bearer, number, " ", LATER)
    commands.stop_request(store, bearer, number, "C’est bien elle.", LATER)
    assert commands.carry_out_due_requests(store, LATER + 2 * DAY) == []
    with pytest.raises(Changed, match="request_ended"):
        commands.confirm_request(store, team.second, number, LATER)
    assert CASES[name].stands(store)
    assert (ended(store, number).way, ended(store, number).why) == ("stopped", "C’est bien elle.")


@pytest.mark.parametrize("name", CASES)
def test_who_asked_takes_it_back_without_a_reason(store, team, name):
    number = asked(store, team, name)
    commands.stop_request(store, team.admin, number, now=LATER)
    assert pending(store) == [] and CASES[name].stands(store)
    assert asked(store, team, name) == number + 1


@pytest.mark.parametrize("name", CASES)
def test_the_operator_confirms_on_the_command_line(store, team, name):
    number = asked(store, team, name)
    assert commands.confirm_request(store, None, number, LATER).ended_by == "operator"
    assert not CASES[name].stands(store)


def with_password(store, name: str = "Claude") -> Bearer:
    token = commands.new_link(store, None, name, LATER)
    return choose_password(store, token, PASSWORD, LATER)


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if case.order])
def test_the_order_of_a_court_is_obeyed_at_once_and_recorded_as_such(store, team, name):
    admin = with_password(store)
    number = CASES[name].ask(store, admin, LATER, CourtOrder("TJ Lyon, 26/00123", PASSWORD))
    request = ended(store, number)
    assert (request.way, request.ended_by) == ("order", "Claude")
    assert request.order_reference == "TJ Lyon, 26/00123"
    assert not CASES[name].stands(store) and (Act.ORDER, "Claude") in recorded(store)


@pytest.mark.parametrize(
    ("order", "error"),
    [
        (CourtOrder("TJ Lyon", "une autre phrase"), NotAllowed),
        (CourtOrder("TJ Lyon", ""), NotAllowed),
        (CourtOrder(" ", PASSWORD), InvalidRow),
        (CourtOrder("x" * 201, PASSWORD), MonitorError),
    ],
)
def test_an_order_needs_its_reference_and_the_password(store, team, order, error):
    admin = with_password(store)
    with pytest.raises(error):
        CASES["redaction"].ask(store, admin, LATER, order)
    assert summary(store) and pending(store) == []


@pytest.mark.parametrize(("minutes", "obeyed"), [(0, True), (9, True), (11, False)])
def test_who_comes_by_a_provider_tells_of_an_order_right_after_signing_in(store, minutes, obeyed):
    with store.writing() as session:
        accounts.identities.remember_identity(session, "https://id.invalid", "42", "C.", NOW)
    commands.admit_identity(store, None, "https://id.invalid", "42", "Zoé", Role.ADMIN, NOW)
    at = LATER - timedelta(minutes=minutes)
    who = Bearer(None, "https://id.invalid", "42", at, at + DAY)
    if obeyed:
        CASES["redaction"].ask(store, who, LATER, CourtOrder("TJ Lyon"))
    else:
        with pytest.raises(NotAllowed, match="sign_in_again"):
            CASES["redaction"].ask(store, who, LATER, CourtOrder("TJ Lyon"))
    assert (summary(store) is None) is obeyed


def test_the_password_of_an_order_is_not_tried_for_ever(store, team):
    admin, wrong = with_password(store), CourtOrder("TJ Lyon", "une autre phrase")
    for _ in range(5):
        with pytest.raises(NotAllowed, match="password_wrong"):
            CASES["redaction"].ask(store, admin, LATER, wrong)
    with pytest.raises(TooManyAttempts):
        CASES["redaction"].ask(store, admin, LATER, CourtOrder("TJ Lyon", PASSWORD))
    assert recorded(store).count((Act.PASSWORD_REFUSED, "Claude")) == 5


def test_no_reviewer_tells_of_an_order(store, team):
    reviewer = with_password(store, "Sacha")
    with pytest.raises(NotAllowed):
        CASES["redaction"].ask(store, reviewer, LATER, CourtOrder("TJ Lyon", PASSWORD))
    assert summary(store)


def test_orders_that_follow_each_other_need_a_second_person_in_the_end(store, team):
    admin, order = with_password(store), CourtOrder("TJ Lyon", PASSWORD)
    with store.reading() as session:
        seqs = [
            seq for (seq,) in session.rows("SELECT min(seq) FROM action GROUP BY first LIMIT 4")
        ]
    for seq in seqs[:3]:
        commands.request_redaction(store, admin, seq, "Ordonnance.", LATER, order)
    with pytest.raises(Refused, match="orders_spent"):
        commands.request_redaction(store, admin, seqs[3], "Ordonnance.", LATER, order)
    admin = signed_in_again(store, "Claude", LATER + DAY)
    commands.request_redaction(store, admin, seqs[3], "Ordonnance.", LATER + DAY, order)


def test_an_order_does_not_wait_for_the_same_request(store, team):
    number = asked(store, team, "redaction")
    admin = with_password(store)
    CASES["redaction"].ask(store, admin, LATER, CourtOrder("TJ Lyon", PASSWORD))
    assert (ended(store, number).way, ended(store, number).why) == ("void", "by_order")
    assert summary(store) is None


@pytest.mark.parametrize("name", CASES)
def test_the_same_is_asked_for_once(store, team, name):
    number = asked(store, team, name)
    other = sign_in(store, "Alix", Role.ADMIN, NOW)
    with pytest.raises(Changed, match="already_requested"):
        CASES[name].ask(store, other, LATER, None)
    assert [one.id for one in pending(store)] == [number]


DIRECT = {
    "file": lambda store, who: commands.withdraw_load(store, who, files(store), "Faux.", LATER),
    "redact": lambda store, who: commands.redact_entry(store, who, TEXTS, "Ordonnance.", LATER),
    "signatory": lambda store, who: commands.retract_row(
        store, who, "signatories", PACT, (LYON,), "x", LATER
    ),
    "mandate": lambda store, who: commands.retract_row(
        store, who, "mandates", PACT, MANDATE, "x", LATER
    ),
}


@pytest.mark.parametrize("name", DIRECT)
def test_what_the_operator_does_on_the_command_line_is_recorded_and_nobody_else_does_it(
    store, team, name
):
    with pytest.raises(Refused, match="two_people"):
        DIRECT[name](store, team.admin)
    DIRECT[name](store, None)
    assert recorded(store)[-1][1] == "operator"


NEW_ADMINS = {
    "a role": lambda store, who: commands.change_account(
        store, who, "Camille", Role.ADMIN, now=LATER
    ),
    "a new account": lambda store, who: commands.add_account(
        store, who, "Camille B.", Role.ADMIN, now=LATER
    ),
    "an identity": lambda store, who: commands.admit_identity(
        store, who, "https://id.invalid", "42", "Camille B.", Role.ADMIN, LATER
    ),
    "a door opened again": lambda store, who: commands.change_account(
        store, who, "Ancienne", active=True, now=LATER
    ),
}


@pytest.mark.parametrize("name", NEW_ADMINS)
def test_no_way_makes_an_admin_alone(store, team, name):
    sign_in(store, "Ancienne", Role.ADMIN, NOW)
    commands.change_account(store, None, "Ancienne", active=False, now=NOW)
    with store.writing() as session:
        accounts.identities.remember_identity(session, "https://id.invalid", "42", "C.", NOW)
    NEW_ADMINS[name](store, team.admin)
    who = pending(store)[0].name
    assert role(store, who) is not Role.ADMIN
    commands.carry_out_due_requests(store, LATER + DAY)
    assert role(store, who) is Role.ADMIN


def test_who_was_to_be_an_admin_and_was_closed_meanwhile_is_none(store, team):
    number = asked(store, team, "admin")
    commands.change_account(store, None, "Maxime", active=False, now=LATER + timedelta(hours=1))
    commands.carry_out_due_requests(store, LATER + DAY)
    assert role(store, "Maxime") is None
    assert (ended(store, number).way, ended(store, number).why) == ("void", "request_overtaken")


@pytest.mark.parametrize("change", [{"active": False}, {"role": Role.VOLUNTEER}])
@pytest.mark.parametrize("name", CASES)
def test_what_a_closed_account_had_asked_for_ends_at_once(store, team, name, change):
    number = asked(store, team, name)
    commands.change_account(store, None, "Claude", now=LATER, **change)
    assert ended(store, number).way == "void" and pending(store) == []
    assert commands.carry_out_due_requests(store, LATER + DAY) == []
    assert CASES[name].stands(store)


MEANWHILE = {
    "withdrawal": lambda store: commands.withdraw_load(store, None, files(store), "Faux.", LATER),
    "signatory": lambda store: load(store, "signatories", SIGNATORY),
    "mandate": lambda store: commands.retract_row(
        store, None, "mandates", PACT, MANDATE, "Faux.", LATER
    ),
    "redaction": lambda store: commands.redact_entry(store, None, TEXTS, "Ordonnance.", LATER),
    "admin": lambda store: commands.change_account(store, None, "Maxime", Role.ADMIN, now=LATER),
}
SIGNATORY = f"signatory_id,name,commune,outcome\n{LYON},Gérard Collomb,69123,unknown\n"


def load(store, content, text, who=None, now=LATER):
    report = commands.load(
        store, content, file_in_memory(text), pact_id=PACT, name="f.csv", who=who, now=now
    )
    assert report.loaded, report.errors
    with store.reading() as session:
        ((seq,),) = session.rows("SELECT max(seq) FROM load")
    return seq


@pytest.mark.parametrize(("name", "way"), list(product(MEANWHILE, ["confirmed", "elapsed"])))
def test_what_changed_meanwhile_is_not_taken_away_unseen(store, team, name, way):
    number = asked(store, team, name)
    MEANWHILE[name](store)
    if way == "confirmed":
        second = sign_in(store, "Alix", Role.ADMIN, NOW)
        with pytest.raises((Changed, NotFound)):
            commands.confirm_request(store, second, number, LATER)
    else:
        commands.carry_out_due_requests(store, LATER + DAY)
    assert ended(store, number).way == "void" and pending(store) == []
    assert name != "signatory" or LYON in people(store)


def test_a_tied_reviewer_does_not_confirm(store, team):
    number = asked(store, team, "signatory")
    commands.change_account(store, None, "Sacha", communes=["69123"], now=LATER)
    with pytest.raises(Refused, match="conflict_of_interest"):
        commands.confirm_request(store, team.reviewer, number, LATER)
    assert LYON in people(store) and pending(store)


def made(store, maker: Bearer, name: str, role: Role, now=NOW) -> Bearer:
    """Signed in by the link that the maker made."""
    _, token = commands.add_account(store, maker, name, role, now=now)
    return choose_password(store, token, PASSWORD, now)


def test_an_account_does_not_confirm_what_its_maker_asked_nor_the_other_way_round(store, team):
    made(store, team.admin, "Deuxième", Role.REVIEWER)
    at = LATER + DAY
    both = [signed_in_again(store, name, at) for name in ("Claude", "Deuxième")]
    for one, other in (both, reversed(both)):
        number = commands.request_withdrawal(store, one, files(store), "Faux.", at)
        with pytest.raises(NotAllowed, match="request_of_maker"):
            commands.confirm_request(store, other, number, at)
        commands.stop_request(store, one, number, now=at)


def signed_in_again(store, name: str, now) -> Bearer:
    with store.writing() as session:
        return Bearer(token=accounts.open_session(session, name, now))


def test_two_accounts_just_made_by_one_admin_confirm_nothing_between_them(store, team):
    made(store, team.admin, "Une", Role.REVIEWER, LATER)
    made(store, team.admin, "Deux", Role.REVIEWER, LATER)
    one, two = (signed_in_again(store, name, LATER) for name in ("Une", "Deux"))
    number = commands.request_withdrawal(store, one, files(store), "Faux.", LATER)
    with pytest.raises(NotAllowed, match="account_new"):
        commands.confirm_request(store, two, number, LATER)
    commands.confirm_request(
        store, signed_in_again(store, "Deux", LATER + DAY), number, LATER + DAY
    )


def test_a_link_for_a_colleague_makes_nobody_two(store, team):
    """Whoever makes a link for a colleague can sign in as that colleague."""
    token = commands.new_link(store, team.admin, "Maxime", LATER)
    stolen = choose_password(store, token, PASSWORD, LATER)
    number = asked(store, team, "withdrawal")
    with pytest.raises(NotAllowed, match="request_of_maker"):
        commands.confirm_request(store, stolen, number, LATER)
    seq = commands.log_action(store, team.admin, action(), LATER).seq
    with pytest.raises(NotAllowed, match="work_of_maker"):
        commands.review_action(store, stolen, seq, Decision.ACCEPTED, now=LATER)


def test_nobody_shuts_out_who_could_stop_their_request(store, team):
    asked(store, team, "withdrawal")
    for change in ({"active": False}, {"role": Role.VOLUNTEER}):
        with pytest.raises(Refused, match="own_request_pending"):
            commands.change_account(store, team.admin, "Sacha", now=LATER, **change)
    with pytest.raises(Refused, match="own_request_pending"):
        commands.new_link(store, team.admin, "Sacha", LATER)
    with store.writing() as session:
        accounts.identities.remember_identity(session, "https://id.invalid", "42", "C.", NOW)
    commands.admit_identity(store, None, "https://id.invalid", "42", "Zoé", Role.REVIEWER, NOW)
    with pytest.raises(Refused, match="own_request_pending"):
        commands.detach_identities(store, team.admin, "Zoé", LATER)
    commands.stop_request(store, team.admin, pending(store)[0].id, now=LATER)
    commands.change_account(store, team.admin, "Sacha", active=False, now=LATER)


def shut_out(store, team, now=LATER) -> None:
    for name in ("Camille", "Dominique", "Sacha", "Maxime"):
        commands.change_account(store, team.admin, name, active=False, now=now)


def only_invited(store, team) -> None:
    shut_out(store, team)
    commands.add_account(store, None, "Jamais venu", Role.VOLUNTEER, now=NOW)


def only_a_new_one_of_ones_own(store, team) -> None:
    shut_out(store, team)
    link = commands.add_account(store, team.admin, "Alix", Role.VOLUNTEER, now=LATER)[1]
    commands.activate_and_sign_in(store, link, PASSWORD, LATER)


def _then(store, team, moment):
    """The team, with the session that its admin had open at that moment."""
    with store.writing() as session:
        return replace(team, admin=Bearer(token=open_session(session, "Claude", moment)))


def only_one_that_took_their_place(store, team) -> None:
    earlier = LATER - 3 * DAY
    team = _then(store, team, earlier)
    shut_out(store, team, earlier)
    link = commands.add_account(store, team.admin, "Alix", Role.VOLUNTEER, now=earlier)[1]
    commands.activate_and_sign_in(store, link, PASSWORD, earlier)


def only_those_whose_password_one_chose(store, team) -> None:
    earlier = LATER - 3 * DAY
    team = _then(store, team, earlier)
    for name in ("Camille", "Dominique", "Sacha", "Maxime"):
        link = commands.new_link(store, team.admin, name, earlier)
        commands.activate_and_sign_in(store, link, PASSWORD, earlier)


LEFT = [
    shut_out,
    only_invited,
    only_a_new_one_of_ones_own,
    only_one_that_took_their_place,
    only_those_whose_password_one_chose,
]


@pytest.mark.parametrize("left", LEFT)
def test_what_nobody_else_could_stop_is_not_asked_for(store, team, left):
    left(store, team)
    for name in set(CASES) - {"admin"}:
        with pytest.raises(Refused, match="nobody_to_stop"):
            asked(store, team, name)
    assert pending(store) == [] and not withdrawn(store)
    admin = with_password(store)  # the order of a court waits for nobody
    CASES["redaction"].ask(store, admin, LATER, CourtOrder("TJ Lyon", PASSWORD))


def test_a_day_in_which_nobody_was_left_to_stop_it_does_not_count(store, team):
    number = asked(store, team, "withdrawal")
    for name in ("Camille", "Dominique", "Sacha", "Maxime"):
        commands.change_account(store, None, name, active=False, now=LATER)
    assert [one.id for one in commands.carry_out_due_requests(store, LATER + DAY)] == [number]
    assert (ended(store, number).way, ended(store, number).why) == ("void", "nobody_to_stop")
    assert not withdrawn(store)


def test_nobody_makes_a_link_for_themselves(store, team):
    """With it an open session would choose a password, and tell of the order of a court with that."""
    with pytest.raises(Refused, match="own_link"):
        commands.new_link(store, team.admin, "Claude", LATER)
    assert (Act.LINK_MADE, "Claude") not in recorded(store)


KIN = {"child": ["child"], "grandchild": ["child", "grandchild"]}


@pytest.mark.parametrize("reviewer", KIN)
@pytest.mark.parametrize("what", ["entry", "file", "correction"])
def test_an_account_does_not_review_what_its_maker_wrote(store, team, reviewer, what):
    maker = team.admin
    for name in KIN[reviewer]:
        who = made(store, maker, name, Role.REVIEWER)
        commands.change_account(store, None, name, Role.ADMIN, now=NOW)
        maker = signed_in_again(store, name, LATER)
    who = maker
    if what == "file":
        seq = load(store, "actions", ONE, team.admin)
        review = lambda: commands.review_load(store, who, seq, Decision.ACCEPTED, now=LATER)  # noqa: E731
    else:
        seq = commands.log_action(store, team.admin, action(), LATER).seq
        if what == "correction":
            mended = action(supersedes=entry_id(store, seq), reason="Relu.")
            seq = commands.log_action(store, team.other, mended, LATER).seq
        review = lambda: commands.review_action(store, who, seq, Decision.ACCEPTED, now=LATER)  # noqa: E731
    with pytest.raises(NotAllowed, match="work_of_maker"):
        review()
    for name in KIN[reviewer]:
        commands.vouch_for_account(store, name, LATER)
    review()


def entry_id(store, seq: int) -> str:
    with store.reading() as session:
        return session.rows("SELECT action_id FROM action WHERE seq = :seq", seq=seq)[0][0]


def test_a_maker_still_reviews_what_their_volunteers_write(store, team):
    volunteer = made(store, team.admin, "Nouvelle", Role.VOLUNTEER)
    seq = commands.log_action(store, volunteer, action(), LATER).seq
    commands.review_action(store, team.admin, seq, Decision.ACCEPTED, now=LATER)


REPLACING = {
    "a correction": lambda store, who: (
        commands.log_action(
            store, who, action(supersedes="lyo-005", reason="Relu.", happened_on="2015-02"), LATER
        ).seq
    ),
    "a withdrawal": lambda store, who: (
        commands.log_action(
            store,
            who,
            action(
                kind=Kind.RETRACTION,
                status="",
                supersedes="lyo-005",
                reason="Doublon.",
                happened_on="2015-02",
            ),
            LATER,
        ).seq
    ),
    "a file of withdrawals": lambda store, who: load(
        store,
        "actions",
        "action_id,signatory_id,measure,happened_on,kind,supersedes,reason\n"
        "r1,collomb-lyon,1,2016-01-01,retraction,lyo-005,Doublon\n",
        who,
    ),
    "a file of corrections": lambda store, who: load(store, "signatories", SIGNATORY, who),
}


@pytest.mark.parametrize("whose", ["author", "reviewer"])
@pytest.mark.parametrize("what", REPLACING)
def test_an_account_that_one_admin_has_just_made_replaces_nothing_public(store, team, what, whose):
    """Else one person would write as one account of their making and accept as another."""
    new = made(store, team.admin, "Neuf", Role.REVIEWER, LATER)
    author, reviewer = (new, team.admin) if whose == "author" else (team.volunteer, new)
    seq = REPLACING[what](store, author)
    review = commands.review_load if "file" in what else commands.review_action
    with pytest.raises(NotAllowed, match="new_account"):
        review(store, reviewer, seq, Decision.ACCEPTED, now=LATER)
    name = "Claude" if whose == "author" else "Neuf"
    review(
        store, signed_in_again(store, name, LATER + DAY), seq, Decision.ACCEPTED, now=LATER + DAY
    )


def test_what_adds_to_what_is_public_or_mends_ones_own_waits_for_no_day(store, team):
    new = made(store, team.admin, "Neuf", Role.REVIEWER, LATER)
    commands.review_action(
        store,
        team.admin,
        commands.log_action(store, new, action(), LATER).seq,
        Decision.ACCEPTED,
        now=LATER,
    )
    own = action(supersedes=entry_id(store, latest(store)), reason="Relu.")
    commands.review_action(
        store,
        team.admin,
        commands.log_action(store, new, own, LATER).seq,
        Decision.ACCEPTED,
        now=LATER,
    )
    file = load(store, "actions", ONE, new)
    commands.review_load(store, team.admin, file, Decision.ACCEPTED, now=LATER)
    seq = REPLACING["a withdrawal"](store, new)
    commands.review_action(store, team.admin, seq, Decision.REFUSED, "Non.", LATER)


def latest(store) -> int:
    with store.reading() as session:
        return session.rows("SELECT max(seq) FROM action")[0][0]


def noticed(store, who: Bearer) -> int:
    """What the menu says that there is to review."""
    with store.reading() as session:
        account = accounts.find_account(session, who, LATER)
        makers = frozenset(makers_of(session, account.name))
        return sum(map(sum, count_to_review(session, account.name, False, makers).values()))


def test_what_its_maker_wrote_is_not_counted_as_to_review(store, team):
    second = made(store, team.admin, "Deuxième", Role.REVIEWER)
    commands.log_action(store, team.admin, action(), LATER)
    load(store, "actions", ONE, team.admin)
    assert (noticed(store, team.reviewer), noticed(store, second)) == (2, 0)


def test_one_account_asks_for_no_more_than_a_team_can_read_in_a_day(store, team):
    with store.reading() as session:
        seqs = [
            seq for (seq,) in session.rows("SELECT min(seq) FROM action GROUP BY first LIMIT 11")
        ]
    for seq in seqs[:10]:
        commands.request_redaction(store, team.admin, seq, "Ordonnance.", LATER)
    with pytest.raises(Refused, match="requests_pending"):
        commands.request_redaction(store, team.admin, seqs[10], "Ordonnance.", LATER)


def side_by_side(*works) -> list:
    """What each came to, run at once: what it returned, or the error."""
    barrier, found = Barrier(len(works)), [None] * len(works)

    def run(place, work):
        barrier.wait()
        try:
            found[place] = work()
        except MonitorError as error:
            found[place] = error

    threads = [Thread(target=run, args=one) for one in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


RACES = {
    "two confirm": ["confirm", "confirm_too"],
    "stop and confirm": ["confirm", "stop"],
    "the day passes on two servers": ["elapse", "elapse"],
    "the day passes as somebody stops": ["elapse", "stop"],
    "the day passes as somebody confirms": ["elapse", "confirm"],
    "an account is closed as it confirms": ["confirm", "close"],
    "who asked is closed as another confirms": ["confirm", "close_asker"],
}


@pytest.mark.parametrize("race", RACES)
def test_of_those_who_act_at_once_one_is_first_and_it_happens_once(store, team, race):
    number, at = asked(store, team, "withdrawal"), LATER + DAY
    one, two = (signed_in_again(store, name, at) for name in ("Sacha", "Maxime"))
    works = {
        "confirm": lambda: commands.confirm_request(store, one, number, at),
        "confirm_too": lambda: commands.confirm_request(store, two, number, at),
        "stop": lambda: commands.stop_request(store, two, number, "Non.", at),
        "elapse": lambda: commands.carry_out_due_requests(store, at),
        "close": lambda: commands.change_account(store, None, "Sacha", active=False, now=at),
        "close_asker": lambda: commands.change_account(store, None, "Claude", active=False, now=at),
    }
    side_by_side(*(works[name] for name in RACES[race]))
    way = (end := ended(store, number)) and end.way
    with store.reading() as session:
        ((count,),) = session.rows("SELECT count(*) FROM withdrawal")
        ends = session.rows("SELECT way FROM request_end")
    assert count == (way in ("confirmed", "elapsed"))
    assert len(ends) == (1 if way else 0) and verify_store(store).intact


def test_the_day_is_counted_by_the_clock_of_the_log(store, team):
    """Of a server whose clock goes back, what is recorded goes on at the time of the last entry."""
    asked(store, team, "withdrawal", LATER)
    early = LATER - timedelta(days=3)
    assert commands.carry_out_due_requests(store, early) == []
    load(store, "actions", ONE, now=LATER + DAY)
    assert [one.way for one in commands.carry_out_due_requests(store, early)] == ["elapsed"]


def test_one_request_that_cannot_be_carried_out_keeps_no_other_from_it(store, team):
    asked(store, team, "redaction")
    asked(store, team, "withdrawal")
    commands.redact_entry(store, None, TEXTS, "Ordonnance.", LATER)
    ways = [one.way for one in commands.carry_out_due_requests(store, LATER + DAY)]
    assert ways == ["void", "elapsed"]


def test_the_reason_of_a_withdrawal_that_a_court_has_removed_is_nowhere(store, team):
    number = commands.request_withdrawal(store, team.reviewer, files(store), "Madame X.", LATER)
    commands.confirm_request(store, team.second, number, LATER)
    with store.reading() as session:
        ((seq,),) = session.rows("SELECT seq FROM withdrawal")
    commands.redact_entry(store, None, seq, "Ordonnance.", LATER)
    assert ended(store, number).reason is None


def test_who_is_refused_is_recorded_and_who_is_nobody_is_not(store, team):
    before = len(recorded(store))
    with pytest.raises(NotAllowed):
        commands.redact_entry(store, team.volunteer, TEXTS, "x", LATER)
    with pytest.raises(NotAllowed):
        commands.redact_entry(store, Bearer(token="none"), TEXTS, "x", LATER)
    assert recorded(store)[before:] == [(Act.REFUSED, "Camille")]


def test_refusals_again_and_again_do_not_fill_the_record(store, team):
    for _ in range(30):
        with store.writing() as session:
            record_act(session, Act.SIGN_IN_REFUSED, LATER, about="Camille")
    assert recorded(store).count((Act.SIGN_IN_REFUSED, None)) == 20


RECORDED = {
    "an account": (
        lambda store, team: commands.add_account(store, team.admin, "Z", Role.VOLUNTEER, now=LATER),
        [Act.ACCOUNT_MADE],
    ),
    "a link": (
        lambda store, team: commands.new_link(store, team.admin, "Sacha", LATER),
        [Act.LINK_MADE],
    ),
    "a role": (
        lambda store, team: commands.change_account(
            store, team.admin, "Camille", Role.REVIEWER, now=LATER
        ),
        [Act.ROLE_CHANGED],
    ),
    "a closure": (
        lambda store, team: commands.change_account(
            store, team.admin, "Camille", active=False, now=LATER
        ),
        [Act.ACCESS_CLOSED],
    ),
    "ties": (
        lambda store, team: commands.change_account(
            store, team.admin, "Camille", communes=["69123", "75056"], now=LATER
        ),
        [Act.TIED, Act.TIED],
    ),
    "a request": (lambda store, team: asked(store, team, "admin"), [Act.REQUESTED]),
    "a sign-out": (
        lambda store, team: accounts.sign_out(store, team.admin, LATER),
        [Act.SIGNED_OUT],
    ),
}


@pytest.mark.parametrize("name", RECORDED)
def test_what_a_member_does_is_recorded_with_the_actor(store, team, name):
    before = len(recorded(store))
    work, expected = RECORDED[name]
    work(store, team)
    assert recorded(store)[before:] == [(act, "Claude") for act in expected]


def test_signing_in_and_failing_to_is_recorded(store):
    _, token = commands.add_account(store, None, "Zoé", Role.VOLUNTEER, now=NOW)
    commands.activate_and_sign_in(store, token, PASSWORD, NOW)
    before = len(recorded(store))
    with pytest.raises(NotAllowed):
        accounts.sign_in(store, "Zoé", "une autre phrase", "127.0.0.1", LATER)
    with pytest.raises(NotAllowed):
        accounts.sign_in(store, "Inconnu", "une autre phrase", "127.0.0.1", LATER)
    accounts.sign_in(store, "Zoé", PASSWORD, "127.0.0.1", LATER)
    assert recorded(store)[before:] == [(Act.SIGN_IN_REFUSED, None), (Act.SIGNED_IN, "Zoé")]


def test_who_comes_by_a_provider_is_recorded_once_for_each_word_of_it(store):
    with store.writing() as session:
        accounts.identities.remember_identity(session, "https://id.invalid", "42", "C.", NOW)
    commands.admit_identity(store, None, "https://id.invalid", "42", "Camille", Role.REVIEWER, NOW)
    for minutes in (5, 5, 9):
        who = Bearer(
            issuer="https://id.invalid", subject="42", issued_at=NOW + timedelta(minutes=minutes)
        )
        accounts.record_provider_sign_in(store, who, LATER)
    accounts.record_provider_sign_in(
        store, Bearer(issuer="https://id.invalid", subject="43", issued_at=LATER), LATER
    )
    assert recorded(store).count((Act.SIGNED_IN, "Camille")) == 2


def test_an_upgrade_knows_who_had_made_whom_and_changes_nothing_of_the_log(store, team):
    """A database of before the record: its accounts, and none of the tables of now."""
    made(store, team.admin, "Deuxième", Role.REVIEWER)
    load(store, "actions", ONE, team.admin)
    before = verify_store(store)
    without_the_record(store)
    store.create()
    assert verify_store(store) == before and not store.departures()
    assert [act for act in recorded(store) if act[1] == "Claude"] == [(Act.ACCOUNT_MADE, "Claude")]
    with store.reading() as session:
        assert (
            makers_of(session, "Deuxième") == {"Claude"} and makers_of(session, "Camille") == set()
        )
    seq = commands.log_action(store, team.admin, action(), LATER).seq
    with pytest.raises(NotAllowed, match="work_of_maker"):
        commands.review_action(
            store, signed_in_again(store, "Deuxième", LATER), seq, Decision.ACCEPTED, now=LATER
        )


def without_the_record(store) -> None:
    tables = ("team_act", "request_end", "request")
    dropped = [f"DROP TABLE {table}" for table in tables]
    dropped.append("DELETE FROM schema_version WHERE name = '0008_two_people.sql'")
    if store.url.startswith("sqlite"):
        intrude(store, *dropped)
        return
    import psycopg

    with psycopg.connect(store.address) as connection:
        for statement in dropped:
            connection.execute(statement)


def test_a_copy_takes_the_record_along_and_nothing_takes_effect_in_it(store, team, tmp_path):
    number = asked(store, team, "redaction")
    other = open_store(f"sqlite:///{tmp_path / 'copy.db'}")
    commands.copy_database(store, other)
    assert recorded(other) == [*recorded(store), (Act.VOID, None)] and pending(other) == []
    assert (ended(other, number).way, ended(other, number).why) == ("void", "older_copy")
    assert pending(store) != []


def put_back(store, copy) -> None:
    commands.restore_backup(store, copy)


def copied_over_and_accepted(store, copy) -> None:
    load(store, "actions", ONE, now=LATER)
    ShownHeads(lambda: store).approve(Snapshots(store).current())
    shutil.copy(copy, store.path)
    commands.accept_rewriting(store, "Disque perdu.", LATER)


@pytest.mark.sqlite
@pytest.mark.parametrize("back", [put_back, copied_over_and_accepted])
def test_what_was_stopped_after_a_safety_copy_does_not_take_effect_once_it_is_back(
    store, team, tmp_path, back
):
    number = asked(store, team, "withdrawal")
    commands.back_up(store, tmp_path / "copy.db")
    commands.stop_request(store, team.volunteer, number, "Non.", LATER)
    back(store, tmp_path / "copy.db")
    assert commands.carry_out_due_requests(store, LATER + 300 * DAY) == []
    assert (ended(store, number).way, ended(store, number).why) == ("void", "older_copy")
    assert recorded(store)[-1] == (Act.VOID, None) and not withdrawn(store)


def do_something(store, chance: Random, who: Bearer, names: list[str], now) -> None:
    number, other, active = chance.randint(1, 9), chance.choice(names), chance.random() < 0.5
    works = {
        lambda: CASES[chance.choice(list(CASES))].ask(store, who, now, None): 4,
        lambda: commands.confirm_request(store, who, number, now): 3,
        lambda: commands.stop_request(store, who, number, "Non.", now): 1,
        lambda: commands.carry_out_due_requests(store, now): 2,
        lambda: commands.change_account(store, who, other, active=active, now=now): 2,
        lambda: commands.new_link(store, who, other, now): 1,
    }
    chance.choices(list(works), list(works.values()))[0]()


@pytest.mark.parametrize("seed", range(pick_amount(8, 3)))
def test_whatever_they_do_in_whatever_order_nothing_goes_by_one_hand_before_a_day(
    store, team, seed
):
    chance, now, names = Random(seed), LATER, ["Camille", "Sacha", "Maxime", "Claude", "Alix"]
    sign_in(store, "Alix", Role.ADMIN, NOW)
    for _ in range(40):
        now += timedelta(minutes=chance.choice([1, 30, 400]))
        who = signed_in_again(store, chance.choice(names), now)
        try:
            do_something(store, chance, who, names, now)
        except (MonitorError, IndexError):
            continue
    with store.reading() as session:
        rows = session.rows(
            "SELECT r.kind, x.way, r.asked_by, x.ended_by, r.due_at, x.ended_at "
            "FROM request r JOIN request_end x ON x.id = r.id"
        )
        ((withdrawals,),) = session.rows("SELECT count(*) FROM withdrawal")
        ((retracted,),) = session.rows("SELECT count(*) FROM row_withdrawal")
        ((orders,),) = session.rows(
            "SELECT count(DISTINCT recorded_at) FROM entry WHERE subject = 'redaction'"
        )
        made_by_hand = session.rows(
            "SELECT c.id FROM account_change c WHERE c.role = 'admin' AND c.active = 1 "
            "AND c.changed_by <> 'operator' AND NOT EXISTS (SELECT 1 FROM request_end x "
            "JOIN request r ON r.id = x.id WHERE r.name = c.name AND x.ended_at = c.changed_at)"
        )
    done = [row for row in rows if row[1] in ("confirmed", "elapsed")]
    for _, way, asker, by, due_at, ended_at in done:
        assert by not in (asker, None) if way == "confirmed" else ended_at >= due_at
    kinds = [row[0] for row in done]
    assert (withdrawals, retracted, orders) == (
        kinds.count("withdrawal"),
        kinds.count("row_withdrawal"),
        kinds.count("redaction"),
    )
    assert made_by_hand == [] and verify_store(store).intact
