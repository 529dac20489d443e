"""Charts that travel: each has its figures as a file, and they are those of the drawing."""

import csv
import html
import io
import json
import re
from collections import Counter

import pandas as pd
import pytest

from monitor import commands, dates, export
from monitor.charts import BANDS, status_colour
from monitor.charts.map import DEPARTMENTS, DRAWN, contours_address
from monitor.i18n import text
from monitor.models import Status
from monitor.read import (
    chart_data,
    current_log,
    files,
    filter_labels,
    known_days,
    log_entries,
    query,
    timeline,
    transitions,
)
from monitor.read.chart_registry import (
    PICTURES,
    chart_address,
    chart_key,
    chart_title,
    standalone_chart,
    view_of_chart,
)
from monitor.read.day_state import DayState
from monitor.read.filters import FILTERS
from monitor.shares import exact_percent
from monitor.store import open_store
from tests.support.drawings import read_by_plotly

COLOURS = {status: status_colour(status, False) for status in Status}
VIEWS = [
    {"pacte": "mouves-2014"},
    {"pacte": "mouves-2014", "au": "2016-04-05", "lang": "en"},
    {"pacte": "mouves-2014", "mesure": "2", "departement": "75"},
    {"pacte": "demo"},
    {"pacte": "demo", "region": "84", "au": "2023-01-01"},
    {"pacte": "demo", "taille": "1000_3499", "mesure": "1"},
    {"pacte": "demo", "statut": "implemented"},
]


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        url = f"sqlite:///{tmp_path_factory.mktemp('pictures') / 'monitor.db'}"
        patch.setenv("MONITOR_DATABASE", url)
        store = open_store(url)
        commands.init_database(store)
        commands.load_demo(store, signatories=300)
        yield current_log.current_snapshot(fresh=True)


@pytest.fixture(params=VIEWS, ids=lambda asked: "&".join(f"{k}={v}" for k, v in asked.items()))
def view(request, snapshot):
    return query.read_view(snapshot, request.param)


def file_of(view, name: str, own: str = "") -> list[dict]:
    """The figures of a chart as who downloads them reads them."""
    body = export.to_csv(PICTURES[name].table(view, own), files.view_description(view))
    return list(csv.DictReader(io.StringIO(body.decode("utf-8-sig"))))


def too_few(row: dict) -> bool:
    """Whether no percentage of what is due may be shown."""
    return int(row["due"]) < 5 or int(row["officials"]) < 5


def share(cell: str) -> float | None:
    return float(cell) if cell else None


def test_the_file_of_measures_has_both_wholes(view):
    table = PICTURES["mesures"].table(view, "").set_index("measure")
    ever = view.commitments_for_figures[view.commitments_for_figures["ever_bound"]]
    if wanted := view.filters.get("statut"):
        ever = ever[ever["status_ever"] == wanted]
    if wanted := view.filters.get("retard"):
        ever = ever[ever["lateness"] == wanted]
    for measure, row in table.iterrows():
        counts = ever.loc[ever["measure"] == measure, "status_ever"].value_counts()
        assert {s.value: row[f"{s}_ever"] for s in Status} == {s.value: counts[s] for s in Status}
        assert row["due_ever"] == counts.sum() - counts["not_applicable"]


def test_the_bars_of_the_measures_are_the_counts_of_the_file(view):
    figure = PICTURES["mesures"].draw(view, "", False)
    drawn = {
        status: trace["x"]
        for trace in figure.traces
        for status in Status
        if trace["marker"]["color"] == COLOURS[status]
    }
    rows = file_of(view, "mesures")
    counts = {status: [int(row[status]) for row in rows] for status in Status}
    assert drawn == {status: values for status, values in counts.items() if any(values)}
    for row in rows:
        total = sum(int(row[status]) for status in Status) - int(row["not_applicable"])
        assert int(row["due"]) == total


def test_the_points_of_the_matrix_are_the_rows_of_the_file(view):
    figure = PICTURES["matrice"].draw(view, "", False)
    if figure is None:
        assert len({row["signatory_id"] for row in file_of(view, "matrice")}) > 60
        return
    points = [
        (spot[1], spot[2])
        for trace in figure.traces
        if trace.get("name")  # without: who has no commitment there
        for spot in trace["customdata"]
    ]
    rows = file_of(view, "matrice")
    assert len(points) == len(rows)
    assert {who for who, _ in points} == {row["signatory_id"] for row in rows}


