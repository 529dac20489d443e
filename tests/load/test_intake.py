"""Files from people: what is taken, and what is refused with a sentence that says what to do."""

import gzip
import io
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor import intake
from monitor.intake import CODES, COLUMNS, REQUIRED
from monitor.intake.cells import clean_cell
from monitor.intake.encoding import is_misdecoded
from monitor.intake.files import Table
from monitor.tables import safe_cell
from tests.support.file_rows import (
    ACTION,
    AREA,
    MANDATE,
    ROWS,
    SIGNATORY,
    as_csv,
    codes,
    read,
    value,
)


@pytest.mark.parametrize("kind", ROWS)
def test_a_good_row_of_each_kind_is_taken(kind):
    (row,) = read(as_csv(ROWS[kind]), kind)
    assert row.errors == ()
    assert [v for v in row.values if v] == [
        ROWS[kind][name] for name in COLUMNS[kind] if ROWS[kind].get(name)
    ]


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "cp1252"],
)
@pytest.mark.parametrize("separator", [",", ";"])
def test_every_usual_encoding_and_separator_is_read(encoding, separator):
    content = as_csv(SIGNATORY, separator=separator, encoding=encoding)
    assert value(content, "name", "signatories") == "Zoé Œuvrard"


def test_columns_may_come_in_any_order():
    content = as_csv(ACTION, columns=sorted(ACTION, reverse=True))
    assert value(content, "status") == "decided"


def test_the_columns_of_a_rejects_file_are_ignored():
    assert codes(as_csv({"rejected_line": "7", "rejected_reason": "…", **ACTION})) == []


def test_empty_columns_and_lines_at_the_end_are_ignored():
    content = as_csv(ACTION).replace(b"\r\n", b",,\r\n") + b"\r\n,,,\r\n"
    assert codes(content) == []


REFUSED_FILES = {
    "an empty file": (b"", "empty_file"),
    "only a mark": (b"\xef\xbb\xbf\r\n", "empty_file"),
    "a mark of UTF-16 only": (b"\xff\xfe", "empty_file"),
    "blanks only": (b" \n\xc2\xa0 ,\n", "empty_file"),
    "a PDF renamed": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "not_a_table"),
    "a picture": (b"\x89PNG\r\n\x1a\n0000", "not_a_table"),
    "a NUL": (as_csv(ACTION).replace(b"Titre", b"Ti\0re"), "control_character"),
    "no encoding": (as_csv(ACTION).replace(b"Titre", b"\x81\x8d"), "unreadable_encoding"),
    "odd UTF-16": (b"\xff\xfea\x00b", "unreadable_encoding"),
    "an unterminated quote": (
        as_csv(ACTION).replace(b"Un acte", b'"Un acte'),
        "unterminated_quote",
    ),
    "a text after a quoted cell": (
        as_csv(ACTION).replace(b"Un acte", b'"Un" acte'),
        "stray_quote",
    ),
    "a blank after a quoted cell": (as_csv(ACTION).replace(b"a1", b'"a1" '), "stray_quote"),
    "a blank after a quoted title": (b'"action_id" ,measure\n1,2\n', "stray_quote"),
    "gzip": (gzip.compress(as_csv(ACTION)), "not_text"),
    "7z": (b"7z\xbc\xaf\x27\x1c\0\x04\x8d\x9b", "not_text"),
    "UTF-16 without its mark": (as_csv(ACTION, encoding="utf-16-le"), "not_text"),
    "UTF-32": (as_csv(ACTION, encoding="utf-32"), "not_text"),
    "any bytes": (bytes(range(256)) * 4, "not_text"),
    "an old workbook": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), "other_workbook"),
    "tabs": (as_csv(ACTION, separator="\t"), "tab_separated"),
    "bars": (as_csv(ACTION, separator="|"), "wrong_separator"),
    "what tells Excel the separator": (
        b"sep=;\n" + as_csv(ACTION, separator=";"),
        "separator_line",
    ),
    "a title above titles that nobody knows": (
        b"Liste;;;\n\xc3\xa9t\xc3\xa9;Jour;x\n1;2;3\n",
        "unknown_column",
    ),
    "a column without a title": (b"action_id,,measure\n1,2,3\n", "untitled_column"),
    "a duplicate column": (b"action_id,action_id\n1,2\n", "duplicate_column"),
    "an unknown column": (as_csv({**ACTION, "couleur": "x"}), "unknown_column"),
    "a missing column": (
        as_csv({k: v for k, v in ACTION.items() if k != "measure"}),
        "missing_column",
    ),
    "a broken XLSX": (b"PK\x03\x04 and nothing else", "xlsx_damaged"),
}


