"""A pact.toml: what it may say, what it may become once people have signed, and that whatever is taken
can be read again."""

import re
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monitor import commands, indicators, intake, status
from monitor.commands.loading import file_in_memory
from monitor.export.files import pact_as_dict
from monitor.snapshot import Snapshots
from monitor.store.pacts_and_areas import PACT_COLUMNS, current_pact, pact_from_row
from monitor.store.subjects import LATER_OF_PACTS
from tests.support.clock import NOW
from tests.support.pacts import GOOD, PACT, another, load
from tests.support.size import pick_amount

ENGINES = ("sqlite", "postgres")
OFFICES = 'binding_offices = ["mayor"]'
SIGNED = "signatory_id,name,commune\nx,X Y,01004\n"


def codes(text: str | bytes) -> list[str]:
    content = text if isinstance(text, bytes) else text.encode()
    return [error.code for error in intake.read_pact(content)[1]]


def figures(store, pact: str):
    """What a page and `indicators` read of a pact."""
    log = Snapshots(store).current().log(pact)
    return indicators.indicator_table(
        status.fold(status.what_is_known(log), date(2020, 7, 5)), None
    )


@pytest.mark.parametrize(
    ("before", "after", "code", "column"),
    [
        (OFFICES, "binding_offices = []", "no_offices", "binding_offices"),
        (
            "election_on = 2014-03-30",
            "election_on = 0014-03-30",
            "year_out_of_range",
            "election_on",
        ),
        ("term_start = 2014-03-30", "term_start = 1800-03-30", "year_out_of_range", "term_start"),
        ("term_end = 2020-07-05", "term_end = 9999-12-31", "year_out_of_range", "term_end"),
        ("election_on = 2014-03-30", "election_on = 2014-03-31", "term_order", "election_on"),
        ("fictional = false", f"fictional = 0x{'f' * 9000}", "wrong_type", "fictional"),
    ],
)
def test_what_a_pact_cannot_say_is_named(before, after, code, column):
    _, errors = intake.read_pact(GOOD.replace(before, after, 1).encode())
    assert (code, column) in [(error.code, error.column) for error in errors]


@pytest.mark.parametrize(
    ("key", "value", "day"),
    [
        ("term_end", '"2029-06"', "2029-06-30"),
        ("term_end", "2029", "2029-12-31"),
        ("term_start", '"mars 2014"', "2014-03-01"),
        ("election_on", '"30/03/2014"', "2014-03-30"),
        ("election_on", '"2014-03-30"', "2014-03-30"),
        ("term_end", '"un jour"', None),
    ],
)
def test_a_day_that_is_none_is_answered_with_the_one_that_may_be_meant(key, value, day):
    written = re.sub(rf"^{key} = .*$", f"{key} = {value}", GOOD, count=1, flags=re.MULTILINE)
    _, (error,) = intake.read_pact(written.encode())
    assert (error.code, error.column) == ("wrong_type", key)
    sentence = intake.error_sentence(error, "fr", "pact")
    assert (f"date\u00a0: {day}" if day else "(date)") in sentence


@pytest.mark.parametrize("content", ["a = " + "[" * 3000, "a = " + "9" * 9000, "a = 2014-02-31"])
def test_what_no_reader_of_toml_takes_is_a_sentence_and_no_traceback(content):
    assert codes(content) == ["not_toml"]


def test_a_pact_in_another_encoding_is_asked_for_in_utf_8():
    _, (error,) = intake.read_pact(GOOD.encode("latin-1"))
    assert error.code == "pact_not_utf8"
    assert "CSV" not in intake.error_sentence(error, "fr", "pact")


def test_an_optional_text_that_is_empty_is_as_if_it_were_not_there():
    pact, _ = intake.read_pact(another(question='""', licence='" "').encode())
    assert (pact.question, pact.licence) == (None, None)


def test_the_reason_names_a_key_and_not_a_column():
    _, (error,) = intake.read_pact(another(language='"allemand"').encode())
    assert intake.error_sentence(error, "fr", "pact").startswith("clé «\u00a0language\u00a0»")


def test_a_log_with_a_pact_that_binds_no_office_is_read_as_if_it_bound_the_mayor(store):
    row = ["T", None, "P", "E", "2014-03-30", "2014-03-30", "2020-07-05", "fr", 0, "", "L", "[]"]
    row += [None] * len(LATER_OF_PACTS)
    assert len(row) == len(PACT_COLUMNS.split(","))
    assert pact_from_row("p", row).binding_offices == ("mayor",)


