"""Charts: every figure says what its table says, carries no markup from data, and has a plan for
nothing, for one row and for many."""

import itertools
import re
from datetime import date

import numpy as np
import pandas as pd
import pytest

from monitor import charts, indicators, status
from monitor.charts import hatch, insets, style
from monitor.charts.map import DEPARTMENTS, DRAWN, contours_address
from monitor.charts.time import browser_pattern
from monitor.i18n import text
from monitor.models import Status
from tests.support.drawings import EVIL, known, read_by_plotly, table
from tests.support.random_logs import PACT

TITLES = {"1": "Première mesure", "2": "<a href='https://x'>Deuxième</a>"}


def figures(people: int, dark: bool = False):
    """Every chart of a pact with that many signatories."""
    return map(read_by_plotly, _figures(people, dark))


def _figures(people: int, dark: bool):
    rows = table(people)
    days = [PACT.term_start, date(2017, 1, 1), PACT.term_end]
    yield charts.bars_by_measure(indicators.count_by_status(rows, "measure"), TITLES, "fr", dark)
    yield charts.knowledge_bars(indicators.indicator_table(rows, "measure"), TITLES, "fr", dark)
    yield charts.status_matrix(rows, TITLES, "fr", dark)
    crossed = indicators.indicator_table(rows, ["region", "measure"])
    yield charts.matrix_groups(crossed, "region", {"84": EVIL}, TITLES, "fr", dark)
    yield charts.department_map(
        indicators.indicator_table(rows, "department"), {"01": EVIL}, "fr", dark
    )
    yield charts.status_timeline(
        status.over_time(status.status_runs(known(people)), days).assign(officials=people),
        "fr",
        dark,
    )
    terms = pd.DataFrame(
        [(EVIL, PACT.term_start, PACT.term_end, True, False)] * bool(people),
        columns=["label", "start", "end", "binding", "ends_later"],
    )
    yield charts.mandate_lines(terms, (PACT.term_start, PACT.term_end), days[1], "fr", dark)


@pytest.mark.parametrize("people", [0, 1, 40])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_every_chart_is_drawn_for_nothing_one_and_many(people, dark):
    for figure in figures(people, dark):
        assert figure.layout.height >= 50
        assert figure.to_json()


def test_no_markup_of_the_data_reaches_a_chart():
    for figure in figures(9):
        text = figure.to_json().replace("\\u003c", "<")
        assert "<a href" not in text and "Zoé</b>" not in text


def test_a_chart_of_nothing_says_so():
    empty = list(figures(0))
    assert all(len(figure.layout.annotations) == 1 for figure in (empty[0], empty[1], empty[2]))


def test_a_bar_holds_the_counts_of_its_table():
    counts = indicators.count_by_status(table(40), "measure")
    figure = read_by_plotly(charts.bars_by_measure(counts, TITLES, "fr"))
    drawn = {bar.name.split(" ", 1)[1]: sum(bar.x) for bar in figure.data}
    assert drawn["mis en œuvre"] == counts["implemented"].sum()
    assert sum(drawn.values()) == counts.to_numpy().sum()


def test_the_matrix_has_a_point_for_each_commitment_with_its_city_to_open():
    figure = read_by_plotly(charts.status_matrix(table(7), TITLES, "fr"))
    points = [point for trace in figure.data for point in trace.customdata]
    assert len(points) == 14
    assert {point[0] for point in points} == {"c1"}


def test_a_group_of_fewer_than_five_shows_no_percentage():
    figure = read_by_plotly(
        charts.knowledge_bars(indicators.indicator_table(table(4), "measure"), TITLES, "fr")
    )
    assert not any("%" in note.text for note in figure.layout.annotations)
    assert len(figure.data) == 0


def test_knowledge_is_bars_without_dot_or_whisker_hatched_in_three_densities():
    figure = read_by_plotly(
        charts.knowledge_bars(indicators.indicator_table(table(40), "measure"), TITLES, "fr")
    )
    assert {trace.type for trace in figure.data} == {"bar"} and not figure.layout.shapes
    keys = [trace for trace in figure.data if trace.showlegend is None]
    hatched = [trace.marker.pattern.solidity for trace in keys if trace.marker.pattern.shape]
    assert len(keys) == 5 and len(set(hatched)) == 3
    assert any(note.text == "on ne sait pas" for note in figure.layout.annotations)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_what_is_read_differs_in_grey_from_what_is_implemented_and_from_the_page(dark):
    rows = indicators.indicator_table(table(40), "measure")
    traces = charts.knowledge_bars(rows, TITLES, "fr", dark).traces
    done, read = (
        next(t["marker"]["color"] for t in traces if t["name"].startswith(name) and "y" in t)
        for name in ("mis en œuvre", "lu il y a")
    )
    assert style.contrast(done, read) >= 1.5 and style.contrast(read, style.PAPER[dark]) >= 3


@pytest.mark.parametrize(("people", "hollow"), [(19, True), (20, False)])
def test_a_bar_that_rests_on_fewer_than_twenty_is_hollow(people, hollow):
    figure = charts.knowledge_bars(
        indicators.indicator_table(table(people), "measure"), TITLES, "fr"
    )
    done = figure.traces[0]["marker"]["color"]
    assert all((fill == style.PAPER[False]) is hollow for fill in done)
    for pattern in (t["marker"]["pattern"] for t in figure.traces if "pattern" in t["marker"]):
        # Else plotly.js draws hatching in the colours of hollow bars: not at all.
        assert pattern["fillmode"] == "overlay"


