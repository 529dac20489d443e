"""The page of matching: a register of mayors beside the signatories of a pact."""

import io
from datetime import date

import pytest

from monitor import commands, status
from monitor.models import Decision, Role
from monitor.queries.matches import read_judgements
from monitor.queries.team import recent_files
from monitor.snapshot import Snapshots
from tests.support.app import open_page, words
from tests.support.pacts import another, load
from tests.support.team import sign_in
from tests.support.team_pages import errors

PACT = "mouves-2014"
HEADER = "insee,nom,prenom,sexe,date_debut_mandat,date_debut_fonction\n"
#: Invented people in places of the reference: name, place, and who is mayor there.
PEOPLE = {
    "s-1": ("Jeanne Le Goff", "29019", "LE GOFF,Jeanne,F,2014-03-30,2014-04-05"),
    "s-2": ("P. Morin", "35238", "MORIN,Paul,M,2014-03-30,2014-04-05"),
    "s-3": ("Claire Tournier", "44109", "VASSEUR,Claire,F,2014-03-30,2014-04-05"),
    "s-4": ("Luc Dumas", "33063", "CLERC,Paul,M,2014-03-30,2014-04-05"),
    "s-5": ("Ève Roy", "67482", "ROY,Ève,F,2014-03-30,2018-11-05"),
}
#: An earlier state shows the last of them in office before.
EARLY = f"{HEADER}67482,ROY,Ève,F,2014-03-30,2014-04-05\n"


def register(*ids: str) -> str:
    return HEADER + "".join(f"{PEOPLE[one][1]},{PEOPLE[one][2]}\n" for one in ids or PEOPLE)


@pytest.fixture
def signed(store):
    """These people have signed, and nobody knows what became of them."""
    rows = "".join(f"{one},{name},{place}\n" for one, (name, place, _) in PEOPLE.items())
    file = io.BytesIO(f"signatory_id,name,commune\n{rows}".encode())
    assert commands.load(store, "signatories", file, pact_id=PACT, name="s.csv").loaded
    return store


@pytest.fixture
def reviewer(signed, people, browser_of):
    browser_of(people[Role.REVIEWER])
    return signed


def read(*files: tuple[str, str]):
    """The page, which has read these states."""
    app = open_page("rapprochement", pacte=PACT)
    found = [(name, text.encode(), "text/csv") for name, text in files]
    app.file_uploader[0].set_value(found).run()
    return pressed(app, "_registers_read")


def pressed(app, key: str):
    app.button(key=key).click().run()
    assert not app.exception
    return app


def choose(app, which: str):
    return app.segmented_control(key="_match_list").set_value(which).run()


def counts(app) -> list[int]:
    """How many are in each list."""
    options = app.segmented_control(key="_match_list").proto.options
    return [int(option.content.rsplit("(")[-1].rstrip(")")) for option in options]


def known(store):
    found = status.what_is_known(Snapshots(store).current().log(PACT))
    outcomes = dict(
        zip(found.signatories["signatory_id"], found.signatories["outcome"], strict=True)
    )
    mandates = found.mandates[found.mandates["signatory_id"].isin(PEOPLE)].astype(object)
    columns = ["signatory_id", "started_on", "ended_on", "end_reason", "source_url"]
    return outcomes, mandates.where(mandates.notna(), None)[columns].to_numpy().tolist()


def accept_all(store, people) -> list[str]:
    """Another person accepts all that waits; the names of the files."""
    with store.reading() as session:
        waiting = [one for one in recent_files(session, PACT) if one.state == "pending"]
    for one in waiting:
        commands.review_load(store, people[Role.ADMIN], one.seq, Decision.ACCEPTED)
    return sorted(one.name for one in waiting)


def test_each_signatory_is_in_one_list_by_how_near_the_names_are(reviewer):
    app = read(("maires_2019-10.csv", register()))
    # Two certain, an initial, another surname of a woman; of Lyon and Paris the state says nothing.
    assert counts(app) == [2, 1, 1, 6, 0]
    assert "5 maires dans les communes du pacte" in words(app)
    app.session_state["_match_all"] = True
    (table,) = [one.value.reset_index() for one in app.run().table]
    assert table.iloc[0].to_list()[1] == r"Brest \(29\)"


