"""Words, numbers, addresses and codes of files: as people write them, or refused with what to write."""

import io
import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor import areas, i18n, intake
from monitor.errors import InvalidValue
from monitor.intake import Context
from monitor.intake.encoding import is_misdecoded
from monitor.intake.measures import Measures
from monitor.intake.numbers import check_number
from monitor.intake.vocabulary import CODED, SYNONYMS, code_of
from monitor.models import SIGNS, WRITABLE
from monitor.schema import FIELDS, Field, Type, plain_whole
from tests.support.file_rows import ACTION, AREA, CONTEXT, MANDATE, SIGNATORY, as_csv, read, value
from tests.support.workbooks import xlsx

ROWS = {
    "outcome": ("signatories", SIGNATORY),
    "office": ("mandates", MANDATE),
    "end_reason": ("mandates", {**MANDATE, "ended_on": "2015"}),
    "status": ("actions", ACTION),
    "source_kind": ("actions", ACTION),
    "kind": ("actions", ACTION),
}

POPULATION = next(one for one in FIELDS if one.name == "population")
WORDS = [
    (
        "outcome",
        "elected",
        ["Elected", "ELECTED", "élu", "élue", "Élus", "élu(e)", "élu·e", "elue"],
    ),
    ("outcome", "defeated", ["battu", "battue", "Battue", "battu(e)", "non élue", "not elected"]),
    ("outcome", "unknown", ["inconnu", "résultat inconnu", "result unknown", "outcome unknown"]),
    ("office", "mayor", ["Maire", "MAIRE", "Mayor"]),
    (
        "office",
        "deputy_mayor",
        [
            "maire-adjointe",
            "Maire adjoint",
            "adjointe au maire",
            "Deputy Mayor",
            "adjoint",
            "première adjointe",
            "adjoint(e) au maire",
        ],
    ),
    (
        "office",
        "opposition_councillor",
        [
            "conseillère d'opposition",
            "conseiller d’opposition",
            "conseiller(ère) d’opposition",
            "conseiller·ère d’opposition",
        ],
    ),
    (
        "status",
        "implemented",
        ["mis en œuvre", "Mise en oeuvre", "MISES EN ŒUVRE", "Réalisé", "Implemented"],
    ),
    (
        "status",
        "partly_implemented",
        ["partiellement mis en œuvre", "Partly implemented", "partly-implemented"],
    ),
    ("status", "in_progress", ["en cours", "In progress", "▶ en cours", "EN  COURS."]),
    ("status", "decided", ["décidé", "décidée", "DECIDE", "voté"]),
    ("status", "abandoned", ["abandonné", "abandonnée"]),
    ("status", "not_started", ["non commencé", "Not started"]),
    ("source_kind", "press", ["Presse", "presse", "Press"]),
    ("source_kind", "council_act", ["délibération", "council act or debate"]),
    (
        "end_reason",
        "resignation",
        ["démission", "Démission", "démissionnaire", "resigned", "resignation"],
    ),
]


@pytest.mark.parametrize(("column", "code", "words"), WORDS, ids=lambda one: str(one)[:20])
def test_a_word_is_the_code_that_it_means(column, code, words):
    kind, row = ROWS[column]
    assert {word: value(as_csv({**row, column: word}), column, kind) for word in words} == (
        dict.fromkeys(words, code)
    )


@pytest.mark.parametrize("lang", i18n.LANGUAGES)
@pytest.mark.parametrize("column", CODED)
def test_every_word_of_the_interface_is_taken(column, lang):
    for code in CODED[column]:
        word = i18n.text(f"{column}.{code}", lang)
        assert code_of(column, word) == code_of(column, word.upper()) == code


@pytest.mark.parametrize(
    ("column", "word"),
    [
        (column, mark.format(word))
        for column, word in (
            ("status", "mis en œuvre"),
            ("outcome", "élu"),
            ("office", "maire"),
            ("end_reason", "décès"),
        )
        for mark in (
            "{} ?",
            "{}?",
            "❌ {}",
            "✗ {}",
            "≠ {}",
            "≠{}",
            "[ ] {}",
            "☐ {}",
            "!{}",
            "~ {}",
            "-{}",
            "- {}",
            "→ {}",
            "0 {}",
            "? {}",
            "({} ?)",
            "{} !",
            "{} *",
            "✕ {}",
            "○ {}",
            "{} → ?",
        )
    ],
)
def test_a_word_beside_a_mark_that_doubts_or_denies_it_means_nothing(column, word):
    assert code_of(column, word) is None


