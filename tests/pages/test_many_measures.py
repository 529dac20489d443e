"""Pacts of dozens and hundreds of measures: who did what is still read, and nobody is misnamed."""

import html
import itertools
import re
import unicodedata
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime
from xml.etree import ElementTree as xml

import pandas as pd
import pytest
from starlette.applications import Starlette

from monitor import charts, commands
from monitor.charts import style
from monitor.commands.loading import file_in_memory
from monitor.models import Status
from monitor.read import chart_data, current_log, query
from monitor.read import city as cities
from monitor.read.chart_registry import PICTURES, chart_title, standalone_chart
from monitor.read.city_groups import group_commitments
from monitor.store import open_store
from monitor.titles import shorten_title
from monitor.ui import figure_tables
from monitor.web import sheet, sheet_people
from monitor.web.chart import ROUTES
from tests.support.app import open_page, words
from tests.support.clock import NOW
from tests.support.routes import Client
from tests.support.shapes import load_shape

pytestmark = pytest.mark.usefixtures("browser_of")

MANY = ("maire-et-adjoints", "un-elu-174-mesures", "partis-329-mesures")


@pytest.fixture(scope="module", params=MANY)
def loaded(request, tmp_path_factory):
    """A pact of another shape, and the address of its database."""
    address = f"sqlite:///{tmp_path_factory.mktemp('shape') / 'monitor.db'}"
    store = open_store(address)
    store.create()
    return load_shape(store, request.param), address


@pytest.fixture
def shape(loaded, monkeypatch):
    """A view of that pact."""
    pact, address = loaded
    monkeypatch.setenv("MONITOR_DATABASE", address)
    return query.read_view(current_log.current_snapshot(fresh=True), {"pacte": pact})


def test_each_commitment_of_many_measures_has_one_cell_of_its_own(shape):
    shown = chart_data.matrix_by_city(shape)
    figure = PICTURES["matrice"].draw(shape, "", False)
    places = [
        (trace["base"][n], trace["y"][n]) for trace in figure.traces for n in range(len(trace["y"]))
    ]
    assert len(set(places)) == len(places) == len(shown)
    bottom = figure.layout["yaxis"]["range"][0]
    assert max(y for _, y in places) < bottom <= 8_000


def test_the_list_counts_the_statuses_of_each_official_and_names_nobody_by_a_number(shape):
    lines = words(open_page("mesures", pacte=shape.pact.id)).split("\n")
    rows = chart_data.commitments_in_matrix(shape)
    found = 0
    for _, own in rows.groupby("signatory_id", observed=True):
        head = f"· {own['name'].iloc[0]}".replace("\\", "")
        places = [n for n, line in enumerate(lines) if line.startswith("[") and head in line]
        if not places:  # on another page of the list
            continue
        found += 1
        sentence = lines[places[0] + 1]
        for status, count in own["status"].value_counts().items():
            assert not count or (
                f"{charts.SIGNS[Status(status)]} " in sentence and f" {count}" in sentence
            )
    assert found == min(10, rows["signatory_id"].nunique())


def test_an_order_by_place_is_offered_where_there_are_several(shape):
    app = open_page("mesures", pacte=shape.pact.id)
    orders = [one for one in app.segmented_control if one.key == "_tri"]
    people = chart_data.commitments_in_matrix(shape)
    assert len(orders) == (people["commune_name"].nunique() > 1)


def test_the_overview_of_many_measures_has_one_bar_and_says_so(shape):
    assert str(len(shape.titles)) in chart_title(shape, "mesures")
    figure = PICTURES["mesures"].draw(shape, "", False)
    assert {len(trace["x"]) for trace in figure.traces} == {1}
    assert figure.layout["height"] < 300
    table = PICTURES["mesures"].table(shape, "")
    assert sum(trace["x"][0] for trace in figure.traces) == table[list(Status)].to_numpy().sum()


TITLE = "Une mesure dont le titre a plus de quatre cents signes " * 8


