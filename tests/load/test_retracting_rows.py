"""An answer, what is said of one commitment, or one more source of an entry is taken back alone."""

import pytest
from click.testing import CliRunner

from monitor import commands
from monitor.cli.main import main
from monitor.errors import NotFound, Refused
from monitor.models import Role
from monitor.queries.requests import pending_requests
from tests.support.app import open_page, words
from tests.support.retractions import AFTER, LYON, PACT, fold_log, load
from tests.support.team import sign_in

ENGINES = ("sqlite", "postgres")
ENTRY, ADDRESS = "lyo-005", "https://exemple.invalid/faux"
#: File -> a row of it that is wrong, what identifies it, and a word that only it says.
ROWS = {
    "answers": (f"signatory_id,measure,answer,comment\n{LYON},2,yes,Zorro.\n", (LYON, "2")),
    "details": (f"signatory_id,measure,in_charge\n{LYON},2,Zorro\n", (LYON, "2")),
    "sources": (
        f"action_id,source_kind,source_title,source_url\n{ENTRY},press,Zorro,{ADDRESS}\n",
        (ENTRY, "1"),
    ),
}


def counted(store, content: str) -> int:
    return len(getattr(fold_log(store)[1], content))


def run(*arguments):
    return CliRunner(env={"LC_ALL": "en"}).invoke(main, ["retract", *map(str, arguments)])


@pytest.mark.parametrize("content", ROWS)
def test_the_command_takes_it_back_and_the_same_row_comes_back_only_as_newer(store, content):
    text, key = ROWS[content]
    assert load(store, content, text).loaded and counted(store, content) == 1
    command = (content.removesuffix("s"), *key, "--reason", "Homonyme.")
    assert run(*command, "--dry-run").exit_code == 0 and counted(store, content) == 1
    done = run(*command)
    assert done.exit_code == 0 and counted(store, content) == 0 and "--newer" in done.stderr
    again = run(*command)
    assert again.exit_code == 1 and "Homonyme." in again.stderr
    (error,) = load(store, content, text, AFTER).errors
    assert error.code == "conflict_row_retracted"
    assert load(store, content, text, AFTER, newer=True).loaded and counted(store, content) == 1


def test_who_names_no_source_of_the_entry_is_told_which_there_are(store):
    load(store, "sources", ROWS["sources"][0])
    with pytest.raises(NotFound, match="no_such_source") as refused:
        commands.retract_row(store, None, "sources", PACT, (ENTRY, "7"), "Faux.", AFTER)
    assert refused.value.values["near"] == f"1 ({ADDRESS})"


@pytest.mark.parametrize("content", ROWS)
def test_an_admin_asks_for_it_and_another_person_confirms(store, team, content):
    text, key = ROWS[content]
    load(store, content, text)
    with pytest.raises(Refused, match="two_people"):
        commands.retract_row(store, team.admin, content, PACT, key, "Faux.", AFTER)
    commands.request_retraction(store, team.admin, content, PACT, key, "Faux.", AFTER)
    with store.reading() as session:
        (asked,) = pending_requests(session)
    assert asked.row and (asked.row.content, asked.row.key, asked.row.signatory_id) == (
        content,
        key,
        LYON,
    )
    assert counted(store, content) == 1
    commands.confirm_request(store, team.second, asked.id, AFTER)
    assert counted(store, content) == 0


@pytest.mark.parametrize("content", ROWS)
def test_who_is_tied_to_the_commune_neither_asks_nor_confirms(store, team, content):
    text, key = ROWS[content]
    load(store, content, text)
    tied = sign_in(store, "Alix", Role.ADMIN, AFTER)
    commands.request_retraction(store, team.admin, content, PACT, key, "Faux.", AFTER)
    commands.change_account(store, None, "Alix", communes=["69123"], now=AFTER)
    with pytest.raises(Refused, match="conflict_of_interest"):
        commands.confirm_request(store, tied, 1, AFTER)
    commands.stop_request(store, team.admin, 1, "Non.", AFTER)
    with pytest.raises(Refused, match="conflict_of_interest"):
        commands.request_retraction(store, tied, content, PACT, key, "Faux.", AFTER)


@pytest.mark.sqlite
@pytest.mark.parametrize("content", ROWS)
def test_pages_offer_it_name_it_and_show_it_no_more(store, people, browser_of, content):
    text, key = ROWS[content]
    load(store, content, text)
    assert "Zorro" in words(open_page("communes", pacte=PACT, commune="69123"))
    browser_of(people[Role.ADMIN])
    app = open_page("import", pacte=PACT)
    app.text_input(key="_retract_search").set_value("collomb").run()
    code = " ".join([content, *(key if content == "sources" else key[1:])])
    app.selectbox(key=f"_retract_what_{LYON}").select(code).run()
    app.checkbox(key="_retract_sure").check().run()
    app.text_input(key="_retract_reason").set_value("Homonyme.").run()
    app.button(key="_retract_do").click().run()
    assert not app.exception and app.success
    browser_of(people[Role.REVIEWER])
    app = open_page("demandes")
    assert "Gérard Collomb" in words(app)
    app.button(key="_request_confirm_1").click().run()
    assert not app.exception and counted(store, content) == 0
    assert "Zorro" not in words(open_page("communes", pacte=PACT, commune="69123"))
    browser_of(people[Role.ADMIN])
    assert "Pourquoi : Homonyme." in words(open_page("import", pacte=PACT))
