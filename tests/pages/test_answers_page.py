"""Who answered what: on the page, the city, the sheet, the API and in the files."""

import csv
import io
import json
import re
from datetime import UTC, datetime

import pytest
from starlette.applications import Starlette
from streamlit.proto.SelectWidgetFilterMode_pb2 import FILTER_MODE_CONTAINS

from monitor import commands, snapshot, status
from monitor.export import publish_pact
from monitor.read import answers
from monitor.read.pact_state import PactState
from monitor.read.selection import View
from monitor.store import open_store
from monitor.ui import figures
from monitor.web import api, sheet
from tests.support.app import open_page, words
from tests.support.paths import SHAPES
from tests.support.routes import Client
from tests.support.whole_pacts import SHEETS, load_sheets

PACT = "essai-reponses"
LOADED_ON = datetime(2026, 9, 1, tzinfo=UTC)
TODAY = LOADED_ON.date()
pytestmark = pytest.mark.usefixtures("browser_of")
#: Of 35 people and 40 measures.
YES, NO, SILENT = 1_170, 152, 78


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    url = f"sqlite:///{tmp_path_factory.mktemp('answers') / 'monitor.db'}"
    store = open_store(url)
    store.create()
    folder = SHAPES / "candidats-et-reponses"
    with (folder / "pact.toml").open("rb") as file:
        assert commands.load_pact(store, file, name="pact.toml", now=LOADED_ON).loaded
    for content in ("signatories", "mandates", "answers"):
        with (folder / f"{content}.csv").open("rb") as file:
            assert commands.load(
                store, content, file, pact_id=PACT, name="f.csv", now=LOADED_ON
            ).loaded
    return url


@pytest.fixture(autouse=True)
def opened(address, monkeypatch):
    monkeypatch.setenv("MONITOR_DATABASE", address)


@pytest.fixture(scope="module")
def client():
    return Client(Starlette(routes=[*api.ROUTES, *sheet.ROUTES]))


@pytest.mark.parametrize(
    ("lang", "expected", "signed"),
    [
        ("fr", "engagements sur 40 mesures", r"mesures? (qu’il a )?signée|personne n.+ signé"),
        ("en", "of 40 measures", r"measures? (that they )?signed|signed the pact|nobody .+ signed"),
    ],
)
def test_nobody_who_answered_is_said_to_have_signed_measures(client, lang, expected, signed):
    measures = open_page("mesures", lang=lang)
    assert expected in folded(measures)
    pages = [words(open_page(name, lang=lang)) for name in ("", "donnees", "reponses")]
    early = {"lang": lang, "au": "2026-01-02"}
    sheets = [client.get("/ville", {"lang": lang}), client.get("/ville/33013", early)]
    shown = [words(measures) + folded(measures), *pages, *(one.text for one in sheets)]
    assert not [found[0] for page in shown if (found := re.search(signed, page))]


def folded(page) -> str:
    """What unfolds the parts of a page."""
    return "\n".join(part.label for part in page.expander)


def test_the_page_counts_the_answers_of_all_that_was_asked():
    page_text = words(open_page("reponses", pacte=PACT))
    assert "35 noms, 40 mesures : 1 400 réponses possibles" in page_text
    assert f"oui 1 170, non {NO}, aucune réponse connue {SILENT}." in page_text


def test_a_filter_by_answer_keeps_who_gave_it():
    page_text = folded(open_page("reponses", pacte=PACT, reponse="no"))
    assert "Aline Abrial" in page_text and "Karine Urbain" not in page_text


def test_a_place_with_an_article_is_listed_under_its_name():
    places = [
        label.split("**")[1] for label in folded(open_page("reponses", pacte=PACT)).split("\n")[1:]
    ]
    expected = ["Bordeaux", "Bouliac", "Le Bouscat", "Bruges"]
    assert [one for one in dict.fromkeys(places) if one in expected] == expected


def test_the_answers_of_a_person_do_not_read_as_their_result():
    _, *labels = folded(open_page("reponses", pacte=PACT)).split("\n")
    assert len(labels) > 20 and all(" · oui" in label for label in labels)


def test_before_the_election_the_page_is_the_same():
    page_text = words(open_page("reponses", pacte=PACT, au="2026-03-20"))
    assert f"oui 1 170, non {NO}, aucune réponse connue {SILENT}." in page_text


def test_a_city_shows_a_refusal_apart_from_what_was_signed():
    page_text = folded(open_page("communes", pacte=PACT, commune="33056"))
    assert "Réponse non (14)" in page_text and "Réponse oui (25)" in page_text