@pytest.mark.parametrize("count", [1, 2, 4, 9])
@pytest.mark.parametrize("title", ["Court", TITLE, "Accompagnement" * 30, "漢字" * 200])
def test_a_card_cuts_no_words_and_keeps_them_inside(title, count):
    lines = [("implemented", f"{n}. {title}", "mis en œuvre") for n in range(count)]
    people = ", ".join(f"Ève Durand-Lefèvre {n}" for n in range(9))
    drawn = charts.card("Ville " * 20, people, lines, ["Pacte " * 40, "CC-BY-4.0"])
    texts = [*xml.fromstring(drawn).iter("{http://www.w3.org/2000/svg}text")]
    drawn_text = "".join(text.text for text in texts).replace(" ", "")
    room = charts.card_room(lines)
    assert 1 <= room <= min(count, 4) and "…" not in drawn_text
    assert drawn_text.count(title.replace(" ", "")) == room
    assert (
        people.replace(" ", "") in drawn_text
        and ("Pacte" * 40) in drawn_text
        and ("Ville" * 20) in drawn_text
    )
    for text in texts:
        assert 20 < float(text.get("y")) < 630


@pytest.mark.parametrize("title", [TITLE, "Accompagnement" * 30])
def test_the_title_of_a_picture_is_whole(title):
    figure = charts.caption_figure(style.bare_figure(False, 100), title, [title], "fr")
    heading = figure.layout["title"]["text"]
    lines = heading.removeprefix("<b>").removesuffix("</b>").split("<br>")
    assert "".join(lines).replace(" ", "") == title.replace(" ", "")
    assert max(map(len, lines)) <= 88 and figure.layout["width"] == 960
    assert figure.layout["margin"]["t"] >= 24 * len(lines)


def test_the_titles_of_a_chart_of_bars_and_of_a_sheet_are_whole():
    counts = pd.DataFrame([[1] * len(Status)], index=["1"], columns=list(Status))
    figure = charts.bars_by_measure(counts, {"1": TITLE}, "fr")
    notes = " ".join(note["text"] for note in figure.layout["annotations"])
    assert notes.replace("<b>", "").replace("</b>", "").startswith(f"1. {TITLE.strip()}")
    term = date(2014, 3, 30), date(2020, 7, 5)
    svg = charts.progress_svg([(TITLE, [(*term, "implemented")])], term, term[1], "")
    texts = [text.text for text in xml.fromstring(svg).iter("{http://www.w3.org/2000/svg}text")]
    assert TITLE.strip() in " ".join(texts) and all(len(text) <= 42 for text in texts)


@pytest.mark.parametrize(("signed", "mark"), [("1;2", "non signée"), ("1;2;3", "")])
def test_a_measure_that_is_not_signed_has_its_mark_in_the_matrix_and_in_the_legend(
    store, signed, mark
):
    row = f"signatory_id,name,commune,outcome,measures\neve,Ève Durand,01004,elected,{signed}\n"
    assert commands.load(
        store, "signatories", file_in_memory(row), pact_id="mouves-2014", name="s.csv", now=NOW
    ).loaded
    view = query.read_view(current_log.current_snapshot(fresh=True), {"pacte": "mouves-2014"})
    figure = PICTURES["matrice"].draw(view, "", False)
    marks = [text for trace in figure.traces for text in trace["text"] if text == charts.ABSENT]
    absent = PICTURES["matrice"].absent(view)
    assert (absent.get(charts.ABSENT, ""), len(marks)) == (mark, int(bool(mark)))
    shown = charts.legend(chart_data.statuses_in_matrix(view), "fr", False, absent)
    notes = standalone_chart(view, "matrice", "", "https://exemple.fr").layout["annotations"]
    framed = " ".join(note["text"] for note in notes)
    for legend in (shown, framed):
        assert ("· non signée" in legend) is bool(mark)


ASKED = "eve,1,yes\neve,2,no\npaul,1,yes\npaul,2,partly\npaul,3,{}\n"


