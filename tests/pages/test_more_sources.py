"""Several sources given with an entry: written together, reviewed together, each refused alone."""

import pytest

from monitor import commands, queries, snapshot, status
from monitor.errors import InvalidRow
from monitor.models import Decision, Role
from monitor.queries.team import waiting_sources
from monitor.store.journal import verify
from tests.support.app import open_page, words
from tests.support.team import LATER, action
from tests.support.team_pages import at_a_commitment, errors, field

ENGINES = ("sqlite", "postgres")
PACT = "mouves-2014"
PRESS = {"source_kind": "press", "source_title": "Le Progrès", "source_url": "https://p.invalid/a"}
REPORT = {"source_kind": "report", "source_title": "Rapport annuel"}


def counted(store) -> list[str | None]:
    """The titles of the further sources that count, in the order of their numbers."""
    known = status.what_is_known(snapshot.Snapshots(store).current().log(PACT))
    with store.reading() as session:
        rows = queries.rows_at(session, "sources", known.sources["seq"].tolist())
    return [row.source_title for row in sorted(rows, key=lambda row: row.source_no)]


def waiting(store, seq: int) -> list[int]:
    with store.reading() as session:
        return [one.load_seq for one in waiting_sources(session, seq)]


def write(store, who, *sources, **values) -> int:
    return commands.log_action(store, who, action(more_sources=sources, **values), LATER).seq


@pytest.mark.parametrize(
    ("left_out", "counting"), [((), ["Le Progrès", "Rapport annuel"]), ((0,), ["Rapport annuel"])]
)
def test_those_that_the_reviewer_keeps_are_accepted_with_the_entry(store, team, left_out, counting):
    seq = write(store, team.other, PRESS, REPORT)
    files = waiting(store, seq)
    assert len(files) == 2 and counted(store) == []
    kept = [one for at, one in enumerate(files) if at not in left_out]
    commands.review_action(store, team.second, seq, Decision.ACCEPTED, now=LATER, sources=kept)
    assert counted(store) == counting
    assert waiting(store, seq) == [files[at] for at in left_out]
    for one in waiting(store, seq):
        commands.review_load(store, team.second, one, Decision.REFUSED, "Hors sujet.", LATER)
    assert counted(store) == counting and waiting(store, seq) == []
    with store.reading() as session:
        assert verify(session).intact


def test_all_are_refused_with_the_entry(store, team):
    seq = write(store, team.other, PRESS, REPORT)
    commands.review_action(store, team.second, seq, Decision.REFUSED, "Faux.", LATER)
    assert waiting(store, seq) == [] and counted(store) == []
    with store.reading() as session:
        reasons = session.rows("SELECT reason FROM load_review_text")
    assert reasons == [("Faux.",)] * 2


@pytest.mark.sqlite
def test_a_file_about_other_entries_too_is_not_decided_of_with_one(store, team):
    seq = write(store, team.other)
    with store.reading() as session:
        ((name,),) = session.rows("SELECT action_id FROM action WHERE seq = :seq", seq=seq)
    text = f"action_id,source_title\n{name},Un\nlyo-005,Deux\n"
    commands.load(
        store,
        "sources",
        commands.loading.file_in_memory(text),
        pact_id=PACT,
        name="s.csv",
        who=team.other,
        now=LATER,
    )
    files = waiting(store, seq)
    commands.review_action(store, team.second, seq, Decision.ACCEPTED, now=LATER, sources=files)
    assert waiting(store, seq) == files and counted(store) == []


@pytest.mark.sqlite
@pytest.mark.parametrize(
    ("sources", "column", "code"),
    [
        ([{"source_kind": "press"}], "source_title_2", "source_needed"),
        ([PRESS, {**REPORT, "source_url": "ftp://x.invalid"}], "source_url_3", "url_scheme"),
        ([PRESS, PRESS], "source_url_3", "source_repeated"),
        ([REPORT, REPORT], "source_title_3", "source_repeated"),
        (
            [{"source_url": "https://exemple.invalid/deliberation"}],
            "source_url_2",
            "source_repeated",
        ),
    ],
)
def test_what_is_wrong_with_one_is_told_and_nothing_is_written(store, team, sources, column, code):
    with store.reading() as session:
        before = session.rows("SELECT seq FROM head")
    with pytest.raises(InvalidRow) as refused:
        write(store, team.other, *sources, source_url="https://exemple.invalid/deliberation")
    assert [(one.column, one.code) for one in refused.value.errors] == [(column, code)]
    with store.reading() as session:
        assert session.rows("SELECT seq FROM head") == before


