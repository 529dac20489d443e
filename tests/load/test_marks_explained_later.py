"""What a mark means is said, or said otherwise, after a load: the published answers and statuses follow,
as corrections and retractions that keep what was there."""

from io import BytesIO

import pytest
from click.testing import CliRunner

from monitor import commands, intake
from monitor.cli.main import main
from monitor.commands.files import FILE_KINDS
from monitor.store.journal import verify
from tests.support.whole_pacts import LOADED_ON, SHEETS
from tests.support.workbooks import workbook

PACT = "velo-2026"
PEOPLE = {name: SHEETS[name] for name in ("Pacte", "MESURES", "Signataires")}
ACROSS = [
    ("Signataire", "1", "2"),
    ("Aline Abrial", "déjà fait", "oui"),
    ("Basile Brun", "oui", "fait"),
]
LONG = [
    ("Signataire", "Mesure", "Réponse"),
    ("Aline Abrial", "1", "déjà fait"),
    ("Aline Abrial", "2", "oui"),
    ("Basile Brun", "1", "oui"),
    ("Basile Brun", "2", "fait"),
]
UNMARKED = {"fait": "oui"}


def load(store, sheets, marks, name="pacte.xlsx", **how):
    parts = intake.sort_parts([(name, BytesIO(workbook(sheets)))])
    return commands.load_whole_pact(store, parts.read_marks(marks), **{"now": LOADED_ON, **how})


def counting(store, content):
    """By its key, what counts of each row: (the first fact after the key, the first text)."""
    with store.reading() as session:
        names = {
            "answers": "SELECT DISTINCT signatory_id, measure FROM answer",
            "actions": "SELECT DISTINCT action_id FROM action",
        }
        found = FILE_KINDS[content].versions(
            session, PACT, [tuple(k) for k in session.rows(names[content])]
        )
        return {
            key: good[-1].values
            for key, every in found.items()
            if (good := [one for one in every if one.state == "accepted"])
        }


def answer_to_first(store):
    return getattr(counting(store, "answers").get(("s1", "1")), "answer", None)


#: What a mark is said to mean, load after load -> the outcomes of the answers of the last load.
CHANGES = {
    "neither, then yes": (["nsp", "oui"], {"corrected": 1, "unchanged": 3}, "yes"),
    "yes, then no": (["oui", "non"], {"corrected": 1, "unchanged": 3}, "no"),
    "no, then in part": (["non", "en partie"], {"corrected": 1, "unchanged": 3}, "partly"),
    "left out, then yes": (["", "oui"], {"created": 1, "unchanged": 3}, "yes"),
    "left out, then neither": (["", "nsp"], {"created": 1, "unchanged": 3}, "neither"),
    "yes, then left out": (["oui", ""], {"retracted": 1, "unchanged": 3}, None),
    "neither, then left out": (["nsp", ""], {"retracted": 1, "unchanged": 3}, None),
    "left out twice": (["oui", "", ""], {"unchanged": 3}, None),
}


@pytest.mark.parametrize("sheet", [ACROSS, LONG], ids=["across", "long"])
@pytest.mark.parametrize(("meanings", "outcomes", "answer"), CHANGES.values(), ids=CHANGES)
def test_published_answers_follow_what_a_mark_is_said_to_mean(
    empty, sheet, meanings, outcomes, answer
):
    for meant in meanings:
        whole = load(empty, {**PEOPLE, "Réponses": sheet}, {**UNMARKED, "déjà fait": meant})
        assert whole.loaded
    assert +whole.reports[-1].outcomes == outcomes
    assert answer_to_first(empty) == answer
    with empty.reading() as session:
        assert verify(session).intact


#: The same that is taken back to what it was, which an old copy of the file would do too.
RETURNS = {
    "yes, no, yes": (["oui", "non", "oui"], "conflict_older_version"),
    "yes, left out, yes": (["oui", "", "oui"], "conflict_row_retracted"),
}


@pytest.mark.parametrize(("meanings", "code"), RETURNS.values(), ids=RETURNS)
def test_a_mark_that_means_again_what_it_meant_is_refused_with_what_to_do(empty, meanings, code):
    sheets = {**PEOPLE, "Réponses": ACROSS}
    for meant in meanings:
        whole = load(empty, sheets, {**UNMARKED, "déjà fait": meant})
    (error,) = whole.reports[-1].errors
    assert not whole.loaded and error.code == code
    assert all("--newer" in intake.error_sentence(error, lang) for lang in ("fr", "en"))
    assert load(empty, sheets, {**UNMARKED, "déjà fait": meanings[-1]}, newer=True).loaded
    assert answer_to_first(empty) == "yes"


