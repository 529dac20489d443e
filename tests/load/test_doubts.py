"""What is odd of a file is said, stops nothing unless asked to, and is never silent."""

import json
from datetime import datetime

import pytest
from click.testing import CliRunner

from monitor import commands, i18n, intake
from monitor.cli import load_report, terminal
from monitor.cli.main import main
from monitor.commands.loading import file_in_memory
from monitor.commands.setup import PACKAGED
from monitor.intake.person_names import name_key, same_name
from monitor.store import open_store
from tests.support.clock import NOW

PACT = "mouves-2014"
ACTION = (
    "action_id,signatory_id,measure,happened_on,status,source_kind,source_title\n"
    "f-1,collomb-lyon,1,{},{},{},Bilan\n"
)
TWICE = (
    "signatory_id,name,commune\nf-1,Jeanne Le Goff,29232\nf-2,JEANNE LE GOFF,29232\n"
    "f-3,Paul Morin,29232\n"
)


def load(store, text, content="signatories", **options):
    options = {"pact_id": PACT, "name": "file.csv", "now": NOW, **options}
    return commands.load(store, content, file_in_memory(text), **options)


def codes(report) -> list[tuple]:
    return [(doubt.line, doubt.code) for doubt in report.doubts]


@pytest.fixture
def run(url):
    assert CliRunner().invoke(main, ["init"]).exit_code == 0
    return lambda *arguments: CliRunner().invoke(main, list(map(str, arguments)))


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("Jeanne Le Goff", "JEANNE LE GOFF", True),
        ("Jeanne Le Goff", "Le Goff Jeanne", True),
        ("Jeanne Le Goff", "LE GOFF, Jeanne", True),
        ("Jeanne Le Goff", "Legoff Jeanne", True),
        ("Hélène Mérel", "Helene Merel", True),
        ("Jean-Pierre Dufau", "Jean Pierre DUFAU", True),
        ("Jean-Pierre Dufau", "J.-P. Dufau", True),
        ("Jean-Pierre Dufau", "Jean Dufau", True),
        ("Jeanne Le Goff", "J. Le Goff", True),
        ("Jeanne Le Goff", "Jeanne Le Goff-Martin", True),
        ("Jeanne Le Goff", "Mme Jeanne Martin, née Le Goff", True),
        ("Jeanne Le Goff", "Jeane Le Goff", True),
        ("Jeanne Le Goff", "Paul Le Goff", False),
        ("Jeanne Le Goff", "P. Le Goff", False),
        ("Jean Martin", "Jeanne Martin", False),
        ("Anne Roy", "Anne Ray", False),
        ("Jeanne Le Goff", "Jeanne Martin", False),
        ("Le Goff", "Jeanne Le Goff", True),
        ("Jean-Pierre Martin", "JP Martin", True),
        ("Jean-Pierre Martin", "PJ Martin", False),
        ("Charles de La Tour", "Charles Latour", True),
        ("Charles de La Tour", "Delatour Charles", True),
        ("Marie de la Tour", "Marie de la Fontaine", False),
        ("Louis Petit", "Louise Petit", False),
        ("Daniel Petit", "Danièle Petit", False),
        ("Mario Rossi", "Maria Rossi", False),
        ("—", "—", False),
    ],
)
def test_names_that_may_be_of_one_person(one, other, alike):
    assert same_name(one, other) is alike
    assert same_name(other, one) is alike


def test_one_person_twice_in_a_file_is_said_and_loaded(store):
    report = load(store, TWICE)
    assert report.loaded
    assert codes(report) == [(3, "same_person_in_file")]


def test_one_name_in_two_communes_is_told_once_of_the_file(store):
    report = load(store, TWICE.replace("GOFF,29232", "GOFF,29019"))
    assert codes(report) == [(None, "name_in_two_places")]


@pytest.mark.parametrize("bound", ["MANY", "PAIRS"])
def test_among_many_in_a_commune_the_same_words_are_found_without_comparing_each_with_every(
    store, monkeypatch, bound
):
    module = "monitor.commands.doubting.signatories"
    keys = []
    monkeypatch.setattr(f"{module}.{bound}", 10)
    monkeypatch.setattr(f"{module}.same_name", lambda *_: pytest.fail("two names were compared"))
    monkeypatch.setattr(f"{module}.name_key", lambda name: (keys.append(name), name_key(name))[1])
    head, first, second, *_ = TWICE.splitlines()
    load(store, f"{head}\n{first}\n")
    others = [f"m-{n},Personne {chr(65 + n)}xx,29232" for n in range(20)]
    rows = [*others, second, "f-9,Gustave Goff,29232", "f-10,Goff Gustave,29232"]
    report = load(store, "\n".join([head, *rows]))
    assert codes(report) == [(22, "same_person_in_log"), (24, "same_person_in_file")]
    assert len(keys) == 24