@pytest.mark.parametrize("status", Status)
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_the_sign_on_a_colour_can_be_read(status, dark):
    fill = charts.status_colour(status, dark)
    assert style.contrast(charts.text_colour_on(fill), fill) >= 4.5


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_text_can_be_read_on_the_page(dark):
    page = ("#FFFFFF", "#0F1417")[dark]
    for ink in (style.INK[dark], style.QUIET[dark], style.ACCENT[dark]):
        assert style.contrast(ink, page) >= 4.5


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_lines_and_the_edges_of_swatches_can_be_seen_on_the_page_and_in_a_picture(dark):
    for each in (*Status, *charts.BANDS):
        assert style.contrast(charts.line_colour(each, dark), style.PAPER[dark]) >= 3
        (edge,) = re.findall("border:1px solid (#[0-9A-F]+)", charts.legend([each], "fr", dark))
        assert style.contrast(edge, style.PAPER[dark]) >= 3
    layers = [*Status, *charts.BANDS]
    saved = charts.caption_figure(style.bare_figure(False, 100), "Titre", [], "fr", layers)
    swatches = {shape["fillcolor"]: shape["line"] for shape in saved.layout["shapes"]}
    assert {*swatches} == {charts.status_colour(each, False) for each in layers}
    for line in swatches.values():
        assert line["width"] and style.contrast(line["color"], "#FFFFFF") >= 3


def deuteranope(colour: str) -> tuple[float, float, float]:
    """The colour as red-green blind readers see it (Viénot, Brettel & Mollon 1999, simplified)."""
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return (0.625 * red + 0.375 * green, 0.7 * red + 0.3 * green, 0.3 * green + 0.7 * blue)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_colours_are_told_apart_by_red_green_blind_readers(dark):
    shown = [status for status in Status if status is not Status.NOT_APPLICABLE]
    for one, other in itertools.combinations(shown, 2):
        seen = [deuteranope(charts.status_colour(each, dark)) for each in (one, other)]
        distance = sum((a - b) ** 2 for a, b in zip(*seen, strict=True)) ** 0.5
        assert distance > 0.06, (one, other)


def test_every_status_has_its_own_sign():
    assert len(set(charts.SIGNS.values())) == len(Status)


def words_of(figure: charts.Figure) -> list[str]:
    return [note["text"] for note in figure.layout.get("annotations", ())]


def pointed_at(trace: dict) -> list[str]:
    """What each step of a line of time says, as the browser fills it in."""
    notes = []
    for count, more in zip(trace["y"], trace["customdata"], strict=True):
        filled = {"%{y:,d}": str(count)}
        if isinstance(more, str):
            filled["%{customdata}"] = more
        else:
            filled |= {f"%{{customdata[{n}]}}": each for n, each in enumerate(more)}
        words = trace["hovertemplate"]
        for name, value in filled.items():
            words = words.replace(name, value)
        notes.append(words)
    return notes


def over_time(*counts: tuple[int, int]) -> pd.DataFrame:
    """Days a year apart, each with so many commitments due and so many of them implemented."""
    days = pd.to_datetime([date(2014 + n, 4, 1) for n in range(len(counts))])
    due, done = (np.array(column) for column in zip(*counts, strict=True))
    rest = {each: 0 * due for each in Status} | {"implemented": done, "not_assessed": due - done}
    table = pd.DataFrame({"day": days, "due": due, **rest})
    ended = due.max() - due
    last = {f"ended_{each}": 0 * due for each in Status} | {"ended_decided": ended}
    return table.assign(not_yet=0, ended=ended, **last, officials=due.max())


@pytest.mark.parametrize("whole", [(6, 3, 6), (20, 20, 20), (20, 3, 1)])
def test_few_commitments_over_time_are_counted_so_that_one_who_leaves_moves_no_other(whole):
    series = over_time(*((due, 2) for due in whole))
    figure = charts.status_timeline(series, "fr")
    assert figure.traces[0]["y"] == [2, 2, 2]
    assert figure.layout["yaxis"]["range"] == [0, max(whole)]
    assert f"Nombre, sur les {max(whole)} engagements qui ont lié un élu" in words_of(figure)
    assert not any("%" in tick for tick in figure.layout["yaxis"]["ticktext"])


@pytest.mark.parametrize(
    ("first", "last", "step", "form"),
    [
        (date(2026, 3, 28), date(2026, 11, 27), "M3", "%m/%Y"),
        (date(2014, 4, 5), date(2020, 7, 5), "M12", "%Y"),
        (date(2019, 5, 2), date(2030, 12, 31), "M24", "%Y"),
    ],
)
def test_a_line_of_time_has_a_few_ticks_however_long_it_is(first, last, step, form):
    series = over_time((6, 2), (6, 2)).assign(day=pd.to_datetime([first, last]))
    axis = read_by_plotly(charts.status_timeline(series, "fr")).layout.xaxis
    assert (axis.dtick, axis.tickformat) == (step, form)
    span = (last.year - first.year) * 12 + last.month - first.month
    assert 2 <= span // int(step[1:]) <= 8