@pytest.mark.parametrize(
    ("third", "lang", "marks"),
    [
        ("no", "fr", {"⊘ a répondu non": 2, "· aucune réponse connue": 1}),
        ("no", "en", {"⊘ answered no": 2, "· no answer known": 1}),
        ("yes", "fr", {"⊘ a répondu non": 1, "· aucune réponse connue": 1}),
    ],
)
def test_a_refusal_and_silence_have_a_sign_and_a_word_each_in_the_matrix(store, third, lang, marks):
    people = "signatory_id,name,commune,outcome\neve,Ève Durand,01004,elected\n"
    people += "paul,Paul Roy,01053,elected\n"
    given = "signatory_id,measure,answer\n" + ASKED.format(third)
    for kind, rows in (("signatories", people), ("answers", given)):
        file = file_in_memory(rows)
        assert commands.load(
            store, kind, file, pact_id="mouves-2014", name=f"{kind}.csv", now=NOW
        ).loaded
    asked = {"pacte": "mouves-2014", "lang": lang}
    view = query.read_view(current_log.current_snapshot(fresh=True), asked)
    picture = PICTURES["matrice"]
    drawn, hover = Counter(), []
    for trace in picture.draw(view, "", False).traces:
        hover += [" ".join(cell[4:]) for cell in trace["customdata"]]
        if not trace["name"]:
            since = [cell[4] for cell in trace["customdata"]]
            drawn.update(map(" ".join, zip(trace["text"], since, strict=True)))
    assert drawn == marks
    assert [f"{sign} {since}" for sign, since in picture.absent(view).items()] == [*marks]
    partly = {"fr": "a répondu oui en partie", "en": "answered yes in part"}[lang]
    assert sum(partly in since for since in hover) == 1
    table = picture.table(view, "")
    assert Counter(table["answer"][table["status"] == ""]) == dict(
        zip(("no", "silent"), marks.values(), strict=True)
    )
    framed = standalone_chart(view, "matrice", "", "https://exemple.fr")
    assert framed
    page = Client(Starlette(routes=ROUTES)).get("/graphique/matrice", asked).text
    listed = words(open_page("mesures", **asked))
    for mark in marks:
        assert mark in [note["text"] for note in framed.layout["annotations"]]
        assert mark.replace(" ", "</i> ", 1) in page
        assert f"**3** {mark[2:]}" in listed or f"**2** {mark[2:]}" in listed
    assert f"({partly})" in listed


def test_measures_that_are_many_for_columns_are_lines_of_the_table_by_status(empty):
    load_shape(empty, "409-conseils")
    (table,) = open_page("").table
    assert len(table.value) == 9 and len(table.value.columns) == 4


def test_long_names_leave_room_for_figures_and_no_chart_is_said_where_there_is_none(shape):
    page = open_page("analyses", par="measure")
    page.session_state["_groups_table"] = True
    page.run()
    tables = [table for table in page.dataframe if table.value.columns[0] == "Mesure"]
    assert tables and all('"width": "medium"' in table.proto.columns for table in tables)
    assert "groupes qui ont le plus" not in words(page)


def test_a_count_in_brackets_is_explained_where_measures_are_lines_too(shape):
    counts = chart_data.count_statuses(shape)
    table = figure_tables.status_table(counts, counts * 2, shape.titles, shape)
    assert table.columns[0] == "Mesure\u00a0: ce jour-là (depuis le début)"
    assert table.iloc[:, -1].str.fullmatch(r"\d+ \(\d+\)").all()


def test_many_statuses_are_headed_by_their_signs_where_words_would_be_out_of_sight(shape):
    counts = chart_data.count_statuses(shape) + 1
    table = figure_tables.status_table(counts, counts, shape.titles, shape)
    assert [*table.columns[1:-1]] == [charts.SIGNS[status] for status in Status]


@pytest.mark.parametrize(("themes", "drawn"), [(20, 1), (21, 0)])
def test_of_many_themes_the_table_stands_open_and_the_bars_are_folded(empty, themes, drawn):
    number = itertools.count()
    pact = load_shape(
        empty,
        "un-elu-174-mesures",
        change=lambda text: re.sub(
            "\nobjective = .*", lambda _: f'\ntheme = "Thème {next(number) % themes}"', text
        ),
    )
    page = open_page(pacte=pact)
    assert len(page.get("plotly_chart")) == drawn
    table = (page.table or page.dataframe)[0].value
    assert [*table.index][:2] == ["Ensemble", "Thème 0"] and len(table) == themes + 1
    assert (table.iloc[0].astype(int) == table.iloc[1:].astype(int).sum()).all()
    labels = [part.label for part in page.expander]
    assert ("Le graphique, une barre par thème" in labels) is (not drawn)
    page.session_state["_theme_bars"] = True
    assert len(page.run().get("plotly_chart")) == 1


