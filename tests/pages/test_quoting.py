"""In what language texts are quoted, and of which measure an entry is, wherever it is read."""

from dataclasses import replace

import pytest
from starlette.applications import Starlette

from monitor import commands
from monitor.commands.loading import file_in_memory
from monitor.i18n import language_name
from monitor.read import filter_labels, log_entries, query
from monitor.read.pact_state import PactState
from monitor.snapshot import Snapshots
from monitor.ui import entries
from monitor.web import feed, sheet
from tests.support.app import open_page, words
from tests.support.clock import NOW
from tests.support.pacts import another, load
from tests.support.routes import Client

pytestmark = pytest.mark.usefixtures("browser_of")
PEOPLE = (
    "signatory_id,name,commune,outcome\na,Anne Avril,69123,elected\nd,Denis Dur,75056,defeated\n"
)
DONE = (
    "action_id,signatory_id,measure,happened_on,status,summary,quote,source_kind,source_title\n"
    "1,a,1,2018-05-01,decided,Voted,Wording,report,R\n"
    "2,d,2,2018-05-01,decided,Voted,Wording,report,R\n"
)


@pytest.fixture
def english(empty):
    """A pact in English, with an entry of who was elected and one of who was not."""
    load(empty, another(name="p", language='"en"'))
    for content, text in (("signatories", PEOPLE), ("actions", DONE)):
        report = commands.load(
            empty, content, file_in_memory(text), pact_id="p", name="f.csv", now=NOW
        )
        assert report.loaded, report.errors
    return empty


@pytest.fixture
def client(url):
    return Client(Starlette(routes=[*sheet.ROUTES, *feed.ROUTES]))


@pytest.mark.parametrize(
    ("code", "lang", "name"),
    [
        ("en", "fr", "anglais"),
        ("fr", "en", "French"),
        ("uk", "en", "Ukrainian"),
        ("uk", "fr", "ukrainien"),
        ("th", "fr", "thaï"),
        ("pt-BR", "en", "Portuguese (Brazil)"),
        ("zz-none", "fr", "zz-none"),
        ("?", "en", "?"),
    ],
)
def test_a_language_is_named_in_the_reader_s(code, lang, name):
    assert language_name(code, lang) == name


def test_the_language_is_that_of_the_pact_and_said_where_it_is_not_the_reader_s(store):
    view = query.read_view(Snapshots(store).current(), {"lang": "en"})
    ukrainian = replace(view.log.pact, language="uk")
    log = replace(view.log, pacts=((0, ukrainian),))
    snapshot = replace(view.snapshot, logs={log.pact.id: log})
    other = replace(view, state=PactState(snapshot, log.pact.id))
    assert (
        "French" in filter_labels.language_of_texts(view)
        and filter_labels.language_of_texts(replace(view, lang="fr")) == ""
    )
    assert filter_labels.language_note(view) == " (quoted in French)"
    assert other.log.pact.language == "uk"


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/ville/69123", "dans la langue du pacte : anglais"),
        ("/ville/69123?cadre=1", "dans la langue du pacte : anglais"),
        ("/ville/69123.svg", "pacte en anglais"),
        ("/flux.atom", "(cité en anglais)"),
    ],
)
def test_what_is_read_in_french_of_a_pact_in_english_says_so(english, client, path, expected):
    mark = "&" if "?" in path else "?"
    french = client.get(f"{path}{mark}lang=fr").text.replace("\u00a0", " ")
    assert expected in french
    read_in_english = client.get(path).text
    assert "quoted in" not in read_in_english and "pact in English" not in read_in_english


@pytest.mark.parametrize(("page", "query"), [("communes", {"commune": "69123"}), ("actions", {})])
def test_pages_that_quote_name_the_language(english, page, query):
    assert "langue du pacte : anglais" in words(open_page(page, lang="fr", **query))
    assert "language of the pact" not in words(open_page(page, **query))


def test_an_entry_of_who_was_not_elected_names_its_measure(english, client):
    title = english and Snapshots(english).current().log("p").pact.measures[1].title_fr
    assert f"2. {title} · <b>◆\u00a0décidé</b>" in client.get("/ville/75056?lang=fr").text
    assert f"2. {title}" in client.get("/flux.atom?lang=fr").text
    assert f"2. {title}" in words(open_page("actions", lang="fr"))
    view = query.read_view(Snapshots(english).current(), {"lang": "fr"})
    (shown,) = entries.entry_texts(
        view, tuple(log_entries.entry_seqs(view)[:1].tolist()), True
    ).values()
    assert f"2\\. {title}"[:20] in shown.words
