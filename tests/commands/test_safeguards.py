"""What a person in good or bad faith could bend: ties, files, what a court had removed, what waits."""

import csv
import io
import json
import sqlite3
from datetime import date

import pytest

from monitor import accounts, commands, snapshot, status
from monitor.accounts import Bearer
from monitor.accounts.people import account_named
from monitor.commands.loading import file_in_memory
from monitor.commands.setup import PACKAGED
from monitor.errors import Changed, InvalidValue, NotAllowed, Refused
from monitor.models import Decision, Kind, Role, RowOutcome, Way
from monitor.queries import reply_requests
from monitor.queries import team as backlog
from monitor.queries.waiting_replies import open_requests
from tests.support.team import LATER, LYON, action, choose_password

ENGINES = ("sqlite", "postgres")
PACT = "mouves-2014"
HEADER = "action_id,signatory_id,measure,happened_on,status,summary,source_kind,source_title\n"
LYON_ROW = HEADER + "f1,collomb-lyon,1,2019-05,implemented,Fait.,report,Bilan 2019\n"
PARIS_ROW = HEADER + "f1,hidalgo-paris,3,2019-05,implemented,Fait.,report,Bilan 2019\n"
DAY = date(2020, 7, 5)


def tie(store, team, name: str) -> None:
    commands.change_account(store, team.admin, name, communes=["69123"], now=LATER)


def load(store, who, text, content="actions", **options):
    return commands.load(
        store,
        content,
        file_in_memory(text),
        pact_id=PACT,
        name="f.csv",
        who=who,
        now=LATER,
        **options,
    )


def last_file(store) -> int:
    with store.reading() as session:
        return backlog.recent_files(session, PACT)[0].seq


def standing(store, signatory: str, measure: str) -> str:
    log = snapshot.Snapshots(store).current().log(PACT)
    table = status.fold(status.what_is_known(log), DAY)
    row = table[(table["signatory_id"] == signatory) & (table["measure"] == measure)]
    return row["status"].iloc[0]


def test_a_reviewer_tied_to_a_commune_neither_accepts_nor_withdraws_a_file_about_it(store, team):
    assert load(store, team.volunteer, LYON_ROW).loaded
    tie(store, team, "Sacha")
    with pytest.raises(Refused, match="conflict_of_interest"):
        commands.review_load(store, team.reviewer, last_file(store), Decision.ACCEPTED, now=LATER)
    with pytest.raises(Refused, match="conflict_of_interest"):
        commands.withdraw_load(store, team.reviewer, last_file(store), "Faux.", LATER)
    commands.review_load(store, team.second, last_file(store), Decision.ACCEPTED, now=LATER)
    assert standing(store, LYON, "1") == "implemented"


def test_a_tie_does_not_keep_from_files_about_others(store, team):
    assert load(store, team.volunteer, PARIS_ROW).loaded
    tie(store, team, "Sacha")
    commands.review_load(store, team.reviewer, last_file(store), Decision.ACCEPTED, now=LATER)
    assert standing(store, "hidalgo-paris", "3") == "implemented"


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("actions", LYON_ROW),
        ("mandates", "signatory_id,office,started_on\ncollomb-lyon,deputy_mayor,2018\n"),
        ("signatories", "signatory_id,name,commune,outcome\nx,Quelqu’un,69123,elected\n"),
        ("signatories", "signatory_id,name,commune,outcome\ncollomb-lyon,G. C.,75056,elected\n"),
    ],
)
def test_a_file_about_a_commune_that_its_author_is_tied_to_is_refused_row_by_row(
    store, team, content, text
):
    tie(store, team, "Camille")
    report = load(store, team.volunteer, text, content)
    assert [error.code for error in report.errors] == ["conflict_of_interest"]
    assert not report.loaded


def test_nobody_changes_their_own_ties_and_every_change_is_kept(store, team):
    with pytest.raises(Refused, match="own_ties"):
        commands.change_account(store, team.admin, "Claude", communes=["69123"], now=LATER)
    tie(store, team, "Camille")
    commands.change_account(store, team.admin, "Camille", communes=[], now=LATER)
    with store.reading() as session:
        rows = session.rows("SELECT name, commune, tied, changed_by FROM account_tie ORDER BY id")
    assert rows == [("Camille", "69123", 1, "Claude"), ("Camille", "69123", 0, "Claude")]