@pytest.mark.parametrize(
    ("line", "offices", "are_said"),
    [
        (OFFICES, ("mayor",), True),
        ("", ("mayor",), False),
        ('binding_offices = ["deputy_mayor"]', ("deputy_mayor",), True),
    ],
)
def test_a_pact_that_does_not_say_its_offices_is_doubted_and_stays_so(
    store, line, offices, are_said
):
    text = another().replace(OFFICES, line)
    report = load(store, text)
    assert [doubt.code for doubt in report.doubts] == ["no_offices_said"] * (not are_said)
    assert load(store, text).outcomes == {"unchanged": 1}
    pact = Snapshots(store).current().log("other").pact
    assert (pact.binding_offices, pact.offices_said) == (offices, are_said)
    assert ("binding_offices" in pact_as_dict(pact)) is are_said


ODD = st.sampled_from(
    [
        '""',
        '" "',
        '"x"',
        '"=1"',
        '"a\\nb"',
        '"é;,\\u200b"',
        "0",
        "-1",
        "true",
        "false",
        "1.5",
        "inf",
        "[]",
        '["mayor"]',
        '["mayor", "mayor"]',
        '["deputy_mayor", "mayor"]',
        "[[]]",
        "{}",
        "1900-01-01",
        "2014-03-30",
        "2199-12-31",
        "0001-01-01",
        "9999-12-31",
        "2014-03-30T00:00:00",
        "00:00:00",
        f'"{"x" * 2001}"',
    ]
)
KEYS = (
    "title",
    "question",
    "promoter",
    "election",
    "election_on",
    "term_start",
    "term_end",
    "language",
    "fictional",
    "binding_offices",
    "licence",
    "objective",
    "title_fr",
)


