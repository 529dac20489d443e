"""What waits is marked for who should see it: for all who write, for an author, for a reviewer."""

import io

import pytest

from monitor import commands
from monitor.errors import NotFound
from monitor.models import Decision, Kind, Role
from monitor.queries import notices, team
from tests.support.app import open_page, words
from tests.support.team import action, sign_in
from tests.support.team_pages import FILE, field

PACT = "mouves-2014"
ENGINES = ("sqlite", "postgres")


def written(store, people, **values) -> int:
    return commands.log_action(store, people[Role.VOLUNTEER], action(**values)).seq


def refused(store, people, why: str = "La source parle d’Oullins.") -> int:
    seq = written(store, people)
    commands.review_action(store, people[Role.REVIEWER], seq, Decision.REFUSED, why)
    return seq


def loaded(store, people) -> None:
    commands.load(
        store,
        "actions",
        io.BytesIO(FILE.encode()),
        pact_id=PACT,
        name="bilan.csv",
        who=people[Role.VOLUNTEER],
    )


def unseen(store, name: str = "Camille") -> list[str]:
    with store.reading() as database:
        return [one.kind for one in notices.unseen_notices(database, name)]


def test_what_waits_for_review_is_marked_for_its_author_and_for_all(store, people, browser_of):
    seq = written(store, people)
    browser_of(people[Role.VOLUNTEER])
    assert f"attend une relecture : n° {seq}, par vous" in words(open_page("saisie", vue="afaire"))
    browser_of(people[Role.ADMIN])
    page_text = words(open_page("saisie", vue="afaire"))
    assert f"attend une relecture : n° {seq}, par Camille" in page_text
    assert "1 engagement a déjà une entrée qui attend une relecture" in page_text


def test_a_row_of_a_file_that_waits_is_marked_until_the_file_is_decided_of(store, people):
    loaded(store, people)
    with store.reading() as database:
        (waits,) = notices.waiting_entries(database, PACT).values()
        (file,) = [one for one in team.recent_files(database, PACT) if one.state == "pending"]
    assert (waits.author, waits.load_seq) == ("Camille", file.seq)
    commands.review_load(store, people[Role.REVIEWER], file.seq, Decision.ACCEPTED)
    with store.reading() as database:
        assert notices.waiting_entries(database, PACT) == {}


def test_a_question_and_a_refusal_are_new_until_their_author_saw_them(store, people, browser_of):
    refused(store, people)
    asked = written(store, people)
    commands.send_message(store, people[Role.REVIEWER], asked, "De quel jour est-ce ?")
    assert sorted(unseen(store)) == ["question", "refused"]
    browser_of(people[Role.VOLUNTEER])
    app = open_page("saisie")
    (link,) = app.sidebar.get("page_link")
    assert "2 nouvelles pour vous" in link.proto.label
    assert "Mes saisies (2)" in str(app)
    mine = words(open_page("saisie", vue="miennes"))
    assert mine.count("nouveau") >= 2 and "De quel jour est-ce ?" in mine
    assert unseen(store) == []
    commands.send_message(store, people[Role.REVIEWER], asked, "Et de quelle page ?")
    assert unseen(store) == ["question"]


def test_a_refused_file_is_told_to_its_author(store, people, browser_of):
    loaded(store, people)
    with store.reading() as database:
        (file,) = [one for one in team.recent_files(database, PACT) if one.state == "pending"]
    commands.review_load(store, people[Role.REVIEWER], file.seq, Decision.REFUSED, "Sans titre.")
    assert unseen(store) == ["file_refused"]
    browser_of(people[Role.VOLUNTEER])
    assert "Sans titre." in words(open_page("saisie", vue="miennes"))
    assert unseen(store) == []


def test_a_refused_entry_is_taken_up_again_and_its_reviewer_sees_what_was_refused(
    store, people, browser_of
):
    seq = refused(store, people)
    browser_of(people[Role.VOLUNTEER])
    app = open_page("saisie", vue="miennes")
    field(app.button, "Reprendre").click().run()
    assert f"Vous reprenez l’entrée n° {seq}" in words(app)
    assert field(app.text_input, "Titre de la source").value == action().source_title
    field(app.text_input, "Que s’est-il passé").set_value("Le conseil de Lyon vote.").run()
    field(app.button, "Enregistrer").click().run()
    with store.reading() as database:
        ((again, target),) = database.rows(
            "SELECT seq, supersedes FROM action ORDER BY seq DESC LIMIT 1"
        )
        assert notices.resumed_entries(database, "Camille") == {seq: again}
    assert target is None
    assert f"Reprise par vous : n° {again}" in words(open_page("saisie", vue="miennes"))
    browser_of(people[Role.REVIEWER])
    page_text = words(open_page("relecture", entree=str(again)))
    assert f"Cette entrée reprend le n° {seq}, refusé." in page_text
    assert "La source parle d’Oullins." in page_text


def test_nobody_takes_up_what_was_not_refused_to_them(store, people):
    seq = refused(store, people)
    other = sign_in(store, "Dominique", Role.VOLUNTEER)
    with pytest.raises(NotFound):
        commands.log_action(store, other, action(resumes=seq))


def test_what_a_reviewer_may_decide_of_is_counted_with_files_and_without_their_own(store, people):
    written(store, people)
    written(store, people, kind=Kind.NOTE, status="")
    commands.log_action(store, people[Role.REVIEWER], action())
    loaded(store, people)
    with store.reading() as database:
        assert notices.count_to_review(database, "Sacha", tied=False) == {PACT: (2, 1)}
    commands.change_account(store, people[Role.ADMIN], "Sacha", communes=["69123", "75056"])
    with store.reading() as database:
        assert notices.count_to_review(database, "Sacha", tied=True) == {}


def test_only_to_its_author_is_an_entry_replaced_by_you(store, people, browser_of):
    seq = written(store, people)
    commands.log_action(
        store,
        people[Role.VOLUNTEER],
        action(supersedes=f"{action_id_of(store, seq)}", reason="Une faute."),
    )
    browser_of(people[Role.VOLUNTEER])
    assert "remplacée ou retirée par vous" in words(open_page("saisie", vue="miennes"))
    browser_of(people[Role.REVIEWER])
    page_text = words(open_page("relecture", entree=str(seq + 1)))
    assert "par vous" not in page_text and "par son auteur" in page_text


def action_id_of(store, seq: int) -> str:
    with store.reading() as database:
        ((found,),) = database.rows("SELECT action_id FROM action WHERE seq = :seq", seq=seq)
    return found