@pytest.mark.parametrize("url", ["sqlite", "postgres"], indirect=True)
def test_somebody_whom_the_log_has_under_another_id_is_said(store):
    load(store, TWICE.replace("f-2,JEANNE LE GOFF,29232\n", ""))
    again = load(store, "signatory_id,name,commune\ng-1,Le Goff Jeanne,29232\n")
    assert codes(again) == [(2, "same_person_in_log")]


LOGGED = "signatory_id,name,commune,signed_on,withdrawn_on\nf-1,Jeanne Le Goff,29232,{}\n"
SIGNING = "signatory_id,name,commune,signed_on,withdrawn_on\n"


@pytest.mark.parametrize(
    ("logged", "row", "code", "days"),
    [
        ("2014-01-05,2016-05-02", "2018-03-01,", "signed_again", ["2014-01-05", "2016-05-02"]),
        (",2016-05-02", "2018-03-01,", "signed_again", ["–", "2016-05-02"]),
        (
            "2014-01-05,2016-05-02",
            "2018-03-01,2019-01-01",
            "signed_again",
            ["2014-01-05", "2016-05-02"],
        ),
        ("2014-01-05,2016-05-02", "2015-03-01,", "in_log", []),
        ("2014-01-10,", "2018-03-01,", "signed_before", ["2014-01-10"]),
        ("2014-01-10,", "2014-01-10,", "in_log", []),
        ("2018-03-01,", "2014-01-10,", "in_log", []),
        ("2014-01-10,", ",", "in_log", []),
        (",", "2018-03-01,", "in_log", []),
    ],
)
@pytest.mark.parametrize("name", ["Jeanne Le Goff", "Le Goff Jeanne"])
@pytest.mark.parametrize("url", ["sqlite", "postgres"], indirect=True)
def test_who_may_have_signed_before_under_another_id_is_said_with_what_to_do(
    store, name, logged, row, code, days
):
    assert load(store, LOGGED.format(logged)).loaded
    (doubt,) = (
        one
        for one in load(store, f"{SIGNING}g-1,{name},29232,{row}\n").doubts
        if one.code.startswith("same_person")
    )
    assert doubt.code == f"same_person_{code}"
    for lang in ("fr", "en"):
        sentence = intake.error_sentence(doubt, lang)
        said = [day if day == "–" else i18n.partial_day(day, lang) for day in days]
        assert "(f-1)" in sentence and all(day in sentence for day in said)


def test_who_may_have_signed_twice_in_one_file_is_said_with_what_to_do(store):
    rows = "f-1,Jeanne Le Goff,29232,2014-01-05,2016-05-02\ng-1,Le Goff Jeanne,29232,2018-03-01,\n"
    report = load(store, SIGNING + rows)
    (doubt,) = (one for one in report.doubts if one.code.startswith("same_person"))
    assert (doubt.line, doubt.code) == (3, "same_person_signed_twice")
    said = intake.error_sentence(doubt, "en")
    assert "line 2" in said and "(5 January 2014, 1 March 2018)" in said


def test_a_file_loaded_again_has_no_doubt(store):
    load(store, TWICE)
    assert codes(load(store, TWICE)) == []


def test_an_example_that_was_left_keeps_no_file_out_of_a_strict_load(store):
    head, first, *_ = TWICE.splitlines()
    example = ",".join(f"Exemple : {name}" for name in head.split(","))
    report = load(store, "\n".join((head, example, first)), strict=True)
    assert codes(report) == [(2, "example_row")]
    assert report.loaded and report.outcomes == {"created": 1}


def test_a_strict_load_keeps_nothing_that_is_in_doubt(store):
    report = load(store, TWICE, strict=True)
    assert (report.loaded, report.doubted) == (False, True)
    assert load(store, TWICE).outcomes == {"created": 3}


def test_the_command_line_says_doubts_and_goes_on(run, tmp_path):
    file = tmp_path / "form.csv"
    file.write_text(TWICE, "utf-8")
    result = run("load", "signatories", file, "--dry-run", "--json")
    assert result.exit_code == 0
    (doubt,) = json.loads(result.stdout)["doubts"]
    assert doubt.keys() == {"line", "column", "code", "message"}
    assert (doubt["line"], doubt["column"], doubt["code"]) == (3, "name", "same_person_in_file")
    assert "Jeanne Le Goff" in doubt["message"]
    strict = run("load", "signatories", file, "--strict")
    assert strict.exit_code == 1
    assert "rien n’a été écrit" in strict.stderr
    assert run("load", "signatories", file).exit_code == 0