@pytest.mark.parametrize(
    ("word", "code"),
    [
        *(("oui !", "yes"), ("Oui\u202f!", "yes"), ("NON !!", "no"), ("en partie!", "partly")),
        *(("oui ?!", None), ("! oui", None), ("!", None), ("oui ! non", None)),
    ],
)
def test_an_exclamation_makes_an_answer_louder_and_no_other_one(word, code):
    assert code_of("answer", word) == code


@pytest.mark.parametrize("lang", i18n.LANGUAGES)
@pytest.mark.parametrize("status", WRITABLE)
def test_a_status_may_have_its_own_sign_before_it_and_no_other(status, lang):
    word = i18n.text(f"status.{status}", lang)
    assert {sign: code_of("status", f"{sign} {word}") for sign in SIGNS.values()} == {
        sign: status if one is status else None for one, sign in SIGNS.items()
    }


def test_no_word_means_two_codes():
    for column, codes in CODED.items():
        codes_meant = {}
        for code in codes:
            words = [code, *(i18n.text(f"{column}.{code}", lang) for lang in i18n.LANGUAGES)]
            for word in (*words, *SYNONYMS.get(column, {}).get(code, ())):
                codes_meant.setdefault(code_of(column, word), set()).add(code)
        assert all(len(meant) == 1 for meant in codes_meant.values()), codes_meant
        assert set(SYNONYMS.get(column, {})) <= {code.value for code in codes}


@pytest.mark.parametrize(
    ("column", "word", "listed"),
    [
        ("outcome", "peut-être", "élu(e) (elected), battu(e) (defeated)"),
        ("status", "100 %", "non commencé"),
        ("office", "conseiller municipal", "maire (mayor)"),
        ("status", "évalué", "décidé (decided)"),
        ("source_kind", "radio", "presse (press)"),
        ("status", "promis", "en cours (in_progress)"),
    ],
)
def test_another_word_is_refused_with_the_words_that_there_are(column, word, listed):
    kind, row = ROWS[column]
    (found,) = read(as_csv({**row, column: word}), kind)
    assert listed in intake.error_sentence(found.errors[0], "fr")
    assert (
        "mayor, deputy mayor" in intake.error_sentence(found.errors[0], "en") or column != "office"
    )


@given(column=st.sampled_from(sorted(CODED)), word=st.text(max_size=200))
def test_any_word_is_a_code_or_none(column, word):
    assert code_of(column, word) in (None, *(WRITABLE if column == "status" else CODED[column]))


TITLES = {
    "1": ["Créer un lieu", "Create a place"],
    "2": ["Logement, transport et santé"],
    "3": ["Aider / former"],
}
PLAIN = Measures(["1", "2", "3", "12"], TITLES)
DECIMAL = Measures(["1.1", "1.2", "1.10", "2"], {})
BOTH = Measures(["1", "10", "1.10", "01", "M1"], {})


@pytest.mark.parametrize(
    ("measures", "meant", "written"),
    [
        (
            PLAIN,
            "1",
            [
                "1",
                "01",
                "M1",
                "m 1",
                "Mesure 1",
                "MESURE N° 1",
                "n°1",
                "1.",
                "#1",
                "measure 1",
                "créer un lieu",
                "Create a place",
                "1 – Créer un lieu",
                "Mesure 1 : Créer un lieu",
            ],
        ),
        (PLAIN, "2", ["Logement, transport et santé", "2. logement transport et sante"]),
        (PLAIN, None, ["9", "1-2", "1 2", "1;2", "2 – Créer un lieu", "", "mesure", "11", "1.0"]),
        (DECIMAL, "1.1", ["1.1", "1,1", "01.1", "M1.1"]),
        (DECIMAL, "1.10", ["1.10", "1,10"]),
        (DECIMAL, None, ["1.01", "1", "1.100", "1.3"]),
        (BOTH, "1", ["1"]),
        (BOTH, "01", ["01"]),
        (BOTH, "M1", ["M1"]),
        (BOTH, None, ["m1", "001"]),
    ],
)
def test_a_measure_is_found_by_its_number_or_its_title(measures, meant, written):
    assert {one: measures.read(one) for one in written} == dict.fromkeys(written, meant)