@pytest.mark.sqlite
def test_what_is_wrong_in_the_entry_and_in_its_further_sources_is_told_at_once(store, team):
    wrong = {**PRESS, "source_url": "zzz"}
    with pytest.raises(InvalidRow) as refused:
        write(store, team.other, wrong, happened_on="31/02/2019", source_url="javascript:alert(1)")
    columns = [one.column for one in refused.value.errors]
    assert columns == ["happened_on", "source_url", "source_url_2"]


@pytest.mark.sqlite
def test_a_second_click_writes_no_source_twice(store, team):
    one = action(more_sources=(PRESS,))
    first = commands.log_action(store, team.other, one, LATER)
    again = commands.log_action(store, team.other, one, LATER)
    assert again.already and again.seq == first.seq and len(waiting(store, first.seq)) == 1


@pytest.mark.sqlite
def test_a_volunteer_gives_several_before_saving_and_the_reviewer_sees_each(
    store, people, browser_of
):
    app = at_a_commitment(browser_of, store, people)
    field(app.text_input, "Quand").set_value("12/2019").run()
    field(app.selectbox, "Quel statut").set_value("decided").run()
    field(app.text_input, "Que s’est-il").set_value("Le schéma est voté.").run()
    for at, (kind, title) in enumerate(
        [("report", "Rapport annuel"), ("press", "Faux titre"), ("press", "Le Progrès")]
    ):
        if at:
            field(app.button, "Ajouter une source").click().run()
        kinds = [one for one in app.selectbox if one.label == "Sorte de source"]
        titles = [one for one in app.text_input if one.label == "Titre de la source"]
        assert len(kinds) == len(titles) == at + 1
        kinds[at].set_value(kind).run()
        [one for one in app.text_input if one.label == "Titre de la source"][at].set_value(
            title
        ).run()
    app.button(key="_write_drop_source_2").click().run()
    titles = [one.value for one in app.text_input if one.label == "Titre de la source"]
    assert titles == ["Rapport annuel", "Le Progrès"]
    field(app.button, "Enregistrer").click().run()
    assert not app.exception and not errors(app)
    with store.reading() as session:
        ((seq,),) = session.rows("SELECT max(seq) FROM action")
    (file,) = waiting(store, seq)
    browser_of(people[Role.REVIEWER])
    app = open_page("relecture", pacte=PACT, entree=str(seq))
    assert "Le Progrès" in words(app) and [one.value for one in app.checkbox] == [True]
    app.button(key=f"_review_accept_{seq}").click().run()
    assert (
        not app.exception and counted(store) == ["Le Progrès"] and file not in waiting(store, seq)
    )


@pytest.mark.sqlite
def test_a_source_that_the_reviewer_unticks_goes_on_waiting(store, people, browser_of):
    seq = write(store, people[Role.VOLUNTEER], PRESS, REPORT)
    browser_of(people[Role.REVIEWER])
    app = open_page("relecture", pacte=PACT, entree=str(seq))
    app.checkbox[0].uncheck().run()
    app.button(key=f"_review_accept_{seq}").click().run()
    assert not app.exception and counted(store) == ["Rapport annuel"]
    assert len(waiting(store, seq)) == 1


@pytest.mark.sqlite
@pytest.mark.parametrize("decision", [Decision.ACCEPTED, Decision.REFUSED])
def test_whoever_corrects_or_takes_up_an_entry_has_its_sources_in_the_form(
    store, people, browser_of, decision
):
    seq = write(store, people[Role.VOLUNTEER], PRESS, REPORT)
    kept = waiting(store, seq)[1:]
    commands.review_action(store, people[Role.REVIEWER], seq, decision, "Lu.", LATER, sources=kept)
    browser_of(people[Role.VOLUNTEER])
    app = open_page("saisie", pacte=PACT, vue="miennes")
    label = "Rectifier" if decision is Decision.ACCEPTED else "Reprendre"
    field(app.button, label).click().run()
    titles = [one.value for one in app.text_input if one.label == "Titre de la source"]
    assert titles[1:] == ["Le Progrès", "Rapport annuel"]
