"""Words and a due day of one commitment alone, and who is in charge of it."""

import csv
import io
from datetime import UTC, date, datetime

import pytest

from monitor import commands, snapshot, status
from monitor.commands.loading import file_in_memory
from monitor.intake import sort_parts
from monitor.intake.header_row import settle_columns
from monitor.intake.titles import column_of
from monitor.schema import COLUMNS
from monitor.store.journal import verify
from tests.support.clock import NOW
from tests.support.paths import SHAPES

PACT = "mouves-2014"
HEADER = "signatory_id,measure,wording,due_on,in_charge,note\n"
OWN = 'collomb-lyon,1,Deux halles au lieu d’une.,2018-06-30,"Ada Test, adjointe",Reporté.\n'


def load(store, *rows, **more):
    text = HEADER + "".join(rows)
    return commands.load(
        store, "details", file_in_memory(text), pact_id=PACT, name="f.csv", now=NOW, **more
    )


def commitment(store, measure="1"):
    known = status.what_is_known(snapshot.Snapshots(store).current().log(PACT))
    table = status.fold(known, date(2019, 1, 1))
    own = table[(table["signatory_id"] == "collomb-lyon") & (table["measure"] == measure)]
    return own.iloc[0]


def test_a_due_day_of_its_own_says_when_a_commitment_is_late(store):
    before = commitment(store)
    assert load(store, OWN).outcomes == {"created": 1}
    after = commitment(store)
    assert before["due_on"].date() > date(2019, 1, 1) and before["verdict"] == "pending"
    assert after["due_on"].date() == date(2018, 6, 30) and after["verdict"] != "pending"
    assert commitment(store, "2")["due_on"] == before["due_on"]
    with store.reading() as session:
        assert verify(session).intact
    assert load(store, OWN).outcomes == {"unchanged": 1}


@pytest.mark.parametrize(
    ("titles", "columns"),
    [
        ("signatory_id,Demande,Texte", ["signatory_id", "measure", "wording"]),
        ("signatory_id,Demande,due_on", ["signatory_id", "measure", "due_on"]),
        ("signatory_id,Mesure,Demande", ["signatory_id", "measure", "wording"]),
        ("signatory_id,N° de mesure,Proposition", ["signatory_id", "measure", "wording"]),
        ("signatory_id,Proposition,N° de la proposition", ["signatory_id", "wording", "measure"]),
        ("signatory_id,Request,measure", ["signatory_id", "wording", "measure"]),
        ("signatory_id,Mesure,Demande,Texte", ["signatory_id", "measure", "measure", "wording"]),
    ],
)
def test_a_request_is_the_measure_and_beside_one_how_it_is_worded(titles, columns):
    titles = titles.split(",")
    meant = [column_of("details", title) for title in titles]
    assert settle_columns(meant, titles, COLUMNS["details"], []) == columns


@pytest.mark.sqlite
@pytest.mark.parametrize(
    ("row", "column", "code"),
    [
        ("nobody,1,Texte.,,,\n", "signatory_id", "unknown_signatory"),
        ("collomb-lyon,9,Texte.,,,\n", "measure", "unknown_measure"),
        ("collomb-lyon,1,,2010-01-01,,\n", "due_on", "due_out_of_term"),
        ("collomb-lyon,1,,,,\n", "wording", "nothing_said"),
    ],
)
def test_a_cell_that_cannot_be_taken_is_named(store, row, column, code):
    (error,) = load(store, row).errors
    assert (error.column, error.code) == (column, code)


@pytest.mark.sqlite
def test_nothing_is_said_of_what_somebody_has_not_signed(store):
    people = "signatory_id,name,commune,outcome,measures\ns1,Zoé Test,33063,elected,1\n"
    commands.load(store, "signatories", file_in_memory(people), pact_id=PACT, name="p.csv", now=NOW)
    (error,) = load(store, "s1,2,Texte.,,,\n").errors
    assert (error.column, error.code) == ("measure", "not_committed")


@pytest.mark.sqlite
def test_a_folder_may_call_the_file_commitments():
    ours = file_in_memory(HEADER + OWN)
    statuses = io.BytesIO('\ufeff"signatory_id","measure","verdict"\n'.encode())
    (part,) = sort_parts([("commitments.csv", ours)]).parts
    assert part.content == "details"
    # The table of statuses of an export bears the same name.
    assert sort_parts([("commitments.csv", statuses)]).left_out == ("commitments.csv",)


@pytest.mark.sqlite
def test_deputies_in_charge_of_the_promises_of_a_mayor_make_no_second_commitment(store):
    """Of the mayor's 51 commitments 48 are in the charge of deputies, who sign nothing themselves."""
    folder, on = SHAPES / "maire-et-adjoints", datetime(2026, 9, 1, tzinfo=UTC)
    with (folder / "pact.toml").open("rb") as file:
        assert commands.load_pact(store, file, name="pact.toml", now=on).loaded
    with (folder / "signatories.csv").open(encoding="utf-8") as file:
        mayor, *deputies = csv.DictReader(file)
    in_charge = "".join(
        f'{mayor["signatory_id"]},{measure},,,"{one["name"]}, adjoint(e)",\n'
        for one in deputies
        for measure in one["measures"].split(";")
    )
    people = ",".join(mayor) + "\n" + ",".join(mayor.values()) + "\n"
    mandates = f"signatory_id,office,started_on\n{mayor['signatory_id']},mayor,2026-03-20\n"
    for content, text in (
        ("signatories", people),
        ("mandates", mandates),
        ("details", HEADER + in_charge),
        ("actions", (folder / "actions.csv").read_text("utf-8")),
    ):
        report = commands.load(
            store, content, file_in_memory(text), pact_id="essai-adjoints", name="f.csv", now=on
        )
        assert report.loaded, report.errors[:3]
    known = status.what_is_known(snapshot.Snapshots(store).current().log("essai-adjoints"))
    table = status.fold(known, on.date())
    assert (len(table), len(known.details)) == (51, 48)
    assert (table["status"] == "implemented").sum() == 1
