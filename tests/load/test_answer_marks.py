"""What marks mean in a table of answers is said once for the whole file: « x » is yes."""

import json
from io import BytesIO

import pytest
from click.testing import CliRunner

from monitor import commands, intake
from monitor.cli.main import main
from monitor.commands.loading import file_in_memory
from monitor.findings import RowError
from monitor.intake import MendedTable, Mending
from monitor.intake.answer_words import says_more, split_answer
from monitor.intake.mark_choices import may_be_mark
from monitor.intake.marks import AnswerMarks, is_silence
from monitor.intake.status_words import near_statuses
from tests.support.clock import NOW
from tests.support.whole_pacts import SHEETS, workbook

PACT, LANGS = "mouves-2014", ("fr", "en")
PEOPLE = (
    "signatory_id,name,commune,signed_on,outcome,measures\n"
    "s1,Zoé Test,33063,,elected,3\ns2,Ali Test,69123,,elected,3\n"
)


@pytest.fixture
def signed(store):
    commands.load(store, "signatories", file_in_memory(PEOPLE), pact_id=PACT, name="s.csv", now=NOW)
    return store


def load(store, data, marks, **more):
    file = BytesIO(data.encode() if isinstance(data, str) else data)
    table = MendedTable(file, "answers", Mending(marks=marks))
    return commands.load(store, "answers", table, pact_id=PACT, name="f", now=NOW, **more)


def answers(store):
    with store.reading() as session:
        return [
            tuple(row)
            for row in session.rows("SELECT signatory_id, measure, answer FROM answer ORDER BY seq")
        ]


@pytest.mark.parametrize(
    ("mark", "cells"),
    [
        ("x", ["x", "X", " x "]),
        ("✓", ["✓", "✓\ufe0f"]),
        ("✔", ["✔️"]),
        ("1", ["1", " 1"]),
        ("TRUE", ["TRUE", "true"]),
        ("Oui, mais…", ["Oui, mais…", "oui, mais…"]),
        ("nsp", ["NSP"]),
        ("n", ["N"]),
    ],
)
@pytest.mark.parametrize("meant", ["yes", "partly", "no", "neither", ""])
def test_a_mark_means_one_thing_in_the_whole_file(mark, cells, meant):
    """Silence is no answer; the mark goes before what the word would mean otherwise."""
    known = intake.Context(NOW.date(), signatories={"s1", "s2"}, measures=["1", "2"])
    for cell in cells:
        file = BytesIO(f'signatory_id;1;2\ns1;"{cell}";\ns2;oui;\n'.encode())
        table = MendedTable(file, "answers", Mending(marks={mark: meant}))
        rows = [*intake.read_file(table, "answers", known)]
        rows = [row for row in rows if not (row.errors or row.silenced)]
        answers_of = {row.values.signatory_id: row.values.answer for row in rows}
        assert answers_of == ({"s1": meant, "s2": "yes"} if meant else {"s2": "yes"})
        (doubts,) = [one for one in table.doubts if one.code.startswith("mark")]
        assert doubts.value == mark and dict(doubts.values)["n"] == "1"
        assert all(intake.error_sentence(doubts, lang) for lang in ("fr", "en"))


@pytest.mark.parametrize(
    "rows", ["signatory_id,1,2\ns1,x,\ns2,,x\n", "Mesure,Zoé Test,Ali Test\n1,x,\n2,,x\n"]
)
def test_an_empty_cell_is_silence_unless_somebody_says_more(signed, rows):
    assert load(signed, rows, {"x": "yes"}).outcomes == {"created": 2}
    report = load(signed, rows, {"x": "yes", "": "no"}, dry_run=True)
    assert report.outcomes == {"created": 2, "unchanged": 2}
    doubts = {one.code: dict(one.values) for one in report.doubts}
    assert doubts["empty_read"] == {"n": "2", "answer": "no"}


@pytest.mark.parametrize("marks", [{"x": "yes", "-": ""}, {"x": "yes"}])
def test_marks_stand_in_a_column_of_answers_too(signed, marks):
    rows = "signatory_id,measure,answer\ns1,1,x\ns1,2,oui\ns2,1,X\n"
    rows += "s2,2,-\n" if "-" in marks else ""
    assert load(signed, rows, marks).outcomes == {"created": 3}