def test_a_line_of_a_few_weeks_names_its_two_ends():
    days = pd.to_datetime([date(2026, 3, 28), date(2026, 4, 12)])
    figure = charts.status_timeline(over_time((6, 2), (6, 2)).assign(day=days), "fr")
    assert figure.layout["xaxis"]["ticktext"] == ["28/03/2026", "12/04/2026"]


def test_many_commitments_over_time_are_shared_out():
    figure = charts.status_timeline(over_time((400, 100), (380, 190)), "fr")
    axis = figure.layout["yaxis"]
    assert [done / axis["range"][1] for done in figure.traces[0]["y"]] == [0.25, 0.475]
    assert dict(zip(axis["tickvals"], axis["ticktext"], strict=True))[200] == "50\u202f%"
    assert "Part des 400 engagements qui ont lié un élu" in words_of(figure)


def test_a_line_of_time_of_few_officials_gives_no_percentage():
    series = over_time((400, 100), (380, 190)).assign(officials=4)
    figure = charts.status_timeline(series, "fr")
    assert charts.shows_counts(series)
    assert not any("%" in word for trace in figure.traces for word in pointed_at(trace))
    assert not any("%" in word for word in words_of(figure))


@pytest.mark.parametrize("counts", [((400, 100), (3, 1)), ((6, 1), (3, 1), (0, 0), (6, 2))])
def test_the_whole_of_a_line_of_time_never_changes_and_who_left_does_not_raise_a_share(counts):
    series = over_time(*counts)
    figure = read_by_plotly(charts.status_timeline(series, "fr"))
    top = figure.layout.yaxis.range[1]
    assert [round(sum(all_of), 9) for all_of in zip(*(t.y for t in figure.data), strict=True)] == [
        top for _ in counts
    ]
    whole = max(due for due, _ in counts)
    assert list(figure.data[0].y) == [done * top / whole for _, done in counts]


def test_what_has_ended_says_how_it_stood():
    figure = charts.status_timeline(over_time((30, 9), (20, 9)), "fr")
    (ended,) = (trace for trace in figure.traces if trace["name"].endswith("mandat terminé"))
    assert pointed_at(ended)[1].replace("\u202f", " ") == (
        "10 sur 30 (33 %)<br>    ◆ décidé\u00a0: 10"
    )


def places(**columns) -> pd.DataFrame:
    """A table of indicators of departments from (due, assessed, implemented)."""
    rows = [(code.strip("d"), *counts) for code, counts in columns.items()]
    table = pd.DataFrame(rows, columns=["group", "due", "assessed", "implemented"])
    whole = table["due"]
    ever = {
        f"{name}_ever": table.get(name, 0) for name in ("due", "assessed", "implemented", "partly")
    }
    return table.assign(
        **ever,
        **dict.fromkeys(("partly", "no_evidence", "stale"), 0),
        possible=whole - table["assessed"] + table["implemented"],
        rate=table["implemented"] / table["assessed"],
        rate_high=1.0,
        coverage=table["assessed"] / whole,
        rate_low=table["implemented"] / whole,
        officials=whole,
        officials_assessed=table["assessed"],
        entries_per_assessed=1.5,
        months_since_entry=3.0,
    )


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_nothing_assessed_is_hatched_and_nothing_done_has_a_colour(dark):
    table = places(d01=(9, 0, 0), d02=(9, 9, 0), d03=(4, 3, 0))
    traces = charts.department_map(table, {}, "fr", dark).traces
    _, unseen, few, told, _, _, lines, dots, *_ = traces
    assert [list(each["locations"]) for each in (unseen, few, told)] == [["01"], ["03"], ["02"]]
    assert (lines["mode"], dots["mode"]) == ("lines", "markers")
    done, unknown = told["colorscale"][0][1], unseen["colorscale"][0][1]
    assert done != unknown
    assert min(style.contrast(done, each[dark]) for each in (style.PAPER, style.UNKNOWN)) > 1.08
    assert style.contrast(lines["line"]["color"], unknown) >= 3
    assert all("couverture" in told[1].lower() for told in told["customdata"])


def kinds_of(figure: charts.Figure) -> list[dict]:
    """The departments of each kind, on the map of the whole country."""
    return [
        trace for trace in figure.traces if trace.get("geojson") == contours_address(DEPARTMENTS)
    ]


KEYS = {"Hachures", "Points", "Gris uni", "Contour creux"}
EVERYWHERE = {f"d{code}": (20, 20, 1) for code in DRAWN}