@pytest.mark.parametrize(("content", "code"), REFUSED_FILES.values(), ids=REFUSED_FILES.keys())
def test_a_file_that_cannot_be_read_is_refused_as_a_whole(content, code):
    rows = read(content)
    assert code in [error.code for error in rows[-1].errors]
    assert all(row.errors for row in rows)


def test_a_reading_may_be_given_up_after_its_file_was_closed():
    file = io.BytesIO(as_csv(ACTION, ACTION))
    lines = iter(Table(file))
    next(lines)
    file.close()
    lines.close()


def test_a_cell_of_a_million_characters_is_refused():
    assert codes(as_csv({**ACTION, "summary": "x" * 10**6})) == ["too_long"]


REFUSED_ACTIONS = {
    "ragged row": ({}, "ragged_row"),
    "no measure": ({"measure": ""}, "required"),
    "unknown signatory": ({"signatory_id": "nobody"}, "unknown_signatory"),
    "unknown measure": ({"measure": "9"}, "unknown_measure"),
    "unknown status": ({"status": "whatever"}, "unknown_status"),
    "a derived status": ({"status": "not_assessed"}, "status_needed"),
    "unknown kind": ({"kind": "promise"}, "unknown_code"),
    "unknown source": ({"source_kind": "rumour"}, "unknown_code"),
    "no source": ({"source_kind": "", "source_title": "", "source_url": ""}, "evidence_needed"),
    "a source without title or address": (
        {"source_title": "", "source_url": ""},
        "evidence_needed",
    ),
    "a search without where": (
        {"status": "no_evidence", "summary": "", "source_kind": ""},
        "search_needed",
    ),
    "an assessment without a status": ({"status": ""}, "status_needed"),
    "a note with a status": ({"kind": "note"}, "status_not_allowed"),
    "an empty note": ({"kind": "note", "status": "", "summary": ""}, "summary_needed"),
    "a retraction of nothing": (
        {"kind": "retraction", "status": "", "reason": "x", "supersedes": ""},
        "target_needed",
    ),
    "a correction without a reason": ({"supersedes": "a0"}, "reason_needed"),
    "a correction of itself": ({"supersedes": "a1", "reason": "x"}, "supersedes_itself"),
    "31 February": ({"happened_on": "2016-02-31"}, "no_such_day"),
    "month 13": ({"happened_on": "2016-13"}, "no_such_day"),
    "the year 18": ({"happened_on": "0018-05-01"}, "year_out_of_range"),
    "no date": ({"happened_on": "au printemps 2016"}, "vague_date"),
    "a compact date": ({"happened_on": "20160216"}, "not_a_date"),
    "tomorrow": ({"happened_on": "2026-03-03"}, "future_date"),
    "next month": ({"happened_on": "2026-04"}, "future_date"),
    "a script": ({"source_url": "javascript:alert(1)"}, "url_scheme"),
    "a data address": ({"archive_url": "data:text/html,x"}, "url_scheme"),
    "a password": ({"source_url": "https://me:secret@exemple.invalid/"}, "url_password"),
    "an address with a space": ({"source_url": "https://exemple.invalid/a b"}, "url_malformed"),
    "an address without a site": ({"source_url": "https:///x"}, "url_malformed"),
    "an impossible port": ({"source_url": "https://exemple.invalid:99999/"}, "url_malformed"),
    "an escape character": ({"summary": "a\x1bb"}, "control_character"),
    "a line break in a title": ({"source_title": "a\nb"}, "line_break"),
    "a reversed name": ({"summary": "abc\u202edef"}, "direction_character"),
    "an isolate": ({"source_title": "abc\u2066def"}, "direction_character"),
    "2,001 characters": ({"quote": "x" * 2001}, "too_long"),
    "an id with a space": ({"action_id": "a 1"}, "malformed_id"),
    "an id with a formula": ({"action_id": "=1+1"}, "malformed_id"),
    "an id of 101 characters": ({"action_id": "x" * 101}, "malformed_id"),
}