def test_the_map_shows_the_low_bounds_of_the_file(view):
    figure = PICTURES["carte"].draw(view, "", False)
    rows = {row["department"]: row for row in file_of(view, "carte") if row["due"] != "0"}
    if figure is None:
        assert view.pact.id == "mouves-2014"
        return
    whole = [t for t in figure.traces if t.get("geojson") == contours_address(DEPARTMENTS)]
    blank, unseen, few, rated, *hollow = whole
    assert not {*blank["locations"]} & set(rows)
    assert {*unseen["locations"]} == {
        place for place, row in rows.items() if row["assessed"] == "0"
    }
    assert all(too_few(rows[place]) for place in few["locations"])
    drawn = [*unseen["locations"], *few["locations"], *rated["locations"]]
    assert sorted(drawn) == sorted({*rows} & {*DRAWN})
    notes = " ".join(note["text"] for note in figure.layout["annotations"])
    assert all(f"({place})" in notes for place in {*rows} - {*DRAWN} if place)
    thin = {place for trace in hollow for place in trace["locations"]}
    assert thin == {place for place in rated["locations"] if int(rows[place]["due"]) < 20}
    for place, value in zip(rated["locations"], rated["z"], strict=True):
        assert value == pytest.approx(float(rows[place]["rate_low"]), abs=5e-5)


@pytest.mark.parametrize("name", ["mesures", "carte", "groupes", "intervalles"])
def test_how_closely_one_looked_stands_beside_every_comparison(view, name):
    picture = PICTURES[name]
    figure = picture.draw(view, picture.choices[0] if picture.choices else "", False)
    if figure is None or not figure.traces:  # a sentence: nothing is compared
        return
    words = [each["text"] for each in figure.layout.get("annotations", ())]
    words += figure.layout["yaxis"].get("ticktext") or []
    assert any({"fr": " lu", "en": " read"}[view.lang] in each for each in words)


def test_the_file_of_the_bars_says_how_closely_each_measure_was_looked_at(view):
    rows_by_measure = {row["measure"]: row for row in file_of(view, "intervalles", "measure")}
    for row in file_of(view, "mesures"):
        for name in ("entries_per_assessed", "months_since_entry"):
            assert row[name] == rows_by_measure[row["measure"]][name]


@pytest.mark.parametrize("by", PICTURES["groupes"].choices)
def test_the_table_of_groups_has_the_order_of_the_chart(view, by):
    order = [*chart_data.group_labels(view, by)]
    listed = [*dict.fromkeys(PICTURES["groupes"].table(view, by)[by])]
    assert listed == sorted(listed, key=order.index)


@pytest.mark.parametrize("by", PICTURES["groupes"].choices)
def test_groups_say_at_least_when_pointed_at_and_how_closely_they_were_looked_at(view, by):
    figure = PICTURES["groupes"].draw(view, by, False)
    for trace in figure.traces:
        for *_, words, share in trace.get("customdata", ()):
            least = {"fr": "au moins", "en": "at least"}[view.lang]
            assert (share is not None) is (least in words)
            looked_at = words.rsplit("<br>", 1)[-1]
            if share is None and looked_at == view.text("chart.no_effort"):
                continue
            assert {"fr": " lu", "en": " read"}[view.lang] in looked_at


@pytest.mark.parametrize("by", PICTURES["groupes"].choices)
def test_the_cells_of_the_groups_are_the_shares_of_the_file(view, by):
    figure = PICTURES["groupes"].draw(view, by, False)
    shares = sorted(
        round(value, 4)
        for trace in figure.traces
        for *_, value in trace["customdata"]
        if value is not None
    )
    rows = file_of(view, "groupes", by)
    due = Counter()
    for row in rows:
        due[row[by]] += int(row["due"])
    largest = {group for group, _ in due.most_common(30)}
    rows = [row for row in rows if not too_few(row) and row["assessed"] != "0"]
    rates = [float(row["rate_low"]) for row in rows if row[by] in largest]
    assert (
        shares == sorted(rates)
        if len(due) <= 30
        else set(shares) <= {float(row["rate_low"]) for row in rows}
    )