@pytest.mark.parametrize(
    ("table", "named"),
    [
        ({"d01": (30, 9, 1)}, {"Gris uni"}),
        ({"d01": (19, 9, 1)}, {"Gris uni", "Contour creux"}),
        ({"d01": (4, 3, 1)}, {"Gris uni", "Points"}),
        ({"d01": (30, 0, 0)}, {"Gris uni", "Hachures"}),
        (EVERYWHERE, set()),
        (EVERYWHERE | {"d75": (20, 0, 0)}, {"Hachures"}),
    ],
)
def test_the_key_of_the_map_names_each_mark_that_is_there_and_no_other(table, named):
    words = words_of(charts.department_map(places(**table), {}, "fr"))
    assert {key for key in KEYS if any(word.startswith(key) for word in words)} == named


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_what_rests_on_fewer_than_twenty_is_hollow_and_never_the_darkest(dark):
    table = places(d01=(19, 19, 19), d02=(40, 40, 20), d03=(20, 20, 4))
    _, _, _, told, hollow, line = kinds_of(charts.department_map(table, {}, "fr", dark))
    assert hollow["locations"] == ["01"]
    assert {colour for _, colour in hollow["colorscale"]} == {style.PAPER[dark]}
    darkest = style.SCALES[dark][-1][1]
    assert hollow["marker"]["line"]["color"][0] != darkest
    assert line["locations"] == ["01"]
    assert style.contrast(line["marker"]["line"]["color"], style.PAPER[dark]) >= 3
    assert told["zmax"] == 0.5 and set(told["locations"]) == {"01", "02", "03"}


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_a_department_without_commitment_is_neither_paper_nor_unseen_nor_nothing_done(dark):
    table = places(d01=(30, 0, 0), d02=(30, 30, 0))
    none, unseen, _, told = kinds_of(charts.department_map(table, {}, "fr", dark))
    ground = none["colorscale"][0][1]
    assert {"971", "972", "973", "974", "976", "75"} <= {*none["locations"]}
    assert ground not in (style.PAPER[dark], told["colorscale"][0][1], unseen["colorscale"][0][1])
    assert style.contrast(ground, style.PAPER[dark]) > 1.1


def test_every_department_with_a_contour_is_drawn_and_paris_and_its_ring_twice():
    table = places(d75=(30, 30, 9), d971=(30, 30, 9))
    traces = charts.department_map(table, {}, "fr").traces
    drawn = [place for trace in traces for place in trace.get("locations", ())]
    contours = {each["id"] for each in insets.department_contours()["features"]}
    assert {*drawn} == contours == {*DRAWN} and len(contours) == 101
    assert {place for place in drawn if drawn.count(place) == 2} == {"75", "92", "93", "94"}


def test_what_has_too_few_for_a_percentage_is_told_in_counts():
    table = places(d971=(4, 3, 3), d01=(30, 30, 3))
    words = " ".join(words_of(charts.department_map(table, {"971": "Guadeloupe"}, "fr")))
    assert "En points (mis en œuvre / en vigueur)\u00a0: Guadeloupe 3 / 4." in words
    assert "%" not in words


@pytest.mark.parametrize(
    ("title", "count", "lines"),
    [
        ("Itinéraire cyclable continu", 1, ["1. Itinéraire cyclable", "continu"]),
        ("Itinéraire cyclable continu", 2, ["1. Itinéraire", "cyclable continu"]),
        ("Cantines biologiques", 3, ["1. Cantines", "biologiques"]),
    ],
)
def test_titles_above_few_columns_take_the_room_there_is(title, count, lines):
    titles = dict.fromkeys(map(str, range(1, count + 1)), title)
    table = city("Y", "80")
    table = table[table["measure"].isin(titles)]
    head, *_ = charts.status_matrix(table, titles, "fr").layout["xaxis"]["ticktext"]
    assert re.sub("</?b>", "", head).split("<br>") == lines


def test_a_long_word_above_a_narrow_column_is_hyphenated():
    titles = {"1": "Sensibilisation et formation", "2": "Court", "3": "Court"}
    head, *_ = charts.status_matrix(city("Y", "80"), titles, "fr").layout["xaxis"]["ticktext"]
    assert (
        re.sub("</?b>", "", head).replace("-<br>", "").replace("<br>", " ").replace("-", "")
        == "1. Sensibilisation et formation"
    )
    assert "-<br>" in head


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_names_in_the_frames_of_the_map_fit_them_on_a_telephone(lang):
    names = [text(f"map.frame_{code}", lang) for code in insets.OVERSEAS]
    assert max(map(len, names)) <= 11


@pytest.mark.parametrize("code", [*insets.OVERSEAS, *insets.RING])
def test_what_is_overseas_or_around_paris_stands_in_its_frame(code):
    kind = insets.paris_inset if code in insets.RING else insets.department_contours
    west, east, south, north = insets.OVERSEAS.get(code, insets.PARIS)
    (shape,) = (e["geometry"] for e in kind()["features"] if e["id"] == code)
    for lon, lat in (p for part in shape["coordinates"] for ring in part for p in ring):
        assert west < lon < east
        assert south < insets._north(lat) < north
        assert insets.LATITUDES[0] < lat < insets.LATITUDES[1]


FAR = "Saint-Pierre-et-Miquelon, Saint-Barthélemy, Saint-Martin, Wallis et Futuna, Polynésie française"


