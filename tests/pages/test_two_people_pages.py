"""The team sees what waits for a second person, and what was done: pages and commands."""

import re
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
from click.testing import CliRunner

from monitor import accounts, commands, status
from monitor.accounts.team_record import Act
from monitor.cli.main import main
from monitor.errors import DatabaseBusy, DatabaseDamaged, DatabaseUnreachable
from monitor.i18n import LANGUAGES, catalogue
from monitor.models import Role
from monitor.queries.requests import pending_requests, request_numbered
from monitor.read import team_watch
from monitor.read.team_watch import TeamWatch
from monitor.snapshot import Snapshots
from monitor.ui.team import record
from tests.support.app import open_page, words
from tests.support.team import LYON, action, choose_password, sign_in
from tests.support.team_pages import PAGES

PACT, PASSWORD = "mouves-2014", "une phrase assez longue"
ROLES = list(Role)


def operators_file(store) -> int:
    with store.reading() as session:
        ((seq,),) = session.rows("SELECT seq FROM load WHERE content = 'actions' AND accepted = 1")
    return seq


def asked(store, people) -> int:
    """Sacha asks for the withdrawal of the operator's file."""
    return commands.request_withdrawal(store, people[Role.REVIEWER], operators_file(store), "Faux.")


def withdrawn(store) -> bool:
    with store.reading() as session:
        return bool(session.rows("SELECT seq FROM withdrawal"))


def monitor(*arguments: str):
    return CliRunner().invoke(main, arguments)


def pressed(app, key: str):
    return app.button(key=key).click().run()


@pytest.mark.parametrize(
    ("role", "page", "lang"),
    [*product([Role.ADMIN], PAGES, ["fr"]), *product(ROLES, ["saisie", "demandes"], ["en"])],
)
def test_all_of_the_team_are_told_what_by_whom_until_when_and_how_to_stop_it(
    store, people, browser_of, page, role, lang
):
    asked(store, people)
    browser_of(people[role])
    app = open_page(page, lang=lang)
    if not app.title:
        return  # not for this role
    page_text = words(app).replace("\\", "")
    assert not app.exception and "actions.csv" in page_text and "Sacha" in page_text
    assert ("si personne ne l’arrête" if lang == "fr" else "unless someone stops it") in page_text


def test_a_public_page_says_nothing_of_it_to_a_stranger(store, people, browser_of):
    from monitor.accounts import ANONYMOUS

    asked(store, people)
    browser_of(ANONYMOUS)
    assert "demande" not in words(open_page("")).lower().replace("demandée", "")


def test_a_reviewer_alone_does_not_empty_the_site_on_the_page(store, people, browser_of):
    browser_of(people[Role.REVIEWER])
    app, seq = open_page("import", pacte=PACT), operators_file(store)
    app.text_input(key=f"_withdraw_reason_{seq}").set_value("Faux.").run()
    pressed(app, f"_withdraw_file_{seq}")
    assert not app.exception and "Demandé" in app.success[0].value and not withdrawn(store)
    app = open_page("demandes")
    assert "_request_confirm_1" not in {one.key for one in app.button}
    browser_of(people[Role.ADMIN])
    pressed(open_page("demandes"), "_request_confirm_1")
    assert withdrawn(store)


def test_a_volunteer_stops_it_with_a_reason_and_the_page_says_so(store, people, browser_of):
    number = asked(store, people)
    browser_of(people[Role.VOLUNTEER])
    app = pressed(open_page("demandes"), f"_request_stop_{number}")
    assert app.error and not app.exception
    app.text_input(key=f"_request_why_{number}").set_value("Il est *juste*.").run()
    app = pressed(app, f"_request_stop_{number}")
    assert "arrêté par Camille" in words(app)
    with store.reading() as session:
        assert pending_requests(session) == []


def test_the_order_of_a_court_goes_the_short_way_on_the_page(store, people, browser_of):
    token = commands.new_link(store, None, "Claude")
    browser_of(choose_password(store, token, PASSWORD))
    app = open_page("equipe")
    app.text_input(key="_removal_seq").set_value("20").run()
    app.text_input(key="_removal_reason").set_value("Ordonnance.").run()
    app.checkbox(key="_court_removal").check().run()
    app.checkbox(key="_removal_sure").check().run()
    app.text_input(key="_court_reference_removal").set_value("TJ Lyon, 26/00123").run()
    app.text_input(key="_court_password_removal").set_value("une autre phrase").run()
    app = pressed(app, "_removal_remove")
    assert "pas votre mot de passe" in words(app)
    app.text_input(key="_court_password_removal").set_value(PASSWORD).run()
    app = pressed(app, "_removal_remove")
    assert not app.exception and "décision de justice" in app.success[0].value
    with store.reading() as session:
        assert session.rows("SELECT target_seq FROM redaction") == [(20,)]
        assert request_numbered(session, 1).order_reference == "TJ Lyon, 26/00123"