CONTEXT_OF_BOTH = Context(
    today=date(2026, 3, 2),
    signatories={"hidalgo-paris"},
    measures=["1", "2", "3", "10", "1.1", "1.10"],
    areas=areas.insee_areas(),
    retired=areas.retired_codes(),
    titles=TITLES,
)


def listed(cell) -> str | None:
    """What becomes of a list of measures in a file: the ids, or the code of the refusal."""
    content = as_csv({**SIGNATORY, "measures": cell})
    (row,) = intake.read_file(io.BytesIO(content), "signatories", CONTEXT_OF_BOTH)
    for error in row.errors:
        assert intake.error_sentence(error, "fr") and intake.error_sentence(error, "en")
    return row.errors[0].code if row.errors else row.values[7]


@pytest.mark.parametrize(
    ("meant", "written"),
    [
        (
            "1;2",
            [
                "1;2",
                "1, 2",
                "1,2",
                "1 et 2",
                "1 and 2",
                "1 & 2",
                "1/2",
                "1 2",
                "M1, M2",
                "1 | 2",
                "Mesures 1 et 2",
                "1;2;",
                "01 ; 02",
            ],
        ),
        ("1;2;3", ["1, 2 et 3", "1;2,3", "mesures 1, 2 et 3"]),
        ("1.1;2", ["1.1;2", "1.1, 2", "1,1 ; 2"]),
        ("2;1", ["Logement, transport et santé ; Créer un lieu", "2;1"]),
        ("1.1", ["1.1", "1,1"]),
        (None, ["", ";", " ; "]),
        ("1;2;3;10;1.1;1.10", ["toutes", "Toutes les mesures", "all"]),
        ("1;2;3;1.1;1.10", ["toutes sauf la 10", "Toutes, sauf 10", "all but 10"]),
        (
            "unknown_measure",
            ["9", "1;9", "1-3", "1 à 3", "presque toutes", "3/6", "2 / 6", "1, 2…"],
        ),
        (
            "unknown_measure",
            ["toutes sauf", "toutes sauf 9", "presque toutes sauf 1", "1, pas la 2"],
        ),
        ("duplicate_measure", ["2;2", "2 et M2"]),
        ("ambiguous_measures", ["1,10"]),
    ],
)
def test_a_list_of_measures_is_read_however_it_is_parted(meant, written):
    assert {one: listed(one) for one in written} == dict.fromkeys(written, meant)


#: Lists of a pact of twelve -> the ids, or the code of the refusal.
RANGES = {
    "1;3;5;6;7;8;12": ("1, 3, 5-8 et 12", "1 ; 3 ; de 5 à 8 ; 12"),
    "2;3;4": ("2 à 4", "de la 2 à la 4", "mesures 2 à 4", "M2 à M4", "2 to 4", "2→4"),
    "5;6": ("5-6", "la 5 et la 6"),
    "3;4;5;6;7;8;9;10;11;12": ("toutes sauf 1 et 2", "Toutes, à l’exception de la 1 et de la 2"),
    "1;2;3;4;5;6;7;8;9;10;11;12": ("les 12 mesures", "tout", "1 à 12"),
    "ambiguous_measures": ("5-8", "5 – 8"),
    "unknown_measure": (
        "8 à 5",
        "10 à 14",
        "les 3 mesures",
        "toutes sauf 1 à 12",
        "1-2-3",
        "1, 2, etc.",
    ),
}


@pytest.mark.parametrize(("meant", "written"), RANGES.items(), ids=RANGES)
def test_a_range_of_measures_and_all_but_some_are_read(meant, written):
    measures = Measures([str(n) for n in range(1, 13)], {})

    def read(text: str) -> str:
        try:
            return ";".join(measures.listed(text))
        except InvalidValue as wrong:
            return wrong.code

    assert {one: read(one) for one in written} == dict.fromkeys(written, meant)