def test_many_doubts_are_counted_and_all_in_the_json(run, tmp_path):
    file = tmp_path / "form.csv"
    names = [f"{one}{other}ro" for one in "BCDFGL" for other in "aeiou"]
    rows = "".join(f"{name},Ada {name},29232\n{name}-2,{name} Ada,29232\n" for name in names)
    file.write_text(f"signatory_id,name,commune\n{rows}", "utf-8")
    result = run("load", "signatories", file, "--json", "--all-doubts")
    assert len(json.loads(result.stdout)["doubts"]) == 30
    assert (
        "De même, 29 autres cellules\u00a0: ligne 5 «\u00a0" in result.stderr
        and "--json" in result.stderr
    )


def test_the_same_doubt_of_the_same_value_is_told_once_with_its_number(run, tmp_path):
    file = tmp_path / "form.csv"
    rows = "".join(f"f-{n},Jeanne Le Goff,29232\n" for n in range(30))
    file.write_text(f"signatory_id,name,commune\n{rows}", "utf-8")
    result = run("load", "signatories", file, "--json")
    assert len(json.loads(result.stdout)["doubts"]) == 29
    assert "28 autres cellules, lignes 4, 5," in result.stderr


def test_each_correction_shows_the_old_value_and_the_new_one(run, tmp_path):
    file = tmp_path / "form.csv"
    file.write_text(
        "signatory_id,name,commune,outcome\nf-1,Jeanne Le Goff,29232,elected\n", "utf-8"
    )
    run("load", "signatories", file)
    file.write_text(
        "signatory_id,name,commune,outcome\nf-1,Jeanne Le Goff,29232,defeated\n", "utf-8"
    )
    result = run("load", "signatories", file, "--json")
    (change,) = json.loads(result.stdout)["corrections"]
    assert change == {"line": 2, "id": "f-1", "changes": {"outcome": ["elected", "defeated"]}}
    assert "élu(e)\u00a0» → «\u00a0battu(e)" in result.stderr


MANDATE = (
    "signatory_id,office,started_on,ended_on,end_reason\n"
    "collomb-lyon,deputy_mayor,2014-04-04,2020-{}\n"
)
CORRECTIONS = {
    "a status and its day": (
        "actions",
        ACTION.format("2019-05", "decided", "press"),
        ACTION.format("2019-05-02", "implemented", "report"),
        {
            "fr": (
                "f-1",
                "happened_on « mai 2019 » → « 2 mai 2019 »",
                "status « décidé » → « mis en œuvre »",
                "source_kind « presse » → « rapport »",
            ),
            "en": (
                "f-1",
                "happened_on “May 2019” → “2 May 2019”",
                "status “decided” → “implemented”",
                "source_kind “press” → “report”",
            ),
        },
    ),
    "why a mandate ended": (
        "mandates",
        MANDATE.format("05,resignation"),
        MANDATE.format("06-01,death"),
        {
            "fr": (
                "Gérard Collomb · adjoint(e) au maire · 4 avril 2014",
                "ended_on « mai 2020 » → « 1er juin 2020 »",
                "end_reason « démission » → « décès »",
            ),
            "en": (
                "Gérard Collomb · deputy mayor · 4 April 2014",
                "ended_on “May 2020” → “1 June 2020”",
                "end_reason “resignation” → “death”",
            ),
        },
    ),
}


@pytest.mark.parametrize("lang", i18n.LANGUAGES)
@pytest.mark.parametrize(
    ("content", "before", "after", "words"), CORRECTIONS.values(), ids=CORRECTIONS
)
def test_corrections_are_told_in_the_words_of_the_interface(
    run, tmp_path, monkeypatch, content, before, after, words, lang
):
    for module in (load_report, terminal):
        monkeypatch.setattr(module, "LANG", lang)
    file = tmp_path / "form.csv"
    for text in (before, after):
        file.write_text(text, "utf-8")
        output = run("load", content, file).stderr
    plain = " ".join(output.split())
    assert [part for part in words[lang] if part not in plain] == []


def test_a_write_has_no_default_among_several_pacts(run, tmp_path):
    other = tmp_path / "pact.toml"
    packaged = (commands.setup.PACKAGED / "pact.toml").read_text("utf-8")
    other.write_text(packaged.replace("mouves-2014", "essai-2020"), "utf-8")
    assert "Pacte\u00a0: essai-2020." in run("load", "pact", other).stderr
    file = tmp_path / "form.csv"
    file.write_text(TWICE, "utf-8")
    refused = run("load", "signatories", file)
    assert refused.exit_code == 2
    assert "mouves-2014, essai-2020" in refused.stderr
    with open_store().reading() as session:
        assert session.rows("SELECT seq FROM signatory WHERE signatory_id = 'f-1'") == []
    named = run("load", "signatories", file, "--pact", "essai-2020", "--dry-run")
    assert "Pacte\u00a0: essai-2020." in named.stderr


