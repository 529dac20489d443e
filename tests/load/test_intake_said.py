"""Files from people: where a fault is, and in which words it is told."""

import re

import pytest

from monitor import i18n, intake
from monitor.findings import Doubt, RowError
from monitor.intake.cells import abbreviate_cell
from tests.support.file_rows import ACTION, AREA, SIGNATORY, as_csv, codes, read, value


@pytest.mark.parametrize("title", ["Measure", "MEASURE", " measure ", "mea\u200bsure", "N° mesure"])
def test_a_title_in_another_spelling_is_taken(title):
    content = as_csv({title: "1", **{k: v for k, v in ACTION.items() if k != "measure"}})
    assert codes(content) == []


@pytest.mark.parametrize("encoding", ["cp850", "mac_roman"])
@pytest.mark.parametrize("name", ["François Hélène", "Zoé Dupont", "Anne Châtelêt", "L’Hôpital"])
def test_a_file_saved_for_another_system_is_not_taken_for_cp1252(name, encoding):
    content = as_csv({**SIGNATORY, "name": name}).decode().encode(encoding, "replace")
    assert set(codes(content, "signatories")) & {"mojibake", "unreadable_encoding"}


@pytest.mark.parametrize(
    "text",
    [
        "l’action",
        "aujourd’hui",
        "Qu’il",
        "de 2014 à Paris",
        "À Paris",
        "« oui »",
        "la suite…",
        "un cœur",
        "n° 12",
        "de 2014 – 2020",
        "10 €",
        "École",
        "la mairie d’Oullins",
    ],
)
@pytest.mark.parametrize("end", ["\r", "\n"])
def test_what_is_written_for_macintosh_without_a_small_accent_is_refused(text, end):
    content = as_csv({**ACTION, "summary": text}, {**ACTION, "action_id": "b"}).decode()
    content = content.replace("\r\n", "\n").replace("\n", end).encode("mac_roman")
    assert codes(content) == ["mojibake"]
    assert "CSV UTF-8" in intake.error_sentence(read(content)[0].errors[0], "fr")


@pytest.mark.parametrize(
    "text",
    [
        "d’École",
        "l’écran",
        "l’État",
        "Qu’à cela",
        "aujourd’hui, d’être",
        "qu’ôte",
        "l’ère",
        "Paris–Évry",
        "2014–2020",
        "de Lyon–Vaise",
    ],
)
def test_what_is_written_for_macintosh_is_refused_where_it_is_valid_utf_8_by_chance(text):
    """’ and É together are the bytes of an Armenian letter, – and É those of a Cyrillic one."""
    assert set(codes(as_csv({**ACTION, "summary": text}).decode().encode("mac_roman"))) & {
        "mojibake",
        "unreadable_encoding",
    }


@pytest.mark.parametrize("text", ["LIBERTÉ\u00a0: oui", "OÙ\u00a0?"])
def test_a_capital_before_a_no_break_space_is_read_as_cp1252(text):
    """Together they are the bytes of one letter that no French word has."""
    (row,) = read(as_csv({**ACTION, "summary": text}, encoding="cp1252"))
    assert (row.values[6], row.errors) == (text, ())


@pytest.mark.parametrize(
    "text",
    [
        "Հայաստան",
        "Ծրագիր Mayor Երևան",
        "A. Հակոբյան",
        "МВД Париж",
        "iОS",
        "Мaire",
        "СО2",
        "NIŠ",
        "β-carotene",
        "١٠ O٠",
        "ɠ",
    ],
)
def test_a_text_in_another_script_is_read_as_it_is(text):
    (row,) = read(as_csv({**ACTION, "summary": text}))
    assert (row.values[6], row.errors) == (text, ())


@pytest.mark.parametrize(
    "text",
    [
        "il dit“oui”à tous",
        "une ville“verte”",
        "h“tel",
        "la “ville",
        "ville” de",
        "l“eau”",
        "“ville verte”pour",
        "dit ‘oui’",
    ],
)
@pytest.mark.parametrize("end", ["\r", "\n", "\r\n"])
def test_quotation_marks_are_read_wherever_they_stand_in_a_file_that_is_surely_in_cp1252(text, end):
    content = as_csv({**ACTION, "summary": text}, {**ACTION, "action_id": "b", "summary": "été"})
    content = content.decode().replace("\r\n", "\n").replace("\n", end).encode("cp1252")
    assert [row.values[6] for row in read(content)] == [text, "été"] and codes(content) == []


@pytest.mark.parametrize(
    "name",
    [
        "Škoda Žižek",
        "CŒUR",
        "Manœuvre d’Œuvre",
        "la suite… puis",
        "mais…puis",
        "„Zitat“",
        "5 ‰",
        "Dupont†",
        "Saint–Étienne",
        "étudiant•e•s",
        "NOVAŠ",
        "Marque™",
        "“mot” ‘mot’",
        "€ ƒ ˆ",
        "È vero",
        "CAMÕES",
        "Luís Camões",
        "Ça ira",
        "ÇA IRA",
        "É",
        "ÉCOLE",
        "¡Olé",
        "NOËL",
        "Ïle",
        "Ûn",
    ],
)
def test_the_marks_of_cp1252_that_people_write_are_taken(name):
    content = as_csv({**SIGNATORY, "name": name}, encoding="cp1252")
    assert value(content, "name", "signatories") == name