@pytest.mark.parametrize(
    ("own", "expected", "empty"),
    [
        ({}, "", f"{FAR}, Nouvelle-Calédonie et lieux sans département"),
        (
            {"d988": (4, 4, 1)},
            "Nouvelle-Calédonie (988), 1 mis en œuvre sur 4",
            FAR,
        ),
        ({"d": (7, 7, 2)}, "lieux sans département, 2 mis en œuvre sur 7", FAR),
        ({"dX1": (7, 7, 2)}, "X1 (X1), 2 mis en œuvre sur 7", FAR),
    ],
)
def test_the_map_says_what_is_not_on_it_with_its_counts(own, expected, empty):
    names = {"988": "Nouvelle-Calédonie"}
    words = " ".join(words_of(charts.department_map(places(d01=(30, 30, 9), **own), names, "fr")))
    words = words.replace("- ", "-")  # where a line ends
    assert expected in words and f"sans engagement en vigueur\u00a0: {empty}" in words
    assert bool(own) is ("Hors de la carte\u00a0: " in words)


@pytest.mark.parametrize("pattern", [hatch.hatch_lines, hatch.hatch_dots])
def test_every_department_has_room_for_its_pattern_and_keeps_it_inside(pattern):
    for code, large in hatch._edges():
        lons, lats = ([each for each in part if each is not None] for part in pattern([code]))
        own = [edges for place, (edges, _) in hatch._edges().items() if place[0] == code]
        starts = np.concatenate(own)
        assert len(hatch._chords((code, large))) >= 2
        assert len(lons) >= 3, code
        for values, border in ((lons, starts[:, 0]), (lats, starts[:, 1])):
            assert border.min() - 0.01 <= min(values) <= max(values) <= border.max() + 0.01


def test_every_segment_of_a_bar_has_its_sign_on_a_telephone():
    counts = indicators.count_by_status(table(40), "measure")
    counts.loc["1", ["abandoned", "stalled", "announced"]] = [1, 1, 2]
    figure = charts.bars_by_measure(counts, TITLES, "fr")
    below = " ".join(words_of(figure))
    assert figure.layout["uniformtext"] == {"mode": "hide", "minsize": style.FONT}
    widest = counts.to_numpy().sum(axis=1).max()
    for bar in figure.traces:
        sign = bar["name"].split(" ")[0]
        for value, inside in zip(bar["x"], bar["text"], strict=True):
            label = f"{sign} {value}"
            wide = style.PHONE * value / widest >= 12 + 8 * len(label)
            assert inside == (label if value and wide else "")
            assert not value or wide or f"</span> {label}" in below, label


def test_a_bar_repeats_no_number():
    counts = indicators.count_by_status(table(40), "measure")
    counts.loc["1", ["abandoned", "stalled", "announced"]] = [1, 2, 3]
    figure = charts.bars_by_measure(counts.loc[["1"]], TITLES, "fr")
    inside = [text for bar in figure.traces for text in bar["text"] if text]
    below = re.findall(r"</span> (\S \d+)", " ".join(words_of(figure)))
    assert sorted(inside + below) == sorted(
        f"{charts.SIGNS[status]} {counts.loc['1', status]}"
        for status in Status
        if counts.loc["1", status]
    )


def test_a_picture_breaks_no_line_where_a_telephone_must():
    counts = indicators.count_by_status(table(40), "measure")
    counts.loc["1", ["abandoned", "stalled", "announced"]] = [1, 1, 2]
    effort = "8,3 entrées lues par engagement évalué, la dernière il y a 6 mois en général"
    long = {code: "Un intitulé plutôt long, " * 3 for code in TITLES}
    figure = charts.bars_by_measure(counts, long, "fr", efforts=dict.fromkeys(TITLES, effort))
    picture = charts.caption_figure(figure, "Un titre", ["Une note"], "fr")
    assert not [words for words in words_of(figure) if effort in words]
    assert len([words for words in words_of(picture) if effort in words]) == len(TITLES)
    above = {words for words in words_of(picture) if "Un intitulé" in words}
    assert len(above) == len(TITLES) and all(words.count("long") == 3 for words in above)
    # What a segment of the picture has room for stands in it, and not below.
    for drawn in (figure, picture):
        inside = [text for bar in drawn.traces for text in bar["text"] if text]
        below = re.findall(r"</span> (\S \d+)", " ".join(words_of(drawn)))
        assert sorted(inside + below) == sorted(
            f"{charts.SIGNS[status]} {count}"
            for status in Status
            for count in counts[status]
            if count
        )
    assert picture.layout["height"] < figure.layout["height"] + 100


def test_too_many_measures_for_a_bar_each_have_one_together():
    counts = indicators.count_by_status(table(40), "measure").iloc[[0] * 60]
    counts.index = [str(place) for place in range(60)]
    figure = charts.bars_by_measure(counts, {code: f"Mesure {code}" for code in counts.index}, "fr")
    assert {len(bar["x"]) for bar in figure.traces} == {1}
    assert sum(bar["x"][0] for bar in figure.traces) == counts.to_numpy().sum()
    assert "60 mesures" in " ".join(words_of(figure))


def heights(figure: charts.Figure) -> list[float]:
    """Of the lines of text at the left; what stands inside a bar or beside it is on its own."""
    return sorted(note["y"] for note in figure.layout["annotations"] if note["x"] == 0)