def test_a_list_that_can_be_read_in_two_ways_names_both():
    content = as_csv({**SIGNATORY, "measures": "1,10"})
    (row,) = intake.read_file(io.BytesIO(content), "signatories", CONTEXT_OF_BOTH)
    assert "1.10 ou 1;10" in intake.error_sentence(row.errors[0], "fr")


@pytest.mark.parametrize("cell", ["Créer un lieux", "logement transports et santé", "Crer un lieu"])
def test_a_title_that_is_nearly_one_of_a_measure_names_it(cell):
    content = as_csv({**ACTION, "measure": cell})
    (row,) = intake.read_file(io.BytesIO(content), "actions", CONTEXT_OF_BOTH)
    (error,) = row.errors
    assert error.code == "near_measure"
    assert dict(error.values)["near"][3:] in ("Créer un lieu", "Logement, transport et santé")
    assert "Peut-être" in intake.error_sentence(error, "fr")


@pytest.mark.parametrize("cell", ["1;2", "1, 2", "1 et 2", "M1 & M2", "Mesures 1 et 2"])
def test_an_action_about_several_measures_is_told_to_take_a_row_for_each(cell):
    (row,) = read(as_csv({**ACTION, "measure": cell}))
    (error,) = row.errors
    assert error.code == "several_measures"
    assert "plusieurs mesures (1, 2)" in intake.error_sentence(error, "fr")


def test_a_number_without_a_format_that_may_have_lost_its_zero_is_doubted():
    action = {**ACTION, "measure": 1.1}
    content = xlsx(list(action), list(action.values()))
    (row,) = intake.read_file(io.BytesIO(content), "actions", CONTEXT_OF_BOTH)
    assert (row.values[2], row.errors) == ("1.1", ())
    assert [(doubt.column, doubt.code) for doubt in row.doubts] == [("measure", "loose_number")]
    assert "1.10 existe aussi" in intake.error_sentence(row.doubts[0], "fr")


@given(text=st.text("0123456789.,;/&M et\n", max_size=12))
def test_any_list_of_measures_is_ids_of_the_pact_or_a_refusal(text):
    found = listed(text)
    assert (
        found is None
        or "measure" in found
        or set(found.split(";")) <= {*CONTEXT_OF_BOTH.measures}
        or found in ("line_break", "control_character")
    )


@pytest.mark.parametrize(
    ("population", "code", "expected"),
    [
        ("84090", None, ""),
        ("84090.0", None, ""),
        ("0", None, ""),
        ("84.090", "not_whole", "84090"),
        ("84,090", "not_whole", "84090"),
        ("84.5", "has_decimals", "entier"),
        ("1234,567", "has_decimals", "entier"),
        ("84 090", None, ""),
        ("84\u202f090", None, ""),
        ("84\u00a0090", None, ""),
        ("68 000 000", None, ""),
        ("84 090 habitants", None, ""),
        ("84\u202f090 hab.", None, ""),
        ("84090 Inhabitants", None, ""),
        ("84 090 €", "not_a_number", ""),
        ("84 090 k hab.", "not_a_number", ""),
        ("habitants", "not_a_number", ""),
        ("84.090 hab.", "not_whole", "84090"),
        ("156 140,0", None, ""),
        ("84 09", "not_a_number", "8409"),
        ("84  090", "not_a_number", "84090"),
        ("1 000 00", "not_a_number", "100000"),
        ("1.2E+05", "not_a_number", "120000"),
        ("1e999999999", "not_a_number", "84090"),
        ("84.090.000", "not_a_number", ""),
        ("84 k", "not_a_number", ""),
        ("~84000", "not_a_number", ""),
        ("٨٤", "not_a_number", ""),
    ],
)
def test_a_number_of_inhabitants_is_never_another(population, code, expected):
    (row,) = read(as_csv({**AREA, "population": population}), "areas")
    assert [error.code for error in row.errors] == ([code] if code else [])
    assert all(expected in intake.error_sentence(error, "fr") for error in row.errors)