def test_a_strict_load_takes_what_was_said_of_marks(signed):
    report = load(signed, "signatory_id,1,2\ns1,x,\ns2,,x\n", {"x": "yes"}, strict=True)
    assert report.loaded and {one.code for one in report.doubts} == {"mark_read"}


#: What stands among the answers of a file -> what its marks are presumed to mean, and what is refused.
PRESUMED = {
    "ticks": (["✔", "✓", "oui"], ["yes"] * 3, []),
    "ticks and crosses": (["✅", "❌", "✘", "👎"], ["yes", "no", "no", "no"], []),
    "crosses alone": (["✗", "non"], ["no"], ["✗"]),
    "a letter": (["x", "✗"], [], ["x", "✗"]),
    "numbers": (["1", "0", "1"], ["yes", "yes"], ["0"]),
    "a scale": (["1", "2", "0"], [], ["1", "2", "0"]),
    "boxes in words": (["VRAI", "FAUX", "TRUE", "false"], ["yes", "yes"], ["FAUX", "false"]),
    "boxes": (["☑", "☐"], ["yes"], ["☐"]),
    "words": (["OK", "ko", "Y", "N"], ["yes", "no", "yes", "no"], []),
    "boxes of a database": (["checked", "coché", "unchecked"], ["yes"] * 2, ["unchecked"]),
    "boxes of a program": (["1.0", "0.0"], ["yes"], ["0.0"]),
    "nothing of a program": (["True", "None", "null", "NaN"], ["yes"], []),
    "a thumb of a colour": (["👍🏽", "👎🏿"], ["yes", "no"], []),
    "lights and words": (["🟢 Oui", "🔴 Non", "🔴 Oui", "🟢"], ["yes", "no"], ["🔴 Oui", "🟢"]),
    "numbers of sources": (["Oui[3]", "non[2][14]", "✔[1]"], ["yes", "no", "yes"], []),
    "notes": (["Oui*", "Non ¹", "oui (a)", "✔ (2)"], [], ["Oui*", "Non ¹", "oui (a)", "✔ (2)"]),
}


@pytest.mark.parametrize("is_long", [False, True])
@pytest.mark.parametrize(("cells", "answers", "refused"), PRESUMED.values(), ids=PRESUMED)
def test_a_mark_is_presumed_to_mean_what_alone_it_can(cells, answers, refused, is_long):
    """A box that is not ticked may be a no, or no answer; a cross, a yes or a no: somebody says it."""
    people = [f"s{n}" for n, _ in enumerate(cells)]
    known = intake.Context(NOW.date(), signatories={*people}, measures=["7"])
    title = "signatory_id;measure;answer" if is_long else "signatory_id;7"
    lines = [
        f"{who};7;{cell}" if is_long else f"{who};{cell}"
        for who, cell in zip(people, cells, strict=True)
    ]
    table = MendedTable(BytesIO("\n".join([title, *lines]).encode()), "answers", Mending())
    rows = [*intake.read_file(table, "answers", known)]
    assert [row.values.answer for row in rows if not row.errors] == answers
    wrong = [error for row in rows for error in row.errors]
    assert [one.value for one in wrong] == refused
    assert {one.code for one in wrong} <= {"unknown_code", "unticked_box", "answer_with_note"}
    assert all(
        "--mark" in intake.error_sentence(one, lang) for one in wrong for lang in ("fr", "en")
    )


@pytest.mark.parametrize(
    ("marks", "is_doubted"),
    [({"+": "yes"}, True), ({"+": "yes", "-": "no"}, False), ({"x": "yes"}, False)],
)
def test_a_minus_beside_a_plus_is_no_answer_and_that_is_doubted(signed, marks, is_doubted):
    mark = next(iter(marks))
    report = load(signed, f"signatory_id,1,2\ns1,{mark},-\ns2,-,{mark}\n", marks)
    codes = {one.code for one in report.doubts}
    assert report.loaded and ("minus_silent" in codes) == is_doubted


#: What follows an answer in its cell -> the answer that is read, None where it may be another.
GOES_ON = {
    "oui, mais pas avant 2028": "partly",
    "Oui, en principe": "partly",
    "oui, dans les rues non desservies": "yes",
    "non, pas d’argent": "no",
    "Oui... mais non": None,
    "oui, mais finalement non.": None,
    "Non - erreur, c’est oui": None,
    "non puis oui": None,
    "Oui. Retiré le 3 mars": None,
    "oui (annulé)": None,
    "yes, since withdrawn": None,
    "oui (a)": None,
}