def test_the_line_of_time_is_the_counts_of_the_file(view):
    figure = PICTURES["evolution"].draw(view, "", False)
    rows = file_of(view, "evolution")
    layers = (*Status, *BANDS)
    wholes = {sum(int(row[layer]) for layer in layers) for row in rows}
    assert len(wholes) == 1  # the same on every day
    assert figure.layout["yaxis"]["range"] == [0, *wholes]
    for trace in figure.traces:
        layer = next(s for s in layers if trace["fillcolor"] == status_colour(s, False))
        for day, tall, row in zip(trace["x"], trace["y"], rows, strict=True):
            assert (row["day"], int(row[layer])) == (day, tall)


@pytest.mark.parametrize("own", PICTURES["delais"].choices)
def test_the_curves_of_time_are_the_shares_of_the_file(view, own):
    rows = [row for row in file_of(view, "delais", own) if row["event"] != "partly"]
    counts = ("happened", "abandoned", "left_office", "not_applicable", "censored", "at_risk")
    bound = int(view.commitments_for_figures["ever_bound"].sum())
    if own != "term":  # by that clock who comes later enters later
        assert {sum(int(row[name]) for name in counts) for row in rows} <= {bound}
    figure = PICTURES["delais"].draw(view, own, False)
    if figure is None:
        assert bound < 20 or view.pact.id == "mouves-2014"
        assert not any(row["share"] for row in rows)
        return
    assert (sum("name" not in trace for trace in figure.traces) == 2) is (own == "chance")
    for event in ("decided", "implemented"):
        of_event = [row for row in rows if row["event"] == event]
        trace = next(
            each
            for each in figure.traces
            if each.get("name") == text(f"chart.incidence_{event}", view.lang)
        )
        years, shares = trace["x"], trace["y"]
        for row in of_event:
            at = max(n for n, year in enumerate(years) if year <= int(row["days"]) / 365.25 + 1e-3)
            assert float(row["share"]) == pytest.approx(shares[at], abs=6e-5)
            assert row["low"] == "" or float(row["low"]) <= float(row["share"]) <= float(
                row["high"]
            )


@pytest.mark.parametrize("event", PICTURES["semestres"].choices)
def test_the_bars_of_half_years_are_the_shares_of_the_file(view, event):
    rows = file_of(view, "semestres", event)
    figure = PICTURES["semestres"].draw(view, event, False)
    enough = [row for row in rows if int(row["at_risk"]) >= 5 and int(row["officials"]) >= 5]
    if figure is None:
        assert not enough
        return
    (bars,) = figure.traces
    assert bars["y"] == [int(row["half_year"]) for row in enough]
    for share, row in zip(bars["x"], enough, strict=True):
        assert share == pytest.approx(int(row["happened"]) / int(row["at_risk"]), abs=6e-5)
        assert float(row["low"]) <= float(row["share"]) <= float(row["high"])
    shares = [exact_percent(float(row["share"]), view.lang, 1) for row in enough]
    labels = [note["text"].split(" · ")[0] for note in figure.layout["annotations"]]
    assert [each for each in shares if each not in labels] == []
    sentence = PICTURES["semestres"].sentence(view, event)
    assert sentence == "" or all(
        re.search(rf"(?<!\d){re.escape(each)}", sentence) for each in shares[:1]
    )


@pytest.mark.parametrize("since", ["", "2016-01-01", "2022-06-30", "nonsense"])
def test_the_cells_of_changes_are_the_states_of_two_days(view, since):
    rows = file_of(view, "changements", since)
    first = transitions.day_before(view, since)
    if first is None:
        assert PICTURES["changements"].draw(view, since, False) is None
        return
    now = view.commitments_for_figures
    now = now[now["ever_bound"]]
    then = DayState(view.state, first).commitments.loc[now.index]

    def state(row) -> str:
        return row.status if row.binding else "ended" if row.ever_bound else "not_yet"

    pairs = zip(then.itertuples(), now.itertuples(), strict=True)
    expected = Counter((state(before), state(after)) for before, after in pairs)
    changes = {(row["before"], row["after"]): int(row["commitments"]) for row in rows}
    assert changes == expected
    assert all((row["before"] != row["after"]) or not row["change"] for row in rows)
    figure = PICTURES["changements"].draw(view, since, False)
    assert sum(len(trace["x"]) for trace in figure.traces) == len(rows)
    assert "–\u00a0" not in PICTURES["changements"].names(view)  # a line ends between the two