HEADER = "signatory_id,name,commune,outcome,source_url\n"


@pytest.mark.parametrize(
    ("content", "row", "old", "new"),
    [
        ("signatories", "f-1,Jeanne Le Goff,29232,{},", "elected", "defeated"),
        ("mandates", "hidalgo-paris,mayor,2014-04-05,2020-07-03,{},", "resignation", "other"),
        (
            "actions",
            "a-1,hidalgo-paris,1,2018-03-01,{},Un acte,press,Titre",
            "decided",
            "announced",
        ),
        ("areas", "ZZ1,Pays de Test,{}", "1200", "1300"),
    ],
)
def test_a_value_that_is_put_back_loads_as_the_newer_one_only(store, content, row, old, new):
    header = {
        "signatories": HEADER,
        "mandates": "signatory_id,office,started_on,ended_on,end_reason,source_url\n",
        "actions": "action_id,signatory_id,measure,happened_on,status,summary,source_kind,"
        "source_title\n",
        "areas": "code,name,population\n",
    }[content]
    for value in (old, new):
        load(store, header + row.format(value) + "\n", content)
    back = header + row.format(old) + "\n"
    refused = load(store, back, content)
    assert [error.code for error in refused.errors] == ["conflict_older_version"]
    assert "--newer" in intake.error_sentence(refused.errors[0], "fr")
    assert load(store, back, content, newer=True).outcomes == {"corrected": 1}
    assert load(store, back, content).outcomes == {"unchanged": 1}


FACTS = (
    "action_id,signatory_id,measure,happened_on,status,summary,source_kind,source_title,"
    "supersedes,reason,kind\n"
)
ROWS = [
    "hidalgo-paris,1,2017-01-10,decided,Un lieu,press,J1,,,",
    "collomb-lyon,1,2017-02-10,announced,Un projet,press,J2,,,",
    "hidalgo-paris,2,2017-03-10,in_progress,Des travaux,press,J3,,,",
]


def numbered(rows: list[str]) -> str:
    return FACTS + "".join(f"{n},{row}\n" for n, row in enumerate(rows, start=1))


@pytest.mark.parametrize("url", ["sqlite", "postgres"], indirect=True)
def test_ids_that_are_row_numbers_are_refused_when_a_row_is_added(store):
    load(store, numbered(ROWS), "actions")
    added = numbered(["collomb-lyon,2,2017-01-02,announced,Ajout,press,J4,,,", *ROWS])
    refused = load(store, added, "actions", dry_run=True)
    assert refused.outcomes == {"created": 1, "conflict": 3}
    assert [error.code for error in refused.errors] == [
        "ids_moved",
        *["conflict_other_signatory"] * 3,
    ]
    assert intake.error_sentence(refused.errors[0], "en").startswith(
        "column “action_id”: 3 of 3 known ids"
    )
    meant = load(store, added, "actions", newer=True)
    assert meant.loaded
    assert codes(meant)[0] == (None, "ids_moved")


@pytest.mark.parametrize(
    ("content", "before", "after", "code"),
    [
        ("actions", ROWS[0], ROWS[0].replace(",1,2017", ",3,2017"), "conflict_other_measure"),
        (
            "actions",
            ROWS[0],
            ROWS[0].replace("hidalgo-paris", "collomb-lyon"),
            "conflict_other_signatory",
        ),
        ("actions", ROWS[0], ROWS[0].replace("decided", "announced"), None),
        ("signatories", "Jeanne Le Goff,29232", "Paul Morin,29232", "conflict_other_person"),
        ("signatories", "Jeanne Le Goff,29232", "Jeanne Le Goff,29019", "conflict_other_commune"),
        ("signatories", "Jeanne Le Goff,29232", "Jeanne LE GOFF,29232", None),
        ("signatories", "Jeanne Le Goff,29232", "Jeanne Le Goff-Martin,29232", None),
        ("signatories", "Jeanne Le Goff,29232", "Jeane Le Goff,29232", None),
    ],
)
@pytest.mark.parametrize("url", ["sqlite", "postgres"], indirect=True)
def test_an_id_that_is_about_another_now_is_refused_unless_newer(
    store, content, before, after, code
):
    header = FACTS if content == "actions" else "signatory_id,name,commune\n"
    load(store, f"{header}x-1,{before}\n", content)
    report = load(store, f"{header}x-1,{after}\n", content)
    assert [error.code for error in report.errors] == ([code] if code else [])
    assert load(store, f"{header}x-1,{after}\n", content, newer=True).loaded