@pytest.mark.parametrize(("change", "code"), REFUSED_ACTIONS.values(), ids=REFUSED_ACTIONS.keys())
def test_a_bad_action_is_refused_where_it_is(change, code):
    content = as_csv({**ACTION, **change})
    if not change:
        content = content.rstrip() + b",one,two,too,many\r\n"
    (row,) = read(content)
    assert row.line == 2
    assert code in [error.code for error in row.errors]
    assert row.raw is not None


REFUSED_SIGNATORIES = {
    "an unknown code": ({"commune": "99999"}, "no_such_commune", "insee.fr"),
    "a slip in a code": ({"commune": "69305"}, "unknown_commune", "39305 (La Loye"),
    "a name for a code": ({"commune": "Marsielle"}, "commune_name", "13055 (Marseille"),
    "a name like no other": ({"commune": "Qzzwxk"}, "no_such_name", "69123"),
    "a name of several": ({"commune": "Saint-Denis"}, "several_communes", "93066 (Saint-Denis"),
    "a lost zero": ({"commune": "1004"}, "lost_zero", "01004"),
    "a lost zero of a retired code": ({"commune": "1340"}, "lost_zero_retired", "Écrivez 01015"),
    "a number that lost its zero": ({"commune": "1004.0"}, "lost_zero", "01004"),
    "a number for a code": ({"commune": "59350,0"}, "decimal_code", "59350 (Lille)"),
    "unknown outcome": ({"outcome": "popular"}, "unknown_code", "elected"),
    "unknown measure": ({"measures": "1;9"}, "unknown_measure", "1, 2, 3"),
    "a measure twice": ({"measures": "1;1"}, "duplicate_measure", "deux fois"),
    "due in a year before the election": ({"due_on": "2013"}, "due_out_of_term", "30 mars 2014"),
    "due before the election": ({"due_on": "2014-01-01"}, "due_out_of_term", "30 mars 2014"),
}


@pytest.mark.parametrize(
    ("change", "code", "expected"), REFUSED_SIGNATORIES.values(), ids=REFUSED_SIGNATORIES.keys()
)
def test_a_bad_signatory_is_refused_and_told_what_to_do(change, code, expected):
    (row,) = read(as_csv({**SIGNATORY, **change}), "signatories")
    (error,) = row.errors
    assert error.code == code
    assert expected in intake.error_sentence(error, "fr")
    assert "– " not in intake.error_sentence(error, "fr")


def test_near_names_are_proposed_for_so_many_rows_and_the_rest_is_quick():
    names = [
        {**SIGNATORY, "signatory_id": f"s{n}", "commune": f"Vile {n % 300}"} for n in range(900)
    ]
    found = Counter(code for code in codes(as_csv(*names), "signatories"))
    assert found == {"commune_name": 600, "no_such_name": 300}


REFUSED_MANDATES = {
    "it ends before it starts": ({"ended_on": "2013"}, "ends_before_start"),
    "a reason without an end": ({"end_reason": "death"}, "end_reason_without_end"),
    "an unknown office": ({"office": "king"}, "unknown_office"),
    "it starts tomorrow": ({"started_on": "2026-12-04"}, "future_date"),
}


@pytest.mark.parametrize(("change", "code"), REFUSED_MANDATES.values(), ids=REFUSED_MANDATES.keys())
def test_a_bad_mandate_is_refused(change, code):
    assert codes(as_csv({**MANDATE, **change}), "mandates") == [code]


def test_a_mandate_that_comes_twice_is_named_as_what_it_is():
    twice = as_csv(MANDATE, {**MANDATE, "started_on": "2014"}, MANDATE)
    (error,) = [error for row in read(twice, "mandates") for error in row.errors]
    assert (error.line, error.code, error.values) == (4, "duplicate_mandate", (("first", "2"),))


@pytest.mark.parametrize("number", ["many", "-1", "1e5", "1 00"])
def test_a_population_that_is_no_number_is_refused(number):
    assert codes(as_csv({**AREA, "population": number}), "areas") == ["not_a_number"]


def test_a_row_may_have_several_faults_and_stops_no_other():
    rows = read(
        as_csv({**ACTION, "measure": "9", "happened_on": "x"}, {**ACTION, "action_id": "b"})
    )
    assert [error.column for error in rows[0].errors] == ["measure", "happened_on"]
    assert rows[1].errors == ()