def test_who_is_written_otherwise_in_the_register_is_looked_at_one_by_one_and_told_to_the_reviewer(
    reviewer, people, browser_of
):
    app = read(("maires_2019-10.csv", register("s-1", "s-5").replace("Ève", "Ève-Anne")))
    assert counts(app)[:2] == [1, 1]
    assert "**Ève-Anne ROY**" in words(choose(app, "one_by_one"))
    pressed(app, "_match_same_s-5")
    pressed(app, "_match_send")
    with reviewer.reading() as session:
        (*_, waiting) = [one.seq for one in recent_files(session, PACT) if one.state == "pending"]
    browser_of(people[Role.ADMIN])
    page_text = words(open_page("relecture", pacte=PACT, fichier=str(waiting)))
    assert "Ève Roy y est écrit « Ève-Anne ROY »" in page_text.replace("*", "")
    assert "Jeanne LE GOFF" not in page_text


def test_what_is_certain_is_sent_together_once_those_drawn_were_looked_at(reviewer, people):
    app = read(("maires_2019-10.csv", register("s-1")))
    assert "_match_send" not in [one.key for one in app.button]
    pressed(app, "_match_same_s-1")
    pressed(app, "_match_send")
    assert "1 personne envoyée à la relecture" in app.success[0].value
    outcomes, mandates = known(reviewer)
    assert outcomes["s-1"] == "unknown" and not mandates  # nothing before another has read it
    assert "attend sa relecture" in words(app)
    assert accept_all(reviewer, people) == [
        "rapprochement-mandats-2019-10-31.csv",
        "rapprochement-resultats-2019-10-31.csv",
    ]
    outcomes, mandates = known(reviewer)
    assert outcomes["s-1"] == "elected"
    source = "https://www.data.gouv.fr/datasets/repertoire-national-des-elus-1"
    assert mandates == [["s-1", "2014-04-05", None, None, source]]
    assert "Le journal dit déjà tout de 1 signataire" in words(app.run())


def test_somebody_else_is_never_proposed_again_until_that_is_taken_back(reviewer):
    state = ("maires_2019-10.csv", register("s-2"))
    app = choose(read(state), "one_by_one")
    pressed(app, "_match_other_s-2")
    assert counts(app)[1:] == [0, 0, 9, 1]
    assert counts(read(("maires_2018-10.csv", register("s-2"))))[-1] == 1
    pressed(choose(app, "refused"), "_match_back_s-2")
    assert counts(app)[1:] == [1, 0, 9, 0]


def test_another_surname_and_a_defeat_are_what_a_person_says_and_nothing_before(reviewer, people):
    app = choose(read(("maires_2014-04-25.csv", register("s-3", "s-4"))), "none")
    assert "quelqu’un d’autre est maire" in words(app)
    assert "_match_send" not in [one.key for one in app.button]
    pressed(app, "_match_defeated_s-4")
    pressed(choose(app, "to_see"), "_match_same_s-3")
    pressed(app, "_match_send")
    accept_all(reviewer, people)
    outcomes, mandates = known(reviewer)
    assert (outcomes["s-3"], outcomes["s-4"]) == ("elected", "defeated")
    assert [row[:2] for row in mandates] == [["s-3", "2014-04-05"]]


def test_several_defeats_are_confirmed_at_once_of_those_alone_who_were_ticked(reviewer):
    state = (
        f"{HEADER}33063,CLERC,Paul,M,2014-03-30,2014-04-05\n35238,RIO,Zoé,F,2014-03-30,2014-04-05\n"
    )
    app = choose(read(("maires_2014-04-25.csv", state)), "none")
    app.session_state["_match_several"] = True
    app.run()
    boxes = {one.key: one for one in app.checkbox if "battu(e)" in one.label}
    assert len(boxes) == 2 and not any(one.value for one in boxes.values())
    submit = next(one for one in app.button if one.label == "Confirmer les personnes cochées")
    assert "Personne n’est coché" in words(submit.click().run())
    app.checkbox(key="_match_tick_s-4").check()
    next(one for one in app.button if one.label == "Confirmer les personnes cochées").click().run()
    assert not app.exception
    with reviewer.reading() as session:
        assert {*read_judgements(session, PACT)} == {"s-4"}