def test_nothing_is_printed_over_a_name_in_a_chart_of_bars_or_of_intervals():
    long = {code: "Un intitulé très long, " * 5 for code in TITLES}
    rows = table(40)
    of_bars = charts.bars_by_measure(indicators.count_by_status(rows, "measure"), long, "fr")
    assert of_bars.in_picture
    for figure in (
        of_bars,
        of_bars.in_picture,
        charts.knowledge_bars(indicators.indicator_table(rows, "measure"), long, "fr"),
    ):
        lines = heights(figure)
        assert min(b - a for a, b in itertools.pairwise(lines)) >= style.LEADING
        bars = [y for trace in figure.traces for y in trace["y"] if y is not None]
        assert all(line + style.LEADING <= bar or line >= bar for line in lines for bar in bars)
        assert lines[-1] < figure.layout["height"]


def test_where_every_group_is_small_the_intervals_say_so():
    figure = charts.knowledge_bars(indicators.indicator_table(table(4), "measure"), TITLES, "fr")
    assert not figure.traces
    assert "moins de cinq" in " ".join(words_of(figure)).replace("<br>", " ")


def test_where_nothing_is_assessed_no_bar_is_drawn_that_says_nothing():
    rows = table(40).assign(status=pd.Categorical(["not_assessed"] * 80, categories=list(Status)))
    figure = charts.knowledge_bars(indicators.indicator_table(rows, "measure"), TITLES, "fr")
    assert not figure.traces
    assert "Aucun de ces engagements" in " ".join(words_of(figure))


def city(commune: str, department: str, person: str = "s1") -> pd.DataFrame:
    return table(1).assign(
        commune_name=commune, department_code=department, signatory_id=person, name="Ève Durand"
    )


def test_cities_of_one_name_are_told_apart_by_their_department():
    rows = pd.concat([city("Saint-Denis", "93"), city("Saint-Denis", "974", "s2")])
    figure = charts.status_matrix(rows, TITLES, "fr")
    assert "(93)" in figure.layout["yaxis"]["ticktext"][0]
    assert "(974)" in figure.layout["yaxis"]["ticktext"][1]
    shown = {spot[2].split(" · ")[0] for trace in figure.traces for spot in trace["customdata"]}
    assert shown == {"Saint-Denis (93)", "Saint-Denis (974)"}


def test_a_long_name_has_a_row_as_high_as_its_lines():
    long = "Saint-Remy-en-Bouzemont-Saint-Genest-et-Isson"
    rows = pd.concat([city("Y", "80"), city(long, "51", "s2"), city("Z", "80", "s3")])
    axis = charts.status_matrix(rows, TITLES, "fr").layout["yaxis"]
    lines = [name.count("<br>") + 1 for name in axis["ticktext"]]
    assert max(lines) > 2
    assert charts.count_name_lines(rows.drop_duplicates("signatory_id"), TITLES) == sum(lines)
    for (above, over), (below, under) in itertools.pairwise(
        zip(axis["tickvals"], lines, strict=True)
    ):
        assert below - above >= (over + under) * 17 / 2


def test_the_matrix_says_since_when_no_more_precisely_than_it_is_told():
    rows = city("Lyon", "69")
    since = {
        spot[5]
        for trace in charts.status_matrix(
            rows, TITLES, "fr", since=["2017-11", "2017-11-30"]
        ).traces
        for spot in trace["customdata"]
    }
    assert since == {" depuis novembre 2017", " depuis le 30 novembre 2017"}


def test_every_place_of_the_matrix_answers_for_itself():
    rows = pd.concat([city("Y", "80"), city("Z", "80", "s2").tail(1)])
    figure = read_by_plotly(charts.status_matrix(rows, TITLES, "fr"))
    spots = [spot for trace in figure.data for spot in zip(trace.base, trace.y, strict=True)]
    assert len(set(spots)) == len(spots) == 4
    assert figure.layout.hoverdistance == -1


def test_many_measures_stand_by_number_with_the_key_in_words():
    many = {str(n): f"Une mesure au titre assez long, numéro {n}" for n in range(1, 8)}
    figure = charts.status_matrix(city("Y", "80"), many, "fr")
    assert figure.layout["xaxis"]["ticktext"][6] == "<b>M7</b>"
    assert "M7\u00a0Une mesure au titre assez long, numéro 7" in charts.measures_key(many)
    assert not charts.measures_key(TITLES)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_what_the_cells_of_groups_say_can_be_read_on_their_colour(dark):
    for share in range(11):
        fill = style.scale_colour(share / 10, 1, dark)
        assert style.contrast(style.text_colour_on(fill), fill) >= 4.5
    assert style.contrast(style.QUIET[dark], style.UNKNOWN[dark]) >= 4.5
    assert [style.scale_colour(each, 1, dark) for each in (0, 0.5, 1)] == [
        colour for _, colour in style.SCALES[dark]
    ]


def test_a_group_of_which_nothing_is_assessed_has_no_colour_of_the_scale():
    crossed = indicators.indicator_table(table(40), ["region", "measure"])
    unseen = crossed.assign(assessed=0)
    figure = charts.matrix_groups(unseen, "region", {}, TITLES, "fr")
    (cells,) = figure.traces
    assert all(share is None for *_, share in cells["customdata"])
    assert all("○" in words for words in cells["text"])


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_what_appears_over_a_chart_has_the_ground_of_the_page(dark):
    for figure in _figures(9, dark):
        label = figure.layout["hoverlabel"]
        assert label["bgcolor"] == style.PAPER[dark]
        assert (label["font"]["color"], label["font"]["family"]) == (style.INK[dark], style.FAMILY)