def test_a_retraction_by_order_goes_the_short_way_on_the_page(store, people, browser_of):
    token = commands.new_link(store, None, "Claude")
    browser_of(choose_password(store, token, PASSWORD))
    app = open_page("import", pacte=PACT)
    app.text_input(key="_retract_search").set_value("collomb").run()
    app.checkbox(key="_court_retract").check().run()
    app.checkbox(key="_retract_sure").check().run()
    app.text_input(key="_retract_reason").set_value("Homonyme.").run()
    app = pressed(app, "_retract_do")
    assert app.error and not app.exception  # no reference
    app.text_input(key="_court_reference_retract").set_value("TJ Lyon, 26/00123").run()
    app.text_input(key="_court_password_retract").set_value(PASSWORD).run()
    app = pressed(app, "_retract_do")
    assert not app.exception and app.success
    with store.reading() as session:
        assert len(session.rows("SELECT seq FROM row_withdrawal")) == 1


def test_an_admin_made_on_the_page_waits_for_another(store, people, browser_of):
    app = open_page("equipe")
    app.radio(key="_role_Camille").set_value("admin").run()
    app = pressed(app, "_save_Camille")
    assert "rôle d’administrateur" in app.success[0].value
    with store.reading() as session:
        assert accounts.account_named(session, "Camille").role is Role.VOLUNTEER


def test_the_page_of_the_team_says_who_made_whom(store, people):
    commands.add_account(store, people[Role.ADMIN], "Nouvelle", Role.VOLUNTEER)
    assert "compte créé par Claude" in words(open_page("equipe"))


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_record_is_read_by_kind_and_by_account(store, people, lang):
    commands.add_account(store, people[Role.ADMIN], "Nouvelle", Role.VOLUNTEER)
    asked(store, people)
    app = open_page("registre", lang=lang)
    every = [table.value for table in app.table]
    assert not app.exception and any("Nouvelle" in frame.to_string() for frame in every)
    app = open_page("registre", lang=lang, acte="demandes")
    shown = app.table[0].value.to_string()
    assert "Sacha" in shown and "Nouvelle" not in shown
    app = open_page("registre", lang=lang, compte="Nouvelle")
    assert len(app.table[0].value) == 1


def test_the_record_has_pages(store, people):
    for number in range(60):
        commands.add_account(store, None, f"N{number}", Role.VOLUNTEER)
    app = open_page("registre")
    assert len((app.dataframe or app.table)[0].value) == 50
    app.query_params["page"] = "2"
    assert 10 <= len((app.run().dataframe or app.table)[0].value) < 50


def test_the_server_carries_out_what_nobody_stopped_and_says_so_in_its_log(store, people, caplog):
    watch = TeamWatch(lambda: store, reached=timedelta(0))
    watch.look()
    ask_yesterday(store)
    with caplog.at_level("INFO", logger="monitor.team"):
        assert [one.way for one in watch.look()] == ["elapsed"]
    assert withdrawn(store) and "elapsed by the server" in caplog.text
    assert watch.look() == []
    assert "A pris effet sans réponse" in words(open_page("saisie"))


def ask_yesterday(store):
    early = datetime.now(UTC) - timedelta(hours=25)
    with store.writing() as session:
        reviewer = accounts.Bearer(token=accounts.open_session(session, "Sacha", early))
    commands.request_withdrawal(store, reviewer, operators_file(store), "Faux.", early)


def test_what_fell_due_while_the_server_was_down_waits_until_it_can_have_been_stopped(
    store, people
):
    ask_yesterday(store)
    assert TeamWatch(lambda: store).look() == [] and not withdrawn(store)
    for page in ("saisie", "demandes"):
        assert "joignable" in words(open_page(page))


def test_hours_in_which_the_database_was_away_do_not_count(store, people, monkeypatch):
    busy, away = (
        DatabaseBusy("database_busy", seconds=5),
        DatabaseUnreachable("x", path="x", why="y"),
    )
    #: The hour at which the server looks, what keeps it, whether it carries out what is due.
    looks = [
        (0, None, 0),
        (11, away, 0),
        (12, None, 0),
        (20, busy, 0),
        (23, None, 0),
        (24, None, 1),
    ]
    hour, kept_by, done = looks[0]

    def check():
        if kept_by:
            raise kept_by

    ask_yesterday(store)
    watch = TeamWatch(lambda: store, check)
    monkeypatch.setattr(team_watch, "monotonic", lambda: 1 + hour * 3600)
    for hour, kept_by, done in looks:  # noqa: B007
        assert len(watch.look()) == done, hour