def test_a_mandate_without_its_end_waits_until_somebody_gives_it(reviewer, people):
    app = read(("maires_2014-04-25.csv", EARLY), ("maires_2019-10.csv", register("s-5")))
    pressed(choose(app, "one_by_one"), "_match_same_s-5")
    assert app.button(key="_match_send").disabled
    field = app.text_input(key="_match_day_s-5_ended_on_0")
    assert field.set_value("jamais").run().error
    field.set_value("16 juillet 2017").run()
    pressed(app, "_match_send")
    accept_all(reviewer, people)
    assert [row[:4] for row in known(reviewer)[1]] == [
        ["s-5", "2014-04-05", "2017-07-16", "other"],
        ["s-5", "2018-11-05", None, None],
    ]


def test_what_is_refused_is_said_and_nothing_is_sent(reviewer, people):
    app = read(("maires_2019-10.csv", register("s-1")))
    pressed(app, "_match_same_s-1")
    app.session_state["_match_source"] = "javascript:alert(1)"
    pressed(app, "_match_send")
    assert "javascript" in errors(app) and not app.success
    assert accept_all(reviewer, people) == []


def test_names_of_a_register_are_text_and_nothing_else(reviewer):
    evil = register("s-1").replace(
        "LE GOFF", '"<b>:red-badge[LE GOFF]</b> ![x](https://x.invalid/x.png)"'
    )
    app = choose(read(("![x](y)_2019-10.csv", evil)), "one_by_one")
    for element in (*app.markdown, *app.caption):
        bare = element.value.replace("\\\\", "")
        assert "![x]" not in bare and ":red-badge[" not in bare and "<b>" not in bare


def test_a_state_whose_day_nobody_knows_asks_for_it(reviewer):
    app = open_page("rapprochement", pacte=PACT)
    assert "choisissez-le ici" in words(app)
    app.file_uploader[0].set_value([("maires.csv", register().encode(), "text/csv")]).run()
    assert app.button(key="_registers_read").disabled
    assert "choisissez-le ici" not in words(app)
    app.date_input[0].set_value(date(2019, 10, 31)).run()
    assert not app.button(key="_registers_read").disabled


def test_a_file_that_is_no_register_is_said_to_be_none(reviewer):
    app = read(("notes_2019-10.csv", "a,b\n1,2\n"))
    assert "code insee" in errors(app) and "Aucun état n’a encore été lu" in words(app)


def test_faults_of_the_communes_of_the_pact_are_told(reviewer):
    state = register("s-1").replace("2014-04-05", "0014-04-05") + "01001,X,Y,F,,0014-04-05\n"
    assert "1 anomalie" in " ".join(
        one.label for one in read(("maires_2019-10.csv", state)).expander
    )


def test_a_pact_that_is_not_put_to_mayors_says_that_a_register_of_mayors_does_not_fit(
    empty, browser_of
):
    load(empty, another(binding_offices='["majority_councillor"]'))
    file = io.BytesIO(b"signatory_id,name,commune\ns-1,Jeanne Le Goff,29019\n")
    commands.load(empty, "signatories", file, pact_id="other", name="s.csv")
    browser_of(sign_in(empty, "Sacha", Role.REVIEWER))
    app = open_page("rapprochement")
    assert "ne s’adresse pas aux maires" in words(app) and not app.file_uploader


def test_a_volunteer_is_not_shown_the_page(store, people, browser_of):
    browser_of(people[Role.VOLUNTEER])
    assert not open_page("rapprochement", pacte=PACT).file_uploader