def test_the_line_and_the_row_of_the_spreadsheet_are_said_where_they_differ():
    rows = [{**ACTION, "summary": "un\ndeux\ntrois"}, {**ACTION, "action_id": "b", "measure": "9"}]
    (error,) = [error for row in read(as_csv(*rows)) for error in row.errors]
    assert (error.line, error.row) == (5, 3)
    assert intake.error_sentence(error, "fr").startswith("ligne 5 (rangée 3 du tableur), colonne")
    assert intake.error_sentence(error, "en").startswith("line 5 (row 3 in a spreadsheet), column")


def test_a_row_with_too_many_cells_keeps_them_and_stops_no_other():
    content = as_csv(ACTION, {**ACTION, "action_id": "b"}).replace(b"Un acte", b"Un, acte", 1)
    first, second = read(content)
    assert [error.code for error in first.errors] == ["ragged_row"]
    assert (first.unreadable, first.surplus) == (False, (ACTION["source_url"],))
    assert first.raw is not None and first.raw[6:9] == ("Un", " acte", "press")
    assert not second.errors


def test_a_row_of_blanks_is_no_row():
    content = as_csv(ACTION).rstrip() + b"\r\n , ,\xc2\xa0\r\n" + b"," * 30 + b" \r\n"
    assert codes(content) == []


def test_a_report_repeats_nothing_that_a_terminal_would_obey():
    content = as_csv({**ACTION, "measure": "a\x1b[31m\x07\u202eb\nc"})
    (error,) = read(content)[0].errors[:1]
    assert error.value == "a\ufffd[31m\ufffd\ufffdb⏎c"


def test_limits_are_said_as_people_write_them():
    (long,) = read(as_csv({**ACTION, "summary": "x" * 2001}))[0].errors
    (many,) = read(as_csv({**AREA, "population": "9" * 12}), "areas")[0].errors
    assert "2\u202f000 caractères" in intake.error_sentence(long, "fr")
    assert "de 0 à 10 milliards" in intake.error_sentence(many, "fr")
    assert "0 to 10 billion" in intake.error_sentence(many, "en")


@pytest.mark.parametrize(("lang", "expected"), [("fr", "519\u202f127"), ("en", "519,127")])
def test_a_number_of_inhabitants_is_written_as_one_reads_it(lang, expected):
    doubt = Doubt(2, "population", "5", "population_far", (("reference", "519127"),))
    assert expected in intake.error_sentence(doubt, lang, "areas")


@pytest.mark.parametrize(
    ("first", "french", "english"),
    [
        ("2022", "2022 (x)", "2022 (x)"),
        ("2022-01", "janvier 2022 (x)", "January 2022 (x)"),
        ("2022-01-05", "5 janvier 2022 (x)", "5 January 2022 (x)"),
    ],
)
def test_the_first_entry_that_would_not_count_is_dated_as_precisely_as_it_is(
    first, french, english
):
    values = (("n", "2"), ("known", "a · 1"), ("id", "x"), ("first", first))
    doubt = Doubt(None, "", "", "facts_retracted", values)
    assert french in intake.error_sentence(doubt, "fr")
    assert english in intake.error_sentence(doubt, "en")


@pytest.mark.parametrize(
    ("changed", "code"), [({"status": "zzz"}, "partly_implemented"), ({"zz_z": "a"}, "source_url")]
)
def test_pages_say_what_is_possible_without_the_codes_that_commands_take(changed, code):
    (error,) = read(as_csv({**ACTION, **changed}))[0].errors
    told = [intake.error_sentence(error, "fr", "actions", with_codes=one) for one in (True, False)]
    assert code not in told[1] and "_" not in told[1].replace("zz_z", "")


def test_pages_say_a_long_title_once_and_in_full():
    title = "Publier chaque année " * 4 + "les critères"
    error = RowError(1, abbreviate_cell(title), title, "near_title", (("near", "A2"),))
    said = intake.error_sentence(error, "fr", "answers", with_codes=False)
    assert said.count("Publier chaque année") == 4 and title in said


#: What is wrong, or odd, with what a pact says of itself, and what fills the sentence.
OF_THE_PACT = [
    Doubt(None, "binding_offices", "", "no_offices_said"),
    Doubt(4, "happened_on", "2010", "fact_before_term", (("term_start", "2014-03-30"),)),
    Doubt(4, "ended_on", "2010", "mandate_before_term", (("term_start", "2014-03-30"),)),
    Doubt(4, "started_on", "2020-07-04", "mandate_of_next_term", (("term_end", "2020-07-05"),)),
    RowError(4, "office", "chef", "unknown_office", (("known", "maire"),)),
    RowError(None, "offices", "", "no_binding_office", (("known", "chef"),)),
]


@pytest.mark.parametrize("lang", i18n.LANGUAGES)
@pytest.mark.parametrize("found", OF_THE_PACT, ids=lambda one: one.code)
def test_a_page_names_the_sheets_of_a_workbook_where_a_command_names_the_keys_of_a_file(
    found, lang
):
    keys = re.compile(r"pact\.toml|\[\[|= |_on\b|_fr\b|term_|binding")
    said = {on_page: intake.error_reason(found, lang, on_page=on_page) for on_page in (False, True)}
    assert keys.search(said[False]) and not keys.search(said[True])
    assert re.search("[«“]", said[True]) and not re.search("[{}|]", "".join(said.values()))