def test_a_duplicate_id_names_the_first_line():
    rows = read(as_csv(ACTION, {**ACTION, "action_id": "b"}, ACTION))
    (error,) = rows[2].errors
    assert (error.line, error.code, error.values) == (4, "duplicate_id", (("first", "2"),))


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("2016", "2016"),
        ("2016-02", "2016-02"),
        ("2016-02-16", "2016-02-16"),
        ("16/02/2016", "2016-02-16"),
        ("6/2/2016", "2016-02-06"),
        ("2026", "2026"),
    ],
)
def test_a_date_is_as_precise_as_it_is_given(given, meant):
    assert value(as_csv({**ACTION, "happened_on": given}), "happened_on") == meant


def test_a_cell_like_a_formula_is_kept_as_text():
    formula = '=HYPERLINK("https://exemple.invalid","clic")'
    assert value(as_csv({**ACTION, "summary": formula}), "summary") == formula


@pytest.mark.parametrize("text", ["=1+1", "+33", "-5 %", "@home", "'quoted", "plain"])
def test_what_an_export_protects_comes_back_the_same(text):
    assert clean_cell(safe_cell(text)) == text


@given(st.text("'=+-@ \t\rx", max_size=6))
def test_what_is_taken_from_a_cell_comes_back_from_an_export_the_same(cell):
    assert clean_cell(safe_cell(clean_cell(cell))) == clean_cell(cell)


def test_a_note_is_what_an_action_without_a_status_is():
    content = as_csv({**ACTION, "kind": "", "status": ""})
    assert value(content, "kind") == "note"


def test_text_is_composed_and_its_ends_of_lines_are_plain():
    content = as_csv({**ACTION, "summary": "e\u0301te\u0301\r\nsuite\tfin"})
    assert value(content, "summary") == "été\nsuite fin"


def test_a_code_in_lower_case_is_put_right():
    assert value(as_csv({**SIGNATORY, "commune": "2a004"}), "commune", "signatories") == "2A004"


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_code_has_a_sentence(code, lang):
    names = "character limit size known cells columns first today last start lowest highest near "
    names += "name new code wanted length n row separator signatory measure entries end before "
    names += "by moved on why tags found sheet mark title"
    values = (*((name, "v") for name in names.split()), ("held", "2014-04/.."))
    values += (("status", "decided"), ("likely", "decided"))
    error = intake.RowError(7, "status", "x", code, values)
    assert intake.error_sentence(error, lang).endswith((".", "].", "»."))


@pytest.mark.parametrize("kind", ROWS)
@given(content=st.binary(max_size=400))
def test_any_bytes_give_rows_or_reasons_and_never_an_exception(kind, content):
    for row in read(content, kind):
        assert row.errors or len(row.values) == len(COLUMNS[kind])


@given(content=st.text(max_size=300), encoding=st.sampled_from(["utf-8", "utf-16", "cp1252"]))
def test_any_text_under_a_good_header_gives_rows_or_reasons(content, encoding):
    header = ",".join(COLUMNS["actions"])
    for row in read(f"{header}\n{content}".encode(encoding, "ignore")):
        assert row.errors or row.values


def plain(text: str) -> bool:
    """Whether no other reading of the text's bytes is as good."""
    return not is_misdecoded(text) and (text.isascii() or not is_utf8(text.encode("cp1252")))


def is_utf8(content: bytes) -> bool:
    try:
        return bool(content.decode("utf-8"))
    except UnicodeDecodeError:
        return False


TEXTS = (
    st.text(
        st.characters(
            codec="cp1252", exclude_categories=["Cc", "Cf", "Cs"], exclude_characters="Ãâ"
        ),
        max_size=60,
    )
    .filter(plain)
    .map(str.strip)
)


@given(
    texts=st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=5),
    separator=st.sampled_from([",", ";"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]),
    columns=st.permutations(list(ACTION)),
)
def test_what_was_written_is_what_is_read(texts, separator, encoding, columns):
    rows = [
        {
            **ACTION,
            "action_id": f"a{n}",
            "summary": safe_cell(summary),
            "source_title": safe_cell(title),
        }
        for n, (summary, title) in enumerate(texts)
    ]
    found = read(as_csv(*rows, separator=separator, encoding=encoding, columns=columns))
    place = [COLUMNS["actions"].index(name) for name in ("summary", "source_title")]
    assert [tuple(row.values[p] or "" for p in place) for row in found] == [
        tuple(clean_cell(safe_cell(text)) for text in pair) for pair in texts
    ]


def test_required_columns_are_columns():
    assert all(REQUIRED[kind] <= set(COLUMNS[kind]) for kind in COLUMNS)