def test_how_closely_one_looked_at_each_measure_is_beside_its_statuses(shape):
    page = open_page(page="1")
    (table,) = [one.value for one in (*page.table, *page.dataframe)]
    entries, months = table.columns[-2:]
    assert (entries, months) == ("Entrées par évalué", "Mois depuis la dernière")
    told = chart_data.indicators_by_group(shape, "measure")["entries_per_assessed"]
    shown = table[entries].astype(str).str.replace(",", ".")
    assert [*shown] == ["–" if each != each else f"{each:.1f}" for each in told[: len(table)]]


@pytest.mark.parametrize(
    ("name", "city", "drawn_titles", "expected"),
    [
        ("maire-et-adjoints", "49007", 1, "98 engagements que personne n’a encore évalués"),
        ("candidats-et-reponses", "33063", 0, "29 engagements comptent : non évalué (29)"),
    ],
)
def test_a_sheet_of_many_commitments_draws_those_that_somebody_has_assessed(
    empty, name, city, drawn_titles, expected
):
    pact = load_shape(empty, name, datetime(2026, 7, 2, tzinfo=UTC))
    page = Client(Starlette(routes=sheet.ROUTES)).get(f"/ville/{city}", {"pacte": pact}).text
    assert page.count('class="empty"') == drawn_titles
    assert expected in page.replace("\u00a0", " ").replace("\u202f", " ")


@pytest.fixture
def president(empty):
    pact = load_shape(empty, "un-elu-174-mesures", datetime(2026, 7, 2, tzinfo=UTC))
    view = query.read_view(current_log.current_snapshot(fresh=True), {"pacte": pact})
    (code,) = set(view.everybody["commune"])
    return view, code


def test_a_sheet_of_many_measures_has_a_line_for_each_status_and_every_measure_behind_it(president):
    view, code = president
    client = Client(Starlette(routes=sheet.ROUTES))
    page = client.get(f"/ville/{code}", {"pacte": view.pact.id}).text
    lines = re.findall(r"<summary><i [^>]*>.</i> ([^<]*) \((\d+)\)</summary>", page)
    assert dict(lines) == {
        "mis en œuvre": "21",
        "partiellement mis en œuvre": "8",
        "en cours": "18",
        "abandonné": "43",
        "recherche infructueuse": "84",
    }
    assert page.count("<article ") == 174 and page.count('<details class="fold" open') == 0
    framed = client.get(f"/ville/{code}", {"pacte": view.pact.id, "cadre": "1"}).text
    assert framed.count("<summary>") == 5 and framed.count("<li>") == 174


def test_a_city_of_many_measures_in_the_app_unfolds_a_status_then_a_measure(president):
    view, code = president
    page = open_page("communes", pacte=view.pact.id, commune=code)
    assert [part.label.replace("\u00a0", " ") for part in page.expander] == [
        "**● mis en œuvre** (21)",
        "**◐ partiellement mis en œuvre** (8)",
        "**▶ en cours** (18)",
        "**✕ abandonné** (43)",
        "**? recherche infructueuse** (84)",
    ]
    assert not page.subheader
    page.session_state["_statut_s001_no_evidence_"] = True
    page.run()
    assert not page.exception and len(page.expander) == 5 + 60
    assert "1 à 60 sur 84" in words(page)


def test_measures_that_are_few_of_their_status_stand_open(president):
    view, code = president
    place = cities.city(view.day_state, code)
    (person,) = place.people
    for count in (3, 15, 16, 20):
        some = replace(place, people=[replace(person, commitments=person.commitments[:count])])
        every = group_commitments(view, some)[person.row.signatory_id]
        groups = [group for group in every if group.folds]
        assert bool(groups) is (count > 15)
        assert all(group.open is (len(group.commitments) <= 3) for group in groups)


def test_who_shares_a_city_with_many_is_shown_as_they_are(empty):
    pact = load_shape(empty, "partis-329-mesures", datetime(2026, 7, 2, tzinfo=UTC))
    view = query.read_view(current_log.current_snapshot(fresh=True), {"pacte": pact})
    (code,) = set(view.everybody["commune"])
    groups = group_commitments(view, cities.city(view.day_state, code))
    assert len(groups) == 27
    assert not any(group.open for own in groups.values() for group in own)


