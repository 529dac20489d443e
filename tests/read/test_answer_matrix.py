"""The grid of answers: what it draws is what its file says, and what the page says."""

import re
from collections import Counter

import pytest

from monitor.charts import ANSWER_SIGNS
from monitor.read import answers, current_log, query
from monitor.read.chart_registry import PICTURES, chart_address, standalone_chart
from monitor.read.selection import View
from tests.support.app import open_page, words
from tests.support.shapes import all_routes, load_shape_folder

PACT = "essai-reponses"


@pytest.fixture(scope="module")
def opened(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        url = f"sqlite:///{tmp_path_factory.mktemp('grid') / 'monitor.db'}"
        patch.setenv("MONITOR_DATABASE", url)
        load_shape_folder(url, "candidats-et-reponses")
        yield current_log.current_snapshot(fresh=True)


def view_of(snapshot, asked: dict[str, str]) -> View:
    view = query.read_view(snapshot, asked)
    assert view
    return view


@pytest.mark.parametrize(
    ("asked", "counts"),
    [
        ({}, {"yes": 1_170, "no": 152, "silent": 78}),
        ({"commune": "33039"}, {"yes": 79, "no": 1}),
        ({"commune": "33039", "reponse": "no"}, {"yes": 39, "no": 1}),
        ({"mesure": "1", "au": "2026-01-01"}, {"yes": 2, "silent": 33}),
    ],
)
def test_the_cells_of_the_grid_are_the_answers_of_the_file(opened, asked, counts):
    view = view_of(opened, {"pacte": PACT, **asked})
    assert Counter(PICTURES["reponses"].table(view, "")["answer"]) == counts
    figure = PICTURES["reponses"].draw(view, "", False)
    drawn = Counter()
    for trace in figure.traces:
        drawn[trace["text"][0]] += len(trace["text"])
    assert drawn == {ANSWER_SIGNS[answer]: n for answer, n in counts.items()}


def test_a_filter_by_answer_looks_at_the_day_shown(opened):
    days: dict[str, set] = {"2025-12-13": set(), "2026-02-15": set()}
    for day, found in days.items():
        view = view_of(opened, {"pacte": PACT, "reponse": "yes", "au": day})
        rows = view.commitments[["signatory_id", "measure"]].astype("str")
        given = answers.answer_rows(view)
        found.update(rows.itertuples(index=False, name=None))
        pairs = given[["signatory_id", "measure"]].astype("str")
        assert found == set(pairs.itertuples(index=False, name=None))
    assert days["2025-12-13"] < days["2026-02-15"]


def test_a_filter_by_status_is_not_followed(opened):
    view = view_of(opened, {"pacte": PACT, "statut": "implemented", "reponse": "no"})
    address = chart_address(view, "reponses")
    assert "statut" not in address and "reponse=no" in address


def test_the_picture_says_what_its_signs_mean_and_of_what_it_is_a_view(opened):
    view = view_of(opened, {"pacte": PACT, "commune": "33056", "lang": "en"})
    figure = standalone_chart(view, "reponses", "", "https://exemple.fr")
    assert figure
    note_text = " ".join(note["text"] for note in figure.layout["annotations"])
    assert "✓\u00a0yes, ⊘\u00a0no, ·\u00a0no answer" in note_text.replace("<br>", " ")
    assert "https://exemple.fr" in note_text and "CC0-1.0" in note_text


def test_the_page_leads_to_the_grid_and_to_its_figures(opened, browser_of):
    page_text = words(open_page("reponses", pacte=PACT))
    assert f"/graphique/reponses?pacte={PACT}" in page_text
    assert all_routes().get("/graphique/reponses", {"pacte": PACT}).status_code == 200
    assert all_routes().get("/graphique/reponses.xlsx", {"pacte": PACT}).status_code == 200


def test_people_stand_by_city_then_by_name(opened):
    view = view_of(opened, {"pacte": PACT})
    people = answers.answer_table(view).drop_duplicates("signatory_id")
    places = people["commune_name"].tolist()
    assert places.index("Le Bouscat") < places.index("Lormont") and places[0].startswith("Artigues")


def test_lines_of_cells_and_the_list_count_refusals_apart_from_silence(opened, browser_of):
    view = view_of(opened, {"pacte": PACT})
    notes = PICTURES["matrice"].draw(view, "", False).layout["annotations"]
    note_text = " ".join(note["text"] for note in notes)
    assert "⊘ a répondu non\u00a0" in note_text and "· aucune réponse connue\u00a0" in note_text
    listed = words(open_page("mesures", pacte=PACT))
    assert re.search("a répondu non [1-9]", listed) and re.search(
        "aucune réponse connue [1-9]", listed
    )