def test_another_fact_under_an_id_whose_retraction_would_follow_it_is_refused(store):
    load(store, f"{FACTS}a-1,{ROWS[0]}\n", "actions")
    retraction = "r-1,hidalgo-paris,1,2017-01-11,,,,,a-1,Saisi par erreur,retraction\n"
    assert load(store, FACTS + retraction, "actions").loaded
    changed = f"{FACTS}a-1,{ROWS[0].replace('Un lieu', 'Un autre lieu')}\n"
    report = load(store, changed, "actions")
    assert [error.code for error in report.errors] == ["conflict_retracted"]
    assert load(store, changed, "actions", newer=True).loaded


def test_a_correction_of_day_words_and_source_at_once_is_in_doubt(store):
    load(store, f"{FACTS}a-1,{ROWS[0]}\n", "actions")
    other = "hidalgo-paris,1,2018-05-05,decided,Autre chose,press,J9,,,"
    assert (2, "other_fact") in codes(load(store, f"{FACTS}a-1,{other}\n", "actions"))


MANDATES = "signatory_id,office,started_on,ended_on,end_reason\n"


@pytest.mark.parametrize("url", ["sqlite", "postgres"], indirect=True)
def test_rows_of_the_earlier_file_that_are_gone_are_named(store):
    load(store, TWICE, name="form.csv")
    fewer = load(store, TWICE.replace("f-2,JEANNE LE GOFF,29232\n", ""), name="other.csv")
    assert fewer.outcomes == {"unchanged": 2}
    assert [(doubt.code, doubt.value) for doubt in fewer.doubts] == [
        ("row_gone", "JEANNE LE GOFF · f-2")
    ]


def test_a_row_that_a_later_load_of_the_file_added_is_named_once_it_is_gone(store):
    added = "f-2,JEANNE LE GOFF,29232\n"
    assert added in TWICE
    load(store, TWICE.replace(added, ""), name="form.csv")
    load(store, TWICE, name="form.csv")
    fewer = load(store, TWICE.replace(added, ""), name="form.csv")
    assert [(doubt.code, doubt.value) for doubt in fewer.doubts] == [
        ("row_gone", "JEANNE LE GOFF · f-2")
    ]


@pytest.mark.parametrize("url", ["sqlite", "postgres"], indirect=True)
def test_an_entry_and_an_area_that_are_gone_are_told_how_to_take_them_back(store):
    load(store, numbered(ROWS), "actions", name="a.csv")
    load(store, "code,name\nz1,Zone 1\nz2,Zone 2\n", "areas", name="z.csv")
    entries = load(store, numbered(ROWS[:2]), "actions", name="a.csv")
    places = load(store, "code,name\nz1,Zone 1\n", "areas", name="z.csv")
    (entry,), (place,) = entries.doubts, places.doubts
    assert (entry.code, entry.value, place.code, place.value) == (
        "entry_gone",
        "3",
        "area_gone",
        "z2",
    )
    for lang in ("fr", "en"):
        assert "retraction" in intake.error_reason(entry, lang)
        assert "monitor retract file" in intake.error_reason(place, lang)
    back = "action_id,signatory_id,measure,happened_on,kind,supersedes,reason\n"
    row = "r-3,hidalgo-paris,2,2017-03-10,retraction,3,Saisi par erreur\n"
    assert load(store, back + row, "actions", name="back.csv").doubts == []
    assert load(store, numbered(ROWS[:2]), "actions", name="a.csv").doubts == []


def test_a_file_of_other_rows_makes_none_gone(store):
    load(store, TWICE, name="form.csv")
    more = load(store, "signatory_id,name,commune\ng-9,Lou Petit,29232\n", name="more.csv")
    assert codes(more) == []


@pytest.mark.parametrize(
    ("content", "text", "code"),
    [
        (
            "signatories",
            "signatory_id,name,commune,signed_on\nz,Zoé Zed,29232,06/07/1905\n",
            "far_before",
        ),
        ("mandates", MANDATES + "hidalgo-paris,mayor,1905-07-06,1905-07-12,other\n", "far_before"),
        (
            "mandates",
            MANDATES + "hidalgo-paris,mayor,2013-01-01,2013-06-01,other\n",
            "mandate_before_term",
        ),
        (
            "mandates",
            MANDATES + "najdovski-paris,mayor,2016-01-01,2016-02-01,other\n",
            "two_holders",
        ),
        ("mandates", MANDATES + "havard-lyon,mayor,2020-07-04,,\n", "mandate_of_defeated"),
        ("actions", f"{FACTS}a-1,{ROWS[0].replace('2017-01-10', '08/07/1905')}\n", "far_before"),
        (
            "actions",
            f"{FACTS}a-1,{ROWS[0].replace('2017-01-10', '2014-01-02')}\n",
            "fact_before_term",
        ),
        (
            "actions",
            f"{FACTS}a-1,{ROWS[0].replace('hidalgo', 'najdovski')}\n",
            "fact_outside_office",
        ),
        ("actions", f"{FACTS}a-1,{ROWS[0]}\na-2,{ROWS[0]}\n", "same_fact"),
        ("actions", f"{FACTS}a-1,{ROWS[0]}\n", None),
    ],
)
@pytest.mark.parametrize("url", ["sqlite", "postgres"], indirect=True)
def test_what_is_odd_of_a_row_is_said(store, content, text, code):
    report = load(store, text, content)
    assert (code in {doubt.code for doubt in report.doubts}) if code else not report.doubts