def test_what_does_not_bind_is_apart_from_what_has_the_same_status(president):
    view, code = president
    view = replace(view, day=date(2016, 12, 1))
    (groups,) = group_commitments(view, cities.city(view.day_state, code)).values()
    kinds = {group.apart for group in groups}
    assert kinds == {"ne lie pas ce jour-là"}


def test_nothing_assessed_is_a_sentence_and_a_list_not_a_grey_chart(empty):
    page = open_page("mesures", pacte=load_shape(empty, "candidats-et-reponses"))
    assert "n’a encore été évalué" in words(page)
    assert not page.get("plotly_chart") and "Les élus, un par un" in words(page)


def test_a_sheet_follows_the_measure_that_the_address_asks_for_and_says_so(president):
    view, code = president
    client = Client(Starlette(routes=sheet.ROUTES))
    whole = client.get(f"/ville/{code}", {"pacte": view.pact.id}).text
    address = html.unescape(re.search(r'<article [^>]*class="line">.*?href="([^"]*)"', whole)[1])
    assert "mesure=" in address
    narrowed = client.get(address).text
    assert narrowed.count("<article ") == 1 and "<blockquote" in narrowed
    notice, leads = re.search(
        r'role="note">Mesure[^<]*· <a href="([^"]*)">([^<]*)<', narrowed
    ).groups()
    assert "mesure=" not in notice and leads == "La fiche complète, avec ses preuves"
    assert (
        'rel="canonical"' in narrowed
        and "mesure=" in re.search(r'canonical" href="([^"]*)"', narrowed)[1]
    )


def test_the_card_of_many_commitments_counts_them_by_status(president):
    view, code = president
    drawn = (
        Client(Starlette(routes=sheet.ROUTES))
        .get(f"/ville/{code}.svg", {"pacte": view.pact.id})
        .text
    )
    drawn_text = re.sub(r"<[^>]+>", " ", drawn.replace("\u00a0", " "))
    assert "● mis en œuvre 21 · ◐ partiellement mis en œuvre 8" in drawn_text
    assert drawn.count('height="40"') == 5


@pytest.mark.parametrize(
    ("title", "short"),
    [
        ("Courte", "Courte"),
        ("mot " * 200, ("mot " * 27).rstrip() + "…"),
        ("x" * 400, "x" * 109 + "…"),
        ("น้ำ" * 200, None),
        ("a\n b", "a b"),
    ],
)
def test_a_long_title_ends_in_an_ellipsis_and_never_within_a_letter(title, short):
    found = shorten_title(title)
    assert len(found) <= 110 and short in (None, found)
    if short is None:
        after = title[len(found) - 1]
        assert title.startswith(found[:-1]) and unicodedata.category(after)[0] != "M"


def test_a_place_of_too_many_commitments_counts_those_of_each_and_lists_each_measure_once(
    empty, monkeypatch
):
    monkeypatch.setattr(sheet_people, "IN_LINES", 100)
    pact = load_shape(empty, "partis-329-mesures", themed=True)
    page = Client(Starlette(routes=sheet.ROUTES)).get("/ville/TH", {"pacte": pact}).text
    assert page.count('<article id="mesure-') == page.count("<article ") == 329
    assert page.count('<details class="fold">') == 27 + 6
    people, measures = page.split('id="mesures"')
    assert "Thème 1" in people and "mesure=" not in people.split('id="signataire-')[1]
    (first,) = re.findall(r'<article id="mesure-1" class="line">.*?</article>', measures)
    assert "mesure=1" in first and re.search(r"</a>[^<]*\u00a01</article>", first), first


def test_the_sheet_of_a_measure_has_the_whole_of_a_title_that_lists_cut(president):
    view, code = president
    long = max(view.pact.measures, key=lambda measure: len(measure.title_fr))
    client = Client(Starlette(routes=sheet.ROUTES))
    page = client.get(f"/ville/{code}", {"pacte": view.pact.id, "mesure": long.id}).text
    assert len(long.title_fr) > 110 and f"<p>{long.title_fr}</p>" in html.unescape(page)