@pytest.mark.parametrize(
    "field", [one for one in FIELDS if one.type is Type.WHOLE], ids=lambda field: field.name
)
@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("84090", "84090"),
        ("84090,00", "84090"),
        ("84090.0", "84090"),
        ("0084090", "84090"),
        ("1,00", "1"),
        ("007.00", "7"),
        ("10", "10"),
    ],
)
def test_a_whole_number_is_kept_in_digits_alone(field, given, kept):
    assert check_number(given, field) == (kept, None, ())
    assert plain_whole(given) == kept


@pytest.mark.parametrize(
    ("given", "kept", "code"),
    [
        ("-5", "-5", None),
        ("-5,00", "-5", None),
        ("-0", "0", None),
        ("-5,5", "-5,5", "has_decimals"),
    ],
)
def test_a_whole_number_may_be_negative_where_nothing_forbids_it(given, kept, code):
    field = Field("balance", "actions", Type.WHOLE)
    assert check_number(given, field) == (kept, code, ())


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("68 000 000", "68000000"),
        ("156\u202f140,0", "156140"),
        ("1 000", "1000"),
        ("3’456", "3456"),
        ("68,000,000", "68000000"),
    ],
)
def test_thousands_may_be_parted_by_spaces(given, kept):
    assert check_number(given, POPULATION) == (kept, None, ())


@pytest.mark.parametrize("given", ["12 000 €", "12000€", "12\u202f000,00\u00a0EUR", "12000 euros"])
def test_the_unit_of_a_column_may_stand_behind_its_numbers(given):
    assert check_number(given, Field("budget", "actions", Type.WHOLE, unit="EUR")) == (
        "12000",
        None,
        (),
    )
    _, code, said = check_number(given, Field("trees", "actions", Type.WHOLE, unit="tree"))
    assert code == "not_a_number" and dict(said)["wanted"] == "12000"


@pytest.mark.parametrize("given", ["12.000 €", "12,000 €", "12.5 €", "12 k€"])
def test_no_number_is_proposed_of_which_a_cell_may_mean_another(given):
    _, code, said = check_number(given, Field("trees", "actions", Type.WHOLE, unit="tree"))
    assert code == "not_a_number" and dict(said)["wanted"] == "84090"


@pytest.mark.parametrize("text", ["", "84.5", "84 090", "beaucoup", "."])
def test_what_is_no_whole_number_stays_as_it_is(text):
    assert plain_whole(text) == text


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("www.exemple.invalid/a", "https://www.exemple.invalid/a"),
        ("WWW.Exemple.invalid", "https://WWW.Exemple.invalid"),
        ("https://www.exemple.invalid", None),
    ],
)
def test_an_address_without_its_scheme_is_completed_and_that_is_said(given, meant):
    (row,) = read(as_csv({**ACTION, "source_url": given}))
    assert row.values[10] == (meant or given)
    assert [doubt.code for doubt in row.doubts] == (["address_completed"] if meant else [])
    assert all(meant in intake.error_sentence(doubt, "fr") for doubt in row.doubts)


@pytest.mark.parametrize(
    "address",
    ["exemple.invalid/a", "www.exemple invalid", "www.", "www", "ftp://www.exemple.invalid"],
)
def test_what_is_no_address_is_not_completed(address):
    (row,) = read(as_csv({**ACTION, "source_url": address}))
    assert {error.code for error in row.errors} <= {"url_scheme", "url_malformed"}