def test_a_mandate_that_does_not_count_is_not_said_to_bind_who_was_defeated(store):
    report = load(
        store, MANDATES + "havard-lyon,mayor,2008-03-16,2014-03-29,term_end\n", "mandates"
    )
    doubts = {doubt.code for doubt in report.doubts}
    assert "mandate_before_term" in doubts and "mandate_of_defeated" not in doubts


FAMILY = "signatory_id,name,commune\n1,{},29232\n2,{},29232\n"
FATHER, SON = "Jean Morvan", "Jean-Luc Morvan"


@pytest.mark.parametrize(
    "after",
    [
        FAMILY.format(SON, FATHER),
        FAMILY.format(SON, "Yves Kerien"),
        f"signatory_id,name,commune\n1,{SON},29232\n",
    ],
)
def test_an_id_does_not_go_from_one_of_a_family_to_another_unsaid(store, after):
    load(store, FAMILY.format(FATHER, SON))
    report = load(store, after)
    assert not report.loaded
    assert "conflict_other_person" in [error.code for error in report.errors]
    assert load(store, after, newer=True).loaded


def test_a_name_that_is_mended_is_the_same_person_beside_a_namesake(store):
    load(store, FAMILY.format("Jean Morvn", "Jean Morvan"))
    assert load(store, FAMILY.format("Jean Morvan", "Jean Morvan")).loaded


@pytest.mark.parametrize("url", ["sqlite", "postgres"], indirect=True)
def test_a_fact_that_the_log_has_under_another_id_is_said(store):
    load(store, f"{FACTS}a-1,{ROWS[0]}\n", "actions")
    again = load(store, f"{FACTS}b-1,{ROWS[0].replace('J1', 'j1')}\n", "actions")
    assert codes(again) == [(2, "same_fact_in_log")]
    assert load(store, f"{FACTS}b-1,{ROWS[0].replace('J1', 'j1')}\n", "actions").doubts == []


RETRACTION = "{},hidalgo-paris,1,2017-01-11,,,,,a-1,Saisi par erreur,retraction\n"


@pytest.mark.parametrize("url", ["sqlite", "postgres"], indirect=True)
def test_a_row_that_the_log_has_withdrawn_is_said_unless_the_file_says_so(store):
    load(store, f"{FACTS}a-1,{ROWS[0]}\n", "actions")
    load(store, FACTS + RETRACTION.format("r-1"), "actions")
    again = load(store, f"{FACTS}a-1,{ROWS[0]}\n", "actions")
    assert codes(again) == [(2, "fact_withdrawn")]
    both = f"{FACTS}a-1,{ROWS[0]}\n{RETRACTION.format('r-1')}"
    assert codes(load(store, both, "actions")) == []


@pytest.mark.parametrize("url", ["sqlite", "postgres"], indirect=True)
def test_what_is_withdrawn_twice_is_said(store):
    load(store, f"{FACTS}a-1,{ROWS[0]}\n", "actions")
    load(store, FACTS + RETRACTION.format("r-1"), "actions")
    again = load(store, FACTS + RETRACTION.format("r-2"), "actions")
    assert codes(again) == [(2, "withdrawn_twice")]


def test_a_fact_whose_withdrawn_twin_is_in_the_log_is_no_doubt(store):
    load(store, f"{FACTS}a-1,{ROWS[0]}\n", "actions")
    load(store, FACTS + RETRACTION.format("r-1"), "actions")
    assert codes(load(store, f"{FACTS}b-1,{ROWS[0]}\n", "actions")) == []


def test_a_defeat_of_who_holds_the_office_is_said(store):
    defeat = "signatory_id,name,commune,outcome\nhidalgo-paris,Anne Hidalgo,75056,defeated\n"
    assert codes(load(store, defeat)) == [(2, "outcome_against_mandate")]