def test_an_answer_that_another_row_or_file_gives_is_not_taken_back(empty):
    """Nor is one of a file of another name: one of two tables may say what the other lacks."""
    sheets = {**PEOPLE, "Réponses": [*ACROSS, ("Aline Abrial", "", "")]}
    assert load(empty, sheets, {**UNMARKED, "déjà fait": "oui"}).loaded
    twice = [
        ("Signataire", "1", "2"),
        ("Aline Abrial", "déjà fait", "oui"),
        ("Aline Abrial", "oui", ""),
    ]
    whole = load(empty, {**PEOPLE, "Réponses": twice}, {"déjà fait": ""})
    assert whole.loaded and not whole.reports[-1].outcomes["retracted"]
    other = [("Signataire", "1", "2"), ("Basile Brun", "déjà fait", "déjà fait")]
    whole = load(empty, {"Réponses": other}, {"déjà fait": ""}, name="autre.xlsx", pact_id=PACT)
    assert whole.loaded and not whole.reports[-1].outcomes["retracted"]
    assert {one.answer for one in counting(empty, "answers").values()} == {"yes"}


FOLLOWED = [
    ("Signataire", "Mesure", "Date", "Statut", "Résumé", "Lien"),
    ("Aline Abrial", "1", "02/04/2026", "contraire", "Piste effacée", "https://exemple.fr/1"),
    ("Aline Abrial", "1", "02/04/2026", "en cours", "Autre rue", "https://exemple.fr/2"),
    ("Aline Abrial", "2", "03/04/2026", "fait", "Arceaux", "https://exemple.fr/3"),
]
STATUSES = {
    "none, then abandoned": ["", "abandonné"],
    "abandoned, then none": ["abandonné", ""],
    "abandoned, then not begun": ["abandonné", "non commencé"],
}


@pytest.mark.parametrize("meanings", STATUSES.values(), ids=STATUSES)
def test_published_statuses_follow_what_a_word_is_said_to_mean(empty, meanings):
    """An entry without an id of its own is corrected where it stands, whether it had a status or not."""
    for meant in meanings:
        marks = {"contraire": meant, "fait": "mis en œuvre"}
        whole = load(empty, {**PEOPLE, "Actions": FOLLOWED}, marks)
        assert whole.loaded, whole.reports[-1].errors
    outcomes = +whole.reports[-1].outcomes
    assert outcomes == {"corrected": 1, "unchanged": 2}
    found = counting(empty, "actions")
    assert len(found) == 3
    code = {"": None, "abandonné": "abandoned", "non commencé": "not_started"}[meanings[-1]]
    (entry,) = [one for one in found.values() if one.source_url == "https://exemple.fr/1"]
    assert entry.status == code and entry.kind == ("assessment" if code else "note")


#: A word in place of a status that is said to be none -> whether the fact is published with that word.
OPPOSITE = {
    **dict.fromkeys(("contraire", "Fait le contraire", "recul", "Retour en arrière"), True),
    **dict.fromkeys(("did the opposite", "went back", "régression", "à l’inverse"), True),
    **dict.fromkeys(("à voir", "TODO", "pas regardé"), False),
}


@pytest.mark.parametrize(("word", "is_kept"), OPPOSITE.items(), ids=OPPOSITE)
@pytest.mark.parametrize("summary", ["", "Piste effacée"])
def test_a_fact_that_says_the_opposite_keeps_its_words_without_a_status(
    empty, word, is_kept, summary
):
    facts = [
        FOLLOWED[0],
        ("Aline Abrial", "1", "02/04/2026", word, summary, "https://exemple.fr/1"),
    ]
    whole = load(empty, {**PEOPLE, "Actions": facts}, {word: ""})
    assert whole.loaded
    said = [(one.kind, one.status, one.summary) for one in counting(empty, "actions").values()]
    words = f"{word}. {summary}" if is_kept and summary else word if is_kept else summary
    assert said == ([("note", None, words)] if words else [])
    assert ("opposite_noted" in {one.code for one in whole.reports[-1].doubts}) is is_kept


def test_the_command_says_how_many_answers_it_took_back_and_whose(tmp_path, monkeypatch):
    monkeypatch.setenv("MONITOR_DATABASE", f"sqlite:///{tmp_path / 'monitor.db'}")
    book = tmp_path / "pacte.xlsx"
    book.write_bytes(workbook({**PEOPLE, "Réponses": ACROSS}))

    def run(*words):
        done = CliRunner().invoke(main, [str(word) for word in words])
        assert done.exit_code == 0, done.output
        return done.output

    run("init", "--empty")
    run("load", book, "--mark", "déjà fait=oui", "--mark", "fait=oui")
    said = run("load", book, "--mark", "déjà fait=", "--mark", "fait=oui")
    assert "3 inchangées, 1 retirée" in said and "Abrial" in said