@pytest.mark.parametrize(
    ("written", "code", "doubt"),
    [
        ("Lyon", "69123", None),
        ("LYON ", "69123", None),
        ("Ville de Lyon", "69123", None),
        ("Lyon (Rhône)", "69123", None),
        ("Lyon 69001", "69123", "district_unsaid"),
        ("Havre (Le)", "76351", None),
        ("le havre", "76351", None),
        ("STE FOY LES LYON", "69202", None),
        ("L'Hay les roses", "94038", None),
        ("Limoges (87)", "87085", None),
        ("Limoges, 87000", "87085", None),
        ("Limoges (87085)", "87085", None),
        ("87085 - Limoges", "87085", None),
        ("INSEE 87085", "87085", None),
        ("Ajaccio (2A)", "2A004", None),
        ("Ajaccio, 20000", "2A004", None),
        ("Saint-Denis (93)", "93066", None),
        ("St Denis (974)", "97411", None),
        ("Saint-Denis (La Réunion)", "97411", None),
        ("Saint-Denis, Seine-Saint-Denis", "93066", None),
        ("Montignac (33)", "33292", None),
        ("Montignac (24)", "24291", "renamed_commune"),
        ("Oullins", "69149", "renamed_commune"),
        ("Oullins, 69600", "69149", "renamed_commune"),
        ("fauville en caux", "76258", "renamed_commune"),
        ("01340", "01015", "retired_commune"),
    ],
)
def test_a_commune_is_taken_by_a_name_that_is_no_other_s(written, code, doubt):
    (row,) = read(as_csv({**SIGNATORY, "commune": written}), "signatories")
    assert row.errors == () and row.values.commune == code
    assert [one.code for one in row.doubts] == ([doubt] if doubt else [])
    assert all(intake.error_sentence(one, lang) for one in row.doubts for lang in ("fr", "en"))


@pytest.mark.parametrize("written", ["Évry", "Laval", "Saint-Denis", "Sainte-Marie", "Montreuil"])
def test_a_name_that_several_communes_have_or_had_is_refused_with_them(written):
    (row,) = read(as_csv({**SIGNATORY, "commune": written}), "signatories")
    assert [error.code for error in row.errors] == ["several_communes"]


@pytest.mark.parametrize(
    ("written", "code", "expected"),
    [
        ("87 085", "spaced_code", "Écrivez 87085 (Limoges)"),
        ("87.085", "spaced_code", "Écrivez 87085 (Limoges)"),
        ("2 A 004", "spaced_code", "2A004"),
        ("1 004", "lost_zero", "01004"),
        ("75 115", "spaced_code", "Écrivez 75115 (Paris 15e Arrondissement)"),
        ("Montignac", "several_communes", "24291 (Montignac-Lascaux, Dordogne)"),
        ("1004", "lost_zero", "01004"),
        ("200067254", "siren_code", "areas.csv"),
        ("200 067 254", "siren_code", "areas.csv"),
        ("99999", "no_such_commune", "areas.csv"),
        ("Qzzwxk", "no_such_name", "areas.csv"),
    ],
)
def test_a_commune_s_code_in_another_spelling_is_told_how_to_write_it(written, code, expected):
    (row,) = read(as_csv({**SIGNATORY, "commune": written}), "signatories")
    (error,) = row.errors
    assert error.code == code
    assert expected in intake.error_sentence(error, "fr")
    assert intake.error_sentence(error, "en")


TEXTS = [
    "une “ville verte”pour tous",
    "d“une” autre",
    "l‘été ”vert“",
    "นโยบาย“สวัสดิการ”เพื่อคนจน",
    "北京“市长”说",
    "Žižek Šibenik ŠKODAŽ",
    "Київ — „мер“ міста",
    "Thành phố Hồ Chí Minh",
    "mairie 🏛️ 👩‍⚖️",
    "mairie d'AlÃ¨s",
    "Â© 2016",
    "Ω≈ç√∫",
    "café‚ thé",
    "naïve†note",
    "a‰b",
    "İstanbul",
    "ﬁn",
    "M‡me",
    "cœurŒuvre",
]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("text", TEXTS)
def test_a_text_in_unicode_is_never_damaged(text, encoding):
    (row,) = read(as_csv({**ACTION, "summary": text}, encoding=encoding))
    assert (row.values[6], row.errors) == (unicodedata.normalize("NFC", text), ())
    typed = {**ACTION, "summary": text}
    cells = [typed.get(name, "") for name in intake.COLUMNS["actions"]]
    assert not intake.check_row("actions", cells, CONTEXT).errors


@pytest.mark.parametrize("text", ["une “ville verte”pour tous", "“oui”, dit-elle", "l’“été”ici"])
def test_a_text_in_quotation_marks_is_not_damaged_in_cp1252_either(text):
    assert not is_misdecoded(text)


def test_accents_of_another_encoding_are_refused_where_cp1252_was_a_guess():
    (row,) = read(as_csv({**SIGNATORY, "name": "AlÃ¨s é"}, encoding="cp1252"), "signatories")
    assert [error.code for error in row.errors] == ["mojibake"]


