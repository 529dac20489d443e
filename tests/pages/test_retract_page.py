"""An admin retracts a signatory or a mandate on the Import page."""

import io

import pytest

from monitor import commands, status
from monitor.models import Decision, Role, Way
from monitor.snapshot import Snapshots
from monitor.ui.team import retracting
from tests.support.app import all_texts, open_page, words
from tests.support.clock import NOW
from tests.support.team import LYON, action

PACT = "mouves-2014"


def signatories(store) -> set[str]:
    known = status.what_is_known(Snapshots(store).current().log(PACT))
    return set(known.signatories["signatory_id"])


def test_a_signatory_is_found_by_name_and_retracted_after_a_tick(store, people, browser_of):
    browser_of(people[Role.ADMIN])
    app = open_page("import", pacte=PACT)
    app.text_input(key="_retract_search").set_value("collomb").run()
    assert any("Engagements en vigueur" in part.value for part in app.markdown)
    assert "--newer" in words(app)  # how it is taken back
    assert app.button(key="_retract_do").disabled
    app.checkbox(key="_retract_sure").check().run()
    app.button(key="_retract_do").click().run()
    assert app.error and LYON in signatories(store)
    app.text_input(key="_retract_reason").set_value("Homonyme.").run()
    app.button(key="_retract_do").click().run()
    assert not app.exception and app.success and LYON in signatories(store)
    commands.confirm_request(store, people[Role.REVIEWER], 1)
    assert LYON not in signatories(store)


def test_only_an_admin_sees_it(store, people, browser_of):
    browser_of(people[Role.REVIEWER])
    app = open_page("import", pacte=PACT)
    assert not [one for one in app.text_input if one.key == "_retract_search"]


def test_a_mandate_alone_is_retracted_and_the_signatory_stays(store, people, browser_of):
    browser_of(people[Role.ADMIN])
    app = open_page("import", pacte=PACT)
    app.text_input(key="_retract_search").set_value("collomb").run()
    app.selectbox(key=f"_retract_what_{LYON}").select("mandates mayor 2014-03-30").run()
    app.checkbox(key="_retract_sure").check().run()
    app.text_input(key="_retract_reason").set_value("Autre élu.").run()
    app.button(key="_retract_do").click().run()
    assert not app.exception and app.success
    commands.confirm_request(store, people[Role.REVIEWER], 1)
    known = status.what_is_known(Snapshots(store).current().log(PACT))
    before = status.what_is_known(Snapshots(store).current().log(PACT), NOW)
    assert LYON in signatories(store) and len(known.mandates) == len(before.mandates) - 1


STOPPED = "Entrées qui ne compteraient plus"


@pytest.mark.parametrize("what", ["", "mandates mayor 2014-03-30"])
def test_what_would_count_no_more_is_said_before_a_retraction(store, people, browser_of, what):
    browser_of(people[Role.ADMIN])
    app = open_page("import", pacte=PACT)
    app.text_input(key="_retract_search").set_value("collomb").run()
    app.selectbox(key=f"_retract_what_{LYON}").select(what).run()
    assert not app.exception and STOPPED in words(app)


@pytest.mark.parametrize("content", ["signatories", "mandates", "actions"])
def test_what_goes_with_a_file_is_said_before_it_is_withdrawn(store, people, browser_of, content):
    with store.reading() as database:
        ((seq,),) = database.rows("SELECT seq FROM load WHERE content = :content", content=content)
    browser_of(people[Role.REVIEWER])
    app = open_page("import", pacte=PACT)
    assert "Engagements en vigueur" not in words(
        app
    )  # folded: nothing is counted before it is asked
    app.session_state[f"_withdraw_{seq}"] = True
    app.run()
    page_text = words(app)
    assert not app.exception and "Engagements en vigueur" in page_text
    assert (STOPPED in page_text) is (content == "signatories")
    commands.request_withdrawal(store, people[Role.REVIEWER], seq, "Faux.")
    browser_of(people[Role.ADMIN])
    page_text = words(open_page("demandes"))
    assert "Engagements en vigueur" in page_text and (STOPPED in page_text) is (
        content == "signatories"
    )


