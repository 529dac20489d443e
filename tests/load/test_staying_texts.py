"""A column that a file has no more takes nothing back: it is said, and how to empty it."""

import pytest
from click import BadParameter

from monitor import commands, intake
from monitor.cli.load_options import read_same
from monitor.commands.loading import file_in_memory
from monitor.intake import MendedTable, Mending
from tests.support.clock import NOW

PACT = "mouves-2014"
ID = "hidalgo-paris"
#: By the kind of file: as it was loaded, as it comes again without a column, and that column.
FILES = {
    "answers": (
        f"signatory_id,measure,answer,comment\n{ID},1,yes,à rappeler\n{ID},2,no,elle hésite\n",
        f"signatory_id,measure,answer\n{ID},1,yes\n{ID},2,no\n",
        "comment",
    ),
    "answers across": (
        f"signatory_id,1,2,Commentaire du candidat\n{ID},oui,non,à rappeler\n",
        f"signatory_id,1,2\n{ID},oui,non\n",
        "comment",
    ),
    "details": (
        f"signatory_id,measure,in_charge,note\n{ID},1,Zoé,à rappeler\n{ID},2,Ali,elle hésite\n",
        f"signatory_id,measure,in_charge\n{ID},1,Zoé\n{ID},2,Ali\n",
        "note",
    ),
}


def load(store, kind, text, same=None, **how):
    content = kind.split()[0]
    file = file_in_memory(text)
    table = MendedTable(file, content, Mending(same=same)) if same else file
    return commands.load(store, content, table, pact_id=PACT, name="f.csv", now=NOW, **how)


@pytest.mark.sqlite
def test_a_column_emptied_for_all_rows_brings_back_what_was_before_its_words_alone(store):
    first, words = FILES["answers"][1], FILES["answers"][0]
    load(store, "answers", first)
    load(store, "answers", words)
    again = first.replace("2,no", "2,yes")
    load(store, "answers", f"{again}")
    emptied = load(store, "answers", first, {"comment": ""}, dry_run=True)
    assert emptied.outcomes == {"corrected": 1, "conflict": 1}
    assert texts(store, "answers", "comment")[-2:] != [None, None]


def texts(store, kind, column):
    table = kind.split()[0].removesuffix("s")
    with store.reading() as session:
        rows = session.rows(
            f"SELECT t.measure, x.{column} FROM {table} t JOIN {table}_text x ON x.seq = t.seq "
            f"WHERE t.signatory_id = '{ID}' ORDER BY t.rev, t.seq"
        )
    return [text for _, text in rows]


@pytest.mark.parametrize("kind", FILES)
def test_a_reload_without_a_column_of_words_says_that_they_stay_and_one_load_empties_them(
    store, kind
):
    first, again, column = FILES[kind]
    load(store, kind, first)
    report = load(store, kind, again, strict=True)
    (doubt,) = [one for one in report.doubts if one.code == "text_stays"]
    assert report.loaded and report.outcomes == {"unchanged": 2}
    assert (doubt.column, dict(doubt.values)["n"]) == (column, "2")
    assert all(f'--same "{column}="' in intake.error_sentence(doubt, one) for one in ("fr", "en"))
    emptied = load(store, kind, again, {column: ""})
    assert emptied.outcomes == {"corrected": 2}
    before, after = texts(store, kind, column)[:2], texts(store, kind, column)[2:]
    assert all(before) and after == [None, None]
    assert not load(store, kind, again).doubts


def test_nothing_is_said_of_a_column_in_which_the_log_says_nothing(store):
    _, again, _ = FILES["answers"]
    load(store, "answers", again)
    assert not load(store, "answers", again).doubts


@pytest.mark.parametrize(
    ("option", "read"), [("comment=", {"comment": ""}), ("note= ", {"note": ""})]
)
def test_a_column_is_emptied_on_the_command_line(option, read):
    assert read_same(None, None, (option,)) == read


@pytest.mark.parametrize("option", ["comment", "=", "nulle="])
def test_what_names_no_column_is_refused(option):
    with pytest.raises(BadParameter):
        read_same(None, None, (option,))