def test_a_defeat_of_who_held_the_office_until_the_election_is_no_doubt(store):
    defeat = "signatory_id,name,commune,outcome\nz,Zoé Zed,29232,{}\n"
    load(store, defeat.format("unknown"))
    load(store, f"{MANDATES}z,mayor,2008-03-16,2014-03-29,term_end\n", "mandates")
    assert codes(load(store, defeat.format("defeated"))) == []


@pytest.mark.parametrize(("second", "expected"), [("29232", [(3, "two_elected")]), ("29019", [])])
@pytest.mark.parametrize("url", ["sqlite", "postgres"], indirect=True)
def test_two_elected_to_the_office_of_one_commune_are_said(store, second, expected):
    rows = f"a,Ana Bel,29232,elected\nb,Lou Petit,{second},elected\n"
    found = codes(load(store, f"signatory_id,name,commune,outcome\n{rows}"))
    # Nobody of the file has a mandate, which is said of all of them at once.
    two = [(2, "two_elected"), *expected] if expected else []
    assert found == [(None, "elected_without_mandate"), *two]


@pytest.mark.parametrize(
    ("people", "expected"), [("8409", True), ("84090", False), ("95000", False)]
)
def test_a_population_far_from_the_reference_is_said(store, people, expected):
    report = load(store, f"code,name,population\n87085,Limoges,{people}\n", "areas")
    assert [doubt.code for doubt in report.doubts] == (["population_far"] if expected else [])


SEARCH = "{},hidalgo-paris,1,2019-01-11,no_evidence,Cherché sur le site,,,{},{},\n"


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (f"a-1,{ROWS[0]}\n", SEARCH.format("a-1", "", ""), ["search_in_place"]),
        (f"a-1,{ROWS[0]}\n", SEARCH.format("s-1", "a-1", "Rien trouvé"), ["search_in_place"]),
        ("", f"a-1,{ROWS[0]}\n" + SEARCH.format("s-1", "a-1", "Rien trouvé"), ["search_in_place"]),
        ("", SEARCH.format("s-1", "a-1", "Rien trouvé") + f"a-1,{ROWS[0]}\n", ["search_in_place"]),
        (f"a-1,{ROWS[0]}\n", SEARCH.format("s-1", "", ""), []),
        (SEARCH.format("a-1", "", ""), SEARCH.format("s-1", "a-1", "Autre jour"), []),
        (SEARCH.format("a-1", "", ""), f"s-1,{ROWS[0]}\n", []),
        (
            f"a-1,{ROWS[0]}\n" + SEARCH.format("a-1", "", "").replace("a-1", "s-1"),
            SEARCH.format("s-1", "", "").replace("site", "site et dans la presse"),
            [],
        ),
    ],
)
@pytest.mark.parametrize("url", ["sqlite", "postgres"], indirect=True)
def test_a_search_that_takes_the_place_of_a_status_is_said(store, first, second, expected):
    if first:
        load(store, FACTS + first, "actions", name="first.csv")
    report = load(store, FACTS + second, "actions", name="second.csv")
    assert [doubt.code for doubt in report.doubts if doubt.column == "status"] == expected
    assert all(intake.error_reason(doubt, lang) for doubt in report.doubts for lang in ("fr", "en"))


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("2014-04-05,2016-05-05,term_end", ["term_ended_early"]),
        ("2014-04-05,2018,term_end", ["term_ended_early"]),
        ("2014,2020,term_end", []),
        ("2014-04-05,2020-05-18,term_end", []),
        ("2014-04-05,2020-07-03,term_end", []),
        ("2014-04-05,2016-05-05,resignation", []),
        ("2014-04-05,2016-05-05,", []),
        ("2020-07-04,,", ["mandate_of_next_term"]),
        ("2020-07-05,,", ["mandate_of_next_term"]),
        ("2020-05-23,2025-12-20,term_end", ["mandate_of_next_term"]),
        ("2020-07,2025-12-20,resignation", ["mandate_of_next_term"]),
        ("2020-05-23,2020-06-30,other", []),
        ("2019-11-13,,", []),
        ("2015-11-13,,", []),
    ],
)
def test_a_mandate_that_the_end_of_the_term_would_stretch_or_cut_is_said(store, row, expected):
    load(store, "signatory_id,name,commune,outcome\nz,Zoé Zed,29232,elected\n")
    report = load(store, f"{MANDATES}z,mayor,{row}\n", "mandates")
    assert [doubt.code for doubt in report.doubts] == expected
    assert all(intake.error_reason(doubt, lang) for doubt in report.doubts for lang in ("fr", "en"))