def test_the_departments_that_an_account_looks_after_are_set_whole_and_on_record(store, team):
    def chosen(*codes):
        return commands.change_account(
            store, team.admin, "Camille", departments=codes, now=LATER
        ).departments

    assert chosen("69", " 2A ") == {"69", "2A"}
    assert chosen("2A", "75", "") == {"2A", "75"}
    with store.reading() as session:
        rows = session.rows(
            "SELECT kind, actor, about, details FROM team_act "
            "WHERE kind LIKE 'department%' ORDER BY id"
        )
    acts = [(kind.removeprefix("department_"), json.loads(words)) for kind, _, _, words in rows]
    assert [(act, code["department"]) for act, code in acts] == [
        ("given", "2A"),
        ("given", "69"),
        ("taken", "69"),
        ("given", "75"),
    ]
    assert {row[1:3] for row in rows} == {("Claude", "Camille")}


@pytest.mark.parametrize("code", ["Rhône", "00", "69123"])
def test_a_department_to_look_after_is_one_that_exists(store, team, code):
    with pytest.raises(InvalidValue, match="unknown_department"):
        commands.change_account(store, team.admin, "Camille", departments=[code], now=LATER)


def test_nobody_but_an_admin_says_who_looks_after_what(store, team):
    with pytest.raises(NotAllowed):
        commands.change_account(store, team.reviewer, "Camille", departments=["69"], now=LATER)


@pytest.mark.parametrize("code", ["lyon", "99999"])
def test_a_tie_names_a_commune_that_exists(store, team, code):
    with pytest.raises(InvalidValue, match="unknown_code"):
        commands.change_account(store, team.admin, "Camille", communes=[code], now=LATER)


def test_a_tie_is_read_whatever_the_case(store, team):
    account = commands.change_account(store, team.admin, "Camille", communes=["2a004"], now=LATER)
    assert account.communes == {"2A004"}


@pytest.mark.parametrize("content", ["actions", "signatories"])
def test_a_file_does_not_put_back_what_a_court_had_removed(store, team, content):
    seq = {"actions": 15, "signatories": 7}[content]
    commands.redact_entry(store, None, seq, "Ordonnance.", LATER)
    path = PACKAGED / f"{content}.csv"
    with path.open("rb") as file:
        report = commands.load(store, content, file, pact_id=PACT, name=path.name, now=LATER)
    assert report.outcomes[RowOutcome.CONFLICT] == 1
    assert [error.code for error in report.errors] == ["conflict_redacted"]


def test_a_removal_forgets_the_corrections_that_somebody_had_begun(store, team):
    with store.reading() as session:
        ((name,),) = session.rows("SELECT action_id FROM action WHERE seq = 20")
    begun = f'{{"supersedes": "{name}", "summary": "Le texte retiré."}}'
    commands.save_draft(store, team.volunteer, "saisie:mouves-2014", begun, LATER)
    commands.save_draft(store, team.other, "saisie:mouves-2014", '{"summary": "Autre."}', LATER)
    commands.redact_entry(store, None, 20, "Ordonnance.", LATER)
    with store.reading() as session:
        assert session.rows("SELECT name FROM draft") == [("Dominique",)]


def test_what_its_author_took_back_is_not_accepted_from_an_open_tab(store, team):
    entry = commands.log_action(store, team.volunteer, action(), LATER)
    commands.log_action(
        store,
        team.volunteer,
        action(kind=Kind.RETRACTION, status="", supersedes=entry.action_id, reason="Erreur."),
        LATER,
    )
    with pytest.raises(Changed, match="taken_back"):
        commands.review_action(store, team.reviewer, entry.seq, Decision.ACCEPTED, now=LATER)


def test_nobody_decides_of_a_correction_of_their_own_entry(store, team):
    entry = commands.log_action(store, team.reviewer, action(), LATER)
    commands.review_action(store, team.second, entry.seq, Decision.ACCEPTED, now=LATER)
    other = commands.log_action(
        store,
        team.volunteer,
        action(supersedes=entry.action_id, reason="Autre lecture.", status="announced"),
        LATER,
    )
    with pytest.raises(NotAllowed, match="own_work"):
        commands.review_action(store, team.reviewer, other.seq, Decision.REFUSED, "Non.", LATER)
    commands.review_action(store, team.second, other.seq, Decision.ACCEPTED, now=LATER)