@pytest.mark.parametrize("kind", ["actions", "signatories", "mandates", "areas"])
@given(data=st.data())
def test_any_text_in_any_cell_is_a_value_or_a_refusal(kind, data):
    row = {"actions": ACTION, "signatories": SIGNATORY, "mandates": MANDATE, "areas": AREA}[kind]
    column = data.draw(st.sampled_from(intake.COLUMNS[kind]))
    cell = data.draw(st.text(max_size=40))
    cells = [cell if name == column else row.get(name, "") for name in intake.COLUMNS[kind]]
    found = intake.check_row(kind, cells, CONTEXT)
    for problem in (*found.errors, *found.doubts):
        assert intake.error_sentence(problem, "fr") and intake.error_sentence(problem, "en")


@pytest.mark.parametrize("kind", ["actions", "signatories", "mandates", "areas"])
def test_an_entry_without_a_single_text_is_refused_and_no_more(kind):
    found = intake.check_row(kind, [""] * len(intake.COLUMNS[kind]), CONTEXT)
    assert "required" in {error.code for error in found.errors}


@pytest.mark.parametrize(
    "cell", ["#N/A", "#REF!", "#DIV/0!", "#NOM?", "#VALEUR!", "###", "########"]
)
@pytest.mark.parametrize("column", ["summary", "source_title", "happened_on"])
def test_what_a_spreadsheet_writes_of_an_error_is_no_text(cell, column):
    (row,) = read(as_csv({**ACTION, column: cell}))
    assert [error.code for error in row.errors] == ["error_cell"]


@pytest.mark.parametrize("text", ["#1", "# titre", "le #N/A", "#MeToo", "##", "#"])
def test_a_text_with_a_hash_is_a_text(text):
    assert value(as_csv({**ACTION, "summary": text}), "summary") == text


@pytest.mark.parametrize(
    "word",
    [
        "nan",
        "NaN",
        "None",
        "NULL",
        "N/A",
        "n.d.",
        "-",
        "–",
        "?",
        "…",
        "x",
        "Néant",
        "Aucune",
        "idem",
        "Id.",
        "s.o.",
        "à compléter",
    ],
)
@pytest.mark.parametrize("column", ["source_title", "summary", "quote"])
def test_a_word_in_place_of_a_text_is_taken_and_doubted(column, word):
    (found,) = read(as_csv({**ACTION, column: word}), "actions")
    assert not found.errors and word in found.values
    assert [(doubt.column, doubt.code) for doubt in found.doubts] == [(column, "says_nothing")]
    assert all(intake.error_reason(doubt, lang) for doubt in found.doubts for lang in ("fr", "en"))


@pytest.mark.parametrize(
    "word",
    [
        "Un acte",
        "R",
        "2016",
        "Le Monde",
        "X (Twitter)",
        "中文",
        "Nan Li",
        "Sans-souci",
        "Aucune mesure prise",
        "No",
    ],
)
def test_a_short_text_is_no_word_in_place_of_one(word):
    (found,) = read(as_csv({**ACTION, "source_title": word}), "actions")
    assert not found.errors and not found.doubts


#: What stands where only the address of a source is kept -> what is told of it, None of an address.
SOURCES = {
    "Ouest-France du 23 mars 2026": "source_in_words",
    "PV du conseil": "source_in_words",
    "https://exemple.invalid/a": None,
    "exemple.fr/a b": "url_scheme",
    "www exemple fr": "url_scheme",
    "lien": "url_scheme",
    "12 34": "url_scheme",
}


@pytest.mark.parametrize(("words", "code"), SOURCES.items())
def test_a_source_in_words_is_left_out_where_only_addresses_are_kept_and_that_is_said(words, code):
    (row,) = read(as_csv({**MANDATE, "source_url": words}), "mandates")
    found = [*row.errors, *row.doubts]
    assert [one.code for one in found] == ([code] if code else [])
    if code == "source_in_words":
        assert row.values.source_url is None and not row.errors
    (fact,) = read(as_csv({**ACTION, "source_url": words}))
    assert bool(fact.errors) == (code is not None)