@pytest.mark.parametrize(("jump", "done"), [(0, 1), (24 * 3_600, 0), (-3_600, 1)])
def test_a_clock_that_is_put_forward_does_not_make_the_day_pass(
    store, people, monkeypatch, jump, done
):
    ask_yesterday(store)
    monkeypatch.setattr(team_watch, "monotonic", lambda: elapsed)
    monkeypatch.setattr(team_watch, "time", lambda: 1e9 + elapsed + put)
    elapsed, put = 1.0, 0
    watch = TeamWatch(lambda: store)
    assert watch.look() == []
    elapsed, put = 1.0 + 12 * 3_600, jump
    assert len(watch.look()) == done
    elapsed += 12 * 3_600
    assert len(watch.look()) == 1 - done


def test_the_server_writes_nothing_into_a_log_that_does_not_verify(store, people):
    def broken():
        raise DatabaseDamaged("chain_broken", seq=1, subject="load")

    asked(store, people)
    assert TeamWatch(lambda: store, broken, timedelta(0)).look() == []


def test_the_operator_lists_confirms_and_stops_on_the_command_line(store, people, url):
    asked(store, people)
    listed = monitor("request", "list").stdout
    assert "actions.csv" in listed and "Sacha" in listed
    assert monitor("request", "stop", "1", "--reason", "Juste.").exit_code == 0
    assert monitor("request", "confirm", "1").exit_code == 1
    asked(store, people)
    assert monitor("request", "confirm", "2").exit_code == 0 and withdrawn(store)


def test_the_operator_says_that_an_account_is_another_person(store, people, url):
    commands.add_account(store, people[Role.ADMIN], "Nouvelle", Role.REVIEWER)
    assert monitor("user", "vouch", "Nouvelle").exit_code == 0
    assert monitor("user", "vouch", "Personne").exit_code == 1


def test_the_record_is_exported_nowhere(store, people, tmp_path, url):
    commands.request_withdrawal(
        store, people[Role.REVIEWER], operators_file(store), "Motif secret."
    )
    for form in ("csv", "json", "sqlite", "datapackage"):
        assert (
            monitor(
                "export", "--pact", PACT, "--to", str(tmp_path / form), "--format", form
            ).exit_code
            == 0
        )
    found = b"".join(
        one.read_bytes()
        for one in tmp_path.rglob("*")
        if one.is_file() and one.name != "monitor.db"
    )
    assert b"Motif secret" not in found and not re.search(rb"team_act|request_end", found)


def test_the_method_says_the_rule(store, people):
    assert "Personne ne retire seul ce qui est public" in words(open_page("methode"))


def test_a_signatory_that_a_second_person_retracts_is_gone(store, people, browser_of):
    commands.request_retraction(
        store, people[Role.ADMIN], "signatories", PACT, (LYON,), "Homonyme."
    )
    browser_of(people[Role.REVIEWER])
    app = open_page("demandes")
    assert "Engagements en vigueur" in words(app)
    pressed(app, "_request_confirm_1")
    known = status.what_is_known(Snapshots(store).current().log(PACT))
    assert LYON not in set(known.signatories["signatory_id"])


def test_an_account_of_ones_own_making_is_told_why_it_does_not_confirm(store, people, browser_of):
    _, token = commands.add_account(store, people[Role.ADMIN], "Nouvelle", Role.REVIEWER)
    commands.request_retraction(
        store, people[Role.ADMIN], "signatories", PACT, (LYON,), "Homonyme."
    )
    browser_of(choose_password(store, token, PASSWORD))
    app = pressed(open_page("demandes"), "_request_confirm_1")
    assert "d’une même personne" in words(app)


def test_somebody_signed_in_is_named_in_the_record(store, people):
    sign_in(store, "Alix", Role.VOLUNTEER)
    app = open_page("registre", compte="Alix")
    assert "connexion ouverte" in app.table[0].value.to_string()


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_review_page_leaves_out_what_ones_maker_wrote_and_says_so(
    store, people, browser_of, lang
):
    _, token = commands.add_account(store, people[Role.ADMIN], "Nouvelle", Role.REVIEWER)
    seq = commands.log_action(store, people[Role.ADMIN], action()).seq
    browser_of(choose_password(store, token, PASSWORD))
    app = open_page("relecture", lang=lang)
    page_text = words(app)
    assert ("créé votre compte" if lang == "fr" else "created your account") in page_text
    assert f"_review_accept_{seq}" not in {one.key for one in app.button}
    app = open_page("relecture", lang=lang, entree=str(seq))
    assert not app.exception and "Claude" in words(app).split("Sacha")[0]


def test_every_act_has_its_sentence_and_its_place_among_the_acts_shown():
    shown = [act for group in record.GROUPS.values() for act in group]
    assert sorted(shown) == sorted(Act)
    for lang in LANGUAGES:
        assert {f"act.{act}" for act in Act} <= catalogue(lang).keys()