def test_a_file_that_waits_does_not_stand_in_the_way_of_an_accepted_one(store, team):
    path = PACKAGED / "actions.csv"
    rows = path.read_text("utf-8").splitlines()
    changed = "\n".join([rows[0], rows[5].replace("Gérard Collomb", "Quelqu’un")]) + "\n"
    changed = changed if changed.splitlines()[1] != rows[5] else changed.replace("Lyon", "Lyons")
    assert load(store, team.volunteer, changed).loaded
    with path.open("rb") as file:
        report = commands.load(store, "actions", file, pact_id=PACT, name=path.name, now=LATER)
    assert set(report.outcomes) == {RowOutcome.UNCHANGED}


def test_what_waits_becomes_public_when_the_operator_loads_the_same(store, team):
    assert load(store, team.volunteer, PARIS_ROW).loaded
    waiting = last_file(store)
    assert standing(store, "hidalgo-paris", "3") != "implemented"
    report = commands.load(
        store, "actions", file_in_memory(PARIS_ROW), pact_id=PACT, name="f.csv", now=LATER
    )
    assert report.outcomes[RowOutcome.CREATED] == 1
    commands.review_load(store, team.reviewer, waiting, Decision.REFUSED, "Double.", LATER)
    assert standing(store, "hidalgo-paris", "3") == "implemented"


def test_a_long_chain_of_corrections_in_reverse_order_is_loaded(store):
    rows = ["action_id,signatory_id,measure,happened_on,kind,summary,supersedes,reason"]
    rows += [
        f"k{n},collomb-lyon,1,2019-05-06,note,Une note.,{f'k{n + 1}' if n < 1999 else ''},"
        f"{'r' if n < 1999 else ''}"
        for n in range(2000)
    ]
    report = commands.load(
        store, "actions", file_in_memory("\n".join(rows)), pact_id=PACT, name="f.csv", now=LATER
    )
    assert (report.loaded, report.outcomes[RowOutcome.CREATED]) == (True, 2000)


def test_the_refused_rows_hold_no_formula_and_come_back_as_they_were(store):
    text = HEADER + '"=HYPERLINK(""x"")",personne,1,2019,decided,@SUM(1),report,Bilan\n'
    out = io.StringIO()
    commands.load(
        store, "actions", file_in_memory(text), pact_id=PACT, name="f.csv", now=LATER, rejects=out
    )
    (row,) = list(csv.reader(io.StringIO(out.getvalue())))[1:]
    assert "'@SUM(1)" in row and not [cell for cell in row if cell.startswith(("=", "@"))]
    again = io.StringIO()
    commands.load(
        store,
        "actions",
        file_in_memory(out.getvalue()),
        pact_id=PACT,
        name="f.csv",
        now=LATER,
        rejects=again,
    )
    assert list(csv.reader(io.StringIO(again.getvalue())))[1][2:] == row[2:]


def asked(store):
    with store.reading() as session:
        return [way for _, _, way, _ in reply_requests(session, PACT, LYON, 10**6)]


def test_a_volunteer_s_word_alone_does_not_say_in_public_that_an_official_asked(store, team):
    request = (PACT, LYON, "1", Way.CLAIMED, date(2020, 3, 1))
    commands.request_reply(store, team.volunteer, *request, now=LATER)
    assert asked(store) == []
    reply = commands.log_action(
        store,
        team.volunteer,
        action(kind=Kind.REPLY, status="", happened_on="2020-03-02", summary="Non."),
        LATER,
    )
    commands.review_action(store, team.reviewer, reply.seq, Decision.ACCEPTED, now=LATER)
    assert asked(store) == ["claimed"]


def test_a_request_noted_by_mistake_is_closed_and_stays_in_the_log(store, team):
    request = (PACT, LYON, "1", Way.CLAIMED, date(2026, 3, 1))
    commands.request_reply(store, team.reviewer, *request, now=LATER)
    assert asked(store) == ["claimed"]
    commands.request_reply(
        store, team.reviewer, PACT, LYON, "1", Way.DROPPED, date(2026, 3, 2), now=LATER
    )
    with store.reading() as session:
        assert open_requests(session, PACT) == []
        assert session.rows("SELECT count(*) FROM reply_request") == [(2,)]
    assert asked(store) == []


