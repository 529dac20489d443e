"""Who changed their mind before the vote: what pages, sheets and files say on each day."""

import csv
import io
from datetime import UTC, datetime

import pytest
from starlette.applications import Starlette

from monitor import commands
from monitor.commands.loading import file_in_memory
from monitor.frames import open_frames
from monitor.store import open_store
from monitor.web import api, sheet
from tests.support.app import open_page, words
from tests.support.paths import SHAPES
from tests.support.routes import Client

PACT = "essai-reponses"
LOADED_ON = datetime(2026, 9, 1, tzinfo=UTC)
#: Léon Carlier, a candidate of Bègles, and what he answered to the first measure.
PLACE, WHO = "33039", "s012"
HEADER = "signatory_id,measure,answer,answered_on,comment,source_url\n"
ROWS = (
    f"{WHO},1,no,2025-12-01,Trop cher.,https://exemple.invalid/non\n"
    f"{WHO},1,yes,2025-12-09,Nous trouverons l’argent.,https://exemple.invalid/oui\n"
    f"{WHO},2,yes,2025-12-09,Je m’y engage.,\n"
    f"{WHO},4,yes,2025-12-01,,\n{WHO},4,yes,2025-12-09,Je le redis.,\n"
)
BEFORE, BETWEEN, AFTER = "2025-11-20", "2025-12-05", "2025-12-09"
pytestmark = pytest.mark.usefixtures("browser_of")


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    url = f"sqlite:///{tmp_path_factory.mktemp('former') / 'monitor.db'}"
    store = open_store(url)
    store.create()
    folder = SHAPES / "candidats-et-reponses"
    with (folder / "pact.toml").open("rb") as file:
        assert commands.load_pact(store, file, name="pact.toml", now=LOADED_ON).loaded
    people = (folder / "signatories.csv").read_text("utf-8").splitlines(keepends=True)
    one = next(row.split(",") for row in people if row.startswith(WHO))
    one[7] = ""
    for content, text in (
        ("signatories", people[0] + ",".join(one)),
        ("answers", HEADER + ROWS),
    ):
        done = commands.load(
            store, content, file_in_memory(text), pact_id=PACT, name="f.csv", now=LOADED_ON
        )
        assert done.loaded, done.errors
    return url


@pytest.fixture(autouse=True)
def opened(address, monkeypatch):
    monkeypatch.setenv("MONITOR_DATABASE", address)


@pytest.fixture(scope="module")
def client():
    return Client(Starlette(routes=[*api.ROUTES, *sheet.ROUTES]))


def page_and_sheet(client, day, lang):
    page = open_page("communes", commune=PLACE, lang=lang, au=day)
    for answer in ("YES", "NO"):
        page.session_state[f"_reponse_{WHO}_{answer}"] = True
    return words(page.run()), client.get(f"/ville/{PLACE}", {"lang": lang, "au": day}).text


def rows_of(client, day):
    found = client.get("/api/v1/answers.csv", {"au": day})
    return {row["measure"]: row for row in csv.DictReader(io.StringIO(found.text))}


SAID = {
    ("fr", BETWEEN): ["A répondu non le 1er décembre 2025", "A répondu oui le 1er décembre 2025"],
    ("en", BETWEEN): ["Answered no on 1 December 2025", "Answered yes on 1 December 2025"],
    ("fr", AFTER): [
        "A répondu oui le 9 décembre 2025",
        "Avait répondu non le 1er décembre 2025",
        "Avait déjà répondu oui le 1er décembre 2025",
    ],
    ("en", AFTER): [
        "Answered yes on 9 December 2025",
        "Had answered no on 1 December 2025",
        "Had already answered yes on 1 December 2025",
    ],
}
#: The words and the sources that stand on each day.
SHOWN = {
    BEFORE: set(),
    BETWEEN: {"Trop cher.", "exemple.invalid/non"},
    AFTER: {
        "Trop cher.",
        "Nous trouverons l’argent.",
        "Je le redis.",
        "exemple.invalid/oui",
        "exemple.invalid/non",
    },
}


@pytest.mark.parametrize(("lang", "day"), SAID)
def test_page_and_sheet_say_the_answer_of_the_day_and_the_one_before_it(client, lang, day):
    for shown in page_and_sheet(client, day, lang):
        assert [words for words in SAID[lang, day] if words not in shown] == []
        others = {one for said in SAID.values() for one in said} - {*SAID[lang, day]}
        assert [words for words in others if words in shown] == []


@pytest.mark.parametrize("day", SHOWN)
def test_no_words_and_no_source_stand_on_a_day_on_which_they_were_not_said(client, day):
    for shown in page_and_sheet(client, day, "fr"):
        assert {words for words in SHOWN[AFTER] if words in shown} == SHOWN[day]


@pytest.mark.parametrize(
    ("day", "wanted"),
    [
        (BEFORE, {}),
        (
            BETWEEN,
            {"1": ("no", "2025-12-01", "Trop cher.", ""), "4": ("yes", "2025-12-01", "", "")},
        ),
        (
            AFTER,
            {
                "1": ("yes", "2025-12-09", "Nous trouverons l’argent.", "no"),
                "2": ("yes", "2025-12-09", "Je m’y engage.", ""),
                "4": ("yes", "2025-12-09", "Je le redis.", "yes"),
            },
        ),
    ],
)
def test_files_and_tables_in_memory_hold_the_answer_of_the_day(client, address, day, wanted):
    names = ("answer", "answered_on", "comment", "former_answer")
    found = rows_of(client, day)
    assert {one: tuple(row[name] for name in names) for one, row in found.items()} == wanted
    table = open_frames(address).answers(as_of=day).astype(object).fillna("")
    rows = table[["measure", *names]].itertuples(index=False)
    assert {measure: tuple(row) for measure, *row in rows} == wanted


@pytest.mark.parametrize(("day", "count"), [(BEFORE, 0), (BETWEEN, 1), (AFTER, 3)])
def test_a_promise_counts_from_the_day_on_which_it_was_made(client, day, count):
    found = client.get("/api/v1/commitments.csv", {"au": day, "reponse": "yes"}).text
    assert len(list(csv.DictReader(io.StringIO(found)))) == count