def with_pact(store, **changes: str) -> None:
    """A pact of its own; a value for `due_on` is that of its first measure."""
    due = changes.pop("due_on", None)
    text = (PACKAGED / "pact.toml").read_text("utf-8").replace(f'id = "{PACT}"', 'id = "other"')
    for key, value in changes.items():
        line = next(line for line in text.splitlines() if line.startswith(f"{key} = "))
        text = text.replace(line, f"{key} = {value}", 1)
    if due:
        text = text.replace('[[measures]]\nid = "1"', f'[[measures]]\ndue_on = {due}\nid = "1"', 1)
    assert commands.load_pact(store, file_in_memory(text), name="pact.toml", now=NOW).loaded


EARLY = """id = "early"
title = "Un pacte"
promoter = "x"
election = "e"
election_on = 2014-03-23
term_start = 2014-03-30
language = "fr"
fictional = true
measures = [{id = "1", wording = "w", criterion_fr = "c"}]
"""


@pytest.mark.parametrize("day", ["2014-03-21", "2014-03-23"])
@pytest.mark.parametrize(
    ("outcome", "expected"), [("elected", True), ("defeated", True), ("", False)]
)
def test_a_result_before_the_vote_is_said(empty, outcome, expected, day):
    on = datetime.fromisoformat(f"{day}T12:00:00+00:00")
    pact = commands.load_pact(empty, file_in_memory(EARLY), name="pact.toml", now=on)
    assert "no_term_end" in [doubt.code for doubt in pact.doubts]
    rows = f"signatory_id,name,commune,outcome\nz,Zoé Zed,29232,{outcome}\n"
    report = load(empty, rows, pact_id="early", now=on, dry_run=True)
    is_early = expected and day < "2014-03-23"
    assert ("outcome_before_vote" in [one.code for one in report.doubts]) == is_early


@pytest.mark.parametrize("order", ["signatories first", "mandates again"])
@pytest.mark.parametrize("day", ["2014-03-21", "2014-03-23"])
def test_who_is_in_office_before_the_vote_has_no_result_to_note(empty, day, order):
    on = datetime.fromisoformat(f"{day}T12:00:00+00:00")
    assert commands.load_pact(empty, file_in_memory(EARLY), name="pact.toml", now=on).loaded
    rows = "signatory_id,name,commune,outcome\nz,Zoé Zed,29232,\n"
    held = "signatory_id,office,started_on\nz,mayor,2008-03-15\n"
    load(empty, rows, pact_id="early", now=on)
    report = load(empty, held, "mandates", pact_id="early", now=on)
    code = "mandate_of_unknown"
    if order != "signatories first":
        code = "outcome_unknown_in_office"
        load(empty, rows.replace(",\n", ",elected\n"), pact_id="early", now=on)
        report = load(empty, rows, pact_id="early", now=on, newer=True)
    assert (code in [one.code for one in report.doubts]) == (day == "2014-03-23")


BOTH_OFFICES = '["mayor", "deputy_mayor"]'


@pytest.mark.parametrize(
    ("offices", "kind", "outcome", "code"),
    [
        (BOTH_OFFICES, "", "elected", "office_presumed"),
        (BOTH_OFFICES, "", "defeated", None),
        ('["mayor"]', "", "elected", "elected_without_mandate"),
        ('["mayor"]', "person", "elected", "elected_without_mandate"),
        ('["mayor"]', "", "unknown", None),
        ('["mayor"]', "body", "elected", None),
        ('["mayor"]', "party", "elected", None),
    ],
)
def test_who_is_elected_and_has_no_mandate_is_named(store, offices, kind, outcome, code):
    with_pact(store, binding_offices=offices)
    text = f"signatory_id,name,commune,outcome,kind\nz,Zoé Zed,29232,{outcome},{kind}\n"
    doubts = load(store, text, pact_id="other").doubts
    assert [doubt.code for doubt in doubts] == ([code] if code else [])
    assert all(
        "Zoé Zed" in intake.error_reason(doubt, lang) for doubt in doubts for lang in ("fr", "en")
    )


@pytest.mark.parametrize(
    ("signed_on", "own", "measures", "expected"),
    [
        ("2016-02-01", "", "", True),
        ("2016", "", "1", True),
        ("2015-12-31", "", "", False),
        ("2015", "", "", False),
        ("2016-02-01", "2018-01-01", "", False),
        ("2016-02-01", "", "2;3", False),
        ("", "", "", False),
    ],
)
def test_who_signs_after_a_due_date_is_said(store, signed_on, own, measures, expected):
    with_pact(store, due_on="2015-12-31")
    header = "signatory_id,name,commune,signed_on,due_on,measures\n"
    text = f"{header}z,Zoé Zed,29232,{signed_on},{own},{measures}\n"
    doubts = load(store, text, pact_id="other").doubts
    assert [doubt.code for doubt in doubts] == ["signed_after_due"] * expected
    assert all("1" in intake.error_reason(doubt, lang) for doubt in doubts for lang in ("fr", "en"))
