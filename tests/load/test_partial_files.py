"""A file that lacks a column says nothing about it: the log goes on saying what it said."""

import csv
import io

import pytest

from monitor import commands
from monitor.commands.loading import file_in_memory
from monitor.commands.setup import PACKAGED
from tests.support.clock import NOW

ENGINES = ("sqlite", "postgres")
PACT = "mouves-2014"
PEOPLE = "signatory_id,name,commune\nhidalgo-paris,Anne HIDALGO,75056\n"
ACTION = (
    "action_id,signatory_id,measure,happened_on,status,summary,source_kind,source_title,recorded_by\n"
    "new-1,hidalgo-paris,1,2018-03-01,decided,Un acte,press,Titre,Zoé\n"
)


def load(store, text, content="actions", **options):
    return commands.load(
        store, content, file_in_memory(text), pact_id=PACT, name="file.csv", now=NOW, **options
    )


def versions(store, sql: str) -> list[tuple]:
    with store.reading() as session:
        return session.rows(sql)


def signatories(store) -> list[tuple]:
    return versions(
        store,
        "SELECT x.name, s.outcome, s.due_on, x.source_url FROM signatory s "
        "JOIN signatory_text x ON x.seq = s.seq WHERE signatory_id = 'hidalgo-paris' ORDER BY rev",
    )


def actions(store) -> list[tuple]:
    return versions(
        store,
        "SELECT a.kind, a.status, x.summary, x.source_title, x.recorded_by FROM action a "
        "JOIN action_text x ON x.seq = a.seq WHERE action_id = 'new-1' ORDER BY version",
    )


def test_a_name_that_is_put_right_leaves_outcome_due_date_and_source_as_they_are(store):
    assert load(store, PEOPLE, "signatories").outcomes == {"corrected": 1}
    before, after = signatories(store)
    assert after == ("Anne HIDALGO", *before[1:])
    assert before[1] == "elected"


def test_such_a_file_loaded_again_changes_nothing(store):
    load(store, PEOPLE, "signatories")
    assert load(store, PEOPLE, "signatories").outcomes == {"unchanged": 1}


def test_the_whole_file_can_be_loaded_after_it_with_the_name_put_right(store):
    load(store, PEOPLE, "signatories")
    whole = (
        (PACKAGED / "signatories.csv").read_text("utf-8").replace("Anne Hidalgo", "Anne HIDALGO")
    )
    assert set(load(store, whole, "signatories").outcomes) == {"unchanged"}


def test_a_column_that_is_there_and_empty_empties(store):
    text = PEOPLE.replace("commune\n", "commune,source_url\n").replace("75056\n", "75056,\n")
    load(store, text, "signatories")
    assert signatories(store)[-1][1:] == ("elected", signatories(store)[0][2], None)


def test_of_an_id_that_the_log_does_not_have_an_absent_column_is_empty(store):
    load(store, "signatory_id,name,commune\nx,X Y,01004\n", "signatories")
    (row,) = versions(store, "SELECT outcome, due_on FROM signatory WHERE signatory_id = 'x'")
    assert row == ("unknown", None)


def test_a_mandate_keeps_the_end_that_a_file_does_not_speak_of(store):
    load(
        store,
        "signatory_id,office,started_on,ended_on,end_reason\n"
        "havard-lyon,deputy_mayor,2016,2017,other\n",
        "mandates",
    )
    load(
        store,
        "signatory_id,office,started_on,source_url\n"
        "havard-lyon,deputy_mayor,2016,https://exemple.invalid/m\n",
        "mandates",
    )
    rows = versions(
        store,
        "SELECT ended_on, end_reason FROM mandate WHERE signatory_id = 'havard-lyon' ORDER BY rev",
    )
    assert rows == [("2017", "other")] * 2


def test_an_area_keeps_the_population_that_a_file_does_not_speak_of(store):
    load(store, "code,name,population\nBE-1,Bruxelles,188000\n", "areas")
    load(store, "code,name,region\nBE-1,Bruxelles,Belgique\n", "areas")
    rows = versions(store, "SELECT population, region FROM area ORDER BY rev")
    assert rows == [("188000", None), ("188000", "Belgique")]


def test_an_action_is_checked_as_the_whole_that_it_becomes(store):
    load(store, ACTION)
    text = (
        "action_id,signatory_id,measure,happened_on,source_title\n"
        "new-1,hidalgo-paris,1,2018-03-01,Autre titre\n"
    )
    assert load(store, text).outcomes == {"corrected": 1}
    assert actions(store)[-1] == ("assessment", "decided", "Un acte", "Autre titre", "Zoé")


def test_an_assessment_does_not_become_a_note_and_keep_its_status(store):
    load(store, ACTION)
    text = (
        "action_id,signatory_id,measure,happened_on,kind,summary\n"
        "new-1,hidalgo-paris,1,2018-03-01,note,Inauguration\n"
    )
    assert [error.code for error in load(store, text).errors] == ["status_not_allowed"]


def test_a_kind_that_only_its_status_made_follows_the_status_of_the_file(store):
    note = "action_id,signatory_id,measure,happened_on,summary,source_kind,source_title\n"
    load(store, note + "new-1,hidalgo-paris,1,2018-03-01,Un acte,press,Titre\n")
    assert load(store, ACTION).outcomes == {"corrected": 1}
    assert [row[0] for row in actions(store)] == ["note", "assessment"]


def test_a_cell_that_is_wrong_is_still_refused(store):
    load(store, ACTION)
    text = "action_id,signatory_id,measure,happened_on\nnew-1,hidalgo-paris,1,31/02/2018\n"
    assert [error.code for error in load(store, text).errors] == ["no_such_day"]


def test_what_a_published_file_leaves_out_is_not_taken_from_the_log(store):
    load(store, ACTION)
    published = "\n".join(line.rsplit(",", 1)[0] for line in ACTION.splitlines())
    assert load(store, published).outcomes == {"unchanged": 1}


@pytest.mark.sqlite
def test_the_refused_rows_come_back_with_the_columns_of_the_file_and_no_other(store):
    out = io.StringIO()
    bad = PEOPLE.replace("75056", "99999")
    load(store, bad, "signatories", rejects=out)
    header, row = csv.reader(io.StringIO(out.getvalue()))
    assert header[3:] == ["signatory_id", "name", "commune"]
    assert row[3:] == ["hidalgo-paris", "Anne HIDALGO", "99999"]
    load(store, out.getvalue().replace("99999", "75056"), "signatories")
    assert signatories(store)[-1][1] == "elected"