#: A yes that says how far it goes, or under which conditions.
IN_PART = (
    *("Oui, 3 sur 5", "oui, pour deux écoles sur trois", "Oui, au moins 3 sur 5", "Oui à 80 %"),
    *("Oui (50 %)", "Oui, jusqu’à 20 %", "Yes, 3 out of 5", "Oui, la moitié", "Oui, pas partout"),
    *("Oui, une partie", "Yes, half", "Yes, not everywhere", "oui uniquement le soir"),
    *("Oui, seulement à 30 km/h", "Yes, only parks", "Oui, avec réserves", "Yes, with caveats"),
    *("Oui, avec quelques nuances", "Oui, avec de fortes réserves", "Oui, au cas par cas"),
    *("Oui, selon les moyens", "Oui, en fonction du budget", "Oui, dans la mesure du possible"),
    *("Yes, where possible", "Oui, quand la métropole aura voté", "Oui, lorsqu’elle votera"),
    *("Oui, pas avant 2030", "Oui. Toutefois, pas avant 2030", "Oui, à l’exception des écoles"),
    *("Yes, however costs matter", "Oui, pas maintenant", "Oui, pas entièrement"),
)
#: A yes or a no whose words leave it open, say the other, or are those of others.
LEFT_OPEN = (
    *("Oui, peut-être", "Oui (à confirmer)", "Oui, à étudier", "Yes (tbc)", "Yes, probably"),
    *("Oui, en théorie", "Oui, sans doute", "Oui, je suis contre", "Oui, refus", "Yes, opposed"),
    *("Oui - pas d’engagement", "Oui, sans engagement", "Yes, without commitment"),
    *("Oui, selon la presse", "Oui (d’après son site)", "Oui (par le parti)", "Oui (supposé)"),
    *("Yes, according to the press", "Non, pas contre", "Non, à étudier", "Non, peut-être"),
    *("Non, favorable", "Non, on est pour", "Non, pas opposé", "No, not against", "No, maybe"),
)
WHOLE = {
    **dict.fromkeys(("Oui, partout", "Oui, 5 sur 5", "Oui, sans aucune réserve"), "yes"),
    **dict.fromkeys(("Oui, nous sommes pour", "Oui, avec plaisir", "Yes, by 2027"), "yes"),
    **dict.fromkeys(("oui, 75 % même", "Oui, au moins 50 %", "Oui, à 30 % et plus"), "yes"),
    **dict.fromkeys(("Oui, voire 100 %", "Yes, at least 30%"), "yes"),
    **dict.fromkeys(("Oui, contre vents et marées", "Oui, avec la métropole"), "yes"),
    **dict.fromkeys(("Non, nous sommes contre", "Non, pour l’instant", "No, too dear"), "no"),
}
#: What follows after a comma or in brackets, and is no other answer.
WHOLE |= {
    **dict.fromkeys(("non, pas sur les grands axes", "Non (pas sur la rocade)"), "no"),
    **dict.fromkeys(("non (rocade déjà votée)", "non (rocade sud déjà votée)"), "no"),
    **dict.fromkeys(("oui, pas sur les grands axes", "Oui (pas dans les écoles)"), "partly"),
    **dict.fromkeys(("à discuter (coût)", "à discuter, selon le coût"), "neither"),
    **dict.fromkeys(("ne se prononce pas (compétence métropole)", "À l’étude (budget)"), "neither"),
    **dict.fromkeys(("non, pas sûr", "non, pas sur de pouvoir", "Non, pas sûr les écoles")),
    **dict.fromkeys(("Non, pas sur.", "oui, pas sûr", "oui (pas sur de le faire)")),
    **dict.fromkeys(("non (déjà voté)", "non (c’est déjà voté)", "non (piste déjà réalisée)")),
    **dict.fromkeys(("non, la ville l’a déjà fait", "Non (zone 30 déjà en place)")),
    **dict.fromkeys(
        ("à discuter (oui)", "à discuter (finalement non)", "à l’étude (oui probable)")
    ),
    **dict.fromkeys(("à discuter (annulé)", "ne se prononce pas, retiré le 3 mars")),
    **dict.fromkeys(("sans avis, accord de principe", "à discuter, plutôt favorable")),
    **dict.fromkeys(("NSP (en attente)", "nspp, relancé", "à discuter (a)", "à discuter (2)")),
}
GOES_ON |= {**dict.fromkeys(IN_PART, "partly"), **dict.fromkeys(LEFT_OPEN), **WHOLE}