def test_the_last_day_of_a_line_of_time_stands_beside_its_labels_as_high_as_they_say():
    series = over_time((40, 2), (40, 2), (40, 20)).assign(not_yet=0)
    figure = charts.status_timeline(series, "fr")
    pieces = {each["fillcolor"]: each["y1"] - each["y0"] for each in figure.layout["shapes"]}
    done, rest = (charts.status_colour(each, False) for each in ("implemented", "not_assessed"))
    assert pieces == {done: 20, rest: 20}
    assert {*figure.in_full["words"].values()} == {
        "● 50\u202f% mis en œuvre",
        "○ 50\u202f% non évalué",
    }


def test_the_labels_of_thin_layers_stand_as_near_as_can_be_to_them():
    from monitor.charts.time import APART, _apart

    ends = [(0.2, "a"), (0.5, "b"), (0.51, "c"), (0.52, "d"), (0.53, "e"), (0.99, "f"), (1, "g")]
    places = [place for place, _ in _apart(ends, 1)]
    assert all(b - a >= APART - 1e-9 for a, b in itertools.pairwise(places)) and places[-1] <= 1
    assert places[0] == 0.2 and sum(places[1:5]) / 4 == pytest.approx(0.515)
    assert places[5:] == pytest.approx([1 - APART, 1])


def incidence_figure():
    days = [0, 365, 730]
    seen = [0.0, 0.4, np.nan]
    steps = pd.DataFrame(
        {"days": days, "decided": [0, 0.5, 0.6], "implemented": [0, 0.2, 0.3]}
    ).assign(implemented_seen=seen, implemented_early=[0, 0.2, 0.3])
    counts = dict.fromkeys(("happened", "abandoned", "censored", "at_risk"), 1)
    rows = [{"event": e, "days": d, **counts} for e in ("decided", "implemented") for d in days]
    return charts.incidence_curves(steps, pd.DataFrame(rows), None, False, "fr")


def test_in_a_picture_what_each_curve_is_stands_on_one_line():
    short = incidence_figure()
    going_on = "<br>      "
    told = [
        [note["text"] for note in figure.layout["annotations"] if "<br>" in note["text"]]
        for figure in (short, charts.write_in_full(short))
    ]
    assert [any(going_on in words for words in each) for each in told] == [True, False]


def test_a_curve_that_ends_before_the_others_says_at_its_end_what_it_comes_to():
    figure = incidence_figure()
    (label,) = (n for n in figure.layout["annotations"] if n["text"] == "40\u202f%")
    assert (label["x"], label["y"], label["yanchor"]) == (0.999, 0.4, "bottom")


@pytest.mark.parametrize("days", [2762, 2763, 365])
def test_what_a_curve_of_a_group_comes_to_stands_within_the_axis_which_drops_what_does_not(days):
    steps = pd.DataFrame({"days": [0, days], "decided": [0, 0.5], "implemented": [0, 0.2]})
    figure = charts.group_curves([charts.Panel("A", [], steps), charts.Panel("B", [], steps)], "fr")
    end = figure.layout["xaxis"]["range"][1]
    placed = [note["x"] for note in figure.layout["annotations"] if "xref" not in note]
    assert max(placed) == end


def test_the_line_of_chance_of_what_never_happened_does_not_fill_the_width():
    row = {"half_year": 1, "at_risk": 399, "officials": 13, "happened": 0, "share": 0.0}
    table = pd.DataFrame([{"event": "decided", **row, "low": 0.0, "high": 0.01}])
    axis = charts.half_year_bars(table, Status.DECIDED, "fr").layout["xaxis"]
    assert (axis["range"], axis["tickvals"]) == ([0, 0.05], [0, 0.05])


def test_names_beside_points_stand_over_no_other_name_nor_named_point():
    from monitor.charts.funnel import LEADING, LETTER, POINTS, WIDE, _place_names

    named = [(0.4, 0.8, "Meurthe-et-Moselle"), (0.5, 0.8, "Côtes-d’Armor"), (0.45, 0.81, "Indre")]
    spans = []
    for (x, y, words), (side, up) in zip(named, _place_names(named), strict=True):
        start = WIDE * x + (8 if side == "left" else -8 - LETTER * len(words))
        assert start >= 0
        spans.append((start, start + LETTER * len(words), POINTS * y + up))
    for (a, b, up), (c, d, other) in itertools.combinations(spans, 2):
        assert b <= c or d <= a or abs(up - other) >= LEADING - 4


def test_the_mark_of_fictional_data_hides_nothing():
    for figure in _figures(9, False):
        before = dict(figure.layout["margin"]), figure.layout["height"]
        note = charts.stamp_figure(figure, "DONNÉES FICTIVES", False).layout["annotations"][-1]
        assert (note["y"], note["yref"], note["yanchor"]) == (1, "paper", "bottom")
        assert note["yshift"] >= before[0]["t"]
        added = figure.layout["margin"]["t"] - before[0]["t"]
        assert added == figure.layout["height"] - before[1] > 24