def test_what_was_retracted_is_listed_with_who_when_and_why(store, people, browser_of):
    browser_of(people[Role.ADMIN])
    assert "Ce qui a été retiré" not in words(open_page("import", pacte=PACT))
    mandate = (LYON, "mayor", "2014-03-30")
    commands.request_retraction(
        store, people[Role.ADMIN], "mandates", PACT, mandate, "Autre <b>élu</b>."
    )
    commands.confirm_request(store, people[Role.REVIEWER], 1)
    commands.retract_row(store, None, "signatories", PACT, ("hidalgo-paris",), "Homonyme.")
    page_text = words(open_page("import", pacte=PACT))
    first, second = page_text.index("Anne Hidalgo"), page_text.index("Gérard Collomb")
    assert (
        first < second and "Homonyme." in page_text and "Pourquoi : Autre <b>élu</b>." in page_text
    )
    assert (
        "par l’exploitant" in page_text
        and "par Claude" in page_text
        and "mandat seul : maire" in page_text
    )
    assert "rechargé depuis" not in page_text
    back = "signatory_id,name,commune,outcome\nhidalgo-paris,Anne Hidalgo,75056,elected\n"
    commands.load(
        store, "signatories", io.BytesIO(back.encode()), pact_id=PACT, name="s.csv", newer=True
    )
    assert words(open_page("import", pacte=PACT)).count("rechargé depuis") == 1


def test_the_consequences_are_computed_once_for_a_choice(store, people, browser_of, monkeypatch):
    counted = []
    real = commands.consequences
    monkeypatch.setattr(
        retracting.commands, "consequences", lambda *given: counted.append(1) or real(*given)
    )
    commands.log_action(store, people[Role.VOLUNTEER], action())  # of this log nothing is kept yet
    browser_of(people[Role.ADMIN])
    app = open_page("import", pacte=PACT)
    app.text_input(key="_retract_search").set_value("collomb").run()
    app.checkbox(key="_retract_sure").check().run()
    app.text_input(key="_retract_reason").set_value("Homonyme.").run()
    assert len(counted) == 1


def retract_lyon(store) -> None:
    commands.retract_row(store, None, "signatories", PACT, (LYON,), "Homonyme.")


RETRACTED = "Ce signataire a été retiré du pacte le"


def test_an_entry_that_waits_about_who_was_retracted_says_so_and_is_not_accepted(
    store, people, browser_of
):
    seq = commands.log_action(store, people[Role.VOLUNTEER], action()).seq
    retract_lyon(store)
    browser_of(people[Role.REVIEWER])
    app = open_page("relecture", entree=str(seq))
    assert RETRACTED in words(app) and "Homonyme." in words(app)
    accept = app.button(key=f"_review_accept_{seq}")
    assert accept.disabled and RETRACTED in accept.help.replace("\\", "")
    app.text_input(key=f"_review_words_{seq}").set_value("Homonyme.").run()
    app.button(key=f"_review_refuse_{seq}").click().run()
    assert not app.exception and not app.error


def test_a_file_that_waits_says_which_rows_would_show_nowhere(store, people, browser_of):
    text = "signatory_id,office,started_on\ncollomb-lyon,deputy_mayor,2019\n"
    actions = (
        "action_id,signatory_id,measure,happened_on,status,summary,source_kind,source_title\n"
        "g1,collomb-lyon,3,2019-05,implemented,Un cycle est ouvert.,report,Bilan 2019\n"
    )
    for content, file in (("mandates", text), ("actions", actions)):
        commands.load(
            store,
            content,
            io.BytesIO(file.encode()),
            pact_id=PACT,
            name=content,
            who=people[Role.VOLUNTEER],
        )
    retract_lyon(store)
    browser_of(people[Role.REVIEWER])
    with store.reading() as database:
        files = database.rows("SELECT seq FROM load WHERE accepted = 0 ORDER BY seq")
    for (seq,) in files:
        app = open_page("relecture", fichier=str(seq))
        assert not app.exception
        assert f"(entrées n°\u00a0{seq + 1})" in "".join(one.value for one in app.error)
        assert app.button(key=f"_file_{Decision.ACCEPTED}_{seq}").disabled
        assert not app.button(key=f"_file_{Decision.REFUSED}_{seq}").disabled
        assert "Homonyme." in all_texts(app)


def test_the_author_of_entries_about_who_was_retracted_is_told(store, people, browser_of):
    volunteer = people[Role.VOLUNTEER]
    commands.log_action(store, volunteer, action())
    commands.request_reply(store, volunteer, PACT, LYON, "1", Way.CLAIMED, NOW.date())
    browser_of(volunteer)
    retract_lyon(store)
    for view in ("", "afaire", "miennes"):
        app = open_page("saisie", vue=view)
        assert not app.exception
        assert RETRACTED in words(app) or not view, view
