"""Dates of files: as precise as they were written, in the forms of people, forms and spreadsheets."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor import intake
from monitor.dates import date_interval, latest_day
from monitor.errors import InvalidValue
from monitor.intake.days import Order, day_of, order_of
from tests.support.file_rows import ACTION, as_csv, codes, read, value

DAY = "2016-02-16"


@pytest.mark.parametrize(
    ("meant", "written"),
    [
        (
            DAY,
            [
                "2016-02-16",
                "2016-2-16",
                "2016/02/16",
                "2016.02.16",
                "16/02/2016",
                "16/2/2016",
                "16.02.2016",
                "16-02-2016",
                "16 / 02 / 2016",
                "16 02 2016",
                "16 février 2016",
                "16 fevrier 2016",
                "16 FÉVRIER 2016",
                "16\u00a0février\u00a02016",
                "16 févr. 2016",
                "16-févr-2016",
                "mardi 16 février 2016",
                "le 16 février 2016",
                "16 February 2016",
                "16 Feb 2016",
                "February 16, 2016",
                "16th February 2016",
                "Tue, 16 Feb 2016",
                "mar. 16/02/2016",
                "mar. 16 févr. 2016",
                "Tue Feb 16 2016",
                "16/02/2016 - 10:32",
                "Tue Feb 16 2016 10:32:45 GMT+0100 (CET)",
            ],
        ),
        (
            DAY,
            [
                "2016-02-16 00:00:00",
                "2016-02-16T10:32",
                "2016-02-16T10:32:45Z",
                "2016-02-16 10:32:45",
                "2016-02-16T10:32:45.123456+02:00",
                "16/02/2016 10:32",
                "16/02/2016 10:32:45",
                "16/02/2016 à 10h32",
                "16/02/2016, 10:32",
                "2016/02/16 10:32:45 AM UTC+1",
                "2016/02/16 3:28:23 PM GMT+2",
                "16 février 2016 à 10 h 32",
                "2016-02-16 10:32:45 UTC",
            ],
        ),
        (
            "2016-02",
            [
                "2016-02",
                "2016-2",
                "2016/02",
                "02/2016",
                "2/2016",
                "02-2016",
                "02.2016",
                "février 2016",
                "févr. 2016",
                "févr-16",
                "Feb-16",
                "févr.-16",
                "February 2016",
            ],
        ),
        (
            "2016-03",
            [
                *("début mars 2016", "fin mars 2016", "mi-mars 2016", "Mi mars 2016"),
                *("courant mars 2016", "fin de mars 2016", "early March 2016", "mid-March 2016"),
                *("end of March 2016", "late Mar 2016"),
            ],
        ),
        ("2016", ["2016", " 2016 "]),
        ("2024-03-01", ["1er mars 2024", "1ᵉʳ mars 2024", "1st March 2024", "01/03/2024"]),
        ("1989-03", ["mars-89"]),
        ("2016-03", ["mar. 2016", "Mar 2016", "mar-16"]),
        ("2016-03-16", ["Mar 16, 2016"]),
        ("2016-07", ["juil. 2016", "juill. 2016", "July 2016"]),
    ],
)
def test_a_date_is_read_however_it_is_written(meant, written):
    found = {one: value(as_csv({**ACTION, "happened_on": one}), "happened_on") for one in written}
    assert found == dict.fromkeys(written, meant)


#: What names no one month.
VAGUE = ("début 2016", "fin 2016", "mi-2016", "fin mars ou avril 2016", "avant mars 2016")


@pytest.mark.parametrize(
    ("code", "written"),
    [
        ("two_digit_year", ["12/01/54", "12.01.98", "16 mars 24", "16-févr-16", "02/16/56"]),
        (
            "not_a_date",
            [
                "16 mars",
                "mars",
                *("début mars", "fin février", "mi-mars"),
                "20160216",
                "NA",
                "hier",
                "16/02",
                "2016.5",
                "16/02/2016 99:99",
                "16/02/2016 - 18/02/2016",
                "0",
                "x" * 90,
            ],
        ),
        (
            "no_such_day",
            [
                "31/02/2016",
                "2016-13",
                "13/2016",
                "30 février 2016",
                "00/01/2016",
                "2016-00",
                "2016-01-00",
            ],
        ),
        ("vague_date", ["T1 2016", "vers 2016", "2016 ?", "printemps 2016", *VAGUE]),
        ("year_out_of_range", ["16/02/0018", "février 0018", "0018"]),
        ("serial_date", ["42416", "1456920000", "1456920000123"]),
    ],
)
def test_what_is_no_date_is_refused_with_what_to_write(code, written):
    found = {one: codes(as_csv({**ACTION, "happened_on": one})) for one in written}
    assert found == {one: [code] for one in written}


def column(*days: str) -> list[str]:
    """What becomes of the dates of one column: the EDTF, or the code of the refusal."""
    rows = read(
        as_csv(
            *({**ACTION, "action_id": f"a{n}", "happened_on": day} for n, day in enumerate(days))
        )
    )
    return [row.errors[0].code if row.errors else row.values[3] for row in rows]


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        # The forms of the contract stand side by side, each as precise as its source.
        (["12/11/2016", "02/2017", "2018"], ["2016-11-12", "2017-02", "2018"]),
        (["28/09/2015", "févr-16", "2016"], ["2015-09-28", "2016-02", "2016"]),
        (["28/09/2015", "2016-03-04", "16 mars 2017"], ["2015-09-28", "2016-03-04", "2017-03-16"]),
        # A form of the United States: another of its cells can be read with the month first only.
        (["1/12/2014 10:32:45", "1/25/2014 9:12:01"], ["2014-01-12", "2014-01-25"]),
        (["1/25/2014", "1/12/2014"], ["2014-01-25", "2014-01-12"]),
        # A French form, and one that says nothing.
        (["1/12/2014 10:32:45", "25/1/2014 9:12:01"], ["2014-12-01", "2014-01-25"]),
        (["1/12/2014 10:32:45", "2014"], ["ambiguous_date", "2014"]),
        (["12/01/2014 10:32:45"], ["2014-01-12"]),
        (["1/12/2014 10:32:45 AM"], ["ambiguous_date"]),
        (["3/3/2014 10:32:45 PM"], ["2014-03-03"]),
        # A column that says both: what can be read both ways is nobody's guess.
        (
            ["25/01/2014", "01/26/2014", "03/04/2014"],
            ["2014-01-25", "no_such_day", "ambiguous_date"],
        ),
        (["NA", "17/02/2016", "2018"], ["not_a_date", "2016-02-17", "2018"]),
    ],
)
def test_a_date_that_can_be_read_both_ways_follows_the_rest_of_its_column(given, meant):
    assert column(*given) == meant
    assert column(*reversed(given)) == meant[::-1]


def test_a_date_that_can_be_read_both_ways_names_both_days():
    (row,) = read(as_csv({**ACTION, "happened_on": "1/12/2014 10:32:45"}))
    sentence = intake.error_sentence(row.errors[0], "fr")
    assert "1er décembre 2014 ou 12 janvier 2014" in sentence


def test_the_rest_of_a_long_column_is_read_before_its_first_cell_is_decided():
    days = ["01/12/2014"] * 3_000 + ["01/25/2014"]
    assert column(*days) == ["2014-01-12"] * 3_000 + ["2014-01-25"]


@given(
    texts=st.lists(
        st.text(max_size=20) | st.from_regex(r"[0-9]{1,2}[/.-][0-9]{1,2}[/.-]20[0-9]{2}")
    )
)
def test_any_text_is_a_day_or_a_refusal(texts):
    order = order_of(texts)
    for text in texts:
        try:
            date_interval(day_of(text, order))
        except InvalidValue as error:
            assert error.code in intake.CODES


@given(day=st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_a_day_comes_back_from_every_form_of_it(day):
    forms = ["%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%Y/%m/%d", "%Y-%m-%dT%H:%M:%S"]
    found = {day_of(day.strftime(form), Order.DAY_FIRST) for form in forms}
    found.add(day_of(f"{day.month}/{day.day}/{day.year}", Order.MONTH_FIRST))
    assert found == {day.isoformat()}


def test_a_file_of_titles_only_has_no_rows_and_no_fault():
    assert read(as_csv(ACTION).split(b"\r\n")[0]) == []


@pytest.mark.parametrize(
    ("at", "day"),
    [
        ("2026-11-26T10:00:00+00:00", "2026-11-26"),
        ("2026-11-26T10:00:01+00:00", "2026-11-27"),
        ("2026-11-26T23:30:00+00:00", "2026-11-27"),
        ("2026-11-27T10:30:00+11:00", "2026-11-27"),
    ],
)
def test_a_day_has_begun_once_it_has_anywhere_on_earth(at, day):
    assert latest_day(datetime.fromisoformat(at)) == date.fromisoformat(day)
    assert latest_day(datetime.fromisoformat(at).astimezone(UTC)) == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("16 mars 2024", "2024-03-16"),
        ("mars 2024", "2024-03"),
        ("03/2024", "2024-03"),
        ("2024", "2024"),
        ("16.03.2024", "2024-03-16"),
        ("2019-7-10", "2019-07-10"),
        ("2014-01-12 10:32:45", "2014-01-12"),
    ],
)
def test_a_day_is_taken_as_teams_write_it(written, day):
    assert day_of(written) == day