def test_the_bars_of_months_are_the_entries_that_stand_and_count(view):
    rows = file_of(view, "lectures")
    kept = view.commitments_for_figures
    assert sum(int(row["entries"]) for row in rows) == int(kept["actions"].sum())
    assert rows[-1]["month"] == view.day.isoformat()[:7]
    figure = PICTURES["lectures"].draw(view, "", False)
    if figure is None:
        assert not any(int(row["entries"]) for row in rows)
        return
    (bars,) = figure.traces
    assert bars["y"] == [int(row["entries"]) for row in rows]


@pytest.mark.parametrize("by", PICTURES["effort"].choices)
def test_the_dots_of_effort_are_those_of_the_file_and_say_nothing_of_what_was_done(view, by):
    rows = [row for row in file_of(view, "effort", by) if row["due"] != "0"]
    assert not {"implemented", "rate", "rate_low"} & {*(rows[0] if rows else {})}
    figure = PICTURES["effort"].draw(view, by, False)
    drawn = {row[by] for row in rows} if len(rows) <= 24 else None
    for trace, name in zip(
        figure.traces, ("coverage", "entries_per_assessed", "months_since_entry"), strict=False
    ):
        values = [float(row[name]) for row in rows if row[name]]
        assert drawn is None or len(trace["x"]) == len(values)
        assert all(0 <= x % 1 <= 0.61 for x in trace["x"])


@pytest.mark.parametrize("own", PICTURES["hasard"].choices)
def test_the_points_of_groups_are_the_rows_of_the_file_and_only_the_far_are_named(view, own):
    by = own.removesuffix("_alike")
    rows = file_of(view, "hasard", own)
    known = {row[by]: row for row in file_of(view, "intervalles", by)}
    order = [*chart_data.group_labels(view, by)]
    assert [row[by] for row in rows] == sorted((row[by] for row in rows), key=order.index)
    for row in rows:
        expected = known[row[by]]
        assert (
            int(expected["assessed"]) == int(row["assessed"]) >= 5 <= int(row["officials_assessed"])
        )
        assert expected["implemented"] == row["implemented"]
        if own == by:
            assert float(row["rate"]) == pytest.approx(float(expected["rate"]), abs=2e-4)
    figure = PICTURES["hasard"].draw(view, own, False)
    if figure is None:
        assert len(rows) < 10 or len({row["rate"] for row in rows}) == 1
    else:
        check_points(figure, rows, view, by)


def check_points(figure, rows: list[dict], view, by: str) -> None:
    points = figure.traces[-1]
    assert list(zip(points["x"], points["y"], strict=True)) == [
        (int(row["assessed"]), float(row["rate"])) for row in rows
    ]
    labels = chart_data.group_labels(view, by)
    words = [note["text"] for note in figure.layout["annotations"]]
    named = {row[by] for row in rows if html.escape(labels[row[by]]) in words}
    assert named == {row[by] for row in rows if row["outside"] == "2"}


def test_enough_groups_have_points(tmp_path, monkeypatch):
    """The views above have too few of them."""
    url = f"sqlite:///{tmp_path / 'monitor.db'}"
    store = open_store(url)
    store.create()
    commands.load_demo(store, signatories=600)
    monkeypatch.setenv("MONITOR_DATABASE", url)
    view = query.read_view(current_log.current_snapshot(fresh=True), {"pacte": "demo"})
    for own in PICTURES["hasard"].choices:
        rows, figure = file_of(view, "hasard", own), PICTURES["hasard"].draw(view, own, False)
        assert figure is not None and len(rows) >= 10
        check_points(figure, rows, view, own.removesuffix("_alike"))


@pytest.mark.parametrize("by", PICTURES["intervalles"].choices)
def test_the_bars_of_knowledge_are_the_counts_of_the_file_and_fill_the_width(view, by):
    figure = PICTURES["intervalles"].draw(view, by, False)
    rows = [row for row in file_of(view, "intervalles", by) if not too_few(row)]
    drawn = [trace for trace in figure.traces if trace.get("showlegend") is False]
    bars = sorted(zip(*(trace["x"] for trace in drawn), strict=True))
    assert len(bars) == min(len(rows), 30)
    shares = {
        tuple(
            round(count / int(row["due"]), 9)
            for count in (
                int(row["implemented"]),
                int(row["assessed"])
                - sum(int(row[name]) for name in ("implemented", "no_evidence", "stale")),
                int(row["due"]) - int(row["assessed"]),
                int(row["no_evidence"]),
                int(row["stale"]),
            )
        )
        for row in rows
    }
    assert {tuple(round(part, 9) for part in bar) for bar in bars} <= shares
    assert all(sum(bar) == pytest.approx(1) for bar in bars)