@pytest.mark.parametrize(("cell", "answer"), GOES_ON.items(), ids=GOES_ON)
def test_an_answer_is_read_as_far_as_the_words_behind_it_leave_it(cell, answer):
    assert split_answer(cell) == (answer and (answer, cell))


#: What a cell says -> the answer, and whether its words are published beside it: who abstains in words
#: is told from who hedges, and « NSP » is a mark of whoever keeps the table.
IN_WORDS = {
    "ne se prononce pas": ("neither", True),
    "Ne sait pas": ("neither", True),
    "Sans avis": ("neither", True),
    "Abstention": ("neither", True),
    "Don’t know": ("neither", True),
    "À discuter": ("neither", True),
    "plutôt oui": ("partly", True),
    "oui, mais pas avant 2028": ("partly", True),
    "non, pas d’argent": ("no", True),
    "Ni oui ni non": ("neither", False),
    "NSP": ("neither", False),
    "oui": ("yes", False),
    "Oui (mail du 3 mars)": ("yes", False),
}


@pytest.mark.parametrize(
    ("titles", "row"),
    [
        ("who;7", "s1;{}"),
        ("who;measure;answer", "s1;7;{}"),
        ("who;measure;answer;comment", "s1;7;{};"),
    ],
    ids=["across", "long", "with comments"],
)
@pytest.mark.parametrize(("cell", "read"), IN_WORDS.items(), ids=IN_WORDS)
def test_the_words_of_an_answer_are_kept_in_every_layout(titles, row, cell, read):
    known = intake.Context(NOW.date(), signatories={"s1"}, measures=["7"])
    lines = f"{titles}\n{row.format(cell)}\n".replace("who", "signatory_id")
    table = MendedTable(BytesIO(lines.encode()), "answers", Mending())
    (found,) = intake.read_file(table, "answers", known)
    answer, is_kept = read
    assert (found.values.answer, found.values.comment) == (answer, cell if is_kept else None)
    codes = {one.code for one in found.doubts} & {"answer_in_words", "answer_word_published"}
    assert bool(codes) is is_kept


def test_what_is_neither_an_answer_nor_a_mark_that_was_said_is_refused(signed):
    report = load(signed, "signatory_id,1,2\ns1,x,o\ns2,v,?\n", {"x": "yes"})
    assert not report.loaded
    assert [(one.line, one.column, one.value) for one in report.errors] == [
        (3, "1", "v"),
        (3, "2", "?"),
    ]
    assert "--mark" in intake.error_sentence(report.errors[0], "fr")


def test_a_box_that_is_ticked_in_a_workbook_is_a_mark(signed):
    rows = [("signatory_id", "1", "2"), ("s1", True, False), ("s2", 1, "x")]
    data = workbook({"Réponses": rows})
    assert not load(signed, data, {"x": "yes"}).loaded
    assert load(signed, data, {"TRUE": "yes", "FALSE": "no", "1": "yes", "x": "yes"}).loaded
    assert [answer for *_, answer in answers(signed)] == ["yes", "no", "yes", "yes"]


def test_a_mark_that_no_cell_has_is_told_with_none(signed):
    report = load(signed, "signatory_id,1\ns1,oui\n", {"v": "yes"})
    (doubts,) = [one for one in report.doubts if one.code == "mark_read"]
    assert dict(doubts.values)["n"] == "0"


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.setenv("MONITOR_DATABASE", f"sqlite:///{tmp_path / 'monitor.db'}")
    assert CliRunner().invoke(main, ["init", "--empty"]).exit_code == 0
    return lambda *words: CliRunner().invoke(main, [str(word) for word in words])


@pytest.fixture
def book(tmp_path):
    across = [("Candidat", "1", "2"), ("Ali Test", "x", ""), ("Zoé Test", "", "V")]
    people = [
        ("Nom", "Ville", "Date de signature"),
        ("Ali Test", "Lyon", ""),
        ("Zoé Test", "Bordeaux", ""),
    ]
    path = tmp_path / "pacte.xlsx"
    sheets = {name: rows for name, rows in SHEETS.items() if name in ("Pacte", "MESURES")}
    path.write_bytes(workbook({**sheets, "Signataires": people, "Réponses": across}))
    return path