@pytest.mark.parametrize("sign", charts.SIGNS.values())
def test_every_sign_is_in_the_font_of_the_pictures(sign):
    def drawn(character: str) -> bytes:
        return charts.to_png(
            '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40" font-family="DejaVu Sans">'
            f'<text x="4" y="30" font-size="30">{character}</text></svg>'
        )

    is_drawn = drawn(sign) != drawn("\ue000")
    assert is_drawn, (
        f"{sign} is in no font of monitor/charts/fonts: take another, or see LICENCE.txt"
    )


@pytest.mark.parametrize(
    ("entries", "french", "english"),
    [
        (0.96, "1,0 entrée lue par", "1.0 entries read"),
        (1.94, "1,9 entrée lue par", "1.9 entries read"),
        (1.96, "2,0 entrées lues par", "2.0 entries read"),
    ],
)
def test_the_effort_is_singular_in_french_below_two_as_it_is_shown(entries, french, english):
    row = pd.Series({"assessed": 3, "entries_per_assessed": entries, "months_since_entry": 4.0})
    assert charts.assessment_effort(row, "fr").startswith(french)
    assert charts.assessment_effort(row, "en").startswith(english)


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_bars_of_what_is_known_begin_at_zero_and_no_part_of_their_key_is_wide(lang):
    figure = charts.knowledge_bars(indicators.indicator_table(table(40), "measure"), TITLES, lang)
    assert any(re.fullmatch("0.?%", words) for words in words_of(figure))
    names = [trace["name"] for trace in figure.traces if trace.get("showlegend") is not False]
    assert len(names) == 5
    assert all(len(line) <= 48 for name in names for line in name.split("<br>"))


@pytest.mark.parametrize(("lang", "colon"), [("fr", "\u00a0: "), ("en", "}: ")])
def test_a_hover_has_the_colon_of_its_language(lang, colon):
    rows = table(40)
    for figure in (
        charts.bars_by_measure(indicators.count_by_status(rows, "measure"), TITLES, lang),
        charts.knowledge_bars(indicators.indicator_table(rows, "measure"), TITLES, lang),
    ):
        templates = [each["hovertemplate"] for each in figure.traces if "hovertemplate" in each]
        assert templates and all(colon in each for each in templates)


@pytest.mark.parametrize("people", [4, 5])
def test_many_cells_of_too_few_are_a_sentence(people):
    codes = [str(place) for place in range(12)]
    rows = pd.concat([table(40).query("measure == '1'").head(people)] * 12)
    rows = rows.assign(measure=pd.Categorical(codes * people, categories=codes), region_code="84")
    crossed = indicators.indicator_table(
        rows.astype({"region_code": "category"}), ["region", "measure"]
    )
    figure = charts.matrix_groups(crossed, "region", {}, dict.fromkeys(codes, "Mesure"), "fr")
    assert bool(figure.traces) is (int(crossed["due"].max()) >= 5)
    assert figure.traces or "Chaque groupe" in " ".join(words_of(figure))


@pytest.mark.parametrize("codes", [[str(n) for n in range(1, 13)], [f"s{n}_gov" for n in range(9)]])
def test_the_cells_of_groups_bear_their_figures_on_a_telephone_whatever_the_codes(codes):
    """358 pixels; a letter takes about five and a half, and a cell keeps three at either side."""
    rows = pd.concat([table(40).query("measure == '1'").assign(measure=code) for code in codes])
    rows = rows.assign(measure=pd.Categorical(rows["measure"], categories=codes))
    crossed = indicators.indicator_table(rows, ["region", "measure"])
    figure = charts.matrix_groups(crossed, "region", {}, dict.fromkeys(codes, "Mesure"), "fr")
    (first, end), (trace, *_) = figure.layout["xaxis"]["range"], figure.traces
    for words, width in zip(trace["text"], trace["x"], strict=True):
        longest = max(len(line) for line in words.replace("\u202f", "").split("<br>"))
        assert longest * 5.5 + 6 <= 358 * width / (end - first), words


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("d MMM yyyy", "%-d %b %Y"),
        ("dd/MM/yyyy", "%d/%m/%Y"),
        ("d/M/yy", "%-d/%-m/%y"),
        ("d 'de' MMMM 'de' y", "%-d de %B de %Y"),
    ],
)
def test_the_browser_writes_dates_as_any_language_does(pattern, expected):
    assert browser_pattern(pattern) == expected


#: (the end as it is drawn, whether an end after the day is on record) -> what is said of the mandate.
SAID_OF_END = {
    (date(2016, 5, 1), False): "5 avril 2014 – 1er mai 2016",
    (PACT.term_end, True): "depuis le 5 avril 2014",
    (None, True): "depuis le 5 avril 2014",
    (None, False): "5 avril 2014 – (sans fin connue)",
}


@pytest.mark.parametrize(("shown", "said"), SAID_OF_END.items())
def test_a_mandate_that_lasts_on_the_day_is_given_no_end_nor_said_to_have_none(shown, said):
    terms = pd.DataFrame(
        [("maire", date(2014, 4, 5), shown[0], True, shown[1])],
        columns=["label", "start", "end", "binding", "ends_later"],
    )
    figure = charts.mandate_lines(terms, (PACT.term_start, PACT.term_end), date(2015, 1, 1), "fr")
    assert figure.traces[0]["customdata"][0] == ["maire", said]