def test_a_volunteer_drops_what_they_noted_themselves_and_nothing_else(store, team):
    drop = (PACT, LYON, "1", Way.DROPPED, date(2026, 3, 2))
    commands.request_reply(
        store, team.volunteer, PACT, LYON, "1", Way.CLAIMED, date(2026, 3, 1), now=LATER
    )
    with pytest.raises(NotAllowed):
        commands.request_reply(store, team.other, *drop, now=LATER)
    with store.reading() as session:
        assert len(open_requests(session, PACT)) == 1
    commands.request_reply(store, team.volunteer, *drop, now=LATER)
    with store.reading() as session:
        assert open_requests(session, PACT) == []


def test_an_account_that_nobody_has_opened_is_no_admin_to_leave_the_door_to(store):
    _, link = commands.add_account(store, None, "Claude", Role.ADMIN, now=LATER)
    token = choose_password(store, link, "une phrase assez longue", LATER).token
    commands.add_account(store, None, "Alix", Role.ADMIN, now=LATER)
    with pytest.raises(Refused, match="last_admin"):
        commands.change_account(store, Bearer(token=token), "Claude", Role.VOLUNTEER, now=LATER)


def test_what_a_provider_said_before_a_closure_is_void_after_it(store):
    who = Bearer(issuer="https://i", subject="s", issued_at=LATER)
    with store.writing() as session:
        accounts.identities.remember_identity(session, "https://i", "s", "S", LATER)
    commands.admit_identity(store, None, "https://i", "s", "Camille", Role.VOLUNTEER, LATER)
    for active in (False, True):
        commands.change_account(store, None, "Camille", active=active, now=LATER)
    with store.reading() as session:
        assert account_named(session, "Camille").active
        assert accounts.find_account(session, who, LATER) is None


@pytest.mark.parametrize(
    "row",
    [
        "x1,hidalgo-paris,3,2019-05,retraction,,lyo-005,Erreur.",
        "x1,hidalgo-paris,3,2019-05,note,Rien.,lyo-005,Erreur.",
        "lyo-005,hidalgo-paris,3,2019-05,note,Rien.,,",
    ],
    ids=["a retraction", "a correction", "another version"],
)
def test_a_file_about_another_commune_changes_nothing_of_one_s_own(store, team, row):
    tie(store, team, "Camille")
    tie(store, team, "Sacha")
    before = standing(store, LYON, "1")
    text = f"action_id,signatory_id,measure,happened_on,kind,summary,supersedes,reason\n{row}\n"
    assert not load(store, team.volunteer, text).loaded
    if load(store, team.other, text).loaded:  # nobody keeps who is not tied from another version
        with pytest.raises(Refused, match="conflict_of_interest"):
            commands.review_load(
                store, team.reviewer, last_file(store), Decision.ACCEPTED, now=LATER
            )
    assert standing(store, LYON, "1") == before


def test_a_tie_that_is_undone_and_made_again_holds(store, team):
    tie(store, team, "Camille")
    commands.change_account(store, team.admin, "Camille", communes=["75056"], now=LATER)
    tie(store, team, "Camille")
    with store.reading() as session:
        assert account_named(session, "Camille").communes == {"69123"}
    with pytest.raises(Refused, match="conflict_of_interest"):
        commands.log_action(store, team.volunteer, action(), LATER)


@pytest.mark.sqlite
def test_init_gives_its_guards_to_a_database_that_holds_what_they_would_refuse(store, team):
    """What was written before a guard stays; what comes after obeys it."""
    connection = sqlite3.connect(store.path)
    for (name,) in connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    ).fetchall():
        connection.execute(f"DROP TRIGGER {name}")
    connection.execute("INSERT INTO account VALUES ('second', 'operator', '2026')")
    connection.commit()
    assert commands.init_database(store) == []
    with pytest.raises(sqlite3.IntegrityError, match="there is one operator"):
        connection.execute("INSERT INTO account VALUES ('third', 'operator', '2026')")
    connection.close()
    assert commands.log_action(store, team.volunteer, action(), LATER).seq