def test_the_groups_add_up_to_the_whole(view):
    whole = file_of(view, "intervalles", "measure")
    for by in ("region", "department", "size"):
        parts = file_of(view, "intervalles", by)
        for column in ("due", "assessed", "implemented", "partly"):
            total = sum(int(row[column]) for row in whole)
            assert sum(int(row[column]) for row in parts) == total, (by, column)


@pytest.mark.parametrize("name", [name for name in PICTURES if name != "mandats"])
def test_a_chart_that_travels_says_what_it_is_a_view_of(view, name):
    own = next(iter(PICTURES[name].choices), "")
    here = f"https://exemple.fr{chart_address(view, name, own)}"
    figure = standalone_chart(view, name, own, here)
    if figure is None:  # no empty picture: why there is none is said in words
        drawn = PICTURES[name].draw(view, own, False)
        assert drawn is None or drawn.sentence
        return
    read_by_plotly(figure)
    layout = html.unescape(json.dumps(figure.to_dict()["layout"], ensure_ascii=False))
    assert chart_title(view, name).split(",")[0][:40] in layout
    for each in ("exemple.fr", view.snapshot.hash[:16], view.pact.licence, view.pact.title):
        assert each in layout
    assert ("DONNÉES FICTIVES" in layout) is view.pact.fictional
    assert figure.layout["width"] == 960
    for note in figure.layout["annotations"]:  # what stands at the right of the axes is not cut
        if (note.get("xref"), note["x"], note.get("xanchor")) == ("paper", 1, "left"):
            letters = max(map(len, note["text"].split("<br>")))
            size = note["font"]["size"]
            assert note["xshift"] + 0.6 * size * letters <= figure.layout["margin"]["r"], note


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("region", "84"),
        ("departement", "69"),
        ("commune", None),
        ("mesure", "1"),
        ("statut", "implemented"),
        ("fonction", "mayor"),
        ("fonction", "deputy_mayor"),
        ("taille", "1000_3499"),
    ],
)
def test_a_chart_counts_what_the_filters_that_it_says_keep(snapshot, name, value):
    everything = query.read_view(snapshot, {"pacte": "demo"}).everything
    value = value or everything["commune"].iloc[0]
    view = query.read_view(snapshot, {"pacte": "demo", name: value, "au": "2025-03-01"})
    (phrase,) = filter_labels.filters_in_words(view)
    for chart in ("mesures", "carte", "groupes", "evolution", "intervalles"):
        own = next(iter(PICTURES[chart].choices), "")
        rows, shown = view.everything, view_of_chart(view, chart)
        for column, kept in ((FILTERS[each].column, kept) for each, kept in shown.filters.items()):
            rows = rows[rows[column] == kept]
        bound = rows.loc[rows["binding"], "status"]
        table = PICTURES[chart].table(view, own)
        table = table.tail(1) if chart == "evolution" else table
        assert int(table["due"].sum()) == int((bound != "not_applicable").sum()), chart
        assert int(table["implemented"].sum()) == int((bound == "implemented").sum()), chart
        figure = standalone_chart(view, chart, own, "https://exemple.fr")
        if figure is None:  # a sentence in its place
            drawn = PICTURES[chart].draw(view, own, False)
            assert drawn is None or drawn.sentence
            continue
        notes = html.unescape(json.dumps(figure.to_dict()["layout"], ensure_ascii=False))
        assert (phrase in notes) is bool(shown.filters), chart
        assert (f"{name}={value}" in chart_address(view, chart, own)) is bool(shown.filters), chart


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_a_picture_says_what_it_comes_to_right_under_its_title(snapshot, lang):
    view = query.read_view(snapshot, {"pacte": "demo", "lang": lang})
    named = ("delais", "semestres", "changements", "evolution", "effort", "intervalles")
    for name in (*named, "delais-groupes", "hypotheses"):
        own = next(iter(PICTURES[name].choices), "")
        sentence = PICTURES[name].sentence(view, own)
        figure = standalone_chart(view, name, own, "https://exemple.fr")
        assert sentence and figure, name
        notes = [
            html.unescape(each["text"].replace("<br>", " "))
            for each in figure.layout["annotations"]
        ]
        assert sentence in notes, name
        assert sentence not in notes[-1], name  # the notes below