def test_a_whole_pact_is_loaded_with_what_its_marks_mean(run, book):
    assert run("load", book).exit_code == 1
    done = run("load", book, "--mark", "x=oui", "--mark", "v=partly", "--json")
    assert done.exit_code == 0, done.output
    answered = next(one for one in json.loads(done.stdout)["files"] if one["content"] == "answers")
    assert answered["outcomes"]["created"] == 2
    assert [one["code"] for one in answered["doubts"]] == ["mark_read"] * 2


@pytest.mark.parametrize("options", [("x",), ("x=selon",), ("x=yes", "X=no")])
def test_a_mark_that_means_no_answer_is_refused_with_how_to_write_one(run, book, options):
    done = run("load", book, *(word for one in options for word in ("--mark", one)))
    assert done.exit_code == 2 and options[-1] in done.output and "?=" in done.output


def test_marks_go_with_answers_only(run, tmp_path):
    (tmp_path / "signatories.csv").write_text("name,commune\n")
    done = run("load", "signatories", tmp_path / "signatories.csv", "--mark", "x=yes")
    assert done.exit_code == 2 and "--mark" in done.output


def test_a_sheet_of_another_name_is_read_as_what_the_command_says(run, tmp_path):
    sheets = {**SHEETS, "Isère": SHEETS["Signataires"]}
    del sheets["Signataires"]
    (tmp_path / "pacte.xlsx").write_bytes(workbook(sheets))
    done = run("load", tmp_path / "pacte.xlsx", "--sheet", "Isère=signataires", "--dry-run")
    assert done.exit_code == 0, done.output
    for option in ("Isere=signataires", "Isère=voitures", "Isère"):
        done = run("load", tmp_path / "pacte.xlsx", "--sheet", option)
        assert done.exit_code and "Is" in done.output


@pytest.fixture
def odd(tmp_path):
    """A file of signatories with a title that says nothing, one too many, and none of the place."""
    path = tmp_path / "signatories.csv"
    path.write_text("Nom;Ralliement;Contact\nAda Bo;2026-02-01;ada@exemple.invalid\n")
    return path


COLUMNS = ("--column", "Ralliement=signé le", "--column", "contact=", "--same", "commune=Lyon")
#: Where others answered, a day alone does not say that all was signed.
SAID = (*COLUMNS, "--same", "measures=toutes")


def test_titles_are_what_the_command_says_and_a_column_that_lacks_is_the_same_for_all(
    run, book, odd
):
    assert run("load", book, "--mark", "x=yes", "--mark", "v=yes").exit_code == 0
    done = run("load", "signatories", odd)
    assert done.exit_code == 1 and '--column "' in done.output
    done = run("load", "signatories", odd, *SAID, "--dry-run")
    assert done.exit_code == 0, done.output


@pytest.mark.parametrize("way", [("signatories",), ()])
def test_a_day_alone_is_refused_where_others_answered_however_it_comes(run, book, odd, way):
    assert run("load", book, "--mark", "x=yes", "--mark", "v=yes").exit_code == 0
    book.unlink()
    done = run("load", *way, odd if way else odd.parent, *COLUMNS, "--dry-run")
    assert done.exit_code == 1 and 'measures=toutes"' in done.output


def test_a_folder_is_read_with_what_the_command_says_of_its_titles(run, book, odd):
    assert run("load", book, "--mark", "x=yes", "--mark", "v=yes").exit_code == 0
    book.unlink()
    done = run("load", odd.parent, *SAID, "--json")
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout)["files"][0]["outcomes"]["created"] == 1


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (("--column", "Ralliement"), 2),
        (("--column", "Ralliement=couleur"), 2),
        (("--column", "Nulle part=commune"), 1),
        (("--same", "commune"), 2),
        (("--same", "couleur=bleu"), 2),
    ],
)
def test_what_is_said_of_a_title_is_refused_where_it_means_nothing(run, book, odd, options, code):
    run("load", book, "--mark", "x=yes", "--mark", "v=yes")
    done = run("load", "signatories", odd, *options)
    assert done.exit_code == code and options[1].split("=")[0] in done.output


#: A mark, what somebody says that it means -> whether it says more than that.
MORE = {
    ("non, sauf devant les écoles", "no"): True,
    ("non, sauf devant les écoles", ""): False,
    ("oui mais", "partly"): True,
    ("plutôt oui", "partly"): True,
    ("non", "no"): False,
    ("non, je ne m’engage pas", "no"): False,
    ("x", "yes"): False,
    ("d’accord", "yes"): False,
}