def test_a_city_and_its_sheet_say_which_measures_have_no_answer(client):
    page_text = folded(open_page("communes", pacte=PACT, commune="33056"))
    sheet = client.get("/ville/33056", params={"pacte": PACT}).text
    silent = [int(n) for n in re.findall(r"Aucune réponse connue \((\d+)\)", page_text)]
    assert (
        silent and [int(n) for n in re.findall(r"Aucune réponse connue \((\d+)\)", sheet)] == silent
    )


def test_a_sheet_has_the_words_of_a_refusal(client):
    page = client.get("/ville/33056", params={"pacte": PACT}).text
    assert "A répondu non" in page and "les public à Aménagement" in page


def test_programs_get_every_answer(client):
    rows = json.loads(client.get("/api/v1/answers.json", params={"pacte": PACT}).text)["rows"]
    assert [row["answer"] for row in rows].count("yes") == YES
    assert [row["answer"] for row in rows].count("no") == NO
    one = client.get("/api/v1/answers.csv", params={"pacte": PACT, "reponse": "no", "mesure": "12"})
    found = list(csv.DictReader(io.StringIO(one.text.removeprefix("\ufeff"))))
    assert found and {(row["answer"], row["measure"]) for row in found} == {("no", "12")}


def test_the_files_bring_the_answers_back(address, tmp_path):
    publish_pact(open_store(address), PACT, tmp_path, "csv")
    text = (tmp_path / "answers.csv").read_text("utf-8-sig")
    report = commands.load(
        open_store(address),
        "answers",
        io.BytesIO(text.encode()),
        pact_id=PACT,
        name="answers.csv",
        now=LOADED_ON,
    )
    assert report.outcomes == {"unchanged": YES + NO}


def test_thirteen_were_elected_and_399_commitments_bind(address):
    log = snapshot.Snapshots(open_store(address)).current().log(PACT)
    known = status.what_is_known(log)
    day = TODAY
    assert status.fold_people(known, day)["elected"].sum() == 13
    assert status.fold(known, day)["binding"].sum() == 399


def test_a_refusal_and_silence_are_never_called_not_signed(address):
    view = View("fr", PactState(snapshot.Snapshots(open_store(address)).current(), PACT), TODAY)
    sentence = answers.unsigned_in_words(view, ["s022", "s012"])
    assert sentence["s022", "13"] == "a répondu non"
    assert "aucune réponse connue" not in {
        words for (who, _), words in sentence.items() if who == "s022"
    }
    assert ("s022", "1") not in sentence


@pytest.mark.parametrize(("agent", "drawn"), [("Mozilla/5.0 (Mobile)", 0), ("Mozilla/5.0", 1)])
def test_a_wide_matrix_is_a_list_on_a_telephone_and_says_where_it_goes_on(
    monkeypatch, agent, drawn
):
    monkeypatch.setattr(figures, "is_touch_screen", lambda: "Mobi" in agent)
    page = open_page("reponses", pacte=PACT)
    assert len(page.dataframe) == drawn and len(page.expander) > 20
    assert ("les dernières sont à droite" in words(page)) is bool(drawn)


def test_nothing_is_compared_with_peers_of_whom_nothing_was_read(client):
    assert "À taille et fonction égales" not in client.get("/ville/33056", {"lang": "fr"}).text


def test_who_answered_neither_yes_nor_no_is_bound_to_nothing_and_not_said_to_be_silent(
    tmp_path, monkeypatch, client
):
    monkeypatch.setenv("MONITOR_DATABASE", f"sqlite:///{tmp_path / 'monitor.db'}")
    store = open_store()
    store.create()
    folder = SHAPES / "candidats-et-reponses"
    with (folder / "pact.toml").open("rb") as file:
        assert commands.load_pact(store, file, name="pact.toml", now=LOADED_ON).loaded
    for content, table in (
        ("signatories", "id,name,commune,outcome\naline,Aline Abrial,33056,elected\n"),
        ("answers", "signatory_id;1;2;4\naline;À l’étude;oui;Ne se prononce pas\n"),
    ):
        file = io.BytesIO(table.encode())
        assert commands.load(store, content, file, pact_id=PACT, name="f", now=LOADED_ON).loaded
    city = folded(open_page("communes", pacte=PACT, commune="33056"))
    assert "Réponse ni oui ni non (2)" in city and "Aucune réponse connue (37)" in city
    shown = re.sub("<[^>]+>", "", client.get("/ville/33056", params={"pacte": PACT}).text)
    for said in ("À l’étude", "Ne se prononce pas"):
        assert re.search(rf"N’a répondu ni oui ni non\s:\s«\s{said}\s»", shown)
    assert "ni oui ni non 2" in words(open_page("reponses", pacte=PACT, reponse="neither"))
    rows = client.get("/api/v1/commitments.json", {"pacte": PACT}).json()["rows"]
    assert [row["measure"] for row in rows] == ["2"]