@pytest.mark.parametrize("name", PICTURES)
def test_every_chart_has_an_address_before_anything_binds(snapshot, name):
    view = query.read_view(snapshot, {"pacte": "mouves-2014", "au": "2014-03-15"})
    own = next(iter(PICTURES[name].choices), "")
    PICTURES[name].draw(view, own, False)
    assert chart_title(view, name, own)
    assert isinstance(PICTURES[name].table(view, own), pd.DataFrame)


def test_the_sentence_of_the_states_counts_what_the_last_day_of_the_chart_does(snapshot):
    view = query.read_view(snapshot, {"pacte": "demo"})
    last = PICTURES["evolution"].table(view, "").iloc[-1]
    ended = sum(int(last[f"ended_{each}"]) for each in Status)
    whole = sum(int(last[each]) for each in Status) + ended
    sentence = (
        PICTURES["evolution"].sentence(view, "").replace("\u00a0", " ").replace("\u202f", " ")
    )
    shares = {
        "mis en œuvre": last["implemented"],
        "non évalué": last["not_assessed"],
        "mandat terminé": ended,
    }
    assert f"sur {whole:,} engagements".replace(",", " ") in sentence
    for words, count in shares.items():
        assert f"{words} ({round(100 * count / whole)} %)" in sentence


def test_a_picture_does_not_change_the_chart_on_the_page(snapshot):
    view = query.read_view(snapshot, {})
    before = str(PICTURES["mesures"].draw(view, "", False).to_dict())
    standalone_chart(view, "mesures", "", "https://exemple.fr")
    assert str(PICTURES["mesures"].draw(view, "", False).to_dict()) == before


def test_the_map_follows_the_filters_and_stays_a_map(snapshot):
    everywhere = PICTURES["carte"].table(query.read_view(snapshot, {"pacte": "demo"}), "")
    filtered = query.read_view(snapshot, {"pacte": "demo", "region": "84", "mesure": "1"})
    figure = PICTURES["carte"].draw(filtered, "", False)
    shown = {
        place for trace in figure.traces if "customdata" in trace for place in trace["locations"]
    }
    assert 0 < len(shown) < 10 < len(everywhere)
    assert int(PICTURES["carte"].table(filtered, "")["due"].sum()) == len(
        filtered.bound[filtered.bound["status"] != "not_applicable"]
    )


def test_the_address_of_a_chart_shows_the_same_chart(view):
    for name, picture in PICTURES.items():
        own = "hidalgo-paris" if name == "mandats" else next(iter(picture.choices), "")
        if own == "hidalgo-paris" and view.pact.id != "mouves-2014":
            continue
        asked = dict(
            pair.split("=") for pair in chart_address(view, name, own).split("?")[1].split("&")
        )
        again = query.read_view(view.snapshot, asked)
        assert PICTURES[name].table(again, own).equals(PICTURES[name].table(view, own))


def test_the_line_of_time_is_called_after_what_it_counts(snapshot):
    named = {
        pact: chart_title(query.read_view(snapshot, {"pacte": pact}), "evolution").split()[0]
        for pact in ("mouves-2014", "demo")
    }
    assert named == {"mouves-2014": "Nombre", "demo": "Part"}


def test_a_line_of_time_by_months_does_not_say_that_each_step_is_an_entry(snapshot):
    for pact, by_months in (("mouves-2014", False), ("demo", True)):
        view = query.read_view(snapshot, {"pacte": pact})
        days = PICTURES["evolution"].table(view, "")["day"]
        assert len(days) <= 120
        assert timeline.is_by_months(view) is by_months
        assert ("par mois" in chart_key(view, "evolution")) is by_months


def test_the_changes_that_are_told_are_those_of_the_commitments_kept(snapshot):
    for asked in VIEWS:
        view = query.read_view(snapshot, asked)
        table = view.state.status_changes
        own = set(view.bound.index) if view.filters else set(range(len(view.everything)))
        come = [
            row
            for row, day in zip(table["row"], table["day"], strict=True)
            if row in own and dates.date_of_day(day) <= view.day
        ]
        assert timeline.count_changes(view) == len(come)