@pytest.mark.parametrize(("cells", "is_more"), MORE.items(), ids=map(str, MORE))
def test_a_mark_that_goes_on_after_its_answer_keeps_its_words(cells, is_more):
    assert says_more(*cells) == is_more


@pytest.mark.parametrize(
    ("mark", "words"),
    [("déjà fait", "déjà fait"), ("fav.", None), ("✔ ", None), ("d’accord", None)],
)
def test_a_mark_of_several_words_stays_beside_the_answer_that_it_means(mark, words):
    split = AnswerMarks({mark: "yes"}).split(mark)
    assert split == (("yes", words) if words else None)


FACTS = "signatory_id;measure;happened_on;status;summary;source_kind;source_title\n"
#: Words for statuses in a follow-up, what somebody said of them -> the statuses, those that are refused
#: with the status that they may mean, and what is told of the marks.
STATUSES = {
    "what was said": (
        ["Rien vu", "voté", "rien  vu"],
        {"rien vu": "recherche infructueuse", "rien  vu": "no_evidence"},
        ["no_evidence", "decided", "no_evidence"],
        {},
        ["status_read"] * 2,
    ),
    "what was said of a word that is known": (
        ["voté", "OK"],
        {"Voté": "en cours", "ok": "mis en œuvre"},
        ["in_progress", "implemented"],
        {},
        ["status_read"] * 2,
    ),
    "no status": (["?", "voté"], {"?": ""}, [None, "decided"], {}, ["status_emptied"]),
    "an empty cell": (
        ["", "voté"],
        {"": "annoncé"},
        ["announced", "decided"],
        {},
        ["empty_status_read"],
    ),
    "what was said of answers": (["voté"], {"x": "oui", "v": "en partie"}, ["decided"], {}, []),
    "what nobody said": (
        [
            *("rien vu", "voté en conseil", "OK", "Pas voté", "travaux lancés", "inauguré en mai"),
            *(
                "rien trouvé",
                "annoncé puis voté",
                "sera voté en juin",
                "nothing seen",
                "Rien",
                "RAS",
            ),
        ],
        {},
        [],
        {
            "rien vu": "no_evidence",
            "voté en conseil": "decided",
            "OK": None,
            "Pas voté": None,
            "travaux lancés": "in_progress",
            "inauguré en mai": "implemented",
            "rien trouvé": "no_evidence",
            "annoncé puis voté": None,
            "sera voté en juin": None,
            "nothing seen": "no_evidence",
            "Rien": "no_evidence",
            "RAS": "no_evidence",
        },
        [],
    ),
    "a refusal that is said to be an end": (
        ["Refusé par le conseil"],
        {"refusé par le conseil": "abandonné"},
        ["abandoned"],
        {},
        ["status_read", "refused_abandoned"],
    ),
}


@pytest.mark.parametrize(
    ("words", "meanings", "statuses", "refused", "doubts"), STATUSES.values(), ids=STATUSES
)
def test_words_of_ones_own_for_statuses_are_said_once_or_proposed(
    words, meanings, statuses, refused, doubts
):
    known = intake.Context(NOW.date(), signatories={"s1"}, measures=["1"])
    lines = [f"s1;1;2015-02-0{n % 9 + 1};{word};Vu;press;Journal" for n, word in enumerate(words)]
    marks = intake.meant_by_marks("actions", meanings)
    table = MendedTable(
        BytesIO((FACTS + "\n".join(lines)).encode()), "actions", Mending(marks=marks)
    )
    rows = [*intake.read_file(table, "actions", known)]
    assert [row.values.status for row in rows if not row.errors] == statuses
    wrong = {one.value: one for row in rows for one in row.errors if one.column == "status"}
    assert {word: dict(one.values).get("status") for word, one in wrong.items()} == refused
    for one in wrong.values():
        assert all(f'--mark "{one.value}=' in intake.error_sentence(one, lang) for lang in LANGS)
    assert [one.code for one in table.doubts if one.column == "status"] == doubts