@pytest.mark.parametrize(
    ("signed_on", "lang", "expected"),
    [
        ("2026-02-28", "fr", "la page qui atteste la signature"),
        ("", "fr", "la page citée pour ce nom"),
        ("2026-02-28", "en", "page documenting the signature"),
        ("", "en", "page cited for this name"),
    ],
)
def test_of_who_only_answered_no_page_is_said_to_show_a_signature(
    tmp_path, monkeypatch, client, signed_on, lang, expected
):
    monkeypatch.setenv("MONITOR_DATABASE", f"sqlite:///{tmp_path / 'monitor.db'}")
    store = open_store()
    store.create()
    with (SHAPES / "candidats-et-reponses" / "pact.toml").open("rb") as file:
        assert commands.load_pact(store, file, name="pact.toml", now=LOADED_ON).loaded
    head = "id,name,commune,outcome,signed_on,source_url\n"
    person = f"aline,Aline Abrial,33056,elected,{signed_on},https://exemple.invalid/aline\n"
    for content, table in (
        ("signatories", head + person),
        ("answers", "signatory_id;1;2\naline;oui;non\n"),
    ):
        file = io.BytesIO(table.encode())
        assert commands.load(store, content, file, pact_id=PACT, name="f", now=LOADED_ON).loaded
    asked = {"pacte": PACT, "lang": lang}
    shown = client.get("/ville/33056", asked).text
    assert expected in shown
    assert bool(signed_on) == bool(re.search("atteste la signature|documenting the sign", shown))


def test_a_list_of_measures_is_searched_by_what_its_lines_hold():
    """Of « 1 », the framework's own order would put 15 first."""
    lists = [one.proto for one in open_page("reponses", pacte=PACT).selectbox]
    long = [one for one in lists if len(one.options) > 20]
    assert long and {one.filter_mode for one in long} == {FILTER_MODE_CONTAINS}


#: What people of two measures answered -> what is said of the commitments that bind on the home page and
#: on that of the measures, None of nothing.
SAID_PARTLY = {
    "of three": ([("en partie", "oui"), ("non", "en partie")], "fr", "2 engagements ont été pris"),
    "in English": ([("en partie", "oui"), ("", "")], "en", "1 commitment was made by answering"),
    "who was defeated": ([("oui", "oui"), ("en partie", "en partie")], "fr", None),
    "nobody": ([("oui", "non"), ("oui", "")], "fr", None),
}


@pytest.mark.parametrize(("given", "lang", "said"), SAID_PARTLY.values(), ids=SAID_PARTLY)
def test_commitments_made_by_answering_partly_are_counted_apart(empty, given, lang, said):
    results = ["élue", "battu" if said is None else "élu"]
    sheets = {
        **{name: SHEETS[name] for name in ("Pacte", "MESURES")},
        "Signataires": [
            ("Nom", "Commune", "Résultat"),
            *zip(("Aline Abrial", "Basile Brun"), ("Lille", "Lyon"), results, strict=True),
        ],
        "Réponses": [
            ("Nom", "1", "2"),
            *(
                (name, *own)
                for name, own in zip(("Aline Abrial", "Basile Brun"), given, strict=True)
            ),
        ],
    }
    assert load_sheets(empty, sheets).loaded
    for page in ("", "mesures"):
        text = words(open_page(page, lang=lang)).replace("**", "")
        assert said in text if said else "en répondant" not in text
    sheets_of = Client(Starlette(routes=sheet.ROUTES))
    told = [sheets_of.get(f"/ville/{code}", {"lang": lang}).text for code in ("59350", "69123")]
    partly = {"fr": ", dont {n} pris en répondant", "en": ", {n} of them made by answering"}[lang]
    bound = [own.count("en partie") if n == 0 or said else 0 for n, own in enumerate(given)]
    assert [partly.format(n=n) in page for n, page in zip(bound, told, strict=True)] == [
        bool(n) for n in bound
    ]