def precise_day(on, entry):
    """What may be said of a counting day, by the words of the entry that it comes from."""
    if entry is None:
        return on.isoformat()
    first, last = dates.date_interval(entry.happened_on)
    searched = entry.status == Status.NO_EVIDENCE and on < first
    return entry.happened_on if searched or first <= on <= last else on.isoformat()


def test_the_matrix_says_since_when_as_the_entries_do(view):
    shown = chart_data.matrix_by_city(view).head(200)
    entries = {
        entry.seq: entry for entry in log_entries.read_entries(view, shown["said_by"].to_list())
    }
    days = [
        "" if pd.isna(row.since) else precise_day(row.since.date(), entries.get(row.said_by))
        for row in shown.itertuples()
    ]
    assert known_days.status_since(view, shown).to_list() == days
    rows = shown[shown["since"].notna()].itertuples()
    each = [
        known_days.day_as_known(view.log.actions, row.since.date(), row.said_by) for row in rows
    ]
    assert each == [*filter(None, days)]
    rows = file_of(view, "matrice")
    assert [row["since"] for row in rows[:200]] == days


def test_some_entries_are_known_to_the_month_only(snapshot):
    view = query.read_view(snapshot, {"pacte": "mouves-2014"})
    assert "2017-11" in [row["since"] for row in file_of(view, "matrice")]


def test_the_names_of_the_matrix_lead_to_their_city_on_a_page_and_nowhere_in_a_picture(snapshot):
    view = query.read_view(snapshot, {"pacte": "mouves-2014"})
    shown = PICTURES["matrice"].draw(view, "", False).layout["yaxis"]["ticktext"]
    assert "commune=75056" in html.unescape(shown[-1])
    saved = standalone_chart(view, "matrice", "", "https://exemple.fr").layout["yaxis"]["ticktext"]
    assert saved[-1] == "<b>Paris (75)</b><br>Anne Hidalgo"


def test_the_mark_of_fictional_data_stands_above_every_picture(snapshot):
    view = query.read_view(snapshot, {"pacte": "demo"})
    for name in ("mesures", "carte", "groupes", "evolution", "intervalles"):
        figure = standalone_chart(
            view, name, next(iter(PICTURES[name].choices), ""), "https://exemple.fr"
        )
        (mark,) = (n for n in figure.layout["annotations"] if "DONNÉES FICTIVES" in n["text"])
        assert (mark["y"], mark["yanchor"]) == (1, "bottom")


#: What no sentence of a chart says: that a share is 0 of what could end a wait, or from 5 to 5.
NEEDLESS = re.compile(
    r"(?<![\d,.])0 (?:% ont|% étaient|% sont|abandonn|porté|devenu|no longer|held|abandoned)"
    r"|(?<![\d,.])0% (?:were|became)|(?<![\d,.])([\d,.]+ ?%?) (?:à|to|au lieu de|rather than) \1(?!\d)"
)


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_sentence_of_a_chart_says_no_zero_and_no_range_that_is_none(snapshot, lang):
    sentences = []
    for asked in [*VIEWS, {"pacte": "demo", "au": "2020-08-01"}]:
        view = query.read_view(snapshot, asked | {"lang": lang})
        for picture in PICTURES.values():
            if picture.sentence:
                sentences += [picture.sentence(view, own) for own in picture.choices or ("",)]
    sentences = [one.replace("\u00a0", " ") for one in sentences if one]
    assert len(sentences) > 20
    assert [one for one in sentences if NEEDLESS.search(one)] == []


@pytest.mark.parametrize(
    ("asked", "french", "english"),
    [
        (
            {"pacte": "mouves-2014"},
            "lié un élu : 6 décidés ou plus avancés un jour, 0 mis en œuvre un jour. Pas de courbe",
            "official: 6 decided at some point, or taken further, 0 implemented at some point. No curve",
        ),
        (
            {"pacte": "demo", "au": "2020-08-01"},
            "n’est connu pour avoir été mis en œuvre un jour, ni même décidé.",
            "is known to have been implemented at any point, or even decided.",
        ),
        ({"pacte": "demo"}, "sont devenus sans objet. Si le silence", "applicable. If silence"),
    ],
)
def test_the_curves_in_words_say_what_there_is(snapshot, asked, french, english):
    for lang, wanted in (("fr", french), ("en", english)):
        view = query.read_view(snapshot, asked | {"lang": lang})
        sentence = PICTURES["delais"].sentence(view, "office")
        assert wanted in sentence.replace("\u00a0", " ").replace("\u202f", " ")