def test_a_folder_keeps_what_its_words_for_statuses_mean(run, tmp_path):
    facts = [
        ("Signataire", "Mesure", "Date", "Statut", "Constat"),
        ("Aline Abrial", "1", "2026-04-02", "rien vu", "Site de la ville"),
    ]
    (tmp_path / "pacte.xlsx").write_bytes(workbook({**SHEETS, "actions": facts}))
    refused = run("load", tmp_path, "--dry-run")
    option = ("--mark", "rien vu=recherche infructueuse")
    assert refused.exit_code == 1 and '--mark "rien vu=' in refused.output
    assert run("load", tmp_path, *option, "--keep-options", "--dry-run").exit_code == 0
    done = run("load", tmp_path, "--json")
    assert done.exit_code == 0, done.output
    assert run("load", tmp_path, "--mark", "rien vu=selon").exit_code == 2
    facts = next(one for one in json.loads(done.stdout)["files"] if one["content"] == "actions")
    assert "status_read" in {one["code"] for one in facts["doubts"]}


#: Words that nobody said anything of -> the statuses that are proposed: what denies proposes no more
#: than it says, and nobody abandons what somebody else refused.
PROPOSED = {
    (
        *("plus en cours", "n’est plus en cours", "Réalisé par le Département", "fait par l’État"),
        *("Inauguré par la Région", "livré par la métropole", "built by the county"),
        "no longer ongoing",
    ): (),
    ("rien de fait", "pas fait", "Non réalisé", "toujours rien", "aucune action", "not done"): (
        *("not_started", "no_evidence"),
    ),
    ("refusé par le conseil", "rejetée en commission", "voted down", "fait refuser par l’État"): (
        *("stalled", "not_started"),
    ),
    ("reporté", "repoussé à 2028", "postponed", "voté puis reporté"): ("stalled", "announced"),
    ("engagé", "budget engagé", "committed"): ("in_progress", "announced"),
    ("promis", "promise du maire", "pledged"): ("announced",),
    ("à l’étude", "en réflexion", "under study"): ("announced", "in_progress"),
    ("prévu en 2027", "en projet", "planned"): ("announced", "decided"),
    ("fait à moitié", "presque fait", "half done"): ("partly_implemented", "in_progress"),
    ("peu de choses faites", "sans fait nouveau", "défait en juin", "OK", "undone"): (),
}


@pytest.mark.parametrize(("words", "statuses"), PROPOSED.items())
def test_no_status_is_proposed_that_a_word_may_deny(words, statuses):
    assert {word: near_statuses(word) for word in words} == dict.fromkeys(words, statuses)


@pytest.mark.parametrize(
    ("content", "code", "family", "cell", "is_mark"),
    [
        ("answers", "unknown_code", "answer", "oui mais", True),
        ("answers", "unknown_code", "outcome", "élue au 2e tour", False),
        ("answers", "unticked_box", "", "☐", True),
        ("answers", "not_a_date", "", "hier", False),
        ("actions", "unknown_status", "status", "retard", True),
        ("actions", "unknown_code", "source_kind", "tract", False),
        ("answers", "unknown_code", "answer", " ", False),
        ("answers", "unknown_code", "answer", "une phrase de plus de trente lettres", False),
        ("mandates", "unknown_code", "answer", "x", False),
    ],
)
def test_only_what_stands_in_place_of_an_answer_or_a_status_may_be_a_mark(
    content, code, family, cell, is_mark
):
    why = RowError(2, "column", cell, code, (("family", family),) if family else ())
    assert may_be_mark(content, why, cell) is is_mark


#: What stands in a cell -> whether it is told that it is no answer, which it may as well not be.
INAPPLICABLE = {
    **dict.fromkeys(("N/A", "n/a", " N/A", "N/a"), True),
    **dict.fromkeys(("", "–", "sans réponse", "Na", "n.a.", "non", "no answer"), False),
}


@pytest.mark.parametrize(("cell", "is_told"), INAPPLICABLE.items())
def test_what_may_say_that_a_request_concerns_nobody_is_told_to_be_no_answer(cell, is_told):
    marks = AnswerMarks({})
    marks.read(cell)
    marks.read(cell)
    told = [one for one in marks.doubts if one.code == "inapplicable_silent"]
    assert [dict(one.values)["n"] for one in told] == ["2"] * is_told
    assert not is_told or is_silence(cell)


def test_it_is_not_told_once_somebody_says_what_it_means():
    marks = AnswerMarks({"N/A": "neither"})
    assert marks.read("N/A") == "neither"
    assert "inapplicable_silent" not in {one.code for one in marks.doubts}
