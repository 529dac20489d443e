"""Files of answers, details and sources, reviewed as a whole by another person."""

import io

import pytest

from monitor import commands
from monitor.models import Decision, Role
from monitor.queries import team as backlog
from tests.support.app import open_page, words
from tests.support.team import LYON
from tests.support.team_pages import at_a_commitment, field

PACT = "mouves-2014"
FILES = {
    "answers": f"signatory_id,measure,answer,comment\n{LYON},1,partly,Si le budget le permet.\n",
    "details": f'signatory_id,measure,in_charge\n{LYON},1,"Ada Test, adjointe"\n',
    "sources": "action_id,source_kind,source_title\nlyo-005,press,Le Progrès\n",
}
SAID = {"answers": "Si le budget le permet.", "details": "Ada Test", "sources": "Le Progrès"}


@pytest.mark.sqlite
@pytest.mark.parametrize("content", FILES)
def test_a_file_waits_shows_its_rows_and_counts_once_it_is_accepted(
    store, people, browser_of, content
):
    commands.load(
        store,
        content,
        io.BytesIO(FILES[content].encode()),
        pact_id=PACT,
        name="mots.csv",
        who=people[Role.VOLUNTEER],
    )
    with store.reading() as database:
        ((seq,),) = database.rows("SELECT max(seq) FROM load")
    browser_of(people[Role.REVIEWER])
    page = open_page("relecture", fichier=str(seq))
    shown = words(page) + str([table.value.to_dict() for table in page.get("arrow_table")])
    assert not page.exception and SAID[content] in shown, shown
    commands.review_load(store, people[Role.REVIEWER], seq, Decision.ACCEPTED)
    with store.reading() as database:
        (one,) = [one for one in backlog.recent_files(database, PACT) if one.seq == seq]
    assert one.state == "accepted"
    public = open_page("communes", pacte=PACT, commune="69123")
    assert not public.exception and SAID[content] in words(public)


@pytest.mark.sqlite
def test_a_volunteer_adds_a_source_to_an_entry_and_it_waits_for_another_person(store, people):
    typed = {"source_kind": "press", "source_title": "Le Progrès"}
    report = commands.add_source(store, people[Role.VOLUNTEER], PACT, "lyo-005", typed)
    assert report.outcomes == {"created": 1}
    with store.reading() as database:
        ((seq,),) = database.rows("SELECT max(seq) FROM load")
    public = dict(pacte=PACT, commune="69123")
    assert "Le Progrès" not in words(open_page("communes", **public))
    commands.review_load(store, people[Role.REVIEWER], seq, Decision.ACCEPTED)
    assert "Le Progrès" in words(open_page("communes", **public))
    again = commands.add_source(store, people[Role.VOLUNTEER], PACT, "lyo-005", typed)
    assert again.outcomes == {"unchanged": 1}
    refused = commands.add_source(store, people[Role.VOLUNTEER], PACT, "lyo-005", {})
    assert [one.code for one in refused.errors] == ["source_needed"]


@pytest.mark.sqlite
def test_the_form_offers_another_source_of_the_entry_just_saved(store, people, browser_of):
    app = at_a_commitment(browser_of, store, people)
    field(app.button, "J’ai cherché").click().run()
    field(app.text_input, "Où avez-vous").set_value("Le site de la ville.").run()
    field(app.button, "Enregistrer").click().run()
    field(app.text_input, "Titre").set_value("Le Progrès")
    field(app.button, "Ajouter une source").click().run()
    assert "La source est notée" in app.success[-1].value, [one.value for one in app.error]
    with store.reading() as database:
        assert database.rows("SELECT source_title FROM source_text") == [("Le Progrès",)]


@pytest.mark.sqlite
def test_people_brought_after_the_answers_of_others_promise_nothing_until_they_answer(
    store, people, browser_of
):
    commands.load(
        store, "answers", io.BytesIO(FILES["answers"].encode()), pact_id=PACT, name="r.csv"
    )
    brought = "signatory_id,name,commune,outcome\nzoe,Zoé Un,75056,\n"
    commands.load(
        store,
        "signatories",
        io.BytesIO(brought.encode()),
        pact_id=PACT,
        name="venus.csv",
        who=people[Role.VOLUNTEER],
    )
    with store.reading() as database:
        ((seq,),) = database.rows("SELECT max(seq) FROM load")
    browser_of(people[Role.REVIEWER])
    page = open_page("relecture", fichier=str(seq))
    assert not page.exception
    assert "0 engagement en vigueur change" in words(page), words(page)
    assert "1 publiée telle quelle" in words(page) and "touche" not in words(page)
