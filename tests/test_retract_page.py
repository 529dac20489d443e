"""An admin retracts a signatory or a mandate on the Import page."""

from monitor import status
from monitor.models import Role
from monitor.snapshot import Snapshots
from tests.conftest import NOW
from tests.team import LYON
from tests.test_team_pages import open_team

PACT = "mouves-2014"


def signatories(store) -> set[str]:
    known = status.known(Snapshots(store).current().log(PACT))
    return set(known.signatories["signatory_id"])


def test_a_signatory_is_found_by_name_and_retracted_after_a_tick(store, people, browser_of):
    browser_of(people[Role.ADMIN])
    app = open_team("import", pacte=PACT)
    app.text_input(key="_retract_search").set_value("collomb").run()
    assert any("Engagements dus" in part.value for part in app.markdown)
    assert app.button(key="_retract_do").disabled
    app.checkbox(key="_retract_sure").check().run()
    app.button(key="_retract_do").click().run()
    assert app.error and LYON in signatories(store)
    app.text_input(key="_retract_reason").set_value("Homonyme.").run()
    app.button(key="_retract_do").click().run()
    assert not app.exception and app.success
    assert LYON not in signatories(store)


def test_only_an_admin_sees_it(store, people, browser_of):
    browser_of(people[Role.REVIEWER])
    app = open_team("import", pacte=PACT)
    assert not [one for one in app.text_input if one.key == "_retract_search"]


def test_a_mandate_alone_is_retracted_and_the_signatory_stays(store, people, browser_of):
    browser_of(people[Role.ADMIN])
    app = open_team("import", pacte=PACT)
    app.text_input(key="_retract_search").set_value("collomb").run()
    app.selectbox(key=f"_retract_what_{LYON}").select("mayor 2014-03-30").run()
    app.checkbox(key="_retract_sure").check().run()
    app.text_input(key="_retract_reason").set_value("Autre élu.").run()
    app.button(key="_retract_do").click().run()
    assert not app.exception and app.success
    known = status.known(Snapshots(store).current().log(PACT))
    before = status.known(Snapshots(store).current().log(PACT), NOW)
    assert LYON in signatories(store) and len(known.mandates) == len(before.mandates) - 1