@pytest.mark.sqlite
@settings(
    max_examples=pick_amount(60, 25), suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(changes=st.dictionaries(st.sampled_from(KEYS), ODD, max_size=3))
def test_whatever_pact_is_taken_everything_can_be_read_again(store, changes):
    text = another(**changes)
    if load(store, text).loaded:
        with store.reading() as session:
            assert current_pact(session, "other")[1] == intake.read_pact(text.encode())[0]
        assert len(figures(store, "other")) == 1
    assert len(figures(store, PACT)) == 1


@pytest.mark.parametrize("is_now", ["true", "false"])
def test_a_pact_that_somebody_signed_neither_loses_nor_gains_its_mark_of_fiction(store, is_now):
    load(store, another(fictional="false" if is_now == "true" else "true"))
    commands.load(
        store, "signatories", file_in_memory(SIGNED), pact_id="other", name="f.csv", now=NOW
    )
    report = load(store, another(fictional=is_now))
    assert [error.code for error in report.errors] == ["fictional_changed"]
    assert not report.loaded


def test_a_pact_that_nobody_signed_yet_may_be_marked_as_fictional(store):
    load(store, another())
    assert load(store, another(fictional="true")).outcomes == {"corrected": 1}


def test_the_command_line_and_the_pages_choose_the_same_pact(empty):
    load(empty, another(name="one", fictional="true"))
    load(empty, another(name="two"))
    load(empty, another(name="three"))
    load(empty, another(name="one"))
    load(empty, another(name="two", fictional="true"))
    current = Snapshots(empty).current()
    assert current.log(None).pact.id == current.default_pact() == "one"


#: The same measures, two of which have each other's number; and one before the others.
SWAPPED = GOOD.replace('id = "1"', 'id = "_"').replace('id = "2"', 'id = "1"').replace('"_"', '"2"')
SHIFTED = GOOD.replace('id = "3"', 'id = "4"').replace('id = "2"', 'id = "3"')


@pytest.mark.parametrize("renumbered", [SWAPPED, SHIFTED])
def test_no_measure_of_a_signed_pact_gets_the_number_of_another(store, renumbered):
    report = load(store, renumbered)
    assert not report.loaded and "measure_renumbered" in [one.code for one in report.errors]


def test_a_measure_that_is_reworded_is_said_with_both_its_wordings(store):
    report = load(store, GOOD.replace("Faire des aspects", "Refaire des aspects", 1))
    (doubt,) = report.doubts
    assert report.loaded and (doubt.code, doubt.value) == ("measure_reworded", "2")
    sentence = intake.error_sentence(doubt, "fr")
    assert (
        "« Faire des aspects" in sentence.replace("\u00a0", " ")
        and "Refaire des aspects" in sentence
    )


def test_a_pact_that_nobody_has_signed_may_be_numbered_anew(empty):
    load(empty, GOOD)
    report = load(empty, SWAPPED)
    assert report.loaded and not report.doubts


@pytest.mark.parametrize("tag", ["fr", "oc", "pt-BR", "zh-Hant-TW", "fr-CA", "ca-valencia", "uk"])
@pytest.mark.sqlite
def test_a_pact_may_be_in_any_language(store, tag):
    assert load(store, another(language=f'"{tag}"')).loaded
    with store.reading() as session:
        found = current_pact(session, "other")
    assert found is not None and found[1].language == tag


@pytest.mark.parametrize("text", ["français", "french", "fr_FR", "f", "", "fr-"])
def test_what_is_no_language_is_refused(text):
    wrong = codes(another(language=f'"{text}"'))
    assert wrong == ["malformed_language" if text else "required"]


OWN = "code,name\n66023,Montréal\nx,Ailleurs\n"
IN_MONTREAL = "signatory_id,name,commune\nx,X Y,66023\n"


def load_rows(store, content: str, text: str):
    return commands.load(
        store, content, file_in_memory(text), pact_id="other", name="f.csv", now=NOW
    )


def test_codes_of_a_pact_s_own_never_meet_those_of_communes(store):
    text = another().replace("[[measures]]", 'areas = "own"\n[[measures]]', 1)
    assert load(store, text).loaded
    assert load_rows(store, "areas", OWN).loaded
    assert load_rows(store, "signatories", IN_MONTREAL).loaded
    refused = load_rows(store, "signatories", "signatory_id,name,commune\ny,Y Z,69123\n")
    assert [error.column for error in refused.errors] == ["commune"]
    log = Snapshots(store).current().log("other")
    known = status.what_is_known(log)
    assert log.areas["name"].to_dict() == {"66023": "Montréal", "x": "Ailleurs"}
    assert known.signatories["commune_name"].tolist() == ["Montréal"]
    assert [error.code for error in load(store, another()).errors] == ["areas_changed"]


def test_a_place_that_has_the_code_of_a_commune_is_refused_with_both_names(store):
    assert load(store, another()).loaded
    (error,) = load_rows(store, "areas", OWN).errors
    sentence = intake.error_sentence(error, "fr")
    assert (
        error.code == "packaged_commune" and "Montréal" in sentence and "Bouleternère" in sentence
    )
    assert 'areas = "own"' in sentence  # the way out for places that are no communes


DUE = 'due_on = "2018-01-01"\n'
FIRST = '[[measures]]\nid = "1"\n'


@pytest.mark.parametrize(
    ("before", "after", "measures", "was", "would"),
    [
        ({}, {"term_end": "2021-01-01"}, "1, 2, 3", "5 juillet 2020", "1er janvier 2021"),
        ({"due": DUE}, {"due": DUE, "term_end": "2021-01-01"}, "2, 3", "5 juillet 2020", "2021"),
        ({}, {"due": DUE}, "1", "5 juillet 2020", "1er janvier 2018"),
        ({"due": DUE}, {"due": DUE.replace("2018", "2019")}, "1", "1er janvier 2018", "2019"),
        ({"due": DUE}, {"due": 'due_on = "2018-02"\n'}, "1", "1er janvier 2018", "2018-02"),
        ({"due": DUE}, {}, "1", "1er janvier 2018", "5 juillet 2020"),
        ({"due": DUE}, {"due": DUE}, None, "", ""),
        ({}, {"promoter": '"Un autre"'}, None, "", ""),
    ],
)
def test_a_signed_measure_that_is_due_on_another_day_is_said(
    store, before, after, measures, was, would
):
    def text_of(due: str = "", **changes: str) -> str:
        return another(name=PACT, **changes).replace(FIRST, FIRST + due, 1)

    assert load(store, text_of(**before)).loaded
    report = load(store, text_of(**after))
    found = [one for one in report.doubts if one.code == "due_moved"]
    assert report.loaded and [one.value for one in found] == ([measures] if measures else [])
    for doubt in found:
        sentence = intake.error_sentence(doubt, "fr").replace("\u00a0", " ")
        assert f"L’échéance était : {was}" in sentence and would in sentence
        assert "The due date was:" in intake.error_sentence(doubt, "en")


@pytest.mark.parametrize(
    ("measure", "old", "new", "said"),
    [
        (1, "La ville a créé", "La ville a financé", True),
        (2, "Un acte de la ville", "Deux actes de la ville", True),
        (1, "The city has created", "The city has funded", False),
        (1, "Innovation sociale", "Innovation", False),
    ],
)
def test_a_criterion_that_changes_after_assessments_by_it_is_said(store, measure, old, new, said):
    assert old in GOOD
    report = load(store, GOOD.replace(old, new, 1))
    found = [one for one in report.doubts if one.code == "criterion_changed"]
    assert report.loaded and [one.value for one in found] == ([str(measure)] if said else [])
    for doubt in found:
        for lang in ("fr", "en"):
            sentence = intake.error_sentence(doubt, lang)
            assert old in sentence and new in sentence and dict(doubt.values)["n"] in sentence


def test_a_pact_that_nobody_has_signed_is_corrected_in_silence(empty):
    text = another(name="other", fictional="true")
    assert load(empty, text).loaded
    changed = text.replace("La ville a créé", "La ville a financé", 1).replace(
        FIRST, FIRST + DUE, 1
    )
    assert load(empty, changed).doubts == []
